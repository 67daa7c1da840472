/* Parties: mergers and qualifications. */

#include "tests/unit/lifecycle/office.h"

#include <stdio.h>

#include "daemon/ledger/accreditation.h"
#include "daemon/ledger/merger.h"
#include "daemon/ledger/obligation.h"
#include "daemon/ledger/technology.h"

#define MERGE                                                                                      \
    "{'type':'party.merged','agg':'%s','id':'merge-%s','effective':'2026-03-01','data':"           \
    "{'survivor':'%s'}}"
#define ACCREDIT "{'type':'party.accredited','agg':'%s','data':{'kind':'%s','from':'%s'}}"
#define END "{'type':'party.accreditation_ended','agg':'%s','effective':'%s','data':{'kind':'%s'}}"
#define ONE                                                                                        \
    "'total_basis':'fixed','total_fen':100,'obligations':[{'no':1,'kind':'lump','debtor':'firm',"  \
    "'creditor':'univ','amount_fen':100,'due':{'base':'date','date':'2026-02-02'}}]"

static uint32_t party(const struct office *office, const char *id)
{
    return aggregate_of(office, KIND_party, id);
}

static uint32_t survivor(const struct office *office, const char *id, const char *as_of)
{
    struct viewpoint view = viewpoint_now(office->fixture.facts, day(as_of));
    return party_survivor(office->fixture.facts, party(office, id), &view);
}

/* Edge case 15: the id becomes an alias from the day on, history stays. */
static void a_merged_party_is_its_survivor_from_that_day_on(void **state)
{
    struct office *office = *state;
    ACCEPT(office, MERGE, "firm", "firm", "other");
    assert_true(unflagged(office));
    assert_int_equal(survivor(office, "firm", "2026-02-28"), party(office, "firm"));
    assert_int_equal(survivor(office, "firm", "2026-03-01"), party(office, "other"));
    ACCEPT(office, MERGE, "other", "other", "inst");
    assert_int_equal(survivor(office, "firm", "2026-03-01"), party(office, "inst"));
    assert_int_equal(state_of(office, MACHINE_PARTY, KIND_party, "firm", "2026-03-01"),
                     PARTY_MERGED);
}

static void a_party_is_merged_once_and_in_no_circle(void **state)
{
    struct office *office = *state;
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.survivor", MERGE, "firm", "x", "nobody");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "agg", MERGE, "nobody", "x", "firm");
    REFUSE(office, E_SELF_DEAL, "data.survivor", MERGE, "firm", "x", "firm");
    ACCEPT(office, MERGE, "firm", "firm", "other");
    REFUSE(office, E_ILLEGAL_STATE, "agg", MERGE, "firm", "y", "inst");
    refusal_says(office, "party MERGED");
    REFUSE(office, E_SELF_DEAL, "data.survivor", MERGE, "other", "z", "firm");
    ACCEPT(office, MERGE, "other", "w", "inst");
    REFUSE(office, E_SELF_DEAL, "data.survivor", MERGE, "inst", "v", "firm");
}

static void events_that_name_an_alias_are_flagged(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", ONE);
    ACCEPT(office, MERGE, "firm", "firm", "other");
    ACCEPT(office, "{'type':'need.published','agg':'N1','effective':'2026-03-01','data':"
                   "{'party':'firm','text':'x'}}");
    assert_int_equal(office->flags, WARNING_BIT(WARNING_MERGED_PARTY));
    ACCEPT(office, "{'type':'need.published','agg':'N2','effective':'2026-02-28','data':"
                   "{'party':'firm','text':'x'}}");
    assert_true(unflagged(office)); /* it was still itself */
    ACCEPT(office, "{'type':'party.updated','agg':'firm','effective':'2026-03-02','data':"
                   "{'changed':{'zone':'a'}}}");
    assert_int_equal(office->flags, WARNING_BIT(WARNING_MERGED_PARTY));
    ACCEPT(office, "{'type':'party.updated','agg':'other','effective':'2026-03-02','data':"
                   "{'changed':{'zone':'a'}}}");
    assert_true(unflagged(office));
    assert_int_equal(sign(office, "C2",
                          "'sign_date':'2026-04-01','sellers':[{'party':'other',"
                          "'share_ppm':1000000}]"),
                     STATUS_E_SELF_DEAL);
    assert_string_equal(office->fault.field, "data.buyers[0].party");
}

/* What the survivor pays settles what the alias owed, and what was given to the one is held by the
 * other. */
static void the_two_are_one_party_to_the_ledger(void **state)
{
    struct office *office = *state;
    const struct facts *facts = office->fixture.facts;
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    struct obligation_figures figures;
    SIGN(office, "C1", ONE);
    ACCEPT(office, "{'type':'technology.transferred','agg':'patent','effective':'2026-01-01',"
                   "'data':{'from':'univ','to':'firm','share_ppm':400000}}");
    ACCEPT(office, MERGE, "firm", "firm", "other");
    ACCEPT(office, "{'type':'payment.received','agg':'P1','id':'pay','data':{'payer':'other',"
                   "'payee':'univ','amount_fen':100,'currency':'CNY','value_date':'2026-04-01'}}");
    uint32_t fee = obligation_find(facts, aggregate_of(office, KIND_contract, "C1"), 1, &now);
    obligation_evaluate(facts, fee, &now, &figures);
    assert_int_equal(figures.state, OBLIGATION_SETTLED);
    ACCEPT(office, "{'type':'technology.transferred','agg':'patent','id':'give','data':"
                   "{'from':'other','to':'inst','share_ppm':400000}}");
    assert_int_equal(technology_share(facts, aggregate_of(office, KIND_technology, "patent"),
                                      party(office, "firm"), &now),
                     0);
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id", REVERSE_EVENT, "merge-firm");
    ACCEPT(office, REVERSE_EVENT, "give");
    ACCEPT(office, REVERSE_EVENT, "pay");
    ACCEPT(office, REVERSE_EVENT, "merge-firm");
    assert_int_equal(survivor(office, "firm", "2026-12-01"), party(office, "firm"));
    ACCEPT(office, MERGE, "other", "again", "firm");
}

/* ---- qualifications ---- */

static bool holds(const struct office *office, const char *id, const char *kind, const char *as_of)
{
    struct viewpoint view = viewpoint_now(office->fixture.facts, day(as_of));
    return accreditation_open(office->fixture.facts, party(office, id), slice_text(kind), &view) !=
           NULL;
}

static void one_qualification_of_a_kind_is_open(void **state)
{
    struct office *office = *state;
    ACCEPT(office, ACCREDIT, "broker", "broker", "2026-01-01");
    ACCEPT(office, ACCREDIT, "broker", "tech_manager", "2026-01-01");
    REFUSE(office, E_EXISTS, "data.kind", ACCREDIT, "broker", "broker", "2026-02-01");
    refusal_says(office, "accreditation open");
    assert_string_equal(office->fault.legal, "party.accreditation_ended");
    ACCEPT(office, END, "broker", "2026-06-01", "broker");
    assert_true(holds(office, "broker", "broker", "2026-05-31"));
    assert_false(holds(office, "broker", "broker", "2026-06-01"));
    assert_true(holds(office, "broker", "tech_manager", "2026-06-01"));
    REFUSE(office, E_ILLEGAL_STATE, "data.kind", END, "broker", "2026-07-01", "broker");
    refusal_says(office, "accreditation none open");
    REFUSE(office, E_ILLEGAL_STATE, "data.kind", END, "broker", "2026-07-01", "expert");
    ACCEPT(office, ACCREDIT, "broker", "broker", "2026-05-01"); /* holds from the end on */
    assert_false(holds(office, "broker", "broker", "2025-12-31"));
    assert_true(holds(office, "broker", "broker", "2026-06-01"));
}

static void a_qualification_begins_on_its_day(void **state)
{
    struct office *office = *state;
    REFUSE(office, E_FUTURE_EFFECTIVE, "data.from", ACCREDIT, "broker", "broker", "2027-01-01");
    REFUSE(office, E_MISSING_FIELD, "data.from",
           "{'type':'party.accredited','agg':'broker','data':{'kind':'broker'}}");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "agg", ACCREDIT, "nobody", "broker", "2026-01-01");
    ACCEPT(office, ACCREDIT, "broker", "broker", "2026-01-01");
    assert_false(holds(office, "broker", "broker", "2025-12-31"));
    assert_true(holds(office, "broker", "broker", "2026-01-01"));
}

static void later_steps_of_a_kind_are_dependants(void **state)
{
    struct office *office = *state;
    ACCEPT(office, "{'type':'party.accredited','agg':'broker','id':'first','data':{'kind':'broker',"
                   "'from':'2026-01-01'}}");
    ACCEPT(office, ACCREDIT, "broker", "expert", "2026-01-01");
    ACCEPT(office, "{'type':'party.accreditation_ended','agg':'broker','id':'end-1',"
                   "'effective':'2026-02-01','data':{'kind':'broker'}}");
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id", REVERSE_EVENT, "first");
    ACCEPT(office, REVERSE_EVENT, "end-1");
    assert_true(holds(office, "broker", "broker", "2026-02-01"));
    ACCEPT(office, REVERSE_EVENT, "first");
    assert_false(holds(office, "broker", "broker", "2026-02-01"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_merged_party_is_its_survivor_from_that_day_on,
                                        office_open, office_close),
        cmocka_unit_test_setup_teardown(a_party_is_merged_once_and_in_no_circle, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(events_that_name_an_alias_are_flagged, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(the_two_are_one_party_to_the_ledger, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(one_qualification_of_a_kind_is_open, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(a_qualification_begins_on_its_day, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(later_steps_of_a_kind_are_dependants, office_open,
                                        office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
