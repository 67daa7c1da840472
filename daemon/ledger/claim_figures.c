/* See claim.h. A claim's rows are walked newest first: the newest adjustment and verdict count.
 *
 *   G1  Every event of a claim writes its state, also where that stays the same: so the events of
 *       a claim stand on each other in their order, and only the last can be reversed. */

#include "daemon/ledger/claim.h"

#include "daemon/ledger/money.h"
#include "daemon/ledger/policy.h"

static void take(struct claim_figures *figures, const struct claim_row *row)
{
    int32_t on = row->fact.valid;
    switch ((enum claim_step)row->step) {
    case CLAIM_STEP_FILED:
        figures->filed = row;
        break;
    case CLAIM_STEP_DETERMINED:
        if (figures->determined_on == DAY_NONE) {
            figures->determined_on = on;
            figures->verdict = row->verdict;
        }
        break;
    case CLAIM_STEP_ADJUSTED:
        if (figures->adjusted_on == DAY_NONE) {
            figures->adjusted_on = on;
            figures->approved = row->amount;
        }
        figures->first_adjusted_on = on;
        break;
    case CLAIM_STEP_REJECTED:
        figures->rejected_on = on;
        figures->notice_on = row->day;
        break;
    case CLAIM_STEP_PAID:
        figures->paid += row->amount;
        figures->paid_on = figures->paid_on == DAY_NONE ? on : figures->paid_on;
        break;
    case CLAIM_STEP_RECOVERED:
        figures->recovered += row->amount;
        break;
    }
}

void claim_evaluate(const struct facts *facts, uint32_t claim, const struct viewpoint *view,
                    struct claim_figures *ret_figures)
{
    uint32_t at;
    *ret_figures = (struct claim_figures){
        .verdict = UINT8_MAX,
        .approved = AMOUNT_UNKNOWN,
        .determined_on = DAY_NONE,
        .adjusted_on = DAY_NONE,
        .first_adjusted_on = DAY_NONE,
        .paid_on = DAY_NONE,
        .rejected_on = DAY_NONE,
        .notice_on = DAY_NONE,
    };
    for (const struct claim_row *row = facts_first(facts, FACT_CLAIM, claim, view, &at);
         row != NULL; row = facts_next(facts, FACT_CLAIM, view, &at)) {
        take(ret_figures, row);
    }
    ret_figures->state = state_at(facts, MACHINE_CLAIM, claim, view);
}

int64_t claim_reserve(const struct claim_figures *figures)
{
    bool open = figures->state == CLAIM_ADJUSTED || figures->state == CLAIM_PAID;
    return open ? figures->approved - figures->paid : 0;
}

int64_t claim_limit(const struct facts *facts, const struct claim_figures *figures,
                    const struct viewpoint *view)
{
    const struct policy_row *policy =
        policy_on(facts, figures->filed->policy, figures->filed->day, view);
    int64_t others = policy_paid(facts, figures->filed->policy, view) - figures->paid;
    int64_t left = policy->sum_fen > others ? policy->sum_fen - others : 0;
    int64_t loss = figures->filed->amount - policy->deductible_fen;
    int64_t covered = loss > 0 ? apply_ppm(loss, policy->cover_ppm, ROUND_HALF_AWAY) : 0;
    return covered < left ? covered : left;
}

uint8_t claim_product(const struct facts *facts, const struct claim_figures *figures,
                      const struct viewpoint *view)
{
    return policy_at(facts, figures->filed->policy, view)->product;
}
