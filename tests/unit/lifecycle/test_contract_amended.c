/* contract.amended: what may change, and that sums still meet. */

#include "tests/unit/lifecycle/office.h"

#include "daemon/ledger/contract.h"
#include "daemon/ledger/obligation.h"

#define TERM(no, amount)                                                                           \
    "{'no':" no ",'kind':'lump','debtor':'firm','creditor':'univ','amount_fen':" amount            \
    ",'due':{'base':'date','date':'2026-02-02'}}"
#define AMEND(changes, more)                                                                       \
    "{'type':'contract.amended','agg':'C1','effective':'2026-03-01','data':{'amend_no':'1',"       \
    "'changes':{" changes "}" more "}}"
#define TITLE "'title':'amended'"

static struct obligation_figures figures_of(const struct office *office, uint32_t no,
                                            const char *as_of)
{
    const struct facts *facts = office->fixture.facts;
    struct viewpoint view = viewpoint_now(facts, day(as_of));
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    struct obligation_figures figures;
    uint32_t obligation =
        obligation_find(facts, aggregate_of(office, KIND_contract, "C1"), no, &now);
    assert_int_not_equal(obligation, OBLIGATION_NONE);
    obligation_evaluate(facts, obligation, &view, &figures);
    return figures;
}

static int64_t total_of(const struct office *office, const char *as_of)
{
    struct viewpoint view = viewpoint_now(office->fixture.facts, day(as_of));
    return contract_total(office->fixture.facts, aggregate_of(office, KIND_contract, "C1"), &view);
}

static int open_fixed(void **state)
{
    (void)office_open(state);
    SIGN(*state, "C1",
         "'total_basis':'fixed','total_fen':300,'obligations':[" TERM("1", "100") "," TERM(
             "2", "200") "]");
    return 0;
}

static void terms_change_from_the_day_on(void **state)
{
    struct office *office = *state;
    const struct facts *facts = office->fixture.facts;
    uint32_t contract = aggregate_of(office, KIND_contract, "C1");
    ACCEPT(office, AMEND("'term_end':'2028-01-09','territory':'Tianjin'", ""));
    struct viewpoint before = viewpoint_now(facts, day("2026-02-28"));
    struct viewpoint after = viewpoint_now(facts, day("2026-03-01"));
    assert_int_equal(contract_term(facts, contract, FIELD_term_end, &before, 1), 1);
    assert_int_equal(contract_term(facts, contract, FIELD_term_end, &after, 1), day("2028-01-09"));
    assert_true(slice_is(contract_term_bytes(facts, contract, FIELD_territory, &after), "Tianjin"));
    REFUSE(office, E_BAD_FIELD, "data.changes", AMEND("", ""));
    REFUSE(office, E_DATE_ORDER, "data.changes.term_end", AMEND("'term_end':'2026-01-09'", ""));
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.changes.technologies[0]",
           AMEND("'technologies':['magic']", ""));
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.changes.operator", AMEND("'operator':'nobody'", ""));
}

static void sums_meet_the_delta(void **state)
{
    struct office *office = *state;
    REFUSE(office, E_SUM_MISMATCH, "data.obligations",
           AMEND(TITLE, ",'delta_total_fen':51,'obligations':{'add':[" TERM("3", "50") "]}"));
    assert_string_equal(office->fault.detail, "sum=50 expected=51");
    ACCEPT(office, AMEND(TITLE, ",'delta_total_fen':-130,'obligations':{'add':[" TERM(
                                    "3", "50") "],"
                                               "'cancel':[2],'replace':[" TERM("1", "120") "]}"));
    assert_int_equal(total_of(office, "2026-02-28"), 300);
    assert_int_equal(total_of(office, "2026-03-01"), 170);
    assert_int_equal(figures_of(office, 1, "2026-02-28").outstanding, 100);
    assert_int_equal(figures_of(office, 1, "2026-03-01").outstanding, 120);
    assert_int_equal(figures_of(office, 2, "2026-03-01").extinguished, 200);
    assert_false(figures_of(office, 3, "2026-02-28").visible);
    assert_int_equal(figures_of(office, 3, "2026-03-01").outstanding, 50);
    REFUSE(office, E_RANGE, "data.delta_total_fen", AMEND(TITLE, ",'delta_total_fen':-171"));
    REFUSE(office, E_SUM_MISMATCH, "data.delta_total_fen",
           AMEND("'total_fen':100", ",'delta_total_fen':-60"));
    ACCEPT(office, AMEND("'total_fen':100", ",'delta_total_fen':-70"));
    assert_int_equal(total_of(office, "2026-03-01"), 100);
}

static void settled_obligations_stay(void **state)
{
    struct office *office = *state;
    ACCEPT(office, "{'type':'payment.received','agg':'P1','data':{'payer':'firm','payee':'univ',"
                   "'amount_fen':150,'currency':'CNY','value_date':'2026-02-10','alloc':"
                   "[{'owner':'C1','no':1,'amount_fen':100},"
                   "{'owner':'C1','no':2,'amount_fen':50}]}}");
    REFUSE(office, E_OBL_CLOSED, "data.obligations.cancel[0]",
           AMEND(TITLE, ",'obligations':{'cancel':[1]}"));
    assert_string_equal(office->fault.state, "obligation SETTLED");
    assert_string_equal(office->fault.legal, "obligation.scheduled");
    REFUSE(office, E_OBL_CLOSED, "data.obligations.replace[0]",
           AMEND(TITLE, ",'obligations':{'replace':[" TERM("1", "1") "]}"));
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.obligations.replace[0].amount_fen",
           AMEND(TITLE, ",'delta_total_fen':-151,'obligations':{'replace':[" TERM("2", "49") "]}"));
    assert_string_equal(office->fault.detail, "settled=50 given=49");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.obligations.cancel[0]",
           AMEND(TITLE, ",'obligations':{'cancel':[9]}"));
    REFUSE(office, E_EXISTS, "data.obligations.add[0].no",
           AMEND(TITLE, ",'obligations':{'add':[" TERM("2", "1") "]}"));
    REFUSE(office, E_BAD_FIELD, "data.obligations",
           AMEND(TITLE, ",'obligations':{'cancel':[2],'replace':[" TERM("2", "60") "]}"));
    ACCEPT(office,
           AMEND(TITLE, ",'delta_total_fen':-150,'obligations':{'replace':[" TERM("2", "50") "]}"));
    assert_int_equal(figures_of(office, 2, "2026-03-01").outstanding, 0);
    assert_int_equal(figures_of(office, 2, "2026-03-01").paid, 50);
}

static void a_cancelled_rest_is_only_the_rest(void **state)
{
    struct office *office = *state;
    ACCEPT(office, "{'type':'payment.received','agg':'P1','data':{'payer':'firm','payee':'univ',"
                   "'amount_fen':50,'currency':'CNY','value_date':'2026-02-10','alloc':"
                   "[{'owner':'C1','no':2,'amount_fen':50}]}}");
    ACCEPT(office, AMEND(TITLE, ",'delta_total_fen':-150,'obligations':{'cancel':[2]}"));
    assert_int_equal(figures_of(office, 2, "2026-03-01").extinguished, 150);
    assert_int_equal(figures_of(office, 2, "2026-03-01").paid, 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(terms_change_from_the_day_on, open_fixed, office_close),
        cmocka_unit_test_setup_teardown(sums_meet_the_delta, open_fixed, office_close),
        cmocka_unit_test_setup_teardown(settled_obligations_stay, open_fixed, office_close),
        cmocka_unit_test_setup_teardown(a_cancelled_rest_is_only_the_rest, open_fixed,
                                        office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
