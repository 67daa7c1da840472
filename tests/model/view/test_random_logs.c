/* Random histories by seed: whatever the ledger accepts, the promises of the view hold.
 *
 * A history is a few contracts with obligations, then events drawn at random with random days,
 * recorded in random distances: payments with and without lines, verdicts, disputes, waivers,
 * reschedulings, changes of registration, reversals of anything. What is refused is no event.
 * ACCRUE_SEED=N runs one seed, ACCRUE_SEEDS=N that many. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>

#include "tests/golden/golden.h"

#define CONTRACTS 3
#define EVENTS 60
#define DAY_FIRST 20270 /* 2025-07-01 */

static uint64_t state_of_chance;

static uint64_t chance(uint64_t below) /* SplitMix64 */
{
    uint64_t z = (state_of_chance += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (z ^ (z >> 31)) % below;
}

static json_t *day_text(int32_t day)
{
    char text[11];
    date_format(day, text);
    return json_string(text);
}

static json_t *event_of(const char *type, const char *agg, int32_t recorded, json_t *data)
{
    return json_pack("{sssssoso}", "type", type, "agg", agg, "recorded", day_text(recorded), "data",
                     data);
}

static bool append(struct ledger_fixture *fixture, json_t *event)
{
    struct fault fault;
    bool good = ledger_fixture_append(fixture, event, &fault) == STATUS_OK;
    json_decref(event);
    return good;
}

static void must(struct ledger_fixture *fixture, json_t *event)
{
    assert_true(append(fixture, event));
}

static json_t *obligation(int no, json_int_t amount, int32_t due)
{
    static const char *const conditions[] = {"none", "none", "effect", "milestone:m"};
    return json_pack("{sisssIsssssss{ssso}}", "no", no, "kind", "lump", "amount_fen", amount,
                     "debtor", "E", "creditor", "U", "condition", conditions[chance(4)], "due",
                     "base", "date", "date", day_text(due));
}

static void begin(struct ledger_fixture *fixture)
{
    static const char *const regions[] = {"110000", "120000"};
    static const char *const parties[] = {"U", "E", "I"};
    for (size_t i = 0; i < 3; i++) {
        must(fixture, event_of("party.registered", parties[i], DAY_FIRST - 9,
                               json_pack("{ssssss}", "name", parties[i], "legal_code",
                                         i == 0 ? "022" : "110", "region", regions[i % 2])));
    }
    for (int c = 0; c < CONTRACTS; c++) {
        char id[8];
        json_t *obligations = json_array();
        json_int_t total = 0;
        snprintf(id, sizeof(id), "C%d", c);
        for (int no = 1; no <= 3; no++) {
            json_int_t amount = 1 + (json_int_t)chance(1000000);
            total += amount;
            json_array_append_new(obligations,
                                  obligation(no, amount, DAY_FIRST + (int)chance(300)));
        }
        json_t *data =
            json_pack("{sssss[{sssi}]s[{sssi}]sssssosssosssIsssssos{si}s[{ss}]}", "title", id,
                      "type", "service", "sellers", "party", "U", "share_ppm", 1000000, "buyers",
                      "party", "E", "share_ppm", 1000000, "ip_kind", "none", "field", "electronics",
                      "sign_date", day_text(DAY_FIRST), "effective_rule", "immediate", "term_start",
                      day_text(DAY_FIRST), "currency", c == 1 ? "USD" : "CNY", "total_fen", total,
                      "total_basis", "fixed", "pay_mode", "instalment", "obligations", obligations,
                      "late", "daily_ppm", 500, "milestones", "id", "m");
        must(fixture, event_of("contract.signed", id, DAY_FIRST, data));
        must(fixture,
             event_of("obligation.scheduled", id, DAY_FIRST,
                      json_pack("{sisssIsssss{ssso}}", "no", 4, "kind", "expense", "amount_fen",
                                (json_int_t)chance(400000), "debtor", "U", "creditor", "E", "due",
                                "base", "date", "date", day_text(DAY_FIRST + (int)chance(200)))));
    }
}

static json_t *random_payment(const char *contract, int32_t value)
{
    json_int_t amount = 1 + (json_int_t)chance(700000);
    json_t *data =
        json_pack("{sssssIssso}", "payer", "E", "payee", "U", "amount_fen", amount, "currency",
                  contract[1] == '1' ? "USD" : "CNY", "value_date", day_text(value));
    if (chance(3) > 0) {
        json_object_set_new(data, "alloc",
                            json_pack("[{sssisI}]", "owner", contract, "no", 1 + (int)chance(3),
                                      "amount_fen", amount - (json_int_t)chance((uint64_t)amount)));
    }
    return data;
}

/* What becomes of a debt without money. */
static json_t *random_settlement(const char *contract, int32_t recorded, const char *effective)
{
    static const char *const types[] = {"obligation.set_off", "obligation.assigned",
                                        "obligation.written_off", "obligation.acknowledged"};
    uint64_t kind = chance(4);
    json_t *data =
        json_pack("{sisI}", "no", 1 + (int)chance(5), "amount_fen", 1 + (json_int_t)chance(200000));
    static const char *const texts[] = {"notice", "notice", "reason", "by"};
    json_object_set_new(data, texts[kind], json_string(kind == 3 ? "E" : "x"));
    if (kind == 0) {
        json_object_set_new(data, "other", json_pack("{sssi}", "owner", contract, "no", 4));
    } else if (kind == 1) {
        json_object_set_new(data, "new_creditor", json_string("I"));
    } else if (kind == 3) {
        json_object_set_new(data, "on", json_string(effective));
    }
    json_t *event = event_of(types[kind], contract, recorded, data);
    if (kind != 3) {
        json_object_set_new(event, "effective", json_string(effective));
    }
    return event;
}

/* Money that goes back, of a payment drawn before. */
static json_t *random_way_back(const char *contract, int32_t recorded, const char *effective,
                               unsigned serial)
{
    char id[16];
    json_int_t amount = 1 + (json_int_t)chance(200000);
    snprintf(id, sizeof(id), "M%u", (unsigned)chance(serial + 1));
    uint64_t kind = chance(3);
    if (kind == 0) {
        return event_of("payment.returned", id, recorded,
                        json_pack("{ssss}", "reason", "x", "value_date", effective));
    }
    json_t *data = kind == 1 ? json_pack("{s[{sssisI}]}", "alloc", "owner", contract, "no",
                                         1 + (int)chance(3), "amount_fen", amount)
                             : json_pack("{sI}", "amount_fen", amount);
    if (kind == 2 && chance(2) == 0) {
        json_object_set_new(data, "from", json_string("obligation"));
        json_object_set_new(data, "owner", json_string(contract));
        json_object_set_new(data, "no", json_integer(1 + (json_int_t)chance(3)));
        json_object_set_new(data, "reopen", json_boolean(chance(2) == 0));
    }
    json_t *event =
        event_of(kind == 1 ? "payment.unapplied" : "payment.refunded", id, recorded, data);
    json_object_set_new(event, "effective", json_string(effective));
    return event;
}

/* One event of a random kind, about a random contract. */
static json_t *draw(const struct ledger_fixture *fixture, int32_t recorded, unsigned serial)
{
    char agg[16];
    char id[16];
    int32_t day = recorded - (int32_t)chance(90);
    int no = 1 + (int)chance(3);
    json_int_t amount = 1 + (json_int_t)chance(300000);
    const char *type = "note.added";
    json_t *data = NULL;
    bool dated = true;
    char effective[11];
    snprintf(agg, sizeof(agg), "C%d", (int)chance(CONTRACTS));
    date_format(day, effective);
    switch (chance(13)) {
    case 9:
    case 10:
        return random_settlement(agg, recorded, effective);
    case 11:
    case 12:
        return random_way_back(agg, recorded, effective, serial);
    case 0:
    case 1:
    case 2:
        type = "payment.received";
        data = random_payment(agg, day);
        snprintf(agg, sizeof(agg), "M%u", serial);
        dated = false;
        break;
    case 3:
        type = "effect.evaluated";
        data = json_pack("{sssssosi}", "verdict", chance(2) > 0 ? "reached" : "partial",
                         "evaluator", "x", "on", day_text(day), "share_ppm", 300001);
        dated = false;
        break;
    case 4:
        type = "obligation.disputed";
        data = json_pack("{sisI}", "no", no, "amount_fen", amount);
        break;
    case 5:
        type = "obligation.waived";
        data = json_pack("{sisI}", "no", no, "amount_fen", amount);
        break;
    case 6:
        type = "contract.registered";
        snprintf(id, sizeof(id), "%014u", serial);
        data = json_pack("{sssssosssIsI}", "reg_no", id, "agency", "a", "reg_date", day_text(day),
                         "type", "service", "total_fen", amount, "tech_fen", amount / 2);
        dated = false;
        break;
    case 7:
        type = "contract.registration_changed";
        data = json_pack("{sI}", "total_fen", amount * 2);
        break;
    default:
        type = "event.reversed";
        snprintf(id, sizeof(id), "e%u", 1 + (unsigned)chance(fixture->log_count));
        data = json_pack("{ssss}", "event_id", id, "reason", "x");
        dated = false;
        break;
    }
    json_t *event = event_of(type, agg, recorded, data);
    if (dated) {
        json_object_set_new(event, "effective", day_text(day));
    }
    return event;
}

static unsigned promises_hold(uint64_t seed)
{
    struct ledger_fixture fixture;
    int32_t recorded = DAY_FIRST + 30;
    unsigned accepted = 0;
    state_of_chance = seed;
    ledger_fixture_init(&fixture);
    begin(&fixture);
    for (unsigned i = 0; i < EVENTS; i++) {
        recorded += (int32_t)chance(9);
        accepted += append(&fixture, draw(&fixture, recorded, i));
    }
    golden_check_promises(&fixture);
    ledger_fixture_done(&fixture);
    return accepted;
}

static uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text == NULL ? otherwise : strtoull(text, NULL, 10);
}

static void random_histories_keep_the_promises(void **state)
{
    (void)state;
    uint64_t first = setting("ACCRUE_SEED", 1);
    uint64_t count = setting("ACCRUE_SEEDS", getenv("ACCRUE_SEED") == NULL ? 20 : 1);
    uint64_t accepted = 0;
    for (uint64_t seed = first; seed < first + count; seed++) {
        print_message("seed %llu\n", (unsigned long long)seed);
        accepted += promises_hold(seed);
    }
    assert_true(accepted > count * EVENTS / 6); /* or the events are not worth much */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_histories_keep_the_promises),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
