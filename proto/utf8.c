/* UTF-8 as RFC 3629 has it: no surrogates, nothing past U+10FFFF, every character in its
 * shortest form. The ranges of the second byte carry all of that. */

#include "proto/cursor.h"

#define HIGH_BITS UINT64_C(0x8080808080808080)

static bool continues(uint8_t byte)
{
    return (byte & 0xc0) == 0x80;
}

/* Bytes of the character at `at`, of which `left` are there; 0 if it is none. */
static size_t character_len(const uint8_t *at, size_t left)
{
    uint8_t first = at[0];
    if (first < 0x80) {
        return 1;
    }
    if (first < 0xc2 || first > 0xf4) {
        return 0; /* a continuation, an overlong form of ASCII, or past U+10FFFF */
    }
    size_t len = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (left < len || !continues(at[1])) {
        return 0;
    }
    bool overlong = (first == 0xe0 && at[1] < 0xa0) || (first == 0xf0 && at[1] < 0x90);
    bool surrogate = first == 0xed && at[1] > 0x9f;
    bool too_high = first == 0xf4 && at[1] > 0x8f;
    if (overlong || surrogate || too_high) {
        return 0;
    }
    for (size_t i = 2; i < len; i++) {
        if (!continues(at[i])) {
            return 0;
        }
    }
    return len;
}

bool utf8_valid(struct slice text)
{
    size_t at = 0;
    while (at < text.len) {
        uint64_t word;
        if (text.len - at >= sizeof(word)) {
            memcpy(&word, text.data + at, sizeof(word));
            if ((word & HIGH_BITS) == 0) {
                at += sizeof(word);
                continue;
            }
        }
        if (text.data[at] < 0x80) {
            at++;
            continue;
        }
        size_t len = character_len(text.data + at, text.len - at);
        if (len == 0) {
            return false;
        }
        at += len;
    }
    return true;
}

size_t utf8_next(struct slice text, size_t at, uint32_t *ret)
{
    static const uint8_t first_bits[5] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    size_t len = at < text.len ? character_len(text.data + at, text.len - at) : 0;
    if (len == 0) {
        return 0;
    }
    uint32_t point = text.data[at] & first_bits[len];
    for (size_t i = 1; i < len; i++) {
        point = point << 6 | (text.data[at + i] & 0x3fU);
    }
    *ret = point;
    return len;
}

size_t utf8_put(uint32_t point, char *out)
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xc0 | point >> 6);
        out[1] = (char)(0x80 | (point & 0x3f));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (char)(0xe0 | point >> 12);
        out[1] = (char)(0x80 | (point >> 6 & 0x3f));
        out[2] = (char)(0x80 | (point & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | point >> 18);
    out[1] = (char)(0x80 | (point >> 12 & 0x3f));
    out[2] = (char)(0x80 | (point >> 6 & 0x3f));
    out[3] = (char)(0x80 | (point & 0x3f));
    return 4;
}
