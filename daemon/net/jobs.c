/* A job is run on a pool thread and comes back to the loop thread: between the two it belongs to
 * exactly one of them, so there is no lock. */

#include "daemon/net/jobs.h"

#include "daemon/base/check.h"

static void run(uv_work_t *work)
{
    struct job_slot *slot = work->data;
    slot->job->run(slot->job);
}

static void start_waiting(struct jobs *jobs);

static void on_done(uv_work_t *work, int cancelled)
{
    struct job_slot *slot = work->data;
    struct job *job = slot->job;

    INVARIANT(cancelled == 0);
    slot->job = NULL;
    service_job_done(slot->jobs->service, job);
    start_waiting(slot->jobs);
}

static void start_waiting(struct jobs *jobs)
{
    for (size_t i = 0; i < JOBS_RUNNING; i++) {
        struct job_slot *slot = &jobs->slots[i];
        if (slot->job != NULL) {
            continue;
        }
        struct list_node *node = list_pop_front(&jobs->waiting);
        if (node == NULL) {
            return;
        }
        slot->job = LIST_ELEMENT(node, struct job, link);
        int rc = uv_queue_work(jobs->loop, &slot->work, run, on_done);
        INVARIANT(rc == 0); /* fails only without a callback */
    }
}

void jobs_init(struct jobs *jobs, uv_loop_t *loop)
{
    jobs->loop = loop;
    jobs->service = NULL;
    list_init(&jobs->waiting);
    for (size_t i = 0; i < JOBS_RUNNING; i++) {
        jobs->slots[i].jobs = jobs;
        jobs->slots[i].job = NULL;
        jobs->slots[i].work.data = &jobs->slots[i];
    }
}

void jobs_start(struct jobs *jobs, struct job *job)
{
    list_push_back(&jobs->waiting, &job->link);
    start_waiting(jobs);
}

bool jobs_idle(const struct jobs *jobs)
{
    for (size_t i = 0; i < JOBS_RUNNING; i++) {
        if (jobs->slots[i].job != NULL) {
            return false;
        }
    }
    return list_empty(&jobs->waiting);
}
