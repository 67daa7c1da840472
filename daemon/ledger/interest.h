#ifndef ACCRUE_DAEMON_LEDGER_INTEREST_H
#define ACCRUE_DAEMON_LEDGER_INTEREST_H

/* Late interest: simple, on the principal day by day, exact until it is asked for (domain 4.7,
 * rulings 7 and 8; Civil Code arts 561, 584, 585).
 *
 *   I1  Without a late clause there is none (part 8 c); interest bears no interest.
 *   I2  A day bears interest iff it lies after the due date: paying on the due date is on time.
 *   I3  `numerator` grows by principal x days x rate and is never rounded; interest to a day is
 *       round(numerator / denominator), at most the cap. */

#include "daemon/ledger/facts.h"
#include "daemon/ledger/money.h"

enum late_kind { LATE_NONE, LATE_DAILY, LATE_ANNUAL, LATE_LPR };

struct late_terms {
    enum late_kind kind;
    int64_t rate_ppm;  /* daily or annual; LATE_LPR: the multiple */
    int32_t year_days; /* 365 or 360 */
    int32_t cap_ppm;   /* of the scheduled amount; -1 = none */
    bool principal_first;
    enum rounding_rule rounding;
};

/* The late clause that governs an obligation of `owner` at the viewpoint. */
struct late_terms late_terms_at(const struct facts *facts, uint32_t owner,
                                const struct viewpoint *view);

/* Weight of one fen for one day once `due` has passed; 0 while no rate is known. LPR is that of
 * the breach date, the day after the due date. */
int128 late_daily_weight(const struct facts *facts, const struct late_terms *late, int32_t due,
                         const struct viewpoint *view);
int128 late_denominator(const struct late_terms *late);

/* I3, of an obligation that was scheduled with `scheduled`. */
int64_t late_amount(const struct late_terms *late, int128 numerator, int64_t scheduled);

/* What was assessed on `obligation` by visible interest obligations up to `day` (its `upto`). */
int64_t interest_assessed(const struct facts *facts, uint32_t owner, uint32_t obligation,
                          int32_t day, const struct viewpoint *view);

#endif
