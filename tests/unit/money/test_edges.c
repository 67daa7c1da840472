/* Where one thing meets another: statements out of order, minimums paid ahead, money taken back
 * before it was there, sums that nobody knows yet (domain 4.3, 4.5; rulings 9, 13, 29, 32). */

#include "tests/unit/money/desk.h"

#include "daemon/ledger/royalty.h"

#define HALF_TO_A_THOUSAND "'tiers':[{'upto_fen':1000,'rate_ppm':500000},{'rate_ppm':0}]"

static const char statement[] =
    "{'type':'royalty.stated','agg':'c','effective':'2026-11-30','data':{'period':{'start':'%s',"
    "'end':'%s'},'base':%d,'royalty_fen':%d,'credits_fen':%d,'due_fen':%d,'due':'2026-11-30'}}";
static const char usage[] =
    "{'type':'usage.reported','agg':'c','data':{'period_start':'%s','period_end':'%s',"
    "'base_fen':%d}}";

static bool there_is(struct office *office, unsigned no)
{
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    uint32_t owner = aggregate_of(office, KIND_contract, "c");
    return obligation_find(office->fixture.facts, owner, no, &now) != OBLIGATION_NONE;
}

/* ---- royalties ---- */

static void statements_add_up_in_any_order(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "'royalty':{'base':'profit','period':'quarter'," HALF_TO_A_THOUSAND "}");
    ACCEPT(office, statement, "2026-04-01", "2026-06-30", 800, 400, 0, 400);
    /* 500 for the year's 1,000; the second quarter had its 400 */
    REFUSE(office, E_AMOUNT_MISMATCH, "data.royalty_fen", statement, "2026-01-01", "2026-03-31",
           700, 350, 0, 350);
    assert_non_null(strstr(office->fault.detail, "computed=100 given=350"));
    ACCEPT(office, statement, "2026-01-01", "2026-03-31", 700, 100, 0, 100);
    ACCEPT(office, statement, "2026-07-01", "2026-09-30", 900, 0, 0, 0);
}

static void reports_do_not_hinder_their_statements(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "'royalty':{'base':'profit','period':'quarter'," HALF_TO_A_THOUSAND "}");
    ACCEPT(office, usage, "2026-01-01", "2026-03-31", 700);
    ACCEPT(office, statement, "2026-04-01", "2026-06-30", 800, 150, 0, 150);
    ACCEPT(office, statement, "2026-01-01", "2026-03-31", 700, 350, 0, 350);
}

static void a_report_across_periods_counts_once(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "'royalty':{'base':'profit','period':'quarter'," HALF_TO_A_THOUSAND "}");
    ACCEPT(office, usage, "2026-01-01", "2026-04-30", 500);
    ACCEPT(office, statement, "2026-01-01", "2026-03-31", 300, 150, 0, 150);
    /* 300 stated and the 200 that are left of the report come before */
    ACCEPT(office, statement, "2026-05-01", "2026-06-30", 1000, 250, 0, 250);
}

static void a_statement_rests_on_later_periods_stated_before(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "'royalty':{'base':'profit','period':'quarter'," HALF_TO_A_THOUSAND "}");
    ACCEPT(office, statement, "2026-04-01", "2026-06-30", 800, 400, 0, 400);
    size_t second = office->fixture.log_count;
    ACCEPT(office, statement, "2026-01-01", "2026-03-31", 700, 100, 0, 100);
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id",
           "{'type':'event.reversed','agg':'c','data':{'event_id':'e%zu','reason':'x'}}", second);
}

static void tiers_of_a_lifetime_remember_what_was_before_an_amendment(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "'royalty':{'base':'profit','period':'quarter'," HALF_TO_A_THOUSAND "}");
    ACCEPT(office, statement, "2026-01-01", "2026-03-31", 600, 300, 0, 300);
    ACCEPT(office, "{'type':'contract.amended','agg':'c','effective':'2026-04-01','data':{"
                   "'amend_no':'1','changes':{'royalty':{'base':'profit','period':'quarter',"
                   "'tier_scope':'lifetime'," HALF_TO_A_THOUSAND "}}}}");
    ACCEPT(office, statement, "2026-04-01", "2026-06-30", 600, 200, 0, 200);
}

static void the_true_up(void **state)
{
    (void)state;
    assert_int_equal(royalty_true_up(30000000, 29635803, 0), 364197);
    assert_int_equal(royalty_true_up(30000000, 29635803, 364196), 1);
    assert_int_equal(royalty_true_up(30000000, 29635803, 400000), 0);
    assert_int_equal(royalty_true_up(30000000, 30000001, 0), 0);
    assert_int_equal(royalty_true_up(AMOUNT_UNKNOWN, 0, 0), 0);
}

static void a_minimum_paid_ahead_is_not_asked_for_again(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c",
              "'royalty':{'base':'profit','period':'year','min_year_fen':1000,"
              "'tiers':[{'rate_ppm':1000000}]}");
    ACCEPT(office, "{'type':'obligation.scheduled','agg':'c','effective':'2026-01-01','data':{"
                   "'no':1,'kind':'min_royalty','debtor':'firm','creditor':'univ',"
                   "'amount_fen':1000,'due':{'base':'date','date':'2026-03-02'}}}");
    ACCEPT(office, statement, "2026-01-01", "2026-12-31", 900, 900, 900, 0);
    assert_false(there_is(office, 2));
}

static void part_of_a_minimum_paid_ahead(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c",
              "'royalty':{'base':'profit','period':'year','min_year_fen':1000,"
              "'tiers':[{'rate_ppm':1000000}]}");
    ACCEPT(office, "{'type':'obligation.scheduled','agg':'c','effective':'2026-01-01','data':{"
                   "'no':1,'kind':'min_royalty','debtor':'firm','creditor':'univ',"
                   "'amount_fen':600,'due':{'base':'date','date':'2026-03-02'}}}");
    ACCEPT(office, statement, "2026-01-01", "2026-12-31", 500, 500, 500, 0);
    /* 500 of royalty, 100 of the minimum not credited: 400 are missing */
    assert_int_equal(desk_figures(office, "c", 2, "2026-11-30").outstanding, 400);
}

static void a_true_up_is_credited_within_its_year(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c",
              "'royalty':{'base':'profit','period':'quarter','min_year_fen':1000,"
              "'tiers':[{'rate_ppm':1000000}]}");
    ACCEPT(office, statement, "2026-10-01", "2026-12-31", 300, 300, 0, 300);
    assert_int_equal(desk_figures(office, "c", 2, "2026-11-30").outstanding, 700);
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.credits_fen", statement, "2026-07-01", "2026-09-30", 800,
           800, 701, 99);
    ACCEPT(office, statement, "2026-07-01", "2026-09-30", 800, 800, 700, 100);
}

/* ---- money taken back ---- */

static void returned_before_it_was_applied(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000, "2026-01-12");
    desk_pay(office, "p", 1000, "2026-02-02", "[]");
    ACCEPT(office, "{'type':'payment.applied','agg':'p','effective':'2026-02-10','data':{'alloc':["
                   "{'owner':'c','no':1,'amount_fen':1000}]}}");
    ACCEPT(office, "{'type':'payment.returned','agg':'p','data':{'reason':'bounced',"
                   "'value_date':'2026-02-05'}}");
    static const char *const days[] = {"2026-02-05", "2026-02-09", "2026-02-10", "2026-03-02"};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(desk_credit(office, "p", days[i]), 0);
        assert_int_equal(desk_figures(office, "c", 1, days[i]).outstanding, 1000);
    }
    assert_int_equal(desk_credit(office, "p", "2026-02-04"), 1000);
}

static void refunded_before_it_was_applied(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000, "2026-01-12");
    desk_pay(office, "p", 1000, "2026-02-02", "[]");
    ACCEPT(office, "{'type':'payment.applied','agg':'p','effective':'2026-05-06','data':{'alloc':["
                   "{'owner':'c','no':1,'amount_fen':1000}]}}");
    ACCEPT(office, "{'type':'payment.refunded','agg':'p','effective':'2026-04-01','data':{"
                   "'amount_fen':400,'from':'obligation','owner':'c','no':1,'reopen':true}}");
    struct obligation_figures f = desk_figures(office, "c", 1, "2026-11-30");
    assert_int_equal(f.paid, 600);
    assert_int_equal(f.outstanding, 400);
    assert_int_equal(desk_credit(office, "p", "2026-04-15"), 1000);
    assert_int_equal(desk_credit(office, "p", "2026-05-06"), 0);
}

static void a_refund_gives_back_principal_only(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "'late':{'daily_ppm':10000}");
    desk_owe(office, "c", 1, 1000, "2026-01-12");
    desk_pay(office, "p", 500, "2026-02-11", "[{'owner':'c','no':1,'amount_fen':500}]");
    desk_pay(office, "q", 500, "2026-02-12", "[{'owner':'c','no':1,'amount_fen':500}]");
    assert_int_equal(desk_figures(office, "c", 1, "2026-02-11").interest_paid, 300);
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.amount_fen",
           "{'type':'payment.refunded','agg':'p','effective':'2026-02-11','data':{"
           "'amount_fen':201,'from':'obligation','owner':'c','no':1,'reopen':true}}");
    assert_non_null(strstr(office->fault.detail, "available=200 given=201"));
}

static void a_refund_of_nothing_closes_nothing(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000, "2026-01-12");
    desk_pay(office, "p", 1000, "2026-02-02", NULL);
    ACCEPT(office, "{'type':'payment.refunded','agg':'p','data':{'amount_fen':0,"
                   "'from':'obligation','owner':'c','no':1}}");
    assert_int_equal(desk_figures(office, "c", 1, "2026-12-01").state, OBLIGATION_SETTLED);
}

/* ---- sums nobody knows yet ---- */

static void owe_unknown(struct office *office, int no, const char *condition)
{
    ACCEPT(office,
           "{'type':'obligation.scheduled','agg':'c','effective':'2026-01-10','data':{'no':%d,"
           "'kind':'conditional','debtor':'firm','creditor':'univ','amount_fen':null,"
           "'condition':'%s'}}",
           no, condition);
}

static void judge(struct office *office, const char *verdict)
{
    ACCEPT(office,
           "{'type':'effect.evaluated','agg':'c','data':{'verdict':%s,'evaluator':'both',"
           "'on':'2026-03-02'}}",
           verdict);
}

static void an_unknown_sum_is_decided_too(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    owe_unknown(office, 1, "effect");
    owe_unknown(office, 2, "first_sale");
    owe_unknown(office, 3, "none");
    judge(office, "'not_reached'");
    assert_int_equal(desk_figures(office, "c", 1, "2026-03-02").state, OBLIGATION_EXTINGUISHED);
    assert_int_equal(desk_figures(office, "c", 2, "2026-03-02").state, OBLIGATION_CONTINGENT);
    ACCEPT(office, "{'type':'contract.terminated','agg':'c','data':{'basis':'agreed',"
                   "'eff_date':'2026-03-31'}}");
    assert_int_equal(desk_figures(office, "c", 2, "2026-03-31").state, OBLIGATION_EXTINGUISHED);
    assert_int_equal(desk_figures(office, "c", 3, "2026-03-30").state, OBLIGATION_OPEN);
    assert_int_equal(desk_figures(office, "c", 3, "2026-03-31").state, OBLIGATION_EXTINGUISHED);
}

static void a_partial_verdict_opens_an_unknown_sum(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    owe_unknown(office, 1, "effect");
    judge(office, "'partial','share_ppm':500000");
    assert_int_equal(desk_figures(office, "c", 1, "2026-03-02").state, OBLIGATION_OPEN);
}

static void a_partial_verdict_rounds_as_the_contract_does(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "'round':'down'");
    ACCEPT(office, "{'type':'obligation.scheduled','agg':'c','effective':'2026-01-10','data':{"
                   "'no':1,'kind':'conditional','debtor':'firm','creditor':'univ',"
                   "'amount_fen':1001,'condition':'effect'}}");
    judge(office, "'partial','share_ppm':500000");
    struct obligation_figures f = desk_figures(office, "c", 1, "2026-03-02");
    assert_int_equal(f.outstanding, 500);
    assert_int_equal(f.extinguished, 501);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(statements_add_up_in_any_order),
        TEST(reports_do_not_hinder_their_statements),
        TEST(a_report_across_periods_counts_once),
        TEST(a_statement_rests_on_later_periods_stated_before),
        TEST(tiers_of_a_lifetime_remember_what_was_before_an_amendment),
        TEST(the_true_up),
        TEST(a_minimum_paid_ahead_is_not_asked_for_again),
        TEST(part_of_a_minimum_paid_ahead),
        TEST(a_true_up_is_credited_within_its_year),
        TEST(returned_before_it_was_applied),
        TEST(refunded_before_it_was_applied),
        TEST(a_refund_gives_back_principal_only),
        TEST(a_refund_of_nothing_closes_nothing),
        TEST(an_unknown_sum_is_decided_too),
        TEST(a_partial_verdict_opens_an_unknown_sum),
        TEST(a_partial_verdict_rounds_as_the_contract_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
