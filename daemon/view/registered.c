/* A contract as registered.
 *
 *   R1  Steps count in the order of (valid, seq). The last registration that no later revocation
 *       ended is in force; changes after it replace what they give.
 *   R2  The date of the registration stays when its amounts change: that is what restates a
 *       period. */

#include "daemon/view/registered.h"

#include "daemon/view/label.h"

static bool after(const struct registration_row *row, const struct registration_row *other)
{
    return row->fact.valid > other->fact.valid ||
           (row->fact.valid == other->fact.valid && row->fact.seq > other->fact.seq);
}

/* The latest step of this action, or NULL. */
static const struct registration_row *latest(const struct facts *facts, uint32_t contract,
                                             const struct viewpoint *view,
                                             enum registration_action action)
{
    uint32_t at;
    const struct registration_row *best = NULL;
    const struct registration_row *row = facts_first(facts, FACT_REGISTRATION, contract, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_REGISTRATION, view, &at)) {
        if (row->action == action && (best == NULL || after(row, best))) {
            best = row;
        }
    }
    return best;
}

/* What changes after `from` give, each field by the latest change that names it. */
static void apply_changes(const struct facts *facts, const struct viewpoint *view,
                          struct registered *registered)
{
    uint32_t at;
    const struct registration_row *total = registered->row;
    const struct registration_row *tech = registered->row;
    const struct registration_row *type = registered->row;
    const struct registration_row *row =
        facts_first(facts, FACT_REGISTRATION, registered->aggregate, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_REGISTRATION, view, &at)) {
        if (row->action != REGISTRATION_CHANGED || !after(row, registered->row)) {
            continue;
        }
        if (row->total_fen != AMOUNT_UNKNOWN && after(row, total)) {
            total = row;
        }
        if (row->tech_fen != AMOUNT_UNKNOWN && after(row, tech)) {
            tech = row;
        }
        if (row->type != UINT8_MAX && after(row, type)) {
            type = row;
        }
    }
    registered->total_fen = total->total_fen;
    registered->tech_fen = tech->tech_fen;
    registered->type = type->type;
}

/* The contract as it was when it was registered: a later novation changes no figure of the year. */
static const struct contract_row *contract_then(const struct facts *facts, uint32_t contract,
                                                const struct viewpoint *view,
                                                const struct registration_row *registration)
{
    uint32_t at;
    const struct contract_row *row = facts_first(facts, FACT_CONTRACT, contract, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_CONTRACT, view, &at)) {
        if (!row->drafted && row->fact.seq < registration->fact.seq) {
            return row;
        }
    }
    return contract_at(facts, contract, view);
}

bool registered_at(const struct facts *facts, uint32_t contract, const struct viewpoint *view,
                   struct registered *ret_registered)
{
    const struct registration_row *row = latest(facts, contract, view, REGISTRATION_REGISTERED);
    if (row == NULL) {
        return false;
    }
    const struct registration_row *revoked = latest(facts, contract, view, REGISTRATION_REVOKED);
    if (revoked != NULL && after(revoked, row)) {
        return false;
    }
    *ret_registered = (struct registered){
        .row = row,
        .contract = contract_then(facts, contract, view, row),
        .aggregate = contract,
        .agency = row->agency,
    };
    if (ret_registered->contract == NULL) {
        return false;
    }
    apply_changes(facts, view, ret_registered);
    return true;
}
