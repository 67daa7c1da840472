/* One event: seen before, or decided, numbered, hashed and folded.
 *
 *   A8  A candidate of the table of ids is compared with the stored event itself, from the log
 *       or from the group that is not durable yet.
 *   A9  `recorded` is the proposer's time, but always later than the last one: seq and recorded
 *       have one order, whatever the clocks do.
 *   A10 A private part is sealed with the salt that came with the command; a retry with the one
 *       that is stored, so that equal content has an equal body. */

#include "daemon/base/check.h"
#include "daemon/commit/apply.h"
#include "daemon/commit/fault_point.h"

#define LOAD_BACK_US INT64_C(3600000000) /* what +1 µs steps may have run ahead while loading */

/* What is known of a candidate. */
struct twin {
    struct apply *apply;
    const struct event *event; /* the one that came */
    bool same_id, same_body;
    struct append_result result;
    enum status status;
};

static void compare_stored(struct twin *twin, struct slice bytes)
{
    struct apply *apply = twin->apply;
    struct event stored, again = *twin->event;
    twin->status = event_from_stored(bytes, &stored);
    if (twin->status != STATUS_OK || !slice_equal(stored.id, again.id)) {
        return;
    }
    bool has_private = again.private_data.len > 0;
    twin->same_id = true;
    twin->result = (struct append_result){
        .seq = stored.seq, .agg_seq = stored.agg_seq, .flags = stored.flags, .dup = true};
    tree_leaf(bytes, twin->result.hash);
    apply->scratch.len = 0;
    apply->scratch.full = false;
    if (has_private && stored.private_hash.len == HASH_BYTES) { /* A10 */
        twin->status = event_seal(&again, stored.private_hash.data, &apply->scratch);
    }
    twin->same_body = twin->status == STATUS_OK && slice_equal(stored.body, again.body);
}

static bool compare_record(void *arg, const struct log_record *record)
{
    compare_stored(arg, record->stored);
    return false;
}

/* Salt and private part of `seq` against what came. */
static bool same_private(struct apply *apply, uint64_t seq, struct slice private_data)
{
    uint8_t copy[PRIVATE_SALT_BYTES + PRIVATE_BYTES_MAX];
    struct slice part = slice_of(copy, 0);
    if (seq > apply->durable) {
        part = apply->rows[seq - apply->durable - 1].private_part;
    } else if (log_private(apply->log, seq, copy, sizeof(copy), &part.len) != STATUS_OK) {
        part.len = 0;
    }
    return part.len >= PRIVATE_SALT_BYTES &&
           slice_equal(slice_of(part.data + PRIVATE_SALT_BYTES, part.len - PRIVATE_SALT_BYTES),
                       private_data);
}

/* A8. *ret_known is whether the id is taken; then `result` is set, or the fault. */
static enum status find_twin(struct apply *apply, const struct event *event,
                             struct append_result *result, bool *ret_known, struct fault *fault)
{
    struct index_probe probe = ids_probe(&apply->ids, event->id);
    uint64_t number;
    *ret_known = false;
    while (index_probe_next(&probe, &number)) {
        struct twin twin = {.apply = apply, .event = event};
        uint64_t seq = number + 1;
        if (seq > apply->durable) {
            if (FAULT(double_submit)) {
                continue;
            }
            compare_stored(&twin, apply->rows[seq - apply->durable - 1].stored);
        } else {
            enum status read = log_read(apply->log, seq, seq, compare_record, &twin, fault);
            if (read != STATUS_OK) {
                return read;
            }
        }
        if (twin.status != STATUS_OK) {
            return fault_set(fault, twin.status, NULL);
        }
        if (twin.same_id) {
            *ret_known = true;
            *result = twin.result;
            if (twin.same_body &&
                (event->private_data.len == 0 || same_private(apply, seq, event->private_data))) {
                return STATUS_OK;
            }
            (void)fault_set(fault, STATUS_E_ID_REUSED, "id");
            fault_detail(fault, "seq=%llu", (unsigned long long)seq);
            return STATUS_E_ID_REUSED;
        }
    }
    return STATUS_OK;
}

static enum status stamp(const struct apply *apply, const struct command *command,
                         struct event *event, struct fault *fault)
{
    int64_t last = apply_last_recorded(apply);
    int64_t time = command->time;
    if (command->local->kind == REQUEST_LOAD) {
        if (event->recorded_sent < 0) {
            return fault_set(fault, STATUS_E_MISSING_FIELD, "recorded");
        }
        if (event->recorded_sent > command->time) {
            return fault_set(fault, STATUS_E_RANGE, "recorded");
        }
        if (event->recorded_sent < last - LOAD_BACK_US) {
            (void)fault_set(fault, STATUS_E_DATE_ORDER, "recorded");
            fault_detail(fault, "last=%lld", (long long)last);
            return STATUS_E_DATE_ORDER;
        }
        time = event->recorded_sent;
    }
    event->recorded = time > last ? time : last + 1; /* A9 */
    event->seq = facts_seq(apply->facts) + 1;
    event->by = command->local->by;
    return STATUS_OK;
}

/* SHA-256(salt || private) into the body. */
static enum status seal(struct apply *apply, const uint8_t salt[PRIVATE_SALT_BYTES],
                        struct event *event)
{
    uint8_t hash[HASH_BYTES];
    if (event->private_data.len == 0) {
        return STATUS_OK;
    }
    sha256_of(slice_of(salt, PRIVATE_SALT_BYTES), event->private_data, hash);
    return event_seal(event, hash, &apply->scratch);
}

/* The row for the log, pointing into the group's bytes. STATUS_OVERLOADED: they are full. */
static enum status store_event(struct apply *apply, const uint8_t salt[PRIVATE_SALT_BYTES],
                               const struct event *event, struct log_event *row)
{
    struct writer *out = &apply->stored;
    size_t at = out->len;
    if (apply->count == GROUP_EVENTS_MAX || out->size - out->len < EVENT_BYTES_MAX) {
        return STATUS_OVERLOADED;
    }
    enum status status = event_to_stored(event, out);
    if (status != STATUS_OK) {
        return status;
    }
    *row = (struct log_event){.stored = slice_of(out->data + at, out->len - at)};
    tree_leaf(row->stored, row->leaf);
    if (event->private_data.len > 0) {
        at = out->len;
        write_raw(out, slice_of(salt, PRIVATE_SALT_BYTES));
        write_raw(out, event->private_data);
        row->private_part = slice_of(out->data + at, out->len - at);
    }
    return out->full ? STATUS_OVERLOADED : STATUS_OK;
}

static void fold(struct apply *apply, const struct event *event, struct log_event *row)
{
    ledger_fold(apply->ledger, event);
    INVARIANT(facts_seq(apply->facts) == event->seq);
    ids_add(&apply->ids, event->id);
    const struct event_row *folded = event_row_at(apply->facts, event->seq);
    row->recorded = folded->recorded;
    row->prev_seq = folded->prev_seq;
    row->flags = folded->flags;
    row->aggregate = folded->aggregate;
    row->effective = folded->effective;
    row->type = folded->type;
    apply->rows[apply->count++] = *row;
}

static enum status decide_and_fold(struct apply *apply, const struct command *command, uint32_t i,
                                   struct fault *fault)
{
    struct request *request = command->local;
    struct append_result *result = &request->results[i];
    struct event event = request->events[i];
    struct log_event row;
    enum status status = stamp(apply, command, &event, fault);
    if (status != STATUS_OK) {
        return status;
    }
    apply->scratch.len = 0;
    apply->scratch.full = false;
    status = seal(apply, request->salts[i], &event);
    if (status != STATUS_OK) {
        return fault_set(fault, status, NULL);
    }
    status = ledger_decide(apply->ledger, &event, &apply->scratch, fault);
    if (status != STATUS_OK) {
        return status;
    }
    status = store_event(apply, request->salts[i], &event, &row);
    if (status != STATUS_OK) {
        return fault_set(fault, status, NULL);
    }
    fold(apply, &event, &row);
    *result =
        (struct append_result){.seq = event.seq, .agg_seq = event.agg_seq, .flags = event.flags};
    memcpy(result->hash, row.leaf, HASH_BYTES);
    if (request->dry) {
        struct writer *out = &request->effects;
        size_t at = out->len;
        write_raw(out, event.effects);
        result->effects = slice_of(out->data + at, out->len - at);
        return out->full ? fault_set(fault, STATUS_TOO_LARGE, NULL) : STATUS_OK;
    }
    return STATUS_OK;
}

enum status apply_event(struct apply *apply, const struct command *command, uint32_t i,
                        struct fault *fault)
{
    struct request *request = command->local;
    bool known;
    enum status status = find_twin(apply, &request->events[i], &request->results[i], &known, fault);
    if (status == STATUS_OK && !known) {
        if (command->refuse != STATUS_OK) {
            (void)fault_set(fault, command->refuse, NULL);
            if (command->refuse_state != NULL) {
                fault_detail(fault, "state=%s", command->refuse_state);
            }
            return command->refuse;
        }
        status = decide_and_fold(apply, command, i, fault);
    }
    if (status != STATUS_OK) {
        fault->index = i;
    }
    return status;
}
