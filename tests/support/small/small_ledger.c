/* daemon/ledger/ledger.h as small as it can be: aggregates that exist or not, versions, notes.
 * For what it decides it gives the verdicts of the real one; so the simulator can run without
 * the domain, and fast. */

#include <stdlib.h>

#include "daemon/ledger/ledger.h"
#include "proto/writer.h"

struct ledger {
    struct facts *facts;
};

struct ledger *ledger_new(void)
{
    struct ledger *ledger = calloc(1, sizeof(*ledger));
    ledger->facts = facts_new();
    return ledger;
}

void ledger_free(struct ledger *ledger)
{
    facts_free(ledger->facts);
    free(ledger);
}

struct facts *ledger_facts(struct ledger *ledger)
{
    return ledger->facts;
}

/* Only what lies in the facts comes back from a snapshot of them. */
static bool was_said(const struct ledger *ledger, enum type_id type)
{
    uint32_t log = aggregate_find(ledger->facts, KIND_system, slice_text("_log"), UINT64_MAX);
    uint64_t seq = log == AGGREGATE_NONE ? 0 : aggregate_at(ledger->facts, log)->last_seq;
    while (seq > 0 && event_row_at(ledger->facts, seq)->type != type) {
        seq = event_row_at(ledger->facts, seq)->prev_seq;
    }
    return seq > 0;
}

uint32_t ledger_rules(const struct ledger *ledger)
{
    return was_said(ledger, TYPE_system_rules_adopted) ? LEDGER_RULES : 0;
}

bool ledger_loading(const struct ledger *ledger, bool born_loading)
{
    return born_loading && !was_said(ledger, TYPE_system_load_ended);
}

void ledger_set_finder(struct ledger *ledger, ledger_find_event_fn *find, void *arg)
{
    (void)ledger;
    (void)find;
    (void)arg;
}

static void write_touch(const struct event *event, uint32_t touches, struct writer *out)
{
    char account[AGGREGATE_KIND_MAX + AGGREGATE_ID_MAX + 2];
    size_t len = strlen(kind_name(event->kind));
    memcpy(account, kind_name(event->kind), len);
    account[len++] = '/';
    memcpy(account + len, event->agg.data, event->agg.len);
    write_array(out, 1);
    write_array(out, 2);
    write_str(out, slice_of(account, len + event->agg.len));
    write_uint(out, touches + 1);
}

enum status ledger_decide(struct ledger *ledger, struct event *event, struct writer *out,
                          struct fault *fault)
{
    uint32_t aggregate = aggregate_find(ledger->facts, event->kind, event->agg, UINT64_MAX);
    const struct aggregate_row *row =
        aggregate != AGGREGATE_NONE ? aggregate_at(ledger->facts, aggregate) : NULL;
    uint32_t agg_seq = row != NULL ? row->agg_seq : 0;
    bool creates = event->type != NULL && event->type->creates;
    bool makes = creates || event->kind == KIND_x || event->kind == KIND_system;
    if (event->expect >= 0 && event->expect != agg_seq) {
        return fault_set(fault, STATUS_E_VERSION_CONFLICT, "expect");
    }
    if (creates && agg_seq > 0) {
        return fault_set(fault, STATUS_E_EXISTS, "agg");
    }
    if (!makes && agg_seq == 0) {
        return fault_set(fault, STATUS_E_UNKNOWN_AGGREGATE, "agg");
    }
    event->agg_seq = agg_seq + 1;
    event->rules = LEDGER_RULES;
    event->flags = 0;
    size_t at = out->len;
    write_array(out, 0);
    event->effects = slice_of(out->data + at, out->len - at);
    at = out->len;
    write_touch(event, row != NULL ? row->touches : 0, out);
    event->touches = slice_of(out->data + at, out->len - at);
    return STATUS_OK;
}

void ledger_fold(struct ledger *ledger, const struct event *event)
{
    uint64_t seq = facts_seq(ledger->facts) + 1;
    uint32_t aggregate = aggregate_make(ledger->facts, event->kind, event->agg, seq);
    struct event_row row = {.recorded = event->recorded,
                            .flags = event->flags,
                            .aggregate = aggregate,
                            .agg_seq = (uint32_t)event->agg_seq,
                            .effective = shanghai_day(event->recorded),
                            .type = (uint16_t)event->type_id};
    atomic_init(&row.reversed_by, UINT64_MAX);
    row.prev_seq = aggregate_at(ledger->facts, aggregate)->last_seq;
    facts_event(ledger->facts, seq, &row);
    (void)facts_touch(ledger->facts, seq, aggregate);
}

uint32_t ledger_event_aggregate(const struct ledger *ledger, uint64_t seq)
{
    return event_row_at(ledger->facts, seq)->aggregate;
}
