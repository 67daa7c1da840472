/* Opening and closing a log, in the order in which each check protects the next:
 *
 *   lock -> creation finished or made -> FORMAT -> poison marker -> length of the file ->
 *   map -> id -> last block -> anchor and tree
 *
 *   S2  Nothing is mapped before the poison markers and the file's length are examined. */

#include "daemon/store/anchor.h"
#include "daemon/store/file.h"
#include "daemon/store/inner.h"
#include "daemon/store/start.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <unistd.h>

static enum status open_data(struct log *log, struct fault *fault)
{
    int dead = 0;
    bool read_only = log->options.read_only;
    uint64_t map = log->options.map_bytes != 0 ? log->options.map_bytes : MAP_BYTES;

    enum status status = data_check_file(log->data_path, fault); /* S2 */
    if (status == STATUS_OK) {
        status = data_open(log->data_path, map, read_only, &log->env, fault);
    }
    if (status != STATUS_OK) {
        return status;
    }
    log->map = map_register(log->env);
    (void)mdb_reader_check(log->env, &dead);
    status = start_databases(log, fault);
    if (status == STATUS_OK) {
        int rc = mdb_txn_begin(log->env, NULL, MDB_RDONLY, &log->standby);
        status = rc == 0 ? STATUS_OK : data_fault(fault, rc, "mdb_txn_begin");
    }
    if (status == STATUS_OK) {
        status = start_head(log, fault);
    }
    if (status == STATUS_OK && !read_only) {
        log->zero_fd = open(log->data_path, O_RDWR | O_CLOEXEC);
        status = log->zero_fd >= 0 ? STATUS_OK : start_io_fault(fault, "open_data");
    }
    return status;
}

static bool name_files(struct log *log, const char *path, const struct log_options *options)
{
    const char *anchor = options->anchor_path;
    const char *run = options->run_marker;

    log->directory = strdup(path);
    log->data_path = path_of(path, "data.mdb");
    log->marker_path = path_of(path, "poisoned");
    log->anchor_path = anchor != NULL ? strdup(anchor) : path_of(path, "anchor");
    log->run_marker = run != NULL ? strdup(run) : NULL;
    log->options.anchor_path = log->anchor_path;
    log->options.run_marker = log->run_marker;
    return log->directory != NULL && log->data_path != NULL && log->marker_path != NULL &&
           log->anchor_path != NULL && (run == NULL || log->run_marker != NULL);
}

static void release(struct log *log)
{
    if (log->standby != NULL) {
        mdb_txn_abort(log->standby);
    }
    if (log->env != NULL) {
        mdb_env_close(log->env);
        map_forget(&log->map);
    }
    if (log->zero_fd >= 0) {
        (void)close(log->zero_fd);
    }
    if (log->lock_fd >= 0) {
        (void)close(log->lock_fd);
    }
    (void)pthread_mutex_destroy(&log->head_lock);
    (void)pthread_mutex_destroy(&log->zero_lock);
    (void)pthread_mutex_destroy(&log->standby_lock);
    free(log->directory);
    free(log->data_path);
    free(log->marker_path);
    free(log->anchor_path);
    free(log->run_marker);
    free(log->snapshot);
    free(log);
}

enum status log_open(const char *path, const struct log_options *options, struct log **ret_log,
                     struct fault *fault)
{
    struct log *log = calloc(1, sizeof(*log));
    if (log == NULL) {
        return fault_set(fault, STATUS_NOMEM, NULL);
    }
    log->options = *options;
    log->self = log;
    log->lock_fd = -1;
    log->zero_fd = -1;
    atomic_store(&log->warning, "");
    (void)pthread_mutex_init(&log->head_lock, NULL);
    (void)pthread_mutex_init(&log->zero_lock, NULL);
    (void)pthread_mutex_init(&log->standby_lock, NULL);

    enum status status = STATUS_OK;
    char *format_path = path_of(path, "FORMAT");
    if (!name_files(log, path, options) || format_path == NULL) {
        status = fault_set(fault, STATUS_NOMEM, NULL);
    }
    if (status == STATUS_OK && !options->read_only) {
        status = start_prepare(log, fault);
    }
    if (status == STATUS_OK) {
        status = format_read(format_path, &log->format, fault);
    }
    if (status == STATUS_OK && !options->read_only) {
        status = poison_examine(log, fault);
    }
    if (status == STATUS_OK) {
        status = open_data(log, fault);
    }
    free(format_path);
    if (status != STATUS_OK) {
        release(log);
        return status;
    }
    (void)fault_set(fault, STATUS_OK, NULL);
    hex_write(log->format.id, LOG_ID_BYTES, log->id);
    *ret_log = log;
    return STATUS_OK;
}

void log_close(struct log *log)
{
    if (log == NULL) {
        return;
    }
    if (!log->options.read_only && log->head.seq > 0 && !log_poisoned(log)) {
        (void)anchor_write(log->anchor_path, log->format.id, &log->tree);
    }
    release(log);
}

const char *log_warning(const struct log *log)
{
    return atomic_load(&log->warning);
}

bool log_free_bytes(const struct log *log, uint64_t *ret_bytes)
{
    struct statvfs info;
    if (statvfs(log->directory, &info) != 0) {
        return false;
    }
    *ret_bytes = (uint64_t)info.f_bavail * info.f_frsize;
    return true;
}

struct log_head log_head(const struct log *log)
{
    pthread_mutex_t *lock = &log->self->head_lock;
    (void)pthread_mutex_lock(lock);
    struct log_head head = log->head;
    (void)pthread_mutex_unlock(lock);
    head.used_bytes = atomic_load(&log->used);
    head.zeroed_bytes = atomic_load(&log->zeroed);
    return head;
}

const char *log_id(const struct log *log)
{
    return log->id;
}

bool log_born_loading(const struct log *log)
{
    return log->format.born_loading;
}

int64_t log_created(const struct log *log)
{
    return log->format.created;
}
