/* The lists of what payers owe (owing.h): a payer with very many settled debts, and what is noted.
 */

#include "tests/unit/money/debts.h"

#include <stdio.h>
#include <time.h>

#include "daemon/ledger/owing.h"

#define MANY 20000u

static int64_t now_ns(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static size_t count_open(const struct debts *debts)
{
    size_t count;
    size_t open = 0;
    const struct owing_entry *entries = owing_open(debts->facts, debts->debtor, &count);
    for (size_t i = 0; i < count; i++) {
        open += entries[i].open;
    }
    return open;
}

/* `count` debts of 10, all but the last `left` paid. */
static void owe(struct debts *debts, unsigned count, unsigned left)
{
    debts_contract(debts, -1, false);
    for (unsigned i = 0; i < count; i++) {
        struct terms_row terms = debts_terms(debts, 10, "2026-03-02");
        debts_event(debts);
        uint32_t made = obligation_add(debts->facts, debts->seq, debts_day("2026-01-01"),
                                       debts->contract, i + 1, &terms);
        if (i < count - left) {
            debts_move(debts, made, MOVE_PAY, 10, "2026-03-02", debts->payments[0]);
        }
    }
}

static void settled_debts_are_not_looked_at_again(void **state)
{
    struct debts debts;
    (void)state;
    debts_open(&debts);
    owe(&debts, MANY, 3);
    int64_t start = now_ns();
    assert_int_equal(count_open(&debts), 3);
    int64_t first = now_ns() - start;
    start = now_ns();
    for (unsigned i = 0; i < 100; i++) {
        debts_event(&debts);
        debts_move(&debts, i, MOVE_UNPAY, 10, "2026-04-01", debts.payments[0]);
        assert_int_equal(count_open(&debts), 4 + i);
    }
    int64_t later = (now_ns() - start) / 100;
    print_message("%u debts: first %lld us, later %lld us\n", MANY, (long long)first / 1000,
                  (long long)later / 1000);
    assert_true(later * 20 < first);
    debts_close(&debts);
}

static void more_than_can_be_noted_begins_anew(void **state)
{
    struct debts debts;
    (void)state;
    debts_open(&debts);
    owe(&debts, 100, 100);
    assert_int_equal(count_open(&debts), 100);
    debts_event(&debts);
    for (unsigned i = 0; i < OWING_NOTED_MAX + 10; i++) {
        debts_move(&debts, i % 100, MOVE_DISPUTE, 1, "2026-04-01", 0);
    }
    debts_move(&debts, 7, MOVE_WAIVE, 10, "2026-04-01", 0);
    assert_int_equal(count_open(&debts), 99);
    debts_close(&debts);
}

/* A rate that comes later makes interest, and what seemed settled is not. */
static void a_rate_looks_at_all_again(void **state)
{
    struct debts debts;
    (void)state;
    debts_open(&debts);
    owe(&debts, 100, 1);
    assert_int_equal(count_open(&debts), 1);
    debts_event(&debts);
    uint32_t rates = aggregate_make(debts.facts, KIND_rates, slice_text("r"), debts.seq);
    (void)facts_add(debts.facts, FACT_RATE, debts.seq, 0, rates);
    debts_move(&debts, 99, MOVE_WAIVE, 10, "2026-04-01", 0);
    assert_int_equal(count_open(&debts), 0);
    debts_close(&debts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settled_debts_are_not_looked_at_again),
        cmocka_unit_test(more_than_can_be_noted_begins_anew),
        cmocka_unit_test(a_rate_looks_at_all_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
