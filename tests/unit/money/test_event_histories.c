/* Random events, most of them legal, through the ledger as the daemon would take them.
 *
 *   P1  After each event, at any viewpoint: O1 of obligation.h, no column negative.
 *   P2  No fen is lost: what payments have put on an obligation is what it says was paid, interest
 *       included, or its excess; and no payment ever shows less than no credit.
 *   P3  A reversal brings back the figures from before the event that it reverses.
 *   P5  The list of a payer's open debts is what looking at all of them would find.
 *   P4  A refused request leaves the facts as they were; folding the log again gives them too.
 *
 * A failure prints the seed. */

#include "tests/unit/money/desk.h"

#include <stdio.h>

#include "daemon/ledger/owing.h"
#include "daemon/ledger/payment.h"
#include "tests/support/effort.h"
#include "tests/support/ledger_dump.h"

#define SEEDS effort(100, 20)
#define EVENTS 160u
#define CONTRACTS 2u
#define NUMBERS 6u
#define PAYMENTS 9u
#define DAYS 320u

static uint64_t rng;

static uint32_t draw(uint32_t below)
{
    rng += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = rng;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ (z >> 31)) % below);
}

struct days {
    char text[11];
};

static struct days any_day(void)
{
    struct days days = {0};
    date_format(day("2026-01-01") + (int32_t)draw(DAYS), days.text);
    return days;
}

/* ---- events ---- */

static void sign_all(struct office *office)
{
    static const char *const late[] = {"'late':{'daily_ppm':500}",
                                       "'late':{'annual_ppm':60000,'alloc':'principal_first'}",
                                       "'late':{'lpr_x_ppm':1500000,'cap_ppm_of_principal':5000}"};
    ACCEPT(office, "{'type':'rate.published','agg':'r','data':{'kind':'lpr_1y','value_ppm':31000,"
                   "'from':'2024-10-21'}}");
    for (unsigned c = 0; c < CONTRACTS; c++) {
        char more[512];
        char id[8];
        (void)snprintf(id, sizeof(id), "c%u", c);
        (void)snprintf(more, sizeof(more),
                       "%s,'round':'%s','royalty':{'base':'net_sales','period':'quarter',"
                       "'min_year_fen':9000,'tiers':[{'upto_fen':50000,'rate_ppm':50000},"
                       "{'rate_ppm':20000}]}",
                       late[draw(3)], draw(2) == 0 ? "half_even" : "down");
        desk_sign(office, id, more);
    }
}

static enum status schedule(struct office *office)
{
    static const char *const conditions[] = {"none",   "none",       "none",
                                             "effect", "first_sale", "milestone:m1"};
    static const char *const ends[] = {"survive", "extinguish", "prorate"};
    char amount[24];
    (void)snprintf(amount, sizeof(amount), "%u", draw(90000));
    return post(office,
                "{'type':'obligation.scheduled','agg':'c%u','effective':'%s','data':{'no':%u,"
                "'kind':'lump','debtor':'firm','creditor':'univ','amount_fen':%s,"
                "'condition':'%s','on_termination':'%s','accrual_from':'2026-01-01',"
                "'accrual_to':'2026-12-31'}}",
                draw(CONTRACTS), any_day().text, 1 + draw(NUMBERS), draw(8) == 0 ? "null" : amount,
                conditions[draw(6)], ends[draw(3)]);
}

static enum status schedule_due(struct office *office)
{
    return post(office,
                "{'type':'obligation.scheduled','agg':'c%u','effective':'%s','data':{'no':%u,"
                "'kind':'lump','debtor':'firm','creditor':'univ','amount_fen':%u,"
                "'due':{'base':'date','date':'%s'}}}",
                draw(CONTRACTS), any_day().text, 1 + draw(NUMBERS), draw(90000), any_day().text);
}

static enum status receive(struct office *office)
{
    char alloc[256];
    (void)snprintf(alloc, sizeof(alloc),
                   ",'alloc':[{'owner':'c%u','no':%u,'amount_fen':%u},"
                   "{'owner':'c%u','no':%u,'amount_fen':%u}]",
                   draw(CONTRACTS), 1 + draw(NUMBERS), draw(20000), draw(CONTRACTS),
                   1 + draw(NUMBERS), draw(20000));
    return post(office,
                "{'type':'payment.received','agg':'p%u','data':{'payer':'firm','payee':'univ',"
                "'currency':'CNY','amount_fen':%u,'value_date':'%s'%s}}",
                draw(PAYMENTS), 30000 + draw(60000), any_day().text,
                draw(3) == 0   ? ""
                : draw(4) == 0 ? ",'alloc':[]"
                               : alloc);
}

static enum status apply(struct office *office)
{
    return post(office,
                "{'type':'payment.applied','agg':'p%u','effective':'%s','data':{'alloc':["
                "{'owner':'c%u','no':%u,'amount_fen':%u}]}}",
                draw(PAYMENTS), any_day().text, draw(CONTRACTS), 1 + draw(NUMBERS), draw(30000));
}

static enum status give_back(struct office *office)
{
    return post(office,
                "{'type':'payment.returned','agg':'p%u','data':{'reason':'x','value_date':'%s'}}",
                draw(PAYMENTS), any_day().text);
}

static enum status refund(struct office *office)
{
    char from[96];
    (void)snprintf(from, sizeof(from), ",'from':'obligation','owner':'c%u','no':%u,'reopen':%s",
                   draw(CONTRACTS), 1 + draw(NUMBERS), draw(2) == 0 ? "true" : "false");
    return post(office,
                "{'type':'payment.refunded','agg':'p%u','effective':'%s','data':{'amount_fen':%u"
                "%s}}",
                draw(PAYMENTS), any_day().text, draw(6000), draw(3) == 0 ? "" : from);
}

static enum status say(struct office *office)
{
    static const struct {
        const char *type, *data;
    } acts[] = {
        {"disputed", "'amount_fen':3000"},
        {"dispute_resolved", "'outcome':'cancelled'"},
        {"dispute_resolved", "'outcome':'reduced','reduce_fen':700"},
        {"waived", "'amount_fen':2500"},
        {"rescheduled", "'new_due':'2026-07-01','keep_interest':true"},
        {"rescheduled", "'new_due':'2026-05-01'"},
        {"demanded", "'by':'univ'"},
        {"acknowledged", "'amount_fen':900,'by':'firm'"},
        {"written_off", "'amount_fen':1500,'reason':'x'"},
        {"assigned", "'amount_fen':1100,'new_creditor':'insurer','notice':'x'"},
    };
    uint32_t act = draw(sizeof(acts) / sizeof(acts[0]));
    bool dated = act == 6 || act == 7;
    return post(office, "{'type':'obligation.%s','agg':'c%u'%s%s%s,'data':{'no':%u,%s%s%s%s}}",
                acts[act].type, draw(CONTRACTS), dated ? "" : ",'effective':'",
                dated ? "" : any_day().text, dated ? "" : "'", 1 + draw(NUMBERS), acts[act].data,
                dated ? ",'on':'" : "", dated ? any_day().text : "", dated ? "'" : "");
}

static enum status schedule_other_way(struct office *office)
{
    return post(office,
                "{'type':'obligation.scheduled','agg':'c%u','effective':'%s','data':{'no':%u,"
                "'kind':'expense','debtor':'univ','creditor':'firm','amount_fen':%u,"
                "'due':{'base':'date','date':'%s'}}}",
                draw(CONTRACTS), any_day().text, 1 + draw(NUMBERS), draw(30000), any_day().text);
}

static enum status set_off(struct office *office)
{
    return post(office,
                "{'type':'obligation.set_off','agg':'c%u','effective':'%s','data':{'no':%u,"
                "'amount_fen':%u,'notice':'x','other':{'owner':'c%u','no':%u}}}",
                draw(CONTRACTS), any_day().text, 1 + draw(NUMBERS), draw(2000), draw(CONTRACTS),
                1 + draw(NUMBERS));
}

static enum status unapply(struct office *office)
{
    return post(office,
                "{'type':'payment.unapplied','agg':'p%u','effective':'%s','data':{'alloc':["
                "{'owner':'c%u','no':%u,'amount_fen':%u}]}}",
                draw(PAYMENTS), any_day().text, draw(CONTRACTS), 1 + draw(NUMBERS), draw(9000));
}

static enum status mark(struct office *office)
{
    if (draw(2) == 0) {
        return post(office,
                    "{'type':'rate.published','agg':'r%u','data':{'kind':'lpr_1y','value_ppm':%u,"
                    "'from':'%s'}}",
                    draw(1000000), 20000 + draw(30000), any_day().text);
    }
    return post(office,
                "{'type':'calendar.day_marked','agg':'d%u','data':{'day':'%s',"
                "'kind':'holiday'}}",
                draw(1000000), any_day().text);
}

static enum status assess(struct office *office)
{
    return post(office,
                "{'type':'interest.assessed','agg':'c%u','effective':'%s','data':{'of':%u,"
                "'upto':'%s','amount_fen':%u,'agreed':true}}",
                draw(CONTRACTS), any_day().text, 1 + draw(NUMBERS), any_day().text, draw(900));
}

static enum status judge(struct office *office)
{
    static const char *const verdicts[] = {"'reached'", "'not_reached'",
                                           "'partial','share_ppm':333333"};
    return post(office,
                "{'type':'effect.evaluated','agg':'c%u','data':{'verdict':%s,'evaluator':'x',"
                "'on':'%s'}}",
                draw(CONTRACTS), verdicts[draw(3)], any_day().text);
}

static enum status report(struct office *office)
{
    static const char *const quarters[][2] = {{"2026-01-01", "2026-03-31"},
                                              {"2026-04-01", "2026-06-30"},
                                              {"2026-07-01", "2026-09-30"},
                                              {"2026-10-01", "2026-12-31"}};
    const char *const *quarter = quarters[draw(4)];
    if (draw(2) == 0) {
        return post(office,
                    "{'type':'usage.reported','agg':'c%u','effective':'%s','data':{"
                    "'period_start':'%s','period_end':'%s','base_fen':%u}}",
                    draw(CONTRACTS), any_day().text, quarter[0], quarter[1], draw(90000));
    }
    uint32_t royalty = draw(4000);
    return post(office,
                "{'type':'royalty.stated','agg':'c%u','effective':'%s','data':{'period':{"
                "'start':'%s','end':'%s'},'base':%u,'royalty_fen':%u,'due_fen':%u,'due':'%s',"
                "'agreed':true}}",
                draw(CONTRACTS), any_day().text, quarter[0], quarter[1], draw(90000), royalty,
                royalty, any_day().text);
}

static enum status end(struct office *office)
{
    if (draw(6) != 0) {
        return STATUS_E_ILLEGAL_STATE; /* seldom: it ends much */
    }
    return post(office,
                "{'type':'contract.terminated','agg':'c%u','data':{'basis':'agreed',"
                "'eff_date':'%s'}}",
                draw(CONTRACTS), any_day().text);
}

static enum status (*const kinds[])(struct office *office) = {mark,     schedule_other_way,
                                                              set_off,  set_off,
                                                              unapply,  unapply,
                                                              schedule, schedule_due,
                                                              receive,  receive,
                                                              receive,  apply,
                                                              apply,    give_back,
                                                              refund,   refund,
                                                              say,      say,
                                                              say,      assess,
                                                              judge,    report,
                                                              end};

static enum status reverse(struct office *office, size_t target)
{
    return post(office,
                "{'type':'event.reversed','agg':'contract/c0','data':{'event_id':'e%zu',"
                "'reason':'wrong'}}",
                target);
}

/* ---- what holds ---- */

static void check_columns(const struct obligation_figures *f)
{
    assert_int_equal(f->scheduled, f->contingent + f->extinguished + f->waived + f->written_off +
                                       f->set_off + f->paid + f->outstanding);
    const int64_t columns[] = {f->scheduled,   f->contingent, f->extinguished, f->waived,
                               f->written_off, f->set_off,    f->paid,         f->outstanding,
                               f->disputed,    f->excess,     f->interest_due, f->interest_paid};
    for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
        assert_true(columns[i] >= 0);
    }
    assert_true(f->disputed <= f->outstanding);
}

/* What all payments have on the obligation at the viewpoint. */
static int64_t put_on(struct office *office, uint32_t obligation, const struct viewpoint *view)
{
    int64_t sum = 0;
    for (unsigned p = 0; p < PAYMENTS; p++) {
        char id[8];
        (void)snprintf(id, sizeof(id), "p%u", p);
        uint32_t payment = aggregate_of(office, KIND_payment, id);
        sum += payment == AGGREGATE_NONE
                   ? 0
                   : payment_on(office->fixture.facts, payment, obligation, view);
    }
    return sum;
}

static void check_view(struct office *office, const struct viewpoint *view)
{
    const struct facts *facts = office->fixture.facts;
    for (uint64_t i = 0; i < facts_count(facts, FACT_OBLIGATION); i++) {
        struct obligation_figures f;
        obligation_evaluate(facts, (uint32_t)i, view, &f);
        if (f.visible) {
            check_columns(&f); /* P1 */
            assert_int_equal(put_on(office, (uint32_t)i, view),
                             f.paid + f.interest_paid + f.excess); /* P2 */
        }
    }
    for (unsigned p = 0; p < PAYMENTS; p++) {
        char id[8];
        (void)snprintf(id, sizeof(id), "p%u", p);
        uint32_t payment = aggregate_of(office, KIND_payment, id);
        assert_true(payment == AGGREGATE_NONE || payment_credit(facts, payment, view) >= 0);
    }
}

/* P5 */
static void check_debts(struct office *office)
{
    const struct facts *facts = office->fixture.facts;
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    uint32_t firm = aggregate_of(office, KIND_party, "firm");
    size_t count;
    size_t at = 0;
    const struct owing_entry *entries = owing_open(facts, firm, &count);
    for (uint64_t i = 0; i < facts_count(facts, FACT_OBLIGATION); i++) {
        struct obligation_figures f;
        obligation_evaluate(facts, (uint32_t)i, &now, &f);
        if (!f.visible || f.state != OBLIGATION_OPEN || f.terms->debtor != firm) {
            continue;
        }
        while (at < count && !entries[at].open) {
            at++;
        }
        assert_true(at < count);
        assert_int_equal(entries[at].obligation, i);
        assert_int_equal(entries[at].due, f.due);
        assert_int_equal(entries[at].creditor, f.terms->creditor);
        at++;
    }
    while (at < count && !entries[at].open) {
        at++;
    }
    assert_int_equal(at, count);
}

/* So many debts that a list of the open ones is kept. */
static void owe_much(struct office *office)
{
    for (unsigned i = 0; i < 2 * OWING_LISTED_FROM; i++) {
        desk_owe(office, "c0", 100 + (int)i, 1 + draw(50), any_day().text);
    }
}

static void check_views(struct office *office)
{
    check_debts(office);
    struct viewpoint view = viewpoint_now(office->fixture.facts, DAY_MAX);
    check_view(office, &view);
    for (int i = 0; i < 3; i++) {
        view.as_of = day("2025-12-20") + (int32_t)draw(DAYS + 60);
        view.known_at = draw(2) == 0 ? UINT64_MAX - 1
                                     : 1 + draw((uint32_t)facts_seq(office->fixture.facts) + 1);
        check_view(office, &view);
    }
}

/* Figures of all obligations in one number, as known now on a few days. */
static uint64_t figures_sum(struct office *office)
{
    const struct facts *facts = office->fixture.facts;
    uint64_t sum = 0;
    for (int32_t at = 0; at < (int32_t)DAYS + 80; at += 40) {
        struct viewpoint view = viewpoint_now(facts, day("2026-01-01") + at);
        for (uint64_t i = 0; i < facts_count(facts, FACT_OBLIGATION); i++) {
            struct obligation_figures f;
            obligation_evaluate(facts, (uint32_t)i, &view, &f);
            if (f.visible) {
                const int64_t all[] = {(int64_t)i,     at,
                                       f.scheduled,    f.contingent,
                                       f.extinguished, f.waived,
                                       f.written_off,  f.set_off,
                                       f.paid,         f.outstanding,
                                       f.excess,       f.disputed,
                                       f.interest_due, f.interest_paid,
                                       f.due,          f.opened,
                                       f.state};
                for (size_t n = 0; n < sizeof(all) / sizeof(all[0]); n++) {
                    sum = (sum ^ (uint64_t)all[n]) * UINT64_C(0x100000001b3);
                    sum ^= sum >> 29;
                }
            }
        }
    }
    return sum;
}

/* P4: a batch whose last event is refused. */
static void check_undo(struct office *office)
{
    struct ledger_dump before = ledger_dump_of(office->fixture.facts);
    enum status status = post_batch(
        office,
        "[{'type':'payment.received','agg':'new','data':{'payer':'firm','payee':'univ',"
        "'currency':'CNY','amount_fen':77777,'value_date':'%s','bank_ref':'B'}},"
        "{'type':'payment.returned','agg':'new','data':{'reason':'x','value_date':'%s'}},"
        "{'type':'payment.returned','agg':'new','data':{'reason':'x','value_date':'%s'}}]",
        any_day().text, any_day().text, any_day().text);
    assert_int_equal(status, STATUS_E_ALREADY_REVERSED);
    struct ledger_dump after = ledger_dump_of(office->fixture.facts);
    assert_true(ledger_dump_equal(&before, &after));
    ledger_dump_done(&before);
    ledger_dump_done(&after);
}

static void check_fold_again(struct office *office)
{
    struct ledger *again = ledger_new();
    for (size_t i = 0; i < office->fixture.log_count; i++) {
        struct event event;
        assert_int_equal(event_from_stored(office->fixture.log[i], &event), STATUS_OK);
        ledger_fold(again, &event);
    }
    struct ledger_dump live = ledger_dump_of(office->fixture.facts);
    struct ledger_dump folded = ledger_dump_of(ledger_facts(again));
    assert_true(ledger_dump_equal(&live, &folded));
    ledger_dump_done(&live);
    ledger_dump_done(&folded);
    ledger_free(again);
}

/* ---- histories ---- */

static unsigned play(struct office *office)
{
    unsigned reversed = 0;
    for (unsigned i = 0; i < 2 * CONTRACTS * NUMBERS; i++) {
        (void)(i % 3 == 0 ? schedule(office) : schedule_due(office));
    }
    for (unsigned i = 0; i < EVENTS; i++) {
        uint64_t before = figures_sum(office);
        if (kinds[draw(sizeof(kinds) / sizeof(kinds[0]))](office) != STATUS_OK) {
            continue;
        }
        check_views(office);
        size_t last = office->fixture.log_count;
        if (draw(5) == 0 && reverse(office, last) == STATUS_OK) {
            assert_true(figures_sum(office) == before); /* P3 */
            check_views(office);
            reversed++;
        }
        if (draw(9) == 0 && reverse(office, 1 + draw((uint32_t)last)) == STATUS_OK) {
            check_views(office);
            reversed++;
        }
    }
    return reversed;
}

static void every_history_adds_up(void **state)
{
    unsigned reversed = 0;
    (void)state;
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        void *opened = NULL;
        print_message("seed %u\n", seed);
        rng = seed;
        assert_int_equal(office_open(&opened), 0);
        sign_all(opened);
        if (seed % 10 == 0) {
            owe_much(opened);
        }
        reversed += play(opened);
        check_undo(opened);
        check_fold_again(opened);
        (void)office_close(&opened);
    }
    assert_true(reversed > SEEDS); /* it is not empty */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_history_adds_up)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
