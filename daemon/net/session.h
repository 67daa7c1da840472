#ifndef ACCRUE_DAEMON_NET_SESSION_H
#define ACCRUE_DAEMON_NET_SESSION_H

/* One connection: between socket and service. Loop thread only. */

#include <uv.h>

#include "daemon/base/sm.h"
#include "daemon/net/address.h"
#include "daemon/net/inbox.h"
#include "daemon/net/outbox.h"
#include "daemon/net/wheel.h"
#include "daemon/service/service.h"
#include "proto/shape.h"

#define SESSION_TURN_BYTES (256 * KIB) /* read from one connection before the others' turn */

struct net;
struct session_http;

struct session {
    struct peer peer;
    struct net *net;
    union {
        uv_handle_t handle;
        uv_stream_t stream;
        uv_pipe_t pipe;
        uv_tcp_t tcp;
    } uv;
    struct sm sm;
    enum address_kind kind;
    uint32_t number;           /* for the operator */
    struct session_http *http; /* NULL: MessagePack-RPC */
    struct inbox inbox;
    struct framer framer;
    struct outbox outbox;
    struct list_node link;  /* net->sessions, later net->gone */
    struct list_node touch; /* net->touched: has something to do before the loop sleeps */
    struct wheel_entry deadline;
    uint64_t frame_since_ms; /* a message has begun and is not whole, else 0 */
    uint64_t active_ms;      /* last bytes from the peer */
    uint64_t output_ms;      /* last progress of the output, or its beginning */
    uint64_t output_taken;   /* outbox_taken() then */
    uint64_t turn;           /* of the loop, for turn_bytes */
    size_t turn_bytes;
    const char *doom; /* why it must end now, else NULL */
};

/* NULL without memory. The handle is ready for uv_accept(). */
struct session *session_new(struct net *net, const struct address *address);
/* After uv_accept(): identify the peer and read. */
void session_start(struct session *session);
/* Not accepted after all. */
void session_abandon(struct session *session);

bool session_send(struct session *session, struct slice message);
/* May more of what the peer sends be taken now? */
bool session_may_read(const struct session *session);
/* Close once what is queued has been sent. */
void session_finish(struct session *session);
/* Close at the end of this turn, whatever is queued. `why` is a constant. */
void session_doom(struct session *session, const char *why);

/* The two halves of net_turn(): read on; then write, and end what has ended. */
void session_resume(struct session *session);
void session_flush(struct session *session);
void session_on_deadline(struct session *session, uint64_t now_ms);
void session_free(struct session *session);

#endif
