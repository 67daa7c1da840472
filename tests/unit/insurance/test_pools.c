/* Patent pools: who is in, and how money is shared. */

#include "tests/unit/insurance/words.h"

#include "daemon/ledger/pool.h"

static const struct pool_patent_row *patent_in(const struct office *office, const char *pool,
                                               const char *as_of)
{
    struct viewpoint view = viewpoint_now(office->fixture.facts, day(as_of));
    return pool_patent_at(office->fixture.facts, aggregate_of(office, KIND_pool, pool),
                          aggregate_of(office, KIND_technology, "patent"), &view);
}

static void a_pool_is_formed_once(void **state)
{
    struct office *office = *state;
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.admin",
           "{'type':'pool.formed','agg':'O1','data':{'name':'x','admin':'nobody'}}");
    ACCEPT(office, POOL, "O1");
    REFUSE(office, E_EXISTS, "agg", POOL, "O1");
    assert_string_equal(office->fault.state, "pool FORMED");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "agg", MEMBER, "member_admitted", "O9", "univ",
           "2026-01-01");
    int64_t value;
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    uint32_t pool = aggregate_of(office, KIND_pool, "O1");
    assert_true(attribute_at(office->fixture.facts, pool, FIELD_admin_fee_ppm, &now, &value));
    assert_int_equal(value, 100000);
}

static void a_member_joins_and_leaves(void **state)
{
    struct office *office = *state;
    const struct facts *facts = office->fixture.facts;
    ACCEPT(office, POOL, "O1");
    REFUSE(office, E_ILLEGAL_STATE, "data.party", MEMBER, "member_left", "O1", "univ",
           "2026-01-01");
    assert_string_equal(office->fault.state, "party NOT_IN_POOL");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.party", MEMBER, "member_admitted", "O1", "nobody",
           "2026-01-01");
    ACCEPT(office, MEMBER, "member_admitted", "O1", "univ", "2026-02-01");
    ACCEPT(office, MEMBER, "member_admitted", "O1", "inst", "2026-01-15");
    REFUSE(office, E_EXISTS, "data.party", MEMBER, "member_admitted", "O1", "univ", "2026-03-01");
    assert_string_equal(office->fault.state, "party IN_POOL");
    REFUSE(office, E_DATE_ORDER, "data.on", MEMBER, "member_left", "O1", "univ", "2026-01-31");
    assert_string_equal(office->fault.detail, "last=2026-02-01 given=2026-01-31");
    ACCEPT(office, MEMBER, "member_left", "O1", "univ", "2026-03-01");
    ACCEPT(office, MEMBER, "member_admitted", "O1", "univ", "2026-03-01");
    uint32_t pool = aggregate_of(office, KIND_pool, "O1");
    uint32_t univ = aggregate_of(office, KIND_party, "univ");
    struct viewpoint view = viewpoint_now(facts, day("2026-01-31"));
    assert_null(pool_member_at(facts, pool, univ, &view));
    view.as_of = day("2026-02-28");
    assert_true(pool_member_at(facts, pool, univ, &view)->joined);
}

static void a_patent_is_in_a_pool_once(void **state)
{
    struct office *office = *state;
    ACCEPT(office, POOL, "O1");
    ACCEPT(office, POOL, "O2");
    REFUSE(office, E_ILLEGAL_STATE, "data.technology", PATENT, "patent_removed", "O1", "patent",
           "univ", "2026-01-01");
    assert_string_equal(office->fault.state, "technology NOT_IN_POOL");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.technology", PATENT, "patent_admitted", "O1",
           "nothing", "univ", "2026-01-01");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.owner", PATENT, "patent_admitted", "O1", "patent",
           "nobody", "2026-01-01");
    ACCEPT(office, PATENT, "patent_admitted", "O1", "patent", "univ", "2026-02-15");
    ACCEPT(office, PATENT, "patent_admitted", "O2", "patent", "univ", "2026-02-15");
    REFUSE(office, E_EXISTS, "data.technology", PATENT, "patent_admitted", "O1", "patent", "inst",
           "2026-03-01");
    REFUSE(office, E_DATE_ORDER, "data.on", PATENT, "patent_removed", "O1", "patent", "univ",
           "2026-02-14");
    REFUSE(office, E_BAD_FIELD, "data.owner", PATENT, "patent_removed", "O1", "patent", "inst",
           "2026-03-01");
    assert_string_equal(office->fault.detail, "admitted_for=univ");
    ACCEPT(office, PATENT, "patent_removed", "O1", "patent", "univ", "2026-03-01");
    assert_true(patent_in(office, "O1", "2026-02-28")->admitted);
    assert_false(patent_in(office, "O1", "2026-03-01")->admitted);
    assert_true(patent_in(office, "O2", "2026-03-01")->admitted);
    ACCEPT(office, PATENT, "patent_admitted", "O1", "patent", "inst", "2026-03-01");
    assert_int_equal(patent_in(office, "O1", "2026-03-01")->owner,
                     aggregate_of(office, KIND_party, "inst"));
    assert_int_equal(patent_in(office, "O1", "2026-03-01")->weight_ppm, PPM_ONE);
}

#define RULE "{'type':'pool.rule_set','agg':'O1','effective':'2026-01-02','data':{%s}}"

static void fixed_shares_are_shares_of_the_whole(void **state)
{
    struct office *office = *state;
    ACCEPT(office, POOL, "O1");
    REFUSE(office, E_MISSING_FIELD, "data.shares", RULE, "'basis':'fixed_shares'");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.shares[1].party", RULE,
           "'shares':[{'party':'univ','share_ppm':500000},{'party':'nobody','share_ppm':500000}]");
    REFUSE(office, E_SUM_MISMATCH, "data.shares", RULE,
           "'basis':'fixed_shares','shares':[{'party':'univ','share_ppm':999999}]");
    ACCEPT(office, RULE, "'basis':'fixed_shares','shares':[{'party':'univ','share_ppm':1000000}]");
    ACCEPT(office, RULE, "'basis':'patent_days','fee_schedule':'two levels','terms':'x'");
    ACCEPT(office, RULE, "'terms':'y'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_pool_is_formed_once),
        TEST(a_member_joins_and_leaves),
        TEST(a_patent_is_in_a_pool_once),
        TEST(fixed_shares_are_shares_of_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
