/* A message that is read points into its frame, and written again is read as the same. An event
 * in it that is taken has a canonical body, and comes back from the log as what it was. */

#include "tests/fuzz/fuzz.h"

#include "proto/canonical.h"
#include "proto/cursor.h"
#include "proto/event.h"
#include "proto/rpc.h"
#include "proto/shape.h"

#include <string.h>

static bool inside(struct slice part, struct slice whole)
{
    return part.len == 0 ||
           (part.data >= whole.data && part.data + part.len <= whole.data + whole.len);
}

static void check_again(const struct rpc_message *message)
{
    static uint8_t buffer[1024 * 1024];
    struct writer out = writer_over(buffer, sizeof(buffer));
    struct rpc_message again;
    char method[64] = {0};
    if (message->method.len > 0) { /* a response has none */
        memcpy(method, message->method.data, message->method.len);
    }
    if (message->kind == RPC_REQUEST) {
        rpc_write_request(&out, message->id, method, message->params);
    } else if (message->kind == RPC_NOTIFICATION) {
        rpc_write_notification(&out, method, message->params);
    } else {
        rpc_write_result(&out, message->id, message->result);
    }
    if (out.full || strlen(method) != message->method.len) {
        return;
    }
    FUZZ_EXPECT(rpc_read(writer_slice(&out), &again) == STATUS_OK);
    FUZZ_EXPECT(again.kind == message->kind && again.id == message->id);
    FUZZ_EXPECT(slice_equal(again.method, message->method));
    FUZZ_EXPECT(slice_equal(again.params, message->params));
    FUZZ_EXPECT(slice_equal(again.result, message->result));
}

static void check_stored(struct event *event)
{
    static uint8_t buffer[3 * EVENT_BYTES_MAX];
    struct writer out = writer_over(buffer, sizeof(buffer));
    struct event back;
    uint8_t hash[HASH_BYTES] = {0};
    if (event->private_data.len > 0 && event_seal(event, hash, &out) != STATUS_OK) {
        return; /* a body just short of the limit */
    }
    size_t mark = out.len;
    event->by = slice_text("fuzz");
    event->flags = 0x5a5a5a;
    if (event_to_stored(event, &out) != STATUS_OK) {
        return;
    }
    struct slice stored = slice_of(buffer + mark, out.len - mark);
    FUZZ_EXPECT(canonical_is(stored, EVENT_DEPTH_MAX + 1));
    FUZZ_EXPECT(event_from_stored(stored, &back) == STATUS_OK);
    FUZZ_EXPECT(slice_equal(back.body, event->body));
    FUZZ_EXPECT(slice_equal(back.agg, event->agg) && back.kind == event->kind);
    FUZZ_EXPECT(back.flags == event->flags && back.type == event->type);

    static uint8_t answer[4 * EVENT_BYTES_MAX];
    struct writer wire = writer_over(answer, sizeof(answer));
    event_write_answer(&back, hash, &wire);
    FUZZ_EXPECT(!wire.full && canonical_is(writer_slice(&wire), EVENT_DEPTH_MAX));
}

static void check_event(struct slice wire, unsigned origin)
{
    static uint8_t buffer[2 * EVENT_BYTES_MAX];
    struct writer out = writer_over(buffer, sizeof(buffer));
    struct event event;
    struct fault fault;
    enum status status = event_from_wire(wire, origin, &out, &event, &fault);
    FUZZ_EXPECT(status != STATUS_INTERNAL);
    if (status != STATUS_OK) {
        char text[ERROR_TEXT_MAX];
        FUZZ_EXPECT(fault.code == status && out.len == 0);
        size_t len = fault_render(&fault, LANGUAGE_ZH, text, sizeof(text));
        FUZZ_EXPECT(utf8_valid(slice_of(text, len)));
        return;
    }
    FUZZ_EXPECT(canonical_is(event.body, EVENT_DEPTH_MAX));
    FUZZ_EXPECT(inside(event.data, event.body) && inside(event.agg, event.body));
    check_stored(&event);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice frame = slice_of(data, size);
    struct rpc_message message = {0};
    struct event event;
    struct slice events;
    (void)event_from_stored(frame, &event);
    if (shape_check(frame, FRAME_DEPTH_MAX) != STATUS_OK) {
        return 0;
    }
    check_event(frame, size % 4);
    enum status status = rpc_read(frame, &message);
    if (status != STATUS_OK) {
        return 0;
    }
    FUZZ_EXPECT(inside(message.method, frame) && inside(message.params, frame));
    FUZZ_EXPECT(inside(message.error, frame) && inside(message.result, frame));
    check_again(&message);
    if (map_find(message.params, "events", &events)) {
        struct cursor list = cursor_over(events);
        uint32_t count = 0;
        struct slice wire;
        if (!cursor_array(&list, &count)) {
            return 0;
        }
        for (uint32_t i = 0; i < count && cursor_value(&list, &wire); i++) {
            check_event(wire, 0);
        }
    }
    return 0;
}
