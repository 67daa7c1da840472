/* E_RANGE over the whole log: no sum of a currency leaves the range of exact money. */

#include "tests/support/ledger_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define MOST AMOUNT_FEN_MAX

static enum status post(struct ledger_fixture *fixture, json_t *event, struct fault *fault)
{
    assert_non_null(event);
    enum status status = ledger_fixture_append(fixture, event, fault);
    json_decref(event);
    return status;
}

static void add_parties(struct ledger_fixture *fixture)
{
    static const char *const parties[] = {"buyer", "seller"};
    struct fault fault;
    for (int i = 0; i < 2; i++) {
        json_t *event =
            json_pack("{s:s,s:s,s:s,s:{s:s,s:s}}", "id", parties[i], "type", "party.registered",
                      "agg", parties[i], "data", "kind", "ent_domestic", "name", parties[i]);
        assert_int_equal(post(fixture, event, &fault), STATUS_OK);
    }
}

static json_t *payment(const char *id, const char *currency, int64_t amount)
{
    return json_pack("{s:s,s:s,s:s,s:s,s:{s:[],s:I,s:s,s:s,s:s,s:s}}", "id", id, "type",
                     "payment.received", "agg", id, "recorded", "2026-02-01", "data", "alloc",
                     "amount_fen", (json_int_t)amount, "currency", currency, "payee", "seller",
                     "payer", "buyer", "value_date", "2026-01-05");
}

static void receipts_of_a_currency_stay_in_range(void **state)
{
    struct ledger_fixture fixture;
    struct fault fault;
    (void)state;
    ledger_fixture_init(&fixture);
    add_parties(&fixture);
    assert_int_equal(post(&fixture, payment("p1", "CNY", MOST), &fault), STATUS_OK);
    assert_int_equal(post(&fixture, payment("p2", "CNY", 1), &fault), STATUS_E_RANGE);
    assert_non_null(strstr(fault.detail, "received=9000000000000000"));
    assert_int_equal(post(&fixture, payment("p3", "USD", 1), &fault), STATUS_OK);
    ledger_fixture_done(&fixture);
}

static void what_is_reversed_counts_no_more(void **state)
{
    struct ledger_fixture fixture;
    struct fault fault;
    (void)state;
    ledger_fixture_init(&fixture);
    add_parties(&fixture);
    assert_int_equal(post(&fixture, payment("p1", "CNY", MOST), &fault), STATUS_OK);
    json_t *reversal = json_pack("{s:s,s:s,s:s,s:{s:s,s:s}}", "id", "r1", "type", "event.reversed",
                                 "agg", "payment/p1", "data", "event_id", "p1", "reason", "test");
    assert_int_equal(post(&fixture, reversal, &fault), STATUS_OK);
    assert_int_equal(post(&fixture, payment("p2", "CNY", MOST), &fault), STATUS_OK);
    ledger_fixture_done(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(receipts_of_a_currency_stay_in_range),
        cmocka_unit_test(what_is_reversed_counts_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
