/* One obligation, move by move (domain 3.2, 5.1; rulings 7-12, 32, 38). */

#include "tests/unit/money/debts.h"

static struct debts debts;

static int open_debts(void **state)
{
    (void)state;
    debts_open(&debts);
    return 0;
}

static int close_debts(void **state)
{
    (void)state;
    debts_close(&debts);
    return 0;
}

static uint32_t plain(int64_t amount, const char *due)
{
    struct terms_row terms = debts_terms(&debts, amount, due);
    return debts_add(&debts, "2026-01-01", &terms);
}

static uint32_t contingent(int64_t amount)
{
    struct terms_row terms = debts_terms(&debts, amount, "2026-04-08");
    terms.condition = CONDITION_EFFECT;
    return debts_add(&debts, "2026-01-01", &terms);
}

static void act(uint32_t obligation, enum move_kind kind, int64_t amount, const char *valid)
{
    debts_event(&debts);
    debts_move(&debts, obligation, kind, amount, valid, 0);
}

static void pays(uint32_t obligation, enum move_kind kind, int64_t amount, const char *valid,
                 unsigned payment)
{
    debts_event(&debts);
    debts_move(&debts, obligation, kind, amount, valid, debts.payments[payment]);
}

static void due_and_days_past_it(void **state)
{
    (void)state;
    uint32_t o = plain(1000, "2026-01-10"); /* a Saturday */
    struct obligation_figures f = debts_figures(&debts, o, "2026-01-12");
    assert_int_equal(f.due, debts_day("2026-01-12"));
    assert_int_equal(f.days_past_due, 0);
    assert_int_equal(f.state, OBLIGATION_OPEN);
    assert_int_equal(debts_figures(&debts, o, "2026-06-30").days_past_due, 169);
    assert_false(debts_figures(&debts, o, "2025-12-31").visible);
}

static void without_a_due_term_it_is_unscheduled(void **state)
{
    (void)state;
    uint32_t o = plain(1000, "");
    struct obligation_figures f = debts_figures(&debts, o, "2030-01-01");
    assert_int_equal(f.due, DAY_NONE);
    assert_int_equal(f.days_past_due, 0);
    act(o, MOVE_DUE, debts_day("2026-03-07"), "2026-03-07"); /* demanded on a Saturday */
    assert_int_equal(debts_figures(&debts, o, "2026-03-06").due, DAY_NONE);
    assert_int_equal(debts_figures(&debts, o, "2026-03-07").due, debts_day("2026-03-09"));
}

static void a_late_condition_moves_the_due_date(void **state)
{
    (void)state;
    uint32_t o = contingent(2000000);
    struct obligation_figures f = debts_figures(&debts, o, "2026-12-31");
    assert_int_equal(f.state, OBLIGATION_CONTINGENT);
    assert_int_equal(f.contingent, 2000000);
    assert_int_equal(f.due, DAY_NONE);
    assert_int_equal(f.due_scheduled, debts_day("2026-04-08"));
    act(o, MOVE_OPEN, 2000000, "2026-05-20");
    f = debts_figures(&debts, o, "2026-05-19");
    assert_int_equal(f.contingent, 2000000);
    f = debts_figures(&debts, o, "2026-05-20");
    assert_int_equal(f.outstanding, 2000000);
    assert_int_equal(f.due, debts_day("2026-05-20"));
}

static void a_partial_verdict(void **state)
{
    (void)state;
    uint32_t o = contingent(1001);
    debts_event(&debts);
    debts_move(&debts, o, MOVE_EXTINGUISH, 501, "2026-03-20", 0);
    debts_move(&debts, o, MOVE_OPEN, 500, "2026-03-20", 0);
    struct obligation_figures f = debts_figures(&debts, o, "2026-03-20");
    assert_int_equal(f.outstanding, 500);
    assert_int_equal(f.extinguished, 501);
    assert_int_equal(f.state, OBLIGATION_OPEN);
}

static void a_failed_condition_of_an_unknown_sum(void **state)
{
    (void)state;
    uint32_t o = contingent(AMOUNT_UNKNOWN);
    assert_int_equal(debts_figures(&debts, o, "2026-06-01").state, OBLIGATION_CONTINGENT);
    act(o, MOVE_EXTINGUISH, 0, "2026-05-20");
    assert_int_equal(debts_figures(&debts, o, "2026-06-01").state, OBLIGATION_EXTINGUISHED);
}

static void how_it_was_closed_last_is_its_state(void **state)
{
    (void)state;
    uint32_t paid = plain(1000, "2026-02-02");
    act(paid, MOVE_WAIVE, 400, "2026-02-01");
    pays(paid, MOVE_PAY, 600, "2026-02-02", 0);
    assert_int_equal(debts_figures(&debts, paid, "2026-03-01").state, OBLIGATION_SETTLED);
    uint32_t waived = plain(1000, "2026-02-02");
    pays(waived, MOVE_PAY, 600, "2026-02-02", 0);
    act(waived, MOVE_WAIVE, 400, "2026-02-03");
    assert_int_equal(debts_figures(&debts, waived, "2026-02-02").state, OBLIGATION_OPEN);
    assert_int_equal(debts_figures(&debts, waived, "2026-03-01").state, OBLIGATION_WAIVED);
}

static void a_recovery_of_what_was_written_off(void **state)
{
    (void)state;
    uint32_t o = plain(1000, "2026-02-02");
    act(o, MOVE_WRITE_OFF, 1000, "2026-06-01");
    pays(o, MOVE_PAY, 300, "2026-07-01", 0);
    struct obligation_figures f = debts_figures(&debts, o, "2026-07-01");
    assert_int_equal(f.state, OBLIGATION_WRITTEN_OFF);
    assert_int_equal(f.written_off, 700);
    assert_int_equal(f.paid, 300);
    act(o, MOVE_WAIVE, 700, "2026-07-02");
    f = debts_figures(&debts, o, "2026-07-02");
    assert_int_equal(f.state, OBLIGATION_WAIVED);
    pays(o, MOVE_UNPAY, 300, "2026-08-01", 0);
    f = debts_figures(&debts, o, "2026-08-01");
    assert_int_equal(f.written_off, 300);
    assert_int_equal(f.paid, 0);
    assert_int_equal(debts_figures(&debts, o, "2026-07-31").paid, 300);
}

static void a_line_taken_back_was_never_there(void **state)
{
    (void)state;
    debts_contract(&debts, 500, false); /* 0.05 % a day */
    uint32_t o = plain(100000000, "2026-01-15");
    pays(o, MOVE_PAY, 100000000, "2026-01-15", 0);
    struct obligation_figures f = debts_figures(&debts, o, "2026-02-14");
    assert_int_equal(f.state, OBLIGATION_SETTLED);
    assert_int_equal(f.interest_due, 0);
    pays(o, MOVE_UNPAY, 100000000, "2026-02-14", 0);
    f = debts_figures(&debts, o, "2026-02-13");
    assert_int_equal(f.outstanding, 0);
    f = debts_figures(&debts, o, "2026-02-14");
    assert_int_equal(f.outstanding, 100000000);
    assert_int_equal(f.due, debts_day("2026-01-15"));
    assert_int_equal(f.interest_due, 1500000); /* from the old due date */
}

static void a_refund_is_owed_again_from_its_day(void **state)
{
    (void)state;
    debts_contract(&debts, 500, false);
    uint32_t o = plain(100000000, "2026-01-15");
    pays(o, MOVE_PAY, 100000000, "2026-01-15", 0);
    pays(o, MOVE_REFUND, 40000000, "2026-03-16", 0);
    struct obligation_figures f = debts_figures(&debts, o, "2026-03-26");
    assert_int_equal(f.outstanding, 40000000);
    assert_int_equal(f.paid, 60000000);
    assert_int_equal(f.interest_due, 200000); /* ten days on 400,000.00 */
    debts_event(&debts);
    debts_move(&debts, o, MOVE_EXTINGUISH, 40000000, "2026-03-16", 0);
    f = debts_figures(&debts, o, "2026-03-26");
    assert_int_equal(f.outstanding, 0);
    assert_int_equal(f.extinguished, 40000000);
}

static void overlapping_value_dates_show_as_excess(void **state)
{
    (void)state;
    uint32_t o = plain(1000, "2026-02-02");
    pays(o, MOVE_PAY, 1000, "2026-03-02", 0);
    pays(o, MOVE_UNPAY, 1000, "2026-05-04", 0);
    pays(o, MOVE_PAY, 1000, "2026-04-01", 1); /* recorded last, valued in between */
    struct obligation_figures f = debts_figures(&debts, o, "2026-04-15");
    assert_int_equal(f.paid, 1000);
    assert_int_equal(f.excess, 1000);
    f = debts_figures(&debts, o, "2026-05-04");
    assert_int_equal(f.paid, 1000);
    assert_int_equal(f.excess, 0);
}

static void a_back_dated_waiver_waits_for_what_it_waives(void **state)
{
    (void)state;
    uint32_t o = plain(1000, "2026-02-02");
    pays(o, MOVE_PAY, 1000, "2026-03-02", 0);
    pays(o, MOVE_REFUND, 1000, "2026-05-04", 0);
    act(o, MOVE_WAIVE, 1000, "2026-04-01");
    struct obligation_figures f = debts_figures(&debts, o, "2026-04-15");
    assert_int_equal(f.paid, 1000);
    assert_int_equal(f.waived, 0);
    f = debts_figures(&debts, o, "2026-05-04");
    assert_int_equal(f.waived, 1000);
    assert_int_equal(f.state, OBLIGATION_WAIVED);
}

static void money_before_the_condition_is_excess(void **state)
{
    (void)state;
    uint32_t o = contingent(1000);
    act(o, MOVE_OPEN, 1000, "2026-05-20");
    pays(o, MOVE_PAY, 400, "2026-05-04", 0);
    struct obligation_figures f = debts_figures(&debts, o, "2026-05-19");
    assert_int_equal(f.excess, 400);
    assert_int_equal(f.contingent, 1000);
    f = debts_figures(&debts, o, "2026-05-20");
    assert_int_equal(f.excess, 0);
    assert_int_equal(f.paid, 400);
}

static void new_terms_change_the_sum_from_their_day(void **state)
{
    (void)state;
    debts_contract(&debts, 1000, false);
    uint32_t o = plain(1000000, "2026-01-15");
    struct terms_row more = debts_terms(&debts, 3000000, "2026-01-15");
    debts_event(&debts);
    obligation_terms_add(debts.facts, debts.seq, debts_day("2026-01-25"), o, &more);
    assert_int_equal(debts_figures(&debts, o, "2026-01-24").scheduled, 1000000);
    struct obligation_figures f = debts_figures(&debts, o, "2026-01-26");
    assert_int_equal(f.scheduled, 3000000);
    assert_int_equal(f.interest_due, 13000); /* 10 days on 10,000.00, 1 on 30,000.00 */
}

static void disputes_overlay(void **state)
{
    (void)state;
    uint32_t o = plain(1000, "2026-02-02");
    act(o, MOVE_DISPUTE, 600, "2026-02-10");
    act(o, MOVE_DISPUTE, 700, "2026-02-11");
    assert_int_equal(debts_figures(&debts, o, "2026-02-10").disputed, 600);
    assert_int_equal(debts_figures(&debts, o, "2026-02-11").disputed, 1000);
    pays(o, MOVE_PAY, 900, "2026-02-12", 0);
    assert_int_equal(debts_figures(&debts, o, "2026-02-12").disputed, 100);
    act(o, MOVE_UNDISPUTE, 1300, "2026-02-13");
    assert_int_equal(debts_figures(&debts, o, "2026-02-13").disputed, 0);
}

static void an_assigned_part_leaves(void **state)
{
    (void)state;
    uint32_t o = plain(1000, "2026-02-02");
    act(o, MOVE_ASSIGN, 300, "2026-03-01");
    struct obligation_figures f = debts_figures(&debts, o, "2026-03-01");
    assert_int_equal(f.scheduled, 700);
    assert_int_equal(f.outstanding, 700);
    act(o, MOVE_SET_OFF, 700, "2026-03-02");
    assert_int_equal(debts_figures(&debts, o, "2026-03-02").state, OBLIGATION_SETTLED);
}

static void more_moves_than_fit_at_once(void **state)
{
    (void)state;
    uint32_t o = plain(100000, "2026-02-02");
    for (int i = 0; i < 300; i++) {
        pays(o, MOVE_PAY, 7, i % 2 == 0 ? "2026-03-02" : "2026-02-02", 0);
    }
    assert_int_equal(debts_figures(&debts, o, "2026-02-27").paid, 150 * 7);
    assert_int_equal(debts_figures(&debts, o, "2026-03-02").paid, 300 * 7);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_debts, close_debts)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(due_and_days_past_it),
        TEST(without_a_due_term_it_is_unscheduled),
        TEST(a_late_condition_moves_the_due_date),
        TEST(a_partial_verdict),
        TEST(a_failed_condition_of_an_unknown_sum),
        TEST(how_it_was_closed_last_is_its_state),
        TEST(a_recovery_of_what_was_written_off),
        TEST(a_line_taken_back_was_never_there),
        TEST(a_refund_is_owed_again_from_its_day),
        TEST(overlapping_value_dates_show_as_excess),
        TEST(a_back_dated_waiver_waits_for_what_it_waives),
        TEST(money_before_the_condition_is_excess),
        TEST(new_terms_change_the_sum_from_their_day),
        TEST(disputes_overlay),
        TEST(an_assigned_part_leaves),
        TEST(more_moves_than_fit_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
