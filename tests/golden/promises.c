/* What holds for every log and every viewpoint, whatever the figures are. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>

#include "daemon/view/metric.h"
#include "daemon/view/rebuild.h"
#include "tests/golden/golden.h"
#include "tests/support/effort.h"

#define EVENTS_WHOLE (SANITIZED ? 8u : 500u)    /* of a log that is looked at after each of them */
#define EVENTS_MOST 500u                        /* of a log that a sanitizer looks at */
#define ROWS_LOOKED_AT (SANITIZED ? 10u : 200u) /* of an answer, by themselves */
#define ROWS_OF_MANY 10u                        /* of one about a longer log */

/* A longer log is looked at from a few positions, its end among them; one of tens of thousands of
 * events, of which few kinds are told apart, at its end. */
static uint64_t step_of(const struct ledger_fixture *fixture)
{
    if (fixture->log_count < EVENTS_WHOLE) {
        return 1;
    }
    return fixture->log_count < GOLDEN_EVENTS_MANY ? fixture->log_count / 3 : fixture->log_count;
}

static size_t rows_of(const struct ledger_fixture *fixture)
{
    return fixture->log_count < EVENTS_WHOLE ? ROWS_LOOKED_AT : ROWS_OF_MANY;
}

static enum status read_log(void *log, uint64_t to, rebuild_take_fn *take, void *taker,
                            struct fault *fault)
{
    const struct ledger_fixture *fixture = log;
    (void)fault;
    for (uint64_t i = 0; i < to && i < fixture->log_count; i++) {
        if (!take(taker, fixture->log[i])) {
            break;
        }
    }
    return STATUS_OK;
}

/* P8: the digest of every prefix is that of the live facts at that position. */
static void prefixes_rebuild_to_live(const struct ledger_fixture *fixture)
{
    for (uint64_t to = fixture->log_count % step_of(fixture); to <= fixture->log_count;
         to += step_of(fixture)) {
        struct fault fault;
        struct rebuild_result result;
        const struct rebuild_source source = {
            .read = read_log, .log = (void *)(uintptr_t)fixture, .to = to};
        assert_int_equal(rebuild_run(&source, NULL, &result, &fault), STATUS_OK);
        rebuild_compare(&result, fixture->facts, &fixture->published);
        for (uint32_t p = 0; p < result.count; p++) {
            if (!result.of[p].equal) {
                fail_msg("%s differs at %u", result.of[p].projection->name, (unsigned)to);
            }
        }
    }
}

/* At a position in the past the answer is the one that was given then (P7): `at` aside. */
static void past_answers_stand(const struct ledger_fixture *fixture)
{
    struct ledger_fixture then;
    struct fault fault;
    ledger_fixture_init(&then);
    for (uint64_t seq = 1; seq <= fixture->log_count; seq++) {
        struct event event;
        assert_int_equal(event_from_stored(fixture->log[seq - 1], &event), STATUS_OK);
        ledger_fold(then.ledger, &event);
        if ((fixture->log_count - seq) % step_of(fixture) != 0) {
            continue;
        }
        then.published = facts_publish(then.facts);
        for (const struct projection *p = projections; p->name != NULL; p++) {
            json_t *question = json_pack("{ssss}", "projection", p->name, "as_of", "2026-06-30");
            json_t *given = golden_ask(&then, question, NULL);
            json_object_set_new(question, "known_at", json_integer((json_int_t)seq));
            json_t *again = golden_ask(fixture, question, NULL);
            json_object_del(given, "at");
            json_object_del(again, "at");
            if (!json_equal(given, again)) {
                golden_compare(p->name, given, again);
                fail_msg("%s: another answer", p->name);
            }
            json_decref(given);
            json_decref(again);
            json_decref(question);
        }
    }
    (void)fault;
    ledger_fixture_done(&then);
}

static json_int_t column(const json_t *row, const char *name)
{
    return json_integer_value(json_object_get(row, name));
}

static void row_adds_up(const json_t *row)
{
    json_int_t scheduled = 0;
    json_int_t outstanding = 0;
    static const char *const parts[] = {"contingent",  "extinguished", "waived",
                                        "written_off", "set_off",      "paid"};
    static const char *const ages[] = {"not_due", "d1_30",    "d31_60",
                                       "d61_90",  "d90_plus", "disputed"};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        scheduled += column(row, parts[i]);
        outstanding += column(row, ages[i]);
    }
    assert_int_equal(outstanding, column(row, "outstanding"));
    assert_int_equal(scheduled + outstanding, column(row, "scheduled"));
}

/* Rows of every grouping sum to the total, which is the same for all of them. */
static void groupings_agree(const struct ledger_fixture *fixture, const char *as_of)
{
    static const char *const by[] = {"contract", "debtor", "creditor", "currency", "obligation"};
    json_t *first = NULL;
    for (size_t b = 0; b < sizeof(by) / sizeof(by[0]); b++) {
        json_t *question = json_pack("{sssss{ss}}", "projection", "outstanding", "as_of", as_of,
                                     "params", "by", by[b]);
        json_t *got = golden_ask(fixture, question, NULL);
        json_t *rows = json_object_get(got, "rows");
        json_t *total = json_object_get(got, "total");
        json_int_t sum = 0;
        json_int_t credit = 0;
        size_t i;
        json_t *row;
        json_array_foreach(rows, i, row)
        {
            row_adds_up(row);
            sum += column(row, "outstanding") + column(row, "insured");
            credit += column(row, "unapplied_credit");
        }
        json_array_foreach(total, i, row)
        {
            row_adds_up(row);
            sum -= column(row, "outstanding") + column(row, "insured");
            credit -= column(row, "unapplied_credit");
        }
        assert_int_equal(sum, 0);
        assert_int_equal(credit, 0);
        if (first == NULL) {
            first = json_deep_copy(total);
        }
        assert_true(json_equal(first, total));
        json_decref(got);
        json_decref(question);
    }
    json_decref(first);
}

/* Pages of one row each are the rows of the whole answer. */
static void pages_make_the_whole(const struct ledger_fixture *fixture)
{
    for (const struct projection *p = projections; p->name != NULL; p++) {
        json_t *question = json_pack("{ssss}", "projection", p->name, "as_of", "2026-06-30");
        json_t *whole = golden_ask(fixture, question, NULL);
        const json_t *rows = json_object_get(whole, "rows");
        json_object_set_new(question, "limit", json_integer(1));
        for (size_t i = 0; i < json_array_size(rows) && i < rows_of(fixture); i++) {
            json_t *page = golden_ask(fixture, question, NULL);
            const json_t *got = json_object_get(page, "rows");
            const json_t *next = json_object_get(page, "next");
            if (json_array_size(got) != 1 ||
                !json_equal(json_array_get(got, 0), json_array_get(rows, i))) {
                fail_msg("%s: page %zu of %zu after %s", p->name, i, json_array_size(rows),
                         json_string_value(json_object_get(question, "after")));
            }
            if (json_is_null(next) != (i + 1 == json_array_size(rows))) {
                fail_msg("%s: next of page %zu of %zu", p->name, i, json_array_size(rows));
            }
            assert_true(
                json_equal(json_object_get(page, "total"), json_object_get(whole, "total")));
            json_object_set(question, "after", (json_t *)(uintptr_t)next);
            json_decref(page);
        }
        json_decref(whole);
        json_decref(question);
    }
}

/* A key may have a row in several currencies. */
static bool in_currency(const json_t *line, const json_t *row)
{
    const json_t *currency = json_object_get(row, "currency");
    return currency == NULL || json_equal(currency, json_object_get(line, "currency"));
}

/* The events behind a figure sum to it. */
static void explanations_add_up(const struct ledger_fixture *fixture, const char *projection,
                                const char *name, const char *as_of)
{
    json_t *question = json_pack("{ssss}", "projection", projection, "as_of", as_of);
    json_t *whole = golden_ask(fixture, question, NULL);
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(whole, "rows"), i, row)
    {
        if (i >= rows_of(fixture)) {
            break;
        }
        json_int_t sum = 0;
        json_int_t of_lines = 0;
        size_t k;
        json_t *line;
        json_object_set(question, "explain", json_object_get(row, "key"));
        json_t *why = golden_ask(fixture, question, NULL);
        json_array_foreach(json_object_get(why, "total"), k, line)
        {
            sum += in_currency(line, row) ? column(line, "amount") : 0;
        }
        json_array_foreach(json_object_get(why, "rows"), k, line)
        {
            of_lines += in_currency(line, row) ? column(line, "amount") : 0;
        }
        if (sum != column(row, name)) {
            char *text = json_dumps(question, 0);
            print_error("%s: %s is %lld, its events come to %lld\n", text, name,
                        (long long)column(row, name), (long long)sum);
            free(text);
            fail();
        }
        if (json_is_null(json_object_get(why, "next"))) { /* or there are more lines */
            assert_int_equal(of_lines, sum);
        }
        json_decref(why);
    }
    json_decref(whole);
    json_decref(question);
}

/* A column that some lines behind a row make up: by their number, or by their amounts. */
struct part {
    const char *projection, *by; /* NULL: as the projection groups by itself */
    const char *column, *what;   /* NULL: all lines */
    bool money;
};

static json_int_t part_of_lines(const struct part *part, const json_t *row, const json_t *why,
                                const char *as_of)
{
    json_int_t sum = 0;
    size_t i;
    json_t *line;
    json_array_foreach(json_object_get(why, "rows"), i, line)
    {
        const char *what = json_string_value(json_object_get(line, "what"));
        const char *type = json_string_value(json_object_get(line, "type"));
        if (type != NULL && strcmp(type, "event.reversed") != 0) { /* X3 */
            assert_true(strcmp(json_string_value(json_object_get(line, "effective")), as_of) <= 0);
        }
        if (in_currency(line, row) && (part->what == NULL || strcmp(what, part->what) == 0)) {
            sum += part->money ? column(line, "amount") : 1;
        }
    }
    return sum;
}

static void parts_add_up(const struct ledger_fixture *fixture, const struct part *part,
                         const char *as_of)
{
    json_t *question = json_pack("{ssss}", "projection", part->projection, "as_of", as_of);
    if (part->by != NULL) {
        json_object_set_new(question, "params", json_pack("{ss}", "by", part->by));
    }
    json_t *whole = golden_ask(fixture, question, NULL);
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(whole, "rows"), i, row)
    {
        if (i >= rows_of(fixture)) {
            break;
        }
        json_object_set(question, "explain", json_object_get(row, "key"));
        json_t *why = golden_ask(fixture, question, NULL);
        json_int_t lines = part_of_lines(part, row, why, as_of);
        assert_true(json_array_size(json_object_get(why, "rows")) > 0);
        if (json_is_null(json_object_get(why, "next")) && lines != column(row, part->column)) {
            fail_msg("%s %s: %s is %lld, its events come to %lld", part->projection,
                     json_string_value(json_object_get(row, "key")), part->column,
                     (long long)column(row, part->column), (long long)lines);
        }
        json_decref(why);
    }
    json_decref(whole);
    json_decref(question);
}

static const struct part parts[] = {
    {"agenda", NULL, "amount", NULL, true},
    {"findings", "flag", "count", NULL, false},
    {"findings", "actor", "count", NULL, false},
    {"findings", "type", "count", NULL, false},
    {"match", NULL, "introduced", "introduced", false},
    {"match", NULL, "signed", "signed", false},
    {"match", NULL, "framework", "framework", false},
    {"match", NULL, "failed", "failed", false},
    {"match", NULL, "facilitated", "signed", true},
    {"match", NULL, "framework_amount", "framework", true},
    {"match", "origin", "contracts", NULL, false},
};

/* A metric in its unit, times `power`: money in yuan, from lines in fen; a number, from lines. */
static json_int_t metric_of_lines(const json_t *row, const json_t *why, int64_t power)
{
    static const char *const counted[] = {"contracts", "accredited", "ventures", NULL};
    const char *unit = json_string_value(json_object_get(row, "unit"));
    bool count =
        enum_index(counted, slice_text(json_string_value(json_object_get(row, "label")))) >= 0;
    struct metric_figure scale;
    json_int_t sum = 0;
    size_t i;
    json_t *line;
    json_array_foreach(json_object_get(why, "rows"), i, line)
    {
        sum += count ? 1 : column(line, "amount");
    }
    assert_true(metric_unit(slice_text(unit), &scale));
    return divide_rounded((int128)sum * power * scale.denominator,
                          scale.numerator * (count ? 1 : 100), ROUND_HALF_AWAY);
}

/* What targets and published figures are measured by is made of lines, shares and growth aside. */
static void metrics_add_up(const struct ledger_fixture *fixture, const char *projection,
                           const char *name, const char *as_of)
{
    static const char *const plain[] = {"contracts", "turnover", "tech",       "received",
                                        "loans",     "ventures", "accredited", NULL};
    json_t *question = json_pack("{ssss}", "projection", projection, "as_of", as_of);
    json_t *whole = golden_ask(fixture, question, NULL);
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(whole, "rows"), i, row)
    {
        int64_t power = json_object_get(row, "decimals") == NULL ? 1000 : 1;
        for (json_int_t d = 0; d < column(row, "decimals"); d++) {
            power *= 10;
        }
        json_object_set(question, "explain", json_object_get(row, "key"));
        json_t *why = golden_ask(fixture, question, NULL);
        const char *metric = json_string_value(json_object_get(row, "label"));
        if (json_is_null(json_object_get(row, name))) {
            assert_int_equal(json_array_size(json_object_get(why, "rows")), 0);
        } else if (enum_index(plain, slice_text(metric)) >= 0 &&
                   json_is_null(json_object_get(why, "next"))) {
            assert_int_equal(metric_of_lines(row, why, power), column(row, name));
        }
        json_decref(why);
    }
    json_decref(whole);
    json_decref(question);
}

static json_t *whole_of(const struct ledger_fixture *fixture, const char *projection,
                        const char *as_of, json_int_t known_at)
{
    json_t *question =
        json_pack("{sssssI}", "projection", projection, "as_of", as_of, "known_at", known_at);
    json_t *got = golden_ask(fixture, question, NULL);
    json_decref(question);
    return got;
}

/* The total of a currency; NULL: nothing of it. */
static const json_t *total_in(const json_t *answer, const json_t *currency)
{
    size_t i;
    json_t *total;
    json_array_foreach(json_object_get(answer, "total"), i, total)
    {
        if (json_equal(json_object_get(total, "currency"), currency)) {
            return total;
        }
    }
    return NULL;
}

/* Projections of one log say the same of it: the forecast is what is outstanding, by month;
 * interest is that of the open items; receipts add up and leave the credit that outstanding shows,
 * which also counts what lies on debts beyond them. */
static void projections_agree(const struct ledger_fixture *fixture, const char *as_of,
                              json_int_t known_at)
{
    json_t *owed = whole_of(fixture, "outstanding", as_of, known_at);
    json_t *forecast = whole_of(fixture, "forecast", as_of, known_at);
    json_t *receipts = whole_of(fixture, "receipts", as_of, known_at);
    json_t *interest = whole_of(fixture, "interest", as_of, known_at);
    json_t *items = whole_of(fixture, "open_items", as_of, known_at);
    size_t i;
    size_t k;
    json_t *total;
    json_t *item;
    json_array_foreach(json_object_get(owed, "total"), i, total)
    {
        const json_t *currency = json_object_get(total, "currency");
        const json_t *expected = total_in(forecast, currency);
        const json_t *received = total_in(receipts, currency);
        json_int_t accrued = -column(total_in(interest, currency), "accrued");
        json_array_foreach(json_object_get(items, "rows"), k, item)
        {
            accrued += json_equal(json_object_get(item, "currency"), currency)
                           ? column(item, "interest_due")
                           : 0;
        }
        assert_int_equal(accrued, 0);
        assert_int_equal(column(expected, "contingent"), column(total, "contingent"));
        assert_int_equal(column(expected, "overdue") + column(expected, "committed") +
                             column(expected, "minimums") + column(expected, "unscheduled") +
                             column(expected, "disputed"),
                         column(total, "outstanding"));
        assert_int_equal(column(expected, "disputed"), column(total, "disputed"));
        assert_int_equal(column(received, "received"),
                         column(received, "applied") + column(received, "unapplied") +
                             column(received, "refunded") + column(received, "returned"));
        assert_true(column(received, "unapplied") <= column(total, "unapplied_credit"));
    }
    json_decref(owed);
    json_decref(forecast);
    json_decref(receipts);
    json_decref(interest);
    json_decref(items);
}

void golden_check_promises(const struct ledger_fixture *fixture)
{
    static const char *const days[] = {"2025-12-31", "2026-06-30", "2199-12-31"};
    if (SANITIZED && fixture->log_count >= EVENTS_MOST) {
        return; /* the same code as for shorter logs, for minutes */
    }
    prefixes_rebuild_to_live(fixture);
    golden_check_snapshots(fixture);
    golden_check_answers(fixture);
    past_answers_stand(fixture);
    for (size_t d = SANITIZED ? 2 : 0; d < sizeof(days) / sizeof(days[0]); d++) {
        groupings_agree(fixture, days[d]);
        projections_agree(fixture, days[d], (json_int_t)fixture->log_count);
        projections_agree(fixture, days[d], (json_int_t)fixture->log_count / 2);
        explanations_add_up(fixture, "outstanding", "outstanding", days[d]);
        explanations_add_up(fixture, "open_items", "outstanding", days[d]);
        explanations_add_up(fixture, "statistics", "turnover", days[d]);
        explanations_add_up(fixture, "interest", "accrued", days[d]);
        explanations_add_up(fixture, "receipts", "received", days[d]);
        explanations_add_up(fixture, "commissions", "earned", days[d]);
        metrics_add_up(fixture, "targets", "actual_thousandths", days[d]);
        metrics_add_up(fixture, "reconciliation", "derived", days[d]);
        for (size_t p = 0; p < sizeof(parts) / sizeof(parts[0]); p++) {
            parts_add_up(fixture, &parts[p], days[d]);
        }
    }
    pages_make_the_whole(fixture);
}
