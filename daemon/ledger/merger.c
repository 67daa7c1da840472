/* party.merged: see merger.h.
 *
 *     ACTIVE ──merged──▶ MERGED      the id is an alias from the effective date on
 *
 *   M4  The survivor may itself be merged later, or have been before: the chain is followed to its
 *       end. A merger holds no earlier than either party. */

#include "daemon/ledger/merger.h"

#include "daemon/ledger/effects.h"
#include "daemon/ledger/party.h"
#include "daemon/ledger/reference.h"

static bool any_merger(const struct facts *facts, const struct viewpoint *view)
{
    return view->writer ? facts_count(facts, FACT_MERGER) > 0
                        : view->published.rows[FACT_MERGER] > 0;
}

uint32_t party_survivor(const struct facts *facts, uint32_t party, const struct viewpoint *view)
{
    uint32_t at;
    if (party == AGGREGATE_NONE || !any_merger(facts, view)) { /* M3 */
        return party;
    }
    const struct merger_row *row = facts_first(facts, FACT_MERGER, party, view, &at);
    for (; row != NULL; row = facts_first(facts, FACT_MERGER, party, view, &at)) {
        party = row->survivor; /* M2 */
    }
    return party;
}

bool party_same(const struct facts *facts, uint32_t a, uint32_t b, const struct viewpoint *view)
{
    return a == b || party_survivor(facts, a, view) == party_survivor(facts, b, view);
}

void party_flag_merged(struct deciding *deciding, uint32_t party)
{
    const struct facts *facts = deciding->facts;
    struct viewpoint then = viewpoint_now(facts, deciding->effective);
    if (party != AGGREGATE_NONE && aggregate_at(facts, party)->kind == KIND_party &&
        party_survivor(facts, party, &then) != party) {
        decide_flag(deciding, WARNING_MERGED_PARTY);
    }
}

/* Day from which a party is known; no merger holds earlier (M4). */
static void hold_from(struct deciding *deciding, uint32_t party)
{
    int32_t since;
    (void)state_since(deciding->facts, MACHINE_PARTY, party, &deciding->now, &since);
    effect_valid(deciding, since);
}

enum status party_decide_merged(struct deciding *deciding)
{
    uint32_t survivor = AGGREGATE_NONE;
    uint8_t state = state_at(deciding->facts, MACHINE_PARTY, deciding->aggregate, &deciding->now);
    if (state != PARTY_ACTIVE) {
        (void)fault_set(deciding->fault, STATUS_E_ILLEGAL_STATE, "agg");
        fault_state(deciding->fault, machine_name(MACHINE_PARTY), state_name(MACHINE_PARTY, state));
        fault_legal(deciding->fault, "event.reversed of the merger");
        return STATUS_E_ILLEGAL_STATE;
    }
    enum status status = decide_reference(deciding, KIND_party, FIELD_survivor, &survivor);
    if (status == STATUS_OK &&
        party_same(deciding->facts, survivor, deciding->aggregate, &deciding->now)) {
        return fault_set(deciding->fault, STATUS_E_SELF_DEAL, "data.survivor"); /* M2 */
    }
    if (status == STATUS_OK) {
        hold_from(deciding, deciding->aggregate);
        hold_from(deciding, survivor);
        effect_state(deciding, MACHINE_PARTY, PARTY_MERGED, deciding->valid);
    }
    return status;
}

void party_fold_merged(struct folding *folding)
{
    struct merger_row *row =
        facts_add(folding->facts, FACT_MERGER, folding->seq, folding->valid, folding->aggregate);
    row->survivor = reference_fold(folding, KIND_party, FIELD_survivor);
}
