/* The fact tables: adding rows, walking chains, handing lengths to readers. See facts.h for
 * F1-F5; names, texts and aggregates are in facts_names.c, undo and reversal in facts_undo.c. */

#include "daemon/ledger/facts_inner.h"

#include <stdlib.h>

#include "daemon/base/check.h"

const struct table_rule table_rules[FACT_TABLES] = {
    [FACT_STATE] = {sizeof(struct state_row), CHAIN_AGGREGATE, 0},
    [FACT_ATTRIBUTE] = {sizeof(struct attribute_row), CHAIN_AGGREGATE, 1},
    [FACT_CONTRACT] = {sizeof(struct contract_row), CHAIN_AGGREGATE, 2},
    [FACT_OBLIGATION] = {sizeof(struct obligation_row), CHAIN_AGGREGATE, 3},
    [FACT_TERMS] = {sizeof(struct terms_row), CHAIN_OBLIGATION_TERMS, 0},
    [FACT_MOVE] = {sizeof(struct move_row), CHAIN_OBLIGATION_MOVE, 0},
    [FACT_CREDIT] = {sizeof(struct credit_row), CHAIN_AGGREGATE, 2},
    [FACT_REGISTRATION] = {sizeof(struct registration_row), CHAIN_AGGREGATE, 4},
    [FACT_TRIAL] = {sizeof(struct trial_row), CHAIN_AGGREGATE, 5},
    [FACT_CONDITION] = {sizeof(struct condition_row), CHAIN_AGGREGATE, 6},
    [FACT_USAGE] = {sizeof(struct usage_row), CHAIN_AGGREGATE, 7},
    [FACT_STATEMENT] = {sizeof(struct statement_row), CHAIN_AGGREGATE, 8},
    [FACT_ROYALTY] = {sizeof(struct royalty_row), CHAIN_AGGREGATE, 10},
    [FACT_MATCH] = {sizeof(struct match_row), CHAIN_AGGREGATE, 2},
    [FACT_COMMISSION] = {sizeof(struct commission_row), CHAIN_AGGREGATE, 9},
    [FACT_POLICY] = {sizeof(struct policy_row), CHAIN_AGGREGATE, 2},
    [FACT_DAY] = {sizeof(struct day_row), CHAIN_DAY, 0},
    [FACT_RATE] = {sizeof(struct rate_row), CHAIN_AGGREGATE, 2},
    [FACT_TARGET] = {sizeof(struct target_row), CHAIN_AGGREGATE, 2},
    [FACT_PUBLISHED] = {sizeof(struct published_row), CHAIN_AGGREGATE, 2},
    [FACT_FLAGGED] = {sizeof(struct flagged_row), CHAIN_TABLE, 0},
    [FACT_CLOSING] = {sizeof(struct closing_row), CHAIN_AGGREGATE, 2},
    [FACT_OWNER] = {sizeof(struct owner_row), CHAIN_AGGREGATE, 2},
    [FACT_INVOICE] = {sizeof(struct invoice_row), CHAIN_AGGREGATE, 9}, /* on a party */
    [FACT_CLAIM] = {sizeof(struct claim_row), CHAIN_AGGREGATE, 2},
    [FACT_INDEMNITY] = {sizeof(struct indemnity_row), CHAIN_AGGREGATE, 4},
    [FACT_PLEDGE] = {sizeof(struct pledge_row), CHAIN_AGGREGATE, 2},
    [FACT_ENCUMBRANCE] = {sizeof(struct encumbrance_row), CHAIN_AGGREGATE, 9},
    [FACT_POOL_MEMBER] = {sizeof(struct pool_member_row), CHAIN_AGGREGATE, 2},
    [FACT_POOL_PATENT] = {sizeof(struct pool_patent_row), CHAIN_AGGREGATE, 8},
    [FACT_DISTRIBUTION] = {sizeof(struct distribution_row), CHAIN_AGGREGATE, 4},
    [FACT_MERGER] = {sizeof(struct merger_row), CHAIN_AGGREGATE, 4},
    [FACT_ACCREDITATION] = {sizeof(struct accreditation_row), CHAIN_AGGREGATE, 2},
    [FACT_RIGHT] = {sizeof(struct right_row), CHAIN_AGGREGATE, 4},
    [FACT_ENTRUSTMENT] = {sizeof(struct entrustment_row), CHAIN_AGGREGATE, 5},
    [FACT_COMMERCIAL] = {sizeof(struct commercial_row), CHAIN_AGGREGATE, 6},
    [FACT_VALUATION] = {sizeof(struct valuation_row), CHAIN_TABLE, 0},
    [FACT_FEE] = {sizeof(struct fee_row), CHAIN_AGGREGATE, 7},
    [FACT_OPEN_LICENSE] = {sizeof(struct open_license_row), CHAIN_AGGREGATE, 10},
    [FACT_VENTURE] = {sizeof(struct venture_row), CHAIN_AGGREGATE, 2},
    [FACT_REWARD] = {sizeof(struct reward_row), CHAIN_TABLE, 0},
    [FACT_EQUITY] = {sizeof(struct equity_row), CHAIN_TABLE, 0},
};

struct facts *facts_new(void)
{
    struct facts *facts = calloc(1, sizeof(*facts));
    INVARIANT(facts != NULL);
    for (int t = 0; t < FACT_TABLES; t++) {
        column_init(&facts->tables[t], table_rules[t].row_bytes);
    }
    column_init(&facts->aggregates, sizeof(struct aggregate_row));
    column_init(&facts->events, sizeof(struct event_row));
    column_init(&facts->touches, sizeof(struct touch_row));
    column_init(&facts->shares, sizeof(struct share_row));
    column_init(&facts->tiers, sizeof(struct tier_row));
    column_init(&facts->names, sizeof(struct name_row));
    column_init(&facts->reversals, sizeof(struct reversal_row));
    index_table_init(&facts->aggregate_index);
    index_table_init(&facts->name_index);
    index_table_init(&facts->likeness_index);
    column_init(&facts->alikes, sizeof(struct alike_row));
    facts->texts.bytes = 1;
    facts->owing = owing_new();
    facts->covers = cover_index_new();
    return facts;
}

void facts_free(struct facts *facts)
{
    if (facts == NULL) {
        return;
    }
    owing_free(facts->owing);
    cover_index_free(facts->covers);
    for (int t = 0; t < FACT_TABLES; t++) {
        column_done(&facts->tables[t]);
    }
    column_done(&facts->aggregates);
    column_done(&facts->events);
    column_done(&facts->touches);
    column_done(&facts->shares);
    column_done(&facts->tiers);
    column_done(&facts->names);
    column_done(&facts->reversals);
    index_table_done(&facts->aggregate_index);
    index_table_done(&facts->name_index);
    index_table_done(&facts->likeness_index);
    column_done(&facts->alikes);
    for (uint64_t s = 0; s < TEXT_SEGMENTS; s += text_segments_made(s)) {
        uint8_t *made = atomic_load_explicit(&facts->texts.segments[s], memory_order_relaxed);
        if (made == NULL) {
            break;
        }
        free(made);
    }
    free(facts);
}

uint64_t facts_count(const struct facts *facts, enum fact_table table)
{
    return facts->tables[table].count;
}

void *facts_row(const struct facts *facts, enum fact_table table, uint64_t index)
{
    return column_at(&facts->tables[table], index);
}

static struct obligation_row *obligation(const struct facts *facts, uint32_t key)
{
    return column_at(&facts->tables[FACT_OBLIGATION], key);
}

uint32_t *facts_writer_head(struct facts *facts, enum fact_table table, uint32_t key)
{
    switch (table_rules[table].chain) {
    case CHAIN_AGGREGATE:
        return &aggregate_at(facts, key)->head[table_rules[table].slot];
    case CHAIN_OBLIGATION_TERMS:
        return &obligation(facts, key)->head_terms;
    case CHAIN_OBLIGATION_MOVE:
        return &obligation(facts, key)->head_move;
    case CHAIN_TABLE:
        return &facts->table_head[table];
    case CHAIN_DAY:
        break;
    }
    return &facts->day_head[key];
}

_Atomic uint32_t *facts_reader_head(struct facts *facts, enum fact_table table, uint32_t key)
{
    switch (table_rules[table].chain) {
    case CHAIN_AGGREGATE:
        return &aggregate_at(facts, key)->seen[table_rules[table].slot];
    case CHAIN_OBLIGATION_TERMS:
        return &obligation(facts, key)->seen_terms;
    case CHAIN_OBLIGATION_MOVE:
        return &obligation(facts, key)->seen_move;
    case CHAIN_TABLE:
        return &facts->table_seen[table];
    case CHAIN_DAY:
        break;
    }
    return &facts->day_seen[key];
}

void *facts_add(struct facts *facts, enum fact_table table, uint64_t seq, int32_t valid,
                uint32_t key)
{
    struct column *column = &facts->tables[table];
    INVARIANT(column->count < UINT32_MAX - 1);
    struct fact *fact = column_push(column);
    uint32_t *head = facts_writer_head(facts, table, key);
    fact->seq = seq;
    atomic_init(&fact->reversed_by, UINT64_MAX);
    fact->valid = valid;
    fact->key = key;
    fact->prev = *head;
    *head = (uint32_t)column->count; /* index + 1 */
    if (table != FACT_TERMS) {       /* its debtor is not filled in yet: facts_chain_debtor() */
        owing_note_row(facts, table, fact);
    }
    return fact;
}

uint32_t facts_head(const struct facts *facts, enum fact_table table, uint32_t key, bool reader)
{
    /* The heads are looked up by one function for reading and writing; nothing is written here. */
    struct facts *same = (struct facts *)(uintptr_t)facts;
    if (!reader) {
        return *facts_writer_head(same, table, key);
    }
    return atomic_load_explicit(facts_reader_head(same, table, key), memory_order_acquire);
}

static void publish_table(struct facts *facts, enum fact_table table)
{
    const struct column *column = &facts->tables[table];
    for (uint64_t i = facts->published.rows[table]; i < column->count; i++) {
        const struct fact *fact = column_at(column, i);
        atomic_store_explicit(facts_reader_head(facts, table, fact->key), (uint32_t)(i + 1),
                              memory_order_release);
    }
}

void facts_publish_counts(struct facts *facts)
{
    struct published *published = &facts->published;
    for (int t = 0; t < FACT_TABLES; t++) {
        published->rows[t] = facts->tables[t].count;
    }
    published->seq = facts->events.count;
    if (published->seq > 0) {
        published->recorded = event_row_at(facts, published->seq)->recorded;
    }
    published->aggregates = facts->aggregates.count;
    published->touches = facts->touches.count;
    published->shares = facts->shares.count;
    published->tiers = facts->tiers.count;
    published->names = facts->names.count;
    published->reversals = facts->reversals.count;
    published->text_bytes = facts->texts.bytes;
}

struct published facts_publish(struct facts *facts)
{
    const struct published *published = &facts->published;
    if (published->seq == 0) {
        facts_show_heads(facts);
        facts_publish_counts(facts);
        return *published;
    }
    for (int t = 0; t < FACT_TABLES; t++) {
        publish_table(facts, (enum fact_table)t);
    }
    for (uint64_t seq = published->seq + 1; seq <= facts->events.count; seq++) {
        const struct event_row *event = event_row_at(facts, seq);
        atomic_store_explicit(&aggregate_at(facts, event->aggregate)->seen_last_seq, seq,
                              memory_order_release);
    }
    for (uint64_t i = published->touches; i < facts->touches.count; i++) {
        const struct touch_row *touch = column_at(&facts->touches, i);
        atomic_store_explicit(&aggregate_at(facts, touch->aggregate)->seen_touch, (uint32_t)(i + 1),
                              memory_order_release);
    }
    facts_publish_counts(facts);
    return *published;
}

struct viewpoint viewpoint_now(const struct facts *facts, int32_t as_of)
{
    (void)facts;
    return (struct viewpoint){.known_at = UINT64_MAX - 1, .as_of = as_of, .writer = true};
}

static const void *next_counting(const struct facts *facts, enum fact_table table,
                                 const struct viewpoint *view, uint32_t *at)
{
    while (*at != NO_ROW) {
        const struct fact *fact = facts_row(facts, table, *at - 1);
        *at = fact->prev;
        if (fact_counts(fact, view)) {
            return fact;
        }
    }
    return NULL;
}

bool facts_by_key(enum fact_table table)
{
    return table_rules[table].chain != CHAIN_TABLE;
}

const void *facts_first(const struct facts *facts, enum fact_table table, uint32_t key,
                        const struct viewpoint *view, uint32_t *ret_at)
{
    INVARIANT(facts_by_key(table)); /* or rows of other keys would come along */
    *ret_at = facts_head(facts, table, key, !view->writer);
    return next_counting(facts, table, view, ret_at);
}

const void *facts_next(const struct facts *facts, enum fact_table table,
                       const struct viewpoint *view, uint32_t *at)
{
    return next_counting(facts, table, view, at);
}
