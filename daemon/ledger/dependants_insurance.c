/* Dependants of what policies, pledges and pools say; of claims the states alone tell (G1 of
 * claim_figures.c). */

#include "daemon/ledger/dependants_inner.h"

/* ---- insurance: what was decided under the terms of a policy ---- */

/* Later terms repeat these, and claims were measured by them. Other touches only name it. */
void of_policy(struct search *search, const struct fact *fact)
{
    uint32_t at = aggregate_at(search->facts, fact->key)->touch_head;
    while (at != NO_ROW && look(search)) {
        const struct touch_row *touch = touch_at(search->facts, at - 1);
        if (touch->seq <= search->target) {
            return;
        }
        uint16_t by = event_row_at(search->facts, touch->seq)->type;
        const struct event_type *type = event_type_by_id((enum type_id)by);
        if (type != NULL && (type->kind == KIND_policy || type->kind == KIND_claim)) {
            add(search, touch->seq);
        }
        at = touch->prev;
    }
}

/* ---- pledges: later terms repeat these, repayments are measured by them ---- */

void of_pledge(struct search *search, const struct fact *fact)
{
    const struct pledge_row *row = (const struct pledge_row *)fact;
    uint32_t at = facts_head(search->facts, FACT_PLEDGE, fact->key, false);
    while (row->step != PLEDGE_STEP_REPAID && at != NO_ROW && look(search)) {
        const struct fact *later = facts_row(search->facts, FACT_PLEDGE, at - 1);
        if (later->seq <= search->target) {
            return;
        }
        add(search, later->seq);
        at = later->prev;
    }
}

/* ---- pools: who left what it had entered, or entered again ---- */

void of_pool_member(struct search *search, const struct fact *fact)
{
    const struct pool_member_row *row = (const struct pool_member_row *)fact;
    uint32_t at = facts_head(search->facts, FACT_POOL_MEMBER, fact->key, false);
    while (at != NO_ROW && look(search)) {
        const struct pool_member_row *later = facts_row(search->facts, FACT_POOL_MEMBER, at - 1);
        if (later->fact.seq <= search->target) {
            return;
        }
        if (later->party == row->party) {
            add(search, later->fact.seq);
        }
        at = later->fact.prev;
    }
}

void of_pool_patent(struct search *search, const struct fact *fact)
{
    const struct pool_patent_row *row = (const struct pool_patent_row *)fact;
    uint32_t at = facts_head(search->facts, FACT_POOL_PATENT, fact->key, false);
    while (at != NO_ROW && look(search)) {
        const struct pool_patent_row *later = facts_row(search->facts, FACT_POOL_PATENT, at - 1);
        if (later->fact.seq <= search->target) {
            return;
        }
        if (later->pool == row->pool) {
            add(search, later->fact.seq);
        }
        at = later->fact.prev;
    }
}
