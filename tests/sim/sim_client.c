/* Clients: what they send, and what they believe.
 *
 *   - An id has one content for ever, but for a forged retry now and then.
 *   - Old requests are sent again at random, by any client, while the first is still in flight
 *     or long after: the daemon must store each once.
 *   - A client may be cut off at any byte, in both directions. */

#include <stdio.h>
#include <stdlib.h>

#include "tests/sim/sim.h"

void client_connect(struct client *client)
{
    struct wire *wire = calloc(1, sizeof(*wire));
    wire->client = client;
    list_init(&wire->link);
    (void)snprintf(wire->peer.identity, sizeof(wire->peer.identity), "uid:%u",
                   (unsigned)(client - client->world->clients));
    client->peer = &wire->peer;
    client->inbox_len = client->delivered = client->unsent = 0;
    client->owed_count = 0;
    client->next_id = 1;
    client->tailing = client->tail_answered = false;
    client->slow = world_chance(client->world, 20);
    framer_init(&client->framer);
    service_peer_open(client->world->service, client->peer);
}

void client_cut(struct client *client)
{
    struct wire *wire = LIST_ELEMENT(client->peer, struct wire, peer);
    wire->client = NULL;
    service_peer_closed(client->world->service, client->peer);
    list_push_back(&client->world->gone, &wire->link);
    client->peer = NULL;
}

/* ---- sending ---- */

static void write_event(struct writer *out, const struct op_event *event)
{
    static const char *const types[] = {"party.registered", "note.added", "x.sim.step"};
    char text[32];
    bool own = event->kind == ADD_OWN;
    write_map(out, 4u + (event->expect >= 0) + event->has_private);
    (void)snprintf(text, sizeof(text), "e%u", event->id);
    write_text(out, "id");
    write_text(out, text);
    write_text(out, "type");
    write_text(out, types[event->kind]);
    const char *kind = event->kind == MAKE_PARTY ? "p" : own ? "x/x" : "party/p";
    (void)snprintf(text, sizeof(text), "%s%u", kind, event->aggregate);
    write_text(out, "agg");
    write_text(out, text);
    write_text(out, "data");
    write_map(out, event->kind == MAKE_PARTY ? 2 : 1);
    if (event->kind == MAKE_PARTY) {
        write_text(out, "kind");
        write_text(out, "ent_domestic");
    }
    (void)snprintf(text, sizeof(text), "v%u", event->value);
    write_text(out, event->kind == MAKE_PARTY ? "name" : "text");
    write_text(out, text);
    if (event->expect >= 0) {
        write_text(out, "expect");
        write_int(out, event->expect);
    }
    if (event->has_private) {
        write_text(out, "private");
        write_map(out, 1);
        write_text(out, "phone");
        write_text(out, text);
    }
}

static struct op_event new_event(struct world *world)
{
    uint32_t kind = world_pick(world, 10);
    return (struct op_event){.id = world->id_count++,
                             .aggregate = world_pick(world, 6),
                             .value = world_pick(world, 1000),
                             .expect = world_chance(world, 15) ? (int64_t)world_pick(world, 4) : -1,
                             .kind = kind < 2   ? MAKE_PARTY
                                     : kind < 6 ? ADD_NOTE
                                                : ADD_OWN,
                             .has_private = world_chance(world, 15)};
}

/* A new request, now and then with an event of an older one in it. */
static uint32_t new_op(struct world *world)
{
    if (world->op_count == OPS_MAX) {
        return world_pick(world, OPS_MAX);
    }
    struct op *op = &world->ops[world->op_count];
    *op = (struct op){.count = 1 + world_pick(world, OP_EVENTS_MAX), .dry = world_chance(world, 5)};
    for (uint32_t i = 0; i < op->count; i++) {
        op->events[i] = new_event(world);
        if (world->op_count > 0 && world_chance(world, 15)) {
            const struct op *old = &world->ops[world_pick(world, world->op_count)];
            op->events[i] = old->events[world_pick(world, old->count)];
            op->forged = op->forged || old->forged;
            if (world_chance(world, 20)) {
                op->events[i].value += 1000;
                op->forged = true;
            }
        }
    }
    return world->op_count++;
}

static struct owed *owe(struct client *client, enum owed_what what)
{
    struct owed *owed = &client->owed[client->owed_count++];
    *owed = (struct owed){.id = client->next_id++, .what = what};
    return owed;
}

static void post(struct client *client, uint32_t id, const char *method, struct writer *map)
{
    struct writer out =
        writer_over(client->inbox + client->inbox_len, INBOX_BYTES - client->inbox_len);
    rpc_write_request(&out, id, method, writer_slice(map));
    if (out.full) {
        world_fail(client->world, "the simulator's own inbox is full");
    }
    client->inbox_len += out.len;
}

static void send_append(struct client *client, struct writer *map)
{
    struct world *world = client->world;
    bool retry = world->op_count > 0 && world_chance(world, 40);
    uint32_t at = retry ? world_pick(world, world->op_count) : new_op(world);
    const struct op *op = &world->ops[at];
    bool deadline = world_chance(world, 5);
    write_map(map, 1u + op->dry + deadline);
    write_text(map, "events");
    write_array(map, op->count);
    for (uint32_t i = 0; i < op->count; i++) {
        write_event(map, &op->events[i]);
    }
    if (op->dry) {
        write_text(map, "dry");
        write_bool(map, true);
    }
    if (deadline) {
        write_text(map, "_deadline_ms");
        write_uint(map, world_pick(world, 3));
    }
    struct owed *owed = owe(client, OWED_APPEND);
    owed->op = at;
    post(client, owed->id, "append", map);
}

static void send_tail(struct client *client, struct writer *map)
{
    client->tail_next = 1 + world_pick(client->world, 4);
    client->tail_credit = world_pick(client->world, 5);
    client->tailing = true;
    write_map(map, 3);
    write_text(map, "sub");
    write_uint(map, 7);
    write_text(map, "from");
    write_uint(map, client->tail_next);
    write_text(map, "credit");
    write_uint(map, client->tail_credit);
    post(client, owe(client, OWED_TAIL)->id, "tail", map);
}

static void send_credit(struct client *client, struct writer *map)
{
    uint32_t more = 1 + world_pick(client->world, 8);
    if (!client->tail_answered) {
        return;
    }
    client->tail_credit += more;
    write_map(map, 2);
    write_text(map, "sub");
    write_uint(map, 7);
    write_text(map, "n");
    write_uint(map, more);
    post(client, owe(client, OWED_OTHER)->id, "tail.credit", map);
}

static void send_read(struct client *client, struct writer *map)
{
    write_map(map, 3);
    write_text(map, "from");
    write_uint(map, 1 + world_pick(client->world, 20));
    write_text(map, "limit");
    write_uint(map, 1 + world_pick(client->world, 10));
    write_text(map, "types");
    write_array(map, 2);
    write_text(map, "*.added");
    write_text(map, "x.*");
    post(client, owe(client, OWED_READ)->id, "read", map);
}

static void send_other(struct client *client, struct writer *map)
{
    static const char *const names[] = {"ping", "status", "hello", "rebuild", "query", "get"};
    uint32_t which = world_pick(client->world, 6);
    write_map(map, which >= 4);
    if (which == 4) {
        write_text(map, "projection");
        write_text(map, "events");
    } else if (which == 5) {
        char id[16];
        (void)snprintf(id, sizeof(id), "e%u", world_pick(client->world, 40));
        write_text(map, "id");
        write_text(map, id);
    }
    post(client, owe(client, OWED_OTHER)->id, names[which], map);
}

void client_act(struct client *client)
{
    uint8_t bytes[4096];
    struct writer map = writer_over(bytes, sizeof(bytes));
    if (client->owed_count >= OWED_MAX - 1 || INBOX_BYTES - client->inbox_len < 8192) {
        return;
    }
    uint32_t what = world_pick(client->world, 20);
    if (what < 12) {
        send_append(client, &map);
    } else if (what < 14) {
        send_read(client, &map);
    } else if (what < 16 && !client->tailing) {
        send_tail(client, &map);
    } else if (what < 19) {
        send_credit(client, &map);
    } else {
        send_other(client, &map);
    }
}

/* As the transport does: whole messages only, and none while the service will not take more. */
void client_deliver(struct client *client, bool whole)
{
    struct world *world = client->world;
    size_t waiting = client->inbox_len - client->delivered;
    client->delivered += whole ? waiting : world_pick(world, (uint32_t)waiting + 1);
    while (client->peer != NULL && client->delivered > 0 &&
           service_may_read(world->service, client->peer)) {
        size_t len;
        struct slice bytes = slice_of(client->inbox, client->delivered);
        enum status status = framer_next(&client->framer, bytes, &len);
        if (status == STATUS_INCOMPLETE) {
            return;
        }
        if (status == STATUS_OK) {
            status = service_message(world->service, client->peer, slice_of(client->inbox, len));
        }
        if (status != STATUS_OK) {
            world_fail(world, "a good message ends the connection: %s", status_name(status));
            return;
        }
        if (client->peer == NULL) {
            return;
        }
        memmove(client->inbox, client->inbox + len, client->inbox_len - len);
        client->inbox_len -= len;
        client->delivered -= len;
    }
}
