/* Published figures against what the log gives (domain 5.16).
 *
 *   R1  The derived figure is rounded to the published decimals, half away from zero, and then
 *       compared: match, differs, or not_derivable.
 *   R2  A growth that differs is explained as rounded_inputs if the published figures of the two
 *       years themselves give it: yearbooks compute from what they print.
 *   R3  `published` and `derived` are integers without their decimal point. */

#include "daemon/ledger/target.h"
#include "daemon/view/label.h"
#include "daemon/view/metric.h"
#include "daemon/view/page.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"
#include "proto/cursor.h"

enum outcome { OUTCOME_MATCH, OUTCOME_DIFFERS, OUTCOME_NOT_DERIVABLE, OUTCOMES };
static const char *const outcome_texts[] = {"match", "differs", "not_derivable", NULL};

const char *const reconciliation_parameters[] = {"metric", "status", NULL};

struct reconciling {
    const struct query *query;
    int64_t counts[OUTCOMES];
};

struct compared {
    const struct published_row *row;
    struct metric_period period;
    enum outcome outcome;
    int64_t derived; /* unless not derivable */
    bool rounded_inputs;
};

static int64_t power_of_ten(unsigned exponent)
{
    int64_t power = 1;
    for (unsigned i = 0; i < exponent; i++) {
        power *= 10;
    }
    return power;
}

/* numerator / denominator in `unit` without its decimal point (R1). */
static int64_t in_decimals(const struct metric_figure *figure, const struct metric_figure *scale,
                           unsigned decimals)
{
    return divide_rounded(figure->numerator * scale->denominator * power_of_ten(decimals),
                          figure->denominator * scale->numerator, ROUND_HALF_AWAY);
}

/* ---- R2 ---- */

/* The same filter, `since` aside: the pairs of either are in the other. */
static bool covers(struct slice filter, struct slice other)
{
    uint32_t pairs = 0;
    struct cursor in = cursor_over(filter);
    if (filter.len == 0 || !cursor_map(&in, &pairs)) {
        return true;
    }
    for (uint32_t i = 0; i < pairs; i++) {
        char name[TEXT_MAX + 1];
        struct slice key;
        struct slice value;
        struct slice found;
        if (!cursor_text(&in, &key) || !cursor_value(&in, &value) || key.len > TEXT_MAX) {
            return false;
        }
        if (slice_is(key, "since")) {
            continue;
        }
        memcpy(name, key.data, key.len);
        name[key.len] = 0;
        if (other.len == 0 || !map_find(other, name, &found) || !slice_equal(found, value)) {
            return false;
        }
    }
    return true;
}

/* A published figure of `metric` for the year that begins on `from`, in units of one. */
static bool published_figure(const struct query *query, const char *metric, struct slice filter,
                             int32_t from, struct metric_figure *ret_figure)
{
    const struct facts *facts = query->facts;
    for (uint64_t i = query->view.published.rows[FACT_PUBLISHED]; i-- > 0;) {
        struct metric_period period;
        struct metric_figure scale;
        const struct published_row *row = facts_row(facts, FACT_PUBLISHED, i);
        if (!fact_counts(&row->fact, &query->view) ||
            !slice_is(text_of(facts, row->metric), metric) ||
            !metric_period_read(text_of(facts, row->period), &period) || period.point ||
            period.from != from || !metric_unit(text_of(facts, row->unit), &scale)) {
            continue;
        }
        struct slice own = text_of(facts, row->filter);
        if (covers(own, filter) && covers(filter, own)) {
            ret_figure->numerator = (int128)row->value * scale.numerator;
            ret_figure->denominator = scale.denominator * power_of_ten(row->decimals);
            return true;
        }
    }
    return false;
}

static bool from_rounded_inputs(const struct query *query, const struct compared *compared)
{
    static const char *const of[][2] = {{"contracts_growth", "contracts"},
                                        {"turnover_growth", "turnover"}};
    const struct facts *facts = query->facts;
    const struct published_row *row = compared->row;
    struct slice filter = text_of(facts, row->filter);
    struct metric_figure own;
    struct metric_figure before;
    struct metric_figure scale;
    for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
        if (!slice_is(text_of(facts, row->metric), of[i][0]) ||
            !metric_unit(text_of(facts, row->unit), &scale) ||
            !published_figure(query, of[i][1], filter, compared->period.from, &own) ||
            !published_figure(query, of[i][1], filter, metric_base_from(filter, &compared->period),
                              &before) ||
            before.numerator <= 0) {
            continue;
        }
        int128 current = own.numerator * before.denominator;
        int128 previous = before.numerator * own.denominator;
        struct metric_figure growth = {.numerator = (current - previous) * 100,
                                       .denominator = previous};
        return in_decimals(&growth, &scale, row->decimals) == row->value;
    }
    return false;
}

/* ---- rows ---- */

static void compare(const struct query *query, const struct published_row *row,
                    struct compared *ret)
{
    const struct facts *facts = query->facts;
    struct metric_figure figure;
    struct metric_figure scale;
    *ret = (struct compared){.row = row, .outcome = OUTCOME_NOT_DERIVABLE};
    if (!metric_period_read(text_of(facts, row->period), &ret->period) ||
        !metric_unit(text_of(facts, row->unit), &scale) ||
        !metric_value(query, text_of(facts, row->metric), text_of(facts, row->filter), &ret->period,
                      &figure)) {
        return;
    }
    ret->derived = in_decimals(&figure, &scale, row->decimals);
    ret->outcome = ret->derived == row->value ? OUTCOME_MATCH : OUTCOME_DIFFERS;
    ret->rounded_inputs = ret->outcome == OUTCOME_DIFFERS && from_rounded_inputs(query, ret);
}

static enum status write_row(void *arg, const struct page_row *page_row, struct writer *out,
                             struct fault *fault)
{
    const struct reconciling *reconciling = arg;
    const struct facts *facts = reconciling->query->facts;
    const struct published_row *row = facts_row(facts, FACT_PUBLISHED, page_row->payload);
    struct compared compared;
    (void)fault;
    compare(reconciling->query, row, &compared);
    bool known = compared.outcome != OUTCOME_NOT_DERIVABLE;
    struct slice filter = text_of(facts, row->filter);
    size_t mark = write_map_begin(out);
    write_text(out, "key");
    write_str(out, page_row->key);
    write_text(out, "label");
    write_str(out, text_of(facts, row->metric));
    write_text(out, "period");
    write_str(out, text_of(facts, row->period));
    write_text(out, "filter");
    if (filter.len > 0) {
        write_raw(out, filter);
    } else {
        write_nil(out);
    }
    write_text(out, "unit");
    write_str(out, text_of(facts, row->unit));
    write_text(out, "decimals");
    write_int(out, row->decimals);
    write_text(out, "published");
    write_int(out, row->value);
    write_text(out, "derived");
    write_amount(out, known ? compared.derived : AMOUNT_UNKNOWN);
    write_text(out, "difference");
    write_amount(out, known ? compared.derived - row->value : AMOUNT_UNKNOWN);
    write_text(out, "status");
    write_text(out, outcome_texts[compared.outcome]);
    write_text(out, "explained");
    if (compared.rounded_inputs) {
        write_text(out, "rounded_inputs");
    } else {
        write_nil(out);
    }
    write_text(out, "source");
    write_str(out, text_of(facts, row->source));
    write_map_end(out, mark, 12);
    return STATUS_OK;
}

static void write_total(const struct reconciling *reconciling, struct writer *out)
{
    bool any = false;
    for (int i = 0; i < OUTCOMES; i++) {
        any |= reconciling->counts[i] > 0;
    }
    write_text(out, "total");
    write_array(out, any ? 1 : 0);
    if (any) {
        write_map(out, OUTCOMES);
        for (int i = 0; i < OUTCOMES; i++) {
            write_text(out, outcome_texts[i]);
            write_int(out, reconciling->counts[i]);
        }
    }
}

struct filter {
    struct slice metric; /* empty: any */
    int outcome;         /* -1: any */
};

static enum status filter_read(const struct query *query, struct filter *filter,
                               struct fault *fault)
{
    filter->outcome = -1;
    enum status status = params_check(query, reconciliation_parameters, fault);
    if (status == STATUS_OK) {
        status = param_text(query, "metric", &filter->metric, fault);
    }
    return status == STATUS_OK
               ? param_enum(query, "status", outcome_texts, -1, &filter->outcome, fault)
               : status;
}

/* Row `index` compared, if it counts and is asked for. */
static bool compared_read(const struct query *query, const struct filter *filter, uint64_t index,
                          struct compared *ret_compared)
{
    const struct published_row *row = facts_row(query->facts, FACT_PUBLISHED, index);
    if (!fact_counts(&row->fact, &query->view) ||
        (filter->metric.len > 0 &&
         !slice_equal(filter->metric, text_of(query->facts, row->metric)))) {
        return false;
    }
    compare(query, row, ret_compared);
    return filter->outcome < 0 || filter->outcome == (int)ret_compared->outcome;
}

enum status reconciliation_query(const struct query *query, struct writer *out, uint32_t *pairs,
                                 struct fault *fault)
{
    struct reconciling reconciling = {.query = query};
    struct scratch scratch;
    struct page page;
    struct filter filter;
    enum status status = filter_read(query, &filter, fault);
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&scratch);
    page_init(&page, &scratch, query);
    for (uint64_t i = 0; i < query->view.published.rows[FACT_PUBLISHED]; i++) {
        char key[KEY_BYTES_MAX];
        struct compared compared;
        if (compared_read(query, &filter, i, &compared)) {
            reconciling.counts[compared.outcome]++;
            page_offer(&page, slice_of(key, key_id(query->facts, compared.row->fact.key, key)), i);
        }
    }
    status = page_write(&page, write_row, &reconciling, out, pairs, fault);
    if (status == STATUS_OK) {
        write_total(&reconciling, out);
        *pairs += 1;
    }
    scratch_done(&scratch);
    return status;
}

/* The events behind `derived`. */
enum status reconciliation_explain(const struct query *query, struct slice key, struct writer *out,
                                   uint32_t *pairs, struct fault *fault)
{
    const struct facts *facts = query->facts;
    struct explanation explanation;
    struct filter filter;
    enum status status = filter_read(query, &filter, fault);
    if (status != STATUS_OK) {
        return status;
    }
    explanation_init(&explanation, query);
    for (uint64_t i = 0; i < query->view.published.rows[FACT_PUBLISHED]; i++) {
        struct compared compared;
        const struct published_row *row = facts_row(facts, FACT_PUBLISHED, i);
        if (slice_equal(aggregate_id(facts, row->fact.key), key) &&
            compared_read(query, &filter, i, &compared) &&
            compared.outcome != OUTCOME_NOT_DERIVABLE) {
            metric_explain(&explanation, text_of(facts, row->metric), text_of(facts, row->filter),
                           &compared.period);
        }
    }
    status = explanation_write(&explanation, out, pairs, fault);
    explanation_done(&explanation);
    return status;
}
