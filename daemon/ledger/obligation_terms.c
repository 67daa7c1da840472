/* ObligationTerm maps into rows, to check and to fold.
 *
 *   T1  What was not said is stored as such: no due term is base DUE_NO_TERM, no word on
 *       termination is 255, no accrual is DAY_NONE. Whoever reads the row knows the default.
 *   T2  The map was checked by the vocabulary, or written by effects.c: only references can be
 *       wrong here, and only while deciding. */

#include "daemon/base/check.h"
#include "daemon/ledger/due.h"
#include "daemon/ledger/obligation.h"
#include "proto/cursor.h"

#define ABSENT 255

/* `milestone:ID` is split at the first colon; anything else has no ID. */
static struct slice before_colon(struct slice text, struct slice *ret_rest)
{
    const uint8_t *colon = text.len > 0 ? memchr(text.data, ':', text.len) : NULL;
    *ret_rest = slice_of("", 0);
    if (colon == NULL) {
        return text;
    }
    size_t len = (size_t)(colon - text.data);
    *ret_rest = slice_of(colon + 1, text.len - len - 1);
    return slice_of(text.data, len);
}

/* Texts go to the pool when folding; a check needs none. */
static text_ref keep_text(struct facts *fold, struct slice text)
{
    return fold != NULL ? facts_text(fold, text) : 0;
}

static void read_due(struct facts *fold, struct slice map, struct due_terms *ret)
{
    WRITTEN_FIRST struct fields due; /* by fields_parse() */
    struct slice milestone;
    *ret = (struct due_terms){.base = DUE_NO_TERM, .date = DAY_NONE};
    if (map.len == 0 || !fields_parse(map, &due) || !field_present(&due, FIELD_base)) {
        return;
    }
    struct slice base = before_colon(field_text(&due, FIELD_base), &milestone);
    int index = enum_index(due_base_names, base);
    ret->base = index < 0 ? DUE_NO_TERM : (uint8_t)index;
    ret->unit = (uint8_t)field_enum(&due, FIELD_unit, due_unit_names, DUE_UNIT_d);
    ret->roll = (uint8_t)field_enum(&due, FIELD_roll, due_roll_names, DUE_ROLL_following);
    ret->n = (int32_t)field_int(&due, FIELD_n, 0);
    ret->date = field_date(&due, FIELD_date, DAY_NONE);
    ret->milestone = keep_text(fold, milestone);
}

static void read_condition(struct facts *fold, const struct fields *fields, struct terms_row *ret)
{
    struct slice milestone;
    struct slice name = before_colon(field_text(fields, FIELD_condition), &milestone);
    int index = name.len == 0 ? CONDITION_NONE : enum_index(condition_names, name);
    ret->condition = index < 0 ? CONDITION_NONE : (uint8_t)index;
    ret->milestone = keep_text(fold, milestone);
}

static enum status read_party(struct deciding *deciding, const struct facts *facts,
                              const struct fields *fields, enum field_id field, const char *path,
                              uint32_t *ret_party)
{
    struct slice id = field_text(fields, field);
    if (deciding == NULL) {
        *ret_party = aggregate_find(facts, KIND_party, id, UINT64_MAX);
        INVARIANT(*ret_party != AGGREGATE_NONE);
        return STATUS_OK;
    }
    char full[sizeof(deciding->fault->field)];
    struct fault at;
    (void)fault_set(&at, STATUS_E_UNKNOWN_AGGREGATE, path);
    fault_field_key(&at, slice_text(field_name(field)));
    memcpy(full, at.field, sizeof(full));
    return decide_reference_id(deciding, KIND_party, id, full, ret_party);
}

enum status obligation_terms_read(struct deciding *deciding, const struct facts *facts,
                                  struct slice term, const char *path, uint8_t currency,
                                  struct terms_row *ret_terms, uint32_t *ret_no)
{
    WRITTEN_FIRST struct fields fields; /* by fields_parse() */
    bool parsed = fields_parse(term, &fields);
    INVARIANT(parsed);
    /* Only a fold, which owns the facts, adds texts to them. */
    struct facts *fold = deciding == NULL ? (struct facts *)(uintptr_t)facts : NULL;
    struct terms_row terms = {.currency = currency, .of = OBLIGATION_NONE};

    terms.amount_fen = field_int(&fields, FIELD_amount_fen, AMOUNT_UNKNOWN);
    terms.kind = (uint8_t)field_enum(&fields, FIELD_kind, obligation_kind_names, 0);
    terms.on_termination =
        (uint8_t)field_enum(&fields, FIELD_on_termination, on_termination_names, ABSENT);
    terms.accrual_from = field_date(&fields, FIELD_accrual_from, DAY_NONE);
    terms.accrual_to = field_date(&fields, FIELD_accrual_to, DAY_NONE);
    enum status status =
        read_party(deciding, facts, &fields, FIELD_creditor, path, &terms.creditor);
    if (status == STATUS_OK) {
        status = read_party(deciding, facts, &fields, FIELD_debtor, path, &terms.debtor);
    }
    if (status != STATUS_OK) {
        return status;
    }
    read_condition(fold, &fields, &terms);
    read_due(fold, fields.at[FIELD_due], &terms.due);
    *ret_no = (uint32_t)field_int(&fields, FIELD_no, 0);
    memcpy(ret_terms, &terms, sizeof(terms));
    if (deciding != NULL) {
        totals_expect(deciding, TOTAL_OWED, currency, terms.amount_fen);
    }
    return STATUS_OK;
}

static bool converted(const struct deciding *deciding)
{
    uint32_t at;
    const struct trial_row *row =
        facts_first(deciding->facts, FACT_TRIAL, deciding->aggregate, &deciding->now, &at);
    for (; row != NULL; row = facts_next(deciding->facts, FACT_TRIAL, &deciding->now, &at)) {
        if (row->action == TRIAL_CONVERTED) {
            return true;
        }
    }
    return deciding->event->type_id == TYPE_trial_converted;
}

static bool condition_decided(const struct deciding *deciding, struct slice condition)
{
    struct slice milestone;
    struct slice name = before_colon(condition, &milestone);
    switch (enum_index(condition_names, name)) {
    case CONDITION_EFFECT:
    case CONDITION_FIRST_SALE:
        break;
    case CONDITION_MILESTONE:
        name = milestone;
        break;
    case CONDITION_CONVERT:
        return converted(deciding);
    default:
        return false;
    }
    return condition_at(deciding->facts, deciding->aggregate, name, &deciding->now) != NULL;
}

enum status obligation_condition_check(struct deciding *deciding, struct slice term,
                                       const char *path)
{
    WRITTEN_FIRST struct fields fields; /* by fields_parse() */
    bool parsed = fields_parse(term, &fields);
    INVARIANT(parsed);
    if (!deciding->exists || deciding->event->kind != KIND_contract ||
        !condition_decided(deciding, field_text(&fields, FIELD_condition))) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_ALREADY_DECIDED, path);
    fault_field_key(deciding->fault, slice_text("condition"));
    fault_legal(deciding->fault, "condition none");
    return STATUS_E_ALREADY_DECIDED;
}
