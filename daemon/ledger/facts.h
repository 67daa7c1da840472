#ifndef ACCRUE_DAEMON_LEDGER_FACTS_H
#define ACCRUE_DAEMON_LEDGER_FACTS_H

/* What the log says, as append-only tables in memory. Everything that is decided or answered
 * is computed from these rows; nothing else is kept that could disagree with them.
 *
 *   F1  A row never changes once its event is published, but for `reversed_by`, which is set
 *       once, to the seq of the reversal.
 *   F2  A row counts for a viewpoint {as_of, known_at} iff
 *       seq <= known_at < reversed_by and valid <= as_of. So known_at is a length and as_of a
 *       filter: no lock, no copy, and a question about last year costs what today's costs.
 *   F3  Rows with the same key (an aggregate; an obligation for moves) are chained, newest
 *       first, through `prev`; the heads of the chains are in the key's own row, twice: one for
 *       the writer, one for readers, which facts_publish() moves up.
 *   F4  facts_mark() and facts_undo() take back everything since the mark: rows are popped from
 *       the ends and give their chain heads back. What was published is never undone.
 *   F5  Everything is a function of the sequence of folded events: same log, same numbers.
 *
 * Threads: one writer. Readers take a copy of `struct published` (under the release/acquire of
 * whoever hands it over) and touch no row at or past its counts. */

#include <stdatomic.h>

#include "daemon/base/column.h"
#include "daemon/base/index_table.h"
#include "daemon/ledger/fact_rows.h"

enum fact_table {
    FACT_STATE,
    FACT_ATTRIBUTE,
    FACT_CONTRACT,
    FACT_OBLIGATION,
    FACT_TERMS,
    FACT_MOVE,
    FACT_CREDIT,
    FACT_REGISTRATION,
    FACT_TRIAL,
    FACT_CONDITION,
    FACT_USAGE,
    FACT_STATEMENT,
    FACT_ROYALTY,
    FACT_MATCH,
    FACT_COMMISSION,
    FACT_POLICY,
    FACT_DAY,
    FACT_RATE,
    FACT_OWNER,
    FACT_TARGET,
    FACT_PUBLISHED,
    FACT_CLOSING,
    FACT_INVOICE,
    FACT_FLAGGED,
    FACT_CLAIM,
    FACT_INDEMNITY,
    FACT_PLEDGE,
    FACT_ENCUMBRANCE,
    FACT_POOL_MEMBER,
    FACT_POOL_PATENT,
    FACT_DISTRIBUTION,
    FACT_MERGER,
    FACT_ACCREDITATION,
    FACT_RIGHT,
    FACT_ENTRUSTMENT,
    FACT_COMMERCIAL,
    FACT_VALUATION,
    FACT_FEE,
    FACT_OPEN_LICENSE,
    FACT_VENTURE,
    FACT_REWARD,
    FACT_EQUITY,
    FACT_TABLES
};

/* ---- what is not a fact ---- */

#define AGGREGATE_HEADS 11u

struct aggregate_row {
    text_ref id;
    uint64_t first_seq;
    enum aggregate_kind kind;
    uint32_t agg_seq;               /* events of it so far; writer */
    uint64_t last_seq;              /* writer */
    uint32_t touches;               /* writer */
    uint32_t touch_head;            /* writer: newest touch, + 1 */
    uint32_t debt_head;             /* writer: newest terms row that names it as debtor, + 1 */
    uint32_t head[AGGREGATE_HEADS]; /* writer */
    _Atomic uint32_t seen[AGGREGATE_HEADS]; /* readers */
    _Atomic uint64_t seen_last_seq;
    _Atomic uint32_t seen_touch;
};

/* One for every event, at index seq - 1. */
struct event_row {
    _Atomic uint64_t reversed_by; /* UINT64_MAX */
    int64_t recorded;
    uint64_t prev_seq; /* of the aggregate */
    uint64_t flags;
    uint32_t aggregate;
    uint32_t agg_seq;
    int32_t effective;
    uint16_t type;
};

/* One for every (event, account it touches): completeness, dependants and explain walk these. */
struct touch_row {
    uint64_t seq;
    uint32_t aggregate;
    uint32_t prev;
};

struct share_row {
    uint32_t aggregate;
    int32_t ppm;
};

/* A tier of royalty terms, or the rate of a contract year. */
struct tier_row {
    int64_t upto_fen; /* AMOUNT_UNKNOWN: no end */
    int64_t rate;     /* ppm, or fen a unit */
};

/* A text that rows point to by number, and the newest row that does. */
enum name_space { NAME_REGISTRATION = 1, NAME_BANK_REF, NAME_INVOICE };
struct name_row {
    text_ref text;
    uint8_t space;
    uint32_t head; /* writer: newest row, + 1; of registrations, credits, invoices */
};

struct reversal_row {
    uint64_t seq, by;
};

/* How far readers may look. */
struct published {
    uint64_t seq;
    int64_t recorded;
    uint64_t rows[FACT_TABLES];
    uint64_t aggregates, touches, shares, tiers, names, reversals;
    uint64_t text_bytes; /* 1 at least */
};

struct facts;

/* The table's name in digests and snapshots; any thread. */
const char *fact_table_name(enum fact_table table);

struct facts *facts_new(void);
void facts_free(struct facts *facts);

/* Rows of a table so far (writer), and the row at an index. */
uint64_t facts_count(const struct facts *facts, enum fact_table table);
void *facts_row(const struct facts *facts, enum fact_table table, uint64_t index);

/* A new row of `table`, zeroed but for its head: {seq, never reversed, valid, key, prev}, and
 * chained to its key. Fill in the rest at once. */
void *facts_add(struct facts *facts, enum fact_table table, uint64_t seq, int32_t valid,
                uint32_t key);

/* Newest row of the key's chain, + 1. `reader`: the published head. */
uint32_t facts_head(const struct facts *facts, enum fact_table table, uint32_t key, bool reader);

/* Texts: copied into the pool; the slice stays valid until the end. */
text_ref facts_text(struct facts *facts, struct slice text);
struct slice text_of(const struct facts *facts, text_ref ref);

/* Aggregates by (kind, id). Finding is for any thread if `limit` is its published count
 * (writer: UINT64_MAX); AGGREGATE_NONE if there is none. */
uint32_t aggregate_find(const struct facts *facts, enum aggregate_kind kind, struct slice id,
                        uint64_t limit);
/* An account as it is written: `kind/id`, a contract as its id alone. KIND_NONE: no such kind. */
enum aggregate_kind account_split(struct slice text, struct slice *ret_id);
/* What aggregate_find() will read, asked for a step at a time and some hundred nanoseconds before:
 * the slot (gives the hash), the row (gives the number, or AGGREGATE_NONE), the id. Writer. */
uint64_t aggregate_ask_slot(const struct facts *facts, enum aggregate_kind kind, struct slice id);
uint32_t aggregate_ask_row(const struct facts *facts, uint64_t hash);
void aggregate_ask_id(const struct facts *facts, uint32_t aggregate);
/* Finds or adds; fold only. */
uint32_t aggregate_make(struct facts *facts, enum aggregate_kind kind, struct slice id,
                        uint64_t seq);
struct aggregate_row *aggregate_at(const struct facts *facts, uint32_t aggregate);
uint64_t aggregate_count(const struct facts *facts);
struct slice aggregate_id(const struct facts *facts, uint32_t aggregate);

/* Names of a space (writer only): number, or UINT32_MAX. */
uint32_t name_find(const struct facts *facts, enum name_space space, struct slice text);
uint32_t name_make(struct facts *facts, enum name_space space, struct slice text);
struct name_row *name_at(const struct facts *facts, uint32_t name);

/* Shares side by side: push `count`, then read by list_ref. */
struct list_ref shares_begin(const struct facts *facts);
void shares_add(struct facts *facts, struct list_ref *list, uint32_t aggregate, int32_t ppm);
const struct share_row *share_at(const struct facts *facts, struct list_ref list, uint32_t i);

/* Tiers side by side, in the same way. */
struct list_ref tiers_begin(const struct facts *facts);
void tiers_add(struct facts *facts, struct list_ref *list, int64_t upto_fen, int64_t rate);
const struct tier_row *tier_at(const struct facts *facts, struct list_ref list, uint32_t i);

/* Hang a filled-in row on the chain of its debtor, or of its name: right after facts_add(), and
 * for a name before its `number` row is added to again. facts_undo() gives the heads back. */
void facts_chain_debtor(struct facts *facts, struct terms_row *row);
void facts_chain_bank_ref(struct facts *facts, struct credit_row *row, struct slice text);

/* The event's own row, and its aggregate's count and last seq. Called once per folded event,
 * with seq = last + 1, before its facts. */
void facts_event(struct facts *facts, uint64_t seq, const struct event_row *row);
struct event_row *event_row_at(const struct facts *facts, uint64_t seq); /* 1..events */
uint64_t facts_seq(const struct facts *facts);                           /* last folded seq */

/* Count a touch: the aggregate's next n. */
uint32_t facts_touch(struct facts *facts, uint64_t seq, uint32_t aggregate);
struct touch_row *touch_at(const struct facts *facts, uint32_t touch);

/* Rows of `table` that event `seq` wrote: neighbours, from *ret_first on. */
uint64_t facts_of_event(const struct facts *facts, enum fact_table table, uint64_t seq,
                        uint64_t *ret_first);
/* The same for its touches. */
uint64_t touches_of_event(const struct facts *facts, uint64_t seq, uint64_t *ret_first);

/* Registrations by likeness (writer only): enter the newest registration row; the newest row of
 * a likeness, + 1, from which prev_alike leads to the older ones. */
void registration_enter(struct facts *facts, uint64_t row);
uint32_t registrations_like(const struct facts *facts, uint64_t likeness);

/* Set reversed_by of every row that event `seq` wrote, and of its event row. */
void facts_reverse(struct facts *facts, uint64_t seq, uint64_t by);

struct facts_mark {
    uint64_t rows[FACT_TABLES];
    uint64_t aggregates, touches, shares, tiers, names, events, reversals, text_bytes;
};
struct facts_mark facts_mark(const struct facts *facts);
void facts_undo(struct facts *facts, const struct facts_mark *mark);

/* Move the readers' heads up to the writer's and give the counts to hand over. */
struct published facts_publish(struct facts *facts);

/* ---- viewpoints ---- */

struct viewpoint {
    uint64_t known_at; /* seq */
    int32_t as_of;     /* day */
    bool writer;       /* sees what is folded but not published */
    struct published published;
};

/* The writer's: everything folded, at every valid date up to `as_of` (DAY_MAX = all). */
struct viewpoint viewpoint_now(const struct facts *facts, int32_t as_of);

static inline bool fact_known(const struct fact *fact, const struct viewpoint *view)
{
    return fact->seq <= view->known_at &&
           view->known_at < atomic_load_explicit(&fact->reversed_by, memory_order_relaxed);
}

static inline bool fact_counts(const struct fact *fact, const struct viewpoint *view) /* F2 */
{
    return fact->valid <= view->as_of && fact_known(fact, view);
}

/* Are the table's rows chained by their key? Those of the others are in one chain: no walk by key,
 * whoever wants the rows of one looks at all. */
bool facts_by_key(enum fact_table table);

/* Walk a key's visible rows, newest recorded first, of a table that is chained by key:
 *   for (row = facts_first(f, T, key, v, &it); row != NULL; row = facts_next(f, T, v, &it)) */
const void *facts_first(const struct facts *facts, enum fact_table table, uint32_t key,
                        const struct viewpoint *view, uint32_t *ret_at);
const void *facts_next(const struct facts *facts, enum fact_table table,
                       const struct viewpoint *view, uint32_t *at);

#endif
