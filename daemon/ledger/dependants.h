#ifndef ACCRUE_DAEMON_LEDGER_DEPENDANTS_H
#define ACCRUE_DAEMON_LEDGER_DEPENDANTS_H

/* Which later events stand on what an event wrote (domain 2.3 'Correction', rulings 33, 38). */

#include "daemon/ledger/ledger_inner.h"

struct dependants {
    uint64_t *seqs; /* each once and in order, after dependants_of() */
    uint32_t count;
    uint32_t looked; /* facts looked at */
    bool full;       /* more than REVERSAL_FACTS_MAX: the answer is not known */
};

/* Fill `ret` for the live event `target`; `ret->seqs` has room for REVERSAL_FACTS_MAX. */
void dependants_of(const struct deciding *deciding, uint64_t target, struct dependants *ret);

#endif
