/* When money is expected: what is owed and what may come to be owed, by month of its due date
 * (domain 5.2).
 *
 *   F1  Months hold what is not past due: `committed`, apart from it the agreed `minimums` of
 *       royalties, and `contingent` sums by the day on which they would fall due. All months from
 *       that of as_of to the last are there, also empty ones.
 *   F2  The row without a month (key "") holds what is `overdue`, what has no due date
 *       (`unscheduled`, ruling 10; contingent sums without a computable one), and what is
 *       `disputed`, whenever it is due: none of it can be planned with.
 *   F3  overdue + committed + minimums + unscheduled + disputed is what `outstanding` says is
 *       outstanding, and contingent its contingent; checked for every obligation. */

#include <stdio.h>

#include "daemon/base/check.h"
#include "daemon/ledger/calendar.h"
#include "daemon/ledger/money.h"
#include "daemon/view/explain_items.h"
#include "daemon/view/label.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"
#include "daemon/view/tally.h"

enum { OVERDUE, COMMITTED, CONTINGENT, MINIMUMS, UNSCHEDULED, DISPUTED, FORECAST_COLUMNS };
static const char *const columns[] = {"overdue",     "committed", "contingent", "minimums",
                                      "unscheduled", "disputed",  NULL};
const char *const forecast_parameters[] = {"debtor", "creditor", "contract", "kind", NULL};

#define NO_MONTH INT32_MIN

/* What one obligation puts into the row of its month and into that without one. */
struct parts {
    int32_t month; /* months since year 0; NO_MONTH: nothing of it is dated */
    int64_t dated[FORECAST_COLUMNS], undated[FORECAST_COLUMNS];
};

static int32_t month_of(int32_t day)
{
    struct civil civil = civil_of(day);
    return civil.year * 12 + civil.month - 1;
}

static void parts_of(const struct obligation_figures *figures, int32_t as_of, struct parts *parts)
{
    *parts = (struct parts){.month = NO_MONTH};
    int64_t sure = figures->outstanding - figures->disputed;
    bool dated = figures->due != DAY_NONE;
    parts->undated[DISPUTED] = figures->disputed;
    if (figures->contingent > 0 && figures->due_scheduled != DAY_NONE) {
        int32_t day = figures->due_scheduled > as_of ? figures->due_scheduled : as_of;
        parts->month = month_of(day);
        parts->dated[CONTINGENT] = figures->contingent;
    } else {
        parts->undated[CONTINGENT] = figures->contingent;
    }
    if (sure == 0) {
        return;
    }
    if (!dated) {
        parts->undated[UNSCHEDULED] = sure;
    } else if (figures->days_past_due > 0) {
        parts->undated[OVERDUE] = sure;
    } else {
        bool minimum = figures->terms->kind == OBLIGATION_KIND_min_royalty;
        parts->month = month_of(figures->due);
        parts->dated[minimum ? MINIMUMS : COMMITTED] = sure;
    }
}

static size_t month_text(int32_t month, char out[16])
{
    int len = month == NO_MONTH
                  ? 0
                  : snprintf(out, 16, "%04d-%02d", (int)(month / 12), (int)(month % 12) + 1);
    return (size_t)len;
}

struct asking {
    const struct query *query;
    struct item_filter filter;
    struct tally tally;
    int32_t last[UINT8_MAX]; /* by currency: its last month */
    bool seen[UINT8_MAX];
};

static enum status add_to(struct asking *asking, int32_t month, uint8_t currency,
                          const int64_t *part, struct fault *fault)
{
    char key[16];
    struct slice text = slice_of(key, month_text(month, key));
    struct tally_cell *cell = tally_cell(&asking->tally, text, currency, AGGREGATE_NONE);
    return tally_add(&asking->tally, cell, part, fault);
}

static bool is_empty(const int64_t *part)
{
    for (size_t i = 0; i < FORECAST_COLUMNS; i++) {
        if (part[i] != 0) {
            return false;
        }
    }
    return true;
}

static enum status add_item(void *arg, const struct item *item, struct fault *fault)
{
    struct asking *asking = arg;
    struct parts parts;
    uint8_t currency = item->figures.terms->currency;
    parts_of(&item->figures, asking->query->view.as_of, &parts);
    int128 whole = 0;
    for (size_t i = 0; i < FORECAST_COLUMNS; i++) {
        whole += (int128)parts.dated[i] + parts.undated[i];
    }
    INVARIANT(whole == (int128)item->figures.outstanding + item->figures.contingent); /* F3 */
    enum status status = STATUS_OK;
    if (!is_empty(parts.undated)) {
        status = add_to(asking, NO_MONTH, currency, parts.undated, fault);
    }
    if (status == STATUS_OK && parts.month != NO_MONTH) {
        status = add_to(asking, parts.month, currency, parts.dated, fault);
        if (!asking->seen[currency] || parts.month > asking->last[currency]) {
            asking->seen[currency] = true;
            asking->last[currency] = parts.month;
        }
    }
    return status;
}

/* F1: months with nothing in them. */
static enum status fill_months(struct asking *asking, struct fault *fault)
{
    static const int64_t nothing[FORECAST_COLUMNS];
    enum status status = STATUS_OK;
    for (unsigned c = 0; c < UINT8_MAX && status == STATUS_OK; c++) {
        int32_t month = month_of(asking->query->view.as_of);
        for (; asking->seen[c] && month < asking->last[c] && status == STATUS_OK; month++) {
            status = add_to(asking, month, (uint8_t)c, nothing, fault);
        }
    }
    return status;
}

enum status forecast_query(const struct query *query, struct writer *out, uint32_t *pairs,
                           struct fault *fault)
{
    static const struct overlay nothing = {.slot = NULL};
    struct scratch scratch;
    scratch_init(&scratch);
    struct asking *asking = scratch_take(&scratch, sizeof(*asking));
    asking->query = query;
    enum status status = params_check(query, forecast_parameters, fault);
    if (status == STATUS_OK) {
        status = item_filter_read(query, &asking->filter, fault);
    }
    if (status != STATUS_OK) {
        scratch_done(&scratch);
        return status;
    }
    tally_init(&asking->tally, query, &scratch, columns);
    status = items_visit(query, &asking->filter, &nothing, add_item, asking, fault);
    if (status == STATUS_OK) {
        status = fill_months(asking, fault);
    }
    if (status == STATUS_OK) {
        status = tally_write(&asking->tally, NULL, NULL, out, pairs, fault);
    }
    tally_done(&asking->tally);
    scratch_done(&scratch);
    return status;
}

/* ---- explain ---- */

/* What the figures put into the row of the key. */
static int64_t in_row(void *arg, const struct obligation_figures *figures)
{
    const struct explaining *explaining = arg;
    struct parts parts;
    char key[16];
    int64_t sum = 0;
    if (!figures->visible) {
        return 0;
    }
    parts_of(figures, explaining->query->view.as_of, &parts);
    size_t len = parts.month != NO_MONTH ? month_text(parts.month, key) : 0;
    bool dated = len > 0 && len < sizeof(key) && slice_equal(slice_of(key, len), explaining->key);
    for (size_t i = 0; i < FORECAST_COLUMNS; i++) {
        sum += explaining->key.len == 0 ? parts.undated[i] : dated ? parts.dated[i] : 0;
    }
    return sum;
}

static void explain_item(struct explaining *explaining, const struct item *item)
{
    if (in_row(explaining, &item->figures) != 0) {
        explain_obligation_by(&explaining->explanation, item->obligation, in_row, explaining);
    }
}

enum status forecast_explain(const struct query *query, struct slice key, struct writer *out,
                             uint32_t *pairs, struct fault *fault)
{
    struct item_filter filter;
    const struct item_explainer explainer = {&filter, explain_item, NULL};
    enum status status = params_check(query, forecast_parameters, fault);
    if (status == STATUS_OK) {
        status = item_filter_read(query, &filter, fault);
    }
    return status == STATUS_OK ? explain_items(query, key, &explainer, out, pairs, fault) : status;
}
