#ifndef ACCRUE_DAEMON_NET_NET_H
#define ACCRUE_DAEMON_NET_NET_H

/* The daemon's contact with the world: sockets, threads, clocks, child processes. It gives the
 * service its struct env and drives it.
 *
 *   N1  The service is called on the loop thread, from callbacks and from one place before the
 *       loop sleeps (net_turn), never from inside its own calls to the env.
 *   N2  A connection costs at most FRAME_BYTES_MAX and a read in, OUT_BYTES_MAX out, and only
 *       while it needs them; an idle one costs its struct.
 *
 * Order: net_new, service_open(net_env), net_start, net_listen …, uv_run, net_drain, net_stop,
 * service_close, net_free. */

#include <uv.h>

#include "daemon/net/address.h"
#include "daemon/service/service.h"

struct net;

/* NULL without memory or file descriptors. */
struct net *net_new(uv_loop_t *loop);
const struct env *net_env(struct net *net);
/* How long a TCP connection may be without a request or a tail; TCP_IDLE_MS unless set. Before
 * net_listen(). */
void net_set_tcp_idle(struct net *net, uint64_t ms);
/* A name, besides those of the loopback, under which HTTP is served. Before net_listen().
 * STATUS_BAD_PARAMS: no name, or too many. */
enum status net_add_http_host(struct net *net, const char *name, struct fault *fault);
/* Starts the writer thread. */
enum status net_start(struct net *net, struct service *service, struct fault *fault);

/* STATUS_BUSY  somebody listens there already
 * STATUS_IO    it cannot be bound; detail says why
 * `ret_bound` gets the address with the port that was chosen. */
enum status net_listen(struct net *net, const struct address *address, struct address *ret_bound,
                       struct fault *fault);

/* Listen on `fd`, a stream socket that somebody else has bound and listens on: Unix by path, or TCP
 * on loopback; `http`: for HTTP. Its name in the file system stays theirs. On success `fd` belongs
 * to the net. STATUS_BAD_PARAMS or FORBIDDEN if it is another kind of thing. */
enum status net_adopt(struct net *net, int fd, bool http, struct address *ret_bound,
                      struct fault *fault);

/* Accept no more, take no new appends, answer what is in flight, close what has been answered;
 * `on_drained` is called when all of that is done, or when `limit_ms` has passed. */
typedef void net_drained_fn(void *arg, bool in_time);
void net_drain(struct net *net, uint64_t limit_ms, net_drained_fn *on_drained, void *arg);

/* Close everything and join the writer thread. The loop must run until it has nothing left.
 * false: the writer hangs in a commit, and so would this call; nothing was done. */
bool net_stop(struct net *net);
void net_free(struct net *net);

#endif
