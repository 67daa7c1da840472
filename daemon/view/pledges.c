/* Pledges (domain 5.9): loans granted, balances of pledges that stand, patents under them.
 *
 *   L1  `flow` is the sum of loans by loan date, and no release takes from it; `stock` is the sum
 *       of balances of pledges not released nor enforced, at the end of the row's period or at
 *       as_of, whichever comes first.
 *   L2  A patent under several pledges counts once in a row, and once in the total.
 *   L3  Growth compares the flow with that of the period before, null for the first row and where
 *       there was none (ruling 37). */

#include <stdio.h>
#include <stdlib.h>

#include "daemon/ledger/calendar.h"
#include "daemon/ledger/money.h"
#include "daemon/ledger/pledge.h"
#include "daemon/view/explain.h"
#include "daemon/view/label.h"
#include "daemon/view/page.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"
#include "daemon/view/sum.h"

enum by { BY_YEAR, BY_QUARTER, BY_MONTH, BY_PLEDGEE, BY_PLEDGE };
static const char *const by_names[] = {"year", "quarter", "month", "pledgee", "pledge", NULL};
const char *const pledges_parameters[] = {"by", "period", "pledgee", "pledgor", NULL};

struct cell {
    int64_t place; /* pledge or pledgee; or the number of the period */
    int64_t pledges, flow, stock, patents;
    uint64_t first, count; /* its pledges, in the list by place */
    int32_t day;           /* of the stock */
};

struct item {
    int64_t place;
    const struct pledge_row *row;
};

struct pledging {
    const struct query *query;
    struct scratch scratch;
    struct page page;
    enum by by;
    bool has_period;
    int32_t from, to;
    uint32_t pledgee, pledgor; /* AGGREGATE_NONE: any */
    struct column cells;       /* by place, ascending */
    struct cell total;
    uint32_t *met; /* by technology: the last cell that met it, + 1 */
    uint32_t marks;
};

static enum status pledging_read(struct pledging *pledging, const struct query *query,
                                 struct fault *fault)
{
    int by = BY_YEAR;
    *pledging = (struct pledging){.query = query};
    enum status status = params_check(query, pledges_parameters, fault);
    if (status == STATUS_OK) {
        status = param_enum(query, "by", by_names, BY_YEAR, &by, fault);
    }
    if (status == STATUS_OK) {
        status = param_period(query, "period", &pledging->from, &pledging->to,
                              &pledging->has_period, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "pledgee", KIND_party, &pledging->pledgee, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "pledgor", KIND_party, &pledging->pledgor, fault);
    }
    pledging->by = (enum by)by;
    return status;
}

/* The pledge whose terms are row `index`, if they are those of the viewpoint and asked for. */
static const struct pledge_row *wanted(const struct pledging *pledging, uint64_t index)
{
    const struct query *query = pledging->query;
    const struct pledge_row *row = facts_row(query->facts, FACT_PLEDGE, index);
    bool terms = row->step == PLEDGE_STEP_REGISTERED || row->step == PLEDGE_STEP_CHANGED;
    bool asked = (pledging->pledgee == AGGREGATE_NONE || pledging->pledgee == row->pledgee) &&
                 (pledging->pledgor == AGGREGATE_NONE || pledging->pledgor == row->pledgor) &&
                 (!pledging->has_period ||
                  (row->loan_date >= pledging->from && row->loan_date <= pledging->to));
    return terms && asked && fact_counts(&row->fact, &query->view) &&
                   pledge_terms(query->facts, row->fact.key, &query->view) == row
               ? row
               : NULL;
}

/* ---- periods ---- */

static bool is_timed(const struct pledging *pledging)
{
    return pledging->by <= BY_MONTH;
}

static int32_t months_of(const struct pledging *pledging)
{
    static const int32_t months[] = {12, 3, 1};
    return months[pledging->by];
}

static int64_t place_of(const struct pledging *pledging, const struct pledge_row *row)
{
    struct civil civil = civil_of(row->loan_date);
    if (is_timed(pledging)) {
        return (civil.year * INT64_C(12) + civil.month - 1) / months_of(pledging);
    }
    return pledging->by == BY_PLEDGEE ? row->pledgee : row->fact.key;
}

static int32_t last_day(const struct pledging *pledging, int64_t place)
{
    int64_t next = (place + 1) * months_of(pledging);
    return day_of((int32_t)(next / 12), (unsigned)(next % 12) + 1, 1) - 1;
}

/* ---- figures ---- */

static void count_patents(struct pledging *pledging, const struct pledge_row *terms,
                          struct cell *cell)
{
    for (uint32_t i = 0; i < terms->technologies.count; i++) {
        uint32_t technology = share_at(pledging->query->facts, terms->technologies, i)->aggregate;
        cell->patents += pledging->met[technology] != pledging->marks; /* L2 */
        pledging->met[technology] = pledging->marks;
    }
}

/* What stands on the cell's day of one pledge. */
static enum status add_stock(struct pledging *pledging, uint32_t pledge, struct cell *cell,
                             struct fault *fault)
{
    struct viewpoint then = pledging->query->view;
    then.as_of = cell->day;
    const struct pledge_row *terms = pledge_terms(pledging->query->facts, pledge, &then);
    if (terms == NULL || !pledge_stands(pledging->query->facts, pledge, &then)) {
        return STATUS_OK;
    }
    count_patents(pledging, terms, cell);
    return sum_add(&cell->stock, pledge_balance(pledging->query->facts, pledge, &then), fault);
}

static int compare_items(const void *a, const void *b)
{
    const struct item *first = a;
    const struct item *second = b;
    int order = (first->place > second->place) - (first->place < second->place);
    return order != 0 ? order
                      : (first->row->fact.seq > second->row->fact.seq) -
                            (first->row->fact.seq < second->row->fact.seq);
}

/* One cell for each place, in order. */
static void make_cells(struct pledging *pledging, struct item *items, uint64_t count)
{
    int32_t as_of = pledging->query->view.as_of;
    struct cell *cell = NULL;
    if (count > 0) {
        qsort(items, count, sizeof(items[0]), compare_items);
    }
    for (uint64_t i = 0; i < count; i++) {
        if (cell == NULL || cell->place != items[i].place) {
            cell = column_push(&pledging->cells);
            cell->place = items[i].place;
            cell->first = i;
            cell->day = as_of;
            if (is_timed(pledging) && last_day(pledging, cell->place) < as_of) {
                cell->day = last_day(pledging, cell->place);
            }
        }
        cell->count++;
    }
}

static struct cell *cell_at(const struct pledging *pledging, uint64_t i)
{
    return column_at(&pledging->cells, i);
}

static enum status add_flow(struct cell *cell, const struct item *items, uint64_t count,
                            struct fault *fault)
{
    enum status status = STATUS_OK;
    for (uint64_t i = 0; i < count && status == STATUS_OK; i++) {
        status = sum_add(&cell->flow, items[i].row->amount, fault);
    }
    cell->pledges = (int64_t)count;
    return status;
}

/* A cell at a time, so that a patent is met once in each. */
static enum status add_stocks(struct pledging *pledging, struct cell *cell,
                              const struct item *items, uint64_t count, struct fault *fault)
{
    enum status status = STATUS_OK;
    pledging->marks++;
    for (uint64_t i = 0; i < count && status == STATUS_OK; i++) {
        status = add_stock(pledging, items[i].row->fact.key, cell, fault);
    }
    return status;
}

/* The flow of a period is of its loans, the stock of all of them; that of a pledgee or a pledge of
 * its own. */
static enum status run(struct pledging *pledging, struct fault *fault)
{
    const struct query *query = pledging->query;
    uint64_t all = query->view.published.rows[FACT_PLEDGE];
    uint64_t count = 0;
    struct item *items = scratch_take(&pledging->scratch, (all + 1) * sizeof(*items));
    for (uint64_t i = 0; i < all; i++) {
        const struct pledge_row *row = wanted(pledging, i);
        if (row != NULL) {
            items[count++] = (struct item){.place = place_of(pledging, row), .row = row};
        }
    }
    make_cells(pledging, items, count);
    pledging->total.day = query->view.as_of;
    enum status status = add_flow(&pledging->total, items, count, fault);
    if (status == STATUS_OK) {
        status = add_stocks(pledging, &pledging->total, items, count, fault);
    }
    for (uint64_t c = 0; c < pledging->cells.count && status == STATUS_OK; c++) {
        struct cell *cell = cell_at(pledging, c);
        bool own = !is_timed(pledging);
        status = add_flow(cell, items + cell->first, cell->count, fault);
        if (status == STATUS_OK) {
            status = add_stocks(pledging, cell, own ? items + cell->first : items,
                                own ? cell->count : count, fault);
        }
    }
    return status;
}

/* ---- rows ---- */

static size_t cell_key(const struct pledging *pledging, int64_t place, char *out)
{
    switch (pledging->by) {
    case BY_YEAR:
        return (size_t)snprintf(out, KEY_BYTES_MAX, "%04d", (int)place);
    case BY_QUARTER:
        return (size_t)snprintf(out, KEY_BYTES_MAX, "%04d-Q%d", (int)(place / 4),
                                (int)(place % 4) + 1);
    case BY_MONTH:
        return (size_t)snprintf(out, KEY_BYTES_MAX, "%04d-%02d", (int)(place / 12),
                                (int)(place % 12) + 1);
    case BY_PLEDGEE:
    case BY_PLEDGE:
        break;
    }
    return key_id(pledging->query->facts, (uint32_t)place, out);
}

static uint32_t write_cell(const struct cell *cell, struct writer *out)
{
    write_text(out, "pledges");
    write_int(out, cell->pledges);
    write_text(out, "flow");
    write_int(out, cell->flow);
    write_text(out, "stock");
    write_int(out, cell->stock);
    write_text(out, "patents");
    write_int(out, cell->patents);
    return 4;
}

static uint32_t write_growth(const struct pledging *pledging, uint64_t index, struct writer *out)
{
    const struct cell *cell = cell_at(pledging, index);
    const struct cell *before = index > 0 ? cell_at(pledging, index - 1) : NULL;
    int64_t permille;
    bool next = before != NULL && before->place + 1 == cell->place;
    write_text(out, "flow_growth_permille");
    if (next && growth_permille(cell->flow, before->flow, &permille)) { /* L3 */
        write_int(out, permille);
    } else {
        write_nil(out);
    }
    return 1;
}

static uint32_t write_terms(const struct query *query, uint32_t pledge, struct writer *out)
{
    const struct pledge_row *row = pledge_terms(query->facts, pledge, &query->view);
    write_text(out, "state");
    write_text(out, state_name(MACHINE_PLEDGE,
                               state_at(query->facts, MACHINE_PLEDGE, pledge, &query->view)));
    write_text(out, "pledge_no");
    write_str(out, text_of(query->facts, row->pledge_no));
    write_text(out, "pledgor");
    write_id(out, query->facts, row->pledgor);
    write_text(out, "pledgee");
    write_id(out, query->facts, row->pledgee);
    write_text(out, "loan_date");
    write_day(out, row->loan_date);
    write_text(out, "due");
    write_day(out, row->due);
    return 6;
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    struct pledging *pledging = arg;
    const struct query *query = pledging->query;
    const struct cell *cell = cell_at(pledging, row->payload);
    (void)fault;
    size_t mark = write_map_begin(out);
    write_text(out, "key");
    write_str(out, row->key);
    write_text(out, "label");
    uint32_t pairs = 2;
    if (is_timed(pledging)) {
        write_str(out, row->key);
        pairs += write_growth(pledging, row->payload, out);
    } else if (pledging->by == BY_PLEDGEE) {
        write_str(out, label_of(query, (uint32_t)cell->place));
    } else {
        uint32_t pledge = (uint32_t)cell->place;
        const struct pledge_row *terms = pledge_terms(query->facts, pledge, &query->view);
        write_str(out, label_of(query, terms->pledgor));
        pairs += write_terms(query, pledge, out);
    }
    write_map_end(out, mark, pairs + write_cell(cell, out));
    return STATUS_OK;
}

static void write_total(const struct pledging *pledging, struct writer *out)
{
    bool any = pledging->total.pledges > 0;
    write_text(out, "total");
    write_array(out, any ? 1 : 0);
    if (any) {
        size_t mark = write_map_begin(out);
        write_map_end(out, mark, write_cell(&pledging->total, out));
    }
}

enum status pledges_query(const struct query *query, struct writer *out, uint32_t *pairs,
                          struct fault *fault)
{
    struct pledging pledging;
    char key[KEY_BYTES_MAX];
    enum status status = pledging_read(&pledging, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&pledging.scratch);
    column_init(&pledging.cells, sizeof(struct cell));
    page_init(&pledging.page, &pledging.scratch, query);
    pledging.met =
        scratch_take(&pledging.scratch, (query->view.published.aggregates + 1) * sizeof(uint32_t));
    status = run(&pledging, fault);
    for (uint64_t i = 0; i < pledging.cells.count; i++) {
        size_t len = cell_key(&pledging, cell_at(&pledging, i)->place, key);
        page_offer(&pledging.page, slice_of(key, len), i);
    }
    if (status == STATUS_OK) {
        status = page_write(&pledging.page, write_row, &pledging, out, pairs, fault);
    }
    if (status == STATUS_OK) {
        write_total(&pledging, out);
        *pairs += 1;
    }
    column_done(&pledging.cells);
    scratch_done(&pledging.scratch);
    return status;
}

/* ---- explain: what made the flow of a period, or the balances of a pledgee or pledge ---- */

static int64_t flow_figure(const struct query *query, uint32_t pledge, const struct viewpoint *view)
{
    const struct pledge_row *terms = pledge_terms(query->facts, pledge, view);
    return terms == NULL ? 0 : terms->amount;
}

static int64_t balance_figure(const struct query *query, uint32_t pledge,
                              const struct viewpoint *view)
{
    return pledge_balance(query->facts, pledge, view);
}

enum status pledges_explain(const struct query *query, struct slice key, struct writer *out,
                            uint32_t *pairs, struct fault *fault)
{
    struct pledging pledging;
    struct explanation explanation;
    char own[KEY_BYTES_MAX];
    enum status status = pledging_read(&pledging, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    explanation_init(&explanation, query);
    for (uint64_t i = 0; i < query->view.published.rows[FACT_PLEDGE]; i++) {
        const struct pledge_row *row = wanted(&pledging, i);
        if (row == NULL) {
            continue;
        }
        size_t len = cell_key(&pledging, place_of(&pledging, row), own);
        if (slice_equal(slice_of(own, len), key)) {
            steps_begin(&explanation);
            steps_note_chain(&explanation, FACT_PLEDGE, row->fact.key);
            steps_note_chain(&explanation, FACT_STATE, row->fact.key);
            explain_aggregate(&explanation, row->fact.key,
                              is_timed(&pledging) ? flow_figure : balance_figure);
        }
    }
    status = explanation_write(&explanation, out, pairs, fault);
    explanation_done(&explanation);
    return status;
}
