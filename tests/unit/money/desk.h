#ifndef ACCRUE_TESTS_UNIT_MONEY_DESK_H
#define ACCRUE_TESTS_UNIT_MONEY_DESK_H

/* Short words for money at the transfer office (tests/unit/lifecycle/office.h). Dates before
 * 2026-12-01, which is today; amounts in fen. */

#include "daemon/ledger/obligation.h"
#include "tests/unit/lifecycle/office.h"

/* Sign `contract` from firm to univ, a term from 2026-01-01, with `more` put into its data. */
void desk_sign(struct office *office, const char *contract, const char *more);
/* obligation.scheduled of a lump from firm to univ due on a plain date. */
void desk_owe(struct office *office, const char *contract, int no, long long amount,
              const char *due);
/* payment.received from firm to univ; `alloc` is a JSON list, or NULL for none. */
void desk_pay(struct office *office, const char *payment, long long amount, const char *day,
              const char *alloc);

struct obligation_figures desk_figures(struct office *office, const char *contract, unsigned no,
                                       const char *as_of);
/* Unapplied credit of a payment. */
int64_t desk_credit(struct office *office, const char *payment, const char *as_of);

#endif
