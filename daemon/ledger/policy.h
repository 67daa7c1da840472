#ifndef ACCRUE_DAEMON_LEDGER_POLICY_H
#define ACCRUE_DAEMON_LEDGER_POLICY_H

/* Policies as they stand at a viewpoint, and what was paid under them.
 *
 *   I3  An endorsement or a cancellation writes all terms again, valid no earlier than the terms
 *       before it; so the newest visible row holds, from every viewpoint.
 *   I4  What the insurer recovers does not give cover back: the sum insured is one for the whole
 *       term (Insurance Law art 55). */

#include "daemon/ledger/decide.h"

/* Terms at the viewpoint; NULL if there is no such policy there. */
const struct policy_row *policy_at(const struct facts *facts, uint32_t policy,
                                   const struct viewpoint *view);
/* Terms in force on `day`: those of a later endorsement do not reach back. On a day before the
 * first ones held, the first ones. */
const struct policy_row *policy_on(const struct facts *facts, uint32_t policy, int32_t day,
                                   const struct viewpoint *view);
/* Within its term on `day`, and not cancelled by then? */
bool policy_is_live(const struct facts *facts, uint32_t policy, int32_t day,
                    const struct viewpoint *view);
/* Fen paid on claims under it; recoveries are not taken off (I4). */
int64_t policy_paid(const struct facts *facts, uint32_t policy, const struct viewpoint *view);
/* What is left of the sum insured: max(0, sum - paid). */
int64_t policy_left(const struct facts *facts, const struct policy_row *row,
                    const struct viewpoint *view);

/* ---- for the handlers of a policy ---- */

/* I1: every contract of the list is one that may be covered. */
enum status policy_check_contracts(struct deciding *deciding, struct slice list, const char *path);
/* I2: flags W_OVER_INSURED for these terms. `list` empty: no contracts. */
void policy_flag_value(struct deciding *deciding, int product, int64_t sum_fen, struct slice list);

#endif
