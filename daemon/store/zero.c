/* Room ahead of the log's end, as written zeros.
 *
 *   Z1  Nothing is zeroed below `zeroed`, and `zeroed` is never below `used`: so a zero never
 *       lands on a page that a commit may have written.
 *   Z2  A group is begun only if used + its worst case <= `zeroed`. With Z1 the extender may
 *       run beside a commit: they write on different sides of the mark.
 *   Z3  `zeroed` rises only after the zeros are synced. So a commit changes no size and no
 *       extent, and a full disk shows here, where nothing has been touched yet.
 *   Z4  At start the mark is `used`: what a dead process left behind it proves nothing.
 *   Z5  A failed sync is the end, as everywhere: which pages it was about is unknown.
 *
 * posix_fallocate would be faster and is not enough: it leaves extents marked unwritten, and
 * a failed write-back of those reads as zeros after the next boot. */

#include "daemon/base/check.h"
#include "daemon/store/inner.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#define PAGE_BYTES 4096u
#define GROUP_PAGES 96u       /* paths of three B-trees, and the free list's usual records */
#define FREE_PAGES_MAX 1024u  /* pages of one free list record */
#define PAYLOAD_PER_PAGE 700u /* private parts may fill their pages to a sixth */
#define ZERO_STEP_FIRST (1 * MIB)
#define ZERO_WRITE (256 * KIB)
#define ZERO_TURN (8 * MIB) /* at most, when idle */

static uint8_t zeros[ZERO_WRITE];

uint64_t room_needed(uint64_t used, size_t events, size_t bytes)
{
    uint64_t payload =
        (uint64_t)bytes + BLOCK_TAIL_BYTES + (uint64_t)events * (BLOCK_EVENT_LEN + 40);
    uint64_t free_pages = used / PAGE_BYTES / 512;
    uint64_t pages = payload / PAYLOAD_PER_PAGE + GROUP_PAGES +
                     (free_pages < FREE_PAGES_MAX ? free_pages : FREE_PAGES_MAX);
    return used + pages * PAGE_BYTES;
}

static enum status write_zeros(int fd, uint64_t from, uint64_t to)
{
    while (from < to) {
        size_t len = to - from < ZERO_WRITE ? (size_t)(to - from) : ZERO_WRITE;
        ssize_t written = pwrite(fd, zeros, len, (off_t)from);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? STATUS_DISK_FULL
                                                                        : STATUS_IO;
        }
        from += (uint64_t)written;
    }
    return STATUS_OK;
}

/* Raise the mark to `to`. The caller holds zero_lock. */
static enum status extend(struct log *log, uint64_t to)
{
    struct stat info;
    uint64_t from = atomic_load(&log->zeroed);

    INVARIANT(from >= atomic_load(&log->used)); /* Z1 */
    if (to <= from) {
        return STATUS_OK;
    }
    if (fstat(log->zero_fd, &info) != 0) {
        return STATUS_IO;
    }
    enum status status = write_zeros(log->zero_fd, from, to);
    if (status == STATUS_DISK_FULL) {
        /* Give back what was just taken, and only that. */
        (void)!ftruncate(log->zero_fd, info.st_size);
        return status;
    }
    if (status != STATUS_OK || fdatasync(log->zero_fd) != 0) {
        log_poison(log); /* Z5 */
        return STATUS_IO;
    }
    atomic_store(&log->zeroed, to); /* Z3 */
    return STATUS_OK;
}

static uint64_t step_limit(const struct log *log)
{
    return log->options.zero_step != 0 ? log->options.zero_step : ZERO_AHEAD_BYTES;
}

/* The next step's length: small for a small log, then doubling. */
static uint64_t next_step(struct log *log)
{
    uint64_t limit = step_limit(log);
    uint64_t step = log->zero_next != 0 ? log->zero_next : ZERO_STEP_FIRST;
    step = step < limit ? step : limit;
    log->zero_next = step * 2;
    return step;
}

enum status log_room(struct log *log, size_t events, size_t bytes)
{
    if (log->options.read_only || atomic_load(&log->poisoned)) {
        return STATUS_READ_ONLY;
    }
    uint64_t needed = room_needed(atomic_load(&log->used), events, bytes);
    if (needed > log->head.map_bytes) {
        return STATUS_LOG_FULL;
    }
    if (needed <= atomic_load(&log->zeroed)) { /* Z2 */
        return STATUS_OK;
    }
    (void)pthread_mutex_lock(&log->zero_lock);
    uint64_t step = next_step(log);
    uint64_t far = atomic_load(&log->zeroed) + step;
    far = far < log->head.map_bytes ? far : log->head.map_bytes;
    enum status status = extend(log, far > needed ? far : needed);
    if (status == STATUS_DISK_FULL) {
        log->zero_next = step;
        status = extend(log, needed);
    }
    (void)pthread_mutex_unlock(&log->zero_lock);
    return status == STATUS_IO ? STATUS_READ_ONLY : status;
}

enum status log_zero_ahead(struct log *log)
{
    if (log->options.read_only || atomic_load(&log->poisoned)) {
        return STATUS_READ_ONLY;
    }
    enum status status = STATUS_OK;
    (void)pthread_mutex_lock(&log->zero_lock);
    uint64_t zeroed = atomic_load(&log->zeroed);
    uint64_t step = log->zero_next != 0 ? log->zero_next : ZERO_STEP_FIRST;
    step = step < step_limit(log) ? step : step_limit(log);
    if (zeroed - atomic_load(&log->used) < step) {
        uint64_t far = zeroed + (step < ZERO_TURN ? step : ZERO_TURN);
        if (far <= log->head.map_bytes) {
            status = extend(log, far);
        }
    }
    (void)pthread_mutex_unlock(&log->zero_lock);
    return status;
}
