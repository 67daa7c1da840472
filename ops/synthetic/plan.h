#ifndef ACCRUE_OPS_SYNTHETIC_PLAN_H
#define ACCRUE_OPS_SYNTHETIC_PLAN_H

/* How many contracts and how much money of a year go where.
 *
 *   L1  A cell is (stratum, region of the seller, type). Counts of strata and regions are quotas;
 *       the types fall into them as the lanes deal, each exactly as often as its quota in the year.
 *   L2  The money of each stratum is exact, and so are the year, the sellers abroad, the
 *       enterprises on both sides and the buyers abroad. The money of regions and of types is
 *       exact, too, as far as the cells that have contracts allow. */

#include "ops/synthetic/model.h"

/* Who sells to whom: enterprise (E), none (N), abroad (X). */
enum stratum {
    STRATUM_ABROAD,
    STRATUM_EE,
    STRATUM_EN,
    STRATUM_EX,
    STRATUM_NE,
    STRATUM_NN,
    STRATUM_NX
};
#define STRATA 7u
#define PLACES (STRATA * REGIONS)
#define CELLS (PLACES * TYPES)

struct plan {
    const struct year_model *model;
    int64_t divisor; /* 1 or 100 */
    int64_t contracts, turnover_fen;
    int64_t stratum_count[STRATA], stratum_fen[STRATA];
    int64_t region_count[REGIONS], region_fen[REGIONS];
    int64_t type_count[TYPES], type_fen[TYPES];
    int64_t place_count[PLACES];
    int64_t cell_count[CELLS]; /* by the caller, before plan_money */
    int64_t cell_fen[CELLS];
};

static inline uint32_t cell_of(uint32_t stratum, uint32_t region, uint32_t type)
{
    return (stratum * REGIONS + region) * TYPES + type;
}

/* Everything but the cells. */
void plan_year(struct plan *plan, const struct year_model *model, int64_t divisor);
/* cell_fen from cell_count (L2). */
void plan_money(struct plan *plan);

#endif
