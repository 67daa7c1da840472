/* Rounding, shares, splits, growth (domain 4.1-4.5, 4.12). */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "daemon/ledger/money.h"
#include "proto/limits.h"

static void rounds_half_away_from_zero(void **state)
{
    (void)state;
    static const struct {
        int numerator, denominator;
        int64_t away, even, down;
    } cases[] = {{5, 2, 3, 2, 2},     {7, 2, 4, 4, 3},    {-5, 2, -3, -2, -2}, {-7, 2, -4, -4, -3},
                 {1, 3, 0, 0, 0},     {2, 3, 1, 1, 0},    {-2, 3, -1, -1, 0},  {0, 7, 0, 0, 0},
                 {10, 5, 2, 2, 2},    {1, 2, 1, 0, 0},    {-1, 2, -1, 0, 0},   {149, 100, 1, 1, 1},
                 {150, 100, 2, 2, 1}, {151, 100, 2, 2, 1}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int numerator = cases[i].numerator;
        int denominator = cases[i].denominator;
        assert_int_equal(divide_rounded(numerator, denominator, ROUND_HALF_AWAY), cases[i].away);
        assert_int_equal(divide_rounded(numerator, denominator, ROUND_HALF_EVEN), cases[i].even);
        assert_int_equal(divide_rounded(numerator, denominator, ROUND_DOWN), cases[i].down);
    }
}

static void products_need_128_bits(void **state)
{
    (void)state;
    /* The turnover of five years at 100 % is itself, though the product passes 2^63. */
    assert_int_equal(apply_ppm(INT64_C(1534326400000000), 1000000, ROUND_HALF_AWAY),
                     INT64_C(1534326400000000));
    assert_int_equal(apply_ppm(AMOUNT_FEN_MAX, 999999, ROUND_HALF_AWAY), INT64_C(8999991000000000));
}

static void rounding_once_differs_from_rounding_each(void **state)
{
    (void)state;
    int64_t each = 3 * apply_ppm(3350, 30000, ROUND_HALF_AWAY);
    int64_t once = apply_ppm(3 * INT64_C(3350), 30000, ROUND_HALF_AWAY);
    assert_int_equal(each, 303);
    assert_int_equal(once, 302);
}

static void parts_sum_to_the_whole(void **state)
{
    (void)state;
    static const int64_t equal[] = {1, 1, 1};
    int64_t parts[3];
    split_amount(10000000, equal, 3, parts); /* 100,000.00 / 3 */
    assert_int_equal(parts[0], 3333334);
    assert_int_equal(parts[1], 3333333);
    assert_int_equal(parts[2], 3333333);

    split_amount(-10000000, equal, 3, parts);
    assert_int_equal(parts[0], -3333334);
    assert_int_equal(parts[0] + parts[1] + parts[2], -10000000);

    static const int64_t pool[] = {7169, 4500, 1800}; /* 900,000.01, domain 5.10 */
    split_amount(90000001, pool, 3, parts);
    assert_int_equal(parts[0], 47903334);
    assert_int_equal(parts[1], 30069048);
    assert_int_equal(parts[2], 12027619);
}

static void the_largest_remainder_comes_first(void **state)
{
    (void)state;
    static const int64_t weights[] = {1, 0, 2, 3};
    int64_t parts[4];
    split_amount(4, weights, 4, parts); /* 0.67, 0, 1.33, 2 */
    assert_int_equal(parts[0], 1);
    assert_int_equal(parts[1], 0);
    assert_int_equal(parts[2], 1);
    assert_int_equal(parts[3], 2);
}

static void many_parts_of_a_little(void **state)
{
    (void)state;
    int64_t weights[1024];
    int64_t parts[1024];
    int64_t sum = 0;
    for (size_t i = 0; i < 1024; i++) {
        weights[i] = AMOUNT_FEN_MAX - (int64_t)(i % 7);
    }
    split_amount(1023, weights, 1024, parts);
    for (size_t i = 0; i < 1024; i++) {
        assert_in_range(parts[i], 0, 1);
        sum += parts[i];
    }
    assert_int_equal(sum, 1023);
}

static void growth_in_permille(void **state)
{
    (void)state;
    int64_t permille;
    assert_true(growth_permille(772507, 411985, &permille));
    assert_int_equal(permille, 875);
    assert_true(growth_permille(773, 412, &permille)); /* of the displayed figures */
    assert_int_equal(permille, 876);
    assert_true(growth_permille(INT64_C(477910200000000), INT64_C(176974200000000), &permille));
    assert_int_equal(permille, 1700);
    assert_true(growth_permille(50, 100, &permille));
    assert_int_equal(permille, -500);
    assert_true(growth_permille(-100, -50, &permille));
    assert_int_equal(permille, 1000);
    assert_false(growth_permille(1, 0, &permille));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounds_half_away_from_zero),
        cmocka_unit_test(products_need_128_bits),
        cmocka_unit_test(rounding_once_differs_from_rounding_each),
        cmocka_unit_test(parts_sum_to_the_whole),
        cmocka_unit_test(the_largest_remainder_comes_first),
        cmocka_unit_test(many_parts_of_a_little),
        cmocka_unit_test(growth_in_permille),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
