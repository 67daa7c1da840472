/* load: bulk load with recorded times, many lines a request.
 *
 *   D1  Requests are as large as the daemon likes them and in order, so that `recorded` never
 *       goes back; a line that is refused ends the run and is named. */

#include <string.h>
#include <time.h>

#include "ops/cli/append.h"
#include "ops/cli/lines.h"
#include "ops/cli/progress.h"
#include "proto/vocabulary.h"

#define LOAD_EVENTS 500u
#define LOAD_BYTES (1024u * 1024u)
#define LOAD_INFLIGHT 8u

struct load {
    struct feed feed;
    struct lines lines;
    struct progress progress;
    json_t *events;
    size_t bytes;
    uint64_t first_line;
};

static bool digits_at(const char *text, const char *shape)
{
    for (; *shape != '\0'; shape++, text++) {
        if (*shape == 'd' ? *text < '0' || *text > '9' : *text != *shape) {
            return false;
        }
    }
    return true;
}

static int two(const char *at)
{
    return (at[0] - '0') * 10 + (at[1] - '0');
}

/* RFC 3339 to microseconds: 2025-03-10T11:00:00.25+08:00. */
static bool read_time(const char *text, json_int_t *ret_us)
{
    if (strlen(text) < 20 || !digits_at(text, "dddd-dd-ddTdd:dd:dd")) {
        return false;
    }
    struct tm parts = {.tm_year = two(text) * 100 + two(text + 2) - 1900,
                       .tm_mon = two(text + 5) - 1,
                       .tm_mday = two(text + 8),
                       .tm_hour = two(text + 11),
                       .tm_min = two(text + 14),
                       .tm_sec = two(text + 17)};
    json_int_t us = (json_int_t)timegm(&parts) * 1000000;
    const char *at = text + 19;
    json_int_t part = 100000;
    if (*at == '.') {
        for (at++; *at >= '0' && *at <= '9'; at++, part /= 10) {
            us += part * (*at - '0');
        }
    }
    if (strcmp(at, "Z") != 0) {
        if (strlen(at) != 6 || (*at != '+' && *at != '-') || !digits_at(at + 1, "dd:dd")) {
            return false;
        }
        json_int_t offset = ((json_int_t)two(at + 1) * 60 + two(at + 4)) * 60000000;
        us -= *at == '+' ? offset : -offset;
    }
    *ret_us = us;
    return true;
}

bool event_make_loadable(json_t *event)
{
    static const char *const told[] = {"seq",     "agg_seq", "by",   "flags",       "rules",
                                       "effects", "touches", "hash", "private_hash"};
    const char *type = json_text(event, "type");
    const json_t *recorded = json_object_get(event, "recorded");
    const struct event_type *row = event_type_by_name(slice_text(type));
    json_int_t us;
    if (strncmp(type, "system.", 7) == 0) {
        return false;
    }
    bool answered = json_object_get(event, "seq") != NULL;
    if (json_is_string(recorded) && read_time(json_string_value(recorded), &us)) {
        (void)json_object_set_new(event, "recorded", json_integer(us));
    }
    if (answered && row != NULL && row->business_date != FIELD_COUNT) {
        (void)json_object_del(event, "effective"); /* told, never sent beside the type's own */
    }
    for (size_t i = 0; answered && i < sizeof(told) / sizeof(told[0]); i++) {
        (void)json_object_del(event, told[i]);
    }
    return true;
}

static void tell_load(struct feed *feed, const struct slot *slot)
{
    struct load *load = feed->arg;
    if (slot->code == ACCRUE_OK) {
        return;
    }
    /* The line of the event that was refused, where lines and events go together. */
    const json_t *index = json_object_get(slot->answer, "index");
    struct slot named = *slot;
    named.line += json_is_integer(index) ? (uint64_t)json_integer_value(index) : 0;
    progress_end(&load->progress);
    tell_result(feed, &named);
}

static bool flush_events(struct load *load)
{
    json_t *events = load->events;
    if (json_array_size(events) == 0) {
        return true;
    }
    load->events = json_array();
    load->bytes = 0;
    return feed_send(&load->feed, events, true, load->first_line);
}

static bool gather(struct load *load, json_t *event, size_t bytes)
{
    const struct cli *cli = load->feed.cli;
    if (!event_make_loadable(event)) {
        return flush_events(load); /* lines and events go together again */
    }
    event_give_id(event, given(cli, OPTION_ID_FROM_CONTENT));
    if (json_array_size(load->events) == 0) {
        load->first_line = load->lines.number;
    }
    (void)json_array_append(load->events, event);
    load->bytes += bytes;
    if (json_array_size(load->events) < LOAD_EVENTS && load->bytes < LOAD_BYTES) {
        return true;
    }
    progress_show(&load->progress, load->lines.bytes_read, load->lines.bytes_total,
                  load->feed.stored + load->feed.dups);
    return flush_events(load);
}

static void load_lines(struct load *load)
{
    char why[JSON_ERROR_TEXT_LENGTH];
    bool going = true;
    while (going) {
        json_t *line = NULL;
        uint64_t before = load->lines.bytes_read;
        uint64_t number = load->lines.number;
        enum line_kind kind = lines_next(&load->lines, &line, why, sizeof(why));
        if (kind == LINE_END) {
            going = flush_events(load);
            break;
        }
        if (load->lines.number != number + 1 && json_array_size(load->events) > 0) {
            going = flush_events(load); /* empty lines between */
        }
        if (kind == LINE_BAD) {
            going = flush_events(load) &&
                    feed_refuse(&load->feed, ACCRUE_BAD_REQUEST, why, load->lines.number);
        } else if (going) {
            going = gather(load, line, (size_t)(load->lines.bytes_read - before));
        }
        json_decref(line);
    }
    feed_finish(&load->feed);
}

static void tell_end(const struct load *load)
{
    const struct feed *feed = &load->feed;
    if (feed->cli->json) {
        json_print_free(json_pack("{s:I,s:I,s:I,s:I}", "events", (json_int_t)feed->stored, "dups",
                                  (json_int_t)feed->dups, "first", (json_int_t)feed->first_seq,
                                  "last", (json_int_t)feed->last_seq));
    } else {
        (void)printf("%llu %s, %llu %s, %llu/s\n", (unsigned long long)feed->stored,
                     in_language(feed->cli, "events loaded", "个事件已装载"),
                     (unsigned long long)feed->dups,
                     in_language(feed->cli, "were there before", "个重复"),
                     (unsigned long long)progress_rate(&load->progress, feed->stored));
    }
}

static int end_loading(const struct cli *cli)
{
    int result;
    json_t *answer = ask(cli, "load.end", json_object(), &result);
    if (answer == NULL) {
        return result;
    }
    if (cli->json) {
        json_print(answer);
    } else {
        (void)printf("%s %lld\n", in_language(cli, "loading is closed, seq", "装载已结束，序号"),
                     (long long)json_integer_value(json_object_get(answer, "seq")));
    }
    json_decref(answer);
    return EXIT_OK;
}

int command_load(struct cli *cli)
{
    static struct load load;
    if (given(cli, OPTION_END) && cli->args.operand_count == 0) {
        return end_loading(cli);
    }
    if (!lines_open(&load.lines, cli)) {
        return EXIT_FAILED;
    }
    load.feed = (struct feed){
        .cli = cli, .method = "load", .inflight = LOAD_INFLIGHT, .tell = tell_load, .arg = &load};
    load.events = json_array();
    progress_begin(&load.progress, cli);
    load_lines(&load);
    progress_end(&load.progress);
    tell_end(&load);
    json_decref(load.events);
    lines_close(&load.lines);
    return load.feed.worst == EXIT_OK && given(cli, OPTION_END) ? end_loading(cli)
                                                                : load.feed.worst;
}
