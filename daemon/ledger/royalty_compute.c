/* What a period earns.
 *
 *   Y4  Periods are taken by their last day, which also decides the contract year (ruling 17).
 *   Y5  Every period is computed by the terms of its last day, so that an amendment changes what
 *       comes after it and not what was earned before.
 *   Y6  What the parties agreed on counts towards the caps as it was agreed; everything else with
 *       what it earns in the order of the periods.
 *   Y7  A period stated after later ones earns what it changes in the whole: its own part and, as
 *       the tiers and caps of the later ones shift, theirs. So the statements of a scope add up
 *       to the royalty on its base, in whatever order they come. */

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/calendar.h"
#include "daemon/ledger/contract.h"
#include "daemon/ledger/due.h"
#include "daemon/ledger/royalty.h"

#define NOT_STATED (-1)

struct item {
    int32_t start, end;
    int64_t base;
    int64_t stated; /* royalty of a statement, NOT_STATED of a report */
    int64_t credits;
    bool agreed;
    bool asked; /* the period that is to be computed */
};

/* What has added up when a period begins. */
struct running {
    int32_t year;
    int64_t year_base, life_base;
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

/* What of a report no statement covers; `period` is stated, too, unless NULL. A report that lies
 * within one is covered by it, whatever it says; of one that goes beyond, the rest is left. */
static int64_t unstated(const struct facts *facts, uint32_t contract, const struct usage_row *usage,
                        int64_t base, const struct royalty_span *period,
                        const struct viewpoint *view)
{
    uint32_t at;
    const struct statement_row *row = facts_first(facts, FACT_STATEMENT, contract, view, &at);
    struct royalty_span span = {INT32_MAX, INT32_MIN, 0};
    if (period != NULL) {
        span = *period;
    }
    for (;;) {
        if (span.start <= usage->period_start && usage->period_end <= span.end) {
            return 0;
        }
        if (span.start <= usage->period_end && usage->period_start <= span.end) {
            base = base > span.base ? base - span.base : 0;
        }
        if (row == NULL) {
            return base;
        }
        span = (struct royalty_span){row->period_start, row->period_end, row->base_fen};
        row = facts_next(facts, FACT_STATEMENT, view, &at);
    }
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

/* Y3 and `period`, unless it is NULL, in the order of their ends. The caller frees. */
static struct item *gather(const struct facts *facts, uint32_t contract,
                           const struct royalty_span *period, const struct viewpoint *view,
                           size_t *ret_count)
{
    struct item *items = calloc(count_rows(facts, contract, view) + 1, sizeof(*items));
    INVARIANT(items != NULL);
    const struct royalty_row *terms = royalty_terms_at(facts, contract, view);
    size_t count = 0;
    uint32_t at;
    if (period != NULL) {
        items[count++] =
            (struct item){period->start, period->end, period->base, NOT_STATED, 0, false, true};
    }
    const struct statement_row *stated = facts_first(facts, FACT_STATEMENT, contract, view, &at);
    for (; stated != NULL; stated = facts_next(facts, FACT_STATEMENT, view, &at)) {
        items[count++] = (struct item){stated->period_start,
                                       stated->period_end,
                                       stated->base_fen,
                                       stated->royalty_fen,
                                       stated->credits_fen,
                                       stated->agreed,
                                       false};
    }
    const struct usage_row *usage = facts_first(facts, FACT_USAGE, contract, view, &at);
    for (; usage != NULL; usage = facts_next(facts, FACT_USAGE, view, &at)) {
        int64_t base = unstated(facts, contract, usage, usage_base(usage, terms), period, view);
        if (base > 0) {
            items[count++] = (struct item){
                usage->period_start, usage->period_end, base, NOT_STATED, 0, false, false};
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

/* The base that tiers add up on before an item (Y1). */
static int64_t base_before(const struct royalty_row *terms, const struct running *running)
{
    if (terms->tier_scope == TIER_SCOPE_period) {
        return 0;
    }
    bool by_year = terms->tier_scope == TIER_SCOPE_contract_year || terms->year_rates.count > 0;
    return by_year ? running->year_base : running->life_base;
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

/* Move to the year of the item, add its base; gives what it earns after caps. */
static int64_t add_item(struct adding *adding, const struct item *item, int64_t *ret_earned)
{
    struct running *running = &adding->running;
    const struct royalty_row *terms = terms_of(adding, item->end);
    int32_t year = royalty_year(adding->term_start, item->end);
    int64_t base = item->end > adding->counts_after ? item->base : 0;
    if (year != running->year) {
        running->year = year;
        running->year_base = 0;
        running->year_royalty = 0;
    }
    int64_t before = base_before(terms, running);
    *ret_earned = royalty_on(terms, adding->facts, plus(before, base), year, adding->rounding) -
                  royalty_on(terms, adding->facts, before, year, adding->rounding);
    running->year_base = plus(running->year_base, base);
    running->life_base = plus(running->life_base, base);
    int64_t royalty = capped(*ret_earned, terms->cap_year_fen, running->year_royalty);
    return capped(royalty, terms->cap_life_fen, running->life_royalty);
}

/* Y6 */
static void count_royalty(struct adding *adding, const struct item *item, int64_t earned)
{
    int64_t royalty = item->agreed ? item->stated : earned;
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
        adding->term_start = contract_valid_from(facts, contract, view);
    }
    adding->rounding = contract_rounding(facts, contract, view);
    adding->counts_after = counts_after(facts, contract, view);
    adding->running.year = INT32_MIN;
    return true;
}

/* What statements of periods after `end` earn, and the period itself if it is given. */
static void add_since(struct adding *adding, const struct royalty_span *period, int32_t end,
                      struct royalty_figures *figures)
{
    size_t count;
    struct item *items = gather(adding->facts, adding->contract, period, adding->view, &count);
    figures->earned = 0;
    figures->royalty = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t earned;
        const struct item *item = &items[i];
        int64_t royalty = add_item(adding, item, &earned);
        if (item->asked) {
            figures->year_royalty = adding->running.year_royalty;
            figures->life_royalty = adding->running.life_royalty;
        }
        if (item->asked || (item->stated != NOT_STATED && item->end > end)) {
            figures->earned = plus(figures->earned, earned);
            figures->royalty = plus(figures->royalty, royalty);
        }
        count_royalty(adding, item, royalty);
    }
    free(items);
}

/* Whatever the order, what is stated never passes a cap. */
static int64_t within_caps(const struct adding *adding, const struct royalty_row *terms,
                           int32_t year, int64_t royalty)
{
    int64_t year_stated = 0;
    int64_t life_stated = 0;
    uint32_t at;
    const struct statement_row *row =
        facts_first(adding->facts, FACT_STATEMENT, adding->contract, adding->view, &at);
    for (; row != NULL; row = facts_next(adding->facts, FACT_STATEMENT, adding->view, &at)) {
        bool of_year = royalty_year(adding->term_start, row->period_end) == year;
        year_stated = of_year ? plus(year_stated, row->royalty_fen) : year_stated;
        life_stated = plus(life_stated, row->royalty_fen);
    }
    royalty = capped(royalty, terms->cap_year_fen, year_stated);
    return capped(royalty, terms->cap_life_fen, life_stated);
}

void royalty_compute(const struct facts *facts, uint32_t contract,
                     const struct royalty_span *period, const struct viewpoint *view,
                     struct royalty_figures *ret_figures)
{
    struct adding adding;
    struct royalty_figures without = {0};
    *ret_figures = (struct royalty_figures){0};
    if (!adding_begin(&adding, facts, contract, view)) {
        return;
    }
    add_since(&adding, NULL, period->end, &without);
    (void)adding_begin(&adding, facts, contract, view);
    add_since(&adding, period, period->end, ret_figures);
    ret_figures->earned -= without.earned; /* Y7 */
    ret_figures->royalty -= without.royalty;
    ret_figures->royalty = ret_figures->royalty > 0 ? ret_figures->royalty : 0;
    ret_figures->terms = terms_of(&adding, period->end);
    int32_t year = royalty_year(adding.term_start, period->end);
    ret_figures->royalty = within_caps(&adding, ret_figures->terms, year, ret_figures->royalty);
    ret_figures->ends_year = royalty_year_end(adding.term_start, year) == period->end;
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
    struct item *items = gather(facts, contract, NULL, view, &count);
    for (size_t i = 0; i < count; i++) {
        int64_t earned;
        int64_t royalty = add_item(&adding, &items[i], &earned);
        count_royalty(&adding, &items[i], royalty);
        royalty = items[i].stated == NOT_STATED ? royalty : items[i].stated;
        int64_t base = items[i].end > adding.counts_after ? items[i].base : 0;
        ret_totals->base = plus(ret_totals->base, base);
        ret_totals->earned = plus(ret_totals->earned, earned);
        ret_totals->royalty = plus(ret_totals->royalty, royalty);
        ret_totals->credited = plus(ret_totals->credited, items[i].credits);
    }
    free(items);
}
