/* Addresses, read by hand and inet_pton: a name never reaches a resolver.
 *
 *   A1  A path that the kernel would cut (over 107 bytes) is refused: cut, it would be another
 *       socket.
 *   A2  What is not loopback is refused until TCP peers can prove who they are. */

#include "daemon/net/address.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>

static enum status parse_unix(const char *path, struct address *address, struct fault *fault)
{
    size_t len = strlen(path);
    if (len == 0) {
        (void)fault_set(fault, STATUS_BAD_PARAMS, "listen");
        fault_detail(fault, "a path must follow the colon");
        return STATUS_BAD_PARAMS;
    }
    if (len >= sizeof(address->socket.un.sun_path)) { /* A1 */
        (void)fault_set(fault, STATUS_BAD_PARAMS, "listen");
        fault_detail(fault, "a socket path has at most %zu bytes, this one %zu",
                     sizeof(address->socket.un.sun_path) - 1, len);
        return STATUS_BAD_PARAMS;
    }
    address->kind = ADDRESS_UNIX;
    address->socket.un.sun_family = AF_UNIX;
    memcpy(address->socket.un.sun_path, path, len + 1);
    address->len = (socklen_t)sizeof(address->socket.un);
    return STATUS_OK;
}

static bool parse_port(const char *text, in_port_t *ret_port)
{
    unsigned port = 0;
    if (text[0] == '\0' || strlen(text) > 5) {
        return false;
    }
    for (const char *at = text; *at != '\0'; at++) {
        if (*at < '0' || *at > '9') {
            return false;
        }
        port = port * 10 + (unsigned)(*at - '0');
    }
    *ret_port = htons((uint16_t)port);
    return port <= UINT16_MAX;
}

/* Split `host:port` or `[host]:port`; the host goes into `out`. */
static const char *split_host(const char *text, char *out, size_t size)
{
    const char *begin = text[0] == '[' ? text + 1 : text;
    const char *end = text[0] == '[' ? strchr(begin, ']') : strrchr(begin, ':');
    if (end == NULL || (size_t)(end - begin) >= size) {
        return NULL;
    }
    memcpy(out, begin, (size_t)(end - begin));
    out[end - begin] = '\0';
    end += *end == ']' ? 1 : 0;
    return *end == ':' ? end + 1 : NULL;
}

/* A2 */
static enum status check_loopback(const struct address *address, struct fault *fault)
{
    bool loopback = address->socket.any.sa_family == AF_INET
                        ? ntohl(address->socket.in.sin_addr.s_addr) >> 24 == 127
                        : IN6_IS_ADDR_LOOPBACK(&address->socket.in6.sin6_addr) != 0;
    if (!loopback) {
        (void)fault_set(fault, STATUS_FORBIDDEN, "listen");
        fault_detail(fault, "TCP listens on loopback only: 127.0.0.1 or [::1]");
        return STATUS_FORBIDDEN;
    }
    return STATUS_OK;
}

static enum status parse_tcp(const char *text, struct address *address, struct fault *fault)
{
    char host[INET6_ADDRSTRLEN];
    in_port_t port;
    const char *port_text = split_host(text, host, sizeof(host));

    if (port_text == NULL || !parse_port(port_text, &port)) {
        goto err;
    }
    address->kind = ADDRESS_TCP;
    if (inet_pton(AF_INET, host, &address->socket.in.sin_addr) == 1) {
        address->socket.in.sin_family = AF_INET;
        address->socket.in.sin_port = port;
        address->len = (socklen_t)sizeof(address->socket.in);
    } else if (inet_pton(AF_INET6, host, &address->socket.in6.sin6_addr) == 1) {
        address->socket.in6.sin6_family = AF_INET6;
        address->socket.in6.sin6_port = port;
        address->len = (socklen_t)sizeof(address->socket.in6);
    } else {
        goto err;
    }
    return check_loopback(address, fault);

err:
    (void)fault_set(fault, STATUS_BAD_PARAMS, "listen");
    fault_detail(fault, "write %s:127.0.0.1:PORT or %s:[::1]:PORT, names are not resolved",
                 address->http ? "http" : "tcp", address->http ? "http" : "tcp");
    return STATUS_BAD_PARAMS;
}

enum status address_parse(const char *text, struct address *ret_address, struct fault *fault)
{
    struct address address;
    enum status status;

    memset(&address, 0, sizeof(address));
    address.http = strncmp(text, "http", 4) == 0;
    if (strncmp(text, "unix:", 5) == 0) {
        status = parse_unix(text + 5, &address, fault);
    } else if (strncmp(text, "http+unix:", 10) == 0) {
        status = parse_unix(text + 10, &address, fault);
    } else if (strncmp(text, "tcp:", 4) == 0) {
        status = parse_tcp(text + 4, &address, fault);
    } else if (strncmp(text, "http:", 5) == 0) {
        status = parse_tcp(text + 5, &address, fault);
    } else {
        status = fault_set(fault, STATUS_BAD_PARAMS, "listen");
        fault_detail(fault, "an address begins with unix:, tcp:, http: or http+unix:");
    }
    if (status == STATUS_OK) {
        *ret_address = address;
    }
    return status;
}

enum status address_of_socket(int fd, struct address *ret_address, struct fault *fault)
{
    struct address address;

    memset(&address, 0, sizeof(address));
    address.len = (socklen_t)sizeof(address.socket);
    if (getsockname(fd, &address.socket.any, &address.len) != 0) {
        (void)fault_set(fault, STATUS_BAD_PARAMS, "listen");
        fault_detail(fault, "not a socket");
        return STATUS_BAD_PARAMS;
    }
    bool inet = address.socket.any.sa_family == AF_INET || address.socket.any.sa_family == AF_INET6;
    if (!inet &&
        (address.socket.any.sa_family != AF_UNIX || address.socket.un.sun_path[0] != '/')) {
        (void)fault_set(fault, STATUS_BAD_PARAMS, "listen");
        fault_detail(fault, "neither TCP nor a Unix socket with an absolute path");
        return STATUS_BAD_PARAMS;
    }
    address.kind = inet ? ADDRESS_TCP : ADDRESS_UNIX;
    enum status status = inet ? check_loopback(&address, fault) : STATUS_OK;
    if (status == STATUS_OK) {
        *ret_address = address;
    }
    return status;
}

void address_format(const struct address *address, char out[ADDRESS_TEXT_MAX])
{
    char host[INET6_ADDRSTRLEN] = "";
    const char *over_tcp = address->http ? "http" : "tcp";
    switch (address->kind) {
    case ADDRESS_UNIX:
        (void)snprintf(out, ADDRESS_TEXT_MAX, "%sunix:%s", address->http ? "http+" : "",
                       address->socket.un.sun_path);
        return;
    case ADDRESS_TCP:
        if (address->socket.any.sa_family == AF_INET) {
            (void)inet_ntop(AF_INET, &address->socket.in.sin_addr, host, sizeof(host));
            (void)snprintf(out, ADDRESS_TEXT_MAX, "%s:%s:%u", over_tcp, host,
                           (unsigned)ntohs(address->socket.in.sin_port));
        } else {
            (void)inet_ntop(AF_INET6, &address->socket.in6.sin6_addr, host, sizeof(host));
            (void)snprintf(out, ADDRESS_TEXT_MAX, "%s:[%s]:%u", over_tcp, host,
                           (unsigned)ntohs(address->socket.in6.sin6_port));
        }
        return;
    }
}
