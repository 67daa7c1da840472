#ifndef ACCRUE_TESTS_SUPPORT_SMALL_MODEL_LOG_H
#define ACCRUE_TESTS_SUPPORT_SMALL_MODEL_LOG_H

/* daemon/store/log.h over memory: a disk that survives its log, and does on request what disks
 * do. The linker takes it instead of accrue_store. One disk a process, chosen before log_open().
 *
 * It checks what it is given: gapless stamps, rising times, the previous-seq chain, no id twice. */

#include <stdatomic.h>

#include "daemon/store/log.h"

enum disk_fate {
    DISK_OK,
    DISK_ERROR_LOST,   /* the commit fails, nothing of it is there */
    DISK_ERROR_STORED, /* the commit fails, all of it is there */
    DISK_CRASH_LOST,   /* power fails before it is durable */
    DISK_CRASH_STORED, /* and after */
};

#define DISK_RECORDS_MAX 65536u

struct disk_record {
    uint8_t *stored, *private_part;
    struct log_event row;
};

struct disk {
    struct disk_record *records; /* DISK_RECORDS_MAX, so that they never move under a reader */
    _Atomic uint64_t count;
    bool born_loading, crashed, poisoned;
    bool trusting;       /* no checks: they look at every event before */
    enum disk_fate next; /* of the next append */
    enum status no_room; /* what log_room() says */
    uint64_t appends;
    /* While an append is being synced: another thread's turn. */
    void (*while_syncing)(void *arg);
    void *arg;
    struct snapshot *snapshot; /* of the facts, or NULL */
    enum status snapshot_fate; /* of the next one written */
    bool snapshot_rots;        /* it will be refused */
    uint64_t snapshots_used;   /* at starts */
    char wrong[160];           /* what was wrong with what it was given, or "" */
};

void disk_init(struct disk *disk);
void disk_done(struct disk *disk);
void disk_use(struct disk *disk);
void disk_forget_snapshot(struct disk *disk);
struct disk *disk_of(const struct log *log);

#endif
