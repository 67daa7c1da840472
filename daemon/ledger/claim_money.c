/* Claims: what the insurer approves, pays and gets back.
 *
 *   A1  Approved is at most what the policy pays for this loss (claim_limit()); what is paid over
 *       all claims of a policy is at most its sum. Both E_OVER_COVER.
 *   A2  A failed conversion is adjusted on a verdict. Sixty days after the filing the insurer owes
 *       an advance of what can be determined (Insurance Law art 25): then the adjustment may come
 *       first and the verdict later.
 *   A3  Adjusted again, the newest amount counts; it is not below what is paid already.
 *   A4  Under performance cover the insurer takes over the claim (Insurance Law art 60). That
 *       moves no creditor by itself: obligation.assigned does (ruling 24).
 *   A5  Recovered is at most what was paid. Everything paid and recovered, the claim is closed
 *       (ruling 25). */

#include "daemon/ledger/calendar.h"
#include "daemon/ledger/claim.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/policy.h"
#include "daemon/ledger/reference.h"

#define ADVANCE_DAYS 60

static enum status over(struct deciding *deciding, enum status code, const char *field,
                        const char *what, int64_t most, int64_t given)
{
    (void)fault_set(deciding->fault, code, field);
    fault_detail(deciding->fault, "%s=%lld given=%lld", what, (long long)most, (long long)given);
    return code;
}

/* ---- claim.adjusted ---- */

static enum status check_determined(struct deciding *deciding, const struct claim_figures *figures)
{
    int32_t advance_from = figures->filed->fact.valid + ADVANCE_DAYS;
    if (figures->verdict != UINT8_MAX || deciding->effective >= advance_from || /* A2 */
        claim_product(deciding->facts, figures, &deciding->now) != POLICY_PRODUCT_impl_failure) {
        return STATUS_OK;
    }
    char day[11];
    date_format(advance_from, day);
    (void)fault_set(deciding->fault, STATUS_E_NO_DETERMINATION, "agg");
    fault_state(deciding->fault, machine_name(MACHINE_CLAIM),
                state_name(MACHINE_CLAIM, figures->state));
    fault_legal(deciding->fault, "claim.determined");
    fault_legal(deciding->fault, "claim.rejected");
    fault_detail(deciding->fault, "advance_from=%s", day);
    return STATUS_E_NO_DETERMINATION;
}

static enum status decide_adjusted(struct deciding *deciding)
{
    uint8_t next;
    struct claim_figures figures;
    int64_t approved = field_int(deciding->fields, FIELD_approved_fen, 0);
    enum status status = claim_act_check(deciding, CLAIM_ADJUST, &figures, &next);
    if (status == STATUS_OK) {
        status = check_determined(deciding, &figures);
    }
    if (status != STATUS_OK) {
        return status;
    }
    int64_t limit = claim_limit(deciding->facts, &figures, &deciding->now);
    if (approved > limit) { /* A1 */
        return over(deciding, STATUS_E_OVER_COVER, "data.approved_fen", "limit", limit, approved);
    }
    if (approved < figures.paid) { /* A3 */
        return over(deciding, STATUS_E_AMOUNT_EXCEEDS, "data.approved_fen", "paid", figures.paid,
                    approved);
    }
    effect_state(deciding, MACHINE_CLAIM, next, deciding->valid);
    return STATUS_OK;
}

static void fold_adjusted(struct folding *folding)
{
    (void)claim_step_add(folding, CLAIM_STEP_ADJUSTED,
                         field_int(folding->fields, FIELD_approved_fen, 0));
}

/* ---- claim.paid ---- */

/* A4: left out, it follows from the product. */
static enum status check_subrogation(struct deciding *deciding, const struct claim_figures *figures)
{
    if (!field_present(deciding->fields, FIELD_subrogates) ||
        field_bool(deciding->fields, FIELD_subrogates) ||
        claim_product(deciding->facts, figures, &deciding->now) != POLICY_PRODUCT_performance) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_BAD_FIELD, "data.subrogates");
    fault_detail(deciding->fault, "product=performance expected=true");
    return STATUS_E_BAD_FIELD;
}

static enum status decide_paid(struct deciding *deciding)
{
    uint8_t next;
    uint32_t payee;
    struct claim_figures figures;
    const struct facts *facts = deciding->facts;
    int64_t amount = field_int(deciding->fields, FIELD_amount_fen, 0);
    enum status status = claim_act_check(deciding, CLAIM_PAY, &figures, &next);
    if (status == STATUS_OK) {
        status = check_subrogation(deciding, &figures);
    }
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_party, FIELD_payee, &payee);
    }
    if (status != STATUS_OK) {
        return status;
    }
    if (amount > figures.approved - figures.paid) {
        return over(deciding, STATUS_E_AMOUNT_EXCEEDS, "data.amount_fen", "approved_and_unpaid",
                    figures.approved - figures.paid, amount);
    }
    const struct policy_row *policy =
        policy_on(facts, figures.filed->policy, figures.filed->day, &deciding->now);
    int64_t left = policy_left(facts, policy, &deciding->now);
    if (amount > left) { /* A1 */
        return over(deciding, STATUS_E_OVER_COVER, "data.amount_fen", "left", left, amount);
    }
    effect_state(deciding, MACHINE_CLAIM, next, deciding->valid);
    return STATUS_OK;
}

static void fold_paid(struct folding *folding)
{
    int64_t amount = field_int(folding->fields, FIELD_amount_fen, 0);
    struct claim_row *row = claim_step_add(folding, CLAIM_STEP_PAID, amount);
    struct viewpoint now = viewpoint_now(folding->facts, DAY_MAX);
    const struct policy_row *policy = policy_at(folding->facts, row->policy, &now);
    row->party = reference_fold(folding, KIND_party, FIELD_payee);
    row->subrogates = field_bool(folding->fields, FIELD_subrogates) ||
                      policy->product == POLICY_PRODUCT_performance;
    struct indemnity_row *paid =
        facts_add(folding->facts, FACT_INDEMNITY, folding->seq, folding->valid, row->policy);
    paid->amount = amount;
    paid->claim = folding->aggregate;
}

/* ---- claim.recovered ---- */

static enum status decide_recovered(struct deciding *deciding)
{
    uint8_t next;
    uint32_t from;
    struct claim_figures figures;
    int64_t amount = field_int(deciding->fields, FIELD_amount_fen, 0);
    enum status status = claim_act_check(deciding, CLAIM_RECOVER, &figures, &next);
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_party, FIELD_from, &from);
    }
    if (status != STATUS_OK) {
        return status;
    }
    int64_t paid = figures.paid - figures.recovered;
    if (amount > paid) {
        return over(deciding, STATUS_E_AMOUNT_EXCEEDS, "data.amount_fen", "paid_and_not_recovered",
                    paid, amount);
    }
    bool whole = amount == paid && figures.paid == figures.approved; /* A5 */
    effect_state(deciding, MACHINE_CLAIM, whole ? CLAIM_CLOSED : next, deciding->valid);
    return STATUS_OK;
}

static void fold_recovered(struct folding *folding)
{
    struct claim_row *row = claim_step_add(folding, CLAIM_STEP_RECOVERED,
                                           field_int(folding->fields, FIELD_amount_fen, 0));
    row->party = reference_fold(folding, KIND_party, FIELD_from);
}

const struct handler claim_money_handlers[] = {
    {TYPE_claim_adjusted, decide_adjusted, fold_adjusted},
    {TYPE_claim_paid, decide_paid, fold_paid},
    {TYPE_claim_recovered, decide_recovered, fold_recovered},
    {TYPE_NONE, NULL, NULL},
};
