/* append and load: events from a file, a line an event or a batch.
 *
 *   A1  A result line for every line, in their order, also when several requests are under way.
 *   A2  An id that is missing is made here, once: a retry inside the library sends the same one.
 *   A3  The first refused line ends the run unless --keep-going; what was acknowledged stays. */

#include <errno.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ops/cli/cli.h"

#define INFLIGHT_MOST 256
#define LOAD_BATCH 200
#define LOAD_INFLIGHT 16

/* A request under way, or answered and waiting for its turn to be printed (A1). */
struct slot {
    struct feed *feed;
    bool answered;
    int code;
    bool batch;
    size_t events;
    char *ids;      /* one event: its id */
    json_t *answer; /* result, or {"error":…} */
};

struct feed {
    struct cli *cli;
    const char *method;
    struct slot slots[INFLIGHT_MOST];
    unsigned first, count, inflight;
    unsigned long long lines, events, refused;
    uint64_t bytes_read, bytes_total;
    time_t shown;
    struct timespec started;
    int worst;
    bool quiet; /* load: no result lines */
};

static void slot_free(struct slot *slot)
{
    free(slot->ids);
    json_decref(slot->answer);
    *slot = (struct slot){.feed = slot->feed};
}

static void print_single(const struct slot *slot)
{
    const json_t *row = json_array_get(json_object_get(slot->answer, "results"), 0);
    json_t *line =
        json_pack("{s:O?,s:O?,s:O?,s:O?,s:s}", "seq", json_object_get(row, "seq"), "agg_seq",
                  json_object_get(row, "agg_seq"), "dup", json_object_get(row, "dup"), "flags",
                  json_object_get(row, "flags"), "id", slot->ids == NULL ? "" : slot->ids);
    const json_t *effects = json_object_get(row, "effects");
    if (effects != NULL) {
        (void)json_object_set(line, "effects", (json_t *)(uintptr_t)effects);
    }
    json_print(line);
    json_decref(line);
}

static void print_plain(const struct feed *feed, const struct slot *slot)
{
    const json_t *rows = json_object_get(slot->answer, "results");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        char *flags = json_dumps(json_object_get(row, "flags"), JSON_COMPACT);
        bool flagged = json_array_size(json_object_get(row, "flags")) > 0;
        (void)printf("%s %lld%s%s%s\n", in_language(feed->cli, "seq", "序号"),
                     (long long)json_integer_value(json_object_get(row, "seq")),
                     json_is_true(json_object_get(row, "dup")) ? " dup" : "", flagged ? " " : "",
                     flagged && flags != NULL ? flags : "");
        free(flags);
    }
}

static void print_answer(const struct feed *feed, const struct slot *slot)
{
    const struct cli *cli = feed->cli;
    if (slot->code != ACCRUE_OK) {
        if (cli->json) {
            json_print(slot->answer);
        } else {
            print_error(cli, json_object_get(slot->answer, "error"), slot->code);
        }
    } else if (feed->quiet) {
        return;
    } else if (!cli->json) {
        print_plain(feed, slot);
    } else if (slot->batch) {
        json_print(slot->answer);
    } else {
        print_single(slot);
    }
}

static void on_reply(void *arg, const accrue_error *error, accrue_value result)
{
    struct slot *slot = arg;
    slot->answered = true;
    slot->code = error == NULL ? ACCRUE_OK : error->code;
    if (error == NULL) {
        slot->answer = json_of(result);
        return;
    }
    json_t *told = error_json(error);
    slot->answer = json_pack("{s:o,s:s}", "error", told, "id", slot->ids == NULL ? "" : slot->ids);
}

static void show_progress(struct feed *feed, bool last)
{
    time_t now = time(NULL);
    struct timespec clock;
    if (!isatty(STDERR_FILENO) || (now == feed->shown && !last) || feed->bytes_total == 0) {
        return;
    }
    feed->shown = now;
    (void)clock_gettime(CLOCK_MONOTONIC, &clock);
    uint64_t spent_ms = (uint64_t)(clock.tv_sec - feed->started.tv_sec) * 1000 +
                        (uint64_t)(clock.tv_nsec / 1000000) -
                        (uint64_t)(feed->started.tv_nsec / 1000000) + 1;
    uint64_t permille = feed->bytes_read * 1000 / feed->bytes_total;
    uint64_t left_s = feed->bytes_read == 0 ? 0
                                            : spent_ms * (feed->bytes_total - feed->bytes_read) /
                                                  feed->bytes_read / 1000;
    (void)fprintf(stderr, "\r%3llu.%llu%%  %llu events  %llu/s  ETA %llu s   %s",
                  (unsigned long long)permille / 10, (unsigned long long)permille % 10,
                  feed->events, (unsigned long long)(feed->events * 1000 / spent_ms),
                  (unsigned long long)left_s, last ? "\n" : "");
}

/* Print what is answered, from the oldest on; false when the run is to end. */
static bool drain(struct feed *feed, unsigned keep)
{
    while (feed->count > keep || (feed->count > 0 && feed->slots[feed->first].answered)) {
        struct slot *slot = &feed->slots[feed->first];
        if (!slot->answered) {
            int code = accrue_poll(feed->cli->connection, 1000);
            if (code != ACCRUE_OK && !slot->answered) {
                /* Nobody is there any more; the core's deadline will say what is known. */
                struct timespec pause = {.tv_nsec = 50000000};
                (void)nanosleep(&pause, NULL);
                (void)accrue_client_tick(accrue_connection_client(feed->cli->connection),
                                         UINT64_MAX - 1);
            }
            continue;
        }
        print_answer(feed, slot);
        bool refused = slot->code != ACCRUE_OK;
        int exit_code = exit_of(slot->code);
        feed->events += refused ? 0 : slot->events;
        feed->refused += refused;
        feed->worst = refused && feed->worst == EXIT_OK ? exit_code : feed->worst;
        slot_free(slot);
        feed->first = (feed->first + 1) % INFLIGHT_MOST;
        feed->count--;
        show_progress(feed, false);
        if (refused && feed->cli->args.value[OPTION_KEEP_GOING] == NULL) {
            return false;
        }
    }
    return true;
}

static bool submit(struct feed *feed, json_t *params, bool batch, size_t events, const char *id)
{
    if (!drain(feed, feed->inflight - 1)) {
        json_decref(params);
        return false;
    }
    struct slot *slot = &feed->slots[(feed->first + feed->count) % INFLIGHT_MOST];
    accrue_builder *builder = accrue_builder_new();
    accrue_value value;
    *slot = (struct slot){.feed = feed, .batch = batch, .events = events};
    slot->ids = id == NULL ? NULL : strdup(id);
    int code = builder != NULL && json_build(builder, params) ? accrue_build_done(builder, &value)
                                                              : ACCRUE_E_BAD_FIELD;
    if (code == ACCRUE_OK) {
        code = accrue_client_request(accrue_connection_client(feed->cli->connection), feed->method,
                                     value, feed->cli->timeout_ms, on_reply, slot);
    }
    if (code != ACCRUE_OK) {
        slot->answered = true;
        slot->code = code;
        slot->answer =
            json_pack("{s:{s:s,s:s}}", "error", "code", accrue_code_name(code), "message",
                      accrue_code_text(code, feed->cli->chinese ? "zh" : "en"));
    }
    accrue_builder_free(builder);
    json_decref(params);
    feed->count++;
    return feed->inflight > 1 || drain(feed, 0);
}

/* ---- lines ---- */

static void add_id(const struct cli *cli, json_t *event)
{
    char id[65];
    if (json_object_get(event, "id") != NULL) {
        return;
    }
    if (cli->args.value[OPTION_ID_FROM_CONTENT] != NULL) {
        uint8_t digest[32];
        char *text = json_dumps(event, JSON_COMPACT | JSON_SORT_KEYS);
        if (text == NULL || EVP_Digest(text, strlen(text), digest, NULL, EVP_sha256(), NULL) != 1) {
            free(text);
            return;
        }
        for (int i = 0; i < 20; i++) {
            (void)snprintf(id + 2 * i, 3, "%02x", digest[i]);
        }
        free(text);
    } else if (accrue_event_id(id) != ACCRUE_OK) {
        return;
    }
    (void)json_object_set_new(event, "id", json_string(id));
}

static int two(const char *at)
{
    return (at[0] - '0') * 10 + (at[1] - '0');
}

/* "2025-03-10T03:00:00Z" to microseconds; false if it is not one. */
static bool utc_time(const char *text, json_int_t *ret_us)
{
    static const char shape[] = "dddd-dd-ddTdd:dd:ddZ";
    if (strlen(text) != sizeof(shape) - 1) {
        return false;
    }
    for (size_t i = 0; i < sizeof(shape) - 1; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == 'd' ? !digit : text[i] != shape[i]) {
            return false;
        }
    }
    struct tm parts = {
        .tm_year = two(text) * 100 + two(text + 2) - 1900,
        .tm_mon = two(text + 5) - 1,
        .tm_mday = two(text + 8),
        .tm_hour = two(text + 11),
        .tm_min = two(text + 14),
        .tm_sec = two(text + 17),
    };
    *ret_us = (json_int_t)timegm(&parts) * 1000000;
    return true;
}

static void recorded_as_number(json_t *event)
{
    const json_t *recorded = json_object_get(event, "recorded");
    json_int_t us;
    if (json_is_string(recorded) && utc_time(json_string_value(recorded), &us)) {
        (void)json_object_set_new(event, "recorded", json_integer(us));
    }
}

static json_t *request_of(const struct feed *feed, json_t *events)
{
    json_t *params = json_pack("{s:o}", "events", events);
    if (feed->cli->args.value[OPTION_DRY_RUN] != NULL) {
        (void)json_object_set_new(params, "dry", json_true());
    }
    return params;
}

static bool take_line(struct feed *feed, json_t *line)
{
    json_t *batch = json_object_get(line, "batch");
    bool many = json_is_array(batch);
    json_t *events = many ? json_incref(batch) : json_pack("[O]", line);
    for (size_t i = 0; i < json_array_size(events); i++) {
        add_id(feed->cli, json_array_get(events, i));
    }
    const char *id =
        many ? NULL : json_string_value(json_object_get(json_array_get(events, 0), "id"));
    return submit(feed, request_of(feed, events), many, json_array_size(events), id);
}

/* load: lines are gathered into larger requests. */
static bool gather(struct feed *feed, json_t **pending, json_t *line)
{
    recorded_as_number(line);
    add_id(feed->cli, line);
    (void)json_array_append(*pending, line);
    if (json_array_size(*pending) < LOAD_BATCH) {
        return true;
    }
    size_t count = json_array_size(*pending);
    json_t *events = *pending;
    *pending = json_array();
    return submit(feed, request_of(feed, events), true, count, NULL);
}

static FILE *open_input(const struct cli *cli)
{
    const char *path = cli->args.operand_count > 0 ? cli->args.operands[0] : "-";
    if (strcmp(path, "-") == 0) {
        return stdin;
    }
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        (void)fprintf(stderr, "accrue: %s: %s\n", path, strerror(errno));
    }
    return file;
}

static void measure_input(struct feed *feed, FILE *file)
{
    (void)clock_gettime(CLOCK_MONOTONIC, &feed->started);
    if (file != stdin && fseeko(file, 0, SEEK_END) == 0) {
        off_t size = ftello(file);
        feed->bytes_total = size > 0 ? (uint64_t)size : 0;
        rewind(file);
    }
}

static int read_lines(struct feed *feed, FILE *file, bool load)
{
    char *text = NULL;
    size_t size = 0;
    ssize_t len;
    json_t *pending = json_array();
    bool going = true;
    measure_input(feed, file);
    while (going && (len = getline(&text, &size, file)) > 0) {
        json_error_t error;
        feed->lines++;
        feed->bytes_read += (uint64_t)len;
        if (strspn(text, " \t\r\n") == (size_t)len) {
            continue;
        }
        json_t *line = json_parse(text, (size_t)len, &error);
        if (!json_is_object(line)) {
            (void)fprintf(stderr, "accrue: line %llu: %s\n", feed->lines,
                          line == NULL ? error.text : "not an object");
            feed->worst = feed->worst == EXIT_OK ? EXIT_USAGE : feed->worst;
            going = feed->cli->args.value[OPTION_KEEP_GOING] != NULL;
        } else {
            going = load ? gather(feed, &pending, line) : take_line(feed, line);
        }
        json_decref(line);
    }
    if (going && json_array_size(pending) > 0) {
        size_t count = json_array_size(pending);
        going = submit(feed, request_of(feed, json_incref(pending)), true, count, NULL);
    }
    json_decref(pending);
    while (feed->count > 0) { /* also behind a refusal: nothing is left without an answer */
        (void)drain(feed, 0);
    }
    show_progress(feed, true);
    free(text);
    return feed->worst;
}

int command_append(struct cli *cli)
{
    struct feed feed = {.cli = cli, .method = "append", .inflight = 1};
    const char *inflight = cli->args.value[OPTION_INFLIGHT];
    if (inflight != NULL) {
        long count = strtol(inflight, NULL, 10);
        if (count < 1 || count > INFLIGHT_MOST) {
            return usage("--inflight %s: 1 to %d", inflight, INFLIGHT_MOST);
        }
        feed.inflight = (unsigned)count;
    }
    FILE *file = open_input(cli);
    if (file == NULL) {
        return EXIT_FAILED;
    }
    int result = read_lines(&feed, file, false);
    (void)fclose(file);
    return result;
}

int command_load(struct cli *cli)
{
    struct feed feed = {.cli = cli, .method = "load", .inflight = LOAD_INFLIGHT, .quiet = true};
    if (cli->args.value[OPTION_END] != NULL) {
        accrue_value result;
        int code = call(cli, "load.end", json_object(), &result);
        return code == ACCRUE_OK ? EXIT_OK : report(cli, code);
    }
    FILE *file = open_input(cli);
    if (file == NULL) {
        return EXIT_FAILED;
    }
    int result = read_lines(&feed, file, true);
    (void)fclose(file);
    if (cli->json) {
        json_t *line = json_pack("{s:I,s:I}", "events", (json_int_t)feed.events, "refused",
                                 (json_int_t)feed.refused);
        json_print(line);
        json_decref(line);
    }
    return result;
}
