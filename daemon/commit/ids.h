#ifndef ACCRUE_DAEMON_COMMIT_IDS_H
#define ACCRUE_DAEMON_COMMIT_IDS_H

/* Which event had this id? For ever (P3), in memory: a slot of a table and four bytes an event.
 *
 *   J1  The table gives candidates; only the id in the stored event itself decides.
 *   J2  Every event of the log is in it, and those of the group being applied.
 *
 * The writer adds and takes back; any thread looks up what is published. */

#include "daemon/base/column.h"
#include "daemon/base/index_table.h"
#include "daemon/store/log.h"

struct ids {
    struct index_table table;
    struct column prints; /* uint32_t, at seq - 1 */
    uint64_t seed;
};

void ids_init(struct ids *ids, uint64_t seed);
void ids_done(struct ids *ids);

/* The next seq has this id. */
void ids_add(struct ids *ids, struct slice id);
/* The same while nobody looks any up, one event after the other; ids_enter() then enters all of
 * them at once, which is faster. */
void ids_push(struct ids *ids, struct slice id);
void ids_enter(struct ids *ids);
/* Forget all after the first `count`, newest first. */
void ids_undo(struct ids *ids, uint64_t count);

static inline uint64_t ids_count(const struct ids *ids)
{
    return ids->prints.count;
}

/* for (probe = ids_probe(ids, id); index_probe_next(&probe, &n);) … seq is n + 1 */
struct index_probe ids_probe(const struct ids *ids, struct slice id);

/* Seq of the event with this id among the first `limit` of the log, 0 if there is none. Any
 * thread, if they are published. STATUS_CORRUPT as log_read(). */
enum status ids_find(const struct ids *ids, struct log *log, struct slice id, uint64_t limit,
                     uint64_t *ret_seq, struct fault *fault);

/* For a snapshot: prints as rows of four bytes, given by any thread once published; taken into
 * an empty table together with the seed that they were made with, then entered. */
void ids_give(const struct ids *ids, uint64_t from, uint64_t count, uint8_t *out);
bool ids_take(struct ids *ids, uint64_t count, const uint8_t *rows);
void ids_rebuild(struct ids *ids, uint64_t seed);

#endif
