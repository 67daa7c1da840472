#ifndef ACCRUE_DAEMON_LEDGER_TOTALS_H
#define ACCRUE_DAEMON_LEDGER_TOTALS_H

/* How much there is of a currency at all: no sum that an answer makes may leave the range of
 * exact money (E_RANGE, domain 2.2).
 *
 *   R1  A total is the sum over all rows of its table that are not reversed, whatever their valid
 *       dates, so that it bounds the sum at every viewpoint.
 *   R2  It changes where rows come, go (undo) and are reversed, and nowhere else. */

#include "daemon/ledger/facts.h"

#define CURRENCIES 64u

enum total_kind { TOTAL_OWED, TOTAL_RECEIVED, TOTAL_REGISTERED, TOTAL_KINDS };

struct totals {
    int64_t of[TOTAL_KINDS][CURRENCIES];
};

/* Add `sign` times what a row of `table` counts for; other tables count for nothing. */
void totals_count(struct totals *totals, const struct facts *facts, enum fact_table table,
                  const struct fact *row, int sign);

/* Fold: a row that was just added has been filled in. */
void totals_add(struct facts *facts, enum fact_table table, const struct fact *row);

struct deciding;
/* While an event is decided: it will add this. */
void totals_expect(struct deciding *deciding, enum total_kind kind, uint8_t currency,
                   int64_t amount);
/* STATUS_E_RANGE if what the event adds would lead beyond AMOUNT_FEN_MAX. */
enum status totals_check(struct deciding *deciding);

#endif
