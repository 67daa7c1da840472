#ifndef ACCRUE_OPS_SYNTHETIC_CONTRACTS_H
#define ACCRUE_OPS_SYNTHETIC_CONTRACTS_H

/* All contracts of the five years, in the order of registration.
 *
 *   C1  Each year's amounts sum to its turnover to the fen, whatever the seed.
 *   C2  0.3 % more are registered and revoked in the same year: they are in no restated total.
 *   C3  Party numbers are dense within (side, region, kind); a pool is as large as its contracts
 *       are many. */

#include <stdbool.h>

#include "ops/synthetic/plan.h"

enum side { SIDE_SELLER, SIDE_BUYER };
/* What is registered first, when it is not yet the final amount. */
enum first_total { TOTAL_FINAL, TOTAL_ZERO, TOTAL_ESTIMATED };

struct contract {
    int64_t amount_fen; /* final */
    int32_t day;        /* of registration, since 1970-01-01 */
    uint32_t number;    /* within its year, from 1 */
    uint8_t year;       /* of year_models */
    bool revoked;       /* C2: numbers of their own */
    uint8_t stratum, region_out, region_in, type, subtype, kind_out, kind_in;
    uint8_t field, ip_kind, program, pay_mode, grant, first_total;
};

struct registry {
    uint64_t seed;
    struct contract *contracts;
    uint32_t count;
    int32_t first_day, last_day; /* of registration */
    uint32_t *day_start;         /* [last_day - first_day + 2]: the first contract of a day */
};

void registry_build(struct registry *registry, uint64_t seed, int64_t divisor);
void registry_free(struct registry *registry);

/* A draw for this contract that no other has. */
uint64_t contract_draw(const struct registry *registry, const struct contract *contract,
                       uint32_t lane);
/* Part of the final amount that is paid for technology. */
int64_t contract_tech_fen(const struct registry *registry, const struct contract *contract);

int32_t day_of_date(int32_t year, uint32_t month, uint32_t day);
/* Monday is 0. */
uint32_t weekday(int32_t day);

/* Lanes of draws; what is drawn for one thing is drawn for nothing else. */
enum draw_lane {
    DRAW_AMOUNT,
    DRAW_TECH,
    DRAW_SELLER,
    DRAW_SELLER_OCTAVE,
    DRAW_BUYER,
    DRAW_BUYER_OCTAVE,
    DRAW_SIGN,
    DRAW_TERM,
    DRAW_TITLE,
    DRAW_DEPARTMENT,
    DRAW_AGENCY,
    DRAW_CHANGE,
    DRAW_PARTS,
    DRAW_PAY,
    DRAW_UNPAID,
    DRAW_REVERSED,
    DRAW_COMPLETED,
    DRAW_VERDICT,
    DRAW_DUPLICATE,
    DRAW_PARTY,
    DRAW_LANE /* + the lane */
};

#endif
