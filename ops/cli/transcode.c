/* JSON to MessagePack: R1 of transcode.h. */

#include "ops/cli/transcode.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "proto/cursor.h"
#include "proto/limits.h"

struct reader {
    const char *at, *end;
    struct writer *out;
};

static bool read_value(struct reader *in, unsigned depth);

static void skip_space(struct reader *in)
{
    while (in->at < in->end &&
           (*in->at == ' ' || *in->at == '\t' || *in->at == '\n' || *in->at == '\r')) {
        in->at++;
    }
}

static bool take(struct reader *in, char character)
{
    skip_space(in);
    if (in->at == in->end || *in->at != character) {
        return false;
    }
    in->at++;
    return true;
}

static bool read_hex4(struct reader *in, uint32_t *ret)
{
    uint32_t value = 0;
    if (in->end - in->at < 4) {
        return false;
    }
    for (int i = 0; i < 4; i++) {
        char c = *in->at++;
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
                                                : 16;
        if (digit == 16) {
            return false;
        }
        value = value << 4 | digit;
    }
    *ret = value;
    return true;
}

/* Behind "\u": one character, two escapes where it takes a pair. */
static bool read_unicode(struct reader *in, uint32_t *ret)
{
    uint32_t point;
    uint32_t low;
    if (!read_hex4(in, &point) || point == 0 || (point >= 0xdc00 && point < 0xe000)) {
        return false;
    }
    if (point >= 0xd800 && point < 0xdc00) {
        if (in->end - in->at < 2 || in->at[0] != '\\' || in->at[1] != 'u') {
            return false;
        }
        in->at += 2;
        if (!read_hex4(in, &low) || low < 0xdc00 || low >= 0xe000) {
            return false;
        }
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
    }
    *ret = point;
    return true;
}

static bool read_escape(struct reader *in, uint32_t *ret)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    if (in->at == in->end) {
        return false;
    }
    char letter = *in->at++;
    if (letter == 'u') {
        return read_unicode(in, ret);
    }
    const char *found = letter == '\0' ? NULL : strchr(letters, letter);
    if (found == NULL) {
        return false;
    }
    *ret = (uint32_t)meant[found - letters];
    return true;
}

/* The rest of a text that has escapes, from its first byte. */
static bool write_escaped(struct reader *in, const char *start)
{
    char text[8 * 1024];
    size_t len = 0;
    in->at = start;
    while (in->at < in->end && *in->at != '"' && len + 4 < sizeof(text)) {
        uint32_t point;
        char c = *in->at++;
        if (c != '\\') {
            if ((unsigned char)c < 0x20) {
                return false;
            }
            text[len++] = c;
        } else if (read_escape(in, &point)) {
            len += utf8_put(point, text + len);
        } else {
            return false;
        }
    }
    if (in->at == in->end || *in->at != '"') {
        return false; /* too long, among other things */
    }
    in->at++;
    write_str(in->out, slice_of(text, len));
    return true;
}

static bool read_text(struct reader *in)
{
    if (!take(in, '"')) {
        return false;
    }
    const char *start = in->at;
    while (in->at < in->end && *in->at != '"' && *in->at != '\\' &&
           (unsigned char)*in->at >= 0x20) {
        in->at++;
    }
    if (in->at == in->end || (unsigned char)*in->at < 0x20) {
        return false;
    }
    if (*in->at == '\\') {
        return write_escaped(in, start);
    }
    write_str(in->out, slice_of(start, (size_t)(in->at - start)));
    in->at++;
    return true;
}

/* Integers of up to 18 digits; whatever else a number can be is unusual here. */
static bool read_number(struct reader *in)
{
    bool negative = *in->at == '-';
    int64_t value = 0;
    in->at += negative;
    const char *start = in->at;
    while (in->at < in->end && *in->at >= '0' && *in->at <= '9') {
        if (in->at - start == 18) {
            return false;
        }
        value = value * 10 + (*in->at++ - '0');
    }
    size_t len = (size_t)(in->at - start);
    bool more = in->at < in->end && (*in->at == '.' || *in->at == 'e' || *in->at == 'E');
    if (len == 0 || (len > 1 && *start == '0') || more) {
        return false;
    }
    write_int(in->out, negative ? -value : value);
    return true;
}

static bool read_word(struct reader *in, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(in->end - in->at) < len || memcmp(in->at, word, len) != 0) {
        return false;
    }
    in->at += len;
    return true;
}

static bool read_array(struct reader *in, unsigned depth)
{
    size_t mark = write_array_begin(in->out);
    uint32_t count = 0;
    if (!take(in, ']')) {
        do {
            if (!read_value(in, depth)) {
                return false;
            }
            count++;
        } while (take(in, ','));
        if (!take(in, ']')) {
            return false;
        }
    }
    write_array_end(in->out, mark, count);
    return true;
}

/* The text of the str that was written from `start` on. */
static struct slice text_written(const struct writer *out, size_t start)
{
    struct cursor cursor = cursor_over(slice_of(out->data + start, out->len - start));
    struct slice text = {0};
    (void)cursor_str(&cursor, &text);
    return text;
}

static bool is_new(const struct slice *keys, uint32_t count, struct slice key)
{
    for (uint32_t i = 0; i < count; i++) {
        if (slice_equal(keys[i], key)) {
            return false;
        }
    }
    return true;
}

/* `told` NULL: an inner object. */
static bool read_object(struct reader *in, unsigned depth, struct transcoded *told)
{
    struct slice keys[MEMBERS_MAX];
    uint32_t count = 0;
    size_t mark = write_map_begin(in->out);
    bool more = !take(in, '}');
    while (more) {
        size_t start = in->out->len;
        skip_space(in);
        if (count == MEMBERS_MAX || !read_text(in) || in->out->full) {
            return false;
        }
        keys[count] = text_written(in->out, start);
        size_t value = in->out->len;
        if (!is_new(keys, count, keys[count]) || !take(in, ':') || !read_value(in, depth)) {
            return false;
        }
        if (told != NULL) {
            told->members[count] = (struct member){
                .key = keys[count], .value = slice_of(in->out->data + value, in->out->len - value)};
        }
        count++;
        more = take(in, ',');
        if (!more && !take(in, '}')) {
            return false;
        }
    }
    write_map_end(in->out, mark, count);
    if (told != NULL) {
        told->count = count;
    }
    return true;
}

static bool read_value(struct reader *in, unsigned depth)
{
    skip_space(in);
    if (in->at == in->end || depth >= FRAME_DEPTH_MAX) {
        return false;
    }
    switch (*in->at) {
    case '{':
        in->at++;
        return read_object(in, depth + 1, NULL);
    case '[':
        in->at++;
        return read_array(in, depth + 1);
    case '"':
        return read_text(in);
    case 't':
        write_bool(in->out, true);
        return read_word(in, "true");
    case 'f':
        write_bool(in->out, false);
        return read_word(in, "false");
    case 'n':
        write_nil(in->out);
        return read_word(in, "null");
    default:
        return read_number(in);
    }
}

bool transcode(const char *text, size_t len, struct writer *out, struct transcoded *ret)
{
    struct reader in = {.at = text, .end = text + len, .out = out};
    bool good = utf8_valid(slice_of(text, len)) && take(&in, '{') && read_object(&in, 1, ret);
    skip_space(&in);
    return good && in.at == in.end && !out->full;
}

bool transcoded_read(const struct writer *out, struct transcoded *ret)
{
    struct cursor cursor = cursor_over(writer_slice(out));
    uint32_t pairs;
    if (!cursor_map(&cursor, &pairs) || pairs > MEMBERS_MAX) {
        return false;
    }
    for (uint32_t i = 0; i < pairs; i++) {
        if (!cursor_str(&cursor, &ret->members[i].key) ||
            !cursor_value(&cursor, &ret->members[i].value)) {
            return false;
        }
    }
    ret->count = pairs;
    return true;
}
