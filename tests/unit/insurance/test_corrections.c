/* Corrections of policies, claims, pledges and pools: a reversal gives back what was before, and
 * the same posted again what was after. */

#include "tests/unit/insurance/words.h"

#include "tests/unit/insurance/rows.h"

struct life {
    const char *what;
    const char *events[10]; /* each stands on the one before it, unless `free` says otherwise */
    unsigned free;          /* bit set: these can be reversed although others came later */
    unsigned numbers;       /* bit set: these make obligations, whose numbers go on (ruling 9) */
};

static const struct life lives[] = {
    {"policy",
     {"{'type':'policy.bound','agg':'P1','effective':'2026-01-01','data':{'insurer':'insurer',"
      "'holder':'firm','insured':['firm'],'product':'infringement','sum_fen':1000,'cover_ppm':"
      "1000000,'premium_fen':30,'from':'2026-01-01','to':'2026-12-31'}}",
      "{'type':'policy.endorsed','agg':'P1','effective':'2026-02-01','data':{'changes':"
      "{'sum_fen':2000,'insured':['firm','other'],'technologies':['patent']}}}",
      "{'type':'claim.filed','agg':'K1','effective':'2026-04-01','data':{'policy':'P1',"
      "'loss_fen':1500,'event_date':'2026-03-01'}}",
      "{'type':'claim.determined','agg':'K1','data':{'by':'inst','recognised_by':'insurer',"
      "'verdict':'cannot_implement','on':'2026-04-02'}}",
      "{'type':'claim.adjusted','agg':'K1','effective':'2026-04-03','data':{'approved_fen':1500}}",
      "{'type':'claim.paid','agg':'K1','data':{'amount_fen':500,'payee':'firm','on':"
      "'2026-04-04'}}",
      "{'type':'claim.paid','agg':'K1','data':{'amount_fen':1000,'payee':'firm','on':"
      "'2026-04-05'}}",
      "{'type':'claim.recovered','agg':'K1','effective':'2026-05-01','data':{'amount_fen':1500,"
      "'from':'other'}}",
      "{'type':'policy.cancelled','agg':'P1','data':{'on':'2026-06-01','refund_fen':10}}"},
     1u << 7,
     0}, /* the recovery touches the policy, but nothing after it is the claim's */
    {"rejection",
     {"{'type':'policy.bound','agg':'P1','effective':'2026-01-01','data':{'insurer':'insurer',"
      "'holder':'firm','insured':['firm'],'product':'impl_failure','sum_fen':1000,'cover_ppm':"
      "1000000,'premium_fen':30,'from':'2026-01-01','to':'2026-12-31'}}",
      "{'type':'claim.filed','agg':'K1','effective':'2026-04-01','data':{'policy':'P1',"
      "'loss_fen':1500,'event_date':'2026-03-01'}}",
      "{'type':'claim.rejected','agg':'K1','effective':'2026-04-09','data':{'reason':'late',"
      "'notice_date':'2026-04-10'}}"},
     0,
     0},
    {"pledge",
     {("{'type':'pledge.registered','agg':'G1','effective':'2026-02-01','data':{'pledge_no':'Y1',"
       "'pledgor':'univ','pledgee':'insurer','technologies':['patent'],'loan_fen':1000,"
       "'loan_date':'2026-01-20','due':'2027-06-30'}}"),
      "{'type':'pledge.changed','agg':'G1','effective':'2026-03-01','data':{'loan_fen':2000}}",
      "{'type':'pledge.loan_repaid','agg':'G1','data':{'amount_fen':1500,'on':'2026-04-01'}}",
      "{'type':'pledge.loan_repaid','agg':'G1','data':{'amount_fen':500,'on':'2026-04-02'}}",
      "{'type':'pledge.released','agg':'G1','data':{'on':'2026-05-01'}}"},
     1u << 2 | 1u << 3,
     0},
    {"enforcement",
     {"{'type':'pledge.registered','agg':'G1','effective':'2026-02-01','data':{'pledge_no':'Y1',"
      "'pledgor':'univ','pledgee':'insurer','technologies':['patent'],'loan_fen':1000,"
      "'loan_date':'2026-01-20','due':'2027-06-30'}}",
      "{'type':'pledge.enforced','agg':'G1','effective':'2026-03-01','data':{'proceeds_fen':7}}"},
     0,
     0},
    {"pool",
     {"{'type':'pool.formed','agg':'O1','effective':'2026-01-01','data':{'name':'pool',"
      "'admin':'broker','admin_fee_ppm':100000,'period':'quarter'}}",
      "{'type':'pool.member_admitted','agg':'O1','data':{'party':'univ','on':'2026-01-01'}}",
      "{'type':'pool.member_left','agg':'O1','data':{'party':'univ','on':'2026-02-01'}}",
      "{'type':'pool.patent_admitted','agg':'O1','data':{'technology':'patent','owner':'univ',"
      "'on':'2026-01-01','weight_ppm':2000000}}",
      "{'type':'pool.patent_removed','agg':'O1','data':{'technology':'patent','owner':'univ',"
      "'on':'2026-02-01','weight_ppm':2000000}}",
      "{'type':'pool.rule_set','agg':'O1','effective':'2026-01-02','data':{'basis':"
      "'fixed_shares','shares':[{'party':'univ','share_ppm':1000000}]}}",
      "{'type':'pool.distributed','agg':'O1','effective':'2026-04-01','data':{'period':{'start':"
      "'2026-01-01','end':'2026-03-31'},'gross_fen':10,'admin_fee_fen':1,'reserve_fen':2,"
      "'lines':[{'party':'univ','amount_fen':7}]}}"},
     1u << 2 | 1u << 4 | 1u << 5,
     1u << 6},
};

static void undo(struct office *office, unsigned long long seq)
{
    ACCEPT(office, REVERSE, seq);
}

static void what_is_posted_again_is_as_before(void **state)
{
    (void)state;
    for (size_t l = 0; l < sizeof(lives) / sizeof(lives[0]); l++) {
        void *opened = NULL;
        assert_int_equal(office_open(&opened), 0);
        struct office *office = opened;
        const struct facts *facts = office->fixture.facts;
        for (size_t e = 0; e < 10 && lives[l].events[e] != NULL; e++) {
            struct rows before = rows_now(facts);
            ACCEPT(office, "%s", lives[l].events[e]);
            struct rows after = rows_now(facts);
            assert_false(rows_equal(&before, &after));
            undo(office, last_seq(office));
            struct rows undone = rows_now(facts);
            ACCEPT(office, "%s", lives[l].events[e]);
            struct rows again = rows_now(facts);
            bool numbered = (lives[l].numbers >> e & 1u) != 0;
            if (!rows_equal(&before, &undone) || (!numbered && !rows_equal(&after, &again))) {
                fail_msg("%s: event %zu", lives[l].what, e);
            }
            rows_done(&before);
            rows_done(&after);
            rows_done(&undone);
            rows_done(&again);
        }
        assert_int_equal(office_close(&opened), 0);
    }
}

/* Only the last of what stands on each other can be reversed. */
static void what_others_stand_on_is_not_reversed(void **state)
{
    (void)state;
    for (size_t l = 0; l < sizeof(lives) / sizeof(lives[0]); l++) {
        void *opened = NULL;
        unsigned long long seqs[10];
        size_t count = 0;
        assert_int_equal(office_open(&opened), 0);
        struct office *office = opened;
        for (; count < 10 && lives[l].events[count] != NULL; count++) {
            ACCEPT(office, "%s", lives[l].events[count]);
            seqs[count] = last_seq(office);
        }
        for (size_t e = 0; e + 1 < count; e++) {
            if ((lives[l].free >> e & 1u) != 0) {
                continue;
            }
            enum status status = post(office, REVERSE, seqs[e]);
            if (status != STATUS_E_HAS_DEPENDENTS) {
                fail_msg("%s: event %zu: %s", lives[l].what, e, status_name(status));
            }
        }
        for (size_t e = 0; e < count; e++) {
            if ((lives[l].free >> e & 1u) != 0) {
                undo(office, seqs[e]);
            }
        }
        assert_int_equal(office_close(&opened), 0);
    }
}

/* An id whose creation was reversed is free, and what pointed at it no longer does. */
static void a_reversed_pledge_pledges_nothing(void **state)
{
    struct office *office = *state;
    ACCEPT(office, PLEDGE, "G1", "2026-01-02", 1000LL, "2026-01-01");
    undo(office, last_seq(office));
    SIGN(office, "C1", "");
    assert_true(unflagged(office));
    ACCEPT(office, PLEDGE, "G1", "2026-01-02", 1000LL, "2026-01-01");
    SIGN(office, "C2", "");
    assert_int_equal(office->flags, WARNING_BIT(WARNING_PLEDGED));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_posted_again_is_as_before),
        cmocka_unit_test(what_others_stand_on_is_not_reversed),
        TEST(a_reversed_pledge_pledges_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
