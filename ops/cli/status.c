/* status: where the daemon stands. */

#include <inttypes.h>
#include <string.h>

#include "ops/cli/events.h"
#include "ops/cli/table.h"

static void set_time(json_t *row, const json_t *status, const char *key)
{
    char text[32];
    int64_t us = json_integer_value(json_object_get(status, key));
    if (us > 0) {
        time_text(us, text);
        json_set_text(row, key, text);
    }
}

static void set_bytes(json_t *row, const json_t *status)
{
    json_int_t used =
        json_integer_value(json_object_get(json_object_get(status, "bytes"), "log_used"));
    char text[48];
    (void)snprintf(text, sizeof(text), "%" PRId64 ".%" PRId64 " MiB", (int64_t)(used >> 20),
                   (int64_t)((used & 0xfffff) * 10 >> 20));
    json_set_text(row, "log_used", text);
}

/* How far the next start need not fold, and how old that is. */
static void set_snapshot(json_t *row, const json_t *status)
{
    const json_t *snapshot = json_object_get(status, "snapshot");
    json_int_t seq = json_integer_value(json_object_get(snapshot, "seq"));
    json_int_t written = json_integer_value(json_object_get(snapshot, "time"));
    json_int_t now = json_integer_value(json_object_get(status, "time"));
    const char *failed = json_text(snapshot, "failed");
    char text[160] = "none";
    char age[64];
    if (seq > 0) {
        (void)snprintf(age, sizeof(age), "%" PRId64 " min",
                       (int64_t)(now > written ? (now - written) / 60000000 : 0));
        (void)snprintf(text, sizeof(text), "seq %" PRId64 ", %s%s%.24s", (int64_t)seq, age,
                       failed[0] != '\0' ? "; since then " : "", failed);
    } else if (failed[0] != '\0') {
        (void)snprintf(text, sizeof(text), "none: %.24s", failed);
    }
    json_set_text(row, "snapshot", text);
}

/* When the log was last read from end to end, and what that found. */
static void set_scrub(json_t *row, const json_t *status)
{
    const json_t *scrub = json_object_get(status, "scrub");
    json_int_t ended = json_integer_value(json_object_get(scrub, "time"));
    bool on = json_is_true(json_object_get(scrub, "on"));
    char text[400];
    char when[32];
    if (ended == 0) {
        json_set_text(row, "scrub", on ? "none yet" : "off");
        return;
    }
    time_text(ended, when);
    (void)snprintf(text, sizeof(text), "%s %s, seq %" PRId64 "%s%.300s", json_text(scrub, "result"),
                   when, (int64_t)json_integer_value(json_object_get(scrub, "seq")),
                   json_text(scrub, "detail")[0] != '\0' ? ", " : "", json_text(scrub, "detail"));
    json_set_text(row, "scrub", text);
}

/* Stage by stage: how long what was asked for took. */
static void print_stages(const struct cli *cli, const json_t *stages)
{
    static const char *const names[] = {"wait", "apply", "commit", "answer"};
    static const char *const keys[] = {"stage", "requests", "p50_us", "p99_us", "max_us", NULL};
    json_t *rows = json_array();
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        json_t *row = json_copy(json_object_get(stages, names[i]));
        json_t *count = json_object_get(row, "count");
        if (json_integer_value(count) > 0) {
            json_set_text(row, "stage", names[i]);
            (void)json_object_set(row, "requests", count);
            (void)json_array_append(rows, row);
        }
        json_decref(row);
    }
    if (json_array_size(rows) > 0) {
        (void)fputc('\n', stdout);
        table_print(cli, rows, keys, NULL);
    }
    json_decref(rows);
}

int command_status(struct cli *cli)
{
    static const char *const shown[] = {"state",  "head",        "log_id", "release", "rules",
                                        "events", "connections", "tails",  "queued",  "warning"};
    int result;
    json_t *status = ask(cli, "status", json_object(), &result);
    if (status == NULL) {
        return result;
    }
    if (cli->json) {
        json_print_free(status);
        return EXIT_OK;
    }
    json_t *row = json_object();
    json_t *names = json_array();
    const json_t *projections = json_object_get(status, "projections");
    for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
        (void)json_object_set(row, shown[i], json_object_get(status, shown[i]));
    }
    for (size_t i = 0; i < json_array_size(projections); i++) {
        const char *name = json_text(json_array_get(projections, i), "name");
        (void)json_array_append_new(names, json_string(name));
    }
    set_time(row, status, "recorded");
    set_time(row, status, "started");
    set_bytes(row, status);
    set_snapshot(row, status);
    set_scrub(row, status);
    (void)json_object_set_new(row, "projections", names);
    pairs_print(cli, row);
    print_stages(cli, json_object_get(status, "stages"));
    json_decref(row);
    json_decref(status);
    return EXIT_OK;
}
