/* The table of ids.
 *
 *   J3  Of an id's hash 32 bits are kept, and both a slot's place and its tag are made of them:
 *       so the table can grow without reading the log. With 10^8 events one new id in fifty
 *       then costs a look into the log that finds another id there; eight bytes instead of
 *       four would save that and cost 400 MB. */

#include "daemon/commit/ids.h"

#include "daemon/base/check.h"
#include "proto/event.h"

void ids_init(struct ids *ids, uint64_t seed)
{
    index_table_init(&ids->table);
    column_init(&ids->prints, sizeof(uint32_t));
    ids->seed = seed;
}

void ids_done(struct ids *ids)
{
    index_table_done(&ids->table);
    column_done(&ids->prints);
}

/* 64 well-mixed bits of 32 (the finalizer of splitmix64). */
static uint64_t spread(uint32_t print)
{
    uint64_t z = (uint64_t)print + UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static uint32_t print_of(const struct ids *ids, struct slice id)
{
    return (uint32_t)hash_bytes(id, ids->seed);
}

static uint64_t hash_at(const void *arg, uint64_t number)
{
    const struct ids *ids = arg;
    return spread(*(const uint32_t *)column_at(&ids->prints, number));
}

void ids_add(struct ids *ids, struct slice id)
{
    uint64_t number = ids->prints.count;
    ids_push(ids, id);
    index_table_insert(&ids->table, hash_at(ids, number), number, hash_at, ids);
}

void ids_push(struct ids *ids, struct slice id)
{
    *(uint32_t *)column_push(&ids->prints) = print_of(ids, id);
}

void ids_undo(struct ids *ids, uint64_t count)
{
    INVARIANT(count <= ids->prints.count);
    while (ids->prints.count > count) {
        uint64_t number = ids->prints.count - 1;
        index_table_remove(&ids->table, hash_at(ids, number), number);
        column_truncate(&ids->prints, number);
    }
}

void ids_give(const struct ids *ids, uint64_t from, uint64_t count, uint8_t *out)
{
    for (uint64_t i = 0; i < count; i++) {
        memcpy(out + i * sizeof(uint32_t), column_at(&ids->prints, from + i), sizeof(uint32_t));
    }
}

bool ids_take(struct ids *ids, uint64_t count, const uint8_t *rows)
{
    while (count > 0) {
        uint64_t run;
        void *at = column_extend(&ids->prints, count, &run);
        memcpy(at, rows, run * sizeof(uint32_t));
        rows += run * sizeof(uint32_t);
        count -= run;
    }
    return true;
}

void ids_enter(struct ids *ids)
{
    index_table_fill(&ids->table, ids->prints.count, hash_at, ids);
}

void ids_rebuild(struct ids *ids, uint64_t seed)
{
    ids->seed = seed;
    ids_enter(ids);
}

struct index_probe ids_probe(const struct ids *ids, struct slice id)
{
    return index_probe_begin(&ids->table, spread(print_of(ids, id)));
}

struct candidate {
    struct slice id;
    bool same;
};

static bool compare_id(void *arg, const struct log_record *record)
{
    struct candidate *candidate = arg;
    struct event event;
    candidate->same = event_from_stored(record->stored, &event) == STATUS_OK &&
                      slice_equal(event.id, candidate->id);
    return false;
}

enum status ids_find(const struct ids *ids, struct log *log, struct slice id, uint64_t limit,
                     uint64_t *ret_seq, struct fault *fault)
{
    struct index_probe probe = ids_probe(ids, id);
    uint64_t number;
    *ret_seq = 0;
    while (index_probe_next(&probe, &number)) {
        struct candidate candidate = {.id = id};
        if (number + 1 > limit) {
            continue;
        }
        enum status status = log_read(log, number + 1, number + 1, compare_id, &candidate, fault);
        if (status != STATUS_OK) {
            return status;
        }
        if (candidate.same) { /* J1 */
            *ret_seq = number + 1;
            return STATUS_OK;
        }
    }
    return STATUS_OK;
}
