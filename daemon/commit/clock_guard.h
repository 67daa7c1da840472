#ifndef ACCRUE_DAEMON_COMMIT_CLOCK_GUARD_H
#define ACCRUE_DAEMON_COMMIT_CLOCK_GUARD_H

/* May the wall clock be believed? Recorded times stay for ever, so a clock that jumped stops
 * writing until an operator accepts it (design 7). The writer's. */

#include <stdbool.h>
#include <stdint.h>

#define CLOCK_JUMP_US INT64_C(3600000000)               /* 1 h */
#define CLOCK_AHEAD_US (INT64_C(400) * 86400 * 1000000) /* of the last recorded, at a start */

struct clock_guard {
    int64_t wall, mono; /* at the last look */
    bool bad;
};

/* At a start; `last_recorded` is 0 in an empty log, which accepts any clock. */
void clock_guard_init(struct clock_guard *guard, int64_t wall, int64_t mono, int64_t last_recorded);
/* Before a group; false while the clock is not to be believed. */
bool clock_guard_look(struct clock_guard *guard, int64_t wall, int64_t mono);

#endif
