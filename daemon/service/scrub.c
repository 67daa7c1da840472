/* The scrub: everything that a verify checks, once a day, slowly, so that rot is found while
 * there is still a backup without it (reliability rule 9).
 *
 *   S34 It runs in a child process, which keeps to its pace and gives way to everybody else; it
 *       is no job, takes no job's place, and none of its lines goes to a peer. Where there are no
 *       children there is none.
 *   S35 What it finds bad is told with its seqs and latched as any read of a bad block is: state
 *       `corrupt`, status 75 at the end. Nothing is poisoned: the disk has not lied about a
 *       commit, and what is whole may be read and appended to.
 *   S36 A scrub that could not end says nothing about the log. Each start begins anew. */

#include "daemon/base/diag.h"
#include "daemon/service/task.h"

#include <stdlib.h>

#define SCRUB_EVERY_US INT64_C(86400000000)

void scrub_init(struct service *service, int64_t after_us)
{
    if (after_us > 0) {
        service->scrub.due_us = service->env.mono_us(service->env.arg) + after_us;
    }
}

void scrub_tick(struct service *service)
{
    static const char *const words[] = {"--worker", "scrub", "--data", NULL, NULL};
    const char *argv[sizeof(words) / sizeof(words[0])];
    struct scrub *scrub = &service->scrub;
    int64_t now = service->env.mono_us(service->env.arg);
    if (scrub->due_us == 0 || now < scrub->due_us || scrub->task != NULL || service->draining ||
        service->state.poisoned) {
        return;
    }
    scrub->due_us = now + SCRUB_EVERY_US;
    scrub->task = calloc(1, sizeof(*scrub->task));
    if (scrub->task == NULL) {
        return;
    }
    memcpy(argv, words, sizeof(words));
    argv[3] = service->data_dir;
    scrub->task->kind = TASK_SCRUB;
    scrub->task->started = now;
    enum status status = service->env.spawn(service->env.arg, argv, scrub->task);
    if (status != STATUS_OK) { /* S34 */
        diag(DIAG_WARN, "no scrub could be started", "code=%s", status_name(status));
        scrub_done(service);
    }
}

void scrub_ended(struct service *service, enum status status)
{
    struct scrub *scrub = &service->scrub;
    const struct task *task = scrub->task;
    long long ms = (service->env.mono_us(service->env.arg) - task->started) / 1000;
    if (status == STATUS_OK || status == STATUS_CORRUPT) { /* S36 */
        scrub->seq = task->rebuilt.events;
        scrub->time = service->env.wall_us(service->env.arg);
        scrub->result = task->fault;
        (void)note_corrupt(service, status); /* S35 */
    }
    if (status == STATUS_OK) {
        diag(DIAG_INFO, "scrubbed, the log is whole", "seq=%llu ms=%lld",
             (unsigned long long)scrub->seq, ms);
    } else if (!service->draining) {
        diag(status == STATUS_CORRUPT ? DIAG_ERROR : DIAG_WARN,
             status == STATUS_CORRUPT ? "the scrub found the log corrupt" : "the scrub did not end",
             "code=%s %s", status_name(status), task->fault.detail);
    }
    scrub_done(service);
}

void scrub_done(struct service *service)
{
    free(service->scrub.task);
    service->scrub.task = NULL;
}

void scrub_status(const struct service *service, struct writer *out)
{
    const struct scrub *scrub = &service->scrub;
    write_map(out, 6);
    write_text(out, "detail");
    write_text(out, scrub->time != 0 ? scrub->result.detail : "");
    write_text(out, "on");
    write_bool(out, scrub->due_us != 0);
    write_text(out, "result");
    write_text(out, scrub->time != 0 ? status_name(scrub->result.code) : "");
    write_text(out, "running");
    write_bool(out, scrub->task != NULL);
    write_text(out, "seq");
    write_uint(out, scrub->seq);
    write_text(out, "time");
    write_int(out, scrub->time);
}
