/* What a client hears, checked at the moment in which the daemon says it: an ack must be true
 * then and for ever. */

#include <stdio.h>

#include "proto/cursor.h"
#include "tests/sim/sim.h"

/* Is the event `seq` on the disk the one that was meant? */
static bool stored_as(const struct world *world, uint64_t seq, const struct op_event *meant)
{
    struct event event;
    struct slice value;
    char id[32], text[32];
    if (seq == 0 || seq > world->disk.count) {
        return false;
    }
    (void)event_from_stored(world->disk.records[seq - 1].row.stored, &event);
    (void)snprintf(id, sizeof(id), "e%u", meant->id);
    (void)snprintf(text, sizeof(text), "v%u", meant->value);
    return slice_is(event.id, id) &&
           map_find(event.data, meant->kind == MAKE_PARTY ? "name" : "text", &value) &&
           value_text(value, &value) && slice_is(value, text);
}

static void hear_ack(struct client *client, struct op *op, struct slice result)
{
    struct world *world = client->world;
    struct slice results, one, value;
    uint32_t count;
    int64_t seq;
    if (!map_find(result, "results", &results)) {
        world_fail(world, "an ack without results");
        return;
    }
    struct cursor in = cursor_over(results);
    (void)cursor_array(&in, &count);
    if (count != op->count) {
        world_fail(world, "%u results for %u events", count, op->count);
        return;
    }
    for (uint32_t i = 0; i < count && !op->dry; i++) {
        if (!cursor_value(&in, &one) || !map_find(one, "seq", &value) || !value_int(value, &seq) ||
            !stored_as(world, (uint64_t)seq, &op->events[i])) {
            world_fail(world, "acked e%u, which is not stored there", op->events[i].id);
            return;
        }
        world->max_acked = (uint64_t)seq > world->max_acked ? (uint64_t)seq : world->max_acked;
    }
    if (!op->dry) {
        op->acked = true;
        world->acks++;
    }
}

static bool says(struct slice text, const char *code)
{
    size_t len = strlen(code);
    return text.len >= len && memcmp(text.data, code, len) == 0;
}

/* A request that was acked once may later meet trouble, but never be told that it is wrong. */
static void hear_refusal(struct client *client, const struct op *op, struct slice error)
{
    struct slice text;
    if (!value_text(error, &text)) {
        world_fail(client->world, "an error that is no text");
    } else if (op->acked && says(text, "E_")) {
        world_fail(client->world, "acked before, now refused: %.*s", (int)text.len,
                   (const char *)text.data);
    } else if (says(text, "BAD_") || says(text, "INTERNAL") || says(text, "CORRUPT") ||
               says(text, "E_BAD_FIELD") || says(text, "E_UNKNOWN_TYPE")) {
        world_fail(client->world, "%.*s", (int)text.len, (const char *)text.data);
    }
}

/* Every event of an answer is the one on the disk. */
static uint64_t hear_events(struct client *client, struct slice events, bool gapless)
{
    struct world *world = client->world;
    struct cursor in = cursor_over(events);
    struct slice one, value, hash;
    uint32_t count = 0;
    int64_t seq;
    (void)cursor_array(&in, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!cursor_value(&in, &one) || !map_find(one, "seq", &value) || !value_int(value, &seq) ||
            (uint64_t)seq > world->disk.count || seq < 1) {
            world_fail(world, "an event that is not durable");
            return count;
        }
        struct cursor at = {0};
        if (map_find(one, "hash", &hash)) {
            at = cursor_over(hash);
        }
        if (!cursor_bin(&at, &hash) || hash.len != HASH_BYTES ||
            memcmp(hash.data, world->disk.records[seq - 1].row.leaf, HASH_BYTES) != 0) {
            world_fail(world, "event %lld is not the stored one", (long long)seq);
        }
        if (gapless && (uint64_t)seq != client->tail_next + i) {
            world_fail(world, "tail at %llu gave %lld", (unsigned long long)client->tail_next,
                       (long long)seq);
        }
    }
    return count;
}

static void hear_notification(struct client *client, const struct rpc_message *message)
{
    struct cursor in = cursor_over(message->params);
    struct slice events;
    uint32_t count;
    int64_t sub;
    if (!slice_is(message->method, "tail.events")) {
        return;
    }
    if (!client->tail_answered) {
        world_fail(client->world, "tail.events before the answer");
    }
    if (!cursor_array(&in, &count) || !cursor_int(&in, &sub) || !cursor_value(&in, &events)) {
        world_fail(client->world, "tail.events that do not read");
        return;
    }
    uint64_t seen = hear_events(client, events, true);
    if (seen == 0 || seen > client->tail_credit) {
        world_fail(client->world, "%llu events for a credit of %u", (unsigned long long)seen,
                   client->tail_credit);
    }
    client->tail_next += seen;
    client->tail_credit -= (uint32_t)seen;
}

static void hear_answer(struct client *client, const struct owed *owed,
                        const struct rpc_message *message)
{
    bool good = message->error.len == 1 && message->error.data[0] == 0xc0;
    struct slice events, value;
    int64_t at;
    if (owed->what == OWED_APPEND) {
        struct op *op = &client->world->ops[owed->op];
        if (good) {
            hear_ack(client, op, message->result);
        } else {
            hear_refusal(client, op, message->error);
        }
    } else if (owed->what == OWED_READ && good) {
        if (map_find(message->result, "events", &events)) {
            (void)hear_events(client, events, false);
        }
        if (!map_find(message->result, "at", &value) || !value_int(value, &at) ||
            (uint64_t)at > client->world->disk.count) {
            world_fail(client->world, "an answer at a seq that is not durable");
        }
    } else if (owed->what == OWED_TAIL) {
        client->tail_answered = good;
        client->tailing = good;
    }
}

void client_hear(struct client *client, struct slice encoded)
{
    struct rpc_message message;
    if (shape_check(encoded, FRAME_DEPTH_MAX) != STATUS_OK ||
        rpc_read(encoded, &message) != STATUS_OK || message.kind == RPC_REQUEST) {
        world_fail(client->world, "the daemon sent no message");
        return;
    }
    if (message.kind == RPC_NOTIFICATION) {
        hear_notification(client, &message);
        return;
    }
    for (uint32_t i = 0; i < client->owed_count; i++) {
        if (client->owed[i].id == message.id) {
            struct owed owed = client->owed[i];
            client->owed[i] = client->owed[--client->owed_count];
            hear_answer(client, &owed, &message);
            return;
        }
    }
    world_fail(client->world, "an answer to nothing, or a second one");
}
