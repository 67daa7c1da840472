#ifndef ACCRUE_DAEMON_NET_NET_INNER_H
#define ACCRUE_DAEMON_NET_NET_INNER_H

/* What the files of this folder share. Loop thread only, unless a field says otherwise. */

#include "daemon/net/child.h"
#include "daemon/net/inbox.h"
#include "daemon/net/jobs.h"
#include "daemon/net/net.h"
#include "daemon/net/session.h"
#include "daemon/net/wheel.h"
#include "daemon/net/write_thread.h"

#define NET_TICK_MS 100u /* service_tick() */

struct net {
    uv_loop_t *loop;
    uv_thread_t loop_thread;
    struct env env;
    struct service *service;

    struct write_thread writer;
    struct jobs jobs;
    struct children children;
    struct wheel wheel;

    uv_prepare_t before_sleep;
    uv_idle_t again; /* active: the loop must not sleep, there is more to do */
    uv_timer_t tick;
    uv_async_t written; /* any thread: service_collect() has work */
    bool write_wanted, collect_wanted;
    bool started, stopping;

    struct list_node listeners;
    struct list_node sessions; /* open */
    struct list_node touched;  /* of them, with something to do before the loop sleeps */
    struct list_node gone;     /* closed, and still in the service's hands */
    uint32_t connections, connections_max;
    uint32_t accepted; /* ever, for names */
    uint64_t turn;
    uint64_t tcp_idle_ms;

    struct http_world *http; /* once there is a socket for HTTP */

    size_t in_total, out_total; /* bytes held for all connections */
    uint8_t scratch[SCRATCH_BYTES];

    net_drained_fn *on_drained;
    void *drained_arg;
    uint64_t drain_until_ms; /* 0 = not draining */
};

static inline uint64_t net_now_ms(const struct net *net)
{
    return uv_now(net->loop);
}

static inline void net_touch(struct net *net, struct session *session)
{
    if (list_empty(&session->touch)) {
        list_push_back(&net->touched, &session->touch);
    }
}

/* Everything that waits for the end of a turn of the loop. */
void net_turn(struct net *net);
void net_fill_env(struct net *net);

/* A connection has ended: one more may come. */
void listeners_resume(struct net *net);
void listeners_close(struct net *net);

/* false without memory. */
bool net_has_http(struct net *net);

/* Input: read and cut into messages. */
void session_read_start(struct session *session);
/* Begin the deadline of a message of which some bytes are here. */
void session_await_rest(struct session *session);

#endif
