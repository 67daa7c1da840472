#ifndef ACCRUE_DAEMON_LEDGER_INTEREST_H
#define ACCRUE_DAEMON_LEDGER_INTEREST_H

/* Late interest: simple, on the principal day by day, exact until it is asked for (domain 4.7,
 * rulings 7, 8 and 18; Civil Code arts 561, 584, 585).
 *
 *   I1  Without a late clause there is none (part 8 c); interest bears no interest.
 *   I2  A day bears interest iff it lies after the due date: paying on the due date is on time.
 *   I3  Each day is charged by the clause in force on that day: what was signed, until an
 *       amendment of `late` takes effect, which replaces it as a whole from that day on.
 *   I5  The sum is exact, principal x days x rate over the denominator of each clause, and rounded
 *       once when it is asked for. It does not grow over the cap of the clause of the day; what it
 *       was before under another clause stands. */

#include "daemon/ledger/facts.h"
#include "daemon/ledger/money.h"

enum late_kind { LATE_NONE, LATE_DAILY, LATE_ANNUAL, LATE_LPR };

struct late_terms {
    enum late_kind kind;
    int64_t rate_ppm;  /* daily or annual; LATE_LPR: the multiple */
    int32_t year_days; /* 365 or 360 */
    int32_t cap_ppm;   /* of the scheduled amount; -1 = none */
    bool principal_first;
    enum rounding_rule rounding; /* of the contract, for all its clauses */
};

/* The clause in force on a day, the event that brought it, and how long it is. */
struct late_clause {
    struct late_terms terms;
    uint64_t seq; /* 0: no contract, no clause */
    int32_t last; /* day before the next clause; DAY_MAX */
};

/* The late clause that governs an obligation of `owner` on `day`, as seen from the viewpoint. */
struct late_clause late_clause_on(const struct facts *facts, uint32_t owner, int32_t day,
                                  const struct viewpoint *view);

/* Weight of one fen for one day once `due` has passed; 0 while no rate is known. LPR is that of
 * the breach date, the day after the due date. */
int128 late_daily_weight(const struct facts *facts, const struct late_terms *late, int32_t due,
                         const struct viewpoint *view);
int128 late_denominator(const struct late_terms *late);

/* An exact sum of fen: whole ones, and a numerator for each denominator that there is. */
#define LATE_DENOMINATORS 5u
struct late_sum {
    int128 whole;
    int128 numerator[LATE_DENOMINATORS];
};
void late_sum_add(struct late_sum *sum, const struct late_terms *late, int128 numerator);

/* I5: `sum`, which was `start` when the clause came into force, under its cap on `scheduled`. */
struct late_sum late_capped(const struct late_terms *late, const struct late_sum *start,
                            const struct late_sum *sum, int64_t scheduled);
/* Rounded; AMOUNT_FEN_MAX if it is more. */
int64_t late_amount(const struct late_terms *late, const struct late_sum *sum);

/* Latest terms of an interest obligation, if its first ones say that it is of `obligation` and runs
 * to a day not after `day`, else NULL: an amendment may change the amount, not what it is for. */
const struct terms_row *interest_assessment(const struct facts *facts, uint32_t candidate,
                                            uint32_t obligation, int32_t day,
                                            const struct viewpoint *view);
/* What was assessed on `obligation` by visible interest obligations up to `day` (its `upto`). */
int64_t interest_assessed(const struct facts *facts, uint32_t owner, uint32_t obligation,
                          int32_t day, const struct viewpoint *view);

#endif
