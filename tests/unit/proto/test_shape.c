/* S1-S3 of shape.h: where a value ends, what is refused, and that the splits of a stream do
 * not matter. */

#include "tests/unit/proto/support.h"

#include "proto/limits.h"
#include "proto/shape.h"

#include <stdlib.h>

static enum status frame_of(struct slice bytes, size_t *ret_len)
{
    struct framer framer;
    framer_init(&framer);
    return framer_next(&framer, bytes, ret_len);
}

/* Feed it in pieces of `piece` bytes, each call with all that has come so far. */
static enum status feed(struct slice bytes, size_t piece, size_t *ret_len)
{
    struct framer framer;
    enum status status = STATUS_INCOMPLETE;
    framer_init(&framer);
    for (size_t have = 0; have < bytes.len && status == STATUS_INCOMPLETE;) {
        have = have + piece < bytes.len ? have + piece : bytes.len;
        struct bytes part = bytes_copy(bytes.data, have); /* ASan guards its end */
        status = framer_next(&framer, bytes_slice(part), ret_len);
        bytes_free(part);
    }
    return status;
}

static const char *const good[] = {
    "00",
    "c0",
    "90",
    "80",
    "a0",
    "93 01 02 03",
    "82 a161 01 a162 92 c3 c0",
    "94 00 01 a470696e67 91 80",
    "dc 0001 2a",
    "dd 00000002 01 02",
    "de 0001 01 02",
    "df 00000001 01 02",
    "d9 03 616263",
    "da 0003 616263",
    "db 00000003 616263",
    "c4 03 000102",
    "c5 0003 000102",
    "c6 00000003 000102",
    "ca 3f800000",
    "cb 3ff0000000000000",
    "cc ff",
    "cd ffff",
    "ce ffffffff",
    "cf ffffffffffffffff",
    "d0 80",
    "d1 8000",
    "d2 80000000",
    "d3 8000000000000000",
    "e0",
    "91919191919191919191919191919190", /* 16 levels, the innermost empty */
};

#define GOOD (sizeof(good) / sizeof(good[0]))

static void a_value_ends_where_it_ends(void **state)
{
    (void)state;
    for (size_t i = 0; i < GOOD; i++) {
        struct bytes value = bytes_hex(good[i]);
        size_t len = 0;
        assert_int_equal(frame_of(bytes_slice(value), &len), STATUS_OK);
        assert_int_equal(len, value.len);
        assert_int_equal(shape_check(bytes_slice(value), FRAME_DEPTH_MAX), STATUS_OK);

        /* What follows is not looked at by the framer, and is one byte too many for the check. */
        uint8_t more[64];
        memcpy(more, value.data, value.len);
        more[value.len] = 0xc1;
        assert_int_equal(frame_of(slice_of(more, value.len + 1), &len), STATUS_OK);
        assert_int_equal(len, value.len);
        assert_int_equal(shape_check(slice_of(more, value.len + 1), FRAME_DEPTH_MAX),
                         STATUS_BAD_REQUEST);
        bytes_free(value);
    }
}

static void a_value_cut_anywhere_is_incomplete(void **state)
{
    (void)state;
    for (size_t i = 0; i < GOOD; i++) {
        struct bytes value = bytes_hex(good[i]);
        for (size_t cut = 0; cut < value.len; cut++) {
            struct bytes part = bytes_copy(value.data, cut);
            size_t len = 77;
            assert_int_equal(frame_of(bytes_slice(part), &len), STATUS_INCOMPLETE);
            assert_int_equal(len, 77);
            assert_int_equal(shape_check(bytes_slice(part), FRAME_DEPTH_MAX), STATUS_BAD_REQUEST);
            bytes_free(part);
        }
        bytes_free(value);
    }
}

static void every_split_of_a_stream_gives_the_same_frame(void **state)
{
    (void)state;
    for (size_t i = 0; i < GOOD; i++) {
        struct bytes value = bytes_hex(good[i]);
        for (size_t piece = 1; piece <= value.len; piece++) {
            size_t len = 0;
            assert_int_equal(feed(bytes_slice(value), piece, &len), STATUS_OK);
            assert_int_equal(len, value.len);
        }
        for (size_t first = 1; first < value.len; first++) {
            struct framer framer;
            size_t len = 0;
            framer_init(&framer);
            assert_int_equal(framer_next(&framer, slice_of(value.data, first), &len),
                             STATUS_INCOMPLETE);
            assert_int_equal(framer_next(&framer, bytes_slice(value), &len), STATUS_OK);
            assert_int_equal(len, value.len);
        }
        bytes_free(value);
    }
}

static void one_framer_takes_one_value_after_the_other(void **state)
{
    (void)state;
    struct bytes stream = bytes_hex("93 01 02 03 81 a161 92 c0 c0 2a a3616263");
    static const size_t lengths[] = {4, 6, 1, 4};
    struct framer framer;
    size_t at = 0;
    framer_init(&framer);
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        size_t len = 0;
        assert_int_equal(framer_next(&framer, slice_of(stream.data + at, stream.len - at), &len),
                         STATUS_OK);
        assert_int_equal(len, lengths[i]);
        at += len;
    }
    assert_int_equal(at, stream.len);
    bytes_free(stream);
}

static void what_is_no_message_is_refused_at_its_first_byte(void **state)
{
    (void)state;
    static const char *const rows[] = {"c1", "91 c1", "c7",    "c8", "c9 ffffffff", "d4",
                                       "d5", "d6",    "d7 ff", "d8", "93 01 02 d4", "81 a161 c1"};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bytes bytes = bytes_hex(rows[i]);
        size_t len = 0;
        assert_int_equal(frame_of(bytes_slice(bytes), &len), STATUS_BAD_REQUEST);
        assert_int_equal(feed(bytes_slice(bytes), 1, &len), STATUS_BAD_REQUEST);
        assert_int_equal(shape_check(bytes_slice(bytes), FRAME_DEPTH_MAX), STATUS_BAD_REQUEST);
        bytes_free(bytes);
    }
}

static void bombs_are_refused_before_they_are_fed(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "dd 10000000", /* 2^28 values: a decoder would take 8 GiB */
        "df 08000000", /* 2^27 pairs */
        "df ffffffff", /* 2^33 values: more than 32 bits count */
        "dd ffffffff",
        "c6 ffffffff", /* 4 GiB of bytes */
        "db ffffffff",
        "c6 00400000", /* one head more than a frame holds */
        "dd 01000000 dd 01000000",
        "dd 00080000", /* FRAME_NODES_MAX and the array itself */
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bytes bytes = bytes_hex(rows[i]);
        size_t len = 0;
        assert_int_equal(frame_of(bytes_slice(bytes), &len), STATUS_TOO_LARGE);
        assert_int_equal(feed(bytes_slice(bytes), 1, &len), STATUS_TOO_LARGE);
        assert_int_equal(shape_check(bytes_slice(bytes), FRAME_DEPTH_MAX), STATUS_BAD_REQUEST);
        bytes_free(bytes);
    }
    struct bytes largest = bytes_hex("dd 0007ffff"); /* with itself FRAME_NODES_MAX values */
    size_t len = 0;
    assert_int_equal(frame_of(bytes_slice(largest), &len), STATUS_INCOMPLETE);
    bytes_free(largest);
}

static void depth_is_counted_with_empty_containers(void **state)
{
    (void)state;
    uint8_t deep[FRAME_DEPTH_MAX + 20];
    size_t len;
    memset(deep, 0x91, sizeof(deep));
    for (uint32_t depth = 1; depth <= FRAME_DEPTH_MAX + 4; depth++) {
        static const uint8_t innermost[] = {0x90, 0x80};
        for (size_t i = 0; i < sizeof(innermost); i++) {
            deep[depth - 1] = innermost[i];
            enum status expected = depth <= FRAME_DEPTH_MAX ? STATUS_OK : STATUS_TOO_LARGE;
            assert_int_equal(frame_of(slice_of(deep, depth), &len), expected);
            assert_int_equal(shape_check(slice_of(deep, depth), FRAME_DEPTH_MAX), expected);
            assert_int_equal(shape_check(slice_of(deep, depth), 100), expected);
            assert_int_equal(shape_check(slice_of(deep, depth), 5),
                             depth <= 5 ? STATUS_OK : STATUS_TOO_LARGE);
        }
        deep[depth - 1] = 0x91;
    }
    assert_int_equal(frame_of(slice_of(deep, sizeof(deep)), &len), STATUS_TOO_LARGE);
    uint8_t number = 5;
    assert_int_equal(shape_check(slice_of(&number, 1), 0), STATUS_OK);
}

static void a_closed_container_frees_its_level(void **state)
{
    (void)state;
    /* Siblings, each as deep as allowed: [[[…]], [[…]], 1] */
    uint8_t bytes[64];
    size_t at = 0;
    bytes[at++] = 0x93;
    for (int sibling = 0; sibling < 2; sibling++) {
        for (unsigned i = 0; i + 2 < FRAME_DEPTH_MAX; i++) {
            bytes[at++] = 0x91;
        }
        bytes[at++] = 0x90;
    }
    bytes[at++] = 0x01;
    size_t len;
    assert_int_equal(frame_of(slice_of(bytes, at), &len), STATUS_OK);
    assert_int_equal(len, at);
}

static void the_largest_frame_passes_and_one_byte_more_does_not(void **state)
{
    (void)state;
    uint8_t *bytes = calloc(1, FRAME_BYTES_MAX + 1);
    size_t len = 0;
    size_t body = FRAME_BYTES_MAX - 5;
    bytes[0] = 0xc6;
    for (int extra = 0; extra < 2; extra++) {
        size_t count = body + (size_t)extra;
        bytes[1] = (uint8_t)(count >> 24);
        bytes[2] = (uint8_t)(count >> 16 & 0xff);
        bytes[3] = (uint8_t)(count >> 8 & 0xff);
        bytes[4] = (uint8_t)(count & 0xff);
        enum status expected = extra ? STATUS_TOO_LARGE : STATUS_OK;
        assert_int_equal(frame_of(slice_of(bytes, count + 5), &len), expected);
        assert_int_equal(shape_check(slice_of(bytes, count + 5), 1), expected);
    }
    free(bytes);
}

/* S3: a peer that sends byte by byte costs O(n). Were it O(n^2), this would take minutes. */
static void slow_peers_are_cheap(void **state)
{
    (void)state;
    enum { VALUES = 500000 };
    static const uint8_t head[] = {0xdd, 0x00, 0x07, 0xa1, 0x20};
    uint8_t *bytes = calloc(1, VALUES + 5);
    struct framer framer;
    size_t len = 0;
    memcpy(bytes, head, sizeof(head));
    framer_init(&framer);
    for (size_t have = 1; have < VALUES + 5; have++) {
        assert_int_equal(framer_next(&framer, slice_of(bytes, have), &len), STATUS_INCOMPLETE);
    }
    assert_int_equal(framer_next(&framer, slice_of(bytes, VALUES + 5), &len), STATUS_OK);
    assert_int_equal(len, VALUES + 5);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_ends_where_it_ends),
        cmocka_unit_test(a_value_cut_anywhere_is_incomplete),
        cmocka_unit_test(every_split_of_a_stream_gives_the_same_frame),
        cmocka_unit_test(one_framer_takes_one_value_after_the_other),
        cmocka_unit_test(what_is_no_message_is_refused_at_its_first_byte),
        cmocka_unit_test(bombs_are_refused_before_they_are_fed),
        cmocka_unit_test(depth_is_counted_with_empty_containers),
        cmocka_unit_test(a_closed_container_frees_its_level),
        cmocka_unit_test(the_largest_frame_passes_and_one_byte_more_does_not),
        cmocka_unit_test(slow_peers_are_cheap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
