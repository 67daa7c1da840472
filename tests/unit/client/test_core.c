/* The core against scripted bytes: framing, both forms of errors, bounds, callbacks that ask. */

#include "tests/unit/client/peer.h"

#include <stdlib.h>
#include <string.h>

static const accrue_value none = {NULL, 0};

static void write_map_error(struct writer *out, uint32_t id)
{
    write_array(out, 4);
    write_int(out, 1);
    write_int(out, id);
    write_map(out, 7);
    write_text(out, "code");
    write_text(out, "E_NO_TRIAL");
    write_text(out, "field");
    write_text(out, "agg");
    write_text(out, "index");
    write_int(out, 3);
    write_text(out, "legal");
    write_array(out, 2);
    write_text(out, "trial.started");
    write_text(out, "contract.amended");
    write_text(out, "message");
    write_text(out, "no trial is running");
    write_text(out, "retry");
    write_bool(out, false);
    write_text(out, "state");
    write_text(out, "contract ACTIVE");
    write_nil(out);
}

static void note(void *arg, const char *method, size_t method_len, accrue_value params)
{
    int *count = arg;
    assert_int_equal(method_len, 9);
    assert_memory_equal(method, "tail.live", 9);
    assert_int_equal(accrue_value_count(params), 2);
    ++*count;
}

/* A greeting's answer, a result, an error as map, a notification: cut at every byte. */
static void answers_may_be_split_anywhere(void **state)
{
    (void)state;
    for (size_t cut = 0;; cut++) {
        uint8_t bytes[512];
        struct writer out = writer_over(bytes, sizeof(bytes));
        struct seen good = {0};
        struct seen bad = {0};
        struct sent sent;
        int notes = 0;
        accrue_client *client;
        const accrue_options options = {.on_notify = note, .arg = &notes};
        assert_int_equal(accrue_client_new(&options, &client), ACCRUE_OK);
        accrue_client_connected(client);
        ask(client, "ping", none, 0, &good);
        ask(client, "append", none, 0, &bad);
        sent_take(client, &sent);
        assert_int_equal(sent.count, 3);
        rpc_write_result(&out, sent.messages[0].id, slice_of("\x80", 1));
        rpc_write_notification(&out, "tail.live", slice_of("\x92\x01\x05", 3));
        write_map_error(&out, sent.messages[2].id);
        rpc_write_result(&out, sent.messages[1].id, slice_of("\x2a", 1));
        if (cut > out.len) {
            accrue_client_free(client);
            sent_done(&sent);
            return;
        }
        assert_int_equal(accrue_client_feed(client, bytes, cut), ACCRUE_OK);
        assert_int_equal(accrue_client_feed(client, bytes + cut, out.len - cut), ACCRUE_OK);
        assert_int_equal(good.calls, 1);
        assert_int_equal(good.value, 42);
        assert_int_equal(bad.calls, 1);
        assert_int_equal(notes, 1);
        assert_int_equal(accrue_client_unanswered(client), 0);
        sent_done(&sent);
        accrue_client_free(client);
    }
}

static void errors_as_maps_are_whole(void **state)
{
    uint8_t bytes[512];
    struct writer out = writer_over(bytes, sizeof(bytes));
    struct seen seen = {0};
    struct sent sent;
    accrue_client *client = peer_client();
    (void)state;
    greet(client, "log", 0);
    ask(client, "append", none, 0, &seen);
    sent_take(client, &sent);
    write_map_error(&out, sent.messages[0].id);
    feed(client, &out);
    assert_int_equal(seen.code, ACCRUE_E_NO_TRIAL);
    assert_int_equal(seen.outcome, ACCRUE_CLASS_REJECTED);
    assert_string_equal(seen.message, "no trial is running");
    assert_string_equal(seen.field, "agg");
    assert_string_equal(seen.state, "contract ACTIVE");
    assert_int_equal(seen.index, 3);
    assert_int_equal(seen.legal, 2);
    sent_done(&sent);
    accrue_client_free(client);
}

static void errors_as_text_are_read(void **state)
{
    static const struct {
        const char *text;
        int code;
        int64_t index;
        const char *field;
    } cases[] = {
        {"NOT_FOUND: there is no such thing", ACCRUE_NOT_FOUND, -1, ""},
        {"NOT_FOUND", ACCRUE_NOT_FOUND, -1, ""},
        {"E_RANGE index=3 field=data.a[1].amount_fen: too much (index=9)", ACCRUE_E_RANGE, 3,
         "data.a[1].amount_fen"},
        {"E_RANGE field=data.x: text", ACCRUE_E_RANGE, -1, "data.x"},
        {"UNKNOWN_OUTCOME index=0: text", ACCRUE_UNKNOWN_OUTCOME, 0, ""},
        {"E_OF_A_LATER_RELEASE: text", ACCRUE_INTERNAL, -1, ""},
        {"", ACCRUE_INTERNAL, -1, ""},
    };
    accrue_client *client = peer_client();
    (void)state;
    greet(client, "log", 0);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct seen seen = {0};
        struct sent sent;
        ask(client, "append", none, 0, &seen);
        sent_take(client, &sent);
        answer_text_error(client, sent.messages[0].id, cases[i].text);
        assert_int_equal(seen.calls, 1);
        assert_int_equal(seen.code, cases[i].code);
        assert_int_equal(seen.outcome, accrue_class_of(cases[i].code));
        assert_int_equal(seen.index, cases[i].index);
        assert_string_equal(seen.field, cases[i].field);
        assert_string_equal(seen.message, cases[i].text);
        sent_done(&sent);
    }
    accrue_client_free(client);
}

static void what_is_no_message_ends_the_connection(void **state)
{
    static const struct {
        const char *bytes;
        size_t len;
    } cases[] = {{"\xc1", 1}, {"\x01", 1}, {"\x94\x07\x01\xc0\xc0", 5}, {"\xd4\x00\x00", 3}};
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        accrue_client *client = peer_client();
        greet(client, "log", 0);
        assert_true(accrue_client_feed(client, cases[i].bytes, cases[i].len) < 0);
        accrue_client_free(client);
    }
}

static void answers_to_nobody_are_ignored(void **state)
{
    struct seen seen = {0};
    struct sent sent;
    accrue_client *client = peer_client();
    (void)state;
    greet(client, "log", 0);
    ask(client, "ping", none, 0, &seen);
    sent_take(client, &sent);
    answer_int(client, 4000000, 1);
    answer_text_error(client, 0, "BAD_REQUEST: not a message"); /* the daemon's id for no request */
    assert_int_equal(seen.calls, 0);
    answer_int(client, sent.messages[0].id, 5);
    answer_int(client, sent.messages[0].id, 6);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.value, 5);
    sent_done(&sent);
    accrue_client_free(client);
}

static void in_flight_is_bounded(void **state)
{
    static struct seen seen[1024];
    static const uint8_t map[] = {0x80};
    accrue_value params = {map, 1};
    struct sent *sent = calloc(1, sizeof(*sent));
    accrue_client *client = peer_client();
    (void)state;
    assert_non_null(sent);
    greet(client, "log", 0);
    for (size_t i = 0; i < 1024; i++) {
        ask(client, "ping", none, 0, &seen[i]);
    }
    assert_int_equal(accrue_client_request(client, "ping", params, 0, seen_reply, NULL),
                     ACCRUE_OVERLOADED);
    sent_take(client, sent);
    assert_int_equal(sent->count, 1024);
    answer_int(client, sent->messages[1000].id, 1); /* in any order */
    assert_int_equal(seen[1000].calls, 1);
    ask(client, "ping", none, 0, &seen[1000]);
    sent_done(sent);
    free(sent);
    accrue_client_free(client);
    assert_int_equal(seen[0].calls, 1);
}

static void bytes_in_flight_are_bounded(void **state)
{
    static const size_t size = (size_t)4 * 1024 * 1024 - 256;
    uint8_t *bytes = malloc(size);
    struct writer out = writer_over(bytes, size);
    accrue_client *client = peer_client();
    int accepted = 0;
    (void)state;
    assert_non_null(bytes);
    memset(bytes, 'x', size);
    write_map(&out, 1);
    write_text(&out, "x");
    bytes[out.len] = 0xc6;
    uint32_t len = (uint32_t)(size - out.len - 5);
    for (int i = 0; i < 4; i++) {
        bytes[out.len + 1 + (size_t)i] = (uint8_t)(len >> (8 * (3 - i)));
    }
    while (accrue_client_request(client, "append", (accrue_value){bytes, size}, 0, NULL, NULL) ==
           ACCRUE_OK) {
        accepted++;
    }
    assert_in_range(accepted, 15, 16);
    accrue_client_connected(client);
    const void *pending;
    assert_true(accrue_client_pending(client, &pending) > (size_t)accepted * size);
    accrue_client_free(client);
    free(bytes);
}

static void what_the_daemon_would_close_for_is_refused(void **state)
{
    uint8_t deep[16];
    static const uint8_t half[] = {0x81};
    static const uint8_t ext[] = {0x81, 0xa1, 'a', 0xd4, 0x00, 0x00};
    accrue_client *client = peer_client();
    (void)state;
    memset(deep, 0x91, sizeof(deep));
    deep[15] = 0x90;
    assert_int_equal(accrue_client_request(client, "x", (accrue_value){deep, 16}, 0, NULL, NULL),
                     ACCRUE_TOO_LARGE);
    assert_int_equal(accrue_client_request(client, "x", (accrue_value){half, 1}, 0, NULL, NULL),
                     ACCRUE_BAD_PARAMS);
    assert_int_equal(accrue_client_request(client, "x", (accrue_value){ext, 6}, 0, NULL, NULL),
                     ACCRUE_BAD_PARAMS);
    assert_int_equal(
        accrue_client_request(client, "a name of more than thirty-two bytes", none, 0, NULL, NULL),
        ACCRUE_TOO_LARGE);
    assert_int_equal(accrue_client_unanswered(client), 0);
    accrue_client_free(client);
}

struct again {
    accrue_client *client;
    const char *method;
    int calls, left, refused;
};

static void ask_again(void *arg, const accrue_error *error, accrue_value result)
{
    struct again *again = arg;
    (void)error;
    (void)result;
    again->calls++;
    if (again->left-- > 0 && accrue_client_request(again->client, again->method, none, 5, ask_again,
                                                   again) != ACCRUE_OK) {
        again->refused++;
    }
}

static void callbacks_may_ask_again(void **state)
{
    struct sent sent;
    accrue_client *client = peer_client();
    struct again again = {.client = client, .method = "ping", .left = 3};
    (void)state;
    greet(client, "log", 0);
    assert_int_equal(accrue_client_request(client, "ping", none, 5, ask_again, &again), ACCRUE_OK);
    sent_take(client, &sent);
    answer_int(client, sent.messages[0].id, 1);
    assert_int_equal(again.calls, 1);
    sent_done(&sent);
    sent_take(client, &sent);
    assert_int_equal(sent.count, 1);
    sent_done(&sent);
    (void)accrue_client_tick(client, 100); /* from a deadline: each answer waits for the next */
    assert_int_equal(again.calls, 2);
    (void)accrue_client_tick(client, 200);
    assert_int_equal(again.calls, 3);
    again.left = 1000; /* freeing ends */
    accrue_client_free(client);
    assert_int_equal(again.calls, 4);
    assert_int_equal(again.refused, 1);
}

static void a_lost_tail_may_be_asked_for_again(void **state)
{
    struct sent sent;
    accrue_client *client = peer_client();
    struct again again = {.client = client, .method = "tail", .left = 1000};
    (void)state;
    greet(client, "log", 0);
    assert_int_equal(accrue_client_request(client, "tail", none, 0, ask_again, &again), ACCRUE_OK);
    accrue_client_disconnected(client);
    assert_int_equal(again.calls, 1); /* the new one waits for the next connection */
    greet(client, "log", 0);
    sent_take(client, &sent);
    sent_done(&sent);
    assert_int_equal(accrue_client_unanswered(client), 1);
    again.left = 0;
    accrue_client_free(client);
    assert_int_equal(again.calls, 2);
}

static void hang_up(void *arg, const accrue_error *error, accrue_value result)
{
    (void)error;
    (void)result;
    accrue_client_disconnected(arg);
}

static void a_new_client_has_nothing_to_send(void **state)
{
    const void *bytes = "";
    accrue_client *client = peer_client();
    (void)state;
    assert_int_equal(accrue_client_pending(client, &bytes), 0);
    assert_null(bytes);
    accrue_client_sent(client, 0);
    assert_int_equal(accrue_client_feed(client, "", 0), ACCRUE_OK);
    accrue_client_free(client);
}

static void a_callback_may_hang_up(void **state)
{
    uint8_t bytes[64];
    struct writer out = writer_over(bytes, sizeof(bytes));
    struct seen second = {0};
    struct sent sent;
    accrue_client *client = peer_client();
    (void)state;
    greet(client, "log", 0);
    assert_int_equal(accrue_client_request(client, "ping", none, 0, hang_up, client), ACCRUE_OK);
    ask(client, "ping", none, 0, &second);
    sent_take(client, &sent);
    rpc_write_result(&out, sent.messages[0].id, slice_of("\x01", 1));
    rpc_write_result(&out, sent.messages[1].id, slice_of("\x02", 1));
    feed(client, &out);
    assert_int_equal(second.calls, 0); /* its connection is gone; it will be asked for again */
    assert_int_equal(accrue_client_unanswered(client), 1);
    sent_done(&sent);
    accrue_client_free(client);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_may_be_split_anywhere),
        cmocka_unit_test(errors_as_maps_are_whole),
        cmocka_unit_test(errors_as_text_are_read),
        cmocka_unit_test(what_is_no_message_ends_the_connection),
        cmocka_unit_test(answers_to_nobody_are_ignored),
        cmocka_unit_test(in_flight_is_bounded),
        cmocka_unit_test(bytes_in_flight_are_bounded),
        cmocka_unit_test(what_the_daemon_would_close_for_is_refused),
        cmocka_unit_test(callbacks_may_ask_again),
        cmocka_unit_test(a_lost_tail_may_be_asked_for_again),
        cmocka_unit_test(a_callback_may_hang_up),
        cmocka_unit_test(a_new_client_has_nothing_to_send),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
