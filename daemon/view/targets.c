/* Targets and what has come of them (domain 5.12).
 *
 *   T1  Met is decided on exact figures: 超过 is gt, 达到 and 以上 are ge. A figure that is not
 *       derivable is null, and so is everything that follows from it.
 *   T2  The pace is the value in proportion to the days of the period that have gone by, both ends
 *       inclusive; a point in time has none. On track: the comparator holds against the pace, or,
 *       for an upper bound, against the value itself.
 *   T3  Actual and pace are thousandths of the target's own unit, rounded half away from zero. */

#include <stdio.h>

#include "daemon/ledger/calendar.h"
#include "daemon/ledger/target.h"
#include "daemon/view/label.h"
#include "daemon/view/metric.h"
#include "daemon/view/page.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"

#define ACTUAL_SCALE 1000

struct listing {
    const struct query *query;
    int64_t met, missed, unknown;
};

struct standing_target {
    struct target target;
    struct metric_period period;
    struct metric_figure actual, scale; /* scale: one of the target's unit in units of one */
    bool derivable, met;
};

const char *const targets_parameters[] = {"metric", NULL};

/* actual <=> value * scale, exactly. */
static int compare(const struct metric_figure *actual, const struct metric_figure *scale,
                   int64_t value)
{
    int128 left = actual->numerator * scale->denominator;
    int128 right = (int128)value * scale->numerator * actual->denominator;
    return (left > right) - (left < right);
}

static bool holds(uint8_t comparator, int order)
{
    switch ((enum comparator)comparator) {
    case COMPARATOR_gt:
        return order > 0;
    case COMPARATOR_ge:
        return order >= 0;
    case COMPARATOR_lt:
        return order < 0;
    case COMPARATOR_le:
        break;
    }
    return order <= 0;
}

static bool standing_target_read(const struct query *query, uint32_t aggregate,
                                 struct standing_target *ret)
{
    const struct facts *facts = query->facts;
    if (!target_at(facts, aggregate, &query->view, &ret->target)) {
        return false;
    }
    const struct target_row *set = ret->target.set;
    ret->derivable = metric_period_read(text_of(facts, set->period), &ret->period) &&
                     metric_unit(text_of(facts, set->unit), &ret->scale) &&
                     metric_value(query, text_of(facts, set->metric), text_of(facts, set->filter),
                                  &ret->period, &ret->actual);
    ret->met = ret->derivable &&
               holds(set->comparator, compare(&ret->actual, &ret->scale, ret->target.value));
    return true;
}

static void write_tristate(struct writer *out, const char *name, bool known, bool value)
{
    write_text(out, name);
    if (known) {
        write_bool(out, value);
    } else {
        write_nil(out);
    }
}

static void write_number(struct writer *out, const char *name, bool known, int64_t value)
{
    write_text(out, name);
    if (known) {
        write_int(out, value);
    } else {
        write_nil(out);
    }
}

/* T2: days gone by and days in all. */
static int32_t elapsed_days(const struct query *query, const struct metric_period *period)
{
    int32_t until = query->view.as_of < period->to ? query->view.as_of : period->to;
    return until < period->from ? 0 : until - period->from + 1;
}

static uint32_t write_progress(const struct listing *listing, const struct standing_target *found,
                               struct writer *out)
{
    const struct metric_figure *actual = &found->actual;
    const struct metric_figure *scale = &found->scale;
    bool known = found->derivable;
    int128 own = known ? actual->numerator * scale->denominator : 0;
    int128 one = known ? actual->denominator * scale->numerator : 1;
    int64_t value = found->target.value;
    int32_t days = found->period.to - found->period.from + 1;
    int32_t gone = elapsed_days(listing->query, &found->period);
    bool paced = known && !found->period.point;
    int64_t pace =
        paced ? divide_rounded((int128)value * gone * ACTUAL_SCALE, days, ROUND_HALF_AWAY) : 0;
    uint8_t comparator = found->target.set->comparator;
    bool upper = comparator == COMPARATOR_lt || comparator == COMPARATOR_le;
    int128 actual_paced = own * days;
    int128 wanted = (int128)value * gone * one;
    bool on_track = upper ? found->met : actual_paced >= wanted;

    write_number(out, "actual_thousandths", known,
                 known ? divide_rounded(own * ACTUAL_SCALE, one, ROUND_HALF_AWAY) : 0);
    write_number(out, "progress_permille", known && value > 0,
                 known && value > 0 ? divide_rounded(own * 1000, one * value, ROUND_HALF_AWAY) : 0);
    write_tristate(out, "met", known, found->met);
    write_number(out, "elapsed_permille", paced,
                 paced ? divide_rounded((int128)gone * 1000, days, ROUND_HALF_AWAY) : 0);
    write_number(out, "pace_thousandths", paced, pace);
    write_tristate(out, "on_track", paced, on_track);
    return 6;
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    struct listing *listing = arg;
    const struct facts *facts = listing->query->facts;
    struct standing_target found = {.derivable = false};
    (void)fault;
    (void)standing_target_read(listing->query, (uint32_t)row->payload, &found);
    const struct target_row *set = found.target.set;
    size_t mark = write_map_begin(out);
    write_text(out, "key");
    write_str(out, row->key);
    write_text(out, "label");
    write_str(out, text_of(facts, set->metric));
    write_text(out, "period");
    write_str(out, text_of(facts, set->period));
    write_text(out, "filter");
    struct slice filter = text_of(facts, set->filter);
    if (filter.len > 0) {
        write_raw(out, filter);
    } else {
        write_nil(out);
    }
    write_text(out, "unit");
    write_str(out, text_of(facts, set->unit));
    write_text(out, "comparator");
    write_name(out, comparator_names, set->comparator);
    write_text(out, "value");
    write_int(out, found.target.value);
    write_text(out, "baseline");
    write_amount(out, set->baseline);
    uint32_t pairs = write_progress(listing, &found, out);
    write_map_end(out, mark, 8 + pairs);
    return STATUS_OK;
}

static void offer(struct listing *listing, struct page *page, uint32_t aggregate,
                  struct slice metric)
{
    char key[KEY_BYTES_MAX];
    struct standing_target found;
    if (!standing_target_read(listing->query, aggregate, &found)) {
        return;
    }
    struct slice own = text_of(listing->query->facts, found.target.set->metric);
    if (metric.len > 0 && !slice_equal(metric, own)) {
        return;
    }
    listing->met += found.met;
    listing->missed += found.derivable && !found.met;
    listing->unknown += !found.derivable;
    size_t len = key_id(listing->query->facts, aggregate, key);
    page_offer(page, slice_of(key, len), aggregate);
}

static void write_total(const struct listing *listing, struct writer *out)
{
    bool any = listing->met + listing->missed + listing->unknown > 0;
    write_text(out, "total");
    write_array(out, any ? 1 : 0);
    if (any) {
        write_map(out, 3);
        write_text(out, "met");
        write_int(out, listing->met);
        write_text(out, "not_met");
        write_int(out, listing->missed);
        write_text(out, "not_derivable");
        write_int(out, listing->unknown);
    }
}

enum status targets_query(const struct query *query, struct writer *out, uint32_t *pairs,
                          struct fault *fault)
{
    struct listing listing = {.query = query};
    struct scratch scratch;
    struct page page;
    struct slice metric;
    enum status status = params_check(query, targets_parameters, fault);
    if (status == STATUS_OK) {
        status = param_text(query, "metric", &metric, fault);
    }
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&scratch);
    page_init(&page, &scratch, query);
    for (uint64_t i = 0; i < query->view.published.rows[FACT_TARGET]; i++) {
        const struct target_row *row = facts_row(query->facts, FACT_TARGET, i);
        if (row->comparator != UINT8_MAX && fact_counts(&row->fact, &query->view)) {
            offer(&listing, &page, row->fact.key, metric);
        }
    }
    status = page_write(&page, write_row, &listing, out, pairs, fault);
    if (status == STATUS_OK) {
        write_total(&listing, out);
        *pairs += 1;
    }
    scratch_done(&scratch);
    return status;
}

/* The events behind `actual`. */
enum status targets_explain(const struct query *query, struct slice key, struct writer *out,
                            uint32_t *pairs, struct fault *fault)
{
    const struct facts *facts = query->facts;
    struct explanation explanation;
    struct standing_target found;
    struct slice metric;
    uint32_t aggregate = aggregate_named(query, KIND_target, key);
    enum status status = params_check(query, targets_parameters, fault);
    if (status == STATUS_OK) {
        status = param_text(query, "metric", &metric, fault);
    }
    if (status != STATUS_OK) {
        return status;
    }
    if (aggregate == AGGREGATE_NONE || !standing_target_read(query, aggregate, &found)) {
        return fault_set(fault, STATUS_NOT_FOUND, "key");
    }
    const struct target_row *set = found.target.set;
    struct slice own = text_of(facts, set->metric);
    explanation_init(&explanation, query);
    if (found.derivable && (metric.len == 0 || slice_equal(metric, own))) {
        metric_explain(&explanation, own, text_of(facts, set->filter), &found.period);
    }
    status = explanation_write(&explanation, out, pairs, fault);
    explanation_done(&explanation);
    return status;
}
