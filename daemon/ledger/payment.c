/* payment.*: money that arrived and is put on debts; what goes back is in payment_back.c.
 *
 *   P1  received = applied + unapplied credit + refunded + returned, at every viewpoint.
 *   P2  Without `alloc` the daemon appropriates what is due; with it, also with an empty one, only
 *       what it says, and the rest is credit (ruling 2).
 *   P3  Money of nobody is credit until payment.applied names its payer, once (ruling 39).
 *   P4  What went back to credit on a day is applied or refunded no earlier: at no date is more
 *       used than was there. */

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

bool payment_is_returned(const struct deciding *deciding)
{
    return state_at(deciding->facts, MACHINE_PAYMENT, deciding->aggregate, &deciding->now) ==
           PAYMENT_RETURNED;
}

/* P3: names the payer of an unidentified payment. */
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

/* P4: lines that were read for `day`, read again for the day from which there is credit enough. */
static enum status lines_wait(struct deciding *deciding, uint8_t currency, int32_t day,
                              struct lines *lines)
{
    int32_t from =
        payment_credit_from(deciding->facts, deciding->aggregate, &deciding->now, lines->sum, day);
    if (from == day) {
        return STATUS_OK;
    }
    lines_done(lines);
    return lines_read(deciding, currency, from, lines);
}

static enum status decide_applied(struct deciding *deciding)
{
    struct payment payment;
    struct lines lines = {0};
    bool found = payment_now(deciding->facts, deciding->aggregate, &deciding->now, &payment);
    INVARIANT(found); /* it exists */
    int32_t day =
        deciding->effective > payment.value_date ? deciding->effective : payment.value_date;
    if (payment_is_returned(deciding)) {
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
        status = lines_wait(deciding, payment.currency, day, &lines);
    }
    if (status == STATUS_OK) {
        effect_valid(deciding, payment.value_date);
        lines_effects(deciding, &lines);
    }
    lines_done(&lines);
    return status;
}

const struct handler payment_handlers[] = {
    {TYPE_payment_received, decide_received, NULL},
    {TYPE_payment_applied, decide_applied, NULL},
    {TYPE_NONE, NULL, NULL},
};
