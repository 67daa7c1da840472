/* Requests under way: F1 and F2 of feed.h. */

#include "ops/cli/feed.h"

#define POLL_MS 200

static accrue_client *client_of(const struct feed *feed)
{
    return accrue_connection_client(feed->cli->connection);
}

static void on_reply(void *arg, const accrue_error *error, accrue_value result)
{
    struct slot *slot = arg;
    slot->answered = true;
    slot->code = error == NULL ? ACCRUE_OK : error->code;
    slot->answer = error == NULL ? json_of(result) : error_json(error);
}

static void count_results(struct feed *feed, const json_t *answer)
{
    const json_t *results = json_object_get(answer, "results");
    for (size_t i = 0; i < json_array_size(results); i++) {
        const json_t *row = json_array_get(results, i);
        uint64_t seq = (uint64_t)json_integer_value(json_object_get(row, "seq"));
        bool dup = json_is_true(json_object_get(row, "dup"));
        feed->dups += dup;
        feed->stored += !dup;
        feed->first_seq = feed->first_seq == 0 || seq < feed->first_seq ? seq : feed->first_seq;
        feed->last_seq = seq > feed->last_seq ? seq : feed->last_seq;
    }
}

static void tell_first(struct feed *feed)
{
    struct slot *slot = &feed->slots[feed->first];
    if (slot->code == ACCRUE_OK) {
        count_results(feed, slot->answer);
    } else {
        feed->refused++;
        feed->worst = feed->worst == EXIT_OK ? exit_of(slot->code) : feed->worst;
        feed->stopped = feed->stopped || !feed->keep_going; /* F2 */
    }
    feed->tell(feed, slot);
    json_decref(slot->events);
    json_decref(slot->answer);
    feed->first = (feed->first + 1) % FEED_MAX;
    feed->count--;
}

/* Something may happen; deadlines pass also while nobody is there. */
static void wait_some(struct feed *feed)
{
    int code = accrue_poll(feed->cli->connection, POLL_MS);
    (void)accrue_client_tick(client_of(feed), now_ms());
    if (code != ACCRUE_OK && code != ACCRUE_UNAVAILABLE) {
        feed->stopped = true; /* the core's deadlines still end what is under way */
    }
}

/* Tell what is answered, from the oldest on, until at most `keep` wait. */
static void drain(struct feed *feed, unsigned keep)
{
    while (feed->count > 0) {
        if (feed->slots[feed->first].answered) {
            tell_first(feed);
        } else if (feed->count > keep) {
            wait_some(feed);
        } else {
            return;
        }
    }
}

static struct slot *next_slot(struct feed *feed, uint64_t line)
{
    struct slot *slot = &feed->slots[(feed->first + feed->count++) % FEED_MAX];
    *slot = (struct slot){.feed = feed, .line = line};
    return slot;
}

static int post(struct feed *feed, struct slot *slot)
{
    accrue_builder *builder = accrue_builder_new();
    accrue_value value;
    json_t *params = json_pack("{s:O}", "events", slot->events);
    int code = ACCRUE_NOMEM;
    if (feed->dry) {
        (void)json_object_set_new(params, "dry", json_true());
    }
    if (builder != NULL) {
        code =
            json_build(builder, params) ? accrue_build_done(builder, &value) : ACCRUE_E_BAD_FIELD;
    }
    if (code == ACCRUE_OK) {
        (void)accrue_client_tick(client_of(feed), now_ms()); /* the deadline counts from now */
        code = accrue_client_request(client_of(feed), feed->method, value, feed->cli->timeout_ms,
                                     on_reply, slot);
    }
    accrue_builder_free(builder);
    json_decref(params);
    return code;
}

bool feed_send(struct feed *feed, json_t *events, bool batch, uint64_t line)
{
    drain(feed, feed->inflight - 1);
    if (feed->stopped) {
        json_decref(events);
        return false;
    }
    struct slot *slot = next_slot(feed, line);
    slot->events = events;
    slot->batch = batch;
    int code = post(feed, slot);
    if (code != ACCRUE_OK) {
        slot->answered = true;
        slot->code = code;
        slot->answer =
            error_made(feed->cli, code,
                       code == ACCRUE_E_BAD_FIELD
                           ? in_language(feed->cli, "a number that is no integer", "含非整数数值")
                           : "");
    }
    drain(feed, feed->inflight > 1 ? feed->inflight : 0);
    return !feed->stopped;
}

bool feed_refuse(struct feed *feed, int code, const char *detail, uint64_t line)
{
    drain(feed, FEED_MAX - 1);
    if (feed->stopped) {
        return false;
    }
    struct slot *slot = next_slot(feed, line);
    slot->answered = true;
    slot->code = code;
    slot->answer = error_made(feed->cli, code, detail);
    drain(feed, feed->inflight > 1 ? feed->inflight : 0);
    return !feed->stopped;
}

void feed_finish(struct feed *feed)
{
    drain(feed, 0);
}
