/* Money in, back and out, and whom it serves (domain 2.3, 4.6; rulings 1-3, 7, 13, 39;
 * Civil Code arts 560-561). */

#include "tests/unit/money/desk.h"

static void what_is_left_is_credit(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000000, "2026-01-10"); /* rolls to the 12th */
    desk_pay(office, "p", 1250000, "2026-01-12", NULL);
    struct obligation_figures f = desk_figures(office, "c", 1, "2026-06-30");
    assert_int_equal(f.paid, 1000000);
    assert_int_equal(f.state, OBLIGATION_SETTLED);
    assert_int_equal(desk_credit(office, "p", "2026-06-30"), 250000);
}

static void nothing_is_appropriated_before_it_is_due(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000000, "2026-01-12");
    desk_pay(office, "p", 1000000, "2026-01-11", NULL);
    assert_int_equal(desk_figures(office, "c", 1, "2026-06-30").outstanding, 1000000);
    assert_int_equal(desk_credit(office, "p", "2026-06-30"), 1000000);
    /* a designation may pay what is not due */
    desk_pay(office, "q", 1000000, "2026-01-11", "[{'owner':'c','no':1,'amount_fen':300000}]");
    assert_int_equal(desk_figures(office, "c", 1, "2026-06-30").paid, 300000);
    assert_int_equal(desk_credit(office, "q", "2026-06-30"), 700000);
}

static void an_empty_designation_is_one(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000000, "2026-01-12");
    desk_pay(office, "p", 1000000, "2026-02-02", "[]");
    assert_int_equal(desk_credit(office, "p", "2026-02-02"), 1000000);
}

static void the_earlier_due_comes_first(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000000, "2026-02-02");
    desk_owe(office, "c", 2, 1000000, "2026-01-12");
    desk_owe(office, "c", 3, 1000000, "2026-07-01"); /* not due yet */
    desk_pay(office, "p", 1500000, "2026-03-02", NULL);
    assert_int_equal(desk_figures(office, "c", 2, "2026-03-02").paid, 1000000);
    assert_int_equal(desk_figures(office, "c", 1, "2026-03-02").paid, 500000);
    assert_int_equal(desk_figures(office, "c", 3, "2026-03-02").paid, 0);
}

static void one_date_shares_pro_rata(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000000, "2026-01-12");
    desk_owe(office, "c", 2, 2000000, "2026-01-12");
    desk_pay(office, "p", 1000000, "2026-03-02", NULL); /* 3,333.33… and 6,666.66… */
    assert_int_equal(desk_figures(office, "c", 1, "2026-03-02").paid, 333333);
    assert_int_equal(desk_figures(office, "c", 2, "2026-03-02").paid, 666667);
    desk_pay(office, "q", 2000000, "2026-03-03", NULL);
    assert_int_equal(desk_figures(office, "c", 1, "2026-03-03").state, OBLIGATION_SETTLED);
    assert_int_equal(desk_figures(office, "c", 2, "2026-03-03").state, OBLIGATION_SETTLED);
}

static void three_equal_debts_share_to_the_fen(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 20000000, "2026-01-12");
    desk_owe(office, "c", 2, 20000000, "2026-01-12");
    desk_owe(office, "c", 3, 20000000, "2026-01-12");
    desk_pay(office, "p", 10000000, "2026-03-02", NULL);
    assert_int_equal(desk_figures(office, "c", 1, "2026-03-02").paid, 3333334);
    assert_int_equal(desk_figures(office, "c", 2, "2026-03-02").paid, 3333333);
    assert_int_equal(desk_figures(office, "c", 3, "2026-03-02").paid, 3333333);
}

static void the_heavier_debt_comes_before_the_earlier(void **state)
{
    struct office *office = *state;
    desk_sign(office, "light", "'late':{'annual_ppm':36500}"); /* 100 ppm a day */
    desk_sign(office, "heavy", "'late':{'daily_ppm':101}");
    desk_owe(office, "light", 1, 1000000, "2026-01-12");
    desk_owe(office, "heavy", 1, 1000000, "2026-02-02");
    desk_pay(office, "p", 500000, "2026-02-02", NULL);
    assert_int_equal(desk_figures(office, "heavy", 1, "2026-02-02").paid, 500000);
    assert_int_equal(desk_figures(office, "light", 1, "2026-02-02").paid, 0);
}

static void the_unsecured_debt_comes_first(void **state)
{
    struct office *office = *state;
    desk_sign(office, "safe", "'late':{'daily_ppm':500}");
    desk_sign(office, "open", "");
    desk_owe(office, "safe", 1, 1000000, "2026-01-12");
    desk_owe(office, "open", 1, 1000000, "2026-02-02");
    ACCEPT(office, "{'type':'policy.bound','agg':'pol','effective':'2026-01-01','data':{"
                   "'insurer':'insurer','holder':'firm','insured':['univ'],"
                   "'product':'performance','contracts':['safe'],'sum_fen':1000000,"
                   "'cover_ppm':1000000,'premium_fen':1000,'from':'2026-01-01',"
                   "'to':'2026-02-28'}}");
    desk_pay(office, "p", 500000, "2026-02-28", NULL);
    assert_int_equal(desk_figures(office, "open", 1, "2026-03-02").paid, 500000);
    /* the cover has run out: now the heavier one */
    desk_pay(office, "q", 500000, "2026-03-02", NULL);
    assert_int_equal(desk_figures(office, "open", 1, "2026-03-02").paid, 500000);
}

static void the_interest_of_the_first_before_the_second(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "'late':{'daily_ppm':500}");
    desk_owe(office, "c", 1, 100000000, "2026-01-15");
    desk_owe(office, "c", 2, 100000000, "2026-02-13");
    desk_pay(office, "p", 101500000 + 7, "2026-02-14", NULL);
    struct obligation_figures f = desk_figures(office, "c", 1, "2026-02-14");
    assert_int_equal(f.state, OBLIGATION_SETTLED);
    assert_int_equal(f.interest_paid, 1500000);
    assert_int_equal(desk_figures(office, "c", 2, "2026-02-14").interest_paid, 7);
}

static void what_a_line_may_not_do(void **state)
{
    struct office *office = *state;
    static const char pay[] =
        "{'type':'payment.received','agg':'p','data':{'payer':'firm','payee':'univ',"
        "'currency':'%s','amount_fen':%d,'value_date':'2026-02-02','alloc':[%s]}}";
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000000, "2026-01-12");
    ACCEPT(office, "{'type':'obligation.scheduled','agg':'c','data':{'no':2,'kind':'conditional',"
                   "'debtor':'firm','creditor':'univ','amount_fen':500,'condition':'effect'}}");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.alloc[0].owner", pay, "CNY", 5,
           "{'owner':'d','no':1,'amount_fen':5}");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.alloc[0].no", pay, "CNY", 5,
           "{'owner':'c','no':9,'amount_fen':5}");
    REFUSE(office, E_OBL_CONTINGENT, "data.alloc[0].no", pay, "CNY", 5,
           "{'owner':'c','no':2,'amount_fen':5}");
    assert_string_equal(office->fault.state, "obligation CONTINGENT");
    REFUSE(office, E_CURRENCY_MISMATCH, "data.alloc[0].no", pay, "USD", 5,
           "{'owner':'c','no':1,'amount_fen':5}");
    REFUSE(office, E_SUM_MISMATCH, "data.alloc", pay, "CNY", 5,
           "{'owner':'c','no':1,'amount_fen':6}");
    REFUSE(office, E_OVER_ALLOCATION, "data.alloc[1].amount_fen", pay, "CNY", 2000000,
           "{'owner':'c','no':1,'amount_fen':600000},{'owner':'c','no':1,'amount_fen':400001}");
    ACCEPT(office, "{'type':'obligation.waived','agg':'c','data':{'no':1,'amount_fen':1000000}}");
    REFUSE(office, E_OBL_CLOSED, "data.alloc[0].no", pay, "CNY", 5,
           "{'owner':'contract/c','no':1,'amount_fen':5}");
}

static void unknown_money_gets_its_payer_once(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000000, "2026-01-12");
    ACCEPT(office, "{'type':'payment.received','agg':'p','data':{'payee':'univ','payer_text':'?',"
                   "'currency':'CNY','amount_fen':900,'value_date':'2026-02-02'}}");
    assert_int_equal(desk_credit(office, "p", "2026-02-02"), 900);
    REFUSE(office, E_NO_CREDIT, "data.alloc",
           "{'type':'payment.applied','agg':'p','effective':'2026-03-02','data':{'alloc':["
           "{'owner':'c','no':1,'amount_fen':901}]}}");
    assert_non_null(strstr(office->fault.detail, "credit=900 given=901"));
    ACCEPT(office, "{'type':'payment.applied','agg':'p','effective':'2026-03-02','data':{"
                   "'payer':'firm','alloc':[{'owner':'c','no':1,'amount_fen':400}]}}");
    assert_int_equal(desk_credit(office, "p", "2026-03-01"), 900);
    assert_int_equal(desk_credit(office, "p", "2026-03-02"), 500);
    REFUSE(office, E_BAD_FIELD, "data.payer",
           "{'type':'payment.applied','agg':'p','effective':'2026-03-02','data':{"
           "'payer':'other','alloc':[{'owner':'c','no':1,'amount_fen':1}]}}");
}

static void a_return_takes_everything_back(void **state)
{
    struct office *office = *state;
    static const char back[] = "{'type':'payment.returned','agg':'p','data':{'reason':'bounced',"
                               "'value_date':'2026-03-02'}}";
    desk_sign(office, "c", "'late':{'daily_ppm':500}");
    desk_owe(office, "c", 1, 1000000, "2026-01-12");
    desk_owe(office, "c", 2, 1000000, "2026-01-12");
    desk_pay(office, "p", 2500000, "2026-01-12",
             "[{'owner':'c','no':1,'amount_fen':600000},{'owner':'c','no':2,'amount_fen':9},"
             "{'owner':'c','no':1,'amount_fen':400000}]");
    ACCEPT(office, "%s", back);
    struct obligation_figures f = desk_figures(office, "c", 1, "2026-03-01");
    assert_int_equal(f.state, OBLIGATION_SETTLED);
    f = desk_figures(office, "c", 1, "2026-03-02");
    assert_int_equal(f.outstanding, 1000000);
    assert_int_equal(f.due, day("2026-01-12"));
    assert_int_equal(f.interest_due, 24500); /* 49 days: as if it had never been paid */
    assert_int_equal(desk_figures(office, "c", 2, "2026-03-02").outstanding, 1000000);
    assert_int_equal(desk_credit(office, "p", "2026-03-02"), 0);
    REFUSE(office, E_ALREADY_REVERSED, "agg", "%s", back);
    REFUSE(office, E_NO_CREDIT, "agg",
           "{'type':'payment.applied','agg':'p','data':{'alloc':[{'owner':'c','no':1,"
           "'amount_fen':1}]}}");
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.amount_fen",
           "{'type':'payment.refunded','agg':'p','data':{'amount_fen':1}}");
}

static void refunds(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000000, "2026-01-12");
    desk_pay(office, "p", 1200000, "2026-01-12", "[{'owner':'c','no':1,'amount_fen':1000000}]");
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.amount_fen",
           "{'type':'payment.refunded','agg':'p','data':{'amount_fen':200001}}");
    ACCEPT(office, "{'type':'payment.refunded','agg':'p','effective':'2026-02-02','data':{"
                   "'amount_fen':150000}}");
    assert_int_equal(desk_credit(office, "p", "2026-02-02"), 50000);
    REFUSE(office, E_HAS_DEPENDENTS, "agg",
           "{'type':'payment.returned','agg':'p','data':{'reason':'x','value_date':"
           "'2026-03-02'}}");
    ACCEPT(office, "{'type':'payment.refunded','agg':'p','effective':'2026-03-02','data':{"
                   "'amount_fen':300000,'from':'obligation','owner':'c','no':1,'reopen':true}}");
    struct obligation_figures f = desk_figures(office, "c", 1, "2026-03-02");
    assert_int_equal(f.outstanding, 300000);
    assert_int_equal(f.paid, 700000);
    assert_int_equal(f.state, OBLIGATION_OPEN);
    ACCEPT(office, "{'type':'payment.refunded','agg':'p','effective':'2026-03-03','data':{"
                   "'amount_fen':100000,'from':'obligation','owner':'c','no':1}}");
    f = desk_figures(office, "c", 1, "2026-03-03");
    assert_int_equal(f.outstanding, 300000);
    assert_int_equal(f.paid, 600000);
    assert_int_equal(f.extinguished, 100000);
    assert_int_equal(desk_credit(office, "p", "2026-03-03"), 50000);
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.amount_fen",
           "{'type':'payment.refunded','agg':'p','data':{'amount_fen':600001,"
           "'from':'obligation','owner':'c','no':1}}");
    assert_non_null(strstr(office->fault.detail, "available=600000 given=600001"));
}

static void a_bank_reference_seen_before(void **state)
{
    struct office *office = *state;
    static const char pay[] = "{'type':'payment.received','agg':'%s','id':'%s','data':{"
                              "'payee':'univ','currency':'CNY','amount_fen':5,"
                              "'value_date':'2026-02-02','bank_ref':'%s'}}";
    ACCEPT(office, pay, "p1", "e1", "B-1");
    assert_false(flagged(office, WARNING_DUPLICATE_BANK_REF));
    ACCEPT(office, pay, "p2", "e2", "B-2");
    assert_false(flagged(office, WARNING_DUPLICATE_BANK_REF));
    ACCEPT(office, pay, "p3", "e3", "B-1");
    assert_true(flagged(office, WARNING_DUPLICATE_BANK_REF));
    REFUSE(office, E_EXISTS, "agg", pay, "p1", "e4", "B-9");
    struct facts *facts = office->fixture.facts;
    struct facts_mark mark = facts_mark(facts);
    facts_undo(facts, &mark);
    ACCEPT(office, pay, "p4", "e5", "B-9");
    assert_false(flagged(office, WARNING_DUPLICATE_BANK_REF));
}

static void a_refused_request_leaves_no_bank_reference(void **state)
{
    struct office *office = *state;
    enum status status = post_batch(
        office, "[{'type':'payment.received','agg':'p1','data':{'payee':'univ','currency':'CNY',"
                "'amount_fen':5,'value_date':'2026-02-02','bank_ref':'B'}},"
                "{'type':'payment.received','agg':'p1','data':{'payee':'univ','currency':'CNY',"
                "'amount_fen':5,'value_date':'2026-02-02','bank_ref':'B'}}]");
    assert_int_equal(status, STATUS_E_EXISTS);
    ACCEPT(office, "{'type':'payment.received','agg':'p1','data':{'payee':'univ',"
                   "'currency':'CNY','amount_fen':5,'value_date':'2026-02-02','bank_ref':'B'}}");
    assert_false(flagged(office, WARNING_DUPLICATE_BANK_REF));
}

static void money_before_the_debt_is_credit_until_then(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    ACCEPT(office, "{'type':'obligation.scheduled','agg':'c','effective':'2026-03-02','data':{"
                   "'no':1,'kind':'lump','debtor':'firm','creditor':'univ','amount_fen':500}}");
    desk_pay(office, "p", 500, "2026-02-02", "[{'owner':'c','no':1,'amount_fen':500}]");
    assert_int_equal(desk_credit(office, "p", "2026-03-01"), 500);
    assert_int_equal(desk_credit(office, "p", "2026-03-02"), 0);
    assert_int_equal(desk_figures(office, "c", 1, "2026-03-02").paid, 500);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_left_is_credit),
        TEST(nothing_is_appropriated_before_it_is_due),
        TEST(an_empty_designation_is_one),
        TEST(the_earlier_due_comes_first),
        TEST(one_date_shares_pro_rata),
        TEST(three_equal_debts_share_to_the_fen),
        TEST(the_heavier_debt_comes_before_the_earlier),
        TEST(the_unsecured_debt_comes_first),
        TEST(the_interest_of_the_first_before_the_second),
        TEST(what_a_line_may_not_do),
        TEST(unknown_money_gets_its_payer_once),
        TEST(a_return_takes_everything_back),
        TEST(refunds),
        TEST(a_bank_reference_seen_before),
        TEST(a_refused_request_leaves_no_bank_reference),
        TEST(money_before_the_debt_is_credit_until_then),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
