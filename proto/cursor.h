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
bool cursor_int(struct cursor *cursor, int64_t *ret);
bool cursor_str(struct cursor *cursor, struct slice *ret);
bool cursor_bin(struct cursor *cursor, struct slice *ret);  /* also a str: old clients mix them */
bool cursor_text(struct cursor *cursor, struct slice *ret); /* str, or bin that is valid UTF-8 */
bool cursor_array(struct cursor *cursor, uint32_t *ret_count);
bool cursor_map(struct cursor *cursor, uint32_t *ret_pairs);

/* Take one whole value, nested ones with it; *ret are its bytes. */
bool cursor_value(struct cursor *cursor, struct slice *ret);
bool cursor_skip(struct cursor *cursor);

/* Value of `key` in the map that `map` holds; false if it is not a map or has no such key. */
bool map_find(struct slice map, const char *key, struct slice *ret_value);

/* One-value conveniences: false when `value` is not exactly that. */
bool value_int(struct slice value, int64_t *ret);
bool value_text(struct slice value, struct slice *ret);
bool value_bool(struct slice value, bool *ret);

bool utf8_valid(struct slice text);
/* Bytes of the character that begins at text.data[at], 0 if none does. *ret is its code point. */
size_t utf8_next(struct slice text, size_t at, uint32_t *ret);

#endif
