/* Money that goes back: lines to credit, the whole payment to its sender, a part as a refund.
 *
 *   B1  A return takes the whole payment back and every line with it: the debts are owed again
 *       from their old due dates. Money that went out as a refund cannot come back (ruling 13).
 *   B2  What is taken back of a line is taken back no earlier than the line was there: a return or
 *       refund dated before it would else be credit, or paid, in between or for ever. So at every
 *       date no more is taken back from an obligation than was put on it.
 *   B3  Which lines a part comes from: those that are there on its day first, the latest before
 *       the earlier; then those that come later. Read again in the order of recording, the stored
 *       rows say the same, so that every fen is taken back once.
 *   B4  Under a contract that is void nothing is owed again, and what goes back this way is not
 * owed back once more: restitution.h. */

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/payment.h"
#include "daemon/ledger/restitution.h"
#include "proto/cursor.h"

/* ---- what is left of the lines on one obligation ---- */

struct held {
    int32_t day;
    int64_t left;
};

/* Of the lines with something left: the latest by `day`, else the earliest after it; NULL if
 * nothing is left at all. */
static struct held *next_held(struct held *held, size_t count, int32_t day)
{
    struct held *best = NULL;
    for (size_t i = 0; i < count; i++) {
        struct held *line = &held[i];
        if (line->left == 0) {
            continue;
        }
        bool there = line->day <= day;
        bool better = best == NULL || (there && (best->day > day || line->day >= best->day)) ||
                      (!there && best->day > day && line->day < best->day);
        best = better ? line : best;
    }
    return best;
}

static void take_stored(struct held *held, size_t count, const struct credit_row *row)
{
    int64_t left = row->amount;
    for (struct held *line; left > 0 && (line = next_held(held, count, row->fact.valid)) != NULL;) {
        int64_t part = left < line->left ? left : line->left;
        line->left -= part;
        left -= part;
    }
}

/* The payment's lines on `obligation`, less what went back so far, in the order of recording;
 * the caller frees them. */
static struct held *lines_held(const struct deciding *deciding, uint32_t obligation,
                               size_t *ret_count)
{
    const struct facts *facts = deciding->facts;
    const struct viewpoint *now = &deciding->now;
    size_t rows = 0;
    uint32_t at;
    const struct credit_row *row = facts_first(facts, FACT_CREDIT, deciding->aggregate, now, &at);
    for (; row != NULL; row = facts_next(facts, FACT_CREDIT, now, &at)) {
        rows += row->obligation == obligation;
    }
    const struct credit_row **order = calloc(rows + 1, sizeof(const struct credit_row *));
    struct held *held = calloc(rows + 1, sizeof(*held));
    INVARIANT(order != NULL && held != NULL);
    size_t place = rows;
    row = facts_first(facts, FACT_CREDIT, deciding->aggregate, now, &at);
    for (; row != NULL; row = facts_next(facts, FACT_CREDIT, now, &at)) {
        if (row->obligation == obligation) {
            order[--place] = row;
        }
    }
    size_t count = 0;
    INVARIANT(place == 0); /* the same rows both times */
    for (size_t i = 0; i < rows; i++) {
        INVARIANT(order[i] != NULL);
        if (order[i]->kind == CREDIT_APPLIED) {
            held[count++] = (struct held){.day = order[i]->fact.valid, .left = order[i]->amount};
        } else if (order[i]->kind == CREDIT_UNAPPLIED) {
            take_stored(held, count, order[i]); /* B3 */
        }
    }
    free(order);
    *ret_count = count;
    return held;
}

/* Effects that take `amount` back from the obligation on `day` (B2, B3), after `before` of it
 * that the same event took back already. */
static void take_back(struct deciding *deciding, uint32_t obligation, int64_t before,
                      int64_t amount, int32_t day)
{
    size_t count;
    struct held *held = lines_held(deciding, obligation, &count);
    while (amount > 0) {
        struct held *line = next_held(held, count, day);
        INVARIANT(line != NULL);
        int64_t skipped = before < line->left ? before : line->left;
        int64_t rest = line->left - skipped;
        int64_t part = amount < rest ? amount : rest;
        int32_t back = line->day > day ? line->day : day;
        line->left -= skipped + part;
        before -= skipped;
        amount -= part;
        if (part > 0) {
            effect_move_payment(deciding, MOVE_UNPAY, obligation, part, back, deciding->event->agg);
            effect_credit(deciding, CREDIT_UNAPPLIED, part, back, obligation);
        }
    }
    free(held);
}

static void touch_parties(struct deciding *deciding, const struct payment *payment)
{
    if (payment->payer != AGGREGATE_NONE) {
        decide_touch(deciding, payment->payer);
    }
    decide_touch(deciding, payment->payee);
}

static int32_t day_back(const struct deciding *deciding, const struct payment *payment)
{
    return deciding->effective > payment->value_date ? deciding->effective : payment->value_date;
}

static struct payment payment_of(const struct deciding *deciding)
{
    struct payment payment;
    bool found = payment_now(deciding->facts, deciding->aggregate, &deciding->now, &payment);
    INVARIANT(found); /* it exists */
    return payment;
}

/* B2: the later of a day and those of the payment's lines on the obligation. */
static int32_t day_of_lines(const struct deciding *deciding, uint32_t obligation, int32_t day)
{
    uint32_t at;
    const struct credit_row *row =
        facts_first(deciding->facts, FACT_CREDIT, deciding->aggregate, &deciding->now, &at);
    for (; row != NULL; row = facts_next(deciding->facts, FACT_CREDIT, &deciding->now, &at)) {
        day = row->kind == CREDIT_APPLIED && row->obligation == obligation && row->fact.valid > day
                  ? row->fact.valid
                  : day;
    }
    return day;
}

/* B4: of an obligation that may be one of a void contract. */
static void go_back(struct going_back *list, size_t *count, uint32_t obligation, int64_t amount,
                    int32_t day)
{
    for (size_t i = 0; i < *count; i++) {
        if (list[i].obligation == obligation) {
            list[i].amount += amount;
            return;
        }
    }
    list[(*count)++] = (struct going_back){.obligation = obligation, .amount = amount, .day = day};
}

/* ---- payment.unapplied ---- */

static enum status unapply_line(struct deciding *deciding, struct slice map, uint32_t index,
                                int32_t day, struct lines *lines)
{
    struct obligation_figures figures;
    struct line line;
    char path[LINE_PATH_MAX];
    enum status status = lines_find(deciding, map, index, path, &line, &figures);
    if (status != STATUS_OK) {
        return status;
    }
    int64_t before = 0;
    for (uint32_t i = 0; i < lines->count; i++) {
        before += lines->at[i].obligation == line.obligation ? lines->at[i].amount : 0;
    }
    int64_t holds =
        payment_on(deciding->facts, deciding->aggregate, line.obligation, &deciding->now) - before;
    if (line.amount > holds) {
        (void)lines_refuse(deciding, STATUS_E_AMOUNT_EXCEEDS, index, "amount_fen");
        fault_detail(deciding->fault, "applied=%lld given=%lld", (long long)holds,
                     (long long)line.amount);
        return STATUS_E_AMOUNT_EXCEEDS;
    }
    take_back(deciding, line.obligation, before, line.amount, day);
    lines->at[lines->count++] = line;
    return STATUS_OK;
}

static void unapplied_from_void(struct deciding *deciding, const struct lines *lines, int32_t day)
{
    struct going_back *list = calloc((size_t)lines->count + 1, sizeof(*list));
    size_t count = 0;
    INVARIANT(list != NULL);
    for (uint32_t i = 0; i < lines->count; i++) {
        uint32_t obligation = lines->at[i].obligation;
        go_back(list, &count, obligation, lines->at[i].amount,
                day_of_lines(deciding, obligation, day));
    }
    restitutions_shrink(deciding, list, count);
    free(list);
}

static enum status decide_unapplied(struct deciding *deciding)
{
    struct payment payment = payment_of(deciding);
    struct cursor in = cursor_over(deciding->fields->at[FIELD_alloc]);
    struct lines lines = {0};
    uint32_t count = 0;
    enum status status = STATUS_OK;
    (void)cursor_array(&in, &count);
    lines.at = calloc((size_t)count + 1, sizeof(struct line));
    INVARIANT(lines.at != NULL);
    for (uint32_t i = 0; i < count && status == STATUS_OK; i++) {
        struct slice map = {0};
        (void)cursor_value(&in, &map);
        status = unapply_line(deciding, map, i, day_back(deciding, &payment), &lines);
    }
    if (status == STATUS_OK) {
        unapplied_from_void(deciding, &lines, day_back(deciding, &payment));
        touch_parties(deciding, &payment);
    }
    lines_done(&lines);
    return status;
}

/* ---- payment.returned ---- */

/* Was the obligation of `row` met on a newer row of the chain? */
static bool met_before(const struct deciding *deciding, const struct credit_row *row)
{
    uint32_t at;
    const struct credit_row *newer =
        facts_first(deciding->facts, FACT_CREDIT, deciding->aggregate, &deciding->now, &at);
    while (newer != row && newer->obligation != row->obligation) {
        newer = facts_next(deciding->facts, FACT_CREDIT, &deciding->now, &at);
    }
    return newer != row;
}

/* What went back to credit on a later day returns no earlier. */
static int32_t last_unapplied(const struct deciding *deciding, int32_t day)
{
    uint32_t at;
    const struct credit_row *row =
        facts_first(deciding->facts, FACT_CREDIT, deciding->aggregate, &deciding->now, &at);
    for (; row != NULL; row = facts_next(deciding->facts, FACT_CREDIT, &deciding->now, &at)) {
        day = row->kind == CREDIT_UNAPPLIED && row->fact.valid > day ? row->fact.valid : day;
    }
    return day;
}

static void take_lines_back(struct deciding *deciding, int32_t day)
{
    uint32_t at;
    const struct facts *facts = deciding->facts;
    const struct viewpoint *now = &deciding->now;
    size_t rows = 0;
    size_t count = 0;
    const struct credit_row *row = facts_first(facts, FACT_CREDIT, deciding->aggregate, now, &at);
    for (; row != NULL; row = facts_next(facts, FACT_CREDIT, now, &at)) {
        rows++;
    }
    struct going_back *list = calloc(rows + 1, sizeof(*list));
    INVARIANT(list != NULL);
    row = facts_first(facts, FACT_CREDIT, deciding->aggregate, now, &at);
    for (; row != NULL; row = facts_next(facts, FACT_CREDIT, now, &at)) {
        if (row->obligation != OBLIGATION_NONE && !met_before(deciding, row)) {
            int64_t on = payment_on(facts, deciding->aggregate, row->obligation, now);
            take_back(deciding, row->obligation, 0, on, day);
            go_back(list, &count, row->obligation, on,
                    day_of_lines(deciding, row->obligation, day));
        }
    }
    restitutions_shrink(deciding, list, count);
    free(list);
}

static enum status decide_returned(struct deciding *deciding)
{
    struct payment payment = payment_of(deciding);
    struct fault *fault = deciding->fault;
    if (payment_is_returned(deciding)) {
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
    touch_parties(deciding, &payment);
    int32_t day = last_unapplied(deciding, day_back(deciding, &payment));
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
    bool of_void = restitution_applies(deciding->facts, obligation, &deciding->now);
    effect_move_payment(deciding, MOVE_REFUND, obligation, amount, day, deciding->event->agg);
    if (amount > 0 && (of_void || !field_bool(deciding->fields, FIELD_reopen))) {
        effect_move(deciding, MOVE_EXTINGUISH, obligation, amount, day, 0); /* ruling 13 */
    }
    const struct going_back back = {obligation, amount, day, true};
    restitutions_shrink(deciding, &back, 1);
    effect_credit(deciding, CREDIT_UNAPPLIED, amount, day, obligation);
    effect_credit(deciding, CREDIT_REFUNDED, amount, day, OBLIGATION_NONE);
    return STATUS_OK;
}

static enum status decide_refunded(struct deciding *deciding)
{
    struct payment payment = payment_of(deciding);
    int64_t amount = field_int(deciding->fields, FIELD_amount_fen, 0);
    int32_t day = day_back(deciding, &payment);
    touch_parties(deciding, &payment);
    int from = field_enum(deciding->fields, FIELD_from, refund_source_names, REFUND_SOURCE_credit);
    if (from == REFUND_SOURCE_obligation) {
        return refund_obligation(deciding, amount, day);
    }
    if (amount > payment.credit) {
        return amount_exceeds(deciding, payment.credit, amount);
    }
    day = payment_credit_from(deciding->facts, deciding->aggregate, &deciding->now, amount, day);
    effect_credit(deciding, CREDIT_REFUNDED, amount, day, OBLIGATION_NONE);
    return STATUS_OK;
}

const struct handler payment_back_handlers[] = {
    {TYPE_payment_unapplied, decide_unapplied, NULL},
    {TYPE_payment_returned, decide_returned, NULL},
    {TYPE_payment_refunded, decide_refunded, NULL},
    {TYPE_NONE, NULL, NULL},
};
