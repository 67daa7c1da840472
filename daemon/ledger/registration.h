#ifndef ACCRUE_DAEMON_LEDGER_REGISTRATION_H
#define ACCRUE_DAEMON_LEDGER_REGISTRATION_H

/* What is registered of a contract, how alike two registrations are, and when the office has to
 * have decided about an application. */

#include "daemon/ledger/decide.h"

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

/* Until when the office has to decide about an application made on day `on`: 15 working days, 30 at
 * 5 million yuan or where a sum of the contract is disputed (administrative measures for the
 * registration of technology contracts, 2026). The amount is the technology part as registered,
 * before that the contract's total; *ret_days says which it was. */
int32_t registration_due(const struct facts *facts, uint32_t contract, int32_t on,
                         const struct viewpoint *view, int32_t *ret_days);

/* Is the party abroad: region 000000, or without a region an organisation of the kind? */
bool party_is_abroad(const struct facts *facts, uint32_t party, const struct viewpoint *view);

/* ---- registration.c and registration_applied.c ---- */

/* State of the event's contract, and since when. */
uint8_t registration_state(const struct deciding *deciding, int32_t *ret_since);
/* Gives `code`, with the state and what is legal in it. */
enum status registration_refuse(struct deciding *deciding, enum status code, uint8_t state);
struct registration_row *registration_row_fold(struct folding *folding,
                                               enum registration_action action);

#endif
