/* The client without I/O: requests in flight, the greeting, sending again.
 *
 *   L1  Every accepted request gets its callback exactly once.
 *   L2  Requests are sent in the order of asking, and again in that order after a connection was
 *       lost, byte for byte the same: an append's ids make the second one a dup (P3).
 *   L3  The greeting goes first on every connection; until it is answered errors are strings,
 *       afterwards maps; both are read. Who has seen a log before waits for the answer: nothing is
 *       sent to a log that was restored, so that a refusal for that reason is one.
 *   L4  A callback may ask again and may say that the connection is gone; it must not free the
 *       client. No loop here trusts a place in the list past a callback. */

#include <stdlib.h>

#include "client/src/inner.h"
#include "proto/cursor.h"
#include "proto/rpc.h"

#define OUT_MAX (64 * MIB) /* of unanswered requests; the greeting besides */
#define OUT_SPARE (1 * KIB)

static void copy_name(char *out, size_t size, const char *text)
{
    size_t len = strlen(text);
    len = len < size - 1 ? len : size - 1;
    memcpy(out, text, len);
    out[len] = '\0';
}

int accrue_client_new(const accrue_options *options, accrue_client **ret_client)
{
    static const accrue_options none = {0};
    if (options == NULL) {
        options = &none;
    }
    accrue_client *client = calloc(1, sizeof(*client));
    if (client == NULL) {
        return ACCRUE_NOMEM;
    }
    client->on_notify = options->on_notify;
    client->arg = options->arg;
    copy_name(client->name, sizeof(client->name),
              options->name == NULL ? "libaccrue" : options->name);
    client->language = options->language != NULL && strcmp(options->language, "zh") == 0
                           ? LANGUAGE_ZH
                           : LANGUAGE_EN;
    client->last = &client->first;
    client->next_id = 1; /* 0 is the daemon's, for errors of no request */
    framer_init(&client->framer);
    *ret_client = client;
    return ACCRUE_OK;
}

static struct request *unlink_request(accrue_client *client, struct request **at)
{
    struct request *request = *at;
    *at = request->next;
    if (client->last == &request->next) {
        client->last = at;
    }
    client->count--;
    client->bytes -= request->len;
    return request;
}

/* L1: the request leaves the list before its callback runs. */
static void finish(accrue_client *client, struct request **at, const accrue_error *error,
                   accrue_value result)
{
    struct request *request = unlink_request(client, at);
    if (request->on_reply != NULL) {
        request->on_reply(request->arg, error, result);
    }
    free(request);
}

static void finish_failed(accrue_client *client, struct request **at, int code, const char *detail)
{
    struct error_text store = {.message = ""};
    accrue_error error;
    error_make(code, detail, client->language, &store, &error);
    finish(client, at, &error, (accrue_value){NULL, 0});
}

/* L3: an append sent on an earlier connection may stand in the log that is gone. */
static void finish_restored(accrue_client *client, struct request **at)
{
    struct error_text store = {.message = ""};
    accrue_error error;
    error_make(ACCRUE_CORRUPT,
               "the log's head is lower than an answer seen before: it was restored",
               client->language, &store, &error);
    if ((*at)->append && (*at)->sent) {
        error.outcome = ACCRUE_CLASS_UNKNOWN;
    }
    finish(client, at, &error, (accrue_value){NULL, 0});
}

static int unanswered_code(const struct request *request)
{
    return request->append && request->sent ? ACCRUE_UNKNOWN_OUTCOME : ACCRUE_UNAVAILABLE;
}

void accrue_client_free(accrue_client *client)
{
    if (client == NULL) {
        return;
    }
    client->closing = true;
    while (client->first != NULL) {
        finish_failed(client, &client->first, unanswered_code(client->first), "client closed");
    }
    buffer_done(&client->in);
    buffer_done(&client->out);
    free(client);
}

static int send_bytes(accrue_client *client, const void *bytes, size_t len)
{
    return buffer_add(&client->out, bytes, len, OUT_MAX + OUT_SPARE);
}

static uint32_t take_id(accrue_client *client)
{
    uint32_t id = client->next_id++;
    client->next_id += client->next_id == 0;
    return id;
}

static void say_hello(accrue_client *client)
{
    uint8_t params[256];
    uint8_t message[320];
    struct writer map = writer_over(params, sizeof(params));
    write_map(&map, 4);
    write_text(&map, "client");
    write_text(&map, client->name);
    write_text(&map, "errors");
    write_text(&map, "map");
    write_text(&map, "lang");
    write_text(&map, client->language == LANGUAGE_ZH ? "zh" : "en");
    write_text(&map, "proto");
    write_int(&map, 1);
    struct writer out = writer_over(message, sizeof(message));
    client->hello_id = take_id(client);
    rpc_write_request(&out, client->hello_id, "hello", writer_slice(&map));
    (void)send_bytes(client, message, out.len); /* an empty buffer takes it or memory is gone */
}

static bool may_send(const accrue_client *client)
{
    return client->connected && !client->restored &&
           (client->greeted || client->highest_seq == 0); /* L3 */
}

/* What this connection has not carried yet, in the order of asking (L2). */
static void send_rest(accrue_client *client)
{
    for (struct request *request = client->first; request != NULL; request = request->next) {
        if (request->connection == client->connection) {
            continue;
        }
        if (send_bytes(client, request->message, request->len) != ACCRUE_OK) {
            return; /* out of memory: the deadline will say so */
        }
        request->connection = client->connection;
        request->sent = true;
    }
}

void accrue_client_connected(accrue_client *client)
{
    accrue_client_disconnected(client);
    client->connected = true;
    say_hello(client);
    if (may_send(client)) {
        send_rest(client);
    }
}

void accrue_client_disconnected(accrue_client *client)
{
    client->connected = false;
    client->greeted = false;
    client->connection++;
    buffer_take(&client->in, client->in.len);
    buffer_take(&client->out, client->out.len);
    framer_init(&client->framer);
    struct request **at = &client->first;
    while (*at != NULL) {
        if ((*at)->repeat == REPEAT_NEVER && (*at)->sent) {
            finish_failed(client, at, unanswered_code(*at), "connection lost");
            at = &client->first; /* L4 */
        } else {
            at = &(*at)->next;
        }
    }
}

static bool is_one_of(const char *method, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (strcmp(method, *names) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_dry(accrue_value params)
{
    struct slice value;
    bool dry = false;
    return params.len > 0 && map_find(slice_of(params.data, params.len), "dry", &value) &&
           value_bool(value, &dry) && dry;
}

/* Can it be sent at all? What the daemon would close the connection for is refused here. */
static int check_request(const accrue_client *client, const char *method, accrue_value params)
{
    if (client->closing) {
        return ACCRUE_UNAVAILABLE;
    }
    if (client->restored) {
        return ACCRUE_CORRUPT;
    }
    if (params.len > FRAME_BYTES_MAX - 128 || strlen(method) > METHOD_NAME_MAX) {
        return ACCRUE_TOO_LARGE;
    }
    if (client->count >= REQUESTS_MAX || client->bytes + params.len > OUT_MAX - 128) {
        return ACCRUE_OVERLOADED;
    }
    if (params.len == 0) {
        return ACCRUE_OK;
    }
    enum status shape = shape_check(slice_of(params.data, params.len), FRAME_DEPTH_MAX - 2);
    return shape == STATUS_BAD_REQUEST ? ACCRUE_BAD_PARAMS : (int)shape;
}

int accrue_client_request(accrue_client *client, const char *method, accrue_value params,
                          uint32_t timeout_ms, accrue_reply_fn on_reply, void *arg)
{
    static const char *const appending[] = {"append", "load", "load.end", NULL};
    static const char *const never[] = {"tail",   "tail.credit", "tail.stop", "rebuild",
                                        "verify", "load.end",    NULL};
    size_t size = params.len + METHOD_NAME_MAX + 32;
    int status = check_request(client, method, params);
    if (status != ACCRUE_OK) {
        return status;
    }
    struct request *request = malloc(sizeof(*request) + size);
    if (request == NULL) {
        return ACCRUE_NOMEM;
    }
    struct writer out = writer_over(request->message, size);
    *request = (struct request){
        .id = take_id(client),
        .repeat = is_one_of(method, never) ? REPEAT_NEVER : REPEAT_ANY,
        .dry = is_dry(params),
        .deadline_ms = timeout_ms == 0 || client->now_ms > UINT64_MAX - timeout_ms
                           ? UINT64_MAX
                           : client->now_ms + timeout_ms,
        .connection = client->connection - 1,
        .on_reply = on_reply,
        .arg = arg,
    };
    rpc_write_request(&out, request->id, method, slice_of(params.data, params.len));
    request->len = out.len;
    request->append = is_one_of(method, appending) && !request->dry;
    if (may_send(client)) {
        status = send_bytes(client, request->message, request->len);
        if (status != ACCRUE_OK) {
            free(request);
            return status == ACCRUE_TOO_LARGE ? ACCRUE_OVERLOADED : status;
        }
        request->connection = client->connection;
        request->sent = true;
    }
    client->bytes += request->len;
    *client->last = request;
    client->last = &request->next;
    client->count++;
    return ACCRUE_OK;
}

size_t accrue_client_pending(const accrue_client *client, const void **ret_bytes)
{
    *ret_bytes = client->out.len > 0 ? client->out.data + client->out.start : NULL;
    return client->out.len;
}

void accrue_client_sent(accrue_client *client, size_t count)
{
    buffer_take(&client->out, count);
}

uint64_t accrue_client_tick(accrue_client *client, uint64_t now_ms)
{
    uint64_t next = UINT64_MAX;
    client->now_ms = now_ms;
    struct request **at = &client->first;
    while (*at != NULL) {
        if ((*at)->deadline_ms <= now_ms) {
            finish_failed(client, at, unanswered_code(*at), "no answer in time");
            at = &client->first; /* L4 */
            continue;
        }
        next = (*at)->deadline_ms < next ? (*at)->deadline_ms : next;
        at = &(*at)->next;
    }
    return next;
}

void client_give_up(accrue_client *client, const void *arg)
{
    for (struct request **at = &client->first; *at != NULL; at = &(*at)->next) {
        if ((*at)->arg == arg) {
            finish_failed(client, at, unanswered_code(*at), "no connection");
            return;
        }
    }
}

uint32_t accrue_client_unanswered(const accrue_client *client)
{
    return client->count;
}

/* ---- answers ---- */

static void see_seq(accrue_client *client, uint64_t seq)
{
    if (seq > client->highest_seq) {
        client->highest_seq = seq;
    }
}

/* What an answer says of the log's position. */
static void see_position(accrue_client *client, struct slice result)
{
    static const char *const keys[] = {"last", "at", "head"};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        struct slice value;
        int64_t seq;
        if (map_find(result, keys[i], &value) && value_int(value, &seq) && seq > 0) {
            see_seq(client, (uint64_t)seq);
        }
    }
}

static void greeted(accrue_client *client, struct slice result)
{
    struct slice value;
    struct slice log;
    int64_t head = 0;
    if (!map_find(result, "log_id", &value) || !value_text(value, &log) || log.len == 0 ||
        log.len > LOG_ID_MAX) {
        return;
    }
    if (!slice_equal(log, slice_text(client->log_id))) {
        memcpy(client->log_id, log.data, log.len);
        client->log_id[log.len] = '\0';
        client->highest_seq = 0; /* another log: what was seen of the old one says nothing */
    }
    if (map_find(result, "at", &value) && value_int(value, &head)) {
        client->restored = (uint64_t)head < client->highest_seq;
        see_seq(client, (uint64_t)head);
    }
}

static void greeting_answered(accrue_client *client, struct slice result, bool failed)
{
    client->greeted = true;
    if (!failed) {
        greeted(client, result);
    }
    if (client->restored) {
        uint32_t connection = client->connection;
        while (client->first != NULL && client->restored && client->connection == connection) {
            finish_restored(client, &client->first);
        }
        return;
    }
    send_rest(client);
}

/* tail.events [sub, events, next] and tail.live [sub, head]. */
static void see_tail(accrue_client *client, const struct rpc_message *message)
{
    struct cursor params = cursor_over(message->params);
    uint32_t count;
    int64_t sub;
    int64_t seq = 0;
    if (!cursor_array(&params, &count) || !cursor_int(&params, &sub)) {
        return;
    }
    if (slice_equal(message->method, slice_text("tail.live")) && cursor_int(&params, &seq) &&
        seq > 0) {
        see_seq(client, (uint64_t)seq);
    } else if (slice_equal(message->method, slice_text("tail.events")) && cursor_skip(&params) &&
               cursor_int(&params, &seq) && seq > 1) {
        see_seq(client, (uint64_t)seq - 1);
    }
}

static void answer(accrue_client *client, const struct rpc_message *message)
{
    struct cursor error = cursor_over(message->error);
    bool failed = cursor_peek(&error) != CURSOR_NIL;
    if (message->id == client->hello_id && !client->greeted) {
        greeting_answered(client, message->result, failed);
        return;
    }
    struct request **at = &client->first;
    while (*at != NULL && (*at)->id != message->id) {
        at = &(*at)->next;
    }
    if (*at == NULL) {
        return; /* its deadline passed before */
    }
    if (failed) {
        struct error_text store = {.message = ""};
        accrue_error told;
        error_read(message->error, client->language, &store, &told);
        finish(client, at, &told, (accrue_value){NULL, 0});
        return;
    }
    if (!(*at)->dry) { /* its positions are of what was not stored */
        see_position(client, message->result);
    }
    finish(client, at, NULL, (accrue_value){message->result.data, message->result.len});
}

static int take_message(accrue_client *client, struct slice frame)
{
    struct rpc_message message;
    if (rpc_read(frame, &message) != STATUS_OK) {
        return ACCRUE_BAD_REQUEST;
    }
    if (message.kind == RPC_RESPONSE) {
        answer(client, &message);
    } else if (message.kind == RPC_NOTIFICATION) {
        see_tail(client, &message);
        if (client->on_notify != NULL) {
            client->on_notify(client->arg, (const char *)message.method.data, message.method.len,
                              (accrue_value){message.params.data, message.params.len});
        }
    }
    return ACCRUE_OK;
}

int accrue_client_feed(accrue_client *client, const void *bytes, size_t len)
{
    int status = buffer_add(&client->in, bytes, len, 2 * FRAME_BYTES_MAX);
    uint32_t connection = client->connection;
    while (status == ACCRUE_OK && client->in.len > 0) {
        size_t frame_len;
        struct slice have = slice_of(client->in.data + client->in.start, client->in.len);
        enum status framed = framer_next(&client->framer, have, &frame_len);
        if (framed == STATUS_INCOMPLETE) {
            break;
        }
        status = (int)framed;
        if (framed == STATUS_OK) {
            status = take_message(client, slice_of(have.data, frame_len));
            if (client->connection != connection) { /* L4: the buffer is another's by now */
                return status;
            }
            buffer_take(&client->in, frame_len);
        }
    }
    return status;
}

uint64_t accrue_client_highest_seq(const accrue_client *client, const char **ret_log)
{
    *ret_log = client->log_id;
    return client->highest_seq;
}

void accrue_client_remember(accrue_client *client, const char *log, uint64_t seq)
{
    copy_name(client->log_id, sizeof(client->log_id), log);
    client->highest_seq = seq;
}

void accrue_client_accept_restored(accrue_client *client)
{
    client->restored = false;
    client->highest_seq = 0;
    if (may_send(client)) {
        send_rest(client);
    }
}
