/* Tasks: rebuild and verify, long work that is started, watched and asked for later.
 *
 *   S26 A task runs in a child process where there are any, else in a reader job: what it does
 *       to memory or trips over in a damaged log must not be the daemon's.
 *   S27 A rebuild's digests are compared with the live facts' at the same seq, in a reader job
 *       of its own; `equal` is the answer to P8.
 *   S28 A task belongs to its service, not to a peer: a peer that goes away is told nothing more.
 *       The last TASKS_KEPT stay to be asked for. */

#include <stdio.h>
#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/service/service_inner.h"
#include "daemon/service/worker.h"

#define TASKS_KEPT 16u
#define TASKS_RUNNING_MAX 2u

enum task_kind { TASK_REBUILD, TASK_VERIFY };
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
    uint64_t told; /* `done` of the last notification */
    int64_t started, finished;
    const struct projection *only; /* NULL: all */
    struct rebuild_result rebuilt;
    struct fault fault;
};

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

static bool busy(const struct task *task)
{
    return task->child || task->reading;
}

static void tell_progress(struct service *service, struct task *task)
{
    uint8_t bytes[128];
    struct writer out = writer_over(bytes, sizeof(bytes));
    uint64_t done = atomic_load_explicit(&task->done, memory_order_relaxed);
    if (task->peer == NULL || (done == task->told && task->state == TASK_RUNNING)) {
        return;
    }
    task->told = done;
    write_notification_head(&out, "job.progress");
    write_array(&out, 4);
    write_uint(&out, task->id);
    write_uint(&out, done);
    write_uint(&out, atomic_load_explicit(&task->total, memory_order_relaxed));
    write_text(&out, "events");
    (void)send_message(service, task->peer, writer_slice(&out));
}

static void finish_task(struct service *service, struct task *task, enum status status)
{
    if (task->state == TASK_RUNNING) {
        task->state = status == STATUS_OK          ? TASK_DONE
                      : status == STATUS_CANCELLED ? TASK_CANCELLED
                                                   : TASK_FAILED;
    }
    task->finished = service->env.mono_us(service->env.arg);
    (void)note_corrupt(service, status);
    tell_progress(service, task);
    task->peer = NULL;
}

/* Any thread. */
static bool on_progress(void *arg, uint64_t done, uint64_t total)
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
        status = task->kind == TASK_VERIFY ? log_verify(log, on_progress, task, fault)
                                           : worker_rebuild(log, task->only, task->to, on_progress,
                                                            task, &task->rebuilt, fault);
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
    finish_task(reader->service, task, status);
}

static void read_in_job(struct service *service, struct task *task)
{
    task->reading = true;
    if (readers_push(service, &task->reader) != STATUS_OK) {
        task->reading = false;
        finish_task(service, task, fault_set(&task->fault, STATUS_OVERLOADED, NULL));
    }
}

static void start(struct service *service, struct task *task)
{
    char to[24];
    const char *name = task->only != NULL ? task->only->name : "*";
    const char *const rebuild[] = {"--worker", "rebuild", "--data", service->data_dir,
                                   name,       to,        NULL};
    const char *const verify[] = {"--worker", "verify", "--data", service->data_dir, NULL};
    (void)snprintf(to, sizeof(to), "%llu", (unsigned long long)task->to);
    task->child = true;
    enum status status =
        service->env.spawn(service->env.arg, task->kind == TASK_REBUILD ? rebuild : verify, task);
    if (status != STATUS_OK) { /* S26 */
        task->child = false;
        read_in_job(service, task);
    }
}

/* ---- the child's lines ---- */

static bool take_word(struct slice *line, struct slice *ret_word)
{
    const uint8_t *space = line->len > 0 ? memchr(line->data, ' ', line->len) : NULL;
    size_t len = space != NULL ? (size_t)(space - line->data) : line->len;
    size_t used = space != NULL ? len + 1 : len;
    *ret_word = slice_of(line->data, len);
    line->data += used;
    line->len -= used;
    return len > 0;
}

static bool take_number(struct slice *line, uint64_t *ret)
{
    struct slice word;
    uint64_t value = 0;
    if (!take_word(line, &word) || word.len > 18) {
        return false;
    }
    for (size_t i = 0; i < word.len; i++) {
        if (word.data[i] < '0' || word.data[i] > '9') {
            return false;
        }
        value = value * 10 + (uint64_t)(word.data[i] - '0');
    }
    *ret = value;
    return true;
}

static int hex_digit(uint8_t c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void take_digest(struct task *task, struct slice line)
{
    struct rebuild_result *rebuilt = &task->rebuilt;
    struct slice name, hex;
    if (!take_word(&line, &name) || !take_word(&line, &hex) || hex.len != 64 ||
        rebuilt->count == REBUILD_PROJECTIONS_MAX || projection_by_name(name) == NULL) {
        return;
    }
    uint8_t *digest = rebuilt->of[rebuilt->count].digest;
    rebuilt->of[rebuilt->count++].projection = projection_by_name(name);
    for (size_t at = 0; at < 32; at++) {
        int high = hex_digit(hex.data[2 * at]), low = hex_digit(hex.data[2 * at + 1]);
        digest[at] = (uint8_t)((high & 15) << 4 | (low & 15));
    }
}

/* OK events=N, or CODE text. */
static void take_result(struct task *task, struct slice line)
{
    struct slice code, count;
    (void)take_word(&line, &code);
    if (slice_is(code, "OK") && line.len > 7 && memcmp(line.data, "events=", 7) == 0) {
        count = slice_of(line.data + 7, line.len - 7);
        task->result = take_number(&count, &task->rebuilt.events);
        return;
    }
    enum status status = status_from_name((const char *)code.data, code.len);
    (void)fault_set(&task->fault, status != STATUS_OK ? status : STATUS_INTERNAL, NULL);
    fault_detail(&task->fault, "%.*s", (int)(line.len < 200 ? line.len : 200),
                 (const char *)line.data);
}

void service_child_line(struct service *service, void *child_arg, struct slice line)
{
    struct task *task = child_arg;
    struct slice word;
    uint64_t done, total;
    if (!take_word(&line, &word)) {
        return;
    }
    if (slice_is(word, "progress") && take_number(&line, &done) && take_number(&line, &total)) {
        (void)on_progress(task, done, total);
        tell_progress(service, task);
    } else if (slice_is(word, "digest")) {
        take_digest(task, line);
    } else if (slice_is(word, "result")) {
        take_result(task, line);
    }
}

void service_child_exit(struct service *service, void *child_arg, int status)
{
    struct task *task = child_arg;
    task->child = false;
    if (task->state != TASK_RUNNING) {
        task->finished = service->env.mono_us(service->env.arg);
    } else if (status != 0 || !task->result) {
        if (task->fault.code == STATUS_OK) { /* it died without a word: a signal */
            (void)fault_set(&task->fault, STATUS_CORRUPT, NULL);
            fault_detail(&task->fault, "worker_status=%d", status);
        }
        finish_task(service, task, task->fault.code);
    } else if (task->kind == TASK_REBUILD && task->rebuilt.events <= service->state.published.seq) {
        read_in_job(service, task);
    } else {
        finish_task(service, task, STATUS_OK);
    }
}

/* ---- methods ---- */

static uint32_t running(const struct service *service)
{
    const struct list_node *list = &service->tasks.list;
    uint32_t count = 0;
    for (struct list_node *node = list->next; node != list; node = node->next) {
        count += busy(LIST_ELEMENT(node, struct task, link));
    }
    return count;
}

static void forget_oldest(struct service *service)
{
    struct list_node *list = &service->tasks.list;
    for (struct list_node *node = list->next; node != list; node = node->next) {
        struct task *task = LIST_ELEMENT(node, struct task, link);
        if (!busy(task)) {
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
    task->reader = (struct reader){.service = service, .run = run_task, .finish = finish_run};
    list_init(&task->reader.link);
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
    start(ask->service, task);
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
    if (task->state == TASK_RUNNING && task->child) { /* its lines are not listened to any more */
        task->state = TASK_CANCELLED;
    }
    if (!ask->silent) {
        answer_job(ask, task->id);
    }
    return STATUS_OK;
}
