/* Poison: what happens after a commit has failed, now and at the next start.
 *
 *   P1  The latch comes first, then the markers; a marker that cannot be written changes
 *       nothing now.
 *   P2  A marker names the boot. Within one boot the page cache may hold bytes that the disk
 *       has not, and a sync that follows a failed one says nothing: so a start is refused.
 *   P3  With after_io_error the file's pages are dropped first: a check through a warm cache
 *       proves nothing. After a reboot there is nothing to drop.
 *   P4  Everything is then read and checked, in a child process: a damaged tree makes LMDB
 *       crash, and that must not be the daemon. */

#include "daemon/base/check.h"
#include "daemon/store/file.h"
#include "daemon/store/inner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define BOOT_ID_FILE "/proc/sys/kernel/random/boot_id"

static void boot_id_read(char text[FILE_BYTES_MAX])
{
    if (!file_read(BOOT_ID_FILE, text)) {
        text[0] = '\0';
    }
    text[strcspn(text, "\n")] = '\0';
}

static void leave_marker(const char *path, const char *boot)
{
    char text[256];
    int len = snprintf(text, sizeof(text), "boot_id=%.64s\ntime=%lld\n", boot,
                       (long long)wall_clock_us());
    if (file_write(path, text, (size_t)len)) {
        (void)directory_sync_above(path);
    }
}

void log_poison(struct log *log)
{
    char boot[FILE_BYTES_MAX];
    if (atomic_exchange(&log->poisoned, true)) {
        return; /* P1 */
    }
    boot_id_read(boot);
    leave_marker(log->marker_path, boot);
    if (log->run_marker != NULL) {
        leave_marker(log->run_marker, boot);
    }
}

bool log_poisoned(const struct log *log)
{
    return atomic_load(&log->poisoned);
}

/* Is there a marker, and is it of this boot? One that cannot be read is. */
static void marker_read(const char *path, bool *there, bool *same_boot)
{
    char text[FILE_BYTES_MAX];
    char boot[FILE_BYTES_MAX / 2];
    struct slice of_marker;

    if (path == NULL || !file_exists(path)) {
        return;
    }
    *there = true;
    if (!file_read(BOOT_ID_FILE, text)) {
        *same_boot = true;
        return;
    }
    text[strcspn(text, "\n")] = '\0';
    (void)snprintf(boot, sizeof(boot), "%.128s", text);
    if (!file_read(path, text) || !line_find(text, "boot_id", &of_marker) || of_marker.len == 0 ||
        slice_is(of_marker, boot)) {
        *same_boot = true;
    }
}

static bool drop_pages(const char *path) /* P3 */
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    bool dropped = fdatasync(fd) == 0 && posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED) == 0;
    (void)close(fd);
    return dropped;
}

/* The child's whole life. It gives its fault back through `out`. */
static void verify_and_exit(const struct log *log, int out)
{
    struct fault fault = {0};
    struct log *child = NULL;
    struct log_options options = log->options;

    options.create = false;
    options.after_io_error = false;
    options.read_only = true;
    enum status status = log_open(log->directory, &options, &child, &fault);
    if (status == STATUS_OK) {
        status = log_verify(child, NULL, NULL, &fault);
    }
    fault.code = status;
    (void)!write(out, &fault, sizeof(fault));
    _exit(status == STATUS_OK ? 0 : 1);
}

static enum status verify_in_child(const struct log *log, struct fault *fault) /* P4 */
{
    int ends[2];
    int how = 0;
    struct fault found;

    if (pipe(ends) != 0) {
        return fault_set(fault, STATUS_IO, NULL);
    }
    pid_t pid = fork();
    if (pid == 0) {
        (void)close(ends[0]);
        verify_and_exit(log, ends[1]);
    }
    (void)close(ends[1]);
    ssize_t got = pid < 0 ? -1 : read(ends[0], &found, sizeof(found));
    (void)close(ends[0]);
    if (pid < 0) {
        return fault_set(fault, STATUS_IO, NULL);
    }
    while (waitpid(pid, &how, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(how) && WEXITSTATUS(how) == 0) {
        return STATUS_OK;
    }
    if (WIFEXITED(how) && got == (ssize_t)sizeof(found)) {
        *fault = found;
        return found.code;
    }
    (void)fault_set(fault, STATUS_CORRUPT, NULL);
    fault_detail(fault, "verify_ended_by_signal=%d", WIFSIGNALED(how) ? WTERMSIG(how) : 0);
    return STATUS_CORRUPT;
}

enum status poison_examine(const struct log *log, struct fault *fault)
{
    bool there = false;
    bool same_boot = false;

    marker_read(log->marker_path, &there, &same_boot);
    marker_read(log->run_marker, &there, &same_boot);
    if (!there) {
        return STATUS_OK;
    }
    if (same_boot && !log->options.after_io_error) { /* P2 */
        (void)fault_set(fault, STATUS_CORRUPT, NULL);
        fault_detail(fault, "poisoned: a commit failed in this boot; "
                            "mend the disk, then start with --after-io-error");
        return STATUS_CORRUPT;
    }
    if (!drop_pages(log->data_path)) {
        (void)fault_set(fault, STATUS_IO, NULL);
        fault_detail(fault, "step=drop_pages errno=%d", errno);
        return STATUS_IO;
    }
    enum status status = verify_in_child(log, fault);
    if (status != STATUS_OK) {
        return status;
    }
    if (!file_remove(log->marker_path) ||
        (log->run_marker != NULL && !file_remove(log->run_marker))) {
        (void)fault_set(fault, STATUS_IO, NULL);
        fault_detail(fault, "step=remove_marker errno=%d", errno);
        return STATUS_IO;
    }
    return STATUS_OK;
}
