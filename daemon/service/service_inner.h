#ifndef ACCRUE_DAEMON_SERVICE_SERVICE_INNER_H
#define ACCRUE_DAEMON_SERVICE_SERVICE_INNER_H

/* What the files of this folder share. All of it is the loop thread's, unless a field says
 * otherwise. */

#include "daemon/commit/committer.h"
#include "daemon/service/latency.h"
#include "daemon/service/metrics.h"
#include "daemon/service/params.h"
#include "daemon/service/service.h"
#include "proto/rpc.h"

/* ---- reader jobs ---- */

/* Something that reads the log or the facts: it waits, is run once, and is finished. */
struct reader {
    struct list_node link;
    struct service *service;
    struct call call;           /* call.peer NULL: nobody is answered */
    struct published published; /* set when it starts */
    /* Any thread; writes the answer into `out` behind whatever `begin` wrote. */
    enum status (*run)(struct reader *reader, struct writer *out, struct fault *fault);
    /* Loop thread; the reader is the callee's again. Sends `out`, if at all. */
    void (*finish)(struct reader *reader, enum status status, struct writer *out,
                   struct fault *fault);
};

struct reader_slot {
    struct job job;
    struct service *service;
    struct reader *reader; /* NULL: free */
    struct writer out;
    enum status status;
    struct fault fault;
};

struct readers {
    struct reader_slot slots[READER_JOBS_RUNNING];
    struct list_node waiting; /* of calls */
    struct list_node turns;   /* of tails: one each at most, so they need no bound of their own */
    size_t waiting_count;
    bool tail_next;
    uint64_t done;
};

/* ---- the service ---- */

enum stage { STAGE_WAIT, STAGE_APPLY, STAGE_COMMIT, STAGE_ANSWER, STAGES };

struct tasks {
    struct list_node list; /* newest last */
    uint32_t count;
    uint64_t last;
};

/* Snapshots of the facts (snapshots.c). */
struct snapshots {
    uint64_t every; /* events; 0 = none is read or written */
    uint64_t seq;   /* of the last good one, 0 = none */
    int64_t time;   /* when it was written, microseconds UTC */
    uint64_t bytes, written;
    int64_t took_us;
    enum status failed; /* how the last attempt ended */
    uint64_t tried;     /* seq of it */
    bool running, draining;
    int64_t begun;
    struct snapshot_pace pace;

    /* ---- the job's, while it runs ---- */
    struct job job;
    struct snapshot_point point;
    enum status status;
    struct fault fault;
    uint64_t written_bytes;
    int64_t written_time;
};

/* The daily scrub (scrub.c). */
struct scrub {
    int64_t due_us;    /* when it begins, monotonic; 0 = none is wanted */
    struct task *task; /* while its child runs */
    uint64_t seq;      /* of the last that came to a result: how far it read, */
    int64_t time;      /* when it ended, microseconds UTC; 0 = none yet */
    struct fault result;
};

struct tails {
    struct list_node following; /* credit, but nothing to send yet */
    struct list_node paused;    /* their peers have too much unsent */
    struct list_node all;
    uint32_t count;
};

struct service {
    struct env env;
    char *data_dir;
    char release[32];
    struct log *log;
    struct committer committer;
    struct commit_state state; /* as last collected: what answers stand on */
    struct request_pool pool;
    struct lane own;   /* the daemon's own requests */
    struct writer out; /* one answer */
    struct readers readers;
    struct tasks tasks;
    struct tails tails;
    struct snapshots snapshots;
    struct scrub scrub;
    struct latency stages[STAGES];
    struct metrics metrics;
    int64_t started_us;         /* wall clock */
    uint32_t peers, peers_http; /* the latter among the former */
    size_t appends;             /* not yet answered */
    bool draining;
    _Atomic bool corrupt; /* any thread */
};

/* ---- methods ---- */

/* A request that is being looked at. */
struct ask {
    struct service *service;
    struct peer *peer;
    uint32_t id;
    uint8_t method;      /* its number */
    bool silent;         /* a notification: no answer */
    bool called;         /* it has a call, which will be answered later */
    struct slice params; /* the map, or empty; borrowed */
    size_t bytes;        /* of the frame */
    int64_t now;         /* monotonic microseconds */
};

/* STATUS_OK: answered, or will be. Otherwise the dispatcher answers with `fault`. */
typedef enum status method_fn(struct ask *ask, struct fault *fault);

struct method {
    const char *name;
    method_fn *run;
    bool as_notification;
};

extern const struct method methods[]; /* ended by name NULL */
unsigned method_number(method_fn *run);

method_fn method_hello, method_ping, method_status, method_metrics, method_append, method_load,
    method_load_end, method_read, method_get, method_tail, method_tail_credit, method_tail_stop,
    method_query, method_explain, method_rebuild, method_verify, method_job_status,
    method_job_cancel;

int64_t ask_deadline(const struct ask *ask, const struct params *params);

/* ---- calls: answered once (S3) ---- */

void call_begin(struct ask *ask, struct call *call, int64_t deadline);
/* Before the answer is sent; gives the peer, or NULL if it is gone. */
struct peer *call_end(struct call *call);
/* Is this id unanswered at the peer? */
bool call_in_flight(const struct peer *peer, uint32_t id);

/* ---- answers ---- */

/* Begin the one answer: the result's value is to be written next. */
struct writer *answer_begin(struct service *service, uint32_t id);
/* Send it; too large a one becomes an error. */
void answer_send(struct service *service, struct peer *peer, uint32_t id);
void answer_fault(struct service *service, struct peer *peer, uint32_t id,
                  const struct fault *fault);
/* Header of a result or notification in any writer. */
void write_result_head(struct writer *out, uint32_t id);
void write_notification_head(struct writer *out, const char *method);
/* Send bytes that are a whole message. */
bool send_message(struct service *service, struct peer *peer, struct slice message);
void write_flags(struct writer *out, uint64_t flags);

/* ---- readers ---- */

void readers_init(struct service *service);
void readers_done(struct service *service);
/* STATUS_OVERLOADED: not taken. */
enum status readers_push(struct service *service, struct reader *reader);
/* Begin its call and push it; on a refusal it is the caller's again. */
enum status reader_submit(struct ask *ask, struct reader *reader, int64_t deadline,
                          struct fault *fault);
void readers_push_turn(struct service *service, struct reader *reader);
void readers_start(struct service *service);
/* The usual finish: answer the call. The reader stays the caller's. */
void reader_answer(struct reader *reader, enum status status, struct writer *out,
                   struct fault *fault);
/* A reader that is one block of memory, with `params` copied behind it. */
void reader_finish_and_free(struct reader *reader, enum status status, struct writer *out,
                            struct fault *fault);
size_t readers_running(const struct service *service);
/* Remember STATUS_CORRUPT. Any thread. */
enum status note_corrupt(struct service *service, enum status status);

/* ---- tails and tasks ---- */

void tails_init(struct service *service);
/* The head has moved. */
void tails_follow(struct service *service);
void tails_tick(struct service *service);
/* How many events the slowest has yet to see, its own filter aside. */
uint64_t tails_lag(struct service *service);
void tails_peer_drained(struct service *service, struct peer *peer);
void tails_peer_closed(struct service *service, struct peer *peer);

void tasks_init(struct service *service);
void tasks_done(struct service *service);
void tasks_peer_closed(struct service *service, struct peer *peer);

/* ---- snapshots ---- */

void snapshots_init(struct service *service, uint64_t every);
void snapshots_tick(struct service *service);
/* At a stop: write one if it is worth it. True once none is being written. */
bool snapshots_drain(struct service *service);
/* False: not their job. */
bool snapshots_done(struct service *service, const struct job *job);
/* A map, for status. */
void snapshots_status(const struct service *service, struct writer *out);

/* ---- scrub ---- */

/* `after_us`: until the first begins; 0: there are none. */
void scrub_init(struct service *service, int64_t after_us);
void scrub_tick(struct service *service);
/* Its child is gone: STATUS_OK, STATUS_CORRUPT, or why it came to no result. */
void scrub_ended(struct service *service, enum status status);
/* Forget the child. */
void scrub_done(struct service *service);
/* A map, for status. */
void scrub_status(const struct service *service, struct writer *out);

/* ---- appends ---- */

/* system.started, after system.rules_adopted in a new log: made durable before return. */
enum status startup_commit(struct service *service, struct fault *fault);
/* The one event of load.end. */
enum status load_end_request(struct service *service, struct request **ret_request,
                             struct fault *fault);
enum status append_push(struct ask *ask, const struct params *params, struct request *request,
                        struct fault *fault);
void append_answer(struct service *service, struct request *request, int64_t now);

/* ---- metrics ---- */

/* A request was answered; `method` may be the number of the table's end. */
void metrics_answered(struct service *service, unsigned method, enum status code, int64_t took_us);
/* An append that went well. */
void metrics_stored(struct service *service, const struct request *request);
/* Before each request that the writer finished; NULL after the last of them. */
void metrics_group(struct service *service, const struct request *request);
/* ready, loading, stopping, clock, corrupt or poisoned. */
const char *service_state_name(const struct service *service);

#endif
