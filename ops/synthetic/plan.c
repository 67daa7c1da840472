/* A year's quotas and money: L1 and L2 of plan.h.
 *
 * The money of the cells is found by raking (iterative proportional fitting) in integers: scaled to
 * the regions, to the types, to the strata, again and again, then apportioned within each stratum.
 * The few fen that regions and types are still off are moved between two cells of one stratum. */

#include "ops/synthetic/plan.h"

#include <stdbool.h>
#include <string.h>

#include "ops/synthetic/fatal.h"
#include "ops/synthetic/mix.h"

#define RAKE_ROUNDS 200u

enum margin { MARGIN_REGION, MARGIN_TYPE, MARGIN_STRATUM };

static int64_t share(int64_t whole, int64_t part, int64_t of)
{
    return (int64_t)(((int128)whole * part + of / 2) / of);
}

static int64_t scaled(int64_t amount, int64_t divisor)
{
    CHECK(amount % divisor == 0);
    return amount / divisor;
}

/* Enterprises and others that sell to others, enterprises and buyers abroad: the first row by the
 * columns, the second what is left of them. */
static void cross(int64_t enterprises, const int64_t columns[3], int64_t *strata)
{
    int64_t row[3];
    apportion(enterprises, columns, 3, row);
    strata[STRATUM_EN] = row[0];
    strata[STRATUM_EE] = row[1];
    strata[STRATUM_EX] = row[2];
    strata[STRATUM_NN] = columns[0] - row[0];
    strata[STRATUM_NE] = columns[1] - row[1];
    strata[STRATUM_NX] = columns[2] - row[2];
}

/* Sellers abroad count as enterprises and sell to domestic enterprises, who register as importers.
 */
static void plan_strata(struct plan *plan)
{
    const struct year_model *model = plan->model;
    int64_t n = plan->contracts;
    int64_t abroad = share(n, OVERSEAS_SELLERS_PERMILLE, 1000);
    int64_t others = share(n, OTHER_BUYERS_PERMILLE, 1000);
    int64_t overseas_buyers = share(n, OVERSEAS_BUYERS_PERMILLE, 1000);
    int64_t counts[3] = {others, n - abroad - others - overseas_buyers, overseas_buyers};
    plan->stratum_count[STRATUM_ABROAD] = abroad;
    cross(share(n, ENTERPRISE_SELLERS_PERMILLE, 1000) - abroad, counts, plan->stratum_count);

    int64_t fen = plan->turnover_fen;
    int64_t abroad_fen = scaled(model->overseas_seller_fen, plan->divisor);
    int64_t buyers_fen = scaled(model->overseas_buyer_fen, plan->divisor);
    int64_t in = share(fen, model->enterprise_in_permille, 1000);
    int64_t out = share(fen, model->enterprise_out_permille, 1000);
    int64_t money[3] = {fen - in, in - abroad_fen - buyers_fen, buyers_fen};
    plan->stratum_fen[STRATUM_ABROAD] = abroad_fen;
    cross(out - abroad_fen, money, plan->stratum_fen);
}

/* Regions by weight, but for what is pinned. */
static void pin(int64_t whole, const int64_t *weights, const int64_t pinned[REGIONS],
                int64_t *parts)
{
    int64_t rest[REGIONS] = {0};
    for (uint32_t r = 0; r < REGIONS; r++) {
        rest[r] = pinned[r] > 0 ? 0 : weights[r];
        whole -= pinned[r];
    }
    apportion(whole, rest, REGIONS, parts);
    for (uint32_t r = 0; r < REGIONS; r++) {
        parts[r] += pinned[r];
    }
}

static void plan_regions(struct plan *plan)
{
    const struct year_model *model = plan->model;
    int64_t weights[REGIONS];
    int64_t domestic = plan->contracts - plan->stratum_count[STRATUM_ABROAD];
    int64_t domestic_fen = plan->turnover_fen - plan->stratum_fen[STRATUM_ABROAD];
    int64_t pinned[REGIONS] = {[REGION_JIANGSU] = share(model->jiangsu_count, 1, plan->divisor)};
    for (uint32_t r = 0; r < REGIONS; r++) {
        weights[r] = regions[r].sellers;
    }
    pin(domestic, weights, pinned, plan->region_count);
    plan->region_count[REGION_ABROAD] = plan->stratum_count[STRATUM_ABROAD];

    pinned[REGION_JIANGSU] = scaled(model->jiangsu_fen, plan->divisor);
    pinned[REGION_BEIJING] = share(domestic_fen, model->beijing_per_10000, 10000);
    for (uint32_t r = 0; r < REGIONS; r++) {
        weights[r] = regions[r].fen;
    }
    pin(domestic_fen, weights, pinned, plan->region_fen);
    plan->region_fen[REGION_ABROAD] = plan->stratum_fen[STRATUM_ABROAD];
}

/* Stratum by stratum out of what each region still has; no part is more than that. */
static void plan_places(struct plan *plan)
{
    int64_t left[REGIONS];
    memcpy(left, plan->region_count, sizeof(left));
    plan->place_count[STRATUM_ABROAD * REGIONS + REGION_ABROAD] = left[REGION_ABROAD];
    left[REGION_ABROAD] = 0;
    for (uint32_t s = STRATUM_EE; s < STRATA; s++) {
        int64_t *places = &plan->place_count[(size_t)s * REGIONS];
        apportion(plan->stratum_count[s], left, REGIONS, places);
        for (uint32_t r = 0; r < REGIONS; r++) {
            left[r] -= places[r];
            CHECK(left[r] >= 0);
        }
    }
}

void plan_year(struct plan *plan, const struct year_model *model, int64_t divisor)
{
    memset(plan, 0, sizeof(*plan));
    plan->model = model;
    plan->divisor = divisor;
    plan->contracts = share(model->contracts, 1, divisor);
    plan->turnover_fen = scaled(model->turnover_fen, divisor);
    plan_strata(plan);
    plan_regions(plan);
    plan_places(plan);
    apportion(plan->contracts, model->type_count_permille, TYPES, plan->type_count);
    apportion(plan->turnover_fen, model->type_fen_per_10000, TYPES, plan->type_fen);
}

/* ---- money of the cells ---- */

static uint32_t margin_of(enum margin margin, uint32_t cell)
{
    switch (margin) {
    case MARGIN_REGION:
        return cell / TYPES % REGIONS;
    case MARGIN_TYPE:
        return cell % TYPES;
    case MARGIN_STRATUM:
        break;
    }
    return cell / TYPES / REGIONS;
}

static void sum_up(const struct plan *plan, enum margin margin, int64_t sums[REGIONS])
{
    memset(sums, 0, REGIONS * sizeof(sums[0]));
    for (uint32_t c = 0; c < CELLS; c++) {
        sums[margin_of(margin, c)] += plan->cell_fen[c];
    }
}

static void rake(struct plan *plan, enum margin margin, const int64_t *targets)
{
    int64_t sums[REGIONS];
    sum_up(plan, margin, sums);
    for (uint32_t c = 0; c < CELLS; c++) {
        uint32_t m = margin_of(margin, c);
        if (plan->cell_fen[c] > 0) {
            int64_t fen = (int64_t)((int128)plan->cell_fen[c] * targets[m] / sums[m]);
            plan->cell_fen[c] = fen > 0 ? fen : 1;
        }
    }
}

/* From one cell to another, as much as is wanted and leaves every contract half of what it has. */
static int64_t move(struct plan *plan, uint32_t from, uint32_t to, int64_t wanted)
{
    if (plan->cell_count[from] == 0 || plan->cell_count[to] == 0) {
        return 0;
    }
    int64_t fen = plan->cell_fen[from] / 2 < wanted ? plan->cell_fen[from] / 2 : wanted;
    plan->cell_fen[from] -= fen;
    plan->cell_fen[to] += fen;
    return fen;
}

/* All pairs of cells that differ in this margin alone and lie in one stratum. */
static int64_t move_all(struct plan *plan, enum margin margin, uint32_t from, uint32_t to,
                        int64_t wanted)
{
    int64_t moved = 0;
    uint32_t others = margin == MARGIN_REGION ? TYPES : REGIONS;
    for (uint32_t s = 0; s < STRATA; s++) {
        for (uint32_t o = 0; o < others && moved < wanted; o++) {
            bool by_region = margin == MARGIN_REGION;
            uint32_t source = by_region ? cell_of(s, from, o) : cell_of(s, o, from);
            uint32_t target = by_region ? cell_of(s, to, o) : cell_of(s, o, to);
            moved += move(plan, source, target, wanted - moved);
        }
    }
    return moved;
}

static void settle(struct plan *plan, enum margin margin, const int64_t *targets, uint32_t count)
{
    int64_t over[REGIONS];
    sum_up(plan, margin, over);
    for (uint32_t m = 0; m < count; m++) {
        over[m] -= targets[m];
    }
    for (uint32_t from = 0; from < count; from++) {
        for (uint32_t to = 0; to < count && over[from] > 0; to++) {
            if (over[to] < 0) {
                int64_t wanted = over[from] < -over[to] ? over[from] : -over[to];
                int64_t moved = move_all(plan, margin, from, to, wanted);
                over[from] -= moved;
                over[to] += moved;
            }
        }
    }
}

void plan_money(struct plan *plan)
{
    int64_t mean = plan->turnover_fen / plan->contracts;
    for (uint32_t c = 0; c < CELLS; c++) {
        plan->cell_fen[c] = plan->cell_count[c] * mean;
    }
    for (uint32_t round = 0; round < RAKE_ROUNDS; round++) {
        rake(plan, MARGIN_REGION, plan->region_fen);
        rake(plan, MARGIN_TYPE, plan->type_fen);
        rake(plan, MARGIN_STRATUM, plan->stratum_fen);
    }
    for (uint32_t s = 0; s < STRATA; s++) {
        int64_t weights[REGIONS * TYPES];
        int64_t *fen = &plan->cell_fen[cell_of(s, 0, 0)];
        memcpy(weights, fen, sizeof(weights));
        apportion(plan->stratum_fen[s], weights, REGIONS * TYPES, fen);
    }
    settle(plan, MARGIN_REGION, plan->region_fen, REGIONS);
    settle(plan, MARGIN_TYPE, plan->type_fen, TYPES);
}
