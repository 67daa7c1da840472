/* Tasks: rebuild and verify, long work that is started, watched and asked for later.
 *
 *   S26 A task runs in a child process where there are any, else in a reader job: what it does
 *       to memory or trips over in a damaged log must not be the daemon's.
 *   S27 A rebuild's digests are compared with the live facts' at the same seq, in a reader job
 *       of its own; `equal` is the answer to P8.
 *   S28 A task belongs to its service, not to a peer: a peer that goes away is told nothing more.
 *       The last TASKS_KEPT stay to be asked for. */

#include "daemon/service/task.h"

#include <stdio.h>
#include <stdlib.h>

void tasks_init(struct service *service)
{
    list_init(&service->tasks.list);
}

void tasks_done(struct service *service)
{
    for (struct list_node *node = list_pop_front(&service->tasks.list); node != NULL;
         node = list_pop_front(&service->tasks.list)) {
        free(LIST_ELEMENT(node, struct task, link));
    }
}

void tasks_peer_closed(struct service *service, struct peer *peer)
{
    struct list_node *list = &service->tasks.list;
    for (struct list_node *node = list->next; node != list; node = node->next) {
        struct task *task = LIST_ELEMENT(node, struct task, link);
        if (task->peer == peer) {
            task->peer = NULL;
        }
    }
}

void task_tell(struct service *service, struct task *task)
{
    uint8_t bytes[128];
    struct writer out = writer_over(bytes, sizeof(bytes));
    uint64_t done = atomic_load_explicit(&task->done, memory_order_relaxed);
    uint64_t total = atomic_load_explicit(&task->total, memory_order_relaxed);
    int64_t now = service->env.mono_us(service->env.arg);
    if (task->peer == NULL ||
        (task->state == TASK_RUNNING && !progress_due(&task->pace, done, total, now))) {
        return;
    }
    write_notification_head(&out, "job.progress");
    write_array(&out, 4);
    write_uint(&out, task->id);
    write_uint(&out, done);
    write_uint(&out, total);
    write_text(&out, "events");
    (void)send_message(service, task->peer, writer_slice(&out));
}

void task_finish(struct service *service, struct task *task, enum status status)
{
    if (task->state == TASK_RUNNING) {
        task->state = status == STATUS_OK          ? TASK_DONE
                      : status == STATUS_CANCELLED ? TASK_CANCELLED
                                                   : TASK_FAILED;
    }
    task->finished = service->env.mono_us(service->env.arg);
    (void)note_corrupt(service, status);
    task_tell(service, task);
    task->peer = NULL;
}

/* Any thread. */
bool task_progress(void *arg, uint64_t done, uint64_t total)
{
    struct task *task = arg;
    atomic_store_explicit(&task->done, done, memory_order_relaxed);
    atomic_store_explicit(&task->total, total, memory_order_relaxed);
    return !atomic_load_explicit(&task->cancel, memory_order_relaxed);
}

static enum status run_task(struct reader *reader, struct writer *out, struct fault *fault)
{
    struct task *task = LIST_ELEMENT(reader, struct task, reader);
    struct log *log = reader->service->log;
    enum status status = STATUS_OK;
    (void)out;
    if (!task->result) {
        status = task->kind == TASK_VERIFY
                     ? log_verify(log, task_progress, task, fault)
                     : worker_rebuild(log, task->only, task->to, task_progress, task,
                                      &task->rebuilt, fault);
    }
    if (status == STATUS_OK && task->kind == TASK_REBUILD) {
        rebuild_compare(&task->rebuilt, reader->service->committer.apply.facts, /* S27 */
                        &reader->published);
    }
    return status;
}

static void finish_run(struct reader *reader, enum status status, struct writer *out,
                       struct fault *fault)
{
    struct task *task = LIST_ELEMENT(reader, struct task, reader);
    (void)out;
    task->reading = false;
    if (status != STATUS_OK) {
        task->fault = *fault;
    } else {
        atomic_store_explicit(&task->done, task->total, memory_order_relaxed);
    }
    task_finish(reader->service, task, status);
}

void task_read_in_job(struct service *service, struct task *task)
{
    task->reading = true;
    if (readers_push(service, &task->reader) != STATUS_OK) {
        task->reading = false;
        task_finish(service, task, fault_set(&task->fault, STATUS_OVERLOADED, NULL));
    }
}

void task_start(struct service *service, struct task *task)
{
    char to[24];
    const char *name = task->only != NULL ? task->only->name : "*";
    const char *const rebuild[] = {"--worker", "rebuild", "--data", service->data_dir,
                                   name,       to,        NULL};
    const char *const verify[] = {"--worker", "verify", "--data", service->data_dir, NULL};
    task->reader = (struct reader){.service = service, .run = run_task, .finish = finish_run};
    list_init(&task->reader.link);
    (void)snprintf(to, sizeof(to), "%llu", (unsigned long long)task->to);
    task->child = true;
    enum status status =
        service->env.spawn(service->env.arg, task->kind == TASK_REBUILD ? rebuild : verify, task);
    if (status != STATUS_OK) { /* S26 */
        task->child = false;
        task_read_in_job(service, task);
    }
}
