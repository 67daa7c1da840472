/* Cursor, framer and writer against msgpack-c, over values that nobody chose: what our shape
 * check accepts, the library reads to the last byte and as the same values; what we write, it
 * would have written. Random bytes come from a generator of our own, so a failure repeats. */

#include "tests/unit/proto/support.h"

#include "proto/limits.h"
#include "proto/shape.h"
#include "tests/unit/proto/same_value.h"

#include <stdlib.h>

static uint64_t seed_state;

static uint32_t next(void)
{
    seed_state = seed_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed_state >> 33);
}

static uint64_t any_number(void)
{
    uint64_t value = (uint64_t)next() << 33 ^ (uint64_t)next() << 11 ^ next();
    return value >> next() % 64; /* every length as often */
}

static void pack_text(msgpack_packer *packer, struct writer *out)
{
    static const uint8_t zeros[70000];
    static const size_t lengths[] = {0, 1, 31, 32, 255, 256, 300, 65535, 65536};
    size_t len = next() % 8 ? next() % 40 : lengths[next() % 9];
    if (next() % 2) {
        (void)msgpack_pack_str_with_body(packer, zeros, len);
        write_str(out, slice_of(zeros, len));
    } else {
        (void)msgpack_pack_bin_with_body(packer, zeros, len);
        write_bin(out, slice_of(zeros, len));
    }
}

/* The same value by both, each in the shortest form. */
static void pack_any(msgpack_packer *packer, struct writer *out, unsigned depth)
{
    uint32_t count = next() % (next() % 16 ? 5 : 40);
    uint64_t number = any_number();
    switch (next() % (depth > 0 ? 7 : 5)) {
    case 0:
        (void)msgpack_pack_nil(packer);
        write_nil(out);
        return;
    case 1:
        (void)(number & 1 ? msgpack_pack_true(packer) : msgpack_pack_false(packer));
        write_bool(out, (number & 1) != 0);
        return;
    case 2:
        (void)msgpack_pack_uint64(packer, number);
        write_uint(out, number);
        return;
    case 3:
        (void)msgpack_pack_int64(packer, -(int64_t)(number >> 1));
        write_int(out, -(int64_t)(number >> 1));
        return;
    case 4:
        pack_text(packer, out);
        return;
    case 5:
        (void)msgpack_pack_array(packer, count);
        write_array(out, count);
        break;
    default:
        (void)msgpack_pack_map(packer, count);
        write_map(out, count);
        count *= 2;
        break;
    }
    for (uint32_t i = 0; i < count; i++) {
        pack_any(packer, out, depth - 1);
    }
}

static void what_we_write_is_what_the_library_writes_and_both_read_it(void **state)
{
    (void)state;
    size_t size = (size_t)64 * 1024 * 1024;
    uint8_t *buffer = malloc(size);
    msgpack_sbuffer packed;
    msgpack_sbuffer_init(&packed);
    for (unsigned round = 0; round < 3000; round++) {
        msgpack_packer packer;
        struct writer out = writer_over(buffer, size);
        seed_state = round;
        msgpack_sbuffer_clear(&packed);
        msgpack_packer_init(&packer, &packed, msgpack_sbuffer_write);
        pack_any(&packer, &out, 4);
        assert_false(out.full);
        assert_bytes_equal(writer_slice(&out), slice_of(packed.data, packed.size));
        assert_true(reads_alike(writer_slice(&out)));
        if (out.len <= FRAME_BYTES_MAX) {
            assert_int_equal(shape_check(writer_slice(&out), FRAME_DEPTH_MAX), STATUS_OK);
        }
    }
    msgpack_sbuffer_destroy(&packed);
    free(buffer);
}

/* Bytes that are often, but not always, a value. */
static size_t almost_a_value(uint8_t *bytes, size_t size)
{
    size_t len = 1 + next() % (size - 1);
    for (size_t i = 0; i < len; i++) {
        static const uint8_t likely[] = {0x80, 0x81, 0x90, 0x91, 0x92, 0xa1, 0xa3, 0xc0, 0xc2,
                                         0xc4, 0xca, 0xcb, 0xcc, 0xcd, 0xcf, 0xd0, 0xd9, 0xdc};
        bytes[i] = next() % 3 ? likely[next() % sizeof(likely)] : (uint8_t)(next() & 0xff);
    }
    return len;
}

static void what_passes_the_shape_check_reads_alike(void **state)
{
    (void)state;
    unsigned passed = 0;
    for (unsigned round = 0; round < 400000; round++) {
        uint8_t bytes[24];
        seed_state = round * UINT64_C(2654435761);
        size_t len = almost_a_value(bytes, sizeof(bytes));
        struct framer framer;
        size_t whole = 0;
        framer_init(&framer);
        enum status status = framer_next(&framer, slice_of(bytes, len), &whole);
        if (status == STATUS_OK) {
            passed++;
            assert_true(whole <= len);
            assert_int_equal(shape_check(slice_of(bytes, whole), FRAME_DEPTH_MAX), STATUS_OK);
            assert_true(reads_alike(slice_of(bytes, whole)));
        } else {
            assert_int_not_equal(shape_check(slice_of(bytes, len), FRAME_DEPTH_MAX), STATUS_OK);
        }
    }
    assert_true(passed > 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_we_write_is_what_the_library_writes_and_both_read_it),
        cmocka_unit_test(what_passes_the_shape_check_reads_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
