/* Figures by name. See metric.h; each metric is a row of the table at the end. */

#include "daemon/view/metric_inner.h"

#include <stdio.h>

#include "daemon/ledger/calendar.h"
#include "daemon/view/statistics.h"
#include "proto/cursor.h"

#define FILTER_TEXT_BYTES 24u

/* ---- periods and units ---- */

static bool strip(struct slice text, const char *prefix, struct slice *ret_rest)
{
    size_t len = strlen(prefix);
    if (text.len < len || memcmp(text.data, prefix, len) != 0) {
        return false;
    }
    *ret_rest = slice_of(text.data + len, text.len - len);
    return true;
}

bool metric_period_read(struct slice text, struct metric_period *ret_period)
{
    struct slice rest;
    ret_period->point = false;
    if (strip(text, "annual:", &rest) && rest.len == 4) {
        int32_t year = 0;
        for (size_t i = 0; i < rest.len; i++) {
            year = year * 10 + (rest.data[i] - '0');
        }
        ret_period->from = day_of(year, 1, 1);
        ret_period->to = day_of(year, 12, 31);
        return true;
    }
    if (strip(text, "point:", &rest) && date_parse(rest, &ret_period->to)) {
        ret_period->from = ret_period->to;
        ret_period->point = true;
        return true;
    }
    return strip(text, "cumulative:", &rest) && rest.len == 22 &&
           date_parse(slice_of(rest.data, 10), &ret_period->from) &&
           date_parse(slice_of(rest.data + 12, 10), &ret_period->to);
}

bool metric_unit(struct slice unit, struct metric_figure *ret_scale)
{
    static const struct {
        const char *name;
        int64_t scale;
    } magnitudes[] = {{"万亿", INT64_C(1000000000000)},
                      {"千亿", INT64_C(100000000000)},
                      {"百亿", INT64_C(10000000000)},
                      {"亿", 100000000},
                      {"千万", 10000000},
                      {"百万", 1000000},
                      {"万", 10000},
                      {"千", 1000},
                      {"百", 100}};
    static const char *const ones[] = {"元", "yuan", "CNY", "%",         "项",      "件", "份",
                                       "家", "人",   "个",  "contracts", "parties", NULL};
    *ret_scale = (struct metric_figure){.numerator = 1, .denominator = 1};
    for (size_t i = 0; i < sizeof(magnitudes) / sizeof(magnitudes[0]); i++) {
        struct slice rest;
        if (strip(unit, magnitudes[i].name, &rest)) {
            ret_scale->numerator = magnitudes[i].scale;
            unit = rest;
            break;
        }
    }
    if (slice_is(unit, "fen") || slice_is(unit, "分")) {
        ret_scale->denominator = FEN_IN_YUAN;
        return true;
    }
    if (slice_is(unit, "‰")) {
        ret_scale->denominator = 10;
        return true;
    }
    return unit.len == 0 || enum_index(ones, unit) >= 0;
}

/* ---- filters ---- */

/* Text, integer or bool of a free map as the text that `where` takes. */
static bool filter_text(struct slice value, char room[FILTER_TEXT_BYTES], struct slice *ret_text)
{
    int64_t number;
    bool yes;
    if (value_text(value, ret_text)) {
        return true;
    }
    if (value_int(value, &number)) {
        int len = snprintf(room, FILTER_TEXT_BYTES, "%lld", (long long)number);
        *ret_text = slice_of(room, (size_t)len);
        return true;
    }
    if (value_bool(value, &yes)) {
        *ret_text = slice_text(yes ? "true" : "false");
        return true;
    }
    return false;
}

/* Every pair but `since`, which is no filter. */
static bool filter_apply(struct statistics *statistics, struct slice filter)
{
    uint32_t pairs = 0;
    struct cursor in = cursor_over(filter);
    struct fault fault = {0};
    if (filter.len == 0) {
        return true;
    }
    if (!cursor_map(&in, &pairs)) {
        return false;
    }
    for (uint32_t i = 0; i < pairs; i++) {
        char room[FILTER_TEXT_BYTES];
        struct slice key;
        struct slice value;
        struct slice text;
        if (!cursor_text(&in, &key) || !cursor_value(&in, &value)) {
            return false;
        }
        if (slice_is(key, "since")) {
            continue;
        }
        if (!filter_text(value, room, &text) ||
            where_add(statistics, key, text, &fault) != STATUS_OK) {
            return false;
        }
    }
    return true;
}

static struct statistics *restrict_to(const struct asked *asked, struct slice filter,
                                      enum basis basis, int32_t from, int32_t to, bool *ret_good)
{
    struct statistics *statistics = statistics_new(asked->query);
    statistics->basis = basis;
    statistics->has_period = true;
    statistics->from = from;
    statistics->to = to;
    *ret_good = filter_apply(statistics, filter);
    return statistics;
}

/* N3: the lines of one sum. */
static void explain_sum(const struct asked *asked, enum measure measure, enum basis basis,
                        int32_t from, int32_t to)
{
    bool good;
    struct statistics *statistics = restrict_to(asked, asked->filter, basis, from, to, &good);
    statistics->explaining = true;
    statistics->explained = measure;
    if (good) {
        statistics_run(statistics);
    }
    for (uint64_t i = 0; i < statistics->explanation->lines.count; i++) {
        explanation_add(asked->explanation, column_at(&statistics->explanation->lines, i));
    }
    statistics_free(statistics);
}

/* Sums over the period of what passes; false if the filter is not one of statistics. */
static bool sum(const struct asked *asked, struct slice filter, enum basis basis, int32_t from,
                int32_t to, struct figures *ret_figures)
{
    bool good;
    struct statistics *statistics = restrict_to(asked, filter, basis, from, to, &good);
    if (good) {
        statistics_run(statistics);
        *ret_figures = statistics->total;
        good = !statistics->overflow;
    }
    statistics_free(statistics);
    return good;
}

/* ---- metrics of registered contracts ---- */

static bool plain(const struct asked *asked, enum measure measure, enum basis basis,
                  struct metric_figure *ret_figure)
{
    struct figures figures;
    if (asked->period->point ||
        !sum(asked, asked->filter, basis, asked->period->from, asked->period->to, &figures)) {
        return false;
    }
    ret_figure->numerator = measure_of(&figures, measure);
    ret_figure->denominator = measure == MEASURE_COUNT ? 1 : FEN_IN_YUAN;
    if (asked->explanation != NULL) {
        explain_sum(asked, measure, basis, asked->period->from, asked->period->to);
    }
    return true;
}

static bool metric_contracts(const struct asked *asked, struct metric_figure *ret_figure)
{
    return plain(asked, MEASURE_COUNT, BASIS_RESTATED, ret_figure);
}

static bool metric_turnover(const struct asked *asked, struct metric_figure *ret_figure)
{
    return plain(asked, MEASURE_TURNOVER, BASIS_RESTATED, ret_figure);
}

static bool metric_tech(const struct asked *asked, struct metric_figure *ret_figure)
{
    return plain(asked, MEASURE_TECH, BASIS_RESTATED, ret_figure);
}

static bool metric_received(const struct asked *asked, struct metric_figure *ret_figure)
{
    return plain(asked, MEASURE_TURNOVER, BASIS_RECEIVED, ret_figure);
}

static bool metric_average(const struct asked *asked, struct metric_figure *ret_figure)
{
    struct figures figures;
    if (asked->period->point || !sum(asked, asked->filter, BASIS_RESTATED, asked->period->from,
                                     asked->period->to, &figures)) {
        return false;
    }
    ret_figure->numerator = figures.turnover;
    ret_figure->denominator = (int128)FEN_IN_YUAN * figures.count;
    if (asked->explanation != NULL && figures.count > 0) {
        explain_sum(asked, MEASURE_TURNOVER, BASIS_RESTATED, asked->period->from,
                    asked->period->to);
    }
    return figures.count > 0;
}

/* Per cent of what passes the filter in all of the period. */
static bool share(const struct asked *asked, enum measure measure, struct metric_figure *ret_figure)
{
    struct figures part;
    struct figures whole;
    const struct metric_period *period = asked->period;
    if (period->point ||
        !sum(asked, asked->filter, BASIS_RESTATED, period->from, period->to, &part) ||
        !sum(asked, slice_of("", 0), BASIS_RESTATED, period->from, period->to, &whole)) {
        return false;
    }
    ret_figure->numerator = (int128)100 * measure_of(&part, measure);
    ret_figure->denominator = measure_of(&whole, measure);
    if (asked->explanation != NULL && ret_figure->denominator > 0) {
        explain_sum(asked, measure, BASIS_RESTATED, period->from, period->to);
    }
    return ret_figure->denominator > 0;
}

static bool metric_contracts_share(const struct asked *asked, struct metric_figure *ret_figure)
{
    return share(asked, MEASURE_COUNT, ret_figure);
}

static bool metric_turnover_share(const struct asked *asked, struct metric_figure *ret_figure)
{
    return share(asked, MEASURE_TURNOVER, ret_figure);
}

/* `since` of the filter, a year; else the year before. */
static int32_t base_year(struct slice filter, const struct metric_period *period)
{
    struct slice value;
    int64_t year;
    struct slice text;
    if (filter.len == 0 || !map_find(filter, "since", &value)) {
        return civil_of(period->from).year - 1;
    }
    if (value_int(value, &year)) {
        return year >= 1900 && year <= 2199 ? (int32_t)year : 0;
    }
    if (!value_text(value, &text) || text.len != 4) {
        return 0;
    }
    year = 0;
    for (size_t i = 0; i < 4; i++) {
        year = year * 10 + (text.data[i] - '0');
    }
    return year >= 1900 && year <= 2199 ? (int32_t)year : 0;
}

int32_t metric_base_from(struct slice filter, const struct metric_period *period)
{
    int32_t base = base_year(filter, period);
    return base == 0 ? DAY_NONE : day_of(base, 1, 1);
}

/* N3: both years, the one before below zero. */
static void explain_growth(const struct asked *asked, enum measure measure, int32_t base)
{
    const struct column *lines = &asked->explanation->lines;
    explain_sum(asked, measure, BASIS_RESTATED, asked->period->from, asked->period->to);
    uint64_t own = lines->count;
    explain_sum(asked, measure, BASIS_RESTATED, day_of(base, 1, 1), day_of(base, 12, 31));
    for (uint64_t i = own; i < lines->count; i++) {
        struct explanation_line *line = column_at(lines, i);
        line->what = "base";
        if (line->amount != AMOUNT_UNKNOWN) {
            line->amount = -line->amount;
        }
    }
}

/* Per cent by which a year exceeds another: from exact figures, not from displayed ones. */
static bool growth(const struct asked *asked, enum measure measure,
                   struct metric_figure *ret_figure)
{
    struct figures own;
    struct figures before;
    const struct metric_period *period = asked->period;
    int32_t base = base_year(asked->filter, period);
    bool whole_year = period->to == day_of(civil_of(period->from).year, 12, 31) &&
                      period->from == day_of(civil_of(period->from).year, 1, 1);
    if (base == 0 || !whole_year ||
        !sum(asked, asked->filter, BASIS_RESTATED, period->from, period->to, &own) ||
        !sum(asked, asked->filter, BASIS_RESTATED, day_of(base, 1, 1), day_of(base, 12, 31),
             &before)) {
        return false;
    }
    int64_t current = measure_of(&own, measure);
    int64_t previous = measure_of(&before, measure);
    ret_figure->numerator = ((int128)current - previous) * 100;
    ret_figure->denominator = previous;
    if (asked->explanation != NULL && previous > 0) {
        explain_growth(asked, measure, base);
    }
    return previous > 0;
}

static bool metric_contracts_growth(const struct asked *asked, struct metric_figure *ret_figure)
{
    return growth(asked, MEASURE_COUNT, ret_figure);
}

static bool metric_turnover_growth(const struct asked *asked, struct metric_figure *ret_figure)
{
    return growth(asked, MEASURE_TURNOVER, ret_figure);
}

/* X(name): metric and function */
#define METRIC_LIST(X)                                                                             \
    X(contracts)                                                                                   \
    X(turnover)                                                                                    \
    X(tech)                                                                                        \
    X(average)                                                                                     \
    X(received)                                                                                    \
    X(contracts_share)                                                                             \
    X(turnover_share)                                                                              \
    X(contracts_growth)                                                                            \
    X(turnover_growth)                                                                             \
    X(accredited)                                                                                  \
    X(ventures)                                                                                    \
    X(loans)

const char *const metric_names[] = {
#define X(name) #name,
    METRIC_LIST(X)
#undef X
        NULL};

static bool evaluate(const struct asked *asked, struct slice metric,
                     struct metric_figure *ret_figure)
{
    static metric_fn *const values[] = {
#define X(name) metric_##name,
        METRIC_LIST(X)
#undef X
    };
    int found = enum_index(metric_names, metric);
    return found >= 0 && values[found](asked, ret_figure);
}

bool metric_value(const struct query *query, struct slice metric, struct slice filter,
                  const struct metric_period *period, struct metric_figure *ret_figure)
{
    const struct asked asked = {.query = query, .filter = filter, .period = period};
    return evaluate(&asked, metric, ret_figure);
}

void metric_explain(struct explanation *explanation, struct slice metric, struct slice filter,
                    const struct metric_period *period)
{
    struct metric_figure figure = {0}; /* the lines are the answer */
    const struct asked asked = {.query = explanation->query,
                                .filter = filter,
                                .period = period,
                                .explanation = explanation};
    (void)evaluate(&asked, metric, &figure);
}
