/* Bounds (P11) and deadlines: a slow, greedy or silent peer costs only itself. */

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "tests/integration/daemon_fixture.h"

#include <setjmp.h>

#include <cmocka.h>

static const struct slice no_params = {(const uint8_t *)"\x80", 1};

static int set_up(void **state)
{
    static struct daemon daemon;
    daemon_make(&daemon);
    *state = &daemon;
    return 0;
}

static int tear_down(void **state)
{
    daemon_remove(*state);
    return 0;
}

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A log of some megabytes, so that answers can be large. */
static void fill_log(struct daemon *daemon)
{
    struct client client;
    uint8_t *bytes = malloc(600000);
    assert_non_null(bytes);
    client_open(&client, daemon);
    for (uint32_t i = 0; i < 10; i++) {
        (void)client_result(&client, "append", notes(bytes, 600000, "fill", i * 100, 100, 4000));
    }
    client_close(&client);
    free(bytes);
}

/* Requests whose answers are large, as many as the kernel takes without being read from. */
static uint32_t send_without_reading(struct client *client, uint32_t most)
{
    uint8_t params[64], bytes[128];
    uint32_t sent = 0;
    struct writer map = writer_over(params, sizeof(params));
    write_map(&map, 2);
    write_text(&map, "from");
    write_uint(&map, 1);
    write_text(&map, "limit");
    write_uint(&map, 200);
    while (sent < most) {
        struct writer out = writer_over(bytes, sizeof(bytes));
        struct pollfd room = {.fd = client->fd, .events = POLLOUT};
        rpc_write_request(&out, sent + 1, "read", writer_slice(&map));
        if (poll(&room, 1, 500) != 1 || client_try_send(client, writer_slice(&out)) != out.len) {
            break;
        }
        sent++;
    }
    return sent;
}

/* Ten answers are within OUT_BYTES_MAX, sixty are not: they are made as he reads. Of three hundred
 * requests at once some are OVERLOADED; but he is not closed, and never are all answers held. */
static void reads_late(struct daemon *daemon, uint32_t requests)
{
    struct client greedy, other;
    struct rpc_message message;
    uint32_t answered = 0, refused = 0;

    size_t before = daemon_memory_kib(daemon);
    client_open(&greedy, daemon);
    client_open(&other, daemon);
    uint32_t sent = send_without_reading(&greedy, requests);
    for (int i = 0; i < 50; i++) {
        (void)client_result(&other, "ping", no_params);
        (void)poll(NULL, 0, 10);
    }
    size_t after = daemon_memory_kib(daemon);
    assert_true(after < before + 40 * KIB);
    while (answered < sent && client_receive(&greedy, &message, PATIENCE_MS)) {
        struct slice text;
        refused += value_text(message.error, &text);
        answered++;
    }
    print_message("%u large answers to a late reader, %u refused, %zu KiB more\n", answered,
                  refused, after > before ? after - before : 0);
    assert_int_equal(answered, sent);
    assert_true(refused == 0 || requests > READER_JOBS_WAITING);
    client_close(&greedy);
    client_close(&other);
}

static void who_does_not_read_is_not_read(void **state)
{
    struct daemon *daemon = *state;
    static const char *const more[] = {"--level", "debug", NULL};

    daemon_start(daemon, more, 0);
    fill_log(daemon);
    reads_late(daemon, 10);
    reads_late(daemon, 60);
    reads_late(daemon, 300); /* 240 MB */
}

static void a_slow_tail_costs_no_memory(void **state)
{
    struct daemon *daemon = *state;
    struct client tails[8], writer;
    uint8_t params[64];
    uint8_t *bytes = malloc(600000);

    assert_non_null(bytes);
    daemon_start(daemon, NULL, 0);
    fill_log(daemon);
    struct writer map = writer_over(params, sizeof(params));
    write_map(&map, 2);
    write_text(&map, "credit");
    write_uint(&map, TAIL_CREDIT_MAX);
    write_text(&map, "from");
    write_uint(&map, 1);
    for (size_t i = 0; i < 8; i++) {
        client_open(&tails[i], daemon);
        (void)client_request(&tails[i], "tail", writer_slice(&map)); /* and never reads */
    }
    client_open(&writer, daemon);
    size_t before = daemon_memory_kib(daemon);
    for (uint32_t i = 0; i < 60; i++) { /* 24 MB more, which nobody takes */
        (void)client_result(&writer, "append", notes(bytes, 600000, "slow", i * 100, 100, 4000));
    }
    size_t after = daemon_memory_kib(daemon);
    assert_true(after < before + 64 * KIB);
    for (size_t i = 0; i < 8; i++) {
        client_close(&tails[i]);
    }
    (void)client_result(&writer, "ping", no_params);
    client_close(&writer);
    free(bytes);
}

static bool closed(struct client *client)
{
    uint8_t byte;
    return read(client->fd, &byte, 1) <= 0;
}

static void the_unfinished_is_closed_in_time(void **state)
{
    struct daemon *daemon = *state;
    struct client crumbs, stalled, idle;
    struct rpc_message message;

    daemon_start(daemon, NULL, 0);
    fill_log(daemon);
    client_open(&crumbs, daemon);
    client_open(&stalled, daemon);
    client_open(&idle, daemon);
    (void)send_without_reading(&stalled, 10); /* 8 MB: paused, not closed */
    int64_t begin = now_ms();
    int64_t stalled_ms = 0, crumbs_ms = 0;
    client_send(&crumbs, slice_of("\x94\x00\x01\xa4pi", 6));
    while (crumbs_ms == 0 || stalled_ms == 0) {
        struct pollfd ends[2] = {{.fd = crumbs_ms == 0 ? crumbs.fd : -1, .events = POLLIN},
                                 {.fd = stalled_ms == 0 ? stalled.fd : -1, .events = POLLRDHUP}};
        assert_true(now_ms() - begin < 60000);
        (void)poll(ends, 2, 1000);
        if (crumbs_ms == 0 && ends[0].revents != 0) {
            assert_true(closed(&crumbs));
            crumbs_ms = now_ms() - begin;
        }
        if (stalled_ms == 0 && ends[1].revents != 0) {
            stalled_ms = now_ms() - begin;
        }
    }
    print_message("half a message: %lld ms, no progress: %lld ms\n", (long long)crumbs_ms,
                  (long long)stalled_ms);
    assert_in_range(crumbs_ms, FRAME_DEADLINE_MS, FRAME_DEADLINE_MS + 2500);
    assert_in_range(stalled_ms, OUT_STALL_MS - 1500, OUT_STALL_MS + 2500);
    message = client_call(&idle, "ping", no_params); /* idle on a Unix socket is no fault */
    assert_int_equal(message.kind, RPC_RESPONSE);
    client_close(&crumbs);
    client_close(&stalled);
    client_close(&idle);
}

static long cpu_ticks(const struct daemon *daemon)
{
    char path[64], text[1024] = "";
    (void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)daemon->pid);
    int fd = open(path, O_RDONLY);
    assert_true(read(fd, text, sizeof(text) - 1) > 0);
    (void)close(fd);
    char *at = strrchr(text, ')');
    for (int field = 2; at != NULL && field < 14; field++) {
        at = strchr(at + 1, ' ');
    }
    if (at == NULL) {
        fail_msg("no times in %s", path);
        return 0;
    }
    long user = strtol(at, &at, 10);
    return user + strtol(at, NULL, 10);
}

static void too_many_connections_wait_their_turn(void **state)
{
    enum { CLIENTS = 80 };
    struct daemon *daemon = *state;
    struct client clients[CLIENTS];
    struct rpc_message message;
    unsigned served = 0;

    daemon_start(daemon, NULL, 96); /* room for 48 */
    for (unsigned i = 0; i < CLIENTS; i++) {
        client_open(&clients[i], daemon);
        (void)client_request(&clients[i], "ping", no_params);
    }
    for (unsigned i = 0; i < CLIENTS; i++) {
        struct pollfd answered = {.fd = clients[i].fd, .events = POLLIN};
        served += poll(&answered, 1, i == 0 ? 1000 : 20) == 1;
    }
    assert_int_equal(served, 48);
    long ticks = cpu_ticks(daemon);
    (void)poll(NULL, 0, 1000);
    assert_true(cpu_ticks(daemon) - ticks < 30); /* it does not spin */
    for (unsigned i = 0; i < CLIENTS; i++) {     /* who is done makes room for who waits */
        assert_true(client_receive(&clients[i], &message, PATIENCE_MS));
        client_close(&clients[i]);
    }
    assert_true(daemon_said(daemon, "newcomers wait"));
}

static void many_connections_cost_little(void **state)
{
    enum { CLIENTS = 800 };
    struct daemon *daemon = *state;
    static struct client clients[CLIENTS];

    daemon_start(daemon, NULL, 0);
    size_t before = daemon_memory_kib(daemon);
    for (unsigned i = 0; i < CLIENTS; i++) {
        client_open(&clients[i], daemon);
        (void)client_result(&clients[i], "ping", no_params);
        free(clients[i].bytes); /* ours, not the daemon's */
        clients[i].bytes = NULL;
        clients[i].size = clients[i].len = clients[i].used = 0;
    }
    size_t each = (daemon_memory_kib(daemon) - before) * 1024 / CLIENTS;
    print_message("an idle connection: %zu bytes\n", each);
    assert_true(each < 8192);
    for (unsigned i = 0; i < CLIENTS; i++) {
        client_close(&clients[i]);
    }
}

static void told_to_stop_it_answers_what_it_took(void **state)
{
    struct daemon *daemon = *state;
    struct client client;
    struct rpc_message message;
    uint8_t bytes[2048];
    int64_t last = 0;
    unsigned acknowledged = 0, sent = 0;

    daemon_start(daemon, NULL, 0);
    client_open(&client, daemon);
    for (; sent < 500; sent++) {
        (void)client_request(&client, "append", notes(bytes, sizeof(bytes), "stop", sent, 1, 50));
    }
    int64_t begin = now_ms();
    assert_int_equal(kill(daemon->pid, SIGTERM), 0);
    while (client_receive(&client, &message, PATIENCE_MS)) {
        struct slice text;
        if (!value_text(message.error, &text)) {
            acknowledged++;
            last = number_in(message.result, "last");
        }
    }
    client_close(&client);
    assert_int_equal(daemon_stop(daemon, SIGCONT), 0);
    assert_true(now_ms() - begin < 6000);
    print_message("%u of %u acknowledged, stopped in %lld ms\n", acknowledged, sent,
                  (long long)(now_ms() - begin));
    daemon_start(daemon, NULL, 0);
    client_open(&client, daemon);
    assert_true(number_in(client_result(&client, "status", no_params), "head") > last);
    client_close(&client);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(who_does_not_read_is_not_read),    TEST(a_slow_tail_costs_no_memory),
        TEST(the_unfinished_is_closed_in_time), TEST(too_many_connections_wait_their_turn),
        TEST(many_connections_cost_little),     TEST(told_to_stop_it_answers_what_it_took),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
