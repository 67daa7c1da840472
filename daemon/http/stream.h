#ifndef ACCRUE_DAEMON_HTTP_STREAM_H
#define ACCRUE_DAEMON_HTTP_STREAM_H

/* A tail as server-sent events (HTML standard, 9.2).
 *
 *   E1  An event of the log is one event of the stream with its seq as its id. `live`, once all
 *       that was there has been sent, has the head as its id: whoever resumes after it has missed
 *       nothing, whatever the filter.
 *   E2  Credit is given again for what was sent once most of it has left: a slow reader holds up
 *       its own tail, and costs what one credit comes to. */

#include "daemon/http/http.h"
#include "proto/rpc.h"

#define STREAM_RETRY_MS 2000u

/* The tail is there: `result` is the answer to it. */
void stream_begin(struct http *http, struct http_world *world, struct slice result);
/* One of its notifications; what it comes to goes into world->body. */
void stream_told(struct http *http, struct http_world *world, const struct rpc_message *told);

#endif
