#ifndef ACCRUE_DAEMON_HTTP_TRANSLATE_H
#define ACCRUE_DAEMON_HTTP_TRANSLATE_H

/* From a request's parameters to the message that a MessagePack client would have sent.
 *
 *   X1  Types come from the route's table. What the table does not have goes on as text, so that
 *       the method itself says that it does not know it, and what it does know. */

#include "daemon/http/routes.h"
#include "daemon/http/target.h"
#include "proto/writer.h"

#define HTTP_CALL_ID 1u /* one call at a time is under way */

struct question {
    const struct route *route;
    struct slice name;    /* behind the path of a named route */
    struct slice last_id; /* Last-Event-ID of a stream's reader, or empty */
    const struct target *target;
};

/* STATUS_BAD_PARAMS naming the parameter. */
enum status translate_get(const struct question *question, struct writer *out, struct fault *fault);
/* STATUS_BAD_REQUEST, STATUS_TOO_LARGE: as json_read(). */
enum status translate_post(const struct route *route, struct slice body, struct writer *out,
                           struct fault *fault);

#endif
