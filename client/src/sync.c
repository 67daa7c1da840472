/* Blocking calls: poll(2) around the core.
 *
 *   Y1  A lost connection is made again while the call has time, after pauses that grow until
 *       something is answered; the core sends the unanswered requests again (L2 of client.c).
 *   Y2  Every wait has a deadline; nothing is retried for ever.
 *   Y3  What a call returns lives in `result` until the next call. */

#include "client/src/sync.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "client/src/address.h"

#define TIMEOUT_DEFAULT_MS 30000u
#define PAUSE_FIRST_MS 10u
#define PAUSE_MAX_MS 1000u

uint64_t sync_now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

uint64_t sync_deadline(uint32_t timeout_ms)
{
    return sync_now_ms() + (timeout_ms == 0 ? TIMEOUT_DEFAULT_MS : timeout_ms);
}

int sync_fail(accrue_connection *connection, int code, const char *detail)
{
    enum language language =
        connection->client == NULL ? LANGUAGE_EN : connection->client->language;
    error_make(code, detail, language, &connection->text, &connection->error);
    return code;
}

/* Keep an error past its callback. */
void sync_keep_error(accrue_connection *connection, const accrue_error *error)
{
    struct error_text *text = &connection->text;
    (void)snprintf(text->message, sizeof(text->message), "%s", error->message);
    (void)snprintf(text->field, sizeof(text->field), "%s", error->field);
    (void)snprintf(text->state, sizeof(text->state), "%s", error->state);
    buffer_take(&connection->legal, connection->legal.len);
    if (error->legal.len > 0) {
        (void)buffer_add(&connection->legal, error->legal.data, error->legal.len, MIB);
    }
    connection->error = *error;
    connection->error.message = text->message;
    connection->error.field = text->field;
    connection->error.state = text->state;
    connection->error.legal = (accrue_value){connection->legal.data, connection->legal.len};
}

/* The next attempt is due after a pause that does not begin again with every call. */
static void failed_once_more(accrue_connection *connection)
{
    uint64_t pause = PAUSE_FIRST_MS;
    for (unsigned i = 0; i < connection->failures && pause < PAUSE_MAX_MS; i++) {
        pause *= 2;
    }
    connection->failures++;
    connection->retry_at_ms = sync_now_ms() + (pause < PAUSE_MAX_MS ? pause : PAUSE_MAX_MS);
}

static void drop(accrue_connection *connection)
{
    if (connection->socket >= 0) {
        (void)close(connection->socket);
        connection->socket = -1;
        accrue_client_disconnected(connection->client);
        connection->lost++;
        failed_once_more(connection);
    }
}

static void pause_ms(uint64_t milliseconds)
{
    struct timespec pause = {.tv_sec = (time_t)(milliseconds / 1000),
                             .tv_nsec = (long)(milliseconds % 1000) * 1000000L};
    (void)nanosleep(&pause, NULL);
}

static int no_connection(accrue_connection *connection, int status, const char *reason)
{
    char why[160];
    (void)snprintf(why, sizeof(why), "%.100s: %s", connection->url, reason);
    return sync_fail(connection, status, why);
}

static int connect_until(accrue_connection *connection, uint64_t deadline)
{
    const char *reason = "connection lost";
    while (connection->socket < 0) {
        uint64_t now = sync_now_ms();
        if (now < connection->retry_at_ms) {
            bool in_time = connection->retry_at_ms < deadline;
            uint64_t until = in_time ? connection->retry_at_ms : deadline;
            pause_ms(until > now ? until - now : 0);
            if (!in_time) {
                return no_connection(connection, ACCRUE_UNAVAILABLE, reason);
            }
            now = until;
        }
        uint64_t left = deadline > now ? deadline - now : 0;
        int status = address_connect(connection->url, (uint32_t)left, &connection->socket);
        if (status == ACCRUE_OK) {
            accrue_client_connected(connection->client);
            break;
        }
        if (status != ACCRUE_UNAVAILABLE) {
            return no_connection(connection, status, "not a URL");
        }
        reason = strerror(errno);
        if (!connection->was_up && errno != EAGAIN) { /* the first time nobody is waited for */
            return no_connection(connection, status, reason);
        }
        failed_once_more(connection);
    }
    return ACCRUE_OK;
}

static void write_some(accrue_connection *connection)
{
    const void *bytes;
    size_t len = accrue_client_pending(connection->client, &bytes);
    if (len == 0) {
        return;
    }
    ssize_t sent = send(connection->socket, bytes, len, MSG_NOSIGNAL);
    if (sent > 0) {
        accrue_client_sent(connection->client, (size_t)sent);
    } else if (errno != EAGAIN && errno != EINTR) {
        drop(connection);
    }
}

static void read_some(accrue_connection *connection)
{
    static const size_t chunk = 64 * KIB;
    if (connection->chunk == NULL && (connection->chunk = malloc(chunk)) == NULL) {
        drop(connection);
        return;
    }
    ssize_t got = recv(connection->socket, connection->chunk, chunk, 0);
    if (got > 0) {
        uint32_t unanswered = accrue_client_unanswered(connection->client);
        if (accrue_client_feed(connection->client, connection->chunk, (size_t)got) != ACCRUE_OK) {
            drop(connection);
        } else if (accrue_client_unanswered(connection->client) < unanswered) {
            connection->failures = 0; /* Y1 */
        }
    } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
        drop(connection);
    }
}

int sync_turn(accrue_connection *connection, uint64_t deadline)
{
    int status = connect_until(connection, deadline);
    if (status != ACCRUE_OK) {
        return status;
    }
    connection->was_up = true;
    write_some(connection);
    if (connection->socket < 0) {
        return ACCRUE_OK;
    }
    const void *bytes;
    bool more = accrue_client_pending(connection->client, &bytes) > 0;
    uint64_t now = sync_now_ms();
    struct pollfd ready = {.fd = connection->socket,
                           .events = (short)(more ? POLLIN | POLLOUT : POLLIN)};
    uint64_t wait = deadline > now ? deadline - now : 0;
    int count = poll(&ready, 1, wait > INT32_MAX ? INT32_MAX : (int)wait);
    if (count > 0 && (ready.revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
        read_some(connection);
    }
    (void)accrue_client_tick(connection->client, sync_now_ms());
    return ACCRUE_OK;
}

static void on_notify(void *arg, const char *method, size_t method_len, accrue_value params)
{
    accrue_connection *connection = arg;
    connection->notified = true;
    connection->failures = 0;
    if (sync_tail_notify(connection, method, method_len, params)) {
        return;
    }
    if (connection->on_notify != NULL) {
        connection->on_notify(connection->notify_arg, method, method_len, params);
    }
}

int accrue_open(const char *url, const accrue_options *options, uint32_t timeout_ms,
                accrue_connection **ret_connection)
{
    char standard[256];
    accrue_options own = {0};
    accrue_connection *connection = calloc(1, sizeof(*connection));
    *ret_connection = connection;
    if (connection == NULL) {
        return ACCRUE_NOMEM;
    }
    if (options != NULL) {
        own = *options;
    }
    connection->socket = -1;
    connection->on_notify = own.on_notify;
    connection->notify_arg = own.arg;
    own.on_notify = on_notify;
    own.arg = connection;
    if (accrue_client_new(&own, &connection->client) != ACCRUE_OK) {
        return sync_fail(connection, ACCRUE_NOMEM, "");
    }
    if (url == NULL) {
        url = address_default(standard, sizeof(standard));
    }
    (void)snprintf(connection->url, sizeof(connection->url), "%s", url);
    uint64_t deadline = sync_deadline(timeout_ms);
    (void)accrue_client_tick(connection->client, sync_now_ms());
    int status = connect_until(connection, deadline);
    while (status == ACCRUE_OK && !connection->client->greeted) {
        if (connection->lost > 0 || sync_now_ms() >= deadline) {
            return no_connection(connection, ACCRUE_UNAVAILABLE, "no greeting");
        }
        status = sync_turn(connection, deadline);
    }
    return status;
}

void accrue_close(accrue_connection *connection)
{
    if (connection == NULL) {
        return;
    }
    accrue_client_free(connection->client);
    if (connection->socket >= 0) {
        (void)close(connection->socket);
    }
    buffer_done(&connection->result);
    buffer_done(&connection->legal);
    buffer_done(&connection->events);
    free(connection->tail_params);
    free(connection->chunk);
    free(connection);
}

static void on_reply(void *arg, const accrue_error *error, accrue_value result)
{
    struct sync_call *call = arg;
    call->done = true;
    if (error != NULL) {
        call->status = error->code;
        sync_keep_error(call->connection, error);
        return;
    }
    buffer_take(&call->connection->result, call->connection->result.len);
    call->status = buffer_add(&call->connection->result, result.data, result.len, FRAME_BYTES_MAX);
}

int accrue_call(accrue_connection *connection, const char *method, accrue_value params,
                uint32_t timeout_ms, accrue_value *ret_result)
{
    struct sync_call call = {.connection = connection};
    uint64_t deadline = sync_deadline(timeout_ms);
    uint64_t now = sync_now_ms();
    (void)accrue_client_tick(connection->client, now);
    int status = accrue_client_request(connection->client, method, params,
                                       (uint32_t)(deadline - now), on_reply, &call);
    if (status != ACCRUE_OK) {
        return sync_fail(connection, status, method);
    }
    while (!call.done) {
        status = sync_turn(connection, deadline);
        if (status != ACCRUE_OK && !call.done) {
            client_give_up(connection->client, &call); /* Y2; others have their own deadlines */
        }
    }
    if (call.status == ACCRUE_OK) {
        *ret_result = (accrue_value){connection->result.data + connection->result.start,
                                     connection->result.len};
    }
    return call.status;
}

int accrue_append(accrue_connection *connection, accrue_value events, uint32_t timeout_ms,
                  accrue_value *ret_result)
{
    accrue_builder *builder = accrue_builder_new();
    accrue_value params;
    if (builder == NULL) {
        return sync_fail(connection, ACCRUE_NOMEM, "append");
    }
    accrue_build_map(builder);
    accrue_build_key(builder, "events");
    if (accrue_value_kind(events) == ACCRUE_ARRAY) {
        accrue_build_value(builder, events);
    } else {
        accrue_build_array(builder);
        accrue_build_value(builder, events);
        accrue_build_end(builder);
    }
    accrue_build_end(builder);
    int status = accrue_build_done(builder, &params);
    status = status == ACCRUE_OK ? accrue_call(connection, "append", params, timeout_ms, ret_result)
                                 : sync_fail(connection, status, "append");
    accrue_builder_free(builder);
    return status;
}

void accrue_on_notify(accrue_connection *connection, accrue_notify_fn fn, void *arg)
{
    connection->on_notify = fn;
    connection->notify_arg = arg;
}

int accrue_wait(accrue_connection *connection, uint32_t timeout_ms)
{
    uint64_t deadline = sync_now_ms() + timeout_ms;
    bool last;
    connection->notified = false;
    do {
        last = sync_now_ms() >= deadline;
        int status = sync_turn(connection, deadline);
        if (status != ACCRUE_OK) {
            return status;
        }
    } while (!connection->notified && !last);
    return connection->notified ? ACCRUE_OK : ACCRUE_INCOMPLETE;
}

int accrue_poll(accrue_connection *connection, uint32_t timeout_ms)
{
    return sync_turn(connection, sync_now_ms() + timeout_ms);
}

const accrue_error *accrue_last_error(const accrue_connection *connection)
{
    return &connection->error;
}

accrue_client *accrue_connection_client(accrue_connection *connection)
{
    return connection->client;
}
