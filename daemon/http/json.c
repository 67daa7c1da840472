/* Reading is jansson's, behind a count; writing goes straight from the answer's bytes. */

#include "daemon/http/json.h"

#include <jansson.h>

#include "proto/cursor.h"
#include "proto/limits.h"

/* ---- reading ---- */

/* J2: an upper bound of depth and values, from the characters that make them. */
static enum status count_values(struct slice text, struct fault *fault)
{
    uint32_t nodes = 1, depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.data[i];
        if (quoted) {
            i += c == '\\';
            quoted = c != '"';
            continue;
        }
        quoted = c == '"';
        nodes += c == ',' || c == ':' || c == '[' || c == '{';
        depth += c == '[' || c == '{';
        if (nodes > FRAME_NODES_MAX || depth > FRAME_DEPTH_MAX) {
            (void)fault_set(fault, STATUS_TOO_LARGE, NULL);
            fault_detail(fault, "values=%u depth=%u at=%zu", FRAME_NODES_MAX, FRAME_DEPTH_MAX, i);
            return STATUS_TOO_LARGE;
        }
        depth -= (c == ']' || c == '}') && depth > 0;
    }
    return STATUS_OK;
}

static enum status write_json(struct writer *out, const json_t *value, struct fault *fault);

static enum status write_object(struct writer *out, const json_t *object, struct fault *fault)
{
    json_t *members = (json_t *)(uintptr_t)object; /* an iterator wants it so, and only reads */
    enum status status = STATUS_OK;
    write_map(out, (uint32_t)json_object_size(object));
    for (void *at = json_object_iter(members); at != NULL && status == STATUS_OK;
         at = json_object_iter_next(members, at)) {
        const char *key = json_object_iter_key(at);
        write_text(out, key);
        status = write_json(out, json_object_iter_value(at), fault);
        if (status != STATUS_OK && fault->field[0] == '\0') {
            fault_field_key(fault, slice_text(key));
        }
    }
    return status;
}

static enum status write_json(struct writer *out, const json_t *value, struct fault *fault)
{
    enum status status = STATUS_OK;
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return write_object(out, value, fault);
    case JSON_ARRAY:
        write_array(out, (uint32_t)json_array_size(value));
        for (size_t i = 0; i < json_array_size(value) && status == STATUS_OK; i++) {
            status = write_json(out, json_array_get(value, i), fault);
        }
        return status;
    case JSON_STRING:
        write_str(out, slice_of(json_string_value(value), json_string_length(value)));
        return status;
    case JSON_INTEGER:
        write_int(out, json_integer_value(value));
        return status;
    case JSON_REAL: /* J1 */
        (void)fault_set(fault, STATUS_BAD_REQUEST, NULL);
        fault_detail(fault, "a number must be an integer: amounts in fen, rates in ppm");
        return STATUS_BAD_REQUEST;
    case JSON_TRUE:
    case JSON_FALSE:
        write_bool(out, json_is_true(value));
        return status;
    case JSON_NULL:
        break;
    }
    write_nil(out);
    return status;
}

enum status json_read(struct slice text, struct writer *out, struct fault *fault)
{
    json_error_t error;
    enum status status = count_values(text, fault);
    if (status != STATUS_OK) {
        return status;
    }
    json_t *value = json_loadb((const char *)text.data, text.len,
                               JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (value == NULL) {
        (void)fault_set(fault, STATUS_BAD_REQUEST, NULL);
        fault_detail(fault, "JSON: %s line=%d column=%d", error.text, error.line, error.column);
        return STATUS_BAD_REQUEST;
    }
    status = write_json(out, value, fault);
    json_decref(value);
    if (status == STATUS_OK && out->full) {
        status = fault_set(fault, STATUS_TOO_LARGE, NULL);
    }
    return status;
}

/* ---- writing ---- */

/* What a character is written as, NULL if as itself. */
static const char *escape_of(uint8_t c, char room[8])
{
    static const char digits[] = "0123456789abcdef";
    switch (c) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        break;
    }
    if (c >= 0x20) {
        return NULL;
    }
    memcpy(room, "\\u00", 4);
    room[4] = digits[c >> 4];
    room[5] = digits[c & 15];
    room[6] = '\0';
    return room;
}

void json_write_text(struct buffer *out, struct slice text)
{
    char room[8];
    size_t start = 0;
    buffer_text(out, "\"");
    for (size_t i = 0; i < text.len; i++) {
        const char *escape = escape_of(text.data[i], room);
        if (escape != NULL) {
            buffer_put(out, slice_of(text.data + start, i - start));
            buffer_text(out, escape);
            start = i + 1;
        }
    }
    buffer_put(out, slice_of(text.data + start, text.len - start));
    buffer_text(out, "\"");
}

static void write_hex(struct buffer *out, struct slice bytes) /* J3 */
{
    static const char digits[] = "0123456789abcdef";
    buffer_text(out, "\"");
    for (size_t i = 0; i < bytes.len; i++) {
        const char pair[2] = {digits[bytes.data[i] >> 4], digits[bytes.data[i] & 15]};
        buffer_put(out, slice_of(pair, 2));
    }
    buffer_text(out, "\"");
}

static void write_next(struct buffer *out, struct cursor *in);

static void write_members(struct buffer *out, struct cursor *in)
{
    uint32_t pairs = 0;
    struct slice key;
    (void)cursor_map(in, &pairs);
    buffer_text(out, "{");
    for (uint32_t i = 0; i < pairs && cursor_text(in, &key); i++) {
        buffer_text(out, i > 0 ? "," : "");
        json_write_text(out, key);
        buffer_text(out, ":");
        write_next(out, in);
    }
    buffer_text(out, "}");
}

static void write_items(struct buffer *out, struct cursor *in)
{
    uint32_t count = 0;
    (void)cursor_array(in, &count);
    buffer_text(out, "[");
    for (uint32_t i = 0; i < count && !in->bad; i++) {
        buffer_text(out, i > 0 ? "," : "");
        write_next(out, in);
    }
    buffer_text(out, "]");
}

/* As deep as an answer is, which FRAME_DEPTH_MAX bounds. */
static void write_next(struct buffer *out, struct cursor *in)
{
    struct slice bytes;
    int64_t number = 0;
    bool yes = false;
    switch (cursor_peek(in)) {
    case CURSOR_MAP:
        write_members(out, in);
        return;
    case CURSOR_ARRAY:
        write_items(out, in);
        return;
    case CURSOR_STR:
        (void)cursor_str(in, &bytes);
        json_write_text(out, bytes);
        return;
    case CURSOR_BIN:
        (void)cursor_bin(in, &bytes);
        write_hex(out, bytes);
        return;
    case CURSOR_INT:
        (void)cursor_int(in, &number);
        buffer_int(out, number);
        return;
    case CURSOR_BOOL:
        (void)cursor_bool(in, &yes);
        buffer_text(out, yes ? "true" : "false");
        return;
    case CURSOR_NIL:
    case CURSOR_NONE:
    case CURSOR_FLOAT:
    case CURSOR_EXT:
        break;
    }
    (void)cursor_skip(in);
    buffer_text(out, "null");
}

void json_write(struct buffer *out, struct slice value)
{
    struct cursor in = cursor_over(value);
    write_next(out, &in);
}
