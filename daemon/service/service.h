#ifndef ACCRUE_DAEMON_SERVICE_SERVICE_H
#define ACCRUE_DAEMON_SERVICE_SERVICE_H

/* The daemon without sockets: requests in, answers out. The real daemon drives it from a libuv
 * loop and a writer thread, the simulator and the tests from a single one.
 *
 *   S1  Everything from outside comes through struct env: time, randomness, sending, running a
 *       job, waking the writer. The core itself has none of them.
 *   S2  An answer to an append is sent only from service_collect(), after its group is durable
 *       and published (P1, P2), and refusals and dups of the group with it.
 *   S3  Each request gets exactly one answer, or its peer is closed.
 *   S4  Appends of one peer are sequenced in the order of their arrival.
 *
 * Threads: `loop` functions belong to the loop thread, service_write() to the writer thread (or
 * the loop thread while the writer sleeps); jobs run on any thread. */

#include "daemon/base/list.h"
#include "daemon/commit/commit_queue.h"
#include "proto/fault.h"
#include "proto/limits.h"

struct service;
struct peer;
struct job;

/* What the service needs from the world. */
struct env {
    void *arg;
    int64_t (*wall_us)(void *arg);                    /* any thread */
    int64_t (*mono_us)(void *arg);                    /* any thread */
    void (*random)(void *arg, void *out, size_t len); /* any thread */
    /* Queue one whole message for the peer; copies it. false: the peer is over its limit and is
     * being closed. Loop thread. */
    bool (*send)(void *arg, struct peer *peer, struct slice message);
    /* Close the peer once what is queued has been sent (`error` may be empty). Loop thread. */
    void (*close)(void *arg, struct peer *peer);
    /* Bytes queued for the peer and not yet taken by the kernel. Loop thread. */
    size_t (*unsent)(void *arg, const struct peer *peer);
    /* Let a job run: job->run(job) on any thread, then service_job_done(job) on the loop thread.
     * There are at most READER_JOBS_RUNNING of readers and one that writes a snapshot. */
    void (*start_job)(void *arg, struct job *job);
    /* There is work for service_write(). Loop thread. */
    void (*wake_writer)(void *arg);
    /* There is something for service_collect(). Writer thread. */
    void (*wake_loop)(void *arg);
    /* Start a child process for rebuild or verify; its lines come back through
     * service_child_line(). STATUS_UNAVAILABLE where there are none (simulator). */
    enum status (*spawn)(void *arg, const char *const *argv, void *child_arg);
    /* End a child that spawn() started, by force if need be; service_child_exit() still comes.
     * Loop thread. */
    void (*end_child)(void *arg, void *child_arg);
};

/* One connection, embedded in the transport's own struct. The transport sets `identity`
 * and `http`, and may set `errors_as_map` and `language` before a message; the rest is the
 * service's. */
struct peer {
    bool http;                    /* else MessagePack-RPC; set by the transport */
    char identity[ACTOR_MAX + 1]; /* "uid:1000", "tcp:127.0.0.1" */
    bool errors_as_map;
    enum language language;
    uint32_t inflight; /* requests not yet answered */
    size_t inflight_bytes;
    uint32_t tails;
    bool closing;
    bool gone;                  /* service_peer_closed() was called */
    uint32_t id_max;            /* of the calls in flight and before: new ids are mostly above */
    struct list_node calls;     /* unanswered */
    struct list_node tail_list; /* its subscriptions */
    struct lane lane;           /* its place in the commit queue */
    void *transport;
};

struct job {
    void (*run)(struct job *job);
    struct list_node link;
    void *transport; /* for whoever runs it */
};

struct service_config {
    const char *data_dir;
    bool create, init_load, after_io_error, ephemeral;
    bool accept_clock;        /* the operator says that the clock is right (design 7) */
    uint64_t map_bytes;       /* 0 = default */
    uint64_t snapshot_events; /* new events between two snapshots of the facts; 0 = none at all */
    int64_t scrub_after_us;   /* from the start to the first scrub; 0 = no scrubs */
    const char *release;      /* "0.1.0" */
    /* While the log is folded, every few thousand events: `done` of `total`. NULL = nobody asks. */
    void (*progress)(void *arg, uint64_t done, uint64_t total);
    void *progress_arg;
};

/* Open the log, fold it, adopt rules if the log has none, and make one real commit
 * (system.started) so that no answer rests on a dead process's page cache (design 7). Errors as
 * log_open(), and STATUS_READ_ONLY never: a clock that jumped opens
 * read-only and says so in status. */
enum status service_open(const struct service_config *config, const struct env *env,
                         struct service **ret_service, struct fault *fault);
/* Waits for nothing: queue empty or not, what is not durable is not acknowledged. */
void service_close(struct service *service);

/* ---- loop thread ---- */
void service_peer_open(struct service *service, struct peer *peer);
/* The peer is gone; its unanswered requests finish into nothing. Its struct may be freed when
 * peer->inflight is 0 (service_peer_idle). */
void service_peer_closed(struct service *service, struct peer *peer);
bool service_peer_idle(const struct peer *peer);

/* One whole frame, as framer_next() cut it. Borrowed until return. STATUS_OK, or a status with
 * which the transport must close the peer. */
enum status service_message(struct service *service, struct peer *peer, struct slice frame);
/* May more be read from this peer now (in-flight and output bounds)? */
bool service_may_read(struct service *service, const struct peer *peer);

/* Answer what the writer finished. */
void service_collect(struct service *service);
/* Tails whose peer has room again, timers. At least every 100 ms, and when a peer has drained. */
void service_tick(struct service *service);
void service_peer_drained(struct service *service, struct peer *peer);
void service_job_done(struct service *service, struct job *job);
void service_child_line(struct service *service, void *child_arg, struct slice line);
void service_child_exit(struct service *service, void *child_arg, int status);

/* No new appends; true once every queued one is answered, and then a snapshot written if it saves
 * the next start much, or given up for its time was over. */
bool service_drain(struct service *service);
/* 0, or 74 after a failed commit, 75 when the log is corrupt. */
int service_exit_code(const struct service *service);
/* The last seq that answers stand on. */
uint64_t service_head(const struct service *service);

/* ---- writer thread ---- */
/* Take one group, decide, append, publish. False if there was nothing to do. */
bool service_write(struct service *service);
/* May the loop thread call service_write() itself now: one request waiting, writer idle? */
bool service_inline_ok(const struct service *service);

#endif
