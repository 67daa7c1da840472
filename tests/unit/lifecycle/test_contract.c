/* contract.signed and what becomes of a contract: refusals in ruling 3's order, flags, dates. */

#include "tests/unit/lifecycle/office.h"

#include "daemon/ledger/contract.h"
#include "daemon/ledger/obligation.h"

#define TERM(no, amount)                                                                           \
    "{'no':" no ",'kind':'lump','debtor':'firm','creditor':'univ','amount_fen':" amount "}"
#define FIXED "'total_basis':'fixed','total_fen':300,'obligations':"

static void refuse_sign(struct office *office, enum status code, const char *field,
                        const char *more)
{
    enum status status = sign(office, "C1", more);
    refused(office, status, code, field, __FILE__, __LINE__);
}

/* ---- what ruling 3 orders ---- */

static void checks_come_in_the_order_of_ruling_3(void **state)
{
    struct office *office = *state;
    /* All of it is wrong; what is mended step by step is the code that comes next. */
    static const char event[] =
        "{'type':'contract.completed','agg':'C1'%s,'data':{'accepted_on':'%s'}}";
    SIGN(office, "C1", "");
    ACCEPT(office, "{'type':'contract.terminated','agg':'C1','data':{'basis':'agreed',"
                   "'eff_date':'2026-03-01'}}");
    assert_int_equal(post(office, event, ",'expect':7", "2026-13-01"), STATUS_E_BAD_FIELD);
    assert_int_equal(post(office, event, ",'expect':7", "2026-12-03"), STATUS_E_FUTURE_EFFECTIVE);
    assert_string_equal(office->fault.field, "data.accepted_on");
    assert_string_equal(office->fault.detail, "given=2026-12-03 latest=2026-12-02");
    assert_int_equal(post(office, event, ",'expect':7", "2026-12-02"), STATUS_E_VERSION_CONFLICT);
    assert_string_equal(office->fault.field, "expect");
    assert_string_equal(office->fault.detail, "expected=7 actual=2");
    assert_int_equal(post(office, event, ",'expect':2", "2026-12-02"), STATUS_E_CLOSED);
    /* State table, references, who deals with whom, sums. */
    refuse_sign(office, STATUS_E_EXISTS, "agg", "'buyers':[{'party':'nobody','share_ppm':1}]");
    assert_int_equal(sign(office, "C2",
                          "'buyers':[{'party':'nobody','share_ppm':1}],"
                          "'sellers':[{'party':'firm','share_ppm':1}]"),
                     STATUS_E_UNKNOWN_AGGREGATE);
    assert_int_equal(sign(office, "C2",
                          "'buyers':[{'party':'firm','share_ppm':1}],"
                          "'sellers':[{'party':'firm','share_ppm':1}]"),
                     STATUS_E_SELF_DEAL);
    assert_int_equal(sign(office, "C2",
                          "'buyers':[{'party':'other','share_ppm':1}],"
                          "'sellers':[{'party':'firm','share_ppm':1}]"),
                     STATUS_E_SUM_MISMATCH);
}

static void expect_zero_means_not_there(void **state)
{
    struct office *office = *state;
    static const char need[] = "{'type':'need.published','agg':'N1','id':'%s','expect':%d,"
                               "'data':{'party':'firm','text':'valve'}}";
    assert_int_equal(post(office, need, "n1", 1), STATUS_E_VERSION_CONFLICT);
    assert_int_equal(post(office, need, "n1", 0), STATUS_OK);
    assert_int_equal(post(office, need, "n2", 0), STATUS_E_VERSION_CONFLICT);
    assert_int_equal(post(office, need, "n2", 1), STATUS_E_EXISTS);
    ACCEPT(office, "{'type':'event.reversed','agg':'need/N1','data':{'event_id':'n1',"
                   "'reason':'x'}}");
    assert_int_equal(post(office, need, "n2", 0), STATUS_OK); /* freed, though it counted on */
    const struct aggregate_row *row =
        aggregate_at(office->fixture.facts, aggregate_of(office, KIND_need, "N1"));
    assert_int_equal(row->agg_seq, 3);
}

static void ids_of_another_kind_are_unknown(void **state)
{
    struct office *office = *state;
    REFUSE(office, E_UNKNOWN_AGGREGATE, "agg",
           "{'type':'technology.lapsed','agg':'univ','data':{'reason':'fee'}}");
    assert_string_equal(office->fault.state, "technology NONE");
    assert_string_equal(office->fault.legal, "technology.published");
    REFUSE(office, E_EXISTS, "agg",
           "{'type':'party.registered','agg':'univ','data':{'name':'x','kind':'gov'}}");
    assert_string_equal(office->fault.state, "party ACTIVE");
    ACCEPT(office, "{'type':'need.published','agg':'univ','data':{'party':'firm','text':'x'}}");
}

/* ---- contract.signed ---- */

static void names_must_exist(void **state)
{
    struct office *office = *state;
    refuse_sign(office, STATUS_E_UNKNOWN_AGGREGATE, "data.buyers[0].party",
                "'buyers':[{'party':'nobody','share_ppm':1000000}]");
    assert_string_equal(office->fault.detail, "party=nobody");
    refuse_sign(office, STATUS_E_UNKNOWN_AGGREGATE, "data.guarantors[1]",
                "'guarantors':['other','nobody']");
    refuse_sign(office, STATUS_E_UNKNOWN_AGGREGATE, "data.operator", "'operator':'nobody'");
    refuse_sign(office, STATUS_E_UNKNOWN_AGGREGATE, "data.parent", "'parent':'C0'");
    refuse_sign(office, STATUS_E_UNKNOWN_AGGREGATE, "data.technologies[1]",
                "'technologies':['patent','magic']");
    refuse_sign(office, STATUS_E_UNKNOWN_AGGREGATE, "data.obligations[0].debtor",
                "'obligations':[{'no':1,'kind':'lump','debtor':'nobody','creditor':'univ',"
                "'amount_fen':1}]");
    refuse_sign(office, STATUS_E_SELF_DEAL, "data.buyers[1].party",
                "'buyers':[{'party':'firm','share_ppm':500000},"
                "{'party':'univ','share_ppm':500000}]");
    refuse_sign(office, STATUS_E_SUM_MISMATCH, "data.sellers",
                "'sellers':[{'party':'univ','share_ppm':999999}]");
    refuse_sign(office, STATUS_E_DATE_ORDER, "data.term_end", "'term_end':'2026-01-09'");
    refuse_sign(office, STATUS_E_BAD_FIELD, "data.milestones[1].id",
                "'milestones':[{'id':'m1'},{'id':'m1'}]");
    refuse_sign(office, STATUS_E_BAD_FIELD, "data.milestones[0].id",
                "'milestones':[{'id':'effect'}]");
    refuse_sign(office, STATUS_E_EXISTS, "data.obligations[1].no",
                "'obligations':[" TERM("1", "1") "," TERM("1", "1") "]");
}

static void obligations_sum_to_a_fixed_total(void **state)
{
    struct office *office = *state;
    refuse_sign(office, STATUS_E_SUM_MISMATCH, "data.obligations",
                FIXED "[" TERM("1", "100") "," TERM("2", "199") "]");
    assert_string_equal(office->fault.detail, "sum=299 expected=300");
    SIGN(office, "C1", FIXED "[" TERM("1", "100") "," TERM("2", "200") "]");
    SIGN(office, "C2", FIXED "[]");
    SIGN(office, "C3", FIXED "[" TERM("1", "null") "]");
    refuse_sign(office, STATUS_E_EXISTS, "agg", "");
    assert_int_equal(
        sign(office, "C5", "'obligations':[" TERM("1", "9000000000000000") "," TERM("2", "1") "]"),
        STATUS_E_RANGE);
    assert_string_equal(office->fault.field, "data.obligations");
    SIGN(office, "C4",
         "'total_basis':'estimated','total_fen':300,"
         "'obligations':[" TERM("1", "1") "]");
}

static void what_breaks_a_policy_is_flagged(void **state)
{
    struct office *office = *state;
    SIGN(office, "F1", "");
    assert_true(unflagged(office));
    SIGN(office, "F2", "'technologies':null");
    assert_int_equal(office->flags, WARNING_BIT(WARNING_NO_TECHNOLOGY));
    SIGN(office, "F3", "'technologies':null,'type':'service','trial':null");
    assert_true(unflagged(office));
    SIGN(office, "F4", "'term_end':'2035-04-01'"); /* filed 2015-03-31, 20 years */
    assert_int_equal(office->flags, WARNING_BIT(WARNING_BEYOND_TERM));
    SIGN(office, "F5", "'term_end':'2035-03-31'");
    assert_true(unflagged(office));
    ACCEPT(office, "{'type':'technology.lapsed','agg':'patent','effective':'2026-01-10',"
                   "'data':{'reason':'fee'}}");
    SIGN(office, "F6", "'sign_date':'2026-01-09'");
    assert_true(unflagged(office));
    SIGN(office, "F7", "");
    assert_int_equal(office->flags, WARNING_BIT(WARNING_PATENT_NOT_IN_FORCE));
}

static void exclusive_licences_conflict(void **state)
{
    struct office *office = *state;

    uint64_t conflict = WARNING_BIT(WARNING_EXCLUSIVE_CONFLICT);
    SIGN(office, "X1", "'grant':'exclusive','territory':'Tianjin'");
    assert_true(unflagged(office));
    SIGN(office, "X2", "'territory':'Tianjin'"); /* the same licensee */
    assert_true(unflagged(office));

    SIGN(office, "X3",
         "'buyers':[{'party':'other','share_ppm':1000000}],"
         "'territory':'Shanghai'");
    assert_true(unflagged(office));
    SIGN(office, "X4", "'buyers':[{'party':'other','share_ppm':1000000}]");
    assert_int_equal(office->flags, conflict); /* everywhere holds Tianjin */
    SIGN(office, "X5",
         "'buyers':[{'party':'other','share_ppm':1000000}],"
         "'sign_date':'2026-02-01','term_start':'2027-01-10',"
         "'term_end':'2027-02-01'");
    assert_true(unflagged(office)); /* afterwards */
    ACCEPT(office, "{'type':'contract.terminated','agg':'X1','data':{'basis':'agreed',"
                   "'eff_date':'2026-03-01'}}");
    SIGN(office, "X6",
         "'buyers':[{'party':'other','share_ppm':1000000}],"
         "'territory':'Tianjin'");
    assert_true(unflagged(office));
    SIGN(office, "X7", "'grant':'sole','territory':'Tianjin'");
    assert_int_equal(office->flags, conflict);
}

/* ---- dates ---- */

static void effects_hold_no_earlier_than_what_they_act_on(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "");
    ACCEPT(office, "{'type':'contract.completed','agg':'C1','data':{'accepted_on':'2026-01-05'}}");
    assert_int_equal(state_of(office, MACHINE_CONTRACT, KIND_contract, "C1", "2026-01-09"),
                     CONTRACT_NONE);
    assert_int_equal(state_of(office, MACHINE_CONTRACT, KIND_contract, "C1", "2026-01-10"),
                     CONTRACT_DONE);
    struct event event;
    struct ledger_fixture *fixture = &office->fixture;
    assert_int_equal(event_from_stored(fixture->log[fixture->log_count - 1], &event), STATUS_OK);
    json_t *effects = json_read(event.effects);
    char *text = json_dumps(effects, JSON_COMPACT);
    assert_string_equal(text, "[[\"valid\",\"2026-01-10\"],"
                              "[\"state\",\"contract\",\"DONE\",\"2026-01-10\"]]");
    free(text);
    json_decref(effects);
}

static void touches_are_sorted_and_counted(void **state)
{
    struct office *office = *state;
    struct event event;
    struct ledger_fixture *fixture = &office->fixture;
    SIGN(office, "北科转〔2024〕017号", "'operator':'inst'");
    assert_int_equal(event_from_stored(fixture->log[fixture->log_count - 1], &event), STATUS_OK);
    json_t *touches = json_read(event.touches);
    char *text = json_dumps(touches, JSON_COMPACT);
    assert_string_equal(text, "[[\"party/firm\",2],[\"party/inst\",2],[\"party/univ\",3],"
                              "[\"technology/patent\",2],[\"北科转〔2024〕017号\",1]]");
    free(text);
    json_decref(touches);
}

/* ---- termination ---- */

static void ending_for_breach_wants_a_demand(void **state)
{
    struct office *office = *state;
    static const char end[] = "{'type':'contract.terminated','agg':'%s','data':{'basis':'%s',"
                              "'notice_date':'2026-04-10','eff_date':'2026-04-20'}}";
    const char *names[] = {"D1", "D2", "D3"};
    for (size_t i = 0; i < 3; i++) {
        SIGN(office, names[i],
             "'obligations':[{'no':1,'kind':'lump','debtor':'firm',"
             "'creditor':'univ','amount_fen':100,"
             "'due':{'base':'date','date':'2026-02-01'}}]");
    }
    assert_int_equal(post(office, end, "D1", "agreed"), STATUS_OK);
    assert_true(unflagged(office));
    ACCEPT(office, "{'type':'obligation.demanded','agg':'D2','data':{'no':1,'on':'2026-03-12',"
                   "'by':'univ'}}");
    assert_int_equal(post(office, end, "D2", "breach"), STATUS_OK);
    assert_true(flagged(office, WARNING_NO_DEMAND)); /* 29 days */
    ACCEPT(office, "{'type':'obligation.demanded','agg':'D3','data':{'no':1,'on':'2026-03-11',"
                   "'by':'univ'}}");
    assert_int_equal(post(office, end, "D3", "breach"), STATUS_OK);
    assert_true(unflagged(office));
    SIGN(office, "D4", "");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.by",
           "{'type':'contract.terminated','agg':'D4','data':{'basis':'agreed',"
           "'eff_date':'2026-04-20','by':'nobody'}}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(checks_come_in_the_order_of_ruling_3, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(expect_zero_means_not_there, office_open, office_close),
        cmocka_unit_test_setup_teardown(ids_of_another_kind_are_unknown, office_open, office_close),
        cmocka_unit_test_setup_teardown(names_must_exist, office_open, office_close),
        cmocka_unit_test_setup_teardown(obligations_sum_to_a_fixed_total, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(what_breaks_a_policy_is_flagged, office_open, office_close),
        cmocka_unit_test_setup_teardown(exclusive_licences_conflict, office_open, office_close),
        cmocka_unit_test_setup_teardown(effects_hold_no_earlier_than_what_they_act_on, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(touches_are_sorted_and_counted, office_open, office_close),
        cmocka_unit_test_setup_teardown(ending_for_breach_wants_a_demand, office_open,
                                        office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
