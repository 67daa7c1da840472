#ifndef ACCRUE_DAEMON_HTTP_RENDER_H
#define ACCRUE_DAEMON_HTTP_RENDER_H

/* What the service says, as HTTP says it. */

#include "daemon/http/http.h"

/* As http_heard(). */
void render_message(struct http *http, struct http_world *world, struct slice message);

/* The answer of a route that asks nobody, as JSON into world->text. */
void render_table(const struct http *http, struct http_world *world, const struct route *route);

#endif
