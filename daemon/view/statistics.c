/* Statistics of registered contracts (domain 5.4): reading the question, writing the rows.
 *
 *   A1  The answer names its basis. `average` is turnover / count, half up, null when there is
 *       nothing to divide by; growth is null where there is nothing to compare with.
 *   A2  Rows exist for what was counted; a period without contracts has none. */

#include "daemon/view/statistics.h"

#include <stdlib.h>

#include "daemon/ledger/money.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"

#define NO_RATE_LISTED 100u

static const char *const basis_names[] = {"restated", "original", "flow", "received", NULL};
static const char *const compare_names[] = {"last-year", NULL};
const char *const statistics_parameters[] = {"basis",  "by",      "where", "year",
                                             "period", "compare", NULL};

enum whose { WHOSE_TIME, WHOSE_CONTRACT, WHOSE_SELLER, WHOSE_BUYER, WHOSE_BOTH };

/* ---- the question ---- */

static void take_dimension(struct statistics *statistics, enum statistics_key key)
{
    static const uint8_t whose[] = {
#define X(name, of) WHOSE_##of,
        STATISTICS_KEY_LIST(X)
#undef X
    };
    statistics->by[statistics->dimension_count++] = (uint8_t)key;
    statistics->by_seller |= whose[key] == WHOSE_SELLER || whose[key] == WHOSE_BOTH;
    statistics->by_buyer |= whose[key] == WHOSE_BUYER || whose[key] == WHOSE_BOTH;
    if (whose[key] == WHOSE_TIME) {
        enum granule granule = (enum granule)(GRANULE_YEAR + (int)key);
        statistics->granule = granule > statistics->granule ? granule : statistics->granule;
    }
}

static bool add_by(struct statistics *statistics, int key)
{
    if (key < 0 || statistics->by_count == BY_MAX) {
        return false;
    }
    for (uint32_t i = 0; i < statistics->by_count; i++) {
        if (statistics->by[i] == key) {
            return false;
        }
    }
    take_dimension(statistics, (enum statistics_key)key);
    statistics->by_count = statistics->dimension_count;
    return true;
}

bool statistics_filter_by(struct statistics *statistics, enum statistics_key key,
                          uint32_t *ret_dimension)
{
    if (key <= KEY_month || statistics->dimension_count == DIMENSIONS_MAX) {
        return false; /* time is asked for by `year` and `period` */
    }
    *ret_dimension = statistics->dimension_count;
    take_dimension(statistics, key);
    return true;
}

static enum status read_by(struct statistics *statistics, struct fault *fault)
{
    struct param_list list;
    enum status status = param_list(statistics->query, "by", &list, fault);
    if (status != STATUS_OK) {
        return status;
    }
    if (!list.given) {
        (void)add_by(statistics, KEY_year);
        return STATUS_OK;
    }
    for (uint32_t i = 0; i < list.count; i++) {
        if (!add_by(statistics, enum_index(statistics_key_names, list.text[i]))) {
            param_fault(fault, STATUS_BAD_PARAMS, "by");
            for (size_t k = 0; statistics_key_names[k] != NULL; k++) {
                fault_legal(fault, statistics_key_names[k]);
            }
            return STATUS_BAD_PARAMS;
        }
    }
    return STATUS_OK;
}

static enum status read_years(struct statistics *statistics, struct fault *fault)
{
    struct param_list list;
    enum status status = param_list(statistics->query, "year", &list, fault);
    for (uint32_t i = 0; status == STATUS_OK && i < list.count; i++) {
        if (i >= STATISTICS_YEARS_MAX || list.number[i] < 1900 || list.number[i] > 2199) {
            return param_fault(fault, STATUS_BAD_PARAMS, "year");
        }
        statistics->years[i] = (int32_t)list.number[i];
        statistics->year_count = i + 1;
    }
    return status;
}

static enum status read_question(struct statistics *statistics, struct fault *fault)
{
    const struct query *query = statistics->query;
    int basis = BASIS_RESTATED;
    int compare = -1;
    enum status status = params_check(query, statistics_parameters, fault);
    if (status == STATUS_OK) {
        status = param_enum(query, "basis", basis_names, BASIS_RESTATED, &basis, fault);
    }
    if (status == STATUS_OK) {
        status = param_enum(query, "compare", compare_names, -1, &compare, fault);
    }
    if (status == STATUS_OK) {
        status = read_by(statistics, fault);
    }
    if (status == STATUS_OK) {
        status = where_read(statistics, fault);
    }
    if (status == STATUS_OK) {
        status = read_years(statistics, fault);
    }
    if (status == STATUS_OK) {
        status = param_period(query, "period", &statistics->from, &statistics->to,
                              &statistics->has_period, fault);
    }
    if (status != STATUS_OK) {
        return status;
    }
    bool filtered = statistics->has_period || statistics->year_count > 0;
    if (compare >= 0 && statistics->granule == GRANULE_WHOLE && !filtered) {
        return param_fault(fault, STATUS_BAD_PARAMS, "compare"); /* with what? */
    }
    statistics->basis = (enum basis)basis;
    if (compare >= 0) {
        statistics->comparison = COMPARE_LAST_YEAR;
    } else if (statistics->granule != GRANULE_WHOLE) {
        statistics->comparison = COMPARE_BEFORE;
    }
    return STATUS_OK;
}

static int64_t *room(struct statistics *statistics)
{
    return scratch_take(&statistics->scratch, LIST_ITEMS_MAX * sizeof(int64_t));
}

struct statistics *statistics_new(const struct query *query)
{
    struct scratch scratch;
    scratch_init(&scratch);
    struct statistics *statistics = scratch_take(&scratch, sizeof(*statistics));
    statistics->query = query;
    statistics->scratch = scratch;
    column_init(&statistics->cells, sizeof(struct statistics_cell));
    column_init(&statistics->texts, sizeof(struct slice));
    column_init(&statistics->no_rate, sizeof(uint32_t));
    index_table_init(&statistics->cell_index);
    index_table_init(&statistics->text_index);
    statistics->text_room = scratch_take(&statistics->scratch, (size_t)BY_MAX * VALUE_TEXT_MAX);
    statistics->weights = room(statistics);
    statistics->seller_totals = room(statistics);
    statistics->seller_techs = room(statistics);
    statistics->buyer_totals = room(statistics);
    statistics->buyer_techs = room(statistics);
    statistics->explanation = scratch_take(&statistics->scratch, sizeof(struct explanation));
    explanation_init(statistics->explanation, query);
    return statistics;
}

void statistics_free(struct statistics *statistics)
{
    struct scratch scratch = statistics->scratch; /* it holds *statistics too */
    explanation_done(statistics->explanation);
    column_done(&statistics->cells);
    column_done(&statistics->texts);
    column_done(&statistics->no_rate);
    index_table_done(&statistics->cell_index);
    index_table_done(&statistics->text_index);
    scratch_done(&scratch);
}

/* ---- the answer ---- */

static void write_growth(struct writer *out, const char *name, int64_t own, int64_t before,
                         bool has_before)
{
    int64_t permille;
    write_text(out, name);
    if (has_before && growth_permille(own, before, &permille)) {
        write_int(out, permille);
    } else {
        write_nil(out);
    }
}

static uint32_t write_figures(const struct statistics *statistics, const struct figures *own,
                              const struct figures *before, struct writer *out)
{
    write_text(out, "count");
    write_int(out, own->count);
    write_text(out, "turnover");
    write_int(out, own->turnover);
    write_text(out, "tech");
    if (statistics->basis == BASIS_RECEIVED) {
        write_nil(out);
    } else {
        write_int(out, own->tech);
    }
    write_text(out, "average");
    if (own->count > 0) {
        write_int(out, divide_rounded(own->turnover, own->count, ROUND_HALF_AWAY));
    } else {
        write_nil(out);
    }
    if (statistics->comparison == COMPARE_NONE) {
        return 4;
    }
    bool has_before = before != NULL;
    write_growth(out, "count_growth_permille", own->count, has_before ? before->count : 0,
                 has_before);
    write_growth(out, "turnover_growth_permille", own->turnover, has_before ? before->turnover : 0,
                 has_before);
    return 6;
}

static enum status check_range(const struct statistics *statistics, const struct figures *figures,
                               struct fault *fault)
{
    bool over = statistics->overflow || figures->turnover > WIRE_INT_MAX ||
                figures->turnover < -WIRE_INT_MAX;
    return over ? fault_set(fault, STATUS_E_RANGE, "total") : STATUS_OK;
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    struct statistics *statistics = arg;
    const struct statistics_cell *cell = column_at(&statistics->cells, row->payload);
    size_t mark = write_map_begin(out);
    write_text(out, "key");
    write_str(out, row->key);
    write_text(out, "label");
    write_str(out, key_label(statistics, cell->values));
    for (uint32_t i = 0; i < statistics->by_count; i++) {
        key_write(statistics, i, cell->values[i], out);
    }
    uint32_t pairs =
        write_figures(statistics, &cell->own, cell->has_before ? &cell->before : NULL, out);
    write_map_end(out, mark, 2 + statistics->by_count + pairs);
    return check_range(statistics, &cell->own, fault);
}

static int compare_ids(const void *a, const void *b)
{
    const struct slice *first = a;
    const struct slice *second = b;
    return slice_compare(*first, *second);
}

/* The contracts without a rate, each once, by id. */
static void write_no_rate(struct statistics *statistics, struct writer *out)
{
    uint64_t count = statistics->no_rate.count;
    struct slice *ids = scratch_take(&statistics->scratch, (count + 1) * sizeof(*ids));
    for (uint64_t i = 0; i < count; i++) {
        const uint32_t *contract = column_at(&statistics->no_rate, i);
        ids[i] = aggregate_id(statistics->query->facts, *contract);
    }
    qsort(ids, count, sizeof(ids[0]), compare_ids);
    write_text(out, "no_rate");
    size_t mark = write_array_begin(out);
    uint32_t written = 0;
    for (uint64_t i = 0; i < count && written < NO_RATE_LISTED; i++) {
        if (i == 0 || !slice_equal(ids[i], ids[i - 1])) {
            write_str(out, ids[i]);
            written++;
        }
    }
    write_array_end(out, mark, written);
}

static enum status write_answer(struct statistics *statistics, struct writer *out, uint32_t *pairs,
                                struct fault *fault)
{
    struct page page;
    page_init(&page, &statistics->scratch, statistics->query);
    for (uint64_t i = 0; i < statistics->cells.count; i++) {
        const struct statistics_cell *cell = column_at(&statistics->cells, i);
        if (cell->has_own) { /* A2 */
            page_offer(&page, key_text(statistics, cell->values), i);
        }
    }
    write_text(out, "basis");
    write_text(out, basis_names[statistics->basis]);
    enum status status = page_write(&page, write_row, statistics, out, pairs, fault);
    if (status == STATUS_OK) {
        status = check_range(statistics, &statistics->total, fault);
    }
    if (status != STATUS_OK) {
        return status;
    }
    write_text(out, "total");
    bool any = statistics->cells.count > 0;
    write_array(out, any ? 1 : 0);
    if (any) {
        size_t mark = write_map_begin(out);
        write_text(out, "currency");
        write_text(out, "CNY");
        uint32_t figures =
            write_figures(statistics, &statistics->total,
                          statistics->has_before ? &statistics->total_before : NULL, out);
        write_map_end(out, mark, 1 + figures);
    }
    write_no_rate(statistics, out);
    *pairs += 3;
    return STATUS_OK;
}

enum status statistics_query(const struct query *query, struct writer *out, uint32_t *pairs,
                             struct fault *fault)
{
    struct statistics *statistics = statistics_new(query);
    enum status status = read_question(statistics, fault);
    if (status == STATUS_OK) {
        statistics_run(statistics);
        status = write_answer(statistics, out, pairs, fault);
    }
    statistics_free(statistics);
    return status;
}

enum status statistics_explain(const struct query *query, struct slice key, struct writer *out,
                               uint32_t *pairs, struct fault *fault)
{
    struct statistics *statistics = statistics_new(query);
    enum status status = read_question(statistics, fault);
    statistics->explaining = true;
    statistics->wanted_key = key;
    if (status == STATUS_OK) {
        statistics_run(statistics);
        status = explanation_write(statistics->explanation, out, pairs, fault);
    }
    statistics_free(statistics);
    return status;
}
