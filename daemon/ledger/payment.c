/* payment.*: money that arrived, went back, or is put on debts.
 *
 *   P1  received = applied + unapplied credit + refunded + returned, at every viewpoint.
 *   P2  Without `alloc` the daemon appropriates what is due; with it, also with an empty one, only
 *       what it says, and the rest is credit (ruling 2).
 *   P3  A return takes the whole payment back and every line with it: the debts are owed again
 *       from their old due dates. Money that went out as a refund cannot come back (ruling 13).
 *   P4  Money of nobody is credit until payment.applied names its payer, once (ruling 39).
 *   P5  What is taken back of a line is taken back no earlier than the line was there: a return or
 *       refund dated before it would else be credit, or paid, in between or for ever. */

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/payment.h"
#include "daemon/ledger/reference.h"

/* ---- payment.received ---- */

static void flag_bank_ref(struct deciding *deciding)
{
    struct slice text = field_text(deciding->fields, FIELD_bank_ref);
    uint32_t name = text.len == 0 ? UINT32_MAX : name_find(deciding->facts, NAME_BANK_REF, text);
    if (name == UINT32_MAX) {
        return;
    }
    uint32_t at = name_at(deciding->facts, name)->head;
    while (at != NO_ROW) {
        const struct credit_row *row = facts_row(deciding->facts, FACT_CREDIT, at - 1);
        if (fact_counts(&row->fact, &deciding->now)) {
            decide_flag(deciding, WARNING_DUPLICATE_BANK_REF);
            return;
        }
        at = row->prev_number;
    }
}

static enum status check_sum(struct deciding *deciding, int64_t sum, int64_t amount)
{
    if (sum <= amount) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_SUM_MISMATCH, "data.alloc");
    fault_detail(deciding->fault, "sum=%lld amount=%lld", (long long)sum, (long long)amount);
    return STATUS_E_SUM_MISMATCH;
}

static enum status decide_received(struct deciding *deciding)
{
    const struct fields *fields = deciding->fields;
    int64_t amount = field_int(fields, FIELD_amount_fen, 0);
    int32_t day = field_date(fields, FIELD_value_date, deciding->effective);
    uint8_t currency = (uint8_t)currency_index(field_text(fields, FIELD_currency));
    uint32_t contract;
    uint32_t payee;
    uint32_t payer;
    struct lines lines = {0};
    enum status status = decide_reference_maybe(deciding, KIND_contract, FIELD_for, &contract);
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_party, FIELD_payee, &payee);
    }
    if (status == STATUS_OK) {
        status = decide_reference_maybe(deciding, KIND_party, FIELD_payer, &payer);
    }
    if (status != STATUS_OK) {
        return status;
    }
    if (field_present(fields, FIELD_alloc)) {
        status = lines_read(deciding, currency, day, &lines);
    } else if (payer != AGGREGATE_NONE) {
        lines_appropriate(deciding, payer, payee, currency, amount, day, &lines); /* P2 */
    }
    if (status == STATUS_OK) {
        status = check_sum(deciding, lines.sum, amount);
    }
    if (status == STATUS_OK) {
        flag_bank_ref(deciding);
        effect_state(deciding, MACHINE_PAYMENT, PAYMENT_RECEIVED, day);
        totals_expect(deciding, TOTAL_RECEIVED, currency, amount);
        effect_credit(deciding, CREDIT_RECEIVED, amount, day, OBLIGATION_NONE);
        lines_effects(deciding, &lines);
    }
    lines_done(&lines);
    return status;
}

/* ---- payment.applied ---- */

static enum status no_credit(struct deciding *deciding, const char *field, int64_t credit,
                             int64_t given)
{
    (void)fault_set(deciding->fault, STATUS_E_NO_CREDIT, field);
    fault_detail(deciding->fault, "credit=%lld given=%lld", (long long)credit, (long long)given);
    return STATUS_E_NO_CREDIT;
}

static bool is_returned(const struct deciding *deciding)
{
    return state_at(deciding->facts, MACHINE_PAYMENT, deciding->aggregate, &deciding->now) ==
           PAYMENT_RETURNED;
}

/* P4: names the payer of an unidentified payment. */
static enum status check_payer(struct deciding *deciding, const struct payment *payment)
{
    uint32_t payer;
    enum status status = decide_reference_maybe(deciding, KIND_party, FIELD_payer, &payer);
    if (status != STATUS_OK || payer == AGGREGATE_NONE || payer == payment->payer) {
        return status;
    }
    if (payment->payer != AGGREGATE_NONE) {
        (void)fault_set(deciding->fault, STATUS_E_BAD_FIELD, "data.payer");
        fault_detail(deciding->fault, "the payment has a payer already");
        return STATUS_E_BAD_FIELD;
    }
    effect_payer(deciding, payer, payment->value_date);
    return STATUS_OK;
}

static enum status decide_applied(struct deciding *deciding)
{
    struct payment payment;
    struct lines lines = {0};
    bool found = payment_now(deciding->facts, deciding->aggregate, &deciding->now, &payment);
    INVARIANT(found); /* it exists */
    int32_t day =
        deciding->effective > payment.value_date ? deciding->effective : payment.value_date;
    if (is_returned(deciding)) {
        enum status refused = no_credit(deciding, "agg", 0, 0);
        fault_state(deciding->fault, "payment", state_name(MACHINE_PAYMENT, PAYMENT_RETURNED));
        return refused;
    }
    enum status status = check_payer(deciding, &payment);
    if (status == STATUS_OK) {
        status = lines_read(deciding, payment.currency, day, &lines);
    }
    if (status == STATUS_OK && lines.sum > payment.credit) {
        status = no_credit(deciding, "data.alloc", payment.credit, lines.sum);
    }
    if (status == STATUS_OK) {
        effect_valid(deciding, payment.value_date);
        lines_effects(deciding, &lines);
    }
    lines_done(&lines);
    return status;
}

/* ---- payment.returned ---- */

static bool is_line(const struct credit_row *row, uint32_t obligation)
{
    return row->kind == CREDIT_APPLIED && row->obligation == obligation;
}

/* What is still there of a line: what was taken back came from the latest lines (O5). */
static int64_t left_of_line(const struct deciding *deciding, const struct credit_row *line,
                            uint32_t line_at)
{
    uint32_t at = line_at;
    int64_t left =
        payment_on(deciding->facts, deciding->aggregate, line->obligation, &deciding->now);
    const struct credit_row *row = facts_next(deciding->facts, FACT_CREDIT, &deciding->now, &at);
    for (; row != NULL; row = facts_next(deciding->facts, FACT_CREDIT, &deciding->now, &at)) {
        left -= is_line(row, line->obligation) ? row->amount : 0; /* an older one */
    }
    left = left > 0 ? left : 0;
    return left < line->amount ? left : line->amount;
}

/* P5 */
static void take_lines_back(struct deciding *deciding, int32_t day)
{
    uint32_t at;
    const struct facts *facts = deciding->facts;
    const struct viewpoint *now = &deciding->now;
    const struct credit_row *row = facts_first(facts, FACT_CREDIT, deciding->aggregate, now, &at);
    for (; row != NULL; row = facts_next(facts, FACT_CREDIT, now, &at)) {
        int64_t left = row->kind == CREDIT_APPLIED ? left_of_line(deciding, row, at) : 0;
        int32_t back = row->fact.valid > day ? row->fact.valid : day;
        if (left > 0) {
            effect_move_payment(deciding, MOVE_UNPAY, row->obligation, left, back,
                                deciding->event->agg);
            effect_credit(deciding, CREDIT_UNAPPLIED, left, back, row->obligation);
        }
    }
}

static enum status decide_returned(struct deciding *deciding)
{
    struct payment payment;
    struct fault *fault = deciding->fault;
    bool found = payment_now(deciding->facts, deciding->aggregate, &deciding->now, &payment);
    INVARIANT(found);
    if (is_returned(deciding)) {
        (void)fault_set(fault, STATUS_E_ALREADY_REVERSED, "agg");
        fault_state(fault, "payment", state_name(MACHINE_PAYMENT, PAYMENT_RETURNED));
        return STATUS_E_ALREADY_REVERSED;
    }
    if (payment.refunded) {
        (void)fault_set(fault, STATUS_E_HAS_DEPENDENTS, "agg");
        fault_detail(fault, "refunded");
        fault_legal(fault, "event.reversed of the refund");
        return STATUS_E_HAS_DEPENDENTS;
    }
    if (payment.payer != AGGREGATE_NONE) {
        decide_touch(deciding, payment.payer);
    }
    decide_touch(deciding, payment.payee);
    int32_t day =
        deciding->effective > payment.value_date ? deciding->effective : payment.value_date;
    effect_state(deciding, MACHINE_PAYMENT, PAYMENT_RETURNED, day);
    take_lines_back(deciding, day);
    effect_credit(deciding, CREDIT_RETURNED, payment.amount, day, OBLIGATION_NONE);
    return STATUS_OK;
}

/* ---- payment.refunded ---- */

static enum status amount_exceeds(struct deciding *deciding, int64_t open, int64_t given)
{
    (void)fault_set(deciding->fault, STATUS_E_AMOUNT_EXCEEDS, "data.amount_fen");
    fault_detail(deciding->fault, "available=%lld given=%lld", (long long)open, (long long)given);
    return STATUS_E_AMOUNT_EXCEEDS;
}

/* The obligation that a refund is taken from. */
static enum status refund_source(struct deciding *deciding, uint32_t *ret_obligation,
                                 struct obligation_figures *figures)
{
    uint32_t owner;
    uint32_t no = (uint32_t)field_int(deciding->fields, FIELD_no, 0);
    if (!field_present(deciding->fields, FIELD_owner) ||
        !field_present(deciding->fields, FIELD_no)) {
        return fault_set(deciding->fault, STATUS_E_MISSING_FIELD,
                         field_present(deciding->fields, FIELD_owner) ? "data.no" : "data.owner");
    }
    enum status status =
        decide_owner(deciding, field_text(deciding->fields, FIELD_owner), "data.owner", &owner);
    return status == STATUS_OK
               ? obligation_of(deciding, owner, no, "data.no", ret_obligation, figures)
               : status;
}

/* P5: the later of a day and those of the payment's lines on the obligation. */
static int32_t day_of_lines(const struct deciding *deciding, uint32_t obligation, int32_t day)
{
    uint32_t at;
    const struct credit_row *row =
        facts_first(deciding->facts, FACT_CREDIT, deciding->aggregate, &deciding->now, &at);
    for (; row != NULL; row = facts_next(deciding->facts, FACT_CREDIT, &deciding->now, &at)) {
        day = is_line(row, obligation) && row->fact.valid > day ? row->fact.valid : day;
    }
    return day;
}

static enum status refund_obligation(struct deciding *deciding, int64_t amount, int32_t day)
{
    struct obligation_figures figures = {0};
    uint32_t obligation = OBLIGATION_NONE;
    enum status status = refund_source(deciding, &obligation, &figures);
    if (status != STATUS_OK) {
        return status;
    }
    day = day_of_lines(deciding, obligation, day);
    struct obligation_figures then;
    struct viewpoint on_day = viewpoint_now(deciding->facts, day);
    obligation_evaluate(deciding->facts, obligation, &on_day, &then);
    int64_t most = payment_on(deciding->facts, deciding->aggregate, obligation, &deciding->now);
    most = most < figures.paid ? most : figures.paid;
    most = most < then.paid ? most : then.paid;
    if (amount > most) {
        return amount_exceeds(deciding, most, amount);
    }
    effect_move_payment(deciding, MOVE_REFUND, obligation, amount, day, deciding->event->agg);
    if (amount > 0 && !field_bool(deciding->fields, FIELD_reopen)) {
        effect_move(deciding, MOVE_EXTINGUISH, obligation, amount, day, 0); /* ruling 13 */
    }
    effect_credit(deciding, CREDIT_UNAPPLIED, amount, day, obligation);
    effect_credit(deciding, CREDIT_REFUNDED, amount, day, OBLIGATION_NONE);
    return STATUS_OK;
}

static enum status decide_refunded(struct deciding *deciding)
{
    struct payment payment;
    int64_t amount = field_int(deciding->fields, FIELD_amount_fen, 0);
    bool found = payment_now(deciding->facts, deciding->aggregate, &deciding->now, &payment);
    INVARIANT(found);
    int32_t day =
        deciding->effective > payment.value_date ? deciding->effective : payment.value_date;
    if (payment.payer != AGGREGATE_NONE) {
        decide_touch(deciding, payment.payer);
    }
    decide_touch(deciding, payment.payee);
    int from = field_enum(deciding->fields, FIELD_from, refund_source_names, REFUND_SOURCE_credit);
    if (from == REFUND_SOURCE_obligation) {
        return refund_obligation(deciding, amount, day);
    }
    if (amount > payment.credit) {
        return amount_exceeds(deciding, payment.credit, amount);
    }
    effect_credit(deciding, CREDIT_REFUNDED, amount, day, OBLIGATION_NONE);
    return STATUS_OK;
}

const struct handler payment_handlers[] = {
    {TYPE_payment_received, decide_received, NULL},
    {TYPE_payment_applied, decide_applied, NULL},
    {TYPE_payment_returned, decide_returned, NULL},
    {TYPE_payment_refunded, decide_refunded, NULL},
    {TYPE_NONE, NULL, NULL},
};
