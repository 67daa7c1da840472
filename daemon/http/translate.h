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

/* STATUS_BAD_PARAMS naming the parameter. `name` is what follows the path of a named route. */
enum status translate_get(const struct route *route, struct slice name, const struct target *target,
                          struct writer *out, struct fault *fault);
/* STATUS_BAD_REQUEST, STATUS_TOO_LARGE: as json_read(). */
enum status translate_post(const struct route *route, struct slice body, struct writer *out,
                           struct fault *fault);

#endif
