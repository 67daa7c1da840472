#ifndef ACCRUE_DAEMON_STORE_SNAPSHOT_FILES_H
#define ACCRUE_DAEMON_STORE_SNAPSHOT_FILES_H

/* What the files snapshot*.c share. */

#include "daemon/store/inner.h"
#include "daemon/store/snapshot.h"

#define SNAPSHOT_DIRECTORY "facts"
#define SNAPSHOT_PIECE_BYTES (256 * KIB) /* read or written at once; stays in the cache */

/* A manifest as it is on the disk. */
struct snapshot_manifest {
    struct snapshot_head head;
    uint32_t crc[SNAPSHOT_COLUMNS_MAX]; /* CRC-32C of the column's rows */
};

struct snapshot {
    struct log *log;
    struct snapshot_manifest manifest;
};

/* The bytes of a column that count. */
static inline uint64_t column_bytes(const struct snapshot_column *column)
{
    return column->rows * column->row_bytes;
}

/* DIR/facts/NAME and SUFFIX, in memory of its own; NULL without memory. */
char *snapshot_path(const struct log *log, const char *name, const char *suffix);

/* STATUS_NOT_FOUND, or what is odd. */
enum status manifest_read(const struct log *log, struct snapshot_manifest *ret_manifest,
                          struct fault *fault);
/* Replace it durably; false with errno. */
bool manifest_write(const struct log *log, const struct snapshot_manifest *manifest);

/* Delete the manifest durably, then every file of snapshots. False if the manifest is still
 * there. */
bool snapshot_delete(const struct log *log);

/* Grow `tree` by the block's events that it lacks; those from `hash_from` on are hashed again.
 * Is it the block's tree then? */
bool block_grows_tree(struct tree *tree, const struct block *block, uint64_t hash_from);

#endif
