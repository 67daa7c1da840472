/* rebuild, verify, status: what the daemon does for its operators. */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/cli/cli.h"

/* A bar on stderr, if that is a terminal (C1): params are [job, done, total, unit]. */
static void on_progress(void *arg, const char *method, size_t method_len, accrue_value params)
{
    size_t at = 0;
    accrue_value key;
    accrue_value value;
    int64_t numbers[3] = {0};
    (void)arg;
    if (method_len != 12 || memcmp(method, "job.progress", 12) != 0 || !isatty(STDERR_FILENO)) {
        return;
    }
    for (int i = 0; i < 3 && accrue_value_next(params, &at, &key, &value); i++) {
        (void)accrue_value_int(value, &numbers[i]);
    }
    int64_t total = numbers[2] > 0 ? numbers[2] : 1;
    int filled = (int)(numbers[1] * 30 / total);
    (void)fprintf(stderr, "\r[%.*s%.*s] %" PRId64 "/%" PRId64 " ", filled,
                  "##############################", 30 - filled, "..............................",
                  numbers[1], numbers[2]);
}

/* Ask for the job, then for its state until it has ended. The caller owns the answer. */
static json_t *run_job(struct cli *cli, const char *method, json_t *params, int *ret_exit)
{
    accrue_value answer;
    accrue_value value;
    int64_t job = 0;
    accrue_on_notify(cli->connection, on_progress, cli);
    int code = call(cli, method, params, &answer);
    if (code != ACCRUE_OK || !accrue_value_find(answer, "job", &value) ||
        !accrue_value_int(value, &job)) {
        *ret_exit = report(cli, code);
        return NULL;
    }
    for (;;) {
        code = call(cli, "job.status", json_pack("{s:I}", "job", (json_int_t)job), &answer);
        if (code != ACCRUE_OK) {
            *ret_exit = report(cli, code);
            return NULL;
        }
        json_t *state = json_of(answer);
        const char *name = json_string_value(json_object_get(state, "state"));
        if (name == NULL || (strcmp(name, "running") != 0 && strcmp(name, "waiting") != 0)) {
            if (isatty(STDERR_FILENO)) {
                (void)fputc('\n', stderr);
            }
            *ret_exit = name != NULL && strcmp(name, "done") == 0 ? EXIT_OK : EXIT_NOT_VERIFIED;
            return state;
        }
        json_decref(state);
        if (accrue_wait(cli->connection, 100) == ACCRUE_UNAVAILABLE) {
            *ret_exit = report(cli, ACCRUE_UNAVAILABLE);
            return NULL;
        }
    }
}

static int print_rebuilt(const struct cli *cli, const json_t *state)
{
    json_t *digests = json_object_get(state, "digests");
    const char *name;
    json_t *row;
    json_object_foreach(digests, name, row)
    {
        (void)printf("%-14s %s  %s\n", name, json_string_value(json_object_get(row, "digest")),
                     json_is_true(json_object_get(row, "equal"))
                         ? in_language(cli, "equal to live", "与在线一致")
                         : in_language(cli, "DIFFERS", "不一致"));
    }
    (void)printf("%lld %s, %lld %s\n",
                 (long long)json_integer_value(json_object_get(state, "done")),
                 in_language(cli, "events folded", "个事件已折叠"),
                 (long long)json_integer_value(json_object_get(state, "events_per_s")),
                 in_language(cli, "a second", "个/秒"));
    return json_is_true(json_object_get(state, "equal")) ? EXIT_OK : EXIT_NOT_VERIFIED;
}

int command_rebuild(struct cli *cli)
{
    const char *name = cli->args.operand_count > 0 ? cli->args.operands[0] : "*";
    json_t *params = json_pack("{s:s}", "projection", name);
    int result;
    if (cli->args.value[OPTION_TO] != NULL) {
        (void)json_object_set_new(params, "to",
                                  json_integer(strtoll(cli->args.value[OPTION_TO], NULL, 10)));
    }
    json_t *state = run_job(cli, "rebuild", params, &result);
    if (state == NULL) {
        return result;
    }
    if (cli->json) {
        json_print(state);
    } else if (result == EXIT_OK) {
        result = print_rebuilt(cli, state);
    } else {
        json_print(state);
    }
    json_decref(state);
    return result;
}

int command_verify(struct cli *cli)
{
    int result;
    json_t *state = run_job(cli, "verify", json_object(), &result);
    if (state == NULL) {
        return result;
    }
    if (cli->json || result != EXIT_OK) {
        json_print(state);
    } else {
        (void)printf("%s: %lld %s\n", in_language(cli, "verified", "校验通过"),
                     (long long)json_integer_value(json_object_get(state, "done")),
                     in_language(cli, "events, every byte", "个事件，逐字节"));
    }
    json_decref(state);
    return result;
}

int command_status(struct cli *cli)
{
    static const char *const shown[] = {"state",  "head",        "log_id",  "release",
                                        "rules",  "connections", "tails",   "queued",
                                        "events", "groups",      "warning", NULL};
    accrue_value answer;
    int code = call(cli, "status", json_object(), &answer);
    if (code != ACCRUE_OK) {
        return report(cli, code);
    }
    json_t *status = json_of(answer);
    if (cli->json) {
        json_print(status);
    }
    for (const char *const *key = shown; !cli->json && *key != NULL; key++) {
        const json_t *cell = json_object_get(status, *key);
        if (json_is_integer(cell)) {
            (void)printf("%-12s %lld\n", *key, (long long)json_integer_value(cell));
        } else if (json_string_length(cell) > 0) {
            (void)printf("%-12s %s\n", *key, json_string_value(cell));
        }
    }
    json_decref(status);
    return EXIT_OK;
}
