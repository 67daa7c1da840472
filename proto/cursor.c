/* The cursor.
 *
 *   C1-C3 of cursor.h. A value is looked at once, by its head (head.h); only what a caller
 *   asks for is read. There is no tree: a tree of 24 bytes a value is what makes a decoder
 *   slow and what a size bomb aims at. */

#include "proto/cursor.h"

#include "proto/head.h"
#include "proto/limits.h"

const struct head_form head_forms[32] = {
    {CURSOR_NIL, 0},   {CURSOR_NONE, 0},  {CURSOR_BOOL, 0},  {CURSOR_BOOL, 0},  /* c0 */
    {CURSOR_BIN, 1},   {CURSOR_BIN, 2},   {CURSOR_BIN, 4},   {CURSOR_EXT, 2},   /* c4 */
    {CURSOR_EXT, 3},   {CURSOR_EXT, 5},   {CURSOR_FLOAT, 4}, {CURSOR_FLOAT, 8}, /* c8 */
    {CURSOR_INT, 1},   {CURSOR_INT, 2},   {CURSOR_INT, 4},   {CURSOR_INT, 8},   /* cc: unsigned */
    {CURSOR_INT, 1},   {CURSOR_INT, 2},   {CURSOR_INT, 4},   {CURSOR_INT, 8},   /* d0: signed */
    {CURSOR_EXT, 1},   {CURSOR_EXT, 1},   {CURSOR_EXT, 1},   {CURSOR_EXT, 1},   /* d4: fixext */
    {CURSOR_EXT, 1},   {CURSOR_STR, 1},   {CURSOR_STR, 2},   {CURSOR_STR, 4},   /* d8 */
    {CURSOR_ARRAY, 2}, {CURSOR_ARRAY, 4}, {CURSOR_MAP, 2},   {CURSOR_MAP, 4},   /* dc */
};

static bool fail(struct cursor *cursor)
{
    cursor->bad = true;
    return false;
}

/* The head of the next value, if it and its own bytes are all there. */
static inline __attribute__((always_inline)) bool next_head(const struct cursor *cursor,
                                                            struct head *ret)
{
    if (cursor->bad || !head_read(cursor->at, cursor->end, ret) || ret->type == CURSOR_NONE) {
        return false;
    }
    return ret->body <= (uint64_t)(cursor->end - cursor->at) - ret->len;
}

enum cursor_type cursor_peek(const struct cursor *cursor)
{
    struct head head;
    return next_head(cursor, &head) ? head.type : CURSOR_NONE;
}

bool cursor_nil(struct cursor *cursor)
{
    struct head head;
    if (!next_head(cursor, &head) || head.type != CURSOR_NIL) {
        return fail(cursor);
    }
    cursor->at += head.len;
    return true;
}

bool cursor_bool(struct cursor *cursor, bool *ret)
{
    struct head head;
    if (!next_head(cursor, &head) || head.type != CURSOR_BOOL) {
        return fail(cursor);
    }
    *ret = *cursor->at == 0xc3;
    cursor->at += head.len;
    return true;
}

/* The value of an integer's bytes; false above INT64_MAX. */
static bool int_value(const uint8_t *at, int64_t *ret)
{
    uint8_t first = *at;
    if (first < 0x80) {
        *ret = first;
        return true;
    }
    if (first >= 0xe0) {
        *ret = (int64_t)first - 256;
        return true;
    }
    unsigned bytes = 1U << (first & 3); /* cc-cf and d0-d3 alike */
    uint64_t raw = load_big(at + 1, bytes);
    if (first < 0xd0) {
        *ret = (int64_t)(raw & INT64_MAX);
        return raw <= INT64_MAX;
    }
    uint64_t sign = UINT64_C(1) << (8 * bytes - 1);
    raw = (raw ^ sign) - sign; /* extends the sign */
    memcpy(ret, &raw, sizeof(raw));
    return true;
}

/* C3: a float that is an integer which every client keeps exact. */
static bool float_value(const uint8_t *at, int64_t *ret)
{
    double value;
    if (*at == 0xca) {
        uint32_t raw = (uint32_t)load_big(at + 1, 4);
        float narrow;
        memcpy(&narrow, &raw, sizeof(raw));
        value = (double)narrow;
    } else {
        uint64_t raw = load_big(at + 1, 8);
        memcpy(&value, &raw, sizeof(raw));
    }
    /* Written so that NaN fails. */
    if (!(value >= -(double)WIRE_INT_MAX && value <= (double)WIRE_INT_MAX)) {
        return false;
    }
    int64_t whole = (int64_t)value;
    *ret = whole;
    return (double)whole == value;
}

bool cursor_any_int(struct cursor *cursor, int64_t *ret)
{
    uint8_t first = cursor_first(cursor);
    size_t len = cursor_fixed_len[first];
    bool whole = len > 0 && len <= (size_t)(cursor->end - cursor->at);
    bool is_int = first < 0x80 || first >= 0xe0 || (first >= 0xcc && first <= 0xd3);
    bool is_float = first == 0xca || first == 0xcb;
    int64_t value = 0;
    bool good = whole && ((is_int && int_value(cursor->at, &value)) ||
                          (is_float && float_value(cursor->at, &value)));
    if (!good) {
        return fail(cursor);
    }
    *ret = value;
    cursor->at += len;
    return true;
}

static void take_body(struct cursor *cursor, const struct head *head, struct slice *ret)
{
    *ret = slice_of(cursor->at + head->len, (size_t)head->body);
    cursor->at += head->len + (size_t)head->body;
}

bool cursor_any_str(struct cursor *cursor, struct slice *ret)
{
    struct head head;
    if (!next_head(cursor, &head) || head.type != CURSOR_STR) {
        return fail(cursor);
    }
    take_body(cursor, &head, ret);
    return true;
}

bool cursor_any_bin(struct cursor *cursor, struct slice *ret)
{
    struct head head;
    if (!next_head(cursor, &head) || (head.type != CURSOR_BIN && head.type != CURSOR_STR)) {
        return fail(cursor);
    }
    take_body(cursor, &head, ret);
    return true;
}

bool cursor_any_text(struct cursor *cursor, struct slice *ret)
{
    struct head head;
    if (!next_head(cursor, &head)) {
        return fail(cursor);
    }
    struct slice text = slice_of(cursor->at + head.len, (size_t)head.body);
    if (head.type != CURSOR_STR && !(head.type == CURSOR_BIN && utf8_valid(text))) {
        return fail(cursor);
    }
    *ret = text;
    cursor->at += head.len + text.len;
    return true;
}

static bool take_count(struct cursor *cursor, enum cursor_type type, uint32_t *ret)
{
    struct head head;
    if (!next_head(cursor, &head) || head.type != type) {
        return fail(cursor);
    }
    *ret = (uint32_t)(type == CURSOR_MAP ? head.children / 2 : head.children);
    cursor->at += head.len;
    return true;
}

bool cursor_any_array(struct cursor *cursor, uint32_t *ret_count)
{
    return take_count(cursor, CURSOR_ARRAY, ret_count);
}

bool cursor_any_map(struct cursor *cursor, uint32_t *ret_pairs)
{
    return take_count(cursor, CURSOR_MAP, ret_pairs);
}

/* clang-format off */
#define TIMES_4(n) n, n, n, n
#define TIMES_16(n) TIMES_4(n), TIMES_4(n), TIMES_4(n), TIMES_4(n)
const uint8_t cursor_fixed_len[256] = {
    TIMES_16(1), TIMES_16(1), TIMES_16(1), TIMES_16(1), /* 00: small numbers */
    TIMES_16(1), TIMES_16(1), TIMES_16(1), TIMES_16(1),
    TIMES_16(0), TIMES_16(0), /* 80: maps, arrays */
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, /* a0: short texts */
    17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32,
    1, 0, 1, 1, TIMES_4(0), /* c0: nil, nothing, bool; bin, ext */
    0, 0, 5, 9, 2, 3, 5, 9, /* c8: ext, floats, unsigned */
    2, 3, 5, 9, TIMES_4(0), /* d0: signed; ext */
    TIMES_4(0), TIMES_4(0), /* d8: ext, texts, arrays, maps */
    TIMES_16(1), TIMES_16(1), /* e0: small negative numbers */
};
/* clang-format on */

/* Step over one head and its own bytes; NULL if they are not all there. Most values of an event
 * are told by their first byte alone. */
static inline const uint8_t *step_over(const uint8_t *at, const uint8_t *end, uint64_t *owed)
{
    struct head head;
    uint8_t first = *at;
    size_t left = (size_t)(end - at);
    size_t len = cursor_fixed_len[first];
    if (len > 0) {
        return len <= left ? at + len : NULL;
    }
    if (first < 0xa0) {
        *owed += (uint64_t)(first & 0x0fU) << (first < 0x90); /* a map's pairs are two values */
        return at + 1;
    }
    if (!head_read(at, end, &head) || head.type == CURSOR_NONE || head.body > left - head.len) {
        return NULL;
    }
    *owed += head.children;
    return at + head.len + (size_t)head.body;
}

bool cursor_any_value(struct cursor *cursor, struct slice *ret)
{
    const uint8_t *at = cursor->at;
    const uint8_t *end = cursor->end;
    uint64_t owed = 1;
    if (cursor->bad) {
        return false;
    }
    while (owed > 0) {
        if (owed > (uint64_t)(end - at)) {
            return fail(cursor); /* every value takes a byte: this bounds the loop */
        }
        owed--;
        at = step_over(at, end, &owed);
        if (!at) {
            return fail(cursor);
        }
    }
    *ret = slice_of(cursor->at, (size_t)(at - cursor->at));
    cursor->at = at;
    return true;
}

bool cursor_skip(struct cursor *cursor)
{
    struct slice ignored;
    return cursor_value(cursor, &ignored);
}

bool map_find_key(struct slice map, struct slice key, struct slice *ret_value)
{
    struct cursor cursor = cursor_over(map);
    uint32_t pairs;
    if (!cursor_map(&cursor, &pairs)) {
        return false;
    }
    for (uint32_t i = 0; i < pairs; i++) {
        struct slice name, value;
        if (!cursor_bin(&cursor, &name) || !cursor_value(&cursor, &value)) {
            return false;
        }
        if (slice_equal(name, key)) {
            *ret_value = value;
            return true;
        }
    }
    return false;
}

bool value_any_int(struct slice value, int64_t *ret)
{
    struct cursor cursor = cursor_over(value);
    int64_t found;
    if (!cursor_int(&cursor, &found) || cursor.at != cursor.end) {
        return false;
    }
    *ret = found;
    return true;
}

bool value_any_text(struct slice value, struct slice *ret)
{
    struct cursor cursor = cursor_over(value);
    struct slice found;
    if (!cursor_text(&cursor, &found) || cursor.at != cursor.end) {
        return false;
    }
    *ret = found;
    return true;
}

bool value_bool(struct slice value, bool *ret)
{
    struct cursor cursor = cursor_over(value);
    bool found;
    if (!cursor_bool(&cursor, &found) || cursor.at != cursor.end) {
        return false;
    }
    *ret = found;
    return true;
}
