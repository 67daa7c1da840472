/* What a child says: see worker.h. Its lines are its own business; a line that makes no sense is
 * passed over, and what counts is whether it ended well with a result. */

#include "daemon/service/task.h"

#include <signal.h>

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
    if (task->state != TASK_RUNNING || !take_word(&line, &word)) {
        return; /* S29 */
    }
    if (slice_is(word, "progress") && take_number(&line, &done) && take_number(&line, &total)) {
        (void)task_progress(task, done, total);
        task_tell(service, task);
    } else if (slice_is(word, "digest")) {
        take_digest(task, line);
    } else if (slice_is(word, "result")) {
        take_result(task, line);
    }
}

/* A process that reads a damaged log is ended by what it trips over. But who is told to end, by
 * an operator or by a machine that runs out of memory, has not said anything about the log. */
static enum status death_of(int status)
{
    bool told = status == 128 + SIGTERM || status == 128 + SIGINT || status == 128 + SIGKILL;
    return told ? STATUS_UNAVAILABLE : STATUS_CORRUPT;
}

void service_child_exit(struct service *service, void *child_arg, int status)
{
    struct task *task = child_arg;
    task->child = false;
    if (status != 0) {
        log_reap_readers(service->log);
    }
    if (task->state == TASK_RUNNING && (status != 0 || !task->result) &&
        task->fault.code == STATUS_OK) { /* it died without a word */
        (void)fault_set(&task->fault, death_of(status), NULL);
        fault_detail(&task->fault, "worker_status=%d", status);
    }
    if (task->kind == TASK_SCRUB) {
        scrub_ended(service, task->fault.code);
    } else if (task->state != TASK_RUNNING) {
        task->finished = service->env.mono_us(service->env.arg);
    } else if (task->fault.code != STATUS_OK) {
        task_finish(service, task, task->fault.code);
    } else if (task->kind == TASK_REBUILD && task->rebuilt.events <= service->state.published.seq) {
        task_read_in_job(service, task);
    } else {
        task_finish(service, task, STATUS_OK);
    }
}
