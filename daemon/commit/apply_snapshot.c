/* See apply_snapshot.h.
 *
 *   A10 Loading runs on two threads: columns are taken by whoever is free, then one makes the
 *       chains and the other the indexes. Both are joined before anything is looked at. */

#include "daemon/commit/apply_snapshot.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "daemon/base/check.h"
#include "daemon/base/diag.h"
#include "daemon/ledger/facts_snapshot.h"

#define COLUMN_IDS FACTS_COLUMNS /* behind those of the facts */
#define COLUMNS (FACTS_COLUMNS + 1u)
#define TWO_THREADS_EVENTS 50000u /* below this a second thread costs more than it saves */

_Static_assert(COLUMNS <= SNAPSHOT_COLUMNS_MAX, "a snapshot has room for every column");

static struct facts_column column_of(uint32_t column)
{
    return column == COLUMN_IDS ? (struct facts_column){.name = "ids", .row_bytes = 4}
                                : facts_column(column);
}

/* ---- writing ---- */

static void give(void *arg, uint32_t column, uint64_t from, uint64_t count, uint8_t *out)
{
    const struct apply *apply = arg;
    if (column == COLUMN_IDS) {
        ids_give(&apply->ids, from, count, out);
    } else {
        facts_give(apply->facts, column, from, count, out);
    }
}

static void fill_head(const struct apply *apply, const struct snapshot_point *point,
                      struct snapshot_head *head)
{
    memcpy(head->layout, facts_layout(), FACTS_LAYOUT_DIGITS);
    head->number = apply->ids.seed;
    head->tree = point->tree;
    head->count = COLUMNS;
    for (uint32_t i = 0; i < COLUMNS; i++) {
        struct facts_column column = column_of(i);
        size_t len = strlen(column.name);
        INVARIANT(len <= SNAPSHOT_NAME_MAX);
        memcpy(head->columns[i].name, column.name, len);
        head->columns[i].row_bytes = column.row_bytes;
        head->columns[i].rows =
            i == COLUMN_IDS ? point->published.seq : facts_column_rows(i, &point->published);
    }
}

enum status apply_write_snapshot(const struct apply *apply, const struct snapshot_point *point,
                                 struct snapshot_pace *pace, uint64_t *ret_bytes, int64_t *ret_time,
                                 struct fault *fault)
{
    struct snapshot_head *head = calloc(1, sizeof(*head));
    *ret_bytes = 0;
    if (head == NULL) {
        return fault_set(fault, STATUS_NOMEM, NULL);
    }
    INVARIANT(point->tree.size == point->published.seq);
    fill_head(apply, point, head);
    enum status status =
        snapshot_write(apply->log, head, give, (void *)(uintptr_t)apply, pace, ret_bytes, fault);
    *ret_time = head->time;
    free(head);
    return status;
}

/* ---- loading ---- */

struct loading {
    struct apply *apply;
    const struct snapshot *snapshot;
    const struct snapshot_head *head;
    _Atomic uint32_t next; /* column */
    _Atomic bool bad;
    struct fault faults[2]; /* of each thread */
    bool chains, indexes;
};

/* One thread's part of a stage; `which` is 0 or 1. */
typedef void part_fn(struct loading *loading, unsigned which);

struct part {
    struct loading *loading;
    part_fn *run;
};

static void *run_second(void *arg)
{
    const struct part *part = arg;
    part->run(part->loading, 1);
    return NULL;
}

static void run_both(struct loading *loading, part_fn *run)
{
    pthread_t second;
    struct part part = {.loading = loading, .run = run};
    bool two = loading->head->tree.size >= TWO_THREADS_EVENTS &&
               pthread_create(&second, NULL, run_second, &part) == 0;
    run(loading, 0);
    if (two) {
        int rc = pthread_join(second, NULL);
        INVARIANT(rc == 0);
    } else {
        run(loading, 1);
    }
}

static bool take(void *arg, uint32_t column, uint64_t count, const uint8_t *rows)
{
    struct loading *loading = arg;
    if (atomic_load_explicit(&loading->bad, memory_order_relaxed)) {
        return false;
    }
    return column == COLUMN_IDS ? ids_take(&loading->apply->ids, count, rows)
                                : facts_take(loading->apply->facts, column, count, rows);
}

static void take_columns(struct loading *loading, unsigned which)
{
    for (;;) {
        uint32_t column = atomic_fetch_add(&loading->next, 1);
        if (column >= COLUMNS || atomic_load_explicit(&loading->bad, memory_order_relaxed)) {
            return;
        }
        if (snapshot_read(loading->snapshot, column, take, loading, &loading->faults[which]) !=
            STATUS_OK) {
            atomic_store_explicit(&loading->bad, true, memory_order_relaxed);
        }
    }
}

static void rebuild(struct loading *loading, unsigned which)
{
    struct apply *apply = loading->apply;
    if (which == 0) {
        loading->chains = facts_rebuild_chains(apply->facts, loading->head->tree.size);
    } else {
        loading->indexes = facts_rebuild_indexes(apply->facts);
        ids_rebuild(&apply->ids, loading->head->number);
    }
}

static bool same_columns(const struct snapshot_head *head)
{
    bool same = head->count == COLUMNS && head->columns[COLUMN_IDS].rows == head->tree.size;
    for (uint32_t i = 0; same && i < COLUMNS; i++) {
        struct facts_column column = column_of(i);
        same = strcmp(head->columns[i].name, column.name) == 0 &&
               head->columns[i].row_bytes == column.row_bytes;
    }
    return same;
}

static enum status odd(struct fault *fault, const char *what)
{
    (void)fault_set(fault, STATUS_CORRUPT, NULL);
    fault_detail(fault, "what=%s", what);
    return STATUS_CORRUPT;
}

static enum status load(struct loading *loading, struct fault *fault)
{
    if (!same_columns(loading->head)) {
        return odd(fault, "of_other_columns");
    }
    run_both(loading, take_columns);
    for (unsigned i = 0; i < 2; i++) {
        if (loading->faults[i].code != STATUS_OK) {
            *fault = loading->faults[i];
            return fault->code;
        }
    }
    run_both(loading, rebuild);
    return loading->chains && loading->indexes ? STATUS_OK
                                               : odd(fault, "rows_do_not_belong_together");
}

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool apply_load_snapshot(struct apply *apply)
{
    struct fault fault = {0};
    struct snapshot *snapshot;
    int64_t begun = now_ms();
    if (log_head(apply->log).seq == 0) {
        return false;
    }
    enum status status = snapshot_open(apply->log, facts_layout(), &snapshot, &fault);
    if (status == STATUS_NOT_FOUND) {
        return false;
    }
    if (status == STATUS_OK) {
        struct loading loading = {
            .apply = apply, .snapshot = snapshot, .head = snapshot_head(snapshot)};
        status = load(&loading, &fault);
        if (status == STATUS_OK) {
            apply->snapshot_seq = loading.head->tree.size;
            apply->snapshot_time = loading.head->time;
        }
        snapshot_close(snapshot, status == STATUS_OK);
    }
    if (status != STATUS_OK) {
        diag(DIAG_WARN, "the snapshot of the facts is not used, the log is folded from 1",
             "code=%s %s", status_name(status), fault.detail);
        apply_forget(apply);
        return false;
    }
    diag(DIAG_INFO, "facts read from their snapshot", "seq=%llu ms=%lld",
         (unsigned long long)apply->snapshot_seq, (long long)(now_ms() - begun));
    return true;
}
