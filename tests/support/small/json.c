/* Just enough JSON for tests: objects, arrays, texts without escapes, integers, true, false,
 * null. Bytes are shown as their length. */

#include <stdio.h>
#include <stdlib.h>

#include "proto/cursor.h"
#include "tests/support/small/harness.h"

static const char *skip(const char *at)
{
    while (*at == ' ' || *at == ',' || *at == ':' || *at == '\n') {
        at++;
    }
    return at;
}

static const char *write_value(const char *at, struct writer *out)
{
    char *end;
    at = skip(at);
    if (*at == '{' || *at == '[') {
        bool map = *at == '{';
        uint32_t count = 0;
        size_t mark = map ? write_map_begin(out) : write_array_begin(out);
        at = skip(at + 1);
        while (*at != '}' && *at != ']') {
            at = skip(write_value(at, out));
            count++;
        }
        if (map) {
            write_map_end(out, mark, count / 2);
        } else {
            write_array_end(out, mark, count);
        }
        return at + 1;
    }
    if (*at == '\'') {
        const char *close = strchr(at + 1, '\'');
        write_str(out, slice_of(at + 1, (size_t)(close - at - 1)));
        return close + 1;
    }
    if (*at == 't' || *at == 'f') {
        write_bool(out, *at == 't');
        return at + (*at == 't' ? 4 : 5);
    }
    if (*at == 'n') {
        write_nil(out);
        return at + 4;
    }
    write_int(out, strtoll(at, &end, 10));
    return end;
}

void json_write(const char *json, struct writer *out)
{
    (void)write_value(json, out);
}

static void put_bytes(char *out, size_t size, struct slice bytes)
{
    size_t len = strlen(out);
    size_t room = size - 1 - len;
    size_t take = bytes.len < room ? bytes.len : room;
    memcpy(out + len, bytes.data, take);
    out[len + take] = '\0';
}

static void put(char *out, size_t size, const char *text)
{
    put_bytes(out, size, slice_text(text));
}

static void show(struct cursor *in, char *out, size_t size)
{
    struct slice text = {0};
    uint32_t count;
    int64_t number;
    bool flag;
    if (cursor_peek(in) == CURSOR_MAP || cursor_peek(in) == CURSOR_ARRAY) {
        bool map = cursor_peek(in) == CURSOR_MAP;
        (void)(map ? cursor_map(in, &count) : cursor_array(in, &count));
        put(out, size, map ? "{" : "[");
        for (uint32_t i = 0; i < count && !in->bad; i++) {
            put(out, size, i > 0 ? "," : "");
            show(in, out, size);
            if (map) {
                put(out, size, ":");
                show(in, out, size);
            }
        }
        put(out, size, map ? "}" : "]");
    } else if (cursor_peek(in) == CURSOR_INT && cursor_int(in, &number)) {
        char digits[24];
        (void)snprintf(digits, sizeof(digits), "%lld", (long long)number);
        put(out, size, digits);
    } else if (cursor_peek(in) == CURSOR_NIL && cursor_skip(in)) {
        put(out, size, "null");
    } else if (cursor_peek(in) == CURSOR_BOOL && cursor_bool(in, &flag)) {
        put(out, size, flag ? "true" : "false");
    } else if (cursor_peek(in) == CURSOR_STR && cursor_str(in, &text)) {
        put(out, size, "\"");
        put_bytes(out, size, text);
        put(out, size, "\"");
    } else {
        (void)cursor_skip(in);
        put(out, size, "<bytes>");
    }
}

void json_text(struct slice value, char *out, size_t size)
{
    struct cursor in = cursor_over(value);
    out[0] = '\0';
    show(&in, out, size);
}
