#ifndef ACCRUE_DAEMON_VIEW_INTRODUCTIONS_H
#define ACCRUE_DAEMON_VIEW_INTRODUCTIONS_H

/* Introductions and what became of them: shared by the projections match and commissions. */

#include "daemon/view/query.h"

struct introduction {
    const struct match_row *introduced, *closed; /* closed: NULL while open */
    const struct contract_row *contract;         /* that was signed; NULL: not known */
    int64_t facilitated;                         /* value of the signed contract, 0 if unknown */
    int32_t days;                                /* to the signature; DAY_NONE unless signed */
    uint8_t currency;                            /* of the contract, else CNY */
};

/* The introduction that row `index` of FACT_MATCH is, as it stands at the viewpoint; false if the
 * row is not one or is not visible. */
bool introduction_read(const struct query *query, uint64_t index,
                       struct introduction *ret_introduction);

/* The visible row that closed `match`, or NULL. */
const struct match_row *match_closed(const struct facts *facts, uint32_t match,
                                     const struct viewpoint *view);

/* Median of `count` > 0 numbers in tenths; orders them. */
int64_t median_tenths(int64_t *numbers, uint64_t count);

#endif
