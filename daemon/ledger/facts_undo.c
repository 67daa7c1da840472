/* Taking back a refused request, and marking what an event wrote as reversed.
 *
 *   F8  Undo pops rows newest first, so each gives its chain's head back as it found it, and
 *       names and aggregates leave their index with their row.
 *   F9  Rows of one event are neighbours in every table, since tables grow in seq order: they
 *       are found by binary search. */

#include "daemon/base/check.h"
#include "daemon/ledger/facts_inner.h"

struct facts_mark facts_mark(const struct facts *facts)
{
    struct facts_mark mark = {
        .aggregates = facts->aggregates.count,
        .touches = facts->touches.count,
        .shares = facts->shares.count,
        .tiers = facts->tiers.count,
        .names = facts->names.count,
        .events = facts->events.count,
        .reversals = facts->reversals.count,
        .text_bytes = facts->texts.bytes,
    };
    for (int t = 0; t < FACT_TABLES; t++) {
        mark.rows[t] = facts->tables[t].count;
    }
    return mark;
}

/* First index of `table` whose row has at least `seq`. */
static uint64_t lower_bound(const struct facts *facts, enum fact_table table, uint64_t seq)
{
    uint64_t low = 0;
    uint64_t high = facts->tables[table].count;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        const struct fact *fact = facts_row(facts, table, middle);
        if (fact->seq < seq) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint64_t facts_of_event(const struct facts *facts, enum fact_table table, uint64_t seq,
                        uint64_t *ret_first)
{
    *ret_first = lower_bound(facts, table, seq);
    return lower_bound(facts, table, seq + 1) - *ret_first;
}

static uint64_t touches_before(const struct facts *facts, uint64_t seq)
{
    uint64_t low = 0;
    uint64_t high = facts->touches.count;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        const struct touch_row *touch = column_at(&facts->touches, middle);
        if (touch->seq < seq) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint64_t touches_of_event(const struct facts *facts, uint64_t seq, uint64_t *ret_first)
{
    *ret_first = touches_before(facts, seq);
    return touches_before(facts, seq + 1) - *ret_first;
}

void facts_set_reversed(struct facts *facts, uint64_t seq, uint64_t by)
{
    for (int t = 0; t < FACT_TABLES; t++) {
        enum fact_table table = (enum fact_table)t;
        for (uint64_t i = lower_bound(facts, table, seq); i < facts->tables[t].count; i++) {
            struct fact *fact = facts_row(facts, table, i);
            if (fact->seq != seq) {
                break;
            }
            atomic_store_explicit(&fact->reversed_by, by, memory_order_relaxed);
            totals_count(&facts->totals, facts, table, fact, by == UINT64_MAX ? 1 : -1);
            owing_note_row(facts, table, fact);
        }
    }
    atomic_store_explicit(&event_row_at(facts, seq)->reversed_by, by, memory_order_relaxed);
}

void facts_reverse(struct facts *facts, uint64_t seq, uint64_t by)
{
    INVARIANT(seq < by);
    struct reversal_row *reversal = column_push(&facts->reversals);
    reversal->seq = seq;
    reversal->by = by;
    facts_set_reversed(facts, seq, by);
}

static void pop_table(struct facts *facts, enum fact_table table, uint64_t count)
{
    struct column *column = &facts->tables[table];
    if (table == FACT_POLICY && column->count > count) {
        cover_index_forget(facts->covers);
    }
    while (column->count > count) {
        const struct fact *fact = column_at(column, column->count - 1);
        totals_count(&facts->totals, facts, table, fact, -1);
        owing_note_row(facts, table, fact);
        *facts_writer_head(facts, table, fact->key) = fact->prev;
        column_truncate(column, column->count - 1);
    }
}

static void pop_events(struct facts *facts, const struct facts_mark *mark)
{
    while (facts->touches.count > mark->touches) {
        const struct touch_row *touch = column_at(&facts->touches, facts->touches.count - 1);
        struct aggregate_row *aggregate = aggregate_at(facts, touch->aggregate);
        aggregate->touch_head = touch->prev;
        aggregate->touches--;
        column_truncate(&facts->touches, facts->touches.count - 1);
    }
    while (facts->events.count > mark->events) {
        const struct event_row *event = event_row_at(facts, facts->events.count);
        struct aggregate_row *aggregate = aggregate_at(facts, event->aggregate);
        aggregate->last_seq = event->prev_seq;
        aggregate->agg_seq--;
        column_truncate(&facts->events, facts->events.count - 1);
    }
}

static void pop_names(struct facts *facts, const struct facts_mark *mark)
{
    while (facts->names.count > mark->names) {
        uint64_t name = facts->names.count - 1;
        index_table_remove(&facts->name_index, name_hash(facts, name), name);
        column_truncate(&facts->names, name);
    }
    while (facts->aggregates.count > mark->aggregates) {
        uint64_t aggregate = facts->aggregates.count - 1;
        index_table_remove(&facts->aggregate_index, aggregate_hash(facts, aggregate), aggregate);
        column_truncate(&facts->aggregates, aggregate);
    }
}

static void give_back_alike(struct facts *facts, const void *of)
{
    const struct registration_row *row = of;
    if (row->action != REGISTRATION_REGISTERED) {
        return;
    }
    struct alike_row *alike = alike_find(facts, row->likeness);
    INVARIANT(alike != NULL);
    alike->newest = row->prev_alike;
    if (row->prev_alike == NO_ROW) {
        index_table_remove(&facts->likeness_index, row->likeness, facts->alikes.count - 1);
        column_truncate(&facts->alikes, facts->alikes.count - 1);
    }
}

static bool hang_on_name(struct facts *facts, uint32_t name, uint32_t prev, uint32_t number)
{
    if (name == UINT32_MAX) {
        return true;
    }
    if (name >= facts->names.count || prev != name_at(facts, name)->head) {
        return false;
    }
    name_at(facts, name)->head = number;
    return true;
}

static void give_back_registration(struct facts *facts, const void *of)
{
    const struct registration_row *row = of;
    if (row->number != UINT32_MAX) {
        name_at(facts, row->number)->head = row->prev_number;
    }
}

static bool hang_registration(struct facts *facts, const void *of, uint32_t number)
{
    const struct registration_row *row = of;
    return hang_on_name(facts, row->number, row->prev_number, number);
}

static void give_back_bank_ref(struct facts *facts, const void *of)
{
    const struct credit_row *row = of;
    if (row->kind == CREDIT_RECEIVED && row->number != UINT32_MAX) {
        name_at(facts, row->number)->head = row->prev_number;
    }
}

static bool hang_bank_ref(struct facts *facts, const void *of, uint32_t number)
{
    const struct credit_row *row = of;
    return row->kind != CREDIT_RECEIVED ||
           hang_on_name(facts, row->number, row->prev_number, number);
}

static void give_back_invoice(struct facts *facts, const void *of)
{
    const struct invoice_row *row = of;
    name_at(facts, row->number)->head = row->prev_number;
}

static bool hang_invoice(struct facts *facts, const void *of, uint32_t number)
{
    const struct invoice_row *row = of;
    return hang_on_name(facts, row->number, row->prev_number, number);
}

static void give_back_debtor(struct facts *facts, const void *of)
{
    const struct terms_row *row = of;
    aggregate_at(facts, row->debtor)->debt_head = row->prev_debtor;
}

static bool hang_debtor(struct facts *facts, const void *of, uint32_t number)
{
    const struct terms_row *row = of;
    if (row->debtor >= facts->aggregates.count ||
        row->prev_debtor != aggregate_at(facts, row->debtor)->debt_head) {
        return false;
    }
    aggregate_at(facts, row->debtor)->debt_head = number;
    return true;
}

const struct side_chain side_chains[] = {
    {FACT_REGISTRATION, give_back_alike, NULL},
    {FACT_REGISTRATION, give_back_registration, hang_registration},
    {FACT_CREDIT, give_back_bank_ref, hang_bank_ref},
    {FACT_TERMS, give_back_debtor, hang_debtor},
    {FACT_INVOICE, give_back_invoice, hang_invoice},
};
const size_t side_chain_count = sizeof(side_chains) / sizeof(side_chains[0]);

static void pop_side_chains(struct facts *facts, const struct facts_mark *mark)
{
    for (size_t c = 0; c < side_chain_count; c++) {
        const struct column *rows = &facts->tables[side_chains[c].table];
        for (uint64_t i = rows->count; i > mark->rows[side_chains[c].table]; i--) {
            side_chains[c].give_back(facts, column_at(rows, i - 1));
        }
    }
}

void facts_undo(struct facts *facts, const struct facts_mark *mark)
{
    INVARIANT(mark->events >= facts->published.seq);
    while (facts->reversals.count > mark->reversals) {
        const struct reversal_row *reversal =
            column_at(&facts->reversals, facts->reversals.count - 1);
        facts_set_reversed(facts, reversal->seq, UINT64_MAX);
        column_truncate(&facts->reversals, facts->reversals.count - 1);
    }
    pop_side_chains(facts, mark);
    /* Moves and terms before the obligations whose heads they hang on. */
    for (int t = FACT_TABLES - 1; t >= 0; t--) {
        pop_table(facts, (enum fact_table)t, mark->rows[t]);
    }
    pop_events(facts, mark);
    pop_names(facts, mark);
    column_truncate(&facts->shares, mark->shares);
    column_truncate(&facts->tiers, mark->tiers);
    facts->texts.bytes = mark->text_bytes;
}
