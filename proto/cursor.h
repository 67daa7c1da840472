#ifndef ACCRUE_PROTO_CURSOR_H
#define ACCRUE_PROTO_CURSOR_H

/* Reads msgpack values one after the other, without allocating.
 *
 *   C1  A cursor never reads past its end, whatever the bytes are.
 *   C2  After a failed call the cursor stands where it stood, and `bad` is set for good.
 *   C3  Every integer form is accepted (canonical form is a check of its own), and an
 *       integral float within ±(2^53−1), since JavaScript clients send large integers so. */

#include "proto/bytes.h"

struct cursor {
    const uint8_t *at;
    const uint8_t *end;
    bool bad;
};

enum cursor_type {
    CURSOR_NONE, /* at the end, or bad */
    CURSOR_NIL,
    CURSOR_BOOL,
    CURSOR_INT,
    CURSOR_FLOAT,
    CURSOR_STR,
    CURSOR_BIN,
    CURSOR_ARRAY,
    CURSOR_MAP,
    CURSOR_EXT,
};

static inline struct cursor cursor_over(struct slice bytes)
{
    /* data may be NULL when len is 0, and NULL takes no arithmetic */
    const uint8_t *end = bytes.len > 0 ? bytes.data + bytes.len : bytes.data;
    return (struct cursor){.at = bytes.data, .end = end, .bad = false};
}

/* What comes next; does not move. */
enum cursor_type cursor_peek(const struct cursor *cursor);

/* Each takes one value of its type and moves on, or fails as C2 says. */
bool cursor_nil(struct cursor *cursor);
bool cursor_bool(struct cursor *cursor, bool *ret);
static inline bool cursor_int(struct cursor *cursor, int64_t *ret);
static inline bool cursor_str(struct cursor *cursor, struct slice *ret);
/* bin, also a str: old clients mix them */
static inline bool cursor_bin(struct cursor *cursor, struct slice *ret);
/* str, or bin that is valid UTF-8 */
static inline bool cursor_text(struct cursor *cursor, struct slice *ret);
static inline bool cursor_array(struct cursor *cursor, uint32_t *ret_count);
static inline bool cursor_map(struct cursor *cursor, uint32_t *ret_pairs);

/* Take one whole value, nested ones with it; *ret are its bytes. */
static inline bool cursor_value(struct cursor *cursor, struct slice *ret);
bool cursor_skip(struct cursor *cursor);

/* Value of `key` in the map that `map` holds; false if it is not a map or has no such key. */
bool map_find_key(struct slice map, struct slice key, struct slice *ret_value);
static inline bool map_find(struct slice map, const char *key, struct slice *ret_value)
{
    return map_find_key(map, slice_text(key), ret_value);
}

/* One-value conveniences: false when `value` is not exactly that. */
static inline bool value_int(struct slice value, int64_t *ret);
static inline bool value_text(struct slice value, struct slice *ret);
bool value_bool(struct slice value, bool *ret);

bool utf8_valid(struct slice text);
/* Bytes of the character that begins at text.data[at], 0 if none does. *ret is its code point. */
size_t utf8_next(struct slice text, size_t at, uint32_t *ret);
/* The 1 to 4 bytes of a code point up to U+10FFFF; their number. */
size_t utf8_put(uint32_t point, char *out);

/* ---- the short forms in line, any form by a call ---- */

bool cursor_any_int(struct cursor *cursor, int64_t *ret);
bool cursor_any_str(struct cursor *cursor, struct slice *ret);
bool cursor_any_bin(struct cursor *cursor, struct slice *ret);
bool cursor_any_text(struct cursor *cursor, struct slice *ret);
bool cursor_any_array(struct cursor *cursor, uint32_t *ret_count);
bool cursor_any_map(struct cursor *cursor, uint32_t *ret_pairs);
bool cursor_any_value(struct cursor *cursor, struct slice *ret);
bool value_any_int(struct slice value, int64_t *ret);
bool value_any_text(struct slice value, struct slice *ret);

/* The first byte of what comes next, 0xc1 (which begins nothing) if nothing may be read. */
static inline uint8_t cursor_first(const struct cursor *cursor)
{
    return cursor->at == cursor->end || cursor->bad ? 0xc1 : *cursor->at;
}

/* Take a text of up to 31 bytes; otherwise nothing has happened. */
static inline bool cursor_short_str(struct cursor *cursor, struct slice *ret)
{
    uint8_t first = cursor_first(cursor);
    size_t len = first & 0x1fU;
    if ((first & 0xe0U) != 0xa0U || len >= (size_t)(cursor->end - cursor->at)) {
        return false;
    }
    *ret = slice_of(cursor->at + 1, len);
    cursor->at += 1 + len;
    return true;
}

static inline bool cursor_str(struct cursor *cursor, struct slice *ret)
{
    return cursor_short_str(cursor, ret) || cursor_any_str(cursor, ret);
}

static inline bool cursor_bin(struct cursor *cursor, struct slice *ret)
{
    return cursor_short_str(cursor, ret) || cursor_any_bin(cursor, ret);
}

static inline bool cursor_text(struct cursor *cursor, struct slice *ret)
{
    return cursor_short_str(cursor, ret) || cursor_any_text(cursor, ret);
}

static inline bool cursor_int(struct cursor *cursor, int64_t *ret)
{
    uint8_t first = cursor_first(cursor);
    if (first >= 0x80U) {
        return cursor_any_int(cursor, ret);
    }
    *ret = first;
    cursor->at++;
    return true;
}

static inline bool cursor_array(struct cursor *cursor, uint32_t *ret_count)
{
    uint8_t first = cursor_first(cursor);
    if ((first & 0xf0U) != 0x90U) {
        return cursor_any_array(cursor, ret_count);
    }
    *ret_count = first & 0x0fU;
    cursor->at++;
    return true;
}

static inline bool cursor_map(struct cursor *cursor, uint32_t *ret_pairs)
{
    uint8_t first = cursor_first(cursor);
    if ((first & 0xf0U) != 0x80U) {
        return cursor_any_map(cursor, ret_pairs);
    }
    *ret_pairs = first & 0x0fU;
    cursor->at++;
    return true;
}

/* Whole length of a value whose first byte says it: numbers, nil, bool and short texts; 0 else. */
extern const uint8_t cursor_fixed_len[256];

static inline bool cursor_value(struct cursor *cursor, struct slice *ret)
{
    size_t len = cursor_fixed_len[cursor_first(cursor)];
    if (len == 0 || len > (size_t)(cursor->end - cursor->at)) {
        return cursor_any_value(cursor, ret);
    }
    *ret = slice_of(cursor->at, len);
    cursor->at += len;
    return true;
}

static inline bool value_text(struct slice value, struct slice *ret)
{
    if (value.len == 0) {
        return false; /* asked of fields that are not there */
    }
    if (value.len > 32 || value.data[0] != (0x9fU + value.len)) {
        return value_any_text(value, ret);
    }
    *ret = slice_of(value.data + 1, value.len - 1);
    return true;
}

static inline bool value_int(struct slice value, int64_t *ret)
{
    if (value.len == 0) {
        return false;
    }
    if (value.len != 1 || value.data[0] >= 0x80U) {
        return value_any_int(value, ret);
    }
    *ret = value.data[0];
    return true;
}

#endif
