/* Where the entries of the agenda come from. */

#include "daemon/view/agenda.h"

#include "daemon/ledger/policy.h"
#include "daemon/view/contract_rows.h"
#include "daemon/view/items.h"
#include "daemon/view/standing.h"

static enum status add_item(void *arg, const struct item *item, struct fault *fault)
{
    struct agenda *agenda = arg;
    const struct obligation_figures *figures = &item->figures;
    struct agenda_entry entry = {
        .aggregate = item->owner,
        .no = item->no,
        .obligation = item->obligation,
        .party = figures->terms->debtor,
        .currency = figures->terms->currency,
    };
    (void)fault;
    if (figures->outstanding > 0 && figures->due != DAY_NONE) {
        entry.day = figures->due;
        entry.what = AGENDA_instalment;
        entry.amount = figures->outstanding;
        agenda_add(agenda, &entry);
    }
    if (figures->contingent > 0 && figures->due_scheduled != DAY_NONE) {
        entry.day = figures->due_scheduled;
        entry.what = AGENDA_conditional;
        entry.amount = figures->contingent;
        agenda_add(agenda, &entry);
    }
    return STATUS_OK;
}

static enum status obligations(struct agenda *agenda, const struct query *query,
                               struct fault *fault)
{
    static const struct overlay nothing = {.slot = NULL};
    static const struct item_filter all = {
        .debtor = AGGREGATE_NONE, .creditor = AGGREGATE_NONE, .owner = AGGREGATE_NONE, .kind = -1};
    return items_visit(query, &all, &nothing, add_item, agenda, fault);
}

bool agenda_waits_for_verdict(const struct query *query, uint32_t obligation)
{
    const struct obligation_row *row = facts_row(query->facts, FACT_OBLIGATION, obligation);
    struct obligation_figures figures = {.visible = false};
    if (fact_counts(&row->fact, &query->view)) {
        obligation_evaluate(query->facts, obligation, &query->view, &figures);
    }
    return figures.visible && figures.contingent > 0 &&
           figures.terms->condition == CONDITION_EFFECT;
}

/* Does something of the contract wait for the verdict on its effect? */
static bool waits_for_verdict(const struct query *query, uint32_t contract)
{
    uint32_t at = facts_head(query->facts, FACT_OBLIGATION, contract, true);
    while (at != NO_ROW) {
        const struct fact *fact = facts_row(query->facts, FACT_OBLIGATION, at - 1);
        if (agenda_waits_for_verdict(query, at - 1)) {
            return true;
        }
        at = fact->prev;
    }
    return false;
}

/* The licensee of a trial that was declined stops by this day; no event says that he did, so the
 * entry goes when it has passed. */
static void add_use_end(struct agenda *agenda, const struct query *query,
                        const struct standing *standing)
{
    int64_t day;
    if (standing->state == CONTRACT_DECL &&
        attribute_at(query->facts, standing->contract, FIELD_stop_use_by, &query->view, &day) &&
        day >= query->view.as_of) {
        struct agenda_entry entry = {.day = (int32_t)day,
                                     .what = AGENDA_use_end,
                                     .aggregate = standing->contract,
                                     .party = first_party(query->facts, standing->row->buyers),
                                     .amount = AMOUNT_UNKNOWN};
        agenda_add(agenda, &entry);
    }
}

static enum status contracts(struct agenda *agenda, const struct query *query, struct fault *fault)
{
    (void)fault;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_CONTRACT]; i++) {
        struct standing standing;
        if (!standing_read(query, i, &standing)) {
            continue;
        }
        struct agenda_entry entry = {
            .aggregate = standing.contract, .party = AGGREGATE_NONE, .amount = AMOUNT_UNKNOWN};
        bool alive = standing.state >= CONTRACT_SIGNED && standing.state <= CONTRACT_SUSP;
        if (standing.state == CONTRACT_TRIAL && standing.trial_end != DAY_NONE) {
            entry.day = standing.trial_end;
            entry.what = AGENDA_trial_end;
            agenda_add(agenda, &entry);
        }
        add_use_end(agenda, query, &standing);
        if (standing.term_end == DAY_NONE) {
            continue;
        }
        entry.day = standing.term_end;
        if (waits_for_verdict(query, standing.contract)) {
            entry.what = AGENDA_verdict;
            agenda_add(agenda, &entry);
        } else if (alive && standing.term_end >= query->view.as_of) {
            entry.what = AGENDA_term_end;
            agenda_add(agenda, &entry);
        }
    }
    return STATUS_OK;
}

static enum status policies(struct agenda *agenda, const struct query *query, struct fault *fault)
{
    (void)fault;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_POLICY]; i++) {
        const struct policy_row *row = facts_row(query->facts, FACT_POLICY, i);
        uint8_t state = state_at(query->facts, MACHINE_POLICY, row->fact.key, &query->view);
        if (row != policy_at(query->facts, row->fact.key, &query->view) || /* terms of before */
            state != POLICY_BOUND || row->to < query->view.as_of) {
            continue;
        }
        struct agenda_entry entry = {.day = row->to,
                                     .what = AGENDA_policy_end,
                                     .aggregate = row->fact.key,
                                     .party = row->holder,
                                     .amount = AMOUNT_UNKNOWN};
        agenda_add(agenda, &entry);
    }
    return STATUS_OK;
}

agenda_source_fn *const agenda_sources[] = {obligations,
                                            contracts,
                                            policies,
                                            agenda_contract_rights,
                                            agenda_open_licenses,
                                            agenda_entrustments,
                                            agenda_annual_fees,
                                            agenda_claims,
                                            agenda_loans,
                                            NULL};
