#ifndef ACCRUE_DAEMON_VIEW_STATISTICS_NAMES_H
#define ACCRUE_DAEMON_VIEW_STATISTICS_NAMES_H

/* What people call the values of the grouping keys. Labels only: nothing is keyed by them. */

#include "daemon/view/statistics.h"

/* NULL: the value's own text serves. */
const char *statistics_name(enum statistics_key key, int32_t value, enum language language);

#endif
