#ifndef ACCRUE_DAEMON_LEDGER_ACCREDITATION_H
#define ACCRUE_DAEMON_LEDGER_ACCREDITATION_H

#include "daemon/ledger/decide.h"

/* The party's open qualification of this kind at the viewpoint, NULL if it holds none. Asks for
 * this id alone: who counts parties asks party_survivor() for each. */
const struct accreditation_row *accreditation_open(const struct facts *facts, uint32_t party,
                                                   struct slice kind, const struct viewpoint *view);

#endif
