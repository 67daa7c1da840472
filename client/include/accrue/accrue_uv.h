#ifndef ACCRUE_ACCRUE_UV_H
#define ACCRUE_ACCRUE_UV_H

/* libaccrue on a libuv loop, in a header: the library itself links no loop.
 *
 *   struct accrue_uv remote;
 *   accrue_uv_init(&remote, loop, client, "/run/accrued.sock", on_state, arg);
 *   accrue_client_request(client, "append", params, 5000, on_reply, arg);
 *   accrue_uv_flush(&remote);
 *
 * It connects, connects again after 10 ms to 1 s when the connection is lost, feeds the client
 * and ticks it. All calls and callbacks are on the loop's thread; a callback may call
 * accrue_uv_flush() and accrue_uv_close(). `remote` must live until the callback of
 * accrue_uv_close(). Unix sockets; for TCP use the same few lines on uv_tcp_t. */

#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "accrue/accrue.h"

struct accrue_uv;
/* `up` 1: connected. 0: lost; it will be tried again. */
typedef void (*accrue_uv_state_fn)(struct accrue_uv *remote, int up, void *arg);
typedef void (*accrue_uv_closed_fn)(struct accrue_uv *remote);

struct accrue_uv {
    uv_loop_t *loop;
    accrue_client *client;
    const char *path; /* borrowed */
    accrue_uv_state_fn on_state;
    accrue_uv_closed_fn on_closed;
    void *arg;
    uv_pipe_t pipe;
    uv_timer_t timer;
    uv_connect_t connect;
    uv_write_t write;
    char in[65536];
    char *out;
    int up, writing, closing, pipe_open, timer_open;
    unsigned pause_ms;
    uint64_t dial_at; /* when the loop's clock has got there */
};

static inline void accrue_uv_flush(struct accrue_uv *remote);
static inline void accrue_uv_dial(struct accrue_uv *remote);

static inline void accrue_uv_if_closed(struct accrue_uv *remote)
{
    if (remote->closing && !remote->pipe_open && !remote->timer_open && remote->on_closed != NULL) {
        remote->on_closed(remote);
    }
}

static inline void accrue_uv_pipe_closed(uv_handle_t *handle)
{
    struct accrue_uv *remote = (struct accrue_uv *)handle->data;
    remote->pipe_open = 0;
    accrue_uv_if_closed(remote);
}

static inline void accrue_uv_timer_closed(uv_handle_t *handle)
{
    struct accrue_uv *remote = (struct accrue_uv *)handle->data;
    remote->timer_open = 0;
    accrue_uv_if_closed(remote);
}

static inline void accrue_uv_lost(struct accrue_uv *remote)
{
    if (remote->up) {
        remote->up = 0;
        accrue_client_disconnected(remote->client);
        if (remote->on_state != NULL) {
            remote->on_state(remote, 0, remote->arg);
        }
    }
    if (remote->pipe_open && !uv_is_closing((uv_handle_t *)&remote->pipe)) {
        uv_close((uv_handle_t *)&remote->pipe, accrue_uv_pipe_closed);
        remote->dial_at = uv_now(remote->loop) + remote->pause_ms;
        remote->pause_ms = remote->pause_ms >= 500 ? 1000 : remote->pause_ms * 2;
    }
}

static inline void accrue_uv_on_write(uv_write_t *request, int status)
{
    struct accrue_uv *remote = (struct accrue_uv *)request->data;
    remote->writing = 0;
    free(remote->out);
    remote->out = NULL;
    if (status < 0) {
        accrue_uv_lost(remote);
    } else {
        accrue_uv_flush(remote);
    }
}

/* Send what the client has; call it after accrue_client_request(). */
static inline void accrue_uv_flush(struct accrue_uv *remote)
{
    const void *bytes;
    size_t len = accrue_client_pending(remote->client, &bytes);
    uv_buf_t buffer;
    if (!remote->up || remote->writing || len == 0) {
        return;
    }
    remote->out = (char *)malloc(len);
    if (remote->out == NULL) {
        accrue_uv_lost(remote);
        return;
    }
    memcpy(remote->out, bytes, len);
    accrue_client_sent(remote->client, len);
    buffer = uv_buf_init(remote->out, (unsigned)len);
    remote->write.data = remote;
    remote->writing = 1;
    if (uv_write(&remote->write, (uv_stream_t *)&remote->pipe, &buffer, 1, accrue_uv_on_write) !=
        0) {
        remote->writing = 0;
        free(remote->out);
        remote->out = NULL;
        accrue_uv_lost(remote);
    }
}

static inline void accrue_uv_on_alloc(uv_handle_t *handle, size_t size, uv_buf_t *buffer)
{
    struct accrue_uv *remote = (struct accrue_uv *)handle->data;
    (void)size;
    *buffer = uv_buf_init(remote->in, sizeof(remote->in));
}

static inline void accrue_uv_on_read(uv_stream_t *stream, ssize_t got, const uv_buf_t *buffer)
{
    struct accrue_uv *remote = (struct accrue_uv *)stream->data;
    if (got < 0 ||
        (got > 0 && accrue_client_feed(remote->client, buffer->base, (size_t)got) != ACCRUE_OK)) {
        accrue_uv_lost(remote);
        return;
    }
    remote->pause_ms = 10;
    accrue_uv_flush(remote);
}

static inline void accrue_uv_on_connect(uv_connect_t *request, int status)
{
    struct accrue_uv *remote = (struct accrue_uv *)request->data;
    if (status < 0 || remote->closing) {
        accrue_uv_lost(remote);
        return;
    }
    remote->up = 1;
    (void)uv_read_start((uv_stream_t *)&remote->pipe, accrue_uv_on_alloc, accrue_uv_on_read);
    accrue_client_connected(remote->client);
    if (remote->on_state != NULL) {
        remote->on_state(remote, 1, remote->arg);
    }
    accrue_uv_flush(remote);
}

static inline void accrue_uv_dial(struct accrue_uv *remote)
{
    (void)uv_pipe_init(remote->loop, &remote->pipe, 0);
    remote->pipe.data = remote;
    remote->pipe_open = 1;
    remote->connect.data = remote;
    uv_pipe_connect(&remote->connect, &remote->pipe, remote->path, accrue_uv_on_connect);
}

static inline void accrue_uv_on_timer(uv_timer_t *timer)
{
    struct accrue_uv *remote = (struct accrue_uv *)timer->data;
    (void)accrue_client_tick(remote->client, uv_now(remote->loop));
    if (remote->closing) {
        return;
    }
    if (!remote->pipe_open && uv_now(remote->loop) >= remote->dial_at) {
        accrue_uv_dial(remote);
    }
    uv_timer_set_repeat(timer, remote->up ? 100 : 10);
    accrue_uv_flush(remote);
}

/* Begin. `path` and `client` must outlive `remote`; 0 or a libuv error. */
static inline int accrue_uv_init(struct accrue_uv *remote, uv_loop_t *loop, accrue_client *client,
                                 const char *path, accrue_uv_state_fn on_state, void *arg)
{
    int status;
    memset(remote, 0, sizeof(*remote));
    remote->loop = loop;
    remote->client = client;
    remote->path = path;
    remote->on_state = on_state;
    remote->arg = arg;
    remote->pause_ms = 10;
    status = uv_timer_init(loop, &remote->timer);
    remote->timer.data = remote;
    if (status == 0) {
        remote->timer_open = 1;
        status = uv_timer_start(&remote->timer, accrue_uv_on_timer, 10, 10);
    }
    if (status == 0) {
        (void)accrue_client_tick(client, uv_now(loop));
        accrue_uv_dial(remote);
    }
    return status;
}

/* Stop; `on_closed` when the last handle is gone. The client is still yours. */
static inline void accrue_uv_close(struct accrue_uv *remote, accrue_uv_closed_fn on_closed)
{
    if (remote->closing) {
        return;
    }
    remote->closing = 1;
    remote->on_closed = on_closed;
    uv_close((uv_handle_t *)&remote->timer, accrue_uv_timer_closed);
    accrue_uv_lost(remote);
}

#endif
