/* What may be said of a debt, in each of its states (domain 3.2, 5.1; rulings 8-12). */

#include "tests/unit/money/desk.h"

static const char demand[] =
    "{'type':'obligation.demanded','agg':'c','data':{'no':%d,'on':'2026-03-07','by':'univ'}}";
static const char dispute[] =
    "{'type':'obligation.disputed','agg':'c','effective':'2026-03-02','data':{'no':%d,"
    "'amount_fen':%d}}";
static const char resolve[] =
    "{'type':'obligation.dispute_resolved','agg':'c','effective':'2026-04-01','data':{'no':%d,"
    "'outcome':'%s'%s}}";
static const char waive[] =
    "{'type':'obligation.waived','agg':'c','effective':'2026-03-02','data':{'no':%d,"
    "'amount_fen':%d%s}}";
static const char move_due[] =
    "{'type':'obligation.rescheduled','agg':'c','effective':'2026-03-02','data':{'no':%d,"
    "'new_due':'2026-09-06'}}";
static const char assess[] =
    "{'type':'interest.assessed','agg':'c','effective':'2026-03-02','data':{'of':%d,"
    "'upto':'2026-03-02','amount_fen':0}}";

/* 1 contingent, 2 open, 3 settled, 4 extinguished, 5 waived, 6 written off. */
static void one_in_each_state(struct office *office)
{
    desk_sign(office, "c", "");
    ACCEPT(office, "{'type':'obligation.scheduled','agg':'c','effective':'2026-01-01','data':{"
                   "'no':1,'kind':'conditional','debtor':'firm','creditor':'univ',"
                   "'amount_fen':1000,'condition':'effect'}}");
    desk_owe(office, "c", 2, 1000, "2026-01-12");
    desk_owe(office, "c", 3, 1000, "2026-01-12");
    desk_owe(office, "c", 4, 1000, "2026-01-12");
    desk_owe(office, "c", 5, 1000, "2026-01-12");
    desk_owe(office, "c", 6, 1000, "2026-01-12");
    desk_pay(office, "p3", 1000, "2026-02-02", "[{'owner':'c','no':3,'amount_fen':1000}]");
    ACCEPT(office, "{'type':'contract.amended','agg':'c','effective':'2026-02-02','data':{"
                   "'amend_no':'1','changes':{'department':'TTO'},'obligations':{'cancel':[4]}}}");
    ACCEPT(office, waive, 5, 1000, "");
    ACCEPT(office, "{'type':'obligation.written_off','agg':'c','effective':'2026-02-02','data':{"
                   "'no':6,'amount_fen':1000,'reason':'insolvent'}}");
}

static void each_state_is_reached(void **state)
{
    struct office *office = *state;
    one_in_each_state(office);
    for (unsigned no = 1; no <= 6; no++) {
        assert_int_equal(desk_figures(office, "c", no, "2026-06-30").state, no - 1);
    }
}

static void contingent_ones(void **state)
{
    struct office *office = *state;
    one_in_each_state(office);
    REFUSE(office, E_OBL_CONTINGENT, "data.no", demand, 1);
    REFUSE(office, E_OBL_CONTINGENT, "data.no", dispute, 1, 5);
    REFUSE(office, E_NOT_DISPUTED, "data.no", resolve, 1, "upheld", "");
    REFUSE(office, E_OBL_CONTINGENT, "data.of", assess, 1);
    assert_non_null(strstr(office->fault.legal, "obligation.waived"));
    assert_null(strstr(office->fault.legal, "obligation.disputed"));
    ACCEPT(office, waive, 1, 400, "");
    struct obligation_figures f = desk_figures(office, "c", 1, "2026-03-02");
    assert_int_equal(f.contingent, 600);
    assert_int_equal(f.state, OBLIGATION_CONTINGENT);
    ACCEPT(office, move_due, 1);
    assert_int_equal(desk_figures(office, "c", 1, "2026-03-02").due_scheduled, day("2026-09-07"));
}

static void closed_ones(void **state)
{
    struct office *office = *state;
    one_in_each_state(office);
    for (int no = 3; no <= 6; no++) {
        REFUSE(office, E_OBL_CLOSED, "data.no", dispute, no, 5);
        REFUSE(office, E_NOT_DISPUTED, "data.no", resolve, no, "upheld", "");
        REFUSE(office, E_OBL_CLOSED, "data.no", move_due, no);
    }
    for (int no = 3; no <= 5; no++) {
        REFUSE(office, E_OBL_CLOSED, "data.no", demand, no);
        REFUSE(office, E_OBL_CLOSED, "data.no", waive, no, 5, "");
    }
    for (int no = 4; no <= 6; no++) {
        REFUSE(office, E_OBL_CLOSED, "data.of", assess, no);
    }
    ACCEPT(office, demand, 6);
    ACCEPT(office, waive, 6, 300, "");
    assert_int_equal(desk_figures(office, "c", 6, "2026-03-02").written_off, 700);
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.no", demand, 7);
}

static void disputes(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 300000, "2026-01-12");
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.amount_fen", dispute, 1, 300001);
    assert_non_null(strstr(office->fault.detail, "outstanding=300000 given=300001"));
    REFUSE(office, E_NOT_DISPUTED, "data.no", resolve, 1, "upheld", "");
    ACCEPT(office, dispute, 1, 120000);
    assert_int_equal(desk_figures(office, "c", 1, "2026-03-02").disputed, 120000);
    ACCEPT(office, resolve, 1, "upheld", "");
    struct obligation_figures f = desk_figures(office, "c", 1, "2026-04-01");
    assert_int_equal(f.disputed, 0);
    assert_int_equal(f.outstanding, 300000);
    ACCEPT(office, dispute, 1, 120000);
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.reduce_fen", resolve, 1, "reduced",
           ",'reduce_fen':120001");
    ACCEPT(office, resolve, 1, "reduced", ",'reduce_fen':20000");
    f = desk_figures(office, "c", 1, "2026-04-01");
    assert_int_equal(f.disputed, 0);
    assert_int_equal(f.outstanding, 280000);
    assert_int_equal(f.extinguished, 20000);
    ACCEPT(office, dispute, 1, 280000);
    ACCEPT(office, resolve, 1, "cancelled", "");
    assert_int_equal(desk_figures(office, "c", 1, "2026-04-01").state, OBLIGATION_EXTINGUISHED);
}

static void waivers(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 8000000, "2026-04-20");
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.amount_fen", waive, 1, 8000001, "");
    ACCEPT(office, waive, 1, 8000000, ",'refused':true");
    assert_int_equal(desk_figures(office, "c", 1, "2026-06-30").waived, 0);
    ACCEPT(office, waive, 1, 3000000, "");
    struct obligation_figures f = desk_figures(office, "c", 1, "2026-06-30");
    assert_int_equal(f.waived, 3000000);
    assert_int_equal(f.outstanding, 5000000);
    assert_false(flagged(office, WARNING_COVER_PREJUDICED));
    ACCEPT(office, "{'type':'policy.bound','agg':'pol','effective':'2026-01-01','data':{"
                   "'insurer':'insurer','holder':'firm','insured':['univ'],"
                   "'product':'performance','contracts':['c'],'sum_fen':1000000,"
                   "'cover_ppm':1000000,'premium_fen':1000,'from':'2026-01-01',"
                   "'to':'2026-12-31'}}");
    ACCEPT(office, waive, 1, 1, "");
    assert_true(flagged(office, WARNING_COVER_PREJUDICED));
}

static void a_demand_makes_it_due(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    ACCEPT(office, "{'type':'obligation.scheduled','agg':'c','effective':'2026-01-01','data':{"
                   "'no':1,'kind':'expense','debtor':'firm','creditor':'univ',"
                   "'amount_fen':1000}}");
    desk_owe(office, "c", 2, 1000, "2026-01-12");
    assert_int_equal(desk_figures(office, "c", 1, "2026-11-30").due, DAY_NONE);
    ACCEPT(office, demand, 1);
    ACCEPT(office, demand, 2);
    assert_int_equal(desk_figures(office, "c", 1, "2026-11-30").due, day("2026-03-09"));
    assert_int_equal(desk_figures(office, "c", 2, "2026-11-30").due, day("2026-01-12"));
}

static void numbers(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 7, 1000, "2026-01-12");
    REFUSE(office, E_EXISTS, "data.no",
           "{'type':'obligation.scheduled','agg':'c','data':{'no':7,'kind':'lump',"
           "'debtor':'firm','creditor':'univ','amount_fen':1}}");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.debtor",
           "{'type':'obligation.scheduled','agg':'c','data':{'no':8,'kind':'lump',"
           "'debtor':'nobody','creditor':'univ','amount_fen':1}}");
    ACCEPT(office, "{'type':'interest.assessed','agg':'c','effective':'2026-03-02','data':{"
                   "'of':7,'upto':'2026-03-02','amount_fen':5,'agreed':true}}");
    assert_int_equal(desk_figures(office, "c", 8, "2026-03-02").outstanding, 5);
}

static void a_decided_condition_cannot_be_waited_for(void **state)
{
    struct office *office = *state;
    static const char term[] =
        "{'type':'obligation.scheduled','agg':'c','effective':'2026-01-10','data':{'no':%d,"
        "'kind':'milestone',"
        "'debtor':'firm','creditor':'univ','amount_fen':1,'condition':'%s'}}";
    desk_sign(office, "c", "");
    ACCEPT(office, term, 1, "milestone:m1");
    ACCEPT(office, "{'type':'milestone.reached','agg':'c','data':{'milestone':'m1',"
                   "'on':'2026-02-02'}}");
    REFUSE(office, E_ALREADY_DECIDED, "data.condition", term, 2, "milestone:m1");
    ACCEPT(office, term, 2, "effect");
    ACCEPT(office, "{'type':'effect.evaluated','agg':'c','data':{'verdict':'not_reached',"
                   "'evaluator':'both','on':'2026-03-02'}}");
    REFUSE(office, E_ALREADY_DECIDED, "data.condition", term, 3, "effect");
    assert_int_equal(desk_figures(office, "c", 1, "2026-03-02").state, OBLIGATION_OPEN);
    assert_int_equal(desk_figures(office, "c", 2, "2026-03-02").state, OBLIGATION_EXTINGUISHED);
}

static void at_the_end_of_a_contract(void **state)
{
    struct office *office = *state;
    static const char term[] =
        "{'type':'obligation.scheduled','agg':'c','effective':'2026-01-01','data':{'no':%d,"
        "'kind':'lump','debtor':'firm','creditor':'univ','amount_fen':36500,"
        "'due':{'base':'date','date':'%s'}%s}}";
    desk_sign(office, "c", "");
    ACCEPT(office, term, 1, "2026-03-02", "");
    ACCEPT(office, term, 2, "2026-09-01", "");
    ACCEPT(office, term, 3, "2026-09-01", ",'on_termination':'survive'");
    ACCEPT(office, term, 4, "2026-12-31",
           ",'on_termination':'prorate','accrual_from':'2026-01-01','accrual_to':'2026-12-31'");
    ACCEPT(office, term, 5, "2026-09-01", ",'on_termination':'survive','condition':'effect'");
    ACCEPT(office, term, 6, "2026-09-01", ",'condition':'effect'");
    desk_pay(office, "p", 1000, "2026-02-02", "[{'owner':'c','no':4,'amount_fen':1000}]");
    ACCEPT(office, "{'type':'contract.terminated','agg':'c','data':{'basis':'agreed',"
                   "'eff_date':'2026-03-31'}}");
    assert_int_equal(desk_figures(office, "c", 1, "2026-03-31").outstanding, 36500);
    assert_int_equal(desk_figures(office, "c", 2, "2026-03-31").extinguished, 36500);
    assert_int_equal(desk_figures(office, "c", 3, "2026-03-31").outstanding, 36500);
    struct obligation_figures f = desk_figures(office, "c", 4, "2026-03-31");
    assert_int_equal(f.extinguished, 27500); /* 90 of 365 days stay owed */
    assert_int_equal(f.outstanding, 8000);
    assert_int_equal(desk_figures(office, "c", 5, "2026-03-31").contingent, 36500);
    assert_int_equal(desk_figures(office, "c", 6, "2026-03-31").extinguished, 36500);
    assert_int_equal(desk_figures(office, "c", 6, "2026-03-30").contingent, 36500);
}

/* Domain 5.1 as of 2026-06-30. */
static void the_outstanding_set(void **state)
{
    struct office *office = *state;
    SIGN(office, "c", "'sign_date':'2026-01-01','term_end':'2026-07-09','trial':null");
    static const struct {
        long long amount;
        const char *due;
    } owed[] = {{10000000, "2026-06-30"},
                {20000000, "2026-06-15"},
                {30000000, "2026-05-15"},
                {8000000, "2026-04-20"},
                {6000000, "2026-03-31"}};
    for (int i = 0; i < 5; i++) {
        desk_owe(office, "c", i + 1, owed[i].amount, owed[i].due);
    }
    ACCEPT(office, "{'type':'obligation.scheduled','agg':'c','effective':'2026-01-01','data':{"
                   "'no':6,'kind':'conditional','debtor':'firm','creditor':'univ',"
                   "'amount_fen':2000000,'condition':'effect','due':{'base':'term_end','n':30}}}");
    desk_owe(office, "c", 7, 4000000, "2026-09-30");
    desk_owe(office, "c", 8, 1000000, "2026-01-10");
    desk_pay(office, "p2", 5000000, "2026-06-20", "[{'owner':'c','no':2,'amount_fen':5000000}]");
    ACCEPT(office, dispute, 3, 12000000);
    ACCEPT(office, waive, 4, 3000000, "");
    desk_pay(office, "p8", 1250000, "2026-01-12", NULL);
    static const int64_t past_due[] = {0, 15, 46, 71, 91};
    int64_t scheduled = 0;
    int64_t outstanding = 0;
    for (unsigned no = 1; no <= 8; no++) {
        struct obligation_figures f = desk_figures(office, "c", no, "2026-06-30");
        scheduled += f.scheduled;
        outstanding += f.outstanding;
        if (no <= 5) {
            assert_int_equal(f.days_past_due, past_due[no - 1]);
        }
    }
    assert_int_equal(scheduled, 81000000);
    assert_int_equal(outstanding, 70000000);
    struct obligation_figures f = desk_figures(office, "c", 6, "2026-06-30");
    assert_int_equal(f.due_scheduled, day("2026-08-10"));
    assert_int_equal(f.contingent, 2000000);
    assert_int_equal(desk_credit(office, "p8", "2026-06-30"), 250000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_state_is_reached),
        TEST(contingent_ones),
        TEST(closed_ones),
        TEST(disputes),
        TEST(waivers),
        TEST(a_demand_makes_it_due),
        TEST(numbers),
        TEST(a_decided_condition_cannot_be_waited_for),
        TEST(at_the_end_of_a_contract),
        TEST(the_outstanding_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
