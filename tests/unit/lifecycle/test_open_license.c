/* Open licences: what may be offered, what stands in the way, and the contract of whoever
 * accepts. */

#include "tests/unit/lifecycle/office.h"

#include <stdio.h>
#include <stdlib.h>

#include "daemon/ledger/contract.h"
#include "daemon/ledger/obligation.h"
#include "daemon/ledger/open_license.h"
#include "daemon/ledger/royalty.h"

#define FIXED "'fee_mode':'fixed','fixed_fen':100000"
#define RATE(base, ppm) "'fee_mode':'royalty','royalty':{'base':'" base "','rate_ppm':" ppm "}"
#define DECLARE                                                                                    \
    "{'type':'open_license.declared','agg':'%s','effective':'2026-02-01','data':{"                 \
    "'term_end':'2026-11-30',%s}}"
#define WITHDRAW                                                                                   \
    "{'type':'open_license.withdrawn','agg':'patent','effective':'2026-06-01','data':{"            \
    "'notice_date':'2026-06-01'}}"
#define TAKE                                                                                       \
    "{'type':'open_license.accepted','agg':'patent','id':'take-%s','effective':'%s','data':{"      \
    "'contract_id':'%s','licensee':'%s','notice_date':'2026-03-01'}}"
#define PAY                                                                                        \
    "{'type':'payment.received','agg':'%s','id':'pay-%s','data':{'payer':'firm','payee':'univ',"   \
    "'amount_fen':%d,'currency':'CNY','value_date':'2026-03-10','alloc':%s}}"

static uint8_t offer_state(const struct office *office)
{
    return state_of(office, MACHINE_OPEN_LICENSE, KIND_technology, "patent", "2199-12-31");
}

static void a_declaration_says_what_its_mode_needs(void **state)
{
    struct office *office = *state;
    REFUSE(office, E_MISSING_FIELD, "data.fixed_fen", DECLARE, "patent", "'fee_mode':'fixed'");
    REFUSE(office, E_MISSING_FIELD, "data.royalty", DECLARE, "patent", "'fee_mode':'royalty'");
    REFUSE(office, E_MISSING_FIELD, "data.royalty", DECLARE, "patent",
           "'fee_mode':'entry_plus_royalty','fixed_fen':1");
    REFUSE(office, E_BAD_FIELD, "data.fixed_fen", DECLARE, "patent",
           "'fee_mode':'free','fixed_fen':1");
    REFUSE(office, E_BAD_FIELD, "data.fixed_fen", DECLARE, "patent",
           "'fee_mode':'fixed','fixed_fen':0");
    REFUSE(office, E_BAD_FIELD, "data.royalty.base", DECLARE, "patent", RATE("units", "1"));
    REFUSE(office, E_DATE_ORDER, "data.term_end",
           "{'type':'open_license.declared','agg':'patent','effective':'2026-02-01','data':{"
           "'term_end':'2026-01-31'," FIXED "}}");
    static const char *const kinds[] = {"utility_model", "design"};
    for (size_t i = 0; i < 2; i++) {
        ACCEPT(office,
               "{'type':'technology.published','agg':'%s','effective':'2021-01-01','data':{"
               "'title':'x','ip_kind':'%s','patent_no':'ZL2','owners':[{'party':'univ',"
               "'share_ppm':1000000}]}}",
               kinds[i], kinds[i]);
        REFUSE(office, E_MISSING_FIELD, "data.report_no", DECLARE, kinds[i], FIXED);
        ACCEPT(office, DECLARE, kinds[i], FIXED ",'report_no':'R1'");
    }
}

static void a_fee_above_the_guide_is_flagged(void **state)
{
    struct office *office = *state;
    static const struct {
        const char *terms;
        bool above;
    } offers[] = {
        {"'fee_mode':'fixed','fixed_fen':2000000000", false},
        {"'fee_mode':'fixed','fixed_fen':2000000001", true},
        {RATE("net_sales", "200000"), false},
        {RATE("net_sales", "200001"), true},
        {RATE("gross_sales", "200001"), true},
        {RATE("profit", "400000"), false},
        {RATE("profit", "400001"), true},
        {"'fee_mode':'free'", false},
    };
    for (size_t i = 0; i < sizeof(offers) / sizeof(offers[0]); i++) {
        char id[24];
        ACCEPT(office, DECLARE, "patent", offers[i].terms);
        assert_true(flagged(office, WARNING_ABOVE_GUIDE) == offers[i].above);
        (void)snprintf(id, sizeof(id), "e%llu",
                       (unsigned long long)facts_seq(office->fixture.facts));
        ACCEPT(office, REVERSE_EVENT, id);
        assert_int_equal(offer_state(office), OPEN_LICENSE_NONE);
    }
    ACCEPT(office, "{'type':'open_license.declared','agg':'patent','effective':'2026-02-01','data':"
                   "{'term_end':'2035-04-01','fee_mode':'free'}}");
    assert_int_equal(office->flags, WARNING_BIT(WARNING_BEYOND_TERM)); /* expiry 2035-03-31 */
}

/* Edge case 13: what blocks an open licence. */
static void what_blocks_an_open_licence(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "'grant':'exclusive'");
    REFUSE(office, E_OPEN_BLOCKED, "agg", DECLARE, "patent", FIXED);
    refusal_says(office, "exclusive or sole licence ACTIVE");
    assert_string_equal(office->fault.detail, "contract=C1");
    ACCEPT(office, "{'type':'contract.terminated','agg':'C1','data':{'basis':'agreed',"
                   "'eff_date':'2026-01-20'}}");
    SIGN(office, "C2", "'grant':'ordinary'");
    ACCEPT(office, "{'type':'contract.amended','agg':'C2','id':'sole','effective':'2026-01-20',"
                   "'data':{'amend_no':'1','changes':{'grant':'sole'}}}");
    REFUSE(office, E_OPEN_BLOCKED, "agg", DECLARE, "patent", FIXED);
    assert_string_equal(office->fault.detail, "contract=C2");
    ACCEPT(office, REVERSE_EVENT, "sole");
    ACCEPT(office, "{'type':'technology.lapsed','agg':'patent','id':'lapse','effective':"
                   "'2026-01-15','data':{'reason':'fee'}}");
    REFUSE(office, E_OPEN_BLOCKED, "agg", DECLARE, "patent", FIXED);
    refusal_says(office, "technology LAPSED");
    assert_string_equal(office->fault.legal, "technology.restored");
    ACCEPT(office, "{'type':'technology.restored','agg':'patent','effective':'2026-01-16',"
                   "'data':{}}");
    ACCEPT(office, DECLARE, "patent", FIXED);
}

/* No pledge need be decided for it: a pledge is found by its state. */
static void a_pledge_blocks_without_consent(void **state)
{
    struct office *office = *state;
    enum status status =
        post(office, "{'type':'pledge.registered','agg':'G1','effective':'2026-01-01','data':{"
                     "'pledge_no':'1','pledgor':'univ','pledgee':'insurer','technologies':"
                     "['patent'],'loan_fen':100,'loan_date':'2026-01-01','due':'2027-01-01'}}");
    if (status == STATUS_E_UNKNOWN_TYPE) { /* as the event would leave it */
        struct facts *facts = office->fixture.facts;
        ACCEPT(office, "{'type':'note.added','agg':'technology/patent','data':{'text':'x'}}");
        uint64_t seq = facts_seq(facts);
        uint32_t pledge = aggregate_make(facts, KIND_pledge, slice_text("G1"), seq);
        event_row_at(facts, seq)->type = TYPE_pledge_registered;
        event_row_at(facts, seq)->aggregate = pledge;
        struct state_row *row = facts_add(facts, FACT_STATE, seq, day("2026-01-01"), pledge);
        row->machine = MACHINE_PLEDGE;
        row->state = PLEDGE_REGISTERED;
    } else {
        assert_int_equal(status, STATUS_OK);
    }
    REFUSE(office, E_OPEN_BLOCKED, "data.pledgee_consent", DECLARE, "patent", FIXED);
    refusal_says(office, "pledge REGISTERED");
    ACCEPT(office, DECLARE, "patent", FIXED ",'pledgee_consent':true");
}

static void only_what_is_in_force_is_offered(void **state)
{
    struct office *office = *state;
    ACCEPT(office, "{'type':'technology.published','agg':'secret','effective':'2021-01-01','data':{"
                   "'title':'x','ip_kind':'know_how','owners':[{'party':'univ','share_ppm':"
                   "1000000}]}}");
    REFUSE(office, E_ILLEGAL_STATE, "agg", DECLARE, "secret", FIXED);
    refusal_says(office, "technology LISTED");
    ACCEPT(office, "{'type':'technology.published','agg':'old','effective':'2021-01-01','data':{"
                   "'title':'x','ip_kind':'invention','filed':'2005-01-31','granted':'2008-01-01',"
                   "'owners':[{'party':'univ','share_ppm':1000000}]}}");
    REFUSE(office, E_ILLEGAL_STATE, "agg", DECLARE, "old", FIXED); /* past 2025-01-31 */
    assert_string_equal(office->fault.detail, "expired=2025-01-31");
    ACCEPT(office, "{'type':'technology.lapsed','agg':'patent','effective':'2026-01-15','data':{"
                   "'reason':'abandon'}}");
    REFUSE(office, E_ILLEGAL_STATE, "agg", DECLARE, "patent", FIXED);
    refusal_says(office, "technology LAPSED");
}

/* Its machine, cell by cell: NONE, DECLARED, WITHDRAWN. */
static void an_offer_is_declared_withdrawn_and_declared_again(void **state)
{
    struct office *office = *state;
    REFUSE(office, E_ILLEGAL_STATE, "agg", WITHDRAW);
    refusal_says(office, "open_license NONE");
    REFUSE(office, E_ILLEGAL_STATE, "agg", TAKE, "0", "2026-03-01", "L0", "firm");
    ACCEPT(office, DECLARE, "patent", FIXED);
    REFUSE(office, E_EXISTS, "agg", DECLARE, "patent", FIXED);
    refusal_says(office, "open_license DECLARED");
    ACCEPT(office, TAKE, "1", "2026-03-01", "L1", "firm");
    REFUSE(office, E_CLOSED, "agg", TAKE, "2", "2026-12-01", "L2", "firm"); /* past its last day */
    assert_string_equal(office->fault.detail, "term_end=2026-11-30");
    ACCEPT(office, WITHDRAW);
    assert_int_equal(offer_state(office), OPEN_LICENSE_WITHDRAWN);
    REFUSE(office, E_CLOSED, "agg", WITHDRAW);
    REFUSE(office, E_CLOSED, "agg", TAKE, "3", "2026-07-01", "L3", "firm");
    refusal_says(office, "open_license WITHDRAWN");
    assert_int_equal(contract_state_of(office, "L1"), CONTRACT_SIGNED); /* O1 */
    ACCEPT(office, "{'type':'open_license.declared','agg':'patent','effective':'2026-07-01','data':"
                   "{'term_end':'2026-07-31'," FIXED "}}");
    ACCEPT(office, "{'type':'open_license.declared','agg':'patent','effective':'2026-08-01','data':"
                   "{'term_end':'2026-12-31'," FIXED "}}"); /* O2 */
}

static void an_acceptance_makes_the_announced_contract(void **state)
{
    struct office *office = *state;
    const struct facts *facts = office->fixture.facts;
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    struct event event;
    ACCEPT(office, "{'type':'technology.transferred','agg':'patent','effective':'2026-01-01',"
                   "'data':{'from':'univ','to':'inst','share_ppm':300000}}");
    ACCEPT(office, DECLARE, "patent",
           "'fee_mode':'entry_plus_royalty','fixed_fen':100000,'royalty':{'base':'net_sales',"
           "'rate_ppm':50000}");
    ACCEPT(office, TAKE, "1", "2026-03-01", "L1", "firm");
    uint32_t contract = aggregate_of(office, KIND_contract, "L1");
    const struct contract_row *row = contract_row_at(facts, contract, &now);
    assert_int_equal(row->grant, GRANT_KIND_open);
    assert_int_equal(row->origin, ORIGIN_open);
    assert_int_equal(row->origin_ref, aggregate_of(office, KIND_technology, "patent"));
    assert_int_equal(row->pay_mode, PAY_MODE_entry_plus_royalty);
    assert_int_equal(row->sign_date, day("2026-03-01"));
    assert_int_equal(row->term_end, day("2026-11-30"));
    assert_int_equal(row->sellers.count, 2);
    assert_int_equal(share_at(facts, row->sellers, 0)->ppm, 700000);
    assert_int_equal(share_at(facts, row->sellers, 1)->aggregate,
                     aggregate_of(office, KIND_party, "inst"));
    assert_int_equal(royalty_terms_at(facts, contract, &now)->base, ROYALTY_BASE_net_sales);
    struct obligation_figures figures;
    obligation_evaluate(facts, obligation_find(facts, contract, 1, &now), &now, &figures);
    assert_int_equal(figures.outstanding, 100000);
    assert_int_equal(figures.due, DAY_NONE);
    assert_int_equal(figures.terms->kind, OBLIGATION_KIND_entry_fee);
    assert_int_equal(figures.terms->debtor, aggregate_of(office, KIND_party, "firm"));
    assert_int_equal(figures.terms->creditor, aggregate_of(office, KIND_party, "univ"));
    const struct ledger_fixture *fixture = &office->fixture;
    assert_int_equal(event_from_stored(fixture->log[fixture->log_count - 1], &event), STATUS_OK);
    json_t *touches = json_read(event.touches);
    assert_string_equal(json_string_value(json_array_get(json_array_get(touches, 0), 0)), "L1");
    json_decref(touches);
    assert_int_equal(aggregate_at(facts, contract)->agg_seq, 0); /* no event is its own yet */
    ACCEPT(office, "{'type':'note.added','agg':'L1','expect':0,'data':{'text':'x'}}");
}

static void an_acceptance_meets_every_state_of_the_contract(void **state)
{
    struct office *office = *state;
    ACCEPT(office, DECLARE, "patent", "'fee_mode':'free'");
    for (unsigned column = CONTRACT_DRAFT; column < CONTRACT_STATES; column++) {
        char contract[8];
        char expected[32];
        (void)snprintf(contract, sizeof(contract), "S%u", column);
        (void)snprintf(expected, sizeof(expected), "contract %s",
                       state_name(MACHINE_CONTRACT, (uint8_t)column));
        bring(office, contract, (enum contract_state)column);
        REFUSE(office, E_EXISTS, "data.contract_id", TAKE, contract, "2026-03-01", contract,
               "firm");
        refusal_says(office, expected);
    }
    ACCEPT(office, TAKE, "free", "2026-03-01", "L1", "firm");
    assert_int_equal(contract_state_of(office, "L1"), CONTRACT_ACTIVE); /* no fee to wait for */
    REFUSE(office, E_EXISTS, "data.contract_id", TAKE, "x", "2026-03-01", "L1", "firm");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.licensee", TAKE, "y", "2026-03-01", "L2", "nobody");
    REFUSE(office, E_SELF_DEAL, "data.licensee", TAKE, "z", "2026-03-01", "L2", "univ");
    assert_int_equal(aggregate_of(office, KIND_contract, "L2"), AGGREGATE_NONE);
}

static void paying_the_fee_puts_it_into_effect(void **state)
{
    struct office *office = *state;
    ACCEPT(office, DECLARE, "patent", FIXED);
    ACCEPT(office, TAKE, "1", "2026-03-01", "L1", "firm");
    ACCEPT(office, TAKE, "2", "2026-03-01", "L2", "firm");
    ACCEPT(office, PAY, "P1", "1", 40000, "[{'owner':'L1','no':1,'amount_fen':40000}]");
    assert_int_equal(contract_state_of(office, "L1"), CONTRACT_SIGNED);
    REFUSE(office, E_NOT_EFFECTIVE, "agg",
           "{'type':'usage.reported','agg':'L1','data':{'period_start':'2026-03-01',"
           "'period_end':'2026-03-31','base_fen':1}}");
    ACCEPT(office, PAY, "P2", "2", 160000,
           "[{'owner':'L1','no':1,'amount_fen':30000},{'owner':'L2','no':1,'amount_fen':100000},"
           "{'owner':'L1','no':1,'amount_fen':30000}]");
    assert_int_equal(contract_state_of(office, "L1"), CONTRACT_ACTIVE);
    assert_int_equal(contract_state_of(office, "L2"), CONTRACT_ACTIVE);
    assert_int_equal(state_of(office, MACHINE_CONTRACT, KIND_contract, "L1", "2026-03-09"),
                     CONTRACT_SIGNED);
    ACCEPT(office, REVERSE_EVENT, "pay-2");
    assert_int_equal(contract_state_of(office, "L1"), CONTRACT_SIGNED);
    ACCEPT(office, PAY, "P3", "3", 100000, "[{'owner':'L2','no':1,'amount_fen':100000}]");
    assert_int_equal(contract_state_of(office, "L2"), CONTRACT_ACTIVE);
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id", REVERSE_EVENT, "take-2");
    assert_int_equal(contract_state_of(office, "L2"), CONTRACT_ACTIVE);
}

static void a_reversed_acceptance_frees_its_contract(void **state)
{
    struct office *office = *state;
    ACCEPT(office,
           "{'type':'open_license.declared','agg':'patent','id':'offer','effective':'2026-02-01',"
           "'data':{'term_end':'2026-12-31'," FIXED "}}");
    ACCEPT(office, TAKE, "1", "2026-03-01", "L1", "firm");
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id", REVERSE_EVENT, "offer");
    ACCEPT(office, REVERSE_EVENT, "take-1");
    assert_int_equal(contract_state_of(office, "L1"), CONTRACT_NONE);
    ACCEPT(office, TAKE, "2", "2026-03-01", "L1", "other");
    ACCEPT(office, REVERSE_EVENT, "take-2");
    SIGN(office, "C9", "'sign_date':'2026-03-01'"); /* names the technology, not the offer */
    ACCEPT(office, REVERSE_EVENT, "offer");
    assert_int_equal(offer_state(office), OPEN_LICENSE_NONE);
}

/* A refused batch takes the contract that it made with it. */
static void a_refused_batch_leaves_no_contract(void **state)
{
    struct office *office = *state;
    ACCEPT(office, DECLARE, "patent", FIXED);
    assert_int_equal(post_batch(office,
                                "[{'type':'open_license.accepted','agg':'patent','effective':"
                                "'2026-03-01','data':{'contract_id':'L1','licensee':'firm',"
                                "'notice_date':'2026-03-01'}},{'type':'note.added','agg':'nothing',"
                                "'data':{'text':'x'}}]"),
                     STATUS_E_UNKNOWN_AGGREGATE);
    assert_int_equal(aggregate_of(office, KIND_contract, "L1"), AGGREGATE_NONE);
    ACCEPT(office, TAKE, "1", "2026-03-01", "L1", "firm");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_declaration_says_what_its_mode_needs, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(a_fee_above_the_guide_is_flagged, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(what_blocks_an_open_licence, office_open, office_close),
        cmocka_unit_test_setup_teardown(a_pledge_blocks_without_consent, office_open, office_close),
        cmocka_unit_test_setup_teardown(only_what_is_in_force_is_offered, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(an_offer_is_declared_withdrawn_and_declared_again,
                                        office_open, office_close),
        cmocka_unit_test_setup_teardown(an_acceptance_makes_the_announced_contract, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(an_acceptance_meets_every_state_of_the_contract,
                                        office_open, office_close),
        cmocka_unit_test_setup_teardown(paying_the_fee_puts_it_into_effect, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(a_reversed_acceptance_frees_its_contract, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(a_refused_batch_leaves_no_contract, office_open,
                                        office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
