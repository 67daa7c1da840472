/* The model log. A group is there whole or not at all, as the crash campaign has shown of the
 * real one; an append that failed may have stored it or not, and the log is poisoned either way. */

#include "tests/support/small/model_log.h"

#include <stdio.h>
#include <stdlib.h>

#include "proto/event.h"

struct log {
    struct disk *disk;
};

static struct disk *used;

void disk_init(struct disk *disk)
{
    *disk = (struct disk){.records = calloc(DISK_RECORDS_MAX, sizeof(*disk->records))};
}

void disk_done(struct disk *disk)
{
    disk_forget_snapshot(disk);
    for (uint64_t i = 0; i < disk->count; i++) {
        free(disk->records[i].stored);
        free(disk->records[i].private_part);
    }
    free(disk->records);
    *disk = (struct disk){0};
}

void disk_use(struct disk *disk)
{
    used = disk;
}

struct disk *disk_of(const struct log *log)
{
    return log->disk;
}

enum status log_open(const char *path, const struct log_options *options, struct log **ret_log,
                     struct fault *fault)
{
    struct log *log = calloc(1, sizeof(*log));
    (void)path;
    (void)fault;
    if (used->count == 0 && options->init_load) {
        used->born_loading = true;
    }
    used->poisoned = used->crashed = false;
    log->disk = used;
    *ret_log = log;
    return STATUS_OK;
}

void log_close(struct log *log)
{
    free(log);
}

const char *log_warning(const struct log *log)
{
    (void)log;
    return "";
}

const char *log_id(const struct log *log)
{
    (void)log;
    return "00000000000000000000000000000000";
}

bool log_born_loading(const struct log *log)
{
    return log->disk->born_loading;
}

struct log_head log_head(const struct log *log)
{
    const struct disk *disk = log->disk;
    struct log_head head = {.seq = disk->count};
    if (disk->count > 0) {
        head.recorded = disk->records[disk->count - 1].row.recorded;
    }
    return head;
}

bool log_free_bytes(const struct log *log, uint64_t *ret_bytes)
{
    (void)log;
    *ret_bytes = 0;
    return false; /* no file system */
}

bool log_poisoned(const struct log *log)
{
    return log->disk->poisoned;
}

enum status log_room(struct log *log, size_t events, size_t bytes)
{
    (void)events;
    (void)bytes;
    return log->disk->poisoned ? STATUS_READ_ONLY : log->disk->no_room;
}

static void complain(struct disk *disk, const char *what, uint64_t seq)
{
    if (disk->wrong[0] == '\0') {
        (void)snprintf(disk->wrong, sizeof(disk->wrong), "%s at seq %llu", what,
                       (unsigned long long)seq);
    }
}

static void check(struct disk *disk, const struct log_event *row)
{
    struct event event, older;
    uint64_t seq = disk->count + 1, prev = 0, agg_seq = 1;
    if (event_from_stored(row->stored, &event) != STATUS_OK) {
        complain(disk, "no stored form", seq);
        return;
    }
    if (event.seq != seq || event.recorded != row->recorded || event.flags != row->flags) {
        complain(disk, "stamp and row differ", seq);
    }
    for (uint64_t i = 0; i < disk->count; i++) {
        (void)event_from_stored(disk->records[i].row.stored, &older);
        if (slice_equal(older.id, event.id)) {
            complain(disk, "id stored twice", seq);
        }
        if (older.kind == event.kind && slice_equal(older.agg, event.agg)) {
            prev = i + 1;
            agg_seq++;
        }
    }
    if (row->prev_seq != prev || event.agg_seq != agg_seq) {
        complain(disk, "order within the aggregate", seq);
    }
    if (disk->count > 0 && row->recorded <= disk->records[disk->count - 1].row.recorded) {
        complain(disk, "recorded does not rise", seq);
    }
}

static uint8_t *copy_of(struct slice bytes)
{
    uint8_t *copy = malloc(bytes.len + 1);
    if (bytes.len > 0) {
        memcpy(copy, bytes.data, bytes.len);
    }
    return copy;
}

static void store(struct disk *disk, const struct log_event *event)
{
    if (!disk->trusting) {
        check(disk, event);
    }
    if (disk->count == DISK_RECORDS_MAX) {
        abort();
    }
    struct disk_record *record = &disk->records[disk->count];
    *record = (struct disk_record){.stored = copy_of(event->stored),
                                   .private_part = copy_of(event->private_part),
                                   .row = *event};
    record->row.stored.data = record->stored;
    record->row.private_part.data = record->private_part;
    disk->count++;
}

enum status log_append(struct log *log, const struct log_event *events, size_t count)
{
    struct disk *disk = log->disk;
    enum disk_fate fate = disk->next;
    if (disk->poisoned || disk->no_room != STATUS_OK) {
        return disk->poisoned ? STATUS_READ_ONLY : disk->no_room;
    }
    disk->next = DISK_OK;
    disk->appends++;
    if (disk->while_syncing != NULL) {
        disk->while_syncing(disk->arg);
    }
    if (fate == DISK_OK || fate == DISK_ERROR_STORED || fate == DISK_CRASH_STORED) {
        for (size_t i = 0; i < count; i++) {
            store(disk, &events[i]);
        }
    }
    disk->crashed = fate == DISK_CRASH_LOST || fate == DISK_CRASH_STORED;
    disk->poisoned = fate != DISK_OK;
    return fate == DISK_OK ? STATUS_OK : STATUS_IO;
}

static bool visit_one(const struct disk *disk, uint64_t seq, log_visit_fn *visit, void *arg)
{
    struct log_record record = {
        .seq = seq, .stored = disk->records[seq - 1].row.stored, .row = disk->records[seq - 1].row};
    record.row.private_part = (struct slice){0};
    return visit(arg, &record);
}

enum status log_read(struct log *log, uint64_t from, uint64_t to, log_visit_fn *visit, void *arg,
                     struct fault *fault)
{
    (void)fault;
    for (uint64_t seq = from > 0 ? from : 1; seq <= to && seq <= log->disk->count; seq++) {
        if (!visit_one(log->disk, seq, visit, arg)) {
            break;
        }
    }
    return STATUS_OK;
}

enum status log_read_back(struct log *log, uint64_t from, uint64_t to, log_visit_fn *visit,
                          void *arg, struct fault *fault)
{
    (void)fault;
    uint64_t seq = from < log->disk->count ? from : log->disk->count;
    for (; seq >= to && seq > 0; seq--) {
        if (!visit_one(log->disk, seq, visit, arg)) {
            break;
        }
    }
    return STATUS_OK;
}

unsigned log_reap_readers(struct log *log)
{
    (void)log;
    return 0;
}

enum status log_private(struct log *log, uint64_t seq, uint8_t *out, size_t size, size_t *ret_len)
{
    const struct log_event *row = &log->disk->records[seq - 1].row;
    if (row->private_part.len == 0 || row->private_part.len > size) {
        return STATUS_NOT_FOUND;
    }
    memcpy(out, row->private_part.data, row->private_part.len);
    *ret_len = row->private_part.len;
    return STATUS_OK;
}

enum status log_verify(struct log *log, log_progress_fn *progress, void *arg, struct fault *fault)
{
    if (progress != NULL && !progress(arg, log->disk->count, log->disk->count)) {
        return fault_set(fault, STATUS_CANCELLED, NULL);
    }
    return STATUS_OK;
}
