/* Writing effects: the forms of effects.h and nothing else. effects_fold.c reads them.
 *
 *   W1  Every effect is one canonical array; days are text, amounts integers, owners as accounts.
 *   W2  What an effect moves is touched here, so that no handler can forget it (D2).
 *   W3  A machine's days never go back: a move counts from the later of its own day and that of
 *       the state it leaves, so the newest visible move is the latest. */

#include "daemon/ledger/effects.h"

#include "daemon/base/check.h"
#include "daemon/ledger/ledger_inner.h"
#include "daemon/ledger/obligation.h"
#include "daemon/ledger/open_license.h"
#include "proto/writer.h"

const char *const move_names[] = {
    [MOVE_OPEN] = "open",
    [MOVE_EXTINGUISH] = "extinguish",
    [MOVE_PAY] = "pay",
    [MOVE_UNPAY] = "unpay",
    [MOVE_WAIVE] = "waive",
    [MOVE_WRITE_OFF] = "write_off",
    [MOVE_SET_OFF] = "set_off",
    [MOVE_DISPUTE] = "dispute",
    [MOVE_UNDISPUTE] = "undispute",
    [MOVE_DUE] = "due",
    [MOVE_ACKNOWLEDGE] = "acknowledge",
    [MOVE_DEMAND] = "demand",
    [MOVE_ASSIGN] = "assign",
    [MOVE_REOPEN] = "reopen",
    [MOVE_REFUND] = "refund",
    [MOVE_REFUND + 1] = NULL,
};

const char *const credit_names[] = {
    [CREDIT_RECEIVED] = "received",   [CREDIT_APPLIED] = "applied",
    [CREDIT_UNAPPLIED] = "unapplied", [CREDIT_REFUNDED] = "refunded",
    [CREDIT_RETURNED] = "returned",   [CREDIT_RETURNED + 1] = NULL,
};

const char *const outcome_names[] = {
    [OUTCOME_REACHED] = "reached", [OUTCOME_NOT_REACHED] = "not_reached",
    [OUTCOME_PARTIAL] = "partial", [OUTCOME_MISSED] = "missed",
    [OUTCOME_MISSED + 1] = NULL,
};

static struct writer *begin(struct deciding *deciding, const char *name, uint32_t count)
{
    deciding->effect_count++;
    write_array(deciding->effects, count);
    write_text(deciding->effects, name);
    return deciding->effects;
}

static void write_day(struct writer *out, int32_t day)
{
    char text[11];
    date_format(day, text);
    write_text(out, text);
}

static void write_account(struct deciding *deciding, uint32_t aggregate)
{
    char text[ACCOUNT_TEXT_MAX];
    size_t len = aggregate_text(deciding->facts, aggregate, text, sizeof(text));
    write_str(deciding->effects, slice_of(text, len));
}

void effect_valid(struct deciding *deciding, int32_t day)
{
    if (day != DAY_NONE && day > deciding->valid) {
        deciding->valid = day;
    }
}

void effect_state(struct deciding *deciding, enum machine machine, uint8_t state, int32_t day)
{
    int32_t since = DAY_NONE;
    if (deciding->aggregate != AGGREGATE_NONE) {
        (void)state_since(deciding->facts, machine, deciding->aggregate, &deciding->now, &since);
    }
    struct writer *out = begin(deciding, "state", 4);
    write_text(out, machine_name(machine));
    write_text(out, state_name(machine, state));
    write_day(out, since != DAY_NONE && since > day ? since : day);
}

void effect_contract(struct deciding *deciding, struct slice id, uint8_t state, int32_t day)
{
    int32_t since = DAY_NONE;
    uint32_t contract = aggregate_find(deciding->facts, KIND_contract, id, UINT64_MAX);
    if (contract != AGGREGATE_NONE) {
        (void)state_since(deciding->facts, MACHINE_CONTRACT, contract, &deciding->now, &since);
    }
    struct writer *out = begin(deciding, "contract", 4);
    write_str(out, id);
    write_text(out, state_name(MACHINE_CONTRACT, state));
    write_day(out, since != DAY_NONE && since > day ? since : day); /* W3 */
}

static const struct terms_row *latest_terms(const struct deciding *deciding, uint32_t obligation)
{
    uint32_t at;
    return facts_first(deciding->facts, FACT_TERMS, obligation, &deciding->now, &at);
}

/* Name, kind, owner, number, amount or day, day; the caller writes aux. */
static struct writer *begin_numbered(struct deciding *deciding, enum move_kind kind, uint32_t owner,
                                     uint32_t no, int64_t amount, int32_t day)
{
    struct writer *out = begin(deciding, "move", 7);
    write_text(out, move_names[kind]);
    write_account(deciding, owner);
    write_uint(out, no);
    if (kind == MOVE_DUE || kind == MOVE_DEMAND) {
        write_day(out, (int32_t)amount);
    } else {
        write_int(out, amount);
    }
    write_day(out, day);
    decide_touch(deciding, owner);
    return out;
}

static struct writer *begin_move(struct deciding *deciding, enum move_kind kind,
                                 uint32_t obligation, int64_t amount, int32_t day)
{
    const struct obligation_row *row = facts_row(deciding->facts, FACT_OBLIGATION, obligation);
    const struct terms_row *terms = latest_terms(deciding, obligation);
    struct writer *out = begin_numbered(deciding, kind, row->fact.key, row->no, amount, day);
    open_license_note_move(deciding, kind, obligation);
    if (terms != NULL) {
        decide_touch(deciding, terms->debtor);
        decide_touch(deciding, terms->creditor);
    }
    return out;
}

void effect_move(struct deciding *deciding, enum move_kind kind, uint32_t obligation,
                 int64_t amount, int32_t day, int64_t aux)
{
    write_int(begin_move(deciding, kind, obligation, amount, day), aux);
}

void effect_move_made(struct deciding *deciding, enum move_kind kind, uint32_t owner, uint32_t no,
                      int64_t amount, int32_t day)
{
    write_int(begin_numbered(deciding, kind, owner, no, amount, day), 0);
}

void effect_move_payment(struct deciding *deciding, enum move_kind kind, uint32_t obligation,
                         int64_t amount, int32_t day, struct slice payment)
{
    write_str(begin_move(deciding, kind, obligation, amount, day), payment);
}

/* `base`, or `base:ID` for a milestone. */
static void write_based(struct writer *out, const char *base, struct slice milestone)
{
    char text[TEXT_MAX + 32];
    size_t len = strlen(base);
    memcpy(text, base, len);
    if (milestone.len > 0) {
        INVARIANT(len + 1 + milestone.len <= sizeof(text));
        text[len] = ':';
        memcpy(text + len + 1, milestone.data, milestone.len);
        len += 1 + milestone.len;
    }
    write_str(out, slice_of(text, len));
}

static void write_due(struct deciding *deciding, const struct due_terms *due)
{
    struct writer *out = deciding->effects;
    bool dated = due->date != DAY_NONE && due->base == DUE_BASE_date;
    write_map(out, dated ? 5 : 4);
    write_text(out, "base");
    write_based(out, due_base_names[due->base], text_of(deciding->facts, due->milestone));
    if (dated) {
        write_text(out, "date");
        write_day(out, due->date);
    }
    write_text(out, "n");
    write_int(out, due->n);
    write_text(out, "roll");
    write_text(out, due_roll_names[due->roll]);
    write_text(out, "unit");
    write_text(out, due_unit_names[due->unit]);
}

static void write_party(struct deciding *deciding, const char *key, uint32_t party)
{
    write_text(deciding->effects, key);
    write_str(deciding->effects, aggregate_id(deciding->facts, party));
}

static void write_accrual(struct writer *out, const struct terms_row *terms)
{
    if (terms->accrual_from != DAY_NONE) {
        write_text(out, "accrual_from");
        write_day(out, terms->accrual_from);
    }
    if (terms->accrual_to != DAY_NONE) {
        write_text(out, "accrual_to");
        write_day(out, terms->accrual_to);
    }
}

/* An ObligationTerm, `currency`, and `of` for interest; keys in the order of their bytes. */
static void write_terms(struct deciding *deciding, uint32_t no, const struct terms_row *terms)
{
    struct writer *out = deciding->effects;
    bool due = terms->due.base <= DUE_BASE_statement;
    bool ends = terms->on_termination <= ON_TERMINATION_prorate;
    uint32_t pairs = 7U + (terms->accrual_from != DAY_NONE) + (terms->accrual_to != DAY_NONE) +
                     due + ends + (terms->of != UINT32_MAX);
    write_map(out, pairs);
    write_accrual(out, terms);
    write_text(out, "amount_fen");
    if (terms->amount_fen == AMOUNT_UNKNOWN) {
        write_nil(out);
    } else {
        write_int(out, terms->amount_fen);
    }
    write_text(out, "condition");
    write_based(out, condition_names[terms->condition], text_of(deciding->facts, terms->milestone));
    write_party(deciding, "creditor", terms->creditor);
    write_text(out, "currency");
    write_text(out, currency_code(terms->currency));
    write_party(deciding, "debtor", terms->debtor);
    if (due) {
        write_text(out, "due");
        write_due(deciding, &terms->due);
    }
    write_text(out, "kind");
    write_text(out, obligation_kind_names[terms->kind]);
    write_text(out, "no");
    write_uint(out, no);
    if (terms->of != UINT32_MAX) {
        const struct obligation_row *of = facts_row(deciding->facts, FACT_OBLIGATION, terms->of);
        write_text(out, "of");
        write_uint(out, of->no);
    }
    if (ends) {
        write_text(out, "on_termination");
        write_text(out, on_termination_names[terms->on_termination]);
    }
}

void effect_obligation(struct deciding *deciding, uint32_t owner, uint32_t no, int32_t day,
                       const struct terms_row *terms)
{
    struct writer *out = begin(deciding, "obligation", 5);
    totals_expect(deciding, TOTAL_OWED, terms->currency, terms->amount_fen);
    write_account(deciding, owner);
    write_uint(out, no);
    write_day(out, day);
    write_terms(deciding, no, terms);
    decide_touch(deciding, owner);
    decide_touch(deciding, terms->debtor);
    decide_touch(deciding, terms->creditor);
}

void effect_credit(struct deciding *deciding, enum credit_kind kind, int64_t amount, int32_t day,
                   uint32_t obligation)
{
    struct writer *out = begin(deciding, "credit", 6);
    write_text(out, credit_names[kind]);
    write_int(out, amount);
    write_day(out, day);
    if (obligation == UINT32_MAX) {
        write_text(out, "");
        write_uint(out, 0);
        return;
    }
    const struct obligation_row *row = facts_row(deciding->facts, FACT_OBLIGATION, obligation);
    write_account(deciding, row->fact.key);
    write_uint(out, row->no);
}

void effect_payer(struct deciding *deciding, uint32_t party, int32_t day)
{
    struct writer *out = begin(deciding, "payer", 3);
    write_str(out, aggregate_id(deciding->facts, party));
    write_day(out, day);
    decide_touch(deciding, party);
}

void effect_audit(struct deciding *deciding, int64_t base, int64_t royalty, int64_t credits)
{
    struct writer *out = begin(deciding, "audit", 4);
    write_int(out, base);
    write_int(out, royalty);
    write_int(out, credits);
}

void effect_party(struct deciding *deciding, uint32_t obligation, bool debtor, uint32_t party,
                  int32_t day)
{
    const struct obligation_row *row = facts_row(deciding->facts, FACT_OBLIGATION, obligation);
    const struct terms_row *terms =
        obligation_terms_at(deciding->facts, obligation, &deciding->now);
    struct writer *out = begin(deciding, "party", 6);
    write_account(deciding, row->fact.key);
    write_uint(out, row->no);
    write_text(out, debtor ? "debtor" : "creditor");
    write_str(out, aggregate_id(deciding->facts, party));
    write_day(out, terms->fact.valid > day ? terms->fact.valid : day);
    decide_touch(deciding, row->fact.key);
    decide_touch(deciding, terms->debtor);
    decide_touch(deciding, terms->creditor);
    decide_touch(deciding, party);
}

void effect_condition(struct deciding *deciding, struct slice name, enum condition_outcome outcome,
                      int32_t day, int32_t share_ppm)
{
    struct writer *out = begin(deciding, "condition", 5);
    write_str(out, name);
    write_text(out, outcome_names[outcome]);
    write_day(out, day);
    write_int(out, share_ppm);
}

void effect_reverse(struct deciding *deciding, uint64_t seq)
{
    write_uint(begin(deciding, "reverse", 2), seq);
}
