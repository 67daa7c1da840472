#ifndef ACCRUE_DAEMON_LEDGER_OPEN_LICENSE_H
#define ACCRUE_DAEMON_LEDGER_OPEN_LICENSE_H

/* Open licences (Patent Law arts 50-52; rules r. 85-88).
 *
 *     NONE ──declared──▶ DECLARED ──withdrawn──▶ WITHDRAWN ──declared──▶ DECLARED
 *
 *   O1  A declaration is an offer to everybody at announced terms. Whoever accepts has a contract;
 *       what becomes of the offer later does not touch it.
 *   O2  Past its last day an offer is no longer open; no event says so, and a new one may be
 *       declared. */

#include "daemon/ledger/decide.h"

/* The declaration that is open at the viewpoint's as_of: declared, not withdrawn, its last day not
 * past. NULL if there is none. */
const struct open_license_row *open_license_at(const struct facts *facts, uint32_t technology,
                                               const struct viewpoint *view);
/* The declaration that counts, past its last day or not; NULL if none or withdrawn. */
const struct open_license_row *open_license_declared(const struct facts *facts, uint32_t technology,
                                                     const struct viewpoint *view);

/* open_license.accepted; see open_license_accept.c. */
enum status open_license_decide_accepted(struct deciding *deciding);
void open_license_fold_accepted(struct folding *folding);

/* After an event was decided: contracts that waited for the announced fee, which its moves settle,
 * take effect (ruling 23). */
void open_license_take_effect(struct deciding *deciding);
/* While it is decided: a move on this obligation may be that payment. */
void open_license_note_move(struct deciding *deciding, enum move_kind kind, uint32_t obligation);

#endif
