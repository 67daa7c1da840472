/* A lost connection: what is sent again, in which order, and what never is. */

#include "tests/unit/client/peer.h"

#include <stdlib.h>
#include <string.h>

static const accrue_value none = {NULL, 0};

static void unanswered_requests_are_sent_again_unchanged(void **state)
{
    static const char *const methods[] = {"append", "ping", "append", "query", "load"};
    struct seen seen[5] = {{0}};
    struct sent first;
    struct sent again;
    accrue_client *client = peer_client();
    (void)state;
    greet(client, "log", 0);
    for (int i = 0; i < 5; i++) {
        ask(client, methods[i], none, 0, &seen[i]);
    }
    sent_take(client, &first);
    assert_int_equal(first.count, 5);
    answer_int(client, first.messages[1].id, 1);
    accrue_client_disconnected(client);
    accrue_client_connected(client);
    sent_take(client, &again);
    assert_int_equal(again.count, 5); /* the greeting and four */
    assert_string_equal(again.messages[0].method, "hello");
    for (int i = 1, j = 0; i < 5; i++, j++) {
        j += j == 1; /* the answered one */
        assert_int_equal(again.messages[i].len, first.messages[j].len);
        assert_memory_equal(again.bytes + again.messages[i].at, first.bytes + first.messages[j].at,
                            first.messages[j].len);
    }
    for (int i = 1; i < 5; i++) {
        answer_int(client, again.messages[i].id, i);
    }
    for (int i = 0; i < 5; i++) {
        assert_int_equal(seen[i].calls, 1);
        assert_int_equal(seen[i].code, ACCRUE_OK);
    }
    sent_done(&first);
    sent_done(&again);
    accrue_client_free(client);
}

static void half_sent_bytes_begin_again(void **state)
{
    struct seen seen = {0};
    struct sent sent;
    const void *bytes;
    accrue_client *client = peer_client();
    (void)state;
    accrue_client_connected(client);
    ask(client, "append", none, 0, &seen);
    size_t len = accrue_client_pending(client, &bytes);
    accrue_client_sent(client, len - 3);
    accrue_client_disconnected(client);
    assert_int_equal(accrue_client_pending(client, &bytes), 0);
    accrue_client_connected(client);
    sent_take(client, &sent); /* asserts that whole messages stand there */
    assert_int_equal(sent.count, 2);
    sent_done(&sent);
    accrue_client_free(client);
}

static void a_half_answer_is_forgotten(void **state)
{
    struct seen seen = {0};
    struct sent sent;
    accrue_client *client = peer_client();
    (void)state;
    greet(client, "log", 0);
    ask(client, "ping", none, 0, &seen);
    assert_int_equal(accrue_client_feed(client, "\x94\x01", 2), ACCRUE_OK);
    accrue_client_disconnected(client);
    greet(client, "log", 0);
    sent_take(client, &sent);
    answer_int(client, 2, 9); /* the first request's id */
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.value, 9);
    sent_done(&sent);
    accrue_client_free(client);
}

static void some_are_never_repeated(void **state)
{
    static const struct {
        const char *method;
        int code;
    } cases[] = {
        {"tail", ACCRUE_UNAVAILABLE},      {"tail.credit", ACCRUE_UNAVAILABLE},
        {"tail.stop", ACCRUE_UNAVAILABLE}, {"rebuild", ACCRUE_UNAVAILABLE},
        {"verify", ACCRUE_UNAVAILABLE},    {"load.end", ACCRUE_UNKNOWN_OUTCOME},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct seen never = {0};
        struct seen append = {0};
        struct sent sent;
        accrue_client *client = peer_client();
        greet(client, "log", 0);
        ask(client, cases[i].method, none, 0, &never);
        ask(client, "append", none, 0, &append);
        /* Up again without having been told that it was down. */
        accrue_client_connected(client);
        assert_int_equal(never.calls, 1);
        assert_int_equal(never.code, cases[i].code);
        assert_int_equal(append.calls, 0);
        sent_take(client, &sent);
        assert_int_equal(sent.count, 2);
        assert_string_equal(sent.messages[1].method, "append");
        sent_done(&sent);
        accrue_client_free(client);
    }
}

static void what_was_asked_while_down_goes_with_the_next(void **state)
{
    struct seen seen[3] = {{0}};
    struct sent sent;
    accrue_client *client = peer_client();
    (void)state;
    ask(client, "append", none, 0, &seen[0]);
    ask(client, "tail", none, 0, &seen[1]);
    ask(client, "query", none, 0, &seen[2]);
    accrue_client_connected(client);
    sent_take(client, &sent);
    assert_int_equal(sent.count, 4);
    assert_string_equal(sent.messages[1].method, "append");
    assert_string_equal(sent.messages[2].method, "tail");
    assert_string_equal(sent.messages[3].method, "query");
    sent_done(&sent);
    accrue_client_free(client);
    assert_int_equal(seen[0].code, ACCRUE_UNKNOWN_OUTCOME);
    assert_int_equal(seen[1].code, ACCRUE_UNAVAILABLE);
    assert_int_equal(seen[2].code, ACCRUE_UNAVAILABLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unanswered_requests_are_sent_again_unchanged),
        cmocka_unit_test(half_sent_bytes_begin_again),
        cmocka_unit_test(a_half_answer_is_forgotten),
        cmocka_unit_test(some_are_never_repeated),
        cmocka_unit_test(what_was_asked_while_down_goes_with_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
