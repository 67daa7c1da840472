/* Exact division and splitting of fen.
 *
 *   N1  Nothing is rounded twice: a caller adds exact numerators up and divides once.
 *   N2  The parts of a split sum to the whole, whatever the weights; with equal remainders the
 *       earlier position gets the odd fen, so that a split does not depend on a sort. */

#include "daemon/ledger/money.h"

#include <stdbool.h>
#include <stdlib.h>

#include "daemon/base/check.h"

#define SPLIT_INLINE 32u

int64_t divide_rounded(int128 numerator, int128 denominator, enum rounding_rule rule)
{
    INVARIANT(denominator > 0);
    int128 whole = numerator / denominator; /* towards zero */
    int128 rest = numerator % denominator;
    bool negative = rest < 0;
    int128 size = negative ? -rest : rest;
    int128 other = denominator - size; /* compared with, not doubled: no overflow */
    bool away = false;
    switch (rule) {
    case ROUND_HALF_AWAY:
        away = size >= other;
        break;
    case ROUND_HALF_EVEN:
        away = size > other || (size == other && whole % 2 != 0);
        break;
    case ROUND_DOWN:
        break;
    }
    if (size != 0 && away) {
        whole += negative ? -1 : 1;
    }
    INVARIANT(whole >= INT64_MIN);
    INVARIANT(whole <= INT64_MAX);
    return (int64_t)whole;
}

int64_t apply_ppm(int64_t amount, int64_t ppm, enum rounding_rule rule)
{
    return divide_rounded((int128)amount * ppm, 1000000, rule);
}

/* One more fen for the largest remainder not yet served (N2). */
static void give_one(int128 *remainders, size_t count, int64_t *parts)
{
    size_t best = count;
    for (size_t i = 0; i < count; i++) {
        if (remainders[i] >= 0 && (best == count || remainders[i] > remainders[best])) {
            best = i;
        }
    }
    INVARIANT(best < count);
    remainders[best] = -1;
    parts[best]++;
}

void split_amount(int64_t total, const int64_t *weights, size_t count, int64_t *ret_parts)
{
    int128 inline_remainders[SPLIT_INLINE];
    int128 *remainders = inline_remainders;
    if (count > SPLIT_INLINE) {
        remainders = calloc(count, sizeof(*remainders));
        INVARIANT(remainders != NULL);
    }
    int128 whole = 0;
    for (size_t i = 0; i < count; i++) {
        INVARIANT(weights[i] >= 0);
        whole += weights[i];
    }
    INVARIANT(whole > 0);
    int128 size = total < 0 ? -(int128)total : (int128)total;
    int128 left = size;
    for (size_t i = 0; i < count; i++) {
        int128 product = size * weights[i];
        ret_parts[i] = (int64_t)(product / whole);
        remainders[i] = product % whole;
        left -= ret_parts[i];
    }
    for (; left > 0; left--) {
        give_one(remainders, count, ret_parts);
    }
    if (total < 0) {
        for (size_t i = 0; i < count; i++) {
            ret_parts[i] = -ret_parts[i];
        }
    }
    if (remainders != inline_remainders) {
        free(remainders);
    }
}

int growth_permille(int128 current, int128 previous, int64_t *ret_permille)
{
    if (previous == 0) {
        return 0;
    }
    int128 numerator = (current - previous) * 1000;
    *ret_permille = previous > 0 ? divide_rounded(numerator, previous, ROUND_HALF_AWAY)
                                 : divide_rounded(-numerator, -previous, ROUND_HALF_AWAY);
    return 1;
}
