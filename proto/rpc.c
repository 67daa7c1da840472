/* MessagePack-RPC messages.
 *
 *   R1  A message begins with 0x93 or 0x94, an array of three or four; anything else (a lone
 *       number is a valid value, and `G` of an HTTP request is one) is no message.
 *   R2  Parameters that are wrong are told apart from a message that is none: the first gets
 *       an answer, the second ends the connection.
 *   R3  An error is a string unless the peer asked for a map: some clients drop the connection
 *       on anything else. */

#include "proto/rpc.h"

#include "proto/cursor.h"
#include "proto/limits.h"

static bool read_id(struct cursor *in, uint32_t *ret)
{
    int64_t id;
    if (!cursor_int(in, &id) || id < 0 || id > UINT32_MAX) {
        return false;
    }
    *ret = (uint32_t)id;
    return true;
}

static bool read_method(struct cursor *in, struct slice *ret)
{
    return cursor_text(in, ret) && ret->len > 0 && ret->len <= METHOD_NAME_MAX && utf8_valid(*ret);
}

/* [{…}] gives the map, [] nothing. */
static bool one_map(struct slice params, struct slice *ret)
{
    struct cursor in = cursor_over(params);
    uint32_t count;
    if (!cursor_array(&in, &count) || count > 1) {
        return false;
    }
    *ret = (struct slice){0};
    return count == 0 || (cursor_peek(&in) == CURSOR_MAP && cursor_value(&in, ret));
}

static enum status read_call(struct cursor *in, struct rpc_message *message)
{
    struct slice params;
    bool is_request = message->kind == RPC_REQUEST;
    if ((is_request && !read_id(in, &message->id)) || !read_method(in, &message->method) ||
        !cursor_value(in, &params) || in->at != in->end) {
        return STATUS_BAD_REQUEST;
    }
    if (is_request) {
        return one_map(params, &message->params) ? STATUS_OK : STATUS_BAD_PARAMS;
    }
    struct cursor list = cursor_over(params);
    message->params = params;
    return cursor_peek(&list) == CURSOR_ARRAY ? STATUS_OK : STATUS_BAD_PARAMS;
}

static enum status read_response(struct cursor *in, struct rpc_message *message)
{
    bool good = read_id(in, &message->id) && cursor_value(in, &message->error) &&
                cursor_value(in, &message->result) && in->at == in->end;
    return good ? STATUS_OK : STATUS_BAD_REQUEST;
}

enum status rpc_read(struct slice frame, struct rpc_message *ret_message)
{
    struct cursor in = cursor_over(frame);
    struct rpc_message message = {0};
    uint32_t count;
    int64_t kind;
    if (frame.len == 0 || (frame.data[0] != 0x93 && frame.data[0] != 0x94)) {
        return STATUS_BAD_REQUEST; /* R1 */
    }
    if (!cursor_array(&in, &count) || !cursor_int(&in, &kind)) {
        return STATUS_BAD_REQUEST;
    }
    enum status status = STATUS_BAD_REQUEST;
    if (kind == RPC_REQUEST && count == 4) {
        message.kind = RPC_REQUEST;
        status = read_call(&in, &message);
    } else if (kind == RPC_RESPONSE && count == 4) {
        message.kind = RPC_RESPONSE;
        status = read_response(&in, &message);
    } else if (kind == RPC_NOTIFICATION && count == 3) {
        message.kind = RPC_NOTIFICATION;
        status = read_call(&in, &message);
    }
    if (status != STATUS_BAD_REQUEST) {
        *ret_message = message;
    }
    return status;
}

void rpc_write_request(struct writer *out, uint32_t id, const char *method, struct slice map)
{
    write_array(out, 4);
    write_uint(out, RPC_REQUEST);
    write_uint(out, id);
    write_text(out, method);
    write_array(out, map.len > 0 ? 1 : 0);
    write_raw(out, map);
}

static void write_response(struct writer *out, uint32_t id)
{
    write_array(out, 4);
    write_uint(out, RPC_RESPONSE);
    write_uint(out, id);
}

void rpc_write_result(struct writer *out, uint32_t id, struct slice result)
{
    write_response(out, id);
    write_nil(out);
    if (result.len > 0) {
        write_raw(out, result);
    } else {
        write_nil(out);
    }
}

static void write_text_or_nil(struct writer *out, const char *key, const char *text)
{
    write_text(out, key);
    if (text[0] != '\0') {
        write_text(out, text);
    } else {
        write_nil(out);
    }
}

/* `a, b, c` as an array. */
static void write_legal(struct writer *out, const char *legal)
{
    size_t mark = write_array_begin(out);
    uint32_t count = 0;
    while (legal[0] != '\0') {
        const char *end = strstr(legal, ", ");
        size_t len = end ? (size_t)(end - legal) : strlen(legal);
        write_str(out, slice_of(legal, len));
        count++;
        legal = end ? end + 2 : legal + len;
    }
    write_array_end(out, mark, count);
}

static void write_error_map(struct writer *out, const struct fault *fault, enum language language)
{
    char message[ERROR_TEXT_MAX];
    size_t len = fault_message(fault, language, message, sizeof(message));
    write_map(out, 7);
    write_text(out, "code");
    write_text(out, status_name(fault->code));
    write_text_or_nil(out, "field", fault->field);
    write_text(out, "index");
    if (fault->index != FAULT_NO_INDEX) {
        write_uint(out, fault->index);
    } else {
        write_nil(out);
    }
    write_text(out, "legal");
    write_legal(out, fault->legal);
    write_text(out, "message");
    write_str(out, slice_of(message, len));
    write_text(out, "retry");
    write_bool(out, status_retry(fault->code));
    write_text_or_nil(out, "state", fault->state);
}

void rpc_write_error(struct writer *out, uint32_t id, const struct fault *fault, bool as_map,
                     enum language language)
{
    write_response(out, id);
    if (as_map) {
        write_error_map(out, fault, language);
    } else {
        char text[ERROR_TEXT_MAX];
        size_t len = fault_render(fault, language, text, sizeof(text));
        write_str(out, slice_of(text, len));
    }
    write_nil(out);
}

void rpc_write_notification(struct writer *out, const char *method, struct slice params)
{
    write_array(out, 3);
    write_uint(out, RPC_NOTIFICATION);
    write_text(out, method);
    if (params.len > 0) {
        write_raw(out, params);
    } else {
        write_array(out, 0);
    }
}
