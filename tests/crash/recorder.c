/* Records what a program does to the files below IORECORD_ROOT, into the file IORECORD_LOG.
 *
 * Preloaded: LMDB's own calls pass through here, too. Every call is made and recorded under
 * one lock, so the order of the record is the order of the calls. Names that end in "-lock"
 * are left out: they are shared memory, and no reboot keeps them.
 *
 * IORECORD_FORGET=sync leaves the syncs out of the record: a planted fault, with which the
 * replayer must find lost events. */

#include "proto/bytes.h"
#include "tests/crash/record.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define SHOWN __attribute__((visibility("default")))
#define FDS_MAX 256

struct watched {
    uint64_t inode; /* 0: not ours */
    bool dsync;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct watched watched[FDS_MAX];
static int log_fd = -1;
static const char *root;
static bool forget_syncs;

static void emit(enum record_op op, bool durable, uint64_t inode, uint64_t other, const void *bytes,
                 size_t len)
{
    uint8_t head[RECORD_HEAD_LEN];
    head[0] = (uint8_t)op;
    head[1] = durable ? 1 : 0;
    store_u64(head + 2, inode);
    store_u64(head + 10, other);
    store_u32(head + 18, (uint32_t)len);
    if (syscall(SYS_write, log_fd, head, sizeof(head)) != (long)sizeof(head) ||
        (len > 0 && syscall(SYS_write, log_fd, bytes, len) != (long)len)) {
        abort();
    }
}

static uint64_t inode_of(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0 ? info.st_ino : 0;
}

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("IORECORD_LOG");
    const char *forget = getenv("IORECORD_FORGET");
    root = getenv("IORECORD_ROOT");
    forget_syncs = forget != NULL && strcmp(forget, "sync") == 0;
    if (root == NULL || path == NULL) {
        root = NULL;
        return;
    }
    log_fd =
        (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (log_fd < 0) {
        abort();
    }
    emit(RECORD_ROOT, false, inode_of(root), 0, NULL, 0);
}

static bool ours(const char *path)
{
    size_t len = strlen(path);
    return root != NULL && strncmp(path, root, strlen(root)) == 0 &&
           (len < 5 || strcmp(path + len - 5, "-lock") != 0);
}

static const char *name_in(const char *path, uint64_t *ret_parent)
{
    char above[4096];
    const char *slash = strrchr(path, '/');
    size_t len = (size_t)(slash - path);
    memcpy(above, path, len);
    above[len] = '\0';
    *ret_parent = inode_of(above);
    return slash + 1;
}

static void emit_name(enum record_op op, const char *path, uint64_t inode)
{
    uint64_t parent = 0;
    const char *name = name_in(path, &parent);
    emit(op, false, inode, parent, name, strlen(name));
}

static int open_recorded(const char *path, int flags, unsigned mode)
{
    if (!ours(path)) {
        return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    }
    (void)pthread_mutex_lock(&lock);
    bool there = inode_of(path) != 0;
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    int error = errno;
    if (fd >= 0 && fd < FDS_MAX) {
        watched[fd].inode = inode_of(path);
        watched[fd].dsync = (flags & O_DSYNC) != 0;
        if (!there) {
            emit_name(RECORD_CREATE, path, watched[fd].inode);
        } else if ((flags & O_TRUNC) != 0) {
            emit(RECORD_TRUNCATE, false, watched[fd].inode, 0, NULL, 0);
        }
    }
    (void)pthread_mutex_unlock(&lock);
    errno = error;
    return fd;
}

/* The parameters of these have the names that the C library's headers give them. */

SHOWN int open(const char *file, int oflag, ...)
{
    va_list args;
    va_start(args, oflag);
    unsigned mode = (oflag & O_CREAT) != 0 ? va_arg(args, unsigned) : 0;
    va_end(args);
    return open_recorded(file, oflag, mode);
}

SHOWN int open64(const char *path, int flags, ...);
SHOWN int open64(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    unsigned mode = (flags & O_CREAT) != 0 ? va_arg(args, unsigned) : 0;
    va_end(args);
    return open_recorded(path, flags, mode);
}

static struct watched *watch_of(int fd)
{
    static struct watched none;
    return fd >= 0 && fd < FDS_MAX ? &watched[fd] : &none;
}

SHOWN int close(int fd)
{
    (void)pthread_mutex_lock(&lock);
    if (fd >= 0 && fd < FDS_MAX) {
        watched[fd].inode = 0;
    }
    int rc = (int)syscall(SYS_close, fd);
    (void)pthread_mutex_unlock(&lock);
    return rc;
}

static void emit_write(const struct watched *to, uint64_t at, const void *bytes, long len)
{
    if (to->inode != 0 && len > 0) {
        emit(RECORD_WRITE, to->dsync && !forget_syncs, to->inode, at, bytes, (size_t)len);
    }
}

SHOWN ssize_t pwrite(int fd, const void *buf, size_t n, off_t offset)
{
    (void)pthread_mutex_lock(&lock);
    long written = syscall(SYS_pwrite64, fd, buf, n, offset);
    emit_write(watch_of(fd), (uint64_t)offset, buf, written);
    (void)pthread_mutex_unlock(&lock);
    return written;
}

SHOWN ssize_t pwrite64(int fd, const void *buf, size_t n, off_t offset);
SHOWN ssize_t pwrite64(int fd, const void *buf, size_t n, off_t offset)
{
    return pwrite(fd, buf, n, offset);
}

SHOWN ssize_t write(int fd, const void *buf, size_t n)
{
    (void)pthread_mutex_lock(&lock);
    const struct watched *to = watch_of(fd);
    off_t at = to->inode != 0 ? lseek(fd, 0, SEEK_CUR) : 0;
    long written = syscall(SYS_write, fd, buf, n);
    emit_write(to, (uint64_t)at, buf, written);
    if (root != NULL && fd == 1 && n > 4 && memcmp(buf, "ACK ", 4) == 0) {
        emit(RECORD_ACK, false, 0, strtoull((const char *)buf + 4, NULL, 10), NULL, 0);
    }
    (void)pthread_mutex_unlock(&lock);
    return written;
}

SHOWN ssize_t writev(int fd, const struct iovec *iovec, int count)
{
    (void)pthread_mutex_lock(&lock);
    const struct watched *to = watch_of(fd);
    off_t at = to->inode != 0 ? lseek(fd, 0, SEEK_CUR) : 0;
    long written = syscall(SYS_writev, fd, iovec, count);
    long left = written;
    for (int i = 0; i < count && left > 0; i++) {
        long len = (long)iovec[i].iov_len < left ? (long)iovec[i].iov_len : left;
        emit_write(to, (uint64_t)at, iovec[i].iov_base, len);
        at += len;
        left -= len;
    }
    (void)pthread_mutex_unlock(&lock);
    return written;
}

static int sync_recorded(int fd, long number)
{
    (void)pthread_mutex_lock(&lock);
    int rc = (int)syscall(number, fd);
    if (rc == 0 && watch_of(fd)->inode != 0 && !forget_syncs) {
        emit(RECORD_SYNC, false, watch_of(fd)->inode, 0, NULL, 0);
    }
    (void)pthread_mutex_unlock(&lock);
    return rc;
}

SHOWN int fsync(int fd)
{
    return sync_recorded(fd, SYS_fsync);
}

SHOWN int fdatasync(int fildes)
{
    return sync_recorded(fildes, SYS_fdatasync);
}

SHOWN int ftruncate(int fd, off_t length)
{
    (void)pthread_mutex_lock(&lock);
    int rc = (int)syscall(SYS_ftruncate, fd, length);
    if (rc == 0 && watch_of(fd)->inode != 0) {
        emit(RECORD_TRUNCATE, false, watch_of(fd)->inode, (uint64_t)length, NULL, 0);
    }
    (void)pthread_mutex_unlock(&lock);
    return rc;
}

SHOWN int rename(const char *old, const char *new)
{
    (void)pthread_mutex_lock(&lock);
    uint64_t inode = inode_of(old);
    int rc = (int)syscall(SYS_rename, old, new);
    if (rc == 0 && ours(new)) {
        emit_name(RECORD_RENAME, new, inode);
    }
    (void)pthread_mutex_unlock(&lock);
    return rc;
}

static int remove_recorded(const char *path, long number)
{
    (void)pthread_mutex_lock(&lock);
    uint64_t inode = inode_of(path);
    int rc = (int)syscall(number, path);
    int error = errno;
    if (rc == 0 && ours(path)) {
        emit(RECORD_REMOVE, false, inode, 0, NULL, 0);
    }
    (void)pthread_mutex_unlock(&lock);
    errno = error;
    return rc;
}

SHOWN int unlink(const char *name)
{
    return remove_recorded(name, SYS_unlink);
}

SHOWN int rmdir(const char *path)
{
    return remove_recorded(path, SYS_rmdir);
}

SHOWN int mkdir(const char *path, mode_t mode)
{
    (void)pthread_mutex_lock(&lock);
    int rc = (int)syscall(SYS_mkdir, path, mode);
    int error = errno;
    if (rc == 0 && ours(path)) {
        emit_name(RECORD_MKDIR, path, inode_of(path));
    }
    (void)pthread_mutex_unlock(&lock);
    errno = error;
    return rc;
}
