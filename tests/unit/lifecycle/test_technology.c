/* Technologies: states, owners, attributes, and what an invalidation stops. */

#include "tests/unit/lifecycle/office.h"

#include <stdio.h>

#include "daemon/ledger/obligation.h"
#include "daemon/ledger/technology.h"

#define PUBLISH                                                                                    \
    "{'type':'technology.published','agg':'%s','effective':'2021-01-01','data':{'title':'x',"      \
    "'owners':[{'party':'univ','share_ppm':1000000}],%s}}"
#define LAPSE                                                                                      \
    "{'type':'technology.lapsed','agg':'%s','effective':'2026-01-01','data':{'reason':'fee'}}"
#define INVALIDATE                                                                                 \
    "{'type':'technology.invalidated','agg':'%s','data':{'scope':'%s',"                            \
    "'decision_date':'2026-06-01'}}"
#define TRANSFER                                                                                   \
    "{'type':'technology.transferred','agg':'patent','effective':'2026-01-01','data':{"            \
    "'from':'%s','to':'%s','share_ppm':%d}}"

static uint8_t technology_state(const struct office *office, const char *id)
{
    return state_of(office, MACHINE_TECHNOLOGY, KIND_technology, id, "2199-12-31");
}

static int64_t attribute(const struct office *office, const char *id, enum field_id field,
                         const char *as_of)
{
    struct viewpoint view = viewpoint_now(office->fixture.facts, day(as_of));
    int64_t value = INT64_MIN;
    (void)attribute_at(office->fixture.facts, aggregate_of(office, KIND_technology, id), field,
                       &view, &value);
    return value;
}

static void its_first_state_follows_from_its_kind(void **state)
{
    struct office *office = *state;
    static const struct {
        const char *id, *data;
        uint8_t state;
        const char *expiry;
    } kinds[] = {
        {"t1", "'ip_kind':'know_how'", TECHNOLOGY_LISTED, NULL},
        {"t2", "'ip_kind':'software'", TECHNOLOGY_LISTED, NULL},
        {"t3", "'ip_kind':'patent_application','filed':'2020-02-29'", TECHNOLOGY_APPLIED, NULL},
        {"t4", "'ip_kind':'invention','filed':'2020-02-29'", TECHNOLOGY_APPLIED, "2040-02-29"},
        {"t5", "'ip_kind':'invention','filed':'2020-02-29','granted':'2020-06-01'",
         TECHNOLOGY_IN_FORCE, "2040-02-29"},
        {"t6", "'ip_kind':'utility_model','patent_no':'ZL2','filed':'2020-02-29'",
         TECHNOLOGY_IN_FORCE, "2030-02-28"},
        {"t7", "'ip_kind':'design','granted':'2020-06-01','filed':'2020-01-31'",
         TECHNOLOGY_IN_FORCE, "2035-01-31"},
        {"t8", "'ip_kind':'plant_variety','granted':'2020-06-01'", TECHNOLOGY_IN_FORCE, NULL},
    };
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        ACCEPT(office, PUBLISH, kinds[i].id, kinds[i].data);
        assert_int_equal(technology_state(office, kinds[i].id), kinds[i].state);
        int64_t expiry = attribute(office, kinds[i].id, FIELD_expiry, "2199-12-31");
        assert_int_equal(expiry, kinds[i].expiry == NULL ? INT64_MIN : day(kinds[i].expiry));
    }
    REFUSE(office, E_SUM_MISMATCH, "data.owners",
           "{'type':'technology.published','agg':'t9','data':{'title':'x','ip_kind':'none',"
           "'owners':[{'party':'univ','share_ppm':999999}]}}");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.owners[0].party",
           "{'type':'technology.published','agg':'t9','data':{'title':'x','ip_kind':'none',"
           "'owners':[{'party':'nobody','share_ppm':1000000}]}}");
}

static void a_right_ends_once(void **state)
{
    struct office *office = *state;
    ACCEPT(office, PUBLISH, "secret", "'ip_kind':'know_how'");
    REFUSE(office, E_ILLEGAL_STATE, "agg", LAPSE, "secret");
    assert_string_equal(office->fault.state, "technology LISTED");
    REFUSE(office, E_ILLEGAL_STATE, "agg", INVALIDATE, "secret", "whole");
    ACCEPT(office, LAPSE, "patent");
    assert_int_equal(technology_state(office, "patent"), TECHNOLOGY_LAPSED);
    REFUSE(office, E_ILLEGAL_STATE, "agg", LAPSE, "patent");
    assert_string_equal(office->fault.legal,
                        "technology.restored, technology.invalidated, technology.updated, "
                        "technology.transferred");
    ACCEPT(office, INVALIDATE, "patent", "part");
    assert_int_equal(technology_state(office, "patent"), TECHNOLOGY_LAPSED);
    ACCEPT(office, INVALIDATE, "patent", "whole");
    assert_int_equal(technology_state(office, "patent"), TECHNOLOGY_INVALID);
    REFUSE(office, E_ILLEGAL_STATE, "agg", INVALIDATE, "patent", "whole");
}

static void who_gives_a_share_must_hold_it(void **state)
{
    struct office *office = *state;
    uint32_t patent = aggregate_of(office, KIND_technology, "patent");
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.share_ppm", TRANSFER, "inst", "univ", 1);
    assert_string_equal(office->fault.detail, "held_ppm=0 given_ppm=1");
    REFUSE(office, E_SELF_DEAL, "data.to", TRANSFER, "univ", "univ", 1);
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.to", TRANSFER, "univ", "nobody", 1);
    ACCEPT(office, TRANSFER, "univ", "inst", 700000);
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.share_ppm", TRANSFER, "univ", "inst", 300001);
    ACCEPT(office, TRANSFER, "inst", "firm", 200000);
    assert_int_equal(technology_share(office->fixture.facts, patent,
                                      aggregate_of(office, KIND_party, "inst"), &now),
                     500000);
    struct viewpoint before = viewpoint_now(office->fixture.facts, day("2025-12-31"));
    assert_int_equal(technology_share(office->fixture.facts, patent,
                                      aggregate_of(office, KIND_party, "univ"), &before),
                     1000000);
}

static void attributes_are_versioned(void **state)
{
    struct office *office = *state;
    ACCEPT(office, "{'type':'technology.updated','agg':'patent','effective':'2026-02-01',"
                   "'data':{'changed':{'project':'P-1','trl':5}}}");
    assert_int_equal(attribute(office, "patent", FIELD_trl, "2026-01-31"), INT64_MIN);
    assert_int_equal(attribute(office, "patent", FIELD_trl, "2026-02-01"), 5);
    ACCEPT(office, "{'type':'technology.updated','agg':'patent','effective':'2025-02-01',"
                   "'data':{'changed':{'trl':4}}}");
    assert_int_equal(attribute(office, "patent", FIELD_trl, "2026-01-31"), 4);
    assert_int_equal(attribute(office, "patent", FIELD_trl, "2026-02-01"), 5);
}

static void parties_are_versioned(void **state)
{
    struct office *office = *state;
    uint32_t firm = aggregate_of(office, KIND_party, "firm");
    int64_t kind = -1;
    struct viewpoint view = viewpoint_now(office->fixture.facts, day("2026-01-31"));
    ACCEPT(office, "{'type':'party.updated','agg':'firm','effective':'2026-02-01',"
                   "'data':{'changed':{'legal_code':'300','region':'310000'}}}");
    assert_true(attribute_at(office->fixture.facts, firm, FIELD_kind, &view, &kind));
    assert_int_equal(kind, PARTY_KIND_ent_domestic);
    view.as_of = day("2026-02-01");
    assert_true(attribute_at(office->fixture.facts, firm, FIELD_kind, &view, &kind));
    assert_int_equal(kind, PARTY_KIND_ent_foreign);
    REFUSE(
        office, E_BAD_FIELD, "data.party_id",
        "{'type':'party.updated','agg':'firm','data':{'party_id':'inst','changed':{'zone':'a'}}}");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.changed.parent",
           "{'type':'party.updated','agg':'firm','data':{'changed':{'parent':'nobody'}}}");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.parent",
           "{'type':'party.registered','agg':'new','data':{'name':'n','kind':'gov',"
           "'parent':'nobody'}}");
}

/* ---- invalidation (domain 3.2) ---- */

#define DATED(no, date)                                                                            \
    "{'no':" no ",'kind':'instalment','debtor':'firm','creditor':'univ','amount_fen':100,"         \
    "'due':{'base':'date','date':'" date "'}}"

static struct obligation_figures figures_of(const struct office *office, const char *contract,
                                            uint32_t no)
{
    const struct facts *facts = office->fixture.facts;
    struct viewpoint view = viewpoint_now(facts, day("2026-07-01"));
    struct obligation_figures figures;
    uint32_t obligation =
        obligation_find(facts, aggregate_of(office, KIND_contract, contract), no, &view);
    assert_int_not_equal(obligation, OBLIGATION_NONE);
    obligation_evaluate(facts, obligation, &view, &figures);
    return figures;
}

static void invalidation_stops_what_falls_due_later(void **state)
{
    struct office *office = *state;
    static const char sums[] = "'obligations':[" DATED("1", "2026-05-29") "," DATED(
        "2",
        "2026-06-01") ","
                      "{'no':3,'kind':'lump','debtor':'firm','creditor':'univ','amount_fen':100},"
                      "{'no':4,'kind':'conditional','debtor':'firm','creditor':'univ','amount_fen':"
                      "100,"
                      "'condition':'effect'}," DATED("5", "2026-12-01") "]";
    char survives[1024];
    (void)snprintf(survives, sizeof(survives), "%s,'on_invalid':'survive'", sums);
    SIGN(office, "C1", sums);
    SIGN(office, "C2", survives);
    ACCEPT(office, "{'type':'payment.received','agg':'P1','data':{'payer':'firm','payee':'univ',"
                   "'amount_fen':40,'currency':'CNY','value_date':'2026-02-10','alloc':"
                   "[{'owner':'C1','no':5,'amount_fen':40}]}}");
    ACCEPT(office, INVALIDATE, "patent", "whole");
    assert_int_equal(office->flags, WARNING_BIT(WARNING_INVALID));
    assert_int_equal(figures_of(office, "C1", 1).outstanding, 100);
    for (uint32_t no = 2; no <= 4; no++) {
        assert_int_equal(figures_of(office, "C1", no).extinguished, 100);
    }
    assert_int_equal(figures_of(office, "C1", 5).extinguished, 60);
    assert_int_equal(figures_of(office, "C1", 5).paid, 40);
    assert_int_equal(figures_of(office, "C2", 5).outstanding, 100);
    assert_int_equal(figures_of(office, "C2", 4).contingent, 100);
}

static void invalidation_follows_an_amended_list(void **state)
{
    struct office *office = *state;
    ACCEPT(office, PUBLISH, "other", "'ip_kind':'invention'");
    SIGN(office, "C1", "'obligations':[" DATED("1", "2026-12-01") "]");
    SIGN(office, "C2", "'technologies':['other'],'obligations':[" DATED("1", "2026-12-01") "]");
    ACCEPT(office, "{'type':'contract.amended','agg':'C1','effective':'2026-02-01','data':"
                   "{'amend_no':'1','changes':{'technologies':['other']}}}");
    for (int i = 0; i < 2; i++) {
        ACCEPT(office, "{'type':'contract.amended','agg':'C2','effective':'2026-02-01','data':"
                       "{'amend_no':'1','changes':{'technologies':['patent','other']}}}");
    }
    ACCEPT(office, INVALIDATE, "patent", "whole");
    assert_int_equal(figures_of(office, "C1", 1).outstanding, 100);
    assert_int_equal(figures_of(office, "C2", 1).extinguished, 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(its_first_state_follows_from_its_kind, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(a_right_ends_once, office_open, office_close),
        cmocka_unit_test_setup_teardown(who_gives_a_share_must_hold_it, office_open, office_close),
        cmocka_unit_test_setup_teardown(attributes_are_versioned, office_open, office_close),
        cmocka_unit_test_setup_teardown(parties_are_versioned, office_open, office_close),
        cmocka_unit_test_setup_teardown(invalidation_stops_what_falls_due_later, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(invalidation_follows_an_amended_list, office_open,
                                        office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
