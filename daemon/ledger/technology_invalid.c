/* What an invalidation does to contracts (Patent Law art 47; domain 3.2, rulings 21, 31).
 *
 *   V1  What was performed stands: paid amounts are not given back.
 *   V2  What is still conditional, falls due on the day of the decision or later, or has no due
 *       date, is extinguished; what was due before stays owed and is flagged W_INVALID.
 *   V3  `on_invalid` survive leaves a contract as it is; where the contract says nothing, it
 *       stops. */

#include "daemon/ledger/contract.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/obligation.h"
#include "daemon/ledger/technology.h"

static void stop_obligation(struct deciding *deciding, uint32_t obligation, int32_t decision_day)
{
    struct obligation_figures figures;
    obligation_evaluate(deciding->facts, obligation, &deciding->now, &figures);
    if (!figures.visible) {
        return;
    }
    int64_t rest = 0;
    if (figures.state == OBLIGATION_CONTINGENT) {
        rest = figures.contingent;
    } else if (figures.state == OBLIGATION_OPEN) {
        if (figures.due != DAY_NONE && figures.due < decision_day) {
            decide_flag(deciding, WARNING_INVALID);
            return;
        }
        rest = figures.outstanding;
    }
    bool open = figures.state == OBLIGATION_CONTINGENT || figures.state == OBLIGATION_OPEN;
    if (open && (rest > 0 || figures.terms->amount_fen == AMOUNT_UNKNOWN)) {
        const struct obligation_row *row = facts_row(deciding->facts, FACT_OBLIGATION, obligation);
        int32_t day = row->fact.valid > deciding->valid ? row->fact.valid : deciding->valid;
        effect_move(deciding, MOVE_EXTINGUISH, obligation, rest, day, 0);
    }
}

static bool is_named(const struct facts *facts, uint32_t technology, const struct contract_row *row)
{
    for (uint32_t i = 0; i < row->technologies.count; i++) {
        if (share_at(facts, row->technologies, i)->aggregate == technology) {
            return true;
        }
    }
    return false;
}

/* An amendment may have put the technology in, or taken it out. */
bool technology_named_by(const struct facts *facts, uint32_t technology, uint32_t contract,
                         const struct viewpoint *view)
{
    const struct contract_row *row = contract_row_at(facts, contract, view);
    struct slice list = contract_term_bytes(facts, contract, FIELD_technologies, view);
    struct cursor in = cursor_over(list);
    uint32_t count = 0;
    if (list.len == 0 || !cursor_array(&in, &count)) {
        return row != NULL && is_named(facts, technology, row);
    }
    for (uint32_t i = 0; i < count; i++) {
        struct slice id;
        if (cursor_text(&in, &id) && slice_equal(id, aggregate_id(facts, technology))) {
            return true;
        }
    }
    return false;
}

static void stop_contract(struct deciding *deciding, uint32_t contract, int32_t decision_day)
{
    const struct facts *facts = deciding->facts;
    const struct contract_row *row = contract_row_at(facts, contract, &deciding->now);
    if (row == NULL || row->drafted ||
        !technology_named_by(facts, deciding->aggregate, contract, &deciding->now) ||
        contract_term(facts, contract, FIELD_on_invalid, &deciding->now, row->on_invalid) ==
            ON_INVALID_survive) {
        return;
    }
    decide_touch(deciding, contract);
    uint32_t at = facts_head(facts, FACT_OBLIGATION, contract, false);
    while (at != NO_ROW) {
        stop_obligation(deciding, at - 1, decision_day);
        const struct obligation_row *obligation = facts_row(facts, FACT_OBLIGATION, at - 1);
        at = obligation->fact.prev;
    }
}

/* The event whose amendment of the list of technologies counts; 0 if there is none. */
static uint64_t technologies_amended_by(const struct deciding *deciding, uint32_t contract)
{
    uint32_t at;
    for (const struct attribute_row *row =
             facts_first(deciding->facts, FACT_ATTRIBUTE, contract, &deciding->now, &at);
         row != NULL; row = facts_next(deciding->facts, FACT_ATTRIBUTE, &deciding->now, &at)) {
        if (row->field == FIELD_technologies) {
            return row->fact.seq;
        }
    }
    return 0;
}

/* A contract is met once: at its signing if that named the technology, else at the amendment. */
static bool is_turn_of(const struct deciding *deciding, const struct event_row *event, uint64_t seq)
{
    const struct contract_row *row;
    if (atomic_load_explicit(&event->reversed_by, memory_order_relaxed) != UINT64_MAX) {
        return false;
    }
    if (event->type == TYPE_contract_signed) {
        return true;
    }
    if (event->type != TYPE_contract_amended) {
        return false;
    }
    row = contract_row_at(deciding->facts, event->aggregate, &deciding->now);
    return row != NULL && !is_named(deciding->facts, deciding->aggregate, row) &&
           technologies_amended_by(deciding, event->aggregate) == seq;
}

void technology_stop_contracts(struct deciding *deciding, int32_t decision_day)
{
    const struct facts *facts = deciding->facts;
    uint32_t at = aggregate_at(facts, deciding->aggregate)->touch_head;
    while (at != NO_ROW && !deciding->effects->full) {
        const struct touch_row *touch = touch_at(facts, at - 1);
        const struct event_row *event = event_row_at(facts, touch->seq);
        if (is_turn_of(deciding, event, touch->seq)) {
            stop_contract(deciding, event->aggregate, decision_day);
        }
        at = touch->prev;
    }
}
