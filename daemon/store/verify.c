/* Everything there is to check about a log, reading every byte.
 *
 *   V1  Blocks follow one another without a gap or an overlap, from 1 to the head.
 *   V2  Every block has its checksum, every event its leaf hash, every block the size and root
 *       of the tree that these leaves make.
 *   V3  `recorded` rises strictly; `prev_seq` is the aggregate's previous event. Dense numbers
 *       are given in order of first use, so none is above its seq: that bounds the table.
 *   V4  Private parts belong to events of the log and have a salt.
 *
 * It sees the log as it was when it began; appends may go on. */

#include "daemon/store/inner.h"

#include <stdlib.h>

struct verify {
    struct log *log;
    struct fault *fault;
    struct tree tree;
    int64_t recorded;
    uint64_t *last_of; /* by aggregate number */
    size_t aggregates;
};

static enum status bad(struct verify *verify, uint64_t seq, const char *what)
{
    (void)fault_set(verify->fault, STATUS_CORRUPT, NULL);
    fault_detail(verify->fault, "seq=%llu what=%s", (unsigned long long)seq, what);
    return STATUS_CORRUPT;
}

static enum status make_place(struct verify *verify, uint32_t aggregate)
{
    size_t count = verify->aggregates;
    while (count <= aggregate) {
        count = count < 512 ? 512 : 2 * count;
    }
    if (count > verify->aggregates) {
        uint64_t *grown = realloc(verify->last_of, count * sizeof(*grown));
        if (grown == NULL) {
            return fault_set(verify->fault, STATUS_NOMEM, NULL);
        }
        memset(grown + verify->aggregates, 0, (count - verify->aggregates) * sizeof(*grown));
        verify->last_of = grown;
        verify->aggregates = count;
    }
    return STATUS_OK;
}

static enum status check_event(struct verify *verify, uint64_t seq, const struct log_event *event)
{
    if (!leaf_matches(event)) {
        return bad(verify, seq, "leaf"); /* V2 */
    }
    if (seq > 1 && event->recorded <= verify->recorded) {
        return bad(verify, seq, "recorded"); /* V3 */
    }
    if (event->aggregate > seq) {
        return bad(verify, seq, "aggregate");
    }
    enum status status = make_place(verify, event->aggregate);
    if (status != STATUS_OK) {
        return status;
    }
    if (event->prev_seq != verify->last_of[event->aggregate]) {
        return bad(verify, seq, "prev_seq");
    }
    verify->last_of[event->aggregate] = seq;
    verify->recorded = event->recorded;
    tree_add(&verify->tree, event->leaf);
    return STATUS_OK;
}

static enum status check_block(struct verify *verify, const struct block *block)
{
    uint8_t root[HASH_BYTES];
    struct log_event event;

    for (uint32_t i = 0; i < block->count; i++) {
        block_event(block, i, &event);
        enum status status = check_event(verify, block->first + i, &event);
        if (status != STATUS_OK) {
            return status;
        }
    }
    tree_root(&verify->tree, root);
    return memcmp(root, block->root, HASH_BYTES) == 0 ? STATUS_OK
                                                      : bad(verify, block_last(block), "root");
}

static enum status check_blocks(struct verify *verify, uint64_t head, log_progress_fn *progress,
                                void *arg)
{
    for (uint64_t seq = 1; seq <= head; seq = verify->tree.size + 1) {
        struct block_view view;
        enum status status = block_view_find(verify->log, seq, &view, verify->fault);
        if (status == STATUS_NOT_FOUND) {
            return bad(verify, seq, "missing"); /* V1 */
        }
        if (status != STATUS_OK) {
            return status;
        }
        status = view.block.first == seq ? check_block(verify, &view.block)
                                         : bad(verify, seq, "overlap");
        block_view_done(&view);
        if (status != STATUS_OK) {
            return status;
        }
        if (progress != NULL && !progress(arg, verify->tree.size, head)) {
            return fault_set(verify->fault, STATUS_CANCELLED, NULL);
        }
    }
    return STATUS_OK;
}

/* V4; *ret_last is the seq of the last one. */
static enum status check_privates(struct verify *verify, MDB_txn *txn, uint64_t *ret_last)
{
    MDB_cursor *cursor;
    MDB_val key;
    MDB_val value;
    uint64_t seq = 0;
    enum status status = STATUS_OK;

    int rc = mdb_cursor_open(txn, verify->log->privates, &cursor);
    if (rc != 0) {
        return data_fault(verify->fault, rc, "mdb_cursor_open");
    }
    while ((rc = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == 0 && status == STATUS_OK) {
        uint64_t last = seq;
        if (key.mv_size != sizeof(seq)) {
            status = bad(verify, last, "private_key");
            break;
        }
        memcpy(&seq, key.mv_data, sizeof(seq));
        if (seq <= last || value.mv_size < PRIVATE_SALT_BYTES ||
            value.mv_size > PRIVATE_SALT_BYTES + PRIVATE_BYTES_MAX) {
            status = bad(verify, seq, "private");
        }
    }
    mdb_cursor_close(cursor);
    *ret_last = seq;
    return status == STATUS_OK && rc != MDB_NOTFOUND
               ? data_fault(verify->fault, rc, "mdb_cursor_get")
               : status;
}

/* V4: the log may have grown since its head was read, and in a process that only reads it
 * nobody tells; so it is the end of the log as it is now that private parts must not pass. */
static enum status check_last_private(struct verify *verify, uint64_t seq)
{
    struct block_view view;
    if (seq == 0) {
        return STATUS_OK;
    }
    enum status status = block_view_last(verify->log, &view, verify->fault);
    if (status == STATUS_NOT_FOUND) {
        return bad(verify, seq, "private");
    }
    if (status == STATUS_OK) {
        uint64_t last = block_last(&view.block);
        block_view_done(&view);
        status = seq > last ? bad(verify, seq, "private") : STATUS_OK;
    }
    return status;
}

enum status log_verify(struct log *log, log_progress_fn *progress, void *arg, struct fault *fault)
{
    struct verify verify = {.log = log, .fault = fault};
    MDB_txn *txn;
    uint64_t last_private = 0;

    tree_init(&verify.tree);
    enum status status = check_blocks(&verify, log_head(log).seq, progress, arg);
    free(verify.last_of);
    if (status != STATUS_OK) {
        return status;
    }
    int rc = reader_begin(log, &txn);
    if (rc != 0) {
        return data_fault(fault, rc, "mdb_txn_begin");
    }
    status = check_privates(&verify, txn, &last_private);
    reader_end(log, txn);
    return status == STATUS_OK ? check_last_private(&verify, last_private) : status;
}
