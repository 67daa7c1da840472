/* Claims one by one: state, amounts, and the insurer's clocks (Insurance Law arts 23-25).
 *
 *   K1  Four clocks: to adjust within 30 days of the filing, to pay within 10 of the adjustment,
 *       to give notice of a rejection within 3, and to adjust at least a part within 60 of the
 *       filing. The last day rolls like any period's (Civil Code art 203).
 *   K2  A clock that was overrun once stays a breach, whatever came later; each adjustment has its
 *       own clock of payment until the next. */

#include <stdio.h>

#include "daemon/ledger/calendar.h"
#include "daemon/ledger/claim.h"
#include "daemon/ledger/policy.h"
#include "daemon/view/explain.h"
#include "daemon/view/label.h"
#include "daemon/view/page.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"
#include "daemon/view/sum.h"

enum clock { CLOCK_ADJUST, CLOCK_PAY, CLOCK_NOTICE, CLOCK_ADVANCE, CLOCKS };
static const char *const clock_names[CLOCKS] = {"adjust", "pay", "notice", "advance"};
static const char *const by_clock_names[CLOCKS] = {"adjust_by", "pay_by", "notice_by",
                                                   "advance_by"};
static const int32_t clock_days[CLOCKS] = {30, 10, 3, 60};

const char *const claims_parameters[] = {"claim", "insurer", "policy", "state", NULL};

enum amount_column { LOSS, APPROVED, PAID, RECOVERED, RESERVES, COLUMNS };
static const char *const column_names[COLUMNS] = {"loss", "approved", "paid", "recovered",
                                                  "reserves"};

struct claiming {
    const struct query *query;
    struct scratch scratch;
    struct page page;
    uint32_t claim, insurer, policy; /* AGGREGATE_NONE: any */
    int state;                       /* -1: any */
    int64_t count, breached;
    int64_t of[COLUMNS];
};

struct clocks {
    int32_t by[CLOCKS]; /* DAY_NONE: does not run */
    bool breach[CLOCKS];
    bool any;
};

static enum status claiming_read(struct claiming *claiming, const struct query *query,
                                 struct fault *fault)
{
    *claiming = (struct claiming){.query = query};
    enum status status = params_check(query, claims_parameters, fault);
    if (status == STATUS_OK) {
        status = param_aggregate(query, "claim", KIND_claim, &claiming->claim, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "insurer", KIND_party, &claiming->insurer, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "policy", KIND_policy, &claiming->policy, fault);
    }
    return status == STATUS_OK ? param_state(query, MACHINE_CLAIM, &claiming->state, fault)
                               : status;
}

static uint32_t insurer_of(const struct query *query, uint32_t policy)
{
    const struct policy_row *row = policy_at(query->facts, policy, &query->view);
    return row == NULL ? AGGREGATE_NONE : row->insurer;
}

/* The claim that row `index` filed. */
static bool wanted(const struct claiming *claiming, uint64_t index, struct claim_figures *figures)
{
    const struct query *query = claiming->query;
    const struct claim_row *filed = facts_row(query->facts, FACT_CLAIM, index);
    if (filed->step != CLAIM_STEP_FILED || !fact_counts(&filed->fact, &query->view)) {
        return false;
    }
    claim_evaluate(query->facts, filed->fact.key, &query->view, figures);
    return (claiming->claim == AGGREGATE_NONE || claiming->claim == filed->fact.key) &&
           (claiming->policy == AGGREGATE_NONE || claiming->policy == filed->policy) &&
           (claiming->insurer == AGGREGATE_NONE ||
            claiming->insurer == insurer_of(query, filed->policy)) &&
           (claiming->state < 0 || claiming->state == figures->state);
}

/* ---- clocks ---- */

static int32_t deadline(const struct query *query, enum clock clock, int32_t from)
{
    return roll_following(query->facts, from + clock_days[clock], &query->view);
}

static int64_t paid_by(const struct query *query, uint32_t claim, int32_t day)
{
    int64_t paid = 0;
    uint32_t at;
    const struct claim_row *row = facts_first(query->facts, FACT_CLAIM, claim, &query->view, &at);
    for (; row != NULL; row = facts_next(query->facts, FACT_CLAIM, &query->view, &at)) {
        paid += row->step == CLAIM_STEP_PAID && row->fact.valid <= day ? row->amount : 0;
    }
    return paid;
}

/* Was an adjustment not paid in its time? Each runs until the next one or the rejection. */
static bool pay_breached(const struct query *query, uint32_t claim)
{
    int32_t end = query->view.as_of;
    uint32_t at;
    const struct claim_row *row = facts_first(query->facts, FACT_CLAIM, claim, &query->view, &at);
    for (; row != NULL; row = facts_next(query->facts, FACT_CLAIM, &query->view, &at)) {
        if (row->step == CLAIM_STEP_REJECTED) {
            end = row->fact.valid;
        } else if (row->step == CLAIM_STEP_ADJUSTED) {
            int32_t by = deadline(query, CLOCK_PAY, row->fact.valid);
            if (end > by && paid_by(query, claim, by) < row->amount) {
                return true;
            }
            end = row->fact.valid;
        }
    }
    return false;
}

static struct clocks clocks_of(const struct query *query, const struct claim_figures *figures)
{
    struct clocks clocks = {.by = {DAY_NONE, DAY_NONE, DAY_NONE, DAY_NONE}};
    int32_t filed = figures->filed->fact.valid;
    int32_t answered = query->view.as_of; /* adjusted or rejected, else still waiting */
    if (figures->first_adjusted_on != DAY_NONE) {
        answered = figures->first_adjusted_on;
    } else if (figures->rejected_on != DAY_NONE) {
        answered = figures->rejected_on;
    }
    clocks.by[CLOCK_ADJUST] = deadline(query, CLOCK_ADJUST, filed);
    clocks.by[CLOCK_ADVANCE] = deadline(query, CLOCK_ADVANCE, filed);
    clocks.breach[CLOCK_ADJUST] = answered > clocks.by[CLOCK_ADJUST];
    clocks.breach[CLOCK_ADVANCE] = answered > clocks.by[CLOCK_ADVANCE];
    if (figures->adjusted_on != DAY_NONE) {
        clocks.by[CLOCK_PAY] = deadline(query, CLOCK_PAY, figures->adjusted_on);
        clocks.breach[CLOCK_PAY] = pay_breached(query, figures->filed->fact.key);
    }
    if (figures->rejected_on != DAY_NONE) {
        clocks.by[CLOCK_NOTICE] = deadline(query, CLOCK_NOTICE, figures->rejected_on);
        clocks.breach[CLOCK_NOTICE] = figures->notice_on > clocks.by[CLOCK_NOTICE];
    }
    for (int c = 0; c < CLOCKS; c++) {
        clocks.any = clocks.any || clocks.breach[c];
    }
    return clocks;
}

/* ---- rows ---- */

static void amounts_of(const struct claim_figures *figures, int64_t *of)
{
    of[LOSS] = figures->filed->amount;
    of[APPROVED] = figures->approved == AMOUNT_UNKNOWN ? 0 : figures->approved;
    of[PAID] = figures->paid;
    of[RECOVERED] = figures->recovered;
    of[RESERVES] = claim_reserve(figures);
}

static uint32_t write_amounts(const int64_t *of, struct writer *out)
{
    for (int c = 0; c < COLUMNS; c++) {
        write_text(out, column_names[c]);
        write_int(out, of[c]);
    }
    return COLUMNS;
}

static uint32_t write_clocks(const struct clocks *clocks, struct writer *out)
{
    char names[64];
    size_t len = 0;
    for (int c = 0; c < CLOCKS; c++) {
        write_text(out, by_clock_names[c]);
        write_day(out, clocks->by[c]);
        if (clocks->breach[c]) {
            len += (size_t)snprintf(names + len, sizeof(names) - len, "%s%s", len > 0 ? "," : "",
                                    clock_names[c]);
        }
    }
    write_text(out, "sla_breach");
    write_bool(out, clocks->any);
    write_text(out, "breaches");
    write_str(out, slice_of(names, len));
    return CLOCKS + 2;
}

static uint32_t write_steps(const struct query *query, const struct claim_figures *figures,
                            struct writer *out)
{
    const struct claim_row *filed = figures->filed;
    const struct policy_row *policy = policy_at(query->facts, filed->policy, &query->view);
    write_text(out, "policy");
    write_id(out, query->facts, filed->policy);
    write_text(out, "insurer");
    write_id(out, query->facts, policy == NULL ? AGGREGATE_NONE : policy->insurer);
    write_text(out, "product");
    write_name(out, policy_product_names, policy == NULL ? UINT8_MAX : policy->product);
    write_text(out, "state");
    write_text(out, state_name(MACHINE_CLAIM, figures->state));
    write_text(out, "verdict");
    write_name(out, claim_verdict_names, figures->verdict);
    write_text(out, "event_date");
    write_day(out, filed->day);
    write_text(out, "filed_on");
    write_day(out, filed->fact.valid);
    return 7;
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    const struct claiming *claiming = arg;
    const struct query *query = claiming->query;
    struct claim_figures figures;
    int64_t of[COLUMNS];
    (void)fault;
    (void)wanted(claiming, row->payload, &figures);
    const struct policy_row *policy = policy_at(query->facts, figures.filed->policy, &query->view);
    struct clocks clocks = clocks_of(query, &figures);
    amounts_of(&figures, of);
    size_t mark = write_map_begin(out);
    write_text(out, "key");
    write_str(out, row->key);
    write_text(out, "label");
    write_str(out, label_of(query, policy == NULL ? AGGREGATE_NONE : policy->holder));
    uint32_t pairs = 2 + write_steps(query, &figures, out);
    pairs += write_amounts(of, out);
    write_map_end(out, mark, pairs + write_clocks(&clocks, out));
    return STATUS_OK;
}

static enum status scan(struct claiming *claiming, struct fault *fault)
{
    const struct query *query = claiming->query;
    enum status status = STATUS_OK;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_CLAIM] && status == STATUS_OK; i++) {
        struct claim_figures figures;
        int64_t of[COLUMNS];
        if (!wanted(claiming, i, &figures)) {
            continue;
        }
        amounts_of(&figures, of);
        claiming->count++;
        claiming->breached += clocks_of(query, &figures).any;
        for (int c = 0; c < COLUMNS && status == STATUS_OK; c++) {
            status = sum_add(&claiming->of[c], of[c], fault);
        }
        page_offer(&claiming->page, aggregate_id(query->facts, figures.filed->fact.key), i);
    }
    return status;
}

static void write_total(const struct claiming *claiming, struct writer *out)
{
    write_text(out, "total");
    write_array(out, claiming->count > 0 ? 1 : 0);
    if (claiming->count > 0) {
        size_t mark = write_map_begin(out);
        write_text(out, "claims");
        write_int(out, claiming->count);
        write_text(out, "breached");
        write_int(out, claiming->breached);
        write_map_end(out, mark, 2 + write_amounts(claiming->of, out));
    }
}

enum status claims_query(const struct query *query, struct writer *out, uint32_t *pairs,
                         struct fault *fault)
{
    struct claiming claiming;
    enum status status = claiming_read(&claiming, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&claiming.scratch);
    page_init(&claiming.page, &claiming.scratch, query);
    status = scan(&claiming, fault);
    if (status == STATUS_OK) {
        status = page_write(&claiming.page, write_row, &claiming, out, pairs, fault);
    }
    if (status == STATUS_OK) {
        write_total(&claiming, out);
        *pairs += 1;
    }
    scratch_done(&claiming.scratch);
    return status;
}

/* ---- explain: what was paid ---- */

static int64_t paid_figure(const struct query *query, uint32_t claim, const struct viewpoint *view)
{
    struct claim_figures figures;
    claim_evaluate(query->facts, claim, view, &figures);
    return figures.paid;
}

enum status claims_explain(const struct query *query, struct slice key, struct writer *out,
                           uint32_t *pairs, struct fault *fault)
{
    struct claiming claiming;
    struct explanation explanation;
    enum status status = claiming_read(&claiming, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    explanation_init(&explanation, query);
    for (uint64_t i = 0; i < query->view.published.rows[FACT_CLAIM]; i++) {
        struct claim_figures figures;
        if (!wanted(&claiming, i, &figures)) {
            continue;
        }
        uint32_t claim = figures.filed->fact.key;
        if (slice_equal(aggregate_id(query->facts, claim), key)) {
            steps_begin(&explanation);
            steps_note_chain(&explanation, FACT_CLAIM, claim);
            explain_aggregate(&explanation, claim, paid_figure);
        }
    }
    status = explanation_write(&explanation, out, pairs, fault);
    explanation_done(&explanation);
    return status;
}
