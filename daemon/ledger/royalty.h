#ifndef ACCRUE_DAEMON_LEDGER_ROYALTY_H
#define ACCRUE_DAEMON_LEDGER_ROYALTY_H

/* Royalty terms of a contract. */

#include "daemon/ledger/decide.h"

/* Fold: the terms of a canonical RoyaltyTerm, valid from folding->valid; nothing if `term` is
 * empty. Called for contract.signed, contract.amended and trial.converted. */
void royalty_fold(struct folding *folding, struct slice term);

#endif
