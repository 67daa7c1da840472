/* See policy.h. */

#include "daemon/ledger/policy.h"

const struct policy_row *policy_at(const struct facts *facts, uint32_t policy,
                                   const struct viewpoint *view)
{
    uint32_t at;
    return facts_first(facts, FACT_POLICY, policy, view, &at);
}

const struct policy_row *policy_on(const struct facts *facts, uint32_t policy, int32_t day,
                                   const struct viewpoint *view)
{
    uint32_t at;
    const struct policy_row *oldest = NULL;
    for (const struct policy_row *row = facts_first(facts, FACT_POLICY, policy, view, &at);
         row != NULL; row = facts_next(facts, FACT_POLICY, view, &at)) {
        if (row->fact.valid <= day) {
            return row;
        }
        oldest = row;
    }
    return oldest;
}

bool policy_is_live(const struct facts *facts, uint32_t policy, int32_t day,
                    const struct viewpoint *view)
{
    int32_t since;
    const struct policy_row *row = policy_on(facts, policy, day, view);
    uint8_t state = state_since(facts, MACHINE_POLICY, policy, view, &since);
    bool cancelled = state == POLICY_CANCELLED && since <= day;
    return row != NULL && row->from <= day && day <= row->to && !cancelled;
}

int64_t policy_paid(const struct facts *facts, uint32_t policy, const struct viewpoint *view)
{
    int64_t paid = 0;
    uint32_t at;
    for (const struct indemnity_row *row = facts_first(facts, FACT_INDEMNITY, policy, view, &at);
         row != NULL; row = facts_next(facts, FACT_INDEMNITY, view, &at)) {
        paid += row->amount; /* never above the sum insured: claim_money.c */
    }
    return paid;
}

int64_t policy_left(const struct facts *facts, const struct policy_row *row,
                    const struct viewpoint *view)
{
    int64_t paid = policy_paid(facts, row->fact.key, view);
    return row->sum_fen > paid ? row->sum_fen - paid : 0;
}
