#ifndef ACCRUE_DAEMON_LEDGER_COVER_H
#define ACCRUE_DAEMON_LEDGER_COVER_H

/* Performance policies that stand behind a contract's debts (Insurance Law arts 60-61). */

#include "daemon/ledger/decide.h"

/* Writer only: is `contract` covered on `day` by a live performance policy? */
bool cover_is_secured(const struct facts *facts, uint32_t contract, int32_t day,
                      const struct viewpoint *view);

#endif
