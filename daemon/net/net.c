/* The loop's turn, and the beginning and end of it all.
 *
 *   T1  Before the loop sleeps, everything that the turn brought is finished: connections that may
 *       read again do, the writer is woken (or its work done here, if it is one request and it
 *       sleeps), and every connection's answers leave in one write. So what came together is
 *       committed together and answered together, without any timer.
 *   T2  What that brings up anew waits for the next turn, and the loop does not sleep before it.
 *   T3  Connections are closed here and nowhere else. */

#include "daemon/net/net.h"

#include <stdlib.h>
#include <sys/resource.h>

#include "daemon/base/check.h"
#include "daemon/http/http.h"
#include "daemon/net/net_inner.h"
#include "daemon/net/process.h"
#include "daemon/net/session_state.h"

#define DESCRIPTORS_RESERVED 48u /* log, children, loop, snapshots */

static void collect(struct net *net)
{
    net->collect_wanted = false;
    service_collect(net->service);
}

static void write_some(struct net *net)
{
    net->write_wanted = false;
    if (!write_thread_asleep(&net->writer) || !service_inline_ok(net->service)) {
        write_thread_wake(&net->writer);
        return;
    }
    if (service_write(net->service)) { /* nobody else can: the writer sleeps until woken */
        collect(net);
    }
}

static void free_gone(struct net *net)
{
    for (struct list_node *at = net->gone.next; at != &net->gone;) {
        struct session *session = LIST_ELEMENT(at, struct session, link);
        at = at->next;
        if (service_peer_idle(&session->peer)) {
            list_remove(&session->link);
            session_free(session);
        }
    }
}

static void flush_touched(struct net *net)
{
    struct list_node batch;
    struct list_node *node;

    list_init(&batch);
    while ((node = list_pop_front(&net->touched)) != NULL) {
        list_push_back(&batch, node);
    }
    while ((node = list_pop_front(&batch)) != NULL) {
        session_flush(LIST_ELEMENT(node, struct session, touch));
    }
}

static bool output_done(struct net *net)
{
    for (struct list_node *at = net->sessions.next; at != &net->sessions; at = at->next) {
        struct session *session = LIST_ELEMENT(at, struct session, link);
        if (outbox_unsent(&session->outbox, &session->uv.stream) > 0) {
            return false;
        }
    }
    return true;
}

static void look_at_drain(struct net *net)
{
    if (net->drain_until_ms == 0) {
        return;
    }
    bool done = service_drain(net->service) && jobs_idle(&net->jobs) && output_done(net);
    if (done || net_now_ms(net) >= net->drain_until_ms) {
        net->drain_until_ms = 0;
        net->on_drained(net->drained_arg, done);
    }
}

/* Its being active is all that it does. */
static void on_again(uv_idle_t *again)
{
    (void)again;
}

void net_turn(struct net *net)
{
    net->turn++;
    for (struct list_node *at = net->touched.next; at != &net->touched; at = at->next) {
        session_resume(LIST_ELEMENT(at, struct session, touch));
    }
    if (net->write_wanted) {
        write_some(net);
    }
    if (net->collect_wanted) {
        collect(net);
    }
    flush_touched(net);
    free_gone(net);
    if (!list_empty(&net->touched) || net->write_wanted || net->collect_wanted) { /* T2 */
        (void)uv_idle_start(&net->again, on_again);
    } else {
        (void)uv_idle_stop(&net->again);
    }
    look_at_drain(net); /* last: it may end everything */
}

static void on_before_sleep(uv_prepare_t *prepare)
{
    net_turn(prepare->data);
}

static void on_written(uv_async_t *async)
{
    struct net *net = async->data;
    net->collect_wanted = true;
}

static void on_tick(uv_timer_t *timer)
{
    struct net *net = timer->data;
    uint64_t now_ms = net_now_ms(net);
    struct wheel_entry *due;

    service_tick(net->service);
    children_tick(&net->children, now_ms);
    while ((due = wheel_due(&net->wheel, now_ms)) != NULL) {
        session_on_deadline(LIST_ELEMENT(due, struct session, deadline), now_ms);
    }
    for (struct list_node *at = net->sessions.next; at != &net->sessions; at = at->next) {
        struct session *session = LIST_ELEMENT(at, struct session, link);
        if (session->sm.at == SESSION_PAUSED) {
            net_touch(net, session); /* a limit of all connections may have eased */
        }
    }
}

/* As many connections as descriptors allow, and the limit raised as far as we need. */
static uint32_t connections_allowed(void)
{
    struct rlimit limit;
    const rlim_t wanted = CONNECTIONS_MAX + DESCRIPTORS_RESERVED;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return 256;
    }
    if (limit.rlim_cur < wanted) {
        limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
        (void)getrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur >= wanted) {
        return CONNECTIONS_MAX;
    }
    return limit.rlim_cur > DESCRIPTORS_RESERVED + 1
               ? (uint32_t)(limit.rlim_cur - DESCRIPTORS_RESERVED)
               : 1;
}

struct net *net_new(uv_loop_t *loop)
{
    struct net *net = calloc(1, sizeof(*net));
    if (net == NULL) {
        return NULL;
    }
    net->loop = loop;
    net->loop_thread = uv_thread_self();
    net->connections_max = connections_allowed();
    net->tcp_idle_ms = TCP_IDLE_MS;
    net_fill_env(net);
    list_init(&net->listeners);
    list_init(&net->sessions);
    list_init(&net->touched);
    list_init(&net->gone);
    jobs_init(&net->jobs, loop);
    children_init(&net->children, loop);
    wheel_init(&net->wheel, uv_now(loop));
    if (uv_async_init(loop, &net->written, on_written) != 0) {
        free(net);
        return NULL;
    }
    (void)uv_prepare_init(loop, &net->before_sleep); /* none of the three can fail */
    (void)uv_idle_init(loop, &net->again);
    (void)uv_timer_init(loop, &net->tick);
    net->written.data = net;
    net->before_sleep.data = net;
    net->again.data = net;
    net->tick.data = net;
    return net;
}

void net_set_tcp_idle(struct net *net, uint64_t ms)
{
    net->tcp_idle_ms = ms;
}

bool net_has_http(struct net *net)
{
    if (net->http == NULL) {
        net->http = malloc(sizeof(*net->http));
        if (net->http != NULL && !http_world_init(net->http)) {
            free(net->http);
            net->http = NULL;
        } else if (net->http != NULL) {
            net->http->process = process_write;
        }
    }
    return net->http != NULL;
}

enum status net_add_http_host(struct net *net, const char *name, struct fault *fault)
{
    return net_has_http(net) ? http_world_add_host(net->http, name, fault)
                             : fault_set(fault, STATUS_NOMEM, NULL);
}

const struct env *net_env(struct net *net)
{
    return &net->env;
}

enum status net_start(struct net *net, struct service *service, struct fault *fault)
{
    net->service = service;
    net->jobs.service = service;
    net->children.service = service;
    enum status status = write_thread_start(&net->writer, service);
    if (status != STATUS_OK) {
        return fault_set(fault, status, NULL);
    }
    int rc = uv_prepare_start(&net->before_sleep, on_before_sleep);
    INVARIANT(rc == 0);
    rc = uv_timer_start(&net->tick, on_tick, NET_TICK_MS, NET_TICK_MS);
    INVARIANT(rc == 0);
    net->started = true;
    return STATUS_OK;
}

void net_drain(struct net *net, uint64_t limit_ms, net_drained_fn *on_drained, void *arg)
{
    net->stopping = true;
    listeners_close(net);
    net->on_drained = on_drained;
    net->drained_arg = arg;
    net->drain_until_ms = net_now_ms(net) + limit_ms;
}

bool net_stop(struct net *net)
{
    net->stopping = true;
    if (net->started && !write_thread_asleep(&net->writer)) {
        return false;
    }
    write_thread_stop(&net->writer);
    listeners_close(net);
    while (!list_empty(&net->sessions)) {
        struct session *session = LIST_ELEMENT(net->sessions.next, struct session, link);
        session_doom(session, "the daemon stops");
        session_flush(session);
    }
    children_kill(&net->children);
    uv_close((uv_handle_t *)&net->before_sleep, NULL);
    uv_close((uv_handle_t *)&net->again, NULL);
    uv_close((uv_handle_t *)&net->tick, NULL);
    uv_close((uv_handle_t *)&net->written, NULL);
    return true;
}

void net_free(struct net *net)
{
    struct list_node *node;
    if (net == NULL) {
        return;
    }
    while ((node = list_pop_front(&net->gone)) != NULL) { /* never answered, never will be */
        session_free(LIST_ELEMENT(node, struct session, link));
    }
    if (net->http != NULL) {
        http_world_done(net->http);
        free(net->http);
    }
    free(net);
}
