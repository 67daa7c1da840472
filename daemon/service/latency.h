#ifndef ACCRUE_DAEMON_SERVICE_LATENCY_H
#define ACCRUE_DAEMON_SERVICE_LATENCY_H

/* How long something takes: counts in buckets whose bounds grow by a quarter, so a quantile is
 * right to 25 %, and adding one is a few instructions. One thread. */

#include <stdint.h>

#define LATENCY_BUCKETS 160u

struct latency {
    uint64_t count, total_us, max_us;
    uint64_t bucket[LATENCY_BUCKETS];
};

void latency_add(struct latency *latency, int64_t us);
/* The time within which `permille` of 1000 were; 0 without any. */
uint64_t latency_quantile(const struct latency *latency, uint32_t permille);

#endif
