#ifndef ACCRUE_DAEMON_NET_ADDRESS_H
#define ACCRUE_DAEMON_NET_ADDRESS_H

/* Where to listen: `unix:PATH`, `tcp:127.0.0.1:7171`, `tcp:[::1]:0`; the same for HTTP as
 * `http+unix:PATH`, `http:127.0.0.1:8080`. Numeric only, so that there is no resolver; loopback
 * only, as long as a TCP peer has no identity of its own. */

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "proto/fault.h"

enum address_kind { ADDRESS_UNIX, ADDRESS_TCP };

#define ADDRESS_TEXT_MAX 128u

struct address {
    enum address_kind kind;
    bool http; /* else MessagePack-RPC */
    union {
        struct sockaddr any;
        struct sockaddr_un un;
        struct sockaddr_in in;
        struct sockaddr_in6 in6;
    } socket;
    socklen_t len;
};

/* STATUS_BAD_PARAMS with the reason in `fault->detail`; FORBIDDEN for a TCP address that is not
 * loopback. */
enum status address_parse(const char *text, struct address *ret_address, struct fault *fault);

/* The address that a socket of somebody else is bound to. STATUS_BAD_PARAMS if it is not what we
 * could have bound: no path, no IP; FORBIDDEN as above. */
enum status address_of_socket(int fd, struct address *ret_address, struct fault *fault);

/* As it is written in the configuration, with the port that was bound. */
void address_format(const struct address *address, char out[ADDRESS_TEXT_MAX]);

#endif
