/* Claims: what is approved, paid and recovered. */

#include "tests/unit/insurance/words.h"

#include "daemon/ledger/claim.h"
#include "daemon/ledger/policy.h"

static void open_claim(struct office *office, const char *claim, long long loss)
{
    ACCEPT(office, FILE_CLAIM, claim, "2026-03-01", "P1", loss, "2026-02-01");
}

static struct claim_figures figures(const struct office *office, const char *claim,
                                    const char *as_of)
{
    struct claim_figures found;
    struct viewpoint view = viewpoint_now(office->fixture.facts, day(as_of));
    claim_evaluate(office->fixture.facts, aggregate_of(office, KIND_claim, claim), &view, &found);
    return found;
}

static void the_payout_is_share_of_loss_within_the_sum(void **state)
{
    struct office *office = *state;
    ACCEPT(office, POLICY, "P1", "infringement", 10000000LL, DEDUCTIBLE);
    open_claim(office, "K1", 500000LL); /* all of it is the deductible */
    REFUSE(office, E_OVER_COVER, "data.approved_fen", ADJUST, "K1", "2026-03-02", 1LL);
    ACCEPT(office, ADJUST, "K1", "2026-03-02", 0LL);
    open_claim(office, "K2", 500003LL); /* 3 x 80 % = 2.4 */
    REFUSE(office, E_OVER_COVER, "data.approved_fen", ADJUST, "K2", "2026-03-02", 3LL);
    ACCEPT(office, ADJUST, "K2", "2026-03-02", 2LL);
    open_claim(office, "K3", 99000000LL); /* above the sum */
    REFUSE(office, E_OVER_COVER, "data.approved_fen", ADJUST, "K3", "2026-03-02", 10000001LL);
    ACCEPT(office, ADJUST, "K3", "2026-03-02", 10000000LL);
    ACCEPT(office, PAY_CLAIM, "K3", 9000000LL, "2026-03-05", "");
    open_claim(office, "K4", 99000000LL); /* what is left of the sum */
    REFUSE(office, E_OVER_COVER, "data.approved_fen", ADJUST, "K4", "2026-03-06", 1000001LL);
    assert_string_equal(office->fault.detail, "limit=1000000 given=1000001");
    ACCEPT(office, ADJUST, "K4", "2026-03-06", 1000000LL);
    /* both approved, but the sum is paid once */
    ACCEPT(office, PAY_CLAIM, "K4", 1000000LL, "2026-03-07", "");
    REFUSE(office, E_OVER_COVER, "data.amount_fen", PAY_CLAIM, "K3", 1LL, "2026-03-08", "");
    assert_string_equal(office->fault.detail, "left=0 given=1");
}

static void the_terms_of_the_day_of_the_event_count(void **state)
{
    struct office *office = *state;
    ACCEPT(office, POLICY, "P1", "infringement", 1000LL, "");
    ACCEPT(office, ENDORSE, "P1", "2026-02-15", "'sum_fen':5000,'cover_ppm':1000000");
    open_claim(office, "K1", 10000LL);
    REFUSE(office, E_OVER_COVER, "data.approved_fen", ADJUST, "K1", "2026-03-02", 1001LL);
    ACCEPT(office, FILE_CLAIM, "K2", "2026-03-01", "P1", 4000LL, "2026-02-15");
    ACCEPT(office, ADJUST, "K2", "2026-03-02", 4000LL);
}

static void the_newest_amount_counts(void **state)
{
    struct office *office = *state;
    ACCEPT(office, POLICY, "P1", "infringement", 10000000LL, "");
    open_claim(office, "K1", 10000LL);
    ACCEPT(office, ADJUST, "K1", "2026-03-02", 5000LL);
    ACCEPT(office, ADJUST, "K1", "2026-03-03", 4000LL);
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.amount_fen", PAY_CLAIM, "K1", 4001LL, "2026-03-04", "");
    assert_string_equal(office->fault.detail, "approved_and_unpaid=4000 given=4001");
    ACCEPT(office, PAY_CLAIM, "K1", 3000LL, "2026-03-04", "");
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.approved_fen", ADJUST, "K1", "2026-03-05", 2999LL);
    assert_string_equal(office->fault.detail, "paid=3000 given=2999");
    ACCEPT(office, ADJUST, "K1", "2026-03-05", 8000LL); /* own payments do not lower the limit */
    ACCEPT(office, PAY_CLAIM, "K1", 5000LL, "2026-03-06", "");
    struct claim_figures whole = figures(office, "K1", "2026-12-01");
    assert_int_equal(whole.approved, 8000);
    assert_int_equal(whole.paid, 8000);
    assert_int_equal(claim_reserve(&whole), 0);
    whole = figures(office, "K1", "2026-03-05");
    assert_int_equal(whole.paid, 3000);
    assert_int_equal(claim_reserve(&whole), 5000);
    whole = figures(office, "K1", "2026-03-01");
    assert_int_equal(whole.approved, AMOUNT_UNKNOWN);
    assert_int_equal(claim_reserve(&whole), 0);
}

static const struct claim_row *newest(const struct office *office, const char *claim)
{
    uint32_t at;
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    return facts_first(office->fixture.facts, FACT_CLAIM, aggregate_of(office, KIND_claim, claim),
                       &now, &at);
}

static void performance_cover_subrogates(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "");
    ACCEPT(office, POLICY, "P1", "performance", 1000LL, ",'contracts':['C1']");
    open_claim(office, "K1", 1000LL);
    ACCEPT(office, ADJUST, "K1", "2026-03-02", 800LL);
    REFUSE(office, E_BAD_FIELD, "data.subrogates", PAY_CLAIM, "K1", 100LL, "2026-03-04",
           ",'subrogates':false");
    assert_string_equal(office->fault.detail, "product=performance expected=true");
    ACCEPT(office, PAY_CLAIM, "K1", 100LL, "2026-03-04", "");
    assert_true(newest(office, "K1")->subrogates);
    ACCEPT(office, PAY_CLAIM, "K1", 100LL, "2026-03-04", ",'subrogates':true");
    assert_true(newest(office, "K1")->subrogates);
    ACCEPT(office, POLICY, "P2", "overseas", 1000LL, "");
    ACCEPT(office, FILE_CLAIM, "K2", "2026-03-01", "P2", 1000LL, "2026-02-01");
    ACCEPT(office, ADJUST, "K2", "2026-03-02", 800LL);
    ACCEPT(office, PAY_CLAIM, "K2", 100LL, "2026-03-04", ",'subrogates':false");
    assert_false(newest(office, "K2")->subrogates);
    ACCEPT(office, PAY_CLAIM, "K2", 100LL, "2026-03-04", ",'subrogates':true");
    assert_true(newest(office, "K2")->subrogates);
}

static uint8_t claim_state_of(const struct office *office, const char *claim)
{
    return state_of(office, MACHINE_CLAIM, KIND_claim, claim, "2199-12-31");
}

/* Ruling 25 */
static void a_claim_recovered_whole_is_closed(void **state)
{
    struct office *office = *state;
    ACCEPT(office, POLICY, "P1", "infringement", 10000LL, "");
    open_claim(office, "K1", 1000LL);
    ACCEPT(office, ADJUST, "K1", "2026-03-02", 800LL);
    ACCEPT(office, PAY_CLAIM, "K1", 500LL, "2026-03-03", "");
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.amount_fen", RECOVER, "K1", "2026-04-01", 501LL);
    assert_string_equal(office->fault.detail, "paid_and_not_recovered=500 given=501");
    ACCEPT(office, RECOVER, "K1", "2026-04-01", 500LL);
    assert_int_equal(claim_state_of(office, "K1"), CLAIM_PAID); /* 300 may still be paid */
    ACCEPT(office, PAY_CLAIM, "K1", 300LL, "2026-04-02", "");
    ACCEPT(office, RECOVER, "K1", "2026-04-03", 299LL);
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.amount_fen", RECOVER, "K1", "2026-04-03", 2LL);
    assert_int_equal(claim_state_of(office, "K1"), CLAIM_PAID);
    ACCEPT(office, RECOVER, "K1", "2026-04-03", 1LL);
    assert_int_equal(claim_state_of(office, "K1"), CLAIM_CLOSED);
    REFUSE(office, E_CLOSED, "agg", RECOVER, "K1", "2026-04-04", 0LL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_payout_is_share_of_loss_within_the_sum),
        TEST(the_terms_of_the_day_of_the_event_count),
        TEST(the_newest_amount_counts),
        TEST(performance_cover_subrogates),
        TEST(a_claim_recovered_whole_is_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
