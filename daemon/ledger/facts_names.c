/* Texts, aggregates, names, shares, events and touches: what rows point to by number.
 *
 *   F6  A text lies in one segment, its length (u16) before it; segments never move.
 *   F7  An aggregate's number is given at its first event and kept when its creation is
 *       reversed: agg_seq of a freed id goes on counting. */

#include "daemon/base/check.h"
#include "daemon/base/memory.h"
#include "daemon/ledger/facts_inner.h"

#define HASH_SEED UINT64_C(0x9e3779b97f4a7c15)
#define CACHE_LINE 64u

uint8_t *text_segment(struct texts *texts, uint64_t number)
{
    INVARIANT(number < TEXT_SEGMENTS);
    uint8_t *base = atomic_load_explicit(&texts->segments[number], memory_order_relaxed);
    if (base == NULL) {
        uint64_t made = text_segments_made(number);
        uint64_t first = number - number % made;
        base = memory_for_table(made * TEXT_SEGMENT_BYTES);
        INVARIANT(base != NULL);
        for (uint64_t i = 0; i < made; i++) {
            atomic_store_explicit(&texts->segments[first + i], base + i * TEXT_SEGMENT_BYTES,
                                  memory_order_release);
        }
        base += (number - first) * TEXT_SEGMENT_BYTES;
    }
    return base;
}

text_ref facts_text(struct facts *facts, struct slice text)
{
    struct texts *texts = &facts->texts;
    if (text.len == 0) {
        return 0;
    }
    size_t need = 2 + text.len;
    INVARIANT(text.len <= UINT16_MAX);
    uint64_t rest = TEXT_SEGMENT_BYTES - texts->bytes % TEXT_SEGMENT_BYTES;
    if (rest < need) { /* F6; a snapshot writes the gap, too */
        memset(text_segment(texts, texts->bytes / TEXT_SEGMENT_BYTES) +
                   texts->bytes % TEXT_SEGMENT_BYTES,
               0, rest);
        texts->bytes += rest;
    }
    uint64_t ref = texts->bytes;
    uint8_t *at = text_segment(texts, ref / TEXT_SEGMENT_BYTES) + ref % TEXT_SEGMENT_BYTES;
    store_u16(at, (uint16_t)text.len);
    memcpy(at + 2, text.data, text.len);
    texts->bytes = ref + need;
    return ref;
}

struct slice text_of(const struct facts *facts, text_ref ref)
{
    if (ref == 0) {
        return slice_of("", 0);
    }
    const uint8_t *base = atomic_load_explicit(&facts->texts.segments[ref / TEXT_SEGMENT_BYTES],
                                               memory_order_acquire);
    const uint8_t *at = base + ref % TEXT_SEGMENT_BYTES;
    return slice_of(at + 2, load_u16(at));
}

struct aggregate_row *aggregate_at(const struct facts *facts, uint32_t aggregate)
{
    return column_at(&facts->aggregates, aggregate);
}

uint64_t aggregate_count(const struct facts *facts)
{
    return facts->aggregates.count;
}

struct slice aggregate_id(const struct facts *facts, uint32_t aggregate)
{
    return text_of(facts, aggregate_at(facts, aggregate)->id);
}

static uint64_t hash_of_id(enum aggregate_kind kind, struct slice id)
{
    return hash_bytes(id, HASH_SEED + (uint64_t)kind);
}

uint64_t aggregate_hash(const void *facts, uint64_t aggregate)
{
    const struct aggregate_row *row = aggregate_at(facts, (uint32_t)aggregate);
    return hash_of_id(row->kind, text_of(facts, row->id));
}

enum aggregate_kind account_split(struct slice text, struct slice *ret_id)
{
    const uint8_t *slash = text.len > 0 ? memchr(text.data, '/', text.len) : NULL;
    if (slash == NULL) {
        *ret_id = text;
        return KIND_contract;
    }
    size_t before = (size_t)(slash - text.data);
    *ret_id = slice_of(slash + 1, text.len - before - 1);
    return kind_by_name(slice_of(text.data, before));
}

uint64_t aggregate_ask_slot(const struct facts *facts, enum aggregate_kind kind, struct slice id)
{
    uint64_t hash = hash_of_id(kind, id);
    index_table_ask(&facts->aggregate_index, hash);
    return hash;
}

uint32_t aggregate_ask_row(const struct facts *facts, uint64_t hash)
{
    uint64_t number;
    struct index_probe probe = index_probe_begin(&facts->aggregate_index, hash);
    if (!index_probe_next(&probe, &number)) {
        return AGGREGATE_NONE;
    }
    const uint8_t *row = (const uint8_t *)aggregate_at(facts, (uint32_t)number);
    const uint8_t *end =
        row + offsetof(struct aggregate_row, seen); /* the fold does not read them */
    for (const uint8_t *at = row; at < end; at += CACHE_LINE) {
        __builtin_prefetch(at, 1);
    }
    __builtin_prefetch(end - 1, 1);
    return (uint32_t)number;
}

void aggregate_ask_id(const struct facts *facts, uint32_t aggregate)
{
    text_ref ref = aggregate_at(facts, aggregate)->id;
    const uint8_t *base = atomic_load_explicit(&facts->texts.segments[ref / TEXT_SEGMENT_BYTES],
                                               memory_order_relaxed);
    __builtin_prefetch(base + ref % TEXT_SEGMENT_BYTES);
}

uint32_t aggregate_find(const struct facts *facts, enum aggregate_kind kind, struct slice id,
                        uint64_t limit)
{
    uint64_t number;
    struct index_probe probe = index_probe_begin(&facts->aggregate_index, hash_of_id(kind, id));
    while (index_probe_next(&probe, &number)) {
        if (number >= limit) {
            continue; /* not published to this reader */
        }
        const struct aggregate_row *row = aggregate_at(facts, (uint32_t)number);
        if (row->kind == kind && slice_equal(text_of(facts, row->id), id)) {
            return (uint32_t)number;
        }
    }
    return AGGREGATE_NONE;
}

uint32_t aggregate_make(struct facts *facts, enum aggregate_kind kind, struct slice id,
                        uint64_t seq)
{
    uint32_t found = aggregate_find(facts, kind, id, UINT64_MAX);
    if (found != AGGREGATE_NONE) {
        return found;
    }
    uint32_t number = (uint32_t)facts->aggregates.count;
    INVARIANT(number < AGGREGATE_NONE - 1);
    struct aggregate_row *row = column_push(&facts->aggregates);
    row->id = facts_text(facts, id);
    row->kind = kind;
    row->first_seq = seq;
    index_table_insert(&facts->aggregate_index, aggregate_hash(facts, number), number,
                       aggregate_hash, facts);
    return number;
}

uint64_t name_hash(const void *facts, uint64_t name)
{
    const struct name_row *row = name_at(facts, (uint32_t)name);
    return hash_bytes(text_of(facts, row->text), HASH_SEED + 256 + row->space);
}

struct name_row *name_at(const struct facts *facts, uint32_t name)
{
    return column_at(&facts->names, name);
}

uint32_t name_find(const struct facts *facts, enum name_space space, struct slice text)
{
    uint64_t number;
    uint64_t hash = hash_bytes(text, HASH_SEED + 256 + (uint64_t)space);
    struct index_probe probe = index_probe_begin(&facts->name_index, hash);
    while (index_probe_next(&probe, &number)) {
        const struct name_row *row = name_at(facts, (uint32_t)number);
        if (row->space == space && slice_equal(text_of(facts, row->text), text)) {
            return (uint32_t)number;
        }
    }
    return UINT32_MAX;
}

uint32_t name_make(struct facts *facts, enum name_space space, struct slice text)
{
    uint32_t found = name_find(facts, space, text);
    if (found != UINT32_MAX) {
        return found;
    }
    uint32_t number = (uint32_t)facts->names.count;
    struct name_row *row = column_push(&facts->names);
    row->text = facts_text(facts, text);
    row->space = (uint8_t)space;
    index_table_insert(&facts->name_index, name_hash(facts, number), number, name_hash, facts);
    return number;
}

uint64_t likeness_hash(const void *facts, uint64_t alike)
{
    const struct facts *same = facts;
    const struct alike_row *row = column_at(&same->alikes, alike);
    return row->likeness;
}

/* Contracts on equal terms are common, so a likeness is in the index once and its rows are a
 * chain: entering one costs the same however many there are. */
struct alike_row *alike_find(const struct facts *facts, uint64_t likeness)
{
    uint64_t number;
    struct index_probe probe = index_probe_begin(&facts->likeness_index, likeness);
    while (index_probe_next(&probe, &number)) {
        struct alike_row *row = column_at(&facts->alikes, number);
        if (row->likeness == likeness) {
            return row;
        }
    }
    return NULL;
}

void registration_enter(struct facts *facts, uint64_t row)
{
    struct registration_row *registration = facts_row(facts, FACT_REGISTRATION, row);
    struct alike_row *alike = alike_find(facts, registration->likeness);
    if (alike == NULL) {
        uint64_t number = facts->alikes.count;
        alike = column_push(&facts->alikes);
        alike->likeness = registration->likeness;
        index_table_insert(&facts->likeness_index, alike->likeness, number, likeness_hash, facts);
    }
    registration->prev_alike = alike->newest;
    alike->newest = (uint32_t)row + 1;
}

uint32_t registrations_like(const struct facts *facts, uint64_t likeness)
{
    const struct alike_row *alike = alike_find(facts, likeness);
    return alike == NULL ? NO_ROW : alike->newest;
}

struct list_ref shares_begin(const struct facts *facts)
{
    return (struct list_ref){.first = (uint32_t)facts->shares.count, .count = 0};
}

void shares_add(struct facts *facts, struct list_ref *list, uint32_t aggregate, int32_t ppm)
{
    INVARIANT(list->first + list->count == facts->shares.count);
    struct share_row *row = column_push(&facts->shares);
    row->aggregate = aggregate;
    row->ppm = ppm;
    list->count++;
}

const struct share_row *share_at(const struct facts *facts, struct list_ref list, uint32_t i)
{
    INVARIANT(i < list.count);
    return column_at(&facts->shares, list.first + i);
}

struct list_ref tiers_begin(const struct facts *facts)
{
    return (struct list_ref){.first = (uint32_t)facts->tiers.count, .count = 0};
}

void tiers_add(struct facts *facts, struct list_ref *list, int64_t upto_fen, int64_t rate)
{
    INVARIANT(list->first + list->count == facts->tiers.count);
    struct tier_row *row = column_push(&facts->tiers);
    row->upto_fen = upto_fen;
    row->rate = rate;
    list->count++;
}

const struct tier_row *tier_at(const struct facts *facts, struct list_ref list, uint32_t i)
{
    INVARIANT(i < list.count);
    return column_at(&facts->tiers, list.first + i);
}

void facts_chain_debtor(struct facts *facts, struct terms_row *row)
{
    struct aggregate_row *debtor = aggregate_at(facts, row->debtor);
    row->prev_debtor = debtor->debt_head;
    debtor->debt_head = (uint32_t)facts->tables[FACT_TERMS].count;
    owing_note_terms(facts, row);
}

void facts_chain_bank_ref(struct facts *facts, struct credit_row *row, struct slice text)
{
    row->number = name_make(facts, NAME_BANK_REF, text);
    struct name_row *name = name_at(facts, row->number);
    row->prev_number = name->head;
    name->head = (uint32_t)facts->tables[FACT_CREDIT].count;
}

void facts_event(struct facts *facts, uint64_t seq, const struct event_row *row)
{
    INVARIANT(seq == facts->events.count + 1);
    struct event_row *event = column_push(&facts->events);
    atomic_init(&event->reversed_by, UINT64_MAX);
    event->recorded = row->recorded;
    event->prev_seq = row->prev_seq;
    event->flags = row->flags;
    event->aggregate = row->aggregate;
    event->agg_seq = row->agg_seq;
    event->effective = row->effective;
    event->type = row->type;
    struct aggregate_row *aggregate = aggregate_at(facts, row->aggregate);
    INVARIANT(row->prev_seq == aggregate->last_seq);
    aggregate->agg_seq++;
    INVARIANT(row->agg_seq == aggregate->agg_seq);
    aggregate->last_seq = seq;
}

struct event_row *event_row_at(const struct facts *facts, uint64_t seq)
{
    return column_at(&facts->events, seq - 1);
}

uint64_t facts_seq(const struct facts *facts)
{
    return facts->events.count;
}

uint32_t facts_touch(struct facts *facts, uint64_t seq, uint32_t aggregate)
{
    struct aggregate_row *row = aggregate_at(facts, aggregate);
    struct touch_row *touch = column_push(&facts->touches);
    touch->seq = seq;
    touch->aggregate = aggregate;
    touch->prev = row->touch_head;
    row->touch_head = (uint32_t)facts->touches.count;
    row->touches++;
    return row->touches;
}

struct touch_row *touch_at(const struct facts *facts, uint32_t touch)
{
    return column_at(&facts->touches, touch);
}
