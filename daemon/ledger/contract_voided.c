/* contract.voided: a court or body finds that there never was a contract (Civil Code arts 155-157).
 *
 *   V1  What is still owed is extinguished, written-off amounts too (ruling 22).
 *   V2  What was paid is to be given back: for every obligation with money on it, interest
 *       included, or settled by set-off, a restitution obligation from its creditor to its debtor,
 *       without a due date (ruling 9). It holds from the day of the ruling, not before the money
 *       came. Money that goes back later makes it less (restitution.h).
 *   V3  The broker's commission stands: invalidity without the broker's fault forfeits nothing
 *       (technology contract interpretation art 39). */

#include <stdlib.h>

#include "daemon/ledger/contract.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/restitution.h"

const struct fact *contract_voiding(const struct facts *facts, uint32_t contract,
                                    const struct viewpoint *view)
{
    uint32_t at;
    const struct state_row *row = facts_first(facts, FACT_STATE, contract, view, &at);
    while (row != NULL && row->machine != MACHINE_CONTRACT) {
        row = facts_next(facts, FACT_STATE, view, &at);
    }
    return row != NULL && row->state == CONTRACT_VOID ? &row->fact : NULL;
}

/* The last day on which something settled the obligation, `day` at least. */
static int32_t settled_by(const struct facts *facts, uint32_t obligation,
                          const struct viewpoint *now, int32_t day)
{
    uint32_t at;
    const struct move_row *move = facts_first(facts, FACT_MOVE, obligation, now, &at);
    for (; move != NULL; move = facts_next(facts, FACT_MOVE, now, &at)) {
        bool settles = move->kind == MOVE_PAY || move->kind == MOVE_SET_OFF;
        day = settles && move->fact.valid > day ? move->fact.valid : day;
    }
    return day;
}

static enum status decide_voided(struct deciding *deciding)
{
    uint8_t next;
    enum status status = contract_state_leave(deciding, &next);
    if (status != STATUS_OK) {
        return status;
    }
    effect_state(deciding, MACHINE_CONTRACT, next, deciding->valid);
    status = obligations_on_end(deciding, deciding->aggregate, END_VOIDED, deciding->valid);
    size_t count;
    uint32_t no = obligation_highest_no(deciding->facts, deciding->aggregate);
    uint32_t *list = obligation_list(deciding->facts, deciding->aggregate, &deciding->now, &count);
    for (size_t i = 0; i < count; i++) {
        struct obligation_figures figures;
        obligation_evaluate(deciding->facts, list[i], &deciding->now, &figures);
        int64_t amount = figures.paid + figures.interest_paid + figures.set_off;
        if (amount > 0 && figures.terms->kind != OBLIGATION_KIND_commission) {
            int32_t day = settled_by(deciding->facts, list[i], &deciding->now, deciding->valid);
            restitution_open(deciding, deciding->aggregate, &figures, amount, ++no, day);
        }
    }
    free(list);
    return status;
}

const struct handler voidance_handlers[] = {
    {TYPE_contract_voided, decide_voided, NULL},
    {TYPE_NONE, NULL, NULL},
};
