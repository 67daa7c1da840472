#ifndef ACCRUE_DAEMON_LEDGER_FACT_ROWS_H
#define ACCRUE_DAEMON_LEDGER_FACT_ROWS_H

/* The rows of the fact tables: one struct a table, in the order of enum fact_table. What may be
 * done with them is in facts.h, which alone includes this.
 *
 *   R1  A row begins with a struct fact and holds no pointer: other rows by number, texts by
 *       text_ref, lists by list_ref. What is absent has a value of its own (AGGREGATE_NONE,
 *       AMOUNT_UNKNOWN, DAY_NONE, 255, UINT32_MAX), never zero by chance.
 *   R2  A row is zeroed when it is made and filled in field by field; a struct that is copied
 *       into one whole has no hidden bytes. Snapshots write rows as they are: nothing of other
 *       memory may get into them, and the same log gives the same bytes. Heads of chains, which
 *       change later, stand last in a row (facts_snapshot.c). */

#include <stdatomic.h>

#include "proto/vocabulary.h"

#define DAY_NONE INT32_MIN
#define NO_ROW 0u /* chain links are index + 1 */
#define AGGREGATE_NONE UINT32_MAX
#define AMOUNT_UNKNOWN INT64_MIN

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
    uint8_t unused;           /* no hidden bytes: it is copied whole into rows */
    int32_t n;
    int32_t date; /* base date */
    uint32_t unused_too;
    text_ref milestone; /* base milestone */
};
_Static_assert(sizeof(struct due_terms) == 4 + 2 * 4 + 4 + 8, "no hidden bytes");

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
    bool substituted;     /* a party was replaced, the amount stands as it was */
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
    REGISTRATION_REVOKED,
    REGISTRATION_APPLIED,
    REGISTRATION_REFUSED
};

struct registration_row {
    struct fact fact; /* key = contract; valid = reg_date for REGISTERED */
    int64_t total_fen, tech_fen, equipment_fen; /* AMOUNT_UNKNOWN in CHANGED: not changed */
    text_ref agency;                            /* registered, applied; REFUSED: the reason */
    uint64_t likeness;                          /* of REGISTERED: see registration_likeness() */
    uint32_t prev_alike;                        /* older row of the same likeness, + 1 */
    uint32_t number;                            /* name of space NAME_REGISTRATION */
    uint32_t prev_number;                       /* older row with the same number, + 1 */
    int32_t reg_date;                           /* APPLIED: the day of the application */
    uint8_t action, type, pay_form;             /* 255 = not given */
    uint32_t applicant;                         /* APPLIED; else AGGREGATE_NONE */
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
    bool agreed;  /* the parties agreed on it, whatever was computed */
    bool audited; /* an audit: base, royalty and credits are changes, below zero where less */
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

/* A policy as bound, endorsed or cancelled: the newest visible row counts. */
struct policy_row {
    struct fact fact; /* key = policy */
    int64_t sum_fen, deductible_fen, premium_fen;
    int64_t refund_fen; /* premium given back by a cancellation */
    struct list_ref contracts, technologies, insured;
    uint32_t insurer, holder;
    int32_t from, to, cover_ppm;
    uint8_t product;
};

/* An invoice, or its cancellation. */
struct invoice_row {
    struct fact fact;            /* key = issuer, a party */
    int64_t amount_fen, tax_fen; /* AMOUNT_UNKNOWN: not said */
    struct list_ref obligations; /* shares: the contract and a number */
    uint32_t contract;
    uint32_t number;      /* name of space NAME_INVOICE: issuer/number */
    uint32_t prev_number; /* older row with the same number, + 1 */
    uint8_t kind;         /* 255: cancelled */
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
    /* Of the rows from this one on until the one that `jump` leads to (rates.c). */
    int32_t jump_first, jump_last; /* least and greatest `from` */
    uint32_t jump;                 /* + 1 */
    uint64_t jump_kinds;           /* a bit a kind */
};

/* A party's share of a technology grows or shrinks; AGGREGATE_NONE: natural persons who were
 * granted ownership and are known by name only. */
struct owner_row {
    struct fact fact; /* key = technology */
    uint32_t party;
    int32_t delta_ppm;
};

/* A target as set; as revised, a row that says a value and nothing else. */
struct target_row {
    struct fact fact; /* key = target */
    text_ref metric, period, unit;
    text_ref filter;         /* canonical map */
    int64_t value, baseline; /* AMOUNT_UNKNOWN: no baseline */
    uint8_t comparator;      /* 255: revised */
};

/* A figure that somebody published: value / 10^decimals. */
struct published_row {
    struct fact fact; /* key = statistic */
    text_ref metric, period, unit, source;
    text_ref filter; /* canonical map */
    int64_t value;
    int32_t at; /* day of publication; DAY_NONE */
    uint8_t decimals;
};

/* An accepted event that carries warnings: what `findings` lists. */
struct flagged_row {
    struct fact fact; /* key = the event's aggregate */
    text_ref actor;   /* who entered it, as the client knows it */
    uint64_t flags;
};

/* The books of a period were closed: its days, both inclusive. */
struct closing_row {
    struct fact fact; /* key = period */
    int32_t first, last;
};

enum claim_step {
    CLAIM_STEP_FILED = 1,  /* amount = loss, day = of the insured event */
    CLAIM_STEP_DETERMINED, /* party = assessor */
    CLAIM_STEP_ADJUSTED,   /* amount = approved */
    CLAIM_STEP_REJECTED,   /* day = of the notice */
    CLAIM_STEP_PAID,       /* party = payee */
    CLAIM_STEP_RECOVERED,  /* party = who paid it back */
};

/* What happened to a claim: each of its events writes one row. */
struct claim_row {
    struct fact fact; /* key = claim */
    int64_t amount;   /* AMOUNT_UNKNOWN if the step has none */
    uint32_t policy, party;
    int32_t day;
    uint8_t step, verdict, recognised_by; /* 255 = absent */
    bool subrogates;
};

/* What was paid under a policy. */
struct indemnity_row {
    struct fact fact; /* key = policy */
    int64_t amount;
    uint32_t claim;
};

enum pledge_step {
    PLEDGE_STEP_REGISTERED = 1,
    PLEDGE_STEP_CHANGED,
    PLEDGE_STEP_REPAID,
    PLEDGE_STEP_ENFORCED
};

/* A pledge as registered or changed, all terms in each such row, the newest counts; or money
 * that came back on it. */
struct pledge_row {
    struct fact fact; /* key = pledge */
    int64_t amount;   /* the loan; or repaid, or proceeds */
    struct list_ref technologies;
    text_ref pledge_no;
    uint32_t pledgor, pledgee, debtor;
    int32_t loan_date, due;
    uint8_t step;
};

/* A pledge named a technology: whether it still does, the pledge's newest terms say. */
struct encumbrance_row {
    struct fact fact; /* key = technology */
    uint32_t pledge;
};

struct pool_member_row {
    struct fact fact; /* key = pool */
    uint32_t party;
    bool joined; /* false: left */
};

struct pool_patent_row {
    struct fact fact; /* key = technology */
    uint32_t pool, owner;
    int32_t weight_ppm;
    bool admitted; /* false: removed, from that day on */
};

/* Money of a period as it was distributed; each line is an obligation of the pool. */
struct distribution_row {
    struct fact fact; /* key = pool */
    int64_t gross_fen, admin_fee_fen, reserve_fen;
    int32_t period_start, period_end;
};

/* The party goes on as another: merger.h. */
struct merger_row {
    struct fact fact; /* key = the party that became an alias */
    uint32_t survivor;
};

/* A qualification begins or ends. */
struct accreditation_row {
    struct fact fact; /* key = party */
    text_ref kind, grade;
    bool ended;
};

/* Persons are given ownership or long use of a technology. */
struct right_row {
    struct fact fact;                            /* key = technology */
    int32_t share_ppm, revenue_share_ppm, years; /* -1 = not said */
    uint32_t persons;                            /* how many; who they are is personal */
    uint8_t right;
};

/* An operator takes a technology under management, or gives it back. */
struct entrustment_row {
    struct fact fact; /* key = technology */
    text_ref scope;
    uint32_t operator_party, contract; /* contract: AGGREGATE_NONE if none */
    int32_t from, to;                  /* began: inclusive; DAY_NONE if absent */
    int32_t revenue_share_ppm;         /* -1 = not said */
    bool exclusive, ended;
};

/* A technology is put to use. */
struct commercial_row {
    struct fact fact; /* key = technology */
    uint32_t contract;
    uint8_t mode, status; /* status 255: not said */
};

struct valuation_row {
    struct fact fact; /* key = technology */
    int64_t amount_fen;
    text_ref method, appraiser;
    uint8_t kind; /* 255: not said */
};

/* An annual fee that was paid. */
struct fee_row {
    struct fact fact; /* key = technology; valid = the day */
    int64_t amount_fen;
    int32_t year;
};

/* An open licence as declared. */
struct open_license_row {
    struct fact fact;  /* key = technology */
    int64_t fixed_fen; /* AMOUNT_UNKNOWN: none */
    text_ref report_no;
    int32_t rate_ppm, term_end; /* rate -1: none */
    uint8_t fee_mode, base;     /* base 255: none */
};

struct venture_row {
    struct fact fact; /* key = venture */
    struct list_ref technologies;
    uint32_t company, founders; /* founders: how many */
};

/* What persons got of the income of a contract. */
struct reward_row {
    struct fact fact; /* key = contract */
    int64_t net_income_fen, paid_fen;
    uint32_t persons; /* lines */
    uint8_t form;     /* 255: not said */
};

/* Technology contributed for shares. */
struct equity_row {
    struct fact fact; /* key = contract */
    int64_t valuation_fen;
    struct list_ref holders;
    uint32_t company;
    text_ref source;
};

#endif
