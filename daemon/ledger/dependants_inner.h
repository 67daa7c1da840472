#ifndef ACCRUE_DAEMON_LEDGER_DEPENDANTS_INNER_H
#define ACCRUE_DAEMON_LEDGER_DEPENDANTS_INNER_H

/* What the files dependants*.c share and nobody else sees. D1-D5 of dependants.c hold for all of
 * them. */

#include "daemon/ledger/dependants.h"

/* The event whose dependants are sought. */
struct search {
    const struct deciding *deciding;
    const struct facts *facts;
    uint64_t target;
    struct dependants *found;
};

static inline bool look(struct search *search)
{
    if (search->found->looked >= REVERSAL_FACTS_MAX) {
        search->found->full = true;
        return false;
    }
    search->found->looked++;
    return true;
}

static inline void add(struct search *search, uint64_t seq)
{
    const struct event_row *event = event_row_at(search->facts, seq);
    bool live = atomic_load_explicit(&event->reversed_by, memory_order_relaxed) == UINT64_MAX;
    if (seq > search->target && live && event->type != TYPE_event_reversed &&
        search->found->count < REVERSAL_FACTS_MAX) {
        search->found->seqs[search->found->count++] = seq; /* room: one for each fact looked at */
    }
}

/* What one table's row made, and who stands on it; each is entered in the table of dependants.c. */
typedef void dependants_fn(struct search *search, const struct fact *fact);

/* dependants_insurance.c */
dependants_fn of_policy, of_pledge, of_pool_member, of_pool_patent;

/* dependants_technology.c */
void add_technology_users(struct search *search, const struct state_row *moved);
dependants_fn of_merger, of_accreditation, of_entrustment;

#endif
