/* Pledges: states, balances, and what stands on a technology. */

#include "tests/unit/insurance/words.h"

#include "daemon/ledger/pledge.h"

static int64_t balance(const struct office *office, const char *as_of)
{
    struct viewpoint view = viewpoint_now(office->fixture.facts, day(as_of));
    return pledge_balance(office->fixture.facts, aggregate_of(office, KIND_pledge, "G1"), &view);
}

static bool pledged(const struct office *office, const char *technology, const char *as_of)
{
    struct viewpoint view = viewpoint_now(office->fixture.facts, day(as_of));
    return technology_pledged(office->fixture.facts,
                              aggregate_of(office, KIND_technology, technology), &view);
}

#define CHANGE "{'type':'pledge.changed','agg':'%s','effective':'%s','data':{%s}}"
#define REPAY "{'type':'pledge.loan_repaid','agg':'%s','data':{'amount_fen':%lld,'on':'%s'}}"
#define ENFORCE "{'type':'pledge.enforced','agg':'%s','effective':'%s','data':{'proceeds_fen':5}}"
#define RELEASE "{'type':'pledge.released','agg':'%s','data':{'on':'%s'}}"

static enum status act(struct office *office, int row)
{
    switch (row) {
    case 0:
        return post(office, PLEDGE, "G1", "2026-07-01", 1000LL, "2026-07-01");
    case 1:
        return post(office, CHANGE, "G1", "2026-07-01", "'loan_fen':900");
    case 2:
        return post(office, REPAY, "G1", 1LL, "2026-07-01");
    case 3:
        return post(office, ENFORCE, "G1", "2026-07-01");
    default:
        return post(office, RELEASE, "G1", "2026-07-01");
    }
}

static void every_event_meets_every_state(void **state)
{
    /* none, registered, released, enforced */
    static const enum status table[5][4] = {
        {STATUS_OK, STATUS_E_EXISTS, STATUS_E_EXISTS, STATUS_E_EXISTS},
        {STATUS_E_UNKNOWN_AGGREGATE, STATUS_OK, STATUS_E_CLOSED, STATUS_E_CLOSED},
        {STATUS_E_UNKNOWN_AGGREGATE, STATUS_OK, STATUS_E_CLOSED, STATUS_E_CLOSED},
        {STATUS_E_UNKNOWN_AGGREGATE, STATUS_OK, STATUS_E_CLOSED, STATUS_E_CLOSED},
        {STATUS_E_UNKNOWN_AGGREGATE, STATUS_OK, STATUS_E_CLOSED, STATUS_E_CLOSED},
    };
    (void)state;
    for (int row = 0; row < 5; row++) {
        for (int stage = 0; stage < 4; stage++) {
            void *opened = NULL;
            assert_int_equal(office_open(&opened), 0);
            struct office *office = opened;
            if (stage > 0) {
                ACCEPT(office, PLEDGE, "G1", "2026-02-01", 1000LL, "2026-01-20");
            }
            if (stage == 2) {
                ACCEPT(office, RELEASE, "G1", "2026-03-01");
            } else if (stage == 3) {
                ACCEPT(office, ENFORCE, "G1", "2026-03-01");
            }
            enum status status = act(office, row);
            if (status != table[row][stage]) {
                fail_msg("row %d, stage %d: %s", row, stage, status_name(status));
            }
            if (status == STATUS_E_CLOSED) {
                assert_string_equal(office->fault.state,
                                    stage == 2 ? "pledge RELEASED" : "pledge ENFORCED");
                assert_string_equal(office->fault.legal, "note.added");
            }
            assert_int_equal(office_close(&opened), 0);
        }
    }
}

static void a_balance_goes_down_by_what_is_repaid(void **state)
{
    struct office *office = *state;
    ACCEPT(office, PLEDGE, "G1", "2026-02-01", 1000LL, "2026-01-20");
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.amount_fen", REPAY, "G1", 1001LL, "2026-03-01");
    assert_string_equal(office->fault.detail, "balance=1000 given=1001");
    ACCEPT(office, REPAY, "G1", 600LL, "2026-03-01");
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.amount_fen", REPAY, "G1", 401LL, "2026-03-02");
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.loan_fen", CHANGE, "G1", "2026-03-02", "'loan_fen':599");
    assert_string_equal(office->fault.detail, "repaid=600 given=599");
    ACCEPT(office, CHANGE, "G1", "2026-03-02", "'loan_fen':700,'due':'2028-01-01'");
    assert_int_equal(balance(office, "2026-01-31"), 0);
    assert_int_equal(balance(office, "2026-02-28"), 1000);
    assert_int_equal(balance(office, "2026-03-01"), 400);
    assert_int_equal(balance(office, "2026-03-02"), 100);
    ACCEPT(office, RELEASE, "G1", "2026-04-01");
    assert_int_equal(balance(office, "2026-03-31"), 100);
    assert_int_equal(balance(office, "2026-04-01"), 0);
}

static void a_pledge_names_what_exists(void **state)
{
    struct office *office = *state;
    static const char *const bad[][2] = {
        {"'debtor':'nobody'", "data.debtor"},
        {"'pledgee':'nobody'", "data.pledgee"},
        {"'pledgor':'nobody'", "data.pledgor"},
        {"'technologies':['patent','nothing']", "data.technologies[1]"},
    };
    ACCEPT(office, PLEDGE, "G1", "2026-02-01", 1000LL, "2026-01-20");
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        REFUSE(office, E_UNKNOWN_AGGREGATE, bad[i][1], CHANGE, "G1", "2026-03-01", bad[i][0]);
    }
    REFUSE(office, E_BAD_FIELD, "data", CHANGE, "G1", "2026-03-01", "");
    REFUSE(office, E_DATE_ORDER, "data.due", CHANGE, "G1", "2026-03-01", "'due':'2026-01-19'");
    assert_string_equal(office->fault.detail, "loan_date=2026-01-20 due=2026-01-19");
    REFUSE(office, E_DATE_ORDER, "data.loan_date", CHANGE, "G1", "2026-03-01",
           "'loan_date':'2027-07-01'");
    REFUSE(office, E_DATE_ORDER, "data.due", PLEDGE, "G2", "2026-02-01", 1LL, "2027-07-01");
    ACCEPT(office, CHANGE, "G1", "2026-03-01",
           "'debtor':'firm','pledgee':'other','pledgor':'inst','loan_date':'2026-01-21'");
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    const struct pledge_row *row =
        pledge_terms(office->fixture.facts, aggregate_of(office, KIND_pledge, "G1"), &now);
    assert_int_equal(row->debtor, aggregate_of(office, KIND_party, "firm"));
    assert_int_equal(row->pledgee, aggregate_of(office, KIND_party, "other"));
    assert_int_equal(row->pledgor, aggregate_of(office, KIND_party, "inst"));
    assert_int_equal(row->amount, 1000);
    assert_int_equal(row->due, day("2027-06-30"));
    assert_int_equal(row->technologies.count, 1);
    assert_true(slice_is(text_of(office->fixture.facts, row->pledge_no), "Y1"));
}

#define SOFTWARE                                                                                   \
    "{'type':'technology.published','agg':'code','effective':'2020-01-01','data':{'title':'c',"    \
    "'ip_kind':'software','owners':[{'party':'univ','share_ppm':1000000}]}}"

static void a_technology_is_pledged_while_it_is_named(void **state)
{
    struct office *office = *state;
    ACCEPT(office, SOFTWARE);
    ACCEPT(office, PLEDGE, "G1", "2026-02-01", 1000LL, "2026-01-20");
    ACCEPT(office, CHANGE, "G1", "2026-05-01", "'technologies':['code']");
    assert_false(pledged(office, "patent", "2026-01-31"));
    assert_true(pledged(office, "patent", "2026-04-30"));
    assert_false(pledged(office, "code", "2026-04-30"));
    assert_false(pledged(office, "patent", "2026-05-01"));
    assert_true(pledged(office, "code", "2026-05-01"));
    ACCEPT(office, PLEDGE, "G2", "2026-06-01", 1000LL, "2026-01-20");
    assert_true(pledged(office, "patent", "2026-06-01"));
    ACCEPT(office, RELEASE, "G2", "2026-07-01");
    assert_false(pledged(office, "patent", "2026-07-01"));
    ACCEPT(office, ENFORCE, "G1", "2026-08-01");
    assert_true(pledged(office, "code", "2026-07-31"));
    assert_false(pledged(office, "code", "2026-08-01"));
}

/* Civil Code art 444 */
static void a_licence_of_what_is_pledged_is_flagged(void **state)
{
    struct office *office = *state;
    ACCEPT(office, PLEDGE, "G1", "2026-01-11", 1000LL, "2026-01-10");
    SIGN(office, "C1", ""); /* signed the day before */
    assert_true(unflagged(office));
    SIGN(office, "C2", "'sign_date':'2026-01-11'");
    assert_int_equal(office->flags, WARNING_BIT(WARNING_PLEDGED));
    SIGN(office, "C3", "'sign_date':'2026-01-11','pledgee_consent':true");
    assert_true(unflagged(office));
    SIGN(office, "C4", "'sign_date':'2026-01-11','pledgee_consent':false,'type':'transfer'");
    assert_int_equal(office->flags, WARNING_BIT(WARNING_PLEDGED));
    SIGN(office, "C5", "'sign_date':'2026-01-11','type':'consulting','subtype':null");
    assert_true(unflagged(office)); /* nothing is disposed of */
    ACCEPT(office, RELEASE, "G1", "2026-01-12");
    SIGN(office, "C6", "'sign_date':'2026-01-12'");
    assert_true(unflagged(office));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_event_meets_every_state),
        TEST(a_balance_goes_down_by_what_is_repaid),
        TEST(a_pledge_names_what_exists),
        TEST(a_technology_is_pledged_while_it_is_named),
        TEST(a_licence_of_what_is_pledged_is_flagged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
