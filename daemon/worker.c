/* Workers read the log and write lines; they answer nobody and change nothing.
 *
 *   progress DONE TOTAL
 *   result OK events=N
 *   result CODE text
 *
 * They open the log read-only, without its lock, beside the daemon that started them. */

#include "daemon/worker.h"

#include <stdio.h>
#include <string.h>

#include "proto/limits.h"
#include "daemon/store/log.h"

static bool say_progress(void *arg, uint64_t done, uint64_t total)
{
    (void)arg;
    (void)printf("progress %llu %llu\n", (unsigned long long)done, (unsigned long long)total);
    return fflush(stdout) == 0; /* nobody listens: cancelled */
}

static int say_result(enum status status, const struct fault *fault, uint64_t events)
{
    char text[ERROR_TEXT_MAX];
    if (status == STATUS_OK) {
        (void)printf("result OK events=%llu\n", (unsigned long long)events);
        return 0;
    }
    (void)fault_message(fault, LANGUAGE_EN, text, sizeof(text));
    (void)printf("result %s %s\n", status_name(status), text);
    return 1;
}

static int verify(struct log *log)
{
    struct fault fault;
    (void)fault_set(&fault, STATUS_OK, NULL);
    enum status status = log_verify(log, say_progress, NULL, &fault);
    return say_result(status, &fault, log_head(log).seq);
}

int worker_run(const char *name, const char *data, const char *const *words)
{
    const struct log_options options = {.read_only = true};
    struct log *log;
    struct fault fault;

    (void)words;
    if (strcmp(name, "verify") != 0 || data[0] == '\0') {
        (void)fprintf(stderr, "accrued: no such worker: %s\n", name);
        return 2;
    }
    enum status status = log_open(data, &options, &log, &fault);
    if (status != STATUS_OK) {
        return say_result(status, &fault, 0);
    }
    int code = verify(log);
    log_close(log);
    return code;
}
