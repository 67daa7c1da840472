/* See desk.h. */

#include "tests/unit/money/desk.h"

#include <stdio.h>

#include "daemon/ledger/payment.h"

void desk_sign(struct office *office, const char *contract, const char *more)
{
    char data[4096];
    int len = snprintf(data, sizeof(data),
                       "'sign_date':'2026-01-01','term_start':'2026-01-01',"
                       "'term_end':'2026-12-31','trial':null%s%s",
                       more[0] == '\0' ? "" : ",", more);
    assert_in_range(len, 1, (int)sizeof(data) - 1);
    SIGN(office, contract, data);
}

void desk_owe(struct office *office, const char *contract, int no, long long amount,
              const char *due)
{
    ACCEPT(office,
           "{'type':'obligation.scheduled','agg':'%s','effective':'2026-01-01','data':{'no':%d,"
           "'kind':'lump','debtor':'firm','creditor':'univ','amount_fen':%lld,"
           "'due':{'base':'date','date':'%s'}}}",
           contract, no, amount, due);
}

void desk_pay(struct office *office, const char *payment, long long amount, const char *day_text,
              const char *alloc)
{
    ACCEPT(office,
           "{'type':'payment.received','agg':'%s','data':{'payer':'firm','payee':'univ',"
           "'currency':'CNY','amount_fen':%lld,'value_date':'%s'%s%s}}",
           payment, amount, day_text, alloc == NULL ? "" : ",'alloc':", alloc == NULL ? "" : alloc);
}

const struct desk_quarter desk_quarters[4] = {
    {"2025-01-01", "2025-03-31", 123456789, 3703704},
    {"2025-04-01", "2025-06-30", 200000000, 6000000},
    {"2025-07-01", "2025-09-30", 333333333, 9216049},
    {"2025-10-01", "2025-12-31", 450000005, 10716050},
};

void desk_sign_royalty(struct office *office, const char *terms)
{
    char more[2048];
    (void)snprintf(more, sizeof(more),
                   "'sign_date':'2025-01-01','term_start':'2025-01-01','term_end':'2027-12-31',"
                   "'trial':null,'royalty':{%s}",
                   terms);
    SIGN(office, "c", more);
}

struct obligation_figures desk_figures(struct office *office, const char *contract, unsigned no,
                                       const char *as_of)
{
    const struct facts *facts = office->fixture.facts;
    struct obligation_figures figures;
    struct viewpoint view = viewpoint_now(facts, day(as_of));
    struct viewpoint always = viewpoint_now(facts, DAY_MAX);
    uint32_t owner = aggregate_of(office, KIND_contract, contract);
    uint32_t obligation = obligation_find(facts, owner, no, &always);
    assert_int_not_equal(obligation, OBLIGATION_NONE);
    obligation_evaluate(facts, obligation, &view, &figures);
    return figures;
}

int64_t desk_credit(struct office *office, const char *payment, const char *as_of)
{
    const struct facts *facts = office->fixture.facts;
    struct viewpoint view = viewpoint_now(facts, day(as_of));
    return payment_credit(facts, aggregate_of(office, KIND_payment, payment), &view);
}
