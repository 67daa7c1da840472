/* Is it canonical already? The same rules as canonical.c, asked instead of made.
 *
 *   Q1  canonical_is(x) exactly when canonical_write(x) gives x; the fuzzer holds us to it.
 *   Q2  Nothing is written and nothing allocated; recursion is bounded by FRAME_DEPTH_MAX. */

#include "proto/canonical.h"

#include "proto/cursor.h"
#include "proto/head.h"
#include "proto/limits.h"

static bool canonical_value(struct cursor *in, uint32_t depth_left);

/* Length of the shortest form of an integer. */
static size_t int_len(int64_t value)
{
    if (value >= -32 && value < 0x80) {
        return 1;
    }
    uint64_t reach =
        value >= 0 ? (uint64_t)value : 2 * ~(uint64_t)value + 1; /* with its sign bit */
    if (reach <= UINT8_MAX) {
        return 2;
    }
    if (reach <= UINT16_MAX) {
        return 3;
    }
    return reach <= UINT32_MAX ? 5 : 9;
}

enum counted { COUNTED_STR, COUNTED_BIN, COUNTED_NODES };

/* Length of the shortest head that says `count`. */
static size_t counted_len(uint64_t count, enum counted form)
{
    if ((form == COUNTED_STR && count < 32) || (form == COUNTED_NODES && count < 16)) {
        return 1;
    }
    if (form != COUNTED_NODES && count <= UINT8_MAX) {
        return 2;
    }
    return count <= UINT16_MAX ? 3 : 5;
}

/* A positive number in a signed form is as long as in the unsigned one: only one may be. */
static bool canonical_int(struct cursor *in)
{
    uint8_t first = *in->at;
    const uint8_t *from = in->at;
    int64_t value;
    if (!cursor_int(in, &value) || value < -WIRE_INT_MAX || value > WIRE_INT_MAX) {
        return false;
    }
    bool signed_form = first >= 0xd0 && first <= 0xd3;
    return (size_t)(in->at - from) == int_len(value) && !(signed_form && value >= 0);
}

static bool canonical_array(struct cursor *in, uint32_t depth_left)
{
    uint32_t count;
    const uint8_t *from = in->at;
    if (depth_left == 0 || !cursor_array(in, &count) ||
        (size_t)(in->at - from) != counted_len(count, COUNTED_NODES)) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!canonical_value(in, depth_left - 1)) {
            return false;
        }
    }
    return true;
}

static bool canonical_text(struct cursor *in, struct slice *ret)
{
    const uint8_t *from = in->at;
    return cursor_str(in, ret) &&
           (size_t)(in->at - from) - ret->len == counted_len(ret->len, COUNTED_STR) &&
           utf8_valid(*ret);
}

static bool canonical_map(struct cursor *in, uint32_t depth_left)
{
    uint32_t count;
    const uint8_t *from = in->at;
    struct slice last = {0};
    if (depth_left == 0 || !cursor_map(in, &count) || count > MAP_KEYS_MAX ||
        (size_t)(in->at - from) != counted_len(count, COUNTED_NODES)) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct slice key;
        if (!canonical_text(in, &key) || (i > 0 && slice_compare(last, key) >= 0) ||
            !canonical_value(in, depth_left - 1)) {
            return false;
        }
        last = key;
    }
    return true;
}

static bool canonical_value(struct cursor *in, uint32_t depth_left)
{
    struct slice bytes;
    const uint8_t *from = in->at;
    switch (cursor_peek(in)) {
    case CURSOR_NIL:
    case CURSOR_BOOL:
        return cursor_skip(in);
    case CURSOR_INT:
        return canonical_int(in);
    case CURSOR_STR:
        return canonical_text(in, &bytes);
    case CURSOR_BIN:
        return cursor_bin(in, &bytes) &&
               (size_t)(in->at - from) - bytes.len == counted_len(bytes.len, COUNTED_BIN);
    case CURSOR_ARRAY:
        return canonical_array(in, depth_left);
    case CURSOR_MAP:
        return canonical_map(in, depth_left);
    case CURSOR_NONE:
    case CURSOR_FLOAT:
    case CURSOR_EXT:
        return false;
    }
    return false;
}

bool canonical_take(struct cursor *in, uint32_t depth_left, struct slice *ret)
{
    const uint8_t *from = in->at;
    if (!canonical_value(in, depth_left)) {
        return false;
    }
    *ret = slice_of(from, (size_t)(in->at - from));
    return true;
}

bool canonical_take_int(struct cursor *in, struct slice *ret)
{
    const uint8_t *from = in->at;
    uint8_t first = cursor_first(in);
    bool integer = first < 0x80 || first >= 0xe0 || (first >= 0xcc && first <= 0xd3);
    if (!integer || !canonical_int(in)) {
        return false;
    }
    *ret = slice_of(from, (size_t)(in->at - from));
    return true;
}

bool canonical_is(struct slice bytes, uint32_t depth_max)
{
    struct cursor in = cursor_over(bytes);
    uint32_t depth = depth_max < FRAME_DEPTH_MAX ? depth_max : FRAME_DEPTH_MAX;
    return bytes.len <= FRAME_BYTES_MAX && canonical_value(&in, depth) && in.at == in.end;
}
