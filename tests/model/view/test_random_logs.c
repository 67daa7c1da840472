/* Random histories by seed: whatever the ledger accepts, the promises of the view hold.
 *
 * ACCRUE_SEED=N runs one seed, ACCRUE_SEEDS=N that many; ACCRUE_VERBOSE=1 says how often each
 * kind of event was accepted, and why the others were not. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>

#include "tests/golden/golden.h"
#include "tests/model/view/history.h"
#include "tests/support/effort.h"

#define EVENTS 200
#define SEEDS 20u
#define KINDS_MAX 128

static bool append(struct ledger_fixture *fixture, json_t *event)
{
    struct fault fault;
    char message[1024];
    bool good = ledger_fixture_append(fixture, event, &fault) == STATUS_OK;
    if (!good && getenv("ACCRUE_VERBOSE") != NULL) {
        fault_render(&fault, LANGUAGE_EN, message, sizeof(message));
        print_message("%s: %s\n", json_string_value(json_object_get(event, "type")), message);
    }
    json_decref(event);
    return good;
}

static void open_history(struct ledger_fixture *fixture, struct history *history)
{
    json_t *event;
    for (size_t i = 0; (event = history_opening(history, i)) != NULL; i++) {
        struct fault fault;
        char message[1024];
        if (ledger_fixture_append(fixture, event, &fault) != STATUS_OK) {
            fault_render(&fault, LANGUAGE_EN, message, sizeof(message));
            fail_msg("opening %zu: %s", i, message);
        }
        json_decref(event);
    }
}

static void promises_hold(uint64_t seed, unsigned *accepted)
{
    struct ledger_fixture fixture;
    struct history history;
    ledger_fixture_init(&fixture);
    history_init(&history, seed, 'a', true);
    open_history(&fixture, &history);
    for (unsigned i = 0; i < EVENTS; i++) {
        size_t kind;
        json_t *event = history_draw(&history, &kind);
        accepted[kind] += append(&fixture, event);
    }
    golden_check_promises(&fixture);
    ledger_fixture_done(&fixture);
}

static uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text == NULL ? otherwise : strtoull(text, NULL, 10);
}

static void random_histories_keep_the_promises(void **state)
{
    (void)state;
    unsigned accepted[KINDS_MAX] = {0};
    bool all = getenv("ACCRUE_SEED") == NULL;
    uint64_t first = setting("ACCRUE_SEED", 1);
    uint64_t count = all ? effort(SEEDS, 1) : 1;
    unsigned sum = 0;
    unsigned never = 0;
    assert_true(history_kinds() <= KINDS_MAX);
    for (uint64_t seed = first; seed < first + count; seed++) {
        print_message("seed %llu\n", (unsigned long long)seed);
        promises_hold(seed, accepted);
    }
    for (size_t kind = 0; kind < history_kinds(); kind++) {
        sum += accepted[kind];
        if (getenv("ACCRUE_VERBOSE") != NULL) {
            print_message("%4u %zu %s\n", accepted[kind], kind, history_kind_name(kind));
        }
    }
    assert_true(sum > count * EVENTS / 6); /* or the events are not worth much */
    for (size_t kind = 0; kind < history_kinds(); kind++) {
        if (accepted[kind] == 0 && all) {
            print_message("never accepted: kind %zu, %s\n", kind, history_kind_name(kind));
            never++;
        }
    }
    assert_true(count < SEEDS || never <= history_kinds() / 20); /* or draw them otherwise */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_histories_keep_the_promises),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
