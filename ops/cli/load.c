/* load: bulk load with recorded times, many lines a request.
 *
 *   D1  Requests are as large as the daemon likes them and in order, so that `recorded` never
 *       goes back; a line that is refused ends the run and is named. */

#include <stdlib.h>

#include "ops/cli/append.h"
#include "ops/cli/lines.h"
#include "ops/cli/loadable.h"
#include "ops/cli/progress.h"
#include "proto/limits.h"

#define LOAD_EVENTS 500u
#define LOAD_BYTES (1 * MIB) /* more is one event too large for any request */
#define LOAD_INFLIGHT 8u

struct load {
    struct feed feed;
    struct lines lines;
    struct progress progress;
    struct writer events; /* an array, with room for one more event */
    size_t mark;
    uint32_t count;
    uint64_t first_line;
};

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

static void begin_array(struct load *load)
{
    load->events.len = 0;
    load->count = 0;
    load->mark = write_array_begin(&load->events);
}

static bool flush_events(struct load *load)
{
    if (load->count == 0) {
        return true;
    }
    write_array_end(&load->events, load->mark, load->count);
    accrue_value events = {load->events.data, load->events.len};
    bool going = feed_send_encoded(&load->feed, events, load->first_line);
    progress_show(&load->progress, load->lines.bytes_read, load->lines.bytes_total,
                  load->feed.stored + load->feed.dups);
    begin_array(load);
    return going;
}

static bool refuse(struct load *load, const char *why)
{
    return flush_events(load) &&
           feed_refuse(&load->feed, ACCRUE_BAD_REQUEST, why, load->lines.number);
}

static bool take_line(struct load *load, const char *text, size_t len)
{
    char why[JSON_ERROR_TEXT_LENGTH];
    bool from_content = given(load->feed.cli, OPTION_ID_FROM_CONTENT);
    enum loadable kind = loadable_write(text, len, from_content, &load->events, why, sizeof(why));
    switch (kind) {
    case LOADABLE_BAD:
        return refuse(load, why);
    case LOADABLE_FULL:
        return refuse(load, "too large a line");
    case LOADABLE_PASS:
        return flush_events(load); /* lines and events go together again */
    case LOADABLE_EVENT:
        break;
    }
    if (load->count++ == 0) {
        load->first_line = load->lines.number;
    }
    bool enough = load->count == LOAD_EVENTS || load->events.len >= LOAD_BYTES;
    return !enough || flush_events(load);
}

static void load_lines(struct load *load)
{
    const char *text;
    size_t len;
    bool going = true;
    begin_array(load);
    while (going) {
        uint64_t number = load->lines.number;
        if (!lines_read(&load->lines, &text, &len)) {
            (void)flush_events(load);
            break;
        }
        if (load->lines.number != number + 1) {
            going = flush_events(load); /* empty lines between */
        }
        going = going && take_line(load, text, len);
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
    void *room = malloc(2 * LOAD_BYTES);
    if (room == NULL || !lines_open(&load.lines, cli)) {
        free(room);
        return EXIT_FAILED;
    }
    load.feed = (struct feed){.cli = cli,
                              .method = "load",
                              .counts_only = true,
                              .inflight = LOAD_INFLIGHT,
                              .tell = tell_load,
                              .arg = &load};
    load.events = writer_over(room, 2 * LOAD_BYTES);
    progress_begin(&load.progress, cli);
    load_lines(&load);
    progress_end(&load.progress);
    tell_end(&load);
    lines_close(&load.lines);
    free(room);
    return load.feed.worst == EXIT_OK && given(cli, OPTION_END) ? end_loading(cli)
                                                                : load.feed.worst;
}
