/* What follows from the rows: indexes, chains, counts, totals, reversals.
 *
 * Whoever adds a head or an index to the facts says here how it is made again. The assertions
 * below ask for it, and the model test of snapshots compares every byte. */

#include "daemon/base/check.h"
#include "daemon/ledger/facts_inner.h"
#include "daemon/ledger/facts_snapshot.h"

_Static_assert(offsetof(struct aggregate_row, seen_touch) ==
                   offsetof(struct aggregate_row, agg_seq) + 4 + 8 + 3 * sizeof(uint32_t) +
                       (size_t)2 * AGGREGATE_HEADS * sizeof(uint32_t) + 4 + 8,
               "a new member of an aggregate is made again by its rows");
_Static_assert(sizeof(struct obligation_row) ==
                   offsetof(struct obligation_row, head_terms) + 4 * sizeof(uint32_t) + 4,
               "a new head of an obligation is made again by its rows");
_Static_assert(offsetof(struct facts, texts) ==
                   (FACT_TABLES + 8) * sizeof(struct column) + 3 * sizeof(struct index_table),
               "a new column is given and taken, a new index is filled");

/* ---- indexes ---- */

static bool text_fits(const struct facts *facts, text_ref ref)
{
    uint64_t rest = TEXT_SEGMENT_BYTES - ref % TEXT_SEGMENT_BYTES;
    if (ref == 0) {
        return true;
    }
    if (ref >= facts->texts.bytes || facts->texts.bytes - ref < 2 || rest < 2) {
        return false;
    }
    uint64_t need = 2 + (uint64_t)text_of(facts, ref).len;
    return need <= rest && need <= facts->texts.bytes - ref;
}

static bool rebuild_alikes(struct facts *facts)
{
    const struct column *rows = &facts->tables[FACT_REGISTRATION];
    for (uint64_t i = 0; i < rows->count; i++) {
        struct registration_row *row = column_at(rows, i);
        uint32_t prev = row->prev_alike;
        if (row->action == REGISTRATION_REGISTERED) {
            registration_enter(facts, i); /* sets prev_alike again */
        }
        if (row->prev_alike != prev) {
            return false;
        }
    }
    return true;
}

bool facts_rebuild_indexes(struct facts *facts)
{
    for (uint64_t i = 0; i < facts->aggregates.count; i++) {
        if (!text_fits(facts, aggregate_at(facts, (uint32_t)i)->id)) {
            return false;
        }
    }
    for (uint64_t i = 0; i < facts->names.count; i++) {
        if (!text_fits(facts, name_at(facts, (uint32_t)i)->text)) {
            return false;
        }
    }
    index_table_fill(&facts->aggregate_index, facts->aggregates.count, aggregate_hash, facts);
    index_table_fill(&facts->name_index, facts->names.count, name_hash, facts);
    return rebuild_alikes(facts);
}

/* ---- chains ---- */

static uint64_t keys_of(const struct facts *facts, enum fact_table table)
{
    switch (table_rules[table].chain) {
    case CHAIN_AGGREGATE:
    case CHAIN_TABLE:
        break;
    case CHAIN_OBLIGATION_TERMS:
    case CHAIN_OBLIGATION_MOVE:
        return facts->tables[FACT_OBLIGATION].count;
    case CHAIN_DAY:
        return DAY_MAX - DAY_MIN + 1;
    }
    return facts->aggregates.count;
}

static bool hang_table(struct facts *facts, enum fact_table table, uint64_t seq)
{
    const struct column *rows = &facts->tables[table];
    uint64_t keys = keys_of(facts, table);
    uint64_t last = 1;
    for (uint64_t i = 0; i < rows->count; i++) {
        const struct fact *fact = column_at(rows, i);
        if (fact->seq < last || fact->seq > seq || fact->key >= keys) {
            return false;
        }
        uint32_t *head = facts_writer_head(facts, table, fact->key);
        if (fact->prev != *head) { /* F12 */
            return false;
        }
        *head = (uint32_t)(i + 1);
        last = fact->seq;
        totals_count(&facts->totals, facts, table, fact, 1);
    }
    return true;
}

static bool hang_side_chains(struct facts *facts)
{
    for (size_t c = 0; c < side_chain_count; c++) {
        const struct side_chain *chain = &side_chains[c];
        const struct column *rows = &facts->tables[chain->table];
        for (uint64_t i = 0; chain->hang != NULL && i < rows->count; i++) {
            if (!chain->hang(facts, column_at(rows, i), (uint32_t)(i + 1))) {
                return false;
            }
        }
    }
    return true;
}

static bool count_events(struct facts *facts)
{
    for (uint64_t seq = 1; seq <= facts->events.count; seq++) {
        const struct event_row *event = event_row_at(facts, seq);
        if (event->aggregate >= facts->aggregates.count) {
            return false;
        }
        struct aggregate_row *aggregate = aggregate_at(facts, event->aggregate);
        if (event->prev_seq != aggregate->last_seq || event->agg_seq != aggregate->agg_seq + 1) {
            return false;
        }
        aggregate->agg_seq++;
        aggregate->last_seq = seq;
    }
    return true;
}

static bool count_touches(struct facts *facts, uint64_t seq)
{
    uint64_t last = 1;
    for (uint64_t i = 0; i < facts->touches.count; i++) {
        const struct touch_row *touch = column_at(&facts->touches, i);
        if (touch->seq < last || touch->seq > seq || touch->aggregate >= facts->aggregates.count) {
            return false;
        }
        struct aggregate_row *aggregate = aggregate_at(facts, touch->aggregate);
        if (touch->prev != aggregate->touch_head) {
            return false;
        }
        aggregate->touch_head = (uint32_t)(i + 1);
        aggregate->touches++;
        last = touch->seq;
    }
    return true;
}

static bool reverse_again(struct facts *facts, uint64_t seq)
{
    for (uint64_t i = 0; i < facts->reversals.count; i++) {
        const struct reversal_row *reversal = column_at(&facts->reversals, i);
        if (reversal->seq < 1 || reversal->seq >= reversal->by || reversal->by > seq) {
            return false;
        }
        facts_set_reversed(facts, reversal->seq, reversal->by);
    }
    return true;
}

void facts_show_heads(struct facts *facts)
{
    const struct column *obligations = &facts->tables[FACT_OBLIGATION];
    for (uint64_t i = 0; i < facts->aggregates.count; i++) {
        struct aggregate_row *row = aggregate_at(facts, (uint32_t)i);
        for (unsigned h = 0; h < AGGREGATE_HEADS; h++) {
            atomic_store_explicit(&row->seen[h], row->head[h], memory_order_release);
        }
        atomic_store_explicit(&row->seen_last_seq, row->last_seq, memory_order_release);
        atomic_store_explicit(&row->seen_touch, row->touch_head, memory_order_release);
    }
    for (uint64_t i = 0; i < obligations->count; i++) {
        struct obligation_row *row = column_at(obligations, i);
        atomic_store_explicit(&row->seen_terms, row->head_terms, memory_order_release);
        atomic_store_explicit(&row->seen_move, row->head_move, memory_order_release);
    }
    for (int t = 0; t < FACT_TABLES; t++) {
        atomic_store_explicit(&facts->table_seen[t], facts->table_head[t], memory_order_release);
    }
    for (uint32_t day = 0; day < DAY_MAX - DAY_MIN + 1; day++) {
        atomic_store_explicit(&facts->day_seen[day], facts->day_head[day], memory_order_release);
    }
}

bool facts_rebuild_chains(struct facts *facts, uint64_t seq)
{
    if (facts->events.count != seq || !count_events(facts) || !count_touches(facts, seq)) {
        return false;
    }
    for (int t = 0; t < FACT_TABLES; t++) {
        if (!hang_table(facts, (enum fact_table)t, seq)) {
            return false;
        }
    }
    if (!hang_side_chains(facts) || !reverse_again(facts, seq)) {
        return false;
    }
    facts_show_heads(facts);
    facts_publish_counts(facts);
    return true;
}
