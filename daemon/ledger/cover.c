/* Which contracts are secured.
 *
 *   C1  Only the policies that name the contract are looked at.
 *   C2  Cover that was paid out secures nothing any more. */

#include "daemon/ledger/cover.h"

#include "daemon/ledger/cover_index.h"
#include "daemon/ledger/policy.h"

bool cover_is_secured(const struct facts *facts, uint32_t contract, int32_t day,
                      const struct viewpoint *view)
{
    const struct policy_row *policy;
    struct index_probe probe = cover_begin(facts, contract);
    while (cover_next(facts, contract, &probe, &policy)) { /* C1 */
        if (policy->product == POLICY_PRODUCT_performance && fact_counts(&policy->fact, view) &&
            policy_on(facts, policy->fact.key, day, view) == policy &&
            policy_is_live(facts, policy->fact.key, day, view) &&
            policy_left(facts, policy, view) > 0) { /* C2 */
            return true;
        }
    }
    return false;
}
