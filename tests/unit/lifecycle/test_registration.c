/* Registration: its own machine, its refusals, its flags. */

#include "tests/unit/lifecycle/office.h"

#include <stdio.h>

#define NUMBER "20261200000001"

static enum status registered(struct office *office, const char *contract, const char *reg_no,
                              const char *more)
{
    return post(office,
                "{'type':'contract.registered','agg':'%s','data':{'agency':'office','reg_no':'%s',"
                "'reg_date':'2026-02-20','type':'license','total_fen':2000000%s}}",
                contract, reg_no, more);
}

static enum status changed(struct office *office, const char *contract, const char *data)
{
    return post(office, "{'type':'contract.registration_changed','agg':'%s','data':{%s}}", contract,
                data);
}

static enum status revoked(struct office *office, const char *contract)
{
    return post(office,
                "{'type':'contract.registration_revoked','agg':'%s','data':{'reason':'error'}}",
                contract);
}

static void goes_round_its_machine(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "");
    assert_int_equal(registration_of(office, "C1"), REGISTRATION_UNREG);
    assert_int_equal(changed(office, "C1", "'total_fen':1"), STATUS_E_NOT_REGISTERED);
    assert_string_equal(office->fault.state, "registration UNREG");
    assert_string_equal(office->fault.legal, "contract.registered");
    assert_int_equal(revoked(office, "C1"), STATUS_E_NOT_REGISTERED);

    assert_int_equal(registered(office, "C1", NUMBER, ",'tech_fen':0"), STATUS_OK);
    assert_int_equal(registration_of(office, "C1"), REGISTRATION_REG);
    assert_int_equal(registered(office, "C1", "20261200000002", ",'tech_fen':0"),
                     STATUS_E_ALREADY_REGISTERED);
    assert_string_equal(office->fault.state, "registration REG");
    assert_string_equal(office->fault.legal,
                        "contract.registration_changed, contract.registration_revoked");
    assert_int_equal(changed(office, "C1", "'total_fen':3000000"), STATUS_OK);
    assert_int_equal(registration_of(office, "C1"), REGISTRATION_REG);

    assert_int_equal(revoked(office, "C1"), STATUS_OK);
    assert_int_equal(registration_of(office, "C1"), REGISTRATION_REVOKED_STATE);
    assert_int_equal(revoked(office, "C1"), STATUS_E_NOT_REGISTERED);
    assert_string_equal(office->fault.state, "registration REVOKED");
    assert_int_equal(registered(office, "C1", NUMBER, ",'tech_fen':0"), STATUS_E_REGNO_TAKEN);
    assert_int_equal(registered(office, "C1", "20261200000002", ",'tech_fen':0"), STATUS_OK);
    assert_int_equal(registration_of(office, "C1"), REGISTRATION_REG);
}

static void a_number_is_used_once_until_reversed(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "");
    SIGN(office, "C2", "'title':'another'");
    ACCEPT(office, "{'type':'contract.registered','agg':'C1','id':'reg','data':{'agency':'office',"
                   "'reg_no':'" NUMBER "','reg_date':'2026-02-20','type':'license',"
                   "'total_fen':1,'tech_fen':0}}");
    assert_int_equal(registered(office, "C2", NUMBER, ",'tech_fen':0"), STATUS_E_REGNO_TAKEN);
    assert_string_equal(office->fault.field, "data.reg_no");
    assert_string_equal(office->fault.detail, "contract=C1");
    ACCEPT(office, "{'type':'event.reversed','agg':'C1','data':{'event_id':'reg','reason':'x'}}");
    assert_int_equal(registration_of(office, "C1"), REGISTRATION_UNREG);
    assert_int_equal(registered(office, "C2", NUMBER, ",'tech_fen':0"), STATUS_OK);
}

static void its_amounts_must_fit(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "");
    assert_int_equal(registered(office, "C1", NUMBER, ",'tech_fen':2000001"),
                     STATUS_E_TECH_GT_TOTAL);
    assert_string_equal(office->fault.field, "data.tech_fen");
    assert_int_equal(registered(office, "C1", NUMBER, ",'tech_fen':2000000"), STATUS_OK);
    assert_int_equal(changed(office, "C1", "'total_fen':1999999"), STATUS_E_TECH_GT_TOTAL);
    assert_int_equal(changed(office, "C1", "'total_fen':1999999,'tech_fen':1"), STATUS_OK);
    assert_int_equal(changed(office, "C1", "'tech_fen':2000000"), STATUS_E_TECH_GT_TOTAL);
    assert_int_equal(changed(office, "C1", ""), STATUS_E_BAD_FIELD);
}

static void its_parties_have_code_and_region(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "'buyers':[{'party':'town','share_ppm':1000000}]");
    assert_int_equal(registered(office, "C1", NUMBER, ",'tech_fen':0"), STATUS_E_MISSING_FIELD);
    assert_string_equal(office->fault.field, "party/town.legal_code");
    ACCEPT(office, "{'type':'party.updated','agg':'town','data':{'changed':{'legal_code':'010'}}}");
    assert_int_equal(registered(office, "C1", NUMBER, ",'tech_fen':0"), STATUS_E_MISSING_FIELD);
    assert_string_equal(office->fault.field, "party/town.region");
    ACCEPT(office, "{'type':'party.updated','agg':'town','data':{'changed':{'region':'120000'}}}");
    assert_int_equal(registered(office, "C1", NUMBER, ",'tech_fen':0"), STATUS_OK);
}

static void it_holds_no_earlier_than_the_contract(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "'effective_rule':'approval'");
    ACCEPT(office, "{'type':'contract.took_effect','agg':'C1','effective':'2026-03-05','data':{}}");
    assert_int_equal(registered(office, "C1", NUMBER, ",'tech_fen':0"), STATUS_OK);
    assert_int_equal(state_of(office, MACHINE_REGISTRATION, KIND_contract, "C1", "2026-03-04"),
                     REGISTRATION_UNREG);
    assert_int_equal(state_of(office, MACHINE_REGISTRATION, KIND_contract, "C1", "2026-03-05"),
                     REGISTRATION_REG);
    const struct registration_row *row = facts_row(office->fixture.facts, FACT_REGISTRATION, 0);
    assert_int_equal(row->reg_date, day("2026-02-20"));
    assert_int_equal(row->fact.valid, day("2026-03-05"));
}

static void the_same_contract_twice_is_flagged(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "");
    SIGN(office, "C2", "");
    SIGN(office, "C3", "'title':'another'");
    assert_int_equal(registered(office, "C1", NUMBER, ",'tech_fen':0"), STATUS_OK);
    assert_true(unflagged(office));
    assert_int_equal(registered(office, "C3", "20261200000003", ",'tech_fen':0"), STATUS_OK);
    assert_true(unflagged(office));
    assert_int_equal(registered(office, "C2", "20261200000002", ",'tech_fen':0"), STATUS_OK);
    assert_true(flagged(office, WARNING_POSSIBLE_DUPLICATE));
}

static void a_foreign_amount_needs_a_rate(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "'currency':'USD'");
    assert_int_equal(registered(office, "C1", NUMBER, ",'tech_fen':0"), STATUS_OK);
    assert_true(flagged(office, WARNING_NO_RATE));
    ACCEPT(office, "{'type':'rate.published','agg':'pboc','data':{'kind':'fx:USD',"
                   "'value_ppm':7000000,'from':'2026-01-01'}}");
    SIGN(office, "C2", "'currency':'USD','title':'another'");
    assert_int_equal(registered(office, "C2", "20261200000002", ",'tech_fen':0"), STATUS_OK);
    assert_true(unflagged(office));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(goes_round_its_machine, office_open, office_close),
        cmocka_unit_test_setup_teardown(a_number_is_used_once_until_reversed, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(its_amounts_must_fit, office_open, office_close),
        cmocka_unit_test_setup_teardown(its_parties_have_code_and_region, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(it_holds_no_earlier_than_the_contract, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(the_same_contract_twice_is_flagged, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(a_foreign_amount_needs_a_rate, office_open, office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
