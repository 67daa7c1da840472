/* See index_table.h. A slot is tag << 40 | (number + 1); 0 is empty. */

#include "daemon/base/index_table.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "daemon/base/check.h"
#include "daemon/base/memory.h"

#define SLOTS_FIRST 256u
#define NUMBER_BITS 40u
#define NUMBER_MASK ((UINT64_C(1) << NUMBER_BITS) - 1)
#define FILL_BATCH 32u

struct index_slots {
    struct index_slots *older; /* I2 */
    uint64_t mask;
    _Atomic uint64_t slot[];
};

static uint64_t tag_of(uint64_t hash)
{
    return hash >> NUMBER_BITS;
}

static struct index_slots *slots_new(uint64_t count, struct index_slots *older)
{
    const size_t bytes = sizeof(struct index_slots) + count * sizeof(uint64_t);
    struct index_slots *slots = memory_for_table(bytes);
    INVARIANT(slots != NULL);
    memset((void *)slots, 0, bytes);
    slots->older = older;
    slots->mask = count - 1;
    return slots;
}

void index_table_init(struct index_table *table)
{
    atomic_init(&table->slots, slots_new(SLOTS_FIRST, NULL));
    table->count = 0;
}

void index_table_done(struct index_table *table)
{
    struct index_slots *slots = atomic_load_explicit(&table->slots, memory_order_relaxed);
    while (slots != NULL) {
        struct index_slots *older = slots->older;
        free(slots);
        slots = older;
    }
    atomic_store_explicit(&table->slots, NULL, memory_order_relaxed);
}

static void ask(const struct index_slots *slots, uint64_t hash)
{
    __builtin_prefetch((const void *)(uintptr_t)&slots->slot[hash & slots->mask], 1);
}

static void put(struct index_slots *slots, uint64_t hash, uint64_t number)
{
    uint64_t at = hash & slots->mask;
    while (atomic_load_explicit(&slots->slot[at], memory_order_relaxed) != 0) {
        at = (at + 1) & slots->mask;
    }
    atomic_store_explicit(&slots->slot[at], tag_of(hash) << NUMBER_BITS | (number + 1),
                          memory_order_release);
}

/* Slots lie anywhere in memory: a batch of them is asked for before the first is written. */
static void put_range(struct index_slots *slots, uint64_t from, uint64_t to, index_hash_fn *hash_of,
                      const void *arg)
{
    uint64_t hashes[FILL_BATCH];
    for (uint64_t first = from; first < to; first += FILL_BATCH) {
        uint64_t batch = to - first < FILL_BATCH ? to - first : FILL_BATCH;
        for (uint64_t i = 0; i < batch; i++) {
            hashes[i] = hash_of(arg, first + i);
            ask(slots, hashes[i]);
        }
        for (uint64_t i = 0; i < batch; i++) {
            put(slots, hashes[i], first + i);
        }
    }
}

/* Move to `room` slots. In the order of the numbers, in which the keys lie: not in that of the old
 * slots, which would look for every key in another place. */
static struct index_slots *grow(struct index_table *table, uint64_t room, index_hash_fn *hash_of,
                                const void *arg)
{
    struct index_slots *old = atomic_load_explicit(&table->slots, memory_order_relaxed);
    struct index_slots *slots = slots_new(room, old);
    put_range(slots, 0, table->count, hash_of, arg);
    atomic_store_explicit(&table->slots, slots, memory_order_release);
    return slots;
}

void index_table_insert(struct index_table *table, uint64_t hash, uint64_t number,
                        index_hash_fn *hash_of, const void *arg)
{
    INVARIANT(number == table->count && number + 1 < NUMBER_MASK);
    struct index_slots *slots = atomic_load_explicit(&table->slots, memory_order_relaxed);
    if ((table->count + 1) * 2 > slots->mask + 1) { /* I3 */
        slots = grow(table, (slots->mask + 1) * 2, hash_of, arg);
    }
    put(slots, hash, number);
    table->count++;
}

void index_table_fill(struct index_table *table, uint64_t count, index_hash_fn *hash_of,
                      const void *arg)
{
    struct index_slots *slots = atomic_load_explicit(&table->slots, memory_order_relaxed);
    uint64_t room = slots->mask + 1;
    INVARIANT(count >= table->count);
    while (count * 2 > room) { /* I3 */
        room *= 2;
    }
    if (room > slots->mask + 1) {
        slots = grow(table, room, hash_of, arg);
    }
    put_range(slots, table->count, count, hash_of, arg);
    table->count = count;
}

void index_table_ask(const struct index_table *table, uint64_t hash)
{
    ask(atomic_load_explicit(&table->slots, memory_order_acquire), hash);
}

void index_table_remove(struct index_table *table, uint64_t hash, uint64_t number)
{
    INVARIANT(number + 1 == table->count);
    struct index_slots *slots = atomic_load_explicit(&table->slots, memory_order_relaxed);
    uint64_t wanted = tag_of(hash) << NUMBER_BITS | (number + 1);
    uint64_t at = hash & slots->mask;
    while (atomic_load_explicit(&slots->slot[at], memory_order_relaxed) != wanted) {
        INVARIANT(atomic_load_explicit(&slots->slot[at], memory_order_relaxed) != 0);
        at = (at + 1) & slots->mask;
    }
    atomic_store_explicit(&slots->slot[at], 0, memory_order_release); /* I1 */
    table->count--;
}

struct index_probe index_probe_begin(const struct index_table *table, uint64_t hash)
{
    const struct index_slots *slots = atomic_load_explicit(&table->slots, memory_order_acquire);
    return (struct index_probe){.slots = slots, .at = hash & slots->mask, .tag = tag_of(hash)};
}

bool index_probe_next(struct index_probe *probe, uint64_t *ret_number)
{
    for (;;) {
        uint64_t slot = atomic_load_explicit(&probe->slots->slot[probe->at], memory_order_acquire);
        if (slot == 0) {
            return false;
        }
        probe->at = (probe->at + 1) & probe->slots->mask;
        if (slot >> NUMBER_BITS == probe->tag) {
            *ret_number = (slot & NUMBER_MASK) - 1;
            return true;
        }
    }
}

uint64_t hash_bytes(struct slice bytes, uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes.data, bytes.len, seed);
}
