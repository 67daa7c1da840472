/* Technologies beyond licences: states of the right, rights of persons, management, use, fees,
 * ventures and rewards; and that each event can be taken back and posted again. */

#include "tests/unit/lifecycle/office.h"

#include <stdio.h>
#include <stdlib.h>

#include "daemon/ledger/entrustment.h"
#include "daemon/ledger/reward.h"
#include "daemon/ledger/technology.h"

#define PUBLISH                                                                                    \
    "{'type':'technology.published','agg':'%s','effective':'2021-01-01','data':{'title':'x',"      \
    "'owners':[{'party':'univ','share_ppm':1000000}],%s}}"

/* ---- the machine of a technology, cell by cell ---- */

#define ON(type, data) "{'type':'" type "','agg':'%s','effective':'2026-02-01','data':" data "}"

static const struct {
    const char *event;
    const char *cells; /* LISTED APPLIED IN_FORCE LAPSED/fee LAPSED/expiry INVALID */
} walk[] = {
    {ON("technology.granted", "{'patent_no':'ZL9','granted':'2026-02-01','expiry':'2040-02-29'}"),
     "no IN_FORCE no no no no"},
    {ON("technology.lapsed", "{'reason':'abandon'}"), "no no LAPSED no no no"},
    {ON("technology.restored", "{}"), "no no no IN_FORCE no no"},
    {"{'type':'technology.invalidated','agg':'%s','data':{'scope':'whole','decision_date':"
     "'2026-02-01'}}",
     "no no INVALID INVALID INVALID no"},
    {ON("technology.valued", "{'amount_fen':1}"), "ok ok ok ok ok ok"},
    {ON("technology.rights_granted", "{'persons':['a'],'right':'long_use','years':10}"),
     "ok ok ok ok ok ok"},
    {ON("technology.separately_managed", "{'book':'B'}"), "ok ok ok ok ok ok"},
    {ON("technology.entrusted", "{'from':'2026-02-01','operator':'broker'}"), "ok ok ok ok ok ok"},
    {ON("technology.commercialized", "{'mode':'self'}"), "ok ok ok ok ok ok"},
    {"{'type':'technology.fee_paid','agg':'%s','data':{'year':2026,'amount_fen':1,'on':"
     "'2026-02-01'}}",
     "ok ok ok ok ok ok"},
    {ON("technology.updated", "{'changed':{'trl':4}}"), "ok ok ok ok ok ok"},
    {ON("technology.transferred", "{'from':'univ','to':'inst','share_ppm':1}"),
     "ok ok ok ok ok ok"},
};

static const char *const columns[] = {"LISTED", "APPLIED", "IN_FORCE",
                                      "LAPSED", "LAPSED",  "INVALID"};
#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

static void bring_technology(struct office *office, const char *id, size_t column)
{
    static const char lapse[] = "{'type':'technology.lapsed','agg':'%s','effective':'2026-01-01',"
                                "'data':{'reason':'%s'}}";
    ACCEPT(office, PUBLISH, id,
           column == 0   ? "'ip_kind':'know_how'"
           : column == 1 ? "'ip_kind':'invention','filed':'2020-02-29'"
                         : "'ip_kind':'invention','patent_no':'ZL8'");
    if (column == 3 || column == 4) {
        accepted(office, post(office, lapse, id, column == 3 ? "fee" : "expiry"), __FILE__,
                 __LINE__);
    } else if (column == 5) {
        ACCEPT(office,
               "{'type':'technology.invalidated','agg':'%s','data':{'scope':'whole',"
               "'decision_date':'2026-01-01'}}",
               id);
    }
}

#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void every_event_meets_every_state_of_a_technology(void **state)
{
    struct office *office = *state;
    for (size_t row = 0; row < sizeof(walk) / sizeof(walk[0]); row++) {
        const char *cell = walk[row].cells;
        for (size_t column = 0; column < COLUMNS; column++, cell += strcspn(cell, " ") + 1) {
            char id[16];
            char expected[32];
            (void)snprintf(id, sizeof(id), "W%zu-%zu", row, column);
            (void)snprintf(expected, sizeof(expected), "technology %s", columns[column]);
            bring_technology(office, id, column);
            enum status status = post(office, walk[row].event, id);
            uint8_t now = state_of(office, MACHINE_TECHNOLOGY, KIND_technology, id, "2199-12-31");
            if (strncmp(cell, "no", 2) == 0) {
                assert_int_equal(status, STATUS_E_ILLEGAL_STATE);
                assert_string_equal(office->fault.field, "agg");
                refusal_says(office, expected);
                assert_string_equal(state_name(MACHINE_TECHNOLOGY, now), columns[column]);
                continue;
            }
            accepted(office, status, walk[row].event, (int)column);
            struct slice next = slice_of(cell, strcspn(cell, " "));
            assert_true(slice_is(next, "ok")
                            ? strcmp(state_name(MACHINE_TECHNOLOGY, now), columns[column]) == 0
                            : slice_is(next, state_name(MACHINE_TECHNOLOGY, now)));
        }
    }
}

static int32_t expiry_of(const struct office *office, const char *id)
{
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    return technology_expiry(office->fixture.facts, aggregate_of(office, KIND_technology, id),
                             &now);
}

static void the_expiry_is_as_granted_else_by_filing(void **state)
{
    struct office *office = *state;
    bring_technology(office, "app", 1);
    assert_int_equal(expiry_of(office, "app"), day("2040-02-29"));
    ACCEPT(office, "{'type':'technology.updated','agg':'app','effective':'2025-01-01','data':{"
                   "'changed':{'filed':'2020-03-31'}}}");
    assert_int_equal(expiry_of(office, "app"), day("2040-03-31"));
    REFUSE(office, E_DATE_ORDER, "data.expiry",
           "{'type':'technology.granted','agg':'app','effective':'2026-02-01','data':{"
           "'patent_no':'ZL9','granted':'2026-02-01','expiry':'2026-01-31'}}");
    ACCEPT(office, "{'type':'technology.granted','agg':'app','effective':'2026-02-01','data':{"
                   "'patent_no':'ZL9','granted':'2026-02-01','expiry':'2041-05-05'}}");
    ACCEPT(office, "{'type':'technology.updated','agg':'app','effective':'2026-03-01','data':{"
                   "'changed':{'filed':'2020-04-30'}}}");
    assert_int_equal(expiry_of(office, "app"), day("2041-05-05"));
    bring_technology(office, "secret", 0);
    assert_int_equal(expiry_of(office, "secret"), DAY_NONE);
}

/* ---- rights of persons ---- */

static int64_t share(const struct office *office, const char *id)
{
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    uint32_t party = id == NULL ? AGGREGATE_NONE : aggregate_of(office, KIND_party, id);
    return technology_share(office->fixture.facts, aggregate_of(office, KIND_technology, "patent"),
                            party, &now);
}

/* AC-002-3: 70 % to the researchers, the retained 30 % transferred to one of them. */
static void ownership_passes_from_the_owners(void **state)
{
    struct office *office = *state;
    ACCEPT(office, "{'type':'technology.transferred','agg':'patent','effective':'2025-01-01',"
                   "'data':{'from':'univ','to':'inst','share_ppm':333333}}");
    ACCEPT(office, "{'type':'technology.rights_granted','agg':'patent','effective':'2026-01-01',"
                   "'id':'own','data':{'persons':['a','b'],'right':'ownership','share_ppm':"
                   "700000}}");
    assert_int_equal(share(office, NULL), 700000);
    assert_int_equal(share(office, "univ"), 666667 - 466667);
    assert_int_equal(share(office, "inst"), 333333 - 233333);
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.share_ppm",
           "{'type':'technology.rights_granted','agg':'patent','data':{'persons':['c'],"
           "'right':'ownership','share_ppm':300001}}");
    assert_string_equal(office->fault.detail, "held_ppm=300000 given_ppm=300001");
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.share_ppm",
           "{'type':'technology.transferred','agg':'patent','data':{'from':'univ','to':'firm',"
           "'share_ppm':200001}}");
    ACCEPT(office, REVERSE_EVENT, "own");
    assert_int_equal(share(office, "univ"), 666667);
}

static void a_long_use_of_less_than_ten_years_is_flagged(void **state)
{
    struct office *office = *state;
    static const struct {
        const char *terms;
        bool flagged;
    } grants[] = {
        {"'right':'long_use','years':10", false},
        {"'right':'long_use','years':9", true},
        {"'right':'long_use'", true},
        {"'right':'ownership','years':1", false},
    };
    for (size_t i = 0; i < sizeof(grants) / sizeof(grants[0]); i++) {
        ACCEPT(office,
               "{'type':'technology.rights_granted','agg':'patent','data':{'persons':['a'],%s}}",
               grants[i].terms);
        assert_int_equal(office->flags, grants[i].flagged ? WARNING_BIT(WARNING_SHORT_TERM) : 0);
    }
    assert_int_equal(share(office, "univ"), 1000000); /* no share was said */
}

static void a_book_of_its_own_is_kept_once(void **state)
{
    struct office *office = *state;
    ACCEPT(office,
           "{'type':'technology.separately_managed','agg':'patent','id':'b','data':{'book':'B1'}}");
    REFUSE(office, E_EXISTS, "data.book",
           "{'type':'technology.separately_managed','agg':'patent','data':{'book':'B2'}}");
    refusal_says(office, "technology separately managed");
    assert_string_equal(office->fault.detail, "book=B1");
    ACCEPT(office, REVERSE_EVENT, "b");
    ACCEPT(office, "{'type':'technology.separately_managed','agg':'patent','data':{'book':'B2'}}");
}

/* ---- management ---- */

#define ENTRUST                                                                                    \
    "{'type':'technology.entrusted','agg':'patent','id':'%s','effective':'2026-02-01','data':{"    \
    "'operator':'%s','from':'2026-02-01'%s}}"
#define ENTRUST_END                                                                                \
    "{'type':'technology.entrustment_ended','agg':'patent','id':'%s','effective':'2026-06-01',"    \
    "'data':{'operator':'%s'%s}}"

static void an_exclusive_operator_is_not_alone(void **state)
{
    struct office *office = *state;
    ACCEPT(office, ENTRUST, "a", "broker", ",'to':'2026-06-30','scope':'north','exclusive':true");
    assert_true(unflagged(office));
    ACCEPT(office, ENTRUST, "b", "inst", ",'scope':'south'");
    assert_true(unflagged(office));
    ACCEPT(office, ENTRUST, "c", "univ", ",'scope':'north'");
    assert_true(flagged(office, WARNING_EXCLUSIVE_CONFLICT));
    ACCEPT(office, REVERSE_EVENT, "c");
    ACCEPT(office, ENTRUST, "d", "univ", ""); /* of any scope */
    assert_true(flagged(office, WARNING_EXCLUSIVE_CONFLICT));
    ACCEPT(office, REVERSE_EVENT, "d");
    ACCEPT(office, "{'type':'technology.entrusted','agg':'patent','effective':'2026-07-01','data':{"
                   "'operator':'univ','from':'2026-07-01','scope':'north'}}");
    assert_true(unflagged(office)); /* after its last day */
    ACCEPT(office, ENTRUST, "e", "firm", ",'to':'2026-02-28','scope':'south','exclusive':true");
    assert_true(flagged(office, WARNING_EXCLUSIVE_CONFLICT)); /* the newer one is */
    ACCEPT(office, ENTRUST_END, "f", "inst", "");
    ACCEPT(office, REVERSE_EVENT, "e");
    ACCEPT(office, ENTRUST, "g", "firm", ",'scope':'south','exclusive':true");
    assert_true(unflagged(office));
}

static unsigned open_ones(const struct office *office, const char *as_of)
{
    const struct facts *facts = office->fixture.facts;
    struct viewpoint view = viewpoint_now(facts, day(as_of));
    uint32_t at;
    unsigned count = 0;
    const struct entrustment_row *row = facts_first(
        facts, FACT_ENTRUSTMENT, aggregate_of(office, KIND_technology, "patent"), &view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_ENTRUSTMENT, &view, &at)) {
        count += entrustment_is_open(facts, row, &view);
    }
    return count;
}

static void management_opens_and_closes(void **state)
{
    struct office *office = *state;
    REFUSE(office, E_ILLEGAL_STATE, "data.operator", ENTRUST_END, "end-0", "broker", "");
    refusal_says(office, "entrustment none open");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.operator", ENTRUST, "x", "nobody", "");
    ACCEPT(office, ENTRUST, "o1", "broker", "");
    REFUSE(office, E_EXISTS, "data.operator", ENTRUST, "x", "broker", "");
    refusal_says(office, "entrustment open");
    ACCEPT(office, ENTRUST, "o2", "broker", ",'scope':'华北'");
    ACCEPT(office, ENTRUST, "o3", "inst", "");
    REFUSE(office, E_ILLEGAL_STATE, "data.operator", ENTRUST_END, "x", "broker", ",'scope':'华东'");
    assert_int_equal(open_ones(office, "2026-05-31"), 3);
    ACCEPT(office, ENTRUST_END, "end-1", "broker", ",'scope':'华北'");
    assert_int_equal(open_ones(office, "2026-05-31"), 3);
    assert_int_equal(open_ones(office, "2026-06-01"), 2);
    ACCEPT(office, ENTRUST_END, "end-2", "broker", "");
    assert_int_equal(open_ones(office, "2026-06-01"), 1);
    REFUSE(office, E_ILLEGAL_STATE, "data.operator", ENTRUST_END, "x", "broker", "");
    ACCEPT(office, ENTRUST, "o4", "broker", "");
    assert_int_equal(open_ones(office, "2026-06-01"), 2);
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id", REVERSE_EVENT, "o1");
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id", REVERSE_EVENT, "end-2");
    ACCEPT(office, REVERSE_EVENT, "o4");
    ACCEPT(office, REVERSE_EVENT, "end-2");
    assert_int_equal(open_ones(office, "2026-06-01"), 2);
}

/* An end without a scope ends scoped ones, too. */
static void an_end_without_scope_ends_all_of_an_operator(void **state)
{
    struct office *office = *state;
    ACCEPT(office, ENTRUST, "o1", "broker", ",'scope':'a'");
    ACCEPT(office, ENTRUST, "o2", "broker", ",'scope':'b'");
    ACCEPT(office, ENTRUST_END, "end-1", "broker", "");
    assert_int_equal(open_ones(office, "2026-06-01"), 0);
}

/* ---- rewards, shares, ventures ---- */

#define REWARD                                                                                     \
    "{'type':'reward.paid','agg':'%s','effective':'2026-05-01','data':{'net_income_fen':%d,"       \
    "'lines':[{'party':'broker','amount_fen':%d},{'party':'firm','amount_fen':1}]%s}}"

static void a_reward_below_the_floor_is_flagged(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "");
    SIGN(office, "C2", "'sellers':[{'party':'other','share_ppm':1000000}]");
    ACCEPT(office, REWARD, "C1", 1800000, 899999, "");
    assert_true(unflagged(office));
    ACCEPT(office, REWARD, "C1", 1800000, 899998, ",'form':'cash'");
    assert_int_equal(office->flags, WARNING_BIT(WARNING_BELOW_FLOOR));
    ACCEPT(office, REWARD, "C1", 1800001, 899999, "");
    assert_int_equal(office->flags, WARNING_BIT(WARNING_BELOW_FLOOR)); /* 900,000.5 rounds up */
    ACCEPT(office, REWARD, "C2", 1800000, 1, "");
    assert_true(unflagged(office)); /* an enterprise agrees as it likes */
    assert_int_equal(reward_floor(-1), 0);
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.lines[0].party",
           "{'type':'reward.paid','agg':'C1','data':{'net_income_fen':1,'lines':[{'party':"
           "'nobody','amount_fen':1}]}}");
    REFUSE(office, E_BAD_FIELD, "data.contract", REWARD, "C1", 1, 1, ",'contract':'C2'");
    ACCEPT(office, REWARD, "C1", 1, 1, ",'contract':'C1'");
    REFUSE(office, E_RANGE, "data.lines",
           "{'type':'reward.paid','agg':'C1','data':{'net_income_fen':1,'lines':[{'party':'firm',"
           "'amount_fen':9000000000000000},{'party':'firm','amount_fen':1}]}}");
}

static void shares_are_issued_on_a_contract(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "");
    static const char issue[] = "{'type':'equity.issued','agg':'C1','data':{'company':'%s',"
                                "'valuation_fen':100%s}}";
    accepted(office,
             post(office, issue, "firm", ",'holders':[{'party':'univ','share_ppm':200000}]"),
             __FILE__, __LINE__);
    assert_int_equal(post(office, issue, "nobody", ""), STATUS_E_UNKNOWN_AGGREGATE);
    assert_string_equal(office->fault.field, "data.company");
    assert_int_equal(post(office, issue, "firm", ",'holders':[{'party':'nobody','share_ppm':1}]"),
                     STATUS_E_UNKNOWN_AGGREGATE);
    assert_string_equal(office->fault.field, "data.holders[0].party");
    assert_int_equal(post(office, issue, "firm",
                          ",'holders':[{'party':'univ','share_ppm':1000000},{'party':'inst',"
                          "'share_ppm':1}]"),
                     STATUS_E_SUM_MISMATCH);
    assert_string_equal(office->fault.field, "data.holders");
    assert_int_equal(post(office, issue, "firm", ",'contract':'C2'"), STATUS_E_BAD_FIELD);
}

static void a_venture_is_founded_once(void **state)
{
    struct office *office = *state;
    static const char found[] = "{'type':'venture.founded','agg':'%s','data':{'company':'%s',"
                                "'technologies':['%s'],'founders':['a']}}";
    accepted(office, post(office, found, "V1", "firm", "patent"), __FILE__, __LINE__);
    assert_int_equal(post(office, found, "V1", "firm", "patent"), STATUS_E_EXISTS);
    refusal_says(office, "record MADE");
    assert_int_equal(post(office, found, "V2", "nobody", "patent"), STATUS_E_UNKNOWN_AGGREGATE);
    assert_string_equal(office->fault.field, "data.company");
    assert_int_equal(post(office, found, "V2", "firm", "nothing"), STATUS_E_UNKNOWN_AGGREGATE);
    assert_string_equal(office->fault.field, "data.technologies[0]");
}

/* ---- taken back and posted again ---- */

static const char *const postings[] = {
    "{'type':'party.merged','agg':'firm','data':{'survivor':'other'}%s}",
    "{'type':'party.accredited','agg':'broker','data':{'kind':'k','from':'2026-02-01'}%s}",
    "{'type':'party.accreditation_ended','agg':'inst','data':{'kind':'k'}%s}",
    "{'type':'technology.granted','agg':'app','data':{'patent_no':'n','granted':'2026-02-01',"
    "'expiry':'2040-01-01'}%s}",
    "{'type':'technology.restored','agg':'gone','data':{}%s}",
    "{'type':'technology.valued','agg':'patent','data':{'kind':'evaluation'}%s}",
    "{'type':'technology.rights_granted','agg':'patent','data':{'persons':['a'],'right':"
    "'ownership','share_ppm':500000}%s}",
    "{'type':'technology.separately_managed','agg':'patent','data':{'book':'b'}%s}",
    "{'type':'technology.entrusted','agg':'patent','data':{'operator':'broker','from':"
    "'2026-02-01','scope':'s'}%s}",
    "{'type':'technology.entrustment_ended','agg':'patent','data':{'operator':'inst'}%s}",
    "{'type':'technology.commercialized','agg':'patent','data':{'mode':'license','contract':'C1',"
    "'status':'done'}%s}",
    "{'type':'technology.fee_paid','agg':'patent','data':{'year':2026,'amount_fen':1,'on':"
    "'2026-02-01'}%s}",
    "{'type':'open_license.declared','agg':'patent','data':{'fee_mode':'free','term_end':"
    "'2027-01-01'}%s}",
    "{'type':'open_license.withdrawn','agg':'offered','data':{'notice_date':'2026-03-01'}%s}",
    "{'type':'open_license.accepted','agg':'offered','data':{'contract_id':'L1','licensee':'firm',"
    "'notice_date':'2026-03-01'}%s}",
    "{'type':'venture.founded','agg':'V1','data':{'company':'firm','technologies':['patent']}%s}",
    "{'type':'equity.issued','agg':'C1','data':{'company':'firm','valuation_fen':1}%s}",
    "{'type':'reward.paid','agg':'C1','data':{'net_income_fen':2,'lines':[{'party':'broker',"
    "'amount_fen':1}]}%s}",
    "{'type':'need.published','agg':'N1','data':{'party':'firm','text':'x'}%s}",
};

/* Rows of each table that count for the writer. */
static void count_rows(const struct office *office, uint64_t counts[FACT_TABLES])
{
    const struct facts *facts = office->fixture.facts;
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    for (int t = 0; t < FACT_TABLES; t++) {
        counts[t] = 0;
        for (uint64_t i = 0; i < facts_count(facts, (enum fact_table)t); i++) {
            counts[t] += fact_counts(facts_row(facts, (enum fact_table)t, i), &now);
        }
    }
}

static void each_is_taken_back_and_posted_again(void **state)
{
    struct office *office = *state;
    uint64_t before[FACT_TABLES];
    uint64_t posted[FACT_TABLES];
    uint64_t counts[FACT_TABLES];
    SIGN(office, "C1", "");
    bring_technology(office, "app", 1);
    bring_technology(office, "gone", 3);
    bring_technology(office, "offered", 2);
    ACCEPT(office, "{'type':'open_license.declared','agg':'offered','effective':'2026-02-01',"
                   "'data':{'fee_mode':'entry_plus_royalty','fixed_fen':5,'royalty':{'base':"
                   "'profit','rate_ppm':1},'term_end':'2027-01-01'}}");
    ACCEPT(office, "{'type':'party.accredited','agg':'inst','data':{'kind':'k','from':"
                   "'2026-01-01'}}");
    ACCEPT(office, "{'type':'technology.entrusted','agg':'patent','data':{'operator':'inst',"
                   "'from':'2026-01-01'}}");
    for (size_t i = 0; i < sizeof(postings) / sizeof(postings[0]); i++) {
        char id[16];
        char more[48];
        count_rows(office, before);
        (void)snprintf(id, sizeof(id), "first-%zu", i);
        (void)snprintf(more, sizeof(more), ",'id':'%s'", id);
        accepted(office, post(office, postings[i], more), postings[i], (int)i);
        count_rows(office, posted);
        assert_memory_not_equal(before, posted, sizeof(before));
        ACCEPT(office, REVERSE_EVENT, id);
        count_rows(office, counts);
        assert_memory_equal(before, counts, sizeof(before));
        (void)snprintf(more, sizeof(more), ",'id':'again-%zu','corrects':'%s'", i, id);
        accepted(office, post(office, postings[i], more), postings[i], (int)i);
        count_rows(office, counts);
        assert_memory_equal(posted, counts, sizeof(posted));
        (void)snprintf(id, sizeof(id), "again-%zu", i);
        ACCEPT(office, REVERSE_EVENT, id);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_event_meets_every_state_of_a_technology, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(the_expiry_is_as_granted_else_by_filing, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(ownership_passes_from_the_owners, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(a_long_use_of_less_than_ten_years_is_flagged, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(a_book_of_its_own_is_kept_once, office_open, office_close),
        cmocka_unit_test_setup_teardown(management_opens_and_closes, office_open, office_close),
        cmocka_unit_test_setup_teardown(an_exclusive_operator_is_not_alone, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(an_end_without_scope_ends_all_of_an_operator, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(a_reward_below_the_floor_is_flagged, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(shares_are_issued_on_a_contract, office_open, office_close),
        cmocka_unit_test_setup_teardown(a_venture_is_founded_once, office_open, office_close),
        cmocka_unit_test_setup_teardown(each_is_taken_back_and_posted_again, office_open,
                                        office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
