/* The kernel's word about a Unix peer; of a TCP peer there is only the address until it can prove
 * more. Inside another user namespace the kernel gives the overflow uid: see the manual. */

#include "daemon/net/identity.h"

#include <stdio.h>

static void unix_identity(int fd, char *out)
{
    struct ucred peer;
    socklen_t len = sizeof(peer);
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) != 0 || len != sizeof(peer)) {
        (void)snprintf(out, ACTOR_MAX + 1, "uid:unknown");
        return;
    }
    (void)snprintf(out, ACTOR_MAX + 1, "uid:%lu", (unsigned long)peer.uid);
}

static void tcp_identity(int fd, char *out)
{
    struct sockaddr_storage peer;
    socklen_t len = sizeof(peer);
    char host[INET6_ADDRSTRLEN] = "unknown";

    memset(&peer, 0, sizeof(peer));
    if (getpeername(fd, (struct sockaddr *)&peer, &len) == 0) {
        (void)(peer.ss_family == AF_INET
                   ? uv_ip4_name((const struct sockaddr_in *)&peer, host, sizeof(host))
                   : uv_ip6_name((const struct sockaddr_in6 *)&peer, host, sizeof(host)));
    }
    (void)snprintf(out, ACTOR_MAX + 1, "tcp:%s", host);
}

void identity_of(const uv_stream_t *stream, enum address_kind kind, char out[ACTOR_MAX + 1])
{
    uv_os_fd_t fd = -1;
    (void)uv_fileno((const uv_handle_t *)stream, &fd);
    if (kind == ADDRESS_UNIX) {
        unix_identity(fd, out);
    } else {
        tcp_identity(fd, out);
    }
}
