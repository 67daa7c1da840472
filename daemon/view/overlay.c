/* Cover and credit.
 *
 *   V1  Money of a payment that is left = received + unapplied - applied - refunded
 *       - returned, each from its own valid day; where days overlap so that this is below
 *       zero it shows as nothing (ruling 32).
 *   V2  Credit rows are read once, in order; a payment's cell is found by its dense number.
 *   V3  What was paid on claims covers nothing any more; what the insurer recovered does not come
 *       back (ruling 24). */

#include "daemon/view/overlay.h"

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/obligation.h"
#include "daemon/ledger/policy.h"

/* ---- cover ---- */

struct cover {
    struct slice policy;
    const struct policy_row *row;
};

struct covered {
    struct slice owner;
    uint32_t no, obligation;
};

static bool policy_live(const struct query *query, const struct policy_row *row)
{
    return fact_counts(&row->fact, &query->view) && row->product == POLICY_PRODUCT_performance &&
           policy_at(query->facts, row->fact.key, &query->view) == row &&
           policy_is_live(query->facts, row->fact.key, query->view.as_of, &query->view);
}

static int compare_covers(const void *a, const void *b)
{
    const struct cover *first = a;
    const struct cover *second = b;
    return slice_compare(first->policy, second->policy);
}

static int compare_covered(const void *a, const void *b)
{
    const struct covered *first = a;
    const struct covered *second = b;
    int order = slice_compare(first->owner, second->owner);
    return order != 0 ? order : (first->no > second->no) - (first->no < second->no);
}

/* The obligations of the policy's contracts, in the order in which they are covered. */
static uint64_t collect_covered(const struct query *query, const struct policy_row *row,
                                struct scratch *scratch, struct covered **ret_covered)
{
    uint64_t count = 0;
    for (int pass = 0; pass < 2; pass++) {
        uint64_t filled = 0;
        for (uint32_t c = 0; c < row->contracts.count; c++) {
            uint32_t owner = share_at(query->facts, row->contracts, c)->aggregate;
            uint32_t at = facts_head(query->facts, FACT_OBLIGATION, owner, true);
            while (at != NO_ROW) {
                const struct obligation_row *obligation =
                    facts_row(query->facts, FACT_OBLIGATION, at - 1);
                if (fact_counts(&obligation->fact, &query->view)) {
                    if (pass == 1) {
                        (*ret_covered)[filled] = (struct covered){
                            .owner = aggregate_id(query->facts, owner),
                            .no = obligation->no,
                            .obligation = at - 1,
                        };
                    }
                    filled++;
                }
                at = obligation->fact.prev;
            }
        }
        if (pass == 0) {
            count = filled;
            *ret_covered = scratch_take(scratch, count * sizeof(struct covered));
        }
    }
    return count;
}

static int64_t *insured_cell(struct overlay *overlay, uint32_t obligation)
{
    if (overlay->slot[obligation] == 0) {
        column_push(&overlay->insured);
        overlay->slot[obligation] = (uint32_t)overlay->insured.count;
    }
    return column_at(&overlay->insured, overlay->slot[obligation] - 1);
}

static void give_cover(struct overlay *overlay, const struct query *query, struct scratch *scratch,
                       const struct policy_row *row)
{
    struct covered *covered = NULL;
    int64_t left = policy_left(query->facts, row, &query->view); /* V3 */
    uint64_t count = collect_covered(query, row, scratch, &covered);
    if (count > 0) {
        qsort(covered, count, sizeof(covered[0]), compare_covered);
    }
    for (uint64_t i = 0; i < count && left > 0; i++) {
        struct obligation_figures figures;
        if (i > 0 && covered[i].obligation == covered[i - 1].obligation) {
            continue; /* a contract named twice */
        }
        obligation_evaluate(query->facts, covered[i].obligation, &query->view, &figures);
        if (!figures.visible || figures.terms->currency != currency_index(slice_text("CNY"))) {
            continue;
        }
        int64_t *insured = insured_cell(overlay, covered[i].obligation);
        int64_t open = figures.outstanding - *insured;
        int64_t part = open < left ? open : left;
        *insured += part;
        left -= part;
    }
}

void overlay_init(struct overlay *overlay, const struct query *query, struct scratch *scratch)
{
    uint64_t policies = query->view.published.rows[FACT_POLICY];
    uint64_t live = 0;
    column_init(&overlay->insured, sizeof(int64_t));
    overlay->slot = NULL;
    overlay->slots = query->view.published.rows[FACT_OBLIGATION];
    if (policies == 0) {
        return;
    }
    struct cover *covers = scratch_take(scratch, policies * sizeof(*covers));
    for (uint64_t i = 0; i < policies; i++) {
        const struct policy_row *row = facts_row(query->facts, FACT_POLICY, i);
        if (policy_live(query, row)) {
            covers[live].row = row;
            covers[live].policy = aggregate_id(query->facts, row->fact.key);
            live++;
        }
    }
    if (live == 0) {
        return;
    }
    qsort(covers, live, sizeof(covers[0]), compare_covers);
    overlay->slot = scratch_take(scratch, overlay->slots * sizeof(uint32_t));
    for (uint64_t i = 0; i < live; i++) {
        give_cover(overlay, query, scratch, covers[i].row);
    }
}

void overlay_done(struct overlay *overlay)
{
    column_done(&overlay->insured);
}

int64_t overlay_insured(const struct overlay *overlay, uint32_t obligation)
{
    if (overlay->slot == NULL || obligation >= overlay->slots || overlay->slot[obligation] == 0) {
        return 0;
    }
    const int64_t *insured = column_at(&overlay->insured, overlay->slot[obligation] - 1);
    return *insured;
}

/* ---- credit ---- */

static void add_credit_row(const struct query *query, struct credit *credit,
                           const struct credit_row *row)
{
    if (row->payer != AGGREGATE_NONE) {
        credit->payer = row->payer;
    }
    if (row->payee != AGGREGATE_NONE) {
        credit->payee = row->payee;
    }
    if (row->obligation != UINT32_MAX && credit->owner == AGGREGATE_NONE) {
        const struct fact *line = facts_row(query->facts, FACT_OBLIGATION, row->obligation);
        credit->owner = line->key;
    }
    switch ((enum credit_kind)row->kind) {
    case CREDIT_RECEIVED:
        credit->currency = row->currency;
        credit->amount += row->amount;
        break;
    case CREDIT_UNAPPLIED:
        credit->amount += row->amount;
        break;
    case CREDIT_APPLIED:
    case CREDIT_REFUNDED:
    case CREDIT_RETURNED:
        credit->amount -= row->amount;
        break;
    }
}

enum status credits_visit(const struct query *query, struct scratch *scratch,
                          credit_visit_fn *visit, void *arg, struct fault *fault)
{
    struct column cells;
    enum status status = STATUS_OK;
    uint64_t rows = query->view.published.rows[FACT_CREDIT];
    if (rows == 0) {
        return STATUS_OK;
    }
    column_init(&cells, sizeof(struct credit));
    uint32_t *slot =
        scratch_take(scratch, query->view.published.aggregates * sizeof(uint32_t)); /* V2 */
    for (uint64_t i = 0; i < rows; i++) {
        const struct credit_row *row = facts_row(query->facts, FACT_CREDIT, i);
        if (!fact_counts(&row->fact, &query->view)) {
            continue;
        }
        struct credit *credit;
        if (slot[row->fact.key] == 0) {
            credit = column_push(&cells);
            slot[row->fact.key] = (uint32_t)cells.count;
            credit->payment = row->fact.key;
            credit->payer = credit->payee = credit->owner = AGGREGATE_NONE;
            credit->currency = row->currency;
        } else {
            credit = column_at(&cells, slot[row->fact.key] - 1);
        }
        add_credit_row(query, credit, row);
    }
    for (uint64_t i = 0; i < cells.count && status == STATUS_OK; i++) {
        const struct credit *credit = column_at(&cells, i);
        if (credit->amount > 0) { /* V1 */
            status = visit(arg, credit, fault);
        }
    }
    column_done(&cells);
    return status;
}
