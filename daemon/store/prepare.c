/* Before anything of the log is looked at: where it lies, who holds it, is there one.
 *
 *   S1  DIR/LOCK is held from before the first look at the files until after the last write.
 *       It is ours, not LMDB's: LMDB would let two writers take turns. */

#include "daemon/store/create.h"
#include "daemon/store/file.h"
#include "daemon/store/inner.h"
#include "daemon/store/start.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#define FS_EXT4 0xEF53
#define FS_XFS 0x58465342
#define FS_TMPFS 0x01021994

enum status start_io_fault(struct fault *fault, const char *step)
{
    enum status status = errno == ENOSPC || errno == EDQUOT ? STATUS_DISK_FULL : STATUS_IO;
    (void)fault_set(fault, status, NULL);
    fault_detail(fault, "step=%s errno=%d", step, errno);
    return status;
}

enum status start_corrupt(struct fault *fault, const char *what)
{
    (void)fault_set(fault, STATUS_CORRUPT, NULL);
    fault_detail(fault, "%s", what);
    return STATUS_CORRUPT;
}

static enum status check_file_system(struct log *log, struct fault *fault)
{
    struct statfs info;
    if (log->options.ephemeral) {
        return STATUS_OK;
    }
    if (statfs(log->directory, &info) != 0) {
        return start_io_fault(fault, "statfs");
    }
    if (info.f_type == FS_EXT4 || info.f_type == FS_XFS) {
        return STATUS_OK;
    }
    if (info.f_type == FS_TMPFS) {
        atomic_store(&log->warning, "the log lies in memory (tmpfs): it ends with this boot");
        return STATUS_OK;
    }
    (void)fault_set(fault, STATUS_IO, NULL);
    fault_detail(fault, "file_system=0x%lx supported=ext4,xfs", (unsigned long)info.f_type);
    return STATUS_IO;
}

static enum status take_lock(struct log *log, struct fault *fault) /* S1 */
{
    char *path = path_of(log->directory, "LOCK");
    if (path == NULL) {
        return fault_set(fault, STATUS_NOMEM, NULL);
    }
    log->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    free(path);
    if (log->lock_fd < 0) {
        return start_io_fault(fault, "open_lock");
    }
    if (flock(log->lock_fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) {
            return start_io_fault(fault, "lock");
        }
        (void)fault_set(fault, STATUS_BUSY, NULL);
        fault_detail(fault, "file=LOCK");
        return STATUS_BUSY;
    }
    return STATUS_OK;
}

/* The directory, the lock, and a log in there. */
enum status start_prepare(struct log *log, struct fault *fault)
{
    if (log->options.create) {
        if (mkdir(log->directory, 0700) == 0) {
            if (!directory_sync_above(log->directory)) {
                return start_io_fault(fault, "sync_parent");
            }
        } else if (errno != EEXIST) {
            return start_io_fault(fault, "mkdir");
        }
    }
    enum status status = check_file_system(log, fault);
    if (status == STATUS_OK) {
        status = take_lock(log, fault);
    }
    if (status == STATUS_OK) {
        status = create_finish(log->directory, fault);
    }
    if (status != STATUS_OK || create_done(log->directory)) {
        return status;
    }
    if (!log->options.create) {
        (void)fault_set(fault, STATUS_IO, NULL);
        fault_detail(fault, "no log here");
        return STATUS_IO;
    }
    if (file_exists(log->anchor_path)) {
        return start_corrupt(fault, "file=anchor names a log that is not here");
    }
    return create_log(log->directory, log->options.init_load, fault);
}
