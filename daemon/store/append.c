/* Appending: one group, one transaction, one device sync.
 *
 *   A1  A commit is block puts only. The last block is put again while it is below
 *       BLOCK_TAIL_BYTES, from a copy in memory; otherwise a new one follows it, in key order,
 *       so that every new key goes to the right edge of the tree.
 *   A2  The head rises, and readers see the group, only after the commit has returned 0.
 *   A3  From the first change of the tail or the tree on, any failure poisons the log: memory
 *       is then ahead of the disk, and what the disk holds is unknown.
 *   A4  The standby reader moves on after every commit. A reader at the newest transaction
 *       holds back no page that the next commit may reuse. */

#include "daemon/base/check.h"
#include "daemon/store/anchor.h"
#include "daemon/store/inner.h"

#include <time.h>

#define ANCHOR_MS 1000

static int64_t monotonic_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int put_tail(struct log *log, MDB_txn *txn, bool fresh)
{
    uint8_t root[HASH_BYTES];
    uint64_t first = log->tail.first;
    MDB_val key = {.mv_size = sizeof(first), .mv_data = &first};
    MDB_val value = {.mv_size = block_tail_len(&log->tail)};

    tree_root(&log->tree, root);
    int rc = mdb_put(txn, log->blocks, &key, &value, MDB_RESERVE | (fresh ? MDB_APPEND : 0u));
    if (rc == 0) {
        block_tail_encode(&log->tail, root, value.mv_data);
    }
    return rc;
}

static int put_blocks(struct log *log, MDB_txn *txn, const struct log_event *events, size_t count)
{
    struct block_tail *tail = &log->tail;
    bool fresh = tail->count == 0 || block_tail_len(tail) >= BLOCK_TAIL_BYTES; /* A1 */

    if (fresh) {
        block_tail_init(tail, log->tree.size + 1);
    }
    for (size_t i = 0; i < count; i++) {
        if (!block_tail_add(tail, &events[i])) {
            if (tail->count > 0 && tail->first + tail->count - 1 == log->tree.size) {
                int rc = put_tail(log, txn, fresh);
                if (rc != 0) {
                    return rc;
                }
            }
            fresh = true;
            block_tail_init(tail, log->tree.size + 1);
            bool fits = block_tail_add(tail, &events[i]);
            INVARIANT(fits);
        }
        tree_add(&log->tree, events[i].leaf);
    }
    return put_tail(log, txn, fresh);
}

static int put_privates(struct log *log, MDB_txn *txn, const struct log_event *events, size_t count)
{
    uint64_t seq = log->head.seq + 1;
    for (size_t i = 0; i < count; i++, seq++) {
        struct slice part = events[i].private_part;
        MDB_val key = {.mv_size = sizeof(seq), .mv_data = &seq};
        MDB_val value = {.mv_size = part.len};
        if (part.len == 0) {
            continue;
        }
        int rc = mdb_put(txn, log->privates, &key, &value, MDB_RESERVE | MDB_APPEND);
        if (rc != 0) {
            return rc;
        }
        memcpy(value.mv_data, part.data, part.len);
    }
    return 0;
}

/* Our own callers' promises (L7), and the bytes of the group. */
static size_t examine(const struct log *log, const struct log_event *events, size_t count)
{
    size_t bytes = 0;
    int64_t recorded = log->head.recorded;

    INVARIANT(count >= 1);
    for (size_t i = 0; i < count; i++) {
        INVARIANT(events[i].recorded > recorded || (log->head.seq == 0 && i == 0));
        INVARIANT(events[i].prev_seq <= log->head.seq + i);
        INVARIANT(events[i].stored.len >= 1);
        INVARIANT(events[i].stored.len <= EVENT_BYTES_MAX);
        INVARIANT(events[i].private_part.len <= PRIVATE_SALT_BYTES + PRIVATE_BYTES_MAX);
        PARANOID(leaf_matches(&events[i]));
        recorded = events[i].recorded;
        bytes += events[i].stored.len + events[i].private_part.len;
    }
    return bytes;
}

static void publish(struct log *log, const struct log_event *last)
{
    uint64_t used = data_used_bytes(log->env);
    INVARIANT(used <= atomic_load(&log->zeroed)); /* Z1 */
    atomic_store(&log->used, used);

    (void)pthread_mutex_lock(&log->standby_lock); /* A4 */
    mdb_txn_reset(log->standby);
    int rc = mdb_txn_renew(log->standby);
    (void)pthread_mutex_unlock(&log->standby_lock);
    INVARIANT(rc == 0);

    (void)pthread_mutex_lock(&log->head_lock);
    log->head.seq = log->tree.size;
    log->head.recorded = last->recorded;
    tree_root(&log->tree, log->head.root);
    (void)pthread_mutex_unlock(&log->head_lock);
}

/* At most each second: a start that finds less than this has lost something. */
static void anchor_now_and_then(struct log *log)
{
    int64_t now = monotonic_ms();
    if (now - log->anchored_ms < ANCHOR_MS) {
        return;
    }
    log->anchored_ms = now;
    if (!anchor_write(log->anchor_path, log->format.id, &log->tree)) {
        atomic_store(&log->warning, "the anchor cannot be written");
    }
}

enum status log_append(struct log *log, const struct log_event *events, size_t count)
{
    MDB_txn *txn;
    size_t bytes = examine(log, events, count);
    enum status status = log_room(log, count, bytes);
    if (status != STATUS_OK) {
        return status;
    }
    int rc = mdb_txn_begin(log->env, NULL, 0, &txn);
    if (rc != 0) {
        log_poison(log);
        return STATUS_IO;
    }
    rc = put_blocks(log, txn, events, count);
    if (rc == 0) {
        rc = put_privates(log, txn, events, count);
    }
    if (rc == 0) {
        rc = mdb_txn_commit(txn);
    } else {
        mdb_txn_abort(txn);
    }
    if (rc != 0) {
        log_poison(log); /* A3 */
        return STATUS_IO;
    }
    publish(log, &events[count - 1]); /* A2 */
    anchor_now_and_then(log);
    return STATUS_OK;
}
