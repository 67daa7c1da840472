/* contract.voided: what is owed ends, what was paid comes back (domain 3.2, ruling 22). */

#include "tests/unit/money/desk.h"

static const char void_on[] =
    "{'type':'contract.voided','agg':'c','id':'%s','data':{'ruling':'(2026) 1','date':'%s'}}";

static struct obligation_figures figures(struct office *office, unsigned no)
{
    return desk_figures(office, "c", no, "2026-11-30");
}

/* An obligation in every state; the table's row, column by column. */
static void every_state_of_an_obligation(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c",
              "'obligations':[{'no':1,'kind':'conditional','debtor':'firm',"
              "'creditor':'univ','amount_fen':100,'condition':'effect'}]");
    for (int no = 2; no <= 6; no++) {
        desk_owe(office, "c", no, 1000, "2026-02-02");
    }
    desk_pay(office, "p3", 1000, "2026-02-02", "[{'owner':'c','no':3,'amount_fen':1000}]");
    ACCEPT(office, "{'type':'obligation.waived','agg':'c','effective':'2026-02-10','data':{'no':5,"
                   "'amount_fen':1000}}");
    desk_pay(office, "p6", 400, "2026-02-03", "[{'owner':'c','no':6,'amount_fen':400}]");
    ACCEPT(office, void_on, "void", "2026-03-01");
    assert_int_equal(contract_state_of(office, "c"), CONTRACT_VOID);

    assert_int_equal(figures(office, 1).state, OBLIGATION_EXTINGUISHED);
    assert_int_equal(figures(office, 1).contingent, 0);
    assert_int_equal(figures(office, 2).state, OBLIGATION_EXTINGUISHED);
    assert_int_equal(figures(office, 2).extinguished, 1000);
    assert_int_equal(figures(office, 3).state, OBLIGATION_SETTLED);
    assert_int_equal(figures(office, 3).paid, 1000);
    assert_int_equal(figures(office, 5).state, OBLIGATION_WAIVED);
    assert_int_equal(figures(office, 6).paid, 400);
    assert_int_equal(figures(office, 6).extinguished, 600);

    struct obligation_figures back = figures(office, 7);
    assert_int_equal(back.outstanding, 1000);
    assert_int_equal(back.terms->kind, OBLIGATION_KIND_restitution);
    assert_int_equal(back.terms->debtor, aggregate_of(office, KIND_party, "univ"));
    assert_int_equal(back.terms->creditor, aggregate_of(office, KIND_party, "firm"));
    assert_int_equal(back.due, DAY_NONE);
    assert_int_equal(figures(office, 8).outstanding, 400);
    assert_int_equal(desk_figures(office, "c", 2, "2026-02-28").outstanding, 1000);
    assert_false(desk_figures(office, "c", 7, "2026-02-28").visible);
}

static void interest_that_was_paid_comes_back_too(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "'late':{'daily_ppm':1000}");
    desk_owe(office, "c", 1, 100000, "2026-02-02");
    desk_pay(office, "p", 101000, "2026-02-12", "[{'owner':'c','no':1,'amount_fen':101000}]");
    assert_int_equal(figures(office, 1).interest_paid, 1000);
    ACCEPT(office, void_on, "void", "2026-03-01");
    assert_int_equal(figures(office, 2).outstanding, 101000);
}

static void the_brokers_commission_stands(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    ACCEPT(office, "{'type':'obligation.scheduled','agg':'c','effective':'2026-01-01','data':{"
                   "'no':1,'kind':'commission','debtor':'univ','creditor':'broker',"
                   "'amount_fen':50}}");
    ACCEPT(office, void_on, "void", "2026-03-01");
    assert_int_equal(figures(office, 1).outstanding, 50);
}

/* Money that comes after the day of the ruling is given back from the day it came. */
static void restitution_is_not_owed_before_the_money_came(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000, "2026-02-02");
    desk_pay(office, "p", 300, "2026-05-06", "[{'owner':'c','no':1,'amount_fen':300}]");
    ACCEPT(office, void_on, "void", "2026-03-01");
    assert_false(desk_figures(office, "c", 2, "2026-05-05").visible);
    assert_int_equal(desk_figures(office, "c", 2, "2026-05-06").outstanding, 300);
    assert_int_equal(desk_figures(office, "c", 1, "2026-05-06").extinguished, 700);
}

static void only_the_ground_of_the_restitution_blocks(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000, "2026-02-02");
    ACCEPT(office, "{'type':'payment.received','agg':'p','id':'pay','data':{'payer':'firm',"
                   "'payee':'univ','currency':'CNY','amount_fen':1000,'value_date':'2026-02-02',"
                   "'alloc':[{'owner':'c','no':1,'amount_fen':1000}]}}");
    ACCEPT(office, void_on, "void", "2026-03-01");
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id",
           "{'type':'event.reversed','agg':'c','data':{'event_id':'pay','reason':'x'}}");
    ACCEPT(office, "{'type':'event.reversed','agg':'c','data':{'event_id':'void','reason':'x'}}");
    assert_int_equal(contract_state_of(office, "c"), CONTRACT_ACTIVE);
    assert_int_equal(figures(office, 1).paid, 1000);
    assert_false(figures(office, 1).extinguished > 0);
    /* The id of the restitution was given back, its number is not used again (ruling 9). */
    ACCEPT(office, "{'type':'contract.voided','agg':'c','corrects':'void','data':{'ruling':'2',"
                   "'date':'2026-04-01'}}");
    assert_int_equal(figures(office, 3).outstanding, 1000);
    assert_int_equal(figures(office, 3).terms->kind, OBLIGATION_KIND_restitution);
}

static void a_restitution_is_paid_as_any_debt(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000, "2026-02-02");
    desk_pay(office, "p", 1000, "2026-02-02", NULL);
    ACCEPT(office, void_on, "void", "2026-03-01");
    ACCEPT(office, "{'type':'payment.received','agg':'q','data':{'payer':'univ','payee':'firm',"
                   "'currency':'CNY','amount_fen':1000,'value_date':'2026-03-10',"
                   "'alloc':[{'owner':'c','no':2,'amount_fen':1000}]}}");
    assert_int_equal(figures(office, 2).state, OBLIGATION_SETTLED);
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id",
           "{'type':'event.reversed','agg':'c','data':{'event_id':'void','reason':'x'}}");
    REFUSE(office, E_CLOSED, "agg", void_on, "again", "2026-03-02");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_state_of_an_obligation, office_open, office_close),
        cmocka_unit_test_setup_teardown(interest_that_was_paid_comes_back_too, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(the_brokers_commission_stands, office_open, office_close),
        cmocka_unit_test_setup_teardown(restitution_is_not_owed_before_the_money_came, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(only_the_ground_of_the_restitution_blocks, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(a_restitution_is_paid_as_any_debt, office_open,
                                        office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
