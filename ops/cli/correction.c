/* Making the batch of a correction: see correct.c for C1-C4. */

#include "ops/cli/correction.h"

#include <stdlib.h>
#include <string.h>

#include "ops/cli/append.h"
#include "proto/vocabulary.h"

#define CHAIN_MAX 400u /* two events each: a batch has at most 1,000 */

/* ---- reading ---- */

static json_t *event_at(const struct cli *cli, json_t *params, int *ret_exit)
{
    json_t *answer = ask(cli, "get", params, ret_exit);
    json_t *event = json_incref(json_array_get(json_object_get(answer, "events"), 0));
    json_decref(answer);
    return event;
}

static int64_t seq_of(const json_t *event)
{
    return json_integer_value(json_object_get(event, "seq"));
}

/* Into `originals`, oldest first, each once; false if it was there already. */
static bool chain_add(json_t *originals, json_t *event)
{
    size_t at = 0;
    while (at < json_array_size(originals) &&
           seq_of(json_array_get(originals, at)) < seq_of(event)) {
        at++;
    }
    if (at < json_array_size(originals) && seq_of(json_array_get(originals, at)) == seq_of(event)) {
        json_decref(event);
        return false;
    }
    return json_array_insert_new(originals, at, event) == 0;
}

/* ---- the batch ---- */

static json_t *reversal_of(const struct cli *cli, const json_t *event)
{
    const char *reason = cli->args.value[OPTION_REASON];
    json_t *reversal =
        json_pack("{s:s,s:O,s:{s:O,s:s}}", "type", "event.reversed", "agg",
                  json_object_get(event, "agg"), "data", "event_id", json_object_get(event, "id"),
                  "reason", reason == NULL ? "correction" : reason);
    event_give_id(reversal, false);
    return reversal;
}

/* An event without a date of its own was given that of its recording: said outright now, since it
 * is recorded later. A type with a business date takes it there and not as `effective`. */
static void keep_date(json_t *post, const json_t *event)
{
    const struct event_type *type = event_type_by_name(slice_text(json_text(event, "type")));
    if (type == NULL || type->business_date == FIELD_COUNT) {
        return;
    }
    json_t *data = json_object_get(post, "data");
    const char *field = field_name(type->business_date);
    if (json_object_get(data, field) == NULL) {
        (void)json_object_set(data, field, json_object_get(event, "effective"));
    }
    (void)json_object_del(post, "effective");
}

/* What the event said, under a new id. */
static json_t *again(const json_t *event)
{
    static const char *const keys[] = {"type",  "ver",  "agg",  "effective", "data",
                                       "actor", "docs", "corr", "cause",     NULL};
    json_t *post = json_object();
    for (size_t k = 0; keys[k] != NULL; k++) {
        json_t *value = json_object_get(event, keys[k]);
        if (value != NULL) {
            (void)json_object_set_new(post, keys[k], json_deep_copy(value));
        }
    }
    keep_date(post, event);
    (void)json_object_set(post, "corrects", json_object_get(event, "id"));
    event_give_id(post, false);
    return post;
}

/* `effective`, `agg` and the like name the envelope; everything else is in data. */
static bool change(json_t *post, const char *path, json_t *value)
{
    static const char *const envelope[] = {"effective", "agg",   "actor", "docs",
                                           "corr",      "cause", NULL};
    for (size_t i = 0; envelope[i] != NULL; i++) {
        if (strcmp(path, envelope[i]) == 0) {
            return json_path_set(post, path, value);
        }
    }
    const char *rest = strncmp(path, "data.", 5) == 0 ? path + 5 : path;
    return json_path_set(json_object_get(post, "data"), rest, value);
}

/* A JSON value, or else the text itself: 20000, true, ["a"], 2026-03-20. */
static json_t *value_of(const char *text)
{
    json_error_t error;
    json_t *value = json_loads(text, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);
    return value != NULL ? value : json_string(text);
}

static int apply_changes(const struct cli *cli, json_t *post)
{
    const struct args *args = &cli->args;
    for (int i = 0; i < args->repeats[OPTION_SET]; i++) {
        const char *text = args->repeated[OPTION_SET][i];
        const char *equals = strchr(text, '=');
        char path[512];
        if (equals == NULL || equals == text || (size_t)(equals - text) >= sizeof(path)) {
            return usage("--set %s: %s", text, in_language(cli, "KEY=VALUE", "应为 名称=取值"));
        }
        memcpy(path, text, (size_t)(equals - text));
        path[equals - text] = '\0';
        if (!change(post, path, value_of(equals + 1))) {
            return usage("--set %s: %s", text,
                         in_language(cli, "the event has no such place", "事件中无此位置"));
        }
    }
    for (int i = 0; i < args->repeats[OPTION_UNSET]; i++) {
        if (!change(post, args->repeated[OPTION_UNSET][i], NULL)) {
            return usage("--unset %s: %s", args->repeated[OPTION_UNSET][i],
                         in_language(cli, "the event has no such place", "事件中无此位置"));
        }
    }
    return EXIT_OK;
}

static void add_reversals(const struct cli *cli, json_t *batch, const json_t *originals)
{
    for (size_t i = json_array_size(originals); i-- > 0;) {
        (void)json_array_append_new(batch, reversal_of(cli, json_array_get(originals, i)));
    }
}

/* ---- what stands on it (C1) ---- */

/* Numbers after "seq=" in the daemon's text. */
static bool add_dependants(const struct cli *cli, const char *text, json_t *originals,
                           int *ret_exit)
{
    bool grown = false;
    const char *at = strstr(text, "seq=");
    at = at == NULL ? NULL : at + 4;
    while (at != NULL && *at >= '0' && *at <= '9' && *ret_exit == EXIT_OK) {
        char *end;
        long long seq = strtoll(at, &end, 10);
        json_t *event = event_at(cli, json_pack("{s:I}", "seq", (json_int_t)seq), ret_exit);
        grown = event != NULL && (chain_add(originals, event) || grown);
        at = *end == ',' ? end + 1 : NULL;
    }
    return grown;
}

/* Tries the reversals until nothing is missing. */
static int find_chain(const struct cli *cli, json_t *originals)
{
    for (;;) {
        accrue_value answer;
        int result = EXIT_OK;
        json_t *batch = json_array();
        add_reversals(cli, batch, originals);
        int code = call(cli, "append", json_pack("{s:o,s:b}", "events", batch, "dry", 1), &answer);
        if (code == ACCRUE_OK) {
            return EXIT_OK;
        }
        const accrue_error *error = accrue_last_error(cli->connection);
        if (code != ACCRUE_E_HAS_DEPENDENTS ||
            !add_dependants(cli, error->message, originals, &result)) {
            return result != EXIT_OK ? result : report(cli, code);
        }
        if (json_array_size(originals) > CHAIN_MAX) {
            message("%s", in_language(cli, "too much stands on this event for one request",
                                      "依赖该事件的事件过多，无法一次更正"));
            return EXIT_REJECTED;
        }
    }
}

static bool personal(const struct cli *cli, const json_t *originals)
{
    for (size_t i = 0; i < json_array_size(originals); i++) {
        const json_t *event = json_array_get(originals, i);
        if (json_object_get(event, "private_hash") != NULL ||
            json_object_get(event, "private") != NULL) { /* C4 */
            message("%s %lld %s", in_language(cli, "seq", "序号"), (long long)seq_of(event),
                    in_language(cli, "has personal data, which only who entered it can post again",
                                "含个人数据，只能由原录入方重新登记"));
            return true;
        }
    }
    return false;
}

static int make_batch(const struct cli *cli, struct correction *correction, int64_t target)
{
    add_reversals(cli, correction->batch, correction->originals);
    for (size_t i = 0; i < json_array_size(correction->originals); i++) {
        const json_t *event = json_array_get(correction->originals, i);
        json_t *post = again(event);
        int result = seq_of(event) == target ? apply_changes(cli, post) : EXIT_OK;
        (void)json_array_append_new(correction->batch, post);
        if (result != EXIT_OK) {
            return result;
        }
    }
    return EXIT_OK;
}

int correction_make(const struct cli *cli, struct correction *correction, json_t **ret_preview)
{
    const char *which = cli->args.operands[0];
    int result = EXIT_OK;
    *correction = (struct correction){.originals = json_array(), .batch = json_array()};
    json_t *event =
        event_at(cli,
                 is_number(which) ? json_pack("{s:I}", "seq", (json_int_t)strtoll(which, NULL, 10))
                                  : json_pack("{s:s}", "id", which),
                 &result);
    if (event == NULL) {
        return result;
    }
    int64_t target = seq_of(event);
    (void)chain_add(correction->originals, event);
    result = find_chain(cli, correction->originals);
    if (result == EXIT_OK && personal(cli, correction->originals)) {
        result = EXIT_REJECTED;
    }
    if (result == EXIT_OK) {
        result = make_batch(cli, correction, target);
    }
    if (result == EXIT_OK) {
        *ret_preview = ask(cli, "append",
                           json_pack("{s:O,s:b}", "events", correction->batch, "dry", 1), &result);
    }
    return result;
}

void correction_done(struct correction *correction)
{
    json_decref(correction->originals);
    json_decref(correction->batch);
}
