#ifndef ACCRUE_DAEMON_VIEW_REBUILD_H
#define ACCRUE_DAEMON_VIEW_REBUILD_H

/* Fold the log from zero into a ledger of its own and say what came out: the check that what is
 * answered follows from the log and from nothing else (P8).
 *
 *   R1  Nothing of the running daemon's facts is used; the comparison with them is made
 *       afterwards, by rebuild_compare().
 *   R2  Folding decides nothing: the rules of the time stand in the stored effects.
 *
 * Any thread, or a process of its own. */

#include "daemon/view/query.h"

#define REBUILD_PROJECTIONS_MAX 64u

/* Gives every stored event from 1 to `to`, in order, to `take`; false from it stops the walk.
 * STATUS_OK also when it was stopped. */
typedef bool rebuild_take_fn(void *taker, struct slice stored);
typedef enum status rebuild_read_fn(void *log, uint64_t to, rebuild_take_fn *take, void *taker,
                                    struct fault *fault);

/* Every 65,536 events; false cancels (STATUS_CANCELLED). May be NULL. */
typedef bool rebuild_progress_fn(void *arg, uint64_t done, uint64_t total);

struct rebuild_source {
    rebuild_read_fn *read;
    void *log;
    uint64_t to;
    rebuild_progress_fn *progress;
    int64_t (*mono_us)(void *arg); /* NULL: events_per_second stays 0 */
    void *arg;                     /* of both */
};

struct rebuild_result {
    uint64_t events;
    uint64_t events_per_second;
    uint32_t count;
    struct {
        const struct projection *projection;
        uint8_t digest[32];
        bool compared, equal;
    } of[REBUILD_PROJECTIONS_MAX];
};

/* `only` NULL: every projection. STATUS_CORRUPT: an event does not read, or is out of order. */
enum status rebuild_run(const struct rebuild_source *source, const struct projection *only,
                        struct rebuild_result *ret_result, struct fault *fault);

/* Fill in `equal` against live facts, which must have got to result->events at least. */
void rebuild_compare(struct rebuild_result *result, const struct facts *facts,
                     const struct published *published);

#endif
