/* See attributes.h. What a value becomes follows from its type:
 *
 *   text, region, code, currency, event id   text_ref
 *   map, list                                text_ref of the canonical bytes
 *   id of one kind                           the aggregate
 *   date                                     the day
 *   enumeration                              its number
 *   amount, rate, number, bool               itself */

#include "daemon/ledger/attributes.h"

static int64_t value_of(struct folding *folding, const struct field_rule *rule,
                        const struct fields *fields)
{
    struct slice text = field_text(fields, rule->id);
    switch (rule->type) {
    case VALUE_TEXT:
    case VALUE_EVENT_ID:
    case VALUE_CURRENCY:
    case VALUE_REGION:
    case VALUE_SHA256:
    case VALUE_USCC:
        return (int64_t)facts_text(folding->facts, text);
    case VALUE_STRUCT:
    case VALUE_LIST:
    case VALUE_MAP_FREE:
    case VALUE_CHANGES:
        return (int64_t)facts_text(folding->facts, fields->at[rule->id]);
    case VALUE_ID:
        return aggregate_find(folding->facts, rule->kind, text, UINT64_MAX);
    case VALUE_DATE:
        return field_date(fields, rule->id, DAY_NONE);
    case VALUE_ENUM:
        return field_enum(fields, rule->id, rule->names, UINT8_MAX);
    case VALUE_BOOL:
        return field_bool(fields, rule->id);
    case VALUE_FEN:
    case VALUE_FEN_SIGNED:
    case VALUE_PPM:
    case VALUE_PPM_WIDE:
    case VALUE_INT:
        break;
    }
    return field_int(fields, rule->id, 0);
}

static bool listed(const enum field_id *list, enum field_id field)
{
    for (; list != NULL && *list != FIELD_COUNT; list++) {
        if (*list == field) {
            return true;
        }
    }
    return false;
}

void attribute_fold(struct folding *folding, enum field_id field, int64_t value)
{
    struct attribute_row *row =
        facts_add(folding->facts, FACT_ATTRIBUTE, folding->seq, folding->valid, folding->aggregate);
    row->field = (uint16_t)field;
    row->value = value;
}

static void fold_one(struct folding *folding, const struct field_rule *rule,
                     const struct fields *fields, const enum field_id *list, bool wanted)
{
    if (field_present(fields, rule->id) && listed(list, rule->id) == wanted) {
        attribute_fold(folding, rule->id, value_of(folding, rule, fields));
    }
}

/* In the order of the rules. A map's keys have that order too, so the few that are there are
 * followed instead of all that could be. */
static void fold_where(struct folding *folding, const struct value_shape *shape,
                       const struct fields *fields, const enum field_id *list, bool wanted)
{
    bool all = fields->set_count > FIELDS_LISTED; /* then not all that are there are listed */
    uint32_t at = 0;
    for (size_t i = 0; i < shape->count && (all || at < fields->set_count); i++) {
        const struct field_rule *rule = &shape->fields[i];
        while (!all && at < fields->set_count && fields->set[at] < rule->id) {
            at++;
        }
        if (all || (at < fields->set_count && fields->set[at] == rule->id)) {
            fold_one(folding, rule, fields, list, wanted);
        }
    }
}

void attributes_fold(struct folding *folding, const struct value_shape *shape,
                     const struct fields *fields, const enum field_id *except)
{
    fold_where(folding, shape, fields, except, false);
}

void attributes_fold_only(struct folding *folding, const struct value_shape *shape,
                          const struct fields *fields, const enum field_id *only)
{
    for (const enum field_id *field = only; *field != FIELD_COUNT; field++) {
        if (field_present(fields, *field)) {
            fold_where(folding, shape, fields, only, true); /* in the order of the rules */
            return;
        }
    }
}

const struct field_rule *shape_rule(const struct value_shape *shape, enum field_id field)
{
    for (size_t i = 0; i < shape->count; i++) {
        if (shape->fields[i].id == field) {
            return &shape->fields[i];
        }
    }
    return NULL;
}
