#ifndef ACCRUE_DAEMON_NET_OUTBOX_H
#define ACCRUE_DAEMON_NET_OUTBOX_H

/* What a connection is owed and the kernel has not taken yet.
 *
 *   O1  At most OUT_BYTES_MAX; more is refused and the connection ends (P11).
 *   O2  One write is in flight at a time. What is pushed meanwhile gathers behind it and goes
 *       as one write, so a thousand small answers cost one system call.
 *   O3  Unsent bytes of all connections are counted in `total`.
 *   O4  Nothing unsent, nothing held. */

#include <uv.h>

#include "proto/bytes.h"
#include "proto/limits.h"

struct outbox {
    uv_write_t write; /* data: the owner's */
    uint8_t *data;    /* gathering */
    size_t len, size;
    uint8_t *sending;    /* in flight, else NULL */
    size_t sending_left; /* bytes of it that the kernel had not taken when last looked at */
    uint64_t pushed;     /* bytes ever pushed */
    size_t counted;      /* what of ours is in *total */
    size_t *total;
};

void outbox_init(struct outbox *outbox, size_t *total);
/* A write in flight keeps its buffer until outbox_written(). */
void outbox_drop(struct outbox *outbox);

/* Copies. false: over O1, or no memory. */
bool outbox_push(struct outbox *outbox, struct slice message);
/* Hand what has gathered to the kernel or, what it does not take at once, to the loop; `on_write`
 * must call outbox_written(). 0 or an error of the stream. */
int outbox_flush(struct outbox *outbox, uv_stream_t *stream, uv_write_cb on_write);
void outbox_written(struct outbox *outbox);

/* Bytes not yet taken by the kernel, and those ever taken. */
size_t outbox_unsent(struct outbox *outbox, const uv_stream_t *stream);
uint64_t outbox_taken(struct outbox *outbox, const uv_stream_t *stream);

#endif
