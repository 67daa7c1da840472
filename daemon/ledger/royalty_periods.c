/* The periods that royalties are computed of.
 *
 *   Y3  What counts are statements, and reports that no statement covers.
 *   Y4  Periods are taken by their last day, which also decides the contract year (ruling 17).
 *   Y8  An audit changes the base of what is stated within its period, and the royalty of the last
 *       statement there; it is no period of its own. */

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/royalty_inner.h"

int32_t royalty_counts_after(const struct facts *facts, uint32_t contract,
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
            *ret_base = royalty_plus(*ret_base, usage_base(row, terms));
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
        while (row != NULL && row->audited) {
            row = facts_next(facts, FACT_STATEMENT, view, &at); /* lies on statements */
        }
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
    const struct royalty_item *a = left;
    const struct royalty_item *b = right;
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

/* What audits changed of what is stated within their period: more goes to the last statement,
 * less is taken from the last ones, so that no base is below zero. */
static void apply_audit(struct royalty_item *items, size_t count, const struct royalty_span *audit,
                        int64_t royalty, int64_t credits)
{
    int64_t change = audit->base;
    bool last = true;
    for (size_t i = count; i-- > 0;) {
        struct royalty_item *item = &items[i];
        if (item->stated == ROYALTY_NOT_STATED || item->start < audit->start ||
            item->end > audit->end) {
            continue;
        }
        int64_t part = change < -item->base ? -item->base : change;
        item->stated += last ? royalty : 0;
        item->credits += last ? credits : 0;
        item->base = royalty_plus(item->base, part);
        change -= part;
        last = false;
    }
}

/* The first audit recorded after `seq`; NULL if that was all. */
static const struct statement_row *next_audit(const struct facts *facts, uint32_t contract,
                                              uint64_t seq, const struct viewpoint *view)
{
    const struct statement_row *next = NULL;
    uint32_t at;
    const struct statement_row *row = facts_first(facts, FACT_STATEMENT, contract, view, &at);
    for (; row != NULL && row->fact.seq > seq; row = facts_next(facts, FACT_STATEMENT, view, &at)) {
        next = row->audited ? row : next; /* newest first */
    }
    return next;
}

/* In the order in which they were recorded: each was found on the bases of those before it. */
static void apply_audits(struct royalty_item *items, size_t count, const struct facts *facts,
                         uint32_t contract, const struct viewpoint *view)
{
    const struct statement_row *row = next_audit(facts, contract, 0, view);
    for (; row != NULL; row = next_audit(facts, contract, row->fact.seq, view)) {
        const struct royalty_span span = {row->period_start, row->period_end, row->base_fen};
        apply_audit(items, count, &span, row->royalty_fen, row->credits_fen);
    }
}

static size_t gather_statements(struct royalty_item *items, const struct facts *facts,
                                uint32_t contract, const struct viewpoint *view)
{
    size_t count = 0;
    uint32_t at;
    const struct statement_row *row = facts_first(facts, FACT_STATEMENT, contract, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_STATEMENT, view, &at)) {
        if (!row->audited) {
            items[count++] = (struct royalty_item){
                row->period_start, row->period_end, row->base_fen, row->royalty_fen,
                row->credits_fen,  row->agreed,     false};
        }
    }
    return count;
}

struct royalty_item *royalty_gather(const struct facts *facts, uint32_t contract,
                                    struct royalty_asked asked, const struct viewpoint *view,
                                    size_t *ret_count)
{
    const struct royalty_span *period = asked.period;
    struct royalty_item *items = calloc(count_rows(facts, contract, view) + 1, sizeof(*items));
    INVARIANT(items != NULL);
    const struct royalty_row *terms = royalty_terms_at(facts, contract, view);
    size_t count = gather_statements(items, facts, contract, view);
    uint32_t at;
    if (period != NULL) {
        items[count++] = (struct royalty_item){
            period->start, period->end, period->base, ROYALTY_NOT_STATED, 0, false, true};
    }
    const struct usage_row *usage = facts_first(facts, FACT_USAGE, contract, view, &at);
    for (; usage != NULL; usage = facts_next(facts, FACT_USAGE, view, &at)) {
        int64_t base = unstated(facts, contract, usage, usage_base(usage, terms), period, view);
        if (base > 0) {
            items[count++] = (struct royalty_item){
                usage->period_start, usage->period_end, base, ROYALTY_NOT_STATED, 0, false, false};
        }
    }
    qsort(items, count, sizeof(*items), by_end);
    apply_audits(items, count, facts, contract, view);
    if (asked.audit != NULL) {
        apply_audit(items, count, asked.audit, 0, 0);
    }
    *ret_count = count;
    return items;
}
