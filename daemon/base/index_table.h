#ifndef ACCRUE_DAEMON_BASE_INDEX_TABLE_H
#define ACCRUE_DAEMON_BASE_INDEX_TABLE_H

/* From a hash to the numbers that may have it: an open-addressing table of 8-byte slots, 24
 * bits of the hash and a 40-bit number each. The keys stay where they are; who looks up
 * compares them.
 *
 *   I1  One thread inserts and removes. Numbers come and go at the end: what is in the table are
 *       0 to count - 1, entered in this order. So no entry passed over the slot of a later one on
 *       the way to its own, and the slot of the last is simply emptied.
 *   I2  Any thread may look up meanwhile; it may then see an entry that is not published yet,
 *       or not see one that is just being added. Superseded slot arrays live until the end.
 *   I3  At most half full. It never grows for what was removed again. */

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proto/bytes.h"

struct index_slots;

struct index_table {
    _Atomic(struct index_slots *) slots;
    uint64_t count;
};

void index_table_init(struct index_table *table);
void index_table_done(struct index_table *table);

/* `number` is the table's count, and below 2^40 - 1. `hash_of(arg, number)` gives the hash of an
 * older entry when the table grows. */
typedef uint64_t index_hash_fn(const void *arg, uint64_t number);
void index_table_insert(struct index_table *table, uint64_t hash, uint64_t number,
                        index_hash_fn *hash_of, const void *arg);
/* Insert all numbers from the table's count to `count` - 1: faster than one by one, and it grows
 * once at most. */
void index_table_fill(struct index_table *table, uint64_t count, index_hash_fn *hash_of,
                      const void *arg);
/* Ask for the memory where `hash` would be looked up or inserted. */
void index_table_ask(const struct index_table *table, uint64_t hash);
/* Remove the entry inserted last, `number`. */
void index_table_remove(struct index_table *table, uint64_t hash, uint64_t number);

/* `for (p = index_probe_begin(&table, hash); index_probe_next(&p, &number);)` visits every number
 * whose hash may be `hash`. */
struct index_probe {
    const struct index_slots *slots;
    uint64_t at;
    uint64_t tag;
};
struct index_probe index_probe_begin(const struct index_table *table, uint64_t hash);
bool index_probe_next(struct index_probe *probe, uint64_t *ret_number);

/* XXH3 with a seed of this process. Never stored, never ordered by. */
uint64_t hash_bytes(struct slice bytes, uint64_t seed);

#endif
