/* Insurance (domain 5.8): exposure, premium, claims paid and reserved, by policy, product or
 * insurer.
 *
 *   I1  A policy counts from the day it is bound; it is live within its term until it is
 *       cancelled. Exposure is what is left of the sum of live policies.
 *   I2  Premium is earned by the day, first and last included, rounded once a policy, so that the
 *       rows add up. A cancelled policy has earned what was not given back.
 *   I3  The paid ratio is paid to earned as they are shown. Recoveries stand beside it. */

#include "daemon/ledger/claim.h"
#include "daemon/ledger/money.h"
#include "daemon/ledger/policy.h"
#include "daemon/view/explain.h"
#include "daemon/view/label.h"
#include "daemon/view/page.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"
#include "daemon/view/sum.h"

enum by { BY_POLICY, BY_PRODUCT, BY_INSURER };
static const char *const by_names[] = {"policy", "product", "insurer", NULL};
const char *const insurance_parameters[] = {"by", "insurer", "policy", "product", NULL};

enum amount_column {
    POLICIES,
    LIVE,
    EXPOSURE,
    WRITTEN,
    EARNED,
    PAID,
    RECOVERED,
    RESERVES,
    COLUMNS,
};
static const char *const column_names[COLUMNS] = {
    "policies", "live_policies", "exposure",  "written_premium",
    "earned",   "paid",          "recovered", "reserves",
};

struct cell {
    uint32_t aggregate; /* policy or insurer */
    uint8_t product;
    int64_t of[COLUMNS];
};

struct insuring {
    const struct query *query;
    struct scratch scratch;
    struct page page;
    enum by by;
    int product;              /* -1: any */
    uint32_t insurer, policy; /* AGGREGATE_NONE: any */
    uint32_t *slot;           /* by policy, insurer, or aggregates + product: cell + 1 */
    struct column cells;
    struct cell total;
};

static enum status insuring_read(struct insuring *insuring, const struct query *query,
                                 struct fault *fault)
{
    int by = BY_POLICY;
    *insuring = (struct insuring){.query = query};
    enum status status = params_check(query, insurance_parameters, fault);
    if (status == STATUS_OK) {
        status = param_enum(query, "by", by_names, BY_POLICY, &by, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "insurer", KIND_party, &insuring->insurer, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "policy", KIND_policy, &insuring->policy, fault);
    }
    if (status == STATUS_OK) {
        status = param_enum(query, "product", policy_product_names, -1, &insuring->product, fault);
    }
    insuring->by = (enum by)by;
    return status;
}

/* The policy whose terms are row `index`, if they are those of the viewpoint and asked for. */
static const struct policy_row *wanted(const struct insuring *insuring, uint64_t index)
{
    const struct query *query = insuring->query;
    const struct policy_row *row = facts_row(query->facts, FACT_POLICY, index);
    bool counts = fact_counts(&row->fact, &query->view) &&
                  policy_at(query->facts, row->fact.key, &query->view) == row;
    bool asked = (insuring->product < 0 || insuring->product == row->product) &&
                 (insuring->insurer == AGGREGATE_NONE || insuring->insurer == row->insurer) &&
                 (insuring->policy == AGGREGATE_NONE || insuring->policy == row->fact.key);
    return counts && asked ? row : NULL;
}

static int64_t exposure_of(const struct facts *facts, uint32_t policy, const struct viewpoint *view)
{
    const struct policy_row *row = policy_at(facts, policy, view);
    return row != NULL && policy_is_live(facts, policy, view->as_of, view)
               ? policy_left(facts, row, view)
               : 0;
}

/* I2 */
static int64_t earned_of(const struct policy_row *row, bool cancelled, int32_t as_of)
{
    int32_t last = as_of < row->to ? as_of : row->to;
    if (cancelled) {
        return row->premium_fen - row->refund_fen;
    }
    if (last < row->from) {
        return 0;
    }
    return divide_rounded((int128)row->premium_fen * (last - row->from + 1),
                          row->to - row->from + 1, ROUND_HALF_AWAY);
}

static void policy_figures(const struct query *query, const struct policy_row *row,
                           struct cell *ret_cell)
{
    const struct facts *facts = query->facts;
    uint32_t policy = row->fact.key;
    bool cancelled = state_at(facts, MACHINE_POLICY, policy, &query->view) == POLICY_CANCELLED;
    ret_cell->of[POLICIES] = 1;
    ret_cell->of[LIVE] = policy_is_live(facts, policy, query->view.as_of, &query->view);
    ret_cell->of[EXPOSURE] = exposure_of(facts, policy, &query->view);
    ret_cell->of[WRITTEN] = row->premium_fen - row->refund_fen;
    ret_cell->of[EARNED] = earned_of(row, cancelled, query->view.as_of);
    ret_cell->of[PAID] = policy_paid(facts, policy, &query->view);
}

static enum status cell_add(struct cell *cell, const struct cell *part, struct fault *fault)
{
    enum status status = STATUS_OK;
    for (int c = 0; c < COLUMNS && status == STATUS_OK; c++) {
        status = sum_add(&cell->of[c], part->of[c], fault);
    }
    return status;
}

static struct cell *cell_of(struct insuring *insuring, const struct policy_row *row)
{
    uint64_t place = row->fact.key;
    if (insuring->by == BY_PRODUCT) {
        place = insuring->query->view.published.aggregates + row->product;
    } else if (insuring->by == BY_INSURER) {
        place = row->insurer;
    }
    if (insuring->slot[place] == 0) {
        struct cell *cell = column_push(&insuring->cells);
        cell->aggregate = (uint32_t)place;
        cell->product = row->product;
        insuring->slot[place] = (uint32_t)insuring->cells.count;
    }
    return column_at(&insuring->cells, insuring->slot[place] - 1);
}

static enum status add_part(struct insuring *insuring, const struct policy_row *row,
                            const struct cell *part, struct fault *fault)
{
    enum status status = cell_add(cell_of(insuring, row), part, fault);
    return status == STATUS_OK ? cell_add(&insuring->total, part, fault) : status;
}

/* What is reserved and recovered, claim by claim. */
static enum status add_claims(struct insuring *insuring, struct fault *fault)
{
    const struct query *query = insuring->query;
    enum status status = STATUS_OK;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_CLAIM] && status == STATUS_OK; i++) {
        const struct claim_row *filed = facts_row(query->facts, FACT_CLAIM, i);
        struct claim_figures figures;
        struct cell part = {0};
        if (filed->step != CLAIM_STEP_FILED || !fact_counts(&filed->fact, &query->view)) {
            continue;
        }
        const struct policy_row *row = policy_at(query->facts, filed->policy, &query->view);
        if (row == NULL || (insuring->product >= 0 && insuring->product != row->product) ||
            (insuring->insurer != AGGREGATE_NONE && insuring->insurer != row->insurer) ||
            (insuring->policy != AGGREGATE_NONE && insuring->policy != filed->policy)) {
            continue;
        }
        claim_evaluate(query->facts, filed->fact.key, &query->view, &figures);
        part.of[RECOVERED] = figures.recovered;
        part.of[RESERVES] = claim_reserve(&figures);
        status = add_part(insuring, row, &part, fault);
    }
    return status;
}

static enum status run(struct insuring *insuring, struct fault *fault)
{
    const struct query *query = insuring->query;
    enum status status = STATUS_OK;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_POLICY] && status == STATUS_OK; i++) {
        const struct policy_row *row = wanted(insuring, i);
        if (row != NULL) {
            struct cell part = {0};
            policy_figures(query, row, &part);
            status = add_part(insuring, row, &part, fault);
        }
    }
    return status == STATUS_OK ? add_claims(insuring, fault) : status;
}

static struct slice cell_key(const struct insuring *insuring, const struct cell *cell)
{
    return insuring->by == BY_PRODUCT ? slice_text(policy_product_names[cell->product])
                                      : aggregate_id(insuring->query->facts, cell->aggregate);
}

static uint32_t write_cell(const struct cell *cell, struct writer *out)
{
    for (int c = 0; c < COLUMNS; c++) {
        write_text(out, column_names[c]);
        write_int(out, cell->of[c]);
    }
    write_text(out, "paid_ratio_permille");
    if (cell->of[EARNED] > 0) { /* I3 */
        write_int(out,
                  divide_rounded((int128)1000 * cell->of[PAID], cell->of[EARNED], ROUND_HALF_AWAY));
    } else {
        write_nil(out);
    }
    return COLUMNS + 1;
}

/* The terms of one policy beside its figures. */
static uint32_t write_terms(const struct query *query, uint32_t policy, struct writer *out)
{
    const struct policy_row *row = policy_at(query->facts, policy, &query->view);
    write_text(out, "product");
    write_name(out, policy_product_names, row->product);
    write_text(out, "insurer");
    write_id(out, query->facts, row->insurer);
    write_text(out, "state");
    write_text(out, state_name(MACHINE_POLICY,
                               state_at(query->facts, MACHINE_POLICY, policy, &query->view)));
    write_text(out, "sum");
    write_int(out, row->sum_fen);
    write_text(out, "from");
    write_day(out, row->from);
    write_text(out, "to");
    write_day(out, row->to);
    return 6;
}

static struct slice cell_label(const struct insuring *insuring, const struct cell *cell)
{
    const struct query *query = insuring->query;
    if (insuring->by == BY_PRODUCT) {
        return slice_text(policy_product_names[cell->product]);
    }
    if (insuring->by == BY_INSURER) {
        return label_of(query, cell->aggregate);
    }
    return label_of(query, policy_at(query->facts, cell->aggregate, &query->view)->holder);
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    struct insuring *insuring = arg;
    const struct cell *cell = column_at(&insuring->cells, row->payload);
    (void)fault;
    size_t mark = write_map_begin(out);
    write_text(out, "key");
    write_str(out, row->key);
    write_text(out, "label");
    write_str(out, cell_label(insuring, cell));
    uint32_t pairs = 2;
    if (insuring->by == BY_POLICY) {
        pairs += write_terms(insuring->query, cell->aggregate, out);
    }
    write_map_end(out, mark, pairs + write_cell(cell, out));
    return STATUS_OK;
}

enum status insurance_query(const struct query *query, struct writer *out, uint32_t *pairs,
                            struct fault *fault)
{
    struct insuring insuring;
    enum status status = insuring_read(&insuring, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&insuring.scratch);
    column_init(&insuring.cells, sizeof(struct cell));
    page_init(&insuring.page, &insuring.scratch, query);
    insuring.slot = scratch_take(
        &insuring.scratch, (query->view.published.aggregates + UINT8_MAX + 1) * sizeof(uint32_t));
    status = run(&insuring, fault);
    for (uint64_t i = 0; i < insuring.cells.count; i++) {
        page_offer(&insuring.page, cell_key(&insuring, column_at(&insuring.cells, i)), i);
    }
    if (status == STATUS_OK) {
        status = page_write(&insuring.page, write_row, &insuring, out, pairs, fault);
    }
    if (status == STATUS_OK) {
        bool any = insuring.total.of[POLICIES] > 0;
        write_text(out, "total");
        write_array(out, any ? 1 : 0);
        if (any) {
            size_t mark = write_map_begin(out);
            write_map_end(out, mark, write_cell(&insuring.total, out));
        }
        *pairs += 1;
    }
    column_done(&insuring.cells);
    scratch_done(&insuring.scratch);
    return status;
}

/* ---- explain: what made the exposure ---- */

static int64_t exposure_figure(const struct query *query, uint32_t policy,
                               const struct viewpoint *view)
{
    return exposure_of(query->facts, policy, view);
}

enum status insurance_explain(const struct query *query, struct slice key, struct writer *out,
                              uint32_t *pairs, struct fault *fault)
{
    struct insuring insuring;
    struct explanation explanation;
    enum status status = insuring_read(&insuring, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    explanation_init(&explanation, query);
    for (uint64_t i = 0; i < query->view.published.rows[FACT_POLICY]; i++) {
        const struct policy_row *row = wanted(&insuring, i);
        if (row == NULL) {
            continue;
        }
        struct cell cell = {.aggregate = insuring.by == BY_POLICY ? row->fact.key : row->insurer,
                            .product = row->product};
        if (slice_equal(cell_key(&insuring, &cell), key)) {
            steps_begin(&explanation);
            steps_note_chain(&explanation, FACT_POLICY, row->fact.key);
            steps_note_chain(&explanation, FACT_STATE, row->fact.key);
            steps_note_chain(&explanation, FACT_INDEMNITY, row->fact.key);
            explain_aggregate(&explanation, row->fact.key, exposure_figure);
        }
    }
    status = explanation_write(&explanation, out, pairs, fault);
    explanation_done(&explanation);
    return status;
}
