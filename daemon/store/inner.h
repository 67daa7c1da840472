#ifndef ACCRUE_DAEMON_STORE_INNER_H
#define ACCRUE_DAEMON_STORE_INNER_H

/* What the files of the store share about an open log. Nobody else includes this. */

#include "daemon/audit/tree.h"
#include "daemon/store/block.h"
#include "daemon/store/data.h"
#include "daemon/store/format.h"
#include "daemon/store/log.h"
#include "daemon/store/map.h"

#include <pthread.h>
#include <stdatomic.h>

#define DATA_BLOCKS "log"      /* first seq -> block */
#define DATA_PRIVATE "private" /* seq -> salt, then canonical private data */
#define DATA_ID_KEY "log_id"   /* in the unnamed database: binds data.mdb to its FORMAT */

struct log {
    /* ---- set by log_open, then constant ---- */
    struct log *self; /* for the lock of a log that is const */
    struct log_options options;
    struct format format;
    char id[2 * LOG_ID_BYTES + 1];
    char *directory, *data_path, *anchor_path, *marker_path, *run_marker;
    int lock_fd; /* -1: none */
    int zero_fd; /* a file of its own, so that a sync error is reported to each; -1: none */
    MDB_env *env;
    struct map_range map;
    MDB_dbi blocks, privates;

    /* ---- the appending thread ---- */
    struct tree tree;
    struct block_tail tail;
    int64_t anchored_ms;

    /* ---- any thread ---- */
    _Atomic(const char *) warning;
    atomic_bool poisoned;
    _Atomic uint64_t used, zeroed; /* bytes of data.mdb; used <= zeroed */
    pthread_mutex_t head_lock;
    struct log_head head;
    pthread_mutex_t zero_lock; /* who zeroes */
    uint64_t zero_next;        /* bytes of the next step */
    pthread_mutex_t standby_lock;
    MDB_txn *standby; /* at the last durable group: what is read once LMDB refuses readers */

    /* ---- whoever writes snapshots ---- */
    struct snapshot_manifest *snapshot; /* the last one, or NULL */
};

/* A block in view, with the read transaction that keeps it there. */
struct block_view {
    struct block block;
    uint64_t key;
    MDB_txn *txn;  /* NULL when `copy` is used */
    uint8_t *copy; /* of a block read through log->standby */
};

/* The block that holds `seq`. On STATUS_OK give it back with block_view_done().
 *   STATUS_NOT_FOUND  the log ends before it
 *   STATUS_CORRUPT    detail names the seqs */
enum status block_view_find(struct log *log, uint64_t seq, struct block_view *ret_view,
                            struct fault *fault);
/* The last block; STATUS_NOT_FOUND if the log is empty. */
enum status block_view_last(struct log *log, struct block_view *ret_view, struct fault *fault);
void block_view_done(struct block_view *view);

/* A read transaction for a short look, also once LMDB refuses readers; 0 or its code. */
int reader_begin(struct log *log, MDB_txn **ret_txn);
void reader_end(struct log *log, MDB_txn *txn);

/* Does the leaf hash stand for the stored form? */
bool leaf_matches(const struct log_event *event);

/* From now on nothing is appended: latch, then leave a marker for the next start. */
void log_poison(struct log *log);

/* Examine the poison markers before anything is mapped. Clears them when the log is whole. */
enum status poison_examine(const struct log *log, struct fault *fault);

/* used + the worst case of such a group. */
uint64_t room_needed(uint64_t used, size_t events, size_t bytes);

#endif
