/* contract.suspended and contract.resumed.
 *
 *   S1  Resuming leads back to the state that was left: a suspended trial is a trial again. Which
 *       one that is, is read from the states before, not kept.
 *   S2  A suspension moves no date: a trial goes on to its end, dues fall due. Who wants them later
 *       extends the trial or reschedules; what performs the contract meanwhile is accepted and
 *       flagged W_SUSPENDED (contract_states.c). */

#include "daemon/ledger/contract.h"
#include "daemon/ledger/effects.h"

uint8_t contract_prior_state(const struct facts *facts, uint32_t contract,
                             const struct viewpoint *view)
{
    uint32_t at;
    for (const struct state_row *row = facts_first(facts, FACT_STATE, contract, view, &at);
         row != NULL; row = facts_next(facts, FACT_STATE, view, &at)) {
        if (row->machine == MACHINE_CONTRACT && row->state != CONTRACT_SUSP) {
            return row->state;
        }
    }
    return CONTRACT_NONE;
}

bool contract_on_trial(const struct facts *facts, uint32_t contract, const struct viewpoint *view)
{
    return contract_prior_state(facts, contract, view) == CONTRACT_TRIAL;
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

const struct handler suspension_handlers[] = {
    {TYPE_contract_suspended, decide_moved, NULL},
    {TYPE_contract_resumed, decide_moved, NULL},
    {TYPE_NONE, NULL, NULL},
};
