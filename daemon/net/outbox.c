/* Gather, try, hand over: see O1 to O4 in the header.
 *
 * The first try is a plain write on the loop thread: with room in the socket's buffer, which is
 * nearly always, the answer is gone without a further turn of the loop. */

#include "daemon/net/outbox.h"

#include <stdlib.h>

#include "daemon/base/check.h"

#define OUTBOX_FIRST ((size_t)512)

/* NOLINTNEXTLINE(readability-non-const-parameter): kept, and counted in */
void outbox_init(struct outbox *outbox, size_t *total)
{
    *outbox = (struct outbox){.total = total};
}

static void count(struct outbox *outbox)
{
    size_t unsent = outbox->len + outbox->sending_left;
    *outbox->total = *outbox->total - outbox->counted + unsent;
    outbox->counted = unsent;
}

static void gathered_done(struct outbox *outbox)
{
    free(outbox->data);
    outbox->data = NULL;
    outbox->len = 0;
    outbox->size = 0;
}

void outbox_drop(struct outbox *outbox)
{
    gathered_done(outbox);
    outbox->sending_left = 0;
    count(outbox);
}

bool outbox_push(struct outbox *outbox, struct slice message)
{
    size_t need = outbox->len + message.len;
    if (need + outbox->sending_left > OUT_BYTES_MAX) { /* O1 */
        return false;
    }
    if (need > outbox->size) {
        size_t size = outbox->size > 0 ? outbox->size : OUTBOX_FIRST;
        while (size < need) {
            size *= 2;
        }
        uint8_t *data = realloc(outbox->data, size);
        if (data == NULL) {
            return false;
        }
        outbox->data = data;
        outbox->size = size;
    }
    if (message.len > 0) {
        memcpy(outbox->data + outbox->len, message.data, message.len);
    }
    outbox->len = need;
    outbox->pushed += message.len;
    count(outbox);
    return true;
}

int outbox_flush(struct outbox *outbox, uv_stream_t *stream, uv_write_cb on_write)
{
    if (outbox->sending != NULL || outbox->len == 0) { /* O2 */
        return 0;
    }
    uv_buf_t buffer = uv_buf_init((char *)outbox->data, (unsigned)outbox->len);
    int taken = uv_try_write(stream, &buffer, 1);
    if (taken < 0 && taken != UV_EAGAIN) {
        return taken;
    }
    size_t offset = taken > 0 ? (size_t)taken : 0;
    if (offset == outbox->len) {
        gathered_done(outbox); /* O4 */
        count(outbox);
        return 0;
    }
    buffer = uv_buf_init((char *)outbox->data + offset, (unsigned)(outbox->len - offset));
    int rc = uv_write(&outbox->write, stream, &buffer, 1, on_write);
    if (rc != 0) {
        return rc;
    }
    outbox->sending = outbox->data;
    outbox->sending_left = outbox->len - offset;
    outbox->data = NULL;
    outbox->len = 0;
    outbox->size = 0;
    count(outbox);
    return 0;
}

void outbox_written(struct outbox *outbox)
{
    INVARIANT(outbox->sending != NULL);
    free(outbox->sending);
    outbox->sending = NULL;
    outbox->sending_left = 0;
    count(outbox);
}

size_t outbox_unsent(struct outbox *outbox, const uv_stream_t *stream)
{
    if (outbox->sending != NULL) {
        outbox->sending_left = uv_stream_get_write_queue_size(stream);
        count(outbox);
    }
    return outbox->counted;
}

uint64_t outbox_taken(struct outbox *outbox, const uv_stream_t *stream)
{
    return outbox->pushed - outbox_unsent(outbox, stream);
}
