/* Every act on an obligation in every state: domain 3.2 as a table, walked completely.
 *
 * Each cell gets a contract of its own, in its trial, with one conditional sum of 1,000 that is
 * brought into the state first. A cell says the state it leads to, or the code that refuses it. */

#include "tests/unit/money/desk.h"

#include <stdio.h>

#define STATES 6
#define CELL_TEXT 32

static const char *const state_codes[STATES] = {"CO", "OP", "SE", "EX", "WA", "WO"};

#define Y1 "E_OBL_CONTINGENT"
#define Y2 "E_ALREADY_DECIDED"
#define Y3 "E_OBL_CLOSED"
#define Y4 "E_OVER_ALLOCATION"
#define Y5 "E_NOT_DISPUTED"
#define Y6 "E_NOT_DUE"

#define EARLY "2026-04-08"
#define LATE "2026-09-30"

struct cell {
    struct office *office;
    char contract[CELL_TEXT], payment[CELL_TEXT], patent[CELL_TEXT];
    const char *overdue; /* a day on which it is */
};

/* ---- into a state ---- */

static void evaluate_to(struct cell *cell, const char *verdict)
{
    ACCEPT(cell->office,
           "{'type':'effect.evaluated','agg':'%s','data':{'verdict':'%s','evaluator':'both',"
           "'on':'2026-03-02'}}",
           cell->contract, verdict);
}

static enum status pay(struct cell *cell, const char *payment, int amount)
{
    return post(cell->office,
                "{'type':'payment.received','agg':'%s%s','data':{'payer':'firm','payee':'univ',"
                "'currency':'CNY','amount_fen':%d,'value_date':'2026-05-06','alloc':["
                "{'owner':'%s','no':1,'amount_fen':%d}]}}",
                payment, cell->contract, amount, cell->contract, amount);
}

static enum status waive(struct cell *cell, int amount, const char *more)
{
    return post(cell->office,
                "{'type':'obligation.waived','agg':'%s','effective':'2026-03-03','data':{'no':1,"
                "'amount_fen':%d%s}}",
                cell->contract, amount, more);
}

static enum status write_off(struct cell *cell, const char *day_text)
{
    return post(cell->office,
                "{'type':'obligation.written_off','agg':'%s','effective':'%s','data':{'no':1,"
                "'amount_fen':1000,'reason':'insolvent'}}",
                cell->contract, day_text);
}

static enum obligation_state state_now(struct cell *cell)
{
    return desk_figures(cell->office, cell->contract, 1, "2026-11-30").state;
}

static void bring_to(struct cell *cell, enum obligation_state state)
{
    switch (state) {
    case OBLIGATION_CONTINGENT:
        break;
    case OBLIGATION_OPEN:
        evaluate_to(cell, "reached");
        break;
    case OBLIGATION_SETTLED:
        evaluate_to(cell, "reached");
        assert_int_equal(pay(cell, "p", 1000), STATUS_OK);
        break;
    case OBLIGATION_EXTINGUISHED:
        evaluate_to(cell, "not_reached");
        break;
    case OBLIGATION_WAIVED:
        assert_int_equal(waive(cell, 1000, ""), STATUS_OK);
        break;
    case OBLIGATION_WRITTEN_OFF:
        evaluate_to(cell, "reached");
        assert_int_equal(write_off(cell, cell->overdue), STATUS_OK);
        break;
    }
    assert_int_equal(state_now(cell), state);
}

static void begin_cell(struct cell *cell, struct office *office, unsigned act, unsigned state,
                       const char *due)
{
    char more[256];
    cell->office = office;
    cell->overdue = strcmp(due, LATE) < 0 ? "2026-05-05" : "2026-10-09";
    (void)snprintf(cell->contract, sizeof(cell->contract), "c%u-%u", act, state);
    (void)snprintf(cell->patent, sizeof(cell->patent), "t%u-%u", act, state);
    (void)snprintf(cell->payment, sizeof(cell->payment), "pc%u-%u", act, state);
    ACCEPT(office,
           "{'type':'technology.published','agg':'%s','effective':'2020-01-01','data':{"
           "'title':'t','ip_kind':'invention','patent_no':'ZL%s','filed':'2015-03-31',"
           "'granted':'2018-01-01','owners':[{'party':'univ','share_ppm':1000000}]}}",
           cell->patent, cell->patent);
    (void)snprintf(more, sizeof(more), "'technologies':['%s'],'on_invalid':'stop'", cell->patent);
    SIGN(office, cell->contract, more);
    ACCEPT(office,
           "{'type':'trial.started','agg':'%s','data':{'start':'2026-02-01','end':'2026-10-30'}}",
           cell->contract);
    ACCEPT(office,
           "{'type':'obligation.scheduled','agg':'%s','effective':'2026-01-12','data':{'no':1,"
           "'kind':'conditional','debtor':'firm','creditor':'univ','amount_fen':1000,"
           "'condition':'effect','due':{'base':'date','date':'%s'}}}",
           cell->contract, due);
}

/* ---- acts ---- */

static enum status met(struct cell *cell)
{
    return post(cell->office,
                "{'type':'effect.evaluated','agg':'%s','data':{'verdict':'reached',"
                "'evaluator':'both','on':'2026-06-01'}}",
                cell->contract);
}

static enum status failed(struct cell *cell)
{
    return post(cell->office,
                "{'type':'effect.evaluated','agg':'%s','data':{'verdict':'not_reached',"
                "'evaluator':'both','on':'2026-06-01'}}",
                cell->contract);
}

static enum status allocate_part(struct cell *cell)
{
    return pay(cell, "q", 400);
}

static enum status allocate_all(struct cell *cell)
{
    return pay(cell, "q", 1000);
}

/* A part is paid first where the state allows it, and the payment comes back. */
static enum status take_back(struct cell *cell)
{
    bool paid = state_now(cell) == OBLIGATION_SETTLED;
    if (!paid) {
        assert_int_equal(pay(cell, "p", 400), STATUS_OK);
    }
    return post(cell->office,
                "{'type':'payment.returned','agg':'p%s','data':{'reason':'bounced',"
                "'value_date':'2026-06-01'}}",
                cell->contract);
}

static enum status refund(struct cell *cell)
{
    bool paid = state_now(cell) == OBLIGATION_SETTLED;
    if (!paid) {
        assert_int_equal(pay(cell, "p", 400), STATUS_OK);
    }
    return post(cell->office,
                "{'type':'payment.refunded','agg':'p%s','effective':'2026-06-01','data':{"
                "'amount_fen':300,'from':'obligation','owner':'%s','no':1,'reopen':true}}",
                cell->contract, cell->contract);
}

static enum status recover_and_take_back(struct cell *cell)
{
    assert_int_equal(write_off(cell, cell->overdue), STATUS_OK);
    assert_int_equal(pay(cell, "p", 1000), STATUS_OK);
    assert_int_equal(state_now(cell), OBLIGATION_SETTLED);
    return take_back(cell);
}

static enum status unapply(struct cell *cell)
{
    if (state_now(cell) != OBLIGATION_SETTLED) {
        assert_int_equal(pay(cell, "p", 400), STATUS_OK);
    }
    return post(cell->office,
                "{'type':'payment.unapplied','agg':'p%s','effective':'2026-06-01','data':{'alloc':["
                "{'owner':'%s','no':1,'amount_fen':400}]}}",
                cell->contract, cell->contract);
}

static enum status recover_and_unapply(struct cell *cell)
{
    assert_int_equal(write_off(cell, cell->overdue), STATUS_OK);
    assert_int_equal(pay(cell, "p", 1000), STATUS_OK);
    return unapply(cell);
}

static enum status acknowledge(struct cell *cell)
{
    return post(cell->office,
                "{'type':'obligation.acknowledged','agg':'%s','data':{'no':1,'amount_fen':1000,"
                "'on':'2026-06-01','by':'firm'}}",
                cell->contract);
}

static enum status set_off(struct cell *cell, int amount)
{
    ACCEPT(cell->office,
           "{'type':'obligation.scheduled','agg':'%s','effective':'2026-01-12','data':{'no':2,"
           "'kind':'expense','debtor':'univ','creditor':'firm','amount_fen':1000,"
           "'due':{'base':'date','date':'2026-03-02'}}}",
           cell->contract);
    return post(cell->office,
                "{'type':'obligation.set_off','agg':'%s','effective':'2026-06-01','data':{'no':1,"
                "'amount_fen':%d,'notice':'letter','other':{'owner':'%s','no':2}}}",
                cell->contract, amount, cell->contract);
}

static enum status set_off_part(struct cell *cell)
{
    return set_off(cell, 400);
}

static enum status set_off_all(struct cell *cell)
{
    return set_off(cell, 1000);
}

/* The part is in the state in which the whole was. */
static enum status assign(struct cell *cell, int amount)
{
    enum obligation_state before = state_now(cell);
    enum status status =
        post(cell->office,
             "{'type':'obligation.assigned','agg':'%s','effective':'2026-06-01','data':{'no':1,"
             "'amount_fen':%d,'new_creditor':'insurer','notice':'letter'}}",
             cell->contract, amount);
    if (status == STATUS_OK) {
        struct obligation_figures made =
            desk_figures(cell->office, cell->contract, 2, "2026-11-30");
        assert_int_equal(made.state, before);
        assert_int_equal(made.scheduled, amount);
    }
    return status;
}

static enum status assign_part(struct cell *cell)
{
    return assign(cell, 400);
}

static enum status assign_all(struct cell *cell)
{
    return assign(cell, 1000);
}

static enum status write_off_overdue(struct cell *cell)
{
    return write_off(cell, "2026-06-01");
}

static enum status demand(struct cell *cell)
{
    return post(cell->office,
                "{'type':'obligation.demanded','agg':'%s','data':{'no':1,'on':'2026-06-01',"
                "'by':'univ'}}",
                cell->contract);
}

static enum status dispute(struct cell *cell)
{
    return post(cell->office,
                "{'type':'obligation.disputed','agg':'%s','effective':'2026-06-01','data':{'no':1,"
                "'amount_fen':1000}}",
                cell->contract);
}

static enum status resolve_by(struct cell *cell, const char *outcome)
{
    if (state_now(cell) == OBLIGATION_OPEN) {
        assert_int_equal(dispute(cell), STATUS_OK);
    }
    return post(cell->office,
                "{'type':'obligation.dispute_resolved','agg':'%s','effective':'2026-06-02','data':{"
                "'no':1,'outcome':'%s'}}",
                cell->contract, outcome);
}

static enum status resolve_upheld(struct cell *cell)
{
    return resolve_by(cell, "upheld");
}

static enum status resolve_cancelled(struct cell *cell)
{
    return resolve_by(cell, "cancelled");
}

static enum status waive_part(struct cell *cell)
{
    return waive(cell, 400, "");
}

static enum status waive_all(struct cell *cell)
{
    return waive(cell, 1000, "");
}

static enum status waive_refused(struct cell *cell)
{
    return waive(cell, 1000, ",'refused':true");
}

static enum status reschedule(struct cell *cell)
{
    return post(cell->office,
                "{'type':'obligation.rescheduled','agg':'%s','effective':'2026-06-01','data':{"
                "'no':1,'new_due':'2026-09-01'}}",
                cell->contract);
}

static enum status assess(struct cell *cell)
{
    enum status status = post(cell->office,
                              "{'type':'interest.assessed','agg':'%s','effective':'2026-06-01',"
                              "'data':{'of':1,'upto':'2026-06-01','amount_fen':7,'agreed':true}}",
                              cell->contract);
    if (status == STATUS_OK) {
        struct obligation_figures made =
            desk_figures(cell->office, cell->contract, 2, "2026-11-30");
        assert_int_equal(made.outstanding, 7);
        assert_int_equal(made.terms->kind, OBLIGATION_KIND_interest);
    }
    return status;
}

static enum status terminate(struct cell *cell)
{
    return post(cell->office,
                "{'type':'contract.terminated','agg':'%s','data':{'basis':'agreed',"
                "'eff_date':'2026-06-30'}}",
                cell->contract);
}

static enum status decline(struct cell *cell)
{
    return post(cell->office,
                "{'type':'trial.declined','agg':'%s','data':{'on':'2026-06-30','reason':'no'}}",
                cell->contract);
}

static enum status invalidate(struct cell *cell)
{
    return post(cell->office,
                "{'type':'technology.invalidated','agg':'%s','data':{'scope':'whole',"
                "'decision_date':'2026-06-30'}}",
                cell->patent);
}

static enum status make_void(struct cell *cell)
{
    return post(cell->office,
                "{'type':'contract.voided','agg':'%s','data':{'ruling':'r','date':'2026-06-30'}}",
                cell->contract);
}

static enum status novate(struct cell *cell)
{
    return post(cell->office,
                "{'type':'contract.novated','agg':'%s','effective':'2026-06-30','data':{"
                "'role':'buyer','from':'firm','to':'other'}}",
                cell->contract);
}

static const struct {
    const char *name;
    enum status (*act)(struct cell *cell);
    const char *due;
    const char *cells[STATES]; /* NULL: cannot come up */
} acts[] = {
    {"condition met", met, EARLY, {"OP", Y2, Y2, Y2, "WA", Y2}},
    {"condition failed", failed, EARLY, {"EX", Y2, Y2, Y2, "WA", Y2}},
    {"allocation of a part", allocate_part, EARLY, {Y1, "OP", Y4, Y3, Y3, "WO"}},
    {"allocation of all", allocate_all, EARLY, {Y1, "SE", Y4, Y3, Y3, "SE"}},
    {"payment.returned", take_back, EARLY, {NULL, "OP", "OP", NULL, NULL, "WO"}},
    {"payment.refunded with reopen", refund, EARLY, {NULL, "OP", "OP", NULL, NULL, "WO"}},
    {"returned after a recovery", recover_and_take_back, EARLY, {NULL, "WO"}},
    {"payment.unapplied", unapply, EARLY, {NULL, "OP", "OP", NULL, NULL, "WO"}},
    {"unapplied after a recovery", recover_and_unapply, EARLY, {NULL, "WO"}},
    {"acknowledged", acknowledge, EARLY, {"CO", "OP", Y3, Y3, Y3, "WO"}},
    {"set off in part", set_off_part, EARLY, {Y1, "OP", Y3, Y3, Y3, Y3}},
    {"set off", set_off_all, EARLY, {Y1, "SE", Y3, Y3, Y3, Y3}},
    {"assigned in part", assign_part, EARLY, {"CO", "OP", Y3, Y3, Y3, Y3}},
    {"assigned", assign_all, EARLY, {"SE", "SE", Y3, Y3, Y3, Y3}},
    {"written off", write_off_overdue, EARLY, {Y1, "WO", Y3, Y3, Y3, Y3}},
    {"written off before it is due", write_off_overdue, LATE, {Y1, Y6, Y3, Y3, Y3, Y3}},
    {"demanded", demand, EARLY, {Y1, "OP", Y3, Y3, Y3, "WO"}},
    {"disputed", dispute, EARLY, {Y1, "OP", Y3, Y3, Y3, Y3}},
    {"dispute upheld", resolve_upheld, EARLY, {Y5, "OP", Y5, Y5, Y5, Y5}},
    {"dispute cancelled", resolve_cancelled, EARLY, {Y5, "EX", Y5, Y5, Y5, Y5}},
    {"waived in part", waive_part, EARLY, {"CO", "OP", Y3, Y3, Y3, "WO"}},
    {"waived", waive_all, EARLY, {"WA", "WA", Y3, Y3, Y3, "WA"}},
    {"waiver refused", waive_refused, EARLY, {"CO", "OP", Y3, Y3, Y3, "WO"}},
    {"rescheduled", reschedule, EARLY, {"CO", "OP", Y3, Y3, Y3, Y3}},
    {"interest.assessed", assess, EARLY, {Y1, "OP", "SE", Y3, Y3, Y3}},
    {"terminated after it fell due", terminate, EARLY, {"EX", "OP", "SE", "EX", "WA", "WO"}},
    {"terminated before it falls due", terminate, LATE, {"EX", "EX", "SE", "EX", "WA", "WO"}},
    {"trial declined", decline, LATE, {"EX", "OP", "SE", "EX", "WA", "WO"}},
    {"contract.voided", make_void, EARLY, {"EX", "EX", "SE", "EX", "WA", "EX"}},
    {"contract.novated", novate, EARLY, {"CO", "OP", "SE", "EX", "WA", "WO"}},
    {"invalidated after it fell due", invalidate, EARLY, {"EX", "OP", "SE", "EX", "WA", "WO"}},
    {"invalidated before it falls due", invalidate, LATE, {"EX", "EX", "SE", "EX", "WA", "WO"}},
};
#define ACTS (sizeof(acts) / sizeof(acts[0]))

static void check_cell(struct office *office, unsigned act, unsigned state)
{
    struct cell cell;
    const char *expected = acts[act].cells[state];
    begin_cell(&cell, office, act, state, acts[act].due);
    bring_to(&cell, (enum obligation_state)state);
    enum status status = acts[act].act(&cell);
    const char *actual = status == STATUS_OK ? state_codes[state_now(&cell)] : status_name(status);
    if (strcmp(actual, expected) != 0) {
        fail_msg("%s, in %s: %s instead of %s", acts[act].name, state_codes[state], actual,
                 expected);
    }
    if (status != STATUS_OK) { /* refused: nothing changed */
        assert_int_equal(state_now(&cell), state);
    }
}

static void every_act_in_every_state(void **state)
{
    unsigned checked = 0;
    for (unsigned act = 0; act < ACTS; act++) {
        for (unsigned s = 0; s < STATES; s++) {
            if (acts[act].cells[s] != NULL) {
                check_cell(*state, act, s);
                checked++;
            }
        }
    }
    assert_int_equal(checked, 6 * ACTS - 19);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_act_in_every_state, office_open, office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
