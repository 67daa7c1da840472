/* D1 and D2 of dates.c. */

#include "tests/unit/vocabulary/support.h"

static bool parse(const char *text, int32_t *ret_day)
{
    return date_parse(slice_text(text), ret_day);
}

static void assert_day(const char *text, int32_t expected)
{
    int32_t day = INT32_MIN;
    char back[11];
    assert_true(parse(text, &day));
    assert_int_equal(day, expected);
    date_format(day, back);
    assert_string_equal(back, text);
}

static void known_days_have_their_numbers(void **state)
{
    (void)state;
    assert_day("1970-01-01", 0);
    assert_day("1969-12-31", -1);
    assert_day("1900-01-01", DAY_MIN);
    assert_day("2199-12-31", DAY_MAX);
    assert_day("2000-02-29", 11016);
    assert_day("2000-03-01", 11017);
    assert_day("2024-02-29", 19782);
    assert_day("2025-03-03", 20150);
    assert_day("2026-04-08", 20551);
}

static void leap_days_exist_in_leap_years_only(void **state)
{
    int32_t day;
    (void)state;
    assert_true(parse("2024-02-29", &day));
    assert_true(parse("2000-02-29", &day));
    assert_false(parse("1900-02-29", &day));
    assert_false(parse("2100-02-29", &day));
    assert_false(parse("2023-02-29", &day));
    assert_false(parse("2024-02-30", &day));
}

static void a_bad_form_is_no_date(void **state)
{
    static const char *const wrong[] = {
        "",           "2024",        "2024-1-01",  "2024-01-1",  "2024-01-01 ", " 2024-01-01",
        "2024/01/01", "20240101",    "2024-00-01", "2024-13-01", "2024-01-00",  "2024-01-32",
        "2024-04-31", "2024-06-31",  "2024-09-31", "2024-11-31", "1899-12-31",  "2200-01-01",
        "0000-00-00", "2O24-01-01",  "2024-0a-01", "2024-01-0a", "-024-01-01",  "2024-01-01T00",
        "９９９９",   "+2024-01-01", "9999-12-31", "2024-01--1", "2024--1-01"};
    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        int32_t day = 77;
        assert_false(parse(wrong[i], &day));
        assert_int_equal(day, 77);
    }
}

static void every_day_comes_back(void **state)
{
    char before[11] = "";
    (void)state;
    for (int32_t day = DAY_MIN; day <= DAY_MAX; day++) {
        char text[11];
        int32_t back = INT32_MIN;
        date_format(day, text);
        assert_int_equal(strlen(text), 10);
        assert_true(parse(text, &back));
        assert_int_equal(back, day);
        assert_true(strcmp(before, text) < 0);
        memcpy(before, text, sizeof(before));
    }
}

static void a_day_out_of_bounds_is_written_as_the_bound(void **state)
{
    char text[11];
    (void)state;
    date_format(INT32_MIN, text);
    assert_string_equal(text, "1900-01-01");
    date_format(INT32_MAX, text);
    assert_string_equal(text, "2199-12-31");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days_have_their_numbers),
        cmocka_unit_test(leap_days_exist_in_leap_years_only),
        cmocka_unit_test(a_bad_form_is_no_date),
        cmocka_unit_test(every_day_comes_back),
        cmocka_unit_test(a_day_out_of_bounds_is_written_as_the_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
