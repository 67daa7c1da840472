#ifndef ACCRUE_DAEMON_SERVICE_WORKER_H
#define ACCRUE_DAEMON_SERVICE_WORKER_H

/* What a child process of the daemon does: `--worker verify --data DIR`, the same slowly with
 * `--worker scrub`, and `--worker rebuild --data DIR PROJECTION|* TO`. Lines on stdout, the last
 * one a result:
 *
 *   progress DONE TOTAL
 *   digest PROJECTION HEX
 *   result OK events=N
 *   result CODE text */

#include "daemon/store/log.h"
#include "daemon/view/rebuild.h"

/* Progress is told at most once per PROGRESS_EVERY_US and per hundredth of the whole, so that it
 * costs neither the daemon nor a terminal anything. Begins as zeros. */
#define PROGRESS_EVERY_US 100000

struct progress_pace {
    uint64_t done;
    int64_t us; /* when it was told, 0 = never */
};

/* Is it to be told now, at the monotonic time `now_us` > 0? Then it counts as told. */
bool progress_due(struct progress_pace *pace, uint64_t done, uint64_t total, int64_t now_us);

/* Gives the status of the process: 0 if all is well, 1 if not, 2 for wrong usage. */
int service_worker(const char *name, const char *data, const char *const *words);

/* Rebuild from `log`: the service's own job does the same where there are no children. */
enum status worker_rebuild(struct log *log, const struct projection *only, uint64_t to,
                           rebuild_progress_fn *progress, void *arg,
                           struct rebuild_result *ret_result, struct fault *fault);

#endif
