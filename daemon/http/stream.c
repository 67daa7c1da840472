/* Notifications of a tail, as text: see stream.h. */

#include "daemon/http/stream.h"

#include "daemon/http/json.h"
#include "daemon/http/reply.h"
#include "proto/cursor.h"

void stream_begin(struct http *http, struct http_world *world, struct slice result)
{
    struct slice value;
    int64_t sub = 0;
    if (map_find(result, "sub", &value)) {
        (void)value_int(value, &sub);
    }
    http->sub = (uint32_t)sub;
    http->spent = 0;
    http->streaming = true;
    buffer_clear(&world->text, MIB);
    buffer_format(&world->text, "retry: %u\n\n", STREAM_RETRY_MS);
    world->body = buffer_slice(&world->text);
    reply_write(http, world, 200, "text/event-stream",
                "Cache-Control: no-store\r\nX-Accel-Buffering: no\r\n");
}

static void put_event(struct buffer *text, struct slice event)
{
    struct slice value;
    int64_t seq = 0;
    if (map_find(event, "seq", &value)) {
        (void)value_int(value, &seq);
    }
    buffer_text(text, "id: ");
    buffer_int(text, seq);
    buffer_text(text, "\nevent: event\ndata: "); /* JSON has no line breaks in it */
    json_write(text, event);
    buffer_text(text, "\n\n");
}

/* [sub, [event, …], next] */
static void put_events(struct http *http, struct buffer *text, struct cursor *in)
{
    struct slice event;
    uint32_t count = 0;
    (void)cursor_array(in, &count);
    for (uint32_t i = 0; i < count && cursor_value(in, &event); i++) {
        put_event(text, event);
    }
    http->spent += count;
}

/* [sub, head] */
static void put_live(struct buffer *text, struct cursor *in)
{
    int64_t head = 0;
    (void)cursor_int(in, &head);
    buffer_format(text, "id: %lld\nevent: live\ndata: {\"head\":%lld}\n\n", (long long)head,
                  (long long)head);
}

/* [sub, code, next] */
static void put_end(struct buffer *text, struct cursor *in)
{
    struct slice code = slice_text("");
    int64_t next = 0;
    (void)cursor_text(in, &code);
    (void)cursor_int(in, &next);
    buffer_text(text, "event: end\ndata: {\"code\":");
    json_write_text(text, code);
    buffer_format(text, ",\"next\":%lld}\n\n", (long long)next);
}

void stream_told(struct http *http, struct http_world *world, const struct rpc_message *told)
{
    struct cursor in = cursor_over(told->params);
    uint32_t items = 0;
    (void)cursor_array(&in, &items);
    (void)cursor_skip(&in); /* the sub: there is one */
    buffer_clear(&world->text, MIB);
    if (slice_is(told->method, "tail.events")) {
        put_events(http, &world->text, &in);
    } else if (slice_is(told->method, "tail.live")) {
        put_live(&world->text, &in);
    } else if (slice_is(told->method, "tail.end")) {
        put_end(&world->text, &in);
        http->end = HTTP_ENDS;
    }
    if (world->text.full) { /* a turn of a tail is far smaller: there is no memory */
        http->end = HTTP_ENDS;
        buffer_clear(&world->text, 0);
    }
    world->body = buffer_slice(&world->text);
}

bool http_credit(struct http *http, struct http_world *world)
{
    if (!http->streaming || http->spent == 0) {
        return false;
    }
    struct writer *out = &world->rpc;
    out->len = 0;
    out->full = false;
    write_array(out, 3);
    write_uint(out, RPC_NOTIFICATION);
    write_text(out, "tail.credit");
    write_array(out, 1);
    write_map(out, 2);
    write_text(out, "n");
    write_uint(out, http->spent);
    write_text(out, "sub");
    write_uint(out, http->sub);
    http->spent = 0;
    return true;
}

void http_beat(struct http_world *world)
{
    buffer_clear(&world->head, SIZE_MAX);
    buffer_text(&world->head, ":\n\n");
    world->body = slice_of(NULL, 0);
}
