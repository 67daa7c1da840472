#ifndef ACCRUE_DAEMON_LEDGER_STATES_H
#define ACCRUE_DAEMON_LEDGER_STATES_H

/* The state machines of the domain. A state is stored as a state_row of its aggregate; what
 * follows from dates alone (expired, lapsed, overdue) is never stored. Numbers are of this
 * process only: effects and answers use the names. */

#include "daemon/ledger/facts.h"

enum machine {
    MACHINE_PARTY,
    MACHINE_TECHNOLOGY,
    MACHINE_CONTRACT,
    MACHINE_REGISTRATION, /* of a contract */
    MACHINE_NEED,
    MACHINE_MATCH,
    MACHINE_PAYMENT,
    MACHINE_POLICY,
    MACHINE_CLAIM,
    MACHINE_POOL,
    MACHINE_PLEDGE,
    MACHINE_OPEN_LICENSE, /* of a technology */
    MACHINE_RECORD,       /* venture, target, statistic, period: there or not */
    MACHINE_REFERENCE,    /* rates, calendar, x: made by their first event */
    MACHINES
};

/* State 0 of every machine: there is no such thing (or its creation was reversed). */
#define STATE_NONE 0

enum party_state { PARTY_NONE, PARTY_ACTIVE, PARTY_MERGED };
enum technology_state {
    TECHNOLOGY_NONE,
    TECHNOLOGY_LISTED,
    TECHNOLOGY_APPLIED,
    TECHNOLOGY_IN_FORCE,
    TECHNOLOGY_LAPSED,
    TECHNOLOGY_INVALID,
};
enum contract_state {
    CONTRACT_NONE,
    CONTRACT_DRAFT,
    CONTRACT_SIGNED,
    CONTRACT_TRIAL,
    CONTRACT_ACTIVE,
    CONTRACT_SUSP,
    CONTRACT_DONE,
    CONTRACT_TERM,
    CONTRACT_VOID,
    CONTRACT_DECL,
    CONTRACT_STATES
};
enum registration_state {
    REGISTRATION_UNREG,
    REGISTRATION_REG,
    REGISTRATION_REJECTED,
    REGISTRATION_REVOKED_STATE,
};
enum open_state { OPEN_NONE, OPEN_OPEN, OPEN_CLOSED }; /* need, match */
enum payment_state { PAYMENT_NONE, PAYMENT_RECEIVED, PAYMENT_RETURNED };
enum policy_state { POLICY_NONE, POLICY_BOUND, POLICY_CANCELLED };
enum claim_state {
    CLAIM_NONE,
    CLAIM_FILED,
    CLAIM_DETERMINED,
    CLAIM_ADJUSTED,
    CLAIM_PAID,
    CLAIM_CLOSED
};
enum pool_state { POOL_NONE, POOL_FORMED };
enum pledge_state { PLEDGE_NONE, PLEDGE_REGISTERED, PLEDGE_RELEASED, PLEDGE_ENFORCED };
enum open_license_state { OPEN_LICENSE_NONE, OPEN_LICENSE_DECLARED, OPEN_LICENSE_WITHDRAWN };
enum record_state { RECORD_NONE, RECORD_MADE };
enum reference_state { REFERENCE_NONE, REFERENCE_MADE };

/* Derived from terms and moves, never stored (domain: CO OP SE EX WA WO). */
enum obligation_state {
    OBLIGATION_CONTINGENT,
    OBLIGATION_OPEN,
    OBLIGATION_SETTLED,
    OBLIGATION_EXTINGUISHED,
    OBLIGATION_WAIVED,
    OBLIGATION_WRITTEN_OFF,
};

enum condition_kind {
    CONDITION_NONE,
    CONDITION_EFFECT,
    CONDITION_MILESTONE,
    CONDITION_CONVERT,
    CONDITION_FIRST_SALE,
};
enum condition_outcome {
    OUTCOME_REACHED = 1,
    OUTCOME_NOT_REACHED,
    OUTCOME_PARTIAL,
    OUTCOME_MISSED
};

const char *machine_name(enum machine machine);
const char *state_name(enum machine machine, uint8_t state); /* NULL: one behind the last */
int state_by_name(enum machine machine, struct slice name);  /* -1 */
int machine_by_name(struct slice name);                      /* -1 */
const char *obligation_state_name(enum obligation_state state);

/* The machine that says whether an aggregate of this kind exists. */
enum machine machine_of_kind(enum aggregate_kind kind);

/* State at a viewpoint: the latest visible move by (valid, seq) for readers' dates, which for
 * the writer at DAY_MAX is the last one recorded. */
uint8_t state_at(const struct facts *facts, enum machine machine, uint32_t aggregate,
                 const struct viewpoint *view);
/* The same, with the day of that move. */
uint8_t state_since(const struct facts *facts, enum machine machine, uint32_t aggregate,
                    const struct viewpoint *view, int32_t *ret_day);

/* Does it exist for the writer: created and not reversed? */
bool aggregate_exists(const struct facts *facts, uint32_t aggregate);

/* Day from which the aggregate is there at the viewpoint: that of its oldest visible state.
 * DAY_NONE if it is not. */
int32_t aggregate_since(const struct facts *facts, uint32_t aggregate,
                        const struct viewpoint *view);

/* Latest visible value of an attribute by (valid, seq); false if none. */
bool attribute_at(const struct facts *facts, uint32_t aggregate, enum field_id field,
                  const struct viewpoint *view, int64_t *ret_value);

#endif
