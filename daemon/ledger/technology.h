#ifndef ACCRUE_DAEMON_LEDGER_TECHNOLOGY_H
#define ACCRUE_DAEMON_LEDGER_TECHNOLOGY_H

/* What the files of a technology share. */

#include "daemon/ledger/reference.h"

/* Share that the party holds at the viewpoint, ppm. */
int64_t technology_share(const struct facts *facts, uint32_t technology, uint32_t party,
                         const struct viewpoint *view);

/* The right is void: stop what falls due later, on every contract that names it and does not
 * agree otherwise (domain 3.2, ruling 21). */
void technology_stop_contracts(struct deciding *deciding, int32_t decision_day);

#endif
