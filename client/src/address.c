/* Where the daemon is. Numeric addresses only: no resolver, no surprise. */

#include "client/src/address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "accrue/accrue.h"

union any_address {
    struct sockaddr any;
    struct sockaddr_un local;
    struct sockaddr_in in4;
    struct sockaddr_in6 in6;
};

static int read_port(const char *text, in_port_t *ret_port)
{
    char *end;
    errno = 0;
    unsigned long port = strtoul(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || port == 0 || port > 65535) {
        return ACCRUE_BAD_PARAMS;
    }
    *ret_port = htons((uint16_t)port);
    return ACCRUE_OK;
}

static int read_tcp(const char *text, union any_address *address, socklen_t *ret_len)
{
    char host[64];
    const char *colon = strrchr(text, ':');
    if (colon == NULL || colon == text || (size_t)(colon - text) >= sizeof(host)) {
        return ACCRUE_BAD_PARAMS;
    }
    size_t len = (size_t)(colon - text);
    memcpy(host, text, len);
    host[len] = '\0';
    if (host[0] == '[' && host[len - 1] == ']') { /* [::1]:7911 */
        host[len - 1] = '\0';
        address->in6.sin6_family = AF_INET6;
        *ret_len = sizeof(address->in6);
        return inet_pton(AF_INET6, host + 1, &address->in6.sin6_addr) == 1
                   ? read_port(colon + 1, &address->in6.sin6_port)
                   : ACCRUE_BAD_PARAMS;
    }
    address->in4.sin_family = AF_INET;
    *ret_len = sizeof(address->in4);
    return inet_pton(AF_INET, host, &address->in4.sin_addr) == 1
               ? read_port(colon + 1, &address->in4.sin_port)
               : ACCRUE_BAD_PARAMS;
}

static int read_url(const char *url, union any_address *address, socklen_t *ret_len)
{
    memset(address, 0, sizeof(*address));
    if (strncmp(url, "tcp:", 4) == 0) {
        return read_tcp(url + 4, address, ret_len);
    }
    const char *path = strncmp(url, "unix:", 5) == 0 ? url + 5 : url;
    size_t len = strlen(path);
    if (len == 0 || len >= sizeof(address->local.sun_path)) {
        return ACCRUE_BAD_PARAMS;
    }
    address->local.sun_family = AF_UNIX;
    memcpy(address->local.sun_path, path, len + 1);
    *ret_len = sizeof(address->local);
    return ACCRUE_OK;
}

static bool wait_connected(int fd, uint32_t timeout_ms)
{
    struct pollfd ready = {.fd = fd, .events = POLLOUT};
    int error = 0;
    socklen_t len = sizeof(error);
    if (poll(&ready, 1, timeout_ms > INT32_MAX ? INT32_MAX : (int)timeout_ms) != 1) {
        errno = ETIMEDOUT;
        return false;
    }
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len) != 0 || error != 0) {
        errno = error;
        return false;
    }
    return true;
}

int address_connect(const char *url, uint32_t timeout_ms, int *ret_socket)
{
    union any_address address;
    socklen_t len;
    int status = read_url(url, &address, &len);
    if (status != ACCRUE_OK) {
        return status;
    }
    int fd = socket(address.any.sa_family, SOCK_STREAM, 0);
    if (fd < 0) {
        return ACCRUE_UNAVAILABLE;
    }
    (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    (void)fcntl(fd, F_SETFL, O_NONBLOCK);
    if (address.any.sa_family != AF_UNIX) {
        int on = 1;
        (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    }
    if (connect(fd, &address.any, len) != 0 &&
        (errno != EINPROGRESS || !wait_connected(fd, timeout_ms))) {
        int saved = errno;
        (void)close(fd);
        errno = saved;
        return ACCRUE_UNAVAILABLE;
    }
    *ret_socket = fd;
    return ACCRUE_OK;
}

const char *address_default(char *out, uint32_t size)
{
    const char *url = getenv("ACCRUE_URL");
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    if (url != NULL && *url != '\0') {
        return url;
    }
    if (geteuid() == 0 || runtime == NULL) {
        return "unix:/run/accrued.sock";
    }
    (void)snprintf(out, size, "unix:%s/accrued.sock", runtime);
    return out;
}
