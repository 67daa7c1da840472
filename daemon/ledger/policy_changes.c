/* Endorsements and cancellations: a policy's terms as a whole, written again.
 *
 *     BOUND ──policy.endorsed──▶ BOUND ──policy.cancelled──▶ CANCELLED
 *
 *   I5  What is not named stays as it was. The terms hold from the later of the event's day and
 *       that of the terms before (I3 of policy.h).
 *   I6  A cancelled policy is closed; what happened before the cancellation stays covered.
 *   I7  No more premium is given back than was agreed. */

#include "daemon/ledger/contract.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/policy.h"

static enum status check_bound(struct deciding *deciding)
{
    uint8_t state = state_at(deciding->facts, MACHINE_POLICY, deciding->aggregate, &deciding->now);
    if (state == POLICY_BOUND) {
        const struct policy_row *row =
            policy_at(deciding->facts, deciding->aggregate, &deciding->now);
        effect_valid(deciding, row->fact.valid); /* I5 */
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_CLOSED, "agg");
    fault_state(deciding->fault, machine_name(MACHINE_POLICY), state_name(MACHINE_POLICY, state));
    fault_legal(deciding->fault, "claim.filed");
    fault_legal(deciding->fault, "note.added");
    return STATUS_E_CLOSED;
}

/* ---- policy.endorsed ---- */

static enum status check_party(struct deciding *deciding, const struct fields *changes)
{
    uint32_t found;
    if (!field_present(changes, FIELD_beneficiary)) {
        return STATUS_OK;
    }
    return decide_reference_id(deciding, KIND_party, field_text(changes, FIELD_beneficiary),
                               "data.changes.beneficiary", &found);
}

static enum status check_dates(struct deciding *deciding, const struct fields *changes,
                               const struct policy_row *row)
{
    int32_t from = field_date(changes, FIELD_from, row->from);
    int32_t to = field_date(changes, FIELD_to, row->to);
    if (from <= to) {
        return STATUS_OK;
    }
    char first[11];
    char last[11];
    date_format(from, first);
    date_format(to, last);
    (void)fault_set(deciding->fault, STATUS_E_DATE_ORDER,
                    field_present(changes, FIELD_to) ? "data.changes.to" : "data.changes.from");
    fault_detail(deciding->fault, "from=%s to=%s", first, last);
    return STATUS_E_DATE_ORDER;
}

/* The contracts that the endorsed policy covers may be those of the old terms. */
static void flag_old_contracts(struct deciding *deciding, int64_t sum_fen,
                               const struct policy_row *row)
{
    int64_t value = 0;
    for (uint32_t i = 0; i < row->contracts.count; i++) {
        uint32_t contract = share_at(deciding->facts, row->contracts, i)->aggregate;
        const struct contract_row *signed_row =
            contract_row_at(deciding->facts, contract, &deciding->now);
        int64_t total = contract_total(deciding->facts, contract, &deciding->now);
        if (total == AMOUNT_UNKNOWN || signed_row == NULL ||
            strcmp(currency_code(signed_row->currency), "CNY") != 0) {
            return;
        }
        value += total;
    }
    if (row->product == POLICY_PRODUCT_performance && row->contracts.count > 0 && sum_fen > value) {
        decide_flag(deciding, WARNING_OVER_INSURED);
    }
}

static enum status decide_endorsed(struct deciding *deciding)
{
    struct fields changes;
    enum status status = check_bound(deciding);
    if (status != STATUS_OK || !fields_parse(deciding->fields->at[FIELD_changes], &changes)) {
        return status;
    }
    const struct policy_row *row = policy_at(deciding->facts, deciding->aggregate, &deciding->now);
    status = check_dates(deciding, &changes, row);
    if (status == STATUS_OK) {
        status = check_party(deciding, &changes);
    }
    if (status == STATUS_OK) {
        status =
            policy_check_contracts(deciding, changes.at[FIELD_contracts], "data.changes.contracts");
    }
    if (status == STATUS_OK) {
        status = decide_references(deciding, KIND_party, changes.at[FIELD_insured],
                                   "data.changes.insured");
    }
    if (status == STATUS_OK) {
        status = decide_references(deciding, KIND_technology, changes.at[FIELD_technologies],
                                   "data.changes.technologies");
    }
    if (status != STATUS_OK) {
        return status;
    }
    int64_t sum_fen = field_int(&changes, FIELD_sum_fen, row->sum_fen);
    if (field_present(&changes, FIELD_contracts)) {
        policy_flag_value(deciding, row->product, sum_fen, changes.at[FIELD_contracts]);
    } else if (field_present(&changes, FIELD_sum_fen)) {
        flag_old_contracts(deciding, sum_fen, row);
    }
    return STATUS_OK;
}

/* A new row with the terms of the newest one. */
static struct policy_row *add_copy(struct folding *folding)
{
    struct viewpoint now = viewpoint_now(folding->facts, DAY_MAX);
    const struct policy_row *old = policy_at(folding->facts, folding->aggregate, &now);
    struct policy_row *row =
        facts_add(folding->facts, FACT_POLICY, folding->seq, folding->valid, folding->aggregate);
    row->sum_fen = old->sum_fen;
    row->deductible_fen = old->deductible_fen;
    row->premium_fen = old->premium_fen;
    row->refund_fen = old->refund_fen;
    row->contracts = old->contracts;
    row->technologies = old->technologies;
    row->insured = old->insured;
    row->insurer = old->insurer;
    row->holder = old->holder;
    row->from = old->from;
    row->to = old->to;
    row->cover_ppm = old->cover_ppm;
    row->product = old->product;
    return row;
}

static void fold_endorsed(struct folding *folding)
{
    struct fields changes;
    struct folding inner = *folding;
    struct policy_row *row = add_copy(folding);
    if (!fields_parse(folding->fields->at[FIELD_changes], &changes)) {
        return;
    }
    inner.fields = &changes;
    if (field_present(&changes, FIELD_contracts)) {
        row->contracts = references_fold(&inner, KIND_contract, FIELD_contracts);
    }
    if (field_present(&changes, FIELD_technologies)) {
        row->technologies = references_fold(&inner, KIND_technology, FIELD_technologies);
    }
    if (field_present(&changes, FIELD_insured)) {
        row->insured = references_fold(&inner, KIND_party, FIELD_insured);
    }
    row->sum_fen = field_int(&changes, FIELD_sum_fen, row->sum_fen);
    row->deductible_fen = field_int(&changes, FIELD_deductible_fen, row->deductible_fen);
    row->premium_fen = field_int(&changes, FIELD_premium_fen, row->premium_fen);
    row->from = field_date(&changes, FIELD_from, row->from);
    row->to = field_date(&changes, FIELD_to, row->to);
    row->cover_ppm = (int32_t)field_int(&changes, FIELD_cover_ppm, row->cover_ppm);
}

/* ---- policy.cancelled ---- */

static enum status decide_cancelled(struct deciding *deciding)
{
    enum status status = check_bound(deciding);
    if (status != STATUS_OK) {
        return status;
    }
    const struct policy_row *row = policy_at(deciding->facts, deciding->aggregate, &deciding->now);
    int64_t refund = field_int(deciding->fields, FIELD_refund_fen, 0);
    if (refund > row->premium_fen) { /* I7 */
        (void)fault_set(deciding->fault, STATUS_E_AMOUNT_EXCEEDS, "data.refund_fen");
        fault_detail(deciding->fault, "premium=%lld given=%lld", (long long)row->premium_fen,
                     (long long)refund);
        return STATUS_E_AMOUNT_EXCEEDS;
    }
    effect_state(deciding, MACHINE_POLICY, POLICY_CANCELLED, deciding->valid);
    return STATUS_OK;
}

static void fold_cancelled(struct folding *folding)
{
    struct policy_row *row = add_copy(folding);
    row->refund_fen = field_int(folding->fields, FIELD_refund_fen, 0);
}

const struct handler policy_change_handlers[] = {
    {TYPE_policy_endorsed, decide_endorsed, fold_endorsed},
    {TYPE_policy_cancelled, decide_cancelled, fold_cancelled},
    {TYPE_NONE, NULL, NULL},
};
