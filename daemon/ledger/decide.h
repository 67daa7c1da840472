#ifndef ACCRUE_DAEMON_LEDGER_DECIDE_H
#define ACCRUE_DAEMON_LEDGER_DECIDE_H

/* Between ledger.c and the nouns: one struct per event being decided, one handler per type.
 *
 *   D1  A handler checks and then writes effects; the first fault ends it.
 *   D2  Every account whose figures or standing the event changes, or that it names, is touched
 *       once; the effect_ functions touch what they move.
 *   D3  An effect says what the body does not. Its array is [name, …]; the forms are listed in
 *       effects.h and final (COMPATIBILITY.md). */

#include "daemon/ledger/ledger.h"
#include "daemon/ledger/states.h"
#include "daemon/ledger/totals.h"

struct deciding {
    struct ledger *ledger;
    const struct facts *facts;
    const struct event *event;
    const struct fields *fields;
    struct viewpoint now;   /* everything folded, all valid dates */
    uint32_t aggregate;     /* AGGREGATE_NONE: no event of it was ever accepted */
    bool exists;            /* created and not reversed */
    int32_t effective;      /* event_effective() */
    int32_t valid;          /* from when the body's facts hold: >= effective; see effect_valid */
    uint64_t flags;         /* W_ */
    struct writer *effects; /* of arrays from effects_from on; count in effect_count */
    size_t effects_from;
    uint32_t effect_count;
    uint32_t touched[TOUCHES_MAX];
    uint32_t touched_count;
    bool touches_full;          /* over TOUCHES_MAX: refused as TOO_LARGE at the end */
    int64_t added[TOTAL_KINDS]; /* what the event adds to the totals of a currency */
    uint8_t added_currency[TOTAL_KINDS];
    struct slice makes; /* id of a contract that the event makes besides its own aggregate */
    bool may_open;      /* a move may be the payment that an open licence waits for */
    struct fault *fault;
};

typedef enum status decide_fn(struct deciding *deciding);

/* What a fold handler gets: the facts to add to, and the event. `aggregate` exists by now. */
struct folding {
    struct ledger *ledger;
    struct facts *facts;
    const struct event *event;
    const struct fields *fields;
    uint64_t seq;
    uint32_t aggregate;
    int32_t valid; /* effective, or the later day of a ["valid", day] effect */
};

typedef void fold_fn(struct folding *folding);

struct handler {
    enum type_id type;
    decide_fn *decide;
    fold_fn *fold; /* the facts that the body says; NULL: effects say it all */
};

/* Before a handler decides, ledger.c has checked the future, `expect` and that the aggregate
 * exists (or not, if the type creates it; contract types ask their own table). Rates, calendar, x
 * and system aggregates are made by any event of theirs; ledger.c writes that state. The event's
 * own aggregate is touched already.
 *
 * One table per noun, collected in ledger.c: {type, decide, fold}, ended by TYPE_NONE. */
#define HANDLER_TABLES(X)                                                                          \
    X(party)                                                                                       \
    X(technology)                                                                                  \
    X(contract)                                                                                    \
    X(registration)                                                                                \
    X(application)                                                                                 \
    X(filing)                                                                                      \
    X(suspension)                                                                                  \
    X(novation)                                                                                    \
    X(voidance)                                                                                    \
    X(audit)                                                                                       \
    X(invoice)                                                                                     \
    X(trial)                                                                                       \
    X(performance)                                                                                 \
    X(royalty)                                                                                     \
    X(obligation)                                                                                  \
    X(settlement)                                                                                  \
    X(payment)                                                                                     \
    X(payment_back)                                                                                \
    X(match)                                                                                       \
    X(policy)                                                                                      \
    X(policy_change)                                                                               \
    X(claim)                                                                                       \
    X(claim_money)                                                                                 \
    X(pledge)                                                                                      \
    X(pool)                                                                                        \
    X(distribution)                                                                                \
    X(reference)                                                                                   \
    X(target)                                                                                      \
    X(closing)                                                                                     \
    X(system)                                                                                      \
    X(note)                                                                                        \
    X(reversal)                                                                                    \
    X(accreditation)                                                                               \
    X(technology_right)                                                                            \
    X(entrustment)                                                                                 \
    X(open_license)                                                                                \
    X(venture)                                                                                     \
    X(reward)

#define X(noun) extern const struct handler noun##_handlers[];
HANDLER_TABLES(X)
#undef X

/* ---- for handlers: looking things up ---- */

/* A referenced aggregate that must exist; it is touched. STATUS_E_UNKNOWN_AGGREGATE names the
 * field. */
enum status decide_reference(struct deciding *deciding, enum aggregate_kind kind,
                             enum field_id field, uint32_t *ret_aggregate);
/* The same for an id in hand; `field` is the whole path, "data.sellers[1].party". */
enum status decide_reference_id(struct deciding *deciding, enum aggregate_kind kind,
                                struct slice id, const char *field, uint32_t *ret_aggregate);
/* `owner` as in alloc and other: kind/id, plain meaning contract. */
enum status decide_owner(struct deciding *deciding, struct slice owner, const char *field,
                         uint32_t *ret_aggregate);

/* May this event come in the contract's state (domain 3.1)? Sets fault with state and what is
 * legal. *ret_next is the state it leads to, or the same. `contract` must exist. */
enum status contract_state_check(struct deciding *deciding, uint32_t contract, enum type_id type,
                                 uint8_t *ret_next);

/* ---- for handlers: writing ---- */

static inline void decide_flag(struct deciding *deciding, enum warning warning)
{
    deciding->flags |= WARNING_BIT(warning);
}

void decide_touch(struct deciding *deciding, uint32_t aggregate);

/* "kind/id", or plain id for a contract: how effects and touches name an aggregate. */
size_t aggregate_text(const struct facts *facts, uint32_t aggregate, char *out, size_t size);
/* The other way; AGGREGATE_NONE if no event of it was ever accepted. */
uint32_t aggregate_by_text(const struct facts *facts, struct slice text);

#endif
