/* Answers of every projection with its default parameters, from many viewpoints: the same question
 * has the same bytes, what is left out is today and the head (P7); statistics have one total, in
 * whatever way they are grouped; and facts do not depend on how the log was cut for folding (P8).
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>

#include "tests/golden/golden.h"
#include "tests/support/effort.h"

#define CHUNKS_SMALL 500u /* events of a log that is cut into small chunks */
#define ANSWER_BYTES ((size_t)2 * 1024 * 1024)

static void expect_same_bytes(const struct ledger_fixture *fixture, const json_t *one,
                              const json_t *other)
{
    static uint8_t room[2][ANSWER_BYTES]; /* a sanitizer would fill it for each question */
    struct slice first = golden_answer(fixture, one, room[0], ANSWER_BYTES);
    struct slice second = golden_answer(fixture, other, room[1], ANSWER_BYTES);
    if (!slice_equal(first, second)) {
        char *text = json_dumps(one, 0);
        print_error("%s\n", text);
        free(text);
        fail_msg("two answers to one question");
    }
}

/* Each asked twice in a row finds memory that the first left behind. */
static void answers_repeat(const struct ledger_fixture *fixture)
{
    static const char *const days[] = {"1999-12-31", "2025-10-01", "2026-03-31", "2199-12-31"};
    json_int_t head = (json_int_t)fixture->log_count;
    const json_int_t positions[] = {0, 1, head / 3, head};
    for (const struct projection *p = projections; p->name != NULL; p++) {
        for (size_t d = 0; d < sizeof(days) / sizeof(days[0]); d++) {
            for (size_t k = 0; k < sizeof(positions) / sizeof(positions[0]); k++) {
                json_t *question = json_pack("{sssssI}", "projection", p->name, "as_of", days[d],
                                             "known_at", positions[k]);
                expect_same_bytes(fixture, question, question);
                json_decref(question);
            }
        }
    }
}

static void defaults_are_today_and_the_head(const struct ledger_fixture *fixture)
{
    char today[11];
    date_format(GOLDEN_TODAY, today);
    for (const struct projection *p = projections; p->name != NULL; p++) {
        json_t *plain = json_pack("{ss}", "projection", p->name);
        json_t *full = json_pack("{sssssI}", "projection", p->name, "as_of", today, "known_at",
                                 (json_int_t)fixture->log_count);
        expect_same_bytes(fixture, plain, full);
        json_decref(plain);
        json_decref(full);
    }
}

static json_int_t sum_of(const json_t *rows, const char *name)
{
    json_int_t sum = 0;
    size_t i;
    json_t *row;
    json_array_foreach(rows, i, row)
    {
        sum += json_integer_value(json_object_get(row, name));
    }
    return sum;
}

/* Whether rows of this grouping are of periods. */
static bool is_by_time(const char *by)
{
    return by[0] == 0 || strstr(by, "year") != NULL || strstr(by, "quarter") != NULL ||
           strstr(by, "month") != NULL; /* by year unless said otherwise */
}

/* The rows add up to the total. But received in two periods is received on one contract. */
static void rows_make_the_total(const char *basis, const char *by, const char *name,
                                json_int_t of_rows, json_int_t of_total)
{
    bool repeated = strcmp(basis, "received") == 0 && strcmp(name, "count") == 0 && is_by_time(by);
    if (repeated ? of_rows < of_total : of_rows != of_total) {
        fail_msg("%s by %s: %s of the rows is %lld, of the total %lld", basis, by, name,
                 (long long)of_rows, (long long)of_total);
    }
}

static void statistics_have_one_total(const struct ledger_fixture *fixture, const char *basis)
{
    static const char *const by[] = {
        "",           "year",     "quarter",  "month",     "type",       "region_out",
        "region_in",  "local",    "kind_out", "kind_in",   "pay_mode",   "field",
        "ip_kind",    "program",  "grant",    "district",  "zone",       "operator",
        "size",       "sme_tech", "hi_tech",  "year,type", "type,local", "kind_in,region_out",
        "month,grant"};
    static const char *const sums[] = {"count", "turnover", "tech"};
    json_int_t whole[] = {0, 0, 0}; /* of the first grouping */
    for (size_t b = 0; b < sizeof(by) / sizeof(by[0]); b++) {
        json_t *question = json_pack("{sssss{ss}}", "projection", "statistics", "as_of",
                                     "2199-12-31", "params", "basis", basis);
        if (by[b][0] != 0) {
            json_object_set_new(json_object_get(question, "params"), "by", json_string(by[b]));
        }
        json_t *got = golden_ask(fixture, question, NULL);
        json_t *total = json_object_get(got, "total");
        for (size_t s = 0; s < sizeof(sums) / sizeof(sums[0]); s++) {
            json_int_t of_total = sum_of(total, sums[s]);
            whole[s] = b == 0 ? of_total : whole[s];
            if (of_total != whole[s]) {
                fail_msg("%s by %s: another total of %s", basis, by[b], sums[s]);
            }
            rows_make_the_total(basis, by[b], sums[s],
                                sum_of(json_object_get(got, "rows"), sums[s]), of_total);
        }
        json_decref(got);
        json_decref(question);
    }
}

/* Folded `chunk` events at a time and published after each, a ledger has the live digests wherever
 * it stands. */
static void chunks_make_no_difference(const struct ledger_fixture *fixture, uint64_t chunk)
{
    struct ledger *ledger = ledger_new();
    struct facts *facts = ledger_facts(ledger);
    for (uint64_t seq = 1; seq <= fixture->log_count; seq++) {
        struct event event;
        assert_int_equal(event_from_stored(fixture->log[seq - 1], &event), STATUS_OK);
        ledger_fold(ledger, &event);
        if (seq % chunk != 0 && seq != fixture->log_count) {
            continue;
        }
        struct published published = facts_publish(facts);
        for (const struct projection *p = projections; p->name != NULL; p++) {
            uint8_t folded[32];
            uint8_t live[32];
            projection_digest(p, facts, &published, seq, folded);
            projection_digest(p, fixture->facts, &fixture->published, seq, live);
            if (memcmp(folded, live, sizeof(live)) != 0) {
                fail_msg("%s differs at %u in chunks of %u", p->name, (unsigned)seq,
                         (unsigned)chunk);
            }
        }
    }
    ledger_free(ledger);
}

void golden_check_answers(const struct ledger_fixture *fixture)
{
    answers_repeat(fixture);
    defaults_are_today_and_the_head(fixture);
    statistics_have_one_total(fixture, "restated");
    statistics_have_one_total(fixture, "received");
    statistics_have_one_total(fixture, "flow");
    if (fixture->log_count < CHUNKS_SMALL) {
        chunks_make_no_difference(fixture, SANITIZED ? 13 : 1);
        chunks_make_no_difference(fixture, 7);
    }
    if (fixture->log_count < GOLDEN_EVENTS_MANY) {
        chunks_make_no_difference(fixture, fixture->log_count / 3 + 1);
    }
}
