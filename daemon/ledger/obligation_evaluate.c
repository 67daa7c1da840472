/* One obligation at one viewpoint: all its visible terms and moves, walked in (valid, seq) order.
 *
 *   O5  Lines taken back (MOVE_UNPAY) are netted before the walk: from its day on it is as if
 *       the line had never been, so its interest runs as if nothing had been paid (ruling 38).
 *   O6  A reduction takes what is contingent first, then what is owed, then what was written
 *       off, as far as its kind may. What finds nothing to take waits, and takes it as soon as
 *       something is owed again: where value dates overlap no column is ever negative, and the
 *       end of the walk is what was decided. Waiting payments are the excess (ruling 32).
 *   O7  Interest runs on what is owed, disputed parts too, not on what is contingent or written
 *       off. Before the walk the last rescheduling that drops interest fixes where it starts;
 *       one that keeps it ends the span on its day and begins the next at the new due date.
 *   O8  Every step keeps O1: an amount leaves one column and enters another.
 *
 * The alternative, figures kept up to date at append, is refused: they would be right for one
 * viewpoint only, and a back-dated payment changes all later ones. */

#include "daemon/ledger/obligation.h"

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/calendar.h"
#include "daemon/ledger/due.h"
#include "daemon/ledger/interest.h"

#define STEPS_INLINE 48u
#define STEP_TERMS 0 /* beside enum move_kind */
#define MOVES (MOVE_REFUND + 1)

struct step {
    uint64_t seq;
    int64_t amount;
    int32_t valid;
    uint32_t index; /* of the row in its table */
    uint32_t aux;
    uint8_t kind; /* STEP_TERMS or enum move_kind */
};

struct steps {
    struct step *at;
    size_t count, room;
    struct step fixed[STEPS_INLINE];
};

struct walk {
    const struct facts *facts;
    const struct viewpoint *view;
    struct obligation_figures *figures;
    uint32_t obligation, owner;
    bool conditional, opened;
    int64_t waiting[MOVES]; /* O6, by enum move_kind */
    int64_t recovered; /* paid out of what was written off */
    int64_t raw_disputed;
    enum obligation_state closed; /* how it was last closed */
    /* interest */
    bool bears_interest;
    struct late_terms late;
    int128 numerator, weight;
    int32_t span_start; /* days after it bear interest; DAY_NONE: none do */
    int32_t cursor;     /* interest is accrued up to here */
};

/* ---- gathering ---- */

static void steps_add(struct steps *steps, struct step step)
{
    if (steps->count == steps->room) {
        size_t room = steps->room * 2;
        struct step *moved = calloc(room, sizeof(*moved));
        INVARIANT(moved != NULL);
        memcpy(moved, steps->at, steps->count * sizeof(*moved));
        if (steps->at != steps->fixed) {
            free(steps->at);
        }
        steps->at = moved;
        steps->room = room;
    }
    steps->at[steps->count++] = step;
}

/* Of one event, new terms come before moves; of one table, rows as they were added. */
static int step_order(const void *left, const void *right)
{
    const struct step *a = left;
    const struct step *b = right;
    if (a->valid != b->valid) {
        return a->valid < b->valid ? -1 : 1;
    }
    if (a->seq != b->seq) {
        return a->seq < b->seq ? -1 : 1;
    }
    bool terms_a = a->kind == STEP_TERMS;
    bool terms_b = b->kind == STEP_TERMS;
    if (terms_a != terms_b) {
        return terms_a ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

static void gather_terms(struct steps *steps, const struct walk *walk)
{
    const struct facts *facts = walk->facts;
    uint32_t at = facts_head(facts, FACT_TERMS, walk->obligation, !walk->view->writer);
    while (at != NO_ROW) {
        const struct terms_row *row = facts_row(facts, FACT_TERMS, at - 1);
        if (fact_counts(&row->fact, walk->view)) {
            int64_t amount = row->amount_fen == AMOUNT_UNKNOWN ? 0 : row->amount_fen;
            steps_add(steps, (struct step){row->fact.seq, amount, row->fact.valid, at - 1, 0,
                                           STEP_TERMS});
        }
        at = row->fact.prev;
    }
}

static void gather_moves(struct steps *steps, const struct walk *walk)
{
    const struct facts *facts = walk->facts;
    uint32_t at = facts_head(facts, FACT_MOVE, walk->obligation, !walk->view->writer);
    while (at != NO_ROW) {
        const struct move_row *row = facts_row(facts, FACT_MOVE, at - 1);
        if (fact_counts(&row->fact, walk->view)) {
            steps_add(steps, (struct step){row->fact.seq, row->amount, row->fact.valid, at - 1,
                                           row->aux, row->kind});
        }
        at = row->fact.prev;
    }
}

static void sort_steps(struct steps *steps)
{
    if (steps->count > STEPS_INLINE) {
        qsort(steps->at, steps->count, sizeof(*steps->at), step_order);
        return;
    }
    for (size_t i = 1; i < steps->count; i++) {
        struct step step = steps->at[i];
        size_t to = i;
        for (; to > 0 && step_order(&step, &steps->at[to - 1]) < 0; to--) {
            steps->at[to] = steps->at[to - 1];
        }
        steps->at[to] = step;
    }
}

/* O5: the latest lines of the payment give back first. */
static void net_lines(struct steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (steps->at[i].kind != MOVE_UNPAY) {
            continue;
        }
        int64_t left = steps->at[i].amount;
        for (size_t j = steps->count; j-- > 0 && left > 0;) {
            struct step *line = &steps->at[j];
            if (line->kind != MOVE_PAY || line->aux != steps->at[i].aux) {
                continue;
            }
            int64_t take = left < line->amount ? left : line->amount;
            line->amount -= take;
            left -= take;
        }
    }
}

/* ---- due date and interest ---- */

static int32_t condition_met(const struct steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (steps->at[i].kind == MOVE_OPEN) {
            return steps->at[i].valid;
        }
    }
    return DAY_NONE;
}

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
    walk->weight = due == DAY_NONE ? 0
                                   : late_daily_weight(walk->facts, &walk->late, due, walk->view);
}

/* Sets the due dates; begins the first span of interest (O7). Gives the index from which
 * reschedulings are still to be walked. */
static size_t begin_due(struct walk *walk, const struct steps *steps)
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
    figures->due_scheduled =
        due_rolled(walk->facts, day, figures->terms->due.roll, walk->view);
    figures->due = figures->opened == DAY_NONE ? DAY_NONE : as_due(walk, day);
    figures->days_past_due =
        figures->due == DAY_NONE ? 0 : (int64_t)walk->view->as_of - figures->due;
    walk->span_start = DAY_NONE;
    walk->cursor = DAY_NONE;
    walk->bears_interest = figures->terms->kind != OBLIGATION_KIND_interest &&
                           figures->opened != DAY_NONE;
    if (walk->bears_interest) {
        walk->late = late_terms_at(walk->facts, walk->owner, walk->view);
        walk->bears_interest = walk->late.kind != LATE_NONE;
    }
    if (walk->bears_interest) {
        begin_span(walk, as_due(walk, first));
    }
    return from;
}

static void accrue(struct walk *walk, int32_t upto)
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

/* Interest due on `day`, up to which it is accrued: of the whole, less paid and assessed. */
static int64_t interest_on(const struct walk *walk, int32_t day)
{
    if (!walk->bears_interest || walk->numerator == 0) {
        return 0;
    }
    int64_t whole = late_amount(&walk->late, walk->numerator, walk->figures->scheduled);
    int64_t due = whole - walk->figures->interest_paid;
    if (due > 0) {
        due -= interest_assessed(walk->facts, walk->owner, walk->obligation, day, walk->view);
    }
    return due > 0 ? due : 0;
}

/* ---- the walk ---- */

/* Take up to `*left` out of a column; gives how much. */
static int64_t take(int64_t *column, int64_t *left)
{
    int64_t taken = *left < *column ? *left : *column;
    *column -= taken;
    *left -= taken;
    return taken;
}

/* `taken` left the claims: if nothing is left of them, that is how it was closed. */
static void note_closed(struct walk *walk, int64_t taken, enum obligation_state how)
{
    const struct obligation_figures *figures = walk->figures;
    if (taken > 0 && figures->outstanding == 0 && figures->contingent == 0) {
        walk->closed = how;
    }
}

static void pay_principal(struct walk *walk, int64_t *left)
{
    struct obligation_figures *figures = walk->figures;
    int64_t owed = take(&figures->outstanding, left);
    int64_t recovered = take(&figures->written_off, left);
    figures->paid += owed + recovered;
    walk->recovered += recovered;
    note_closed(walk, owed + recovered, OBLIGATION_SETTLED);
}

static void pay(struct walk *walk, int64_t amount, int32_t day)
{
    struct obligation_figures *figures = walk->figures;
    int64_t left = amount;
    int64_t interest = interest_on(walk, day);
    if (walk->late.principal_first) {
        pay_principal(walk, &left);
        figures->interest_paid += take(&interest, &left);
    } else {
        figures->interest_paid += take(&interest, &left);
        pay_principal(walk, &left);
    }
    figures->excess += left;
}

/* What may be reduced; `any`: also what is contingent, and what was written off. */
static int64_t take_claims(struct walk *walk, int64_t *left, bool any)
{
    struct obligation_figures *figures = walk->figures;
    int64_t taken = any ? take(&figures->contingent, left) : 0;
    taken += take(&figures->outstanding, left);
    return taken + (any ? take(&figures->written_off, left) : 0);
}

/* A reduction as far as it finds something; the rest goes on waiting (O6). */
static void reduce(struct walk *walk, int64_t *left, enum move_kind kind)
{
    struct obligation_figures *figures = walk->figures;
    int64_t taken = 0;
    switch (kind) {
    case MOVE_EXTINGUISH:
        taken = take_claims(walk, left, true);
        figures->extinguished += taken;
        note_closed(walk, taken, OBLIGATION_EXTINGUISHED);
        break;
    case MOVE_WAIVE:
        taken = take_claims(walk, left, true);
        figures->waived += taken;
        note_closed(walk, taken, OBLIGATION_WAIVED);
        break;
    case MOVE_ASSIGN:
        taken = take_claims(walk, left, true);
        figures->scheduled -= taken;
        note_closed(walk, taken, OBLIGATION_SETTLED);
        break;
    case MOVE_WRITE_OFF:
        taken = take_claims(walk, left, false);
        figures->written_off += taken;
        note_closed(walk, taken, OBLIGATION_WRITTEN_OFF);
        break;
    case MOVE_SET_OFF:
        taken = take_claims(walk, left, false);
        figures->set_off += taken;
        note_closed(walk, taken, OBLIGATION_SETTLED);
        break;
    case MOVE_OPEN:
    case MOVE_PAY:
    case MOVE_UNPAY:
    case MOVE_DISPUTE:
    case MOVE_UNDISPUTE:
    case MOVE_DUE:
    case MOVE_ACKNOWLEDGE:
    case MOVE_DEMAND:
    case MOVE_REOPEN:
    case MOVE_REFUND:
        break;
    }
}

/* Whatever waits takes what is owed now: payments first (O6). */
static void serve_waiting(struct walk *walk)
{
    struct obligation_figures *figures = walk->figures;
    int64_t paid = take(&figures->outstanding, &figures->excess);
    figures->paid += paid;
    note_closed(walk, paid, OBLIGATION_SETTLED);
    for (size_t kind = 0; kind < MOVES; kind++) {
        if (walk->waiting[kind] > 0) {
            reduce(walk, &walk->waiting[kind], (enum move_kind)kind);
        }
    }
}

/* The sum of an amended obligation, or its first. Less than before takes what is not settled
 * yet; what is settled beyond it becomes excess and dropped reductions. */
static void set_scheduled(struct walk *walk, int64_t amount)
{
    struct obligation_figures *figures = walk->figures;
    int64_t change = amount - figures->scheduled;
    figures->scheduled = amount;
    if (change >= 0) {
        bool waits = walk->conditional && !walk->opened;
        *(waits ? &figures->contingent : &figures->outstanding) += change;
        return;
    }
    int64_t left = -change;
    (void)take_claims(walk, &left, true);
    figures->excess += take(&figures->paid, &left);
    (void)take(&figures->extinguished, &left);
    (void)take(&figures->waived, &left);
    (void)take(&figures->set_off, &left);
    INVARIANT(left == 0);
}

static void refund(struct walk *walk, int64_t amount)
{
    struct obligation_figures *figures = walk->figures;
    int64_t left = amount;
    int64_t principal = take(&figures->paid, &left);
    int64_t unrecovered = take(&walk->recovered, &principal);
    figures->written_off += unrecovered;
    figures->outstanding += principal;
    (void)take(&figures->excess, &left);
}

static void walk_move(struct walk *walk, const struct step *step, bool due_counts)
{
    struct obligation_figures *figures = walk->figures;
    int64_t left = step->amount;
    switch ((enum move_kind)step->kind) {
    case MOVE_OPEN:
        walk->opened = true;
        figures->outstanding += figures->contingent;
        figures->contingent = 0;
        break;
    case MOVE_PAY:
        pay(walk, step->amount, step->valid);
        break;
    case MOVE_REFUND:
        refund(walk, step->amount);
        break;
    case MOVE_REOPEN:
        figures->outstanding += take(&figures->extinguished, &left);
        break;
    case MOVE_DISPUTE:
        walk->raw_disputed += step->amount;
        break;
    case MOVE_UNDISPUTE:
        (void)take(&walk->raw_disputed, &left);
        break;
    case MOVE_DUE:
        if (due_counts && walk->bears_interest) { /* O7: interest up to here stands */
            int32_t due = as_due(walk, (int32_t)step->amount);
            begin_span(walk, due);
            walk->cursor = step->valid > walk->cursor ? step->valid : walk->cursor;
        }
        break;
    case MOVE_EXTINGUISH:
        if (step->amount == 0) { /* a condition that failed before its sum was known */
            walk->closed = OBLIGATION_EXTINGUISHED;
        }
        reduce(walk, &left, MOVE_EXTINGUISH);
        walk->waiting[MOVE_EXTINGUISH] += left;
        break;
    case MOVE_WAIVE:
    case MOVE_WRITE_OFF:
    case MOVE_SET_OFF:
    case MOVE_ASSIGN:
        reduce(walk, &left, (enum move_kind)step->kind);
        walk->waiting[step->kind] += left;
        break;
    case MOVE_UNPAY:       /* O5 */
    case MOVE_ACKNOWLEDGE: /* limitation only (arts 188, 195) */
    case MOVE_DEMAND:
        break;
    }
}

static enum obligation_state state_of(const struct walk *walk)
{
    const struct obligation_figures *figures = walk->figures;
    bool unknown = figures->terms->amount_fen == AMOUNT_UNKNOWN;
    if (walk->conditional && !walk->opened) {
        if (figures->contingent > 0) {
            return OBLIGATION_CONTINGENT;
        }
        return walk->closed; /* CONTINGENT unless something closed it */
    }
    if (figures->outstanding > 0) {
        return OBLIGATION_OPEN;
    }
    if (figures->written_off > 0) {
        return OBLIGATION_WRITTEN_OFF;
    }
    if (unknown && walk->closed <= OBLIGATION_OPEN) {
        return OBLIGATION_OPEN;
    }
    return walk->closed <= OBLIGATION_OPEN ? OBLIGATION_SETTLED : walk->closed;
}

static const struct terms_row *latest_terms(const struct walk *walk, const struct steps *steps)
{
    for (size_t i = steps->count; i-- > 0;) {
        if (steps->at[i].kind == STEP_TERMS) {
            return facts_row(walk->facts, FACT_TERMS, steps->at[i].index);
        }
    }
    return NULL;
}

static void walk_steps(struct walk *walk, const struct steps *steps)
{
    struct obligation_figures *figures = walk->figures;
    size_t due_from = begin_due(walk, steps);
    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->at[i];
        accrue(walk, step->valid);
        if (step->kind == STEP_TERMS) {
            set_scheduled(walk, step->amount);
        } else {
            walk_move(walk, step, i >= due_from);
        }
        serve_waiting(walk);
    }
    accrue(walk, walk->view->as_of);
    figures->interest_due = interest_on(walk, walk->view->as_of);
    figures->disputed =
        walk->raw_disputed < figures->outstanding ? walk->raw_disputed : figures->outstanding;
    figures->state = state_of(walk);
}

void obligation_evaluate(const struct facts *facts, uint32_t obligation,
                         const struct viewpoint *view, struct obligation_figures *ret_figures)
{
    *ret_figures = (struct obligation_figures){
        .due = DAY_NONE, .due_scheduled = DAY_NONE, .opened = DAY_NONE};
    const struct obligation_row *row = facts_row(facts, FACT_OBLIGATION, obligation);
    if (!fact_counts(&row->fact, view)) {
        return;
    }
    struct walk walk = {.facts = facts,
                        .view = view,
                        .figures = ret_figures,
                        .obligation = obligation,
                        .owner = row->fact.key,
                        .closed = OBLIGATION_CONTINGENT};
    struct steps steps;
    steps.at = steps.fixed;
    steps.count = 0;
    steps.room = STEPS_INLINE;
    gather_terms(&steps, &walk);
    gather_moves(&steps, &walk);
    sort_steps(&steps);
    const struct terms_row *terms = latest_terms(&walk, &steps);
    if (terms != NULL) {
        net_lines(&steps);
        ret_figures->visible = true;
        ret_figures->terms = terms;
        walk.conditional = terms->condition != CONDITION_NONE;
        ret_figures->opened =
            walk.conditional ? condition_met(&steps) : row->fact.valid;
        walk_steps(&walk, &steps);
    }
    if (steps.at != steps.fixed) {
        free(steps.at);
    }
    const struct obligation_figures *f = ret_figures;
    INVARIANT(f->scheduled == f->contingent + f->extinguished + f->waived + f->written_off +
                                  f->set_off + f->paid + f->outstanding); /* O1 */
}
