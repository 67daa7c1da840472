/* daemon/store/snapshot.h over the disk in memory: one snapshot, whole or not there. It does on
 * request what disks do, and a snapshot that rots is refused when it is opened. */

#include "daemon/store/snapshot.h"

#include <stdlib.h>

#include "tests/support/small/model_log.h"

struct snapshot {
    struct disk *disk;
    struct snapshot_head head;
    uint8_t *rows[SNAPSHOT_COLUMNS_MAX];
};

void disk_forget_snapshot(struct disk *disk)
{
    for (uint32_t i = 0; disk->snapshot != NULL && i < SNAPSHOT_COLUMNS_MAX; i++) {
        free(disk->snapshot->rows[i]);
    }
    free(disk->snapshot);
    disk->snapshot = NULL;
}

static void tree_of(const struct disk *disk, uint64_t size, struct tree *ret_tree)
{
    tree_init(ret_tree);
    for (uint64_t i = 0; i < size; i++) {
        tree_add(ret_tree, disk->records[i].row.leaf);
    }
}

void log_tree(const struct log *log, struct tree *ret_tree)
{
    const struct disk *disk = disk_of(log);
    tree_of(disk, disk->count, ret_tree);
}

enum status snapshot_open(struct log *log, const char *layout, struct snapshot **ret_snapshot,
                          struct fault *fault)
{
    struct disk *disk = disk_of(log);
    struct tree tree;
    if (disk->snapshot == NULL) {
        return fault_set(fault, STATUS_NOT_FOUND, NULL);
    }
    const struct snapshot_head *head = &disk->snapshot->head;
    bool good =
        !disk->snapshot_rots && head->tree.size <= disk->count && strcmp(head->layout, layout) == 0;
    if (good) {
        tree_of(disk, head->tree.size, &tree);
        good = memcmp(tree.edge, head->tree.edge,
                      (size_t)__builtin_popcountll(tree.size) * HASH_BYTES) == 0;
    }
    disk->snapshot_rots = false;
    if (!good) {
        disk_forget_snapshot(disk);
        return fault_set(fault, STATUS_CORRUPT, NULL);
    }
    disk->snapshots_used++;
    *ret_snapshot = disk->snapshot;
    return STATUS_OK;
}

const struct snapshot_head *snapshot_head(const struct snapshot *snapshot)
{
    return &snapshot->head;
}

enum status snapshot_read(const struct snapshot *snapshot, uint32_t column, snapshot_take_fn *take,
                          void *arg, struct fault *fault)
{
    const struct snapshot_column *of = &snapshot->head.columns[column];
    uint64_t half = of->rows / 2;
    bool good = of->rows == 0 ||
                ((half == 0 || take(arg, column, half, snapshot->rows[column])) &&
                 take(arg, column, of->rows - half, snapshot->rows[column] + half * of->row_bytes));
    return good ? STATUS_OK : fault_set(fault, STATUS_CORRUPT, NULL);
}

void snapshot_close(struct snapshot *snapshot, bool good)
{
    if (!good) {
        disk_forget_snapshot(snapshot->disk);
    }
}

enum status snapshot_write(struct log *log, struct snapshot_head *head, snapshot_give_fn *give,
                           void *arg, struct snapshot_pace *pace, uint64_t *ret_bytes,
                           struct fault *fault)
{
    struct disk *disk = disk_of(log);
    enum status fate = disk->snapshot_fate;
    (void)pace;
    *ret_bytes = 0;
    disk->snapshot_fate = STATUS_OK;
    if (fate == STATUS_DISK_FULL || fate == STATUS_CANCELLED) {
        return fault_set(fault, fate, NULL);
    }
    struct snapshot *snapshot = calloc(1, sizeof(*snapshot));
    head->time = 1;
    snapshot->disk = disk;
    snapshot->head = *head;
    for (uint32_t i = 0; i < head->count; i++) {
        const struct snapshot_column *column = &head->columns[i];
        snapshot->rows[i] = malloc(column->rows * column->row_bytes + 1);
        give(arg, i, 0, column->rows, snapshot->rows[i]);
        *ret_bytes += column->rows * column->row_bytes;
    }
    disk_forget_snapshot(disk);
    disk->snapshot = snapshot;
    if (fate != STATUS_OK) {
        disk_forget_snapshot(disk);
        return fault_set(fault, fate, NULL);
    }
    return STATUS_OK;
}
