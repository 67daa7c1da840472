/* The protocol is one datagram, so it needs no library. A manager that is not there is none of
 * our concern: failing to tell it is ignored. */

#include "daemon/notify.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

void notify_manager(const char *text)
{
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un manager = {.sun_family = AF_UNIX};

    if (path == NULL || (path[0] != '/' && path[0] != '@') ||
        strlen(path) >= sizeof(manager.sun_path)) {
        return;
    }
    size_t len = strlen(path);
    memcpy(manager.sun_path, path, len);
    if (path[0] == '@') {
        manager.sun_path[0] = '\0'; /* an abstract name */
    }
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return;
    }
    ssize_t sent = sendto(fd, text, strlen(text), MSG_NOSIGNAL, (struct sockaddr *)&manager,
                          (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len));
    (void)sent;
    (void)close(fd);
}

uint64_t notify_watchdog_ms(void)
{
    const char *text = getenv("WATCHDOG_USEC");
    const char *pid = getenv("WATCHDOG_PID");
    char *end;

    if (text == NULL || (pid != NULL && strtol(pid, NULL, 10) != (long)getpid())) {
        return 0;
    }
    errno = 0;
    unsigned long long us = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 || us == 0) {
        return 0; /* not a manager's doing */
    }
    return us < 2000 ? 1 : us / 2000;
}
