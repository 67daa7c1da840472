/* Following the log with blocking calls.
 *
 *   T1  Credit is given back when half of it is used, so the daemon never sends more than
 *       TAIL_CREDIT events that the caller has not taken.
 *   T2  After a lost connection the tail is asked for again from the first event that the caller
 *       has not been given: none is skipped and none comes twice. */

#include <stdlib.h>

#include "client/src/sync.h"
#include "proto/cursor.h"
#include "proto/writer.h"

#define TAIL_CREDIT 1024u
#define TAIL_SUB 1u
#define TAIL_BYTES_MAX (64 * KIB * TAIL_CREDIT) /* an event is at most 48 KiB and its frame */

static bool named(const char *method, size_t len, const char *name)
{
    return slice_equal(slice_of(method, len), slice_text(name));
}

static void keep_events(accrue_connection *connection, struct cursor *params)
{
    struct slice event;
    uint32_t count;
    if (!cursor_array(params, &count)) {
        return;
    }
    while (count > 0 && cursor_value(params, &event)) {
        if (buffer_add(&connection->events, event.data, event.len, TAIL_BYTES_MAX) != ACCRUE_OK) {
            connection->tail_end = ACCRUE_NOMEM;
            return;
        }
        count--;
    }
}

static void keep_end(accrue_connection *connection, struct cursor *params)
{
    struct slice code;
    connection->tail_end = ACCRUE_INTERNAL;
    if (cursor_text(params, &code)) {
        enum status status = status_from_name((const char *)code.data, code.len);
        connection->tail_end = status == STATUS_OK ? ACCRUE_CANCELLED : (int)status;
    }
}

bool sync_tail_notify(accrue_connection *connection, const char *method, size_t method_len,
                      accrue_value params)
{
    struct cursor cursor = cursor_over(slice_of(params.data, params.len));
    uint32_t count;
    int64_t sub;
    if (!connection->tailing || method_len < 5 || memcmp(method, "tail.", 5) != 0 ||
        !cursor_array(&cursor, &count) || !cursor_int(&cursor, &sub) || sub != TAIL_SUB) {
        return false;
    }
    if (named(method, method_len, "tail.events")) {
        keep_events(connection, &cursor);
    } else if (named(method, method_len, "tail.live")) {
        connection->live = true;
    } else if (named(method, method_len, "tail.end")) {
        keep_end(connection, &cursor);
    }
    return true;
}

static int ask(accrue_connection *connection, uint32_t timeout_ms)
{
    accrue_builder *builder = accrue_builder_new();
    accrue_value given = {connection->tail_params, connection->tail_params_len};
    accrue_value params;
    accrue_value key;
    accrue_value value;
    size_t at = 0;
    if (builder == NULL) {
        return sync_fail(connection, ACCRUE_NOMEM, "tail");
    }
    accrue_build_map(builder);
    while (accrue_value_next(given, &at, &key, &value)) {
        char name[METHOD_NAME_MAX + 1];
        const char *text;
        size_t len;
        if (accrue_value_text(key, &text, &len) && len < sizeof(name) &&
            !named(text, len, "from") && !named(text, len, "credit") && !named(text, len, "sub")) {
            memcpy(name, text, len);
            name[len] = '\0';
            accrue_build_key(builder, name);
            accrue_build_value(builder, value);
        }
    }
    accrue_build_key(builder, "from");
    accrue_build_int(builder, (int64_t)connection->tail_next);
    accrue_build_key(builder, "credit");
    accrue_build_int(builder, TAIL_CREDIT);
    accrue_build_key(builder, "sub");
    accrue_build_int(builder, TAIL_SUB);
    accrue_build_end(builder);
    int status = accrue_build_done(builder, &params);
    connection->tail_lost = connection->lost;
    connection->owed = 0;
    connection->live = false;
    connection->tailing = true;
    connection->asked = false;
    if (status == ACCRUE_OK) {
        status = accrue_call(connection, "tail", params, timeout_ms, &value);
        connection->asked = status == ACCRUE_OK;
    }
    accrue_builder_free(builder);
    return status;
}

int accrue_tail(accrue_connection *connection, uint64_t from, accrue_value params,
                uint32_t timeout_ms)
{
    if (connection->tailing) {
        return sync_fail(connection, ACCRUE_BAD_PARAMS, "one tail a connection");
    }
    connection->tail_params = malloc(params.len == 0 ? 1 : params.len);
    if (connection->tail_params == NULL) {
        return sync_fail(connection, ACCRUE_NOMEM, "tail");
    }
    if (params.len > 0) {
        memcpy(connection->tail_params, params.data, params.len);
    }
    connection->tail_params_len = params.len;
    connection->tail_next = from;
    int status = ask(connection, timeout_ms);
    if (status != ACCRUE_OK) {
        connection->tailing = false;
        free(connection->tail_params);
        connection->tail_params = NULL;
    }
    return status;
}

/* Nobody waits for the answer: if the connection is lost, the next tail brings new credit. */
static int give_credit(accrue_connection *connection)
{
    uint8_t bytes[64];
    struct writer map = writer_over(bytes, sizeof(bytes));
    write_map(&map, 2);
    write_text(&map, "sub");
    write_int(&map, TAIL_SUB);
    write_text(&map, "n");
    write_int(&map, (int64_t)connection->owed);
    int status = accrue_client_request(connection->client, "tail.credit",
                                       (accrue_value){map.data, map.len}, 0, NULL, NULL);
    if (status == ACCRUE_OK) {
        connection->owed = 0;
    }
    return status;
}

/* The oldest kept event goes to `result`, since taking more may move the buffer (Y3). */
static int take_event(accrue_connection *connection, accrue_value *ret_event)
{
    struct cursor cursor = cursor_over(
        slice_of(connection->events.data + connection->events.start, connection->events.len));
    struct slice event;
    struct slice value;
    int64_t seq;
    if (!cursor_value(&cursor, &event)) {
        return sync_fail(connection, ACCRUE_BAD_REQUEST, "tail.events");
    }
    buffer_take(&connection->result, connection->result.len);
    int status = buffer_add(&connection->result, event.data, event.len, FRAME_BYTES_MAX);
    if (status != ACCRUE_OK) {
        return sync_fail(connection, status, "tail");
    }
    buffer_take(&connection->events, event.len);
    *ret_event =
        (accrue_value){connection->result.data + connection->result.start, connection->result.len};
    if (map_find(slice_of(ret_event->data, ret_event->len), "seq", &value) &&
        value_int(value, &seq)) {
        connection->tail_next = (uint64_t)seq + 1;
    }
    connection->owed++;
    return ACCRUE_OK;
}

int accrue_tail_next(accrue_connection *connection, uint32_t timeout_ms, accrue_value *ret_event,
                     int *ret_live)
{
    uint64_t deadline = sync_now_ms() + timeout_ms;
    bool last = false;
    if (!connection->tailing) {
        return sync_fail(connection, ACCRUE_BAD_PARAMS, "no tail");
    }
    for (;;) {
        int status = ACCRUE_OK;
        if (connection->tail_end == 0 &&
            (!connection->asked || connection->lost != connection->tail_lost)) { /* T2 */
            uint64_t now = sync_now_ms();
            buffer_take(&connection->events, connection->events.len);
            status = ask(connection, deadline > now ? (uint32_t)(deadline - now) : 1);
        } else if (connection->owed >= TAIL_CREDIT / 2) { /* T1 */
            status = give_credit(connection);
        }
        if (status != ACCRUE_OK && connection->lost == connection->tail_lost) {
            return status;
        }
        if (connection->events.len > 0) {
            return take_event(connection, ret_event);
        }
        if (connection->tail_end != 0) {
            return sync_fail(connection, connection->tail_end, "tail ended");
        }
        if (last) {
            if (ret_live != NULL) {
                *ret_live = connection->live;
            }
            return ACCRUE_INCOMPLETE;
        }
        last = sync_now_ms() >= deadline;
        status = sync_turn(connection, deadline);
        if (status != ACCRUE_OK) {
            return status;
        }
    }
}
