/* Lines of a payment: reading them, and what a payment has on an obligation.
 *
 *   L1  A line may take what is outstanding and the interest due on the value date (ruling 7); a
 *       second line on the same obligation counts the first.
 *   L2  Checked in the order of ruling 3: owner's state, obligation, currency, state, amount. */

#include <stdio.h>
#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/payment.h"
#include "proto/cursor.h"

void lines_done(struct lines *lines)
{
    free(lines->at);
    *lines = (struct lines){0};
}

static int64_t credit_sign(uint8_t kind)
{
    return kind == CREDIT_RECEIVED || kind == CREDIT_UNAPPLIED ? 1 : -1;
}

int64_t payment_credit(const struct facts *facts, uint32_t payment, const struct viewpoint *view)
{
    int64_t credit = 0;
    uint32_t at;
    const struct credit_row *row = facts_first(facts, FACT_CREDIT, payment, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_CREDIT, view, &at)) {
        credit += credit_sign(row->kind) * row->amount;
    }
    return credit;
}

/* Credit on `day`, and the first day after it on which a row is valid (DAY_NONE if none is). */
static int64_t credit_on(const struct facts *facts, uint32_t payment, const struct viewpoint *view,
                         int32_t day, int32_t *ret_next)
{
    int64_t credit = 0;
    uint32_t at;
    *ret_next = DAY_NONE;
    const struct credit_row *row = facts_first(facts, FACT_CREDIT, payment, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_CREDIT, view, &at)) {
        bool later = row->fact.valid > day;
        credit += later ? 0 : credit_sign(row->kind) * row->amount;
        if (later && (*ret_next == DAY_NONE || row->fact.valid < *ret_next)) {
            *ret_next = row->fact.valid;
        }
    }
    return credit;
}

int32_t payment_credit_from(const struct facts *facts, uint32_t payment,
                            const struct viewpoint *view, int64_t amount, int32_t day)
{
    int32_t from = day;
    int32_t next = day;
    while (next != DAY_NONE) {
        int32_t at = next;
        if (credit_on(facts, payment, view, at, &next) < amount) {
            INVARIANT(next != DAY_NONE); /* in the end there is enough */
            from = next;
        }
    }
    return from;
}

int64_t payment_on(const struct facts *facts, uint32_t payment, uint32_t obligation,
                   const struct viewpoint *view)
{
    int64_t sum = 0;
    uint32_t at;
    const struct credit_row *row = facts_first(facts, FACT_CREDIT, payment, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_CREDIT, view, &at)) {
        if (row->obligation == obligation) {
            sum -= credit_sign(row->kind) * row->amount;
        }
    }
    return sum;
}

bool payment_now(const struct facts *facts, uint32_t payment, const struct viewpoint *view,
                 struct payment *ret_payment)
{
    uint32_t at;
    int64_t named;
    *ret_payment = (struct payment){.payer = AGGREGATE_NONE, .payee = AGGREGATE_NONE};
    const struct credit_row *row = facts_first(facts, FACT_CREDIT, payment, view, &at);
    bool found = false;
    for (; row != NULL; row = facts_next(facts, FACT_CREDIT, view, &at)) {
        ret_payment->refunded = ret_payment->refunded || row->kind == CREDIT_REFUNDED;
        ret_payment->credit += credit_sign(row->kind) * row->amount;
        if (row->kind == CREDIT_RECEIVED) {
            ret_payment->payer = row->payer;
            ret_payment->payee = row->payee;
            ret_payment->currency = row->currency;
            ret_payment->value_date = row->fact.valid;
            ret_payment->amount = row->amount;
            found = true;
        }
    }
    if (attribute_at(facts, payment, FIELD_payer, view, &named)) {
        ret_payment->payer = (uint32_t)named;
    }
    return found;
}

enum status lines_refuse(struct deciding *deciding, enum status code, uint32_t index,
                         const char *key)
{
    (void)fault_set(deciding->fault, code, "data.alloc");
    fault_field_index(deciding->fault, index);
    fault_field_key(deciding->fault, slice_text(key));
    return code;
}

static enum status check_amount(struct deciding *deciding, const struct lines *before,
                                uint32_t index, const struct obligation_figures *figures,
                                const struct line *line, int32_t day)
{
    struct obligation_figures then;
    struct viewpoint on_day = viewpoint_now(deciding->facts, day);
    obligation_evaluate(deciding->facts, line->obligation, &on_day, &then);
    int64_t room = figures->outstanding + figures->written_off + then.interest_due;
    for (uint32_t i = 0; i < before->count; i++) {
        room -= before->at[i].obligation == line->obligation ? before->at[i].amount : 0; /* L1 */
    }
    if (line->amount <= room) {
        return STATUS_OK;
    }
    (void)lines_refuse(deciding, STATUS_E_OVER_ALLOCATION, index, "amount_fen");
    fault_detail(deciding->fault, "outstanding=%lld interest=%lld given=%lld",
                 (long long)figures->outstanding, (long long)then.interest_due,
                 (long long)line->amount);
    return STATUS_E_OVER_ALLOCATION;
}

enum status lines_find(struct deciding *deciding, struct slice map, uint32_t index,
                       char path[LINE_PATH_MAX], struct line *ret_line,
                       struct obligation_figures *ret_figures)
{
    WRITTEN_FIRST struct fields fields; /* by fields_parse() */
    uint32_t owner;
    uint8_t next;
    bool parsed = fields_parse(map, &fields);
    INVARIANT(parsed);
    (void)snprintf(path, LINE_PATH_MAX, "data.alloc[%u].owner", (unsigned)index);
    enum status status = decide_owner(deciding, field_text(&fields, FIELD_owner), path, &owner);
    if (status == STATUS_OK && aggregate_at(deciding->facts, owner)->kind == KIND_contract) {
        status = contract_state_check(deciding, owner, deciding->event->type_id, &next);
    }
    if (status != STATUS_OK) {
        return status;
    }
    *ret_line = (struct line){.amount = field_int(&fields, FIELD_amount_fen, 0)};
    (void)snprintf(path, LINE_PATH_MAX, "data.alloc[%u].no", (unsigned)index);
    return obligation_of(deciding, owner, (uint32_t)field_int(&fields, FIELD_no, 0), path,
                         &ret_line->obligation, ret_figures);
}

static enum status read_line(struct deciding *deciding, struct slice map, uint32_t index,
                             uint8_t currency, int32_t day, struct lines *lines)
{
    struct obligation_figures figures;
    struct line line;
    char path[LINE_PATH_MAX];
    enum status status = lines_find(deciding, map, index, path, &line, &figures);
    if (status == STATUS_OK && figures.terms->currency != currency) {
        status = lines_refuse(deciding, STATUS_E_CURRENCY_MISMATCH, index, "no");
        fault_detail(deciding->fault, "obligation=%s payment=%s",
                     currency_code(figures.terms->currency), currency_code(currency));
    }
    if (status == STATUS_OK) {
        status = obligation_state_check(deciding, ACT_ALLOCATE, &figures, path);
    }
    if (status != STATUS_OK) {
        return status;
    }
    line.day = obligation_valid_day(deciding->facts, line.obligation, &figures, day);
    status = check_amount(deciding, lines, index, &figures, &line, day);
    if (status == STATUS_OK && line.amount > 0) {
        lines->at[lines->count++] = line;
        lines->sum += line.amount;
    }
    return status;
}

enum status lines_read(struct deciding *deciding, uint8_t currency, int32_t day,
                       struct lines *ret_lines)
{
    struct cursor in = cursor_over(deciding->fields->at[FIELD_alloc]);
    uint32_t count = 0;
    *ret_lines = (struct lines){0};
    if (deciding->fields->at[FIELD_alloc].len > 0) {
        (void)cursor_array(&in, &count);
    }
    ret_lines->at = calloc(count + 1, sizeof(struct line));
    INVARIANT(ret_lines->at != NULL);
    for (uint32_t i = 0; i < count; i++) {
        struct slice map = {0};
        (void)cursor_value(&in, &map);
        enum status status = read_line(deciding, map, i, currency, day, ret_lines);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

void lines_effects(struct deciding *deciding, const struct lines *lines)
{
    for (uint32_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->at[i];
        effect_move_payment(deciding, MOVE_PAY, line->obligation, line->amount, line->day,
                            deciding->event->agg);
        effect_credit(deciding, CREDIT_APPLIED, line->amount, line->day, line->obligation);
    }
}
