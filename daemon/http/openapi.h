#ifndef ACCRUE_DAEMON_HTTP_OPENAPI_H
#define ACCRUE_DAEMON_HTTP_OPENAPI_H

/* The OpenAPI 3.1 document of this daemon, made from the tables that it answers by: routes,
 * projections and their parameters, and the vocabulary of events. Nothing of it is written twice,
 * so nothing of it can be out of date. */

#include "daemon/http/buffer.h"
#include "proto/fault.h"
#include "proto/writer.h"

/* `room` is scratch for the vocabulary. */
void openapi_write(enum language language, struct writer *room, struct buffer *out);

/* What a projection's own parameter means, by its name; NULL if that is not known. */
const char *openapi_param_help(const char *name);

#endif
