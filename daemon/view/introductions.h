#ifndef ACCRUE_DAEMON_VIEW_INTRODUCTIONS_H
#define ACCRUE_DAEMON_VIEW_INTRODUCTIONS_H

/* Introductions and what became of them: shared by the projections match and commissions.
 *
 *   N1  The value and the day are those of the signed contract where it is known, else those of
 *       the event that closed the introduction.
 *   N2  An introduction counts in the currency of its contract, else in CNY.
 *   N3  Rates are of closed introductions, in permille; days from introduction to signature are
 *       a median in tenths (ruling 28). Null where there is nothing to take them of. */

#include "daemon/view/tally.h"

struct introduction {
    const struct match_row *introduced, *closed; /* closed: NULL while open */
    const struct contract_row *contract;         /* that was signed; NULL: not known */
    int64_t facilitated;                         /* value of the signed contract, 0 if unknown */
    int32_t days;                                /* to the signature; DAY_NONE unless signed */
    uint8_t currency;                            /* N2 */
};

/* The introduction that row `index` of FACT_MATCH is, as it stands at the viewpoint; false if the
 * row is not one or is not visible. */
bool introduction_read(const struct query *query, uint64_t index,
                       struct introduction *ret_introduction);

/* The visible row that closed `match`, or NULL. */
const struct match_row *match_closed(const struct facts *facts, uint32_t match,
                                     const struct viewpoint *view);

/* What is counted, as columns of a tally: the last ones of the caller's. */
enum introduction_column {
    INTRODUCED,
    INTRODUCTION_OPEN,
    INTRODUCTION_CLOSED,
    INTRODUCTION_SIGNED,
    INTRODUCTION_FRAMEWORK,
    INTRODUCTION_FAILED,
    FACILITATED,
    FRAMEWORK_AMOUNT,
    INTRODUCTION_COLUMNS
};
#define INTRODUCTION_NAMES                                                                         \
    "introduced", "open", "closed", "signed", "framework", "failed", "facilitated",                \
        "framework_amount"

/* Days to the signature, by cell of a tally; the cells' tags are its. */
struct introduction_days {
    struct scratch *scratch;
    struct column days;
    int64_t *room;  /* for ordering them; taken when the first row is written */
    unsigned first; /* column of the tally that is INTRODUCED */
};

void introduction_days_init(struct introduction_days *days, struct scratch *scratch,
                            unsigned first);
void introduction_days_done(struct introduction_days *days);

/* Adds an introduction to the cell, which is of its currency. STATUS_E_RANGE: see tally.h. */
enum status introduction_add(struct introduction_days *days, struct tally *tally,
                             struct tally_cell *cell, const struct introduction *introduction,
                             struct fault *fault);

/* A tally_extra_fn, arg being struct introduction_days: what does not add up (N3). */
uint32_t introduction_rates(void *arg, const struct tally_cell *cell, bool total,
                            struct writer *out);

#endif
