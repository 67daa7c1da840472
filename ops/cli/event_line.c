/* An event as one readable line, or as JSON. */

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "ops/cli/events.h"
#include "proto/vocabulary.h"

#define SHANGHAI_S 28800
#define AGGREGATE_MAX 512 /* kind/id, the id at most 128 bytes */

void time_text(int64_t us, char out[32])
{
    time_t seconds = (time_t)(us / 1000000 + SHANGHAI_S);
    struct tm parts;
    out[0] = '\0';
    if (gmtime_r(&seconds, &parts) != NULL) {
        (void)strftime(out, 32, "%Y-%m-%d %H:%M:%S", &parts);
    }
}

/* kind/id, or the plain id of a contract. */
static void aggregate_text(const json_t *event, char *out, size_t size)
{
    const struct event_type *type = event_type_by_name(slice_text(json_text(event, "type")));
    bool plain = type == NULL || type->kind == KIND_NONE || type->kind == KIND_contract;
    (void)snprintf(out, size, "%s%s%s", plain ? "" : kind_name(type->kind), plain ? "" : "/",
                   json_text(event, "agg"));
}

static void print_aggregate(const json_t *event)
{
    char text[AGGREGATE_MAX];
    aggregate_text(event, text, sizeof(text));
    print_plain(stdout, text);
}

json_t *event_row(const json_t *event)
{
    char recorded[32];
    char agg[AGGREGATE_MAX];
    json_t *row = json_pack("{s:O}", "seq", json_object_get(event, "seq"));
    time_text(json_integer_value(json_object_get(event, "recorded")), recorded);
    aggregate_text(event, agg, sizeof(agg));
    json_set_text(row, "recorded", recorded);
    json_set_text(row, "effective", json_text(event, "effective"));
    json_set_text(row, "type", json_text(event, "type"));
    json_set_text(row, "agg", agg);
    json_set_text(row, "actor", json_text(event, "actor"));
    return row;
}

static void print_flags(const json_t *flags)
{
    for (size_t i = 0; i < json_array_size(flags); i++) {
        const char *flag = json_string_value(json_array_get(flags, i));
        (void)printf("  %s", flag == NULL ? "" : flag);
    }
}

void event_print_json(const struct cli *cli, const json_t *event)
{
    if (cli->json) {
        json_print(event);
        return;
    }
    const struct event_type *type = event_type_by_name(slice_text(json_text(event, "type")));
    char recorded[32];
    time_text(json_integer_value(json_object_get(event, "recorded")), recorded);
    char *data = json_dumps(json_object_get(event, "data"), JSON_COMPACT);
    (void)printf("%" JSON_INTEGER_FORMAT "  %s  %s  ",
                 json_integer_value(json_object_get(event, "seq")), recorded,
                 json_text(event, "effective"));
    print_plain(stdout, json_text(event, "type"));
    if (cli->chinese && type != NULL) {
        (void)printf(" %s", type->name_zh);
    }
    (void)fputs("  ", stdout);
    print_aggregate(event);
    print_flags(json_object_get(event, "flags"));
    (void)fputs("  ", stdout);
    print_plain(stdout, data == NULL ? "" : data);
    (void)fputc('\n', stdout);
    free(data);
}

void event_print(const struct cli *cli, accrue_value value)
{
    json_t *event = json_of(value);
    event_print_json(cli, event);
    json_decref(event);
}
