#ifndef ACCRUE_DAEMON_LEDGER_CLOSING_H
#define ACCRUE_DAEMON_LEDGER_CLOSING_H

/* Periods whose books are closed (period.closed): the position at which a year's figures were
 * first stated, and what comes too late for it. Writer only, but for the reading function. */

#include "daemon/ledger/facts.h"

/* First and last day of a period's key, `2024`, `2024-Q1` or `2024-03`; it must be one. */
void closing_days(struct slice period, int32_t *ret_first, int32_t *ret_last);

/* Is the fact of `day` late: recorded after the end of a period of its day that was closed? */
bool closing_makes_late(const struct facts *facts, int32_t day, int32_t recorded_day,
                        const struct viewpoint *view);

/* Did a live closing after `seq` rest on a day in first..last? */
bool closing_used(const struct facts *facts, uint64_t seq, int32_t first, int32_t last,
                  const struct viewpoint *view);

#endif
