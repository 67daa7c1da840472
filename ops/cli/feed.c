/* Requests under way: F1 and F2 of feed.h. */

#include "ops/cli/feed.h"

#define POLL_MS 200

static accrue_client *client_of(const struct feed *feed)
{
    return accrue_connection_client(feed->cli->connection);
}

static void count_result(struct feed *feed, accrue_value row)
{
    accrue_value value;
    int64_t seq = 0;
    int dup = 0;
    if (accrue_value_find(row, "seq", &value) && accrue_value_int(value, &seq) &&
        accrue_value_find(row, "dup", &value) && accrue_value_bool(value, &dup)) {
        uint64_t at = (uint64_t)seq;
        feed->dups += dup != 0;
        feed->stored += dup == 0;
        feed->first_seq = feed->first_seq == 0 || at < feed->first_seq ? at : feed->first_seq;
        feed->last_seq = at > feed->last_seq ? at : feed->last_seq;
    }
}

static void count_results(struct feed *feed, accrue_value result)
{
    accrue_value rows;
    accrue_value key;
    accrue_value row;
    size_t at = 0;
    if (accrue_value_find(result, "results", &rows)) {
        while (accrue_value_next(rows, &at, &key, &row)) {
            count_result(feed, row);
        }
    }
}

static void on_reply(void *arg, const accrue_error *error, accrue_value result)
{
    struct slot *slot = arg;
    slot->answered = true;
    slot->code = error == NULL ? ACCRUE_OK : error->code;
    if (error != NULL) {
        slot->answer = error_json(error);
        return;
    }
    count_results(slot->feed, result);
    slot->answer = slot->feed->counts_only ? NULL : json_of(result);
}

static void tell_first(struct feed *feed)
{
    struct slot *slot = &feed->slots[feed->first];
    if (slot->code != ACCRUE_OK) {
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

static int post(struct feed *feed, struct slot *slot, accrue_value encoded)
{
    accrue_builder *params = accrue_builder_new();
    accrue_value value;
    bool built = params != NULL;
    if (built) {
        accrue_build_map(params);
        accrue_build_key(params, "events");
        if (slot->events == NULL) {
            accrue_build_value(params, encoded);
        } else {
            built = json_build(params, slot->events);
        }
        if (feed->dry) {
            accrue_build_key(params, "dry");
            accrue_build_bool(params, 1);
        }
        accrue_build_end(params);
    }
    int code = params == NULL ? ACCRUE_NOMEM
               : built        ? accrue_build_done(params, &value)
                              : ACCRUE_E_BAD_FIELD;
    if (code == ACCRUE_OK) {
        (void)accrue_client_tick(client_of(feed), now_ms()); /* the deadline counts from now */
        code = accrue_client_request(client_of(feed), feed->method, value, feed->cli->timeout_ms,
                                     on_reply, slot);
    }
    accrue_builder_free(params);
    return code;
}

static bool send_slot(struct feed *feed, struct slot *slot, accrue_value encoded)
{
    int code = post(feed, slot, encoded);
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
    return send_slot(feed, slot, (accrue_value){NULL, 0});
}

bool feed_send_encoded(struct feed *feed, accrue_value events, uint64_t line)
{
    drain(feed, feed->inflight - 1);
    if (feed->stopped) {
        return false;
    }
    struct slot *slot = next_slot(feed, line);
    slot->batch = true;
    return send_slot(feed, slot, events);
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
