/* Chance and proportion: M1 to M3 of mix.h. */

#include "ops/synthetic/mix.h"

#include "ops/synthetic/fatal.h"

static uint64_t mixed(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

uint64_t draw(uint64_t seed, uint64_t stream, uint64_t index, uint64_t lane)
{
    static const uint64_t golden = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = mixed(seed + golden);
    z = mixed(z + (stream + 1) * golden);
    z = mixed(z + (lane + 1) * golden);
    return mixed(z + (index + 1) * golden);
}

uint32_t draw_below(uint64_t drawn, uint32_t n)
{
    return (uint32_t)(((uint128)drawn * n) >> 64);
}

void apportion(int64_t total, const int64_t *weights, uint32_t count, int64_t *parts)
{
    int128 rest[PARTS_MAX];
    int128 sum = 0;
    int64_t left = total;
    CHECK(count > 0 && count <= PARTS_MAX);
    for (uint32_t i = 0; i < count; i++) {
        sum += weights[i];
    }
    CHECK(sum > 0 && total >= 0);
    for (uint32_t i = 0; i < count; i++) {
        int128 product = (int128)total * weights[i];
        parts[i] = (int64_t)(product / sum);
        rest[i] = product % sum;
        left -= parts[i];
    }
    for (; left > 0; left--) {
        uint32_t best = 0;
        for (uint32_t i = 1; i < count; i++) {
            best = rest[i] > rest[best] ? i : best;
        }
        parts[best]++;
        rest[best] = -1;
    }
}

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

void lane_of_quotas(struct lane *lane, uint64_t drawn, const int64_t *quotas, uint32_t categories)
{
    int64_t sum = 0;
    CHECK(categories > 0 && categories <= PARTS_MAX);
    for (uint32_t i = 0; i < categories; i++) {
        sum += quotas[i];
        lane->ends[i] = sum;
    }
    lane->categories = categories;
    lane->next = 0;
    lane->n = (uint64_t)sum;
    lane->a = 1;
    lane->b = 0;
    if (sum > 1) {
        /* A step between a quarter and three quarters: neighbours come far apart. */
        uint32_t half = (uint32_t)(sum / 2 + 1);
        lane->a = (uint64_t)(sum / 4) + draw_below(drawn, half);
        lane->b = drawn % (uint64_t)sum;
        while (lane->a == 0 || common_divisor(lane->a, lane->n) != 1) {
            lane->a++;
        }
    }
}

void lane_of_weights(struct lane *lane, uint64_t drawn, int64_t n, const int64_t *weights,
                     uint32_t categories)
{
    int64_t quotas[PARTS_MAX];
    apportion(n, weights, categories, quotas);
    lane_of_quotas(lane, drawn, quotas, categories);
}

uint32_t lane_next(struct lane *lane)
{
    CHECK(lane->next < lane->n);
    int64_t place = (int64_t)((lane->a * lane->next + lane->b) % lane->n);
    lane->next++;
    uint32_t low = 0;
    uint32_t high = lane->categories - 1;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (place < lane->ends[middle]) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}
