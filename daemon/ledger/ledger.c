/* The ledger's door: which handler an event goes to, and what is checked for all of them.
 *
 *   L1  Ruling 3 fixes the order of checks. Envelope, fields and dates were proto's, the id is
 *       the sequencer's; here come future effective, expect, aggregate; then the handler checks
 *       state table, references, obligation states, amounts, and writes effects.
 *   L2  Deciding writes to `out` and to the event only after every check has passed; a refusal
 *       leaves both as they were.
 *   L3  Effects are gathered behind `out`'s end and get their header when their number is known;
 *       so they are canonical without a second buffer.
 *   L4  Folding is the same for every event: its row, its touches, the facts that its body says,
 *       the facts that its effects say. */

#include "daemon/ledger/ledger_inner.h"

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/closing.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/merger.h"
#include "daemon/ledger/open_license.h"
#include "proto/writer.h"

static const struct handler *const tables[] = {
#define X(noun) noun##_handlers,
    HANDLER_TABLES(X)
#undef X
};

struct ledger *ledger_new(void)
{
    struct ledger *ledger = calloc(1, sizeof(*ledger));
    INVARIANT(ledger != NULL);
    ledger->facts = facts_new();
    for (size_t t = 0; t < sizeof(tables) / sizeof(tables[0]); t++) {
        for (const struct handler *handler = tables[t]; handler->type != TYPE_NONE; handler++) {
            INVARIANT((unsigned)handler->type < TYPE_SLOTS);
            INVARIANT(ledger->handlers[handler->type] == NULL);
            ledger->handlers[handler->type] = handler;
        }
    }
    return ledger;
}

void ledger_free(struct ledger *ledger)
{
    if (ledger == NULL) {
        return;
    }
    facts_free(ledger->facts);
    free(ledger);
}

struct facts *ledger_facts(struct ledger *ledger)
{
    return ledger->facts;
}

void ledger_set_finder(struct ledger *ledger, ledger_find_event_fn *find, void *arg)
{
    ledger->find = find;
    ledger->find_arg = arg;
}

uint64_t ledger_event_by_id(const struct ledger *ledger, struct slice id)
{
    return ledger->find != NULL ? ledger->find(ledger->find_arg, id) : 0;
}

static const struct handler *handler_of(const struct ledger *ledger, enum type_id type)
{
    return (unsigned)type < TYPE_SLOTS ? ledger->handlers[type] : NULL;
}

/* Not after the recorded day + 1, unless the type may speak of the future (domain 2.1). */
static enum status check_future(struct deciding *deciding)
{
    const struct event_type *type = deciding->event->type;
    if ((type != NULL && type->future) ||
        deciding->effective <= shanghai_day(deciding->event->recorded) + 1) {
        return STATUS_OK;
    }
    struct fault *fault = deciding->fault;
    if (type != NULL && type->business_date != FIELD_COUNT) {
        (void)fault_set(fault, STATUS_E_FUTURE_EFFECTIVE, "data");
        fault_field_key(fault, slice_text(field_name(type->business_date)));
    } else {
        (void)fault_set(fault, STATUS_E_FUTURE_EFFECTIVE, "effective");
    }
    char given[11];
    char latest[11];
    date_format(deciding->effective, given);
    date_format(shanghai_day(deciding->event->recorded) + 1, latest);
    fault_detail(fault, "given=%s latest=%s", given, latest);
    return STATUS_E_FUTURE_EFFECTIVE;
}

/* 0 says that it must not exist: a freed id, whose agg_seq goes on counting, meets that too. */
static enum status check_expect(struct deciding *deciding)
{
    int64_t expect = deciding->event->expect;
    uint32_t agg_seq = deciding->aggregate == AGGREGATE_NONE
                           ? 0
                           : aggregate_at(deciding->facts, deciding->aggregate)->agg_seq;
    if (expect < 0 || expect == agg_seq || (expect == 0 && !deciding->exists)) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_VERSION_CONFLICT, "expect");
    fault_detail(deciding->fault, "expected=%lld actual=%u", (long long)expect, (unsigned)agg_seq);
    return STATUS_E_VERSION_CONFLICT;
}

/* Kinds whose aggregates any event of theirs makes: rates and calendar under any id, the users'
 * own, the daemon's. A note or a reversal does not. */
static bool makes_itself(const struct event *event)
{
    switch (event->kind) {
    case KIND_x:
        return event->type_id == TYPE_USER;
    case KIND_rates:
    case KIND_calendar:
    case KIND_system:
        return event->type != NULL && event->type->kind == event->kind;
    case KIND_NONE:
    case KIND_party:
    case KIND_technology:
    case KIND_need:
    case KIND_match:
    case KIND_contract:
    case KIND_payment:
    case KIND_policy:
    case KIND_claim:
    case KIND_pool:
    case KIND_pledge:
    case KIND_venture:
    case KIND_target:
    case KIND_statistic:
    case KIND_period:
        break;
    }
    return false;
}

/* What there is not, and what would make it. */
static enum status refuse_unknown(struct deciding *deciding)
{
    enum aggregate_kind kind = deciding->event->kind;
    enum machine machine = machine_of_kind(kind);
    (void)fault_set(deciding->fault, STATUS_E_UNKNOWN_AGGREGATE, "agg");
    fault_state(deciding->fault, kind_name(kind), state_name(machine, STATE_NONE));
    for (size_t i = 0; i < event_type_count(); i++) {
        const struct event_type *type = event_type_at(i);
        if (type->decided && type->creates && type->kind == kind) {
            fault_legal(deciding->fault, type->name);
        }
    }
    return STATUS_E_UNKNOWN_AGGREGATE;
}

/* A contract's types ask the table of domain 3.1, which knows drafts; event.reversed may name
 * any aggregate (ruling 6). */
static enum status check_aggregate(struct deciding *deciding)
{
    const struct event *event = deciding->event;
    const struct event_type *type = event->type;
    bool asks_table = type != NULL && type->kind == KIND_contract;
    if (asks_table || event->type_id == TYPE_event_reversed || makes_itself(event)) {
        return STATUS_OK;
    }
    bool creates = type != NULL && type->creates;
    if (creates == !deciding->exists) {
        return STATUS_OK;
    }
    if (!creates) {
        return refuse_unknown(deciding);
    }
    enum machine machine = machine_of_kind(event->kind);
    uint8_t state = state_at(deciding->facts, machine, deciding->aggregate, &deciding->now);
    (void)fault_set(deciding->fault, STATUS_E_EXISTS, "agg");
    fault_state(deciding->fault, machine_name(machine), state_name(machine, state));
    fault_legal(deciding->fault, "another id");
    return STATUS_E_EXISTS;
}

static enum status decide_by_handler(struct deciding *deciding)
{
    const struct event *event = deciding->event;
    const struct handler *handler = handler_of(deciding->ledger, event->type_id);
    if (makes_itself(event)) {
        effect_state(deciding, MACHINE_REFERENCE, REFERENCE_MADE, deciding->effective);
    }
    if (event->type_id == TYPE_USER) {
        return STATUS_OK; /* the users' own: ordered and kept, never decided */
    }
    if (handler == NULL) {
        (void)fault_set(deciding->fault, STATUS_E_UNKNOWN_TYPE, "type");
        fault_detail(deciding->fault, "declared, not decided in this release");
        return STATUS_E_UNKNOWN_TYPE;
    }
    return handler->decide(deciding);
}

/* What is posted anew names what it replaces; that must be an event of this log. */
static enum status check_corrects(struct deciding *deciding)
{
    struct slice id = deciding->event->corrects;
    if (id.len == 0 || ledger_event_by_id(deciding->ledger, id) != 0) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_UNKNOWN_AGGREGATE, "corrects");
    fault_detail(deciding->fault, "event=%.*s", (int)id.len, (const char *)id.data);
    return STATUS_E_UNKNOWN_AGGREGATE;
}

static enum status decide(struct deciding *deciding)
{
    enum status status = check_future(deciding);
    if (status == STATUS_OK) {
        status = check_expect(deciding);
    }
    if (status == STATUS_OK) {
        status = check_aggregate(deciding);
    }
    if (status == STATUS_OK) {
        status = check_corrects(deciding);
    }
    if (status == STATUS_OK) {
        status = decide_by_handler(deciding);
    }
    if (status == STATUS_OK && deciding->event->type_id != TYPE_event_reversed) {
        party_flag_merged(deciding, deciding->aggregate);
        open_license_take_effect(deciding);
    }
    if (status == STATUS_OK) {
        status = totals_check(deciding);
    }
    if (status == STATUS_OK &&
        closing_makes_late(deciding->facts, deciding->effective,
                           shanghai_day(deciding->event->recorded), &deciding->now)) {
        decide_flag(deciding, WARNING_LATE_FACT);
    }
    return status;
}

/* Put the header before the effects that lie from `start` on, and ["valid", day] if the body's
 * facts hold later than the event does (L3). */
static enum status effects_end(struct deciding *deciding, size_t start, struct slice *ret)
{
    struct writer *out = deciding->effects;
    uint8_t bytes[32];
    struct writer front = writer_over(bytes, sizeof(bytes));
    bool later = deciding->valid > deciding->effective;
    write_array(&front, deciding->effect_count + (later ? 1 : 0));
    if (later) {
        char day[11];
        date_format(deciding->valid, day);
        write_array(&front, 2);
        write_text(&front, "valid");
        write_text(&front, day);
    }
    INVARIANT(!front.full);
    size_t len = out->len - start;
    if (out->full || out->size - out->len < front.len) {
        return fault_set(deciding->fault, STATUS_TOO_LARGE, NULL);
    }
    memmove(out->data + start + front.len, out->data + start, len);
    memcpy(out->data + start, bytes, front.len);
    out->len += front.len;
    *ret = slice_of(out->data + start, front.len + len);
    return STATUS_OK;
}

static void deciding_begin(struct deciding *deciding, struct ledger *ledger,
                           const struct event *event)
{
    deciding->ledger = ledger;
    deciding->facts = ledger->facts;
    deciding->event = event;
    deciding->fields = &ledger->fields;
    deciding->now = viewpoint_now(ledger->facts, DAY_MAX);
    deciding->aggregate = aggregate_find(ledger->facts, event->kind, event->agg, UINT64_MAX);
    deciding->exists = aggregate_exists(ledger->facts, deciding->aggregate);
    deciding->effective = event_effective(event, &ledger->fields);
    deciding->valid = deciding->effective;
    deciding->flags = 0;
    deciding->effect_count = 0;
    deciding->touched_count = 0;
    deciding->touches_full = false;
    deciding->makes = (struct slice){0};
    deciding->may_open = false;
    memset(deciding->added, 0, sizeof(deciding->added));
    memset(deciding->added_currency, 0, sizeof(deciding->added_currency));
    decide_touch(deciding, deciding->aggregate);
}

/* Everything but what is said of the event if it is legal. */
static enum status decide_and_write(struct deciding *deciding, struct slice *ret_effects,
                                    struct slice *ret_touches)
{
    size_t start = deciding->effects->len;
    enum status status = decide(deciding);
    if (status == STATUS_OK) {
        status = effects_end(deciding, start, ret_effects);
    }
    return status == STATUS_OK ? accounts_write(deciding, deciding->effects, ret_touches) : status;
}

enum status ledger_decide(struct ledger *ledger, struct event *event, struct writer *out,
                          struct fault *fault)
{
    struct deciding *deciding = &ledger->deciding;
    struct slice effects = {0};
    struct slice touches = {0};
    struct writer before = *out;

    ledger->decided_data = NULL;
    if (!fields_parse_next(event->data, &ledger->fields)) {
        return fault_set(fault, STATUS_E_BAD_FIELD, "data");
    }
    deciding_begin(deciding, ledger, event);
    deciding->effects = out;
    deciding->effects_from = before.len;
    deciding->fault = fault;
    enum status status = decide_and_write(deciding, &effects, &touches);
    if (status != STATUS_OK) {
        *out = before;
        return status;
    }
    event->agg_seq = deciding->aggregate == AGGREGATE_NONE
                         ? 1
                         : aggregate_at(ledger->facts, deciding->aggregate)->agg_seq + UINT64_C(1);
    event->flags = deciding->flags;
    event->rules = ledger_rules(ledger);
    event->effects = effects;
    event->touches = touches;
    ledger->decided_data = event->data.data;
    ledger->decided_seq = event->seq;
    return STATUS_OK;
}

static void fold_flags(struct folding *folding)
{
    text_ref actor = facts_text(folding->facts, folding->event->actor);
    struct flagged_row *row =
        facts_add(folding->facts, FACT_FLAGGED, folding->seq, folding->valid, folding->aggregate);
    row->actor = actor;
    row->flags = folding->event->flags;
}

/* The fields of an event to fold: as its decision left them, or read now. */
static const struct fields *fields_to_fold(struct ledger *ledger, const struct event *event)
{
    bool decided = ledger->decided_data == event->data.data && ledger->decided_seq == event->seq;
    bool parsed = decided || fields_parse_next(event->data, &ledger->fields);
    INVARIANT(parsed);
    ledger->decided_data = NULL;
    return &ledger->fields;
}

void ledger_fold(struct ledger *ledger, const struct event *event)
{
    struct facts *facts = ledger->facts;
    const struct fields *fields = fields_to_fold(ledger, event);
    INVARIANT(event->seq == facts_seq(facts) + 1);

    struct folding folding = {
        .ledger = ledger,
        .facts = facts,
        .event = event,
        .fields = fields,
        .seq = event->seq,
        .aggregate = aggregate_make(facts, event->kind, event->agg, event->seq),
        .valid = event_effective(event, fields),
    };
    struct event_row row = {
        .recorded = event->recorded,
        .prev_seq = aggregate_at(facts, folding.aggregate)->last_seq,
        .flags = event->flags,
        .aggregate = folding.aggregate,
        .agg_seq = (uint32_t)event->agg_seq,
        .effective = folding.valid,
        .type = (uint16_t)event->type_id,
    };
    facts_event(facts, event->seq, &row);
    accounts_fold(&folding);
    effects_valid(&folding);
    const struct handler *handler = handler_of(ledger, event->type_id);
    if (handler != NULL && handler->fold != NULL) {
        handler->fold(&folding);
    }
    effects_fold(&folding);
    if (event->flags != 0) {
        fold_flags(&folding);
    }
}

uint32_t ledger_event_aggregate(const struct ledger *ledger, uint64_t seq)
{
    return event_row_at(ledger->facts, seq)->aggregate;
}
