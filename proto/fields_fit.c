/* The check of an event's data when there is nothing to say about it: canonical form and rules in
 * one pass over the bytes, without a copy. Clients that write keys in order, as ours do, take it.
 *
 *   O1  True is a promise: canonical_write() gives these very bytes and fields_check() passes.
 *       False is none. It is also the answer for what is rare (keys x_…, texts over 255 bytes,
 *       nil for absent), so that the pass stays short; the two then say what is wrong, if
 *       anything is, and nothing here ever makes a fault.
 *   O2  A key is a field's name, and fields are numbered in the order of their names (N1 of
 *       vocabulary_names.h), as rules are sorted (V2): looking each key up only behind the rule
 *       of the one before finds keys out of order and keys that come twice.
 *   O3  Values are judged by check_scalar(), the same as for everyone. Text that it accepts is
 *       UTF-8, so only the length of heads is left to be looked at here.
 *
 * Held to O1 by random events: tests/unit/vocabulary/test_fit.c. */

#include "proto/canonical.h"
#include "proto/cursor.h"
#include "proto/fields_check.h"

#define NIL 0xc0

struct fit {
    struct check check; /* its fault is thrown away */
    struct cursor in;
};

/* One map being walked. */
struct fit_map {
    const struct value_shape *shape;
    const uint8_t *start;
    bool one_of_met, one_of_absent; /* FIELD_ONE_OF */
    bool when_absent;               /* a field that another may require is not there */
    struct date_order dates;
};

static bool fit_map(struct fit *fit, const struct value_shape *shape, bool changes,
                    uint32_t depth_left);

/* A text with the shortest head for up to 255 bytes, or an integer, or a bool. */
static bool take_scalar(struct cursor *in, struct slice *ret_value)
{
    const uint8_t *from = in->at;
    uint8_t first = cursor_first(in);
    if (first == 0xd9 && in->end - from >= 2 && from[1] < 32) {
        return false;
    }
    bool text = (first & 0xe0U) == 0xa0U || first == 0xd9;
    bool flag = first == 0xc2 || first == 0xc3;
    return text || flag ? cursor_value(in, ret_value) : canonical_take_int(in, ret_value);
}

static bool fit_list(struct fit *fit, const struct field_rule *rule, uint32_t depth_left);

static bool fit_typed(struct fit *fit, const struct field_rule *rule, enum value_type type,
                      uint32_t depth_left)
{
    struct slice value;
    if (type == VALUE_STRUCT || type == VALUE_CHANGES) {
        return fit_map(fit, rule->shape, type == VALUE_CHANGES, depth_left);
    }
    if (type == VALUE_LIST) {
        return fit_list(fit, rule, depth_left);
    }
    if (type == VALUE_MAP_FREE) {
        return canonical_take(&fit->in, depth_left, &value) &&
               check_map_free(&fit->check, value, NULL) == STATUS_OK;
    }
    return take_scalar(&fit->in, &value) &&
           check_scalar(&fit->check, rule, type, value, NULL) == STATUS_OK;
}

static bool fit_list(struct fit *fit, const struct field_rule *rule, uint32_t depth_left)
{
    const uint8_t *from = fit->in.at;
    uint32_t count;
    if (depth_left == 0 || !cursor_array(&fit->in, &count) || count > LIST_ITEMS_MAX ||
        fit->in.at - from != (count < 16 ? 1 : 3) || (count == 0 && rule->flags & FIELD_REQUIRED)) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!fit_typed(fit, rule, rule->element, depth_left - 1)) {
            return false;
        }
    }
    return true;
}

/* False if the rule's field may not be absent, as far as it depends on no other. */
static bool may_be_absent(struct fit_map *walk, const struct field_rule *rule)
{
    walk->one_of_absent = walk->one_of_absent || rule->flags & FIELD_ONE_OF;
    walk->when_absent = walk->when_absent || rule->when_is;
    return (rule->flags & FIELD_REQUIRED) == 0;
}

static bool fit_present(struct fit *fit, struct fit_map *walk, const struct field_rule *rule,
                        uint32_t depth_left)
{
    const uint8_t *from = fit->in.at;
    if (cursor_first(&fit->in) == NIL) {
        fit->in.at++;
        return (rule->flags & FIELD_NULLABLE) != 0;
    }
    walk->one_of_met = walk->one_of_met || rule->flags & FIELD_ONE_OF;
    if (!fit_typed(fit, rule, rule->type, depth_left)) {
        return false;
    }
    if (rule->type == VALUE_DATE) {
        date_order_note(&walk->dates, rule->id, slice_of(from, (size_t)(fit->in.at - from)));
    }
    return true;
}

/* Fields that are absent though another field's value asks for them: found in the whole map. */
static bool whens_met(const struct fit_map *walk, struct slice map)
{
    for (size_t i = 0; i < walk->shape->count; i++) {
        const struct field_rule *rule = &walk->shape->fields[i];
        struct slice value;
        struct slice text;
        if (rule->when_is && !map_find(map, field_name(rule->id), &value) &&
            map_find(map, field_name(rule->when), &value) && value_text(value, &text) &&
            slice_is(text, rule->when_is)) {
            return false;
        }
    }
    return true;
}

/* The pairs of a map, as O2 says. In changes nothing is required. */
static bool fit_pairs(struct fit *fit, struct fit_map *walk, uint32_t pairs, bool changes,
                      uint32_t depth_left)
{
    const struct field_rule *rule = walk->shape->fields;
    const struct field_rule *end = walk->shape->count > 0 ? rule + walk->shape->count : rule;
    for (; pairs > 0; pairs--) {
        struct slice key;
        if (!cursor_short_str(&fit->in, &key)) {
            return false;
        }
        enum field_id id = field_by_name(key);
        for (; rule < end && rule->id < id; rule++) {
            if (!changes && !may_be_absent(walk, rule)) {
                return false;
            }
        }
        if (rule == end || rule->id != id || !fit_present(fit, walk, rule, depth_left)) {
            return false;
        }
        rule++;
    }
    for (; rule < end && !changes; rule++) {
        if (!may_be_absent(walk, rule)) {
            return false;
        }
    }
    return true;
}

static bool fit_map(struct fit *fit, const struct value_shape *shape, bool changes,
                    uint32_t depth_left)
{
    struct fit_map walk = {.shape = shape, .start = fit->in.at};
    uint32_t pairs;
    if (depth_left == 0 || !cursor_map(&fit->in, &pairs) ||
        fit->in.at - walk.start != (pairs < 16 ? 1 : 3) || (changes && pairs == 0) ||
        !fit_pairs(fit, &walk, pairs, changes, depth_left - 1)) {
        return false;
    }
    struct slice map = slice_of(walk.start, (size_t)(fit->in.at - walk.start));
    return (!walk.one_of_absent || walk.one_of_met) &&
           (!walk.when_absent || whens_met(&walk, map)) && date_order_broken(&walk.dates) < 0;
}

bool fields_fit(const struct value_shape *shape, struct slice data, uint32_t depth_max)
{
    WRITTEN_FIRST struct fault ignored; /* by whoever refuses; nobody reads it */
    struct fit fit = {.check = {.wants = WANT_ALL, .fault = &ignored}, .in = cursor_over(data)};
    return fit_map(&fit, shape, false, depth_max) && fit.in.at == fit.in.end;
}
