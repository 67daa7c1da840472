/* Policies: endorsements, cancellations, what is left of the cover. */

#include "tests/unit/insurance/words.h"

#include "daemon/ledger/cover.h"
#include "daemon/ledger/policy.h"

static const struct policy_row *terms(const struct office *office, const char *policy,
                                      const char *as_of)
{
    struct viewpoint view = viewpoint_now(office->fixture.facts, day(as_of));
    return policy_at(office->fixture.facts, aggregate_of(office, KIND_policy, policy), &view);
}

static void an_endorsement_changes_what_it_names(void **state)
{
    struct office *office = *state;
    ACCEPT(office, POLICY, "P1", "impl_failure", 10000000LL,
           DEDUCTIBLE ",'technologies':['patent']");
    ACCEPT(office, ENDORSE, "P1", "2026-05-01",
           "'sum_fen':20000000,'to':'2027-03-31','insured':['firm','other']");
    const struct policy_row *before = terms(office, "P1", "2026-04-30");
    const struct policy_row *after = terms(office, "P1", "2026-05-01");
    assert_int_equal(before->sum_fen, 10000000);
    assert_int_equal(before->insured.count, 1);
    assert_int_equal(after->sum_fen, 20000000);
    assert_int_equal(after->to, day("2027-03-31"));
    assert_int_equal(after->insured.count, 2);
    assert_int_equal(after->deductible_fen, 500000);
    assert_int_equal(after->cover_ppm, 800000);
    assert_int_equal(after->technologies.count, 1);
    assert_int_equal(after->product, POLICY_PRODUCT_impl_failure);
    /* one that is dated earlier holds from the one before it */
    ACCEPT(office, ENDORSE, "P1", "2026-03-01",
           "'cover_ppm':900000,'premium_fen':400000,'deductible_fen':0,'from':'2026-02-01',"
           "'technologies':[],'contracts':[],'subsidy_fen':1,'beneficiary':'univ'");
    assert_int_equal(terms(office, "P1", "2026-04-30")->cover_ppm, 800000);
    after = terms(office, "P1", "2026-05-01");
    assert_int_equal(after->cover_ppm, 900000);
    assert_int_equal(after->sum_fen, 20000000);
    assert_int_equal(after->premium_fen, 400000);
    assert_int_equal(after->deductible_fen, 0);
    assert_int_equal(after->from, day("2026-02-01"));
    assert_int_equal(after->technologies.count, 0);
}

static void an_endorsement_names_what_exists(void **state)
{
    struct office *office = *state;
    ACCEPT(office, POLICY, "P1", "performance", 100LL, "");
    bring(office, "C4", CONTRACT_DONE);
    REFUSE(office, E_UNKNOWN_AGGREGATE, "agg", ENDORSE, "P9", "2026-05-01", "'sum_fen':1");
    REFUSE(office, E_BAD_FIELD, "data.changes", ENDORSE, "P1", "2026-05-01", "");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.changes.beneficiary", ENDORSE, "P1", "2026-05-01",
           "'beneficiary':'nobody'");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.changes.insured[1]", ENDORSE, "P1", "2026-05-01",
           "'insured':['firm','nobody']");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.changes.technologies[0]", ENDORSE, "P1", "2026-05-01",
           "'technologies':['nothing']");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.changes.contracts[0]", ENDORSE, "P1", "2026-05-01",
           "'contracts':['C9']");
    REFUSE(office, E_CLOSED, "data.changes.contracts[0]", ENDORSE, "P1", "2026-05-01",
           "'contracts':['C4']");
    REFUSE(office, E_DATE_ORDER, "data.changes.to", ENDORSE, "P1", "2026-05-01",
           "'to':'2025-12-31'");
    REFUSE(office, E_DATE_ORDER, "data.changes.from", ENDORSE, "P1", "2026-05-01",
           "'from':'2027-01-01'");
    assert_string_equal(office->fault.detail, "from=2027-01-01 to=2026-12-31");
}

static void too_much_cover_is_flagged(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "'total_fen':100,'total_basis':'fixed'");
    SIGN(office, "C2", "'total_fen':50,'total_basis':'fixed'");
    SIGN(office, "C3", "");
    ACCEPT(office, POLICY, "P1", "performance", 100LL, ",'contracts':['C1']");
    assert_true(unflagged(office));
    ACCEPT(office, ENDORSE, "P1", "2026-05-01", "'sum_fen':101");
    assert_int_equal(office->flags, WARNING_BIT(WARNING_OVER_INSURED));
    ACCEPT(office, ENDORSE, "P1", "2026-05-01", "'contracts':['C1','C2']");
    assert_true(unflagged(office));
    ACCEPT(office, ENDORSE, "P1", "2026-05-01", "'contracts':['C2']");
    assert_int_equal(office->flags, WARNING_BIT(WARNING_OVER_INSURED));
    ACCEPT(office, ENDORSE, "P1", "2026-05-01", "'contracts':['C2','C3']");
    assert_true(unflagged(office)); /* a total that is not known is no bound */
    ACCEPT(office, ENDORSE, "P1", "2026-05-01", "'sum_fen':1000");
    assert_true(unflagged(office));
    ACCEPT(office, POLICY, "P2", "impl_failure", 100LL, ",'contracts':['C1']");
    ACCEPT(office, ENDORSE, "P2", "2026-05-01", "'sum_fen':101");
    assert_true(unflagged(office)); /* covers costs, not the fee */
}

static void a_cancelled_policy_is_closed(void **state)
{
    struct office *office = *state;
    ACCEPT(office, POLICY, "P1", "impl_failure", 10000000LL, "");
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.refund_fen", CANCEL, "P1", "2026-07-01",
           ",'refund_fen':300001");
    assert_string_equal(office->fault.detail, "premium=300000 given=300001");
    ACCEPT(office, CANCEL, "P1", "2026-07-01", ",'refund_fen':150000");
    assert_int_equal(terms(office, "P1", "2026-06-30")->refund_fen, 0);
    assert_int_equal(terms(office, "P1", "2026-07-01")->refund_fen, 150000);
    assert_int_equal(state_of(office, MACHINE_POLICY, KIND_policy, "P1", "2026-06-30"),
                     POLICY_BOUND);
    assert_int_equal(state_of(office, MACHINE_POLICY, KIND_policy, "P1", "2026-07-01"),
                     POLICY_CANCELLED);
    REFUSE(office, E_CLOSED, "agg", CANCEL, "P1", "2026-08-01", "");
    assert_string_equal(office->fault.state, "policy CANCELLED");
    assert_string_equal(office->fault.legal, "claim.filed, note.added");
    REFUSE(office, E_CLOSED, "agg", ENDORSE, "P1", "2026-08-01", "'sum_fen':1");
    REFUSE(office, E_COVER_INACTIVE, "data.event_date", FILE_CLAIM, "K1", "2026-08-01", "P1",
           1000000LL, "2026-07-01");
    assert_string_equal(office->fault.state, "policy CANCELLED");
    ACCEPT(office, FILE_CLAIM, "K1", "2026-08-01", "P1", 1000000LL, "2026-06-30");
}

static bool secured(const struct office *office, const char *on)
{
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    return cover_is_secured(office->fixture.facts, aggregate_of(office, KIND_contract, "C1"),
                            day(on), &now);
}

static void paid_out_cover_secures_nothing(void **state)
{
    struct office *office = *state;
    const struct facts *facts = office->fixture.facts;
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    SIGN(office, "C1", "");
    SIGN(office, "C2", "");
    ACCEPT(office, POLICY, "P1", "performance", 800LL, ",'contracts':['C1']");
    uint32_t policy = aggregate_of(office, KIND_policy, "P1");
    assert_false(secured(office, "2025-12-31"));
    assert_true(secured(office, "2026-12-31"));
    ACCEPT(office, FILE_CLAIM, "K1", "2026-03-01", "P1", 1000LL, "2026-02-01");
    ACCEPT(office, ADJUST, "K1", "2026-03-02", 800LL);
    ACCEPT(office, PAY_CLAIM, "K1", 500LL, "2026-03-03", "");
    assert_int_equal(policy_paid(facts, policy, &now), 500);
    assert_int_equal(policy_left(facts, terms(office, "P1", "2026-04-01"), &now), 300);
    assert_true(secured(office, "2026-12-31"));
    ACCEPT(office, PAY_CLAIM, "K1", 300LL, "2026-03-04", "");
    assert_false(secured(office, "2026-12-31"));
    ACCEPT(office, RECOVER, "K1", "2026-04-01", 800LL);
    assert_int_equal(policy_paid(facts, policy, &now), 800); /* recovered is not cover again */
    assert_false(secured(office, "2026-12-31"));
    ACCEPT(office, POLICY, "P2", "performance", 100LL, ",'contracts':['C1']");
    assert_true(secured(office, "2026-12-31"));
    ACCEPT(office, ENDORSE, "P2", "2026-06-01", "'contracts':['C2']");
    assert_true(secured(office, "2026-05-31"));
    assert_false(secured(office, "2026-06-01"));
    ACCEPT(office, POLICY, "P3", "performance", 100LL, ",'contracts':['C1']");
    ACCEPT(office, CANCEL, "P3", "2026-07-01", "");
    assert_true(secured(office, "2026-06-30"));
    assert_false(secured(office, "2026-07-01"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_endorsement_changes_what_it_names),
        TEST(an_endorsement_names_what_exists),
        TEST(too_much_cover_is_flagged),
        TEST(a_cancelled_policy_is_closed),
        TEST(paid_out_cover_secures_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
