#ifndef ACCRUE_DAEMON_VIEW_POOL_SHARES_H
#define ACCRUE_DAEMON_VIEW_POOL_SHARES_H

/* What a pool's money of a period comes to for each of its members (domain 5.10).
 *
 *   S1  Gross is money allocated to the pool's contracts in CNY, by value date. The fee is rounded
 *       once; the rest is split by weight, the last fen by largest remainder, ties to the member
 *       whose patent came first (rulings 4, 27).
 *   S2  Weight is patent-days times the patent's weight; under a rule of fixed shares, the share.
 *       The rule is that of the period's last day.
 *   S3  A patent's day counts while it is in the pool and the right stands: a removal, lapse or
 *       invalidity names the first day that does not count, an expiry the last that does. What was
 *       counted stays counted (Patent Law art 47).
 *   S4  Money that went back (returned, refunded) leaves the period that it had come in, from the
 *       day on which it went. Who was given more than his share of it by then has a difference
 * below zero: what he owes the pool. It is made good by less in a later distribution, which shows
 * in a period over both, or by a restitution that he owes the administrator: an obligation of the
 * pool whose accrual dates lie in the period. */

#include "daemon/base/column.h"
#include "daemon/view/query.h"
#include "daemon/view/scratch.h"

struct pool_line {
    uint32_t pool, party;
    int64_t patents, patent_days;
    int64_t weight;
    int64_t amount;      /* what should be distributed */
    int64_t distributed; /* what was, for periods within this one */
};

struct pool_money {
    uint32_t pool;
    int32_t from, to;
    int64_t gross, admin_fee, net; /* net = gross - fee */
    int64_t patent_days, amount;   /* amount: net, or 0 with nobody to share it */
    int64_t distributed_gross, distributed_fee, reserve, distributed;
};

struct pool_shares {
    const struct query *query;
    struct scratch *scratch;
    uint32_t *slot;      /* by pool: index + 1 into `pools` */
    struct column pools; /* struct pool_money */
    struct column lines; /* struct pool_line, by pool in the order of first admission */
};

/* Shares of one pool, or of all with AGGREGATE_NONE, for a period; without, that in which as_of
 * lies, by the pool's own calendar (quarters unless said). STATUS_E_RANGE. */
enum status pool_shares_init(struct pool_shares *shares, const struct query *query,
                             struct scratch *scratch, uint32_t pool, const int32_t *period,
                             struct fault *fault);
void pool_shares_done(struct pool_shares *shares);

struct pool_money *pool_money_at(const struct pool_shares *shares, uint64_t i);
struct pool_line *pool_line_at(const struct pool_shares *shares, uint64_t i);

/* Is it a contract of a pool that is asked for? Its pool, or NULL. */
struct pool_money *pool_of_contract(const struct pool_shares *shares,
                                    const struct contract_row *row);

#endif
