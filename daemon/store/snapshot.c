/* Opening and reading a snapshot, as it is found at start; see snapshot.h. */

#include "daemon/store/snapshot.h"

#include "daemon/base/check.h"
#include "daemon/base/crc32c.h"
#include "daemon/store/snapshot_files.h"
#include "daemon/store/start.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

void log_tree(const struct log *log, struct tree *ret_tree)
{
    *ret_tree = log->tree;
}

static enum status odd(struct fault *fault, const char *name, const char *what)
{
    (void)fault_set(fault, STATUS_CORRUPT, NULL);
    fault_detail(fault, "file=facts/%s what=%s", name, what);
    return STATUS_CORRUPT;
}

/* H3 */
static enum status check_history(struct log *log, const struct tree *given, struct fault *fault)
{
    struct tree tree = *given;
    struct block_view view;
    if (tree.size > log_head(log).seq) {
        return odd(fault, "manifest", "ahead_of_the_log");
    }
    enum status status = block_view_find(log, tree.size, &view, fault);
    if (status != STATUS_OK) {
        return status;
    }
    bool same = block_grows_tree(&tree, &view.block, UINT64_MAX);
    block_view_done(&view);
    return same ? STATUS_OK : odd(fault, "manifest", "of_another_history");
}

/* Files may be longer: rows were appended for a manifest that was never written. */
static enum status check_files(const struct snapshot *snapshot, struct fault *fault)
{
    const struct snapshot_head *head = &snapshot->manifest.head;
    for (uint32_t i = 0; i < head->count; i++) {
        struct stat info;
        char *path = snapshot_path(snapshot->log, head->columns[i].name, ".rows");
        bool there = path != NULL && stat(path, &info) == 0;
        free(path);
        if (!there && column_bytes(&head->columns[i]) > 0) {
            return odd(fault, head->columns[i].name, "missing");
        }
        if (there && (uint64_t)info.st_size < column_bytes(&head->columns[i])) {
            return odd(fault, head->columns[i].name, "cut");
        }
    }
    return STATUS_OK;
}

enum status snapshot_open(struct log *log, const char *layout, struct snapshot **ret_snapshot,
                          struct fault *fault)
{
    struct snapshot *snapshot = malloc(sizeof(*snapshot));
    if (snapshot == NULL) {
        return fault_set(fault, STATUS_NOMEM, NULL);
    }
    snapshot->log = log;
    enum status status = manifest_read(log, &snapshot->manifest, fault);
    if (status == STATUS_OK && strcmp(snapshot->manifest.head.layout, layout) != 0) {
        status = odd(fault, "manifest", "of_another_release");
    }
    if (status == STATUS_OK) {
        status = check_history(log, &snapshot->manifest.head.tree, fault);
    }
    if (status == STATUS_OK) {
        status = check_files(snapshot, fault);
    }
    if (status != STATUS_OK) {
        free(snapshot);
        if (status != STATUS_NOT_FOUND) {
            (void)snapshot_delete(log); /* H1 */
        }
        return status;
    }
    *ret_snapshot = snapshot;
    return STATUS_OK;
}

const struct snapshot_head *snapshot_head(const struct snapshot *snapshot)
{
    return &snapshot->manifest.head;
}

static bool read_whole(int fd, uint8_t *out, size_t len, uint64_t at)
{
    while (len > 0) {
        ssize_t got = pread(fd, out, len, (off_t)at);
        if (got <= 0) {
            if (got < 0 && errno == EINTR) {
                continue;
            }
            return false;
        }
        out += got;
        at += (uint64_t)got;
        len -= (size_t)got;
    }
    return true;
}

static enum status read_rows(const struct snapshot *snapshot, uint32_t column, int fd,
                             snapshot_take_fn *take, void *arg, struct fault *fault)
{
    const struct snapshot_column *of = &snapshot->manifest.head.columns[column];
    const uint64_t piece = SNAPSHOT_PIECE_BYTES / of->row_bytes;
    uint8_t *rows = malloc(SNAPSHOT_PIECE_BYTES);
    enum status status = rows != NULL && piece > 0 ? STATUS_OK : STATUS_NOMEM;
    uint32_t crc = 0;
    (void)fault_set(fault, status, NULL);
    for (uint64_t done = 0; status == STATUS_OK && done < of->rows;) {
        uint64_t count = of->rows - done < piece ? of->rows - done : piece;
        size_t len = (size_t)(count * of->row_bytes);
        if (!read_whole(fd, rows, len, done * of->row_bytes)) {
            status = odd(fault, of->name, "cannot_be_read");
        } else {
            crc = crc32c_more(crc, slice_of(rows, len));
            if (!take(arg, column, count, rows)) {
                status = odd(fault, of->name, "not_taken");
            }
        }
        done += count;
    }
    free(rows);
    if (status == STATUS_OK && crc != snapshot->manifest.crc[column]) {
        status = odd(fault, of->name, "damaged");
    }
    return status;
}

enum status snapshot_read(const struct snapshot *snapshot, uint32_t column, snapshot_take_fn *take,
                          void *arg, struct fault *fault)
{
    const struct snapshot_column *of = &snapshot->manifest.head.columns[column];
    INVARIANT(column < snapshot->manifest.head.count);
    if (of->rows == 0) {
        return STATUS_OK;
    }
    char *path = snapshot_path(snapshot->log, of->name, ".rows");
    int fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    free(path);
    if (fd < 0) {
        return odd(fault, of->name, "cannot_be_opened");
    }
    (void)posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    enum status status = read_rows(snapshot, column, fd, take, arg, fault);
    (void)close(fd);
    return status;
}

void snapshot_close(struct snapshot *snapshot, bool good)
{
    struct log *log = snapshot->log;
    if (good) {
        free(log->snapshot);
        log->snapshot = malloc(sizeof(*log->snapshot));
        if (log->snapshot != NULL) {
            *log->snapshot = snapshot->manifest;
        }
    } else {
        (void)snapshot_delete(log);
    }
    free(snapshot);
}
