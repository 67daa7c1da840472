/* Applications for registration, their clock and refusal; filings with the patent office. */

#include "tests/unit/lifecycle/office.h"

#include "daemon/ledger/filing.h"
#include "daemon/ledger/registration.h"

static const char apply[] =
    "{'type':'contract.registration_applied','agg':'C1','id':'a-%s','data':{'applicant':'%s',"
    "'agency':'office','on':'%s'}}";
static const char reject[] =
    "{'type':'contract.registration_rejected','agg':'C1','id':'%s','effective':'2026-03-01',"
    "'data':{'reason':'no technology'}}";
static const char enter[] =
    "{'type':'contract.registered','agg':'C1','id':'r-%s','data':{'agency':'office','reg_no':'%s',"
    "'reg_date':'2026-03-02','type':'license','total_fen':9,'tech_fen':1}}";
static const char reverse[] =
    "{'type':'event.reversed','agg':'C1','data':{'event_id':'%s','reason':'x'}}";

static void the_machine_of_a_refusal(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "");
    ACCEPT(office, apply, "1", "univ", "2026-02-02");
    ACCEPT(office, apply, "2", "univ", "2026-02-03"); /* ruling 39 */
    assert_int_equal(registration_of(office, "C1"), REGISTRATION_UNREG);
    ACCEPT(office, reject, "n1");
    assert_int_equal(registration_of(office, "C1"), REGISTRATION_REJECTED);
    REFUSE(office, E_ILLEGAL_STATE, "agg", reject, "n2");
    assert_string_equal(office->fault.state, "registration REJECTED");
    assert_string_equal(office->fault.legal, "contract.registered");
    REFUSE(office, E_NOT_REGISTERED, "agg",
           "{'type':'contract.registration_changed','agg':'C1','data':{'total_fen':1}}");
    ACCEPT(office, apply, "3", "univ", "2026-03-01");
    ACCEPT(office, enter, "1", "20261200000001");
    REFUSE(office, E_ILLEGAL_STATE, "agg", reject, "n3");
    assert_string_equal(office->fault.state, "registration REG");
    REFUSE(office, E_ALREADY_REGISTERED, "agg", apply, "4", "univ", "2026-03-03");
    ACCEPT(office, "{'type':'contract.registration_revoked','agg':'C1','effective':'2026-04-01',"
                   "'data':{'reason':'x'}}");
    REFUSE(office, E_ILLEGAL_STATE, "agg", reject, "n4");
    ACCEPT(office, apply, "5", "univ", "2026-05-06");
    ACCEPT(office, enter, "2", "20261200000002");
}

static void a_refusal_is_taken_back(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "");
    ACCEPT(office, reject, "n1");
    ACCEPT(office, enter, "1", "20261200000001");
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id", reverse, "n1");
    ACCEPT(office, reverse, "r-1");
    assert_int_equal(registration_of(office, "C1"), REGISTRATION_REJECTED);
    ACCEPT(office, reverse, "n1");
    assert_int_equal(registration_of(office, "C1"), REGISTRATION_UNREG);
    ACCEPT(office, reject, "n2");
}

static void who_has_to_apply(void **state)
{
    struct office *office = *state;
    static const char abroad[] =
        "{'type':'party.registered','agg':'%s','effective':'2020-01-01','data':{'name':'x',"
        "'kind':'overseas_org'%s}}";
    ACCEPT(office, abroad, "kk", "");
    ACCEPT(office, abroad, "ltd", ",'legal_code':'900','region':'000000','country':'826'");
    SIGN(office, "C1", "");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.applicant", apply, "0", "nobody", "2026-02-02");
    ACCEPT(office, apply, "1", "univ", "2026-02-02");
    assert_true(unflagged(office));
    ACCEPT(office, apply, "2", "firm", "2026-02-02");
    assert_true(flagged(office, WARNING_APPLICANT));
    SIGN(office, "C2",
         "'sellers':[{'party':'kk','share_ppm':500000},{'party':'ltd',"
         "'share_ppm':500000}]");
    ACCEPT(office, "{'type':'contract.registration_applied','agg':'C2','data':{'applicant':'firm',"
                   "'agency':'office','on':'2026-02-02'}}");
    assert_true(unflagged(office));
    SIGN(office, "C3",
         "'sellers':[{'party':'kk','share_ppm':500000},{'party':'univ',"
         "'share_ppm':500000}]");
    static const char apply_c3[] =
        "{'type':'contract.registration_applied','agg':'C3','data':{'applicant':'%s',"
        "'agency':'office','on':'2026-02-02'}}";
    ACCEPT(office, apply_c3, "univ");
    assert_true(unflagged(office));
    ACCEPT(office, apply_c3, "kk");
    assert_true(flagged(office, WARNING_APPLICANT));
    ACCEPT(office, apply_c3, "firm");
    assert_true(flagged(office, WARNING_APPLICANT));
}

static int32_t due_of(struct office *office, const char *contract, const char *on,
                      int32_t *ret_days)
{
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    return registration_due(office->fixture.facts, aggregate_of(office, KIND_contract, contract),
                            day(on), &now, ret_days);
}

/* Monday 2026-03-02: fifteen working days end on Monday 2026-03-23, thirty on 2026-04-13. */
static void the_clock_counts_working_days(void **state)
{
    struct office *office = *state;
    int32_t days;
    SIGN(office, "C1", "'total_fen':499999999,'total_basis':'estimated'");
    assert_int_equal(due_of(office, "C1", "2026-03-02", &days), day("2026-03-23"));
    assert_int_equal(days, 15);
    ACCEPT(office, "{'type':'calendar.day_marked','agg':'cn','data':{'day':'2026-03-23',"
                   "'kind':'holiday'}}");
    assert_int_equal(due_of(office, "C1", "2026-03-02", &days), day("2026-03-24"));
    ACCEPT(office, "{'type':'calendar.day_marked','agg':'cn','data':{'day':'2026-03-08',"
                   "'kind':'workday'}}"); /* a Sunday that is worked */
    assert_int_equal(due_of(office, "C1", "2026-03-02", &days), day("2026-03-20"));
    SIGN(office, "C2", "'total_fen':500000000,'total_basis':'estimated'");
    assert_int_equal(due_of(office, "C2", "2026-03-02", &days), day("2026-04-13"));
    assert_int_equal(days, 30);
}

static void what_makes_the_clock_long(void **state)
{
    struct office *office = *state;
    int32_t days;
    SIGN(office, "C1",
         "'obligations':[{'no':1,'kind':'lump','debtor':'firm','creditor':'univ',"
         "'amount_fen':70,'due':{'base':'date','date':'2026-02-02'}}]");
    (void)due_of(office, "C1", "2026-03-02", &days);
    assert_int_equal(days, 15); /* nothing is known of the amount */
    ACCEPT(office, "{'type':'obligation.disputed','agg':'C1','effective':'2026-02-10','data':{"
                   "'no':1,'amount_fen':1}}");
    (void)due_of(office, "C1", "2026-03-02", &days);
    assert_int_equal(days, 30);
    SIGN(office, "C2", "'total_fen':100000000,'total_basis':'estimated','currency':'USD'");
    (void)due_of(office, "C2", "2026-03-02", &days);
    assert_int_equal(days, 15); /* no rate */
    ACCEPT(office, "{'type':'rate.published','agg':'pboc','data':{'kind':'fx:USD',"
                   "'value_ppm':7000000,'from':'2026-01-01'}}");
    (void)due_of(office, "C2", "2026-03-02", &days);
    assert_int_equal(days, 30);
    SIGN(office, "C3", "'total_fen':9000000000,'total_basis':'fixed'");
    ACCEPT(office, "{'type':'contract.registered','agg':'C3','data':{'agency':'office',"
                   "'reg_no':'20261200000003','reg_date':'2026-03-02','type':'license',"
                   "'total_fen':9000000000,'tech_fen':1}}");
    (void)due_of(office, "C3", "2026-03-02", &days);
    assert_int_equal(days, 15); /* the technology part decides once it is known */
}

static void filings_have_three_months(void **state)
{
    struct office *office = *state;
    static const char file[] =
        "{'type':'contract.filed','agg':'%s','effective':'%s','data':{'action':'%s',"
        "'filing_no':'X%s'}}";
    SIGN(office, "C1", ""); /* in effect on Saturday 2026-01-10 */
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    assert_int_equal(
        filing_due(office->fixture.facts, aggregate_of(office, KIND_contract, "C1"), &now),
        day("2026-04-10"));
    ACCEPT(office, file, "C1", "2026-04-10", "effective", "1");
    assert_true(unflagged(office));
    ACCEPT(office, file, "C1", "2026-09-01", "changed", "2");
    assert_true(unflagged(office));
    SIGN(office, "C2", "");
    ACCEPT(office, file, "C2", "2026-04-11", "effective", "3");
    assert_true(flagged(office, WARNING_LATE_FILING));
    SIGN(office, "C3", "'effective_rule':'approval'");
    REFUSE(office, E_NOT_EFFECTIVE, "agg", file, "C3", "2026-04-11", "effective", "4");
    int64_t value;
    assert_true(attribute_at(office->fixture.facts, aggregate_of(office, KIND_contract, "C1"),
                             FIELD_action, &now, &value));
    assert_int_equal(value, FILING_ACTION_changed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_machine_of_a_refusal, office_open, office_close),
        cmocka_unit_test_setup_teardown(a_refusal_is_taken_back, office_open, office_close),
        cmocka_unit_test_setup_teardown(who_has_to_apply, office_open, office_close),
        cmocka_unit_test_setup_teardown(the_clock_counts_working_days, office_open, office_close),
        cmocka_unit_test_setup_teardown(what_makes_the_clock_long, office_open, office_close),
        cmocka_unit_test_setup_teardown(filings_have_three_months, office_open, office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
