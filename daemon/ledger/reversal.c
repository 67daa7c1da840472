/* Corrections: 红字冲销, an event negates exactly the facts that another wrote, from all valid
 * times, as known from now on (domain 2.3; Basic Accounting Rules art 51). Then the right one is
 * posted, with `corrects`.
 *
 *   V1  What later events decided stands; so an event on which others stand is not reversed
 *       (E_HAS_DEPENDENTS, dependants.c), nor a reversal, nor one of the daemon's own.
 *   V2  A reversal touches every account that its target touched: their figures change.
 *   V3  A created id is free again; its agg_seq goes on counting (ruling 30).
 *   V4  `agg` may name any aggregate (ruling 6); the target is named by its event id alone. */

#include <stdio.h>

#include "daemon/ledger/closing.h"
#include "daemon/ledger/dependants.h"
#include "daemon/ledger/effects.h"

static enum status find_target(struct deciding *deciding, uint64_t *ret_seq)
{
    struct slice id = field_text(deciding->fields, FIELD_event_id);
    uint64_t seq = ledger_event_by_id(deciding->ledger, id);
    if (seq == 0 || seq > facts_seq(deciding->facts)) {
        (void)fault_set(deciding->fault, STATUS_E_UNKNOWN_AGGREGATE, "data.event_id");
        fault_detail(deciding->fault, "event=%.*s", (int)id.len, (const char *)id.data);
        return STATUS_E_UNKNOWN_AGGREGATE;
    }
    *ret_seq = seq;
    return STATUS_OK;
}

/* The last day on which a rate was in force: before the next one of its kind begins. */
static int32_t rate_last_day(const struct deciding *deciding, const struct rate_row *rate)
{
    int32_t last = DAY_MAX;
    struct slice kind = text_of(deciding->facts, rate->kind);
    for (uint64_t i = 0; i < facts_count(deciding->facts, FACT_RATE); i++) {
        const struct rate_row *row = facts_row(deciding->facts, FACT_RATE, i);
        if (row->from > rate->from && row->from <= last &&
            fact_counts(&row->fact, &deciding->now) &&
            slice_equal(text_of(deciding->facts, row->kind), kind)) {
            last = row->from - 1;
        }
    }
    return last;
}

/* A day or rate that a closed period rests on (domain 2.3). */
static bool used_by_closing(const struct deciding *deciding, uint64_t seq)
{
    uint64_t first;
    if (facts_of_event(deciding->facts, FACT_DAY, seq, &first) > 0) {
        const struct day_row *mark = facts_row(deciding->facts, FACT_DAY, first);
        int32_t day = (int32_t)mark->fact.key + DAY_MIN;
        return closing_used(deciding->facts, seq, day, day, &deciding->now);
    }
    if (facts_of_event(deciding->facts, FACT_RATE, seq, &first) > 0) {
        const struct rate_row *rate = facts_row(deciding->facts, FACT_RATE, first);
        return closing_used(deciding->facts, seq, rate->from, rate_last_day(deciding, rate),
                            &deciding->now);
    }
    return false;
}

static enum status check_reversible(struct deciding *deciding, uint64_t seq)
{
    const struct event_row *event = event_row_at(deciding->facts, seq);
    const struct event_type *type = event_type_by_id((enum type_id)event->type);
    uint64_t by = atomic_load_explicit(&event->reversed_by, memory_order_relaxed);
    if (event->type == TYPE_event_reversed || (type != NULL && type->kind == KIND_system)) {
        (void)fault_set(deciding->fault, STATUS_E_NOT_REVERSIBLE, "data.event_id");
        fault_detail(deciding->fault, "type=%s", type != NULL ? type->name : "");
        return STATUS_E_NOT_REVERSIBLE;
    }
    if (by != UINT64_MAX) {
        (void)fault_set(deciding->fault, STATUS_E_ALREADY_REVERSED, "data.event_id");
        fault_state(deciding->fault, "event", "reversed");
        fault_detail(deciding->fault, "by_seq=%llu", (unsigned long long)by);
        return STATUS_E_ALREADY_REVERSED;
    }
    if (used_by_closing(deciding, seq)) {
        (void)fault_set(deciding->fault, STATUS_E_NOT_REVERSIBLE, "data.event_id");
        fault_state(deciding->fault, "period", "closed");
        fault_legal(deciding->fault, type != NULL ? type->name : "");
        return STATUS_E_NOT_REVERSIBLE;
    }
    return STATUS_OK;
}

/* The count, and the first of them by seq, only whole numbers. */
static enum status refuse(struct deciding *deciding, const struct dependants *found)
{
    char list[sizeof(deciding->fault->detail) - 64];
    size_t used = 0;
    list[0] = '\0';
    (void)fault_set(deciding->fault, STATUS_E_HAS_DEPENDENTS, "data.event_id");
    for (uint32_t i = 0; i < found->count && i < DEPENDANTS_LISTED; i++) {
        char one[24];
        int len = snprintf(one, sizeof(one), "%s%llu", i > 0 ? "," : "",
                           (unsigned long long)found->seqs[i]);
        if (used + (size_t)len >= sizeof(list)) {
            break;
        }
        memcpy(list + used, one, (size_t)len + 1);
        used += (size_t)len;
    }
    if (found->full) {
        fault_detail(deciding->fault, "dependants=unknown looked_at=%u", found->looked);
        return STATUS_E_HAS_DEPENDENTS;
    }
    fault_detail(deciding->fault, "dependants=%u seq=%s", found->count, list);
    fault_legal(deciding->fault, "event.reversed of the last of them");
    return STATUS_E_HAS_DEPENDENTS;
}

static enum status decide_reversed(struct deciding *deciding)
{
    uint64_t seq = 0;
    uint64_t first;
    struct dependants found = {.seqs = deciding->ledger->dependants};
    enum status status = find_target(deciding, &seq);
    if (status == STATUS_OK) {
        status = check_reversible(deciding, seq);
    }
    if (status != STATUS_OK) {
        return status;
    }
    dependants_of(deciding, seq, &found);
    if (found.count > 0 || found.full) {
        return refuse(deciding, &found);
    }
    uint64_t count = touches_of_event(deciding->facts, seq, &first);
    for (uint64_t i = 0; i < count; i++) {
        decide_touch(deciding,
                     touch_at(deciding->facts, (uint32_t)(first + i))->aggregate); /* V2 */
    }
    effect_reverse(deciding, seq);
    return STATUS_OK;
}

const struct handler reversal_handlers[] = {
    {TYPE_event_reversed, decide_reversed, NULL},
    {TYPE_NONE, NULL, NULL},
};
