/* What a client may send, whole, in crumbs, or as an attack. */

#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tests/integration/daemon_fixture.h"

#include <setjmp.h>

#include <cmocka.h>

static const struct slice no_params = {(const uint8_t *)"\x80", 1};
static struct daemon the_daemon;

static int start_daemon(void **state)
{
    daemon_make(&the_daemon);
    daemon_start(&the_daemon, NULL, 0);
    *state = &the_daemon;
    return 0;
}

static int stop_daemon(void **state)
{
    (void)state;
    int status = daemon_stop(&the_daemon, SIGTERM);
    daemon_remove(&the_daemon);
    return status;
}

static void appended_events_are_read_back(void **state)
{
    struct client client;
    uint8_t bytes[4096], params[64];
    (void)state;

    client_open(&client, &the_daemon);
    struct slice map = notes(bytes, sizeof(bytes), "back", 1, 3, 10);
    struct slice result = client_result(&client, "append", map);
    int64_t first = number_in(result, "first");
    assert_int_equal(number_in(result, "last"), first + 2);
    result = client_result(&client, "append", map); /* P3 */
    assert_int_equal(number_in(result, "first"), first);

    struct writer out = writer_over(params, sizeof(params));
    write_map(&out, 1);
    write_text(&out, "from");
    write_int(&out, first);
    struct slice events;
    result = client_result(&client, "read", writer_slice(&out));
    assert_int_equal(number_in(result, "head"), first + 2);
    assert_true(map_find(result, "events", &events));
    struct cursor in = cursor_over(events);
    uint32_t count;
    assert_true(cursor_array(&in, &count));
    assert_int_equal(count, 3);
    for (int64_t i = 0; i < 3; i++) {
        struct slice event;
        assert_true(cursor_value(&in, &event));
        assert_int_equal(number_in(event, "seq"), first + i);
    }
    client_close(&client);
}

static void errors_are_text_until_hello_asks_for_maps(void **state)
{
    struct client client;
    uint8_t params[64];
    struct slice text;
    (void)state;

    client_open(&client, &the_daemon);
    struct rpc_message message = client_call(&client, "no.such", no_params);
    assert_true(value_text(message.error, &text));
    assert_memory_equal(text.data, "UNKNOWN_METHOD", 14);
    struct writer out = writer_over(params, sizeof(params));
    write_map(&out, 1);
    write_text(&out, "errors");
    write_text(&out, "map");
    (void)client_result(&client, "hello", writer_slice(&out));
    message = client_call(&client, "no.such", no_params);
    assert_true(map_find(message.error, "code", &text));
    assert_true(value_text(text, &text));
    assert_true(slice_is(text, "UNKNOWN_METHOD"));
    message = client_call(&client, "append", no_params);
    assert_true(map_find(message.error, "field", &text));
    assert_true(value_text(text, &text));
    assert_true(slice_is(text, "events"));
    client_close(&client);
}

static void a_tail_sees_what_another_appends(void **state)
{
    struct client reader, writer;
    struct rpc_message message;
    uint8_t bytes[65536], params[64];
    (void)state;

    client_open(&reader, &the_daemon);
    client_open(&writer, &the_daemon);
    struct writer out = writer_over(params, sizeof(params));
    write_map(&out, 3);
    write_text(&out, "credit");
    write_uint(&out, 1000);
    write_text(&out, "from");
    write_uint(&out, 1);
    write_text(&out, "sub");
    write_uint(&out, 7);
    (void)client_result(&reader, "tail", writer_slice(&out)); /* before any notification */
    struct slice result =
        client_result(&writer, "append", notes(bytes, sizeof(bytes), "tailed", 1, 100, 50));
    int64_t last = number_in(result, "last");
    int64_t expected = 1;
    while (expected <= last) {
        assert_true(client_receive(&reader, &message, PATIENCE_MS));
        assert_int_equal(message.kind, RPC_NOTIFICATION);
        if (!slice_is(message.method, "tail.events")) {
            continue;
        }
        struct cursor in = cursor_over(message.params);
        uint32_t count;
        int64_t sub;
        assert_true(cursor_array(&in, &count));
        assert_true(cursor_int(&in, &sub));
        assert_int_equal(sub, 7);
        assert_true(cursor_array(&in, &count));
        while (count-- > 0) {
            struct slice event;
            assert_true(cursor_value(&in, &event));
            assert_int_equal(number_in(event, "seq"), expected); /* gapless, in order */
            expected++;
        }
    }
    client_close(&reader);
    client_close(&writer);
}

static void a_byte_at_a_time_is_as_good(void **state)
{
    struct client client;
    struct rpc_message message;
    uint8_t bytes[256];
    (void)state;

    client_open(&client, &the_daemon);
    struct writer out = writer_over(bytes, sizeof(bytes));
    rpc_write_request(&out, 9, "ping", no_params);
    for (size_t i = 0; i < out.len; i++) {
        client_send(&client, slice_of(bytes + i, 1));
        (void)poll(NULL, 0, 2);
    }
    assert_true(client_receive(&client, &message, PATIENCE_MS));
    assert_int_equal(message.id, 9);
    client_close(&client);
}

static void a_large_message_in_pieces_is_taken(void **state)
{
    struct client client;
    size_t size = 1200000;
    uint8_t *bytes = malloc(size);
    (void)state;

    assert_non_null(bytes);
    client_open(&client, &the_daemon);
    for (uint32_t round = 0; round < 5; round++) {
        char prefix[16];
        (void)snprintf(prefix, sizeof(prefix), "large%u", round);
        struct slice map = notes(bytes, size, prefix, 1, 500, 2000);
        assert_true(map.len > 1000000);
        (void)client_result(&client, "append", map);
        (void)client_result(&client, "ping", no_params);
    }
    client_close(&client);
    free(bytes);
}

static void answers_follow_the_end_of_input(void **state)
{
    struct client client;
    struct rpc_message message;
    uint8_t bytes[2048];
    uint32_t answers = 0;
    (void)state;

    client_open(&client, &the_daemon);
    for (uint32_t i = 0; i < 300; i++) {
        (void)client_request(&client, "append", notes(bytes, sizeof(bytes), "half", i, 1, 20));
    }
    assert_int_equal(shutdown(client.fd, SHUT_WR), 0);
    while (client_receive(&client, &message, PATIENCE_MS)) {
        answers++;
    }
    assert_int_equal(answers, 300);
    client_close(&client);
}

/* One error that belongs to no request, then the end; quickly, and nobody else notices. */
static void refused(const void *bytes, size_t len, const char *code)
{
    struct client client, other;
    struct rpc_message message;
    struct slice text;
    size_t before = daemon_memory_kib(&the_daemon);

    client_open(&client, &the_daemon);
    client_open(&other, &the_daemon);
    client_send(&client, slice_of(bytes, len));
    assert_true(client_receive(&client, &message, 5000));
    assert_int_equal(message.id, 0);
    assert_true(value_text(message.error, &text));
    assert_memory_equal(text.data, code, strlen(code));
    assert_false(client_receive(&client, &message, 5000));
    (void)client_result(&other, "ping", no_params);
    client_close(&client);
    client_close(&other);
    assert_true(daemon_memory_kib(&the_daemon) < before + 8192);
}

static void what_is_not_a_message_is_refused_at_once(void **state)
{
    uint8_t deep[200];
    (void)state;
    refused("GET / HTTP/1.1\r\n", 16, "BAD_REQUEST");
    refused("\x16\x03\x01\x02", 4, "BAD_REQUEST");
    refused("\xc1", 1, "BAD_REQUEST");
    refused("\x94\xc1", 2, "BAD_REQUEST");
    refused("\x94\xd4\x01\x00\x00", 5, "BAD_REQUEST"); /* an ext */
    refused("\xdd\x10\x00\x00\x00", 5, "BAD_REQUEST"); /* bombs: an array of 2^28 */
    refused("\x94\xdd\x10\x00\x00\x00", 6, "TOO_LARGE");
    refused("\x94\xdf\x08\x00\x00\x00", 6, "TOO_LARGE"); /* a map of 2^27 */
    refused("\x94\xc6\xff\xff\xff\xff", 6, "TOO_LARGE"); /* 4 GiB of bytes */
    refused("\x94\xdb\x00\x40\x00\x00", 6, "TOO_LARGE"); /* a text of the whole limit */
    refused("\x94\x03\x00\x00\x00", 5, "BAD_REQUEST");   /* no such kind */
    refused("\x94\x01\x01\xc0\xc0", 5, "BAD_REQUEST");   /* an answer, to us */
    memset(deep, 0x91, sizeof(deep));
    deep[0] = 0x94;
    refused(deep, sizeof(deep), "TOO_LARGE");
    for (size_t i = 1; i + 5 <= sizeof(deep); i += 5) { /* arrays of 2^24, nested */
        memset(deep + i, 0, 5);
        deep[i] = 0xdd;
        deep[i + 1] = 1;
    }
    refused(deep, 156, "TOO_LARGE");
}

static void an_id_in_flight_is_not_used_twice(void **state)
{
    struct client client;
    struct rpc_message message;
    uint8_t bytes[4096], map[1024];
    bool refused_one = false;
    (void)state;

    client_open(&client, &the_daemon);
    struct writer out = writer_over(bytes, sizeof(bytes));
    rpc_write_request(&out, 5, "append", notes(map, sizeof(map), "twice", 1, 1, 10));
    rpc_write_request(&out, 5, "append", notes(map, sizeof(map), "twice", 2, 1, 10));
    client_send(&client, writer_slice(&out));
    while (client_receive(&client, &message, PATIENCE_MS)) {
        refused_one = refused_one || message.id == 0;
    }
    assert_true(refused_one);
    client_close(&client);
}

static void random_bytes_never_end_the_daemon(void **state)
{
    uint64_t random = 88172645463325252U;
    uint8_t bytes[512];
    (void)state;

    for (unsigned round = 0; round < 300; round++) {
        struct client client;
        client_open(&client, &the_daemon);
        for (size_t i = 0; i < sizeof(bytes); i++) {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            bytes[i] = (uint8_t)(random >> 24);
        }
        bytes[0] = round % 2 == 0 ? 0x94 : 0x93;
        (void)client_try_send(&client, slice_of(bytes, 1 + random % sizeof(bytes)));
        client_close(&client);
    }
    struct client client;
    client_open(&client, &the_daemon);
    (void)client_result(&client, "ping", no_params);
    client_close(&client);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(appended_events_are_read_back),
        cmocka_unit_test(errors_are_text_until_hello_asks_for_maps),
        cmocka_unit_test(a_tail_sees_what_another_appends),
        cmocka_unit_test(a_byte_at_a_time_is_as_good),
        cmocka_unit_test(a_large_message_in_pieces_is_taken),
        cmocka_unit_test(answers_follow_the_end_of_input),
        cmocka_unit_test(what_is_not_a_message_is_refused_at_once),
        cmocka_unit_test(an_id_in_flight_is_not_used_twice),
        cmocka_unit_test(random_bytes_never_end_the_daemon),
    };
    return cmocka_run_group_tests(tests, start_daemon, stop_daemon);
}
