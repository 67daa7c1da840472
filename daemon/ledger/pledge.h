#ifndef ACCRUE_DAEMON_LEDGER_PLEDGE_H
#define ACCRUE_DAEMON_LEDGER_PLEDGE_H

/* Pledges of technologies (Civil Code art 444) at a viewpoint.
 *
 *   P1  The right begins with the registration and ends with release or enforcement.
 *   P2  A change writes all terms again, valid no earlier than the terms before it; so the newest
 *       visible ones hold. */

#include "daemon/ledger/decide.h"

/* Terms at the viewpoint; NULL if it is not registered there. */
const struct pledge_row *pledge_terms(const struct facts *facts, uint32_t pledge,
                                      const struct viewpoint *view);
/* Fen paid back on the loan. */
int64_t pledge_repaid(const struct facts *facts, uint32_t pledge, const struct viewpoint *view);
/* Loan less repayments while the pledge stands; 0 once it is released or enforced. */
int64_t pledge_balance(const struct facts *facts, uint32_t pledge, const struct viewpoint *view);
bool pledge_stands(const struct facts *facts, uint32_t pledge, const struct viewpoint *view);

/* Does a pledge stand on the technology? Whether the pledgee agreed to a licence or a transfer,
 * the contract or the declaration says: pledgee_consent. */
bool technology_pledged(const struct facts *facts, uint32_t technology,
                        const struct viewpoint *view);

#endif
