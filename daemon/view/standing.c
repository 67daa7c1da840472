/* How one contract stands.
 *
 *   N1  expired: its term ended before as_of and nothing ended the contract itself.
 *   N2  trial_lapsed: in state TRIAL past the last day of the trial (ruling 20).
 *   N3  evaluation_overdue: a payment still waits for the effect and its due date has passed.
 *   N4  in_default: something undisputed is past due. What has no due date never is. */

#include "daemon/view/standing.h"

#include "daemon/ledger/merger.h"

#include "daemon/ledger/obligation.h"
#include "daemon/view/label.h"

const char *const standing_flag_names[] = {"expired", "trial_lapsed", "evaluation_overdue",
                                           "in_default", NULL};

static int32_t trial_end(const struct query *query, uint32_t contract)
{
    uint32_t at;
    const struct trial_row *last = NULL;
    const struct trial_row *row =
        facts_first(query->facts, FACT_TRIAL, contract, &query->view, &at);
    for (; row != NULL; row = facts_next(query->facts, FACT_TRIAL, &query->view, &at)) {
        bool sets_end = row->action == TRIAL_STARTED || row->action == TRIAL_EXTENDED;
        if (sets_end && (last == NULL || row->fact.valid > last->fact.valid)) {
            last = row;
        }
    }
    return last == NULL ? DAY_NONE : last->end;
}

static void look_at_obligations(const struct query *query, struct standing *standing)
{
    uint32_t at = facts_head(query->facts, FACT_OBLIGATION, standing->contract, true);
    while (at != NO_ROW) {
        const struct obligation_row *row = facts_row(query->facts, FACT_OBLIGATION, at - 1);
        struct obligation_figures figures;
        uint32_t obligation = at - 1;
        at = row->fact.prev;
        if (!fact_counts(&row->fact, &query->view)) {
            continue;
        }
        obligation_evaluate(query->facts, obligation, &query->view, &figures);
        if (!figures.visible) {
            continue;
        }
        if (figures.contingent > 0 && figures.terms->condition == CONDITION_EFFECT &&
            figures.due_scheduled != DAY_NONE && figures.due_scheduled < query->view.as_of) {
            standing->flags[FLAG_EVALUATION_OVERDUE] = true; /* N3 */
        }
        if (figures.outstanding > figures.disputed && figures.due != DAY_NONE &&
            figures.days_past_due > 0) {
            standing->flags[FLAG_IN_DEFAULT] = true; /* N4 */
        }
    }
}

static int64_t amended(const struct query *query, uint32_t contract, enum field_id field,
                       int64_t otherwise)
{
    int64_t value;
    return attribute_at(query->facts, contract, field, &query->view, &value) ? value : otherwise;
}

bool standing_read(const struct query *query, uint64_t index, struct standing *ret_standing)
{
    const struct contract_row *row = facts_row(query->facts, FACT_CONTRACT, index);
    uint32_t contract = row->fact.key;
    if (!fact_counts(&row->fact, &query->view) ||
        contract_at(query->facts, contract, &query->view) != row) {
        return false;
    }
    *ret_standing = (struct standing){.row = row, .contract = contract};
    ret_standing->state =
        state_since(query->facts, MACHINE_CONTRACT, contract, &query->view, &ret_standing->since);
    if (ret_standing->state == CONTRACT_NONE) {
        return false;
    }
    ret_standing->term_start = (int32_t)amended(query, contract, FIELD_term_start, row->term_start);
    ret_standing->term_end = (int32_t)amended(query, contract, FIELD_term_end, row->term_end);
    ret_standing->total_fen = amended(query, contract, FIELD_total_fen, row->total_fen);
    ret_standing->trial_end = trial_end(query, contract);
    bool alive = ret_standing->state >= CONTRACT_SIGNED && ret_standing->state <= CONTRACT_SUSP;
    int32_t as_of = query->view.as_of;
    ret_standing->flags[FLAG_EXPIRED] =
        alive && ret_standing->term_end != DAY_NONE && ret_standing->term_end < as_of;
    ret_standing->flags[FLAG_TRIAL_LAPSED] = ret_standing->state == CONTRACT_TRIAL &&
                                             ret_standing->trial_end != DAY_NONE &&
                                             ret_standing->trial_end < as_of;
    look_at_obligations(query, ret_standing);
    return true;
}

static bool among(const struct query *query, struct list_ref list, uint32_t party)
{
    for (uint32_t i = 0; i < list.count; i++) {
        if (party_same(query->facts, share_at(query->facts, list, i)->aggregate, party,
                       &query->view)) {
            return true;
        }
    }
    return false;
}

bool standing_has_party(const struct query *query, const struct standing *standing, uint32_t party)
{
    return among(query, standing->row->sellers, party) ||
           among(query, standing->row->buyers, party);
}
