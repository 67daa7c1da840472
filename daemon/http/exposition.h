#ifndef ACCRUE_DAEMON_HTTP_EXPOSITION_H
#define ACCRUE_DAEMON_HTTP_EXPOSITION_H

/* The method `metrics` as Prometheus reads it (text format 0.0.4). */

#include "daemon/http/buffer.h"

#define EXPOSITION_TYPE "text/plain; version=0.0.4; charset=utf-8"

void exposition_write(struct buffer *out, struct slice result);

#endif
