#ifndef ACCRUE_DAEMON_LEDGER_RESTITUTION_H
#define ACCRUE_DAEMON_LEDGER_RESTITUTION_H

/* What is given back under a contract that is void (Civil Code art 157).
 *
 *   T1  What was paid on an obligation, interest and set-off included, is owed back by its
 *       creditor to its debtor, without a due date (ruling 9; docs/rulings.md 57).
 *   T2  Money that went back some other way (returned, refunded, taken back to credit) is not
 *       owed back twice: the restitution shrinks by it, and the debt that it had paid stays
 *       extinguished.
 *   T3  Where the restitution was performed already, he who has the money twice owes it back. */

#include "daemon/ledger/obligation.h"

/* So much of what was put on an obligation goes back on a day. */
struct going_back {
    uint32_t obligation;
    int64_t amount;
    int32_t day;
    bool extinguished; /* an effect says so already */
};

/* T1: one obligation numbered `no`, from `day` on. */
void restitution_open(struct deciding *deciding, uint32_t contract,
                      const struct obligation_figures *figures, int64_t amount, uint32_t no,
                      int32_t day);

/* Is the obligation one of a contract that is void, but for the broker's commission? */
bool restitution_applies(const struct facts *facts, uint32_t obligation,
                         const struct viewpoint *now);

/* T2, T3 for all that an event takes back, each obligation once; others than those of void
 * contracts are passed over. */
void restitutions_shrink(struct deciding *deciding, const struct going_back *list, size_t count);

#endif
