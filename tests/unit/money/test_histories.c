/* Random histories of moves, sensible or not: what holds at every viewpoint.
 *
 *   P1  O1, and no column is negative.
 *   P2  The order of recording does not matter where value dates differ.
 *   P3  What is undone, and what is reversed, is as if it had never been; the question as it was
 *       known before the reversal still has its old answer.
 *
 * A failure prints the seed. */

#include "tests/support/effort.h"
#include "tests/unit/money/debts.h"

#include <stdio.h>

#define SEEDS effort(400, 40)
#define MOVES_MAX 24u
#define OBLIGATIONS 2u
#define DAYS 400u

struct plan_move {
    enum move_kind kind;
    int64_t amount;
    int32_t day;
    unsigned obligation, payment;
    bool terms; /* new terms instead of a move */
};

struct plan {
    struct plan_move moves[MOVES_MAX];
    size_t count;
    int64_t amounts[OBLIGATIONS];
    int32_t daily_ppm;
    bool principal_first, contingent;
};

static uint64_t rng;

static uint32_t draw(uint32_t below)
{
    rng += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = rng;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ (z >> 31)) % below);
}

static int32_t first_day(void)
{
    return debts_day("2026-01-01");
}

static void plan_one(struct plan_move *move, size_t index)
{
    static const enum move_kind kinds[] = {
        MOVE_OPEN,   MOVE_EXTINGUISH, MOVE_PAY,         MOVE_PAY,       MOVE_PAY,
        MOVE_UNPAY,  MOVE_WAIVE,      MOVE_WRITE_OFF,   MOVE_SET_OFF,   MOVE_DUE,
        MOVE_ASSIGN, MOVE_DISPUTE,    MOVE_REFUND,      MOVE_UNDISPUTE, MOVE_REOPEN,
        MOVE_DUE,    MOVE_OPEN,       MOVE_ACKNOWLEDGE, MOVE_DEMAND};
    move->kind = kinds[draw(sizeof(kinds) / sizeof(kinds[0]))];
    move->amount = 1 + draw(60000);
    move->day =
        first_day() + (int32_t)(draw(DAYS / MOVES_MAX) * MOVES_MAX + (uint32_t)index); /* P2 */
    move->obligation = draw(OBLIGATIONS);
    move->payment = draw(3);
    move->terms = draw(12) == 0;
    if (move->kind == MOVE_DUE) {
        move->amount = first_day() + (int32_t)draw(DAYS);
        move->payment = draw(2); /* keep_interest */
    }
}

static void plan_make(struct plan *plan, uint32_t seed)
{
    rng = seed;
    plan->count = 1 + draw(MOVES_MAX);
    plan->daily_ppm = draw(3) == 0 ? -1 : (int32_t)draw(3000);
    plan->principal_first = draw(2) == 0;
    plan->contingent = draw(3) == 0;
    for (unsigned o = 0; o < OBLIGATIONS; o++) {
        plan->amounts[o] = draw(100000);
    }
    for (size_t i = 0; i < plan->count; i++) {
        plan_one(&plan->moves[i], i);
    }
}

static void play_move(struct debts *debts, const struct plan *plan, size_t index)
{
    const struct plan_move *move = &plan->moves[index];
    debts_event(debts);
    if (move->terms) {
        struct terms_row terms = debts_terms(debts, move->amount, "2026-03-02");
        terms.condition = plan->contingent ? CONDITION_EFFECT : CONDITION_NONE;
        obligation_terms_add(debts->facts, debts->seq, move->day, move->obligation, &terms);
        return;
    }
    bool of_payment =
        move->kind == MOVE_PAY || move->kind == MOVE_UNPAY || move->kind == MOVE_REFUND;
    uint32_t aux = of_payment ? debts->payments[move->payment] : move->payment;
    char day[11];
    date_format(move->day, day);
    debts_move(debts, move->obligation, move->kind, move->amount, day, aux);
}

static void play_start(struct debts *debts, const struct plan *plan)
{
    debts_open(debts);
    debts_contract(debts, plan->daily_ppm, plan->principal_first);
    for (unsigned o = 0; o < OBLIGATIONS; o++) {
        struct terms_row terms = debts_terms(debts, plan->amounts[o], "2026-03-02");
        terms.condition = plan->contingent ? CONDITION_EFFECT : CONDITION_NONE;
        (void)debts_add(debts, "2026-01-01", &terms);
    }
}

static struct obligation_figures ask(const struct debts *debts, unsigned obligation, int32_t as_of,
                                     uint64_t known_at)
{
    struct obligation_figures figures;
    struct viewpoint view = viewpoint_now(debts->facts, as_of);
    view.known_at = known_at;
    obligation_evaluate(debts->facts, obligation, &view, &figures);
    debts_check(&figures); /* P1 */
    return figures;
}

static void assert_same(const struct obligation_figures *a, const struct obligation_figures *b)
{
    assert_int_equal(a->visible, b->visible);
    assert_int_equal(a->state, b->state);
    assert_int_equal(a->scheduled, b->scheduled);
    assert_int_equal(a->contingent, b->contingent);
    assert_int_equal(a->extinguished, b->extinguished);
    assert_int_equal(a->waived, b->waived);
    assert_int_equal(a->written_off, b->written_off);
    assert_int_equal(a->set_off, b->set_off);
    assert_int_equal(a->paid, b->paid);
    assert_int_equal(a->outstanding, b->outstanding);
    assert_int_equal(a->disputed, b->disputed);
    assert_int_equal(a->excess, b->excess);
    assert_int_equal(a->interest_due, b->interest_due);
    assert_int_equal(a->interest_paid, b->interest_paid);
    assert_int_equal(a->due, b->due);
    assert_int_equal(a->due_scheduled, b->due_scheduled);
    assert_int_equal(a->opened, b->opened);
}

/* Both give the same answers at dates all over the plan's time, as everything is known. */
static void assert_agree(const struct debts *a, const struct debts *b)
{
    for (unsigned o = 0; o < OBLIGATIONS; o++) {
        for (int32_t at = -1; at <= (int32_t)DAYS + 30; at += 1 + (int32_t)draw(12)) {
            struct obligation_figures left = ask(a, o, first_day() + at, UINT64_MAX - 1);
            struct obligation_figures right = ask(b, o, first_day() + at, UINT64_MAX - 1);
            assert_same(&left, &right);
        }
        struct obligation_figures left = ask(a, o, DAY_MAX, UINT64_MAX - 1);
        struct obligation_figures right = ask(b, o, DAY_MAX, UINT64_MAX - 1);
        assert_same(&left, &right);
    }
}

static void columns_add_up_everywhere(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct plan plan;
        struct debts debts;
        print_message("seed %u\n", seed);
        plan_make(&plan, seed);
        play_start(&debts, &plan);
        for (size_t i = 0; i < plan.count; i++) {
            play_move(&debts, &plan, i);
            for (int v = 0; v < 8; v++) {
                int32_t as_of = first_day() + (int32_t)draw(DAYS + 60) - 30;
                (void)ask(&debts, draw(OBLIGATIONS), as_of, draw((uint32_t)debts.seq + 2));
            }
        }
        debts_close(&debts);
    }
}

static void the_order_of_recording_does_not_matter(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct plan plan;
        struct debts straight;
        struct debts shuffled;
        size_t order[MOVES_MAX] = {0};
        plan_make(&plan, seed);
        play_start(&straight, &plan);
        play_start(&shuffled, &plan);
        for (size_t i = 0; i < plan.count; i++) {
            size_t j = draw((uint32_t)i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        for (size_t i = 0; i < plan.count; i++) {
            play_move(&straight, &plan, i);
            play_move(&shuffled, &plan, order[i]);
        }
        assert_agree(&straight, &shuffled);
        debts_close(&straight);
        debts_close(&shuffled);
    }
}

static void undone_is_never_done(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct plan plan;
        struct debts whole;
        struct debts half;
        plan_make(&plan, seed);
        play_start(&whole, &plan);
        play_start(&half, &plan);
        size_t cut = plan.count / 2;
        for (size_t i = 0; i < cut; i++) {
            play_move(&whole, &plan, i);
            play_move(&half, &plan, i);
        }
        struct facts_mark mark = facts_mark(whole.facts);
        uint64_t seq = whole.seq;
        for (size_t i = cut; i < plan.count; i++) {
            play_move(&whole, &plan, i);
        }
        if (cut > 0) {
            facts_reverse(whole.facts, seq, whole.seq + 1);
        }
        facts_undo(whole.facts, &mark);
        whole.seq = seq;
        assert_agree(&whole, &half);
        debts_close(&whole);
        debts_close(&half);
    }
}

static void reversed_is_never_done_but_for_the_past(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct plan plan;
        struct debts whole;
        struct debts without;
        struct debts before;
        plan_make(&plan, seed);
        play_start(&whole, &plan);
        play_start(&without, &plan);
        play_start(&before, &plan);
        size_t out = draw((uint32_t)plan.count);
        uint64_t first = whole.seq + 1;
        for (size_t i = 0; i < plan.count; i++) {
            play_move(&whole, &plan, i);
            play_move(&before, &plan, i);
            if (i != out) {
                play_move(&without, &plan, i);
            }
        }
        debts_event(&whole); /* event.reversed */
        facts_reverse(whole.facts, first + out, whole.seq);
        assert_agree(&whole, &without);
        for (int v = 0; v < 30; v++) {
            int32_t as_of = first_day() + (int32_t)draw(DAYS);
            unsigned o = draw(OBLIGATIONS);
            struct obligation_figures then = ask(&whole, o, as_of, whole.seq - 1);
            struct obligation_figures was = ask(&before, o, as_of, UINT64_MAX - 1);
            assert_same(&then, &was);
        }
        debts_close(&whole);
        debts_close(&without);
        debts_close(&before);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_add_up_everywhere),
        cmocka_unit_test(the_order_of_recording_does_not_matter),
        cmocka_unit_test(undone_is_never_done),
        cmocka_unit_test(reversed_is_never_done_but_for_the_past),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
