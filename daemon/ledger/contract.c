/* Types of event: drafted, signed, took effect, completed, terminated. What else befalls a contract
 * has a file each: contract_amend.c, _novated.c, _suspended.c, _voided.c; the table of states is in
 * contract_states.c.
 *
 *   C1  Every decider asks the table first; whatever else it looks at comes after (ruling 3).
 *   C2  A contract that takes effect at once is ACTIVE from its signing; no event says it again. */

#include "daemon/ledger/contract.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/obligation.h"

#define DEMAND_DAYS 30 /* technology contract interpretation art 15 */

enum status contract_state_leave(struct deciding *deciding, uint8_t *ret_next)
{
    int32_t since = DAY_NONE;
    enum status status =
        contract_state_check(deciding, deciding->aggregate, deciding->event->type_id, ret_next);
    if (status == STATUS_OK && deciding->exists) {
        (void)state_since(deciding->facts, MACHINE_CONTRACT, deciding->aggregate, &deciding->now,
                          &since);
        effect_valid(deciding, since);
    }
    return status;
}

enum status contract_repeated(struct deciding *deciding)
{
    if (!field_present(deciding->fields, FIELD_contract) ||
        slice_equal(field_text(deciding->fields, FIELD_contract), deciding->event->agg)) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_BAD_FIELD, "data.contract");
    fault_detail(deciding->fault, "differs from agg");
    return STATUS_E_BAD_FIELD;
}

static enum status decide_drafted(struct deciding *deciding)
{
    uint8_t next;
    uint32_t found;
    const struct fields *fields = deciding->fields;
    enum status status = contract_state_leave(deciding, &next);
    if (status == STATUS_OK) {
        status = decide_references(deciding, KIND_party, fields->at[FIELD_guarantors],
                                   "data.guarantors");
    }
    if (status == STATUS_OK) {
        status = decide_reference_maybe(deciding, KIND_party, FIELD_operator, &found);
    }
    if (status == STATUS_OK) {
        status = decide_references(deciding, KIND_party, fields->at[FIELD_parties], "data.parties");
    }
    if (status == STATUS_OK) {
        effect_state(deciding, MACHINE_CONTRACT, next, deciding->valid);
    }
    return status;
}

static enum status decide_signed(struct deciding *deciding)
{
    uint8_t next;
    enum status status = contract_state_leave(deciding, &next);
    if (status == STATUS_OK) {
        status = contract_body_check(deciding);
    }
    if (status != STATUS_OK) {
        return status;
    }
    int rule = field_enum(deciding->fields, FIELD_effective_rule, effective_rule_names, -1);
    if (rule == EFFECTIVE_RULE_immediate) {
        next = CONTRACT_ACTIVE; /* C2, footnote 1 */
    }
    contract_flags(deciding);
    effect_state(deciding, MACHINE_CONTRACT, next, deciding->valid);
    return STATUS_OK;
}

static enum status decide_moved(struct deciding *deciding)
{
    uint8_t next;
    enum status status = contract_state_leave(deciding, &next);
    if (status == STATUS_OK) {
        effect_state(deciding, MACHINE_CONTRACT, next, deciding->valid);
    }
    return status;
}

/* Was any obligation of the contract demanded at least 30 days before `day`? */
static bool demanded_before(const struct deciding *deciding, int32_t day)
{
    uint32_t at = facts_head(deciding->facts, FACT_OBLIGATION, deciding->aggregate, false);
    while (at != NO_ROW) {
        const struct obligation_row *row = facts_row(deciding->facts, FACT_OBLIGATION, at - 1);
        uint32_t move_at;
        for (const struct move_row *move =
                 facts_first(deciding->facts, FACT_MOVE, at - 1, &deciding->now, &move_at);
             move != NULL;
             move = facts_next(deciding->facts, FACT_MOVE, &deciding->now, &move_at)) {
            if (move->kind == MOVE_DEMAND && move->amount + DEMAND_DAYS <= day) {
                return true;
            }
        }
        at = row->fact.prev;
    }
    return false;
}

static enum status decide_terminated(struct deciding *deciding)
{
    const struct fields *fields = deciding->fields;
    uint8_t next;
    uint32_t by;
    enum status status = contract_state_leave(deciding, &next);
    if (status == STATUS_OK) {
        status = decide_reference_maybe(deciding, KIND_party, FIELD_by, &by);
    }
    if (status != STATUS_OK) {
        return status;
    }
    int basis = field_enum(fields, FIELD_basis, termination_basis_names, -1);
    int32_t notice = field_date(fields, FIELD_notice_date, deciding->effective);
    if (basis == TERMINATION_BASIS_breach && !demanded_before(deciding, notice)) {
        decide_flag(deciding, WARNING_NO_DEMAND);
    }
    effect_state(deciding, MACHINE_CONTRACT, next, deciding->valid);
    return obligations_on_end(deciding, deciding->aggregate, END_TERMINATED, deciding->valid);
}

const struct handler contract_handlers[] = {
    {TYPE_contract_drafted, decide_drafted, contract_fold_drafted},
    {TYPE_contract_signed, decide_signed, contract_fold_signed},
    {TYPE_contract_took_effect, decide_moved, NULL},
    {TYPE_contract_amended, contract_decide_amended, contract_fold_amended},
    {TYPE_contract_completed, decide_moved, NULL},
    {TYPE_contract_terminated, decide_terminated, NULL},
    {TYPE_NONE, NULL, NULL},
};
