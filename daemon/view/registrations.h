#ifndef ACCRUE_DAEMON_VIEW_REGISTRATIONS_H
#define ACCRUE_DAEMON_VIEW_REGISTRATIONS_H

#include "daemon/view/query.h"

/* The application that the office has not decided about; NULL if there is none. */
const struct registration_row *application_pending(const struct query *query, uint32_t contract);

#endif
