/* Numbers that prove themselves, and currencies. The resident number is the sample of
 * GB 11643, made up there; the others were computed by hand from it. */

#include "tests/unit/vocabulary/support.h"

#define SAMPLE "11010519491231002X"
#define DIGITS "120101199003071235" /* all digits: 18 of them */

static bool found(const char *text)
{
    return personal_id_found(slice_text(text));
}

static void a_resident_number_is_found_anywhere(void **state)
{
    (void)state;
    assert_true(found(SAMPLE));
    assert_true(found("11010519491231002x"));
    assert_true(found(DIGITS));
    assert_true(found("发明人张三（" SAMPLE "）已签字"));
    assert_true(found("a" SAMPLE "b"));
    assert_true(found("id:" DIGITS ";"));
    assert_true(found("12 345 6789012345678901234567 " DIGITS));
    assert_true(found("12010119900307123 " SAMPLE));
    assert_true(found("310101200102290012 " SAMPLE)); /* 2001-02-29 is no day, the next is */
}

static void every_place_in_a_text_is_searched(void **state)
{
    (void)state;
    for (size_t before = 0; before < 60; before++) {
        char text[128];
        memset(text, '-', sizeof(text));
        for (size_t i = 0; i < 18; i++) {
            text[before + i] = DIGITS[i];
        }
        assert_true(personal_id_found(slice_of(text, before + 18)));
        assert_true(personal_id_found(slice_of(text, before + 40)));
        assert_false(personal_id_found(slice_of(text, before + 17)));
    }
}

static void a_longer_run_of_digits_is_none(void **state)
{
    (void)state;
    assert_false(found("1" SAMPLE));
    assert_false(found("9" DIGITS));
    assert_false(found(DIGITS "0"));
    assert_false(found(SAMPLE "1"));
    assert_false(found("20260315" DIGITS "000001"));
}

static void a_wrong_check_character_is_none(void **state)
{
    (void)state;
    assert_false(found("110105194912310021"));
    assert_false(found("11010519491231002Y"));
    assert_false(found("120101199003071234"));
    assert_false(found("12010119900307123X"));
}

static void an_impossible_birthday_is_none(void **state)
{
    (void)state;
    assert_false(found("310101200102290012")); /* 29 February 2001, check character right */
    assert_false(found("440524188001010014")); /* 1880, check character right */
    assert_true(found("12010120000229001X"));  /* 29 February 2000 */
}

static void short_and_empty_texts_are_none(void **state)
{
    (void)state;
    assert_false(personal_id_found(slice_of(NULL, 0)));
    assert_false(found(""));
    assert_false(found("11010519491231002"));
    assert_false(found("ZL202010123456.7"));
}

static void a_credit_code_has_the_right_check_character(void **state)
{
    (void)state;
    assert_true(uscc_valid(slice_text("91350100M000100Y43"))); /* the sample of GB 32100 */
    assert_true(uscc_valid(slice_text("91110000802100433B")));
    assert_true(uscc_valid(slice_text("9144030071526726XG")));
    assert_false(uscc_valid(slice_text("91350100M000100Y44")));
    assert_false(uscc_valid(slice_text("91350100M000100Y34"))); /* two changed places */
    assert_false(uscc_valid(slice_text("91350100m000100y43"))); /* capital letters only */
    assert_false(uscc_valid(slice_text("9135O100M000100Y43"))); /* letter O */
    assert_false(uscc_valid(slice_text("91350100M000100Y4")));
    assert_false(uscc_valid(slice_text("91350100M000100Y433")));
    assert_false(uscc_valid(slice_text("")));
    assert_false(uscc_valid(slice_of("91350100M000100Y4\0", 18)));
}

/* Any one character replaced by any other is noticed. */
static void a_credit_code_notices_every_single_mistake(void **state)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    (void)state;
    for (size_t at = 0; at < 18; at++) {
        for (size_t i = 0; alphabet[i]; i++) {
            char code[] = "91350100M000100Y43";
            bool same = code[at] == alphabet[i];
            code[at] = alphabet[i];
            assert_int_equal(uscc_valid(slice_text(code)), same);
        }
    }
}

static void a_currency_has_its_minor_units(void **state)
{
    (void)state;
    assert_int_equal(currency_exponent(slice_text("CNY")), 2);
    assert_int_equal(currency_exponent(slice_text("JPY")), 0);
    assert_int_equal(currency_exponent(slice_text("KRW")), 0);
    assert_int_equal(currency_exponent(slice_text("KWD")), 3);
    assert_int_equal(currency_exponent(slice_text("cny")), -1);
    assert_int_equal(currency_exponent(slice_text("QQQ")), -1);
    assert_int_equal(currency_exponent(slice_text("CNYX")), -1);
    assert_int_equal(currency_exponent(slice_text("")), -1);
    assert_string_equal(currency_code(-1), "");
    assert_string_equal(currency_code(10000), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_resident_number_is_found_anywhere),
        cmocka_unit_test(every_place_in_a_text_is_searched),
        cmocka_unit_test(a_longer_run_of_digits_is_none),
        cmocka_unit_test(a_wrong_check_character_is_none),
        cmocka_unit_test(an_impossible_birthday_is_none),
        cmocka_unit_test(short_and_empty_texts_are_none),
        cmocka_unit_test(a_credit_code_has_the_right_check_character),
        cmocka_unit_test(a_credit_code_notices_every_single_mistake),
        cmocka_unit_test(a_currency_has_its_minor_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
