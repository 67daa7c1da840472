/* tail, get, history: events as they are stored. */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/cli/cli.h"

/* One readable line: seq, day, type, aggregate, flags, then the data as JSON. */
static void print_event(const struct cli *cli, accrue_value value)
{
    json_t *event = json_of(value);
    if (cli->json) {
        json_print(event);
        json_decref(event);
        return;
    }
    char *data = json_dumps(json_object_get(event, "data"), JSON_COMPACT);
    const json_t *flags = json_object_get(event, "flags");
    (void)printf("%" JSON_INTEGER_FORMAT " %s %s %s",
                 json_integer_value(json_object_get(event, "seq")),
                 json_string_value(json_object_get(event, "effective")),
                 json_string_value(json_object_get(event, "type")),
                 json_string_value(json_object_get(event, "agg")));
    for (size_t i = 0; i < json_array_size(flags); i++) {
        (void)printf(" %s", json_string_value(json_array_get(flags, i)));
    }
    (void)printf(" %s\n", data == NULL ? "" : data);
    free(data);
    json_decref(event);
}

static json_t *filters(const struct cli *cli)
{
    json_t *params = json_object();
    if (cli->args.value[OPTION_AGG] != NULL) {
        (void)json_object_set_new(params, "agg", json_string(cli->args.value[OPTION_AGG]));
    }
    if (cli->args.repeats[OPTION_TYPE] > 0) {
        json_t *types = json_array();
        for (int i = 0; i < cli->args.repeats[OPTION_TYPE]; i++) {
            (void)json_array_append_new(types, json_string(cli->args.repeated[OPTION_TYPE][i]));
        }
        (void)json_object_set_new(params, "types", types);
    }
    return params;
}

/* Pages of `read` from `from` on. */
static int read_all(struct cli *cli, uint64_t from, json_t *params, long long limit)
{
    int result = EXIT_OK;
    bool more = true;
    while (more && limit > 0 && result == EXIT_OK) {
        accrue_value answer;
        accrue_value events;
        accrue_value next;
        accrue_value key;
        accrue_value event;
        size_t at = 0;
        int64_t position = 0;
        (void)json_object_set_new(params, "from", json_integer((json_int_t)from));
        (void)json_object_set_new(params, "limit", json_integer(limit < 1000 ? limit : 1000));
        int code = call(cli, "read", json_incref(params), &answer);
        if (code != ACCRUE_OK) {
            result = report(cli, code);
            break;
        }
        more = accrue_value_find(answer, "next", &next) && accrue_value_int(next, &position);
        from = more ? (uint64_t)position : from;
        if (accrue_value_find(answer, "events", &events)) {
            while (accrue_value_next(events, &at, &key, &event)) {
                print_event(cli, event);
                limit--;
            }
        }
    }
    json_decref(params);
    return result;
}

static int follow(struct cli *cli, uint64_t from, json_t *params, long long limit)
{
    accrue_builder *builder = accrue_builder_new();
    accrue_value value = {NULL, 0};
    accrue_value event;
    int code = ACCRUE_NOMEM;
    if (builder != NULL && json_build(builder, params)) {
        code = accrue_build_done(builder, &value);
    }
    json_decref(params);
    if (code == ACCRUE_OK) {
        code = accrue_tail(cli->connection, from, value, cli->timeout_ms);
    }
    accrue_builder_free(builder);
    while ((code == ACCRUE_OK || code == ACCRUE_INCOMPLETE) && limit > 0) {
        code = accrue_tail_next(cli->connection, 60000, &event, NULL);
        if (code == ACCRUE_OK) {
            print_event(cli, event);
            (void)fflush(stdout);
            limit--;
        }
    }
    return code == ACCRUE_OK ? EXIT_OK : report(cli, code);
}

static int start_of(struct cli *cli, uint64_t *ret_from)
{
    const char *from = cli->args.value[OPTION_FROM];
    if (from == NULL || strcmp(from, "first") == 0) {
        *ret_from = 1;
    } else if (strcmp(from, "head") == 0) {
        const char *log;
        *ret_from = accrue_client_highest_seq(accrue_connection_client(cli->connection), &log) + 1;
    } else if (*from != '\0' && strspn(from, "0123456789") == strlen(from)) {
        *ret_from = strtoull(from, NULL, 10);
    } else {
        return usage("--from %s: a seq, first or head", from);
    }
    return EXIT_OK;
}

static long long limit_of(const struct cli *cli)
{
    const char *limit = cli->args.value[OPTION_LIMIT];
    return limit == NULL ? INT64_MAX : strtoll(limit, NULL, 10);
}

int command_tail(struct cli *cli)
{
    uint64_t from;
    int status = start_of(cli, &from);
    if (status != EXIT_OK) {
        return status;
    }
    if (cli->args.value[OPTION_FOLLOW] != NULL) {
        return follow(cli, from, filters(cli), limit_of(cli));
    }
    return read_all(cli, from, filters(cli), limit_of(cli));
}

int command_history(struct cli *cli)
{
    json_t *params = json_pack("{s:s}", "agg", cli->args.operands[0]);
    return read_all(cli, 1, params, limit_of(cli));
}

int command_get(struct cli *cli)
{
    const char *which = cli->args.operands[0];
    bool digits = *which != '\0' && strspn(which, "0123456789") == strlen(which);
    json_t *params = digits ? json_pack("{s:I}", "seq", (json_int_t)strtoll(which, NULL, 10))
                            : json_pack("{s:s}", "id", which);
    accrue_value answer;
    accrue_value event;
    int code = call(cli, "get", params, &answer);
    if (code != ACCRUE_OK) {
        return report(cli, code);
    }
    if (!accrue_value_find(answer, "event", &event)) {
        event = answer;
    }
    json_t *json = json_of(event);
    if (cli->json) {
        json_print(json);
    } else {
        (void)json_dumpf(json, stdout, JSON_INDENT(2));
        (void)putchar('\n');
    }
    json_decref(json);
    return EXIT_OK;
}
