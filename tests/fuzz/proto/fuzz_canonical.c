/* The canonical form: made once, it stays; canonical_is() says so of nothing else; msgpack-c
 * reads from it what it read from the input, keys in another order and floats as integers. */

#include "tests/fuzz/fuzz.h"

#include "proto/canonical.h"
#include "proto/limits.h"
#include "proto/shape.h"
#include "tests/unit/proto/same_value.h"

#include <string.h>

static bool same_number_as(const msgpack_object *a, const msgpack_object *b)
{
    if (a->type == MSGPACK_OBJECT_FLOAT32 || a->type == MSGPACK_OBJECT_FLOAT64) {
        double value =
            b->type == MSGPACK_OBJECT_POSITIVE_INTEGER ? (double)b->via.u64 : (double)b->via.i64;
        return value == a->via.f64;
    }
    return msgpack_object_equal(*a, *b);
}

static bool is_text(const msgpack_object *key, const msgpack_object *text)
{
    /* str and bin have one layout in msgpack-c, and keys may have come as either */
    uint32_t len = key->via.str.size;
    const char *a = key->via.str.ptr;
    const char *b = text->via.str.ptr;
    return len == text->via.str.size && (len == 0 || (a && b && memcmp(a, b, len) == 0));
}

static bool means_the_same(const msgpack_object *a, const msgpack_object *b);

static bool same_map(const msgpack_object *a, const msgpack_object *b)
{
    if (b->type != MSGPACK_OBJECT_MAP || a->via.map.size != b->via.map.size) {
        return false;
    }
    for (uint32_t i = 0; i < b->via.map.size; i++) {
        const msgpack_object_kv *pair = &b->via.map.ptr[i];
        const msgpack_object_kv *found = NULL;
        for (uint32_t k = 0; k < a->via.map.size && !found; k++) {
            if (is_text(&a->via.map.ptr[k].key, &pair->key)) {
                found = &a->via.map.ptr[k];
            }
        }
        if (!found || !means_the_same(&found->val, &pair->val)) {
            return false;
        }
    }
    return true;
}

static bool means_the_same(const msgpack_object *a, const msgpack_object *b)
{
    if (a->type == MSGPACK_OBJECT_MAP) {
        return same_map(a, b);
    }
    if (a->type != MSGPACK_OBJECT_ARRAY) {
        return same_number_as(a, b);
    }
    if (b->type != MSGPACK_OBJECT_ARRAY || a->via.array.size != b->via.array.size) {
        return false;
    }
    for (uint32_t i = 0; i < a->via.array.size; i++) {
        if (!means_the_same(&a->via.array.ptr[i], &b->via.array.ptr[i])) {
            return false;
        }
    }
    return true;
}

static bool decodes_alike(struct slice input, struct slice canonical)
{
    msgpack_unpacked a, b;
    msgpack_unpacked_init(&a);
    msgpack_unpacked_init(&b);
    bool same = msgpack_unpack_next(&a, (const char *)input.data, input.len, NULL) ==
                    MSGPACK_UNPACK_SUCCESS &&
                msgpack_unpack_next(&b, (const char *)canonical.data, canonical.len, NULL) ==
                    MSGPACK_UNPACK_SUCCESS &&
                means_the_same(&a.data, &b.data);
    msgpack_unpacked_destroy(&a);
    msgpack_unpacked_destroy(&b);
    return same;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t first[EVENT_BYTES_MAX], second[EVENT_BYTES_MAX];
    struct slice input = slice_of(data, size);
    struct writer out = writer_over(first, sizeof(first));
    struct writer again = writer_over(second, sizeof(second));
    struct fault fault;
    bool is = canonical_is(input, EVENT_DEPTH_MAX);
    enum status shape = shape_check(input, FRAME_DEPTH_MAX);
    enum status status = canonical_write(input, EVENT_DEPTH_MAX, "data", &out, &fault);
    if (status != STATUS_OK) {
        FUZZ_EXPECT(!is || out.full);
        FUZZ_EXPECT(fault.code == status);
        FUZZ_EXPECT(strncmp(fault.field, "data", 4) == 0);
        FUZZ_EXPECT(utf8_valid(slice_text(fault.field)));
        return 0;
    }
    struct slice canonical = writer_slice(&out);
    FUZZ_EXPECT(shape == STATUS_OK);
    FUZZ_EXPECT(is == slice_equal(input, canonical));
    FUZZ_EXPECT(canonical_is(canonical, EVENT_DEPTH_MAX));
    FUZZ_EXPECT(canonical_write(canonical, EVENT_DEPTH_MAX, "", &again, &fault) == STATUS_OK);
    FUZZ_EXPECT(slice_equal(writer_slice(&again), canonical));
    FUZZ_EXPECT(decodes_alike(input, canonical));
    return 0;
}
