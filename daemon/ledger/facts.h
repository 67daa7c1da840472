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
#include "proto/vocabulary.h"

#define DAY_NONE INT32_MIN
#define NO_ROW 0u /* chain links are index + 1 */
#define AGGREGATE_NONE UINT32_MAX
#define AMOUNT_UNKNOWN INT64_MIN

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
    FACT_TABLES
};

/* What every row begins with. */
struct fact {
    uint64_t seq;
    _Atomic uint64_t reversed_by; /* UINT64_MAX = never */
    int32_t valid;
    uint32_t key; /* aggregate; obligation for FACT_TERMS and FACT_MOVE; day slot for FACT_DAY */
    uint32_t prev;
};

typedef uint64_t text_ref; /* into the pool of texts; 0 = "" */

struct list_ref {
    uint32_t first, count;
};

/* ---- the tables' rows ---- */

/* A move of a state machine. `machine` and `state` are those of ledger/states.h. */
struct state_row {
    struct fact fact;
    uint8_t machine, state;
};

/* One attribute of a party or technology, a term of a contract that contract_row has no column
 * for or that was changed later (contract.h reads both), or the payer that an unidentified
 * payment got: the latest by (valid, seq) counts. What it holds follows from the field's type
 * in the vocabulary: texts, and maps and lists as their canonical bytes, a text_ref; ids an
 * aggregate; dates a day; enumerations their number; the rest the number itself. */
struct attribute_row {
    struct fact fact;
    uint16_t field; /* enum field_id */
    int64_t value;
};

/* contract.signed or drafted. Enumerations are the C enums of the vocabulary, 255 = absent. */
struct contract_row {
    struct fact fact;
    text_ref title, contract_no, department;
    int64_t total_fen;                             /* AMOUNT_UNKNOWN if null or absent */
    struct list_ref sellers, buyers, technologies; /* shares; technologies with share 0 */
    uint32_t operator_party, origin_ref;           /* AGGREGATE_NONE if none */
    int32_t sign_date, term_start, term_end;       /* DAY_NONE if absent */
    int32_t trial_start, trial_end;                /* as agreed in the contract */
    int32_t late_daily_ppm, late_annual_ppm, late_cap_ppm, late_lpr_ppm; /* -1 = absent */
    uint8_t type, subtype, grant, pay_mode, ip_kind, field, program, effective_rule, total_basis;
    uint8_t origin, round, on_invalid, on_silence, late_day_count, late_alloc, currency;
    bool drafted, has_trial, has_royalty, has_effect;
};

/* An obligation: (owner, no) for life; what is owed on it stands in terms and moves. */
struct obligation_row {
    struct fact fact; /* key = owner aggregate */
    uint32_t no;
    uint32_t head_terms, head_move;         /* writer */
    _Atomic uint32_t seen_terms, seen_move; /* readers */
};

struct due_terms {
    uint8_t base, unit, roll; /* enum due_base, due_unit, due_roll; base 255 = no due term */
    int32_t n;
    int32_t date;       /* base date */
    text_ref milestone; /* base milestone */
};

/* The terms of an obligation; the latest visible row counts (contract.amended replaces). */
struct terms_row {
    struct fact fact;   /* key = obligation */
    int64_t amount_fen; /* AMOUNT_UNKNOWN if null */
    uint32_t debtor, creditor;
    struct due_terms due;
    text_ref milestone; /* condition milestone:ID */
    int32_t accrual_from, accrual_to;
    uint8_t kind, condition, on_termination, currency; /* enum condition_kind in states.h */
    bool by_daemon;                                    /* interest, restitution …: ruling 9 */
    uint32_t of;          /* interest: the obligation that was late; else UINT32_MAX */
    uint32_t prev_debtor; /* older row with the same debtor, + 1; writer */
};

enum move_kind {
    MOVE_OPEN = 1,   /* contingent -> open; valid = the day the condition was met */
    MOVE_EXTINGUISH, /* by verdict, decline, termination, cancellation, dispute */
    MOVE_PAY,        /* a line of a payment: aux = payment aggregate, amount incl. interest */
    MOVE_UNPAY,      /* line taken back (unapplied, returned): aux = payment; from its day on
                        it is as if the line had never been */
    MOVE_WAIVE,
    MOVE_WRITE_OFF,
    MOVE_SET_OFF,
    MOVE_DISPUTE,
    MOVE_UNDISPUTE,
    MOVE_DUE, /* rescheduled or demanded: amount = day, aux = keep_interest */
    MOVE_ACKNOWLEDGE,
    MOVE_DEMAND, /* amount = day of the demand */
    MOVE_ASSIGN, /* part moved to another creditor: aux = new obligation */
    MOVE_REOPEN, /* an extinguished rest is owed again */
    MOVE_REFUND, /* principal paid back: owed again from that day; aux = payment */
};

struct move_row {
    struct fact fact; /* key = obligation */
    int64_t amount;
    uint32_t aux;
    uint8_t kind;
};

enum credit_kind {
    CREDIT_RECEIVED = 1,
    CREDIT_APPLIED,
    CREDIT_UNAPPLIED,
    CREDIT_REFUNDED,
    CREDIT_RETURNED
};

/* Money of a payment: received adds, applied, refunded and returned take from the credit. */
struct credit_row {
    struct fact fact; /* key = payment aggregate */
    int64_t amount;
    uint32_t payer, payee; /* AGGREGATE_NONE: unidentified */
    uint32_t obligation;   /* applied, unapplied: the line's; else UINT32_MAX */
    text_ref bank_ref;
    uint32_t number;      /* received: name of space NAME_BANK_REF; UINT32_MAX if none */
    uint32_t prev_number; /* older row with the same number, + 1 */
    uint8_t kind, currency;
};

enum registration_action {
    REGISTRATION_REGISTERED = 1,
    REGISTRATION_CHANGED,
    REGISTRATION_REVOKED
};

struct registration_row {
    struct fact fact; /* key = contract; valid = reg_date for REGISTERED */
    int64_t total_fen, tech_fen, equipment_fen; /* AMOUNT_UNKNOWN in CHANGED: not changed */
    text_ref agency;
    uint64_t likeness;    /* of REGISTERED: see registration_likeness() */
    uint32_t prev_alike;  /* older row of the same likeness, + 1 */
    uint32_t number;      /* name of space NAME_REGISTRATION */
    uint32_t prev_number; /* older row with the same number, + 1 */
    int32_t reg_date;
    uint8_t action, type, pay_form; /* 255 = not given */
};

enum trial_action { TRIAL_STARTED = 1, TRIAL_EXTENDED, TRIAL_CONVERTED, TRIAL_DECLINED };

struct trial_row {
    struct fact fact;   /* key = contract */
    int32_t start, end; /* end: new end, or the day of the decision */
    uint8_t action, pay_mode;
    int64_t total_fen; /* converted */
};

/* A condition or anchor that was met or failed: verdict, milestone, delivery, first sale. */
struct condition_row {
    struct fact fact; /* key = contract */
    text_ref name;    /* "effect", or the milestone's id, which "effect" cannot be */
    int32_t on;
    int32_t share_ppm; /* of a partial verdict */
    uint8_t outcome;   /* enum condition_outcome in states.h */
};

struct usage_row {
    struct fact fact; /* key = contract */
    int64_t base_fen, units;
    int32_t period_start, period_end;
};

struct statement_row {
    struct fact fact; /* key = contract */
    int64_t base_fen, royalty_fen, credits_fen, due_fen;
    int32_t period_start, period_end;
    uint32_t obligation;
    bool agreed; /* the parties agreed on it, whatever was computed */
};

/* Royalty terms of a contract: as signed, converted or amended. */
struct royalty_row {
    struct fact fact;                                 /* key = contract */
    int64_t min_year_fen, cap_year_fen, cap_life_fen; /* AMOUNT_UNKNOWN = none */
    struct list_ref tiers;                            /* upwards */
    struct list_ref year_rates;    /* by contract year; count 0: the tiers' rates */
    int32_t report_days, pay_days; /* -1 = not said */
    uint8_t base, tier_scope, period;
    bool entry_creditable;
};

struct match_row {
    struct fact fact; /* key = match; introduced and closed each write one */
    int64_t amount_fen;
    uint32_t need, technology, seller, buyer, broker, contract;
    uint8_t outcome; /* 255: introduced */
};

struct commission_row {
    struct fact fact; /* key = contract or match */
    int64_t amount_fen, cap_fen;
    struct list_ref payers;
    uint32_t broker;
    int32_t rate_ppm;
    uint8_t basis;
};

struct policy_row {
    struct fact fact; /* key = policy */
    int64_t sum_fen, deductible_fen, premium_fen;
    struct list_ref contracts, technologies, insured;
    uint32_t insurer, holder;
    int32_t from, to, cover_ppm;
    uint8_t product;
};

struct day_row {
    struct fact fact; /* key = day - DAY_MIN */
    uint8_t kind;     /* enum day_kind */
};

struct rate_row {
    struct fact fact; /* key = rates aggregate */
    int64_t value_ppm;
    text_ref kind; /* lpr_1y, fx:USD */
    int32_t from;
};

/* A party's share of a technology grows or shrinks. */
struct owner_row {
    struct fact fact; /* key = technology */
    uint32_t party;
    int32_t delta_ppm;
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
enum name_space { NAME_REGISTRATION = 1, NAME_BANK_REF };
struct name_row {
    text_ref text;
    uint32_t head; /* writer: newest row, + 1; of registrations or credits */
    uint8_t space;
};

struct reversal_row {
    uint64_t seq, by;
};

/* How far readers may look. */
struct published {
    uint64_t seq;
    int64_t recorded;
    uint64_t rows[FACT_TABLES];
    uint64_t aggregates, touches, shares, tiers, names;
};

struct facts;

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

/* Walk a key's visible rows, newest recorded first:
 *   for (row = facts_first(f, T, key, v, &it); row != NULL; row = facts_next(f, T, v, &it)) */
const void *facts_first(const struct facts *facts, enum fact_table table, uint32_t key,
                        const struct viewpoint *view, uint32_t *ret_at);
const void *facts_next(const struct facts *facts, enum fact_table table,
                       const struct viewpoint *view, uint32_t *at);

#endif
