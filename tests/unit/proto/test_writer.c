/* W1 of writer.h, and the shortest forms. */

#include "tests/unit/proto/support.h"

#include "proto/cursor.h"

#include <stdlib.h>

static void expect(const struct writer *out, const char *hex)
{
    struct bytes bytes = bytes_hex(hex);
    assert_bytes_equal(writer_slice(out), bytes_slice(bytes));
    bytes_free(bytes);
}

static void integers_take_their_shortest_form(void **state)
{
    (void)state;
    static const struct {
        int64_t value;
        const char *hex;
    } rows[] = {
        {0, "00"},
        {127, "7f"},
        {128, "cc80"},
        {255, "ccff"},
        {256, "cd0100"},
        {65535, "cdffff"},
        {65536, "ce00010000"},
        {UINT32_MAX, "ceffffffff"},
        {INT64_C(1) << 32, "cf0000000100000000"},
        {INT64_MAX, "cf7fffffffffffffff"},
        {-1, "ff"},
        {-32, "e0"},
        {-33, "d0df"},
        {-128, "d080"},
        {-129, "d1ff7f"},
        {-32768, "d18000"},
        {-32769, "d2ffff7fff"},
        {INT32_MIN, "d280000000"},
        {INT64_C(-2147483649), "d3ffffffff7fffffff"},
        {INT64_MIN, "d38000000000000000"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t buffer[16];
        struct writer out = writer_over(buffer, sizeof(buffer));
        write_int(&out, rows[i].value);
        expect(&out, rows[i].hex);
    }
}

static void simple_values_and_counts(void **state)
{
    (void)state;
    uint8_t buffer[64];
    struct writer out = writer_over(buffer, sizeof(buffer));
    write_nil(&out);
    write_bool(&out, true);
    write_bool(&out, false);
    write_uint(&out, UINT64_MAX);
    write_array(&out, 15);
    write_array(&out, 16);
    write_array(&out, 65536);
    write_map(&out, 0);
    write_map(&out, 16);
    write_map(&out, UINT32_MAX);
    write_bin(&out, slice_text("ab"));
    write_raw(&out, slice_of(NULL, 0));
    expect(&out, "c0 c3 c2 cfffffffffffffffff 9f dc0010 dd00010000 80 de0010 dfffffffff c4026162");
}

static void texts_change_form_with_their_length(void **state)
{
    (void)state;
    static const struct {
        size_t len, head_str, head_bin;
    } rows[] = {{0, 1, 2},   {31, 1, 2},    {32, 2, 2},   {255, 2, 2},
                {256, 3, 3}, {65535, 3, 3}, {65536, 5, 5}};
    uint8_t *text = calloc(1, 65536);
    uint8_t *buffer = malloc(BUFFER_BYTES);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct writer out = writer_over(buffer, BUFFER_BYTES);
        struct slice found;
        write_str(&out, slice_of(text, rows[i].len));
        assert_int_equal(out.len, rows[i].len + rows[i].head_str);
        assert_true(value_text(writer_slice(&out), &found));
        assert_int_equal(found.len, rows[i].len);
        out = writer_over(buffer, BUFFER_BYTES);
        write_bin(&out, slice_of(text, rows[i].len));
        assert_int_equal(out.len, rows[i].len + rows[i].head_bin);
    }
    free(text);
    free(buffer);
}

/* One of everything. Gives what it would need. */
static size_t write_all(struct writer *out)
{
    size_t map = write_map_begin(out);
    write_text(out, "key");
    size_t list = write_array_begin(out);
    write_int(out, -40000);
    write_bin(out, slice_text("bytes"));
    write_nil(out);
    write_array_end(out, list, 3);
    write_map_end(out, map, 1);
    return 3 + 4 + 5 + 5 + 7 + 1;
}

static void a_full_writer_writes_nothing_more(void **state)
{
    (void)state;
    uint8_t whole[64];
    struct writer complete = writer_over(whole, sizeof(whole));
    size_t needed = write_all(&complete);
    assert_false(complete.full);
    assert_int_equal(complete.len, needed);

    for (size_t size = 0; size < needed; size++) {
        uint8_t *buffer = malloc(size > 0 ? size : 1); /* ASan guards its end */
        struct writer out = writer_over(buffer, size);
        (void)write_all(&out);
        assert_true(out.full);
        assert_true(out.len <= size);
        size_t len = out.len;
        write_nil(&out); /* would fit */
        assert_int_equal(out.len, len);
        free(buffer);
    }
}

static void a_value_that_does_not_fit_leaves_no_head(void **state)
{
    (void)state;
    uint8_t buffer[8];
    struct writer out = writer_over(buffer, sizeof(buffer));
    write_nil(&out);
    write_text(&out, "longer than that");
    assert_true(out.full);
    assert_int_equal(out.len, 1);
}

static void counts_can_be_put_in_afterwards(void **state)
{
    (void)state;
    uint8_t buffer[64];
    struct writer out = writer_over(buffer, sizeof(buffer));
    (void)write_all(&out);
    expect(&out, "de0001 a36b6579 dd00000003 d2ffff63c0 c4056279746573 c0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_take_their_shortest_form),
        cmocka_unit_test(simple_values_and_counts),
        cmocka_unit_test(texts_change_form_with_their_length),
        cmocka_unit_test(a_full_writer_writes_nothing_more),
        cmocka_unit_test(a_value_that_does_not_fit_leaves_no_head),
        cmocka_unit_test(counts_can_be_put_in_afterwards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
