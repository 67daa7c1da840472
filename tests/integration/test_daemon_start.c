/* Starting and stopping: what the operator sees. */

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
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

static void ready_line_tells_socket_data_and_seq(void **state)
{
    struct daemon *daemon = *state;
    struct stat info;
    daemon_start(daemon, NULL, 0);
    assert_non_null(strstr(daemon->ready, daemon->socket));
    assert_non_null(strstr(daemon->ready, daemon->data));
    assert_non_null(strstr(daemon->ready, " seq=1\n")); /* its own start is the first event */
    assert_true(daemon_said(daemon, "msg=ready socket=unix:"));
    assert_int_equal(stat(daemon->socket, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0660);
    assert_int_equal(daemon_stop(daemon, SIGTERM), 0);
    assert_int_equal(stat(daemon->socket, &info), -1);
    assert_true(daemon_said(daemon, "msg=stopped status=0"));
}

static void starts_again_where_it_stood(void **state)
{
    struct daemon *daemon = *state;
    for (int round = 1; round <= 3; round++) {
        char seq[16];
        daemon_start(daemon, NULL, 0);
        (void)snprintf(seq, sizeof(seq), " seq=%d\n", round);
        assert_non_null(strstr(daemon->ready, seq));
        assert_int_equal(daemon_stop(daemon, round == 2 ? SIGKILL : SIGINT),
                         round == 2 ? 128 + SIGKILL : 0);
    }
}

static void the_same_data_is_not_opened_twice(void **state)
{
    struct daemon *daemon = *state;
    char other[96];
    daemon_start(daemon, NULL, 0);
    (void)snprintf(other, sizeof(other), "unix:%s.2", daemon->socket);
    const char *const arguments[] = {"--data", daemon->data, "--listen", other, NULL};
    assert_int_equal(daemon_run(daemon, arguments), 1);
    assert_true(daemon_said(daemon, "code=BUSY"));
    struct client client;
    client_open(&client, daemon);
    (void)client_result(&client, "ping", no_params);
    client_close(&client);
}

static void the_same_socket_is_not_taken_twice(void **state)
{
    struct daemon *daemon = *state;
    char socket_text[96], data[96];
    daemon_start(daemon, NULL, 0);
    (void)snprintf(socket_text, sizeof(socket_text), "unix:%s", daemon->socket);
    (void)snprintf(data, sizeof(data), "%s.2", daemon->data);
    const char *const arguments[] = {"--data", data, "--listen", socket_text, NULL};
    assert_int_equal(daemon_run(daemon, arguments), 1);
    assert_true(daemon_said(daemon, "code=BUSY"));
    struct client client;
    client_open(&client, daemon);
    (void)client_result(&client, "ping", no_params);
    client_close(&client);
}

static void a_dead_daemons_socket_is_replaced(void **state)
{
    struct daemon *daemon = *state;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    (void)snprintf(address.sun_path, sizeof(address.sun_path), "%s", daemon->socket);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
    (void)close(fd); /* the name stays, as after kill -9 */
    daemon_start(daemon, NULL, 0);
    assert_int_equal(daemon_stop(daemon, SIGTERM), 0);
}

static void what_is_not_a_socket_is_left_alone(void **state)
{
    struct daemon *daemon = *state;
    char socket_text[96];
    FILE *file = fopen(daemon->socket, "w");
    assert_non_null(file);
    (void)fclose(file);
    (void)snprintf(socket_text, sizeof(socket_text), "unix:%s", daemon->socket);
    const char *const arguments[] = {"--data", daemon->data, "--listen", socket_text, NULL};
    assert_int_equal(daemon_run(daemon, arguments), 1);
    assert_true(daemon_said(daemon, "the path is not a socket"));
    assert_int_equal(access(daemon->socket, F_OK), 0);
}

static void addresses_that_cannot_be_are_refused(void **state)
{
    static const struct {
        const char *address, *said;
    } cases[] = {
        {"tcp:0.0.0.0:1", "FORBIDDEN"},
        {"tcp:10.0.0.1:1", "FORBIDDEN"},
        {"tcp:[::]:1", "FORBIDDEN"},
        {"tcp:localhost:1", "names are not resolved"},
        {"tcp:127.0.0.1:65536", "names are not resolved"},
        {"tcp:127.0.0.1", "names are not resolved"},
        {"https:127.0.0.1:1", "begins with unix:, tcp:, http: or http+unix:"},
        {"http:127.0.0.1", "names are not resolved"},
        {"http:[::]:1", "FORBIDDEN"},
        {"http+unix:", "a path must follow"},
        {"unix:", "a path must follow"},
    };
    struct daemon *daemon = *state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *const arguments[] = {"--data", daemon->data, "--listen", cases[i].address,
                                         NULL};
        assert_int_equal(daemon_run(daemon, arguments), 2);
        assert_true(daemon_said(daemon, cases[i].said));
        (void)unlink(daemon->errors);
    }
    char long_path[128] = "unix:/";
    memset(long_path + 6, 'a', 107);
    const char *const arguments[] = {"--data", daemon->data, "--listen", long_path, NULL};
    assert_int_equal(daemon_run(daemon, arguments), 2);
    assert_true(daemon_said(daemon, "at most 107 bytes, this one 108"));
}

static void run_config(struct daemon *daemon, const char *text, int status, const char *said)
{
    char path[96];
    (void)snprintf(path, sizeof(path), "%s/conf", daemon->dir);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs(text, file);
    (void)fclose(file);
    (void)unlink(daemon->errors);
    const char *const arguments[] = {"--check-config", "--config", path, NULL};
    assert_int_equal(daemon_run(daemon, arguments), status);
    if (!daemon_said(daemon, said)) {
        fail_msg("did not say: %s", said);
    }
}

static void configuration_is_checked_by_line(void **state)
{
    struct daemon *daemon = *state;
    run_config(daemon, "[store]\ndata = /x\nmap_bytes = 4G\n[net]\nlisten = unix:/x/s\n", 0,
               "the configuration is good");
    run_config(daemon, "[store]\ndata = /x\n\nephemral = yes\n", 2, "conf:4");
    run_config(daemon, "[store]\nephemeral = perhaps\n[net]\nlisten = unix:/x\n", 2, "conf:2");
    run_config(daemon, "[net]\nlisten = tcp:example.org:7\n", 2, "conf:2");
    run_config(daemon, "[net]\nhttp_host = https://ledger.example\n", 2, "without scheme");
    run_config(daemon,
               "[store]\ndata = /x\n[net]\nlisten = http:[::1]:80\nlisten = http+unix:/x/h\n"
               "http_host = ledger.example\n",
               0, "sockets=2");
    run_config(daemon, "[net]\nlisten = unix:/x\ndata = /x\n", 2, "section=[net]");
    run_config(daemon, "[net]\nlisten\n", 2, "conf:2");
    run_config(daemon, "[diag]\nlevel = loud\n", 2, "conf:2");
    run_config(daemon, "[store]\ndata = /x\nscrub = no\nscrub_after = 60\n[net]\ntcp_idle = 5\n", 0,
               "the configuration is good");
    run_config(daemon, "[store]\nscrub = weekly\n", 2, "conf:2");
    run_config(daemon, "[store]\nscrub_after = 0\n", 2, "conf:2");
    run_config(daemon, "[store]\nscrub_after = 86401\n", 2, "conf:2");
    run_config(daemon, "[net]\ntcp_idle = 601\n", 2, "conf:2");
}

static void an_ephemeral_log_leaves_nothing(void **state)
{
    struct daemon *daemon = *state;
    static const char *const more[] = {"--ephemeral", NULL};
    char data[128];
    struct stat info;

    daemon->data[0] = '\0';
    (void)setenv("TMPDIR", daemon->dir, 1);
    daemon_start(daemon, more, 0);
    (void)unsetenv("TMPDIR");
    const char *at = strstr(daemon->ready, "data=");
    assert_non_null(at);
    size_t len = strcspn(at + 5, " ");
    assert_true(len < sizeof(data));
    memcpy(data, at + 5, len);
    data[len] = '\0';
    assert_int_equal(stat(data, &info), 0);
    assert_int_equal(daemon_stop(daemon, SIGTERM), 0);
    assert_int_equal(stat(data, &info), -1);
}

static void unix_peers_are_known_by_their_uid(void **state)
{
    struct daemon *daemon = *state;
    static const char *const more[] = {"--listen", "tcp:127.0.0.1:0", NULL};
    struct client client;
    struct slice identity;
    char uid[32];

    daemon_start(daemon, more, 0);
    (void)snprintf(uid, sizeof(uid), "uid:%lu", (unsigned long)geteuid());
    client_open(&client, daemon);
    assert_true(map_find(client_result(&client, "hello", no_params), "identity", &identity));
    assert_true(value_text(identity, &identity));
    assert_true(slice_is(identity, uid));
    client_close(&client);
    client_open_tcp(&client, daemon);
    assert_true(map_find(client_result(&client, "hello", no_params), "identity", &identity));
    assert_true(value_text(identity, &identity));
    assert_true(slice_is(identity, "tcp:127.0.0.1"));
    client_close(&client);
}

static int manager_open(const struct daemon *daemon)
{
    const struct timeval patience = {.tv_sec = PATIENCE_MS / 1000};
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

    (void)snprintf(address.sun_path, sizeof(address.sun_path), "%s/notify", daemon->dir);
    (void)unlink(address.sun_path);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)), 0);
    (void)setenv("NOTIFY_SOCKET", address.sun_path, 1);
    return fd;
}

static void assert_manager_hears(int fd, const char *wanted)
{
    char text[256] = "";
    assert_true(recv(fd, text, sizeof(text) - 1, 0) > 0);
    assert_string_equal(text, wanted);
}

static void the_service_manager_is_told(void **state)
{
    struct daemon *daemon = *state;
    int fd = manager_open(daemon);

    daemon_start(daemon, NULL, 0);
    (void)unsetenv("NOTIFY_SOCKET");
    assert_manager_hears(fd, "READY=1\nSTATUS=Ready");
    assert_int_equal(daemon_stop(daemon, SIGTERM), 0);
    assert_manager_hears(fd, "STOPPING=1\nSTATUS=Answering what is in flight");
    (void)close(fd);
}

static void the_watchdog_is_fed_by_the_loop(void **state)
{
    struct daemon *daemon = *state;
    int fd = manager_open(daemon);

    (void)setenv("WATCHDOG_USEC", "20000", 1);
    daemon_start(daemon, NULL, 0);
    (void)unsetenv("NOTIFY_SOCKET");
    (void)unsetenv("WATCHDOG_USEC");
    assert_manager_hears(fd, "READY=1\nSTATUS=Ready");
    assert_manager_hears(fd, "WATCHDOG=1");
    assert_manager_hears(fd, "WATCHDOG=1");
    (void)close(fd);
}

/* 5,000 events are folded again: the manager hears of it once, before the end. */
static void a_long_start_asks_for_time(void **state)
{
    static const char *const more[] = {"--snapshot-events", "0", NULL};
    struct daemon *daemon = *state;
    struct client client;
    uint8_t *bytes = malloc(MIB);

    assert_non_null(bytes);
    daemon_start(daemon, more, 0);
    client_open(&client, daemon);
    for (uint32_t first = 1; first <= 5000; first += 1000) {
        (void)client_result(&client, "append", notes(bytes, MIB, "fold", first, 1000, 10));
    }
    client_close(&client);
    free(bytes);
    assert_int_equal(daemon_stop(daemon, SIGKILL), 128 + SIGKILL);
    int fd = manager_open(daemon);
    daemon_start(daemon, more, 0);
    (void)unsetenv("NOTIFY_SOCKET");
    assert_manager_hears(fd, "EXTEND_TIMEOUT_USEC=60000000\n"
                             "STATUS=Folding the log: event 4096 of 5001");
    assert_manager_hears(fd, "READY=1\nSTATUS=Ready");
    (void)close(fd);
}

static bool status_has(const struct daemon *daemon, const char *wanted)
{
    char path[64], line[256];
    bool found = false;
    (void)snprintf(path, sizeof(path), "/proc/%d/status", (int)daemon->pid);
    FILE *file = fopen(path, "r");
    while (file != NULL && !found && fgets(line, sizeof(line), file) != NULL) {
        found = strcmp(line, wanted) == 0;
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return found;
}

static void it_gains_no_privileges(void **state)
{
    struct daemon *daemon = *state;
    daemon_start(daemon, NULL, 0);
    assert_true(status_has(daemon, "NoNewPrivs:\t1\n"));
}

/* The file of the log is cut off below a running daemon: it says so, and ends with 75. */
static void a_log_that_cannot_be_read_ends_it(void **state)
{
    struct daemon *daemon = *state;
    struct client client;
    struct rpc_message message;
    char path[96];
    uint8_t *bytes = malloc(100000);

    assert_non_null(bytes);
    daemon_start(daemon, NULL, 0);
    client_open(&client, daemon);
    (void)client_result(&client, "append", notes(bytes, 100000, "cut", 1, 20, 4000));
    (void)snprintf(path, sizeof(path), "%s/data.mdb", daemon->data);
    assert_int_equal(truncate(path, 8192), 0);
    (void)client_request(&client, "read", no_params);
    assert_false(client_receive(&client, &message, PATIENCE_MS));
    client_close(&client);
    assert_int_equal(daemon_wait(daemon), 75);
    assert_true(daemon_said(daemon, "CORRUPT"));
    free(bytes);
}

/* But SIGBUS from elsewhere is no word about the log. */
static void another_bus_error_is_not_the_log(void **state)
{
    struct daemon *daemon = *state;
    daemon_start(daemon, NULL, 0);
    assert_int_equal(kill(daemon->pid, SIGBUS), 0);
    assert_int_equal(daemon_wait(daemon), 128 + SIGBUS);
    assert_false(daemon_said(daemon, "CORRUPT"));
}

static void version_and_help_end_well(void **state)
{
    struct daemon *daemon = *state;
    const char *const version[] = {"--version", NULL};
    const char *const unknown[] = {"--no-such-option", NULL};
    const char *const word[] = {"start", NULL};
    assert_int_equal(daemon_run(daemon, version), 0);
    assert_int_equal(daemon_run(daemon, unknown), 2);
    assert_int_equal(daemon_run(daemon, word), 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(ready_line_tells_socket_data_and_seq),
        TEST(starts_again_where_it_stood),
        TEST(the_same_data_is_not_opened_twice),
        TEST(the_same_socket_is_not_taken_twice),
        TEST(a_dead_daemons_socket_is_replaced),
        TEST(what_is_not_a_socket_is_left_alone),
        TEST(addresses_that_cannot_be_are_refused),
        TEST(configuration_is_checked_by_line),
        TEST(an_ephemeral_log_leaves_nothing),
        TEST(unix_peers_are_known_by_their_uid),
        TEST(the_service_manager_is_told),
        TEST(the_watchdog_is_fed_by_the_loop),
        TEST(a_long_start_asks_for_time),
        TEST(it_gains_no_privileges),
        TEST(a_log_that_cannot_be_read_ends_it),
        TEST(another_bus_error_is_not_the_log),
        TEST(version_and_help_end_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
