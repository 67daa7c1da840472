#ifndef ACCRUE_DAEMON_LEDGER_ENTRUSTMENT_H
#define ACCRUE_DAEMON_LEDGER_ENTRUSTMENT_H

#include "daemon/ledger/decide.h"

/* Has nothing ended this beginning by the viewpoint? Dates of the entrustment itself (`from`, `to`)
 * are the caller's to compare. False for a row that is an end. */
bool entrustment_is_open(const struct facts *facts, const struct entrustment_row *began,
                         const struct viewpoint *view);

#endif
