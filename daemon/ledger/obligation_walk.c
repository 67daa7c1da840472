/* What a step does to the figures.
 *
 *   O6  A reduction takes what is contingent first, then what is owed, then what was written
 *       off, as far as its kind may. What finds nothing to take waits, and takes it as soon as
 *       something is owed again: where value dates overlap no column is ever negative, and the
 *       end of the walk is what was decided. Waiting payments are the excess (ruling 32).
 *   O8  Every step keeps O1: an amount leaves one column and enters another. */

#include "daemon/ledger/obligation_walk.h"

#include "daemon/base/check.h"

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

static void pay(struct walk *walk, const struct step *step)
{
    int64_t left = step->amount;
    int64_t interest = late_interest(walk, step->valid);
    if (walk->clause.terms.principal_first) {
        pay_principal(walk, &left);
        late_paid(walk, take(&interest, &left), step->seq, step->valid);
    } else {
        late_paid(walk, take(&interest, &left), step->seq, step->valid);
        pay_principal(walk, &left);
    }
    walk->figures->excess += left;
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
        walk->assigned += taken;
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

static void refund(struct walk *walk, const struct step *step)
{
    struct obligation_figures *figures = walk->figures;
    int64_t left = step->amount;
    int64_t principal = take(&figures->paid, &left);
    int64_t unrecovered = take(&walk->recovered, &principal);
    figures->written_off += unrecovered;
    figures->outstanding += principal;
    (void)take(&figures->excess, &left);
    int64_t interest = figures->interest_paid < left ? figures->interest_paid : left;
    late_paid(walk, -interest, step->seq, step->valid); /* only where dates overlap (ruling 32) */
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
        pay(walk, step);
        break;
    case MOVE_REFUND:
        refund(walk, step);
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
        if (due_counts) { /* O7: interest up to here stands */
            late_reschedule(walk, (int32_t)step->amount, step->valid);
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

void walk_step(struct walk *walk, const struct step *step, bool due_counts)
{
    late_accrue(walk, step->valid);
    if (step->kind == STEP_TERMS) {
        if (step->aux == 0) {
            set_scheduled(walk, step->amount);
        }
    } else {
        walk_move(walk, step, due_counts);
    }
    serve_waiting(walk);
}
