/* A dead daemon leaves its socket's name behind, and bind() will not reuse it.
 *
 *   U1  PATH.lock is held (flock) as long as the name is ours, so of two daemons that start at a
 *       time one unlinks and binds, the other is told.
 *   U2  What is there is removed only if it is a socket and nobody accepts on it.
 *   U3  The name appears with mode 0660 already: the mask is set around bind(), while the process
 *       has one thread. */

#include "daemon/net/socket_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_PATH_MAX (sizeof(((struct sockaddr_un *)0)->sun_path) + 8)

static enum status fail(struct fault *fault, enum status status, const char *what)
{
    int error = errno;
    (void)fault_set(fault, status, "listen");
    fault_detail(fault, "%s: %s", what, strerror(error));
    return status;
}

static int unix_socket(void)
{
    return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

static enum status take_lock(const char *path, int *ret_fd, struct fault *fault)
{
    char lock_path[LOCK_PATH_MAX];
    (void)snprintf(lock_path, sizeof(lock_path), "%s.lock", path);
    int fd = open(lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        return fail(fault, STATUS_IO, "cannot open the socket's lock file");
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        enum status status = fail(fault, errno == EWOULDBLOCK ? STATUS_BUSY : STATUS_IO,
                                  "cannot lock the socket's name");
        (void)close(fd);
        return status;
    }
    *ret_fd = fd;
    return STATUS_OK;
}

/* U2 */
static enum status remove_stale(const struct address *address, struct fault *fault)
{
    const char *path = address->socket.un.sun_path;
    struct stat info;

    if (lstat(path, &info) != 0) {
        return errno == ENOENT ? STATUS_OK : fail(fault, STATUS_IO, "cannot look at the path");
    }
    if (!S_ISSOCK(info.st_mode)) {
        errno = EEXIST;
        return fail(fault, STATUS_IO, "the path is not a socket");
    }
    int fd = unix_socket();
    if (fd < 0) {
        return fail(fault, STATUS_IO, "cannot make a socket");
    }
    int rc = connect(fd, &address->socket.any, address->len);
    int error = rc == 0 ? EADDRINUSE : errno;
    (void)close(fd);
    errno = error;
    if (error != ECONNREFUSED) {
        return fail(fault, error == EADDRINUSE || error == EAGAIN ? STATUS_BUSY : STATUS_IO,
                    "somebody listens there");
    }
    if (unlink(path) != 0) {
        return fail(fault, STATUS_IO, "cannot remove the stale socket");
    }
    return STATUS_OK;
}

/* U3 */
static int bind_path(const struct address *address)
{
    int fd = unix_socket();
    if (fd < 0) {
        return -1;
    }
    mode_t mask = umask(0117);
    int rc = bind(fd, &address->socket.any, address->len);
    int error = errno;
    (void)umask(mask);
    if (rc != 0) {
        (void)close(fd);
        errno = error;
        return -1;
    }
    return fd;
}

enum status socket_file_bind(const struct address *address, int *ret_fd, int *ret_lock_fd,
                             struct fault *fault)
{
    int lock_fd = -1;
    enum status status = take_lock(address->socket.un.sun_path, &lock_fd, fault);
    if (status != STATUS_OK) {
        return status;
    }
    status = remove_stale(address, fault);
    int fd = status == STATUS_OK ? bind_path(address) : -1;
    if (status == STATUS_OK && fd < 0) {
        status = fail(fault, STATUS_IO, "cannot bind");
    }
    if (status != STATUS_OK) {
        (void)close(lock_fd);
        return status;
    }
    *ret_fd = fd;
    *ret_lock_fd = lock_fd;
    return STATUS_OK;
}

void socket_file_release(const struct address *address, int lock_fd)
{
    (void)unlink(address->socket.un.sun_path);
    (void)close(lock_fd); /* the lock file stays: removing it would let two hold it */
}
