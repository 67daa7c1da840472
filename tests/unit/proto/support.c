/* See support.h. Whatever goes wrong in here fails the test that called. */

#include "tests/unit/proto/support.h"

#include <stdio.h>
#include <stdlib.h>

struct bytes bytes_copy(const void *data, size_t len)
{
    struct bytes bytes = {.data = malloc(len > 0 ? len : 1), .len = len};
    assert_non_null(bytes.data);
    if (len > 0) {
        memcpy(bytes.data, data, len);
    }
    return bytes;
}

static unsigned hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = strchr(digits, c);
    assert_true(c != '\0' && at);
    return (unsigned)(at - digits);
}

struct bytes bytes_hex(const char *hex)
{
    uint8_t *data = malloc(strlen(hex) / 2 + 1);
    size_t len = 0;
    assert_non_null(data);
    while (*hex != '\0') {
        if (*hex == ' ') {
            hex++;
            continue;
        }
        data[len++] = (uint8_t)(hex_digit(hex[0]) << 4 | hex_digit(hex[1]));
        hex += 2;
    }
    struct bytes bytes = bytes_copy(data, len);
    free(data);
    return bytes;
}

void write_json(struct writer *out, json_t *value)
{
    if (json_is_object(value)) {
        const char *key;
        json_t *member;
        write_map(out, (uint32_t)json_object_size(value));
        json_object_foreach(value, key, member)
        {
            write_text(out, key);
            write_json(out, member);
        }
    } else if (json_is_array(value)) {
        write_array(out, (uint32_t)json_array_size(value));
        for (size_t i = 0; i < json_array_size(value); i++) {
            write_json(out, json_array_get(value, i));
        }
    } else if (json_is_string(value)) {
        write_str(out, slice_of(json_string_value(value), json_string_length(value)));
    } else if (json_is_integer(value)) {
        write_int(out, json_integer_value(value));
    } else if (json_is_boolean(value)) {
        write_bool(out, json_is_true(value));
    } else {
        assert_true(json_is_null(value));
        write_nil(out);
    }
}

struct bytes bytes_json(const char *json)
{
    json_error_t error;
    json_t *value = json_loads(json, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    uint8_t *buffer = malloc(BUFFER_BYTES);
    if (!value) {
        fail_msg("%s: %s", error.text, json);
    }
    assert_non_null(buffer);
    struct writer out = writer_over(buffer, BUFFER_BYTES);
    write_json(&out, value);
    assert_false(out.full);
    struct bytes bytes = bytes_copy(buffer, out.len);
    free(buffer);
    json_decref(value);
    return bytes;
}

void bytes_free(struct bytes bytes)
{
    free(bytes.data);
}

const char *json_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    if (!text) {
        fail_msg("no text `%s`", key);
    }
    return text;
}

void assert_bytes_equal(struct slice found, struct slice expected)
{
    assert_int_equal(found.len, expected.len);
    if (expected.len > 0) {
        assert_memory_equal(found.data, expected.data, expected.len);
    }
}

json_t *json_of_tree(const char *path)
{
    const char *root = getenv("ACCRUE_SOURCE_DIR");
    char full[1024];
    json_error_t error;
    int len = snprintf(full, sizeof(full), "%s/%s", root ? root : ".", path);
    assert_true(len > 0 && (size_t)len < sizeof(full));
    json_t *value = json_load_file(full, 0, &error);
    if (!value) {
        fail_msg("%s:%d: %s", full, error.line, error.text);
    }
    return value;
}
