/* Due dates from anchors.
 *
 *   U2  Of several facts that could give an anchor, the latest by (valid, seq) does, whatever
 *       the order in which they were recorded.
 *   U3  The anchor of `effective` is the first day on which the contract was ACTIVE. */

#include "daemon/ledger/due.h"

#include "daemon/base/check.h"
#include "daemon/ledger/calendar.h"
#include "daemon/ledger/states.h"
#include "proto/limits.h"

/* Is `a` later than `b` by (valid, seq)? Rows of one event: the one added later. */
static bool later(const struct fact *a, const struct fact *b)
{
    return b == NULL || a->valid > b->valid || (a->valid == b->valid && a->seq > b->seq);
}

static bool is_contract(const struct facts *facts, uint32_t aggregate)
{
    return aggregate_at(facts, aggregate)->kind == KIND_contract;
}

const struct contract_row *contract_terms_at(const struct facts *facts, uint32_t contract,
                                             const struct viewpoint *view)
{
    if (!is_contract(facts, contract)) {
        return NULL;
    }
    const struct contract_row *best = NULL;
    uint32_t at;
    const struct contract_row *row = facts_first(facts, FACT_CONTRACT, contract, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_CONTRACT, view, &at)) {
        bool firmer = best != NULL && best->drafted && !row->drafted;
        bool softer = best != NULL && !best->drafted && row->drafted;
        if (firmer || (!softer && (best == NULL || later(&row->fact, &best->fact)))) {
            best = row;
        }
    }
    return best;
}

enum rounding_rule contract_rounding(const struct facts *facts, uint32_t contract,
                                     const struct viewpoint *view)
{
    const struct contract_row *terms = contract_terms_at(facts, contract, view);
    int64_t rule = terms == NULL ? UINT8_MAX : terms->round;
    (void)attribute_at(facts, contract, FIELD_round, view, &rule);
    switch (rule) {
    case ROUNDING_half_even:
        return ROUND_HALF_EVEN;
    case ROUNDING_down:
        return ROUND_DOWN;
    default:
        return ROUND_HALF_AWAY; /* half_up, or not said */
    }
}

static int32_t amended_date(const struct facts *facts, uint32_t contract, enum field_id field,
                            int32_t written, const struct viewpoint *view)
{
    int64_t value;
    return attribute_at(facts, contract, field, view, &value) ? (int32_t)value : written;
}

int32_t contract_term_start(const struct facts *facts, uint32_t contract,
                            const struct viewpoint *view)
{
    const struct contract_row *row = contract_terms_at(facts, contract, view);
    return row == NULL ? DAY_NONE
                       : amended_date(facts, contract, FIELD_term_start, row->term_start, view);
}

int32_t contract_term_end(const struct facts *facts, uint32_t contract,
                          const struct viewpoint *view)
{
    const struct contract_row *row = contract_terms_at(facts, contract, view);
    return row == NULL ? DAY_NONE
                       : amended_date(facts, contract, FIELD_term_end, row->term_end, view);
}

const struct condition_row *condition_at(const struct facts *facts, uint32_t contract,
                                         struct slice name, const struct viewpoint *view)
{
    if (!is_contract(facts, contract)) {
        return NULL;
    }
    const struct condition_row *best = NULL;
    uint32_t at;
    const struct condition_row *row = facts_first(facts, FACT_CONDITION, contract, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_CONDITION, view, &at)) {
        bool named = slice_equal(text_of(facts, row->name), name);
        if (named && (best == NULL || later(&row->fact, &best->fact))) {
            best = row;
        }
    }
    return best;
}

static int32_t condition_day(const struct facts *facts, uint32_t contract, struct slice name,
                             const struct viewpoint *view)
{
    const struct condition_row *row = condition_at(facts, contract, name, view);
    return row == NULL ? DAY_NONE : row->on;
}

/* First day in a state of the contract. */
static int32_t first_day_in(const struct facts *facts, uint32_t contract, uint8_t state,
                            const struct viewpoint *view)
{
    int32_t day = DAY_NONE;
    uint32_t at;
    const struct state_row *row = facts_first(facts, FACT_STATE, contract, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_STATE, view, &at)) {
        bool in = row->machine == MACHINE_CONTRACT && row->state == state;
        if (in && (day == DAY_NONE || row->fact.valid < day)) {
            day = row->fact.valid;
        }
    }
    return day;
}

static int32_t acceptance_day(const struct facts *facts, uint32_t contract,
                              const struct viewpoint *view)
{
    int32_t day = condition_day(facts, contract, slice_text("acceptance"), view);
    return day != DAY_NONE ? day : first_day_in(facts, contract, CONTRACT_DONE, view);
}

static int32_t trial_day(const struct facts *facts, uint32_t contract, bool converted,
                         const struct viewpoint *view)
{
    const struct trial_row *best = NULL;
    uint32_t at;
    const struct trial_row *row = facts_first(facts, FACT_TRIAL, contract, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_TRIAL, view, &at)) {
        bool decides = row->action == TRIAL_CONVERTED;
        bool sets_end = row->action == TRIAL_STARTED || row->action == TRIAL_EXTENDED;
        if ((converted ? decides : sets_end) && (best == NULL || later(&row->fact, &best->fact))) {
            best = row;
        }
    }
    if (best != NULL) {
        return best->end;
    }
    const struct contract_row *terms = contract_terms_at(facts, contract, view);
    return converted || terms == NULL ? DAY_NONE : terms->trial_end;
}

/* The statement that made the obligation; for one written into the contract, none. */
static int32_t statement_day(const struct facts *facts, uint32_t contract, uint32_t obligation,
                             bool stated, const struct viewpoint *view)
{
    uint32_t at;
    const struct statement_row *row = facts_first(facts, FACT_STATEMENT, contract, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_STATEMENT, view, &at)) {
        if (row->obligation == obligation) {
            return stated ? row->fact.valid : row->period_end;
        }
    }
    return DAY_NONE;
}

static int32_t anchor_day(const struct facts *facts, uint32_t owner, uint32_t obligation,
                          const struct due_terms *due, const struct viewpoint *view)
{
    if (due->base == DUE_BASE_date) {
        return due->date;
    }
    const struct contract_row *terms = contract_terms_at(facts, owner, view);
    if (terms == NULL) {
        return DAY_NONE;
    }
    switch ((enum due_base)due->base) {
    case DUE_BASE_date:
        break;
    case DUE_BASE_sign:
        return terms->sign_date;
    case DUE_BASE_effective:
        return first_day_in(facts, owner, CONTRACT_ACTIVE, view); /* U3 */
    case DUE_BASE_term_end:
        return contract_term_end(facts, owner, view);
    case DUE_BASE_delivery:
        return condition_day(facts, owner, slice_text("delivery"), view);
    case DUE_BASE_acceptance:
        return acceptance_day(facts, owner, view);
    case DUE_BASE_milestone:
        return condition_day(facts, owner, text_of(facts, due->milestone), view);
    case DUE_BASE_evaluation:
        return condition_day(facts, owner, slice_text("effect"), view);
    case DUE_BASE_trial_end:
        return trial_day(facts, owner, false, view);
    case DUE_BASE_convert:
        return trial_day(facts, owner, true, view);
    case DUE_BASE_period_end:
        return statement_day(facts, owner, obligation, false, view);
    case DUE_BASE_statement:
        return statement_day(facts, owner, obligation, true, view);
    }
    return DAY_NONE;
}

static int32_t within(int64_t day)
{
    return day < DAY_MIN ? DAY_MIN : day > DAY_MAX ? DAY_MAX : (int32_t)day;
}

int32_t due_day(const struct facts *facts, uint32_t owner, uint32_t obligation,
                const struct due_terms *due, const struct viewpoint *view)
{
    if (due->base == DUE_NO_TERM) {
        return DAY_NONE;
    }
    int32_t anchor = anchor_day(facts, owner, obligation, due, view);
    if (anchor == DAY_NONE) {
        return DAY_NONE;
    }
    switch ((enum due_unit)due->unit) {
    case DUE_UNIT_d:
        break;
    case DUE_UNIT_m:
        return add_months(anchor, due->n);
    case DUE_UNIT_y:
        return add_months(anchor, due->n * 12); /* n <= 36,500 */
    }
    return within((int64_t)anchor + due->n);
}

int32_t due_rolled(const struct facts *facts, int32_t day, uint8_t roll,
                   const struct viewpoint *view)
{
    if (day == DAY_NONE || roll == DUE_ROLL_none) {
        return day;
    }
    return roll_following(facts, day, view);
}
