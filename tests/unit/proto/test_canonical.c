/* N1-N4 of canonical.h: the published vectors, and what vectors do not show. */

#include "tests/unit/proto/support.h"

#include "proto/canonical.h"
#include "proto/limits.h"
#include "proto/shape.h"

#include <stdlib.h>

#define VECTOR_DEPTH 8u

struct result {
    enum status status;
    struct bytes bytes;
    struct fault fault;
};

static struct result canonical_of(struct slice input, uint32_t depth)
{
    struct result result;
    uint8_t *buffer = malloc(BUFFER_BYTES);
    assert_non_null(buffer);
    struct writer out = writer_over(buffer, BUFFER_BYTES);
    (void)fault_set(&result.fault, STATUS_OK, NULL);
    result.status = canonical_write(input, depth, "data", &out, &result.fault);
    result.bytes = bytes_copy(buffer, out.len);
    free(buffer);
    return result;
}

static void accepts(struct slice input, struct slice expected)
{
    struct result first = canonical_of(input, VECTOR_DEPTH);
    assert_int_equal(first.status, STATUS_OK);
    assert_bytes_equal(bytes_slice(first.bytes), expected);
    assert_int_equal(canonical_is(input, VECTOR_DEPTH), slice_equal(input, expected));
    assert_true(canonical_is(expected, VECTOR_DEPTH));

    struct result second = canonical_of(bytes_slice(first.bytes), VECTOR_DEPTH);
    assert_int_equal(second.status, STATUS_OK); /* N4 */
    assert_bytes_equal(bytes_slice(second.bytes), expected);
    bytes_free(first.bytes);
    bytes_free(second.bytes);
}

static void refuses(struct slice input, const char *code, const char *field)
{
    assert_false(canonical_is(input, VECTOR_DEPTH));
    struct result result = canonical_of(input, VECTOR_DEPTH);
    assert_int_not_equal(result.status, STATUS_OK);
    bytes_free(result.bytes);
    if (strcmp(code, "BAD_REQUEST") == 0) {
        assert_int_equal(shape_check(input, FRAME_DEPTH_MAX), STATUS_BAD_REQUEST);
        return;
    }
    assert_int_equal(shape_check(input, FRAME_DEPTH_MAX), STATUS_OK);
    assert_string_equal(status_name(result.status), code);
    assert_int_equal(result.fault.code, result.status);
    assert_string_equal(result.fault.field, field);
}

static void the_published_vectors_hold(void **state)
{
    (void)state;
    json_t *file = json_of_tree("tests/vectors/canonical.json");
    json_t *rows = json_object_get(file, "vectors");
    assert_true(json_array_size(rows) > 80);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *row = json_array_get(rows, i);
        struct bytes input = bytes_hex(json_text(row, "input"));
        print_message("  %s\n", json_text(row, "name"));
        if (json_object_get(row, "canonical")) {
            struct bytes expected = bytes_hex(json_text(row, "canonical"));
            accepts(bytes_slice(input), bytes_slice(expected));
            bytes_free(expected);
        } else {
            json_t *field = json_object_get(row, "field");
            refuses(bytes_slice(input), json_text(row, "error"),
                    field ? json_string_value(field) : "");
        }
        bytes_free(input);
    }
    json_decref(file);
}

static void order_of_keys_does_not_matter(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "{\"a\": 1, \"b\": {\"x\": [], \"y\": {}}, \"c\": \"t\"}",
        "{\"c\": \"t\", \"b\": {\"y\": {}, \"x\": []}, \"a\": 1}",
        "{\"b\": {\"x\": [], \"y\": {}}, \"a\": 1, \"c\": \"t\"}",
    };
    struct bytes first = bytes_json(rows[0]);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bytes input = bytes_json(rows[i]);
        accepts(bytes_slice(input), bytes_slice(first));
        bytes_free(input);
    }
    bytes_free(first);
}

/* A fresh permutation each round, by a generator of our own: the seed is the round. */
static void shuffle(uint32_t *items, uint32_t count, uint32_t seed)
{
    for (uint32_t i = 0; i < count; i++) {
        items[i] = i;
    }
    for (uint32_t i = count; i > 1; i--) {
        seed = seed * 1664525 + 1013904223;
        uint32_t at = (seed >> 8) % i;
        uint32_t kept = items[i - 1];
        items[i - 1] = items[at];
        items[at] = kept;
    }
}

static void any_number_of_keys_is_sorted(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 2, 15, 16, 31, 32, 33, 100, 1023, MAP_KEYS_MAX};
    uint32_t items[MAP_KEYS_MAX];
    uint8_t *buffer = malloc(BUFFER_BYTES);
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        struct bytes both[2] = {{0}};
        for (uint32_t round = 0; round < 2; round++) {
            struct writer out = writer_over(buffer, BUFFER_BYTES);
            shuffle(items, counts[i], round);
            write_map(&out, counts[i]);
            for (uint32_t k = 0; k < counts[i]; k++) {
                uint8_t key[2] = {(uint8_t)('A' + items[k] / 32), (uint8_t)('0' + items[k] % 32)};
                write_str(&out, slice_of(key, 2));
                write_uint(&out, items[k]);
            }
            struct result result = canonical_of(writer_slice(&out), VECTOR_DEPTH);
            assert_int_equal(result.status, STATUS_OK);
            both[round] = result.bytes;
        }
        assert_bytes_equal(bytes_slice(both[0]), bytes_slice(both[1]));
        assert_true(canonical_is(bytes_slice(both[0]), VECTOR_DEPTH));
        bytes_free(both[0]);
        bytes_free(both[1]);
    }
    free(buffer);
}

static void a_writer_without_room_says_so(void **state)
{
    (void)state;
    struct bytes input =
        bytes_json("{\"b\": [1, 2, 70000], \"a\": {\"text\": \"twenty bytes of text\"}}");
    struct fault fault;
    for (size_t size = 0; size <= input.len; size++) {
        uint8_t *buffer = malloc(size > 0 ? size : 1);
        struct writer out = writer_over(buffer, size);
        enum status status =
            canonical_write(bytes_slice(input), VECTOR_DEPTH, "data", &out, &fault);
        assert_int_equal(status, size < input.len ? STATUS_TOO_LARGE : STATUS_OK);
        free(buffer);
    }
    bytes_free(input);
}

static void it_is_appended_to_what_was_there(void **state)
{
    (void)state;
    uint8_t buffer[16];
    struct writer out = writer_over(buffer, sizeof(buffer));
    struct fault fault;
    uint8_t five[] = {0xcd, 0x00, 0x05};
    write_nil(&out);
    assert_int_equal(canonical_write(slice_of(five, 3), 1, "data", &out, &fault), STATUS_OK);
    assert_int_equal(out.len, 2);
    assert_int_equal(buffer[0], 0xc0);
    assert_int_equal(buffer[1], 5);
}

static void every_single_byte_change_of_a_canonical_form_is_judged_alike(void **state)
{
    (void)state;
    struct bytes input = bytes_json("{\"a\": [1, 200, -40], \"b\": {\"c\": \"北京\", \"d\": 70000},"
                                    " \"e\": \"a text of more than thirty-two bytes\"}");
    for (size_t at = 0; at < input.len; at++) {
        for (unsigned value = 0; value < 256; value++) {
            struct bytes changed = bytes_copy(input.data, input.len);
            changed.data[at] = (uint8_t)value;
            struct result result = canonical_of(bytes_slice(changed), VECTOR_DEPTH);
            bool same = result.status == STATUS_OK &&
                        slice_equal(bytes_slice(result.bytes), bytes_slice(changed));
            assert_int_equal(canonical_is(bytes_slice(changed), VECTOR_DEPTH), same);
            bytes_free(result.bytes);
            bytes_free(changed);
        }
    }
    bytes_free(input);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_vectors_hold),
        cmocka_unit_test(order_of_keys_does_not_matter),
        cmocka_unit_test(any_number_of_keys_is_sorted),
        cmocka_unit_test(a_writer_without_room_says_so),
        cmocka_unit_test(it_is_appended_to_what_was_there),
        cmocka_unit_test(every_single_byte_change_of_a_canonical_form_is_judged_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
