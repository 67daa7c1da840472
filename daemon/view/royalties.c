/* Royalties by contract (domain 5.6).
 *
 *   R1  Earned is what the bases earn before caps, statements audited; capped what the caps took
 *       away; royalty what was stated, and computed where nothing is stated yet; credited what
 *       statements took from entry fees and minimums.
 *   R2  Paid is principal on royalties and minimums; a true-up is what the daemon asked for up
 *       to a minimum.
 *   R3  A period is unreported if its report is missing (royalty_reports.h) and was due before
 *       as_of.
 *   R4  A base in units is no money: then `base` is null and `units` counts. */

#include "daemon/ledger/royalty.h"

#include <stdlib.h>

#include "daemon/ledger/calendar.h"
#include "daemon/ledger/contract.h"
#include "daemon/ledger/due.h"
#include "daemon/ledger/obligation.h"
#include "daemon/view/contract_rows.h"
#include "daemon/view/label.h"
#include "daemon/view/page.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"
#include "daemon/view/royalty_reports.h"
#include "daemon/view/standing.h"

const char *const royalties_parameters[] = {"party", NULL};

struct figures {
    uint8_t currency;
    int64_t earned, capped, royalty, credited, min_true_up, paid, outstanding, unreported;
};

struct royalties {
    const struct query *query;
    struct scratch scratch;
    struct page page;
    uint32_t party;
    struct column totals; /* struct figures, one a currency */
};

static void read_debts(const struct query *query, uint32_t contract, struct figures *figures)
{
    size_t count;
    uint32_t *list = obligation_list(query->facts, contract, &query->view, &count);
    for (size_t i = 0; i < count; i++) {
        struct obligation_figures debt;
        obligation_evaluate(query->facts, list[i], &query->view, &debt);
        bool minimum = debt.terms->kind == OBLIGATION_KIND_min_royalty;
        if (minimum || debt.terms->kind == OBLIGATION_KIND_royalty) {
            figures->paid += debt.paid;
            figures->outstanding += debt.outstanding;
            figures->min_true_up += minimum && debt.terms->by_daemon ? debt.scheduled : 0;
        }
    }
    free(list);
}

/* R3 */
static void count_report(void *arg, int32_t period_end, int32_t due)
{
    int64_t *count = arg;
    (void)period_end;
    (void)due;
    (*count)++;
}

static int64_t unreported(const struct query *query, const struct standing *standing,
                          const struct royalty_row *terms)
{
    int64_t count = 0;
    royalty_reports_missing(query, standing, terms, query->view.as_of - 1, count_report, &count);
    return count;
}

/* ---- rows ---- */

static bool royalty_read(const struct royalties *royalties, uint64_t index,
                         struct standing *standing, struct royalty_totals *totals)
{
    const struct query *query = royalties->query;
    const struct contract_row *row = facts_row(query->facts, FACT_CONTRACT, index);
    if (facts_head(query->facts, FACT_ROYALTY, row->fact.key, true) == NO_ROW ||
        !standing_read(query, index, standing)) {
        return false;
    }
    royalty_total(query->facts, standing->contract, &query->view, totals);
    return totals->terms != NULL && (royalties->party == AGGREGATE_NONE ||
                                     standing_has_party(query, standing, royalties->party));
}

static struct figures figures_of(const struct query *query, const struct standing *standing,
                                 const struct royalty_totals *totals)
{
    struct figures figures = {.currency = standing->row->currency,
                              .earned = totals->earned,
                              .capped = totals->capped,
                              .royalty = totals->royalty,
                              .credited = totals->credited};
    read_debts(query, standing->contract, &figures);
    figures.unreported = unreported(query, standing, totals->terms);
    return figures;
}

static void add_total(struct royalties *royalties, const struct figures *figures)
{
    struct figures *total = NULL;
    for (uint64_t i = 0; i < royalties->totals.count && total == NULL; i++) {
        struct figures *other = column_at(&royalties->totals, i);
        total = other->currency == figures->currency ? other : NULL;
    }
    if (total == NULL) {
        total = column_push(&royalties->totals);
        total->currency = figures->currency;
    }
    total->earned += figures->earned;
    total->capped += figures->capped;
    total->royalty += figures->royalty;
    total->credited += figures->credited;
    total->min_true_up += figures->min_true_up;
    total->paid += figures->paid;
    total->outstanding += figures->outstanding;
    total->unreported += figures->unreported;
}

static uint32_t write_figures(const struct figures *figures, struct writer *out)
{
    const struct {
        const char *name;
        int64_t value;
    } columns[] = {
        {"earned", figures->earned},           {"capped", figures->capped},
        {"royalty", figures->royalty},         {"credited", figures->credited},
        {"min_true_up", figures->min_true_up}, {"paid", figures->paid},
        {"outstanding", figures->outstanding}, {"unreported_periods", figures->unreported},
    };
    uint32_t count = sizeof(columns) / sizeof(columns[0]);
    for (uint32_t i = 0; i < count; i++) {
        write_text(out, columns[i].name);
        write_int(out, columns[i].value);
    }
    return count;
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    struct royalties *royalties = arg;
    struct standing standing;
    struct royalty_totals totals;
    (void)fault;
    if (!royalty_read(royalties, row->payload, &standing, &totals)) {
        write_nil(out);
        return STATUS_OK;
    }
    struct figures figures = figures_of(royalties->query, &standing, &totals);
    bool units = totals.terms->base == ROYALTY_BASE_units;
    size_t mark = write_map_begin(out);
    write_contract_head(royalties->query, standing.contract, figures.currency, out);
    write_text(out, "base_kind");
    write_name(out, royalty_base_names, totals.terms->base);
    write_text(out, "base");
    write_amount(out, units ? AMOUNT_UNKNOWN : totals.base);
    write_text(out, "units");
    write_amount(out, units ? totals.base : AMOUNT_UNKNOWN);
    write_map_end(out, mark, 6 + write_figures(&figures, out));
    return STATUS_OK;
}

static void write_totals(const struct royalties *royalties, struct writer *out)
{
    uint32_t count = 0;
    write_text(out, "total");
    size_t mark = write_array_begin(out);
    for (unsigned currency = 0; currency < UINT8_MAX; currency++) {
        for (uint64_t i = 0; i < royalties->totals.count; i++) {
            const struct figures *total = column_at(&royalties->totals, i);
            if (total->currency == currency) {
                size_t map = write_map_begin(out);
                write_text(out, "currency");
                write_text(out, currency_code(total->currency));
                write_map_end(out, map, 1 + write_figures(total, out));
                count++;
            }
        }
    }
    write_array_end(out, mark, count);
}

enum status royalties_query(const struct query *query, struct writer *out, uint32_t *pairs,
                            struct fault *fault)
{
    struct royalties royalties = {.query = query};
    enum status status = params_check(query, royalties_parameters, fault);
    if (status == STATUS_OK) {
        status = param_aggregate(query, "party", KIND_party, &royalties.party, fault);
    }
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&royalties.scratch);
    column_init(&royalties.totals, sizeof(struct figures));
    page_init(&royalties.page, &royalties.scratch, query);
    for (uint64_t i = 0; i < query->view.published.rows[FACT_CONTRACT]; i++) {
        struct standing standing;
        struct royalty_totals totals;
        if (royalty_read(&royalties, i, &standing, &totals)) {
            struct figures figures = figures_of(query, &standing, &totals);
            add_total(&royalties, &figures);
            page_offer(&royalties.page, aggregate_id(query->facts, standing.contract), i);
        }
    }
    status = page_write(&royalties.page, write_row, &royalties, out, pairs, fault);
    if (status == STATUS_OK) {
        write_totals(&royalties, out);
        *pairs += 1;
    }
    column_done(&royalties.totals);
    scratch_done(&royalties.scratch);
    return status;
}

/* ---- explain: statements and audits of one contract ---- */

static bool line_of(const struct query *query, const struct fact *fact,
                    struct explanation_line *line)
{
    const struct statement_row *row = (const struct statement_row *)(const void *)fact;
    (void)query;
    line->what = row->audited ? "audited" : "stated";
    line->amount = row->royalty_fen;
    return true;
}

enum status royalties_explain(const struct query *query, struct slice key, struct writer *out,
                              uint32_t *pairs, struct fault *fault)
{
    return explain_contract_rows(query, key, FACT_STATEMENT, line_of, out, pairs, fault);
}
