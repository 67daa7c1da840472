/* What an expression of a profile says in a row: profile.h. */

#include <stdio.h>
#include <string.h>

#include "ops/import/record.h"
#include "ops/import/text.h"

static bool conditions_hold(const struct expression *expression, const json_t *values)
{
    for (size_t i = 0; i < expression->condition_count; i++) {
        bool there = json_object_get(values, expression->conditions[i].name) != NULL;
        if (there == expression->conditions[i].unless) {
            return false;
        }
    }
    return true;
}

static const char *plain_text(const json_t *value, char *room, size_t size)
{
    if (json_is_string(value)) {
        return json_string_value(value);
    }
    if (json_is_integer(value)) {
        (void)snprintf(room, size, "%lld", (long long)json_integer_value(value));
    } else {
        (void)snprintf(room, size, "%s", json_is_true(value) ? "true" : "false");
    }
    return room;
}

/* pay-${row}: nothing if one of the names says nothing. */
static json_t *filled(const char *text, const json_t *values)
{
    char out[TEXT_MAX + 1];
    size_t len = 0;
    while (*text != '\0') {
        char name[PROFILE_NAME_BYTES];
        char number[24];
        const char *end = strncmp(text, "${", 2) == 0 ? strchr(text, '}') : NULL;
        const char *part = text;
        size_t part_len = 1;
        if (end != NULL) {
            text_cut(name, sizeof(name), text + 2, (size_t)(end - text) - 2);
            const json_t *value = json_object_get(values, name);
            if (value == NULL) {
                return NULL;
            }
            part = plain_text(value, number, sizeof(number));
            part_len = strlen(part);
        }
        if (len + part_len > TEXT_MAX) {
            return NULL;
        }
        memcpy(out + len, part, part_len);
        len += part_len;
        text = end != NULL ? end + 1 : text + 1;
    }
    return json_stringn(out, len);
}

json_t *expression_value(const struct expression *expression, const json_t *values)
{
    const char *text = expression->text;
    if (!conditions_hold(expression, values)) {
        return NULL;
    }
    if (text[0] == '$' && text[1] != '{') {
        return json_incref(json_object_get(values, text + 1));
    }
    if (strstr(text, "${") != NULL) {
        return filled(text, values);
    }
    json_error_t error;
    json_t *value = json_loads(text, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);
    if (value != NULL && !json_is_real(value)) {
        return value;
    }
    json_decref(value);
    return json_string(text);
}
