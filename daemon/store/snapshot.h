#ifndef ACCRUE_DAEMON_STORE_SNAPSHOT_H
#define ACCRUE_DAEMON_STORE_SNAPSHOT_H

/* Snapshots: columns of rows that somebody folded from the log, kept in DIR/facts/ so that the
 * next start need not fold them again. What the rows mean is the business of whoever gives them.
 *
 *   facts/NAME.rows      the rows of a column, one after the other; grows at its end
 *   facts/manifest       which rows of which columns count, and of which log they were folded
 *
 *   H1  A snapshot is a cache. Anything odd about it (a missing or short file, a bit, another
 *       layout, another log, another history of this one) and it is refused whole, deleted, and
 *       the log is folded from 1. It is never a reason not to start or not to append.
 *   H2  Rows count only once a manifest says so: rows are appended and synced, then the manifest
 *       is replaced (write, sync, rename, sync of the directory). A crash leaves the old
 *       manifest, whose rows nobody has touched, or the new one.
 *   H3  The manifest names the log's id and the tree over its first `seq` events. It is good for
 *       this log only if this tree, grown by the events after it, is this log's.
 *   H4  After a failed write or sync nothing that was written is believed: all of it is deleted.
 *       A full disk only takes back what did not fit.
 *   H5  The log comes first: nothing is written that would leave less than
 *       SNAPSHOT_RESERVE_BYTES of the disk free.
 *
 * One thread writes or opens at a time, and only while the log is open for appending; nothing
 * here waits for the appending thread. Different columns of one snapshot may be read by different
 * threads. */

#include <stdatomic.h>

#include "daemon/audit/tree.h"
#include "daemon/store/log.h"

#define SNAPSHOT_FORMAT 1u
#define SNAPSHOT_COLUMNS_MAX 96u
#define SNAPSHOT_NAME_MAX 24u
#define SNAPSHOT_LAYOUT_MAX 64u
#define SNAPSHOT_RESERVE_BYTES (128 * MIB)

struct snapshot_column {
    char name[SNAPSHOT_NAME_MAX + 1]; /* lower-case letters and underscores */
    uint32_t row_bytes;
    uint64_t rows;
};

struct snapshot_head {
    char layout[SNAPSHOT_LAYOUT_MAX + 1]; /* letters and digits: what the rows mean */
    uint64_t number;                      /* one more thing to remember; the writer's */
    int64_t time;                         /* of writing, microseconds UTC */
    struct tree tree;                     /* over the events that were folded */
    uint32_t count;                       /* of columns */
    struct snapshot_column columns[SNAPSHOT_COLUMNS_MAX];
};

/* ---- at start ---- */

struct snapshot;

/*   STATUS_OK         there is one, and it is of this log; give it back with snapshot_close()
 *   STATUS_NOT_FOUND  there is none
 *   otherwise         there was one; it is deleted, detail says what was wrong */
enum status snapshot_open(struct log *log, const char *layout, struct snapshot **ret_snapshot,
                          struct fault *fault);
const struct snapshot_head *snapshot_head(const struct snapshot *snapshot);

/* Show all rows of a column, some at a time. The checksum is compared after the last: only
 * STATUS_OK makes what was shown good. STATUS_CORRUPT also if `take` gave false. */
typedef bool snapshot_take_fn(void *arg, uint32_t column, uint64_t count, const uint8_t *rows);
enum status snapshot_read(const struct snapshot *snapshot, uint32_t column, snapshot_take_fn *take,
                          void *arg, struct fault *fault);

/* `good`: everything was read and used, so that later rows may be appended to it; else it is
 * deleted. */
void snapshot_close(struct snapshot *snapshot, bool good);

/* ---- later ---- */

/* How the writing goes on; any thread may change it meanwhile. */
struct snapshot_pace {
    /* 0: in the background, with a rest after every few megabytes as long as their sync took.
     * Else without rest, and given up at this time of the monotonic clock, in milliseconds. */
    _Atomic int64_t until_ms;
};

/* Write rows `from` to `from` + `count` - 1 to `out`. */
typedef void snapshot_give_fn(void *arg, uint32_t column, uint64_t from, uint64_t count,
                              uint8_t *out);

/* Make a snapshot of what `head` says, appending to the last one if that was opened or written
 * by this process and is of the same layout. `head->time` is set. `*ret_bytes` were written.
 *
 *   STATUS_DISK_FULL  there is not enough room (H5); the last snapshot is as it was
 *   STATUS_CANCELLED  it was given up; the last snapshot is as it was
 *   STATUS_IO, STATUS_NOMEM  there is no snapshot any more */
enum status snapshot_write(struct log *log, struct snapshot_head *head, snapshot_give_fn *give,
                           void *arg, struct snapshot_pace *pace, uint64_t *ret_bytes,
                           struct fault *fault);

/* The tree over all durable events. Only while nothing is being appended. */
void log_tree(const struct log *log, struct tree *ret_tree);

#endif
