/* The worker opens the log read-only: no lock, no commit, nothing of the daemon's own state, so
 * that a damaged log can end it and nothing else. */

#include "daemon/service/worker.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#define SCRUB_BYTES_PER_S MIB /* at least, */
#define SCRUB_S_MAX 28800u    /* and all of it in eight hours */
#define SCRUB_NICE 10

bool progress_due(struct progress_pace *pace, uint64_t done, uint64_t total, int64_t now_us)
{
    bool due = pace->us == 0 || (now_us - pace->us >= PROGRESS_EVERY_US && done > pace->done &&
                                 done - pace->done >= total / 100);
    if (due) {
        *pace = (struct progress_pace){.done = done, .us = now_us};
    }
    return due;
}

static int64_t mono_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* The end is always told: the daemon has it from here. */
static bool tell_progress(void *arg, uint64_t done, uint64_t total)
{
    if (!progress_due(arg, done, total, mono_us()) && done < total) {
        return true;
    }
    (void)printf("progress %llu %llu\n", (unsigned long long)done, (unsigned long long)total);
    return fflush(stdout) == 0; /* nobody listens any more: stop */
}

static void tell_digests(const struct rebuild_result *result)
{
    for (uint32_t i = 0; i < result->count; i++) {
        (void)printf("digest %s ", result->of[i].projection->name);
        for (size_t at = 0; at < sizeof(result->of[i].digest); at++) {
            (void)printf("%02x", result->of[i].digest[at]);
        }
        (void)printf("\n");
    }
}

static int tell_result(enum status status, const struct fault *fault, uint64_t events)
{
    char text[ERROR_TEXT_MAX];
    if (status == STATUS_OK) {
        (void)printf("result OK events=%llu\n", (unsigned long long)events);
        return fflush(stdout) == 0 ? 0 : 1;
    }
    (void)fault_message(fault, LANGUAGE_EN, text, sizeof(text));
    (void)printf("result %s %s\n", status_name(status), text);
    (void)fflush(stdout);
    return 1;
}

struct feed {
    rebuild_take_fn *take;
    void *taker;
};

static bool feed_record(void *arg, const struct log_record *record)
{
    const struct feed *feed = arg;
    return feed->take(feed->taker, record->stored);
}

static enum status feed_log(void *log, uint64_t to, rebuild_take_fn *take, void *taker,
                            struct fault *fault)
{
    struct feed feed = {.take = take, .taker = taker};
    return log_read(log, 1, to, feed_record, &feed, fault);
}

enum status worker_rebuild(struct log *log, const struct projection *only, uint64_t to,
                           rebuild_progress_fn *progress, void *arg,
                           struct rebuild_result *ret_result, struct fault *fault)
{
    struct rebuild_source source = {
        .read = feed_log, .log = log, .to = to, .progress = progress, .arg = arg};
    return rebuild_run(&source, only, ret_result, fault);
}

/* PROJECTION|* TO; both may be left out. */
static enum status rebuild(struct log *log, const char *const *words, uint64_t *ret_events,
                           struct fault *fault)
{
    const struct projection *only = NULL;
    struct rebuild_result result;
    uint64_t to = *ret_events;
    if (words[0] != NULL && strcmp(words[0], "*") != 0) {
        only = projection_by_name(slice_text(words[0]));
        if (only == NULL) {
            return fault_set(fault, STATUS_NOT_FOUND, "projection");
        }
    }
    if (words[0] != NULL && words[1] != NULL) {
        char *end;
        errno = 0;
        to = strtoull(words[1], &end, 10);
        if (errno != 0 || *end != '\0' || to > *ret_events) {
            return fault_set(fault, STATUS_BAD_PARAMS, "to");
        }
    }
    struct progress_pace pace = {0};
    enum status status = worker_rebuild(log, only, to, tell_progress, &pace, &result, fault);
    if (status == STATUS_OK) {
        tell_digests(&result);
        *ret_events = result.events;
    }
    return status;
}

/* All of the log in `seconds`, evenly. */
struct scrub_pace {
    int64_t begun_us;
    uint64_t seconds;
};

static bool keep_pace(void *arg, uint64_t done, uint64_t total)
{
    const struct scrub_pace *pace = arg;
    int64_t until_us = pace->begun_us + (int64_t)(done * 1000000 / total * pace->seconds);
    struct timespec until = {.tv_sec = until_us / 1000000, .tv_nsec = until_us % 1000000 * 1000};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR) {
    }
    return true;
}

static enum status scrub(struct log *log, struct fault *fault)
{
    uint64_t seconds = log_head(log).used_bytes / SCRUB_BYTES_PER_S;
    struct scrub_pace pace = {.begun_us = mono_us(),
                              .seconds = seconds < SCRUB_S_MAX ? seconds : SCRUB_S_MAX};
    (void)setpriority(PRIO_PROCESS, 0, SCRUB_NICE);
    return log_verify(log, keep_pace, &pace, fault);
}

int service_worker(const char *name, const char *data, const char *const *words)
{
    const struct log_options options = {.read_only = true};
    struct fault fault;
    struct log *log;
    struct progress_pace pace = {0};
    bool verify = strcmp(name, "verify") == 0, paced = strcmp(name, "scrub") == 0;
    if ((!verify && !paced && strcmp(name, "rebuild") != 0) || data[0] == '\0') {
        (void)fprintf(stderr, "accrued: no such worker: %s\n", name);
        return 2;
    }
    (void)fault_set(&fault, STATUS_OK, NULL);
    enum status status = log_open(data, &options, &log, &fault);
    if (status != STATUS_OK) {
        return tell_result(status, &fault, 0);
    }
    uint64_t events = log_head(log).seq;
    status = verify  ? log_verify(log, tell_progress, &pace, &fault)
             : paced ? scrub(log, &fault)
                     : rebuild(log, words, &events, &fault);
    log_close(log);
    return tell_result(status, &fault, events);
}
