#ifndef ACCRUE_DAEMON_SERVICE_WORKER_H
#define ACCRUE_DAEMON_SERVICE_WORKER_H

/* What a child process of the daemon does: `--worker verify --data DIR` and `--worker rebuild
 * --data DIR PROJECTION|* TO`. Lines on stdout, the last one a result:
 *
 *   progress DONE TOTAL
 *   digest PROJECTION HEX
 *   result OK events=N
 *   result CODE text */

#include "daemon/store/log.h"
#include "daemon/view/rebuild.h"

/* Gives the status of the process: 0 if all is well, 1 if not, 2 for wrong usage. */
int service_worker(const char *name, const char *data, const char *const *words);

/* Rebuild from `log`: the service's own job does the same where there are no children. */
enum status worker_rebuild(struct log *log, const struct projection *only, uint64_t to,
                           rebuild_progress_fn *progress, void *arg,
                           struct rebuild_result *ret_result, struct fault *fault);

#endif
