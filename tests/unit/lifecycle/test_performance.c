/* Milestones and verdicts: AC-001 of the specification, and what is decided once. */

#include "tests/unit/lifecycle/office.h"

#include "daemon/ledger/obligation.h"

#define CONDITIONAL(no, condition)                                                                 \
    "{'no':" no ",'kind':'conditional','debtor':'firm','creditor':'univ','amount_fen':2000000,"    \
    "'condition':'" condition "','due':{'base':'term_end','n':30,'unit':'d'}}"
#define AC001                                                                                      \
    "'sign_date':'2025-03-10','term_start':'2025-03-10','term_end':'2026-03-09',"                  \
    "'total_fen':2000000,'total_basis':'fixed','pay_mode':'conditional',"                          \
    "'obligations':[" CONDITIONAL("1", "effect") "]"
#define VERDICT                                                                                    \
    "{'type':'effect.evaluated','agg':'C1','id':'%s','data':{'verdict':'%s','evaluator':'lab',"    \
    "'on':'%s'%s}}"
#define MILESTONE "{'type':'milestone.%s','agg':'C1','data':{'milestone':'%s','on':'2025-06-01'}}"

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

static void a_reached_effect_is_owed(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", AC001);
    assert_int_equal(figures_of(office, 1, "2025-12-31").contingent, 2000000);
    ACCEPT(office, VERDICT, "v1", "reached", "2026-03-20", "");
    assert_int_equal(figures_of(office, 1, "2026-03-19").contingent, 2000000);
    assert_int_equal(figures_of(office, 1, "2026-03-31").outstanding, 2000000);
    assert_int_equal(figures_of(office, 1, "2026-03-31").due, day("2026-04-08"));
    assert_int_equal(figures_of(office, 1, "2026-05-09").days_past_due, 31);
}

static void a_late_verdict_moves_the_due_date(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", AC001);
    ACCEPT(office, VERDICT, "v1", "reached", "2026-05-20", "");
    assert_int_equal(figures_of(office, 1, "2026-05-19").contingent, 2000000);
    assert_int_equal(figures_of(office, 1, "2026-05-20").due, day("2026-05-20"));
}

static void a_verdict_is_given_once_until_reversed(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", AC001);
    ACCEPT(office, VERDICT, "v1", "not_reached", "2026-03-20", "");
    assert_int_equal(figures_of(office, 1, "2026-03-31").extinguished, 2000000);
    REFUSE(office, E_ALREADY_DECIDED, "data.verdict", VERDICT, "v2", "reached", "2026-03-21", "");
    assert_string_equal(office->fault.state, "condition not_reached");
    assert_string_equal(office->fault.legal, "event.reversed");
    ACCEPT(office, "{'type':'event.reversed','agg':'C1','data':{'event_id':'v1','reason':'x'}}");
    assert_int_equal(figures_of(office, 1, "2026-03-31").contingent, 2000000);
    ACCEPT(office, VERDICT, "v2", "reached", "2026-03-21", "");
    assert_int_equal(figures_of(office, 1, "2026-03-31").outstanding, 2000000);
}

static void a_partial_verdict_opens_its_share(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", AC001);
    REFUSE(office, E_MISSING_FIELD, "data.share_ppm", VERDICT, "v1", "partial", "2026-03-20", "");
    ACCEPT(office, VERDICT, "v1", "partial", "2026-03-20", ",'share_ppm':250000");
    struct obligation_figures figures = figures_of(office, 1, "2026-03-31");
    assert_int_equal(figures.outstanding, 500000);
    assert_int_equal(figures.extinguished, 1500000);
}

static void a_verdict_for_which_nothing_waits_is_taken(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "'sign_date':'2025-03-10','effect':null");
    ACCEPT(office, VERDICT, "v1", "reached", "2026-03-20", "");
    REFUSE(office, E_ALREADY_DECIDED, "data.verdict", VERDICT, "v2", "reached", "2026-03-20", "");
}

static void milestones_are_those_of_the_contract(void **state)
{
    struct office *office = *state;
    SIGN(
        office, "C1",
        "'sign_date':'2025-03-10','term_start':'2025-03-10','obligations':[" CONDITIONAL(
            "1", "milestone:m1") "," CONDITIONAL("2",
                                                 "milestone:m2") "," CONDITIONAL("3",
                                                                                 "first_sale") "]");
    REFUSE(office, E_BAD_FIELD, "data.milestone", MILESTONE, "reached", "m3");
    assert_string_equal(office->fault.legal, "delivery, acceptance, first_sale");
    REFUSE(office, E_BAD_FIELD, "data.milestone", MILESTONE, "reached", "effect");
    REFUSE(office, E_BAD_FIELD, "data.milestone", MILESTONE, "missed", "delivery");
    ACCEPT(office, MILESTONE, "reached", "m1");
    assert_int_equal(figures_of(office, 1, "2025-06-01").outstanding, 2000000);
    assert_int_equal(figures_of(office, 2, "2025-06-01").contingent, 2000000);
    REFUSE(office, E_ALREADY_DECIDED, "data.milestone", MILESTONE, "missed", "m1");
    assert_string_equal(office->fault.state, "condition reached");
    ACCEPT(office, MILESTONE, "missed", "m2"); /* named by an obligation only */
    assert_int_equal(figures_of(office, 2, "2025-06-01").extinguished, 2000000);
    ACCEPT(office, MILESTONE, "reached", "first_sale");
    assert_int_equal(figures_of(office, 3, "2025-06-01").outstanding, 2000000);
    ACCEPT(office, MILESTONE, "reached", "delivery");
    ACCEPT(office, MILESTONE, "reached", "acceptance");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_reached_effect_is_owed, office_open, office_close),
        cmocka_unit_test_setup_teardown(a_late_verdict_moves_the_due_date, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(a_verdict_is_given_once_until_reversed, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(a_partial_verdict_opens_its_share, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(a_verdict_for_which_nothing_waits_is_taken, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(milestones_are_those_of_the_contract, office_open,
                                        office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
