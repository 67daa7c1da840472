#ifndef ACCRUE_DAEMON_HTTP_TARGET_H
#define ACCRUE_DAEMON_HTTP_TARGET_H

/* A request's target, decoded: `/v1/query/outstanding?by=contract` as a path and pairs.
 *
 *   U1  What comes out is UTF-8 without control characters, whatever was percent-encoded; a
 *       target that would not be is refused, never repaired. */

#include "daemon/http/parser.h"
#include "proto/fault.h"

struct target_pair {
    struct slice key, value;
};

struct target {
    struct slice path;
    struct target_pair pairs[HTTP_PAIRS_MAX];
    unsigned count;
    size_t used;
    uint8_t room[HTTP_HEAD_MAX]; /* what the slices point into */
};

/* STATUS_BAD_REQUEST with the reason. */
enum status target_read(struct slice text, struct target *ret_target, struct fault *fault);

/* The first value of `key`; false if it is not there. */
bool target_find(const struct target *target, const char *key, struct slice *ret_value);

#endif
