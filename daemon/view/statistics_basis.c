/* Which contracts count, with what amounts, in which period: the four bases of domain 5.4.
 *
 *   B1  restated  the latest values, in the period of the registration date
 *   B2  original  the same as known when the period was closed, or at its end, if it was not
 *   B3  flow      each step's difference, in the period in which it was recorded; a reversal is
 *                 the negative of what it took back, in its own period
 *   B4  received  money received on registered contracts, all kinds but deposit and restitution,
 *                 by value date; the count is of contracts with such money in the period
 *   B5  Other currencies come in at the rate in force on the registration date, rounded once a
 *       contract; without one the contract is left out and listed. */

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/calendar.h"
#include "daemon/ledger/money.h"
#include "daemon/ledger/states.h"
#include "daemon/view/statistics.h"
#include "daemon/view/viewpoint.h"
#include "proto/event.h"

#define PERIODS_MAX ((size_t)12 * 320)
#define YEAR_FIRST 1890

/* ---- B5 ---- */

int64_t statistics_fen(int64_t amount, int64_t rate_ppm, int exponent)
{
    int128 scale = 1;
    for (int i = 0; i < exponent; i++) {
        scale *= 10;
    }
    return divide_rounded((int128)amount * rate_ppm * 100, scale * PPM_ONE, ROUND_HALF_AWAY);
}

bool statistics_rate(struct statistics *statistics, const struct registered *registered,
                     const struct viewpoint *view, int64_t *ret_rate, int *ret_exponent)
{
    char kind[8] = "fx:";
    INVARIANT(registered->contract != NULL);
    const char *code = currency_code(registered->contract->currency);
    *ret_exponent = 2;
    *ret_rate = PPM_ONE;
    if (strcmp(code, "CNY") == 0) {
        return true;
    }
    memcpy(kind + 3, code, 4);
    *ret_exponent = currency_exponent(slice_text(code));
    if (rate_at(statistics->query->facts, slice_text(kind), registered->row->reg_date, view,
                ret_rate)) {
        return true;
    }
    if (statistics_in_filter(statistics, registered->row->reg_date)) {
        uint32_t *left_out = column_push(&statistics->no_rate);
        *left_out = registered->aggregate;
    }
    return false;
}

static bool figures_of(struct statistics *statistics, const struct registered *registered,
                       const struct viewpoint *view, struct figures *ret_figures)
{
    int64_t rate;
    int exponent;
    if (!statistics_rate(statistics, registered, view, &rate, &exponent)) {
        return false;
    }
    *ret_figures =
        (struct figures){.count = 1,
                         .turnover = statistics_fen(registered->total_fen, rate, exponent),
                         .tech = statistics_fen(registered->tech_fen, rate, exponent)};
    return true;
}

/* ---- B1, B2 ---- */

/* The event that closed the period, as the question knows it; 0 if none did. */
static uint64_t closed_at(const struct statistics *statistics, enum granule granule, int32_t period)
{
    const struct query *query = statistics->query;
    char id[16];
    period_text(granule, period, id);
    uint32_t aggregate =
        aggregate_find(query->facts, KIND_period, slice_text(id), query->view.published.aggregates);
    if (aggregate == AGGREGATE_NONE) {
        return 0;
    }
    uint32_t at;
    const struct closing_row *row =
        facts_first(query->facts, FACT_CLOSING, aggregate, &query->view, &at);
    return row == NULL ? 0 : row->fact.seq;
}

/* Where "original" stands for a registration date. `cache`: by period, seq + 1. */
static uint64_t original_known_at(const struct statistics *statistics, uint64_t *cache,
                                  int32_t reg_date)
{
    const struct query *query = statistics->query;
    enum granule granule = statistics->granule;
    uint64_t known;
    if (granule == GRANULE_WHOLE && statistics->has_period) {
        known =
            seq_recorded_by(query->facts, query->view.published.seq, day_end_us(statistics->to));
        return known < query->view.known_at ? known : query->view.known_at;
    }
    granule = granule == GRANULE_WHOLE ? GRANULE_YEAR : granule;
    int32_t period = period_of(granule, reg_date);
    size_t place = (size_t)(period - period_of(granule, day_of(YEAR_FIRST, 1, 1)));
    if (place < PERIODS_MAX && cache[place] != 0) {
        return cache[place] - 1;
    }
    known = closed_at(statistics, granule, period);
    if (known == 0) {
        int32_t last = period_start(granule, period + 1) - 1;
        known = seq_recorded_by(query->facts, query->view.published.seq, day_end_us(last));
    }
    known = known < query->view.known_at ? known : query->view.known_at;
    if (place < PERIODS_MAX) {
        cache[place] = known + 1;
    }
    return known;
}

/* Add one contract as it is registered at `view`, if by this row. */
static bool add_registered(struct statistics *statistics, const struct registration_row *row,
                           const struct viewpoint *view)
{
    struct registered registered;
    if (!fact_counts(&row->fact, view) ||
        !registered_at(statistics->query->facts, row->fact.key, view, &registered) ||
        registered.row != row) {
        return false;
    }
    struct contribution contribution = {
        .registered = &registered, .view = view, .day = row->reg_date, .own = true, .before = true};
    if (!figures_of(statistics, &registered, view, &contribution.figures)) {
        return false;
    }
    statistics_add(statistics, &contribution);
    return true;
}

/* A rate that is recorded later, or reversed, restates what is in another currency. */
static void note_rates(struct statistics *statistics, const struct registration_row *row,
                       const struct viewpoint *view)
{
    struct registered registered;
    const struct facts *facts = statistics->query->facts;
    if (!registered_at(facts, row->fact.key, view, &registered) ||
        slice_equal(slice_text(currency_code(registered.contract->currency)), slice_text("CNY"))) {
        return;
    }
    for (uint64_t i = 0; i < statistics->query->view.published.rows[FACT_RATE]; i++) {
        steps_note(statistics->explanation, facts_row(facts, FACT_RATE, i));
    }
}

/* Explain: the registration of a contract that the row counts. */
static void explain_count(struct statistics *statistics, const struct registration_row *row,
                          const struct viewpoint *view)
{
    const struct explanation_line line = {
        .seq = row->fact.seq, .amount = AMOUNT_UNKNOWN, .what = "counted"};
    statistics->matched = 0;
    add_registered(statistics, row, view);
    if (statistics->matched != 0) {
        explanation_add(statistics->explanation, &line);
    }
}

/* Explain: what each step of the contract's registration did to the row. */
static void explain_steps(struct statistics *statistics, const struct registration_row *row,
                          const struct viewpoint *view)
{
    struct explanation *explanation = statistics->explanation;
    const struct facts *facts = statistics->query->facts;
    int64_t before = 0;
    steps_begin(explanation);
    uint32_t at = facts_head(facts, FACT_REGISTRATION, row->fact.key, true);
    for (; at != NO_ROW;) {
        const struct fact *fact = facts_row(facts, FACT_REGISTRATION, at - 1);
        steps_note(explanation, fact);
        at = fact->prev;
    }
    note_rates(statistics, row, view);
    uint64_t count = steps_sort(explanation);
    for (uint64_t i = 0; i < count && step_at(explanation, i) <= view->known_at; i++) {
        struct viewpoint then = *view;
        then.known_at = step_at(explanation, i);
        statistics->matched = 0;
        add_registered(statistics, row, &then);
        if (statistics->matched != before) {
            struct explanation_line line = {
                .seq = then.known_at,
                .amount = statistics->matched - before,
                .what = statistics->explained == MEASURE_TECH ? "tech" : "turnover"};
            explanation_add(explanation, &line);
        }
        before = statistics->matched;
    }
}

static void run_registered(struct statistics *statistics)
{
    const struct query *query = statistics->query;
    uint64_t *cache = statistics->basis == BASIS_ORIGINAL
                          ? scratch_take(&statistics->scratch, PERIODS_MAX * sizeof(*cache))
                          : NULL;
    uint64_t count = query->view.published.rows[FACT_REGISTRATION];
    struct viewpoint view = query->view;
    for (uint64_t i = 0; i < count; i++) {
        const struct registration_row *row = facts_row(query->facts, FACT_REGISTRATION, i);
        if (row->action != REGISTRATION_REGISTERED) {
            continue;
        }
        if (cache != NULL) {
            view.known_at = original_known_at(statistics, cache, row->reg_date); /* B2 */
        }
        if (statistics->explaining && statistics->explained == MEASURE_COUNT) {
            explain_count(statistics, row, &view);
        } else if (statistics->explaining) {
            explain_steps(statistics, row, &view);
        } else {
            add_registered(statistics, row, &view);
        }
    }
}

/* ---- B3 ---- */

struct known_state {
    bool there;
    struct registered registered;
    struct viewpoint view;
    struct figures figures;
};

static void add_step(struct statistics *statistics, const struct known_state *state, int32_t day,
                     int64_t sign)
{
    if (!state->there) {
        return;
    }
    struct contribution contribution = {.registered = &state->registered,
                                        .view = &state->view,
                                        .day = day,
                                        .own = true,
                                        .before = true};
    contribution.figures = (struct figures){.count = sign * state->figures.count,
                                            .turnover = sign * state->figures.turnover,
                                            .tech = sign * state->figures.tech};
    statistics_add(statistics, &contribution);
}

static bool same_state(const struct known_state *a, const struct known_state *b)
{
    return a->there == b->there &&
           (!a->there ||
            (a->registered.row == b->registered.row && a->registered.type == b->registered.type &&
             a->figures.turnover == b->figures.turnover && a->figures.tech == b->figures.tech));
}

static void flow_of_contract(struct statistics *statistics, uint32_t contract)
{
    const struct facts *facts = statistics->query->facts;
    struct explanation *steps = statistics->explanation;
    struct known_state before = {.there = false};
    steps_begin(steps);
    uint32_t at = facts_head(facts, FACT_REGISTRATION, contract, true);
    while (at != NO_ROW) {
        const struct fact *fact = facts_row(facts, FACT_REGISTRATION, at - 1);
        steps_note(steps, fact);
        at = fact->prev;
    }
    uint64_t count = steps_sort(steps);
    for (uint64_t i = 0; i < count; i++) {
        struct known_state now = {.there = false, .view = statistics->query->view};
        now.view.known_at = step_at(steps, i);
        now.there = registered_at(facts, contract, &now.view, &now.registered) &&
                    figures_of(statistics, &now.registered, &now.view, &now.figures);
        if (same_state(&before, &now)) {
            continue;
        }
        int32_t day = shanghai_day(event_row_at(facts, now.view.known_at)->recorded);
        statistics->matched = 0;
        add_step(statistics, &before, day, -1);
        add_step(statistics, &now, day, 1);
        if (statistics->explaining && statistics->matched != 0) {
            struct explanation_line line = {
                .seq = now.view.known_at, .amount = statistics->matched, .what = "turnover"};
            explanation_add(steps, &line);
        }
        before = now;
    }
}

static void run_flow(struct statistics *statistics)
{
    const struct query *query = statistics->query;
    uint64_t count = query->view.published.rows[FACT_REGISTRATION];
    for (uint64_t i = 0; i < count; i++) {
        const struct fact *fact = facts_row(query->facts, FACT_REGISTRATION, i);
        if (fact->prev == NO_ROW && fact->seq <= query->view.known_at) {
            flow_of_contract(statistics, fact->key); /* once: at its first row */
        }
    }
}

void statistics_run(struct statistics *statistics)
{
    switch (statistics->basis) {
    case BASIS_RESTATED:
    case BASIS_ORIGINAL:
        run_registered(statistics);
        break;
    case BASIS_FLOW:
        run_flow(statistics);
        break;
    case BASIS_RECEIVED:
        statistics_run_received(statistics);
        break;
    }
}
