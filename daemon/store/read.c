/* Reading: a block at a time, each in a read transaction of its own.
 *
 *   R1  Nothing past the head that was published when the call began is shown, so a reader
 *       never sees part of a group nor one whose commit is not over.
 *   R2  Every block is checked on every read; nothing is cached. Bits rot while pages are in
 *       memory, too.
 *   R3  After a failed write of its meta page LMDB refuses new readers for good. Then blocks
 *       are copied out of a transaction that has stood at the last durable group all along; it
 *       pins no page that the next commit could have reused. */

#include "daemon/base/check.h"
#include "daemon/store/inner.h"

#include <stdlib.h>

static enum status bad_block(struct fault *fault, enum status status, uint64_t first, uint64_t last)
{
    (void)fault_set(fault, status, NULL);
    fault_detail(fault, "seqs=%llu..%llu", (unsigned long long)first, (unsigned long long)last);
    return status;
}

static uint64_t key_number(const MDB_val *key)
{
    uint64_t number = 0;
    if (key->mv_size == sizeof(number)) {
        memcpy(&number, key->mv_data, sizeof(number));
    }
    return number;
}

/* The seq before the block that follows the cursor's, or the head. */
static uint64_t range_end(const struct log *log, MDB_cursor *cursor)
{
    MDB_val key;
    MDB_val value;
    int rc = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
    return rc == 0 ? key_number(&key) - 1 : log_head(log).seq;
}

/* Put the cursor on the block that holds `seq`, 0 meaning the last block. */
static int seek(MDB_cursor *cursor, uint64_t seq, MDB_val *key, MDB_val *value)
{
    uint64_t wanted = seq;
    int rc = MDB_NOTFOUND;

    if (seq != 0) {
        *key = (MDB_val){.mv_size = sizeof(wanted), .mv_data = &wanted};
        rc = mdb_cursor_get(cursor, key, value, MDB_SET_RANGE);
        if (rc == 0 && key_number(key) == seq) {
            return 0;
        }
        if (rc == 0) {
            return mdb_cursor_get(cursor, key, value, MDB_PREV);
        }
    }
    return rc == MDB_NOTFOUND ? mdb_cursor_get(cursor, key, value, MDB_LAST) : rc;
}

/* Look `seq` up in `txn` and check the block; the view's block borrows from the map. */
static enum status look_up(const struct log *log, MDB_txn *txn, uint64_t seq,
                           struct block_view *view, struct fault *fault)
{
    MDB_cursor *cursor;
    MDB_val key;
    MDB_val value;

    int rc = mdb_cursor_open(txn, log->blocks, &cursor);
    if (rc != 0) {
        return data_fault(fault, rc, "mdb_cursor_open");
    }
    rc = seek(cursor, seq, &key, &value);
    if (rc != 0) {
        mdb_cursor_close(cursor);
        return data_fault(fault, rc, "mdb_cursor_get");
    }
    view->key = key_number(&key);
    enum status status = block_check(slice_of(value.mv_data, value.mv_size), &view->block);
    if (status == STATUS_OK && view->block.first != view->key) {
        status = STATUS_CORRUPT;
    }
    if (status != STATUS_OK) {
        status = bad_block(fault, status, view->key, range_end(log, cursor));
    } else if (seq != 0 && (seq < view->block.first || seq > block_last(&view->block))) {
        status = fault_set(fault, STATUS_NOT_FOUND, NULL);
    }
    mdb_cursor_close(cursor);
    return status;
}

static enum status look_up_standby(struct log *log, uint64_t seq, struct block_view *view,
                                   struct fault *fault) /* R3 */
{
    view->txn = NULL;
    view->copy = malloc(BLOCK_BYTES_MAX);
    if (view->copy == NULL) {
        return fault_set(fault, STATUS_NOMEM, NULL);
    }
    (void)pthread_mutex_lock(&log->standby_lock);
    enum status status = look_up(log, log->standby, seq, view, fault);
    if (status == STATUS_OK) {
        struct slice bytes = view->block.bytes;
        memcpy(view->copy, bytes.data, bytes.len);
        status = block_check(slice_of(view->copy, bytes.len), &view->block);
    }
    (void)pthread_mutex_unlock(&log->standby_lock);
    return status;
}

static enum status view_find(struct log *log, uint64_t seq, struct block_view *view,
                             struct fault *fault)
{
    enum status status;
    view->copy = NULL;
    int rc = mdb_txn_begin(log->env, NULL, MDB_RDONLY, &view->txn);
    if (rc == 0) {
        status = look_up(log, view->txn, seq, view, fault);
    } else if (rc == MDB_PANIC) {
        status = look_up_standby(log, seq, view, fault);
    } else {
        return data_fault(fault, rc, "mdb_txn_begin");
    }
    if (status != STATUS_OK) {
        block_view_done(view);
    }
    return status;
}

enum status block_view_find(struct log *log, uint64_t seq, struct block_view *ret_view,
                            struct fault *fault)
{
    INVARIANT(seq >= 1);
    return view_find(log, seq, ret_view, fault);
}

enum status block_view_last(struct log *log, struct block_view *ret_view, struct fault *fault)
{
    return view_find(log, 0, ret_view, fault);
}

void block_view_done(struct block_view *view)
{
    if (view->txn != NULL) {
        mdb_txn_abort(view->txn);
    }
    free(view->copy);
    view->txn = NULL;
    view->copy = NULL;
}

/* A seq up to the head that is in no block: the log has a hole. */
static enum status missing(struct fault *fault, enum status status, uint64_t seq)
{
    return status == STATUS_NOT_FOUND ? bad_block(fault, STATUS_CORRUPT, seq, seq) : status;
}

/* `record` is the caller's, so that it is not cleared for each event. */
static bool show(const struct block *block, uint64_t seq, struct log_record *record,
                 log_visit_fn *visit, void *arg)
{
    record->seq = seq;
    block_event(block, (uint32_t)(seq - block->first), &record->row);
    record->stored = record->row.stored;
    return visit(arg, record);
}

enum status log_read(struct log *log, uint64_t from, uint64_t to, log_visit_fn *visit, void *arg,
                     struct fault *fault)
{
    struct log_record record;
    uint64_t head = log_head(log).seq; /* R1 */
    uint64_t seq = from != 0 ? from : 1;
    to = to < head ? to : head;

    while (seq <= to) {
        struct block_view view;
        enum status status = block_view_find(log, seq, &view, fault);
        if (status != STATUS_OK) {
            return missing(fault, status, seq);
        }
        uint64_t last = block_last(&view.block);
        last = last < to ? last : to;
        bool more = true;
        for (; more && seq <= last; seq++) {
            more = show(&view.block, seq, &record, visit, arg);
        }
        block_view_done(&view);
        if (!more) {
            break;
        }
    }
    return STATUS_OK;
}

enum status log_read_back(struct log *log, uint64_t from, uint64_t to, log_visit_fn *visit,
                          void *arg, struct fault *fault)
{
    struct log_record record;
    uint64_t head = log_head(log).seq; /* R1 */
    uint64_t seq = from < head ? from : head;
    to = to != 0 ? to : 1;

    while (seq >= to) {
        struct block_view view;
        enum status status = block_view_find(log, seq, &view, fault);
        if (status != STATUS_OK) {
            return missing(fault, status, seq);
        }
        uint64_t first = view.block.first > to ? view.block.first : to;
        bool more = true;
        for (; more && seq >= first; seq--) {
            more = show(&view.block, seq, &record, visit, arg);
        }
        block_view_done(&view);
        if (!more) {
            break;
        }
    }
    return STATUS_OK;
}

int reader_begin(struct log *log, MDB_txn **ret_txn)
{
    int rc = mdb_txn_begin(log->env, NULL, MDB_RDONLY, ret_txn);
    if (rc == MDB_PANIC) { /* R3 */
        (void)pthread_mutex_lock(&log->standby_lock);
        *ret_txn = log->standby;
        return 0;
    }
    return rc;
}

void reader_end(struct log *log, MDB_txn *txn)
{
    if (txn == log->standby) {
        (void)pthread_mutex_unlock(&log->standby_lock);
    } else {
        mdb_txn_abort(txn);
    }
}

unsigned log_reap_readers(struct log *log)
{
    int dead = 0;
    (void)mdb_reader_check(log->env, &dead);
    return (unsigned)dead;
}

enum status log_private(struct log *log, uint64_t seq, uint8_t *out, size_t size, size_t *ret_len)
{
    MDB_val key = {.mv_size = sizeof(seq), .mv_data = &seq};
    MDB_val value;
    MDB_txn *txn;

    if (seq < 1 || seq > log_head(log).seq) {
        return STATUS_NOT_FOUND;
    }
    int rc = reader_begin(log, &txn);
    if (rc != 0) {
        return data_status(rc);
    }
    enum status status = data_status(mdb_get(txn, log->privates, &key, &value));
    if (status == STATUS_OK && value.mv_size > size) {
        status = STATUS_TOO_LARGE;
    }
    if (status == STATUS_OK) {
        memcpy(out, value.mv_data, value.mv_size);
        *ret_len = value.mv_size;
    }
    reader_end(log, txn);
    return status;
}
