#ifndef ACCRUE_DAEMON_LEDGER_PARTY_H
#define ACCRUE_DAEMON_LEDGER_PARTY_H

/* What the files of a party share. */

#include "daemon/ledger/decide.h"

enum status party_decide_merged(struct deciding *deciding);
void party_fold_merged(struct folding *folding);

#endif
