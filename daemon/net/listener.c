/* Accepting, and not accepting.
 *
 *   L1  At connections_max no more are accepted: they wait in the kernel's queue until one ends.
 *       libuv stops polling while uv_accept() is owed to it, so waiting costs nothing.
 *   L2  connections_max is what the file descriptors allow, less a reserve for the log, children
 *       and snapshots, so running out is rare; when it happens all the same, libuv closes the
 *       newcomers by its own reserve descriptor, and the loop does not spin.
 *   L3  Sockets are made and bound here, numerically, and handed to libuv bound. One that was
 *       made by the service manager is as good, but its name in the file system is not ours. */

#include "daemon/net/listener.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/base/check.h"
#include "daemon/base/diag.h"
#include "daemon/net/net_inner.h"
#include "daemon/net/socket_file.h"

#define BACKLOG 511

static void accept_one(struct listener *listener)
{
    struct net *net = listener->net;
    if (net->connections >= net->connections_max) {
        if (!listener->waiting) {
            diag(DIAG_WARN, "connections at their limit, newcomers wait", "limit=%u",
                 net->connections_max);
        }
        listener->waiting = true; /* L1 */
        return;
    }
    listener->waiting = false;
    struct session *session = session_new(net, &listener->address);
    if (session == NULL) {
        listener->waiting = true;
        return;
    }
    if (uv_accept(&listener->uv.stream, &session->uv.stream) != 0) {
        session_abandon(session);
        return;
    }
    session_start(session);
}

static void on_connection(uv_stream_t *stream, int status)
{
    struct listener *listener = stream->data;
    if (status != 0) {
        diag(DIAG_WARN, "cannot accept", "reason=%s", uv_err_name(status)); /* L2 */
        return;
    }
    accept_one(listener);
}

void listeners_resume(struct net *net)
{
    for (struct list_node *at = net->listeners.next; at != &net->listeners; at = at->next) {
        struct listener *listener = LIST_ELEMENT(at, struct listener, link);
        if (listener->waiting && !net->stopping) {
            accept_one(listener);
        }
    }
}

static int tcp_socket(const struct address *address)
{
    int family = address->socket.any.sa_family;
    int on = 1;
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        return -1;
    }
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0 ||
        (family == AF_INET6 && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on)) != 0) ||
        bind(fd, &address->socket.any, address->len) != 0) {
        int error = errno;
        (void)close(fd);
        errno = error;
        return -1;
    }
    return fd;
}

static enum status bind_socket(struct listener *listener, int *ret_fd, struct fault *fault)
{
    struct address *address = &listener->address;
    if (address->kind == ADDRESS_UNIX) {
        return socket_file_bind(address, ret_fd, &listener->lock_fd, fault);
    }
    int fd = tcp_socket(address);
    if (fd < 0) {
        enum status status = errno == EADDRINUSE ? STATUS_BUSY : STATUS_IO;
        int error = errno;
        (void)fault_set(fault, status, "listen");
        fault_detail(fault, "cannot bind: %s", strerror(error));
        return status;
    }
    socklen_t len = address->len;
    int rc = getsockname(fd, &address->socket.any, &len); /* the port that was chosen */
    INVARIANT(rc == 0);
    *ret_fd = fd;
    return STATUS_OK;
}

/* L3 */
static int adopt(struct listener *listener, int fd)
{
    uv_loop_t *loop = listener->net->loop;
    if (listener->address.kind == ADDRESS_UNIX) {
        int rc = uv_pipe_init(loop, &listener->uv.pipe, 0);
        return rc != 0 ? rc : uv_pipe_open(&listener->uv.pipe, fd);
    }
    int rc = uv_tcp_init(loop, &listener->uv.tcp);
    return rc != 0 ? rc : uv_tcp_open(&listener->uv.tcp, fd);
}

static struct listener *listener_new(struct net *net, const struct address *address)
{
    struct listener *listener = calloc(1, sizeof(*listener));
    if (listener != NULL && address->http && !net_has_http(net)) {
        free(listener);
        return NULL;
    }
    if (listener != NULL) {
        listener->net = net;
        listener->address = *address;
        listener->lock_fd = -1;
    }
    return listener;
}

static enum status listener_start(struct listener *listener, int fd, struct address *ret_bound,
                                  struct fault *fault)
{
    int rc = adopt(listener, fd);
    INVARIANT(rc == 0); /* a stream socket, bound */
    listener->uv.handle.data = listener;
    list_push_back(&listener->net->listeners, &listener->link);
    rc = uv_listen(&listener->uv.stream, BACKLOG, on_connection);
    if (rc != 0) { /* it stays in the list, and net_stop() closes it */
        (void)fault_set(fault, STATUS_IO, "listen");
        fault_detail(fault, "cannot listen: %s", uv_err_name(rc));
        return STATUS_IO;
    }
    *ret_bound = listener->address;
    return STATUS_OK;
}

enum status net_listen(struct net *net, const struct address *address, struct address *ret_bound,
                       struct fault *fault)
{
    int fd = -1;
    struct listener *listener = listener_new(net, address);
    if (listener == NULL) {
        return fault_set(fault, STATUS_NOMEM, "listen");
    }
    enum status status = bind_socket(listener, &fd, fault);
    if (status != STATUS_OK) {
        free(listener);
        return status;
    }
    return listener_start(listener, fd, ret_bound, fault);
}

/* Whatever was handed to us, it listens for streams, or it is refused. */
static enum status check_listens(int fd, struct fault *fault)
{
    int type = 0, listens = 0;
    socklen_t len = (socklen_t)sizeof(type);
    if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) != 0 ||
        getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &len) != 0 || type != SOCK_STREAM ||
        listens == 0) {
        (void)fault_set(fault, STATUS_BAD_PARAMS, "listen");
        fault_detail(fault, "not a stream socket that listens (ListenStream=, Accept=no)");
        return STATUS_BAD_PARAMS;
    }
    return STATUS_OK;
}

enum status net_adopt(struct net *net, int fd, bool http, struct address *ret_bound,
                      struct fault *fault)
{
    struct address address;
    enum status status = check_listens(fd, fault);
    if (status == STATUS_OK) {
        status = address_of_socket(fd, &address, fault);
    }
    if (status != STATUS_OK) {
        return status;
    }
    address.http = http;
    struct listener *listener = listener_new(net, &address);
    return listener != NULL ? listener_start(listener, fd, ret_bound, fault)
                            : fault_set(fault, STATUS_NOMEM, "listen");
}

static void on_closed(uv_handle_t *handle)
{
    free(handle->data);
}

void listeners_close(struct net *net)
{
    struct list_node *node;
    while ((node = list_pop_front(&net->listeners)) != NULL) {
        struct listener *listener = LIST_ELEMENT(node, struct listener, link);
        if (listener->lock_fd >= 0) {
            socket_file_release(&listener->address, listener->lock_fd);
        }
        uv_close(&listener->uv.handle, on_closed);
    }
}
