/* A daemon whose log stands lower than an answer seen before was restored from a backup. */

#include "tests/unit/client/peer.h"

#include <string.h>

static const accrue_value none = {NULL, 0};

static uint64_t highest(const accrue_client *client)
{
    const char *log;
    return accrue_client_highest_seq(client, &log);
}

static void answers_raise_the_highest_seq(void **state)
{
    struct seen seen = {0};
    struct sent sent;
    uint8_t bytes[64];
    struct writer out = writer_over(bytes, sizeof(bytes));
    const char *log;
    accrue_client *client = peer_client();
    (void)state;
    assert_int_equal(accrue_client_highest_seq(client, &log), 0);
    assert_string_equal(log, "");
    greet(client, "log a", 7);
    assert_int_equal(accrue_client_highest_seq(client, &log), 7);
    assert_string_equal(log, "log a");
    ask(client, "append", none, 0, &seen);
    sent_take(client, &sent);
    answer_last(client, sent.messages[0].id, 9);
    assert_int_equal(highest(client), 9);
    rpc_write_notification(&out, "tail.events", slice_of("\x93\x01\x90\x0d", 4)); /* next: 13 */
    feed(client, &out);
    assert_int_equal(highest(client), 12);
    out = writer_over(bytes, sizeof(bytes));
    rpc_write_notification(&out, "tail.live", slice_of("\x92\x01\x0e", 3));
    feed(client, &out);
    assert_int_equal(highest(client), 14);
    sent_done(&sent);
    accrue_client_free(client);
}

static void a_trial_run_shows_no_position(void **state)
{
    static const uint8_t dry[] = {0x81, 0xa3, 'd', 'r', 'y', 0xc3};
    struct seen seen = {0};
    struct sent sent;
    accrue_client *client = peer_client();
    (void)state;
    greet(client, "log", 7);
    ask(client, "append", (accrue_value){dry, sizeof(dry)}, 0, &seen);
    sent_take(client, &sent);
    answer_last(client, sent.messages[0].id, 8);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(highest(client), 7);
    sent_done(&sent);
    accrue_client_free(client);
}

/* Sends `carried` before the connection is lost, then finds the log at 6 instead of 7. */
static accrue_client *restored_client(struct seen *carried)
{
    struct sent sent;
    accrue_client *client = peer_client();
    greet(client, "log", 7);
    ask(client, "append", none, 0, carried);
    accrue_client_disconnected(client);
    accrue_client_connected(client);
    sent_take(client, &sent);
    assert_int_equal(sent.count, 1); /* nothing before it is known which log this is */
    answer_greeting(client, sent.messages[0].id, "log", 6);
    sent_done(&sent);
    return client;
}

static void nothing_is_sent_to_a_restored_log(void **state)
{
    struct seen carried = {0};
    const void *bytes;
    accrue_client *client = restored_client(&carried);
    (void)state;
    assert_int_equal(carried.calls, 1);
    assert_int_equal(carried.code, ACCRUE_CORRUPT);
    assert_int_equal(carried.outcome, ACCRUE_CLASS_UNKNOWN); /* it may stand in the log of before */
    assert_non_null(strstr(carried.message, "restored"));
    assert_int_equal(accrue_client_request(client, "ping", none, 0, NULL, NULL), ACCRUE_CORRUPT);
    assert_int_equal(accrue_client_pending(client, &bytes), 0);
    assert_int_equal(highest(client), 7);
    accrue_client_free(client);
}

static void it_may_be_accepted_and_happen_again(void **state)
{
    struct seen carried = {0};
    struct seen seen = {0};
    struct sent sent;
    accrue_client *client = restored_client(&carried);
    (void)state;
    accrue_client_accept_restored(client);
    ask(client, "append", none, 0, &seen);
    sent_take(client, &sent);
    assert_int_equal(sent.count, 1);
    answer_last(client, sent.messages[0].id, 7);
    assert_int_equal(seen.code, ACCRUE_OK);
    assert_int_equal(highest(client), 7);
    greet(client, "log", 3);
    assert_int_equal(accrue_client_request(client, "ping", none, 0, NULL, NULL), ACCRUE_CORRUPT);
    sent_done(&sent);
    accrue_client_free(client);
}

static void the_same_head_and_another_log_are_no_alarm(void **state)
{
    struct seen seen = {0};
    struct sent sent;
    accrue_client *client = peer_client();
    (void)state;
    greet(client, "log", 7);
    ask(client, "append", none, 0, &seen);
    greet(client, "log", 7);
    sent_take(client, &sent);
    assert_int_equal(sent.count, 1); /* sent again behind the greeting */
    sent_done(&sent);
    greet(client, "another", 1);
    assert_int_equal(highest(client), 1);
    assert_int_equal(seen.calls, 0);
    accrue_client_free(client);
}

static void memory_of_an_earlier_run_counts(void **state)
{
    struct seen seen = {0};
    accrue_client *client = peer_client();
    (void)state;
    accrue_client_remember(client, "log", 100);
    ask(client, "append", none, 0, &seen);
    greet(client, "log", 99);
    assert_int_equal(seen.code, ACCRUE_CORRUPT);
    assert_int_equal(seen.outcome, ACCRUE_CLASS_REJECTED); /* never sent */
    accrue_client_free(client);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_raise_the_highest_seq),
        cmocka_unit_test(a_trial_run_shows_no_position),
        cmocka_unit_test(nothing_is_sent_to_a_restored_log),
        cmocka_unit_test(it_may_be_accepted_and_happen_again),
        cmocka_unit_test(the_same_head_and_another_log_are_no_alarm),
        cmocka_unit_test(memory_of_an_earlier_run_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
