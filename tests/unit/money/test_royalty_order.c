/* Statements of random quarters in random order, some of them reported before: by seed.
 *
 *   P1  The royalties of a contract year add up to the royalty on its base, at most its cap, in
 *       whatever order and with whatever reports they were stated (domain 4.5).
 *   P2  So do those of a contract whose tiers go on for its lifetime.
 *
 * A failure prints the seed. */

#include "tests/unit/money/desk.h"

#include <stdio.h>
#include <stdlib.h>

#include "daemon/ledger/royalty.h"

#define SEEDS 150u
#define QUARTERS 8

static const char *const quarters[QUARTERS][2] = {
    {"2024-12-01", "2025-02-28"}, {"2025-03-01", "2025-05-31"}, {"2025-06-01", "2025-08-31"},
    {"2025-09-01", "2025-11-30"}, {"2025-12-01", "2026-02-28"}, {"2026-03-01", "2026-05-31"},
    {"2026-06-01", "2026-08-31"}, {"2026-09-01", "2026-11-30"}};

static uint64_t rng;

static uint32_t draw(uint32_t below)
{
    rng += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = rng;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ (z >> 31)) % below);
}

struct plan {
    int64_t bases[QUARTERS];
    int order[QUARTERS];
    bool reported[QUARTERS], lifetime;
    int64_t cap;
    int rates[3];
};

static void make_plan(struct plan *plan)
{
    plan->lifetime = draw(3) == 0;
    plan->cap = draw(2) == 0 ? AMOUNT_UNKNOWN : 1 + draw(9000);
    for (int r = 0; r < 3; r++) {
        plan->rates[r] = (int)draw(90000);
    }
    for (int q = 0; q < QUARTERS; q++) {
        plan->bases[q] = draw(80000);
        plan->reported[q] = draw(3) == 0;
        int swap = (int)draw((uint32_t)q + 1);
        plan->order[q] = plan->order[swap];
        plan->order[swap] = q;
    }
}

static void sign_plan(struct office *office, const struct plan *plan)
{
    char more[1024];
    char cap[64] = "";
    if (plan->cap != AMOUNT_UNKNOWN) {
        (void)snprintf(cap, sizeof(cap), ",'%s':%lld",
                       plan->lifetime ? "cap_life_fen" : "cap_year_fen", (long long)plan->cap);
    }
    (void)snprintf(more, sizeof(more),
                   "'sign_date':'2024-12-01','term_start':'2024-12-01','term_end':'2027-11-30',"
                   "'trial':null,'royalty':{'base':'net_sales','period':'quarter','tier_scope':"
                   "'%s','tiers':[{'upto_fen':50000,'rate_ppm':%d},{'upto_fen':120000,'rate_ppm':"
                   "%d},{'rate_ppm':%d}]%s}",
                   plan->lifetime ? "lifetime" : "contract_year", plan->rates[0], plan->rates[1],
                   plan->rates[2], cap);
    SIGN(office, "c", more);
}

static enum status state_quarter(struct office *office, int q, long long base, long long royalty)
{
    return post(office,
                "{'type':'royalty.stated','agg':'c','effective':'2026-11-30','data':{'period':{"
                "'start':'%s','end':'%s'},'base':%lld,'royalty_fen':%lld,'due_fen':%lld,"
                "'due':'2026-11-30'}}",
                quarters[q][0], quarters[q][1], base, royalty, royalty);
}

/* States what the daemon says it must be. */
static int64_t state_as_computed(struct office *office, int q, int64_t base)
{
    enum status status = state_quarter(office, q, base, 8999999999);
    assert_int_equal(status, STATUS_E_AMOUNT_MISMATCH);
    const char *computed = strstr(office->fault.detail, "computed=");
    assert_non_null(computed);
    long long royalty = strtoll(computed + strlen("computed="), NULL, 10);
    assert_int_equal(state_quarter(office, q, base, royalty), STATUS_OK);
    return royalty;
}

static int64_t whole(struct office *office, const struct plan *plan, int from, int to)
{
    int64_t base = 0;
    const struct facts *facts = office->fixture.facts;
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    for (int q = from; q < to; q++) {
        base += plan->bases[q];
    }
    const struct royalty_row *terms =
        royalty_terms_at(facts, aggregate_of(office, KIND_contract, "c"), &now);
    int64_t royalty = royalty_on(terms, facts, base, 0, ROUND_HALF_AWAY);
    return plan->cap != AMOUNT_UNKNOWN && royalty > plan->cap ? plan->cap : royalty;
}

static void play(struct office *office, const struct plan *plan)
{
    int64_t years[2] = {0, 0};
    sign_plan(office, plan);
    for (int q = 0; q < QUARTERS; q++) {
        if (plan->reported[q]) {
            ACCEPT(office,
                   "{'type':'usage.reported','agg':'c','data':{'period_start':'%s',"
                   "'period_end':'%s','base_fen':%lld}}",
                   quarters[q][0], quarters[q][1], (long long)plan->bases[q]);
        }
    }
    for (int i = 0; i < QUARTERS; i++) {
        int q = plan->order[i];
        years[q / 4] += state_as_computed(office, q, plan->bases[q]);
    }
    if (plan->lifetime) {
        assert_int_equal(years[0] + years[1], whole(office, plan, 0, QUARTERS)); /* P2 */
        return;
    }
    assert_int_equal(years[0], whole(office, plan, 0, 4)); /* P1 */
    assert_int_equal(years[1], whole(office, plan, 4, QUARTERS));
}

static void statements_add_up(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct plan plan = {0};
        void *opened = NULL;
        print_message("seed %u\n", seed);
        rng = seed;
        make_plan(&plan);
        assert_int_equal(office_open(&opened), 0);
        play(opened, &plan);
        (void)office_close(&opened);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(statements_add_up)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
