#ifndef ACCRUE_DAEMON_NET_JOBS_H
#define ACCRUE_DAEMON_NET_JOBS_H

/* Jobs on libuv's threads: those of readers and a snapshot at a time, the rest wait in order. How
 * many may wait is the service's to bound; a job owns its link, so queueing cannot fail. */

#include <uv.h>

#include "daemon/service/service.h"

#define JOBS_RUNNING (READER_JOBS_RUNNING + 1u) /* libuv has four threads */

struct jobs;

struct job_slot {
    uv_work_t work;
    struct jobs *jobs;
    struct job *job; /* NULL: free */
};

struct jobs {
    uv_loop_t *loop;
    struct service *service;
    struct list_node waiting;
    struct job_slot slots[JOBS_RUNNING];
};

void jobs_init(struct jobs *jobs, uv_loop_t *loop);
void jobs_start(struct jobs *jobs, struct job *job);
bool jobs_idle(const struct jobs *jobs);

#endif
