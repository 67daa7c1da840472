/* Days as offices write them: D1 and D2 of days.c. */

#include "tests/unit/import/support.h"

#include <stdlib.h>

#include "ops/import/values.h"
#include "proto/vocabulary.h"

static void assert_day(const char *text, bool since_1904, const char *expected)
{
    int32_t day = INT32_MIN;
    char back[11] = "";
    enum value_fault fault = day_parse(text, since_1904, &day);
    if (fault == VALUE_GOOD) {
        date_format(day, back);
    }
    if (strcmp(back, expected) != 0) {
        fail_msg("%s: %s instead of %s, fault %d", text, back, expected, (int)fault);
    }
}

static void assert_fault(const char *text, enum value_fault expected)
{
    int32_t day = 77;
    enum value_fault fault = day_parse(text, false, &day);
    if (fault != expected || day != 77) {
        fail_msg("%s: fault %d instead of %d", text, (int)fault, (int)expected);
    }
}

static void every_writing_is_one_day(void **state)
{
    static const char *const writings[] = {
        "2024-03-05",
        "2024-3-5",
        "2024/3/5",
        "2024/03/05",
        "2024.3.5",
        "20240305",
        "2024年3月5日",
        "2024年03月05号",
        "2024 年 3 月 5 日",
        "２０２４－３－５",
        "2024-03-05 10:22:31",
        "2024/3/5 9:05",
        "2024-03-05T10:22:31+08:00",
        "20240305 10:22:31",
        " 2024-03-05 ",
        "45356",
        "45356.75",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(writings) / sizeof(writings[0]); i++) {
        if (strchr(writings[i], ' ') != NULL && strstr(writings[i], "年") != NULL) {
            assert_fault(writings[i], VALUE_NO_DATE); /* a space within is no date */
        } else {
            assert_day(writings[i], false, "2024-03-05");
        }
    }
}

static void what_can_be_two_days_is_none(void **state)
{
    static const char *const texts[] = {
        "3/5/2024", "05-03-24", "24-3-5",        "2024-3", "2024年3月", "2024-03-05x", "二月三日",
        "",         "2024/3-5", "2024-03-05 25", "202435", "45356E1",   "2024-003-05"};
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        int32_t day;
        assert_int_not_equal(day_parse(texts[i], false, &day), VALUE_GOOD);
    }
}

static void days_that_never_were(void **state)
{
    (void)state;
    assert_fault("2023-02-29", VALUE_NO_SUCH_DAY);
    assert_fault("2024-13-20", VALUE_NO_SUCH_DAY);
    assert_fault("20240431", VALUE_NO_SUCH_DAY);
    assert_fault("1899-12-31", VALUE_NO_SUCH_DAY);
    assert_fault("2200-01-01", VALUE_NO_SUCH_DAY);
}

/* D1 */
static void serial_numbers_of_both_systems(void **state)
{
    int32_t day = 0;
    char back[11];
    static const struct {
        const char *serial;
        bool since_1904;
        const char *day;
    } cases[] = {{"1", false, "1900-01-01"},
                 {"59", false, "1900-02-28"},
                 {"61", false, "1900-03-01"},
                 {"25569", false, "1970-01-01"},
                 {"45356", false, "2024-03-05"},
                 {"0", true, "1904-01-01"},
                 {"43894", true, "2024-03-05"},
                 {"60", true, "1904-03-01"},
                 {"45356.999988", false, "2024-03-05"},
                 {"109574", false, "2199-12-31"}};
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(day_of_serial(cases[i].serial, cases[i].since_1904, &day), VALUE_GOOD);
        date_format(day, back);
        assert_string_equal(back, cases[i].day);
    }
    assert_int_equal(day_of_serial("60", false, &day), VALUE_NO_SUCH_DAY);
    assert_int_equal(day_of_serial("0", false, &day), VALUE_NO_SUCH_DAY);
    assert_int_equal(day_of_serial("109575", false, &day), VALUE_NO_SUCH_DAY);
    assert_int_equal(day_of_serial("-1", false, &day), VALUE_NO_DATE);
}

/* Every day that there is, in every writing. */
static void every_day_comes_back(void **state)
{
    (void)state;
    for (int32_t day = DAY_MIN; day <= DAY_MAX; day += 13) {
        static const char *const forms[] = {"%d-%d-%d", "%d/%02d/%02d", "%04d%02d%02d",
                                            "%d年%d月%d日", "%d.%d.%d"};
        char iso[11];
        char text[40];
        int32_t read = INT32_MIN;
        int year;
        int month;
        int date;
        date_format(day, iso);
        year = (int)strtol(iso, NULL, 10);
        month = (int)strtol(iso + 5, NULL, 10);
        date = (int)strtol(iso + 8, NULL, 10);
        for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
            (void)snprintf(text, sizeof(text), forms[i], year, month, date);
#pragma GCC diagnostic pop
            assert_int_equal(day_parse(text, false, &read), VALUE_GOOD);
            assert_int_equal(read, day);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_writing_is_one_day),
        cmocka_unit_test(what_can_be_two_days_is_none),
        cmocka_unit_test(days_that_never_were),
        cmocka_unit_test(serial_numbers_of_both_systems),
        cmocka_unit_test(every_day_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
