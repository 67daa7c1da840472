/* Obligations by owner and number: finding, listing, adding. What one amounts to is in
 * obligation_evaluate.c, what may happen to it in obligation_states.c.
 *
 *   N1  (owner, no) is an obligation for life. When the event that made it is reversed, the
 *       number is free again for the re-post, which gets a row of its own.
 *   N2  A number given by the daemon is above every number the owner ever used, reversed ones
 *       too (ruling 9), so that it never takes one that a client has in hand.
 *   N3  Terms with a replaced party repeat all else of the terms before them, so terms that come
 *       after them count no earlier than they do. */

#include "daemon/ledger/obligation.h"

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/totals.h"

uint32_t obligation_find(const struct facts *facts, uint32_t owner, uint32_t no,
                         const struct viewpoint *view)
{
    uint32_t at = facts_head(facts, FACT_OBLIGATION, owner, !view->writer);
    while (at != NO_ROW) {
        const struct obligation_row *row = facts_row(facts, FACT_OBLIGATION, at - 1);
        if (row->no == no && fact_counts(&row->fact, view)) {
            return at - 1;
        }
        at = row->fact.prev;
    }
    return OBLIGATION_NONE;
}

uint32_t obligation_highest_no(const struct facts *facts, uint32_t owner)
{
    uint32_t highest = 0;
    uint32_t at = facts_head(facts, FACT_OBLIGATION, owner, false);
    while (at != NO_ROW) {
        const struct obligation_row *row = facts_row(facts, FACT_OBLIGATION, at - 1);
        highest = row->no > highest ? row->no : highest;
        at = row->fact.prev;
    }
    return highest;
}

uint32_t *obligation_list(const struct facts *facts, uint32_t owner, const struct viewpoint *view,
                          size_t *ret_count)
{
    size_t count = 0;
    uint32_t at;
    const struct obligation_row *row = facts_first(facts, FACT_OBLIGATION, owner, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_OBLIGATION, view, &at)) {
        count++;
    }
    *ret_count = count;
    uint32_t *list = calloc(count + 1, sizeof(*list));
    INVARIANT(list != NULL);
    at = facts_head(facts, FACT_OBLIGATION, owner, !view->writer);
    while (at != NO_ROW) {
        row = facts_row(facts, FACT_OBLIGATION, at - 1);
        if (fact_counts(&row->fact, view)) {
            list[--count] = at - 1; /* the chain begins with the newest */
        }
        at = row->fact.prev;
    }
    INVARIANT(count == 0);
    return list;
}

uint32_t obligation_add(struct facts *facts, uint64_t seq, int32_t valid, uint32_t owner,
                        uint32_t no, const struct terms_row *terms)
{
    uint32_t obligation = (uint32_t)facts_count(facts, FACT_OBLIGATION);
    struct obligation_row *row = facts_add(facts, FACT_OBLIGATION, seq, valid, owner);
    row->no = no;
    obligation_terms_add(facts, seq, valid, obligation, terms);
    return obligation;
}

const struct terms_row *obligation_terms_at(const struct facts *facts, uint32_t obligation,
                                            const struct viewpoint *view)
{
    uint32_t at;
    const struct terms_row *best = NULL;
    const struct terms_row *row = facts_first(facts, FACT_TERMS, obligation, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_TERMS, view, &at)) {
        best = best == NULL || row->fact.valid > best->fact.valid ? row : best;
    }
    return best;
}

static struct terms_row *add_terms(struct facts *facts, uint64_t seq, int32_t valid,
                                   uint32_t obligation, const struct terms_row *terms)
{
    struct terms_row *row = facts_add(facts, FACT_TERMS, seq, valid, obligation);
    row->amount_fen = terms->amount_fen;
    row->debtor = terms->debtor;
    row->creditor = terms->creditor;
    row->due = terms->due;
    row->milestone = terms->milestone;
    row->accrual_from = terms->accrual_from;
    row->accrual_to = terms->accrual_to;
    row->kind = terms->kind;
    row->condition = terms->condition;
    row->on_termination = terms->on_termination;
    row->currency = terms->currency;
    row->by_daemon = terms->by_daemon;
    row->of = terms->of;
    return row;
}

void obligation_terms_add(struct facts *facts, uint64_t seq, int32_t valid, uint32_t obligation,
                          const struct terms_row *terms)
{
    const struct obligation_row *of = facts_row(facts, FACT_OBLIGATION, obligation);
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    const struct terms_row *latest = obligation_terms_at(facts, obligation, &now);
    valid = valid > of->fact.valid ? valid : of->fact.valid; /* terms of nothing do not count */
    if (latest != NULL && latest->substituted && latest->fact.valid > valid) {
        valid = latest->fact.valid; /* N3 */
    }
    struct terms_row *row = add_terms(facts, seq, valid, obligation, terms);
    facts_chain_debtor(facts, row);
    totals_add(facts, FACT_TERMS, &row->fact);
}

void obligation_party_replace(struct facts *facts, uint64_t seq, int32_t valid, uint32_t obligation,
                              bool debtor, uint32_t party)
{
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    const struct terms_row *terms = obligation_terms_at(facts, obligation, &now);
    struct terms_row *row = add_terms(facts, seq, valid, obligation, terms);
    *(debtor ? &row->debtor : &row->creditor) = party;
    row->substituted = true;
    facts_chain_debtor(facts, row);
}
