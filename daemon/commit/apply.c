/* A request and a group. One event is apply_event.c.
 *
 *   A6  The mark is taken before the first event of a request: facts, ids, rows and stored bytes
 *       go back to it together.
 *   A7  A request that no longer fits behind the others of its group is OVERLOADED: it may come
 *       again and will find an emptier one. This takes effects far beyond any contract's. */

#include "daemon/commit/apply.h"

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/commit/apply_snapshot.h"
#include "daemon/commit/fault_point.h"
#include "daemon/commit/figures.h"
#include "daemon/ledger/replay.h"

/* Sealed body, effects and touches of one event. */
#define SCRATCH_BYTES (4 * EVENT_BYTES_MAX)

/* For the ledger: which event has this id, the group's own included? */
static uint64_t find_event(void *arg, struct slice id)
{
    struct apply *apply = arg;
    struct index_probe probe = ids_probe(&apply->ids, id);
    struct fault fault;
    uint64_t number, seq;
    while (index_probe_next(&probe, &number)) {
        struct event event;
        if (number >= apply->durable &&
            event_from_stored(apply->rows[number - apply->durable].stored, &event) == STATUS_OK &&
            slice_equal(event.id, id)) {
            return number + 1;
        }
    }
    enum status status = ids_find(&apply->ids, apply->log, id, apply->durable, &seq, &fault);
    return status == STATUS_OK ? seq : 0;
}

enum status apply_init(struct apply *apply, struct log *log, uint64_t seed)
{
    *apply = (struct apply){.log = log};
    ids_init(&apply->ids, seed >> 1); /* a number that a snapshot can write in decimal */
    apply->ledger = ledger_new();
    apply->rows = malloc(GROUP_EVENTS_MAX * sizeof(*apply->rows));
    uint8_t *stored = malloc(GROUP_STORED_BYTES_MAX);
    uint8_t *scratch = malloc(SCRATCH_BYTES);
    apply->stored = writer_over(stored, GROUP_STORED_BYTES_MAX);
    apply->scratch = writer_over(scratch, SCRATCH_BYTES);
    if (apply->ledger == NULL || apply->rows == NULL || stored == NULL || scratch == NULL) {
        apply_done(apply);
        return STATUS_NOMEM;
    }
    apply->facts = ledger_facts(apply->ledger);
    ledger_set_finder(apply->ledger, find_event, apply);
    return STATUS_OK;
}

void apply_forget(struct apply *apply)
{
    uint64_t seed = apply->ids.seed;
    ids_done(&apply->ids);
    ids_init(&apply->ids, seed);
    ledger_free(apply->ledger);
    apply->ledger = ledger_new();
    apply->facts = ledger_facts(apply->ledger);
    ledger_set_finder(apply->ledger, find_event, apply);
}

void apply_done(struct apply *apply)
{
    free(apply->scratch.data);
    free(apply->stored.data);
    free(apply->rows);
    if (apply->ledger != NULL) {
        ledger_free(apply->ledger);
    }
    ids_done(&apply->ids);
    *apply = (struct apply){0};
}

#define PROGRESS_EVENTS 4096u

struct recovering {
    struct apply *apply;
    struct replay *replay;
    const struct recovery *how;
    uint64_t head;
    uint64_t bad; /* seq that could not be read, or 0 */
};

static bool recover_one(void *arg, const struct log_record *record)
{
    struct recovering *recovering = arg;
    struct apply *apply = recovering->apply;
    const struct event *event;
    if (replay_take(recovering->replay, record->stored, &event) != STATUS_OK) {
        recovering->bad = record->seq;
        return false;
    }
    if (FAULT(forget_id)) {
        ids_push(&apply->ids, slice_text("/forgotten"));
    } else {
        ids_push(&apply->ids, event->id);
    }
    if (event->seq % PROGRESS_EVENTS == 0 && recovering->how->progress != NULL) {
        recovering->how->progress(recovering->how->arg, event->seq, recovering->head);
    }
    return true;
}

enum status apply_recover(struct apply *apply, const struct recovery *recovery, struct fault *fault)
{
    uint64_t head = log_head(apply->log).seq;
    struct recovering recovering = {.apply = apply, .how = recovery, .head = head};
    uint64_t loaded =
        recovery->snapshots && apply_load_snapshot(apply) ? facts_seq(apply->facts) : 0;
    enum status status = STATUS_OK;
    if (head > loaded) {
        recovering.replay = replay_new(apply->ledger);
        status = recovering.replay == NULL
                     ? fault_set(fault, STATUS_NOMEM, NULL)
                     : log_read(apply->log, loaded + 1, head, recover_one, &recovering, fault);
    }
    if (status == STATUS_OK && recovering.bad != 0) {
        status = fault_set(fault, STATUS_CORRUPT, NULL);
        fault_detail(fault, "seq=%llu", (unsigned long long)recovering.bad);
    }
    if (status == STATUS_OK && recovering.replay != NULL) {
        replay_end(recovering.replay);
        ids_enter(&apply->ids);
    }
    replay_free(recovering.replay);
    apply->durable = facts_seq(apply->facts);
    return status;
}

bool apply_loading(const struct apply *apply)
{
    return ledger_loading(apply->ledger, log_born_loading(apply->log));
}

int64_t apply_last_recorded(const struct apply *apply)
{
    uint64_t seq = facts_seq(apply->facts);
    return seq == 0 ? 0 : event_row_at(apply->facts, seq)->recorded;
}

void apply_group_begin(struct apply *apply, size_t events)
{
    size_t worst = events * (EVENT_BYTES_MAX + PRIVATE_SALT_BYTES + PRIVATE_BYTES_MAX);
    apply->count = 0;
    apply->stored.len = 0;
    apply->stored.full = false;
    apply->room = STATUS_OK;
    if (events > 0) { /* A4 */
        worst = worst < GROUP_STORED_BYTES_MAX ? worst : GROUP_STORED_BYTES_MAX;
        apply->room = log_room(apply->log, events, worst);
    }
}

/* What forbids this kind of request as a whole, if it is not stored already. */
static void refusal(const struct apply *apply, const struct request *request,
                    struct command *command)
{
    bool wants_loading = request->kind == REQUEST_LOAD || request->kind == REQUEST_LOAD_END;
    if (command->refuse != STATUS_OK) {
        return;
    }
    if (request->kind != REQUEST_START && wants_loading != apply_loading(apply)) {
        command->refuse = STATUS_READ_ONLY;
        command->refuse_state = wants_loading ? "not_loading" : "loading";
    } else if (apply->room != STATUS_OK && !request->dry) {
        command->refuse = apply->room;
        command->refuse_state = apply->room == STATUS_READ_ONLY ? "poisoned" : NULL;
    }
}

static enum status apply_events(struct apply *apply, const struct command *command,
                                struct fault *fault)
{
    struct request *request = command->local;
    if (request->min_seq > facts_seq(apply->facts)) {
        (void)fault_set(fault, STATUS_UNAVAILABLE, "min_seq");
        fault_detail(fault, "head=%llu", (unsigned long long)facts_seq(apply->facts));
        return STATUS_UNAVAILABLE;
    }
    for (uint32_t i = 0; i < request->count; i++) {
        enum status status = apply_event(apply, command, i, fault);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

/* What a dry run would change, behind its effects. */
static void write_figures(const struct apply *apply, const struct facts_mark *mark,
                          struct request *request)
{
    struct writer *out = &request->effects;
    size_t at = out->len;
    int32_t today = shanghai_day(apply_last_recorded(apply));
    figures_write(apply->facts, mark, today, out, &request->figures_cut);
    if (out->full) {
        request->figures = slice_of("", 0);
        request->figures_cut = true;
    } else {
        request->figures = slice_of(out->data + at, out->len - at);
    }
}

void apply_request(struct apply *apply, const struct command *command)
{
    struct command own = *command;
    struct request *request = command->local;
    struct facts_mark mark = facts_mark(apply->facts); /* A6 */
    uint64_t ids = ids_count(&apply->ids);
    size_t count = apply->count, stored = apply->stored.len;

    refusal(apply, request, &own);
    request->status = apply_events(apply, &own, &request->fault);
    if (request->status == STATUS_OK && request->dry) {
        write_figures(apply, &mark, request);
    }
    if (request->status != STATUS_OK || request->dry) { /* A2 */
        facts_undo(apply->facts, &mark);
        ids_undo(&apply->ids, ids);
        apply->count = count;
        apply->stored.len = stored;
        apply->stored.full = false;
    }
    if (request->status == STATUS_OVERLOADED && count == 0) { /* A7: alone, and too large */
        request->status = fault_set(&request->fault, STATUS_TOO_LARGE, NULL);
    }
}

enum status apply_group_commit(struct apply *apply)
{
    uint64_t seq = facts_seq(apply->facts);
    INVARIANT(seq == apply->durable + apply->count);
    INVARIANT(ids_count(&apply->ids) == seq);
    if (apply->count == 0) {
        return STATUS_OK;
    }
    enum status status = log_append(apply->log, apply->rows, apply->count);
    if (status != STATUS_OK && FAULT(ack_on_error)) {
        status = STATUS_OK;
    }
    if (status == STATUS_OK) {
        apply->durable = seq;
    }
    apply->count = 0;
    return status;
}
