#ifndef ACCRUE_DAEMON_LEDGER_OWING_H
#define ACCRUE_DAEMON_LEDGER_OWING_H

/* What a payer owes now, found without walking all that it ever owed: a payer with a hundred
 * thousand settled debts is served as fast as a new one.
 *
 *   D1  A list holds the obligations that are OPEN at viewpoint_now(DAY_MAX) with the payer as
 *       debtor; never more, never less: it only saves looking, so that what is decided does not
 *       depend on who asked before, and a restart begins without lists.
 *   D2  Lists are made when a payer is asked for, and only for payers with many debts. Afterwards
 *       every row that could change one of its obligations is noted (added, taken back by undo,
 *       reversed), and looked at again at the next question. Rates and days off concern too many:
 *       after one of them a list is made anew.
 *   D3  Writer only. A list is dropped when more is noted than OWING_NOTED_MAX. */

#include "daemon/ledger/facts.h"

#define OWING_LISTED_FROM 64u /* payers with fewer rows of terms are looked at afresh */
#define OWING_NOTED_MAX 65536u

struct owing_entry {
    uint32_t obligation;
    uint32_t creditor;
    int32_t due; /* rolled; DAY_NONE if there is none */
    uint8_t currency;
    bool open; /* false: a gap, to be passed over */
};

struct owing;

struct owing *owing_new(void);
void owing_free(struct owing *owing);

/* A row of `table` was added and linked, or is about to go, or is reversed or not any more. */
void owing_note_row(struct facts *facts, enum fact_table table, const struct fact *row);
/* Terms were added and filled in. */
void owing_note_terms(struct facts *facts, const struct terms_row *row);

/* The payer's open obligations in the order of their making; valid until the next call. */
const struct owing_entry *owing_open(const struct facts *facts, uint32_t payer, size_t *ret_count);

#endif
