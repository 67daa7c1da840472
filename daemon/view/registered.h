#ifndef ACCRUE_DAEMON_VIEW_REGISTERED_H
#define ACCRUE_DAEMON_VIEW_REGISTERED_H

/* A contract as registered at a viewpoint: number, date and amounts after all changes. */

#include "daemon/ledger/facts.h"

struct registered {
    const struct registration_row *row; /* the registration that is in force */
    const struct contract_row *contract;
    uint32_t aggregate;
    int64_t total_fen, tech_fen; /* in the contract's currency */
    text_ref agency;
    uint8_t type;
};

/* False if it is not registered there, or no longer. */
bool registered_at(const struct facts *facts, uint32_t contract, const struct viewpoint *view,
                   struct registered *ret_registered);

#endif
