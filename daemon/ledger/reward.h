#ifndef ACCRUE_DAEMON_LEDGER_REWARD_H
#define ACCRUE_DAEMON_LEDGER_REWARD_H

#include "daemon/ledger/decide.h"

/* Half of the net income, at least owed to the persons, fen; 0 of a loss (Promotion of
 * Transformation Law art 45). */
int64_t reward_floor(int64_t net_income_fen);
/* Is one of the contract's sellers a public institution at the viewpoint? */
bool reward_is_due(const struct facts *facts, uint32_t contract, const struct viewpoint *view);

#endif
