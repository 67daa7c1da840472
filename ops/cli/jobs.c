/* rebuild, verify: what the daemon does in a process of its own, with its progress.
 *
 *   J1  SIGINT (Ctrl-C) and SIGTERM cancel the job in the daemon and wait for it to say so: nobody
 *       would read its result. A second signal ends the command at once. */

#include <signal.h>
#include <string.h>

#include "ops/cli/progress.h"

#define ASK_AGAIN_MS 200u

static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
    (void)number;
    interrupted = 1;
}

/* J1: SA_RESETHAND, so that the next one does what it always did. */
static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

/* params are [job, done, total, unit]. */
static void on_progress(void *arg, const char *method, size_t method_len, accrue_value params)
{
    struct progress *progress = arg;
    size_t at = 0;
    accrue_value key;
    accrue_value value;
    int64_t numbers[3] = {0};
    if (method_len != strlen("job.progress") || memcmp(method, "job.progress", method_len) != 0) {
        return;
    }
    for (int i = 0; i < 3 && accrue_value_next(params, &at, &key, &value); i++) {
        (void)accrue_value_int(value, &numbers[i]);
    }
    progress_show(progress, (uint64_t)numbers[1], (uint64_t)numbers[2], (uint64_t)numbers[1]);
}

static bool is_over(const json_t *state)
{
    const char *name = json_text(state, "state");
    return strcmp(name, "running") != 0 && strcmp(name, "waiting") != 0;
}

static int job_exit(const struct cli *cli, const json_t *state)
{
    const char *name = json_text(state, "state");
    if (strcmp(name, "done") == 0) {
        return EXIT_OK;
    }
    if (strcmp(name, "cancelled") == 0) {
        message("%s", in_language(cli, "cancelled", "已取消"));
        return EXIT_FAILED;
    }
    if (!cli->json) {
        message("%s: %s %s", name, json_text(state, "code"), json_text(state, "detail"));
    }
    return strcmp(json_text(state, "code"), "CORRUPT") == 0 ? EXIT_NOT_VERIFIED : EXIT_FAILED;
}

/* Ask that it be cancelled, once. */
static bool cancel(const struct cli *cli, const json_t *job, bool *asked, int *ret_exit)
{
    if (!interrupted || *asked) {
        return true;
    }
    *asked = true;
    json_t *answer = ask(cli, "job.cancel", json_pack("{s:O}", "job", job), ret_exit);
    json_decref(answer);
    return answer != NULL;
}

/* Ask for the job, then for its state until it has ended. The caller owns the answer, which is
 * NULL if there is none; *ret_exit is not EXIT_OK then, or if the job failed. */
static json_t *run_job(const struct cli *cli, const char *method, json_t *params, int *ret_exit)
{
    struct progress progress;
    bool asked = false;
    catch_signals();
    progress_begin(&progress, cli);
    accrue_on_notify(cli->connection, on_progress, &progress);
    json_t *answer = ask(cli, method, params, ret_exit);
    json_t *state = NULL;
    while (answer != NULL) {
        const json_t *job = json_object_get(answer, "job");
        json_decref(state);
        state = cancel(cli, job, &asked, ret_exit)
                    ? ask(cli, "job.status", json_pack("{s:O}", "job", job), ret_exit)
                    : NULL;
        if (state == NULL || is_over(state)) {
            break;
        }
        int waited = accrue_wait(cli->connection, ASK_AGAIN_MS);
        if (waited != ACCRUE_OK && waited != ACCRUE_INCOMPLETE) {
            *ret_exit = report(cli, waited);
            json_decref(state);
            state = NULL;
            break;
        }
    }
    progress_end(&progress);
    accrue_on_notify(cli->connection, NULL, NULL);
    json_decref(answer);
    if (state != NULL) {
        *ret_exit = job_exit(cli, state);
    }
    return state;
}

static void print_rebuilt(const struct cli *cli, const json_t *state)
{
    const char *name;
    json_t *row;
    int width = 0;
    json_object_foreach(json_object_get(state, "digests"), name, row)
    {
        width = (int)strlen(name) > width ? (int)strlen(name) : width;
    }
    json_object_foreach(json_object_get(state, "digests"), name, row)
    {
        print_padded(name, width + 2, false);
        (void)printf("%s  %s\n", json_text(row, "digest"),
                     json_is_true(json_object_get(row, "equal"))
                         ? in_language(cli, "equal to live", "与在线一致")
                         : in_language(cli, "DIFFERS from live", "与在线不一致"));
    }
    (void)printf("%lld %s, %lld/s\n", (long long)json_integer_value(json_object_get(state, "done")),
                 in_language(cli, "events folded from zero", "个事件自零重算"),
                 (long long)json_integer_value(json_object_get(state, "events_per_s")));
}

int command_rebuild(struct cli *cli)
{
    const char *name = cli->args.operand_count > 0 ? cli->args.operands[0] : "*";
    int64_t to = 0;
    int result;
    if (!option_number(cli, OPTION_TO, 1, INT64_MAX, &to)) {
        return EXIT_USAGE;
    }
    if (cli->args.operand_count > 0 && given(cli, OPTION_ALL)) {
        return usage("%s", in_language(cli, "NAME or --all, not both", "名称与 --all 只能取一"));
    }
    json_t *params = json_pack("{s:s}", "projection", name);
    if (to > 0) {
        (void)json_object_set_new(params, "to", json_integer(to));
    }
    json_t *state = run_job(cli, "rebuild", params, &result);
    if (state == NULL) {
        return result;
    }
    if (cli->json) {
        json_print(state);
    } else if (result == EXIT_OK) {
        print_rebuilt(cli, state);
    }
    if (result == EXIT_OK && !json_is_true(json_object_get(state, "equal"))) {
        result = EXIT_NOT_VERIFIED;
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
    if (cli->json) {
        json_print(state);
    } else if (result == EXIT_OK) {
        (void)printf("%s: %lld %s\n", in_language(cli, "verified", "校验通过"),
                     (long long)json_integer_value(json_object_get(state, "done")),
                     in_language(cli, "events, every byte", "个事件，逐字节"));
    }
    json_decref(state);
    return result;
}
