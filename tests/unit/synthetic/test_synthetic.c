/* The synthetic registry's arithmetic: proportions, permutations, margins, days. What it writes is
 * tested from outside, by integration.registry_*. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ops/synthetic/contracts.h"
#include "ops/synthetic/mix.h"

static void test_parts_sum_to_the_whole(void **state)
{
    (void)state;
    int64_t parts[3];
    apportion(10000000, (const int64_t[]){1, 1, 1}, 3, parts);
    assert_int_equal(parts[0], 3333334); /* the tie goes to the earlier */
    assert_int_equal(parts[1], 3333333);
    assert_int_equal(parts[2], 3333333);
    apportion(INT64_C(477910200000000), (const int64_t[]){0, 937, 63}, 3, parts);
    assert_int_equal(parts[0], 0);
    assert_int_equal(parts[1], INT64_C(447801857400000));
    assert_int_equal(parts[1] + parts[2], INT64_C(477910200000000));
    apportion(2, (const int64_t[]){5, 4, 1}, 3, parts); /* 1.0, 0.8, 0.2 */
    assert_int_equal(parts[0], 1);
    assert_int_equal(parts[1], 1);
    assert_int_equal(parts[2], 0);
}

static void test_lanes_deal_their_quotas(void **state)
{
    (void)state;
    static const int64_t quotas[] = {3, 0, 90, 7};
    for (uint64_t seed = 0; seed < 50; seed++) {
        struct lane lane;
        int64_t dealt[4] = {0};
        uint32_t last = 0;
        uint32_t falls = 0;
        lane_of_quotas(&lane, draw(seed, 1, 2, 3), quotas, 4);
        for (uint32_t i = 0; i < 100; i++) {
            uint32_t category = lane_next(&lane);
            dealt[category]++;
            falls += category < last ? 1 : 0;
            last = category;
        }
        assert_memory_equal(dealt, quotas, sizeof(quotas));
        assert_true(falls > 0); /* and not in their order */
    }
}

static void test_draws_are_reproducible(void **state)
{
    (void)state;
    assert_true(draw(1, 2, 3, 4) == draw(1, 2, 3, 4));
    assert_true(draw(1, 2, 3, 4) != draw(1, 2, 4, 3));
    assert_true(draw(1, 2, 3, 4) != draw(2, 1, 3, 4));
    assert_int_equal(draw_below(0, 7), 0);
    assert_int_equal(draw_below(UINT64_MAX, 7), 6);
}

static void test_amounts_of_the_table(void **state)
{
    (void)state;
    int128 sum = 0;
    int64_t before = 0;
    for (uint32_t i = 0; i < 1u << 16; i++) {
        int64_t fen = raw_amount_fen((i << 16) + (1u << 15));
        assert_true(fen >= before);
        before = fen;
        sum += fen;
    }
    assert_int_equal(raw_amount_fen(0), 200000);
    assert_int_equal(raw_amount_fen(1u << 31), 20000000);
    assert_true(raw_amount_fen(UINT32_MAX) <= INT64_C(1200000000000));
    /* 4.3 million yuan, the mean of 2018 */
    assert_in_range((uint64_t)(sum >> 16), 425000000, 435000000);
}

static void test_days(void **state)
{
    (void)state;
    assert_int_equal(day_of_date(1970, 1, 1), 0);
    assert_int_equal(day_of_date(2000, 2, 29), 11016);
    assert_int_equal(day_of_date(2000, 3, 1), 11017);
    assert_int_equal(day_of_date(2021, 1, 1), 18628);
    assert_int_equal(weekday(day_of_date(2022, 12, 31)), 5); /* a Saturday */
}

/* The margins of plan.h, L2, for a registry of a seed. */
static void check_totals(uint64_t seed, int64_t divisor)
{
    struct registry registry;
    registry_build(&registry, seed, divisor);
    int64_t fen[YEARS] = {0};
    int64_t count[YEARS] = {0};
    int64_t out[YEARS] = {0};
    int64_t in[YEARS] = {0};
    for (uint32_t i = 0; i < registry.count; i++) {
        const struct contract *c = &registry.contracts[i];
        assert_true(i == 0 || c->day >= registry.contracts[i - 1].day);
        if (c->revoked) {
            continue;
        }
        count[c->year]++;
        fen[c->year] += c->amount_fen;
        out[c->year] += c->stratum < STRATUM_NE ? c->amount_fen : 0;
        in[c->year] += c->stratum != STRATUM_NN && c->stratum != STRATUM_EN ? c->amount_fen : 0;
    }
    for (uint32_t y = 0; y < YEARS; y++) {
        const struct year_model *model = &year_models[y];
        assert_int_equal(count[y], (model->contracts + divisor / 2) / divisor);
        assert_int_equal(fen[y], model->turnover_fen / divisor);
        assert_int_equal(out[y], fen[y] / 1000 * model->enterprise_out_permille);
        assert_int_equal(in[y], fen[y] / 1000 * model->enterprise_in_permille);
    }
    registry_free(&registry);
}

static void test_totals_whatever_the_seed(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        check_totals(seed, 100);
    }
    check_totals(UINT64_MAX, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_sum_to_the_whole),
        cmocka_unit_test(test_lanes_deal_their_quotas),
        cmocka_unit_test(test_draws_are_reproducible),
        cmocka_unit_test(test_amounts_of_the_table),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_totals_whatever_the_seed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
