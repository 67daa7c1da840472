#ifndef ACCRUE_DAEMON_LEDGER_DUE_H
#define ACCRUE_DAEMON_LEDGER_DUE_H

/* From a due term to a day: an anchor that other facts of the contract give, a number of units
 * after it, and what a day off does (Civil Code arts 200-204; domain 4.8).
 *
 *   U1  A due date is computed from visible facts for every question and stored nowhere: a
 *       term that is amended, a verdict or a calendar mark moves it as from then. */

#include "daemon/ledger/facts.h"
#include "daemon/ledger/money.h"

#define DUE_NO_TERM 255 /* due_terms.base of an obligation without a due term */

/* The written contract: the latest visible signed row by (valid, seq), else the drafted one;
 * NULL if there is none or the aggregate is no contract. */
const struct contract_row *contract_terms_at(const struct facts *facts, uint32_t contract,
                                             const struct viewpoint *view);

/* How it rounds: half away from zero unless it says otherwise (domain 4.3). */
enum rounding_rule contract_rounding(const struct facts *facts, uint32_t contract,
                                     const struct viewpoint *view);

/* Its term, as amended; DAY_NONE if there is no such date. */
int32_t contract_term_start(const struct facts *facts, uint32_t contract,
                            const struct viewpoint *view);
int32_t contract_term_end(const struct facts *facts, uint32_t contract,
                          const struct viewpoint *view);

/* The latest visible row of a condition (ledger/states.h) by (valid, seq), NULL if undecided. */
const struct condition_row *condition_at(const struct facts *facts, uint32_t contract,
                                         struct slice name, const struct viewpoint *view);

/* The day that the term names, before it rolls; DAY_NONE if its anchor is not known here. */
int32_t due_day(const struct facts *facts, uint32_t owner, uint32_t obligation,
                const struct due_terms *due, const struct viewpoint *view);

/* What a day off does to a due date (art 203). DAY_NONE stays. */
int32_t due_rolled(const struct facts *facts, int32_t day, uint8_t roll,
                   const struct viewpoint *view);

#endif
