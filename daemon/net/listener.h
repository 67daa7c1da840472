#ifndef ACCRUE_DAEMON_NET_LISTENER_H
#define ACCRUE_DAEMON_NET_LISTENER_H

/* A listening socket. Loop thread only; see net_listen(). */

#include <uv.h>

#include "daemon/base/list.h"
#include "daemon/net/address.h"

struct net;

struct listener {
    struct list_node link; /* net->listeners */
    struct net *net;
    struct address address; /* as bound */
    union {
        uv_handle_t handle;
        uv_stream_t stream;
        uv_pipe_t pipe;
        uv_tcp_t tcp;
    } uv;
    int lock_fd;  /* of a Unix socket's name; -1: none, or not ours */
    bool waiting; /* somebody is connected and not accepted: we are full */
};

#endif
