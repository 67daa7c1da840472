#ifndef ACCRUE_DAEMON_LEDGER_MONEY_H
#define ACCRUE_DAEMON_LEDGER_MONEY_H

/* Integers only (domain 4.1-4.4): int64 fen, 128-bit products, rounding once, at the end. */

#include <stddef.h>
#include <stdint.h>

__extension__ typedef __int128 int128;

enum rounding_rule { ROUND_HALF_AWAY, ROUND_HALF_EVEN, ROUND_DOWN };

/* numerator / denominator (> 0), rounded. */
int64_t divide_rounded(int128 numerator, int128 denominator, enum rounding_rule rule);
/* amount * ppm / 10^6 */
int64_t apply_ppm(int64_t amount, int64_t ppm, enum rounding_rule rule);

/* Largest remainder: parts of `total` in proportion to `weights`, summing to it exactly; ties go
 * to the earlier position. Weights must not all be zero. */
void split_amount(int64_t total, const int64_t *weights, size_t count, int64_t *ret_parts);

/* (current - previous) / previous in permille, half away from zero; false if previous is 0. */
int growth_permille(int128 current, int128 previous, int64_t *ret_permille);

#endif
