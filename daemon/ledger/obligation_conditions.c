/* What a verdict, a milestone or the end of a contract does to its obligations.
 *
 *   N1  A met condition opens what waits for it, from the later of its day and the obligation's
 *       own; a partial verdict opens a share and extinguishes the rest; a failed one extinguishes
 *       (Civil Code arts 158-159). What was waived stays waived (ruling 34).
 *   N2  At the end what is settled stays settled (art 567). Contingent sums are extinguished
 *       unless they survive; of open ones those due by then stay, later ones follow their
 *       on_termination, none due counts as later (ruling 18). A declined trial extinguishes
 *       contingent ones even if they would survive, and leaves open ones as they are.
 *   N3  Prorate keeps amount x days used / days paid for, both inclusive (ruling 36).
 *   N4  A sum that is not known yet is opened or extinguished as a whole: a move of 0 says so. A
 *       partial verdict opens it; what the part amounts to is said by the amendment that sets it.
 */

#include <stdlib.h>

#include "daemon/ledger/due.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/money.h"
#include "daemon/ledger/obligation_states.h"

static bool waits_for(const struct deciding *deciding, const struct terms_row *terms,
                      enum condition_kind condition, struct slice milestone)
{
    if (terms->condition != (uint8_t)condition) {
        return false;
    }
    return condition != CONDITION_MILESTONE ||
           slice_equal(text_of(deciding->facts, terms->milestone), milestone);
}

static void decide_one(struct deciding *deciding, uint32_t obligation,
                       const struct obligation_figures *figures, enum condition_outcome outcome,
                       int32_t share_ppm, int32_t on)
{
    const struct obligation_row *row = facts_row(deciding->facts, FACT_OBLIGATION, obligation);
    int32_t day = row->fact.valid > on ? row->fact.valid : on;
    bool opens = outcome == OUTCOME_REACHED || (outcome == OUTCOME_PARTIAL && share_ppm > 0);
    int64_t opened = opens ? figures->contingent : 0;
    if (outcome == OUTCOME_PARTIAL) {
        enum rounding_rule rule = contract_rounding(deciding->facts, row->fact.key, &deciding->now);
        opened = apply_ppm(figures->contingent, share_ppm, rule);
    }
    if (opened < figures->contingent || !opens) {
        effect_move(deciding, MOVE_EXTINGUISH, obligation, figures->contingent - opened, day, 0);
    }
    if (opens) {
        effect_move(deciding, MOVE_OPEN, obligation, opened, day, 0);
    }
}

uint32_t obligations_on_condition(struct deciding *deciding, uint32_t contract,
                                  enum condition_kind condition, struct slice milestone,
                                  enum condition_outcome outcome, int32_t share_ppm, int32_t on)
{
    size_t count;
    uint32_t waiting = 0;
    uint32_t *list = obligation_list(deciding->facts, contract, &deciding->now, &count);
    for (size_t i = 0; i < count; i++) {
        struct obligation_figures figures;
        obligation_evaluate(deciding->facts, list[i], &deciding->now, &figures);
        if (figures.state == OBLIGATION_CONTINGENT &&
            waits_for(deciding, figures.terms, condition, milestone)) {
            decide_one(deciding, list[i], &figures, outcome, share_ppm, on);
            waiting++;
        }
    }
    free(list);
    return waiting;
}

/* N3: the part of an open sum that the end leaves owed. */
static int64_t prorated(const struct obligation_figures *figures, int64_t open, int32_t day)
{
    const struct terms_row *terms = figures->terms;
    if (terms->accrual_from == DAY_NONE || terms->accrual_to == DAY_NONE ||
        terms->amount_fen == AMOUNT_UNKNOWN || day < terms->accrual_from) {
        return 0;
    }
    int64_t whole = (int64_t)terms->accrual_to - terms->accrual_from + 1;
    int64_t used =
        (day < terms->accrual_to ? day : terms->accrual_to) - (int64_t)terms->accrual_from + 1;
    int64_t kept =
        divide_rounded((int128)figures->scheduled * used, (int128)whole, ROUND_HALF_AWAY);
    /* What was paid or waived of it counts towards the kept part, what was assigned does not. */
    int64_t settled = figures->scheduled - open;
    kept -= settled;
    return kept < 0 ? 0 : kept > open ? open : kept;
}

static int64_t kept_of_open(const struct obligation_figures *figures, enum contract_end how,
                            int32_t day)
{
    int64_t open = figures->outstanding;
    if (how == END_VOIDED) {
        return 0;
    }
    if (how == END_DECLINED || (figures->due != DAY_NONE && figures->due <= day)) {
        return open; /* due by the end, or owed whatever the trial led to (art 567) */
    }
    switch ((enum on_termination)figures->terms->on_termination) {
    case ON_TERMINATION_survive:
        return open;
    case ON_TERMINATION_prorate:
        return prorated(figures, open, day);
    case ON_TERMINATION_extinguish:
        break;
    }
    return 0;
}

static bool survives(const struct obligation_figures *figures, enum contract_end how)
{
    return how == END_TERMINATED && figures->terms->on_termination == ON_TERMINATION_survive;
}

/* N4 */
static bool unknown_ends(const struct obligation_figures *figures, enum contract_end how,
                         int32_t day)
{
    bool unknown = figures->terms->amount_fen == AMOUNT_UNKNOWN;
    bool due = how == END_TERMINATED && figures->due != DAY_NONE && figures->due <= day;
    if (figures->state == OBLIGATION_CONTINGENT) {
        return unknown && !survives(figures, how);
    }
    return unknown && figures->state == OBLIGATION_OPEN && how != END_DECLINED && !due &&
           !survives(figures, how);
}

static int64_t extinguished_by_end(const struct obligation_figures *figures, enum contract_end how,
                                   int32_t day)
{
    if (figures->state == OBLIGATION_CONTINGENT) {
        return survives(figures, how) ? 0 : figures->contingent;
    }
    int64_t rest = figures->outstanding - kept_of_open(figures, how, day);
    return rest + (how == END_VOIDED ? figures->written_off : 0); /* ruling 22 */
}

enum status obligations_on_end(struct deciding *deciding, uint32_t contract, enum contract_end how,
                               int32_t day)
{
    size_t count;
    uint32_t *list = obligation_list(deciding->facts, contract, &deciding->now, &count);
    for (size_t i = 0; i < count; i++) {
        struct obligation_figures figures;
        obligation_evaluate(deciding->facts, list[i], &deciding->now, &figures);
        if (how == END_VOIDED && figures.terms->kind == OBLIGATION_KIND_commission) {
            continue; /* contract_voided.c, V3 */
        }
        int64_t amount = extinguished_by_end(&figures, how, day);
        if (amount > 0 || unknown_ends(&figures, how, day)) {
            const struct obligation_row *row = facts_row(deciding->facts, FACT_OBLIGATION, list[i]);
            effect_move(deciding, MOVE_EXTINGUISH, list[i], amount,
                        row->fact.valid > day ? row->fact.valid : day, 0);
        }
    }
    free(list);
    return STATUS_OK;
}
