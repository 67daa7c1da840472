/* See column.h. A segment is allocated when its first element is pushed and kept until the
 * end, also over a truncation: the next request will want it again. */

#include "daemon/base/column.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/base/check.h"
#include "daemon/base/memory.h"

_Static_assert(COLUMN_FIRST == 256u, "column_at() subtracts log2(COLUMN_FIRST)");

void column_init(struct column *column, size_t element)
{
    memset(column, 0, sizeof(*column));
    column->element = element;
}

void column_done(struct column *column)
{
    for (unsigned s = 0; s < COLUMN_SEGMENTS; s++) {
        free(atomic_load_explicit(&column->segments[s], memory_order_relaxed));
    }
    memset(column, 0, sizeof(*column));
}

static unsigned segment_of(uint64_t index)
{
    return 63u - (unsigned)__builtin_clzll(index + COLUMN_FIRST) - 8u;
}

uint64_t column_run(uint64_t index)
{
    return ((uint64_t)2 * COLUMN_FIRST << segment_of(index)) - COLUMN_FIRST - index;
}

/* The segment that the next element goes to. */
static void need_segment(struct column *column)
{
    unsigned segment = segment_of(column->count);
    INVARIANT(segment < COLUMN_SEGMENTS);
    if (atomic_load_explicit(&column->segments[segment], memory_order_relaxed) == NULL) {
        uint8_t *memory = memory_for_table(((size_t)COLUMN_FIRST << segment) * column->element);
        INVARIANT(memory != NULL); /* K3 */
        atomic_store_explicit(&column->segments[segment], memory, memory_order_release);
    }
}

void *column_extend(struct column *column, uint64_t want, uint64_t *ret_count)
{
    uint64_t run = column_run(column->count);
    need_segment(column);
    void *elements = column_at(column, column->count);
    *ret_count = want < run ? want : run;
    column->count += *ret_count;
    return elements;
}

void *column_push(struct column *column)
{
    need_segment(column);
    void *element = column_at(column, column->count);
    memset(element, 0, column->element);
    column->count++;
    return element;
}

void column_truncate(struct column *column, uint64_t count)
{
    INVARIANT(count <= column->count);
    column->count = count;
}
