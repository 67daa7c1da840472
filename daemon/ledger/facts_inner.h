#ifndef ACCRUE_DAEMON_LEDGER_FACTS_INNER_H
#define ACCRUE_DAEMON_LEDGER_FACTS_INNER_H

/* What the files facts*.c share and nobody else sees. */

#include "daemon/ledger/cover_index.h"
#include "daemon/ledger/facts.h"
#include "daemon/ledger/owing.h"
#include "daemon/ledger/totals.h"

#define TEXT_SEGMENT_BYTES (UINT64_C(1) << 20)
#define TEXT_SEGMENTS 16384u /* 16 GiB of texts */
/* Made at once, large enough for huge pages; the first so many singly, since a small log has no
 * use for those. */
#define TEXT_SEGMENTS_MADE 4u

/* How many segments the allocation has that segment `number` lies in; the first is a multiple. */
static inline uint64_t text_segments_made(uint64_t number)
{
    return number < TEXT_SEGMENTS_MADE ? 1 : TEXT_SEGMENTS_MADE;
}

/* Where a table's rows are and what they are chained to. */
struct table_rule {
    size_t row_bytes;
    enum {
        CHAIN_AGGREGATE,
        CHAIN_OBLIGATION_TERMS,
        CHAIN_OBLIGATION_MOVE,
        CHAIN_DAY,
        CHAIN_TABLE /* all rows of the table: nobody asks by key */
    } chain;
    uint8_t slot; /* CHAIN_AGGREGATE: which head */
};
extern const struct table_rule table_rules[FACT_TABLES];

struct texts {
    uint64_t bytes; /* next free, 1 at least: ref 0 is "" */
    _Atomic(uint8_t *) segments[TEXT_SEGMENTS];
};

struct facts {
    struct column tables[FACT_TABLES];
    struct column aggregates, events, touches, shares, tiers, names, reversals, alikes;
    struct index_table aggregate_index, name_index, likeness_index;
    struct texts texts;
    struct published published;
    struct totals totals;       /* writer */
    struct owing *owing;        /* writer */
    struct cover_index *covers; /* writer */
    uint32_t table_head[FACT_TABLES];
    _Atomic uint32_t table_seen[FACT_TABLES];
    uint32_t day_head[DAY_MAX - DAY_MIN + 1];
    _Atomic uint32_t day_seen[DAY_MAX - DAY_MIN + 1];
};

/* The chain head that a row of `table` with `key` hangs on. */
uint32_t *facts_writer_head(struct facts *facts, enum fact_table table, uint32_t key);
_Atomic uint32_t *facts_reader_head(struct facts *facts, enum fact_table table, uint32_t key);

/* Chains besides a table's own: facts_undo() gives each row of them back, newest first, and a
 * snapshot hangs them up again, oldest first. */
struct side_chain {
    enum fact_table table;
    void (*give_back)(struct facts *facts, const void *row);
    /* `number` is the row's index + 1. False: it does not belong here. NULL: the chain's index is
     * rebuilt by itself. */
    bool (*hang)(struct facts *facts, const void *row, uint32_t number);
};
extern const struct side_chain side_chains[];
extern const size_t side_chain_count;

/* Nothing was published before: the readers' heads are simply the writer's, however many rows. */
void facts_show_heads(struct facts *facts);
/* Everything folded counts as published; the readers' heads are the caller's. */
void facts_publish_counts(struct facts *facts);

/* Set reversed_by of the event's rows, UINT64_MAX for never. */
void facts_set_reversed(struct facts *facts, uint64_t seq, uint64_t by);

/* Segment `number` of the pool, made with its neighbours if it is not there. */
uint8_t *text_segment(struct texts *texts, uint64_t number);

uint64_t aggregate_hash(const void *facts, uint64_t aggregate);
uint64_t name_hash(const void *facts, uint64_t name);
uint64_t likeness_hash(const void *facts, uint64_t alike);

/* Registrations that are alike, and the newest of them, + 1. */
struct alike_row {
    uint64_t likeness;
    uint32_t newest;
};
struct alike_row *alike_find(const struct facts *facts, uint64_t likeness);

#endif
