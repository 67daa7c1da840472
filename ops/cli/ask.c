/* Asking the daemon.
 *
 *   Q1  All pages of an answer are fetched and become one. Every page is asked at the viewpoint
 *       of the first, so that what is appended meanwhile cannot come between them (P7). */

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ops/cli/cli.h"

#define PAGE_ROWS 10000
#define PAGE_EVENTS 1000

uint64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

int call(const struct cli *cli, const char *method, json_t *params, accrue_value *ret_result)
{
    accrue_builder *builder = accrue_builder_new();
    accrue_value value = {NULL, 0};
    int code = ACCRUE_NOMEM;
    if (builder != NULL && json_build(builder, params)) {
        code = accrue_build_done(builder, &value);
    }
    if (code == ACCRUE_OK) {
        code = accrue_call(cli->connection, method, value, cli->timeout_ms, ret_result);
    }
    accrue_builder_free(builder);
    json_decref(params);
    return code;
}

json_t *ask(const struct cli *cli, const char *method, json_t *params, int *ret_exit)
{
    accrue_value result;
    int code = call(cli, method, params, &result);
    *ret_exit = code == ACCRUE_OK ? EXIT_OK : report(cli, code);
    return code == ACCRUE_OK ? json_of(result) : NULL;
}

static json_t *page_params(const struct cli *cli, const char *projection, json_t *own,
                           const char *key, const json_t *first)
{
    json_t *params = json_pack("{s:s,s:O}", "projection", projection, "params", own);
    json_set_text(params, "key", key);
    if (first == NULL) {
        json_set_text(params, "as_of", cli->args.value[OPTION_AS_OF]);
        json_set_text(params, "known_at", cli->args.value[OPTION_KNOWN_AT]);
    } else { /* Q1 */
        (void)json_object_set(params, "as_of", json_object_get(first, "as_of"));
        (void)json_object_set(params, "known_at", json_object_get(first, "known_at"));
        (void)json_object_set(params, "after", json_object_get(first, "next"));
    }
    return params;
}

/* Rows of `page` go behind those of *whole, and its `next` becomes the whole's. */
static void join_pages(json_t **whole, json_t *page)
{
    if (*whole == NULL) {
        *whole = page;
        return;
    }
    (void)json_array_extend(json_object_get(*whole, "rows"), json_object_get(page, "rows"));
    (void)json_object_set(*whole, "next", json_object_get(page, "next"));
    json_decref(page);
}

json_t *ask_rows(const struct cli *cli, const char *method, const char *projection, json_t *own,
                 const char *key, int *ret_exit)
{
    json_t *whole = NULL;
    int64_t left = INT64_MAX;
    bool more = option_number(cli, OPTION_LIMIT, 1, INT64_MAX, &left);
    *ret_exit = more ? EXIT_OK : EXIT_USAGE;
    while (more) {
        json_t *params = page_params(cli, projection, own, key, whole);
        (void)json_object_set_new(params, "limit",
                                  json_integer(left < PAGE_ROWS ? left : PAGE_ROWS));
        json_t *page = ask(cli, method, params, ret_exit);
        if (page == NULL) {
            json_decref(whole);
            whole = NULL;
            break;
        }
        left -= (int64_t)json_array_size(json_object_get(page, "rows"));
        join_pages(&whole, page);
        more = left > 0 && json_is_string(json_object_get(whole, "next"));
    }
    json_decref(own);
    return whole;
}

int ask_events(const struct cli *cli, json_t *filter, event_fn *take, void *arg)
{
    int result = EXIT_OK;
    bool more = true;
    (void)json_object_set_new(filter, "limit", json_integer(PAGE_EVENTS));
    while (more) {
        accrue_value answer;
        accrue_value value;
        accrue_value key;
        accrue_value event;
        size_t at = 0;
        int64_t next = 0;
        int code = call(cli, "read", json_incref(filter), &answer);
        if (code != ACCRUE_OK) {
            result = report(cli, code);
            break;
        }
        more = accrue_value_find(answer, "next", &value) && accrue_value_int(value, &next);
        (void)json_object_set_new(filter, "from", json_integer(next));
        if (accrue_value_find(answer, "events", &value)) {
            while (accrue_value_next(value, &at, &key, &event)) {
                if (!take(arg, event)) {
                    more = false;
                    break;
                }
            }
        }
    }
    json_decref(filter);
    return result;
}

static bool note_reversed(void *arg, accrue_value event)
{
    accrue_value data;
    accrue_value value;
    const char *id;
    size_t len;
    if (accrue_value_find(event, "data", &data) && accrue_value_find(data, "event_id", &value) &&
        accrue_value_text(value, &id, &len)) {
        (void)json_object_setn_new(arg, id, len, json_true());
    }
    return true;
}

int ask_reversed(const struct cli *cli, uint64_t to, json_t *ids)
{
    json_t *filter = json_pack("{s:[s]}", "types", "event.reversed");
    if (to > 0) {
        (void)json_object_set_new(filter, "to", json_integer((json_int_t)to));
    }
    return ask_events(cli, filter, note_reversed, ids);
}

json_t *ask_received(const struct cli *cli, const char *payment, int *ret_exit)
{
    json_t *answer =
        ask(cli, "read",
            json_pack("{s:o,s:[s],s:b,s:i}", "agg", json_sprintf("payment/%s", payment), "types",
                      "payment.received", "reverse", 1, "limit", 1),
            ret_exit);
    json_t *event = json_incref(json_array_get(json_object_get(answer, "events"), 0));
    if (answer != NULL && event == NULL) {
        *ret_exit = EXIT_NOT_FOUND;
    }
    json_decref(answer);
    return event;
}
