#ifndef ACCRUE_DAEMON_VIEW_FILINGS_H
#define ACCRUE_DAEMON_VIEW_FILINGS_H

#include "daemon/view/standing.h"

/* Last day to file a licence of patents that is not on file; DAY_NONE if it is, need not be, or
 * never took effect. */
int32_t filing_missing(const struct query *query, const struct standing *standing);

#endif
