/* "Use first, pay later": the trial of a contract.
 *
 *     ACTIVE ──started──▶ TRIAL ──converted──▶ ACTIVE
 *                           └────declined──▶ DECL
 *
 *   T1  A contract has one trial, and only if it was agreed (footnote 2 of domain 3.1).
 *   T2  Silence decides nothing by itself, unless agreed: for licences Civil Code art 638 does not
 *       make it a purchase. After the last day, on_silence decline refuses both decisions,
 *       on_silence convert refuses the decline and takes the conversion as confirmation
 *       (footnote 3).
 *   T3  Converting opens what waits for it; declining ends everything that is still conditional
 *       (ruling 18).
 *   T4  The fee agreed at conversion is Σ of the obligations that the event lists and of those
 *       that wait for the conversion, where both the fee and obligations are given. */

#include "daemon/ledger/attributes.h"
#include "daemon/ledger/contract.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/obligation.h"
#include "daemon/ledger/royalty.h"

static const struct trial_row *latest_trial(const struct facts *facts, uint32_t contract,
                                            const struct viewpoint *now)
{
    uint32_t at;
    return facts_first(facts, FACT_TRIAL, contract, now, &at);
}

static int trial_on_silence(const struct deciding *deciding)
{
    const struct contract_row *row =
        contract_row_at(deciding->facts, deciding->aggregate, &deciding->now);
    struct slice amended =
        contract_term_bytes(deciding->facts, deciding->aggregate, FIELD_trial, &deciding->now);
    struct slice value;
    struct slice text;
    if (amended.len > 0 && map_find(amended, "on_silence", &value) && value_text(value, &text)) {
        return enum_index(on_silence_names, text);
    }
    return row->on_silence;
}

static enum status decide_started(struct deciding *deciding)
{
    uint8_t next;
    enum status status = contract_state_leave(deciding, &next);
    if (status != STATUS_OK) {
        return status;
    }
    const struct facts *facts = deciding->facts;
    const struct viewpoint *now = &deciding->now;
    const struct contract_row *row = contract_row_at(facts, deciding->aggregate, now);
    bool agreed =
        row->has_trial || contract_term_bytes(facts, deciding->aggregate, FIELD_trial, now).len > 0;
    bool used = latest_trial(facts, deciding->aggregate, now) != NULL;
    if (!agreed || used) {
        (void)contract_refuse(deciding, STATUS_E_NO_TRIAL, "agg", CONTRACT_ACTIVE); /* T1 */
        fault_detail(deciding->fault, used ? "trial=used" : "trial=not_agreed");
        return STATUS_E_NO_TRIAL;
    }
    effect_state(deciding, MACHINE_CONTRACT, next, deciding->valid);
    return STATUS_OK;
}

static struct trial_row *fold_row(struct folding *folding, enum trial_action action)
{
    struct trial_row *row =
        facts_add(folding->facts, FACT_TRIAL, folding->seq, folding->valid, folding->aggregate);
    row->action = (uint8_t)action;
    row->start = field_date(folding->fields, FIELD_start, DAY_NONE);
    row->end = field_date(folding->fields, FIELD_on, DAY_NONE);
    row->end = field_date(folding->fields, FIELD_end, row->end);
    row->end = field_date(folding->fields, FIELD_new_end, row->end);
    row->pay_mode = (uint8_t)field_enum(folding->fields, FIELD_pay_mode, pay_mode_names, UINT8_MAX);
    row->total_fen = field_int(folding->fields, FIELD_total_fen, AMOUNT_UNKNOWN);
    return row;
}

static void fold_started(struct folding *folding)
{
    (void)fold_row(folding, TRIAL_STARTED);
}

/* T2 */
static enum status check_lapse(struct deciding *deciding, const char *field, bool converts)
{
    const struct trial_row *trial =
        latest_trial(deciding->facts, deciding->aggregate, &deciding->now);
    int silence = trial_on_silence(deciding);
    bool decided = silence == ON_SILENCE_decline || (silence == ON_SILENCE_convert && !converts);
    if (trial == NULL || deciding->effective <= trial->end || !decided) {
        return STATUS_OK;
    }
    char end[11];
    date_format(trial->end, end);
    (void)fault_set(deciding->fault, STATUS_E_TRIAL_LAPSED, field);
    fault_state(deciding->fault, machine_name(MACHINE_CONTRACT),
                state_name(MACHINE_CONTRACT, CONTRACT_TRIAL));
    fault_detail(deciding->fault, "trial_end=%s on_silence=%s", end, on_silence_names[silence]);
    if (silence == ON_SILENCE_convert) {
        fault_legal(deciding->fault, "trial.converted");
    }
    fault_legal(deciding->fault, "contract.terminated");
    return STATUS_E_TRIAL_LAPSED;
}

/* An end is moved on, never back, and not once silence has decided (T2). */
static enum status decide_extended(struct deciding *deciding)
{
    uint8_t next;
    enum status status = contract_state_leave(deciding, &next);
    if (status == STATUS_OK) {
        status = check_lapse(deciding, "effective", false);
    }
    if (status != STATUS_OK) {
        return status;
    }
    const struct trial_row *trial =
        latest_trial(deciding->facts, deciding->aggregate, &deciding->now);
    if (field_date(deciding->fields, FIELD_new_end, DAY_MAX) <= trial->end) {
        char end[11];
        date_format(trial->end, end);
        (void)fault_set(deciding->fault, STATUS_E_DATE_ORDER, "data.new_end");
        fault_detail(deciding->fault, "trial_end=%s", end);
        return STATUS_E_DATE_ORDER;
    }
    effect_valid(deciding, trial->fact.valid);
    return STATUS_OK;
}

static void fold_extended(struct folding *folding)
{
    (void)fold_row(folding, TRIAL_EXTENDED);
}

/* What waits for the conversion, in fen; *known false if an amount is null. */
static int64_t waiting_for_conversion(const struct deciding *deciding, bool *known)
{
    int64_t sum = 0;
    uint32_t at = facts_head(deciding->facts, FACT_OBLIGATION, deciding->aggregate, false);
    while (at != NO_ROW) {
        const struct obligation_row *row = facts_row(deciding->facts, FACT_OBLIGATION, at - 1);
        struct obligation_figures figures;
        obligation_evaluate(deciding->facts, at - 1, &deciding->now, &figures);
        if (figures.visible && figures.state == OBLIGATION_CONTINGENT &&
            figures.terms->condition == CONDITION_CONVERT) {
            *known = *known && figures.terms->amount_fen != AMOUNT_UNKNOWN;
            sum += figures.contingent;
        }
        at = row->fact.prev;
    }
    return sum;
}

/* T4 */
static enum status check_fee(struct deciding *deciding, const struct term_list *terms)
{
    bool known = terms->known;
    if (!field_present(deciding->fields, FIELD_total_fen) || terms->count == 0 ||
        field_present(deciding->fields, FIELD_royalty)) {
        return STATUS_OK;
    }
    int64_t sum = terms->sum + waiting_for_conversion(deciding, &known);
    int64_t total = field_int(deciding->fields, FIELD_total_fen, 0);
    return !known || sum == total ? STATUS_OK
                                  : sum_mismatch(deciding, "data.obligations", sum, total);
}

static enum status decide_converted(struct deciding *deciding)
{
    uint8_t next;
    struct term_list terms;
    enum status status = contract_state_leave(deciding, &next);
    if (status == STATUS_OK) {
        status = check_lapse(deciding, "data.on", true);
    }
    if (status == STATUS_OK) {
        status = royalty_check(deciding, deciding->fields->at[FIELD_royalty], "data.royalty");
    }
    if (status != STATUS_OK) {
        return status;
    }
    const struct contract_row *row =
        contract_row_at(deciding->facts, deciding->aggregate, &deciding->now);
    status = term_list_check(deciding, deciding->fields->at[FIELD_obligations], "data.obligations",
                             row->currency, &terms);
    if (status == STATUS_OK) {
        status = check_fee(deciding, &terms);
    }
    if (status != STATUS_OK) {
        return status;
    }
    effect_state(deciding, MACHINE_CONTRACT, next, deciding->valid);
    (void)obligations_on_condition(deciding, deciding->aggregate, CONDITION_CONVERT,
                                   slice_of(NULL, 0), OUTCOME_REACHED, 0, deciding->effective);
    return STATUS_OK;
}

static void fold_converted(struct folding *folding)
{
    static const enum field_id changed[] = {FIELD_pay_mode, FIELD_total_fen, FIELD_COUNT};
    const struct fields *fields = folding->fields;
    struct viewpoint now = viewpoint_now(folding->facts, DAY_MAX);
    uint8_t currency = contract_row_at(folding->facts, folding->aggregate, &now)->currency;
    int into = field_enum(fields, FIELD_into, trial_into_names, -1);
    (void)fold_row(folding, TRIAL_CONVERTED);
    attributes_fold_only(folding, &folding->event->type->data, fields, changed);
    if (into >= 0) {
        attribute_fold(folding, FIELD_type,
                       into == TRIAL_INTO_transfer ? CONTRACT_TYPE_transfer
                                                   : CONTRACT_TYPE_license);
    }
    royalty_fold(folding, fields->at[FIELD_royalty]);
    term_list_fold(folding, fields->at[FIELD_obligations], currency);
}

static enum status decide_declined(struct deciding *deciding)
{
    uint8_t next;
    enum status status = contract_state_leave(deciding, &next);
    if (status == STATUS_OK) {
        status = check_lapse(deciding, "data.on", false);
    }
    if (status != STATUS_OK) {
        return status;
    }
    effect_state(deciding, MACHINE_CONTRACT, next, deciding->valid);
    return obligations_on_end(deciding, deciding->aggregate, END_DECLINED, deciding->valid);
}

static void fold_declined(struct folding *folding)
{
    int32_t stop = field_date(folding->fields, FIELD_stop_use_by, DAY_NONE);
    (void)fold_row(folding, TRIAL_DECLINED);
    if (stop != DAY_NONE) { /* not a step of the trial: only the agenda asks for it */
        attribute_fold(folding, FIELD_stop_use_by, stop);
    }
}

const struct handler trial_handlers[] = {
    {TYPE_trial_started, decide_started, fold_started},
    {TYPE_trial_extended, decide_extended, fold_extended},
    {TYPE_trial_converted, decide_converted, fold_converted},
    {TYPE_trial_declined, decide_declined, fold_declined},
    {TYPE_NONE, NULL, NULL},
};
