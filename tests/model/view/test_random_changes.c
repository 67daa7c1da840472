/* Random histories by seed, of which two tellings must come to the same:
 *
 *   an event that is reversed and posted again, with `corrects`, leaves every row of every
 *   projection as it was, as of any day, known now. Where the daemon numbers obligations, only
 *   the totals: a number is never given again (domain, ruling 9), so the new ones have others;
 *   histories that share no party, contract, technology, payment or number may be told in any
 *   order: the same events are accepted, and the same rows come out.
 *
 * ACCRUE_SEED=N runs one seed. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>

#include "tests/golden/golden.h"
#include "tests/model/view/history.h"
#include "tests/support/effort.h"

#define EVENTS (SANITIZED ? 25 : 100)
#define DAYS 3
#define BEFORE_DIFFERENCE 200u
#define ANSWERS_MAX ((size_t)64 * DAYS)
#define SEEDS_REPOST effort(12, 1)
#define SEEDS_ORDER effort(12, 1)

static const char *const days[DAYS] = {"2025-12-31", "2026-04-30", "2199-12-31"};

/* What every projection says as of some days, known now. */
struct answers {
    size_t count;
    char *of[ANSWERS_MAX]; /* rows and total as text */
};

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Rows that are one event each, without its position: in the order of what is left. */
static json_t *without_positions(const json_t *rows)
{
    static const char *const positions[] = {"key", "seq"};
    size_t count = json_array_size(rows);
    char **texts = calloc(count + 1, sizeof(texts[0]));
    json_t *sorted = json_array();
    assert_non_null(texts);
    for (size_t i = 0; i < count; i++) {
        json_t *row = json_copy(json_array_get(rows, i));
        for (size_t p = 0; p < sizeof(positions) / sizeof(positions[0]); p++) {
            json_object_del(row, positions[p]);
        }
        texts[i] = json_dumps(row, JSON_SORT_KEYS);
        json_decref(row);
    }
    qsort(texts, count, sizeof(texts[0]), by_text);
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(sorted, json_string(texts[i]));
        free(texts[i]);
    }
    free(texts);
    return sorted;
}

/* Types whose effects number an obligation. */
static bool makes_numbers(const json_t *event)
{
    static const char *const types[] = {"royalty.stated",    "royalty.audited",
                                        "interest.assessed", "obligation.assigned",
                                        "pool.distributed",  "contract.voided"};
    const char *type = json_string_value(json_object_get(event, "type"));
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (strcmp(types[i], type) == 0) {
            return true;
        }
    }
    return false;
}

static void ask_all(const struct ledger_fixture *fixture, bool with_rows, struct answers *ret)
{
    ret->count = 0;
    for (const struct projection *p = projections; p->name != NULL; p++) {
        for (size_t d = 0; d < DAYS; d++) {
            json_t *question = json_pack("{ssss}", "projection", p->name, "as_of", days[d]);
            json_t *got = golden_ask(fixture, question, NULL);
            json_t *rows = json_incref(json_object_get(got, "rows"));
            if (strcmp(p->name, "findings") == 0) {
                json_t *sorted = without_positions(rows);
                json_decref(rows);
                rows = sorted;
            }
            json_t *kept = json_pack("{sssssO*}", "projection", p->name, "as_of", days[d], "total",
                                     json_object_get(got, "total"));
            if (with_rows) {
                json_object_set(kept, "rows", rows);
            }
            json_decref(rows);
            assert_true(ret->count < ANSWERS_MAX);
            ret->of[ret->count++] = json_dumps(kept, JSON_SORT_KEYS);
            json_decref(kept);
            json_decref(got);
            json_decref(question);
        }
    }
}

static void forget(struct answers *answers)
{
    for (size_t i = 0; i < answers->count; i++) {
        free(answers->of[i]);
    }
    answers->count = 0;
}

static void expect_same(const struct answers *before, const struct answers *after,
                        const json_t *why)
{
    assert_int_equal(before->count, after->count);
    for (size_t i = 0; i < before->count; i++) {
        if (strcmp(before->of[i], after->of[i]) != 0) {
            char *text = why == NULL ? NULL : json_dumps(why, 0);
            size_t same = 0;
            while (before->of[i][same] == after->of[i][same]) {
                same++;
            }
            same -= same < BEFORE_DIFFERENCE ? same : BEFORE_DIFFERENCE;
            print_error("%.60s\n%s\nbefore %.600s\nafter  %.600s\n", before->of[i],
                        text == NULL ? "" : text, before->of[i] + same, after->of[i] + same);
            free(text);
            fail_msg("rows changed");
        }
    }
}

static bool append(struct ledger_fixture *fixture, const json_t *event, char *message, size_t size)
{
    struct fault fault;
    if (ledger_fixture_append(fixture, event, &fault) == STATUS_OK) {
        return true;
    }
    fault_render(&fault, LANGUAGE_EN, message, size);
    return false;
}

/* False: it may not be reversed. */
static bool reverse_and_repost(struct ledger_fixture *fixture, const json_t *event)
{
    char message[1024];
    char id[32];
    const char *old = json_string_value(json_object_get(event, "id"));
    snprintf(id, sizeof(id), "reversed-%s", old);
    json_t *reversal =
        json_pack("{sssssOsOs{ssss}}", "type", "event.reversed", "id", id, "agg",
                  json_object_get(event, "agg"), "recorded", json_object_get(event, "recorded"),
                  "data", "event_id", old, "reason", "x");
    bool reversed = append(fixture, reversal, message, sizeof(message));
    json_decref(reversal);
    if (!reversed) {
        return false;
    }
    json_t *again = json_copy((json_t *)(uintptr_t)event);
    snprintf(id, sizeof(id), "again-%s", old);
    json_object_set_new(again, "id", json_string(id));
    json_object_set_new(again, "corrects", json_string(old));
    if (!append(fixture, again, message, sizeof(message))) {
        char *text = json_dumps(again, 0);
        print_error("%s\n", text);
        free(text);
        fail_msg("not accepted again: %s", message);
    }
    json_decref(again);
    return true;
}

static void reposted_events_change_nothing(struct chance *chance)
{
    struct ledger_fixture fixture;
    struct history history;
    char message[1024];
    json_t *event;
    unsigned reposted = 0;
    ledger_fixture_init(&fixture);
    history_init(&history, chance->state, 'a', true);
    for (size_t i = 0; (event = history_opening(&history, i)) != NULL; i++) {
        assert_true(append(&fixture, event, message, sizeof(message)));
        json_decref(event);
    }
    for (unsigned i = 0; i < EVENTS; i++) {
        size_t kind;
        struct answers before;
        struct answers after;
        event = history_draw(&history, &kind);
        if (append(&fixture, event, message, sizeof(message))) {
            ask_all(&fixture, !makes_numbers(event), &before);
            if (reverse_and_repost(&fixture, event)) {
                ask_all(&fixture, !makes_numbers(event), &after);
                expect_same(&before, &after, event);
                forget(&after);
                reposted++;
            }
            forget(&before);
        }
        json_decref(event);
    }
    assert_true(reposted > EVENTS / 8);
    ledger_fixture_done(&fixture);
}

struct telling {
    json_t *events;
    size_t told;
};

static void draw_world(uint64_t seed, char world, struct telling *ret)
{
    struct history history;
    json_t *event;
    size_t kind;
    history_init(&history, seed, world, false);
    *ret = (struct telling){.events = json_array()};
    for (size_t i = 0; (event = history_opening(&history, i)) != NULL; i++) {
        json_array_append_new(ret->events, event);
    }
    for (unsigned i = 0; i < EVENTS; i++) {
        json_array_append_new(ret->events, history_draw(&history, &kind));
    }
}

/* The next event of a world; `accepted` says of each by its place whether it was accepted. */
static void tell(struct ledger_fixture *fixture, struct telling *world, bool *accepted)
{
    char message[1024];
    json_t *event = json_array_get(world->events, world->told);
    if (fixture->log_count == 0) { /* all on one day, after all that happened */
        event = json_copy(event);
        json_object_set_new(event, "recorded", json_string("2026-10-01"));
        accepted[world->told++] = append(fixture, event, message, sizeof(message));
        json_decref(event);
        return;
    }
    accepted[world->told++] = append(fixture, event, message, sizeof(message));
}

enum order { FIRST_A, FIRST_B, MIXED, ORDERS };

static void tell_both(enum order order, struct telling worlds[2], bool accepted[2][EVENTS + 32],
                      struct answers *ret)
{
    struct ledger_fixture fixture;
    struct chance chance = {.state = 1};
    size_t count = json_array_size(worlds[0].events);
    ledger_fixture_init(&fixture);
    worlds[0].told = worlds[1].told = 0;
    while (worlds[0].told < count || worlds[1].told < count) {
        size_t next = order == FIRST_A ? 0 : order == FIRST_B ? 1 : pick(&chance, 2);
        if (worlds[next].told == count) {
            next = 1 - next;
        }
        tell(&fixture, &worlds[next], accepted[next]);
    }
    ask_all(&fixture, true, ret);
    ledger_fixture_done(&fixture);
}

static void order_does_not_matter(struct chance *chance)
{
    static bool accepted[ORDERS][2][EVENTS + 32];
    struct telling worlds[2];
    struct answers answers[ORDERS];
    draw_world(chance->state, 'a', &worlds[0]);
    draw_world(chance->state + 1000, 'b', &worlds[1]);
    assert_true(json_array_size(worlds[0].events) <= EVENTS + 32);
    memset(accepted, 0, sizeof(accepted));
    for (enum order order = 0; order < ORDERS; order++) {
        tell_both(order, worlds, accepted[order], &answers[order]);
        assert_memory_equal(accepted[0], accepted[order], sizeof(accepted[0]));
        expect_same(&answers[0], &answers[order], NULL);
    }
    for (enum order order = 0; order < ORDERS; order++) {
        forget(&answers[order]);
    }
    json_decref(worlds[0].events);
    json_decref(worlds[1].events);
}

static void an_event_reversed_and_posted_again_changes_no_row(void **state)
{
    (void)state;
    for_seeds(SEEDS_REPOST, reposted_events_change_nothing);
}

static void histories_that_share_nothing_may_be_told_in_any_order(void **state)
{
    (void)state;
    for_seeds(SEEDS_ORDER, order_does_not_matter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_reversed_and_posted_again_changes_no_row),
        cmocka_unit_test(histories_that_share_nothing_may_be_told_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
