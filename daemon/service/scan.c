/* Scanning.
 *
 *   S16 A scan looks at the rows in memory first and reads only runs of events that pass, so a
 *       rare type in a long log costs memory speed, not disk speed.
 *   S17 The events of one aggregate are found through its chain. Walking it backwards gives the
 *       newest first; forwards, the walk keeps the oldest that it has seen in a ring.
 *   S18 It stops before an event that might not fit, never in the middle of one. */

#include "daemon/service/scan.h"

#include "daemon/base/check.h"

#define EVENT_ANSWER_BYTES (EVENT_BYTES_MAX + 8 * KIB) /* one event, with names and hash */

static bool full(const struct scan *scan)
{
    return scan->count >= scan->limit || scan->out->len - scan->began >= scan->bytes ||
           scan->out->size - scan->out->len < EVENT_ANSWER_BYTES;
}

static uint64_t behind(const struct scan *scan, uint64_t seq)
{
    return scan->reverse ? seq - 1 : seq + 1;
}

static bool visit(void *arg, const struct log_record *record)
{
    struct scan *scan = arg;
    struct event event;
    if (full(scan)) { /* S18 */
        scan->stopped = true;
        scan->next = record->seq;
        return false;
    }
    if (event_from_stored(record->stored, &event) != STATUS_OK) {
        scan->failed = true;
        scan->next = record->seq;
        return false;
    }
    if (filter_event(scan->filter, &event)) {
        event_write_answer(&event, record->row.leaf, scan->out);
        scan->count++;
    }
    scan->next = behind(scan, record->seq);
    return true;
}

static enum status read_run(struct scan *scan, uint64_t first, uint64_t last, struct fault *fault)
{
    enum status status = scan->reverse ? log_read_back(scan->log, first, last, visit, scan, fault)
                                       : log_read(scan->log, first, last, visit, scan, fault);
    if (status == STATUS_OK && scan->failed) {
        (void)fault_set(fault, STATUS_CORRUPT, NULL);
        fault_detail(fault, "seq=%llu", (unsigned long long)scan->next);
        return STATUS_CORRUPT;
    }
    return status;
}

static bool passes(struct scan *scan, uint64_t seq)
{
    scan->looked++;
    return filter_row(scan->filter, event_row_at(scan->facts, seq));
}

static bool inside(const struct scan *scan, uint64_t seq)
{
    return seq >= scan->from && seq <= scan->to;
}

/* S16 */
static enum status scan_all(struct scan *scan, struct fault *fault)
{
    while (inside(scan, scan->next) && !scan->stopped) {
        if (full(scan) || scan->looked >= scan->looked_max) {
            return STATUS_OK;
        }
        if (!passes(scan, scan->next)) {
            scan->next = behind(scan, scan->next);
            continue;
        }
        uint64_t last = scan->next, length = 1;
        while (inside(scan, behind(scan, last)) && length < scan->limit - scan->count &&
               passes(scan, behind(scan, last))) {
            last = behind(scan, last);
            length++;
        }
        enum status status = read_run(scan, scan->next, last, fault);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

static uint64_t newest(const struct scan *scan)
{
    uint32_t aggregate = aggregate_find(scan->facts, scan->filter->kind, scan->filter->agg,
                                        scan->published->aggregates);
    if (aggregate == AGGREGATE_NONE) {
        return 0;
    }
    uint64_t seq = atomic_load_explicit(&aggregate_at(scan->facts, aggregate)->seen_last_seq,
                                        memory_order_acquire);
    while (seq > scan->to) { /* newer than what is asked, or than what this reader may see */
        seq = event_row_at(scan->facts, seq)->prev_seq;
    }
    return seq;
}

/* S17 */
static enum status scan_aggregate(struct scan *scan, struct fault *fault)
{
    uint64_t ring[READ_EVENTS_MAX + 1];
    uint64_t kept = 0;
    uint64_t room = (uint64_t)scan->limit + 1;
    enum status status = STATUS_OK;
    for (uint64_t seq = newest(scan); seq >= scan->from && seq > 0;
         seq = event_row_at(scan->facts, seq)->prev_seq) {
        if (scan->reverse && kept == room) {
            break;
        }
        if (passes(scan, seq)) {
            ring[kept++ % room] = seq;
        }
    }
    uint64_t count = kept < room ? kept : room;
    for (uint64_t i = 0; i < count && status == STATUS_OK && !scan->stopped; i++) {
        uint64_t seq = ring[(scan->reverse ? i : kept - 1 - i) % room];
        status = read_run(scan, seq, seq, fault);
    }
    if (!scan->stopped && count < room) {
        scan->next = scan->reverse ? scan->from - 1 : scan->to + 1;
    }
    return status;
}

enum status scan_run(struct scan *scan, struct fault *fault)
{
    scan->next = scan->reverse ? scan->to : scan->from;
    scan->began = scan->out->len;
    scan->count = 0;
    scan->looked = 0;
    scan->stopped = scan->failed = false;
    INVARIANT(scan->limit <= READ_EVENTS_MAX);
    if (scan->from > scan->to) {
        return STATUS_OK;
    }
    return scan->filter->kind != KIND_NONE ? scan_aggregate(scan, fault) : scan_all(scan, fault);
}
