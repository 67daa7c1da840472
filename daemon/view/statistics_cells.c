/* Contracts into cells: filter, split over parties, comparison.
 *
 *   E1  Amounts are split over several parties only when a party's attribute is grouped by; the
 *       count goes to the first pair (ruling 26). First over the sellers, then each part over
 *       the buyers, largest remainder both times, so that rows by seller are sums of the rows
 *       by seller and buyer.
 *   E2  The total is of whole contracts and is not a sum of rows; where parts are filtered, it is
 *       of the parts that pass.
 *   E3  A contract of a period is also the `before` of the next period's row, or of the row a
 *       year later: growth needs no second pass. */

#include "daemon/base/check.h"
#include "daemon/ledger/calendar.h"
#include "daemon/ledger/money.h"
#include "daemon/view/statistics.h"

#define SEED UINT64_C(0x51a7157)

static struct slice cell_key(const struct statistics *statistics, const int32_t *values)
{
    return slice_of(values, statistics->by_count * sizeof(values[0]));
}

static uint64_t cell_hash(const void *arg, uint64_t number)
{
    const struct statistics *statistics = arg;
    const struct statistics_cell *cell = column_at(&statistics->cells, number);
    return hash_bytes(cell_key(statistics, cell->values), SEED);
}

static struct statistics_cell *cell_of(struct statistics *statistics, const int32_t *values)
{
    uint64_t number;
    struct slice key = cell_key(statistics, values);
    uint64_t hash = hash_bytes(key, SEED);
    struct index_probe probe = index_probe_begin(&statistics->cell_index, hash);
    while (index_probe_next(&probe, &number)) {
        struct statistics_cell *cell = column_at(&statistics->cells, number);
        if (slice_equal(cell_key(statistics, cell->values), key)) {
            return cell;
        }
    }
    number = statistics->cells.count;
    struct statistics_cell *cell = column_push(&statistics->cells);
    memcpy(cell->values, values, statistics->by_count * sizeof(values[0]));
    index_table_insert(&statistics->cell_index, hash, number, cell_hash, statistics);
    return cell;
}

static uint64_t text_hash(const void *arg, uint64_t number)
{
    const struct statistics *statistics = arg;
    return hash_bytes(numbered_text(statistics, (int32_t)number), SEED);
}

int32_t text_number(struct statistics *statistics, struct slice text)
{
    uint64_t number;
    if (text.len == 0) {
        return VALUE_NONE;
    }
    uint64_t hash = hash_bytes(text, SEED);
    struct index_probe probe = index_probe_begin(&statistics->text_index, hash);
    while (index_probe_next(&probe, &number)) {
        if (slice_equal(numbered_text(statistics, (int32_t)number), text)) {
            return (int32_t)number;
        }
    }
    number = statistics->texts.count;
    struct slice *added = column_push(&statistics->texts);
    *added = text;
    index_table_insert(&statistics->text_index, hash, number, text_hash, statistics);
    return (int32_t)number;
}

struct slice numbered_text(const struct statistics *statistics, int32_t number)
{
    const struct slice *text = column_at(&statistics->texts, (uint64_t)number);
    return *text;
}

int64_t measure_of(const struct figures *figures, enum measure measure)
{
    switch (measure) {
    case MEASURE_COUNT:
        return figures->count;
    case MEASURE_TURNOVER:
        return figures->turnover;
    case MEASURE_TECH:
        break;
    }
    return figures->tech;
}

bool statistics_in_filter(const struct statistics *statistics, int32_t day)
{
    if (statistics->has_period && (day < statistics->from || day > statistics->to)) {
        return false;
    }
    if (statistics->year_count == 0) {
        return true;
    }
    int32_t year = civil_of(day).year;
    for (uint32_t i = 0; i < statistics->year_count; i++) {
        if (statistics->years[i] == year) {
            return true;
        }
    }
    return false;
}

static void add_figures(struct statistics *statistics, struct figures *sum,
                        const struct figures *part)
{
    bool over = __builtin_add_overflow(sum->count, part->count, &sum->count);
    over |= __builtin_add_overflow(sum->turnover, part->turnover, &sum->turnover);
    over |= __builtin_add_overflow(sum->tech, part->tech, &sum->tech);
    statistics->overflow |= over;
}

/* The day whose period is the one that is compared with that of `day`. */
static int32_t compared_day(const struct statistics *statistics, int32_t day)
{
    if (statistics->comparison == COMPARE_LAST_YEAR) {
        return add_months(day, 12);
    }
    int32_t next = period_of(statistics->granule, day) + 1;
    return period_start(statistics->granule, next);
}

static void add_own(struct statistics *statistics, const int32_t *values,
                    const struct figures *part)
{
    if (statistics->explaining) {
        if (slice_equal(key_text(statistics, values), statistics->wanted_key)) {
            statistics->matched += measure_of(part, statistics->explained);
        }
        return;
    }
    struct statistics_cell *cell = cell_of(statistics, values);
    cell->has_own = true;
    add_figures(statistics, &cell->own, part);
}

static bool stands_before(const struct statistics *statistics,
                          const struct contribution *contribution, int32_t *ret_day)
{
    if (statistics->comparison == COMPARE_NONE || !contribution->before || statistics->explaining) {
        return false;
    }
    *ret_day = compared_day(statistics, contribution->day);
    /* The row before must itself be a row of the answer, unless it is asked for by name. */
    return statistics_in_filter(
        statistics, statistics->comparison == COMPARE_LAST_YEAR ? *ret_day : contribution->day);
}

static void add_part(struct statistics *statistics, const struct contribution *contribution,
                     int32_t *values, const struct figures *part)
{
    int32_t day;
    if (contribution->total_only) {
        return;
    }
    if (contribution->own && statistics_in_filter(statistics, contribution->day)) {
        keys_of_day(statistics, contribution->day, values);
        add_own(statistics, values, part);
    }
    if (stands_before(statistics, contribution, &day)) { /* E3 */
        keys_of_day(statistics, day, values);
        struct statistics_cell *cell = cell_of(statistics, values);
        cell->has_before = true;
        add_figures(statistics, &cell->before, part);
    }
}

static void add_total(struct statistics *statistics, const struct contribution *contribution,
                      const struct figures *part)
{
    int32_t day;
    if (contribution->rows_only) {
        return;
    }
    if (contribution->own && statistics_in_filter(statistics, contribution->day)) {
        add_figures(statistics, &statistics->total, part);
    }
    if (statistics->comparison == COMPARE_LAST_YEAR &&
        stands_before(statistics, contribution, &day)) {
        statistics->has_before = true;
        add_figures(statistics, &statistics->total_before, part);
    }
}

/* The parts of `amount` by the shares of `list`; all of it where nothing is split. */
static uint32_t split(const struct statistics *statistics, struct list_ref list, bool wanted,
                      int64_t amount, int64_t *ret_parts)
{
    uint32_t count = wanted && list.count > 1 ? list.count : 1;
    int64_t sum = 0;
    INVARIANT(count <= LIST_ITEMS_MAX);
    for (uint32_t i = 0; i < count && count > 1; i++) {
        statistics->weights[i] = share_at(statistics->query->facts, list, i)->ppm;
        sum += statistics->weights[i];
    }
    if (count == 1 || sum == 0) {
        memset(ret_parts, 0, count * sizeof(ret_parts[0]));
        ret_parts[0] = amount;
        return count;
    }
    bool negative = amount < 0;
    split_amount(negative ? -amount : amount, statistics->weights, count, ret_parts);
    for (uint32_t i = 0; negative && i < count; i++) {
        ret_parts[i] = -ret_parts[i];
    }
    return count;
}

static uint32_t party_at(const struct facts *facts, struct list_ref list, uint32_t i)
{
    return i < list.count ? share_at(facts, list, i)->aggregate : AGGREGATE_NONE;
}

void statistics_add(struct statistics *statistics, const struct contribution *contribution)
{
    const struct facts *facts = statistics->query->facts;
    const struct contract_row *row = contribution->registered->contract;
    const struct figures *whole = &contribution->figures;
    int32_t values[DIMENSIONS_MAX] = {0};
    if (statistics->where_count == 0) {
        add_total(statistics, contribution, whole); /* E2 */
    }
    keys_of_contract(statistics, contribution, values);
    uint32_t sellers = split(statistics, row->sellers, statistics->by_seller, whole->turnover,
                             statistics->seller_totals);
    split(statistics, row->sellers, statistics->by_seller, whole->tech, statistics->seller_techs);
    for (uint32_t s = 0; s < sellers; s++) { /* E1 */
        uint32_t buyers = split(statistics, row->buyers, statistics->by_buyer,
                                statistics->seller_totals[s], statistics->buyer_totals);
        split(statistics, row->buyers, statistics->by_buyer, statistics->seller_techs[s],
              statistics->buyer_techs);
        for (uint32_t b = 0; b < buyers; b++) {
            struct figures part = {.count = s == 0 && b == 0 ? whole->count : 0,
                                   .turnover = statistics->buyer_totals[b],
                                   .tech = statistics->buyer_techs[b]};
            if (statistics->by_seller || statistics->by_buyer) {
                keys_of_parties(statistics, contribution, party_at(facts, row->sellers, s),
                                party_at(facts, row->buyers, b), values);
            }
            if (!where_holds(statistics, values)) {
                continue;
            }
            if (statistics->where_count > 0) {
                add_total(statistics, contribution, &part);
            }
            add_part(statistics, contribution, values, &part);
        }
    }
}
