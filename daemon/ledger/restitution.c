/* See restitution.h.
 *
 *   T4  Restitutions between the same two parties under one contract are alike: they shrink in the
 *       order of their numbers. Those of another party are another's money. What one event does to
 *       each is kept, for its effects are not facts yet. */

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

/* A restitution of a contract, and what this event did to it so far (T4). */
struct restitution {
    uint32_t obligation, owner;
    int64_t outstanding, performed;
    struct obligation_figures figures;
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

/* The restitutions of a contract, once. */
static void gather(struct shrinking *shrinking, uint32_t owner)
{
    const struct facts *facts = shrinking->deciding->facts;
    const struct viewpoint *now = &shrinking->deciding->now;
    size_t count;
    shrinking->owner = owner;
    shrinking->next_no = obligation_highest_no(facts, owner) + 1;
    uint32_t *list = obligation_list(facts, owner, now, &count);
    free(shrinking->at);
    shrinking->at = calloc(count + 1, sizeof(*shrinking->at));
    INVARIANT(shrinking->at != NULL);
    shrinking->count = 0;
    for (size_t i = 0; i < count; i++) {
        struct restitution *one = &shrinking->at[shrinking->count];
        obligation_evaluate(facts, list[i], now, &one->figures);
        if (one->figures.terms->kind == OBLIGATION_KIND_restitution) {
            one->obligation = list[i];
            one->outstanding = one->figures.outstanding;
            one->performed = one->figures.paid + one->figures.set_off;
            shrinking->count++;
        }
    }
    free(list);
}

static int64_t take(int64_t *from, int64_t left)
{
    int64_t taken = left < *from ? left : *from;
    *from -= taken;
    return taken;
}

/* Does the restitution lead back from the creditor of `terms` to its debtor? (T4) */
static bool leads_back(const struct deciding *deciding, const struct restitution *restitution,
                       const struct terms_row *terms)
{
    const struct terms_row *own = restitution->figures.terms;
    return own->currency == terms->currency &&
           party_same(deciding->facts, own->debtor, terms->creditor, &deciding->now) &&
           party_same(deciding->facts, own->creditor, terms->debtor, &deciding->now);
}

static void shrink(struct shrinking *shrinking, const struct going_back *back, int32_t day)
{
    struct deciding *deciding = shrinking->deciding;
    const struct facts *facts = deciding->facts;
    struct obligation_figures figures;
    obligation_evaluate(facts, back->obligation, &deciding->now, &figures);
    int64_t left = back->amount;
    int64_t twice = 0;
    for (size_t i = 0; i < shrinking->count && left > 0; i++) {
        struct restitution *one = &shrinking->at[i];
        if (!leads_back(deciding, one, figures.terms)) {
            continue;
        }
        int64_t open = take(&one->outstanding, left);
        if (open > 0) { /* T2 */
            const struct fact *row = facts_row(facts, FACT_OBLIGATION, one->obligation);
            effect_move(deciding, MOVE_EXTINGUISH, one->obligation, open, later(day, row->valid),
                        0);
        }
        left -= open;
        int64_t performed = take(&one->performed, left);
        twice += performed;
        left -= performed;
    }
    if (twice > 0) { /* T3 */
        struct terms_row turned = *figures.terms;
        turned.debtor = figures.terms->creditor;
        turned.creditor = figures.terms->debtor;
        figures.terms = &turned;
        restitution_open(deciding, shrinking->owner, &figures, twice, shrinking->next_no++, day);
    }
}

void restitutions_shrink(struct deciding *deciding, const struct going_back *list, size_t count)
{
    struct shrinking shrinking = {.deciding = deciding, .owner = AGGREGATE_NONE};
    for (size_t i = 0; i < count; i++) {
        const struct going_back *back = &list[i];
        uint32_t owner = owner_of(deciding->facts, back->obligation);
        struct obligation_figures figures;
        int32_t voided;
        if (back->amount == 0 ||
            !restitution_applies(deciding->facts, back->obligation, &deciding->now)) {
            continue;
        }
        if (owner != shrinking.owner) {
            gather(&shrinking, owner);
        }
        (void)state_since(deciding->facts, MACHINE_CONTRACT, owner, &deciding->now, &voided);
        int32_t day = later(back->day, voided);
        obligation_evaluate(deciding->facts, back->obligation, &deciding->now, &figures);
        int64_t principal = back->amount < figures.paid ? back->amount : figures.paid;
        if (!back->extinguished && principal > 0) {
            effect_move(deciding, MOVE_EXTINGUISH, back->obligation, principal, day, 0);
        }
        shrink(&shrinking, back, day);
    }
    free(shrinking.at);
}
