#ifndef ACCRUE_DAEMON_COMMIT_APPLY_SNAPSHOT_H
#define ACCRUE_DAEMON_COMMIT_APPLY_SNAPSHOT_H

/* What the writer has in memory, facts and ids, to and from a snapshot.
 *
 *   A8  A snapshot gives the same facts, to the last byte that counts, as folding the log up to
 *       its seq; what comes after it is folded.
 *   A9  Writing one reads rows that are published and nothing else: it runs beside the writer. */

#include "daemon/commit/apply.h"
#include "daemon/store/snapshot.h"

/* What is published, and the tree over it. */
struct snapshot_point {
    struct published published;
    struct tree tree;
};

/* Load the newest snapshot into what nothing was folded into. True: the facts are published up to
 * facts_seq(). False: there is none, or it was refused (said by diag) and deleted; nothing was
 * folded then, either. */
bool apply_load_snapshot(struct apply *apply);

/* Any thread, one at a time. Errors as snapshot_write(). */
enum status apply_write_snapshot(const struct apply *apply, const struct snapshot_point *point,
                                 struct snapshot_pace *pace, uint64_t *ret_bytes, int64_t *ret_time,
                                 struct fault *fault);

#endif
