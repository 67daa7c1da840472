/* The contracts: C1 to C3 of contracts.h.
 *
 * Three passes over a year: categories by lanes and the count of each cell; the sum of the raw
 * amounts of each cell; the amounts, by telescoping: amount i is floor(C_i * T / S) less the same
 * of i - 1, where C is the running sum of the cell, S all of it and T the cell's money. */

#include "ops/synthetic/contracts.h"

#include <string.h>

#include "ops/synthetic/fatal.h"
#include "ops/synthetic/mix.h"

#define RAW_LEAST_FEN 200000 /* the first knot of the table */

enum lane_name {
    LANE_PLACE,
    LANE_TYPE,
    LANE_FIELD,
    LANE_PROGRAM,
    LANE_PAY,
    LANE_LOCAL,
    LANE_REGION_IN,
    LANE_IP,
    LANE_FIRST_TOTAL,
    LANE_OTHER_SELLER,
    LANE_ENTERPRISE_SELLER,
    LANE_OTHER_BUYER,
    LANE_ENTERPRISE_BUYER,
    LANE_GRANT,
    LANE_SUBTYPE, /* one for each type */
    LANES = LANE_SUBTYPE + TYPES
};

struct builder {
    struct registry *registry;
    uint32_t year;
    struct plan plan;
    struct lane lanes[LANES];
    int64_t raw_sum[CELLS], raw_run[CELLS], given[CELLS];
};

/* ---- days ---- */

int32_t day_of_date(int32_t year, uint32_t month, uint32_t day)
{
    /* Days from civil, years from March; for years after 1970 only. */
    int32_t y = month <= 2 ? year - 1 : year;
    int32_t m = (int32_t)(month + 9) % 12;
    return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + (int32_t)day - 1 - 719468;
}

uint32_t weekday(int32_t day)
{
    return (uint32_t)(day + 3) % 7;
}

/* The j-th of n contracts of a month, spread evenly over Monday to Friday. */
static int32_t workday(int32_t year, uint32_t month, int64_t j, int64_t n)
{
    int32_t days[31] = {0};
    int64_t count = 0;
    int32_t end = month == 12 ? day_of_date(year + 1, 1, 1) : day_of_date(year, month + 1, 1);
    for (int32_t day = day_of_date(year, month, 1); day < end; day++) {
        if (weekday(day) < 5) {
            days[count++] = day;
        }
    }
    return days[j * count / n];
}

/* ---- categories ---- */

static void set_lane(struct builder *builder, uint32_t lane, int64_t n, const int64_t *weights,
                     uint32_t categories)
{
    if (n > 0) {
        uint64_t drawn = draw(builder->registry->seed, builder->year, 0, DRAW_LANE + lane);
        lane_of_weights(&builder->lanes[lane], drawn, n, weights, categories);
    }
}

static void set_lanes(struct builder *builder)
{
    const struct plan *plan = &builder->plan;
    const int64_t *strata = plan->stratum_count;
    int64_t n = plan->contracts;
    int64_t local[2] = {1000 - LOCAL_PERMILLE, LOCAL_PERMILLE};
    int64_t first_total[3] = {980, 10, 10};
    int64_t buyers[REGIONS];
    int64_t rights = plan->type_count[TYPE_TRANSFER] + plan->type_count[TYPE_LICENSE];
    int64_t with_ip = (n * IP_PERMILLE + 500) / 1000 - rights; /* of the other types */
    int64_t ip[IP_KINDS];
    for (uint32_t r = 0; r < REGIONS; r++) {
        buyers[r] = regions[r].buyers;
    }
    apportion(with_ip, ip_weights, IP_KINDS, ip);
    ip[IP_NONE] = n - rights - with_ip;
    int64_t domestic_buyers = n - strata[STRATUM_EX] - strata[STRATUM_NX];
    int64_t other_sellers = strata[STRATUM_NN] + strata[STRATUM_NE] + strata[STRATUM_NX];
    int64_t other_buyers = strata[STRATUM_NN] + strata[STRATUM_EN];
    set_lane(builder, LANE_PLACE, n, plan->place_count, PLACES);
    set_lane(builder, LANE_TYPE, n, plan->type_count, TYPES);
    set_lane(builder, LANE_FIELD, n, field_weights, FIELDS);
    set_lane(builder, LANE_PROGRAM, n, program_weights, PROGRAMS);
    set_lane(builder, LANE_PAY, n, pay_weights, PAY_MODES);
    set_lane(builder, LANE_LOCAL, n, local, 2);
    set_lane(builder, LANE_REGION_IN, n, buyers, REGIONS);
    set_lane(builder, LANE_IP, n - rights, ip, IP_KINDS);
    set_lane(builder, LANE_FIRST_TOTAL, n, first_total, 3);
    set_lane(builder, LANE_OTHER_SELLER, other_sellers, seller_kind_weights, KINDS);
    set_lane(builder, LANE_ENTERPRISE_SELLER, n - strata[STRATUM_ABROAD] - other_sellers,
             enterprise_weights, KINDS);
    set_lane(builder, LANE_OTHER_BUYER, other_buyers, buyer_kind_weights, KINDS);
    set_lane(builder, LANE_ENTERPRISE_BUYER, domestic_buyers - other_buyers, enterprise_weights,
             KINDS);
    set_lane(builder, LANE_GRANT, plan->type_count[TYPE_LICENSE], grant_weights, GRANTS);
    for (uint32_t t = 0; t < TYPES; t++) {
        if (t != TYPE_CONSULTING) {
            set_lane(builder, LANE_SUBTYPE + t, plan->type_count[t], subtype_weights[t], SUBTYPES);
        }
    }
}

static uint8_t dealt(struct builder *builder, uint32_t lane)
{
    return (uint8_t)lane_next(&builder->lanes[lane]);
}

static void deal_seller(struct builder *builder, struct contract *contract)
{
    bool enterprise = contract->stratum < STRATUM_NE;
    contract->kind_out = contract->stratum == STRATUM_ABROAD ? KIND_OVERSEAS_ORG
                         : enterprise ? dealt(builder, LANE_ENTERPRISE_SELLER)
                                      : dealt(builder, LANE_OTHER_SELLER);
}

static void deal_buyer(struct builder *builder, struct contract *contract)
{
    bool local = dealt(builder, LANE_LOCAL) == 1 && contract->region_out != REGION_ABROAD;
    uint8_t elsewhere = dealt(builder, LANE_REGION_IN);
    contract->region_in = local ? contract->region_out : elsewhere;
    if (contract->stratum == STRATUM_EX || contract->stratum == STRATUM_NX) {
        contract->region_in = REGION_ABROAD;
        contract->kind_in = KIND_OVERSEAS_ORG;
    } else if (contract->stratum == STRATUM_EN || contract->stratum == STRATUM_NN) {
        contract->kind_in = dealt(builder, LANE_OTHER_BUYER);
    } else {
        contract->kind_in = dealt(builder, LANE_ENTERPRISE_BUYER);
    }
}

/* A patent contract is about one of three kinds of patent, and so on. */
static uint8_t right_of(const struct builder *builder, const struct contract *contract)
{
    static const uint8_t patents[] = {IP_INVENTION, IP_INVENTION, IP_UTILITY_MODEL, IP_DESIGN};
    static const uint8_t others[] = {IP_SOFTWARE, IP_SOFTWARE, IP_IC_LAYOUT, IP_PLANT_VARIETY,
                                     IP_BIO_MEDICINE};
    uint64_t drawn = contract_draw(builder->registry, contract, DRAW_LANE + LANE_IP);
    switch (contract->subtype) {
    case SUB_PATENT:
        return patents[draw_below(drawn, sizeof(patents))];
    case SUB_PATENT_APPLICATION:
        return IP_PATENT_APPLICATION;
    case SUB_KNOW_HOW:
        return IP_KNOW_HOW;
    default:
        return others[draw_below(drawn, sizeof(others))];
    }
}

static void deal_terms(struct builder *builder, struct contract *contract)
{
    contract->type = dealt(builder, LANE_TYPE);
    contract->field = dealt(builder, LANE_FIELD);
    contract->program = dealt(builder, LANE_PROGRAM);
    contract->pay_mode = dealt(builder, LANE_PAY);
    contract->first_total = dealt(builder, LANE_FIRST_TOTAL);
    contract->subtype = contract->type == TYPE_CONSULTING
                            ? (uint8_t)SUB_NONE
                            : dealt(builder, LANE_SUBTYPE + contract->type);
    contract->grant = contract->type == TYPE_LICENSE ? dealt(builder, LANE_GRANT) : GRANTS;
    bool right = contract->type == TYPE_TRANSFER || contract->type == TYPE_LICENSE;
    contract->ip_kind = right ? right_of(builder, contract) : dealt(builder, LANE_IP);
}

static void deal_all(struct builder *builder, struct contract *first)
{
    struct plan *plan = &builder->plan;
    int64_t months[MONTHS];
    struct contract *contract = first;
    set_lanes(builder);
    apportion(plan->contracts, month_weights, MONTHS, months);
    for (uint32_t m = 0; m < MONTHS; m++) {
        for (int64_t j = 0; j < months[m]; j++, contract++) {
            uint32_t place = lane_next(&builder->lanes[LANE_PLACE]);
            contract->year = (uint8_t)builder->year;
            contract->number = (uint32_t)(contract - first) + 1;
            contract->day = workday(YEAR_FIRST + (int32_t)builder->year, m + 1, j, months[m]);
            contract->stratum = (uint8_t)(place / REGIONS);
            contract->region_out = (uint8_t)(place % REGIONS);
            deal_seller(builder, contract);
            deal_buyer(builder, contract);
            deal_terms(builder, contract);
            plan->cell_count[cell_of(contract->stratum, contract->region_out, contract->type)]++;
        }
    }
}

/* ---- amounts ---- */

uint64_t contract_draw(const struct registry *registry, const struct contract *contract,
                       uint32_t lane)
{
    uint64_t stream = contract->year * 2u + (contract->revoked ? 1u : 0u);
    return draw(registry->seed, stream, contract->number, lane);
}

/* A raw amount above its cell's whole money would starve the others there. */
static int64_t raw_fen(const struct builder *builder, const struct contract *contract,
                       uint32_t cell)
{
    uint64_t drawn = contract_draw(builder->registry, contract, DRAW_AMOUNT);
    int64_t raw = raw_amount_fen((uint32_t)(drawn >> 32));
    int64_t most = builder->plan.cell_fen[cell];
    most = most > RAW_LEAST_FEN ? most : RAW_LEAST_FEN;
    return raw < most ? raw : most;
}

static void set_amounts(struct builder *builder, struct contract *first)
{
    const struct plan *plan = &builder->plan;
    const struct contract *end = first + plan->contracts;
    for (const struct contract *c = first; c < end; c++) {
        uint32_t cell = cell_of(c->stratum, c->region_out, c->type);
        builder->raw_sum[cell] += raw_fen(builder, c, cell);
    }
    for (struct contract *c = first; c < end; c++) {
        uint32_t cell = cell_of(c->stratum, c->region_out, c->type);
        builder->raw_run[cell] += raw_fen(builder, c, cell);
        int128 product = (int128)builder->raw_run[cell] * plan->cell_fen[cell];
        int64_t upto = (int64_t)(product / builder->raw_sum[cell]);
        c->amount_fen = upto - builder->given[cell];
        builder->given[cell] = upto;
        CHECK(c->amount_fen >= 100);
    }
    for (uint32_t cell = 0; cell < CELLS; cell++) {
        CHECK(builder->given[cell] == plan->cell_fen[cell]);
    }
}

int64_t contract_tech_fen(const struct registry *registry, const struct contract *contract)
{
    if (contract->type != TYPE_DEVELOPMENT && contract->type != TYPE_SERVICE) {
        return contract->amount_fen;
    }
    /* 500 to 978 permille, so that the national mean is 770. */
    uint32_t permille = 500 + draw_below(contract_draw(registry, contract, DRAW_TECH), 479);
    return (int64_t)((int128)contract->amount_fen * permille / 1000);
}

/* ---- the registry ---- */

/* C2: like some contract of the year, registered between January and November. */
static void add_revoked(struct builder *builder, const struct contract *first, uint32_t count)
{
    struct contract *extra = builder->registry->contracts + builder->registry->count;
    for (uint32_t j = 0; j < count; j++, extra++) {
        uint64_t months = 11;
        uint32_t month = (uint32_t)(j * months / count);
        uint32_t month_first = (uint32_t)((month * (uint64_t)count + months - 1) / months);
        uint32_t month_end = (uint32_t)(((month + 1) * (uint64_t)count + months - 1) / months);
        *extra = first[(uint64_t)j * (uint64_t)builder->plan.contracts / count];
        extra->number = j + 1;
        extra->revoked = true;
        extra->first_total = TOTAL_FINAL;
        extra->day = workday(YEAR_FIRST + (int32_t)builder->year, month + 1, j - month_first,
                             month_end - month_first);
        uint64_t drawn = contract_draw(builder->registry, extra, DRAW_AMOUNT);
        extra->amount_fen = raw_amount_fen((uint32_t)(drawn >> 32));
    }
    builder->registry->count += count;
}

static void build_year(struct registry *registry, uint32_t year, int64_t divisor)
{
    static struct builder builder;
    struct contract *first = registry->contracts + registry->count;
    memset(&builder, 0, sizeof(builder));
    builder.registry = registry;
    builder.year = year;
    plan_year(&builder.plan, &year_models[year], divisor);
    deal_all(&builder, first);
    plan_money(&builder.plan);
    set_amounts(&builder, first);
    registry->count += (uint32_t)builder.plan.contracts;
    add_revoked(&builder, first, (uint32_t)((builder.plan.contracts * 3 + 500) / 1000));
}

/* By day; within one in the order in which they were made. A counting sort keeps that. */
static void sort_by_day(struct registry *registry)
{
    uint32_t days = (uint32_t)(registry->last_day - registry->first_day) + 1;
    uint32_t *start = calloc((size_t)days + 1, sizeof(*start));
    uint32_t *next = calloc((size_t)days + 1, sizeof(*next));
    struct contract *sorted = calloc(registry->count, sizeof(*sorted));
    CHECK(start != NULL && next != NULL && sorted != NULL);
    for (uint32_t i = 0; i < registry->count; i++) {
        start[registry->contracts[i].day - registry->first_day + 1]++;
    }
    for (uint32_t d = 0; d < days; d++) {
        start[d + 1] += start[d];
    }
    memcpy(next, start, ((size_t)days + 1) * sizeof(*next));
    for (uint32_t i = 0; i < registry->count; i++) {
        uint32_t day = (uint32_t)(registry->contracts[i].day - registry->first_day);
        sorted[next[day]++] = registry->contracts[i];
    }
    free(next);
    free(registry->contracts);
    registry->contracts = sorted;
    registry->day_start = start;
}

void registry_build(struct registry *registry, uint64_t seed, int64_t divisor)
{
    int64_t room = 0;
    for (uint32_t y = 0; y < YEARS; y++) {
        room += year_models[y].contracts / divisor * 1004 / 1000 + 10;
    }
    *registry = (struct registry){.seed = seed,
                                  .contracts = calloc((size_t)room, sizeof(struct contract)),
                                  .first_day = day_of_date(YEAR_FIRST, 1, 1),
                                  .last_day = day_of_date(YEAR_FIRST + (int32_t)YEARS, 1, 1) - 1};
    CHECK(registry->contracts != NULL);
    for (uint32_t y = 0; y < YEARS; y++) {
        build_year(registry, y, divisor);
        CHECK(registry->count <= room);
    }
    sort_by_day(registry);
}

void registry_free(struct registry *registry)
{
    free(registry->contracts);
    free(registry->day_start);
}
