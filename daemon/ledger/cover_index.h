#ifndef ACCRUE_DAEMON_LEDGER_COVER_INDEX_H
#define ACCRUE_DAEMON_LEDGER_COVER_INDEX_H

/* Rows of policies by the contracts that they name.
 *
 *   X1  Filled when it is asked, from the rows that came since; it holds what the rows say and
 *       nothing else, so a restart begins without it.
 *   X2  Writer only. A row that is taken back empties it (cover_index_forget). */

#include "daemon/base/index_table.h"
#include "daemon/ledger/facts.h"

struct cover_index;

struct cover_index *cover_index_new(void);
void cover_index_free(struct cover_index *index);
void cover_index_forget(struct cover_index *index);

/* `for (p = cover_begin(facts, contract); cover_next(facts, contract, &p, &row);)` visits the rows
 * of FACT_POLICY, visible or not, that name the contract; in no order. */
struct index_probe cover_begin(const struct facts *facts, uint32_t contract);
bool cover_next(const struct facts *facts, uint32_t contract, struct index_probe *probe,
                const struct policy_row **ret_row);

#endif
