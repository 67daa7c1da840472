#ifndef ACCRUE_TESTS_SIM_SIM_H
#define ACCRUE_TESTS_SIM_SIM_H

/* One simulated world: the daemon without sockets, a disk, a clock and a few clients, all driven
 * by one seed. Everything random comes from world_random(); so a seed is a run. */

#include "daemon/service/service_inner.h"
#include "proto/shape.h"
#include "tests/support/small/model_log.h"

#define CLIENTS 4u
#define OPS_MAX 96u
#define OP_EVENTS_MAX 3u
#define OWED_MAX 24u
#define INBOX_BYTES (32 * KIB)

/* An event as a client means it. The same id always has the same content, but for `forged`. */
struct op_event {
    uint32_t id, aggregate, value;
    int64_t expect;
    enum { MAKE_PARTY, ADD_NOTE, ADD_OWN } kind;
    bool has_private;
};

struct op {
    uint32_t count;
    struct op_event events[OP_EVENTS_MAX];
    bool dry, forged;
    bool acked; /* every event of it, at some time */
};

/* A request without an answer yet. */
enum owed_what { OWED_APPEND, OWED_READ, OWED_TAIL, OWED_OTHER };

struct owed {
    uint32_t id;
    enum owed_what what;
    uint32_t op;
};

struct client {
    struct world *world;
    struct peer *peer; /* NULL: not connected */
    struct framer framer;
    uint8_t *inbox; /* sent by the client, not yet taken by the service */
    size_t inbox_len, delivered;
    size_t unsent; /* sent by the service, not yet read by the client */
    struct owed owed[OWED_MAX];
    uint32_t owed_count, next_id;
    bool tailing, tail_answered;
    uint64_t tail_next;
    uint32_t tail_credit;
    bool slow;
};

struct world {
    uint64_t random, seed;
    uint64_t trace;
    struct disk disk;
    struct service *service;
    struct client clients[CLIENTS];
    struct list_node gone; /* peers that the service still holds */
    struct job *jobs[READER_JOBS_RUNNING + 1];
    size_t job_count;
    bool job_ran[READER_JOBS_RUNNING + 1];
    int64_t wall, mono;
    struct op ops[OPS_MAX];
    uint32_t op_count, id_count;
    uint64_t acks, restarts, steps, max_acked, snapshots_used;
    bool nested; /* while an append is being synced */
    char failure[240];
};

/* One peer with its place in `gone`. */
struct wire {
    struct peer peer;
    struct list_node link;
    struct client *client; /* NULL: closed */
};

extern const char *planted; /* name of the fault point that is on, or NULL */

/* False: world->failure says why. */
bool world_run(struct world *world, uint64_t seed, uint32_t steps);

uint64_t world_random(struct world *world);
uint32_t world_pick(struct world *world, uint32_t below);
bool world_chance(struct world *world, uint32_t percent);
void world_fail(struct world *world, const char *format, ...) __attribute__((format(printf, 2, 3)));
void world_trace(struct world *world, const void *bytes, size_t len);

/* ---- clients ---- */

void client_connect(struct client *client);
void client_cut(struct client *client);
void client_act(struct client *client);                        /* send something */
void client_deliver(struct client *client, bool whole);        /* let the service see some of it */
void client_hear(struct client *client, struct slice encoded); /* a message of the service */

#endif
