/* What a period earns.
 *
 *   Y4  Periods are taken by their last day, which also decides the contract year (ruling 17).
 *   Y5  Every period is computed by the terms of its last day, so that an amendment changes what
 *       comes after it and not what was earned before.
 *   Y6  A statement counts towards the caps with what it states, which is what is owed; what was
 *       only reported counts with what it would earn. */

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/calendar.h"
#include "daemon/ledger/due.h"
#include "daemon/ledger/royalty.h"

#define NOT_STATED (-1)

struct item {
    int32_t start, end;
    int64_t base;
    int64_t stated; /* royalty of a statement, NOT_STATED of a report */
    int64_t credits;
};

/* What has added up when a period begins. */
struct running {
    int64_t scope;
    int64_t scope_base;
    int32_t year;
    int64_t year_royalty, life_royalty;
};

/* Sums stop at the end of their type: what is so large is refused where it would be owed. */
static int64_t plus(int64_t a, int64_t b)
{
    int64_t sum;
    return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

int32_t royalty_year(int32_t term_start, int32_t day)
{
    int32_t year = civil_of(day).year - civil_of(term_start).year;
    return add_months(term_start, year * 12) > day ? year - 1 : year;
}

int32_t royalty_year_end(int32_t term_start, int32_t year)
{
    return add_months(term_start, (year + 1) * 12) - 1;
}

/* ---- tiers ---- */

static int64_t rounded(const struct royalty_row *terms, int128 numerator,
                       enum rounding_rule rounding)
{
    int128 denominator = terms->base == ROYALTY_BASE_units ? 1 : PPM_ONE;
    if (numerator / denominator >= AMOUNT_FEN_MAX) {
        return AMOUNT_FEN_MAX; /* refused as a mismatch, never owed */
    }
    return divide_rounded(numerator, denominator, rounding);
}

int64_t royalty_on(const struct royalty_row *terms, const struct facts *facts, int64_t base,
                   int32_t year, enum rounding_rule rounding)
{
    int128 numerator = 0;
    if (terms->year_rates.count > 0) {
        uint32_t last = terms->year_rates.count - 1;
        uint32_t at = year < 0 ? 0 : (uint32_t)year > last ? last : (uint32_t)year;
        return rounded(terms, (int128)base * tier_at(facts, terms->year_rates, at)->rate, rounding);
    }
    int64_t below = 0;
    for (uint32_t i = 0; i < terms->tiers.count && below < base; i++) {
        const struct tier_row *tier = tier_at(facts, terms->tiers, i);
        bool open = tier->upto_fen == AMOUNT_UNKNOWN || i + 1 == terms->tiers.count;
        int64_t upto = open || tier->upto_fen > base ? base : tier->upto_fen;
        numerator += (int128)(upto - below) * tier->rate;
        below = upto;
    }
    return rounded(terms, numerator, rounding);
}

/* ---- gathering periods ---- */

/* First day whose use counts: after a trial it is the day after the conversion; while the trial
 * is undecided or was declined there is none. */
static int32_t counts_after(const struct facts *facts, uint32_t contract,
                            const struct viewpoint *view)
{
    bool tried = false;
    uint32_t at;
    const struct trial_row *row = facts_first(facts, FACT_TRIAL, contract, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_TRIAL, view, &at)) {
        if (row->action == TRIAL_CONVERTED) {
            return row->end;
        }
        tried = true;
    }
    return tried ? DAY_MAX : DAY_MIN;
}

static int64_t usage_base(const struct usage_row *row, const struct royalty_row *terms)
{
    return terms != NULL && terms->base == ROYALTY_BASE_units ? row->units : row->base_fen;
}

bool usage_within(const struct facts *facts, uint32_t contract, int32_t start, int32_t end,
                  const struct viewpoint *view, int64_t *ret_base)
{
    const struct royalty_row *terms = royalty_terms_at(facts, contract, view);
    bool any = false;
    uint32_t at;
    *ret_base = 0;
    const struct usage_row *row = facts_first(facts, FACT_USAGE, contract, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_USAGE, view, &at)) {
        if (row->period_start >= start && row->period_end <= end) {
            *ret_base = plus(*ret_base, usage_base(row, terms));
            any = true;
        }
    }
    return any;
}

static bool is_stated(const struct facts *facts, uint32_t contract, const struct usage_row *usage,
                      const struct viewpoint *view)
{
    uint32_t at;
    const struct statement_row *row = facts_first(facts, FACT_STATEMENT, contract, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_STATEMENT, view, &at)) {
        if (row->period_start <= usage->period_start && usage->period_end <= row->period_end) {
            return true;
        }
    }
    return false;
}

static int by_end(const void *left, const void *right)
{
    const struct item *a = left;
    const struct item *b = right;
    if (a->end != b->end) {
        return a->end < b->end ? -1 : 1;
    }
    return (a->start > b->start) - (a->start < b->start);
}

static size_t count_rows(const struct facts *facts, uint32_t contract, const struct viewpoint *view)
{
    size_t count = 0;
    uint32_t at;
    for (const void *row = facts_first(facts, FACT_STATEMENT, contract, view, &at); row != NULL;
         row = facts_next(facts, FACT_STATEMENT, view, &at)) {
        count++;
    }
    for (const void *row = facts_first(facts, FACT_USAGE, contract, view, &at); row != NULL;
         row = facts_next(facts, FACT_USAGE, view, &at)) {
        count++;
    }
    return count;
}

/* Y3, of periods that end before `before`, in the order of their ends. The caller frees. */
static struct item *gather(const struct facts *facts, uint32_t contract, int32_t before,
                           const struct viewpoint *view, size_t *ret_count)
{
    struct item *items = calloc(count_rows(facts, contract, view) + 1, sizeof(*items));
    INVARIANT(items != NULL);
    const struct royalty_row *terms = royalty_terms_at(facts, contract, view);
    size_t count = 0;
    uint32_t at;
    const struct statement_row *stated = facts_first(facts, FACT_STATEMENT, contract, view, &at);
    for (; stated != NULL; stated = facts_next(facts, FACT_STATEMENT, view, &at)) {
        if (stated->period_end < before) {
            items[count++] =
                (struct item){stated->period_start, stated->period_end, stated->base_fen,
                              stated->royalty_fen, stated->credits_fen};
        }
    }
    const struct usage_row *usage = facts_first(facts, FACT_USAGE, contract, view, &at);
    for (; usage != NULL; usage = facts_next(facts, FACT_USAGE, view, &at)) {
        if (usage->period_end < before && !is_stated(facts, contract, usage, view)) {
            items[count++] = (struct item){usage->period_start, usage->period_end,
                                           usage_base(usage, terms), NOT_STATED, 0};
        }
    }
    qsort(items, count, sizeof(*items), by_end);
    *ret_count = count;
    return items;
}

/* ---- adding up ---- */

struct adding {
    const struct facts *facts;
    uint32_t contract;
    const struct viewpoint *view;
    const struct royalty_row *latest; /* where none was in force on a period's last day */
    int32_t term_start, counts_after;
    enum rounding_rule rounding;
    struct running running;
};

static const struct royalty_row *terms_of(const struct adding *adding, int32_t end)
{
    struct viewpoint then = *adding->view;
    then.as_of = end < then.as_of ? end : then.as_of; /* Y5 */
    const struct royalty_row *terms = royalty_terms_at(adding->facts, adding->contract, &then);
    return terms != NULL ? terms : adding->latest;
}

static int64_t scope_of(const struct royalty_row *terms, const struct item *item, int32_t year)
{
    if (terms->tier_scope == TIER_SCOPE_period) {
        return item->end; /* no two periods end on one day: they do not overlap */
    }
    bool by_year = terms->tier_scope == TIER_SCOPE_contract_year || terms->year_rates.count > 0;
    return by_year ? INT64_C(1000000000) + year : INT64_MAX;
}

static int64_t capped(int64_t earned, int64_t cap, int64_t used)
{
    if (cap == AMOUNT_UNKNOWN) {
        return earned;
    }
    int64_t room = cap - used;
    if (earned <= room) {
        return earned;
    }
    return room > 0 ? room : 0;
}

/* Move to the year and scope of the item, add its base; gives what it earns after caps. */
static int64_t add_item(struct adding *adding, const struct item *item, int64_t *ret_earned)
{
    struct running *running = &adding->running;
    const struct royalty_row *terms = terms_of(adding, item->end);
    int32_t year = royalty_year(adding->term_start, item->end);
    int64_t scope = scope_of(terms, item, year);
    int64_t base = item->end > adding->counts_after ? item->base : 0;
    if (year != running->year) {
        running->year = year;
        running->year_royalty = 0;
    }
    if (scope != running->scope) {
        running->scope = scope;
        running->scope_base = 0;
    }
    int64_t before = royalty_on(terms, adding->facts, running->scope_base, year, adding->rounding);
    running->scope_base = plus(running->scope_base, base);
    *ret_earned =
        royalty_on(terms, adding->facts, running->scope_base, year, adding->rounding) - before;
    int64_t royalty = capped(*ret_earned, terms->cap_year_fen, running->year_royalty);
    return capped(royalty, terms->cap_life_fen, running->life_royalty);
}

static void count_royalty(struct adding *adding, int64_t royalty)
{
    adding->running.year_royalty = plus(adding->running.year_royalty, royalty);
    adding->running.life_royalty = plus(adding->running.life_royalty, royalty);
}

static bool adding_begin(struct adding *adding, const struct facts *facts, uint32_t contract,
                         const struct viewpoint *view)
{
    const struct contract_row *row = contract_terms_at(facts, contract, view);
    *adding = (struct adding){.facts = facts, .contract = contract, .view = view};
    adding->latest = row == NULL ? NULL : royalty_terms_at(facts, contract, view);
    if (adding->latest == NULL) {
        return false;
    }
    adding->term_start = contract_term_start(facts, contract, view);
    if (adding->term_start == DAY_NONE) {
        adding->term_start = row->fact.valid;
    }
    adding->rounding = contract_rounding(facts, contract, view);
    adding->counts_after = counts_after(facts, contract, view);
    adding->running.scope = INT64_MIN;
    adding->running.year = INT32_MIN;
    return true;
}

void royalty_compute(const struct facts *facts, uint32_t contract,
                     const struct royalty_span *period, const struct viewpoint *view,
                     struct royalty_figures *ret_figures)
{
    struct adding adding;
    size_t count;
    int64_t earned;
    *ret_figures = (struct royalty_figures){0};
    if (!adding_begin(&adding, facts, contract, view)) {
        return;
    }
    struct item *items = gather(facts, contract, period->start, view, &count);
    for (size_t i = 0; i < count; i++) {
        int64_t royalty = add_item(&adding, &items[i], &earned);
        count_royalty(&adding, items[i].stated == NOT_STATED ? royalty : items[i].stated); /* Y6 */
    }
    free(items);
    struct item item = {period->start, period->end, period->base, NOT_STATED, 0};
    ret_figures->terms = terms_of(&adding, period->end);
    ret_figures->royalty = add_item(&adding, &item, &ret_figures->earned);
    ret_figures->year_royalty = adding.running.year_royalty;
    ret_figures->life_royalty = adding.running.life_royalty;
    ret_figures->ends_year =
        royalty_year_end(adding.term_start, adding.running.year) == period->end;
}

void royalty_total(const struct facts *facts, uint32_t contract, const struct viewpoint *view,
                   struct royalty_totals *ret_totals)
{
    struct adding adding;
    size_t count;
    *ret_totals = (struct royalty_totals){0};
    if (!adding_begin(&adding, facts, contract, view)) {
        return;
    }
    ret_totals->terms = adding.latest;
    struct item *items = gather(facts, contract, INT32_MAX, view, &count);
    for (size_t i = 0; i < count; i++) {
        int64_t earned;
        int64_t royalty = add_item(&adding, &items[i], &earned);
        royalty = items[i].stated == NOT_STATED ? royalty : items[i].stated;
        count_royalty(&adding, royalty);
        int64_t base = items[i].end > adding.counts_after ? items[i].base : 0;
        ret_totals->base = plus(ret_totals->base, base);
        ret_totals->earned = plus(ret_totals->earned, earned);
        ret_totals->royalty = plus(ret_totals->royalty, royalty);
        ret_totals->credited = plus(ret_totals->credited, items[i].credits);
    }
    free(items);
}
