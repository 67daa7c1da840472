/* Creation.
 *
 *   1. build everything in DIR/new.tmp and sync it;
 *   2. rename DIR/new.tmp to DIR/new, sync DIR: from here on the log exists;
 *   3. move the files of DIR/new up, sync DIR, remove DIR/new.
 *
 *   C1  DIR/new.tmp is never of use and is removed at start; DIR/new is always whole and is
 *       moved up at start, however much of it has already gone.
 *   C2  DIR/new goes away only after what was in it is durable one level up.
 *   C3  Nothing is ever created over a data.mdb that lies there without a FORMAT: somebody
 *       lost a file, and the events are still in the other.
 *
 * Inside of DIR, not beside it: the parent of a service's state directory is not the
 * service's to write, and DIR may be a mount point. */

#include "daemon/store/create.h"

#include "daemon/store/file.h"
#include "daemon/store/format.h"
#include "daemon/store/inner.h"
#include "proto/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define CREATE_MAP_BYTES (16 * MIB)

static const char *const moved[] = {"data.mdb", "FORMAT"};
static const char *const built[] = {"data.mdb", "FORMAT", "data.mdb-lock"};

static enum status failed(struct fault *fault, const char *step)
{
    enum status status = errno == ENOSPC || errno == EDQUOT ? STATUS_DISK_FULL : STATUS_IO;
    (void)fault_set(fault, status, NULL);
    fault_detail(fault, "step=%s errno=%d", step, errno);
    return status;
}

static bool remove_building(const char *building)
{
    for (size_t i = 0; i < sizeof(built) / sizeof(built[0]); i++) {
        char *path = path_of(building, built[i]);
        bool gone = path != NULL && (unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR);
        free(path);
        if (!gone) {
            return false;
        }
    }
    return rmdir(building) == 0 || errno == ENOENT;
}

/* Step 3. */
static bool move_up(const char *directory, const char *whole)
{
    for (size_t i = 0; i < sizeof(moved) / sizeof(moved[0]); i++) {
        char *from = path_of(whole, moved[i]);
        char *to = path_of(directory, moved[i]);
        bool gone = from != NULL && to != NULL && (rename(from, to) == 0 || errno == ENOENT);
        free(from);
        free(to);
        if (!gone) {
            return false;
        }
    }
    return directory_sync(directory) && rmdir(whole) == 0 && directory_sync(directory); /* C2 */
}

enum status create_finish(const char *directory, struct fault *fault)
{
    char *building = path_of(directory, "new.tmp");
    char *whole = path_of(directory, "new");
    enum status status = STATUS_OK;

    if (building == NULL || whole == NULL) {
        status = fault_set(fault, STATUS_NOMEM, NULL);
    } else if (!remove_building(building)) { /* C1 */
        status = failed(fault, "remove_unfinished");
    } else if (file_exists(whole) && !move_up(directory, whole)) {
        status = failed(fault, "finish_creation");
    }
    free(building);
    free(whole);
    return status;
}

static bool holds(const char *directory, const char *name)
{
    char *path = path_of(directory, name);
    bool there = path != NULL && file_exists(path);
    free(path);
    return there;
}

bool create_done(const char *directory)
{
    return holds(directory, "FORMAT");
}

/* The first transaction: both databases, and the id that binds the file to its FORMAT. */
static enum status create_data(const char *path, const struct format *format, struct fault *fault)
{
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi dbi;
    uint8_t id[LOG_ID_BYTES];
    MDB_val key = {.mv_size = sizeof(DATA_ID_KEY) - 1, .mv_data = (char[]){DATA_ID_KEY}};
    MDB_val value = {.mv_size = sizeof(id), .mv_data = id};

    memcpy(id, format->id, sizeof(id));
    enum status status = data_open(path, CREATE_MAP_BYTES, false, &env, fault);
    if (status != STATUS_OK) {
        return status;
    }
    int rc = mdb_txn_begin(env, NULL, 0, &txn);
    if (rc == 0) {
        rc = mdb_dbi_open(txn, DATA_BLOCKS, MDB_CREATE | MDB_INTEGERKEY, &dbi);
        if (rc == 0) {
            rc = mdb_dbi_open(txn, DATA_PRIVATE, MDB_CREATE | MDB_INTEGERKEY, &dbi);
        }
        if (rc == 0) {
            rc = mdb_dbi_open(txn, NULL, 0, &dbi);
        }
        if (rc == 0) {
            rc = mdb_put(txn, dbi, &key, &value, 0);
        }
        if (rc == 0) {
            rc = mdb_txn_commit(txn);
        } else {
            mdb_txn_abort(txn);
        }
    }
    mdb_env_close(env);
    return rc == 0 ? STATUS_OK : data_fault(fault, rc, "create");
}

static bool file_sync(const char *path)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    bool synced = fsync(fd) == 0;
    (void)close(fd);
    return synced;
}

/* Step 1, in a directory of that name that does not exist yet. */
static enum status build(const char *building, const struct format *format, struct fault *fault)
{
    char text[FILE_BYTES_MAX];
    size_t len = format_write(format, text, sizeof(text));
    char *data = path_of(building, "data.mdb");
    char *lock = path_of(building, "data.mdb-lock");
    char *name = path_of(building, "FORMAT");
    enum status status = STATUS_OK;

    if (data == NULL || lock == NULL || name == NULL) {
        status = fault_set(fault, STATUS_NOMEM, NULL);
    } else if (mkdir(building, 0700) != 0) {
        status = failed(fault, "mkdir");
    } else {
        status = create_data(data, format, fault);
    }
    if (status == STATUS_OK && (!file_sync(data) || unlink(lock) != 0 ||
                                !file_write(name, text, len) || !directory_sync(building))) {
        status = failed(fault, "write");
    }
    free(data);
    free(lock);
    free(name);
    return status;
}

enum status create_log(const char *directory, bool born_loading, struct fault *fault)
{
    struct format format = {.created = wall_clock_us(), .born_loading = born_loading};
    char *building = path_of(directory, "new.tmp");
    char *whole = path_of(directory, "new");
    enum status status = STATUS_OK;

    if (building == NULL || whole == NULL) {
        status = fault_set(fault, STATUS_NOMEM, NULL);
    } else if (holds(directory, "data.mdb")) { /* C3 */
        status = fault_set(fault, STATUS_CORRUPT, NULL);
        fault_detail(fault, "file=FORMAT missing beside data.mdb");
    } else if (getrandom(format.id, sizeof(format.id), 0) != (ssize_t)sizeof(format.id)) {
        status = failed(fault, "getrandom");
    } else {
        status = build(building, &format, fault);
    }
    if (status == STATUS_OK && (rename(building, whole) != 0 || !directory_sync(directory) ||
                                !move_up(directory, whole))) {
        status = failed(fault, "rename");
    }
    free(building);
    free(whole);
    return status;
}
