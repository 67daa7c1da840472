/* Money of a pool: what a distribution opens, and what it may not say. */

#include "tests/unit/insurance/words.h"

#include "daemon/ledger/obligation.h"

#define LINES "{'party':'univ','amount_fen':47903334},{'party':'inst','amount_fen':42096667}"

static struct obligation_figures owed(const struct office *office, uint32_t no)
{
    struct viewpoint now = viewpoint_now(office->fixture.facts, day("2026-12-01"));
    struct obligation_figures figures;
    uint32_t obligation =
        obligation_find(office->fixture.facts, aggregate_of(office, KIND_pool, "O1"), no, &now);
    assert_int_not_equal(obligation, OBLIGATION_NONE);
    obligation_evaluate(office->fixture.facts, obligation, &now, &figures);
    return figures;
}

static void every_line_is_owed_to_its_member(void **state)
{
    struct office *office = *state;
    ACCEPT(office, POOL, "O1");
    ACCEPT(office, DISTRIBUTE, "O1", "2026-01-01", "2026-03-31", 100000001LL, 10000000LL, "",
           LINES);
    struct obligation_figures first = owed(office, 1);
    assert_int_equal(first.state, OBLIGATION_OPEN);
    assert_int_equal(first.outstanding, 47903334);
    assert_int_equal(first.due, DAY_NONE); /* ruling 9 */
    assert_int_equal(first.terms->kind, OBLIGATION_KIND_distribution);
    assert_int_equal(first.terms->debtor, aggregate_of(office, KIND_party, "broker"));
    assert_int_equal(first.terms->creditor, aggregate_of(office, KIND_party, "univ"));
    assert_true(first.terms->by_daemon);
    assert_int_equal(owed(office, 2).outstanding, 42096667);
    ACCEPT(office, DISTRIBUTE, "O1", "2026-04-01", "2026-06-30", 5LL, 0LL, ",'reserve_fen':2",
           "{'party':'univ','amount_fen':3}");
    assert_int_equal(owed(office, 3).outstanding, 3); /* the highest number, and one */
    ACCEPT(office, "{'type':'payment.received','agg':'Y1','data':{'payer':'broker','payee':'univ',"
                   "'amount_fen':47903334,'currency':'CNY','value_date':'2026-11-20','alloc':["
                   "{'owner':'pool/O1','no':1,'amount_fen':47903334}]}}");
    assert_int_equal(owed(office, 1).state, OBLIGATION_SETTLED);
}

static void the_parts_are_the_gross(void **state)
{
    struct office *office = *state;
    ACCEPT(office, POOL, "O1");
    REFUSE(office, E_SUM_MISMATCH, "data.lines", DISTRIBUTE, "O1", "2026-01-01", "2026-03-31",
           100000000LL, 10000000LL, "", LINES);
    assert_string_equal(office->fault.detail, "sum=100000001 expected=100000000");
    REFUSE(office, E_SUM_MISMATCH, "data.lines", DISTRIBUTE, "O1", "2026-01-01", "2026-03-31",
           100000001LL, 10000000LL, ",'reserve_fen':1", LINES);
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.lines[1].party", DISTRIBUTE, "O1", "2026-01-01",
           "2026-03-31", 2LL, 0LL, "",
           "{'party':'univ','amount_fen':1},{'party':'nobody','amount_fen':1}");
}

static void a_day_is_distributed_once(void **state)
{
    struct office *office = *state;
    ACCEPT(office, POOL, "O1");
    ACCEPT(office, POOL, "O2");
    ACCEPT(office, DISTRIBUTE, "O1", "2026-01-01", "2026-03-31", 1LL, 0LL, "",
           "{'party':'univ','amount_fen':1}");
    REFUSE(office, E_PERIOD_OVERLAP, "data.period", DISTRIBUTE, "O1", "2026-03-31", "2026-06-30",
           1LL, 0LL, "", "{'party':'univ','amount_fen':1}");
    assert_string_equal(office->fault.detail, "distributed=2026-01-01..2026-03-31");
    REFUSE(office, E_PERIOD_OVERLAP, "data.period", DISTRIBUTE, "O1", "2025-12-01", "2026-01-01",
           1LL, 0LL, "", "{'party':'univ','amount_fen':1}");
    ACCEPT(office, DISTRIBUTE, "O2", "2026-01-01", "2026-03-31", 1LL, 0LL, "",
           "{'party':'univ','amount_fen':1}");
    ACCEPT(office, DISTRIBUTE, "O1", "2026-04-01", "2026-04-01", 1LL, 0LL, "",
           "{'party':'univ','amount_fen':1}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_line_is_owed_to_its_member),
        TEST(the_parts_are_the_gross),
        TEST(a_day_is_distributed_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
