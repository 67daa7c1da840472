#ifndef ACCRUE_DAEMON_SERVICE_TASK_H
#define ACCRUE_DAEMON_SERVICE_TASK_H

/* A rebuild or a verify, between tasks.c (their life), task_child.c (a child's lines) and
 * task_methods.c. */

#include "daemon/service/service_inner.h"
#include "daemon/service/worker.h"

#define TASKS_KEPT 16u
#define TASKS_RUNNING_MAX 2u

enum task_kind { TASK_REBUILD, TASK_VERIFY, TASK_SCRUB }; /* the last is none of the jobs */
enum task_state { TASK_RUNNING, TASK_DONE, TASK_FAILED, TASK_CANCELLED };

struct task {
    struct reader reader; /* of the work itself, or of the comparison */
    struct list_node link;
    struct peer *peer; /* who is told */
    uint64_t id, to;
    enum task_kind kind;
    enum task_state state;
    bool child, reading; /* a process, a job is at it */
    bool result;         /* the child's last line came */
    _Atomic bool cancel;
    _Atomic uint64_t done, total;
    struct progress_pace pace; /* of what `peer` is told */
    int64_t started, finished;
    const struct projection *only; /* NULL: all */
    struct rebuild_result rebuilt;
    struct fault fault;
};

static inline bool task_busy(const struct task *task)
{
    return task->child || task->reading;
}

/* Begin it: in a child process, or else in a reader job. */
void task_start(struct service *service, struct task *task);
void task_read_in_job(struct service *service, struct task *task);
void task_tell(struct service *service, struct task *task);
void task_finish(struct service *service, struct task *task, enum status status);
/* Any thread; false once it is cancelled. */
bool task_progress(void *arg, uint64_t done, uint64_t total);

#endif
