#ifndef TESTS_CRASH_DISK_H
#define TESTS_CRASH_DISK_H

/* What a disk may hold when the power goes: a model of files and directories in which every
 * change is pending until a sync makes it durable. */

#include "proto/bytes.h"
#include "tests/crash/record.h"

struct disk;

/* One entry of a record; `bytes` borrowed from it. */
struct entry {
    enum record_op op;
    bool durable;
    uint64_t inode, other;
    struct slice bytes;
};

/* Which of the pending writes have reached the disk. */
enum reach {
    REACH_NONE,
    REACH_ALL,
    REACH_PREFIX,
    REACH_SUFFIX,
    REACH_ALL_BUT_ONE,
    REACH_ONLY_ONE,
    REACH_HALF, /* a random half */
    REACH_COUNT,
};

struct crash {
    enum reach reach;
    size_t unit; /* bytes that are written whole or not at all: 512 or 4096 */
    uint64_t seed;
};

/* The next entry of `*record`, taken off; false at its end. */
bool entry_next(struct slice *record, struct entry *ret_entry);

struct disk *disk_new(void);
void disk_free(struct disk *disk);

/* The call was made: its change is pending. */
void disk_change(struct disk *disk, const struct entry *entry);
/* The call has returned: what it syncs is durable. */
void disk_settle(struct disk *disk, const struct entry *entry);

/* Write what is left after the crash into directory `path`, which exists and is empty.
 * Changes of directories reach the disk in order, up to a random one. */
bool disk_image(const struct disk *disk, const struct crash *crash, const char *path);

#endif
