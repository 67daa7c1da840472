#ifndef ACCRUE_DAEMON_LEDGER_REGISTRATION_H
#define ACCRUE_DAEMON_LEDGER_REGISTRATION_H

/* What is registered of a contract, and how alike two registrations are. */

#include "daemon/ledger/facts.h"

/* As registered and changed since; AMOUNT_UNKNOWN and 255 if never registered. */
struct registered_figures {
    int64_t total_fen, tech_fen;
    uint8_t type;
};
struct registered_figures registration_figures(const struct facts *facts, uint32_t contract,
                                               const struct viewpoint *view);

/* A number that two registrations of the same first seller, first buyer, title, day of signing and
 * amount share (part 10, W_POSSIBLE_DUPLICATE). A hash: who finds one compares. The same on every
 * machine, as rows may be kept on disk. */
uint64_t registration_likeness(const struct facts *facts, const struct contract_row *contract,
                               int64_t total_fen);

#endif
