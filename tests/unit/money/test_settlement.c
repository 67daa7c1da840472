/* Debts that end, shrink or pass on without money, and lines of payments that are taken back
 * (domain 3.2, 4.13, rulings 14, 38): what is refused and why, and what the figures become. */

#include "tests/unit/money/desk.h"

#include <stdio.h>

static const char acknowledged[] =
    "{'type':'obligation.acknowledged','agg':'c','data':{'no':%d,'amount_fen':%d,'on':'%s',"
    "'by':'firm'}}";
static const char written_off[] =
    "{'type':'obligation.written_off','agg':'c','effective':'%s','data':{'no':%d,'amount_fen':%d,"
    "'reason':'insolvent'}}";
static const char set_off[] =
    "{'type':'obligation.set_off','agg':'c','effective':'%s','data':{'no':%d,'amount_fen':%d,"
    "'notice':'letter','other':{'owner':'%s','no':%d}}}";
static const char assigned[] =
    "{'type':'obligation.assigned','agg':'c','effective':'%s','data':{'no':%d,'amount_fen':%d,"
    "'new_creditor':'%s','notice':'letter'}}";
static const char unapplied[] =
    "{'type':'payment.unapplied','agg':'%s','effective':'%s','data':{'alloc':["
    "{'owner':'c','no':%d,'amount_fen':%d}]}}";

/* univ owes firm: what firm can set off. */
static void owe_back(struct office *office, int no, int amount, const char *due)
{
    ACCEPT(office,
           "{'type':'obligation.scheduled','agg':'c','effective':'2026-01-01','data':{'no':%d,"
           "'kind':'expense','debtor':'univ','creditor':'firm','amount_fen':%d%s%s%s}}",
           no, amount, due[0] == '\0' ? "" : ",'due':{'base':'date','date':'", due,
           due[0] == '\0' ? "" : "'}");
}

static void acknowledgements(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000, "2026-01-12");
    desk_pay(office, "p", 300, "2026-04-01", "[{'owner':'c','no':1,'amount_fen':300}]");
    ACCEPT(office, acknowledged, 1, 1000, "2026-03-31"); /* on that day it was so */
    assert_true(unflagged(office));
    ACCEPT(office, acknowledged, 1, 1000, "2026-04-01");
    assert_true(flagged(office, WARNING_ACK_DIFFERS));
    ACCEPT(office, acknowledged, 1, 700, "2026-04-02");
    assert_true(unflagged(office));
    ACCEPT(office, written_off, "2026-05-06", 1, 200);
    ACCEPT(office, acknowledged, 1, 700, "2026-05-07"); /* written off, and still the debt */
    assert_true(unflagged(office));
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.no", acknowledged, 9, 700, "2026-05-07");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.by",
           "{'type':'obligation.acknowledged','agg':'c','data':{'no':1,'amount_fen':1,"
           "'on':'2026-05-07','by':'nobody'}}");
    assert_int_equal(desk_figures(office, "c", 1, "2026-06-01").outstanding, 500);
}

static void write_offs(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000, "2026-03-02");
    owe_back(office, 2, 500, "");
    REFUSE(office, E_NOT_DUE, "data.no", written_off, "2026-03-02", 1, 1000);
    assert_non_null(strstr(office->fault.detail, "due=2026-03-02"));
    assert_string_equal(office->fault.state, "obligation OPEN");
    REFUSE(office, E_NOT_DUE, "data.no", written_off, "2026-03-03", 2, 1);
    assert_non_null(strstr(office->fault.legal, "obligation.demanded"));
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.amount_fen", written_off, "2026-03-03", 1, 1001);
    ACCEPT(office, written_off, "2026-03-03", 1, 400);
    assert_int_equal(desk_figures(office, "c", 1, "2026-03-03").state, OBLIGATION_OPEN);
    ACCEPT(office, written_off, "2026-03-04", 1, 600);
    struct obligation_figures f = desk_figures(office, "c", 1, "2026-03-04");
    assert_int_equal(f.state, OBLIGATION_WRITTEN_OFF);
    assert_int_equal(f.written_off, 1000);
    /* A recovery moves it to paid; more than was written off cannot come. */
    REFUSE(office, E_OVER_ALLOCATION, "data.alloc[0].amount_fen",
           "{'type':'payment.received','agg':'p','data':{'payer':'firm','payee':'univ',"
           "'currency':'CNY','amount_fen':2000,'value_date':'2026-05-06','alloc':["
           "{'owner':'c','no':1,'amount_fen':1001}]}}");
    desk_pay(office, "p", 700, "2026-05-06", "[{'owner':'c','no':1,'amount_fen':700}]");
    f = desk_figures(office, "c", 1, "2026-05-06");
    assert_int_equal(f.written_off, 300);
    assert_int_equal(f.paid, 700);
    assert_int_equal(f.state, OBLIGATION_WRITTEN_OFF);
    ACCEPT(office, unapplied, "p", "2026-06-01", 1, 200);
    f = desk_figures(office, "c", 1, "2026-06-01");
    assert_int_equal(f.written_off, 500);
    assert_int_equal(f.paid, 500);
    assert_int_equal(desk_figures(office, "c", 1, "2026-05-31").paid, 700);
}

static void a_set_off_takes_from_both_sides(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000, "2026-09-01");
    owe_back(office, 2, 600, "2026-03-02");
    owe_back(office, 3, 600, "");
    REFUSE(office, E_NOT_DUE, "data.other.no", set_off, "2026-02-27", 1, 600, "c", 2);
    REFUSE(office, E_NOT_DUE, "data.other.no", set_off, "2026-03-02", 1, 600, "c", 3);
    /* univ's own claim, no 1, is not due: it cannot be the one that is asserted. */
    REFUSE(office, E_NOT_DUE, "data.other.no", set_off, "2026-03-02", 2, 600, "c", 1);
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.amount_fen", set_off, "2026-03-02", 1, 601, "c", 2);
    REFUSE(office, E_BAD_FIELD, "data.other", set_off, "2026-03-02", 1, 600, "c", 1);
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.other.no", set_off, "2026-03-02", 1, 1, "c", 7);
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.other.owner", set_off, "2026-03-02", 1, 1, "x", 2);
    ACCEPT(office, set_off, "2026-03-02", 1, 600, "c", 2);
    struct obligation_figures debt = desk_figures(office, "c", 1, "2026-03-02");
    struct obligation_figures claim = desk_figures(office, "c", 2, "2026-03-02");
    assert_int_equal(debt.set_off, 600);
    assert_int_equal(debt.outstanding, 400);
    assert_int_equal(claim.set_off, 600);
    assert_int_equal(claim.state, OBLIGATION_SETTLED);
    assert_int_equal(desk_figures(office, "c", 2, "2026-03-01").outstanding, 600);
    REFUSE(office, E_OBL_CLOSED, "data.other.no", set_off, "2026-03-03", 1, 1, "c", 2);
}

static void a_set_off_needs_one_currency(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_sign(office, "d", "'currency':'USD'");
    desk_owe(office, "c", 1, 1000, "2026-02-02");
    ACCEPT(office, "{'type':'obligation.scheduled','agg':'d','effective':'2026-01-01','data':{"
                   "'no':1,'kind':'expense','debtor':'univ','creditor':'firm','amount_fen':500,"
                   "'due':{'base':'date','date':'2026-02-02'}}}");
    REFUSE(office, E_CURRENCY_MISMATCH, "data.other", set_off, "2026-03-02", 1, 500, "d", 1);
    assert_non_null(strstr(office->fault.detail, "obligation=CNY other=USD"));
}

static void an_assigned_part_is_an_obligation(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000, "2026-03-02");
    desk_pay(office, "p", 100, "2026-02-02", "[{'owner':'c','no':1,'amount_fen':100}]");
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.amount_fen", assigned, "2026-04-01", 1, 901, "insurer");
    REFUSE(office, E_SELF_DEAL, "data.new_creditor", assigned, "2026-04-01", 1, 9, "firm");
    REFUSE(office, E_BAD_FIELD, "data.new_creditor", assigned, "2026-04-01", 1, 9, "univ");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.new_creditor", assigned, "2026-04-01", 1, 9, "x");
    ACCEPT(office,
           "{'type':'obligation.disputed','agg':'c','effective':'2026-03-15','data':{'no':1,"
           "'amount_fen':500}}");
    ACCEPT(office, assigned, "2026-04-01", 1, 700, "insurer");
    struct obligation_figures rest = desk_figures(office, "c", 1, "2026-04-01");
    struct obligation_figures part = desk_figures(office, "c", 2, "2026-04-01");
    assert_int_equal(rest.scheduled, 300);
    assert_int_equal(rest.outstanding, 200);
    assert_int_equal(rest.disputed, 200);
    assert_int_equal(part.outstanding, 700);
    assert_int_equal(part.disputed, 300); /* 500 in all, as before */
    assert_int_equal(part.due, day("2026-03-02"));
    assert_int_equal(part.terms->creditor, aggregate_of(office, KIND_party, "insurer"));
    assert_int_equal(part.terms->debtor, aggregate_of(office, KIND_party, "firm"));
    assert_int_equal(desk_figures(office, "c", 1, "2026-03-31").scheduled, 1000);
}

/* The part falls due when the whole would have. */
static void an_assigned_part_keeps_its_due_date(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000, "2026-03-02");
    ACCEPT(office, "{'type':'obligation.rescheduled','agg':'c','effective':'2026-02-02','data':{"
                   "'no':1,'new_due':'2026-08-08'}}"); /* a Saturday */
    ACCEPT(office, assigned, "2026-04-01", 1, 400, "insurer");
    assert_int_equal(desk_figures(office, "c", 2, "2026-04-01").due, day("2026-08-10"));
    ACCEPT(office, "{'type':'obligation.scheduled','agg':'c','effective':'2026-01-01','data':{"
                   "'no':3,'kind':'conditional','debtor':'firm','creditor':'univ',"
                   "'amount_fen':1000,'condition':'effect','due':{'base':'date',"
                   "'date':'2026-04-01'}}}");
    ACCEPT(office, assigned, "2026-04-01", 3, 400, "insurer"); /* while it waits */
    assert_int_equal(desk_figures(office, "c", 4, "2026-04-01").contingent, 400);
    ACCEPT(office, "{'type':'effect.evaluated','agg':'c','data':{'verdict':'reached',"
                   "'evaluator':'both','on':'2026-05-20'}}");
    assert_int_equal(desk_figures(office, "c", 3, "2026-05-20").outstanding, 600);
    assert_int_equal(desk_figures(office, "c", 4, "2026-05-20").due, day("2026-05-20"));
    ACCEPT(office, assigned, "2026-09-01", 3, 100, "insurer"); /* long after it was met */
    assert_int_equal(desk_figures(office, "c", 5, "2026-09-01").due, day("2026-05-20"));
    assert_int_equal(desk_figures(office, "c", 5, "2026-09-01").outstanding, 100);
}

/* 0.05 % a day: to the day of the assignment the old creditor's, then each on its own part. */
static void interest_of_an_assigned_part(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "'late':{'daily_ppm':500,'cap_ppm_of_principal':50000}");
    desk_owe(office, "c", 1, 1000000, "2026-03-02");
    ACCEPT(office, assigned, "2026-04-01", 1, 1000000, "insurer");
    assert_int_equal(desk_figures(office, "c", 1, "2026-04-01").interest_due, 15000);
    assert_int_equal(desk_figures(office, "c", 2, "2026-04-01").interest_due, 0);
    assert_int_equal(desk_figures(office, "c", 1, "2026-05-01").interest_due, 15000);
    assert_int_equal(desk_figures(office, "c", 2, "2026-05-01").interest_due, 15000);
}

static void lines_taken_back(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "'late':{'daily_ppm':500}");
    desk_owe(office, "c", 1, 1000000, "2026-03-02");
    desk_owe(office, "c", 2, 500000, "2026-03-02");
    desk_pay(office, "p", 1000000, "2026-03-02", "[{'owner':'c','no':1,'amount_fen':1000000}]");
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.alloc[0].amount_fen", unapplied, "p", "2026-04-01", 1,
           1000001);
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.alloc[0].amount_fen", unapplied, "p", "2026-04-01", 2,
           1);
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.alloc[0].no", unapplied, "p", "2026-04-01", 7, 1);
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.alloc[1].amount_fen",
           "{'type':'payment.unapplied','agg':'p','effective':'2026-04-01','data':{'alloc':["
           "{'owner':'c','no':1,'amount_fen':600000},{'owner':'c','no':1,'amount_fen':400001}]}}");
    ACCEPT(office, unapplied, "p", "2026-04-01", 1, 400000);
    struct obligation_figures f = desk_figures(office, "c", 1, "2026-04-01");
    assert_int_equal(f.paid, 600000);
    assert_int_equal(f.outstanding, 400000);
    assert_int_equal(f.interest_due, 6000); /* as if the line had never been: 30 days */
    assert_int_equal(desk_figures(office, "c", 1, "2026-03-31").interest_due, 0);
    assert_int_equal(desk_credit(office, "p", "2026-04-01"), 400000);
    assert_int_equal(desk_credit(office, "p", "2026-03-31"), 0);
    /* It cannot be used before it was there again. */
    ACCEPT(office, "{'type':'payment.applied','agg':'p','effective':'2026-03-05','data':{'alloc':["
                   "{'owner':'c','no':2,'amount_fen':400000}]}}");
    assert_int_equal(desk_figures(office, "c", 2, "2026-03-31").paid, 0);
    assert_int_equal(desk_credit(office, "p", "2026-03-31"), 0);
    assert_int_equal(desk_credit(office, "p", "2026-04-01"), 0);
    assert_int_equal(desk_figures(office, "c", 2, "2026-04-01").paid, 400000 - 7500);
}

/* A payment that comes back takes each line back once, whatever went to credit before. */
static void a_return_after_a_line_was_taken_back(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000, "2026-03-02");
    desk_pay(office, "p", 600, "2026-03-02", "[{'owner':'c','no':1,'amount_fen':400}]");
    ACCEPT(office, "{'type':'payment.applied','agg':'p','effective':'2026-05-06','data':{'alloc':["
                   "{'owner':'c','no':1,'amount_fen':200}]}}");
    ACCEPT(office, unapplied, "p", "2026-04-01", 1, 300);
    assert_int_equal(desk_figures(office, "c", 1, "2026-04-01").paid, 100);
    assert_int_equal(desk_figures(office, "c", 1, "2026-05-06").paid, 300);
    ACCEPT(office, "{'type':'payment.returned','agg':'p','data':{'reason':'x',"
                   "'value_date':'2026-04-02'}}");
    static const char *const days[] = {"2026-04-01", "2026-04-02", "2026-05-05", "2026-05-06"};
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
        assert_int_equal(desk_figures(office, "c", 1, days[i]).paid, i == 0 ? 100 : 0);
        assert_int_equal(desk_credit(office, "p", days[i]), i == 0 ? 500 : 0);
    }
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.alloc[0].amount_fen", unapplied, "p", "2026-06-01", 1,
           1);
}

/* What the rest of was waived or written off is owed again when a line goes (ruling 38). */
static void a_waived_rest_and_a_line_that_goes(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000, "2026-03-02");
    desk_pay(office, "p", 400, "2026-03-02", "[{'owner':'c','no':1,'amount_fen':400}]");
    ACCEPT(office, "{'type':'obligation.waived','agg':'c','effective':'2026-03-03','data':{'no':1,"
                   "'amount_fen':600}}");
    assert_int_equal(desk_figures(office, "c", 1, "2026-03-03").state, OBLIGATION_WAIVED);
    ACCEPT(office, unapplied, "p", "2026-04-01", 1, 400);
    struct obligation_figures f = desk_figures(office, "c", 1, "2026-04-01");
    assert_int_equal(f.state, OBLIGATION_OPEN);
    assert_int_equal(f.outstanding, 400);
    assert_int_equal(f.waived, 600);
}

/* ---- reversals ---- */

static const char reverse[] =
    "{'type':'event.reversed','agg':'c','data':{'event_id':'%s','reason':'wrong'}}";

/* Post, reverse, post again: the figures are those of the first time. */
static void reversed_and_posted_again(void **state)
{
    struct office *office = *state;
    static const char *const events[] = {
        "{'type':'obligation.set_off','agg':'c','effective':'2026-04-01','data':{'no':1,"
        "'amount_fen':300,'notice':'x','other':{'owner':'c','no':2}}}",
        "{'type':'obligation.assigned','agg':'c','effective':'2026-04-01','data':{'no':1,"
        "'amount_fen':300,'notice':'x','new_creditor':'insurer'}}",
        "{'type':'obligation.written_off','agg':'c','effective':'2026-04-01','data':{"
        "'no':1,'amount_fen':300,'reason':'x'}}",
        "{'type':'obligation.acknowledged','agg':'c','data':{'no':1,'amount_fen':300,"
        "'on':'2026-04-01','by':'firm'}}",
        "{'type':'payment.unapplied','agg':'p','effective':'2026-04-01','data':{'alloc':"
        "[{'owner':'c','no':1,'amount_fen':300}]}}",
    };
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000, "2026-03-02");
    owe_back(office, 2, 600, "2026-03-02");
    desk_pay(office, "p", 400, "2026-03-02", "[{'owner':'c','no':1,'amount_fen':400}]");
    struct obligation_figures before = desk_figures(office, "c", 1, "2026-11-30");
    for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
        struct obligation_figures after[2];
        for (int turn = 0; turn < 2; turn++) {
            char id[16];
            (void)snprintf(id, sizeof(id), "e%zu-%d", i, turn);
            json_t *event = json_of("%s", events[i]);
            json_object_set_new(event, "id", json_string(id));
            assert_int_equal(post_json(office, event), STATUS_OK);
            after[turn] = desk_figures(office, "c", 1, "2026-11-30");
            ACCEPT(office, reverse, id);
            struct obligation_figures now = desk_figures(office, "c", 1, "2026-11-30");
            assert_int_equal(now.outstanding, before.outstanding);
            assert_int_equal(now.scheduled, before.scheduled);
            assert_int_equal(now.paid, before.paid);
            assert_int_equal(desk_figures(office, "c", 2, "2026-11-30").outstanding, 600);
            assert_int_equal(desk_credit(office, "p", "2026-11-30"), 0);
        }
        assert_int_equal(after[0].outstanding, after[1].outstanding);
        assert_int_equal(after[0].scheduled, after[1].scheduled);
        assert_int_equal(after[0].set_off, after[1].set_off);
        assert_int_equal(after[0].written_off, after[1].written_off);
        assert_int_equal(after[0].paid, after[1].paid);
    }
}

static void what_others_stand_on_is_not_reversed(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    desk_owe(office, "c", 1, 1000, "2026-03-02");
    ACCEPT(office, "{'id':'a','type':'obligation.assigned','agg':'c','effective':'2026-04-01',"
                   "'data':{'no':1,'amount_fen':300,'notice':'x','new_creditor':'insurer'}}");
    ACCEPT(office, "{'id':'q','type':'payment.received','agg':'q','data':{'payer':'firm',"
                   "'payee':'insurer','currency':'CNY','amount_fen':300,"
                   "'value_date':'2026-05-06'}}"); /* appropriated to the assigned part */
    assert_int_equal(desk_figures(office, "c", 2, "2026-05-06").paid, 300);
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id", reverse, "a");
    ACCEPT(office, "{'id':'u','type':'payment.unapplied','agg':'q','effective':'2026-05-07',"
                   "'data':{'alloc':[{'owner':'c','no':2,'amount_fen':300}]}}");
    ACCEPT(office, "{'id':'z','type':'payment.refunded','agg':'q','effective':'2026-05-08',"
                   "'data':{'amount_fen':300}}");
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id", reverse, "u");
    ACCEPT(office, reverse, "z");
    ACCEPT(office, reverse, "u");
    ACCEPT(office, reverse, "q");
    ACCEPT(office, reverse, "a");
    assert_int_equal(desk_figures(office, "c", 1, "2026-11-30").outstanding, 1000);
}

/* A write-off needs that it was overdue: the milestone that made it so stays. */
static void what_made_it_due_is_not_reversed(void **state)
{
    struct office *office = *state;
    desk_sign(office, "c", "");
    ACCEPT(office, "{'type':'obligation.scheduled','agg':'c','effective':'2026-01-01','data':{"
                   "'no':1,'kind':'milestone','debtor':'firm','creditor':'univ','amount_fen':500,"
                   "'due':{'base':'milestone:m1','n':10,'unit':'d'}}}");
    REFUSE(office, E_NOT_DUE, "data.no", written_off, "2026-04-01", 1, 500);
    ACCEPT(office, "{'id':'m','type':'milestone.reached','agg':'c','data':{'milestone':'m1',"
                   "'on':'2026-03-02'}}");
    ACCEPT(office, written_off, "2026-04-01", 1, 500);
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id", reverse, "m");
}

/* A demand needs that something is owed: what opened a settled debt again stays. Where it was open
 * anyway, it does not matter. */
static void what_opened_a_debt_again_is_not_reversed(void **state)
{
    struct office *office = *state;
    static const char demand[] =
        "{'type':'obligation.demanded','agg':'c','data':{'no':%d,'on':'2026-05-06','by':'univ'}}";
    desk_sign(office, "c", "");
    for (int no = 1; no <= 2; no++) {
        desk_owe(office, "c", no, 1000, "2026-03-02");
    }
    desk_pay(office, "p", 1500, "2026-03-02",
             "[{'owner':'c','no':1,'amount_fen':1000},{'owner':'c','no':2,'amount_fen':500}]");
    for (int no = 1; no <= 2; no++) {
        json_t *event = json_of(unapplied, "p", "2026-04-01", no, 300);
        json_object_set_new(event, "id", json_string(no == 1 ? "settled" : "open"));
        assert_int_equal(post_json(office, event), STATUS_OK);
        ACCEPT(office, demand, no);
    }
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id", reverse, "settled");
    ACCEPT(office, reverse, "open");
}

/* ---- cover ---- */

static void a_refused_policy_secures_nothing(void **state)
{
    struct office *office = *state;
    static const char waive[] =
        "{'type':'obligation.waived','agg':'%s','effective':'2026-03-03','data':{'no':1,"
        "'amount_fen':1}}";
    static const char policy[] =
        "{'type':'policy.bound','agg':'pol','effective':'2026-01-02','data':{'insurer':'insurer',"
        "'holder':'firm','insured':['univ'],'product':'performance','contracts':['%s'],"
        "'sum_fen':1000,'cover_ppm':1000000,'premium_fen':10,'from':'2026-01-02',"
        "'to':'2026-12-31'}}";
    char bound[512];
    char waived[256];
    desk_sign(office, "c", "");
    desk_sign(office, "d", "");
    desk_owe(office, "c", 1, 1000, "2026-03-02");
    desk_owe(office, "d", 1, 1000, "2026-03-02");
    ACCEPT(office, waive, "c");
    assert_true(unflagged(office));
    (void)snprintf(bound, sizeof(bound), policy, "c");
    (void)snprintf(waived, sizeof(waived), waive, "c");
    /* The waiver looks for cover, and then the request is refused: nobody is 'x'. */
    assert_int_equal(post_batch(office,
                                "[%s,%s,{'type':'note.added','agg':'contract/x','data':{"
                                "'text':'t'}}]",
                                bound, waived),
                     STATUS_E_UNKNOWN_AGGREGATE);
    ACCEPT(office, waive, "c");
    assert_true(unflagged(office));
    ACCEPT(office, policy, "d");
    ACCEPT(office, waive, "c");
    assert_true(unflagged(office));
    ACCEPT(office, waive, "d");
    assert_true(flagged(office, WARNING_COVER_PREJUDICED));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)
    const struct CMUnitTest tests[] = {
        TEST(acknowledgements),
        TEST(write_offs),
        TEST(a_set_off_takes_from_both_sides),
        TEST(a_set_off_needs_one_currency),
        TEST(an_assigned_part_is_an_obligation),
        TEST(an_assigned_part_keeps_its_due_date),
        TEST(interest_of_an_assigned_part),
        TEST(lines_taken_back),
        TEST(a_return_after_a_line_was_taken_back),
        TEST(a_waived_rest_and_a_line_that_goes),
        TEST(reversed_and_posted_again),
        TEST(what_others_stand_on_is_not_reversed),
        TEST(what_made_it_due_is_not_reversed),
        TEST(what_opened_a_debt_again_is_not_reversed),
        TEST(a_refused_policy_secures_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
