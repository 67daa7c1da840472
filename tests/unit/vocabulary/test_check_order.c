/* Of several things that are wrong, the one to say first: missing fields, nested ones too, then
 * bad values and ranges in field order, then dates out of order. And dates out of order. */

#include "tests/unit/vocabulary/support.h"

#define TRIAL_BACK "'trial':{'start':'2026-01-02','end':'2026-01-01'}"

static void a_missing_field_comes_before_a_bad_one(void **state)
{
    (void)state;
    assert_refused("trial.started", "{'end':'nonsense'}", STATUS_E_MISSING_FIELD, "data.start");
    assert_refused("payment.received", "{'amount_fen':-1,'currency':'CNY','payee':'U 1'}",
                   STATUS_E_MISSING_FIELD, "data.value_date");
    assert_refused("note.added", "{'unknown':1}", STATUS_E_MISSING_FIELD, "data.text");
}

static void a_missing_nested_field_comes_before_a_bad_one(void **state)
{
    (void)state;
    assert_refused("pool.distributed",
                   "{'admin_fee_fen':-1,'gross_fen':1,'lines':[{'party':'A'}],"
                   "'period':{'start':'2026-01-01','end':'2026-03-31'}}",
                   STATUS_E_MISSING_FIELD, "data.lines[0].amount_fen");
}

static void bad_values_and_ranges_come_in_field_order(void **state)
{
    (void)state;
    assert_refused("payment.received",
                   "{'amount_fen':-1,'currency':'QQQ','payee':'U1','value_date':'2026-01-01'}",
                   STATUS_E_RANGE, "data.amount_fen");
    assert_refused("payment.received",
                   "{'alloc':7,'amount_fen':-1,'currency':'QQQ','payee':'U1',"
                   "'value_date':'2026-01-01'}",
                   STATUS_E_BAD_FIELD, "data.alloc");
    assert_refused("note.added", "{'aaa':1,'text':''}", STATUS_E_BAD_FIELD, "data.aaa");
    assert_refused("note.added", "{'text':'','zzz':1}", STATUS_E_BAD_FIELD, "data.text");
}

static void a_bad_value_comes_before_dates_out_of_order(void **state)
{
    (void)state;
    assert_refused("contract.amended", "{'amend_no':'1','changes':{'title':7," TRIAL_BACK "}}",
                   STATUS_E_BAD_FIELD, "data.changes.title");
    assert_refused("contract.amended", "{'amend_no':'1','changes':{" TRIAL_BACK ",'type':'no'}}",
                   STATUS_E_BAD_FIELD, "data.changes.type");
    assert_refused("contract.amended", "{'amend_no':'1','changes':{" TRIAL_BACK "}}",
                   STATUS_E_DATE_ORDER, "data.changes.trial.end");
}

static void every_pair_of_dates_is_in_order(void **state)
{
    (void)state;
    assert_refused("trial.started", "{'start':'2025-11-20','end':'2025-11-19'}",
                   STATUS_E_DATE_ORDER, "data.end");
    assert_fits("trial.started", "{'start':'2025-11-20','end':'2025-11-20'}");
    assert_refused("contract.amended",
                   "{'amend_no':'1','changes':{'term_start':'2025-02-01','term_end':'2025-01-31'}}",
                   STATUS_E_DATE_ORDER, "data.changes.term_end");
    assert_refused("usage.reported",
                   "{'period_start':'2025-02-01','period_end':'2025-01-31','units':1}",
                   STATUS_E_DATE_ORDER, "data.period_end");
    assert_refused("policy.endorsed", "{'changes':{'from':'2025-02-01','to':'2025-01-31'}}",
                   STATUS_E_DATE_ORDER, "data.changes.to");
    assert_refused("obligation.scheduled",
                   "{'no':1,'kind':'lump','debtor':'A','creditor':'B','amount_fen':1,"
                   "'accrual_from':'2025-02-01','accrual_to':'2025-01-31'}",
                   STATUS_E_DATE_ORDER, "data.accrual_to");
}

static void from_and_to_that_are_parties_are_no_dates(void **state)
{
    (void)state;
    assert_fits("technology.transferred", "{'from':'Z','to':'A','share_ppm':300000}");
}

static void one_date_of_a_pair_is_in_order(void **state)
{
    (void)state;
    assert_fits("contract.amended", "{'amend_no':'1','changes':{'term_end':'1999-01-31'}}");
    assert_fits("contract.amended", "{'amend_no':'1','changes':{'trial':{'end':'2026-01-01'}}}");
}

static void a_fault_says_both_dates(void **state)
{
    struct fault fault;
    (void)state;
    assert_int_equal(
        check_data("trial.started", "{'start':'2025-11-20','end':'2025-11-19'}", &fault),
        STATUS_E_DATE_ORDER);
    assert_string_equal(fault.detail, "start=2025-11-20 end=2025-11-19");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_missing_field_comes_before_a_bad_one),
        cmocka_unit_test(a_missing_nested_field_comes_before_a_bad_one),
        cmocka_unit_test(bad_values_and_ranges_come_in_field_order),
        cmocka_unit_test(a_bad_value_comes_before_dates_out_of_order),
        cmocka_unit_test(every_pair_of_dates_is_in_order),
        cmocka_unit_test(from_and_to_that_are_parties_are_no_dates),
        cmocka_unit_test(one_date_of_a_pair_is_in_order),
        cmocka_unit_test(a_fault_says_both_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
