/* What a period earns.
 *
 *   Y5  Every period is computed by the terms of its last day, so that an amendment changes what
 *       comes after it and not what was earned before.
 *   Y6  What the parties agreed on counts towards the caps as it was agreed; everything else with
 *       what it earns in the order of the periods.
 *   Y7  A period stated after later ones earns what it changes in the whole: its own part and, as
 *       the tiers and caps of the later ones shift, theirs. So the statements of a scope add up
 *       to the royalty on its base, in whatever order they come. The same holds for an audit that
 *       changes a base: what it finds is the change of the whole, which may be negative. */

#include <stdlib.h>

#include "daemon/ledger/contract.h"
#include "daemon/ledger/due.h"
#include "daemon/ledger/royalty_inner.h"

/* What has added up when a period begins. */
struct running {
    int32_t year;
    int64_t year_base, life_base;
    int64_t year_royalty, life_royalty;
};

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
static int64_t add_item(struct adding *adding, const struct royalty_item *item, int64_t *ret_earned)
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
    *ret_earned =
        royalty_on(terms, adding->facts, royalty_plus(before, base), year, adding->rounding) -
        royalty_on(terms, adding->facts, before, year, adding->rounding);
    running->year_base = royalty_plus(running->year_base, base);
    running->life_base = royalty_plus(running->life_base, base);
    int64_t royalty = capped(*ret_earned, terms->cap_year_fen, running->year_royalty);
    return capped(royalty, terms->cap_life_fen, running->life_royalty);
}

/* Y6 */
static void count_royalty(struct adding *adding, const struct royalty_item *item, int64_t earned)
{
    int64_t royalty = item->agreed ? item->stated : earned;
    adding->running.year_royalty = royalty_plus(adding->running.year_royalty, royalty);
    adding->running.life_royalty = royalty_plus(adding->running.life_royalty, royalty);
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
    adding->counts_after = royalty_counts_after(facts, contract, view);
    adding->running.year = INT32_MIN;
    return true;
}

/* What statements of periods that end after `end` earn, and the period that is asked for. */
static void add_since(struct adding *adding, struct royalty_asked asked, int32_t end,
                      struct royalty_figures *figures)
{
    size_t count;
    struct royalty_item *items =
        royalty_gather(adding->facts, adding->contract, asked, adding->view, &count);
    figures->earned = 0;
    figures->royalty = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t earned;
        const struct royalty_item *item = &items[i];
        int64_t royalty = add_item(adding, item, &earned);
        if (item->asked) {
            figures->year_royalty = adding->running.year_royalty;
            figures->life_royalty = adding->running.life_royalty;
        }
        if (item->asked || (item->stated != ROYALTY_NOT_STATED && item->end > end)) {
            figures->earned = royalty_plus(figures->earned, earned);
            figures->royalty = royalty_plus(figures->royalty, royalty);
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
        year_stated = of_year ? royalty_plus(year_stated, row->royalty_fen) : year_stated;
        life_stated = royalty_plus(life_stated, row->royalty_fen);
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
    add_since(&adding, (struct royalty_asked){NULL, NULL}, period->end, &without);
    (void)adding_begin(&adding, facts, contract, view);
    add_since(&adding, (struct royalty_asked){period, NULL}, period->end, ret_figures);
    ret_figures->earned -= without.earned; /* Y7 */
    ret_figures->royalty -= without.royalty;
    ret_figures->royalty = ret_figures->royalty > 0 ? ret_figures->royalty : 0;
    ret_figures->terms = terms_of(&adding, period->end);
    int32_t year = royalty_year(adding.term_start, period->end);
    ret_figures->royalty = within_caps(&adding, ret_figures->terms, year, ret_figures->royalty);
    ret_figures->ends_year = royalty_year_end(adding.term_start, year) == period->end;
}

void royalty_audit(const struct facts *facts, uint32_t contract, const struct royalty_span *audit,
                   const struct viewpoint *view, struct royalty_figures *ret_figures)
{
    struct adding adding;
    struct royalty_figures without = {0};
    *ret_figures = (struct royalty_figures){0};
    if (!adding_begin(&adding, facts, contract, view)) {
        return;
    }
    add_since(&adding, (struct royalty_asked){NULL, NULL}, audit->start - 1, &without);
    (void)adding_begin(&adding, facts, contract, view);
    add_since(&adding, (struct royalty_asked){NULL, audit}, audit->start - 1, ret_figures);
    ret_figures->earned -= without.earned; /* Y7 */
    ret_figures->royalty -= without.royalty;
    ret_figures->terms = terms_of(&adding, audit->end);
    int32_t year = royalty_year(adding.term_start, audit->end);
    if (ret_figures->royalty > 0) {
        ret_figures->royalty = within_caps(&adding, ret_figures->terms, year, ret_figures->royalty);
    }
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
    struct royalty_item *items =
        royalty_gather(facts, contract, (struct royalty_asked){NULL, NULL}, view, &count);
    for (size_t i = 0; i < count; i++) {
        int64_t earned;
        int64_t within = add_item(&adding, &items[i], &earned);
        int64_t royalty = within;
        count_royalty(&adding, &items[i], royalty);
        royalty = items[i].stated == ROYALTY_NOT_STATED ? royalty : items[i].stated;
        int64_t base = items[i].end > adding.counts_after ? items[i].base : 0;
        ret_totals->base = royalty_plus(ret_totals->base, base);
        ret_totals->earned = royalty_plus(ret_totals->earned, earned);
        ret_totals->capped = royalty_plus(ret_totals->capped, earned - within);
        ret_totals->royalty = royalty_plus(ret_totals->royalty, royalty);
        ret_totals->credited = royalty_plus(ret_totals->credited, items[i].credits);
    }
    free(items);
}
