#ifndef ACCRUE_DAEMON_NET_PROCESS_H
#define ACCRUE_DAEMON_NET_PROCESS_H

/* The process as the system sees it, under the names that every exporter uses. */

#include "daemon/http/buffer.h"

void process_write(struct buffer *out);

#endif
