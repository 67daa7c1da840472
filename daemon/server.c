/* The daemon's life: start in order, run, stop in the opposite order.
 *
 *   V1  The stages are one list. Each needs only those above it; each may be stopped though it
 *       never started.
 *   V2  Sockets are bound before there is a second thread, and nobody is accepted before the log
 *       is open and has made a real commit.
 *   V3  Told to stop (SIGTERM, SIGINT), it takes nothing new and answers what is in flight, at
 *       most DRAIN_MS; what is not durable by then was never acknowledged. Told twice, it does
 *       not wait.
 *   V4  A writer that hangs in a commit cannot be joined: then the process ends around it.
 *   V5  A socket that the service manager gave us counts for the configured address that it has:
 *       one configuration is good with and without socket activation. */

#include "daemon/server.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>
#include <uv.h>

#include "daemon/base/check.h"
#include "daemon/directory.h"
#include "daemon/net/net.h"
#include "daemon/notify.h"
#include "daemon/service/service.h"
#include "daemon/watch.h"

#define DRAIN_MS 4500u
#define EXIT_NOT_STARTED 1

struct server {
    const struct config *config;
    const struct activation *activation;
    int ready_fd;
    char data[PATH_MAX];
    bool data_passing; /* remove it at the end */
    uv_loop_t loop;
    bool loop_started;
    struct net *net;
    struct service *service;
    bool net_running, net_stopped;
    uv_signal_t signals[2];
    bool signals_started, stopping;
    struct watch watch;
    struct address bound[2 * LISTEN_MAX];
    unsigned bound_count;
};

/* ---- stages ---- */

static enum status directory_start(struct server *server, struct fault *fault)
{
    const struct config *config = server->config;
    bool good = true;

    if (config->data[0] != '\0') {
        memcpy(server->data, config->data, sizeof(server->data));
        good = directory_make_above(server->data);
    } else {
        good = directory_make_passing(server->data, sizeof(server->data));
        server->data_passing = good;
    }
    if (!good) {
        (void)fault_set(fault, STATUS_IO, "data");
        fault_detail(fault, "%s: %s", server->data, strerror(errno));
        return STATUS_IO;
    }
    return STATUS_OK;
}

static void directory_stop(struct server *server)
{
    if (server->data_passing) {
        directory_remove(server->data);
    }
}

static enum status loop_start(struct server *server, struct fault *fault)
{
    int rc = uv_loop_init(&server->loop);
    if (rc != 0) {
        (void)fault_set(fault, STATUS_IO, NULL);
        fault_detail(fault, "event loop: %s", uv_strerror(rc));
        return STATUS_IO;
    }
    server->loop_started = true;
    server->net = net_new(&server->loop);
    return server->net != NULL ? STATUS_OK : fault_set(fault, STATUS_NOMEM, NULL);
}

static void loop_stop(struct server *server)
{
    net_free(server->net);
    if (server->loop_started) {
        int rc = uv_loop_close(&server->loop);
        INVARIANT(rc == 0); /* else a handle was forgotten */
    }
}

static enum status service_start(struct server *server, struct fault *fault)
{
    const struct service_config config = {
        .data_dir = server->data,
        .create = true,
        .init_load = server->config->init_load,
        .after_io_error = server->config->after_io_error,
        .accept_clock = server->config->accept_clock,
        .ephemeral = server->config->ephemeral,
        .map_bytes = server->config->map_bytes,
        .snapshot_events = server->data_passing ? 0 : server->config->snapshot_events,
        .scrub_after_us = server->data_passing || !server->config->scrub
                              ? 0
                              : (int64_t)server->config->scrub_after_s * 1000000,
        .release = ACCRUE_VERSION,
        .progress = watch_progress,
        .progress_arg = &server->watch,
    };
    return service_open(&config, net_env(server->net), &server->service, fault);
}

static void service_stop(struct server *server)
{
    if (server->service != NULL) {
        service_close(server->service);
    }
}

/* V5: those come first in `bound`. */
static bool is_inherited(const struct server *server, const struct address *wanted)
{
    char text[ADDRESS_TEXT_MAX], other[ADDRESS_TEXT_MAX];
    address_format(wanted, text);
    for (unsigned i = 0; i < server->activation->count; i++) {
        address_format(&server->bound[i], other);
        if (strcmp(text, other) == 0) {
            return true;
        }
    }
    return false;
}

static enum status listener_start(struct server *server, const char *text, struct fault *fault)
{
    struct address address;
    enum status status = address_parse(text, &address, fault);
    if (status == STATUS_OK && is_inherited(server, &address)) {
        return STATUS_OK;
    }
    if (status == STATUS_OK) {
        status = net_listen(server->net, &address, &server->bound[server->bound_count], fault);
    }
    if (status != STATUS_OK) {
        fault_detail(fault, "address=%s", text);
        return status;
    }
    server->bound_count++;
    return STATUS_OK;
}

static enum status listeners_start(struct server *server, struct fault *fault) /* V2 */
{
    const struct activation *activation = server->activation;
    enum status status = STATUS_OK;

    net_set_tcp_idle(server->net, server->config->tcp_idle_s * 1000);
    for (unsigned i = 0; i < server->config->http_host_count && status == STATUS_OK; i++) {
        status = net_add_http_host(server->net, server->config->http_host[i], fault);
    }
    for (unsigned i = 0; i < activation->count && status == STATUS_OK; i++) {
        int fd = activation->fds[i];
        status = net_adopt(server->net, fd, activation->http[i], &server->bound[i], fault);
        if (status != STATUS_OK) {
            fault_detail(fault, "descriptor=%d", fd);
            return status;
        }
        server->bound_count++;
    }
    for (unsigned i = 0; i < server->config->listen_count && status == STATUS_OK; i++) {
        status = listener_start(server, server->config->listen[i], fault);
    }
    return status;
}

static enum status net_stage_start(struct server *server, struct fault *fault)
{
    enum status status = net_start(server->net, server->service, fault);
    server->net_running = status == STATUS_OK;
    return status;
}

/* Idempotent: the signal that ends the daemon does it first. */
static void net_stage_stop(struct server *server)
{
    if (server->net == NULL) {
        return;
    }
    if (!server->net_stopped && !net_stop(server->net)) { /* V4 */
        int code = service_exit_code(server->service);
        diag(DIAG_ERROR, "a commit hangs, ending without it", "status=%d", code);
        _exit(code);
    }
    server->net_stopped = true;
    (void)uv_run(&server->loop, UV_RUN_DEFAULT);
}

static void on_signal(uv_signal_t *handle, int number);

static enum status signals_start(struct server *server, struct fault *fault)
{
    static const int numbers[] = {SIGTERM, SIGINT};
    server->signals_started = true;
    for (size_t i = 0; i < 2; i++) {
        int rc = uv_signal_init(&server->loop, &server->signals[i]);
        INVARIANT(rc == 0);
        server->signals[i].data = server;
    }
    for (size_t i = 0; i < 2; i++) {
        if (uv_signal_start(&server->signals[i], on_signal, numbers[i]) != 0) {
            return fault_set(fault, STATUS_IO, "signals");
        }
    }
    return STATUS_OK;
}

static void signals_stop(struct server *server)
{
    for (size_t i = 0; server->signals_started && i < 2; i++) {
        uv_close((uv_handle_t *)&server->signals[i], NULL);
    }
    server->signals_started = false;
}

static enum status watch_stage_start(struct server *server, struct fault *fault)
{
    return watch_start(&server->watch, &server->loop, server->service)
               ? STATUS_OK
               : fault_set(fault, STATUS_IO, "watchdog");
}

static void watch_stage_stop(struct server *server)
{
    watch_stop(&server->watch);
}

/* V1 */
static const struct stage {
    enum status (*start)(struct server *server, struct fault *fault); /* may be NULL */
    void (*stop)(struct server *server);
} stages[] = {
    {directory_start, directory_stop}, {loop_start, loop_stop}, {service_start, service_stop},
    {listeners_start, NULL},           {signals_start, NULL}, /* their handles, and the watch's,
                                                                 close before the */
    {watch_stage_start, NULL},                                /* loop's last run, below */
    {net_stage_start, net_stage_stop}, {NULL, signals_stop},    {NULL, watch_stage_stop},
};

#define STAGES (sizeof(stages) / sizeof(stages[0]))

/* ---- running ---- */

static void on_drained(void *arg, bool in_time)
{
    struct server *server = arg;
    if (!in_time) {
        diag(DIAG_WARN, "not everything was answered in time", "limit_ms=%u", DRAIN_MS);
    }
    uv_stop(&server->loop);
}

static void on_signal(uv_signal_t *handle, int number)
{
    struct server *server = handle->data;
    if (server->stopping) {
        uv_stop(&server->loop); /* V3 */
        return;
    }
    server->stopping = true;
    diag(DIAG_INFO, "stopping", "signal=%d", number);
    notify_manager("STOPPING=1\nSTATUS=Answering what is in flight");
    net_drain(server->net, DRAIN_MS, on_drained, server);
}

static void add(char line[DIAG_LINE_MAX], const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add(char line[DIAG_LINE_MAX], const char *format, ...)
{
    va_list arguments;
    size_t len = strlen(line);
    va_start(arguments, format);
    (void)vsnprintf(line + len, DIAG_LINE_MAX - len, format, arguments);
    va_end(arguments);
}

static void say_ready(struct server *server)
{
    char line[DIAG_LINE_MAX] = "";
    char quoted[DIAG_LINE_MAX];

    for (unsigned i = 0; i < server->bound_count; i++) {
        char text[ADDRESS_TEXT_MAX];
        address_format(&server->bound[i], text);
        add(line, "socket=%s ", diag_text(text, quoted, sizeof(quoted)));
    }
    add(line, "data=%s seq=%llu", diag_text(server->data, quoted, sizeof(quoted)),
        (unsigned long long)service_head(server->service));
    diag(DIAG_INFO, "ready", "%s", line);
    if (server->ready_fd >= 0) {
        (void)dprintf(server->ready_fd, "ready %s\n", line);
        (void)close(server->ready_fd);
    }
    notify_manager("READY=1\nSTATUS=Ready");
}

static int start(struct server *server)
{
    struct fault fault;
    char text[ERROR_TEXT_MAX];
    char quoted[ERROR_TEXT_MAX + 2];

    for (size_t i = 0; i < STAGES; i++) {
        enum status status = STATUS_OK;
        if (stages[i].start != NULL) {
            status = stages[i].start(server, &fault);
        }
        if (status != STATUS_OK) {
            (void)fault_render(&fault, LANGUAGE_EN, text, sizeof(text));
            diag(DIAG_ERROR, "cannot start", "code=%s reason=%s", status_name(status),
                 diag_text(text, quoted, sizeof(quoted)));
            return status == STATUS_CORRUPT ? 75 : EXIT_NOT_STARTED;
        }
    }
    return 0;
}

int server_run(const struct config *config, const struct activation *activation, int ready_fd)
{
    struct server server;
    memset(&server, 0, sizeof(server));
    server.config = config;
    server.activation = activation;
    server.ready_fd = ready_fd;

    int code = start(&server);
    if (code == 0) {
        say_ready(&server);
        (void)uv_run(&server.loop, UV_RUN_DEFAULT);
        code = service_exit_code(server.service);
    }
    for (size_t i = STAGES; i > 0; i--) {
        if (stages[i - 1].stop != NULL) {
            stages[i - 1].stop(&server);
        }
    }
    diag(DIAG_INFO, "stopped", "status=%d", code);
    return code;
}
