/* See pledge.h. */

#include "daemon/ledger/pledge.h"

static bool has_terms(const struct pledge_row *row)
{
    return row->step == PLEDGE_STEP_REGISTERED || row->step == PLEDGE_STEP_CHANGED;
}

const struct pledge_row *pledge_terms(const struct facts *facts, uint32_t pledge,
                                      const struct viewpoint *view)
{
    uint32_t at;
    const struct pledge_row *row = facts_first(facts, FACT_PLEDGE, pledge, view, &at);
    while (row != NULL && !has_terms(row)) {
        row = facts_next(facts, FACT_PLEDGE, view, &at);
    }
    return row;
}

int64_t pledge_repaid(const struct facts *facts, uint32_t pledge, const struct viewpoint *view)
{
    int64_t repaid = 0;
    uint32_t at;
    for (const struct pledge_row *row = facts_first(facts, FACT_PLEDGE, pledge, view, &at);
         row != NULL; row = facts_next(facts, FACT_PLEDGE, view, &at)) {
        repaid += row->step == PLEDGE_STEP_REPAID ? row->amount : 0; /* never above the loan */
    }
    return repaid;
}

bool pledge_stands(const struct facts *facts, uint32_t pledge, const struct viewpoint *view)
{
    return state_at(facts, MACHINE_PLEDGE, pledge, view) == PLEDGE_REGISTERED;
}

int64_t pledge_balance(const struct facts *facts, uint32_t pledge, const struct viewpoint *view)
{
    const struct pledge_row *terms = pledge_terms(facts, pledge, view);
    if (terms == NULL || !pledge_stands(facts, pledge, view)) {
        return 0;
    }
    int64_t left = terms->amount - pledge_repaid(facts, pledge, view);
    return left > 0 ? left : 0; /* where valid dates overlap (ruling 32) */
}

static bool names(const struct facts *facts, const struct pledge_row *terms, uint32_t technology)
{
    for (uint32_t i = 0; terms != NULL && i < terms->technologies.count; i++) {
        if (share_at(facts, terms->technologies, i)->aggregate == technology) {
            return true;
        }
    }
    return false;
}

bool technology_pledged(const struct facts *facts, uint32_t technology,
                        const struct viewpoint *view)
{
    uint32_t at;
    for (const struct encumbrance_row *row =
             facts_first(facts, FACT_ENCUMBRANCE, technology, view, &at);
         row != NULL; row = facts_next(facts, FACT_ENCUMBRANCE, view, &at)) {
        if (pledge_stands(facts, row->pledge, view) &&
            names(facts, pledge_terms(facts, row->pledge, view), technology)) {
            return true;
        }
    }
    return false;
}
