#ifndef ACCRUE_DAEMON_NET_IDENTITY_H
#define ACCRUE_DAEMON_NET_IDENTITY_H

/* Who is at the other end: `uid:1000` by SO_PEERCRED, or `tcp:127.0.0.1`. It goes into every event
 * of the connection as `by`, so it is never empty. */

#include <uv.h>

#include "daemon/net/address.h"
#include "proto/limits.h"

void identity_of(const uv_stream_t *stream, enum address_kind kind, char out[ACTOR_MAX + 1]);

#endif
