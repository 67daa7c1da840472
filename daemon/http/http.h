#ifndef ACCRUE_DAEMON_HTTP_HTTP_H
#define ACCRUE_DAEMON_HTTP_HTTP_H

/* One HTTP connection, without a socket: bytes in, messages for the service and bytes out.
 *
 *   H5  A request becomes the message that a MessagePack client would have sent, and the service's
 *       answer becomes the HTTP answer: there is no second way to the log.
 *   H6  One request of a connection is under way at a time; those sent behind it wait unread. So
 *       answers are in order, and a connection costs one question.
 *   H7  After something that cannot be understood the connection ends: what follows it would be
 *       read from a place of the sender's choosing.
 *   H8  Host must be known (else a name that is made to point here would let any web page ask), a
 *       request that changes something must not come from another site's page, and is JSON by its
 *       type, which a page cannot send elsewhere without being asked first.
 *
 * Nothing here allocates but the buffers of http_world, which all connections share: it holds one
 * answer at a time, until the owner has copied it. Loop thread. */

#include "daemon/http/buffer.h"
#include "daemon/http/parser.h"
#include "daemon/http/routes.h"
#include "daemon/http/target.h"
#include "proto/writer.h"

/* An answer in JSON: with what may be unsent before (OUT_BYTES_PAUSE) it fits an outbox. */
#define HTTP_BODY_MAX (OUT_BYTES_MAX - OUT_BYTES_PAUSE - 64 * KIB)

struct http_world {
    struct buffer head, text;
    struct buffer openapi[2]; /* by language, once somebody has asked: it takes 30 ms to make */
    struct slice body;        /* goes behind `head`: `text`, or a file of the page */
    struct writer rpc;        /* a message for the service */
    uint8_t *room;            /* a chunked body */
    struct target target;
    char hosts[HTTP_HOSTS_MAX][HTTP_HOST_BYTES_MAX + 1]; /* besides the loopback's names */
    unsigned host_count;
    void (*process)(struct buffer *out); /* metrics of the process, the owner's; or NULL */
    int64_t now_us;                      /* wall clock, set by the owner before each call */
};

enum http_end {
    HTTP_GOES_ON,
    HTTP_ENDS,    /* once what is queued has been sent */
    HTTP_LINGERS, /* likewise, but not before the peer has had time to read it: it still sends */
};

struct http {
    struct http_parser parser;
    const struct route *route; /* asked of the service and not answered */
    enum language language;
    bool post, only_head, keep_alive;
    bool judged;    /* the head of the current request was looked at */
    bool streaming; /* the rest of the connection is an event stream */
    uint32_t sub;   /* of its tail */
    uint32_t spent; /* events sent since credit was last given */
    enum http_end end;
};

enum http_deed {
    HTTP_FEED_MORE,
    HTTP_TELL,     /* an interim answer is in world->head; the request goes on */
    HTTP_ASK,      /* world->rpc is for the service */
    HTTP_ANSWERED, /* world->head and world->body are the answer */
};

/* false without memory. */
bool http_world_init(struct http_world *world);
void http_world_done(struct http_world *world);
/* STATUS_BAD_PARAMS: too many, or no name. */
enum status http_world_add_host(struct http_world *world, const char *name, struct fault *fault);

void http_init(struct http *http);
/* May another request be taken? */
static inline bool http_ready(const struct http *http)
{
    return http->route == NULL && !http->streaming && http->end == HTTP_GOES_ON;
}

/* Look at the request that begins at bytes[0]; http_ready() holds. *ret_used is what is done
 * with. Look at http->end after HTTP_ANSWERED. */
enum http_deed http_take(struct http *http, struct http_world *world, struct slice bytes,
                         size_t *ret_used);
/* The service could not read the message that HTTP_ASK made: an answer, as HTTP_ANSWERED. */
void http_refused(struct http *http, struct http_world *world, const struct fault *fault);
/* The request begun did not arrive in time: an answer, as HTTP_ANSWERED. */
void http_too_slow(struct http *http, struct http_world *world);

/* Of an event stream: what was sent may be given credit for again. True: world->rpc is a
 * notification for the service. */
bool http_credit(struct http *http, struct http_world *world);
/* A sign of life for an event stream, in world->head. */
void http_beat(struct http_world *world);

/* A message of the service's to this peer. What is to be sent, if anything, is in world->head and
 * world->body. */
void http_heard(struct http *http, struct http_world *world, struct slice message);

#endif
