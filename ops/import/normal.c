/* Text of cells: see text_normal() in values.h. */

#include <string.h>

#include "ops/import/values.h"
#include "proto/cursor.h"

/* One character; a byte that begins none is itself. */
static uint32_t next_character(struct slice text, size_t *at)
{
    uint32_t c = text.data[*at];
    size_t len = utf8_next(text, *at, &c);
    *at += len > 0 ? len : 1;
    return c;
}

/* No-break, ideographic and zero-width spaces, and the byte order mark within a text. */
static bool is_space(uint32_t c)
{
    return c <= 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0x3000 || (c >= 0x2000 && c <= 0x200f) ||
           c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0xfeff;
}

/* Shows as nothing: what stands on either side stands together. */
static bool is_unseen(uint32_t c)
{
    return (c >= 0x200b && c <= 0x200f) || c == 0xfeff;
}

/* Ends a line, or a cell where it was copied from. */
static bool is_break(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

/* The ASCII that a character stands for, or 0. */
static char ascii_of(uint32_t c)
{
    if (c < 0x80) {
        return (char)c;
    }
    if (c >= 0xff01 && c <= 0xff5e) {
        return (char)(c - 0xff01 + '!');
    }
    switch (c) {
    case 0x2212: /* − */
    case 0x2013:
    case 0x2014:
        return '-';
    case 0x3001: /* 、 is no comma between digits */
    default:
        return 0;
    }
}

static bool put(char *out, size_t size, size_t *len, const char *bytes, size_t count)
{
    if (*len + count >= size) {
        return false;
    }
    memcpy(out + *len, bytes, count);
    *len += count;
    return true;
}

/* The text itself keeps dashes as they are; what is read as a number does not. */
static bool normal(const char *text, char *out, size_t size, bool folded)
{
    struct slice whole = slice_text(text);
    size_t len = 0;
    bool spaces = false;
    bool fits = size > 0;
    for (size_t at = 0, from = 0; at < whole.len && fits; from = at) {
        uint32_t c = next_character(whole, &at);
        char plain = folded || (c >= 0xff01 && c <= 0xff5e) || c < 0x80 ? ascii_of(c) : 0;
        if (is_space(c)) {
            spaces = true;
            continue;
        }
        if (spaces && len > 0 && !folded) {
            fits = put(out, size, &len, " ", 1);
        }
        spaces = false;
        if (folded && plain >= 'A' && plain <= 'Z') {
            plain = (char)(plain - 'A' + 'a');
        }
        fits = fits && (plain != 0 ? put(out, size, &len, &plain, 1)
                                   : put(out, size, &len, text + from, at - from));
    }
    if (size > 0) {
        out[len] = '\0';
    }
    return fits;
}

static bool is_numeral(char c)
{
    return (c >= '0' && c <= '9') || c == '.' || c == ',';
}

bool text_number(const char *text, char *out, size_t size)
{
    struct slice whole = slice_text(text);
    size_t len = 0;
    bool space = false;
    bool broken = false;
    bool fits = size > 0;
    for (size_t at = 0, from = 0; at < whole.len && fits; from = at) {
        uint32_t c = next_character(whole, &at);
        if (is_space(c)) {
            space = space || !is_unseen(c);
            broken = broken || is_break(c);
            continue;
        }
        char plain = ascii_of(c);
        if (plain >= 'A' && plain <= 'Z') {
            plain = (char)(plain - 'A' + 'a');
        }
        if (len > 0 && broken) {
            return false;
        }
        if (len > 0 && space && is_numeral(out[len - 1]) && is_numeral(plain)) {
            fits = put(out, size, &len, " ", 1);
        }
        space = broken = false;
        fits = fits && (plain != 0 ? put(out, size, &len, &plain, 1)
                                   : put(out, size, &len, text + from, at - from));
    }
    if (size > 0) {
        out[len] = '\0';
    }
    return fits;
}

bool text_normal(const char *text, char *out, size_t size)
{
    return normal(text, out, size, false);
}

bool text_folded(const char *text, char *out, size_t size)
{
    return normal(text, out, size, true);
}
