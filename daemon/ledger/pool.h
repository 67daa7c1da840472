#ifndef ACCRUE_DAEMON_LEDGER_POOL_H
#define ACCRUE_DAEMON_LEDGER_POOL_H

/* Patent pools: who is in them, at a viewpoint. A day named by a removal or a leaving is the
 * first that no longer counts (ruling 27). */

#include "daemon/ledger/decide.h"

/* Newest row that says whether the party is a member; NULL: it never was. */
const struct pool_member_row *pool_member_at(const struct facts *facts, uint32_t pool,
                                             uint32_t party, const struct viewpoint *view);
/* The same for a technology. */
const struct pool_patent_row *pool_patent_at(const struct facts *facts, uint32_t pool,
                                             uint32_t technology, const struct viewpoint *view);

#endif
