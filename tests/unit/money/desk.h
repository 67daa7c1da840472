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

/* Royalty on net sales by quarter: 3 % to 5 M, 2.5 % to 10 M, 2 % above; and the quarters of 2025
 * with what each earns (domain 4.5). */
#define DESK_TIERS                                                                                 \
    "'base':'net_sales','period':'quarter','tiers':[{'upto_fen':500000000,'rate_ppm':30000},"      \
    "{'upto_fen':1000000000,'rate_ppm':25000},{'upto_fen':null,'rate_ppm':20000}]"
extern const struct desk_quarter {
    const char *start, *end;
    long long base, royalty;
} desk_quarters[4];
/* Sign contract `c`, a term from 2025-01-01 to 2027-12-31 without trial, with these royalty terms.
 */
void desk_sign_royalty(struct office *office, const char *terms);

struct obligation_figures desk_figures(struct office *office, const char *contract, unsigned no,
                                       const char *as_of);
/* Unapplied credit of a payment. */
int64_t desk_credit(struct office *office, const char *payment, const char *as_of);

#endif
