/* tail, get, history.
 *
 *   V1  `tail` without --from shows the last ones, as tail(1) does; with -f it goes on behind the
 *       head that it saw, so no event is skipped or comes twice. */

#include "ops/cli/events.h"

#include <stdlib.h>
#include <string.h>

#define LAST_EVENTS 10
#define QUIET_MS 60000u

static json_t *filters(const struct cli *cli)
{
    json_t *params = json_object();
    json_set_text(params, "agg", cli->args.value[OPTION_AGG]);
    if (cli->args.repeats[OPTION_TYPE] > 0) {
        json_t *types = json_array();
        for (int i = 0; i < cli->args.repeats[OPTION_TYPE]; i++) {
            (void)json_array_append_new(types, json_string(cli->args.repeated[OPTION_TYPE][i]));
        }
        (void)json_object_set_new(params, "types", types);
    }
    return params;
}

struct printing {
    const struct cli *cli;
    int64_t left;
    uint64_t next; /* behind the last one printed */
};

static void note_seq(struct printing *printing, accrue_value event)
{
    accrue_value value;
    int64_t seq;
    if (accrue_value_find(event, "seq", &value) && accrue_value_int(value, &seq)) {
        printing->next = (uint64_t)seq + 1;
    }
}

static bool print_one(void *arg, accrue_value event)
{
    struct printing *printing = arg;
    if (printing->left > 0) {
        event_print(printing->cli, event);
        note_seq(printing, event);
        printing->left--;
    }
    return printing->left > 0;
}

struct collecting {
    json_t *events; /* newest first */
    size_t wanted;
};

static bool collect_one(void *arg, accrue_value event)
{
    struct collecting *collecting = arg;
    (void)json_array_append_new(collecting->events, json_of(event));
    return json_array_size(collecting->events) < collecting->wanted;
}

/* The last `count` that pass the filter, in their order (V1). */
static int print_last(const struct cli *cli, uint64_t head, int64_t count)
{
    struct collecting collecting = {.events = json_array(), .wanted = (size_t)count};
    json_t *params = filters(cli);
    (void)json_object_set_new(params, "reverse", json_true());
    (void)json_object_set_new(params, "from", json_integer((json_int_t)head));
    int result =
        head == 0 ? EXIT_OK : ask_events(cli, json_incref(params), collect_one, &collecting);
    json_decref(params);
    for (size_t i = json_array_size(collecting.events); i > 0 && result == EXIT_OK; i--) {
        event_print_json(cli, json_array_get(collecting.events, i - 1));
    }
    json_decref(collecting.events);
    return result;
}

static int follow(struct cli *cli, uint64_t from, int64_t left)
{
    accrue_builder *builder = accrue_builder_new();
    accrue_value value = {NULL, 0};
    accrue_value event;
    json_t *params = filters(cli);
    int code = ACCRUE_NOMEM;
    if (builder != NULL && json_build(builder, params)) {
        code = accrue_build_done(builder, &value);
    }
    json_decref(params);
    if (code == ACCRUE_OK) {
        code = accrue_tail(cli->connection, from, value, cli->timeout_ms);
    }
    accrue_builder_free(builder);
    while ((code == ACCRUE_OK || code == ACCRUE_INCOMPLETE) && left > 0) {
        code = accrue_tail_next(cli->connection, QUIET_MS, &event, NULL);
        if (code == ACCRUE_OK) {
            event_print(cli, event);
            (void)fflush(stdout);
            left--;
        }
    }
    return code == ACCRUE_OK ? EXIT_OK : report(cli, code);
}

uint64_t log_head(const struct cli *cli)
{
    const char *log;
    return accrue_client_highest_seq(accrue_connection_client(cli->connection), &log);
}

/* --from: a seq, `first` or `head`; false with the message printed. */
static bool read_from(const struct cli *cli, uint64_t *ret_from)
{
    const char *from = cli->args.value[OPTION_FROM];
    if (strcmp(from, "first") == 0) {
        *ret_from = 1;
    } else if (strcmp(from, "head") == 0) {
        *ret_from = log_head(cli) + 1;
    } else if (is_number(from)) {
        *ret_from = strtoull(from, NULL, 10);
    } else {
        (void)usage("--from %s: SEQ, first, head", from);
        return false;
    }
    return true;
}

int command_tail(struct cli *cli)
{
    bool follows = given(cli, OPTION_FOLLOW);
    int64_t limit = given(cli, OPTION_FROM) ? INT64_MAX : LAST_EVENTS;
    uint64_t from;
    if (!option_number(cli, OPTION_LIMIT, 0, INT64_MAX, &limit)) {
        return EXIT_USAGE;
    }
    if (!given(cli, OPTION_FROM)) {
        uint64_t head = log_head(cli);
        int result = limit > 0 ? print_last(cli, head, limit) : EXIT_OK;
        (void)fflush(stdout);
        return result == EXIT_OK && follows ? follow(cli, head + 1, INT64_MAX) : result;
    }
    if (!read_from(cli, &from)) {
        return EXIT_USAGE;
    }
    if (follows) {
        return follow(cli, from, limit);
    }
    struct printing printing = {.cli = cli, .left = limit};
    json_t *params = filters(cli);
    (void)json_object_set_new(params, "from", json_integer((json_int_t)from));
    return ask_events(cli, params, print_one, &printing);
}

int command_history(struct cli *cli)
{
    struct printing printing = {.cli = cli, .left = INT64_MAX};
    if (!option_number(cli, OPTION_LIMIT, 1, INT64_MAX, &printing.left)) {
        return EXIT_USAGE;
    }
    json_t *params = json_pack("{s:s}", "agg", cli->args.operands[0]);
    int result = ask_events(cli, params, print_one, &printing);
    if (result == EXIT_OK && printing.next == 0) {
        message("%s: %s", cli->args.operands[0],
                in_language(cli, "no events of this aggregate (kind/id; plain: a contract)",
                            "无此对象的事件（类别/编号，缺省为合同）"));
        return EXIT_NOT_FOUND;
    }
    return result;
}

int command_get(struct cli *cli)
{
    const char *which = cli->args.operands[0];
    json_t *params = is_number(which)
                         ? json_pack("{s:I}", "seq", (json_int_t)strtoll(which, NULL, 10))
                         : json_pack("{s:s}", "id", which);
    int result;
    json_t *answer = ask(cli, "get", params, &result);
    if (answer == NULL) {
        return result;
    }
    const json_t *event = json_array_get(json_object_get(answer, "events"), 0);
    if (cli->json) {
        json_print(event);
    } else {
        char *text = json_dumps(event, JSON_INDENT(2));
        (void)puts(text == NULL ? "" : text);
        free(text);
    }
    json_decref(answer);
    return EXIT_OK;
}
