/* See restitution.h.
 *
 *   T4  Restitutions between the same two parties under one contract are alike: they shrink in the
 *       order of their numbers. Those of another party are another's money. What one event does to
 *       each is kept, for its effects are not facts yet.
 *   T5  What is still owed back shrinks first. Money counts as given twice where none is left to
 *       shrink, and once: what T3 opened stands for it from then on.
 *   T6  Money taken back counts as never paid, so that what came after it may turn from principal
 *       into interest. Hence all that is paid on the debt is set to be extinguished, and as much
 *       is as comes up again; the rest waits (O6). */

#include "daemon/ledger/restitution.h"

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/contract.h"
#include "daemon/ledger/due.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/merger.h"

void restitution_open(struct deciding *deciding, uint32_t contract,
                      const struct obligation_figures *figures, int64_t amount, uint32_t no,
                      int32_t day)
{
    const struct terms_row terms = {
        .amount_fen = amount,
        .debtor = figures->terms->creditor,
        .creditor = figures->terms->debtor,
        .due = {.base = DUE_NO_TERM, .date = DAY_NONE},
        .accrual_from = DAY_NONE,
        .accrual_to = DAY_NONE,
        .kind = OBLIGATION_KIND_restitution,
        .condition = CONDITION_NONE,
        .on_termination = ON_TERMINATION_survive,
        .currency = figures->terms->currency,
        .by_daemon = true,
        .of = OBLIGATION_NONE,
    };
    effect_obligation(deciding, contract, no, day, &terms);
}

static uint32_t owner_of(const struct facts *facts, uint32_t obligation)
{
    const struct obligation_row *row = facts_row(facts, FACT_OBLIGATION, obligation);
    return row->fact.key;
}

bool restitution_applies(const struct facts *facts, uint32_t obligation,
                         const struct viewpoint *now)
{
    uint32_t owner = owner_of(facts, obligation);
    const struct terms_row *terms = obligation_terms_at(facts, obligation, now);
    return terms != NULL && terms->kind != OBLIGATION_KIND_commission &&
           terms->kind != OBLIGATION_KIND_restitution &&
           aggregate_at(facts, owner)->kind == KIND_contract &&
           state_at(facts, MACHINE_CONTRACT, owner, now) == CONTRACT_VOID;
}

/* What goes back to one party under a void contract, and what this event did to it so far (T4). */
struct restitution {
    uint32_t obligation;
    const struct terms_row *terms; /* as the voiding made it: an assignment changes the creditor */
    int64_t outstanding, performed;
};

struct shrinking {
    struct deciding *deciding;
    struct restitution *at;
    size_t count;
    uint32_t owner, next_no; /* of the contract at hand */
};

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int64_t take(int64_t *from, int64_t left)
{
    int64_t taken = left < *from ? left : *from;
    *from -= taken;
    return taken;
}

/* Does `one` lead back from the creditor of `terms` to its debtor? (T4) */
static bool leads_back(const struct deciding *deciding, const struct terms_row *one,
                       const struct terms_row *terms)
{
    return one->currency == terms->currency &&
           party_same(deciding->facts, one->debtor, terms->creditor, &deciding->now) &&
           party_same(deciding->facts, one->creditor, terms->debtor, &deciding->now);
}

static void gather_one(struct shrinking *shrinking, uint32_t obligation,
                       const struct terms_row *terms)
{
    struct obligation_figures figures;
    obligation_evaluate(shrinking->deciding->facts, obligation, &shrinking->deciding->now,
                        &figures);
    shrinking->at[shrinking->count++] =
        (struct restitution){.obligation = obligation,
                             .terms = terms,
                             .outstanding = figures.outstanding,
                             .performed = figures.paid + figures.set_off};
}

/* The parts that were assigned since: who takes a claim over takes it as it is (art 548). */
static void gather_assigned(struct shrinking *shrinking)
{
    const struct facts *facts = shrinking->deciding->facts;
    const struct viewpoint *now = &shrinking->deciding->now;
    for (size_t i = 0; i < shrinking->count; i++) { /* parts of parts, too */
        uint32_t at;
        const struct move_row *move =
            facts_first(facts, FACT_MOVE, shrinking->at[i].obligation, now, &at);
        for (; move != NULL; move = facts_next(facts, FACT_MOVE, now, &at)) {
            if (move->kind == MOVE_ASSIGN) {
                gather_one(shrinking, move->aux, shrinking->at[i].terms);
            }
        }
    }
}

/* What T3 opened, and no part of it that was assigned since: the sum is that of the whole. */
static bool is_turned(const struct shrinking *shrinking, uint32_t obligation,
                      const struct terms_row *terms, uint64_t voided)
{
    const struct facts *facts = shrinking->deciding->facts;
    const struct fact *row = facts_row(facts, FACT_OBLIGATION, obligation);
    return terms->kind == OBLIGATION_KIND_restitution && terms->by_daemon && row->seq != voided &&
           event_row_at(facts, row->seq)->type != TYPE_obligation_assigned;
}

/* T5: `turned` was opened for what was given twice. */
static void spend_turned(struct shrinking *shrinking, const struct terms_row *turned)
{
    int64_t left = turned->amount_fen;
    for (size_t i = 0; i < shrinking->count; i++) {
        struct restitution *one = &shrinking->at[i];
        if (leads_back(shrinking->deciding, one->terms, turned)) {
            left -= take(&one->performed, left);
        }
    }
}

/* The restitutions of a contract: those of its voiding; what T3 opened later is spent. */
static void gather(struct shrinking *shrinking, uint32_t owner)
{
    const struct facts *facts = shrinking->deciding->facts;
    const struct viewpoint *now = &shrinking->deciding->now;
    const struct fact *voiding = contract_voiding(facts, owner, now);
    size_t count;
    shrinking->owner = owner;
    shrinking->next_no = obligation_highest_no(facts, owner) + 1;
    shrinking->count = 0;
    uint32_t *list = obligation_list(facts, owner, now, &count);
    free(shrinking->at);
    shrinking->at = calloc(count + 1, sizeof(*shrinking->at));
    INVARIANT(shrinking->at != NULL && voiding != NULL);
    for (size_t i = 0; i < count; i++) {
        const struct fact *row = facts_row(facts, FACT_OBLIGATION, list[i]);
        if (row->seq == voiding->seq) {
            gather_one(shrinking, list[i], obligation_terms_at(facts, list[i], now));
        }
    }
    gather_assigned(shrinking);
    for (size_t i = 0; i < count; i++) {
        const struct terms_row *terms = obligation_terms_at(facts, list[i], now);
        if (is_turned(shrinking, list[i], terms, voiding->seq)) {
            spend_turned(shrinking, terms);
        }
    }
    free(list);
}

/* T2, T5: what is still owed. Gives what finds nothing owed. */
static int64_t shrink_owed(struct shrinking *shrinking, const struct terms_row *terms, int64_t left,
                           int32_t day)
{
    struct deciding *deciding = shrinking->deciding;
    for (size_t i = 0; i < shrinking->count; i++) {
        struct restitution *one = &shrinking->at[i];
        int64_t open = leads_back(deciding, one->terms, terms) ? take(&one->outstanding, left) : 0;
        if (open > 0) {
            const struct fact *row = facts_row(deciding->facts, FACT_OBLIGATION, one->obligation);
            effect_move(deciding, MOVE_EXTINGUISH, one->obligation, open, later(day, row->valid),
                        0);
        }
        left -= open;
    }
    return left;
}

/* T3 */
static void turn(struct shrinking *shrinking, const struct obligation_figures *figures,
                 int64_t left, int32_t day)
{
    int64_t twice = 0;
    for (size_t i = 0; i < shrinking->count; i++) {
        struct restitution *one = &shrinking->at[i];
        if (leads_back(shrinking->deciding, one->terms, figures->terms)) {
            twice += take(&one->performed, left - twice);
        }
    }
    if (twice > 0) {
        struct terms_row turned = *figures->terms;
        struct obligation_figures of = {.terms = &turned};
        turned.debtor = figures->terms->creditor;
        turned.creditor = figures->terms->debtor;
        restitution_open(shrinking->deciding, shrinking->owner, &of, twice, shrinking->next_no++,
                         day);
    }
}

static void go_back(struct shrinking *shrinking, const struct going_back *back)
{
    struct deciding *deciding = shrinking->deciding;
    const struct fact *voiding =
        contract_voiding(deciding->facts, shrinking->owner, &deciding->now);
    struct obligation_figures figures;
    int32_t day = later(back->day, voiding->valid);
    obligation_evaluate(deciding->facts, back->obligation, &deciding->now, &figures);
    if (!back->extinguished && figures.paid > 0) { /* T6 */
        effect_move(deciding, MOVE_EXTINGUISH, back->obligation, figures.paid, day, 0);
    }
    int64_t left = shrink_owed(shrinking, figures.terms, back->amount, day);
    turn(shrinking, &figures, left, day);
}

/* What goes back under void contracts, contract by contract. */
struct of_void {
    uint32_t owner;
    size_t index; /* in the list that was given */
};

static int by_owner(const void *left, const void *right)
{
    const struct of_void *a = left;
    const struct of_void *b = right;
    if (a->owner != b->owner) {
        return a->owner < b->owner ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

void restitutions_shrink(struct deciding *deciding, const struct going_back *list, size_t count)
{
    struct shrinking shrinking = {.deciding = deciding, .owner = AGGREGATE_NONE};
    struct of_void *order = calloc(count + 1, sizeof(*order));
    size_t kept = 0;
    INVARIANT(order != NULL);
    for (size_t i = 0; i < count; i++) {
        if (list[i].amount > 0 &&
            restitution_applies(deciding->facts, list[i].obligation, &deciding->now)) {
            order[kept++] = (struct of_void){owner_of(deciding->facts, list[i].obligation), i};
        }
    }
    qsort(order, kept, sizeof(*order), by_owner);
    for (size_t i = 0; i < kept; i++) {
        if (order[i].owner != shrinking.owner) {
            gather(&shrinking, order[i].owner);
        }
        go_back(&shrinking, &list[order[i].index]);
    }
    free(order);
    free(shrinking.at);
}
