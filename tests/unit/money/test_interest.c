/* Late interest, to the fen (domain 4.7, rulings 7-9; Civil Code arts 561, 585). */

#include "tests/unit/money/desk.h"

#define DAILY "'late':{'daily_ppm':500}"

static void interest_first(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", DAILY);
    desk_owe(office, "c", 1, 100000000, "2026-01-15");
    desk_pay(office, "p1", 40000000, "2026-02-14", "[{'owner':'c','no':1,'amount_fen':40000000}]");
    struct obligation_figures f = desk_figures(office, "c", 1, "2026-02-14");
    assert_int_equal(f.interest_paid, 1500000);
    assert_int_equal(f.outstanding, 61500000);
    f = desk_figures(office, "c", 1, "2026-03-31");
    assert_int_equal(f.interest_due, 1383750);
    REFUSE(office, E_OVER_ALLOCATION, "data.alloc[0].amount_fen",
           "{'type':'payment.received','agg':'p2','data':{'payer':'firm','payee':'univ',"
           "'currency':'CNY','amount_fen':62883751,'value_date':'2026-03-31',"
           "'alloc':[{'owner':'c','no':1,'amount_fen':62883751}]}}");
    assert_non_null(strstr(office->fault.detail, "outstanding=61500000"));
    assert_non_null(strstr(office->fault.detail, "interest=1383750"));
    desk_pay(office, "p2", 62883750, "2026-03-31", "[{'owner':'c','no':1,'amount_fen':62883750}]");
    f = desk_figures(office, "c", 1, "2026-06-30");
    assert_int_equal(f.state, OBLIGATION_SETTLED);
    assert_int_equal(f.interest_due, 0);
    assert_int_equal(f.interest_paid, 2883750);
    assert_int_equal(f.paid, 100000000);
}

static void principal_first(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "'late':{'daily_ppm':500,'alloc':'principal_first'}");
    desk_owe(office, "c", 1, 100000000, "2026-01-15");
    desk_pay(office, "p1", 40000000, "2026-02-14", "[{'owner':'c','no':1,'amount_fen':40000000}]");
    desk_pay(office, "p2", 60000000, "2026-03-31", "[{'owner':'c','no':1,'amount_fen':60000000}]");
    struct obligation_figures f = desk_figures(office, "c", 1, "2026-06-30");
    assert_int_equal(f.state, OBLIGATION_SETTLED);
    assert_int_equal(f.interest_due, 2850000);
    /* Settled, but interest is owed: a line may still take that much (ruling 7). */
    desk_pay(office, "p3", 2850000, "2026-06-30", "[{'owner':'c','no':1,'amount_fen':2850000}]");
    f = desk_figures(office, "c", 1, "2026-06-30");
    assert_int_equal(f.interest_due, 0);
    assert_int_equal(f.paid, 100000000);
    REFUSE(office, E_OVER_ALLOCATION, "data.alloc[0].no",
           "{'type':'payment.received','agg':'p4','data':{'payer':'firm','payee':'univ',"
           "'currency':'CNY','amount_fen':1,'value_date':'2026-07-01',"
           "'alloc':[{'owner':'c','no':1,'amount_fen':1}]}}");
}

static void lpr(struct office *office, const char *id, const char *from, int ppm)
{
    ACCEPT(office,
           "{'type':'rate.published','agg':'%s','data':{'kind':'lpr_1y','value_ppm':%d,"
           "'from':'%s'}}",
           id, ppm, from);
}

static void a_multiple_of_the_prime_rate(void **state)
{
    struct office *office = *state;
    lpr(office, "r1", "2024-10-21", 31000);
    lpr(office, "r2", "2026-03-20", 90000); /* after the breach: does not count */
    desk_sign(office, "c365", "'late':{'lpr_x_ppm':1500000}");
    desk_sign(office, "c360", "'late':{'lpr_x_ppm':1500000,'day_count':'act360'}");
    desk_owe(office, "c365", 1, 2000000, "2026-02-02");
    desk_owe(office, "c360", 1, 2000000, "2026-02-02");
    /* a hundred days */
    assert_int_equal(desk_figures(office, "c365", 1, "2026-05-13").interest_due, 25479);
    assert_int_equal(desk_figures(office, "c360", 1, "2026-05-13").interest_due, 25833);
}

static void the_rate_of_the_day_after_the_due_date(void **state)
{
    struct office *office = *state;
    lpr(office, "r1", "2024-10-21", 31000);
    lpr(office, "r2", "2026-02-03", 62000); /* the breach date of what was due on the 2nd */
    desk_sign(office, "c", "'late':{'lpr_x_ppm':1500000}");
    desk_owe(office, "c", 1, 2000000, "2026-02-02");
    desk_owe(office, "c", 2, 2000000, "2026-01-30");
    assert_int_equal(desk_figures(office, "c", 1, "2026-05-13").interest_due, 50959);
    assert_int_equal(desk_figures(office, "c", 2, "2026-05-10").interest_due, 25479);
}

static void an_annual_rate(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "'late':{'annual_ppm':73000}");
    desk_owe(office, "c", 1, 1000000, "2026-02-02");
    assert_int_equal(desk_figures(office, "c", 1, "2026-02-03").interest_due, 200);
    assert_int_equal(desk_figures(office, "c", 1, "2026-02-02").interest_due, 0);
}

static void no_clause_no_interest(void **state)
{
    struct office *office = *state;
    lpr(office, "r1", "2024-10-21", 31000);
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 100000000, "2026-01-15");
    assert_int_equal(desk_figures(office, "c", 1, "2026-11-30").interest_due, 0);
}

static void a_cap_on_what_was_scheduled(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "'late':{'daily_ppm':500,'cap_ppm_of_principal':10000}");
    desk_owe(office, "c", 1, 100000000, "2026-01-15");
    assert_int_equal(desk_figures(office, "c", 1, "2026-02-03").interest_due, 950000);
    assert_int_equal(desk_figures(office, "c", 1, "2026-11-30").interest_due, 1000000);
}

static void reschedule(struct office *office, const char *new_due, const char *on, bool keep)
{
    ACCEPT(office,
           "{'type':'obligation.rescheduled','agg':'c','effective':'%s','data':{'no':1,"
           "'new_due':'%s','keep_interest':%s}}",
           on, new_due, keep ? "true" : "false");
}

static void rescheduling_keeps_interest_or_drops_it(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", DAILY);
    desk_owe(office, "c", 1, 100000000, "2026-01-15");
    reschedule(office, "2026-06-15", "2026-02-14", true);
    assert_int_equal(desk_figures(office, "c", 1, "2026-02-13").due, day("2026-01-15"));
    struct obligation_figures f = desk_figures(office, "c", 1, "2026-06-15");
    assert_int_equal(f.due, day("2026-06-15"));
    assert_int_equal(f.interest_due, 1500000); /* the 30 days before the rescheduling */
    assert_int_equal(desk_figures(office, "c", 1, "2026-06-25").interest_due, 2000000);
    reschedule(office, "2026-06-15", "2026-07-01", false);
    assert_int_equal(desk_figures(office, "c", 1, "2026-06-25").interest_due, 2000000);
    assert_int_equal(desk_figures(office, "c", 1, "2026-07-05").interest_due, 1000000);
}

static void a_holiday_recorded_later_moves_the_start(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", DAILY);
    desk_owe(office, "c", 1, 100000000, "2026-01-15");
    assert_int_equal(desk_figures(office, "c", 1, "2026-01-25").interest_due, 500000);
    ACCEPT(office, "{'type':'calendar.day_marked','agg':'cn','data':{'day':'2026-01-15',"
                   "'kind':'holiday'}}");
    assert_int_equal(desk_figures(office, "c", 1, "2026-01-25").due, day("2026-01-16"));
    assert_int_equal(desk_figures(office, "c", 1, "2026-01-25").interest_due, 450000);
}

static void assessed_interest_is_an_obligation(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", DAILY);
    desk_owe(office, "c", 1, 100000000, "2026-01-15");
    REFUSE(office, E_AMOUNT_MISMATCH, "data.amount_fen",
           "{'type':'interest.assessed','agg':'c','effective':'2026-02-14','data':{'of':1,"
           "'upto':'2026-02-14','amount_fen':1500001}}");
    assert_non_null(strstr(office->fault.detail, "computed=1500000 given=1500001"));
    ACCEPT(office, "{'type':'interest.assessed','agg':'c','effective':'2026-02-14','data':{"
                   "'of':1,'upto':'2026-02-14','amount_fen':1500000}}");
    struct obligation_figures f = desk_figures(office, "c", 2, "2026-02-14");
    assert_int_equal(f.outstanding, 1500000);
    assert_int_equal(f.terms->kind, OBLIGATION_KIND_interest);
    assert_int_equal(f.due, day("2026-02-16")); /* a Saturday rolls */
}

static void assessed_once(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", DAILY);
    desk_owe(office, "c", 1, 100000000, "2026-01-15");
    ACCEPT(office, "{'type':'interest.assessed','agg':'c','effective':'2026-02-13','data':{"
                   "'of':1,'upto':'2026-02-13','amount_fen':1450000}}");
    struct obligation_figures f = desk_figures(office, "c", 2, "2026-02-13");
    assert_int_equal(f.outstanding, 1450000);
    assert_int_equal(f.due, day("2026-02-13"));
    assert_int_equal(f.terms->kind, OBLIGATION_KIND_interest);
    assert_int_equal(desk_figures(office, "c", 2, "2026-11-30").interest_due, 0);
    assert_int_equal(desk_figures(office, "c", 1, "2026-02-13").interest_due, 0);
    assert_int_equal(desk_figures(office, "c", 1, "2026-02-23").interest_due, 500000);
    ACCEPT(office, "{'type':'interest.assessed','agg':'c','effective':'2026-02-23','data':{"
                   "'of':1,'upto':'2026-02-23','amount_fen':400000,'agreed':true}}");
    assert_int_equal(desk_figures(office, "c", 1, "2026-02-23").interest_due, 100000);
    assert_int_equal(desk_figures(office, "c", 3, "2026-02-23").outstanding, 400000);
}

static void an_amended_clause_charges_from_its_day_on(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", DAILY);
    desk_owe(office, "c", 1, 100000000, "2026-01-15");
    ACCEPT(office, "{'type':'contract.amended','agg':'c','effective':'2026-03-01','data':{"
                   "'amend_no':'1','changes':{'late':{'daily_ppm':100}}}}");
    assert_int_equal(desk_figures(office, "c", 1, "2026-02-28").interest_due, 2200000);
    assert_int_equal(desk_figures(office, "c", 1, "2026-03-01").interest_due, 2210000);
    REFUSE(office, E_AMOUNT_MISMATCH, "data.amount_fen",
           "{'type':'interest.assessed','agg':'c','effective':'2026-03-10','data':{'of':1,"
           "'upto':'2026-03-10','amount_fen':540000}}"); /* of 54 days by the new clause */
    ACCEPT(office, "{'type':'interest.assessed','agg':'c','effective':'2026-03-10','data':{"
                   "'of':1,'upto':'2026-03-10','amount_fen':2300000}}");
}

/* 5,000.00 are reached on the tenth day; 6,000.00 ten days after the new clause came. */
static void each_clause_has_its_own_cap(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "'late':{'daily_ppm':500,'cap_ppm_of_principal':5000}");
    desk_owe(office, "c", 1, 100000000, "2026-01-15");
    ACCEPT(office, "{'type':'contract.amended','agg':'c','effective':'2026-03-01','data':{"
                   "'amend_no':'1','changes':{'late':{'daily_ppm':100,"
                   "'cap_ppm_of_principal':6000}}}}");
    ACCEPT(office, "{'type':'contract.amended','agg':'c','effective':'2026-04-01','data':{"
                   "'amend_no':'2','changes':{'late':{'daily_ppm':500,"
                   "'cap_ppm_of_principal':1000}}}}");
    assert_int_equal(desk_figures(office, "c", 1, "2026-02-28").interest_due, 500000);
    assert_int_equal(desk_figures(office, "c", 1, "2026-03-09").interest_due, 590000);
    assert_int_equal(desk_figures(office, "c", 1, "2026-03-31").interest_due, 600000);
    assert_int_equal(desk_figures(office, "c", 1, "2026-11-30").interest_due, 600000);
}

static void a_back_dated_payment_changes_the_interest_since(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", DAILY);
    desk_owe(office, "c", 1, 100000000, "2026-01-15");
    uint64_t before = facts_seq(office->fixture.facts);
    desk_pay(office, "p", 100000000, "2026-01-15", NULL);
    assert_int_equal(desk_figures(office, "c", 1, "2026-02-14").interest_due, 0);
    struct obligation_figures f;
    struct viewpoint view = viewpoint_now(office->fixture.facts, day("2026-02-14"));
    view.known_at = before; /* the answer as it was given before */
    obligation_evaluate(office->fixture.facts, 0, &view, &f);
    assert_int_equal(f.interest_due, 1500000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(interest_first),
        TEST(principal_first),
        TEST(a_multiple_of_the_prime_rate),
        TEST(the_rate_of_the_day_after_the_due_date),
        TEST(an_annual_rate),
        TEST(no_clause_no_interest),
        TEST(a_cap_on_what_was_scheduled),
        TEST(rescheduling_keeps_interest_or_drops_it),
        TEST(a_holiday_recorded_later_moves_the_start),
        TEST(assessed_interest_is_an_obligation),
        TEST(assessed_once),
        TEST(an_amended_clause_charges_from_its_day_on),
        TEST(each_clause_has_its_own_cap),
        TEST(a_back_dated_payment_changes_the_interest_since),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
