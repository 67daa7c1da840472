/* Needs, introductions, commissions, policies, notes and the users' own types. */

#include "tests/unit/lifecycle/office.h"

#include "daemon/ledger/contract.h"

#define NEED "{'type':'need.published','agg':'N1','data':{'party':'firm','text':'valve'}}"
#define MATCH                                                                                      \
    "{'type':'match.introduced','agg':'M1','effective':'2026-01-01','data':{'seller':'univ',"      \
    "'buyer':'%s','broker':'broker'%s}}"
#define COMMISSION "{'type':'commission.agreed','agg':'%s','data':{'broker':'%s'%s}}"
#define RATE ",'basis':'received','rate_ppm':30000"
#define POLICY                                                                                     \
    "{'type':'policy.bound','agg':'%s','data':{'insurer':'insurer','holder':'firm',"               \
    "'insured':['firm'],'product':'%s','sum_fen':%d,'cover_ppm':800000,'premium_fen':1,"           \
    "'from':'2026-01-01','to':'2026-12-31'%s}}"

static void needs_and_matches_close_once(void **state)
{
    struct office *office = *state;
    ACCEPT(office, NEED);
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.need", MATCH, "firm", ",'need':'N9'");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.technology", MATCH, "firm", ",'technology':'x'");
    REFUSE(office, E_SELF_DEAL, "data.seller", MATCH, "univ", "");
    ACCEPT(office, MATCH, "firm", ",'need':'N1','technology':'patent'");
    ACCEPT(office, "{'type':'need.closed','agg':'N1','data':{}}");
    REFUSE(office, E_CLOSED, "agg", "{'type':'need.closed','agg':'N1','data':{}}");
    assert_string_equal(office->fault.state, "need CLOSED");
    SIGN(office, "C1", "'origin':'match','origin_ref':'M1'");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.contract",
           "{'type':'match.closed','agg':'M1','data':{'outcome':'signed','contract':'C9'}}");
    ACCEPT(office, "{'type':'match.closed','agg':'M1','effective':'2026-01-19','data':{"
                   "'outcome':'signed','contract':'C1','amount_fen':5}}");
    REFUSE(office, E_CLOSED, "agg",
           "{'type':'match.closed','agg':'M1','data':{'outcome':'failed'}}");
    assert_string_equal(office->fault.legal, "note.added, commission.agreed");
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    uint32_t match = aggregate_of(office, KIND_match, "M1");
    const struct contract_row *row =
        contract_row_at(office->fixture.facts, aggregate_of(office, KIND_contract, "C1"), &now);
    assert_int_equal(row->origin_ref, match);
    uint32_t at;
    const struct match_row *closed =
        facts_first(office->fixture.facts, FACT_MATCH, match, &now, &at);
    assert_int_equal(closed->outcome, MATCH_OUTCOME_signed);
    assert_int_equal(closed->amount_fen, 5);
}

static const struct commission_row *commission_of(const struct office *office,
                                                  enum aggregate_kind kind, const char *id)
{
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    uint32_t at;
    return facts_first(office->fixture.facts, FACT_COMMISSION, aggregate_of(office, kind, id), &now,
                       &at);
}

static void a_commission_is_borne_by_halves(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1",
         "'sellers':[{'party':'univ','share_ppm':333333},{'party':'inst','share_ppm':666667}]");
    ACCEPT(office, COMMISSION, "C1", "broker", RATE);
    assert_true(unflagged(office));
    const struct commission_row *row = commission_of(office, KIND_contract, "C1");
    assert_int_equal(row->payers.count, 3);
    const int32_t halves[] = {166667, 333333, 500000};
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(share_at(office->fixture.facts, row->payers, i)->ppm, halves[i]);
    }
    ACCEPT(office, MATCH, "firm", "");
    ACCEPT(office, COMMISSION, "match/M1", "broker", RATE);
    assert_int_equal(commission_of(office, KIND_match, "M1")->payers.count, 2);
    ACCEPT(office, COMMISSION, "C1", "univ", RATE);
    assert_int_equal(office->flags, WARNING_BIT(WARNING_SELF_BROKER));
    ACCEPT(office, COMMISSION, "match/M1", "firm", RATE);
    assert_int_equal(office->flags, WARNING_BIT(WARNING_SELF_BROKER));
}

static void a_commission_says_what_it_needs(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "");
    ACCEPT(office, MATCH, "firm", "");
    REFUSE(office, E_MISSING_FIELD, "data.amount_fen", COMMISSION, "C1", "broker",
           ",'basis':'fixed','rate_ppm':1");
    REFUSE(office, E_MISSING_FIELD, "data.rate_ppm", COMMISSION, "C1", "broker",
           ",'basis':'total','amount_fen':1");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.broker", COMMISSION, "C1", "nobody", RATE);
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.match", COMMISSION, "C1", "broker",
           RATE ",'match':'M9'");
    ACCEPT(office, COMMISSION, "match/M1", "broker", RATE ",'match':'M1','contract':'C1'");
}

static void payers_share_the_whole(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "");
    REFUSE(office, E_SUM_MISMATCH, "data.payers", COMMISSION, "C1", "broker",
           RATE ",'payers':[{'party':'firm','share_ppm':1}]");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.payers[0].party", COMMISSION, "C1", "broker",
           RATE ",'payers':[{'party':'nobody','share_ppm':1000000}]");
    ACCEPT(office, COMMISSION, "C1", "broker",
           RATE ",'contract':'C1','payers':[{'party':'firm','share_ppm':1000000}]");
    SIGN(office, "C2", "");
    REFUSE(office, E_BAD_FIELD, "data.contract", COMMISSION, "C1", "broker",
           RATE ",'contract':'C2'");
}

static void a_policy_covers_contracts_that_are_signed(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "'total_fen':100,'total_basis':'fixed'");
    SIGN(office, "C2", "");
    bring(office, "C3", CONTRACT_DRAFT);
    bring(office, "C4", CONTRACT_DONE);
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.contracts[1]", POLICY, "P1", "performance", 1,
           ",'contracts':['C1','C9']");
    REFUSE(office, E_NOT_SIGNED, "data.contracts[1]", POLICY, "P1", "performance", 1,
           ",'contracts':['C1','C3']");
    assert_string_equal(office->fault.state, "contract DRAFT");
    REFUSE(office, E_CLOSED, "data.contracts[0]", POLICY, "P1", "performance", 1,
           ",'contracts':['C4']");
    ACCEPT(office, POLICY, "P1", "performance", 100, ",'contracts':['C1']");
    assert_true(unflagged(office));
    ACCEPT(office, POLICY, "P2", "performance", 101, ",'contracts':['C1']");
    assert_int_equal(office->flags, WARNING_BIT(WARNING_OVER_INSURED));
    ACCEPT(office, POLICY, "P3", "performance", 101, ",'contracts':['C1','C2']");
    assert_true(unflagged(office)); /* a total that is not known is no bound */
    ACCEPT(office, POLICY, "P4", "impl_failure", 101, ",'contracts':['C1']");
    assert_true(unflagged(office)); /* covers costs, not the fee */
    REFUSE(office, E_EXISTS, "agg", POLICY, "P4", "impl_failure", 101, "");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.beneficiary", POLICY, "P5", "overseas", 1,
           ",'beneficiary':'nobody'");
}

static void notes_and_own_types_are_kept(void **state)
{
    struct office *office = *state;
    ACCEPT(office, "{'type':'note.added','agg':'party/firm','data':{'text':'called'}}");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "agg",
           "{'type':'note.added','agg':'C1','data':{'text':'called'}}");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "agg",
           "{'type':'note.added','agg':'x/V1','data':{'text':'called'}}");
    ACCEPT(office, "{'type':'x.acme.visit','agg':'x/V1','data':{'any':'thing'}}");
    ACCEPT(office, "{'type':'note.added','agg':'x/V1','data':{'text':'called'}}");
    ACCEPT(office, "{'type':'x.acme.visit','agg':'party/firm','data':{'at':1}}");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "agg", "{'type':'x.acme.visit','agg':'C1','data':{}}");
}

static void the_daemon_adopts_rules(void **state)
{
    struct office *office = *state;
    struct ledger *ledger = office->fixture.ledger;
    assert_int_equal(ledger_rules(ledger), 1);
    assert_true(ledger_loading(ledger, true));
    assert_false(ledger_loading(ledger, false));
    ACCEPT(office, "{'type':'system.started','agg':'_log','data':{'release':'0.1','rules':1}}");
    REFUSE(office, E_RANGE, "data.rules",
           "{'type':'system.rules_adopted','agg':'_log','data':{'rules':2}}");
    ACCEPT(office, "{'type':'system.rules_adopted','agg':'_log','data':{'rules':1}}");
    ACCEPT(office, "{'type':'system.load_ended','agg':'_log','data':{}}");
    assert_int_equal(ledger_rules(ledger), 1);
    assert_false(ledger_loading(ledger, true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(needs_and_matches_close_once, office_open, office_close),
        cmocka_unit_test_setup_teardown(a_commission_is_borne_by_halves, office_open, office_close),
        cmocka_unit_test_setup_teardown(a_commission_says_what_it_needs, office_open, office_close),
        cmocka_unit_test_setup_teardown(payers_share_the_whole, office_open, office_close),
        cmocka_unit_test_setup_teardown(a_policy_covers_contracts_that_are_signed, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(notes_and_own_types_are_kept, office_open, office_close),
        cmocka_unit_test_setup_teardown(the_daemon_adopts_rules, office_open, office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
