#ifndef ACCRUE_DAEMON_HTTP_REPLY_H
#define ACCRUE_DAEMON_HTTP_REPLY_H

/* HTTP answers: heads, and problem details (RFC 9457). */

#include "daemon/http/http.h"

/* The head of an answer with world->body, and the body itself dropped for HEAD. `type` NULL: there
 * is no body. `more`: further headers, each ended by CR LF. */
void reply_write(struct http *http, struct http_world *world, unsigned status, const char *type,
                 const char *more);
/* Likewise, world->text as the body. TOO_LARGE instead if it ran over. */
void reply_text(struct http *http, struct http_world *world, unsigned status, const char *type);

/* What is wrong, from the map that the service answers errors with; `status` 0: by its code. */
void reply_error(struct http *http, struct http_world *world, struct slice error, unsigned status,
                 const char *more);
/* The same of our own. `status` 0: by its code. */
void reply_fault(struct http *http, struct http_world *world, const struct fault *fault,
                 unsigned status, const char *more);

#endif
