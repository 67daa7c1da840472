/* Reading a question's parameters: see params.h. Nothing is guessed: a parameter that is not
 * understood is refused by name. */

#include "daemon/view/params.h"

#include "proto/cursor.h"

enum status param_fault(struct fault *fault, enum status code, const char *name)
{
    fault_set(fault, code, "params");
    fault_field_key(fault, slice_text(name));
    return code;
}

/* The encoded value; false if not given. */
static bool find(const struct query *query, const char *name, struct slice *ret_value)
{
    if (query->params.len == 0 || !map_find(query->params, name, ret_value)) {
        return false;
    }
    struct cursor cursor = cursor_over(*ret_value);
    return cursor_peek(&cursor) != CURSOR_NIL;
}

enum status params_check(const struct query *query, const char *const *known, struct fault *fault)
{
    uint32_t pairs;
    struct cursor cursor = cursor_over(query->params);
    if (query->params.len == 0) {
        return STATUS_OK;
    }
    if (!cursor_map(&cursor, &pairs)) {
        return fault_set(fault, STATUS_BAD_PARAMS, "params");
    }
    for (uint32_t i = 0; i < pairs; i++) {
        struct slice key;
        if (!cursor_text(&cursor, &key) || !cursor_skip(&cursor)) {
            return fault_set(fault, STATUS_BAD_PARAMS, "params");
        }
        if (enum_index(known, key) < 0) {
            fault_set(fault, STATUS_BAD_PARAMS, "params");
            fault_field_key(fault, key);
            for (size_t k = 0; known[k] != NULL; k++) {
                fault_legal(fault, known[k]);
            }
            return STATUS_BAD_PARAMS;
        }
    }
    return STATUS_OK;
}

enum status param_text(const struct query *query, const char *name, struct slice *ret_text,
                       struct fault *fault)
{
    struct slice value;
    *ret_text = slice_of("", 0);
    if (!find(query, name, &value)) {
        return STATUS_OK;
    }
    if (!value_text(value, ret_text)) {
        return param_fault(fault, STATUS_BAD_PARAMS, name);
    }
    return STATUS_OK;
}

enum status param_enum(const struct query *query, const char *name, const char *const *names,
                       int otherwise, int *ret_index, struct fault *fault)
{
    struct slice text;
    enum status status = param_text(query, name, &text, fault);
    if (status != STATUS_OK) {
        return status;
    }
    *ret_index = text.len == 0 ? otherwise : enum_index(names, text);
    if (text.len > 0 && *ret_index < 0) {
        param_fault(fault, STATUS_BAD_PARAMS, name);
        for (size_t k = 0; names[k] != NULL; k++) {
            fault_legal(fault, names[k]);
        }
        return STATUS_BAD_PARAMS;
    }
    return STATUS_OK;
}

enum status param_state(const struct query *query, enum machine machine, int *ret_state,
                        struct fault *fault)
{
    struct slice text;
    enum status status = param_text(query, "state", &text, fault);
    *ret_state = -1;
    if (status != STATUS_OK || text.len == 0) {
        return status;
    }
    *ret_state = state_by_name(machine, text);
    if (*ret_state > STATE_NONE) {
        return STATUS_OK;
    }
    param_fault(fault, STATUS_BAD_PARAMS, "state");
    for (uint8_t s = STATE_NONE + 1; state_name(machine, s) != NULL; s++) {
        fault_legal(fault, state_name(machine, s));
    }
    return STATUS_BAD_PARAMS;
}

/* -1: not a number of at most 18 digits. */
static int64_t number_of(struct slice text)
{
    int64_t number = 0;
    if (text.len == 0 || text.len > 18) {
        return -1;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return -1;
        }
        number = number * 10 + (text.data[i] - '0');
    }
    return number;
}

static bool list_add(struct param_list *list, struct slice text, int64_t number)
{
    if (list->count == PARAM_LIST_MAX) {
        return false;
    }
    list->text[list->count] = text;
    list->number[list->count] = number;
    list->count++;
    return true;
}

static bool list_from_text(struct param_list *list, struct slice text)
{
    size_t start = 0;
    for (size_t i = 0; i <= text.len; i++) {
        if (i < text.len && text.data[i] != ',') {
            continue;
        }
        struct slice part = slice_of(text.data + start, i - start);
        if ((part.len == 0 && text.len > 0) ||
            (part.len > 0 && !list_add(list, part, number_of(part)))) {
            return false;
        }
        start = i + 1;
    }
    return true;
}

static bool list_from_array(struct param_list *list, struct slice value)
{
    uint32_t count;
    struct cursor cursor = cursor_over(value);
    if (!cursor_array(&cursor, &count)) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        int64_t number;
        struct slice text;
        bool added;
        if (cursor_peek(&cursor) == CURSOR_INT) {
            added = cursor_int(&cursor, &number) && number >= 0 &&
                    list_add(list, slice_of("", 0), number);
        } else {
            added = cursor_text(&cursor, &text) && list_add(list, text, number_of(text));
        }
        if (!added) {
            return false;
        }
    }
    return true;
}

enum status param_list(const struct query *query, const char *name, struct param_list *ret_list,
                       struct fault *fault)
{
    struct slice value;
    struct slice text;
    int64_t number;
    bool good;
    ret_list->given = false;
    ret_list->count = 0;
    if (!find(query, name, &value)) {
        return STATUS_OK;
    }
    ret_list->given = true;
    if (value_int(value, &number)) {
        good = number >= 0 && list_add(ret_list, slice_of("", 0), number);
    } else if (value_text(value, &text)) {
        good = list_from_text(ret_list, text);
    } else {
        good = list_from_array(ret_list, value);
    }
    return good ? STATUS_OK : param_fault(fault, STATUS_BAD_PARAMS, name);
}

enum status param_period(const struct query *query, const char *name, int32_t *ret_from,
                         int32_t *ret_to, bool *ret_given, struct fault *fault)
{
    struct slice text;
    enum status status = param_text(query, name, &text, fault);
    *ret_given = status == STATUS_OK && text.len > 0;
    if (!*ret_given) {
        return status;
    }
    bool good = text.len == 22 && memcmp(text.data + 10, "..", 2) == 0 &&
                date_parse(slice_of(text.data, 10), ret_from) &&
                date_parse(slice_of(text.data + 12, 10), ret_to) && *ret_from <= *ret_to;
    return good ? STATUS_OK : param_fault(fault, STATUS_BAD_PARAMS, name);
}

uint32_t aggregate_named(const struct query *query, enum aggregate_kind kind, struct slice text)
{
    uint64_t limit = query->view.published.aggregates;
    struct slice id = text;
    if (kind == KIND_NONE) {
        const uint8_t *slash = text.len > 0 ? memchr(text.data, '/', text.len) : NULL;
        kind = KIND_contract;
        if (slash != NULL) {
            size_t before = (size_t)(slash - text.data);
            kind = kind_by_name(slice_of(text.data, before));
            id = slice_of(slash + 1, text.len - before - 1);
        }
        if (kind == KIND_NONE) {
            return AGGREGATE_NONE;
        }
    }
    return aggregate_find(query->facts, kind, id, limit);
}

enum status param_aggregate(const struct query *query, const char *name, enum aggregate_kind kind,
                            uint32_t *ret_aggregate, struct fault *fault)
{
    struct slice text;
    *ret_aggregate = AGGREGATE_NONE;
    enum status status = param_text(query, name, &text, fault);
    if (status != STATUS_OK || text.len == 0) {
        return status;
    }
    *ret_aggregate = aggregate_named(query, kind, text);
    if (*ret_aggregate == AGGREGATE_NONE) {
        return param_fault(fault, STATUS_NOT_FOUND, name);
    }
    return STATUS_OK;
}
