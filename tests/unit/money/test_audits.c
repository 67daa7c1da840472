/* royalty.audited: what a corrected base changes (domain 5.6 and rule 5). Figures by hand: tiers 3
 * % to 5 M, 2.5 % to 10 M, 2 % above; 11,067,901.27 earns 296,358.03, 500,000.00 more 10,000.00. */

#include "tests/unit/money/desk.h"

#include <stdio.h>

#include "daemon/ledger/royalty.h"

static const char state_period[] =
    "{'type':'royalty.stated','agg':'c','id':'s-%s','effective':'2026-11-30','data':{'period':{"
    "'start':'%s','end':'%s'},'base':%lld,'royalty_fen':%lld,'due_fen':%lld,'due':'2026-11-30'}}";
static const char audit[] =
    "{'type':'royalty.audited','agg':'c','id':'a-%s','effective':'2026-11-30','data':{'period':{"
    "'start':'%s','end':'%s'},'corrected_base':%lld,'shortfall_fen':%lld}}";

static void state_quarter(struct office *office, int q, long long royalty)
{
    ACCEPT(office, state_period, desk_quarters[q].start, desk_quarters[q].start,
           desk_quarters[q].end, desk_quarters[q].base, royalty, royalty);
}

static void state_year(struct office *office)
{
    for (int q = 0; q < 4; q++) {
        state_quarter(office, q, desk_quarters[q].royalty);
    }
}

static struct royalty_totals totals_of(const struct office *office)
{
    struct royalty_totals totals;
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    royalty_total(office->fixture.facts, aggregate_of(office, KIND_contract, "c"), &now, &totals);
    return totals;
}

static void more_is_owed_at_once(void **state)
{
    struct office *office = *state;
    desk_sign_royalty(office, DESK_TIERS);
    state_year(office);
    REFUSE(office, E_AMOUNT_MISMATCH, "data.shortfall_fen", audit, "x", desk_quarters[1].start,
           desk_quarters[1].end, 250000000LL, 1250000LL); /* by the tier of its own quarter */
    assert_string_equal(office->fault.detail, "computed=1000000 given=1250000");
    ACCEPT(office, audit, "1", desk_quarters[1].start, desk_quarters[1].end, 250000000LL,
           1000000LL);
    struct obligation_figures f = desk_figures(office, "c", 5, "2026-11-30");
    assert_int_equal(f.outstanding, 1000000);
    assert_int_equal(f.terms->kind, OBLIGATION_KIND_royalty);
    assert_int_equal(f.due, day("2026-11-30"));
    assert_int_equal(f.terms->debtor, aggregate_of(office, KIND_party, "firm"));
    assert_int_equal(totals_of(office).base, 1156790127);
    assert_int_equal(totals_of(office).royalty, 30635803);
    /* once corrected, the same base changes nothing */
    ACCEPT(office, audit, "2", desk_quarters[1].start, desk_quarters[1].end, 250000000LL, 0LL);
}

static void less_comes_back(void **state)
{
    struct office *office = *state;
    desk_sign_royalty(office, DESK_TIERS);
    state_year(office);
    ACCEPT(office, audit, "1", desk_quarters[1].start, desk_quarters[1].end, 150000000LL,
           -1000000LL);
    struct obligation_figures f = desk_figures(office, "c", 5, "2026-11-30");
    assert_int_equal(f.outstanding, 1000000);
    assert_int_equal(f.terms->kind, OBLIGATION_KIND_restitution);
    assert_int_equal(f.terms->debtor, aggregate_of(office, KIND_party, "univ"));
    assert_int_equal(f.due, DAY_NONE);
    assert_int_equal(totals_of(office).royalty, 28635803);
}

/* Later statements count on from the corrected base. */
static void the_next_statement_goes_on_from_it(void **state)
{
    struct office *office = *state;
    desk_sign_royalty(office, DESK_TIERS);
    for (int q = 0; q < 3; q++) {
        state_quarter(office, q, desk_quarters[q].royalty);
    }
    ACCEPT(office, audit, "1", desk_quarters[1].start, desk_quarters[1].end, 250000000LL,
           1250000LL);
    state_quarter(office, 3, 10466050);
    assert_int_equal(totals_of(office).royalty, 30635803);
}

static void several_statements_at_once(void **state)
{
    struct office *office = *state;
    desk_sign_royalty(office, DESK_TIERS);
    state_year(office);
    ACCEPT(office, audit, "1", "2025-01-01", "2025-12-31", 1156790127LL, 1000000LL);
    ACCEPT(office, audit, "2", "2025-01-01", "2025-12-31", 0LL, -30635803LL);
    assert_int_equal(totals_of(office).royalty, 0);
    assert_int_equal(totals_of(office).base, 0);
}

static void a_true_up_is_credited(void **state)
{
    struct office *office = *state;
    desk_sign_royalty(office, DESK_TIERS ",'min_year_fen':30000000");
    state_year(office);
    assert_int_equal(desk_figures(office, "c", 5, "2026-11-30").outstanding, 364197);
    ACCEPT(office, audit, "1", desk_quarters[1].start, desk_quarters[1].end, 250000000LL, 635803LL);
    assert_int_equal(desk_figures(office, "c", 6, "2026-11-30").outstanding, 635803);
}

static void less_stops_at_the_minimum(void **state)
{
    struct office *office = *state;
    desk_sign_royalty(office, DESK_TIERS ",'min_year_fen':30000000");
    state_year(office);
    ACCEPT(office, audit, "1", desk_quarters[1].start, desk_quarters[1].end, 150000000LL, 0LL);
    /* what was kept for the minimum is not asked for again */
    ACCEPT(office, audit, "2", desk_quarters[1].start, desk_quarters[1].end, 250000000LL, 635803LL);
}

static void a_cap_holds(void **state)
{
    struct office *office = *state;
    desk_sign_royalty(office, DESK_TIERS ",'cap_year_fen':25000000");
    for (int q = 0; q < 3; q++) {
        state_quarter(office, q, desk_quarters[q].royalty);
    }
    state_quarter(office, 3, 6080247);
    ACCEPT(office, audit, "1", desk_quarters[1].start, desk_quarters[1].end, 250000000LL, 0LL);
    ACCEPT(office, audit, "2", desk_quarters[1].start, desk_quarters[1].end, 200000000LL, 0LL);
    ACCEPT(office, audit, "3", desk_quarters[3].start, desk_quarters[3].end, 0LL, -6080247LL);
}

static void tiers_of_a_period_are_its_own(void **state)
{
    struct office *office = *state;
    desk_sign_royalty(office,
                      "'base':'net_sales','period':'quarter','tier_scope':'period','tiers':[{"
                      "'upto_fen':1000,'rate_ppm':100000},{'rate_ppm':200000}]");
    ACCEPT(office, state_period, "1", "2025-01-01", "2025-03-31", 900LL, 90LL, 90LL);
    ACCEPT(office, state_period, "2", "2025-04-01", "2025-06-30", 900LL, 90LL, 90LL);
    REFUSE(office, E_BAD_FIELD, "data.period", audit, "x", "2025-01-01", "2025-06-30", 2000LL, 0LL);
    ACCEPT(office, audit, "1", "2025-01-01", "2025-03-31", 1100LL, 30LL);
}

static void what_may_be_audited(void **state)
{
    struct office *office = *state;
    desk_sign_royalty(office, DESK_TIERS);
    REFUSE(office, E_ILLEGAL_STATE, "data.period", audit, "x", "2025-01-01", "2025-03-31", 1LL,
           0LL);
    assert_string_equal(office->fault.state, "royalty not stated");
    assert_string_equal(office->fault.legal, "royalty.stated");
    state_year(office);
    REFUSE(office, E_PERIOD_OVERLAP, "data.period", audit, "x", "2025-02-01", "2025-06-30", 1LL,
           0LL);
    ACCEPT(office, state_period, "n", "2026-01-01", "2026-03-31", 100LL, 3LL, 3LL);
    REFUSE(office, E_BAD_FIELD, "data.period", audit, "x", "2025-10-01", "2026-03-31", 1LL, 0LL);
}

static void reversed_and_posted_again(void **state)
{
    struct office *office = *state;
    static const char reverse[] =
        "{'type':'event.reversed','agg':'c','data':{'event_id':'%s','reason':'x'}}";
    desk_sign_royalty(office, DESK_TIERS);
    state_year(office);
    ACCEPT(office, audit, "1", desk_quarters[1].start, desk_quarters[1].end, 250000000LL,
           1000000LL);
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id", reverse, "s-2025-04-01");
    ACCEPT(office, reverse, "a-1");
    assert_int_equal(totals_of(office).royalty, 29635803);
    ACCEPT(office, audit, "2", desk_quarters[1].start, desk_quarters[1].end, 250000000LL,
           1000000LL);
    assert_int_equal(desk_figures(office, "c", 6, "2026-11-30").outstanding, 1000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(more_is_owed_at_once, office_open, office_close),
        cmocka_unit_test_setup_teardown(less_comes_back, office_open, office_close),
        cmocka_unit_test_setup_teardown(the_next_statement_goes_on_from_it, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(several_statements_at_once, office_open, office_close),
        cmocka_unit_test_setup_teardown(a_true_up_is_credited, office_open, office_close),
        cmocka_unit_test_setup_teardown(less_stops_at_the_minimum, office_open, office_close),
        cmocka_unit_test_setup_teardown(a_cap_holds, office_open, office_close),
        cmocka_unit_test_setup_teardown(tiers_of_a_period_are_its_own, office_open, office_close),
        cmocka_unit_test_setup_teardown(what_may_be_audited, office_open, office_close),
        cmocka_unit_test_setup_teardown(reversed_and_posted_again, office_open, office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
