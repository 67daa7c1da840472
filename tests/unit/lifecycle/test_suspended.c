/* Suspension and the extension of a trial. */

#include "tests/unit/lifecycle/office.h"

#include "daemon/ledger/obligation.h"

static const char move_to[] =
    "{'type':'contract.%s','agg':'C1','id':'%s','effective':'%s','data':{'reason':'x'}}";

static void resuming_leads_back_to_what_was_left(void **state)
{
    struct office *office = *state;
    bring(office, "C1", CONTRACT_TRIAL);
    ACCEPT(office, move_to, "suspended", "s", "2026-03-01");
    assert_int_equal(contract_state_of(office, "C1"), CONTRACT_SUSP);
    REFUSE(office, E_SUSPENDED, "agg", move_to, "suspended", "s2", "2026-03-02");
    REFUSE(office, E_SUSPENDED, "agg",
           "{'type':'trial.converted','agg':'C1','data':{'on':'2026-03-02','pay_mode':'free'}}");
    ACCEPT(office, move_to, "resumed", "r", "2026-04-01");
    assert_int_equal(contract_state_of(office, "C1"), CONTRACT_TRIAL);
    REFUSE(office, E_NOT_SUSPENDED, "agg", move_to, "resumed", "r2", "2026-04-02");
    assert_int_equal(state_of(office, MACHINE_CONTRACT, KIND_contract, "C1", "2026-03-31"),
                     CONTRACT_SUSP);
    ACCEPT(office,
           "{'type':'trial.converted','agg':'C1','data':{'on':'2026-05-02','pay_mode':'free'}}");
    ACCEPT(office, move_to, "suspended", "s3", "2026-06-01");
    ACCEPT(office, move_to, "resumed", "r3", "2026-06-02");
    assert_int_equal(contract_state_of(office, "C1"), CONTRACT_ACTIVE);
}

static void reversed_the_state_before_is_back(void **state)
{
    struct office *office = *state;
    bring(office, "C1", CONTRACT_ACTIVE);
    ACCEPT(office, move_to, "suspended", "s", "2026-03-01");
    ACCEPT(office, move_to, "resumed", "r", "2026-04-01");
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id",
           "{'type':'event.reversed','agg':'C1','data':{'event_id':'s','reason':'x'}}");
    ACCEPT(office, "{'type':'event.reversed','agg':'C1','data':{'event_id':'r','reason':'x'}}");
    assert_int_equal(contract_state_of(office, "C1"), CONTRACT_SUSP);
    ACCEPT(office, "{'type':'event.reversed','agg':'C1','data':{'event_id':'s','reason':'x'}}");
    assert_int_equal(contract_state_of(office, "C1"), CONTRACT_ACTIVE);
    ACCEPT(office, move_to, "suspended", "again", "2026-03-05");
    assert_int_equal(contract_state_of(office, "C1"), CONTRACT_SUSP);
}

/* While a trial is suspended its use is still the trial's: no first sale (footnote 7). */
static void use_in_a_suspended_trial_is_no_sale(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1",
         "'obligations':[{'no':1,'kind':'lump','debtor':'firm','creditor':'univ',"
         "'amount_fen':70,'condition':'first_sale'}]");
    ACCEPT(office, "{'type':'trial.started','agg':'C1','data':{'start':'2026-02-01',"
                   "'end':'2026-06-30'}}");
    ACCEPT(office, move_to, "suspended", "s", "2026-03-01");
    ACCEPT(office, "{'type':'usage.reported','agg':'C1','data':{'period_start':'2026-02-01',"
                   "'period_end':'2026-02-28','base_fen':900}}");
    assert_true(flagged(office, WARNING_SUSPENDED));
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    struct obligation_figures figures;
    obligation_evaluate(
        office->fixture.facts,
        obligation_find(office->fixture.facts, aggregate_of(office, KIND_contract, "C1"), 1, &now),
        &now, &figures);
    assert_int_equal(figures.state, OBLIGATION_CONTINGENT);
}

/* ---- trial.extended ---- */

static const char extend[] =
    "{'type':'trial.extended','agg':'C1','id':'x-%s','effective':'%s','data':{'new_end':'%s'}}";

static void an_end_is_moved_on(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "'trial':{'end':'2026-06-30','on_silence':'decline'}");
    ACCEPT(office, "{'type':'trial.started','agg':'C1','data':{'start':'2026-02-01',"
                   "'end':'2026-06-30'}}");
    REFUSE(office, E_DATE_ORDER, "data.new_end", extend, "a", "2026-05-01", "2026-06-30");
    assert_string_equal(office->fault.detail, "trial_end=2026-06-30");
    ACCEPT(office, extend, "b", "2026-05-01", "2026-08-31");
    assert_int_equal(contract_state_of(office, "C1"), CONTRACT_TRIAL);
    REFUSE(office, E_TRIAL_LAPSED, "effective", extend, "c", "2026-09-01", "2026-12-31");
    ACCEPT(office, "{'type':'trial.converted','agg':'C1','id':'conv','data':{'on':'2026-08-31',"
                   "'pay_mode':'free'}}");
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id",
           "{'type':'event.reversed','agg':'C1','data':{'event_id':'x-b','reason':'x'}}");
    ACCEPT(office, "{'type':'event.reversed','agg':'C1','data':{'event_id':'conv','reason':'x'}}");
    ACCEPT(office, "{'type':'event.reversed','agg':'C1','data':{'event_id':'x-b','reason':'x'}}");
    REFUSE(office, E_TRIAL_LAPSED, "data.on",
           "{'type':'trial.converted','agg':'C1','data':{'on':'2026-08-31','pay_mode':'free'}}");
}

/* Edge case 3: silence decides nothing unless the contract says so; pending may be extended late.
 */
static void silence_that_decides_nothing_may_be_extended(void **state)
{
    struct office *office = *state;
    bring(office, "C1", CONTRACT_TRIAL);
    ACCEPT(office, extend, "a", "2026-07-15", "2026-10-31");
    ACCEPT(office, "{'type':'trial.declined','agg':'C1','data':{'on':'2026-10-01',"
                   "'reason':'no use'}}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(resuming_leads_back_to_what_was_left, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(reversed_the_state_before_is_back, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(use_in_a_suspended_trial_is_no_sale, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(an_end_is_moved_on, office_open, office_close),
        cmocka_unit_test_setup_teardown(silence_that_decides_nothing_may_be_extended, office_open,
                                        office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
