#ifndef ACCRUE_DAEMON_LEDGER_TARGET_H
#define ACCRUE_DAEMON_LEDGER_TARGET_H

/* Targets that were set, and figures that somebody published: what an answer is measured by.
 * Any thread. */

#include "daemon/ledger/facts.h"

struct target {
    const struct target_row *set; /* metric, filter, period, comparator as set */
    int64_t value;                /* as last revised */
};

/* False if it is not set at the viewpoint. */
bool target_at(const struct facts *facts, uint32_t target, const struct viewpoint *view,
               struct target *ret_target);

/* The newest figure of the aggregate, NULL if there is none. */
const struct published_row *published_at(const struct facts *facts, uint32_t statistic,
                                         const struct viewpoint *view);

#endif
