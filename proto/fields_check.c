/* The check of an event's data against its type's rules: vocabulary.h, fields_check().
 *
 *   K1  Data and rules are both sorted by key, so one merge of the two finds what is missing,
 *       what is unknown and what is to be checked: no lookup, no memory, no second pass.
 *   K2  The order of faults (ruling: all missing fields, then bad values, then dates that are
 *       out of order) costs only those who are refused: a walk looks for everything at once,
 *       and only when it finds something do three walks, one a class, say which comes first.
 *   K3  Nesting is bounded by the shapes, which do not refer to themselves, and by the depth
 *       of the canonical form.
 *
 * Cross-checks that need the ledger (does this party exist, is this sum that total) are the
 * ledger's; what is here needs nothing but the bytes. */

#include "proto/fields_check.h"

#include "proto/cursor.h"

#include <stdio.h>

#define NIL 0xc0

/* Dates of one map of which the second must not be before the first. */
static const enum field_id date_pairs[DATE_PAIRS][2] = {
    {FIELD_start, FIELD_end},
    {FIELD_from, FIELD_to},
    {FIELD_term_start, FIELD_term_end},
    {FIELD_period_start, FIELD_period_end},
    {FIELD_accrual_from, FIELD_accrual_to},
};

/* One map being walked. */
struct map_walk {
    const struct check *check;
    const struct value_shape *shape;
    const struct place *place;
    struct slice map;
    bool changes;                    /* VALUE_CHANGES: nothing is required */
    bool one_of_met;                 /* FIELD_ONE_OF */
    const struct field_rule *one_of; /* the first that is absent */
    struct date_order dates;
};

static enum status check_map(const struct check *check, const struct value_shape *shape,
                             bool changes, struct slice value, const struct place *place);

enum status check_fail(const struct check *check, const struct place *place, enum status code)
{
    if (!place) {
        return fault_set(check->fault, code, check->path);
    }
    check_fail(check, place->above, code);
    if (place->key.data) {
        fault_field_key(check->fault, place->key);
    } else {
        fault_field_index(check->fault, place->index);
    }
    return code;
}

static struct place place_of(const struct map_walk *walk, enum field_id id)
{
    return (struct place){.above = walk->place, .key = field_name_slice(id)};
}

static enum status check_list(const struct check *check, const struct field_rule *rule,
                              struct slice value, const struct place *place);

static enum status check_typed(const struct check *check, const struct field_rule *rule,
                               enum value_type type, struct slice value, const struct place *place)
{
    if (type == VALUE_STRUCT || type == VALUE_CHANGES) {
        return check_map(check, rule->shape, type == VALUE_CHANGES, value, place);
    }
    if (type == VALUE_LIST) {
        return check_list(check, rule, value, place);
    }
    if ((check->wants & WANT_VALUES) == 0) {
        return STATUS_OK;
    }
    return type == VALUE_MAP_FREE ? check_map_free(check, value, place)
                                  : check_scalar(check, rule, type, value, place);
}

static enum status bad_value(const struct check *check, const struct place *place)
{
    /* A walk for another class goes on past it. */
    return check->wants & WANT_VALUES ? check_fail(check, place, STATUS_E_BAD_FIELD) : STATUS_OK;
}

static enum status check_list(const struct check *check, const struct field_rule *rule,
                              struct slice value, const struct place *place)
{
    struct cursor cursor = cursor_over(value);
    uint32_t count;

    if (!cursor_array(&cursor, &count)) {
        return bad_value(check, place);
    }
    if (count > LIST_ITEMS_MAX || (count == 0 && rule->flags & FIELD_REQUIRED)) {
        enum status status = bad_value(check, place);
        if (status != STATUS_OK) {
            fault_detail(check->fault, "items=%u max=%u", (unsigned)count, LIST_ITEMS_MAX);
        }
        return status;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct place item = {.above = place, .index = i};
        struct slice element;
        if (!cursor_value(&cursor, &element)) {
            return bad_value(check, &item);
        }
        enum status status = check_typed(check, rule, rule->element, element, &item);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

/* Is the rule's field required here only because another one has a certain value? */
static bool is_required_now(const struct map_walk *walk, const struct field_rule *rule)
{
    struct slice other;
    struct slice text;
    if (rule->flags & FIELD_REQUIRED) {
        return true;
    }
    return rule->when_is && map_find(walk->map, field_name(rule->when), &other) &&
           value_text(other, &text) && slice_is(text, rule->when_is);
}

static enum status on_absent(struct map_walk *walk, const struct field_rule *rule)
{
    if (walk->changes || (walk->check->wants & WANT_PRESENCE) == 0) {
        return STATUS_OK;
    }
    if (rule->flags & FIELD_ONE_OF && !walk->one_of) {
        walk->one_of = rule;
    }
    if (!is_required_now(walk, rule)) {
        return STATUS_OK;
    }
    struct place place = place_of(walk, rule->id);
    return check_fail(walk->check, &place, STATUS_E_MISSING_FIELD);
}

void date_order_note(struct date_order *order, enum field_id id, struct slice value)
{
    struct slice text;
    int32_t day;
    for (unsigned i = 0; i < DATE_PAIRS; i++) {
        for (unsigned side = 0; side < 2; side++) {
            if (date_pairs[i][side] == id && value_text(value, &text) && date_parse(text, &day)) {
                order->days[i][side] = day;
                order->dated[side] |= 1U << i;
            }
        }
    }
}

int date_order_broken(const struct date_order *order)
{
    unsigned both = order->dated[0] & order->dated[1];
    for (unsigned i = 0; both >> i != 0; i++) {
        if ((both >> i & 1) != 0 && order->days[i][1] < order->days[i][0]) {
            return (int)i;
        }
    }
    return -1;
}

static enum status on_present(struct map_walk *walk, const struct field_rule *rule,
                              struct slice value)
{
    struct place place = place_of(walk, rule->id);
    if (value.data[0] == NIL) {
        if (rule->flags & FIELD_NULLABLE) {
            return STATUS_OK;
        }
        return walk->changes ? bad_value(walk->check, &place) : on_absent(walk, rule);
    }
    if (rule->flags & FIELD_ONE_OF) {
        walk->one_of_met = true;
    }
    if (rule->type == VALUE_DATE && walk->check->wants & WANT_ORDER) {
        date_order_note(&walk->dates, rule->id, value);
    }
    return check_typed(walk->check, rule, rule->type, value, &place);
}

static enum status on_unknown(const struct map_walk *walk, struct slice key, struct slice value)
{
    const struct check *check = walk->check;
    struct place place = {.above = walk->place, .key = key};
    if ((check->wants & WANT_VALUES) == 0) {
        return STATUS_OK;
    }
    /* x_… is the sender's own, but only beside the type's fields: nested values are read as
     * terms of a contract and hold nothing else. */
    if (!walk->place && key.len > 2 && key.data[0] == 'x' && key.data[1] == '_') {
        return check_foreign(check, value, &place);
    }
    check_fail(check, &place, STATUS_E_BAD_FIELD);
    for (size_t i = 0; i < walk->shape->count; i++) {
        fault_legal(check->fault, field_name(walk->shape->fields[i].id));
    }
    return STATUS_E_BAD_FIELD;
}

/* K1. */
static enum status merge(struct map_walk *walk, struct cursor *cursor, uint32_t pairs)
{
    const struct field_rule *rule = walk->shape->fields;
    size_t count = walk->shape->count;
    const struct field_rule *end = count > 0 ? rule + count : rule; /* a bare type has no table */
    enum status status = STATUS_OK;

    for (uint32_t i = 0; i < pairs && status == STATUS_OK; i++) {
        struct slice key;
        struct slice value;
        int order = -1;
        if (!cursor_str(cursor, &key) || !cursor_value(cursor, &value)) {
            return bad_value(walk->check, walk->place);
        }
        while (rule < end && status == STATUS_OK &&
               (order = slice_compare(key, field_name_slice(rule->id))) > 0) {
            status = on_absent(walk, rule++);
        }
        if (status != STATUS_OK) {
            return status;
        }
        status = rule < end && order == 0 ? on_present(walk, rule++, value)
                                          : on_unknown(walk, key, value);
    }
    while (rule < end && status == STATUS_OK) {
        status = on_absent(walk, rule++);
    }
    return status;
}

static enum status check_one_of(const struct map_walk *walk)
{
    if (!walk->one_of || walk->one_of_met) {
        return STATUS_OK;
    }
    struct place place = place_of(walk, walk->one_of->id);
    check_fail(walk->check, &place, STATUS_E_MISSING_FIELD);
    for (size_t i = 0; i < walk->shape->count; i++) {
        if (walk->shape->fields[i].flags & FIELD_ONE_OF) {
            fault_legal(walk->check->fault, field_name(walk->shape->fields[i].id));
        }
    }
    return STATUS_E_MISSING_FIELD;
}

static enum status check_order(const struct map_walk *walk)
{
    int broken = date_order_broken(&walk->dates);
    if (broken < 0) {
        return STATUS_OK;
    }
    const enum field_id *pair = date_pairs[broken];
    struct place place = place_of(walk, pair[1]);
    char start[11];
    char end[11];
    date_format(walk->dates.days[broken][0], start);
    date_format(walk->dates.days[broken][1], end);
    check_fail(walk->check, &place, STATUS_E_DATE_ORDER);
    fault_detail(walk->check->fault, "%s=%s %s=%s", field_name(pair[0]), start, field_name(pair[1]),
                 end);
    return STATUS_E_DATE_ORDER;
}

static enum status check_map(const struct check *check, const struct value_shape *shape,
                             bool changes, struct slice value, const struct place *place)
{
    struct cursor cursor = cursor_over(value);
    struct map_walk walk = {
        .check = check, .shape = shape, .place = place, .map = value, .changes = changes};
    uint32_t pairs;

    if (!cursor_map(&cursor, &pairs) || (changes && pairs == 0)) {
        return bad_value(check, place);
    }
    enum status status = merge(&walk, &cursor, pairs);
    if (status == STATUS_OK) {
        status = check_one_of(&walk);
    }
    return status == STATUS_OK ? check_order(&walk) : status;
}

enum status fields_check(const struct value_shape *shape, struct slice data, const char *path,
                         struct fault *fault)
{
    static const unsigned classes[] = {WANT_PRESENCE, WANT_VALUES, WANT_ORDER};
    struct check check = {.path = path, .wants = WANT_ALL, .fault = fault};
    enum status found = check_map(&check, shape, false, data, NULL);

    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]) && found != STATUS_OK; i++) {
        check.wants = classes[i]; /* K2 */
        enum status status = check_map(&check, shape, false, data, NULL);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return found;
}
