/* See column.h. A segment is allocated when its first element is pushed and kept until the
 * end, also over a truncation: the next request will want it again. */

#include "daemon/base/column.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/base/check.h"

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

void *column_push(struct column *column)
{
    uint64_t place = column->count + COLUMN_FIRST;
    unsigned segment = 63u - (unsigned)__builtin_clzll(place) - 8u;
    INVARIANT(segment < COLUMN_SEGMENTS);
    if (atomic_load_explicit(&column->segments[segment], memory_order_relaxed) == NULL) {
        uint8_t *memory = malloc(((size_t)COLUMN_FIRST << segment) * column->element);
        INVARIANT(memory != NULL); /* K3 */
        atomic_store_explicit(&column->segments[segment], memory, memory_order_release);
    }
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
