/* rebuild, verify, job.status, job.cancel.
 *
 *   S29 A cancelled child is ended and not listened to any more. Until it is gone it counts as
 *       running, so that cancelling cannot start more of them than may run. */

#include "daemon/service/task.h"

#include <stdlib.h>

static uint32_t running(const struct service *service)
{
    const struct list_node *list = &service->tasks.list;
    uint32_t count = 0;
    for (struct list_node *node = list->next; node != list; node = node->next) {
        count += task_busy(LIST_ELEMENT(node, struct task, link));
    }
    return count;
}

static void forget_oldest(struct service *service)
{
    struct list_node *list = &service->tasks.list;
    for (struct list_node *node = list->next; node != list; node = node->next) {
        struct task *task = LIST_ELEMENT(node, struct task, link);
        if (!task_busy(task)) {
            list_remove(node);
            service->tasks.count--;
            free(task);
            return;
        }
    }
}

static struct task *task_new(struct ask *ask, enum task_kind kind, uint64_t to)
{
    struct service *service = ask->service;
    struct task *task = calloc(1, sizeof(*task));
    if (task == NULL) {
        return NULL;
    }
    if (service->tasks.count >= TASKS_KEPT) {
        forget_oldest(service);
    }
    task->peer = ask->peer;
    task->id = ++service->tasks.last;
    task->kind = kind;
    task->to = to;
    task->total = to;
    task->started = ask->now;
    list_push_back(&service->tasks.list, &task->link);
    service->tasks.count++;
    return task;
}

static void answer_job(struct ask *ask, uint64_t id)
{
    struct writer *out = answer_begin(ask->service, ask->id);
    write_map(out, 1);
    write_text(out, "job");
    write_uint(out, id);
    answer_send(ask->service, ask->peer, ask->id);
}

static enum status launch(struct ask *ask, enum task_kind kind, uint64_t to,
                          const struct projection *only, struct fault *fault)
{
    if (running(ask->service) >= TASKS_RUNNING_MAX) {
        (void)fault_set(fault, STATUS_OVERLOADED, NULL);
        fault_detail(fault, "jobs_running=%u", TASKS_RUNNING_MAX);
        return STATUS_OVERLOADED;
    }
    struct task *task = task_new(ask, kind, to);
    if (task == NULL) {
        return fault_set(fault, STATUS_NOMEM, NULL);
    }
    task->only = only;
    answer_job(ask, task->id);
    task_start(ask->service, task);
    return STATUS_OK;
}

enum { REBUILD_PROJECTION, REBUILD_TO };
static const char *const rebuild_names[] = {"projection", "to", NULL};

enum status method_rebuild(struct ask *ask, struct fault *fault)
{
    struct params params;
    struct slice name = slice_text("*");
    uint64_t head = ask->service->state.published.seq;
    int64_t to = (int64_t)head;
    const struct projection *only = NULL;
    enum status status = params_read(ask->params, rebuild_names, &params, fault);
    if (status == STATUS_OK) {
        status = param_str(&params, REBUILD_PROJECTION, rebuild_names, 64, &name, fault);
    }
    if (status == STATUS_OK) {
        status = param_int(&params, REBUILD_TO, rebuild_names, 0, (int64_t)head, &to, fault);
    }
    if (status != STATUS_OK) {
        return status;
    }
    if (!slice_is(name, "*")) {
        only = projection_by_name(name);
        if (only == NULL) {
            return fault_set(fault, STATUS_NOT_FOUND, "projection");
        }
    }
    return launch(ask, TASK_REBUILD, (uint64_t)to, only, fault);
}

enum status method_verify(struct ask *ask, struct fault *fault)
{
    static const char *const names[] = {NULL};
    struct params params;
    enum status status = params_read(ask->params, names, &params, fault);
    if (status != STATUS_OK) {
        return status;
    }
    return launch(ask, TASK_VERIFY, ask->service->state.published.seq, NULL, fault);
}

static enum status find_task(struct ask *ask, struct task **ret_task, struct fault *fault)
{
    static const char *const names[] = {"job", NULL};
    struct params params;
    int64_t id = 0;
    enum status status = params_read(ask->params, names, &params, fault);
    if (status == STATUS_OK) {
        status = param_int(&params, 0, names, 1, WIRE_INT_MAX, &id, fault);
    }
    if (status != STATUS_OK) {
        return status;
    }
    struct list_node *list = &ask->service->tasks.list;
    for (struct list_node *node = list->next; node != list; node = node->next) {
        *ret_task = LIST_ELEMENT(node, struct task, link);
        if ((*ret_task)->id == (uint64_t)id) {
            return STATUS_OK;
        }
    }
    return id == 0 ? param_missing(fault, "job") : fault_set(fault, STATUS_NOT_FOUND, "job");
}

static void write_digests(const struct task *task, struct writer *out)
{
    bool all_equal = true;
    write_text(out, "digests");
    write_map(out, task->rebuilt.count);
    for (uint32_t i = 0; i < task->rebuilt.count; i++) {
        bool equal = task->rebuilt.of[i].equal;
        all_equal = all_equal && equal;
        write_text(out, task->rebuilt.of[i].projection->name);
        write_map(out, 2);
        write_text(out, "digest");
        write_bin(out, slice_of(task->rebuilt.of[i].digest, 32));
        write_text(out, "equal");
        write_bool(out, equal);
    }
    write_text(out, "equal");
    write_bool(out, all_equal);
}

static void write_task(struct service *service, const struct task *task, struct writer *out)
{
    static const char *const states[] = {"running", "done", "failed", "cancelled"};
    int64_t end = task->finished != 0 ? task->finished : service->env.mono_us(service->env.arg);
    int64_t us = end > task->started ? end - task->started : 1;
    uint64_t done = atomic_load_explicit(&task->done, memory_order_relaxed);
    bool digests = task->kind == TASK_REBUILD && task->state == TASK_DONE;
    bool failed = task->state == TASK_FAILED;
    write_map(out, 8u + (digests ? 2u : 0u) + (failed ? 2u : 0u));
    write_text(out, "done");
    write_uint(out, done);
    write_text(out, "events_per_s");
    write_uint(out, done * 1000000u / (uint64_t)us);
    write_text(out, "job");
    write_uint(out, task->id);
    write_text(out, "kind");
    write_text(out, task->kind == TASK_REBUILD ? "rebuild" : "verify");
    write_text(out, "state");
    write_text(out, states[task->state]);
    write_text(out, "to");
    write_uint(out, task->to);
    write_text(out, "total");
    write_uint(out, atomic_load_explicit(&task->total, memory_order_relaxed));
    write_text(out, "unit");
    write_text(out, "events");
    if (digests) {
        write_digests(task, out);
    }
    if (failed) {
        write_text(out, "code");
        write_text(out, status_name(task->fault.code));
        write_text(out, "detail");
        write_text(out, task->fault.detail);
    }
}

enum status method_job_status(struct ask *ask, struct fault *fault)
{
    struct task *task;
    enum status status = find_task(ask, &task, fault);
    if (status != STATUS_OK) {
        return status;
    }
    write_task(ask->service, task, answer_begin(ask->service, ask->id));
    answer_send(ask->service, ask->peer, ask->id);
    return STATUS_OK;
}

enum status method_job_cancel(struct ask *ask, struct fault *fault)
{
    struct task *task;
    enum status status = find_task(ask, &task, fault);
    if (status != STATUS_OK) {
        return status;
    }
    atomic_store_explicit(&task->cancel, true, memory_order_relaxed);
    if (task->state == TASK_RUNNING && task->child) { /* S29 */
        task->state = TASK_CANCELLED;
        task->peer = NULL;
        ask->service->env.end_child(ask->service->env.arg, task);
    }
    if (!ask->silent) {
        answer_job(ask, task->id);
    }
    return STATUS_OK;
}
