#ifndef TESTS_UNIT_PROTO_SAME_VALUE_H
#define TESTS_UNIT_PROTO_SAME_VALUE_H

/* msgpack-c as the reference decoder: does it read what our cursor reads? Used by the tests and
 * by the fuzzers, so it reports instead of failing. */

#include "proto/cursor.h"

#include <msgpack.h>

/* The whole of `cursor`'s next value against `object`. Floats are compared only if they are
 * integers to us. */
static inline bool same_value(struct cursor *cursor, const msgpack_object *object);

static inline bool same_bytes(struct slice found, const void *data, uint32_t len)
{
    return slice_equal(found, slice_of(data, len));
}

static inline bool same_number(struct cursor *cursor, const msgpack_object *object)
{
    int64_t value;
    struct slice skipped;
    struct cursor ahead = *cursor;
    if (cursor_peek(cursor) == CURSOR_FLOAT) {
        if (object->type != MSGPACK_OBJECT_FLOAT32 && object->type != MSGPACK_OBJECT_FLOAT64) {
            return false;
        }
        bool integral = cursor_int(&ahead, &value);
        return cursor_skip(cursor) && (!integral || (double)value == object->via.f64);
    }
    if (object->type == MSGPACK_OBJECT_NEGATIVE_INTEGER) {
        return cursor_int(cursor, &value) && value == object->via.i64;
    }
    if (object->type != MSGPACK_OBJECT_POSITIVE_INTEGER) {
        return false;
    }
    if (object->via.u64 > INT64_MAX) {
        return !cursor_int(&ahead, &value) && cursor_value(cursor, &skipped);
    }
    return cursor_int(cursor, &value) && (uint64_t)value == object->via.u64;
}

static inline bool same_items(struct cursor *cursor, const msgpack_object *object)
{
    uint32_t count;
    if (object->type == MSGPACK_OBJECT_ARRAY) {
        if (!cursor_array(cursor, &count) || count != object->via.array.size) {
            return false;
        }
        for (uint32_t i = 0; i < count; i++) {
            if (!same_value(cursor, &object->via.array.ptr[i])) {
                return false;
            }
        }
        return true;
    }
    if (!cursor_map(cursor, &count) || count != object->via.map.size) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!same_value(cursor, &object->via.map.ptr[i].key) ||
            !same_value(cursor, &object->via.map.ptr[i].val)) {
            return false;
        }
    }
    return true;
}

static inline bool same_value(struct cursor *cursor, const msgpack_object *object)
{
    struct slice bytes;
    bool flag;
    switch (object->type) {
    case MSGPACK_OBJECT_NIL:
        return cursor_nil(cursor);
    case MSGPACK_OBJECT_BOOLEAN:
        return cursor_bool(cursor, &flag) && flag == object->via.boolean;
    case MSGPACK_OBJECT_STR:
        return cursor_str(cursor, &bytes) &&
               same_bytes(bytes, object->via.str.ptr, object->via.str.size);
    case MSGPACK_OBJECT_BIN:
        return cursor_peek(cursor) == CURSOR_BIN && cursor_bin(cursor, &bytes) &&
               same_bytes(bytes, object->via.bin.ptr, object->via.bin.size);
    case MSGPACK_OBJECT_EXT:
        return cursor_peek(cursor) == CURSOR_EXT && cursor_skip(cursor);
    case MSGPACK_OBJECT_ARRAY:
    case MSGPACK_OBJECT_MAP:
        return same_items(cursor, object);
    case MSGPACK_OBJECT_POSITIVE_INTEGER:
    case MSGPACK_OBJECT_NEGATIVE_INTEGER:
    case MSGPACK_OBJECT_FLOAT32:
    case MSGPACK_OBJECT_FLOAT64:
        return same_number(cursor, object);
    }
    return false;
}

/* Do both read the bytes as the same one value, to the last byte? */
static inline bool reads_alike(struct slice bytes)
{
    msgpack_unpacked unpacked;
    struct cursor cursor = cursor_over(bytes);
    size_t used = 0;
    msgpack_unpacked_init(&unpacked);
    bool same = msgpack_unpack_next(&unpacked, (const char *)bytes.data, bytes.len, &used) ==
                    MSGPACK_UNPACK_SUCCESS &&
                used == bytes.len && same_value(&cursor, &unpacked.data) && cursor.at == cursor.end;
    msgpack_unpacked_destroy(&unpacked);
    return same;
}

#endif
