/* What an opened data.mdb holds: is it ours, where does it end, and is that what we left.
 *
 *   S3  The log is trusted from its anchor on: every event since then is hashed again, and the
 *       tree of the anchor grown by their leaves must give the last block's root. So a log
 *       that was cut, rolled back or rewritten below the anchor does not open.
 *   S4  Without an anchor the tree is built from all leaves, and of the events only the last
 *       block's are hashed. */

#include "daemon/store/anchor.h"
#include "daemon/store/inner.h"
#include "daemon/store/snapshot_files.h"
#include "daemon/store/start.h"

enum status start_databases(struct log *log, struct fault *fault)
{
    MDB_dbi unnamed;
    MDB_val value;
    MDB_val key = {.mv_size = sizeof(DATA_ID_KEY) - 1, .mv_data = (char[]){DATA_ID_KEY}};
    MDB_txn *txn;

    int rc = mdb_txn_begin(log->env, NULL, MDB_RDONLY, &txn);
    if (rc != 0) {
        return data_fault(fault, rc, "mdb_txn_begin");
    }
    rc = mdb_dbi_open(txn, NULL, 0, &unnamed);
    if (rc == 0) {
        rc = mdb_dbi_open(txn, DATA_BLOCKS, MDB_INTEGERKEY, &log->blocks);
    }
    if (rc == 0) {
        rc = mdb_dbi_open(txn, DATA_PRIVATE, MDB_INTEGERKEY, &log->privates);
    }
    if (rc == 0) {
        rc = mdb_get(txn, unnamed, &key, &value);
    }
    bool ours = rc == 0 && value.mv_size == LOG_ID_BYTES &&
                memcmp(value.mv_data, log->format.id, LOG_ID_BYTES) == 0;
    if (rc == 0) {
        rc = mdb_txn_commit(txn); /* keeps the handles */
    } else {
        mdb_txn_abort(txn);
    }
    if (rc == MDB_NOTFOUND || (rc == 0 && !ours)) {
        return start_corrupt(fault, "file=data.mdb is not the one that FORMAT names");
    }
    return rc == 0 ? STATUS_OK : data_fault(fault, rc, "open_databases");
}

bool leaf_matches(const struct log_event *event)
{
    uint8_t leaf[HASH_BYTES];
    tree_leaf(event->stored, leaf);
    return memcmp(leaf, event->leaf, HASH_BYTES) == 0;
}

bool block_grows_tree(struct tree *tree, const struct block *block, uint64_t hash_from)
{
    uint8_t root[HASH_BYTES];
    struct log_event event;

    while (tree->size < block_last(block)) {
        block_event(block, (uint32_t)(tree->size + 1 - block->first), &event);
        if (tree->size + 1 >= hash_from && !leaf_matches(&event)) {
            return false;
        }
        tree_add(tree, event.leaf);
    }
    tree_root(tree, root);
    return memcmp(root, block->root, HASH_BYTES) == 0;
}

/* S3, S4. `last_first` is the first seq of the last block. */
static enum status load_tree(struct log *log, uint64_t last_first, struct fault *fault)
{
    enum status status = anchor_read(log->anchor_path, log->format.id, &log->tree, fault);
    if (status != STATUS_OK) {
        return status;
    }
    uint64_t anchored = log->tree.size;
    uint64_t hash_from = anchored != 0 ? anchored + 1 : last_first;
    if (anchored > log->head.seq) {
        (void)start_corrupt(fault, "the log ends below its anchor:");
        fault_detail(fault, "last=%llu anchor=%llu", (unsigned long long)log->head.seq,
                     (unsigned long long)anchored);
        return STATUS_CORRUPT;
    }
    for (uint64_t seq = anchored != 0 ? anchored : 1; seq <= log->head.seq;) {
        struct block_view view;
        status = block_view_find(log, seq, &view, fault);
        if (status == STATUS_NOT_FOUND) {
            status = start_corrupt(fault, "a block is missing");
        }
        if (status != STATUS_OK) {
            return status;
        }
        bool good = view.block.first <= log->tree.size + 1 &&
                    block_grows_tree(&log->tree, &view.block, hash_from);
        seq = block_last(&view.block) + 1;
        block_view_done(&view);
        if (!good) {
            (void)start_corrupt(fault, "hashes do not fit:");
            fault_detail(fault, "seqs=..%llu", (unsigned long long)(seq - 1));
            return STATUS_CORRUPT;
        }
    }
    return STATUS_OK;
}

enum status start_head(struct log *log, struct fault *fault)
{
    MDB_envinfo info;
    struct block_view view;
    struct log_event event;

    (void)mdb_env_info(log->env, &info);
    log->head.map_bytes = info.me_mapsize;
    atomic_store(&log->used, data_used_bytes(log->env));
    atomic_store(&log->zeroed, atomic_load(&log->used)); /* Z4 */
    block_tail_init(&log->tail, 1);
    uint64_t last_first = 1;
    enum status status = block_view_last(log, &view, fault);
    if (status == STATUS_OK) {
        last_first = view.block.first;
        log->head.seq = block_last(&view.block);
        block_event(&view.block, view.block.count - 1, &event);
        log->head.recorded = event.recorded;
        block_tail_load(&log->tail, &view.block);
        block_view_done(&view);
    } else if (status != STATUS_NOT_FOUND) {
        return status;
    }
    status = load_tree(log, last_first, fault);
    tree_root(&log->tree, log->head.root);
    return status;
}
