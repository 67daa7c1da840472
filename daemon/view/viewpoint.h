#ifndef ACCRUE_DAEMON_VIEW_VIEWPOINT_H
#define ACCRUE_DAEMON_VIEW_VIEWPOINT_H

/* Positions in recorded time, for projections that look at several. */

#include "daemon/ledger/facts.h"

/* The last seq of 1..head recorded at or before `recorded` (microseconds UTC), or 0. */
uint64_t seq_recorded_by(const struct facts *facts, uint64_t head, int64_t recorded);

/* The last microsecond of a day in Asia/Shanghai. */
int64_t day_end_us(int32_t day);

#endif
