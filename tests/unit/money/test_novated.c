/* contract.novated: another party takes over a side, what is open goes with it (edge case 15). */

#include "tests/unit/money/desk.h"

#include "daemon/ledger/contract.h"

static const char novate[] =
    "{'type':'contract.novated','agg':'c','id':'nov-%s','effective':'%s','data':{'role':'%s',"
    "'from':'%s','to':'%s'}}";

static uint32_t party(const struct office *office, const char *id)
{
    return aggregate_of(office, KIND_party, id);
}

static uint32_t debtor_on(struct office *office, unsigned no, const char *as_of)
{
    return desk_figures(office, "c", no, as_of).terms->debtor;
}

static bool is_party_on(const struct office *office, const char *id, const char *as_of)
{
    const struct facts *facts = office->fixture.facts;
    struct viewpoint view = viewpoint_now(facts, day(as_of));
    return contract_has_party(facts, aggregate_of(office, KIND_contract, "c"), party(office, id),
                              &view);
}

static void open_obligations_move_and_closed_ones_stay(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c",
              "'late':{'daily_ppm':1000},'obligations':[{'no':1,'kind':'conditional',"
              "'debtor':'firm','creditor':'univ','amount_fen':100,"
              "'condition':'effect'}]");
    desk_owe(office, "c", 2, 1000, "2026-02-02");
    desk_owe(office, "c", 3, 1000, "2026-02-02");
    desk_pay(office, "p3", 1000, "2026-02-02", "[{'owner':'c','no':3,'amount_fen':1000}]");
    desk_pay(office, "p2", 400, "2026-02-02", "[{'owner':'c','no':2,'amount_fen':400}]");
    ACCEPT(office, "{'type':'obligation.scheduled','agg':'c','effective':'2026-01-01','data':{"
                   "'no':4,'kind':'commission','debtor':'firm','creditor':'broker',"
                   "'amount_fen':50}}");
    ACCEPT(office, novate, "1", "2026-06-01", "buyer", "firm", "other");

    for (unsigned no = 1; no <= 2; no++) {
        assert_int_equal(debtor_on(office, no, "2026-05-31"), party(office, "firm"));
        assert_int_equal(debtor_on(office, no, "2026-06-01"), party(office, "other"));
    }
    assert_int_equal(debtor_on(office, 3, "2026-06-01"), party(office, "firm"));
    assert_int_equal(debtor_on(office, 4, "2026-06-01"), party(office, "firm"));
    struct obligation_figures f = desk_figures(office, "c", 2, "2026-06-02");
    assert_int_equal(f.scheduled, 1000);
    assert_int_equal(f.outstanding, 600);
    assert_int_equal(f.due, day("2026-02-02"));
    assert_int_equal(f.interest_due, 72); /* 600 fen, 120 days, 0.1 % a day */
    assert_int_equal(desk_figures(office, "c", 1, "2026-06-02").contingent, 100);
    ACCEPT(office, "{'type':'effect.evaluated','agg':'c','data':{'verdict':'reached',"
                   "'evaluator':'lab','on':'2026-07-01'}}");
    assert_int_equal(desk_figures(office, "c", 1, "2026-07-01").outstanding, 100);
}

static void the_parties_are_those_of_the_day(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    ACCEPT(office, novate, "1", "2026-06-01", "seller", "univ", "inst");
    assert_true(is_party_on(office, "univ", "2026-05-31"));
    assert_false(is_party_on(office, "univ", "2026-06-01"));
    assert_true(is_party_on(office, "inst", "2026-06-01"));
    REFUSE(office, E_BAD_FIELD, "data.from", novate, "2", "2026-07-01", "seller", "univ", "town");
    /* A second one holds no earlier than the first, so that neither is lost. */
    ACCEPT(office, novate, "3", "2026-05-01", "buyer", "firm", "other");
    assert_true(is_party_on(office, "firm", "2026-05-31"));
    assert_true(is_party_on(office, "inst", "2026-06-01"));
    assert_true(is_party_on(office, "other", "2026-06-01"));
    /* What acts on the contract still holds from its signing. */
    ACCEPT(office, "{'type':'contract.amended','agg':'c','effective':'2026-02-01','data':{"
                   "'amend_no':'1','changes':{'department':'d'}}}");
    struct viewpoint early = viewpoint_now(office->fixture.facts, day("2026-02-01"));
    assert_true(contract_term_bytes(office->fixture.facts, aggregate_of(office, KIND_contract, "c"),
                                    FIELD_department, &early)
                    .len > 0);
}

static void shares_are_kept(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c",
              "'sellers':[{'party':'univ','share_ppm':600000},{'party':'inst',"
              "'share_ppm':400000}]");
    ACCEPT(office, novate, "1", "2026-06-01", "seller", "univ", "inst");
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    const struct contract_row *row =
        contract_row_at(office->fixture.facts, aggregate_of(office, KIND_contract, "c"), &now);
    assert_int_equal(row->sellers.count, 1);
    assert_int_equal(share_at(office->fixture.facts, row->sellers, 0)->ppm, 1000000);
    assert_int_equal(share_at(office->fixture.facts, row->sellers, 0)->aggregate,
                     party(office, "inst"));
    assert_int_equal(row->sign_date, day("2026-01-01"));
}

static void what_comes_later_names_the_new_party(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c",
              "'royalty':{'base':'net_sales','period':'quarter','tiers':[{"
              "'rate_ppm':100000}]}");
    ACCEPT(office, novate, "1", "2026-06-01", "buyer", "firm", "other");
    ACCEPT(office, "{'type':'royalty.stated','agg':'c','effective':'2026-07-10','data':{'period':{"
                   "'start':'2026-04-01','end':'2026-06-30'},'base':1000,'royalty_fen':100,"
                   "'due_fen':100,'due':'2026-07-30'}}");
    assert_int_equal(debtor_on(office, 1, "2026-07-10"), party(office, "other"));
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id",
           "{'type':'event.reversed','agg':'c','data':{'event_id':'nov-1','reason':'x'}}");
}

/* Money without lines finds the debt with its new debtor. */
static void appropriation_finds_the_new_debtor(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000, "2026-02-02");
    ACCEPT(office, novate, "1", "2026-06-01", "buyer", "firm", "other");
    desk_pay(office, "p", 700, "2026-06-02", NULL);
    assert_int_equal(desk_figures(office, "c", 1, "2026-06-02").outstanding, 1000);
    ACCEPT(office, "{'type':'payment.received','agg':'q','data':{'payer':'other','payee':'univ',"
                   "'currency':'CNY','amount_fen':300,'value_date':'2026-06-02'}}");
    assert_int_equal(desk_figures(office, "c", 1, "2026-06-02").outstanding, 700);
}

static void refused_by_field(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c",
              "'sellers':[{'party':'univ','share_ppm':600000},{'party':'inst',"
              "'share_ppm':400000}]");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.from", novate, "1", "2026-06-01", "buyer", "nobody",
           "other");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.to", novate, "1", "2026-06-01", "buyer", "firm",
           "nobody");
    REFUSE(office, E_BAD_FIELD, "data.from", novate, "1", "2026-06-01", "buyer", "univ", "other");
    REFUSE(office, E_BAD_FIELD, "data.to", novate, "1", "2026-06-01", "buyer", "firm", "firm");
    REFUSE(office, E_SELF_DEAL, "data.to", novate, "1", "2026-06-01", "buyer", "firm", "univ");
    ACCEPT(office, "{'type':'obligation.scheduled','agg':'c','effective':'2026-01-01','data':{"
                   "'no':1,'kind':'lump','debtor':'other','creditor':'univ','amount_fen':50}}");
    REFUSE(office, E_SELF_DEAL, "data.to", novate, "1", "2026-06-01", "seller", "univ", "other");
    assert_string_equal(office->fault.detail, "obligation=1");
}

static void reversed_it_never_was(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000, "2026-02-02");
    ACCEPT(office, novate, "1", "2026-06-01", "buyer", "firm", "other");
    ACCEPT(office, "{'type':'event.reversed','agg':'c','data':{'event_id':'nov-1','reason':'x'}}");
    assert_int_equal(debtor_on(office, 1, "2026-06-01"), party(office, "firm"));
    assert_true(is_party_on(office, "firm", "2026-06-01"));
    assert_int_equal(desk_figures(office, "c", 1, "2026-06-01").outstanding, 1000);
    ACCEPT(office, novate, "2", "2026-06-02", "buyer", "firm", "insurer");
    assert_int_equal(debtor_on(office, 1, "2026-06-02"), party(office, "insurer"));
}

/* Terms agreed later for an earlier day do not undo who owes. */
static void an_amendment_before_its_day_keeps_its_order(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000, "2026-02-02");
    ACCEPT(office, novate, "1", "2026-06-01", "buyer", "firm", "other");
    ACCEPT(office, "{'type':'contract.amended','agg':'c','effective':'2026-05-01','data':{"
                   "'amend_no':'1','changes':{'department':'d'},'obligations':{'replace':[{'no':1,"
                   "'kind':'lump','debtor':'other','creditor':'univ','amount_fen':1500,"
                   "'due':{'base':'date','date':'2026-08-03'}}]}}}");
    struct obligation_figures f = desk_figures(office, "c", 1, "2026-06-01");
    assert_int_equal(f.outstanding, 1500);
    assert_int_equal(f.due, day("2026-08-03"));
    assert_int_equal(desk_figures(office, "c", 1, "2026-05-31").outstanding, 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(open_obligations_move_and_closed_ones_stay, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(the_parties_are_those_of_the_day, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(shares_are_kept, office_open, office_close),
        cmocka_unit_test_setup_teardown(what_comes_later_names_the_new_party, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(appropriation_finds_the_new_debtor, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(refused_by_field, office_open, office_close),
        cmocka_unit_test_setup_teardown(reversed_it_never_was, office_open, office_close),
        cmocka_unit_test_setup_teardown(an_amendment_before_its_day_keeps_its_order, office_open,
                                        office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
