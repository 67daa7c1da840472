#ifndef ACCRUE_TESTS_UNIT_INSURANCE_WORDS_H
#define ACCRUE_TESTS_UNIT_INSURANCE_WORDS_H

/* Events of policies, claims, pledges and pools as formats for post(); today is 2026-12-01. */

#include "tests/unit/lifecycle/office.h"

/* id, product, sum, more: cover of 80 % in 2026. */
#define POLICY                                                                                     \
    "{'type':'policy.bound','agg':'%s','effective':'2026-01-01','data':{'insurer':'insurer',"      \
    "'holder':'firm','insured':['firm'],'product':'%s','sum_fen':%lld,"                            \
    "'cover_ppm':800000,'premium_fen':300000,'from':'2026-01-01','to':'2026-12-31'%s}}"
#define DEDUCTIBLE ",'deductible_fen':500000"
/* policy, day, changes */
#define ENDORSE "{'type':'policy.endorsed','agg':'%s','effective':'%s','data':{'changes':{%s}}}"
/* policy, day, more */
#define CANCEL "{'type':'policy.cancelled','agg':'%s','data':{'on':'%s'%s}}"
/* claim, effective, policy, loss, event date */
#define FILE_CLAIM                                                                                 \
    "{'type':'claim.filed','agg':'%s','effective':'%s','data':{'policy':'%s','loss_fen':%lld,"     \
    "'event_date':'%s'}}"
/* claim, verdict, day */
#define DETERMINE                                                                                  \
    "{'type':'claim.determined','agg':'%s','data':{'by':'inst','recognised_by':'insurer',"         \
    "'verdict':'%s','on':'%s'}}"
/* claim, day, approved */
#define ADJUST "{'type':'claim.adjusted','agg':'%s','effective':'%s','data':{'approved_fen':%lld}}"
/* claim, day, notice */
#define REJECT                                                                                     \
    "{'type':'claim.rejected','agg':'%s','effective':'%s','data':{'reason':'none',"                \
    "'notice_date':'%s'}}"
/* claim, amount, day, more */
#define PAY_CLAIM                                                                                  \
    "{'type':'claim.paid','agg':'%s','data':{'amount_fen':%lld,'payee':'firm','on':'%s'%s}}"
/* claim, day, amount */
#define RECOVER                                                                                    \
    "{'type':'claim.recovered','agg':'%s','effective':'%s','data':{'amount_fen':%lld,"             \
    "'from':'univ'}}"
/* pledge, effective, loan, loan date */
#define PLEDGE                                                                                     \
    "{'type':'pledge.registered','agg':'%s','effective':'%s','data':{'pledge_no':'Y1',"            \
    "'pledgor':'univ','pledgee':'insurer','technologies':['patent'],'loan_fen':%lld,"              \
    "'loan_date':'%s','due':'2027-06-30'}}"
/* pool */
#define POOL                                                                                       \
    "{'type':'pool.formed','agg':'%s','effective':'2026-01-01','data':{'name':'pool',"             \
    "'admin':'broker','admin_fee_ppm':100000}}"
/* type without "pool.", pool, day, party */
#define MEMBER "{'type':'pool.%s','agg':'%s','data':{'party':'%s','on':'%s'}}"
/* type without "pool.", pool, technology, owner, day */
#define PATENT "{'type':'pool.%s','agg':'%s','data':{'technology':'%s','owner':'%s','on':'%s'}}"
/* pool, start, end, gross, fee, more, lines */
#define DISTRIBUTE                                                                                 \
    "{'type':'pool.distributed','agg':'%s','effective':'2026-11-01','data':{'period':{"            \
    "'start':'%s','end':'%s'},'gross_fen':%lld,'admin_fee_fen':%lld%s,'lines':[%s]}}"
#define REVERSE "{'type':'event.reversed','agg':'any','data':{'event_id':'e%llu','reason':'wrong'}}"

#define TEST(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)

static inline unsigned long long last_seq(const struct office *office)
{
    return (unsigned long long)facts_seq(office->fixture.facts);
}

#endif
