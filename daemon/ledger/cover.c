/* Which contracts are secured.
 *
 *   C1  Policies are few beside contracts: the newest rows are looked at one by one, each for
 *       the contracts that it names.
 *   C2  Cover that was paid out secures nothing any more. */

#include "daemon/ledger/cover.h"

#include "daemon/ledger/policy.h"

static bool names_contract(const struct facts *facts, const struct policy_row *policy,
                           uint32_t contract)
{
    for (uint32_t i = 0; i < policy->contracts.count; i++) {
        if (share_at(facts, policy->contracts, i)->aggregate == contract) {
            return true;
        }
    }
    return false;
}

bool cover_is_secured(const struct facts *facts, uint32_t contract, int32_t day,
                      const struct viewpoint *view)
{
    uint64_t count =
        view->writer ? facts_count(facts, FACT_POLICY) : view->published.rows[FACT_POLICY];
    for (uint64_t i = count; i > 0; i--) {
        const struct policy_row *policy = facts_row(facts, FACT_POLICY, i - 1);
        if (policy->product == POLICY_PRODUCT_performance && fact_counts(&policy->fact, view) &&
            names_contract(facts, policy, contract) &&
            policy_on(facts, policy->fact.key, day, view) == policy &&
            policy_is_live(facts, policy->fact.key, day, view) &&
            policy_left(facts, policy, view) > 0) { /* C2 */
            return true;
        }
    }
    return false;
}
