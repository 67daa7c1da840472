/* A refused request leaves nothing, and the same log gives the same facts.
 *
 * Requests are made by seed from a small office's daily business; some of their events are wrong.
 * After each refused one every row, chain, count, name and text is as it was before. */

#include "tests/unit/lifecycle/office.h"

#include <stdio.h>
#include <stdlib.h>

#include "daemon/ledger/replay.h"
#include "tests/support/effort.h"
#include "tests/support/ledger_dump.h"

#define SEEDS effort(12, 2)
#define REQUESTS 150u
#define THINGS 5u

struct dice {
    uint64_t state;
};

static uint32_t roll(struct dice *dice, uint32_t sides)
{
    dice->state = dice->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(dice->state >> 33) % sides;
}

static const char *const events[] = {
    "{'type':'contract.drafted','agg':'C%u','effective':'2026-01-05','data':{'title':'d%u'}}",
    "{'type':'contract.took_effect','agg':'C%u','effective':'2026-01-20','data':{'reason':'%u'}}",
    "{'type':'contract.completed','agg':'C%u','data':{'accepted_on':'2026-03-0%u'}}",
    "{'type':'contract.terminated','agg':'C%u','data':{'basis':'breach','eff_date':'2026-04-0%u'}}",
    "{'type':'contract.registered','agg':'C%u','data':{'agency':'o','reg_no':'2026120000000%u',"
    "'reg_date':'2026-02-20','type':'license','total_fen':9,'tech_fen':1}}",
    "{'type':'contract.registration_changed','agg':'C%u','data':{'total_fen':%u}}",
    "{'type':'contract.registration_revoked','agg':'C%u','data':{'reason':'%u'}}",
    "{'type':'trial.started','agg':'C%u','data':{'start':'2026-02-01','end':'2026-06-0%u'}}",
    "{'type':'trial.converted','agg':'C%u','data':{'on':'2026-03-01','pay_mode':'lump',"
    "'obligations':[{'no':1%u,'kind':'lump','debtor':'firm','creditor':'univ','amount_fen':7,"
    "'due':{'base':'convert','n':1,'unit':'m'}}]}}",
    "{'type':'trial.declined','agg':'C%u','data':{'on':'2026-03-0%u','reason':'x'}}",
    "{'type':'effect.evaluated','agg':'C%u','data':{'verdict':'partial','share_ppm':%u00000,"
    "'evaluator':'lab','on':'2026-03-01'}}",
    "{'type':'milestone.reached','agg':'C%u','data':{'milestone':'m%u','on':'2026-03-01'}}",
    "{'type':'contract.amended','agg':'C%u','effective':'2026-03-01','data':{'amend_no':'1',"
    "'changes':{'department':'office %u'}}}",
    "{'type':'payment.received','agg':'P%u','data':{'payer':'firm','payee':'univ',"
    "'amount_fen':5,'currency':'CNY','value_date':'2026-03-01','bank_ref':'b%u'}}",
    "{'type':'payment.returned','agg':'P%u','data':{'reason':'%u','value_date':'2026-03-02'}}",
    "{'type':'need.published','agg':'N%u','data':{'party':'firm','text':'need %u'}}",
    "{'type':'party.registered','agg':'new%u','data':{'name':'new %u','kind':'natural'}}",
    "{'type':'party.updated','agg':'new%u','data':{'changed':{'zone':'zone %u'}}}",
    "{'type':'technology.published','agg':'t%u','data':{'title':'x%u','ip_kind':'invention',"
    "'owners':[{'party':'univ','share_ppm':1000000}]}}",
    "{'type':'technology.transferred','agg':'t%u','data':{'from':'univ','to':'inst',"
    "'share_ppm':%u00000}}",
    "{'type':'technology.invalidated','agg':'t%u','data':{'scope':'whole',"
    "'decision_date':'2026-05-0%u'}}",
    "{'type':'commission.agreed','agg':'C%u','data':{'broker':'broker','basis':'fixed',"
    "'amount_fen':%u}}",
    "{'type':'policy.bound','agg':'I%u','data':{'insurer':'insurer','holder':'firm','insured':"
    "['firm'],'product':'performance','sum_fen':1,'cover_ppm':1,'premium_fen':%u,"
    "'from':'2026-01-01','to':'2026-12-31','contracts':['C1']}}",
    "{'type':'calendar.day_marked','agg':'cn%u','data':{'day':'2026-10-0%u','kind':'holiday'}}",
    "{'type':'contract.suspended','agg':'C%u','effective':'2026-03-0%u','data':{}}",
    "{'type':'contract.resumed','agg':'C%u','effective':'2026-03-1%u','data':{}}",
    "{'type':'contract.voided','agg':'C%u','data':{'ruling':'r','date':'2026-05-0%u'}}",
    "{'type':'contract.novated','agg':'C%u','effective':'2026-03-0%u','data':{'role':'buyer',"
    "'from':'firm','to':'other'}}",
    "{'type':'contract.novated','agg':'C%u','effective':'2026-03-1%u','data':{'role':'buyer',"
    "'from':'other','to':'firm'}}",
    "{'type':'contract.registration_applied','agg':'C%u','data':{'applicant':'univ',"
    "'agency':'o','on':'2026-02-0%u'}}",
    "{'type':'contract.registration_rejected','agg':'C%u','data':{'reason':'%u'}}",
    "{'type':'contract.filed','agg':'C%u','data':{'action':'effective','filing_no':'X%u'}}",
    "{'type':'trial.extended','agg':'C%u','effective':'2026-03-01','data':{"
    "'new_end':'2026-07-0%u'}}",
    "{'type':'invoice.issued','agg':'C%u','effective':'2026-03-02','data':{'invoice_no':'%u',"
    "'issuer':'univ','kind':'other','amount_fen':5,'obligations':[2]}}",
    "{'type':'invoice.cancelled','agg':'C%u','effective':'2026-03-03','data':{'invoice_no':'%u',"
    "'issuer':'univ','reason':'x'}}",
    "{'type':'usage.reported','agg':'C%u','data':{'period_start':'2026-02-01',"
    "'period_end':'2026-02-1%u','base_fen':900}}",
    "{'type':'royalty.stated','agg':'C%u','effective':'2026-05-02','data':{'period':{"
    "'start':'2026-04-01','end':'2026-04-1%u'},'base':900,'royalty_fen':90,'due_fen':90,"
    "'due':'2026-06-01','agreed':true}}",
    "{'type':'royalty.audited','agg':'C%u','effective':'2026-05-05','data':{'period':{"
    "'start':'2026-04-01','end':'2026-04-1%u'},'corrected_base':700}}",
    "{'type':'x.note','agg':'x/%u','data':{'n':%u}}",
};
#define EVENTS (sizeof(events) / sizeof(events[0]))

static const char signing[] =
    "{'type':'contract.signed','agg':'C%u','data':{'title':'licence %u','type':'license',"
    "'sellers':[{'party':'univ','share_ppm':1000000}],'buyers':[{'party':'firm',"
    "'share_ppm':1000000}],'technologies':['t1'],'ip_kind':'invention','field':'electronics',"
    "'sign_date':'2026-01-10','effective_rule':'%s','term_start':'2026-01-10','currency':'CNY',"
    "'total_basis':'undetermined','pay_mode':'pending','trial':{'end':'2026-06-30'},"
    "'milestones':[{'id':'m1'},{'id':'m2'}],'territory':'Tianjin','royalty':{'base':'profit',"
    "'period':'month','tiers':[{'rate_ppm':100000}]},'obligations':[{'no':1,"
    "'kind':'conditional','debtor':'firm','creditor':'univ','amount_fen':100,"
    "'condition':'effect'},{'no':2,'kind':'lump','debtor':'firm','creditor':'univ',"
    "'amount_fen':50,'due':{'base':'date','date':'2026-02-02'}}]}}";

static const char reversing[] =
    "{'type':'event.reversed','agg':'any','data':{'event_id':'e%u','reason':'x'}}";

#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static int one_event(struct office *office, struct dice *dice, char *out, size_t size)
{
    uint32_t which = roll(dice, (uint32_t)EVENTS + 8);
    uint32_t thing = 1 + roll(dice, THINGS);
    uint32_t detail = 1 + roll(dice, 3);
    if (which < EVENTS) {
        return snprintf(out, size, events[which], thing, detail);
    }
    if (which < EVENTS + 5) {
        return snprintf(out, size, signing, thing, detail, detail == 1 ? "approval" : "immediate");
    }
    uint32_t seq = 1 + roll(dice, (uint32_t)facts_seq(office->fixture.facts));
    return snprintf(out, size, reversing, seq);
}

static void a_request(struct office *office, struct dice *dice, char *out, size_t size)
{
    size_t used = (size_t)snprintf(out, size, "[");
    uint32_t count = 1 + roll(dice, 3);
    for (uint32_t i = 0; i < count; i++) {
        used += (size_t)snprintf(out + used, size - used, i > 0 ? "," : "");
        used += (size_t)one_event(office, dice, out + used, size - used);
    }
    (void)snprintf(out + used, size - used, "]");
}

static void run(struct office *office, uint64_t seed, unsigned *refused, unsigned *accepted_count)
{
    static char request[32768];
    struct dice dice = {.state = seed * UINT64_C(0x9e3779b97f4a7c15)};
    for (unsigned i = 0; i < REQUESTS; i++) {
        a_request(office, &dice, request, sizeof(request));
        struct ledger_dump before = ledger_dump_of(office->fixture.facts);
        enum status status = post_batch(office, "%s", request);
        struct ledger_dump after = ledger_dump_of(office->fixture.facts);
        bool same = ledger_dump_equal(&before, &after);
        if (same != (status != STATUS_OK)) {
            print_error("seed %llu request %u: %s\n%s\n", (unsigned long long)seed, i,
                        status_name(status), request);
        }
        assert_true(same == (status != STATUS_OK));
        *(status == STATUS_OK ? accepted_count : refused) += 1;
        ledger_dump_done(&before);
        ledger_dump_done(&after);
    }
}

/* Replay stored forms into a new ledger, each from a buffer that then holds something else. */
static struct ledger *replayed(const struct ledger_fixture *fixture, size_t count)
{
    static uint8_t buffer[EVENT_BYTES_MAX];
    struct ledger *ledger = ledger_new();
    struct replay *replay = replay_new(ledger);
    for (size_t i = 0; i < count; i++) {
        const struct event *event;
        struct slice stored = fixture->log[i];
        memcpy(buffer, stored.data, stored.len);
        assert_int_equal(replay_take(replay, slice_of(buffer, stored.len), &event), STATUS_OK);
        assert_int_equal(event->seq, i + 1);
        memset(buffer, 0xc1, stored.len);
    }
    replay_end(replay);
    replay_free(replay);
    return ledger;
}

static void a_refused_request_leaves_nothing(void **state)
{
    (void)state;
    unsigned refused_count = 0;
    unsigned accepted_count = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        void *opened = NULL;
        (void)office_open(&opened);
        struct office *office = opened;
        run(office, seed, &refused_count, &accepted_count);

        struct ledger *again = replayed(&office->fixture, office->fixture.log_count);
        struct ledger_dump live = ledger_dump_of(office->fixture.facts);
        struct ledger_dump rebuilt = ledger_dump_of(ledger_facts(again));
        assert_true(ledger_dump_equal(&live, &rebuilt));
        ledger_dump_done(&live);
        ledger_dump_done(&rebuilt);
        ledger_free(again);
        (void)office_close(&opened);
    }
    print_message("%u accepted, %u refused\n", accepted_count, refused_count);
    assert_true(refused_count > 8 * SEEDS && accepted_count > 8 * SEEDS);
}

/* What cannot come next is said to be damage, whatever was taken before, and nothing is lost of
 * that. */
static void a_replay_takes_the_next_event_only(void **state)
{
    (void)state;
    unsigned ignored = 0;
    void *opened = NULL;
    (void)office_open(&opened);
    struct office *office = opened;
    run(office, 77, &ignored, &ignored);
    const struct slice *log = office->fixture.log;
    struct ledger *ledger = ledger_new();
    struct replay *replay = replay_new(ledger);
    const struct event *event;
    const size_t count = 2 * REPLAY_AHEAD + 1;
    assert_true(count < office->fixture.log_count);
    for (size_t i = 0; i < count; i++) {
        struct slice cut = slice_of(log[i].data, log[i].len - 1);
        assert_int_equal(replay_take(replay, log[i + 1], &event), STATUS_CORRUPT);
        assert_int_equal(replay_take(replay, cut, &event), STATUS_CORRUPT);
        assert_int_equal(replay_take(replay, slice_of("", 0), &event), STATUS_CORRUPT);
        assert_int_equal(replay_take(replay, log[i], &event), STATUS_OK);
    }
    replay_end(replay);
    assert_int_equal(facts_seq(ledger_facts(ledger)), count);
    replay_free(replay);

    replay = replay_new(ledger); /* goes on */
    assert_int_equal(replay_take(replay, log[0], &event), STATUS_CORRUPT);
    assert_int_equal(replay_take(replay, log[count], &event), STATUS_OK);
    replay_end(replay);
    assert_int_equal(facts_seq(ledger_facts(ledger)), count + 1);
    replay_free(replay);
    ledger_free(ledger);
    (void)office_close(&opened);
}

/* What was decided once is what would be decided again (audit). */
static void deciding_again_gives_the_same_bytes(void **state)
{
    (void)state;
    static uint8_t room[65536];
    unsigned ignored = 0;
    void *opened = NULL;
    (void)office_open(&opened);
    struct office *office = opened;
    run(office, 77, &ignored, &ignored);
    struct ledger_fixture again;
    ledger_fixture_init(&again);
    for (size_t i = 0; i < office->fixture.log_count; i++) {
        struct event event;
        struct event decided;
        struct fault fault;
        struct writer out = writer_over(room, sizeof(room));
        assert_int_equal(event_from_stored(office->fixture.log[i], &event), STATUS_OK);
        decided = event;
        decided.expect = -1;
        assert_int_equal(ledger_decide(again.ledger, &decided, &out, &fault), STATUS_OK);
        assert_true(slice_equal(decided.effects, event.effects));
        assert_true(slice_equal(decided.touches, event.touches));
        assert_int_equal(decided.agg_seq, event.agg_seq);
        assert_int_equal(decided.flags, event.flags);
        ledger_fold(again.ledger, &event);
        again.log = office->fixture.log; /* the finder's, for reversals */
        again.log_count = i + 1;
    }
    again.log = NULL;
    again.log_count = 0;
    ledger_fixture_done(&again);
    (void)office_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refused_request_leaves_nothing),
        cmocka_unit_test(a_replay_takes_the_next_event_only),
        cmocka_unit_test(deciding_again_gives_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
