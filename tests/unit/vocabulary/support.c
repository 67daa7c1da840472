/* See support.h. */

#include "tests/unit/vocabulary/support.h"

#include "proto/canonical.h"

#include <jansson.h>
#include <stdlib.h>

static uint8_t encoded[64 * KIB];
static uint8_t canonical[64 * KIB];

static void write_value(struct writer *out, const json_t *value)
{
    const char *key;
    json_t *member;
    size_t index;

    switch (json_typeof(value)) {
    case JSON_OBJECT:
        write_map(out, (uint32_t)json_object_size(value));
        json_object_foreach((json_t *)(uintptr_t)value, key, member)
        {
            write_text(out, key);
            write_value(out, member);
        }
        break;
    case JSON_ARRAY:
        write_array(out, (uint32_t)json_array_size(value));
        json_array_foreach(value, index, member)
        {
            write_value(out, member);
        }
        break;
    case JSON_STRING:
        write_str(out, slice_of(json_string_value(value), json_string_length(value)));
        break;
    case JSON_INTEGER:
        write_int(out, json_integer_value(value));
        break;
    case JSON_REAL:
        fail_msg("no fractions");
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        write_bool(out, json_is_true(value));
        break;
    case JSON_NULL:
        write_nil(out);
        break;
    }
}

struct slice canonical_json(const char *json)
{
    static char text[64 * KIB];
    struct writer out = writer_over(encoded, sizeof(encoded));
    struct writer body = writer_over(canonical, sizeof(canonical));
    struct fault fault;
    json_error_t error;

    assert_true(strlen(json) < sizeof(text));
    for (size_t i = 0; i <= strlen(json); i++) {
        text[i] = json[i] == '\'' ? '"' : json[i];
    }
    json_t *value = json_loads(text, 0, &error);
    if (!value) {
        fail_msg("%s: %s", text, error.text);
        abort(); /* fail_msg does not return, which an analyzer cannot see */
    }
    write_value(&out, value);
    json_decref(value);
    assert_int_equal(canonical_write(writer_slice(&out), EVENT_DEPTH_MAX, "data", &body, &fault),
                     STATUS_OK);
    return writer_slice(&body);
}

enum status check_data(const char *type, const char *json, struct fault *fault)
{
    const struct event_type *found = event_type_by_name(slice_text(type));
    assert_non_null(found);
    struct slice data = canonical_json(json);
    /* Bytes of their own exact size, so that ASan sees a read one byte too far. */
    uint8_t *copy = malloc(data.len);
    assert_non_null(copy);
    memcpy(copy, data.data, data.len);
    memset(fault, 0, sizeof(*fault));
    enum status status = fields_check(&found->data, slice_of(copy, data.len), "data", fault);
    free(copy);
    return status;
}

void assert_fits(const char *type, const char *json)
{
    struct fault fault;
    enum status status = check_data(type, json, &fault);
    if (status != STATUS_OK) {
        fail_msg("%s %s: %s at %s", type, json, status_name(status), fault.field);
    }
}

void assert_refused(const char *type, const char *json, enum status code, const char *field)
{
    struct fault fault;
    enum status status = check_data(type, json, &fault);
    if (status != code || strcmp(fault.field, field) != 0) {
        fail_msg("%s %s: %s at %s, expected %s at %s", type, json, status_name(status), fault.field,
                 status_name(code), field);
    }
    assert_int_equal(fault.code, code);
}
