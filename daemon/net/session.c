/* The life of a connection: who it is, what it is owed, when it has to go.
 *
 *   C1  service_peer_open() comes before any other call about the peer, service_peer_closed()
 *       once, and the struct is freed only after the service has let go of it.
 *   C2  Nothing here closes a connection from inside a call that the service made: it is marked
 *       and touched, and session_flush() ends it when the loop's turn does (N1).
 *   C3  Every connection with something unfinished is in the wheel: a message half received, an
 *       answer half sent, or, on TCP, nothing to do for long. */

#include "daemon/net/session.h"

#include <stdio.h>
#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/base/diag.h"
#include "daemon/net/identity.h"
#include "daemon/net/net_inner.h"
#include "daemon/net/session_http.h"
#include "daemon/net/session_state.h"

#define OUTPUT_LOOK_MS 250u /* how often the progress of a slow reader is looked at */

struct session *session_new(struct net *net, const struct address *address)
{
    struct session *session = calloc(1, sizeof(*session));
    if (session == NULL || (address->http && !session_http_open(session))) {
        free(session);
        return NULL;
    }
    session->net = net;
    session->kind = address->kind;
    session->number = ++net->accepted;
    session->sm = (struct sm){session_states, SESSION_READING};
    session->active_ms = net_now_ms(net);
    session->peer.transport = session;
    session->peer.http = address->http;
    list_init(&session->peer.tail_list);
    list_init(&session->touch);
    wheel_entry_init(&session->deadline);
    inbox_init(&session->inbox, &net->in_total);
    outbox_init(&session->outbox, &net->out_total);
    framer_init(&session->framer);
    session->outbox.write.data = session;
    int rc = address->kind == ADDRESS_UNIX ? uv_pipe_init(net->loop, &session->uv.pipe, 0)
                                           : uv_tcp_init(net->loop, &session->uv.tcp);
    INVARIANT(rc == 0); /* neither makes a socket */
    session->uv.handle.data = session;
    list_push_back(&net->sessions, &session->link);
    net->connections++;
    return session;
}

static void on_closed(uv_handle_t *handle)
{
    struct session *session = handle->data;
    struct net *net = session->net;

    sm_move(&session->sm, SESSION_GONE);
    net->connections--;
    if (session->peer.identity[0] == '\0' || service_peer_idle(&session->peer)) {
        session_free(session);
    } else {
        list_push_back(&net->gone, &session->link);
    }
    listeners_resume(net);
}

static void close_handle(struct session *session)
{
    sm_move(&session->sm, SESSION_CLOSING);
    wheel_disarm(&session->deadline);
    inbox_done(&session->inbox);
    outbox_drop(&session->outbox);
    list_remove(&session->touch);
    list_remove(&session->link);
    uv_close(&session->uv.handle, on_closed);
}

void session_abandon(struct session *session)
{
    close_handle(session);
}

void session_start(struct session *session)
{
    identity_of(&session->uv.stream, session->kind, session->peer.identity);
    if (session->kind == ADDRESS_TCP) {
        (void)uv_tcp_nodelay(&session->uv.tcp, 1);
        (void)uv_tcp_keepalive(&session->uv.tcp, 1, 60);
        wheel_arm(&session->net->wheel, &session->deadline,
                  session->active_ms + session->net->tcp_idle_ms);
    }
    service_peer_open(session->net->service, &session->peer); /* C1 */
    diag(DIAG_DEBUG, "connection opened", "conn=%u by=%s", session->number, session->peer.identity);
    session_read_start(session);
}

static void session_close(struct session *session)
{
    diag(DIAG_DEBUG, "connection closed", "conn=%u by=%s state=%s reason=\"%s\"", session->number,
         session->peer.identity, session->sm.states[session->sm.at].name,
         session->doom != NULL ? session->doom : "done");
    service_peer_closed(session->net->service, &session->peer); /* C1 */
    close_handle(session);
}

void session_free(struct session *session)
{
    INVARIANT(session->sm.at == SESSION_GONE);
    session_http_close(session);
    free(session);
}

void session_doom(struct session *session, const char *why)
{
    if (session->doom == NULL && session->sm.at < SESSION_CLOSING) {
        session->doom = why;
        net_touch(session->net, session); /* C2 */
    }
}

void session_finish(struct session *session)
{
    if (session->sm.at >= SESSION_FLUSHING) {
        return;
    }
    (void)uv_read_stop(&session->uv.stream);
    sm_move(&session->sm, SESSION_FLUSHING);
    session->frame_since_ms = 0;
    net_touch(session->net, session);
}

/* P11: of all connections, the one that is owed the most pays. */
static void shed_output(struct net *net)
{
    struct session *largest = NULL;
    for (struct list_node *at = net->sessions.next; at != &net->sessions; at = at->next) {
        struct session *session = LIST_ELEMENT(at, struct session, link);
        if (session->doom == NULL &&
            (largest == NULL || session->outbox.counted > largest->outbox.counted)) {
            largest = session;
        }
    }
    if (largest != NULL) {
        session_doom(largest, "output of all connections over its bound");
        outbox_drop(&largest->outbox);
    }
}

bool session_send(struct session *session, struct slice message)
{
    struct net *net = session->net;
    if (session->doom != NULL || session->sm.at >= SESSION_CLOSING) {
        return false;
    }
    if (outbox_unsent(&session->outbox, &session->uv.stream) == 0) {
        session->output_ms = net_now_ms(net);
        session->output_taken = session->outbox.pushed;
    }
    if (!outbox_push(&session->outbox, message)) {
        session_doom(session, "output over its bound");
        return false;
    }
    net_touch(net, session);
    if (net->out_total > OUT_TOTAL_MAX) {
        shed_output(net);
    }
    return session->doom == NULL;
}

static void on_write(uv_write_t *write, int status)
{
    struct session *session = write->data;
    outbox_written(&session->outbox);
    if (session->sm.at >= SESSION_CLOSING) {
        return;
    }
    if (status != 0) {
        session_doom(session, "write failed");
    }
    net_touch(session->net, session);
}

bool session_may_read(const struct session *session)
{
    return service_may_read(session->net->service, &session->peer) &&
           (session->http == NULL || session_http_ready(session));
}

void session_flush(struct session *session)
{
    if (session->doom == NULL &&
        outbox_flush(&session->outbox, &session->uv.stream, on_write) != 0) {
        session_doom(session, "write failed");
    }
    if (session->doom != NULL) {
        session_close(session);
        return;
    }
    size_t unsent = outbox_unsent(&session->outbox, &session->uv.stream);
    bool answered = session->sm.at == SESSION_FLUSHING ||
                    (session->sm.at == SESSION_DRAINING && session->peer.inflight == 0);
    if (answered && unsent == 0) {
        session_close(session);
        return;
    }
    if (unsent > 0) {
        uint64_t look_ms = net_now_ms(session->net) + OUTPUT_LOOK_MS;
        wheel_arm(&session->net->wheel, &session->deadline, look_ms); /* C3 */
    }
    bool waited_for = session->peer.tails > 0 || session->peer.inflight > 0;
    if (waited_for && unsent < OUT_BYTES_PAUSE) {
        service_peer_drained(session->net->service, &session->peer);
    }
    session_http_drained(session, unsent);
    if (session->sm.at == SESSION_PAUSED && session_may_read(session)) {
        net_touch(session->net, session);
    }
}

/* Each gives the time at which it wants to be asked again, 0 for never. */
static uint64_t frame_deadline(struct session *session, uint64_t now_ms)
{
    if (session->frame_since_ms == 0) {
        return 0;
    }
    uint64_t at_ms = session->frame_since_ms + FRAME_DEADLINE_MS;
    if (at_ms <= now_ms && session->http != NULL) {
        session_http_too_slow(session);
        return 0;
    }
    if (at_ms <= now_ms) {
        session_doom(session, "message not complete in time");
    }
    return at_ms;
}

static uint64_t output_deadline(struct session *session, uint64_t now_ms)
{
    if (outbox_unsent(&session->outbox, &session->uv.stream) == 0) {
        return 0;
    }
    uint64_t taken = outbox_taken(&session->outbox, &session->uv.stream);
    if (taken != session->output_taken) {
        session->output_taken = taken;
        session->output_ms = now_ms;
    } else if (session->output_ms + OUT_STALL_MS <= now_ms) {
        session_doom(session, "output without progress");
    }
    return now_ms + OUTPUT_LOOK_MS;
}

static uint64_t idle_deadline(struct session *session, uint64_t now_ms)
{
    if (session->kind != ADDRESS_TCP) {
        return 0;
    }
    if (session->peer.tails > 0 || session->peer.inflight > 0) {
        session->active_ms = now_ms;
    }
    uint64_t at_ms = session->active_ms + session->net->tcp_idle_ms;
    if (at_ms <= now_ms) {
        session_doom(session, "idle");
    }
    return at_ms;
}

void session_on_deadline(struct session *session, uint64_t now_ms)
{
    const uint64_t wanted[] = {frame_deadline(session, now_ms), output_deadline(session, now_ms),
                               idle_deadline(session, now_ms),
                               session_http_deadline(session, now_ms)};
    for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
        if (session->doom == NULL && wanted[i] != 0) {
            wheel_arm(&session->net->wheel, &session->deadline, wanted[i]);
        }
    }
}
