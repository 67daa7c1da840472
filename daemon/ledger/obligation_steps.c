/* The steps of one obligation: gathering, order, lines taken back.
 *
 *   O5  Lines taken back (MOVE_UNPAY) are netted before the walk: from its day on it is as if
 *       the line had never been, so its interest runs as if nothing had been paid (ruling 38).
 *
 * Few have more steps than fit into the caller's frame; for those that do, the heap. */

#include "daemon/ledger/obligation_walk.h"

#include <stdlib.h>

#include "daemon/base/check.h"

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

static void gather_terms(struct steps *steps, const struct facts *facts, uint32_t obligation,
                         const struct viewpoint *view)
{
    uint32_t at = facts_head(facts, FACT_TERMS, obligation, !view->writer);
    while (at != NO_ROW) {
        const struct terms_row *row = facts_row(facts, FACT_TERMS, at - 1);
        if (fact_counts(&row->fact, view)) {
            int64_t amount = row->amount_fen == AMOUNT_UNKNOWN ? 0 : row->amount_fen;
            steps_add(steps, (struct step){row->fact.seq, amount, row->fact.valid, at - 1,
                                           row->substituted, STEP_TERMS});
        }
        at = row->fact.prev;
    }
}

static void gather_moves(struct steps *steps, const struct facts *facts, uint32_t obligation,
                         const struct viewpoint *view)
{
    uint32_t at = facts_head(facts, FACT_MOVE, obligation, !view->writer);
    while (at != NO_ROW) {
        const struct move_row *row = facts_row(facts, FACT_MOVE, at - 1);
        if (fact_counts(&row->fact, view)) {
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

/* Takes up to `left` from a line of the payment; gives what is left to take. */
static int64_t net_line(struct step *line, uint32_t payment, int64_t left)
{
    if (line->kind != MOVE_PAY || line->aux != payment) {
        return left;
    }
    int64_t take = left < line->amount ? left : line->amount;
    line->amount -= take;
    return left - take;
}

/* O5: the latest lines of the payment before it give back first, then those after it. */
static void net_lines(struct steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (steps->at[i].kind != MOVE_UNPAY) {
            continue;
        }
        int64_t left = steps->at[i].amount;
        uint32_t payment = steps->at[i].aux;
        for (size_t j = i; j-- > 0 && left > 0;) {
            left = net_line(&steps->at[j], payment, left);
        }
        for (size_t j = i + 1; j < steps->count && left > 0; j++) {
            left = net_line(&steps->at[j], payment, left);
        }
    }
}

void steps_gather(struct steps *steps, const struct facts *facts, uint32_t obligation,
                  const struct viewpoint *view)
{
    steps->at = steps->fixed;
    steps->count = 0;
    steps->room = STEPS_INLINE;
    gather_terms(steps, facts, obligation, view);
    gather_moves(steps, facts, obligation, view);
    sort_steps(steps);
    net_lines(steps);
}

void steps_done(struct steps *steps)
{
    if (steps->at != steps->fixed) {
        free(steps->at);
    }
}

const struct terms_row *steps_terms(const struct steps *steps, const struct facts *facts)
{
    for (size_t i = steps->count; i-- > 0;) {
        if (steps->at[i].kind == STEP_TERMS) {
            return facts_row(facts, FACT_TERMS, steps->at[i].index);
        }
    }
    return NULL;
}

int32_t steps_opened(const struct steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (steps->at[i].kind == MOVE_OPEN) {
            return steps->at[i].valid;
        }
    }
    return DAY_NONE;
}
