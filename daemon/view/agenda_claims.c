/* The agenda of insurers and lenders.
 *
 *   C1  A claim is adjusted within 30 days after it was filed, and paid within 10 days after the
 *       adjustment (Insurance Law art 23), both rolled as in `claims`. What was approved is owed
 *       until all of it is paid or the claim is closed.
 *   C2  A pledged loan stays until it is repaid or the pledge has ended. */

#include "daemon/view/agenda.h"

#include "daemon/ledger/calendar.h"
#include "daemon/ledger/claim.h"
#include "daemon/ledger/pledge.h"

#define ADJUST_DAYS 30
#define PAY_DAYS 10

static uint32_t insurer_of(const struct query *query, uint32_t policy)
{
    uint32_t at;
    const struct policy_row *row =
        policy == AGGREGATE_NONE
            ? NULL
            : facts_first(query->facts, FACT_POLICY, policy, &query->view, &at);
    return row == NULL ? AGGREGATE_NONE : row->insurer;
}

enum status agenda_claims(struct agenda *agenda, const struct query *query, struct fault *fault)
{
    (void)fault;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_CLAIM]; i++) {
        const struct claim_row *row = facts_row(query->facts, FACT_CLAIM, i);
        struct claim_figures figures;
        if (row->step != CLAIM_STEP_FILED || !fact_counts(&row->fact, &query->view)) {
            continue;
        }
        claim_evaluate(query->facts, row->fact.key, &query->view, &figures);
        int64_t reserve = claim_reserve(&figures);
        struct agenda_entry entry = {.aggregate = row->fact.key,
                                     .party = insurer_of(query, row->policy),
                                     .amount = AMOUNT_UNKNOWN,
                                     .currency = (uint8_t)currency_index(slice_text("CNY"))};
        if (figures.filed != row || figures.state == CLAIM_CLOSED) {
            continue;
        }
        if (figures.approved == AMOUNT_UNKNOWN) {
            entry.day = roll_following(query->facts, row->fact.valid + ADJUST_DAYS, &query->view);
            entry.what = AGENDA_claim_adjust;
            agenda_add(agenda, &entry);
        } else if (reserve > 0) {
            entry.day = roll_following(query->facts, figures.adjusted_on + PAY_DAYS, &query->view);
            entry.what = AGENDA_claim_pay;
            entry.amount = reserve;
            agenda_add(agenda, &entry);
        }
    }
    return STATUS_OK;
}

enum status agenda_loans(struct agenda *agenda, const struct query *query, struct fault *fault)
{
    (void)fault;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_PLEDGE]; i++) {
        const struct pledge_row *row = facts_row(query->facts, FACT_PLEDGE, i);
        uint32_t pledge = row->fact.key;
        if (pledge_terms(query->facts, pledge, &query->view) != row) {
            continue;
        }
        struct agenda_entry entry = {.day = row->due,
                                     .what = AGENDA_loan,
                                     .aggregate = pledge,
                                     .party =
                                         row->debtor == AGGREGATE_NONE ? row->pledgor : row->debtor,
                                     .amount = pledge_balance(query->facts, pledge, &query->view),
                                     .currency = (uint8_t)currency_index(slice_text("CNY"))};
        if (entry.amount > 0) {
            agenda_add(agenda, &entry);
        }
    }
    return STATUS_OK;
}
