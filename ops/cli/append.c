/* append: events from a file, a line an event or an atomic batch. */

#include "ops/cli/append.h"

#include "ops/cli/lines.h"

static const char *id_of(const struct slot *slot, size_t i)
{
    return json_text(json_array_get(slot->events, i), "id");
}

/* seq, agg_seq, dup, flags, id, and of a trial run effects: what the answer says but the hash. */
static json_t *result_json(const struct slot *slot, size_t i)
{
    static const char *const keys[] = {"seq", "agg_seq", "dup", "flags", "effects"};
    const json_t *row = json_array_get(json_object_get(slot->answer, "results"), i);
    json_t *line = json_object();
    for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
        json_t *value = json_object_get(row, keys[k]);
        if (value != NULL) {
            (void)json_object_set(line, keys[k], value);
        }
    }
    json_set_text(line, "id", id_of(slot, i));
    return line;
}

static void tell_json(const struct slot *slot)
{
    size_t count = json_array_size(slot->events);
    json_t *results;
    if (slot->code != ACCRUE_OK) {
        json_print_free(json_pack("{s:O,s:s,s:I}", "error", slot->answer, "id",
                                  slot->batch ? "" : id_of(slot, 0), "line",
                                  (json_int_t)slot->line));
        return;
    }
    if (!slot->batch) {
        json_print_free(result_json(slot, 0));
        return;
    }
    results = json_array();
    for (size_t i = 0; i < count; i++) {
        (void)json_array_append_new(results, result_json(slot, i));
    }
    json_print_free(json_pack("{s:o}", "results", results));
}

static void tell_text(const struct feed *feed, const struct slot *slot)
{
    const struct cli *cli = feed->cli;
    const json_t *rows = json_object_get(slot->answer, "results");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        const json_t *event = json_array_get(slot->events, i);
        const json_t *flags = json_object_get(row, "flags");
        const json_t *effects = json_object_get(row, "effects");
        (void)printf(
            "%s %lld  ",
            in_language(cli, feed->dry ? "would be seq" : "seq", feed->dry ? "试算序号" : "序号"),
            (long long)json_integer_value(json_object_get(row, "seq")));
        print_plain(stdout, json_text(event, "type"));
        (void)fputs("  ", stdout);
        print_plain(stdout, json_text(event, "agg"));
        if (json_is_true(json_object_get(row, "dup"))) {
            (void)printf("  %s", in_language(cli, "dup", "重复"));
        }
        for (size_t f = 0; f < json_array_size(flags); f++) {
            (void)printf("  %s", json_string_value(json_array_get(flags, f)));
        }
        (void)fputc('\n', stdout);
        for (size_t e = 0; e < json_array_size(effects); e++) {
            (void)fputs("  ", stdout);
            json_print(json_array_get(effects, e));
        }
    }
}

void tell_result(struct feed *feed, const struct slot *slot)
{
    if (feed->cli->json) {
        tell_json(slot);
    } else if (slot->code == ACCRUE_OK) {
        tell_text(feed, slot);
    } else {
        if (json_array_size(slot->events) == 1) {
            (void)json_object_del(slot->answer, "index"); /* the line says it */
        }
        print_error(feed->cli, slot->answer, slot->code, slot->line);
    }
    (void)fflush(stdout); /* a result line may be what somebody waits for */
}

static bool take_line(struct feed *feed, json_t *line, uint64_t number)
{
    json_t *batch = json_object_get(line, "batch");
    bool many = batch != NULL;
    if (many &&
        (!json_is_array(batch) || json_array_size(batch) == 0 || json_object_size(line) != 1)) {
        return feed_refuse(feed, ACCRUE_BAD_REQUEST,
                           "{\"batch\":[event, …]}, at least one, and nothing beside it", number);
    }
    json_t *events = many ? json_incref(batch) : json_pack("[O]", line);
    for (size_t i = 0; i < json_array_size(events); i++) {
        event_give_id(json_array_get(events, i), given(feed->cli, OPTION_ID_FROM_CONTENT));
    }
    return feed_send(feed, events, many, number);
}

int command_append(struct cli *cli)
{
    static struct feed feed;
    struct lines lines;
    char why[JSON_ERROR_TEXT_LENGTH];
    int64_t inflight = 1;
    bool going = true;
    if (!option_number(cli, OPTION_INFLIGHT, 1, FEED_MAX, &inflight)) {
        return EXIT_USAGE;
    }
    if (!lines_open(&lines, cli)) {
        return EXIT_FAILED;
    }
    feed = (struct feed){.cli = cli,
                         .method = "append",
                         .dry = given(cli, OPTION_DRY_RUN),
                         .keep_going = given(cli, OPTION_KEEP_GOING),
                         .inflight = (unsigned)inflight,
                         .tell = tell_result};
    while (going) {
        json_t *line = NULL;
        enum line_kind kind = lines_next(&lines, &line, why, sizeof(why));
        if (kind == LINE_END) {
            break;
        }
        going = kind == LINE_OBJECT ? take_line(&feed, line, lines.number)
                                    : feed_refuse(&feed, ACCRUE_BAD_REQUEST, why, lines.number);
        json_decref(line);
    }
    feed_finish(&feed);
    lines_close(&lines);
    return feed.worst;
}
