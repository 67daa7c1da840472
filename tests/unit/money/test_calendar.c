/* Days, months, working days, rates (domain 4.8, ruling 16). */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "daemon/ledger/calendar.h"
#include "proto/limits.h"

static int32_t day(const char *text)
{
    int32_t parsed;
    assert_true(date_parse(slice_text(text), &parsed));
    return parsed;
}

static void assert_day(int32_t actual, const char *expected)
{
    char text[11];
    date_format(actual, text);
    assert_string_equal(text, expected);
}

static void every_day_goes_both_ways(void **state)
{
    (void)state;
    unsigned weekday = weekday_of(DAY_MIN);
    assert_int_equal(weekday, 0); /* 1900-01-01 was a Monday */
    for (int32_t at = DAY_MIN; at <= DAY_MAX; at++) {
        struct civil civil = civil_of(at);
        assert_int_equal(day_of(civil.year, civil.month, civil.day), at);
        char text[11];
        int32_t parsed;
        date_format(at, text);
        assert_true(date_parse(slice_text(text), &parsed));
        assert_int_equal(parsed, at);
        assert_int_equal(weekday_of(at), weekday);
        weekday = (weekday + 1) % 7;
    }
}

static void months_keep_the_day_or_end_the_month(void **state)
{
    (void)state;
    assert_day(add_months(day("2024-01-31"), 1), "2024-02-29");
    assert_day(add_months(day("2024-01-31"), 2), "2024-03-31");
    assert_day(add_months(day("2024-02-29"), 12), "2025-02-28");
    assert_day(add_months(day("2025-11-20"), 12), "2026-11-20");
    assert_day(add_months(day("2025-11-21"), 13), "2026-12-21");
    assert_day(add_months(day("2024-03-31"), -1), "2024-02-29");
    assert_day(add_months(day("2024-12-31"), 0), "2024-12-31");
    assert_day(add_months(day("2023-12-15"), 1), "2024-01-15");
}

static void months_stay_within_the_calendar(void **state)
{
    (void)state;
    assert_int_equal(add_months(day("2199-06-30"), 12), DAY_MAX);
    assert_int_equal(add_months(day("1900-01-31"), -1), DAY_MIN);
    assert_int_equal(add_months(DAY_MAX, INT32_MAX), DAY_MAX);
    assert_int_equal(add_months(DAY_MIN, INT32_MIN), DAY_MIN);
}

static void mark(struct facts *facts, uint64_t seq, const char *text, enum day_kind kind)
{
    struct day_row *row =
        facts_add(facts, FACT_DAY, seq, day("2026-01-01"), (uint32_t)(day(text) - DAY_MIN));
    row->kind = (uint8_t)kind;
}

static void days_off_roll_to_the_next_working_day(void **state)
{
    (void)state;
    struct facts *facts = facts_new();
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    assert_day(roll_following(facts, day("2025-12-21"), &now), "2025-12-22"); /* Sunday */
    assert_day(roll_following(facts, day("2026-01-10"), &now), "2026-01-12"); /* Saturday */
    assert_day(roll_following(facts, day("2026-04-08"), &now), "2026-04-08");

    mark(facts, 1, "2026-04-06", DAY_KIND_holiday); /* a Monday */
    mark(facts, 2, "2026-01-10", DAY_KIND_workday); /* a Saturday worked */
    assert_day(roll_following(facts, day("2026-04-04"), &now), "2026-04-07");
    assert_day(roll_following(facts, day("2026-01-10"), &now), "2026-01-10");
    facts_free(facts);
}

static void marks_obey_known_at_and_not_as_of(void **state)
{
    (void)state;
    struct facts *facts = facts_new();
    mark(facts, 5, "2026-04-06", DAY_KIND_holiday);
    mark(facts, 9, "2026-04-06", DAY_KIND_workday);
    struct viewpoint view = viewpoint_now(facts, day("2020-01-01"));
    assert_true(working_day(facts, day("2026-04-06"), &view)); /* the later mark */
    view.known_at = 8;
    assert_false(working_day(facts, day("2026-04-06"), &view));
    view.known_at = 4;
    assert_true(working_day(facts, day("2026-04-06"), &view));
    facts_free(facts);
}

static void a_holiday_reversed_is_none(void **state)
{
    (void)state;
    struct facts *facts = facts_new();
    mark(facts, 1, "2026-04-06", DAY_KIND_holiday);
    struct day_row *row = facts_row(facts, FACT_DAY, 0);
    atomic_store(&row->fact.reversed_by, 3);
    struct viewpoint view = viewpoint_now(facts, DAY_MAX);
    assert_true(working_day(facts, day("2026-04-06"), &view));
    view.known_at = 2;
    assert_false(working_day(facts, day("2026-04-06"), &view));
    facts_free(facts);
}

static void publish_rate(struct facts *facts, uint64_t seq, const char *kind, const char *from,
                         int64_t ppm)
{
    uint32_t rates = aggregate_make(facts, KIND_rates, slice_text("rates"), seq);
    struct rate_row *row = facts_add(facts, FACT_RATE, seq, day(from), rates);
    row->kind = facts_text(facts, slice_text(kind));
    row->value_ppm = ppm;
    row->from = day(from);
    rate_link(facts, row);
}

static void the_rate_in_force_counts(void **state)
{
    (void)state;
    int64_t ppm;
    struct facts *facts = facts_new();
    struct slice lpr = slice_text("lpr_1y");
    publish_rate(facts, 1, "lpr_1y", "2025-05-20", 30000);
    publish_rate(facts, 2, "lpr_1y", "2024-10-21", 31000); /* recorded later, earlier in force */
    publish_rate(facts, 3, "fx:USD", "2025-06-01", 7200000);
    publish_rate(facts, 4, "lpr_1y", "2025-05-20", 30500); /* corrected */
    struct viewpoint view = viewpoint_now(facts, day("2020-01-01"));
    assert_true(rate_at(facts, lpr, day("2025-05-19"), &view, &ppm));
    assert_int_equal(ppm, 31000);
    assert_true(rate_at(facts, lpr, day("2025-05-20"), &view, &ppm));
    assert_int_equal(ppm, 30500);
    view.known_at = 3;
    assert_true(rate_at(facts, lpr, day("2026-01-01"), &view, &ppm));
    assert_int_equal(ppm, 30000);
    assert_false(rate_at(facts, lpr, day("2024-10-20"), &view, &ppm));
    facts_free(facts);
}

/* The rate that a look at every row finds. */
static bool rate_by_scan(const struct facts *facts, struct slice kind, int32_t on,
                         const struct viewpoint *view, int64_t *ret_ppm)
{
    const struct rate_row *best = NULL;
    for (uint64_t i = 0; i < facts_count(facts, FACT_RATE); i++) {
        const struct rate_row *row = facts_row(facts, FACT_RATE, i);
        if (row->from <= on && (best == NULL || row->from >= best->from) &&
            fact_known(&row->fact, view) && slice_equal(text_of(facts, row->kind), kind)) {
            best = row;
        }
    }
    *ret_ppm = best == NULL ? 0 : best->value_ppm;
    return best != NULL;
}

/* Kinds and days in any order, some rows reversed, each question as known at any time. */
static void every_rate_is_what_a_scan_finds(void **state)
{
    static const char *const kinds[] = {"lpr_1y", "fx:USD", "fx:EUR", "fx:JPY"};
    (void)state;
    for (uint32_t seed = 1; seed <= 40; seed++) {
        struct facts *facts = facts_new();
        uint32_t rates = aggregate_make(facts, KIND_rates, slice_text("r"), 1);
        uint64_t random = seed;
        for (uint32_t i = 1; i <= 200; i++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407u;
            uint32_t draw = (uint32_t)(random >> 33);
            struct event_row event = {.aggregate = rates, .agg_seq = i, .prev_seq = i - 1};
            facts_event(facts, i, &event);
            int32_t from = draw % 5 == 0 ? (int32_t)(draw % 211) : (int32_t)i; /* most in order */
            struct rate_row *row = facts_add(facts, FACT_RATE, i, from, rates);
            row->kind = facts_text(facts, slice_text(kinds[draw / 7 % 4]));
            row->value_ppm = i;
            row->from = from;
            rate_link(facts, row);
            if (draw % 11 == 0 && i > 5) {
                facts_reverse(facts, i - 3, i);
            }
        }
        for (uint32_t q = 0; q < 400; q++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407u;
            uint32_t draw = (uint32_t)(random >> 33);
            struct viewpoint view = viewpoint_now(facts, 0);
            int64_t found = 0;
            int64_t scanned;
            view.known_at = draw % 3 == 0 ? UINT64_MAX - 1 : draw % 203;
            struct slice kind = slice_text(kinds[draw / 5 % 4]);
            int32_t on = (int32_t)(draw / 17 % 215) - 3;
            bool any = rate_by_scan(facts, kind, on, &view, &scanned);
            assert_int_equal(rate_at(facts, kind, on, &view, &found), any);
            assert_int_equal(found, scanned);
        }
        facts_free(facts);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_goes_both_ways),
        cmocka_unit_test(months_keep_the_day_or_end_the_month),
        cmocka_unit_test(months_stay_within_the_calendar),
        cmocka_unit_test(days_off_roll_to_the_next_working_day),
        cmocka_unit_test(marks_obey_known_at_and_not_as_of),
        cmocka_unit_test(a_holiday_reversed_is_none),
        cmocka_unit_test(the_rate_in_force_counts),
        cmocka_unit_test(every_rate_is_what_a_scan_finds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
