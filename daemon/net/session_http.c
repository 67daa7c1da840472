/* HTTP over a session: the deadlines, the outbox and the backpressure are those of every
 * connection.
 *
 *   Y1  While a request is being answered nothing is read: what was sent behind it waits in the
 *       socket. So answers are in order, and a client that does not read does not ask either.
 *   Y2  After a refusal in the middle of a request the rest of it is read and dropped for
 *       HTTP_LINGER_MS, for a close with bytes unread takes the answer back out of the
 *       peer's hands.
 *   Y3  An event stream is never silent for longer than BEAT_MS, or half of what the operator lets
 *       a TCP connection be idle: whoever stands between can tell it from a dead one. */

#include "daemon/net/session_http.h"

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/base/diag.h"
#include "daemon/net/net_inner.h"
#include "daemon/net/session_state.h"

#define BEAT_MS 15000u
#define CREDIT_BELOW (256 * KIB)

bool session_http_open(struct session *session)
{
    session->http = calloc(1, sizeof(*session->http));
    if (session->http == NULL) {
        return false;
    }
    http_init(&session->http->http);
    return true;
}

void session_http_close(struct session *session)
{
    free(session->http);
    session->http = NULL;
}

/* What comes now is dropped; only the end of it matters. */
static bool deaf(const struct session *session)
{
    return session->http->http.streaming || session->http->linger_until_ms != 0;
}

static struct http_world *world_of(struct session *session)
{
    struct net *net = session->net;
    net->http->now_us = net->env.wall_us(net->env.arg);
    return net->http;
}

static uint64_t beat_every_ms(const struct net *net)
{
    return net->tcp_idle_ms / 2 < BEAT_MS ? net->tcp_idle_ms / 2 : BEAT_MS;
}

/* What the world holds, into the outbox; then what the answer's end asks for. */
static bool send_answer(struct session *session)
{
    struct http_world *world = session->net->http;
    struct http *http = &session->http->http;
    bool good = (world->head.len == 0 || session_send(session, buffer_slice(&world->head))) &&
                (world->body.len == 0 || session_send(session, world->body));
    if (http->streaming) {
        session->http->beat_ms = net_now_ms(session->net);
        wheel_arm(&session->net->wheel, &session->deadline,
                  session->http->beat_ms + beat_every_ms(session->net));
    }
    if (good && http->end == HTTP_ENDS) {
        session_finish(session);
    } else if (good && http->end == HTTP_LINGERS && session->http->linger_until_ms == 0) { /* Y2 */
        session->http->linger_until_ms = net_now_ms(session->net) + HTTP_LINGER_MS;
        session->frame_since_ms = 0;
        wheel_arm(&session->net->wheel, &session->deadline, session->http->linger_until_ms);
    }
    return good;
}

/* The service reads the message before it returns, and may answer meanwhile: what the world holds
 * is then gone, and not needed. */
static void ask(struct session *session)
{
    struct net *net = session->net;
    struct http *http = &session->http->http;
    session->peer.errors_as_map = true;
    session->peer.language = http->language;
    enum status status =
        service_message(net->service, &session->peer, writer_slice(&net->http->rpc));
    if (status != STATUS_OK) { /* not a request, whatever the translation made of it */
        struct fault fault;
        (void)fault_set(&fault, status, NULL);
        http_refused(http, world_of(session), &fault);
        (void)send_answer(session);
    }
}

size_t session_http_take(struct session *session, struct slice bytes)
{
    struct http *http = &session->http->http;
    size_t used = 0;
    if (deaf(session)) {
        return bytes.len;
    }
    switch (http_take(http, world_of(session), bytes, &used)) {
    case HTTP_FEED_MORE:
        session_await_rest(session);
        return 0;
    case HTTP_TELL:
        session_await_rest(session);
        (void)send_answer(session);
        return 0;
    case HTTP_ASK:
        session->frame_since_ms = 0;
        ask(session);
        return used;
    case HTTP_ANSWERED:
        session->frame_since_ms = 0;
        (void)send_answer(session);
        return used;
    }
    return used;
}

bool session_http_heard(struct session *session, struct slice message)
{
    http_heard(&session->http->http, world_of(session), message);
    return send_answer(session);
}

bool session_http_ready(const struct session *session)
{
    return http_ready(&session->http->http) || deaf(session);
}

void session_http_too_slow(struct session *session)
{
    session->frame_since_ms = 0;
    http_too_slow(&session->http->http, world_of(session));
    (void)send_answer(session);
}

void session_http_drained(struct session *session, size_t unsent)
{
    struct net *net = session->net;
    if (session->http == NULL || unsent >= CREDIT_BELOW || session->sm.at > SESSION_DRAINING) {
        return;
    }
    if (http_credit(&session->http->http, net->http)) {
        enum status status =
            service_message(net->service, &session->peer, writer_slice(&net->http->rpc));
        INVARIANT(status == STATUS_OK); /* a notification of ours */
    }
}

/* Y3 */
static uint64_t beat_deadline(struct session *session, uint64_t now_ms)
{
    uint64_t at_ms = session->http->beat_ms + beat_every_ms(session->net);
    if (at_ms > now_ms) {
        return at_ms;
    }
    http_beat(session->net->http);
    (void)send_answer(session);
    return now_ms + beat_every_ms(session->net);
}

uint64_t session_http_deadline(struct session *session, uint64_t now_ms)
{
    if (session->http == NULL) {
        return 0;
    }
    if (session->http->http.streaming) {
        return beat_deadline(session, now_ms);
    }
    uint64_t until_ms = session->http->linger_until_ms;
    if (until_ms != 0 && until_ms <= now_ms) {
        session_doom(session, "the answer was read, or could have been");
    }
    return until_ms;
}
