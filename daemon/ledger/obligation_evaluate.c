/* One obligation at one viewpoint: all its visible terms and moves, walked in (valid, seq) order.
 *
 *   O3  The walk's parts keep O5 to O9, see obligation_steps.c, _walk.c and _late.c.
 *   O4  The state is derived at the end: by what is left, else by how it was last closed.
 *
 * The alternative, figures kept up to date at append, is refused: they would be right for one
 * viewpoint only, and a back-dated payment changes all later ones. */

#include "daemon/base/check.h"
#include "daemon/ledger/obligation_walk.h"

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

static void walk_all(struct walk *walk, const struct steps *steps)
{
    struct obligation_figures *figures = walk->figures;
    size_t due_from = late_begin(walk, steps);
    for (size_t i = 0; i < steps->count; i++) {
        walk_step(walk, &steps->at[i], i >= due_from);
    }
    late_accrue(walk, walk->view->as_of);
    figures->interest_due = late_interest(walk, walk->view->as_of);
    if (figures->interest_due > 0 &&
        state_at(walk->facts, MACHINE_CONTRACT, walk->owner, walk->view) == CONTRACT_VOID) {
        figures->interest_due = 0; /* the late clause is void, too (Civil Code art 155) */
    }
    if (walk->part != NULL) {
        late_end(walk);
    }
    figures->disputed =
        walk->raw_disputed < figures->outstanding ? walk->raw_disputed : figures->outstanding;
    figures->state = state_of(walk);
}

static void evaluate(const struct facts *facts, uint32_t obligation, const struct viewpoint *view,
                     struct obligation_figures *ret_figures, interest_part_fn *part, void *arg)
{
    *ret_figures =
        (struct obligation_figures){.due = DAY_NONE, .due_scheduled = DAY_NONE, .opened = DAY_NONE};
    const struct obligation_row *row = facts_row(facts, FACT_OBLIGATION, obligation);
    if (!fact_counts(&row->fact, view)) {
        return;
    }
    struct steps steps;
    steps_gather(&steps, facts, obligation, view);
    const struct terms_row *terms = steps_terms(&steps, facts);
    if (terms != NULL) {
        struct walk walk = {.facts = facts,
                            .view = view,
                            .figures = ret_figures,
                            .obligation = obligation,
                            .owner = row->fact.key,
                            .conditional = terms->condition != CONDITION_NONE,
                            .closed = OBLIGATION_CONTINGENT,
                            .part = part,
                            .part_arg = arg};
        ret_figures->visible = true;
        ret_figures->terms = terms;
        ret_figures->opened = walk.conditional ? steps_opened(&steps) : row->fact.valid;
        walk_all(&walk, &steps);
    }
    steps_done(&steps);
    const struct obligation_figures *f = ret_figures;
    INVARIANT(f->scheduled == f->contingent + f->extinguished + f->waived + f->written_off +
                                  f->set_off + f->paid + f->outstanding); /* O1 */
}

void obligation_evaluate(const struct facts *facts, uint32_t obligation,
                         const struct viewpoint *view, struct obligation_figures *ret_figures)
{
    evaluate(facts, obligation, view, ret_figures, NULL, NULL);
}

void obligation_interest_parts(const struct facts *facts, uint32_t obligation,
                               const struct viewpoint *view, interest_part_fn *part, void *arg)
{
    struct obligation_figures figures;
    evaluate(facts, obligation, view, &figures, part, arg);
}
