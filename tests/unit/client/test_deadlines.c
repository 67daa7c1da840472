/* Deadlines, and freeing with requests unanswered: what is said of what was sent. */

#include "tests/unit/client/peer.h"

#include <string.h>

static const accrue_value none = {NULL, 0};

struct asked {
    const char *method;
    const char *params;
    bool connected;
    int code;
};

static const struct asked cases[] = {
    {"append", "\x80", true, ACCRUE_UNKNOWN_OUTCOME},
    {"load", "\x80", true, ACCRUE_UNKNOWN_OUTCOME},
    {"load.end", "\x80", true, ACCRUE_UNKNOWN_OUTCOME},
    {"append", "\x80", false, ACCRUE_UNAVAILABLE}, /* never sent */
    {"append",
     "\x81\xa3"
     "dry\xc3",
     true, ACCRUE_UNAVAILABLE},
    {"append",
     "\x81\xa3"
     "dry\xc2",
     true, ACCRUE_UNKNOWN_OUTCOME},
    {"query", "\x80", true, ACCRUE_UNAVAILABLE},
    {"query", "\x80", false, ACCRUE_UNAVAILABLE},
    {"tail", "\x80", true, ACCRUE_UNAVAILABLE},
};
#define CASES (sizeof(cases) / sizeof(cases[0]))

static accrue_client *client_with(const struct asked *asked, uint32_t timeout_ms, struct seen *seen)
{
    accrue_client *client = peer_client();
    accrue_value params = {(const uint8_t *)asked->params, strlen(asked->params)};
    (void)accrue_client_tick(client, 1000);
    if (asked->connected) {
        greet(client, "log", 0);
    }
    ask(client, asked->method, params, timeout_ms, seen);
    return client;
}

static void overdue_requests_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        struct seen seen = {0};
        accrue_client *client = client_with(&cases[i], 50, &seen);
        assert_int_equal(accrue_client_tick(client, 1049), 1050);
        assert_int_equal(seen.calls, 0);
        assert_true(accrue_client_tick(client, 1050) == UINT64_MAX);
        assert_int_equal(seen.calls, 1);
        assert_int_equal(seen.code, cases[i].code);
        assert_int_equal(seen.outcome, cases[i].code == ACCRUE_UNKNOWN_OUTCOME
                                           ? ACCRUE_CLASS_UNKNOWN
                                           : ACCRUE_CLASS_UNAVAILABLE);
        accrue_client_free(client);
        assert_int_equal(seen.calls, 1);
    }
}

static void freeing_answers_everything(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        struct seen seen = {0};
        accrue_client_free(client_with(&cases[i], 0, &seen));
        assert_int_equal(seen.calls, 1);
        assert_int_equal(seen.code, cases[i].code);
    }
    accrue_client_free(NULL);
}

static void the_nearest_deadline_is_told(void **state)
{
    struct seen seen[3] = {{0}};
    accrue_client *client = peer_client();
    (void)state;
    assert_true(accrue_client_tick(client, 10) == UINT64_MAX);
    ask(client, "ping", none, 0, &seen[0]);
    ask(client, "ping", none, 300, &seen[1]);
    ask(client, "ping", none, 100, &seen[2]);
    assert_int_equal(accrue_client_tick(client, 20), 110);
    assert_int_equal(accrue_client_tick(client, 200), 310);
    assert_true(accrue_client_tick(client, 1000000) == UINT64_MAX);
    assert_int_equal(seen[0].calls, 0);
    assert_int_equal(seen[1].calls, 1);
    assert_int_equal(seen[2].calls, 1);
    accrue_client_free(client);
}

static void a_deadline_does_not_wrap(void **state)
{
    struct seen seen = {0};
    accrue_client *client = peer_client();
    (void)state;
    (void)accrue_client_tick(client, UINT64_MAX - 10);
    ask(client, "ping", none, 100, &seen);
    (void)accrue_client_tick(client, UINT64_MAX - 5);
    assert_int_equal(seen.calls, 0);
    accrue_client_free(client);
}

static void a_deadline_outlives_connections(void **state)
{
    struct seen seen = {0};
    accrue_client *client = peer_client();
    (void)state;
    (void)accrue_client_tick(client, 0);
    greet(client, "log", 0);
    ask(client, "append", none, 100, &seen);
    accrue_client_disconnected(client);
    (void)accrue_client_tick(client, 99);
    assert_int_equal(seen.calls, 0);
    (void)accrue_client_tick(client, 100); /* down, but an earlier connection carried it */
    assert_int_equal(seen.code, ACCRUE_UNKNOWN_OUTCOME);
    accrue_client_free(client);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(overdue_requests_end),
        cmocka_unit_test(freeing_answers_everything),
        cmocka_unit_test(the_nearest_deadline_is_told),
        cmocka_unit_test(a_deadline_does_not_wrap),
        cmocka_unit_test(a_deadline_outlives_connections),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
