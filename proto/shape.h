#ifndef ACCRUE_PROTO_SHAPE_H
#define ACCRUE_PROTO_SHAPE_H

/* Where a msgpack value ends, found without a decoder, so that none ever sees a bomb.
 *
 *   S1  `owed` values are still to come, over all open containers together.
 *   S2  Depth, values and bytes are counted against bounds before anything is trusted; a
 *       declared count is never used for an allocation.
 *   S3  The framer keeps its place between calls: a peer that sends one byte at a time
 *       costs O(n), not O(n^2). */

#include "proto/bytes.h"
#include "proto/limits.h"
#include "proto/status.h"

struct framer {
    size_t at;     /* bytes of the current value already walked */
    uint64_t owed; /* S1; 0 = at a value's first byte */
    uint32_t nodes;
    uint32_t depth;
    uint32_t left[FRAME_DEPTH_MAX];
};

void framer_init(struct framer *framer);

/* Look for the end of the value that begins at bytes[0]. `bytes` is always the value from its
 * first byte on, a call's beginning with what the call before had.
 *
 *   STATUS_OK           *ret_len is its length; the framer is ready for the next value
 *   STATUS_INCOMPLETE   feed more
 *   STATUS_TOO_LARGE    over FRAME_BYTES_MAX, FRAME_DEPTH_MAX or FRAME_NODES_MAX: close it
 *   STATUS_BAD_REQUEST  not msgpack (0xc1) or an ext: close it */
enum status framer_next(struct framer *framer, struct slice bytes, size_t *ret_len);

/* The same for bytes that should be exactly one value, with a depth of the caller's.
 *   STATUS_BAD_REQUEST  they are not, or hold an ext or 0xc1
 *   STATUS_TOO_LARGE    too deep, or over FRAME_BYTES_MAX */
enum status shape_check(struct slice bytes, uint32_t depth_max);

#endif
