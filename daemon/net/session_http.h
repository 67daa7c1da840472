#ifndef ACCRUE_DAEMON_NET_SESSION_HTTP_H
#define ACCRUE_DAEMON_NET_SESSION_HTTP_H

/* A connection that speaks HTTP: daemon/http between its bytes and the service. Loop thread. */

#include "daemon/http/http.h"

struct net;
struct session;

/* What all of them share. */
struct http_world;

struct session_http {
    struct http http;
    uint64_t linger_until_ms; /* it is over, and the peer may still be sending; 0 = not */
    uint64_t beat_ms;         /* of an event stream: when something was last sent */
};

/* false without memory. */
bool session_http_open(struct session *session);
void session_http_close(struct session *session);

/* As take_message() of session_input.c: what is used from the beginning of `bytes`; 0 if it is
 * not whole. */
size_t session_http_take(struct session *session, struct slice bytes);
/* A message of the service's for the peer; false: it is being closed. */
bool session_http_heard(struct session *session, struct slice message);
/* Is more wanted from the peer now? Else the session pauses. */
bool session_http_ready(const struct session *session);
/* After output has left: `unsent` is what has not. */
void session_http_drained(struct session *session, size_t unsent);
/* A request begun is not complete in time. */
void session_http_too_slow(struct session *session);
/* When it wants to be looked at again, 0 for never. */
uint64_t session_http_deadline(struct session *session, uint64_t now_ms);

#endif
