/* From bytes to messages.
 *
 *   R1  A message begins with 0x93 or 0x94 (an array of three or four): HTTP, TLS and text are
 *       told at their first byte, get one error and are closed. A socket for HTTP takes HTTP alone.
 *   R2  The framer sees every byte once, whoever sends how few at a time, and bounds a message
 *       before anything is decoded.
 *   R3  When the service takes no more (service_may_read), we stop reading and the peer's own
 *       socket fills up: backpressure is not reading. What is buffered, at most a read's worth
 *       and a message, waits.
 *   R4  A peer that has sent SESSION_TURN_BYTES in one turn of the loop waits for the next. */

#include "daemon/base/check.h"
#include "daemon/base/diag.h"
#include "daemon/net/net_inner.h"
#include "daemon/net/session_http.h"
#include "daemon/net/session_state.h"
#include "proto/rpc.h"

#define REFUSAL_BYTES (ERROR_TEXT_MAX + 64u)

/* One error that belongs to no request, then the end. */
static void refuse(struct session *session, enum status status, const char *detail)
{
    uint8_t bytes[REFUSAL_BYTES];
    struct writer out = writer_over(bytes, sizeof(bytes));
    struct fault fault;

    (void)fault_set(&fault, status, NULL);
    fault_detail(&fault, "%s", detail);
    rpc_write_error(&out, 0, &fault, session->peer.errors_as_map, session->peer.language);
    if (!out.full) {
        (void)session_send(session, writer_slice(&out));
    }
    diag(DIAG_DEBUG, "connection refused", "conn=%u by=%s code=%s reason=\"%s\"", session->number,
         session->peer.identity, status_name(status), detail);
    session_finish(session);
}

static void session_pause(struct session *session)
{
    (void)uv_read_stop(&session->uv.stream);
    sm_move(&session->sm, SESSION_PAUSED);
    session->frame_since_ms = 0; /* the wait is ours, not the peer's */
}

static bool turn_used_up(struct session *session, size_t bytes)
{
    if (session->turn != session->net->turn) {
        session->turn = session->net->turn;
        session->turn_bytes = 0;
    }
    session->turn_bytes += bytes;
    return session->turn_bytes >= SESSION_TURN_BYTES;
}

static bool reading(const struct session *session)
{
    return session->doom == NULL && session->sm.at == SESSION_READING;
}

void session_await_rest(struct session *session)
{
    if (session->frame_since_ms == 0) {
        session->frame_since_ms = net_now_ms(session->net);
        wheel_arm(&session->net->wheel, &session->deadline,
                  session->frame_since_ms + FRAME_DEADLINE_MS);
    }
}

/* One message from the beginning of `bytes`; gives its length, or 0 if it is not whole, or if it
 * is the end of the connection. */
static size_t take_message(struct session *session, struct slice bytes)
{
    struct service *service = session->net->service;
    size_t len;

    if (session->framer.at == 0 && bytes.data[0] != 0x93 && bytes.data[0] != 0x94) { /* R1 */
        refuse(session, STATUS_BAD_REQUEST, "not MessagePack-RPC");
        return 0;
    }
    enum status status = framer_next(&session->framer, bytes, &len); /* R2 */
    if (status == STATUS_INCOMPLETE) {
        session_await_rest(session);
        return 0;
    }
    if (status != STATUS_OK) {
        refuse(session, status, "the message is cut off here");
        return 0;
    }
    session->frame_since_ms = 0;
    status = service_message(service, &session->peer, slice_of(bytes.data, len));
    if (status != STATUS_OK) {
        refuse(session, status, "the connection is closed");
        return 0;
    }
    return len;
}

/* P11: of all connections, the one with the largest unfinished message pays. */
static void shed_input(struct net *net)
{
    struct session *largest = NULL;
    for (struct list_node *at = net->sessions.next; at != &net->sessions; at = at->next) {
        struct session *session = LIST_ELEMENT(at, struct session, link);
        if (session->doom == NULL &&
            (largest == NULL || session->inbox.size > largest->inbox.size)) {
            largest = session;
        }
    }
    if (largest != NULL) {
        session_doom(largest, "unfinished messages of all connections over their bound");
        inbox_done(&largest->inbox);
    }
}

static void take_messages(struct session *session, struct slice bytes)
{
    while (bytes.len > 0 && reading(session)) {
        bool http = session->http != NULL;
        size_t len = http ? session_http_take(session, bytes) : take_message(session, bytes);
        if (len > 0 && reading(session) && !session_may_read(session)) { /* R3 */
            session_pause(session);
        }
        if (len == 0) {
            break;
        }
        bytes.data += len;
        bytes.len -= len;
    }
    bool wanted = session->doom == NULL && session->sm.at <= SESSION_PAUSED;
    if (!inbox_keep(&session->inbox, wanted ? bytes : slice_of(NULL, 0))) {
        session_doom(session, "out of memory");
    }
    if (session->net->in_total > IN_TOTAL_MAX) {
        shed_input(session->net);
    }
}

static void on_space(uv_handle_t *handle, size_t suggested, uv_buf_t *ret_buffer)
{
    struct session *session = handle->data;
    struct slice space = inbox_space(&session->inbox, session->net->scratch);
    (void)suggested;
    /* Ours to write to: the slice only borrows. An empty one makes libuv report ENOBUFS. */
    *ret_buffer = uv_buf_init((char *)(uintptr_t)space.data, (unsigned)space.len);
}

static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer)
{
    struct session *session = stream->data;
    (void)buffer;

    if (count == 0) {
        return;
    }
    if (count == UV_EOF) {
        (void)uv_read_stop(stream);
        sm_move(&session->sm, SESSION_DRAINING);
        session->frame_since_ms = 0;
        net_touch(session->net, session);
        return;
    }
    if (count < 0) {
        (void)uv_read_stop(stream);
        session_doom(session, count == UV_ENOBUFS ? "out of memory" : "read failed");
        return;
    }
    session->active_ms = net_now_ms(session->net);
    take_messages(session, inbox_filled(&session->inbox, session->net->scratch, (size_t)count));
    if (reading(session) && turn_used_up(session, (size_t)count)) { /* R4 */
        session_pause(session);
        net_touch(session->net, session);
    }
    if (session->doom != NULL) {
        (void)uv_read_stop(stream);
    }
}

void session_read_start(struct session *session)
{
    int rc = uv_read_start(&session->uv.stream, on_space, on_read);
    if (rc != 0) {
        session_doom(session, "cannot be read");
    }
}

void session_resume(struct session *session)
{
    if (session->doom != NULL || session->sm.at != SESSION_PAUSED || !session_may_read(session)) {
        return;
    }
    sm_move(&session->sm, SESSION_READING);
    take_messages(session, inbox_pending(&session->inbox));
    if (reading(session)) {
        session_read_start(session);
    }
}
