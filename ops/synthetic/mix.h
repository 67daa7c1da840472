#ifndef ACCRUE_OPS_SYNTHETIC_MIX_H
#define ACCRUE_OPS_SYNTHETIC_MIX_H

/* Chance and proportion in integers, the same on every machine.
 *
 *   M1  A draw is a function of (seed, stream, index, lane), not of the draws before it.
 *   M2  A lane deals each category exactly as often as its quota says: item i takes the
 *       category at place (a * i + b) mod n, which meets every place once (gcd(a, n) = 1).
 *   M3  Parts always sum to the whole: largest remainder, ties to the earlier part. */

#include <stdint.h>

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

#define PARTS_MAX 256u

/* SplitMix64 over the four numbers (M1). */
uint64_t draw(uint64_t seed, uint64_t stream, uint64_t index, uint64_t lane);
/* A draw to 0 … n - 1. */
uint32_t draw_below(uint64_t drawn, uint32_t n);

/* `total` >= 0 in proportion to `weights` >= 0, at least one of them > 0; count <= PARTS_MAX (M3).
 */
void apportion(int64_t total, const int64_t *weights, uint32_t count, int64_t *parts);

struct lane {
    uint64_t n, a, b, next;
    uint32_t categories;
    int64_t ends[PARTS_MAX]; /* quotas summed up */
};

/* Quotas that sum to the number of items (M2). */
void lane_of_quotas(struct lane *lane, uint64_t drawn, const int64_t *quotas, uint32_t categories);
/* Quotas in proportion to weights. */
void lane_of_weights(struct lane *lane, uint64_t drawn, int64_t n, const int64_t *weights,
                     uint32_t categories);
/* The next item's category. Not more often than there are items. */
uint32_t lane_next(struct lane *lane);

#endif
