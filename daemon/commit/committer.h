#ifndef ACCRUE_DAEMON_COMMIT_COMMITTER_H
#define ACCRUE_DAEMON_COMMIT_COMMITTER_H

/* From the queue to the log, a group at a time; what is done goes back to the service.
 *
 *   M1  A request is in the done list only after its group is durable and published, refusals
 *       and dups of the group with it (P1, P2).
 *   M2  After a failed commit every request of the group is UNKNOWN_OUTCOME, every later one
 *       READ_ONLY; nothing more is published (P10).
 *   M3  There is no timer: a group is what gathered while the last one was synced.
 *
 * One lock over queue, done list and state; it is held for list moves only. Either thread may
 * run a group, one at a time. */

#include <pthread.h>

#include "daemon/commit/apply.h"
#include "daemon/commit/apply_snapshot.h"
#include "daemon/commit/clock_guard.h"
#include "daemon/commit/commit_queue.h"

struct committer_env {
    void *arg;
    int64_t (*wall_us)(void *arg);
    int64_t (*mono_us)(void *arg);
};

/* What the service may know of the writer. */
struct commit_state {
    struct published published;
    uint64_t groups, events;
    uint32_t rules;
    bool loading, poisoned, clock_bad;
};

struct committer {
    struct committer_env env;

    /* ---- under the lock ---- */
    pthread_mutex_t lock;
    struct commit_queue queue;
    struct list_node done;
    struct commit_state state;
    bool writing;
    bool point_wanted, point_there;
    struct snapshot_point point;

    /* ---- of whoever set `writing` ---- */
    struct apply apply;
    struct sequencer sequencer;
    struct clock_guard clock;
    struct commit_group group;
    bool poisoned;
};

enum status committer_init(struct committer *committer, const struct committer_env *env,
                           struct log *log, uint64_t seed);
void committer_done(struct committer *committer);

/* Fold the log, or what comes after its snapshot; to be called before anything else. */
enum status committer_recover(struct committer *committer, const struct recovery *recovery,
                              struct fault *fault);

/* STATUS_OVERLOADED: not taken. Loop. */
enum status committer_push(struct committer *committer, struct lane *lane, struct request *request);
/* Run one group; false if there was none, or one is being run. */
bool committer_run(struct committer *committer);
/* Move what is done to the end of `done`, and how things stand. Loop. */
void committer_collect(struct committer *committer, struct list_node *done,
                       struct commit_state *ret_state);
/* What a snapshot may be made of. False: not now; while a group is being written it is kept for
 * the next call as that group leaves it. Never of a poisoned log. Loop. */
bool committer_point(struct committer *committer, struct snapshot_point *ret_point);
/* One request waits, and nobody writes. Loop. */
bool committer_quiet(struct committer *committer);
/* Take out what waits and will never be run. Loop. */
void committer_drop(struct committer *committer, struct list_node *dropped);
/* Requests waiting. */
size_t committer_waiting(struct committer *committer);

#endif
