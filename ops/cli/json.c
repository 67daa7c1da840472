/* JSON and MessagePack, exactly: a figure that JSON holds as an integer stays one.
 *
 *   J1  A key twice in an object is an error, not a choice.
 *   J2  A real number is taken only if it is an integer within ±(2^53−1); money is never a real. */

#include <math.h>
#include <stdlib.h>

#include "ops/cli/cli.h"

static bool build_real(accrue_builder *builder, double real)
{
    if (rint(real) != real || fabs(real) > 9007199254740991.0) { /* J2 */
        return false;
    }
    accrue_build_int(builder, (int64_t)real);
    return true;
}

static bool build_object(accrue_builder *builder, const json_t *object)
{
    const char *key;
    json_t *member;
    accrue_build_map(builder);
    json_object_foreach((json_t *)(uintptr_t)object, key, member)
    {
        accrue_build_key(builder, key);
        if (!json_build(builder, member)) {
            return false;
        }
    }
    accrue_build_end(builder);
    return true;
}

static bool build_array(accrue_builder *builder, const json_t *array)
{
    accrue_build_array(builder);
    for (size_t i = 0; i < json_array_size(array); i++) {
        if (!json_build(builder, json_array_get(array, i))) {
            return false;
        }
    }
    accrue_build_end(builder);
    return true;
}

bool json_build(accrue_builder *builder, const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return build_object(builder, value);
    case JSON_ARRAY:
        return build_array(builder, value);
    case JSON_STRING:
        accrue_build_text_len(builder, json_string_value(value), json_string_length(value));
        return true;
    case JSON_INTEGER:
        accrue_build_int(builder, json_integer_value(value));
        return true;
    case JSON_REAL:
        return build_real(builder, json_real_value(value));
    case JSON_TRUE:
    case JSON_FALSE:
        accrue_build_bool(builder, json_is_true(value));
        return true;
    case JSON_NULL:
        break;
    }
    accrue_build_nil(builder);
    return true;
}

static json_t *hex_of(const uint8_t *bytes, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    char *text = malloc(2 * len + 1);
    if (text == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < len; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    json_t *json = json_stringn(text, 2 * len);
    free(text);
    return json;
}

static json_t *container_of(accrue_value value, bool map)
{
    json_t *json = map ? json_object() : json_array();
    accrue_value key;
    accrue_value member;
    size_t at = 0;
    while (accrue_value_next(value, &at, &key, &member)) {
        const char *name;
        size_t len;
        if (!map) {
            (void)json_array_append_new(json, json_of(member));
        } else if (accrue_value_text(key, &name, &len)) {
            (void)json_object_setn_new(json, name, len, json_of(member));
        }
    }
    return json;
}

json_t *json_of(accrue_value value)
{
    const char *text;
    const uint8_t *bytes;
    size_t len;
    int64_t number = 0;
    int truth = 0;
    switch (accrue_value_kind(value)) {
    case ACCRUE_MAP:
        return container_of(value, true);
    case ACCRUE_ARRAY:
        return container_of(value, false);
    case ACCRUE_TEXT:
        (void)accrue_value_text(value, &text, &len);
        return json_stringn(text, len);
    case ACCRUE_BIN:
        (void)accrue_value_bin(value, &bytes, &len);
        return hex_of(bytes, len);
    case ACCRUE_INT:
        (void)accrue_value_int(value, &number);
        return json_integer(number);
    case ACCRUE_BOOL:
        (void)accrue_value_bool(value, &truth);
        return json_boolean(truth);
    case ACCRUE_NONE:
    case ACCRUE_NIL:
        break;
    }
    return json_null();
}

json_t *json_parse(const char *text, size_t len, json_error_t *error)
{
    return json_loadb(text, len, JSON_REJECT_DUPLICATES, error); /* J1 */
}

void json_print(const json_t *value)
{
    (void)json_dumpf(value, stdout, JSON_COMPACT);
    (void)fputc('\n', stdout);
}

void json_print_free(json_t *value)
{
    json_print(value);
    json_decref(value);
}

void json_set_text(json_t *object, const char *key, const char *text)
{
    if (text != NULL) {
        (void)json_object_set_new(object, key, json_string(text));
    }
}

const char *json_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}
