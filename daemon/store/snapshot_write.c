/* Writing a snapshot, beside a log that goes on; see snapshot.h.
 *
 *   H6  log->snapshot is the manifest that the disk holds and this process has used or written;
 *       rows are appended only to that one. Without it the first step is to delete what lies
 *       there, manifest first.
 *   H7  Every few megabytes are synced by themselves: a large backlog of dirty pages would make
 *       the log's own syncs wait. */

#include "daemon/base/check.h"
#include "daemon/base/crc32c.h"
#include "daemon/store/file.h"
#include "daemon/store/snapshot_files.h"
#include "daemon/store/start.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define SYNC_BYTES (8 * MIB)
#define REST_MS_MAX 1000

struct writing {
    struct log *log;
    struct snapshot_manifest *next; /* crc filled in column by column */
    const struct snapshot_manifest *last;
    snapshot_give_fn *give;
    void *arg;
    struct snapshot_pace *pace;
    uint8_t *piece;
    uint64_t bytes;
};

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool given_up(const struct writing *writing)
{
    int64_t until = atomic_load_explicit(&writing->pace->until_ms, memory_order_relaxed);
    return until != 0 && now_ms() >= until;
}

static enum status sync_and_rest(const struct writing *writing, int fd, struct fault *fault)
{
    int64_t begun = now_ms();
    if (fdatasync(fd) != 0) {
        return start_io_fault(fault, "snapshot_sync");
    }
    int64_t rest = now_ms() - begun;
    rest = rest < REST_MS_MAX ? rest : REST_MS_MAX;
    if (atomic_load_explicit(&writing->pace->until_ms, memory_order_relaxed) == 0 && rest > 0) {
        const struct timespec pause = {.tv_sec = rest / 1000,
                                       .tv_nsec = (long)(rest % 1000) * 1000000};
        (void)nanosleep(&pause, NULL);
    }
    return STATUS_OK;
}

static enum status write_piece(int fd, const uint8_t *bytes, size_t len, uint64_t at,
                               struct fault *fault)
{
    while (len > 0) {
        ssize_t put = pwrite(fd, bytes, len, (off_t)at);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            errno = put == 0 ? ENOSPC : errno;
            return start_io_fault(fault, "snapshot_write");
        }
        bytes += put;
        at += (uint64_t)put;
        len -= (size_t)put;
    }
    return STATUS_OK;
}

static enum status write_rows(struct writing *writing, uint32_t i, int fd, uint64_t from,
                              struct fault *fault)
{
    const struct snapshot_column *column = &writing->next->head.columns[i];
    const uint64_t most = SNAPSHOT_PIECE_BYTES / column->row_bytes;
    enum status status = STATUS_OK;
    size_t unsynced = 0;
    INVARIANT(most > 0);
    for (uint64_t done = from; status == STATUS_OK && done < column->rows;) {
        uint64_t count = column->rows - done < most ? column->rows - done : most;
        size_t len = (size_t)(count * column->row_bytes);
        if (given_up(writing)) {
            return fault_set(fault, STATUS_CANCELLED, NULL);
        }
        writing->give(writing->arg, i, done, count, writing->piece);
        uint32_t *crc = &writing->next->crc[i];
        *crc = crc32c_more(*crc, slice_of(writing->piece, len));
        status = write_piece(fd, writing->piece, len, done * column->row_bytes, fault);
        done += count;
        unsynced += len;
        writing->bytes += len;
        if (status == STATUS_OK && (unsynced >= SYNC_BYTES || done == column->rows)) {
            status = sync_and_rest(writing, fd, fault); /* H7 */
            unsynced = 0;
        }
    }
    return status;
}

static uint64_t rows_before(const struct writing *writing, uint32_t column)
{
    return writing->last != NULL ? writing->last->head.columns[column].rows : 0;
}

static enum status write_column(struct writing *writing, uint32_t i, struct fault *fault)
{
    const struct snapshot_column *column = &writing->next->head.columns[i];
    uint64_t from = rows_before(writing, i);
    writing->next->crc[i] = writing->last != NULL ? writing->last->crc[i] : 0;
    INVARIANT(from <= column->rows);
    if (from == column->rows) {
        return STATUS_OK;
    }
    char *path = snapshot_path(writing->log, column->name, ".rows");
    int fd = path != NULL ? open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) : -1;
    free(path);
    if (fd < 0) {
        return start_io_fault(fault, "snapshot_open");
    }
    enum status status = STATUS_OK;
    if (ftruncate(fd, (off_t)(from * column->row_bytes)) != 0) { /* rows that never counted */
        status = start_io_fault(fault, "snapshot_cut");
    }
    if (status == STATUS_OK) {
        status = write_rows(writing, i, fd, from, fault);
    }
    if (close(fd) != 0 && status == STATUS_OK) {
        status = start_io_fault(fault, "snapshot_close");
    }
    return status;
}

/* H5 */
static enum status check_room(const struct writing *writing, struct fault *fault)
{
    uint64_t free_bytes;
    uint64_t need = SNAPSHOT_RESERVE_BYTES;
    if (!log_free_bytes(writing->log, &free_bytes)) {
        return start_io_fault(fault, "statvfs");
    }
    for (uint32_t i = 0; i < writing->next->head.count; i++) {
        const struct snapshot_column *column = &writing->next->head.columns[i];
        need += (column->rows - rows_before(writing, i)) * column->row_bytes;
    }
    if (free_bytes >= need) {
        return STATUS_OK;
    }
    (void)fault_set(fault, STATUS_DISK_FULL, NULL);
    fault_detail(fault, "free=%llu needed=%llu", (unsigned long long)free_bytes,
                 (unsigned long long)need);
    return STATUS_DISK_FULL;
}

/* Is `last` the beginning of `head`? */
static bool goes_on(const struct snapshot_manifest *last, const struct snapshot_head *head)
{
    bool same = last->head.count == head->count && strcmp(last->head.layout, head->layout) == 0 &&
                last->head.number == head->number && last->head.tree.size <= head->tree.size;
    for (uint32_t i = 0; same && i < head->count; i++) {
        const struct snapshot_column *old = &last->head.columns[i];
        same = strcmp(old->name, head->columns[i].name) == 0 &&
               old->row_bytes == head->columns[i].row_bytes && old->rows <= head->columns[i].rows;
    }
    return same;
}

static enum status begin_anew(struct log *log, struct fault *fault) /* H6 */
{
    free(log->snapshot);
    log->snapshot = NULL;
    if (!snapshot_delete(log)) {
        return start_io_fault(fault, "snapshot_delete");
    }
    char *directory = path_of(log->directory, SNAPSHOT_DIRECTORY);
    bool made = directory != NULL && (mkdir(directory, 0700) == 0 || errno == EEXIST);
    free(directory);
    if (!made || !directory_sync(log->directory)) {
        return start_io_fault(fault, "snapshot_directory");
    }
    return STATUS_OK;
}

/* The rows are synced; make them count (H2). */
static enum status make_it_count(struct writing *writing, struct fault *fault)
{
    char *directory = path_of(writing->log->directory, SNAPSHOT_DIRECTORY);
    bool good = directory != NULL && directory_sync(directory);
    free(directory);
    writing->next->head.time = wall_clock_us();
    if (!good || !manifest_write(writing->log, writing->next)) {
        return start_io_fault(fault, "snapshot_manifest");
    }
    free(writing->log->snapshot);
    writing->log->snapshot = writing->next; /* the log's from here on */
    writing->next = NULL;
    return STATUS_OK;
}

/* Back to the rows that count. */
static void take_back(const struct writing *writing)
{
    for (uint32_t i = 0; i < writing->last->head.count; i++) {
        const struct snapshot_column *column = &writing->last->head.columns[i];
        char *path = snapshot_path(writing->log, column->name, ".rows");
        (void)(path != NULL && truncate(path, (off_t)column_bytes(column)) == 0);
        free(path);
    }
}

static void clean_up(struct writing *writing, enum status status)
{
    bool harmless = status == STATUS_DISK_FULL || status == STATUS_CANCELLED;
    if (harmless && writing->last != NULL) {
        take_back(writing);
        return;
    }
    free(writing->log->snapshot); /* H4 */
    writing->log->snapshot = NULL;
    (void)snapshot_delete(writing->log);
}

static enum status write_all(struct writing *writing, struct fault *fault)
{
    enum status status = check_room(writing, fault);
    if (status == STATUS_OK && writing->last == NULL) {
        status = begin_anew(writing->log, fault);
    }
    for (uint32_t i = 0; status == STATUS_OK && i < writing->next->head.count; i++) {
        status = write_column(writing, i, fault);
    }
    return status == STATUS_OK ? make_it_count(writing, fault) : status;
}

enum status snapshot_write(struct log *log, struct snapshot_head *head, snapshot_give_fn *give,
                           void *arg, struct snapshot_pace *pace, uint64_t *ret_bytes,
                           struct fault *fault)
{
    struct writing writing = {.log = log, .give = give, .arg = arg, .pace = pace};
    writing.next = malloc(sizeof(*writing.next));
    writing.piece = malloc(SNAPSHOT_PIECE_BYTES);
    enum status status = STATUS_NOMEM;
    (void)fault_set(fault, status, NULL);
    if (writing.next != NULL && writing.piece != NULL) {
        writing.next->head = *head;
        writing.last = log->snapshot != NULL && goes_on(log->snapshot, head) ? log->snapshot : NULL;
        status = write_all(&writing, fault);
    }
    *ret_bytes = writing.bytes;
    if (status != STATUS_OK) {
        clean_up(&writing, status);
    } else if (log->snapshot != NULL) {
        head->time = log->snapshot->head.time;
    }
    free(writing.next);
    free(writing.piece);
    return status;
}
