/* The sets of facts behind the goldens of 5.3 (states) and 5.4 (statistics) can be built, and the
 * rows say what the goldens add up. The answers themselves are tested with the projections. */

#include "tests/unit/lifecycle/office.h"

#include <stdlib.h>

#include "daemon/ledger/contract.h"
#include "daemon/ledger/registration.h"

/* 5.3: 1 DRAFT, 2 ACTIVE of which 1 expired, 1 TRIAL lapsed, 1 DECL. */
static void contract_states(void **state)
{
    struct office *office = *state;
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    unsigned counts[CONTRACT_STATES] = {0};
    unsigned expired = 0;
    unsigned lapsed = 0;
    static const char *const names[] = {"S1", "S2", "S3", "S4", "S5"};
    bring(office, "S1", CONTRACT_DRAFT);
    SIGN(office, "S2", "");
    SIGN(office, "S3", "'term_end':'2026-06-30'");
    bring(office, "S4", CONTRACT_TRIAL);
    bring(office, "S5", CONTRACT_DECL);
    for (size_t i = 0; i < 5; i++) {
        uint32_t contract = aggregate_of(office, KIND_contract, names[i]);
        uint8_t at = contract_state_of(office, names[i]);
        const struct contract_row *row = contract_row_at(office->fixture.facts, contract, &now);
        counts[at]++;
        expired += at == CONTRACT_ACTIVE && row->term_end < day("2026-12-01");
        lapsed += at == CONTRACT_TRIAL && row->trial_end < day("2026-12-01");
    }
    assert_int_equal(counts[CONTRACT_DRAFT], 1);
    assert_int_equal(counts[CONTRACT_ACTIVE], 2);
    assert_int_equal(counts[CONTRACT_TRIAL], 1);
    assert_int_equal(counts[CONTRACT_DECL], 1);
    assert_int_equal(expired, 1);
    assert_int_equal(lapsed, 1);
}

static int open_2021(void **state)
{
    struct office *office = NULL;
    static const char *const parties[][3] = {
        {"u_tj", "022", "120000"}, {"u_bj", "022", "110000"}, {"e_tj", "110", "120000"},
        {"e_bj", "110", "110000"}, {"g_tj", "010", "120000"}, {"e2_tj", "110", "120101"},
    };
    office = calloc(1, sizeof(*office));
    assert_non_null(office);
    ledger_fixture_init(&office->fixture);
    for (size_t i = 0; i < 6; i++) {
        ACCEPT(office,
               "{'type':'party.registered','agg':'%s','recorded':'2021-01-04','effective':"
               "'2021-01-01','data':{'name':'%s','legal_code':'%s','region':'%s'}}",
               parties[i][0], parties[i][0], parties[i][1], parties[i][2]);
    }
    *state = office;
    return 0;
}

struct deal {
    const char *contract, *seller, *buyer, *type, *on;
    int64_t total, tech; /* yuan */
};

/* Sign and register as of one day. */
static void registered(struct office *office, struct deal deal)
{
    ACCEPT(office,
           "{'type':'contract.signed','agg':'%s','recorded':'%sT01:00:00Z','data':{'title':'%s',"
           "'type':'%s','sellers':[{'party':'%s','share_ppm':1000000}],'buyers':[{'party':'%s',"
           "'share_ppm':1000000}],'ip_kind':'none','field':'electronics','sign_date':'%s',"
           "'effective_rule':'immediate','term_start':'%s','currency':'CNY',"
           "'total_basis':'estimated','pay_mode':'lump'}}",
           deal.contract, deal.on, deal.contract, deal.type, deal.seller, deal.buyer, deal.on,
           deal.on);
    ACCEPT(office,
           "{'type':'contract.registered','agg':'%s','data':{'agency':'o','reg_no':"
           "'202100000000%s','reg_date':'%s','type':'%s','total_fen':%lld,'tech_fen':%lld}}",
           deal.contract, deal.contract + 1, deal.on, deal.type, (long long)deal.total * 100,
           (long long)deal.tech * 100);
}

static struct registered_figures figures_at(const struct office *office, const char *contract,
                                            uint64_t known_at)
{
    struct viewpoint view = viewpoint_now(office->fixture.facts, DAY_MAX);
    view.known_at = known_at;
    return registration_figures(office->fixture.facts,
                                aggregate_of(office, KIND_contract, contract), &view);
}

/* 5.4: r1 to r5 with a revocation and a change that cross years. */
static void registrations(void **state)
{
    struct office *office = *state;
    registered(office,
               (struct deal){"r01", "u_tj", "e_bj", "development", "2021-06-10", 1000000, 800000});
    registered(office,
               (struct deal){"r02", "e_bj", "e_tj", "license", "2021-12-31", 500000, 500000});
    uint64_t end_2021 = facts_seq(office->fixture.facts);
    registered(office,
               (struct deal){"r03", "e_tj", "g_tj", "service", "2022-02-01", 2000000, 1500000});
    ACCEPT(office, "{'type':'contract.registration_revoked','agg':'r01',"
                   "'recorded':'2022-03-15T01:00:00Z','data':{'reason':'x'}}");
    registered(office, (struct deal){"r04", "u_bj", "e_tj", "license", "2022-11-11", 0, 0});
    uint64_t end_2022 = facts_seq(office->fixture.facts);
    ACCEPT(office, "{'type':'contract.signed','agg':'r05','recorded':'2022-12-31T16:30:00Z',"
                   "'data':{'title':'r05','type':'service','sellers':[{'party':'e_tj',"
                   "'share_ppm':1000000}],'buyers':[{'party':'e2_tj','share_ppm':1000000}],"
                   "'ip_kind':'none','field':'electronics','sign_date':'2023-01-01',"
                   "'effective_rule':'immediate','term_start':'2023-01-01','currency':'CNY',"
                   "'total_basis':'estimated','pay_mode':'lump'}}");
    ACCEPT(office, "{'type':'contract.registered','agg':'r05','data':{'agency':'o',"
                   "'reg_no':'20210000000005','reg_date':'2023-01-01','type':'service',"
                   "'total_fen':30000000,'tech_fen':30000000}}");
    ACCEPT(office, "{'type':'contract.registration_changed','agg':'r04',"
                   "'recorded':'2023-12-01T01:00:00Z','data':{'total_fen':12000000,"
                   "'tech_fen':12000000}}");
    assert_int_equal(figures_at(office, "r01", end_2021).total_fen, 100000000);
    assert_int_equal(figures_at(office, "r01", end_2021).tech_fen, 80000000);
    assert_int_equal(registration_of(office, "r01"), REGISTRATION_REVOKED_STATE);
    assert_int_equal(figures_at(office, "r04", end_2022).total_fen, 0);
    assert_int_equal(figures_at(office, "r04", UINT64_MAX - 1).total_fen, 12000000);
    assert_int_equal(state_of(office, MACHINE_REGISTRATION, KIND_contract, "r05", "2022-12-31"),
                     REGISTRATION_UNREG);
    assert_int_equal(state_of(office, MACHINE_REGISTRATION, KIND_contract, "r05", "2023-01-01"),
                     REGISTRATION_REG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(contract_states, office_open, office_close),
        cmocka_unit_test_setup_teardown(registrations, open_2021, office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
