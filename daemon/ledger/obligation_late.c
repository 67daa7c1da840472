/* The due date of an obligation, and its interest between two steps.
 *
 *   O7  Interest runs on what is owed, disputed parts too, not on what is contingent or written
 *       off. Before the walk the last rescheduling that drops interest fixes where it starts;
 *       one that keeps it ends the span on its day and begins the next at the new due date.
 *       Each day is charged by the clause in force on it (I3): where the walk passes the last day
 *       of a clause, the next takes over.
 *   O9  A due date is not before the day the condition was met (domain 4.9), and rolls. */

#include "daemon/ledger/obligation_walk.h"

#include "daemon/ledger/contract.h"
#include "daemon/ledger/due.h"

/* A day as a due date of this obligation: not before the condition was met (4.9), rolled. */
static int32_t as_due(const struct walk *walk, int32_t day)
{
    const struct obligation_figures *figures = walk->figures;
    if (day == DAY_NONE) {
        return DAY_NONE;
    }
    if (walk->conditional && figures->opened != DAY_NONE && figures->opened > day) {
        day = figures->opened;
    }
    return due_rolled(walk->facts, day, figures->terms->due.roll, walk->view);
}

static void begin_span(struct walk *walk, int32_t due)
{
    walk->span_start = due;
    walk->weight =
        due == DAY_NONE ? 0 : late_daily_weight(walk->facts, &walk->clause.terms, due, walk->view);
}

/* What has accrued by now, under the cap of the clause. */
static struct late_sum accrued(const struct walk *walk)
{
    return late_capped(&walk->clause.terms, &walk->sum_start, &walk->sum,
                       walk->figures->scheduled + walk->assigned);
}

static void tell_piece(struct walk *walk, const struct late_sum *sum)
{
    int64_t amount = late_amount(&walk->clause.terms, sum);
    if (walk->part != NULL && walk->piece_start != DAY_NONE) {
        const struct interest_part part = {.seq = walk->clause.seq,
                                           .amount = amount - walk->told,
                                           .from = walk->piece_start,
                                           .to = walk->cursor};
        walk->part(walk->part_arg, &part);
    }
    walk->told = amount;
    walk->piece_start = DAY_NONE;
}

/* The walk gets to `day`; it never goes back. */
static void take_clause(struct walk *walk, int32_t day)
{
    if (day <= walk->clause.last) {
        return;
    }
    struct late_sum sum = accrued(walk);
    tell_piece(walk, &sum);
    walk->sum = walk->sum_start = sum;
    walk->clause = late_clause_on(walk->facts, walk->owner, day, walk->view);
    begin_span(walk, walk->span_start);
}

/* The late clause of a void contract is void, too (Civil Code art 155): what came with the voiding
 * or after it, and the commission, which stands, never bear interest. For the debts before it the
 * interest that was taken is part of what goes back. */
static bool clause_is_void(const struct walk *walk)
{
    const struct fact *row = facts_row(walk->facts, FACT_OBLIGATION, walk->obligation);
    const struct fact *voiding = contract_voiding(walk->facts, walk->owner, walk->view);
    return voiding != NULL &&
           (walk->figures->terms->kind == OBLIGATION_KIND_commission || row->seq >= voiding->seq);
}

size_t late_begin(struct walk *walk, const struct steps *steps)
{
    struct obligation_figures *figures = walk->figures;
    int32_t day =
        due_day(walk->facts, walk->owner, walk->obligation, &figures->terms->due, walk->view);
    int32_t first = day;
    size_t from = 0;
    for (size_t i = 0; i < steps->count; i++) {
        if (steps->at[i].kind != MOVE_DUE) {
            continue;
        }
        day = (int32_t)steps->at[i].amount;
        if (steps->at[i].aux == 0) {
            first = day;
            from = i + 1;
        }
    }
    figures->due_scheduled = due_rolled(walk->facts, day, figures->terms->due.roll, walk->view);
    figures->due = figures->opened == DAY_NONE ? DAY_NONE : as_due(walk, day);
    figures->days_past_due =
        figures->due == DAY_NONE ? 0 : (int64_t)walk->view->as_of - figures->due;
    walk->span_start = DAY_NONE;
    walk->cursor = DAY_NONE;
    walk->piece_start = DAY_NONE;
    walk->bears_interest =
        figures->terms->kind != OBLIGATION_KIND_interest && figures->opened != DAY_NONE;
    if (walk->bears_interest) {
        walk->clause = late_clause_on(walk->facts, walk->owner, DAY_MIN, walk->view);
        walk->bears_interest =
            walk->clause.terms.kind != LATE_NONE || walk->clause.last < walk->view->as_of;
    }
    walk->bears_interest = walk->bears_interest && !clause_is_void(walk);
    if (walk->bears_interest) {
        begin_span(walk, as_due(walk, first));
    }
    return from;
}

void late_accrue(struct walk *walk, int32_t upto)
{
    if (!walk->bears_interest || walk->span_start == DAY_NONE) {
        return;
    }
    int32_t from = walk->cursor > walk->span_start ? walk->cursor : walk->span_start;
    while (upto > from) {
        take_clause(walk, from + 1);
        int32_t last = walk->clause.last < upto ? walk->clause.last : upto;
        int128 principal_days = (int128)walk->figures->outstanding * (last - from);
        late_sum_add(&walk->sum, &walk->clause.terms, principal_days * walk->weight);
        if (walk->piece_start == DAY_NONE) {
            walk->piece_start = from + 1;
        }
        from = walk->cursor = last;
    }
}

void late_reschedule(struct walk *walk, int32_t new_due, int32_t day)
{
    if (walk->bears_interest) {
        begin_span(walk, as_due(walk, new_due));
        walk->cursor = day > walk->cursor ? day : walk->cursor;
    }
}

int64_t late_interest(struct walk *walk, int32_t day)
{
    if (!walk->bears_interest) {
        return 0;
    }
    take_clause(walk, day);
    if (walk->piece_start == DAY_NONE && walk->told == 0) {
        return 0;
    }
    struct late_sum sum = accrued(walk);
    int64_t due = late_amount(&walk->clause.terms, &sum) - walk->figures->interest_paid;
    if (due > 0) {
        due -= interest_assessed(walk->facts, walk->owner, walk->obligation, day, walk->view);
    }
    return due > 0 ? due : 0;
}

void late_paid(struct walk *walk, int64_t amount, uint64_t seq, int32_t day)
{
    walk->figures->interest_paid += amount;
    if (walk->part != NULL && amount != 0) {
        const struct interest_part part = {
            .seq = seq, .amount = -amount, .from = day, .to = day, .paid = true};
        walk->part(walk->part_arg, &part);
    }
}

void late_end(struct walk *walk)
{
    if (walk->bears_interest) {
        struct late_sum sum = accrued(walk);
        tell_piece(walk, &sum);
    }
}
