/* What a text may hold, by its role. */

#include "tests/unit/proto/support.h"

#include "proto/limits.h"
#include "proto/text.h"

static void plain_text_has_no_control_characters(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool plain;
    } rows[] = {
        {"", true},         {"a b/c", true},     {"北科转〔2024〕017号", true},
        {"😀", true},        {"tab\t", false},    {"line\n", false},
        {"\x7f", false},    {"\xc2\x85", false}, /* C1: next line */
        {"\xc2\xa0", true}, {"\xff", false},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(text_is_plain(slice_text(rows[i].text), 64), rows[i].plain);
    }
    assert_false(text_is_plain(slice_of("a\0b", 3), 64));
    assert_true(text_is_plain(slice_text("abc"), 3));
    assert_false(text_is_plain(slice_text("abcd"), 3));
}

static void an_aggregate_id_can_be_told_from_its_neighbours(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool good;
    } rows[] = {
        {"北科转〔2024〕017号", true},
        {"a", true},
        {"a.b-c_d:e#f", true},
        {"", false},
        {"a b", false},
        {"a/b", false},
        {"a\tb", false},
        {"a\xc2\xa0"
         "b",
         false}, /* no-break space */
        {"a\xe3\x80\x80"
         "b",
         false}, /* ideographic space */
        {"a\xe2\x80\x83"
         "b",
         false}, /* em space */
        {"a\xff", false},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(text_is_aggregate_id(slice_text(rows[i].text)), rows[i].good);
    }
}

static void ids_have_a_longest_length_in_bytes(void **state)
{
    (void)state;
    char text[AGGREGATE_ID_MAX + 1];
    memset(text, 'a', sizeof(text));
    assert_true(text_is_aggregate_id(slice_of(text, AGGREGATE_ID_MAX)));
    assert_false(text_is_aggregate_id(slice_of(text, AGGREGATE_ID_MAX + 1)));
    assert_true(text_is_event_id(slice_of(text, EVENT_ID_MAX)));
    assert_false(text_is_event_id(slice_of(text, EVENT_ID_MAX + 1)));
    assert_false(text_is_event_id(slice_of(text, 0)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_has_no_control_characters),
        cmocka_unit_test(an_aggregate_id_can_be_told_from_its_neighbours),
        cmocka_unit_test(ids_have_a_longest_length_in_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
