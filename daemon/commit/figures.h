#ifndef ACCRUE_DAEMON_COMMIT_FIGURES_H
#define ACCRUE_DAEMON_COMMIT_FIGURES_H

/* What a dry run would change: the figures of every account that its events touch, as they are
 * and as they would be. Writer thread, between the fold and the undo. */

#include "daemon/ledger/facts.h"
#include "proto/writer.h"

#define FIGURES_MAX 512u /* objects looked at; beyond that the answer says that it is cut */

/* Two values: an array of rows {what, key, currency, before, after}, and whether it is cut. `mark`
 * was taken before the first event. before and after are maps, or nil where it is not there:
 *
 *   what obligation  key owner/no: scheduled, contingent, outstanding, disputed, paid, waived,
 *                    written_off, set_off, extinguished, interest_due, due
 *   what credit      key the payment's id: unapplied_credit
 *   what registered  key the contract's id: total_fen, tech_fen
 *
 * Rows whose values are equal are left out. All at valid date `as_of`. */
void figures_write(const struct facts *facts, const struct facts_mark *mark, int32_t as_of,
                   struct writer *out, bool *ret_cut);

#endif
