#ifndef ACCRUE_DAEMON_NET_INBOX_H
#define ACCRUE_DAEMON_NET_INBOX_H

/* What a connection has sent and we have not used yet. A sans-I/O buffer.
 *
 *   I1  A connection with nothing pending holds no memory: it reads into the loop's one scratch
 *       buffer, and only what is left over after parsing is kept.
 *   I2  A message larger than half the scratch buffer is gathered in a buffer of its own, which
 *       doubles up to FRAME_BYTES_MAX and a read's worth; never by a declared size.
 *   I3  `held` bytes of all connections together are counted in `total`. */

#include "proto/bytes.h"
#include "proto/limits.h"

#define SCRATCH_BYTES (64 * KIB)

struct inbox {
    uint8_t *data;
    size_t len, size;
    size_t *total; /* I3 */
};

void inbox_init(struct inbox *inbox, size_t *total);
void inbox_done(struct inbox *inbox);

/* Where to read the next bytes to; empty when out of memory. */
struct slice inbox_space(struct inbox *inbox, uint8_t scratch[SCRATCH_BYTES]);
/* All bytes pending, after `count` were read there. Valid until inbox_keep(). */
struct slice inbox_filled(struct inbox *inbox, const uint8_t scratch[SCRATCH_BYTES], size_t count);
/* What is pending without a read. */
struct slice inbox_pending(const struct inbox *inbox);
/* Only the bytes of `rest`, the end of what was pending, are still wanted. false: no memory. */
bool inbox_keep(struct inbox *inbox, struct slice rest);

#endif
