#ifndef ACCRUE_DAEMON_COMMIT_REQUEST_H
#define ACCRUE_DAEMON_COMMIT_REQUEST_H

/* One append on its way: from the service, through the queue and apply, back to the service.
 *
 *   R1  A request owns its link and all its memory, so queueing, applying and answering it
 *       cannot fail for want of any.
 *   R2  It belongs to one thread at a time: to the loop until it is pushed, to the writer from
 *       when its group is taken, to the loop again once it is collected.
 *   R3  What it holds comes from a pool and goes back to it: in steady state an append allocates
 *       nothing. The pool belongs to the loop thread. */

#include "daemon/base/list.h"
#include "proto/event.h"

/* Who asked, and for how long they care. What is answered later has one. */
struct call {
    struct list_node link; /* of the peer's unanswered calls */
    void *peer;
    size_t bytes;     /* of the frame */
    int64_t arrived;  /* monotonic microseconds */
    int64_t deadline; /* the same, or INT64_MAX */
    uint32_t id;
    uint8_t method; /* its number */
};

struct append_result {
    uint64_t seq, agg_seq, flags;
    uint8_t hash[HASH_BYTES];
    bool dup;
    struct slice effects; /* dry runs only */
};

enum request_kind {
    REQUEST_APPEND,
    REQUEST_LOAD,     /* recorded times supplied */
    REQUEST_LOAD_END, /* one system.load_ended; ends loading */
    REQUEST_START,    /* the daemon's own events at a start */
};

struct request {
    struct list_node link; /* of a lane, a group, or the done list */
    struct call call;

    /* ---- what is asked; filled by the loop ---- */
    enum request_kind kind;
    bool dry;
    uint64_t min_seq;
    struct slice by;   /* outlives the request */
    size_t body_bytes; /* bodies and private parts: what queue and group count */
    uint32_t count;
    struct event *events;
    uint8_t (*salts)[PRIVATE_SALT_BYTES];
    struct writer effects; /* dry: where apply copies what the ledger decided */

    /* ---- what came of it; filled by the writer ---- */
    struct append_result *results;
    struct slice figures; /* dry runs only: rows of figures.h; empty if there was no room */
    bool figures_cut;
    enum status status;
    struct fault fault;
    int64_t taken, applied, durable; /* monotonic microseconds */

    /* ---- the pool's ---- */
    uint8_t *memory;
    size_t memory_bytes;
};

/* Blocks of memory in powers of two. */
#define REQUEST_CLASSES 16u /* of 2 KiB to 64 MiB */
#define REQUEST_CLASS_FIRST (2 * KIB)

struct request_pool {
    struct list_node free; /* requests without memory */
    void *blocks[REQUEST_CLASSES];
    size_t kept_bytes; /* in `blocks` */
    size_t used_bytes; /* held by requests that are out */
};

void request_pool_init(struct request_pool *pool);
void request_pool_done(struct request_pool *pool);

/* A request with room for `count` events whose wire forms are `wire_bytes` together; `*ret_body`
 * is where event_from_wire() writes. NULL: out of memory. */
struct request *request_get(struct request_pool *pool, uint32_t count, size_t wire_bytes, bool dry,
                            struct writer *ret_body);
void request_put(struct request_pool *pool, struct request *request);

#endif
