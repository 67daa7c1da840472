/* Bucket 4e + q holds times from (4 + q) 2^e / 4 on: the four upper bits of the number are its
 * place, and no table is needed. */

#include "daemon/service/latency.h"

static unsigned bucket_of(uint64_t us)
{
    uint64_t scaled = (us + 1) * 4; /* so that there are always three bits to look at */
    unsigned top = 63u - (unsigned)__builtin_clzll(scaled);
    unsigned at = (top - 2) * 4 + (unsigned)((scaled >> (top - 2)) & 3);
    return at < LATENCY_BUCKETS ? at : LATENCY_BUCKETS - 1;
}

static uint64_t bucket_end(unsigned bucket)
{
    uint64_t next = bucket + 1u;
    return ((4 + next % 4) << (next / 4)) / 4 - 1;
}

void latency_add(struct latency *latency, int64_t us)
{
    uint64_t value = us > 0 ? (uint64_t)us : 0;
    value = value < (UINT64_C(1) << 50) ? value : UINT64_C(1) << 50;
    latency->count++;
    latency->total_us += value;
    latency->max_us = value > latency->max_us ? value : latency->max_us;
    latency->bucket[bucket_of(value)]++;
}

uint64_t latency_quantile(const struct latency *latency, uint32_t permille)
{
    uint64_t wanted = latency->count / 1000 * permille + latency->count % 1000 * permille / 1000;
    uint64_t seen = 0;
    for (unsigned bucket = 0; bucket < LATENCY_BUCKETS && latency->count > 0; bucket++) {
        seen += latency->bucket[bucket];
        if (seen > wanted || seen == latency->count) {
            uint64_t end = bucket_end(bucket);
            return end < latency->max_us ? end : latency->max_us;
        }
    }
    return 0;
}
