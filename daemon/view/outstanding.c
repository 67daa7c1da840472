/* What is owed, by contract, debtor, creditor, currency or obligation (domain 5.1).
 *
 *   O3  Rows are added up in flat arrays by dense aggregate number; texts are looked at only
 *       for the rows of the page.
 *   O4  Never netted: each currency is a row of its own, unapplied credit stands beside.
 *   O6  A merged party's rows are its survivor's, from the merger on, as known (ledger/merger.h).
 *   O5  The identity of 5.1 is checked on every line, row and total; a wrong answer is not
 *       given (STATUS_INTERNAL). */

#include "daemon/ledger/merger.h"
#include "daemon/view/explain_items.h"
#include "daemon/view/label.h"
#include "daemon/view/page.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"

#define PAYLOAD_OBLIGATION (UINT64_C(1) << 63)
#define OWN_CELL UINT32_MAX /* of a grouping by nothing but currency */

enum by { BY_CONTRACT, BY_DEBTOR, BY_CREDITOR, BY_CURRENCY, BY_OBLIGATION };
static const char *const by_names[] = {"contract", "debtor",     "creditor",
                                       "currency", "obligation", NULL};
const char *const outstanding_parameters[] = {"by",   "debtor",  "creditor", "contract",
                                              "kind", "buckets", NULL};

struct cell {
    uint32_t aggregate; /* AGGREGATE_NONE: nobody's */
    uint32_t next;      /* cell of the same aggregate in another currency, + 1 */
    uint8_t currency;
    struct amounts amounts;
};

struct grouping {
    uint32_t *first; /* by aggregate, the last for nobody: cell + 1 */
    uint64_t count;
    struct column cells;
};

struct asking {
    const struct query *query;
    struct scratch scratch;
    struct item_filter filter;
    struct overlay overlay;
    struct grouping groups, totals;
    struct page page;
    enum by by;
};

static void grouping_init(struct grouping *grouping, struct scratch *scratch, uint64_t aggregates)
{
    grouping->count = aggregates;
    grouping->first = scratch_take(scratch, (size_t)(aggregates + 1) * sizeof(uint32_t));
    column_init(&grouping->cells, sizeof(struct cell));
}

static struct cell *grouping_cell(struct grouping *grouping, uint32_t aggregate, uint8_t currency)
{
    uint64_t place = aggregate < grouping->count ? aggregate : grouping->count;
    uint32_t *link = &grouping->first[place];
    while (*link != 0) {
        struct cell *cell = column_at(&grouping->cells, *link - 1);
        if (cell->currency == currency) {
            return cell;
        }
        link = &cell->next;
    }
    struct cell *cell = column_push(&grouping->cells);
    cell->aggregate = aggregate;
    cell->currency = currency;
    *link = (uint32_t)grouping->cells.count;
    return cell;
}

static uint32_t group_of(const struct query *query, enum by by, const struct item *item)
{
    switch (by) {
    case BY_CONTRACT:
        return item->owner;
    case BY_DEBTOR:
        return party_survivor(query->facts, item->figures.terms->debtor, &query->view);
    case BY_CREDITOR:
        return party_survivor(query->facts, item->figures.terms->creditor, &query->view);
    case BY_CURRENCY:
    case BY_OBLIGATION:
        break;
    }
    return OWN_CELL;
}

static void offer_obligation(struct asking *asking, const struct item *item)
{
    char key[KEY_BYTES_MAX];
    size_t len = key_obligation(asking->query->facts, item->owner, item->no, key);
    len = key_currency(key, len, item->figures.terms->currency);
    page_offer(&asking->page, slice_of(key, len), PAYLOAD_OBLIGATION | item->obligation);
}

static enum status add_item(void *arg, const struct item *item, struct fault *fault)
{
    struct asking *asking = arg;
    uint8_t currency = item->figures.terms->currency;
    struct cell *cell;
    enum status status = amounts_check(&item->amounts, fault);
    if (status != STATUS_OK) {
        return status;
    }
    if (asking->by == BY_OBLIGATION) {
        offer_obligation(asking, item);
        cell = grouping_cell(&asking->totals, OWN_CELL, currency);
    } else {
        cell = grouping_cell(&asking->groups, group_of(asking->query, asking->by, item), currency);
    }
    return amounts_add(&cell->amounts, &item->amounts, fault);
}

static enum status add_credit(void *arg, const struct credit *credit, struct fault *fault)
{
    struct asking *asking = arg;
    const struct item_filter *filter = &asking->filter;
    const struct query *query = asking->query;
    uint32_t payer = party_survivor(query->facts, credit->payer, &query->view);
    uint32_t payee = party_survivor(query->facts, credit->payee, &query->view);
    struct amounts amounts = {0};
    uint32_t group = OWN_CELL;
    if (filter->kind >= 0 || (filter->debtor != AGGREGATE_NONE && filter->debtor != payer) ||
        (filter->creditor != AGGREGATE_NONE && filter->creditor != payee) ||
        (filter->owner != AGGREGATE_NONE && filter->owner != credit->owner)) {
        return STATUS_OK;
    }
    switch (asking->by) {
    case BY_CONTRACT:
        group = credit->owner;
        break;
    case BY_DEBTOR:
        group = payer;
        break;
    case BY_CREDITOR:
        group = payee;
        break;
    case BY_CURRENCY:
    case BY_OBLIGATION:
        break;
    }
    amounts.of[AMOUNT_UNAPPLIED_CREDIT] = credit->amount;
    struct cell *cell = grouping_cell(&asking->groups, group, credit->currency);
    return amounts_add(&cell->amounts, &amounts, fault);
}

static size_t cell_key(const struct asking *asking, const struct cell *cell, char *out)
{
    const struct facts *facts = asking->query->facts;
    size_t len = 0;
    if (asking->by == BY_CONTRACT) {
        len = key_owner(facts, cell->aggregate, out);
    } else if (asking->by == BY_CURRENCY) {
        memcpy(out, currency_code(cell->currency), 3);
        len = 3;
    } else {
        len = key_id(facts, cell->aggregate, out);
    }
    return len;
}

/* The groups as rows, and into the totals. */
static enum status offer_cells(struct asking *asking, struct fault *fault)
{
    char key[KEY_BYTES_MAX];
    enum status status = STATUS_OK;
    for (uint64_t i = 0; i < asking->groups.cells.count && status == STATUS_OK; i++) {
        const struct cell *cell = column_at(&asking->groups.cells, i);
        struct cell *total = grouping_cell(&asking->totals, OWN_CELL, cell->currency);
        size_t len = key_currency(key, cell_key(asking, cell, key), cell->currency);
        page_offer(&asking->page, slice_of(key, len), i);
        status = amounts_add(&total->amounts, &cell->amounts, fault);
    }
    return status;
}

/* The key without the currency behind it. */
static void write_key(struct writer *out, struct slice sort_key)
{
    write_text(out, "key");
    write_str(out, slice_of(sort_key.data, sort_key.len - 4));
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    struct asking *asking = arg;
    struct item item;
    const struct amounts *amounts;
    uint32_t aggregate;
    uint8_t currency;
    if ((row->payload & PAYLOAD_OBLIGATION) != 0) {
        uint32_t obligation = (uint32_t)row->payload;
        if (!item_read(asking->query, &asking->filter, &asking->overlay, obligation, &item)) {
            return fault_set(fault, STATUS_INTERNAL, NULL);
        }
        amounts = &item.amounts;
        currency = item.figures.terms->currency;
        aggregate = item.owner;
    } else {
        const struct cell *cell = column_at(&asking->groups.cells, row->payload);
        amounts = &cell->amounts;
        currency = cell->currency;
        aggregate = cell->aggregate;
    }
    size_t mark = write_map_begin(out);
    write_key(out, row->key);
    write_text(out, "label");
    if (asking->by == BY_CURRENCY) {
        write_text(out, currency_code(currency));
    } else {
        write_str(out, label_of(asking->query, aggregate));
    }
    write_text(out, "currency");
    write_text(out, currency_code(currency));
    write_map_end(out, mark, 3 + amounts_write(amounts, &asking->filter.buckets, out));
    return amounts_check(amounts, fault); /* O5 */
}

/* The cell whose currency code comes next after `last`, or NULL. */
static const struct cell *next_total(const struct grouping *totals, const struct cell *last)
{
    const struct cell *next = NULL;
    for (uint64_t i = 0; i < totals->cells.count; i++) {
        const struct cell *cell = column_at(&totals->cells, i);
        const char *code = currency_code(cell->currency);
        if ((last == NULL || strcmp(code, currency_code(last->currency)) > 0) &&
            (next == NULL || strcmp(code, currency_code(next->currency)) < 0)) {
            next = cell;
        }
    }
    return next;
}

static enum status write_totals(struct asking *asking, struct writer *out, uint32_t *pairs,
                                struct fault *fault)
{
    enum status status = STATUS_OK;
    write_text(out, "total");
    size_t mark = write_array_begin(out);
    uint32_t count = 0;
    const struct cell *cell = next_total(&asking->totals, NULL);
    for (; cell != NULL && status == STATUS_OK; cell = next_total(&asking->totals, cell)) {
        status = amounts_check(&cell->amounts, fault);
        size_t row = write_map_begin(out);
        write_text(out, "currency");
        write_text(out, currency_code(cell->currency));
        write_map_end(out, row, 1 + amounts_write(&cell->amounts, &asking->filter.buckets, out));
        count++;
    }
    write_array_end(out, mark, count);
    *pairs += 1;
    return status;
}

static enum status asking_read(struct asking *asking, const struct query *query,
                               struct fault *fault)
{
    int by = BY_CONTRACT;
    enum status status = params_check(query, outstanding_parameters, fault);
    if (status == STATUS_OK) {
        status = param_enum(query, "by", by_names, BY_CONTRACT, &by, fault);
    }
    if (status == STATUS_OK) {
        status = item_filter_read(query, &asking->filter, fault);
    }
    asking->query = query;
    asking->by = (enum by)by;
    return status;
}

enum status outstanding_query(const struct query *query, struct writer *out, uint32_t *pairs,
                              struct fault *fault)
{
    struct asking asking;
    enum status status = asking_read(&asking, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    bool whole = asking.by == BY_CURRENCY || asking.by == BY_OBLIGATION;
    scratch_init(&asking.scratch);
    grouping_init(&asking.groups, &asking.scratch, whole ? 0 : query->view.published.aggregates);
    grouping_init(&asking.totals, &asking.scratch, 0);
    page_init(&asking.page, &asking.scratch, query);
    overlay_init(&asking.overlay, query, &asking.scratch);
    status = items_visit(query, &asking.filter, &asking.overlay, add_item, &asking, fault);
    if (status == STATUS_OK) {
        status = credits_visit(query, &asking.scratch, add_credit, &asking, fault);
    }
    if (status == STATUS_OK) {
        status = offer_cells(&asking, fault);
    }
    if (status == STATUS_OK) {
        status = page_write(&asking.page, write_row, &asking, out, pairs, fault);
    }
    if (status == STATUS_OK) {
        status = write_totals(&asking, out, pairs, fault);
    }
    overlay_done(&asking.overlay);
    column_done(&asking.groups.cells);
    column_done(&asking.totals.cells);
    scratch_done(&asking.scratch);
    return status;
}

/* ---- explain ---- */

static void explain_item(struct explaining *explaining, const struct item *item)
{
    const struct asking *asking = explaining->arg;
    struct cell cell = {.aggregate = group_of(explaining->query, asking->by, item),
                        .currency = item->figures.terms->currency};
    char key[KEY_BYTES_MAX];
    size_t len = asking->by == BY_OBLIGATION
                     ? key_obligation(explaining->query->facts, item->owner, item->no, key)
                     : cell_key(asking, &cell, key);
    if (slice_equal(slice_of(key, len), explaining->key)) {
        explain_obligation(&explaining->explanation, item->obligation);
    }
}

enum status outstanding_explain(const struct query *query, struct slice key, struct writer *out,
                                uint32_t *pairs, struct fault *fault)
{
    struct asking asking;
    const struct item_explainer explainer = {&asking.filter, explain_item, &asking};
    enum status status = asking_read(&asking, query, fault);
    return status == STATUS_OK ? explain_items(query, key, &explainer, out, pairs, fault) : status;
}
