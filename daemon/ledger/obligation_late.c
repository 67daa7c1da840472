/* The due date of an obligation, and its interest between two steps.
 *
 *   O7  Interest runs on what is owed, disputed parts too, not on what is contingent or written
 *       off. Before the walk the last rescheduling that drops interest fixes where it starts;
 *       one that keeps it ends the span on its day and begins the next at the new due date.
 *   O9  A due date is not before the day the condition was met (domain 4.9), and rolls. */

#include "daemon/ledger/obligation_walk.h"

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
        due == DAY_NONE ? 0 : late_daily_weight(walk->facts, &walk->late, due, walk->view);
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
    walk->bears_interest =
        figures->terms->kind != OBLIGATION_KIND_interest && figures->opened != DAY_NONE;
    if (walk->bears_interest) {
        walk->late = late_terms_at(walk->facts, walk->owner, walk->view);
        walk->bears_interest = walk->late.kind != LATE_NONE;
    }
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
    if (upto > from) {
        int64_t days = (int64_t)upto - from;
        walk->numerator += (int128)walk->figures->outstanding * days * walk->weight;
        walk->cursor = upto;
    }
}

void late_reschedule(struct walk *walk, int32_t new_due, int32_t day)
{
    if (walk->bears_interest) {
        begin_span(walk, as_due(walk, new_due));
        walk->cursor = day > walk->cursor ? day : walk->cursor;
    }
}

int64_t late_interest(const struct walk *walk, int32_t day)
{
    if (!walk->bears_interest || walk->numerator == 0) {
        return 0;
    }
    int64_t whole =
        late_amount(&walk->late, walk->numerator, walk->figures->scheduled + walk->assigned);
    int64_t due = whole - walk->figures->interest_paid;
    if (due > 0) {
        due -= interest_assessed(walk->facts, walk->owner, walk->obligation, day, walk->view);
    }
    return due > 0 ? due : 0;
}
