/* The linker finds these before the C library's, for LMDB's shared library, too. */

#include "tests/unit/store/failing_disk.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define SHOWN __attribute__((visibility("default")))

static enum failing_call armed;
static unsigned fail_from;
static unsigned calls;
static int fail_with;

void failing_disk_arm(enum failing_call call, unsigned from, int error)
{
    armed = call;
    fail_from = from;
    fail_with = error;
    calls = 0;
}

unsigned failing_disk_calls(void)
{
    return calls;
}

static bool fails(enum failing_call call)
{
    if (armed != call) {
        return false;
    }
    calls++;
    errno = fail_with;
    return calls >= fail_from;
}

/* The parameters of these have the names that the C library's headers give them. */

SHOWN ssize_t pwrite(int fd, const void *buf, size_t n, off_t offset)
{
    if (fails(FAIL_PWRITE) || (n < 512 && fails(FAIL_META))) {
        return -1;
    }
    return syscall(SYS_pwrite64, fd, buf, n, offset);
}

SHOWN ssize_t writev(int fd, const struct iovec *iovec, int count)
{
    return fails(FAIL_WRITEV) ? -1 : syscall(SYS_writev, fd, iovec, count);
}

SHOWN int fdatasync(int fildes)
{
    return fails(FAIL_FDATASYNC) ? -1 : (int)syscall(SYS_fdatasync, fildes);
}
