/* The check of one value that holds no other.
 *
 *   L1  Numbers outside their bounds are E_RANGE and say value, min and max; anything else that
 *       does not fit is E_BAD_FIELD. A text that is refused is not quoted: it may be what must
 *       not be written down (E_PERSONAL_ID), and it is the sender's anyway.
 *   L2  Every text that people write is searched for resident identity numbers, ids and x_…
 *       values included; codes with an alphabet of their own (dates, USCC, SHA-256) are not. */

#include "proto/cursor.h"
#include "proto/fields_check.h"
#include "proto/text.h"

#include <inttypes.h>

static enum status bad(const struct check *check, const struct place *place)
{
    return check_fail(check, place, STATUS_E_BAD_FIELD);
}

static enum status check_number(const struct check *check, const struct field_rule *rule,
                                struct slice value, const struct place *place)
{
    struct cursor cursor = cursor_over(value);
    int64_t min = rule->flags & FIELD_POSITIVE ? 1 : rule->min;
    int64_t number;

    if (cursor_peek(&cursor) != CURSOR_INT) {
        return bad(check, place);
    }
    bool fits = cursor_int(&cursor, &number); /* false: above INT64_MAX */
    if (fits && number >= min && number <= rule->max) {
        return STATUS_OK;
    }
    check_fail(check, place, STATUS_E_RANGE);
    if (fits) {
        fault_detail(check->fault, "value=%" PRId64, number);
    }
    fault_detail(check->fault, "min=%" PRId64 " max=%" PRId64, min, rule->max);
    return STATUS_E_RANGE;
}

static enum status check_written(const struct check *check, struct slice text,
                                 const struct place *place)
{
    return personal_id_found(text) ? check_fail(check, place, STATUS_E_PERSONAL_ID) : STATUS_OK;
}

static enum status check_text(const struct check *check, const struct field_rule *rule,
                              struct slice text, const struct place *place)
{
    bool empty = text.len == 0 && rule->flags & FIELD_REQUIRED;
    if (empty || !text_is_plain(text, TEXT_MAX)) {
        return bad(check, place);
    }
    if (!text_format_fits(rule->format, text)) {
        bad(check, place);
        const char *const *names = rule->format == TEXT_FORMAT_DUE_BASE    ? due_base_names
                                   : rule->format == TEXT_FORMAT_CONDITION ? condition_names
                                                                           : NULL;
        for (size_t i = 0; names && names[i]; i++) {
            fault_legal(check->fault,
                        strcmp(names[i], "milestone") == 0 ? "milestone:ID" : names[i]);
        }
        return STATUS_E_BAD_FIELD;
    }
    return check_written(check, text, place);
}

/* An id of kind `kind`; of any kind: `kind/id`, plain meaning contract. */
static bool is_reference(enum aggregate_kind kind, struct slice text)
{
    const uint8_t *slash = text.len > 0 ? memchr(text.data, '/', text.len) : NULL;
    struct slice id = text;
    if (kind == KIND_NONE && slash) {
        size_t head = (size_t)(slash - text.data);
        if (kind_by_name(slice_of(text.data, head)) == KIND_NONE) {
            return false;
        }
        id = slice_of(slash + 1, text.len - head - 1);
    }
    return text_is_aggregate_id(id) && id.data[0] != '_';
}

static enum status check_id(const struct check *check, const struct field_rule *rule,
                            enum value_type type, struct slice text, const struct place *place)
{
    bool fits = type == VALUE_EVENT_ID ? text_is_event_id(text) : is_reference(rule->kind, text);
    return fits ? check_written(check, text, place) : bad(check, place);
}

static enum status check_enum(const struct check *check, const struct field_rule *rule,
                              struct slice text, const struct place *place)
{
    if (enum_index(rule->names, text) >= 0) {
        return STATUS_OK;
    }
    bad(check, place);
    for (size_t i = 0; rule->names[i]; i++) {
        fault_legal(check->fault, rule->names[i]);
    }
    return STATUS_E_BAD_FIELD;
}

static bool all_digits(struct slice text, size_t len)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
    }
    return text.len == len;
}

static bool is_sha256(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.data[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))) {
            return false;
        }
    }
    return text.len == (size_t)HASH_BYTES * 2;
}

/* A code with an alphabet of its own. */
static bool is_code(enum value_type type, struct slice text)
{
    int32_t day;
    return (type == VALUE_DATE && date_parse(text, &day)) ||
           (type == VALUE_CURRENCY && currency_index(text) >= 0) ||
           (type == VALUE_REGION && all_digits(text, 6)) ||
           (type == VALUE_SHA256 && is_sha256(text)) || (type == VALUE_USCC && uscc_valid(text));
}

enum status check_scalar(const struct check *check, const struct field_rule *rule,
                         enum value_type type, struct slice value, const struct place *place)
{
    struct slice text;
    bool flag;

    if (type == VALUE_BOOL) {
        return value_bool(value, &flag) ? STATUS_OK : bad(check, place);
    }
    if (type == VALUE_INT || type == VALUE_FEN || type == VALUE_FEN_SIGNED || type == VALUE_PPM ||
        type == VALUE_PPM_WIDE) {
        return check_number(check, rule, value, place);
    }
    if (!value_text(value, &text)) {
        return bad(check, place);
    }
    if (type == VALUE_TEXT) {
        return check_text(check, rule, text, place);
    }
    if (type == VALUE_ID || type == VALUE_EVENT_ID) {
        return check_id(check, rule, type, text, place);
    }
    if (type == VALUE_ENUM) {
        return check_enum(check, rule, text, place);
    }
    return is_code(type, text) ? STATUS_OK : bad(check, place);
}

static enum status check_map_free_value(const struct check *check, struct slice value,
                                        const struct place *place)
{
    struct slice text;
    int64_t number;
    bool flag;
    if (value_text(value, &text)) {
        return text_is_plain(text, TEXT_MAX) ? check_written(check, text, place)
                                             : bad(check, place);
    }
    return value_int(value, &number) || value_bool(value, &flag) ? STATUS_OK : bad(check, place);
}

enum status check_map_free(const struct check *check, struct slice value, const struct place *place)
{
    struct cursor cursor = cursor_over(value);
    uint32_t pairs;
    if (!cursor_map(&cursor, &pairs) || pairs > LIST_ITEMS_MAX) {
        return bad(check, place);
    }
    for (uint32_t i = 0; i < pairs; i++) {
        struct slice key;
        struct slice item;
        if (!cursor_str(&cursor, &key) || !cursor_value(&cursor, &item) || key.len == 0 ||
            !text_is_plain(key, TEXT_MAX)) {
            return bad(check, place);
        }
        struct place at = {.above = place, .key = key};
        enum status status = check_written(check, key, place);
        if (status == STATUS_OK) {
            status = check_map_free_value(check, item, &at);
        }
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

enum status check_foreign(const struct check *check, struct slice value, const struct place *place)
{
    struct cursor cursor = cursor_over(value);
    enum cursor_type type = cursor_peek(&cursor);
    enum status status = STATUS_OK;
    uint32_t count = 0;
    struct slice text;

    if (type == CURSOR_STR) {
        return cursor_str(&cursor, &text) ? check_written(check, text, place) : bad(check, place);
    }
    if ((type == CURSOR_ARRAY && !cursor_array(&cursor, &count)) ||
        (type == CURSOR_MAP && !cursor_map(&cursor, &count))) {
        return bad(check, place);
    }
    for (uint64_t left = (uint64_t)count * (type == CURSOR_MAP ? 2 : 1); left > 0; left--) {
        struct slice item;
        if (!cursor_value(&cursor, &item)) {
            return bad(check, place);
        }
        status = check_foreign(check, item, place);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return status;
}
