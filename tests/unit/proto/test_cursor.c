/* C1-C3 of cursor.h, by example; test_reference.c asks msgpack-c about the rest. */

#include "tests/unit/proto/support.h"

#include "proto/cursor.h"
#include "proto/limits.h"

static void integers_are_read_in_every_form(void **state)
{
    (void)state;
    static const struct {
        const char *hex;
        int64_t value;
    } rows[] = {
        {"00", 0},
        {"7f", 127},
        {"cc 05", 5},
        {"cd 0005", 5},
        {"ce 00000005", 5},
        {"cf 0000000000000005", 5},
        {"d0 05", 5},
        {"d3 0000000000000005", 5},
        {"e0", -32},
        {"ff", -1},
        {"d0 80", -128},
        {"d1 8000", -32768},
        {"d2 80000000", INT32_MIN},
        {"d3 8000000000000000", INT64_MIN},
        {"cf 7fffffffffffffff", INT64_MAX},
        {"ce ffffffff", UINT32_MAX},
        {"cb 41f0000000000000", INT64_C(1) << 32}, /* what a JavaScript client sends */
        {"cb 433fffffffffffff", WIRE_INT_MAX},
        {"cb c33fffffffffffff", -WIRE_INT_MAX},
        {"cb 8000000000000000", 0}, /* minus zero */
        {"ca 3f800000", 1},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bytes bytes = bytes_hex(rows[i].hex);
        int64_t value = 0;
        assert_true(value_int(bytes_slice(bytes), &value));
        assert_true(value == rows[i].value);
        bytes_free(bytes);
    }
}

static void what_no_client_keeps_exact_is_no_integer(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "cf 8000000000000000", /* above INT64_MAX */
        "cb 4340000000000000", /* 2^53 */
        "cb c340000000000000",
        "cb 3fe0000000000000", /* 0.5 */
        "cb 7ff8000000000000", /* NaN */
        "cb 7ff0000000000000", /* infinity */
        "ca 7fc00000",
        "ca 3f000000",
        "a1 31",
        "c0",
        "",
        "cd 00", /* cut short */
        "00 00", /* two values */
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bytes bytes = bytes_hex(rows[i]);
        int64_t value = 77;
        assert_false(value_int(bytes_slice(bytes), &value));
        assert_int_equal(value, 77);
        bytes_free(bytes);
    }
}

static void a_failed_call_does_not_move_and_stays_failed(void **state)
{
    (void)state;
    struct bytes bytes = bytes_hex("a161 05");
    struct cursor cursor = cursor_over(bytes_slice(bytes));
    struct slice text;
    int64_t value;

    assert_int_equal(cursor_peek(&cursor), CURSOR_STR);
    assert_false(cursor_int(&cursor, &value));
    assert_ptr_equal(cursor.at, bytes.data);
    assert_true(cursor.bad);
    assert_int_equal(cursor_peek(&cursor), CURSOR_NONE);
    assert_false(cursor_str(&cursor, &text));
    assert_false(cursor_skip(&cursor));
    bytes_free(bytes);
}

static void every_first_byte_has_its_type(void **state)
{
    (void)state;
    uint8_t bytes[32] = {0};
    for (unsigned first = 0; first < 256; first++) {
        enum cursor_type expected = CURSOR_INT;
        if (first >= 0x80 && first < 0xc0) {
            expected = first < 0x90 ? CURSOR_MAP : first < 0xa0 ? CURSOR_ARRAY : CURSOR_STR;
        } else if (first >= 0xc0 && first < 0xe0) {
            static const char letters[] = "n-bbBBBEEEffiiiiiiiiEEEEESSSaamm";
            static const char known[] = "-nbifSBamE"; /* as enum cursor_type */
            expected = (enum cursor_type)(strchr(known, letters[first - 0xc0]) - known);
        }
        bytes[0] = (uint8_t)first;
        struct cursor cursor = cursor_over(slice_of(bytes, sizeof(bytes)));
        assert_int_equal(cursor_peek(&cursor), expected);
    }
}

static void a_whole_value_is_taken_with_what_is_in_it(void **state)
{
    (void)state;
    struct bytes bytes = bytes_hex("82 a161 93 01 02 a178 a162 81 c0 c4 01 ff 2a");
    struct cursor cursor = cursor_over(bytes_slice(bytes));
    struct slice value;
    int64_t last;

    assert_true(cursor_value(&cursor, &value));
    assert_int_equal(value.len, bytes.len - 1);
    assert_true(cursor_int(&cursor, &last));
    assert_int_equal(last, 42);
    assert_int_equal(cursor_peek(&cursor), CURSOR_NONE);

    for (size_t len = 0; len + 1 < bytes.len; len++) {
        struct bytes part = bytes_copy(bytes.data, len);
        cursor = cursor_over(bytes_slice(part));
        assert_false(cursor_value(&cursor, &value));
        bytes_free(part);
    }
    bytes_free(bytes);
}

static void a_declared_count_is_not_believed(void **state)
{
    (void)state;
    static const char *const bombs[] = {"dd 10000000",    "df ffffffff 00", "dc ffff 00 00",
                                        "c6 ffffffff 00", "db 80000000",    "c9 ffffffff 01"};
    for (size_t i = 0; i < sizeof(bombs) / sizeof(bombs[0]); i++) {
        struct bytes bytes = bytes_hex(bombs[i]);
        struct cursor cursor = cursor_over(bytes_slice(bytes));
        assert_false(cursor_skip(&cursor));
        bytes_free(bytes);
    }
}

static void text_may_come_as_bytes_if_it_is_text(void **state)
{
    (void)state;
    struct bytes good = bytes_hex("c4 03 e58c97");
    struct bytes bad = bytes_hex("c4 02 ff00");
    struct slice text;
    assert_true(value_text(bytes_slice(good), &text));
    assert_true(slice_is(text, "北"));
    assert_false(value_text(bytes_slice(bad), &text));
    bytes_free(good);
    bytes_free(bad);
}

static void a_key_is_found_in_a_map_and_nowhere_else(void **state)
{
    (void)state;
    struct bytes map = bytes_json("{\"one\": 1, \"two\": {\"one\": 11}, \"three\": true}");
    struct bytes list = bytes_json("[\"one\", 1]");
    struct slice value;
    int64_t number;
    bool flag = false;

    assert_true(map_find(bytes_slice(map), "one", &value));
    assert_true(value_int(value, &number));
    assert_int_equal(number, 1);
    assert_true(map_find(bytes_slice(map), "two", &value));
    assert_true(map_find(value, "one", &value));
    assert_true(value_int(value, &number));
    assert_int_equal(number, 11);
    assert_true(map_find(bytes_slice(map), "three", &value));
    assert_true(value_bool(value, &flag));
    assert_true(flag);
    assert_false(map_find(bytes_slice(map), "on", &value));
    assert_false(map_find(bytes_slice(list), "one", &value));
    assert_false(map_find(slice_of(NULL, 0), "one", &value));
    bytes_free(map);
    bytes_free(list);
}

static void utf8_is_what_the_standard_says(void **state)
{
    (void)state;
    static const struct {
        const char *hex;
        bool valid;
    } rows[] = {
        {"", true},
        {"41", true},
        {"c280", true},
        {"e0a080", true},
        {"ed9fbf", true},
        {"ee8080", true},
        {"efbfbf", true},
        {"f0908080", true},
        {"f48fbfbf", true},
        {"4142434445464748 e58c97", true},
        {"80", false},
        {"c080", false}, /* overlong */
        {"c1bf", false},
        {"e08080", false},
        {"e09fbf", false},
        {"f08fbfbf", false},
        {"eda080", false}, /* a surrogate */
        {"edbfbf", false},
        {"f4908080", false}, /* past U+10FFFF */
        {"f5808080", false},
        {"ff", false},
        {"c2", false}, /* cut short */
        {"e58c", false},
        {"f09f98", false},
        {"e58c41", false},
        {"41424344454647 ff", false},
        {"4142434445464748 41424344454647 c3", false},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bytes bytes = bytes_hex(rows[i].hex);
        assert_int_equal(utf8_valid(bytes_slice(bytes)), rows[i].valid);
        bytes_free(bytes);
    }
}

/* Every code point, by an encoder that is a few lines: what is valid and what is read agree. */
static void every_character_is_read_back(void **state)
{
    (void)state;
    for (uint32_t point = 0; point < 0x110400; point++) {
        uint8_t text[4];
        size_t len = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
        static const uint8_t first[5] = {0, 0, 0xc0, 0xe0, 0xf0};
        for (size_t i = len; i > 1; i--) {
            text[i - 1] = (uint8_t)(0x80 | (point >> 6 * (len - i) & 0x3f));
        }
        text[0] = (uint8_t)(first[len] | point >> 6 * (len - 1));
        bool valid = point < 0x110000 && (point < 0xd800 || point > 0xdfff);
        uint32_t found = 0;
        assert_int_equal(utf8_valid(slice_of(text, len)), valid);
        assert_int_equal(utf8_next(slice_of(text, len), 0, &found), valid ? len : 0);
        assert_true(!valid || found == point);
        char again[4];
        assert_true(!valid || (utf8_put(point, again) == len && memcmp(again, text, len) == 0));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_are_read_in_every_form),
        cmocka_unit_test(what_no_client_keeps_exact_is_no_integer),
        cmocka_unit_test(a_failed_call_does_not_move_and_stays_failed),
        cmocka_unit_test(every_first_byte_has_its_type),
        cmocka_unit_test(a_whole_value_is_taken_with_what_is_in_it),
        cmocka_unit_test(a_declared_count_is_not_believed),
        cmocka_unit_test(text_may_come_as_bytes_if_it_is_text),
        cmocka_unit_test(a_key_is_found_in_a_map_and_nowhere_else),
        cmocka_unit_test(utf8_is_what_the_standard_says),
        cmocka_unit_test(every_character_is_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
