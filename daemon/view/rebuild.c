/* Folding from zero: see rebuild.h.
 *
 *   R3  Published once, at the end: while it runs nobody reads it. */

#include "daemon/view/rebuild.h"

#include "daemon/base/check.h"
#include "daemon/ledger/replay.h"

#define PROGRESS_EVENTS 65536u

struct folding_log {
    const struct rebuild_source *source;
    struct replay *replay;
    uint64_t seq; /* of the event taken last */
    struct fault *fault;
    enum status status;
};

static bool take(void *taker, struct slice stored)
{
    struct folding_log *log = taker;
    const struct event *event;
    uint64_t next = log->seq + 1;
    log->status = replay_take(log->replay, stored, &event);
    if (log->status != STATUS_OK) {
        (void)fault_set(log->fault, log->status, NULL);
        fault_detail(log->fault, "seq=%llu", (unsigned long long)next);
        return false;
    }
    log->seq = next;
    if (next % PROGRESS_EVENTS == 0 && log->source->progress != NULL &&
        !log->source->progress(log->source->arg, next, log->source->to)) {
        log->status = fault_set(log->fault, STATUS_CANCELLED, NULL);
        return false;
    }
    return next < log->source->to;
}

/* Fold into `ledger` all that the source has up to its `to`. */
static enum status fold_log(const struct rebuild_source *source, struct ledger *ledger,
                            struct fault *fault)
{
    struct folding_log log = {
        .source = source, .replay = replay_new(ledger), .fault = fault, .status = STATUS_OK};
    enum status status = STATUS_OK;
    if (log.replay == NULL) {
        return fault_set(fault, STATUS_NOMEM, NULL);
    }
    if (source->to > 0) {
        status = source->read(source->log, source->to, take, &log, fault);
    }
    status = status == STATUS_OK ? log.status : status;
    if (status == STATUS_OK) {
        replay_end(log.replay);
    }
    replay_free(log.replay);
    if (status == STATUS_OK && log.seq < source->to) {
        status = fault_set(fault, STATUS_NOT_FOUND, "to");
    }
    return status;
}

static int64_t now_us(const struct rebuild_source *source)
{
    return source->mono_us != NULL ? source->mono_us(source->arg) : 0;
}

enum status rebuild_run(const struct rebuild_source *source, const struct projection *only,
                        struct rebuild_result *ret_result, struct fault *fault)
{
    struct ledger *ledger = ledger_new();
    struct facts *facts = ledger_facts(ledger);
    int64_t began_us = now_us(source);
    enum status status = fold_log(source, ledger, fault);
    if (status != STATUS_OK) {
        ledger_free(ledger);
        return status;
    }
    int64_t took_us = now_us(source) - began_us;
    struct published published = facts_publish(facts); /* R3 */
    *ret_result = (struct rebuild_result){.events = source->to};
    if (took_us > 0) {
        ret_result->events_per_second = source->to * 1000000 / (uint64_t)took_us;
    }
    for (const struct projection *p = projections; p->name != NULL; p++) {
        if (only != NULL && only != p) {
            continue;
        }
        INVARIANT(ret_result->count < REBUILD_PROJECTIONS_MAX);
        ret_result->of[ret_result->count].projection = p;
        projection_digest(p, facts, &published, source->to,
                          ret_result->of[ret_result->count].digest);
        ret_result->count++;
    }
    ledger_free(ledger);
    return STATUS_OK;
}

void rebuild_compare(struct rebuild_result *result, const struct facts *facts,
                     const struct published *published)
{
    for (uint32_t i = 0; i < result->count; i++) {
        uint8_t live[32];
        INVARIANT(published->seq >= result->events);
        projection_digest(result->of[i].projection, facts, published, result->events, live);
        result->of[i].compared = true;
        result->of[i].equal = memcmp(live, result->of[i].digest, sizeof(live)) == 0;
    }
}
