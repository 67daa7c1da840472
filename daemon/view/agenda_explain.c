/* Why something is on the agenda.
 *
 *   E1  An entry with a sum has the events that made it, with signed amounts that add up to it.
 *   E2  Another has the events that brought its object to where it stands: what set the day that it
 *       is there for, as it still counts, one line each, without an amount. */

#include "daemon/view/agenda.h"

#include "daemon/ledger/claim.h"
#include "daemon/ledger/pledge.h"

/* ---- E1 ---- */

static int64_t contingent(void *arg, const struct obligation_figures *figures)
{
    (void)arg;
    return figures->contingent;
}

static int64_t reserve(const struct query *query, uint32_t claim, const struct viewpoint *view)
{
    struct claim_figures figures;
    claim_evaluate(query->facts, claim, view, &figures);
    return figures.approved == AMOUNT_UNKNOWN ? 0 : claim_reserve(&figures);
}

static int64_t balance(const struct query *query, uint32_t pledge, const struct viewpoint *view)
{
    return pledge_balance(query->facts, pledge, view);
}

static void explain_sum(struct explanation *explanation, const struct agenda_entry *entry)
{
    if (entry->what == AGENDA_instalment) {
        explain_obligation(explanation, entry->obligation);
        return;
    }
    if (entry->what == AGENDA_conditional) {
        explain_obligation_by(explanation, entry->obligation, contingent, NULL);
        return;
    }
    bool claim = entry->what == AGENDA_claim_pay;
    steps_begin(explanation);
    steps_note_chain(explanation, claim ? FACT_CLAIM : FACT_PLEDGE, entry->aggregate);
    steps_note_chain(explanation, FACT_STATE, entry->aggregate);
    explain_aggregate(explanation, entry->aggregate, claim ? reserve : balance);
}

/* ---- E2 ---- */

#define TABLE(name) (UINT64_C(1) << (unsigned)FACT_##name)

/* Where an entry's events are: rows of its aggregate, of FACT_ATTRIBUTE those of one field. */
struct behind {
    uint64_t tables;
    enum field_id field;
};

static const struct behind behind[AGENDA_WHATS] = {
    [AGENDA_verdict] = {TABLE(CONTRACT) | TABLE(STATE) | TABLE(OBLIGATION) | TABLE(ATTRIBUTE),
                        FIELD_term_end},
    [AGENDA_trial_end] = {TABLE(CONTRACT) | TABLE(STATE) | TABLE(TRIAL), FIELD_COUNT},
    [AGENDA_use_end] = {TABLE(ATTRIBUTE), FIELD_stop_use_by},
    [AGENDA_term_end] = {TABLE(CONTRACT) | TABLE(STATE) | TABLE(ATTRIBUTE), FIELD_term_end},
    [AGENDA_policy_end] = {TABLE(POLICY) | TABLE(STATE), FIELD_COUNT},
    [AGENDA_filing] = {TABLE(CONTRACT) | TABLE(STATE) | TABLE(ATTRIBUTE), FIELD_action},
    [AGENDA_royalty_report] = {TABLE(CONTRACT) | TABLE(STATE) | TABLE(ROYALTY) | TABLE(ATTRIBUTE),
                               FIELD_term_start},
    [AGENDA_annual_fee] = {TABLE(FEE) | TABLE(STATE) | TABLE(ATTRIBUTE), FIELD_filed},
    [AGENDA_claim_adjust] = {TABLE(CLAIM), FIELD_COUNT},
};

/* Is the row, which is at `index` of its table, behind the entry? */
static bool speaks_for(const struct query *query, const struct agenda_entry *entry,
                       enum fact_table table, uint32_t index)
{
    const struct fact *fact = facts_row(query->facts, table, index);
    if (!fact_counts(fact, &query->view)) {
        return false;
    }
    if (table == FACT_ATTRIBUTE) {
        const struct attribute_row *row = (const struct attribute_row *)(const void *)fact;
        return row->field == behind[entry->what].field;
    }
    if (table == FACT_STATE) { /* of a contract there is also that of its registration */
        const struct state_row *row = (const struct state_row *)(const void *)fact;
        enum aggregate_kind kind = aggregate_at(query->facts, entry->aggregate)->kind;
        return (enum machine)row->machine == machine_of_kind(kind);
    }
    return table != FACT_OBLIGATION || agenda_waits_for_verdict(query, index);
}

static void note_tables(struct explanation *explanation, const struct agenda_entry *entry)
{
    const struct query *query = explanation->query;
    for (int table = 0; table < FACT_TABLES; table++) {
        if ((behind[entry->what].tables >> (unsigned)table & 1u) == 0) {
            continue;
        }
        uint32_t at = facts_head(query->facts, (enum fact_table)table, entry->aggregate, true);
        while (at != NO_ROW) {
            const struct fact *fact = facts_row(query->facts, (enum fact_table)table, at - 1);
            if (speaks_for(query, entry, (enum fact_table)table, at - 1)) {
                steps_note(explanation, fact);
            }
            at = fact->prev;
        }
    }
}

void agenda_explain_entry(struct explanation *explanation, const struct agenda_entry *entry)
{
    const struct explanation_line like = {.owner = entry->aggregate, .amount = AMOUNT_UNKNOWN};
    if (entry->amount != AMOUNT_UNKNOWN) {
        explain_sum(explanation, entry);
        return;
    }
    steps_begin(explanation);
    if (entry->from != NULL) {
        steps_note(explanation, entry->from);
    } else {
        note_tables(explanation, entry);
    }
    explain_events(explanation, &like);
}
