#ifndef ACCRUE_TESTS_UNIT_MONEY_DEBTS_H
#define ACCRUE_TESTS_UNIT_MONEY_DEBTS_H

/* Obligations and moves put straight into the facts, past every check: what the evaluator must
 * cope with, also where no decider would let it come to that. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "daemon/ledger/obligation.h"
#include "proto/limits.h"

struct debts {
    struct facts *facts;
    uint64_t seq;
    uint32_t contract, debtor, creditor;
    uint32_t payments[3];
};

void debts_open(struct debts *debts);
void debts_close(struct debts *debts);

int32_t debts_day(const char *text);

/* Begin an event; everything added until the next belongs to it. */
void debts_event(struct debts *debts);
/* The contract's row: late clause of `daily_ppm` (-1: none), interest first unless said. */
void debts_contract(struct debts *debts, int32_t daily_ppm, bool principal_first);
/* Terms of the kind lump with a plain due date ("" = none), all else absent. */
struct terms_row debts_terms(const struct debts *debts, int64_t amount, const char *due);
uint32_t debts_add(struct debts *debts, const char *valid, const struct terms_row *terms);
void debts_move(struct debts *debts, uint32_t obligation, enum move_kind kind, int64_t amount,
                const char *valid, uint32_t aux);

struct obligation_figures debts_figures(const struct debts *debts, uint32_t obligation,
                                        const char *as_of);
/* O1 and no column negative. */
void debts_check(const struct obligation_figures *figures);

#endif
