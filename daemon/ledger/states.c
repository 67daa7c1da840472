/* Names of machines and states, and the state of an aggregate at a viewpoint.
 *
 *   S1  A machine's moves go forward in valid time (W3 of effects.c), so the newest visible move
 *       is the latest by (valid, seq) too, from every viewpoint. */

#include "daemon/ledger/states.h"

#include "daemon/base/check.h"

static const char *const machine_names[MACHINES + 1] = {
    [MACHINE_PARTY] = "party",
    [MACHINE_TECHNOLOGY] = "technology",
    [MACHINE_CONTRACT] = "contract",
    [MACHINE_REGISTRATION] = "registration",
    [MACHINE_NEED] = "need",
    [MACHINE_MATCH] = "match",
    [MACHINE_PAYMENT] = "payment",
    [MACHINE_POLICY] = "policy",
    [MACHINE_CLAIM] = "claim",
    [MACHINE_POOL] = "pool",
    [MACHINE_PLEDGE] = "pledge",
    [MACHINE_OPEN_LICENSE] = "open_license",
    [MACHINE_RECORD] = "record",
    [MACHINE_REFERENCE] = "reference",
    [MACHINES] = NULL,
};

static const char *const party_names[] = {"NONE", "ACTIVE", "MERGED", NULL};
static const char *const technology_names[] = {"NONE",   "LISTED",  "APPLIED", "IN_FORCE",
                                               "LAPSED", "INVALID", NULL};
static const char *const contract_names[] = {"NONE", "DRAFT", "SIGNED", "TRIAL", "ACTIVE", "SUSP",
                                             "DONE", "TERM",  "VOID",   "DECL",  NULL};
static const char *const registration_names[] = {"UNREG", "REG", "REJECTED", "REVOKED", NULL};
static const char *const open_names[] = {"NONE", "OPEN", "CLOSED", NULL};
static const char *const payment_names[] = {"NONE", "RECEIVED", "RETURNED", NULL};
static const char *const policy_names[] = {"NONE", "BOUND", "CANCELLED", NULL};
static const char *const claim_names[] = {"NONE", "FILED",  "DETERMINED", "ADJUSTED",
                                          "PAID", "CLOSED", NULL};
static const char *const pool_names[] = {"NONE", "FORMED", NULL};
static const char *const pledge_names[] = {"NONE", "REGISTERED", "RELEASED", "ENFORCED", NULL};
static const char *const open_license_names[] = {"NONE", "DECLARED", "WITHDRAWN", NULL};
static const char *const reference_names[] = {"NONE", "MADE", NULL};
static const char *const obligation_names[] = {"CONTINGENT",   "OPEN",   "SETTLED",
                                               "EXTINGUISHED", "WAIVED", "WRITTEN_OFF"};

static const char *const *const state_names[MACHINES] = {
    [MACHINE_PARTY] = party_names,       [MACHINE_TECHNOLOGY] = technology_names,
    [MACHINE_CONTRACT] = contract_names, [MACHINE_REGISTRATION] = registration_names,
    [MACHINE_NEED] = open_names,         [MACHINE_MATCH] = open_names,
    [MACHINE_PAYMENT] = payment_names,   [MACHINE_POLICY] = policy_names,
    [MACHINE_CLAIM] = claim_names,       [MACHINE_POOL] = pool_names,
    [MACHINE_PLEDGE] = pledge_names,     [MACHINE_OPEN_LICENSE] = open_license_names,
    [MACHINE_RECORD] = reference_names,  [MACHINE_REFERENCE] = reference_names,
};

_Static_assert(sizeof(contract_names) / sizeof(contract_names[0]) == CONTRACT_STATES + 1,
               "every state of a contract has a name");

const char *machine_name(enum machine machine)
{
    return machine_names[machine];
}

const char *state_name(enum machine machine, uint8_t state)
{
    return state_names[machine][state];
}

int state_by_name(enum machine machine, struct slice name)
{
    return enum_index(state_names[machine], name);
}

int machine_by_name(struct slice name)
{
    return enum_index(machine_names, name);
}

const char *obligation_state_name(enum obligation_state state)
{
    return obligation_names[state];
}

enum machine machine_of_kind(enum aggregate_kind kind)
{
    switch (kind) {
    case KIND_party:
        return MACHINE_PARTY;
    case KIND_technology:
        return MACHINE_TECHNOLOGY;
    case KIND_need:
        return MACHINE_NEED;
    case KIND_match:
        return MACHINE_MATCH;
    case KIND_contract:
        return MACHINE_CONTRACT;
    case KIND_payment:
        return MACHINE_PAYMENT;
    case KIND_policy:
        return MACHINE_POLICY;
    case KIND_claim:
        return MACHINE_CLAIM;
    case KIND_pool:
        return MACHINE_POOL;
    case KIND_pledge:
        return MACHINE_PLEDGE;
    case KIND_venture:
    case KIND_target:
    case KIND_statistic:
    case KIND_period:
        return MACHINE_RECORD;
    case KIND_NONE:
    case KIND_rates:
    case KIND_calendar:
    case KIND_x:
    case KIND_system:
        break;
    }
    return MACHINE_REFERENCE;
}

uint8_t state_since(const struct facts *facts, enum machine machine, uint32_t aggregate,
                    const struct viewpoint *view, int32_t *ret_day)
{
    uint32_t at;
    for (const struct state_row *row = facts_first(facts, FACT_STATE, aggregate, view, &at);
         row != NULL; row = facts_next(facts, FACT_STATE, view, &at)) {
        if (row->machine == machine) {
            *ret_day = row->fact.valid;
            return row->state;
        }
    }
    *ret_day = DAY_NONE;
    return STATE_NONE;
}

uint8_t state_at(const struct facts *facts, enum machine machine, uint32_t aggregate,
                 const struct viewpoint *view)
{
    int32_t day;
    return state_since(facts, machine, aggregate, view, &day);
}

bool aggregate_exists(const struct facts *facts, uint32_t aggregate)
{
    if (aggregate == AGGREGATE_NONE) {
        return false;
    }
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    enum machine machine = machine_of_kind(aggregate_at(facts, aggregate)->kind);
    return state_at(facts, machine, aggregate, &now) != STATE_NONE;
}

int32_t aggregate_since(const struct facts *facts, uint32_t aggregate, const struct viewpoint *view)
{
    int32_t since = DAY_NONE;
    uint32_t at;
    for (const struct state_row *row = facts_first(facts, FACT_STATE, aggregate, view, &at);
         row != NULL; row = facts_next(facts, FACT_STATE, view, &at)) {
        since = row->fact.valid; /* the oldest comes last */
    }
    return since;
}

bool attribute_at(const struct facts *facts, uint32_t aggregate, enum field_id field,
                  const struct viewpoint *view, int64_t *ret_value)
{
    uint32_t at;
    const struct attribute_row *best = NULL;
    for (const struct attribute_row *row = facts_first(facts, FACT_ATTRIBUTE, aggregate, view, &at);
         row != NULL; row = facts_next(facts, FACT_ATTRIBUTE, view, &at)) {
        bool later = best == NULL || row->fact.valid > best->fact.valid;
        if (row->field == field && later) {
            best = row;
        }
    }
    if (best == NULL) {
        return false;
    }
    *ret_value = best->value;
    return true;
}
