#ifndef ACCRUE_DAEMON_BASE_COLUMN_H
#define ACCRUE_DAEMON_BASE_COLUMN_H

/* An append-only array whose elements never move.
 *
 *   K1  Segment s holds COLUMN_FIRST << s elements: an index finds its segment by its highest
 *       bit, growing copies nothing, and 27 segments are enough for ever.
 *   K2  One thread pushes and truncates. Any thread may read an element whose index was
 *       published to it (release/acquire) and that is never truncated again.
 *   K3  Running out of memory ends the process: nothing that is not durable was acknowledged. */

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COLUMN_FIRST 256u
#define COLUMN_SEGMENTS 27u

struct column {
    size_t element; /* bytes */
    uint64_t count; /* pushing thread only */
    _Atomic(uint8_t *) segments[COLUMN_SEGMENTS];
};

void column_init(struct column *column, size_t element);
void column_done(struct column *column);

/* A new element at the end, its bytes zero. */
void *column_push(struct column *column);
/* From 1 to `want` new elements side by side in memory, not cleared: fill in all of them. How
 * many there are is in *ret_count; the next call gives the next ones. */
void *column_extend(struct column *column, uint64_t want, uint64_t *ret_count);
void column_truncate(struct column *column, uint64_t count);

/* Elements from `index` on that lie side by side. */
uint64_t column_run(uint64_t index);

static inline void *column_at(const struct column *column, uint64_t index)
{
    uint64_t place = index + COLUMN_FIRST;
    unsigned segment = 63u - (unsigned)__builtin_clzll(place) - 8u;
    uint8_t *base = atomic_load_explicit(&column->segments[segment], memory_order_acquire);
    return base + (place - ((uint64_t)COLUMN_FIRST << segment)) * column->element;
}

#endif
