#ifndef ACCRUE_DAEMON_VIEW_CONTRACT_RECEIPTS_H
#define ACCRUE_DAEMON_VIEW_CONTRACT_RECEIPTS_H

/* Money that arrived on the obligations of a contract (ruling 41): all kinds but deposit and
 * restitution, interest included, by value date; what went back below zero on its own day. */

#include "daemon/base/column.h"
#include "daemon/view/query.h"

struct receipt {
    int32_t day;
    int32_t value_date; /* of the payment, also of what went back of it */
    int64_t amount;     /* in the contract's currency */
    uint64_t seq;
};

/* Pushes to a column of struct receipt. */
void contract_receipts(const struct query *query, uint32_t contract, struct column *receipts);

#endif
