/* A command as bytes: [1, time, kind, refuse, by, min_seq, [[body, private, salt, expect,
 * recorded] …]]. Whoever decodes it gets what the proposer had.
 *
 *   X4  A body is the canonical one without its private hash: sealing it is part of applying,
 *       since a retry takes the salt that is stored. */

#include "daemon/commit/sequencer.h"
#include "proto/cursor.h"

#define COMMAND_FORMAT 1

enum status command_write(const struct command *command, struct writer *out)
{
    const struct request *request = command->local;
    write_array(out, 7);
    write_uint(out, COMMAND_FORMAT);
    write_int(out, command->time);
    write_uint(out, (uint64_t)request->kind);
    write_int(out, (int64_t)command->refuse);
    write_str(out, request->by);
    write_uint(out, request->min_seq);
    write_array(out, request->count);
    for (uint32_t i = 0; i < request->count; i++) {
        const struct event *event = &request->events[i];
        write_array(out, 5);
        write_bin(out, event->body);
        write_bin(out, event->private_data);
        write_bin(out, slice_of(request->salts[i], PRIVATE_SALT_BYTES));
        write_int(out, event->expect);
        write_int(out, event->recorded_sent);
    }
    return out->full ? STATUS_TOO_LARGE : STATUS_OK;
}

static bool read_event(struct cursor *in, struct request *request, uint32_t i,
                       struct writer *bodies)
{
    struct event *event = &request->events[i];
    struct slice body, private_data, salt;
    struct fault fault;
    uint32_t parts;
    if (!cursor_array(in, &parts) || parts != 5 || !cursor_bin(in, &body) ||
        !cursor_bin(in, &private_data) || !cursor_bin(in, &salt) ||
        salt.len != PRIVATE_SALT_BYTES ||
        event_from_wire(body, EVENT_SYSTEM, bodies, event, &fault) != STATUS_OK ||
        !cursor_int(in, &event->expect) || !cursor_int(in, &event->recorded_sent)) {
        return false;
    }
    memcpy(request->salts[i], salt.data, salt.len);
    if (private_data.len > 0) {
        size_t at = bodies->len;
        write_raw(bodies, private_data);
        event->private_data = slice_of(bodies->data + at, bodies->len - at);
    }
    request->body_bytes += event->body.len + event->private_data.len;
    return !bodies->full;
}

enum status command_read(struct slice bytes, struct request_pool *pool, struct command *ret_command)
{
    struct cursor in = cursor_over(bytes);
    struct writer bodies;
    uint32_t parts, count;
    int64_t format, time, kind, refuse, min_seq;
    struct slice by;
    if (!cursor_array(&in, &parts) || parts != 7 || !cursor_int(&in, &format) ||
        format != COMMAND_FORMAT || !cursor_int(&in, &time) || !cursor_int(&in, &kind) ||
        !cursor_int(&in, &refuse) || !cursor_str(&in, &by) || !cursor_int(&in, &min_seq) ||
        !cursor_array(&in, &count) || count > REQUEST_EVENTS_MAX) {
        return STATUS_CORRUPT;
    }
    struct request *request = request_get(pool, count, bytes.len, false, &bodies);
    if (request == NULL) {
        return STATUS_NOMEM;
    }
    request->kind = (enum request_kind)kind;
    request->by = by;
    request->min_seq = (uint64_t)min_seq;
    for (uint32_t i = 0; i < count; i++) {
        if (!read_event(&in, request, i, &bodies)) {
            request_put(pool, request);
            return STATUS_CORRUPT;
        }
    }
    *ret_command = (struct command){
        .bytes = bytes, .local = request, .time = time, .refuse = (enum status)refuse};
    return STATUS_OK;
}
