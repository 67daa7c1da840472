/* Due dates from every anchor (domain 2.2, 4.8, 4.9; rulings 16, 19). */

#include "tests/unit/money/desk.h"

static void owe(struct office *office, const char *contract, int no, const char *due,
                const char *more)
{
    ACCEPT(office,
           "{'type':'obligation.scheduled','agg':'%s','effective':'2026-01-10','data':{'no':%d,"
           "'kind':'lump','debtor':'firm','creditor':'univ','amount_fen':1000,'due':%s%s}}",
           contract, no, due, more);
}

static void assert_due(struct office *office, const char *contract, unsigned no, const char *as_of,
                       const char *expected)
{
    int32_t due = desk_figures(office, contract, no, as_of).due;
    if (expected == NULL) {
        assert_int_equal(due, DAY_NONE);
        return;
    }
    char text[11];
    date_format(due, text);
    assert_string_equal(text, expected);
}

static void from_the_contract(void **state)
{
    struct office *office = *state;
    SIGN(office, "c", "'trial':null");
    owe(office, "c", 1, "{'base':'sign','n':1,'unit':'m'}", "");
    owe(office, "c", 2, "{'base':'effective','n':30}", "");
    owe(office, "c", 3, "{'base':'term_end','n':1,'unit':'y'}", "");
    owe(office, "c", 4, "{'base':'date','date':'2026-01-31','n':1,'unit':'m','roll':'none'}", "");
    owe(office, "c", 5, "{'base':'date','date':'2026-01-31','n':1,'unit':'m'}", "");
    assert_due(office, "c", 1, "2026-11-30", "2026-02-10");
    assert_due(office, "c", 2, "2026-11-30", "2026-02-09");
    assert_due(office, "c", 3, "2026-11-30", "2028-01-10"); /* 2028-01-09 is a Sunday */
    assert_due(office, "c", 4, "2026-11-30", "2026-02-28");
    assert_due(office, "c", 5, "2026-11-30", "2026-03-02");
    ACCEPT(office, "{'type':'contract.amended','agg':'c','effective':'2026-06-01','data':{"
                   "'amend_no':'1','changes':{'term_end':'2026-12-30'}}}");
    assert_due(office, "c", 3, "2026-05-31", "2028-01-10");
    assert_due(office, "c", 3, "2026-06-01", "2027-12-30");
}

static void from_taking_effect(void **state)
{
    struct office *office = *state;
    SIGN(office, "c", "'trial':null,'effective_rule':'approval'");
    owe(office, "c", 1, "{'base':'effective','n':30}", "");
    assert_due(office, "c", 1, "2026-11-30", NULL);
    ACCEPT(office, "{'type':'contract.took_effect','agg':'c','effective':'2026-03-02','data':{}}");
    assert_due(office, "c", 1, "2026-03-01", NULL);
    assert_due(office, "c", 1, "2026-03-02", "2026-04-01");
}

static void from_performance(void **state)
{
    struct office *office = *state;
    static const char reach[] = "{'type':'milestone.reached','agg':'c','data':{'milestone':'%s',"
                                "'on':'%s'}}";
    SIGN(office, "c", "'trial':null");
    owe(office, "c", 1, "{'base':'delivery','n':10}", "");
    owe(office, "c", 2, "{'base':'acceptance'}", "");
    owe(office, "c", 3, "{'base':'milestone:m1','n':1,'unit':'m'}", "");
    owe(office, "c", 4, "{'base':'evaluation','n':1}", "");
    for (unsigned no = 1; no <= 4; no++) {
        assert_due(office, "c", no, "2026-11-30", NULL);
    }
    ACCEPT(office, reach, "delivery", "2026-03-02");
    ACCEPT(office, reach, "m1", "2026-01-31");
    ACCEPT(office, "{'type':'effect.evaluated','agg':'c','data':{'verdict':'reached',"
                   "'evaluator':'both','on':'2026-04-01'}}");
    assert_due(office, "c", 1, "2026-11-30", "2026-03-12");
    assert_due(office, "c", 3, "2026-11-30", "2026-03-02"); /* 02-28 is a Saturday */
    assert_due(office, "c", 4, "2026-11-30", "2026-04-02");
    ACCEPT(office, "{'type':'contract.completed','agg':'c','data':{'accepted_on':'2026-05-06'}}");
    assert_due(office, "c", 2, "2026-11-30", "2026-05-06");
}

static void from_a_trial(void **state)
{
    struct office *office = *state;
    SIGN(office, "c", "");
    owe(office, "c", 1, "{'base':'trial_end','n':1}", "");
    owe(office, "c", 2, "{'base':'convert','n':1,'unit':'m'}", ",'condition':'convert'");
    assert_due(office, "c", 1, "2026-11-30", "2026-07-01"); /* as agreed */
    ACCEPT(office, "{'type':'trial.started','agg':'c','data':{'start':'2026-02-01',"
                   "'end':'2026-07-31'}}");
    assert_due(office, "c", 1, "2026-11-30", "2026-08-03");
    ACCEPT(office, "{'type':'trial.converted','agg':'c','data':{'on':'2026-07-15',"
                   "'pay_mode':'lump'}}");
    assert_due(office, "c", 2, "2026-07-14", NULL);
    assert_due(office, "c", 2, "2026-07-15", "2026-08-17");
}

static void not_before_the_condition_is_met(void **state)
{
    struct office *office = *state;
    SIGN(office, "c", "'trial':null,'term_start':'2025-03-10','term_end':'2026-03-09'");
    owe(office, "c", 1, "{'base':'term_end','n':30}", ",'condition':'effect'");
    struct obligation_figures f = desk_figures(office, "c", 1, "2026-03-31");
    assert_int_equal(f.state, OBLIGATION_CONTINGENT);
    assert_int_equal(f.due_scheduled, day("2026-04-08"));
    ACCEPT(office, "{'type':'effect.evaluated','agg':'c','data':{'verdict':'reached',"
                   "'evaluator':'both','on':'2026-05-20'}}");
    assert_due(office, "c", 1, "2026-05-20", "2026-05-20");
    assert_due(office, "c", 1, "2026-05-19", NULL);
    assert_int_equal(desk_figures(office, "c", 1, "2026-05-21").days_past_due, 1);
}

static void a_partial_verdict_opens_its_share(void **state)
{
    struct office *office = *state;
    SIGN(office, "c", "'trial':null");
    owe(office, "c", 1, "{'base':'evaluation','n':1}", ",'condition':'effect'");
    ACCEPT(office, "{'type':'effect.evaluated','agg':'c','data':{'verdict':'partial',"
                   "'share_ppm':333333,'evaluator':'both','on':'2026-05-20'}}");
    struct obligation_figures f = desk_figures(office, "c", 1, "2026-05-20");
    assert_int_equal(f.outstanding, 333);
    assert_int_equal(f.extinguished, 667);
}

static void the_first_sale_opens(void **state)
{
    struct office *office = *state;
    static const char use[] =
        "{'type':'usage.reported','agg':'c','effective':'%s','data':{'period_start':'%s',"
        "'period_end':'%s','base_fen':%d,'deductions':[{'kind':'freight','amount_fen':100}]}}";
    SIGN(office, "c", "'trial':null");
    owe(office, "c", 1, "{'base':'date','date':'2026-02-02'}", ",'condition':'first_sale'");
    ACCEPT(office, use, "2026-04-20", "2026-01-10", "2026-03-31", 100);
    assert_int_equal(desk_figures(office, "c", 1, "2026-11-30").contingent, 1000);
    ACCEPT(office, use, "2026-07-20", "2026-04-01", "2026-06-30", 101);
    assert_int_equal(desk_figures(office, "c", 1, "2026-06-29").contingent, 1000);
    assert_due(office, "c", 1, "2026-06-30", "2026-06-30");
    REFUSE(office, E_ALREADY_DECIDED, "data.milestone",
           "{'type':'milestone.reached','agg':'c','data':{'milestone':'first_sale',"
           "'on':'2026-08-03'}}");
}

static void a_holiday_known_later_rolls_as_known_from_then(void **state)
{
    struct office *office = *state;
    SIGN(office, "c", "'trial':null");
    owe(office, "c", 1, "{'base':'date','date':'2026-04-06'}", "");
    uint64_t before = facts_seq(office->fixture.facts);
    ACCEPT(office, "{'type':'calendar.day_marked','agg':'cn','data':{'day':'2026-04-06',"
                   "'kind':'holiday'}}");
    assert_due(office, "c", 1, "2026-04-01", "2026-04-07");
    struct obligation_figures f;
    struct viewpoint view = viewpoint_now(office->fixture.facts, day("2026-04-01"));
    view.known_at = before;
    obligation_evaluate(office->fixture.facts, 0, &view, &f);
    assert_int_equal(f.due, day("2026-04-06"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(from_the_contract),
        TEST(from_taking_effect),
        TEST(from_performance),
        TEST(from_a_trial),
        TEST(not_before_the_condition_is_met),
        TEST(a_partial_verdict_opens_its_share),
        TEST(the_first_sale_opens),
        TEST(a_holiday_known_later_rolls_as_known_from_then),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
