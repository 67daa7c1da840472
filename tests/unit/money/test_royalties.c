/* Reports and statements (domain 4.5, 5.6; rulings 17, 28, 29). */

#include "tests/unit/money/desk.h"

#include <stdio.h>

#include "daemon/ledger/royalty.h"

static const char state_period[] =
    "{'type':'royalty.stated','agg':'c','effective':'2026-11-30','data':{'period':{'start':'%s',"
    "'end':'%s'},'base':%lld,'royalty_fen':%lld,'due_fen':%lld,'due':'2026-11-30'%s}}";
static const char report[] =
    "{'type':'usage.reported','agg':'c','data':{'period_start':'%s','period_end':'%s',"
    "'base_fen':%lld}}";

static void state_quarter(struct office *office, int q, long long royalty)
{
    ACCEPT(office, state_period, desk_quarters[q].start, desk_quarters[q].end,
           desk_quarters[q].base, royalty, royalty, "");
}

static void tiers_add_up_over_the_year(void **state)
{
    struct office *office = *state;
    desk_sign_royalty(office, DESK_TIERS);
    for (int q = 0; q < 4; q++) {
        REFUSE(office, E_AMOUNT_MISMATCH, "data.royalty_fen", state_period, desk_quarters[q].start,
               desk_quarters[q].end, desk_quarters[q].base, desk_quarters[q].royalty + 1,
               desk_quarters[q].royalty + 1, "");
        state_quarter(office, q, desk_quarters[q].royalty);
    }
    int64_t sum = 0;
    for (unsigned no = 1; no <= 4; no++) {
        struct obligation_figures f = desk_figures(office, "c", no, "2026-11-30");
        assert_int_equal(f.terms->kind, OBLIGATION_KIND_royalty);
        assert_int_equal(f.due, day("2026-11-30"));
        sum += f.outstanding;
    }
    assert_int_equal(sum, 29635803);
    /* the next contract year begins at the first tier again */
    ACCEPT(office, state_period, "2026-01-01", "2026-03-31", 123456789LL, 3703704LL, 3703704LL, "");
}

static void a_cap_of_the_year(void **state)
{
    struct office *office = *state;
    desk_sign_royalty(office, DESK_TIERS ",'cap_year_fen':25000000");
    for (int q = 0; q < 3; q++) {
        state_quarter(office, q, desk_quarters[q].royalty);
    }
    state_quarter(office, 3, 6080247);
    ACCEPT(office, state_period, "2026-01-01", "2026-03-31", 123456789LL, 3703704LL, 3703704LL, "");
}

static void a_cap_of_the_contract(void **state)
{
    struct office *office = *state;
    desk_sign_royalty(office, DESK_TIERS ",'cap_life_fen':30000000");
    for (int q = 0; q < 4; q++) {
        state_quarter(office, q, desk_quarters[q].royalty);
    }
    ACCEPT(office, state_period, "2026-01-01", "2026-03-31", 123456789LL, 364197LL, 364197LL, "");
    ACCEPT(office, state_period, "2026-04-01", "2026-06-30", 123456789LL, 0LL, 0LL, "");
}

static void a_minimum_makes_a_true_up(void **state)
{
    struct office *office = *state;
    desk_sign_royalty(office, DESK_TIERS ",'min_year_fen':30000000");
    for (int q = 0; q < 4; q++) {
        state_quarter(office, q, desk_quarters[q].royalty);
    }
    struct obligation_figures f = desk_figures(office, "c", 5, "2026-11-30");
    assert_int_equal(f.outstanding, 364197);
    assert_int_equal(f.terms->kind, OBLIGATION_KIND_min_royalty);
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    assert_int_equal(
        obligation_find(office->fixture.facts, aggregate_of(office, KIND_contract, "c"), 6, &now),
        OBLIGATION_NONE);
    /* it cannot be credited in the next year */
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.credits_fen", state_period, "2026-01-01", "2026-03-31",
           123456789LL, 3703704LL, 3703703LL, ",'credits_fen':1");
}

static void an_entry_fee_is_credited_once(void **state)
{
    struct office *office = *state;
    desk_sign_royalty(office, DESK_TIERS ",'entry_creditable':true");
    ACCEPT(office, "{'type':'obligation.scheduled','agg':'c','effective':'2025-01-01','data':{"
                   "'no':1,'kind':'entry_fee','debtor':'firm','creditor':'univ',"
                   "'amount_fen':5000000}}");
    ACCEPT(office, state_period, desk_quarters[0].start, desk_quarters[0].end,
           desk_quarters[0].base, 3703704LL, 0LL, ",'credits_fen':3703704");
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.credits_fen", state_period, desk_quarters[1].start,
           desk_quarters[1].end, desk_quarters[1].base, 6000000LL, 4703703LL,
           ",'credits_fen':1296297");
    assert_non_null(strstr(office->fault.detail, "creditable=1296296 given=1296297"));
    REFUSE(office, E_AMOUNT_MISMATCH, "data.due_fen", state_period, desk_quarters[1].start,
           desk_quarters[1].end, desk_quarters[1].base, 6000000LL, 6000000LL,
           ",'credits_fen':1296296");
    ACCEPT(office, state_period, desk_quarters[1].start, desk_quarters[1].end,
           desk_quarters[1].base, 6000000LL, 4703704LL, ",'credits_fen':1296296");
}

static void a_minimum_paid_ahead_is_credited_in_its_year(void **state)
{
    struct office *office = *state;
    static const char minimum[] =
        "{'type':'obligation.scheduled','agg':'c','effective':'2025-01-01','data':{'no':%d,"
        "'kind':'min_royalty','debtor':'firm','creditor':'univ','amount_fen':1000000,"
        "'due':{'base':'date','date':'%s'}}}";
    desk_sign_royalty(office, DESK_TIERS);
    ACCEPT(office, minimum, 1, "2025-02-03");
    ACCEPT(office, minimum, 2, "2026-02-03");
    ACCEPT(office, state_period, desk_quarters[0].start, desk_quarters[0].end,
           desk_quarters[0].base, 3703704LL, 2703704LL, ",'credits_fen':1000000");
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.credits_fen", state_period, desk_quarters[1].start,
           desk_quarters[1].end, desk_quarters[1].base, 6000000LL, 5999999LL, ",'credits_fen':1");
    ACCEPT(office, state_period, "2026-01-01", "2026-03-31", 123456789LL, 3703704LL, 2703704LL,
           ",'credits_fen':1000000");
}

static void periods_do_not_overlap(void **state)
{
    struct office *office = *state;
    desk_sign_royalty(office, DESK_TIERS);
    ACCEPT(office, report, "2025-01-01", "2025-03-31", 1000LL);
    REFUSE(office, E_PERIOD_OVERLAP, "data.period_start", report, "2025-03-31", "2025-06-30",
           1000LL);
    ACCEPT(office, report, "2025-05-01", "2025-06-30", 1000LL); /* a gap is allowed */
    ACCEPT(office, state_period, "2025-01-01", "2025-06-30", 2000LL, 60LL, 60LL, "");
    REFUSE(office, E_PERIOD_OVERLAP, "data.period", state_period, "2025-06-30", "2025-09-30", 0LL,
           0LL, 0LL, "");
}

static void a_statement_repeats_what_was_reported(void **state)
{
    struct office *office = *state;
    desk_sign_royalty(office, DESK_TIERS);
    ACCEPT(office, report, "2025-01-01", "2025-01-31", 100000LL);
    ACCEPT(office, report, "2025-02-01", "2025-03-31", 23456LL);
    REFUSE(office, E_AMOUNT_MISMATCH, "data.base", state_period, "2025-01-01", "2025-03-31",
           123455LL, 3704LL, 3704LL, "");
    ACCEPT(office, state_period, "2025-01-01", "2025-03-31", 123000LL, 3600LL, 3600LL,
           ",'agreed':true");
    assert_int_equal(desk_figures(office, "c", 1, "2026-11-30").outstanding, 3600);
}

static void reports_without_a_statement_count_before_it(void **state)
{
    struct office *office = *state;
    desk_sign_royalty(office, DESK_TIERS);
    for (int q = 0; q < 3; q++) {
        ACCEPT(office, report, desk_quarters[q].start, desk_quarters[q].end, desk_quarters[q].base);
    }
    state_quarter(office, 3, desk_quarters[3].royalty);
    struct royalty_totals totals;
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    royalty_total(office->fixture.facts, aggregate_of(office, KIND_contract, "c"), &now, &totals);
    assert_int_equal(totals.base, 1106790127);
    assert_int_equal(totals.royalty, 29635803);
}

static void rates_by_year(void **state)
{
    struct office *office = *state;
    desk_sign_royalty(office, "'base':'profit','period':'year','year_rates_ppm':[50000,30000]");
    ACCEPT(office, state_period, "2025-01-01", "2025-12-31", 1000000LL, 50000LL, 50000LL, "");
    ACCEPT(office, state_period, "2026-01-01", "2026-11-30", 1000000LL, 30000LL, 30000LL, "");
}

static void a_price_a_unit(void **state)
{
    struct office *office = *state;
    desk_sign_royalty(office, "'base':'units','period':'quarter','tier_scope':'lifetime',"
                              "'tiers':[{'upto_fen':100,'per_unit_fen':250},{'per_unit_fen':100}]");
    ACCEPT(office, "{'type':'usage.reported','agg':'c','data':{'period_start':'2025-01-01',"
                   "'period_end':'2025-03-31','units':80}}");
    ACCEPT(office, state_period, "2025-01-01", "2025-03-31", 80LL, 20000LL, 20000LL, "");
    ACCEPT(office, state_period, "2026-01-01", "2026-03-31", 50LL, 8000LL, 8000LL, "");
}

static void terms_must_make_sense(void **state)
{
    struct office *office = *state;
    static const char more[] = "'royalty':{'base':'%s','period':'quarter','tiers':[%s]}";
    char text[512];
    (void)snprintf(text, sizeof(text), more, "units", "{'rate_ppm':5}");
    assert_int_equal(sign(office, "c", text), STATUS_E_BAD_FIELD);
    assert_string_equal(office->fault.field, "data.royalty.tiers[0].per_unit_fen");
    (void)snprintf(text, sizeof(text), more, "profit",
                   "{'upto_fen':10,'rate_ppm':5},{'upto_fen':10,'rate_ppm':4}");
    assert_int_equal(sign(office, "c", text), STATUS_E_BAD_FIELD);
    assert_string_equal(office->fault.field, "data.royalty.tiers[1].upto_fen");
}

static void without_terms_nothing_can_be_stated(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    REFUSE(office, E_ILLEGAL_STATE, "agg", state_period, "2026-01-01", "2026-03-31", 1LL, 0LL, 0LL,
           "");
    ACCEPT(office, report, "2026-01-01", "2026-03-31", 1LL);
}

static void use_after_expiry_counts_as_nothing(void **state)
{
    struct office *office = *state;
    ACCEPT(office, "{'type':'technology.published','agg':'old','effective':'2020-01-01','data':{"
                   "'title':'old','ip_kind':'invention','patent_no':'ZL2','filed':'2005-06-01',"
                   "'granted':'2010-01-01','owners':[{'party':'univ','share_ppm':1000000}]}}");
    char more[1024];
    (void)snprintf(more, sizeof(more),
                   "'sign_date':'2025-01-01','term_start':'2025-01-01','technologies':['old'],"
                   "'trial':null,'royalty':{%s}",
                   DESK_TIERS);
    SIGN(office, "c", more);
    ACCEPT(office, report, "2025-04-01", "2025-06-30", 1000LL);
    assert_false(flagged(office, WARNING_AFTER_EXPIRY));
    ACCEPT(office, report, "2025-07-01", "2025-09-30", 1000LL);
    assert_true(flagged(office, WARNING_AFTER_EXPIRY));
    ACCEPT(office, state_period, "2025-07-01", "2025-09-30", 0LL, 0LL, 0LL, "");
}

static void use_during_a_trial_earns_nothing(void **state)
{
    struct office *office = *state;
    SIGN(office, "c", "'royalty':{" DESK_TIERS "}");
    ACCEPT(office, "{'type':'trial.started','agg':'c','data':{'start':'2026-02-01',"
                   "'end':'2026-07-31'}}");
    ACCEPT(office, report, "2026-02-01", "2026-06-30", 1000LL);
    ACCEPT(office, state_period, "2026-02-01", "2026-06-30", 1000LL, 0LL, 0LL, "");
    ACCEPT(office, "{'type':'trial.converted','agg':'c','data':{'on':'2026-07-15',"
                   "'pay_mode':'royalty'}}");
    ACCEPT(office, report, "2026-07-01", "2026-09-30", 1000LL);
    ACCEPT(office, state_period, "2026-07-01", "2026-09-30", 1000LL, 30LL, 30LL, "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(tiers_add_up_over_the_year),
        TEST(a_cap_of_the_year),
        TEST(a_cap_of_the_contract),
        TEST(a_minimum_makes_a_true_up),
        TEST(an_entry_fee_is_credited_once),
        TEST(a_minimum_paid_ahead_is_credited_in_its_year),
        TEST(periods_do_not_overlap),
        TEST(a_statement_repeats_what_was_reported),
        TEST(reports_without_a_statement_count_before_it),
        TEST(rates_by_year),
        TEST(a_price_a_unit),
        TEST(terms_must_make_sense),
        TEST(without_terms_nothing_can_be_stated),
        TEST(use_after_expiry_counts_as_nothing),
        TEST(use_during_a_trial_earns_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
