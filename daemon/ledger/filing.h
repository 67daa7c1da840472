#ifndef ACCRUE_DAEMON_LEDGER_FILING_H
#define ACCRUE_DAEMON_LEDGER_FILING_H

/* The filing of a licence with the patent office. */

#include "daemon/ledger/facts.h"

/* Last day to file it, three months after the contract took effect, rolled; DAY_NONE before. */
int32_t filing_due(const struct facts *facts, uint32_t contract, const struct viewpoint *view);

#endif
