/* What may still be credited against royalties (domain 4.5).
 *
 *   C1  The entry fee, if the terms say so, whenever it was owed; a minimum agreed for a contract
 *       year only in that year, so what a year credits comes out of its own minimums first.
 *   C2  A minimum is of the year of the last day that it is for, else of its due date. A true-up
 *       is for its year: a statement of that year that comes after it may credit it.
 *   C3  The minimum of a year is reached by its royalties together with those minimums of the year
 *       that were not credited against them: nobody pays the same minimum twice. An audit that
 *       finds more is credited with them, one that finds less keeps the year at its minimum. */

#include <stdlib.h>

#include "daemon/ledger/due.h"
#include "daemon/ledger/obligation.h"
#include "daemon/ledger/royalty.h"

/* Sums of a kind that are paid or owed: entry fees, or minimums of a contract year. */
static int64_t creditable(const struct deciding *deciding, enum obligation_kind kind,
                          int32_t term_start, int32_t year)
{
    size_t count;
    int64_t sum = 0;
    uint32_t *list = obligation_list(deciding->facts, deciding->aggregate, &deciding->now, &count);
    for (size_t i = 0; i < count; i++) {
        struct obligation_figures figures;
        obligation_evaluate(deciding->facts, list[i], &deciding->now, &figures);
        if (figures.terms->kind != kind) {
            continue;
        }
        int32_t day =
            figures.terms->accrual_to != DAY_NONE ? figures.terms->accrual_to : figures.due;
        bool of_year = kind == OBLIGATION_KIND_entry_fee || day == DAY_NONE ||
                       royalty_year(term_start, day) == year;
        sum += of_year ? figures.paid + figures.set_off + figures.outstanding : 0;
    }
    free(list);
    return sum;
}

static int64_t credited_in(const struct deciding *deciding, int32_t term_start, int32_t year)
{
    int64_t sum = 0;
    uint32_t at;
    const struct statement_row *row =
        facts_first(deciding->facts, FACT_STATEMENT, deciding->aggregate, &deciding->now, &at);
    for (; row != NULL; row = facts_next(deciding->facts, FACT_STATEMENT, &deciding->now, &at)) {
        sum += royalty_year(term_start, row->period_end) == year ? row->credits_fen : 0;
    }
    return sum;
}

/* What other years took beyond their own minimums came from the entry fee. */
static int64_t entry_used(const struct deciding *deciding, int32_t term_start, int32_t year)
{
    int64_t used = 0;
    int32_t first = INT32_MAX;
    int32_t last = INT32_MIN;
    uint32_t at;
    const struct statement_row *row =
        facts_first(deciding->facts, FACT_STATEMENT, deciding->aggregate, &deciding->now, &at);
    for (; row != NULL; row = facts_next(deciding->facts, FACT_STATEMENT, &deciding->now, &at)) {
        int32_t of = royalty_year(term_start, row->period_end);
        first = of < first ? of : first;
        last = of > last ? of : last;
    }
    for (int32_t other = first; other <= last; other++) {
        if (other != year) {
            int64_t beyond = credited_in(deciding, term_start, other) -
                             creditable(deciding, OBLIGATION_KIND_min_royalty, term_start, other);
            used += beyond > 0 ? beyond : 0;
        }
    }
    return used;
}

int64_t royalty_credit_left(const struct deciding *deciding, const struct royalty_row *terms,
                            int32_t period_end)
{
    int32_t start = contract_term_start(deciding->facts, deciding->aggregate, &deciding->now);
    int32_t year = royalty_year(start, period_end);
    int64_t entry = 0;
    if (terms->entry_creditable) {
        entry = creditable(deciding, OBLIGATION_KIND_entry_fee, start, year) -
                entry_used(deciding, start, year);
    }
    int64_t left = (entry > 0 ? entry : 0) +
                   creditable(deciding, OBLIGATION_KIND_min_royalty, start, year) -
                   credited_in(deciding, start, year);
    return left > 0 ? left : 0;
}

/* Minimums of the year that neither its statements nor `credits` took (C3). */
static int64_t minimum_left(const struct deciding *deciding, int32_t period_end, int64_t credits)
{
    int32_t start = contract_term_start(deciding->facts, deciding->aggregate, &deciding->now);
    int32_t year = royalty_year(start, period_end);
    int64_t left = creditable(deciding, OBLIGATION_KIND_min_royalty, start, year) -
                   credited_in(deciding, start, year) - credits;
    return left > 0 ? left : 0;
}

/* Royalties of the year as stated and audited, and whether its last statement is there. */
static int64_t stated_in(const struct deciding *deciding, int32_t term_start, int32_t year,
                         bool *ret_closed)
{
    int64_t sum = 0;
    int32_t end = royalty_year_end(term_start, year);
    uint32_t at;
    const struct statement_row *row =
        facts_first(deciding->facts, FACT_STATEMENT, deciding->aggregate, &deciding->now, &at);
    *ret_closed = false;
    for (; row != NULL; row = facts_next(deciding->facts, FACT_STATEMENT, &deciding->now, &at)) {
        sum += royalty_year(term_start, row->period_end) == year ? row->royalty_fen : 0;
        *ret_closed = *ret_closed || (!row->audited && row->period_end == end);
    }
    return sum;
}

int64_t royalty_audit_credits(const struct deciding *deciding, const struct royalty_row *terms,
                              int32_t period_end, int64_t change)
{
    bool closed;
    int32_t start = contract_term_start(deciding->facts, deciding->aggregate, &deciding->now);
    int64_t stated = stated_in(deciding, start, royalty_year(start, period_end), &closed);
    int64_t left = minimum_left(deciding, period_end, 0);
    if (!closed) {
        return 0;
    }
    if (change > 0) {
        return change < left ? change : left;
    }
    int64_t kept = royalty_true_up(terms->min_year_fen, stated + change, left);
    return kept < -change ? -kept : change;
}

int64_t royalty_true_up(int64_t minimum_fen, int64_t year_royalty, int64_t ahead)
{
    int64_t short_of = minimum_fen == AMOUNT_UNKNOWN ? 0 : minimum_fen - year_royalty - ahead;
    return short_of > 0 ? short_of : 0;
}

int64_t royalty_true_up_after(const struct deciding *deciding,
                              const struct royalty_figures *figures, int32_t period_end,
                              int64_t royalty, int64_t credits)
{
    if (!figures->ends_year) {
        return 0;
    }
    return royalty_true_up(figures->terms->min_year_fen, figures->year_royalty + royalty,
                           minimum_left(deciding, period_end, credits));
}
