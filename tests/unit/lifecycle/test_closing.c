/* Closed periods, targets and published figures. */

#include "tests/unit/lifecycle/office.h"

#include "daemon/ledger/closing.h"
#include "daemon/ledger/target.h"

#define CLOSED "{'type':'period.closed','agg':'%s','effective':'%s','data':{'period':'%s'}}"
#define NOTE "{'type':'note.added','agg':'%s','effective':'%s','data':{'text':'seen'}}"
#define REVERSED "{'type':'event.reversed','agg':'C1','data':{'event_id':'%s','reason':'typo'}}"
#define TARGET                                                                                     \
    "{'type':'target.set','agg':'%s','data':{'metric':'turnover','comparator':'%s',"               \
    "'value':5,'period':'%s'%s}}"

static void the_days_of_a_period(void **state)
{
    static const struct {
        const char *period, *first, *last;
    } cases[] = {{"2024", "2024-01-01", "2024-12-31"},
                 {"2024-Q1", "2024-01-01", "2024-03-31"},
                 {"2023-Q4", "2023-10-01", "2023-12-31"},
                 {"2024-02", "2024-02-01", "2024-02-29"},
                 {"2023-12", "2023-12-01", "2023-12-31"}};
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int32_t first;
        int32_t last;
        closing_days(slice_text(cases[i].period), &first, &last);
        assert_int_equal(first, day(cases[i].first));
        assert_int_equal(last, day(cases[i].last));
    }
}

static void what_comes_after_the_closing_is_flagged(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "");
    ACCEPT(office, NOTE, "C1", "2026-06-30");
    assert_true(unflagged(office)); /* late, but nothing is closed */
    ACCEPT(office, CLOSED, "2026-Q2", "2026-07-15", "2026-Q2");
    ACCEPT(office, NOTE, "C1", "2026-07-01");
    assert_true(unflagged(office)); /* another period */
    ACCEPT(office, NOTE, "C1", "2026-06-30");
    assert_true(flagged(office, WARNING_LATE_FACT));
    ACCEPT(office, CLOSED, "2026-12", "2026-12-01", "2026-12");
    ACCEPT(office, NOTE, "C1", "2026-12-01");
    assert_true(unflagged(office)); /* within the period: the month is not over */
}

static void a_period_is_closed_once_and_under_its_own_name(void **state)
{
    struct office *office = *state;
    REFUSE(office, E_BAD_FIELD, "data.period", CLOSED, "2025", "2026-01-31", "2026");
    REFUSE(office, E_BAD_FIELD, "data.period", CLOSED, "2025-Q5", "2026-01-31", "2025-Q5");
    ACCEPT(office, CLOSED, "2025", "2026-01-31", "2025");
    REFUSE(office, E_EXISTS, "agg", CLOSED, "2025", "2026-01-31", "2025");
    assert_string_equal(office->fault.state, "record MADE");
}

#define MARK(id, day)                                                                              \
    "{'id':'" id "','type':'calendar.day_marked','agg':'official','data':{'day':'" day             \
    "','kind':'holiday'}}"
#define LPR(id, from, ppm)                                                                         \
    "{'id':'" id "','type':'rate.published','agg':'lpr','data':{'kind':'lpr_1y','value_ppm':" ppm  \
    ",'from':'" from "'}}"

static void a_closed_period_keeps_its_days_and_rates(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "");
    ACCEPT(office, MARK("d1", "2026-05-01"));
    ACCEPT(office, MARK("d2", "2026-10-01"));
    ACCEPT(office, LPR("r1", "2025-05-20", "30000"));
    ACCEPT(office, LPR("r2", "2026-01-20", "29000"));
    ACCEPT(office, LPR("r3", "2026-08-20", "28000"));
    ACCEPT(office, CLOSED, "2026-Q2", "2026-07-15", "2026-Q2");
    REFUSE(office, E_NOT_REVERSIBLE, "data.event_id", REVERSED, "d1");
    assert_string_equal(office->fault.state, "period closed");
    REFUSE(office, E_NOT_REVERSIBLE, "data.event_id", REVERSED, "r2");
    ACCEPT(office, REVERSED, "d2"); /* another quarter */
    ACCEPT(office, REVERSED, "r1"); /* no longer in force in it */
    ACCEPT(office, REVERSED, "r3"); /* not yet in force in it */
    ACCEPT(office, MARK("d3", "2026-05-04"));
    ACCEPT(office, REVERSED, "d3"); /* the closing did not know it */
}

static void a_target_is_set_and_revised(void **state)
{
    struct office *office = *state;
    struct target target;
    REFUSE(office, E_BAD_FIELD, "data.comparator", TARGET, "T1", "more", "annual:2027", "");
    REFUSE(office, E_BAD_FIELD, "data.period", TARGET, "T1", "gt", "2027", "");
    REFUSE(office, E_BAD_FIELD, "data.target_id", TARGET, "T1", "gt", "annual:2027",
           ",'target_id':'T2'");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "agg",
           "{'type':'target.revised','agg':'T1','data':{'value':6}}");
    ACCEPT(office, TARGET, "T1", "gt", "annual:2027", "");
    REFUSE(office, E_EXISTS, "agg", TARGET, "T1", "gt", "annual:2027", "");
    ACCEPT(office, "{'id':'rev','type':'target.revised','agg':'T1','effective':'2026-11-01',"
                   "'data':{'value':6}}");
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    uint32_t aggregate = aggregate_of(office, KIND_target, "T1");
    assert_true(target_at(office->fixture.facts, aggregate, &now, &target));
    assert_int_equal(target.value, 6);
    assert_int_equal(target.set->comparator, COMPARATOR_gt);
    SIGN(office, "C1", "");
    ACCEPT(office, REVERSED, "rev");
    assert_true(target_at(office->fixture.facts, aggregate, &now, &target));
    assert_int_equal(target.value, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_days_of_a_period),
        cmocka_unit_test_setup_teardown(what_comes_after_the_closing_is_flagged, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(a_period_is_closed_once_and_under_its_own_name, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(a_closed_period_keeps_its_days_and_rates, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(a_target_is_set_and_revised, office_open, office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
