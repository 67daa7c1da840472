/* Applying effects: what was decided becomes rows.
 *
 *   F1  Nothing is judged here. The effects were written by effects.c and are covered by the
 *       event's hash; that they read back is an invariant, not an input check.
 *   F2  Objects are found as they stand when the effect is reached: an obligation that this
 *       event made is found by the effects after it. */

#include "daemon/base/check.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/obligation.h"
#include "proto/cursor.h"

/* One effect being read; `good` falls to false at the first value that is not what it should be. */
struct reading {
    struct folding *folding;
    struct cursor in;
    bool good;
};

static struct slice read_text(struct reading *reading)
{
    struct slice text = {0};
    reading->good = reading->good && cursor_str(&reading->in, &text);
    return text;
}

static int64_t read_int(struct reading *reading)
{
    int64_t value = 0;
    reading->good = reading->good && cursor_int(&reading->in, &value);
    return value;
}

static int32_t read_day(struct reading *reading)
{
    int32_t day = DAY_NONE;
    struct slice text = read_text(reading);
    reading->good = reading->good && date_parse(text, &day);
    return day;
}

/* Number of a name in a list that begins at 1. */
static uint8_t read_kind(struct reading *reading, const char *const *names)
{
    int at = enum_index(names + 1, read_text(reading));
    reading->good = reading->good && at >= 0;
    return (uint8_t)(at + 1);
}

static uint32_t find_obligation(struct reading *reading, uint32_t owner, int64_t no)
{
    const struct facts *facts = reading->folding->facts;
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    uint32_t obligation = UINT32_MAX;
    if (owner != AGGREGATE_NONE && no > 0) {
        obligation = obligation_find(facts, owner, (uint32_t)no, &now);
    }
    reading->good = reading->good && obligation != UINT32_MAX;
    return obligation;
}

static void *add(const struct folding *folding, enum fact_table table, int32_t valid, uint32_t key)
{
    return facts_add(folding->facts, table, folding->seq, valid, key);
}

static void fold_valid(struct reading *reading)
{
    reading->folding->valid = read_day(reading);
}

static void fold_state(struct reading *reading)
{
    int machine = machine_by_name(read_text(reading));
    struct slice name = read_text(reading);
    int32_t day = read_day(reading);
    int state = machine < 0 ? -1 : state_by_name((enum machine)machine, name);
    reading->good = reading->good && state >= 0;
    if (reading->good) {
        struct state_row *row = add(reading->folding, FACT_STATE, day, reading->folding->aggregate);
        row->machine = (uint8_t)machine;
        row->state = (uint8_t)state;
    }
}

static void fold_contract(struct reading *reading)
{
    uint32_t contract =
        aggregate_find(reading->folding->facts, KIND_contract, read_text(reading), UINT64_MAX);
    int state = state_by_name(MACHINE_CONTRACT, read_text(reading));
    int32_t day = read_day(reading);
    reading->good = reading->good && contract != AGGREGATE_NONE && state >= 0;
    if (reading->good) {
        struct state_row *row = add(reading->folding, FACT_STATE, day, contract);
        row->machine = MACHINE_CONTRACT;
        row->state = (uint8_t)state;
    }
}

/* The last value of a move: a payment's id, the number of an assigned obligation, or a number. */
static uint32_t read_aux(struct reading *reading, enum move_kind kind, uint32_t owner)
{
    if (kind == MOVE_PAY || kind == MOVE_UNPAY || kind == MOVE_REFUND) {
        uint32_t payment =
            aggregate_find(reading->folding->facts, KIND_payment, read_text(reading), UINT64_MAX);
        reading->good = reading->good && payment != AGGREGATE_NONE;
        return payment;
    }
    int64_t aux = read_int(reading);
    return kind == MOVE_ASSIGN ? find_obligation(reading, owner, aux) : (uint32_t)aux;
}

static void fold_move(struct reading *reading)
{
    enum move_kind kind = (enum move_kind)read_kind(reading, move_names);
    uint32_t owner = aggregate_by_text(reading->folding->facts, read_text(reading));
    uint32_t obligation = find_obligation(reading, owner, read_int(reading));
    bool dated = kind == MOVE_DUE || kind == MOVE_DEMAND;
    int64_t amount = dated ? read_day(reading) : read_int(reading);
    int32_t day = read_day(reading);
    uint32_t aux = read_aux(reading, kind, owner);
    if (reading->good) {
        struct move_row *row = add(reading->folding, FACT_MOVE, day, obligation);
        row->amount = amount;
        row->aux = aux;
        row->kind = (uint8_t)kind;
    }
}

static void fold_obligation(struct reading *reading)
{
    struct facts *facts = reading->folding->facts;
    uint32_t owner = aggregate_by_text(facts, read_text(reading));
    uint32_t no = (uint32_t)read_int(reading);
    int32_t day = read_day(reading);
    struct slice map = {0};
    struct slice code = {0};
    struct slice value;
    struct terms_row terms;
    reading->good = reading->good && owner != AGGREGATE_NONE && cursor_value(&reading->in, &map) &&
                    map_find(map, "currency", &value) && value_text(value, &code) &&
                    currency_index(code) >= 0;
    if (!reading->good) {
        return;
    }
    uint32_t same;
    reading->good = obligation_terms_read(NULL, facts, map, "", (uint8_t)currency_index(code),
                                          &terms, &same) == STATUS_OK &&
                    same == no;
    terms.by_daemon = true;
    terms.of = UINT32_MAX;
    int64_t of;
    if (map_find(map, "of", &value) && value_int(value, &of)) {
        terms.of = find_obligation(reading, owner, of);
    }
    if (reading->good) {
        (void)obligation_add(facts, reading->folding->seq, day, owner, no, &terms);
    }
}

/* What an earlier event said of the payment: its first row. */
static const struct credit_row *received_row(const struct folding *folding)
{
    struct viewpoint now = viewpoint_now(folding->facts, DAY_MAX);
    uint32_t at;
    const struct credit_row *found = NULL;
    for (const struct credit_row *row =
             facts_first(folding->facts, FACT_CREDIT, folding->aggregate, &now, &at);
         row != NULL; row = facts_next(folding->facts, FACT_CREDIT, &now, &at)) {
        if (row->kind == CREDIT_RECEIVED) {
            found = row;
        }
    }
    return found;
}

static uint32_t payer_since(const struct folding *folding, uint32_t payer)
{
    struct viewpoint now = viewpoint_now(folding->facts, DAY_MAX);
    int64_t value;
    bool named = attribute_at(folding->facts, folding->aggregate, FIELD_payer, &now, &value);
    return named ? (uint32_t)value : payer;
}

static uint32_t party_of(const struct folding *folding, enum field_id field)
{
    return field_present(folding->fields, field)
               ? aggregate_find(folding->facts, KIND_party, field_text(folding->fields, field),
                                UINT64_MAX)
               : AGGREGATE_NONE;
}

static void fold_credit(struct reading *reading)
{
    struct folding *folding = reading->folding;
    uint8_t kind = read_kind(reading, credit_names);
    int64_t amount = read_int(reading);
    int32_t day = read_day(reading);
    struct slice owner = read_text(reading);
    int64_t no = read_int(reading);
    uint32_t obligation = UINT32_MAX;
    if (owner.len > 0) {
        obligation = find_obligation(reading, aggregate_by_text(folding->facts, owner), no);
    }
    const struct credit_row *first = kind == CREDIT_RECEIVED ? NULL : received_row(folding);
    reading->good = reading->good && (kind == CREDIT_RECEIVED || first != NULL);
    if (!reading->good) {
        return;
    }
    struct credit_row *row = add(folding, FACT_CREDIT, day, folding->aggregate);
    row->kind = kind;
    row->amount = amount;
    row->obligation = obligation;
    row->number = UINT32_MAX;
    if (first != NULL) {
        row->payer = payer_since(folding, first->payer);
        row->payee = first->payee;
        row->currency = first->currency;
        row->bank_ref = first->bank_ref;
        return;
    }
    row->payer = party_of(folding, FIELD_payer);
    row->payee = party_of(folding, FIELD_payee);
    row->currency = (uint8_t)currency_index(field_text(folding->fields, FIELD_currency));
    if (field_present(folding->fields, FIELD_bank_ref)) {
        facts_chain_bank_ref(folding->facts, row, field_text(folding->fields, FIELD_bank_ref));
        row->bank_ref = name_at(folding->facts, row->number)->text;
    }
    totals_add(folding->facts, FACT_CREDIT, &row->fact);
}

static void fold_payer(struct reading *reading)
{
    struct folding *folding = reading->folding;
    uint32_t party = aggregate_find(folding->facts, KIND_party, read_text(reading), UINT64_MAX);
    int32_t day = read_day(reading);
    reading->good = reading->good && party != AGGREGATE_NONE;
    if (reading->good) {
        struct attribute_row *row = add(folding, FACT_ATTRIBUTE, day, folding->aggregate);
        row->field = FIELD_payer;
        row->value = party;
    }
}

/* Before the obligation that it makes, if it makes one. */
static void fold_audit(struct reading *reading)
{
    struct folding *folding = reading->folding;
    struct fields period;
    int64_t base = read_int(reading);
    int64_t royalty = read_int(reading);
    int64_t credits = read_int(reading);
    reading->good = reading->good && fields_parse(folding->fields->at[FIELD_period], &period);
    if (reading->good) {
        struct statement_row *row =
            add(folding, FACT_STATEMENT, folding->valid, folding->aggregate);
        row->base_fen = base;
        row->royalty_fen = royalty;
        row->credits_fen = credits;
        row->due_fen = royalty - credits;
        row->period_start = field_date(&period, FIELD_start, DAY_MIN);
        row->period_end = field_date(&period, FIELD_end, DAY_MAX);
        row->audited = true;
        row->obligation = row->due_fen != 0 ? (uint32_t)facts_count(folding->facts, FACT_OBLIGATION)
                                            : OBLIGATION_NONE;
    }
}

static void fold_party(struct reading *reading)
{
    struct facts *facts = reading->folding->facts;
    uint32_t owner = aggregate_by_text(facts, read_text(reading));
    uint32_t obligation = find_obligation(reading, owner, read_int(reading));
    struct slice role = read_text(reading);
    uint32_t party = aggregate_find(facts, KIND_party, read_text(reading), UINT64_MAX);
    int32_t day = read_day(reading);
    reading->good = reading->good && party != AGGREGATE_NONE;
    if (reading->good) {
        obligation_party_replace(facts, reading->folding->seq, day, obligation,
                                 slice_is(role, "debtor"), party);
    }
}

static void fold_condition(struct reading *reading)
{
    struct folding *folding = reading->folding;
    struct slice name = read_text(reading);
    uint8_t outcome = read_kind(reading, outcome_names);
    int32_t day = read_day(reading);
    int64_t share_ppm = read_int(reading);
    if (reading->good) {
        int32_t valid = day > folding->valid ? day : folding->valid;
        struct condition_row *row = add(folding, FACT_CONDITION, valid, folding->aggregate);
        row->name = facts_text(folding->facts, name);
        row->on = day;
        row->share_ppm = (int32_t)share_ppm;
        row->outcome = outcome;
    }
}

static void fold_reverse(struct reading *reading)
{
    int64_t seq = read_int(reading);
    reading->good = reading->good && seq > 0 && (uint64_t)seq < reading->folding->seq;
    if (reading->good) {
        facts_reverse(reading->folding->facts, (uint64_t)seq, reading->folding->seq);
    }
}

static const struct {
    const char *name;
    uint32_t count;
    void (*fold)(struct reading *reading);
} forms[] = {
    {"state", 4, fold_state}, {"move", 7, fold_move},           {"credit", 6, fold_credit},
    {"valid", 2, fold_valid}, {"condition", 5, fold_condition}, {"obligation", 5, fold_obligation},
    {"payer", 3, fold_payer}, {"reverse", 2, fold_reverse},     {"party", 6, fold_party},
    {"audit", 4, fold_audit}, {"contract", 4, fold_contract},
};
#define FORMS (sizeof(forms) / sizeof(forms[0]))

static void fold_one(struct reading *reading)
{
    uint32_t count;
    struct slice name = {0};
    reading->good = cursor_array(&reading->in, &count) && cursor_str(&reading->in, &name);
    size_t i = 0;
    while (i < FORMS && !slice_is(name, forms[i].name)) {
        i++;
    }
    INVARIANT(reading->good && i < FORMS && count == forms[i].count);
    forms[i].fold(reading);
    INVARIANT(reading->good); /* F1 */
}

void effects_valid(struct folding *folding)
{
    struct cursor in = cursor_over(folding->event->effects);
    uint32_t count;
    uint32_t parts;
    struct slice name;
    struct slice day;
    if (cursor_array(&in, &count) && count > 0 && cursor_array(&in, &parts) && parts == 2 &&
        cursor_str(&in, &name) && slice_is(name, "valid") && cursor_str(&in, &day)) {
        bool parsed = date_parse(day, &folding->valid);
        INVARIANT(parsed);
    }
}

void effects_fold(struct folding *folding)
{
    struct reading reading = {
        .folding = folding, .in = cursor_over(folding->event->effects), .good = true};
    uint32_t count = 0;
    bool listed = cursor_array(&reading.in, &count);
    INVARIANT(listed);
    for (uint32_t i = 0; i < count; i++) {
        fold_one(&reading);
    }
}
