/* From a checked envelope to a canonical body.
 *
 *   W3  The body is written key by key from values that were checked, never copied from the
 *       wire, but for W6; text that came as bin leaves as text.
 *   W4  A refusal takes back what was written.
 *   W5  What the event then means is read from the body just written (B1 of event.c).
 *   W6  Data that is canonical and right as it came is copied as it is, after one pass over it
 *       (fields_fit.c); whatever else it is, the two passes that can say so are made. */

#include "proto/canonical.h"
#include "proto/cursor.h"
#include "proto/event.h"
#include "proto/event_body.h"

/* The body is one level; data and docs have the others, private as many as they. */
#define PART_DEPTH_MAX (EVENT_DEPTH_MAX - 1)

static bool in_body(const struct envelope *envelope, enum envelope_key key)
{
    bool beside = key == KEY_expect || key == KEY_private || key == KEY_recorded;
    return key == KEY_ver || (envelope->at[key].data && !beside);
}

static enum status too_large(struct fault *fault, const char *field, size_t bytes, size_t bytes_max)
{
    (void)fault_set(fault, STATUS_TOO_LARGE, field);
    fault_detail(fault, "bytes=%zu max=%zu", bytes, bytes_max);
    return STATUS_TOO_LARGE;
}

/* The canonical form of a map that may have at most `bytes_max`. */
static enum status write_part(struct slice value, enum envelope_key key, size_t bytes_max,
                              struct writer *out, struct fault *fault)
{
    const char *name = envelope_key_name(key);
    struct cursor in = cursor_over(value);
    size_t mark = out->len;
    if (cursor_peek(&in) != CURSOR_MAP) {
        (void)fault_set(fault, STATUS_E_BAD_FIELD, name);
        fault_detail(fault, "expected=map");
        return STATUS_E_BAD_FIELD;
    }
    enum status status = canonical_write(value, PART_DEPTH_MAX, name, out, fault);
    if (status == STATUS_OK && out->len - mark > bytes_max) {
        return too_large(fault, name, out->len - mark, bytes_max);
    }
    return status;
}

static enum status write_data(struct slice value, const struct event_type *type, struct writer *out,
                              struct fault *fault)
{
    size_t mark = out->len;
    size_t bytes_max = type ? EVENT_BYTES_MAX : USER_DATA_BYTES_MAX;
    if (type && value.len <= bytes_max && value.len <= out->size - out->len &&
        fields_fit(&type->data, value, PART_DEPTH_MAX)) { /* W6 */
        write_raw(out, value);
        return STATUS_OK;
    }
    enum status status = write_part(value, KEY_data, bytes_max, out, fault);
    if (status == STATUS_OK && type) {
        struct slice data = slice_of(out->data + mark, out->len - mark);
        status = fields_check(&type->data, data, "data", fault);
    }
    return status;
}

static enum status write_body(const struct envelope *envelope, const struct event_type *type,
                              struct writer *out, struct fault *fault)
{
    uint32_t pairs = 0;
    enum status status = STATUS_OK;
    for (unsigned key = 0; key < KEY_COUNT; key++) {
        pairs += in_body(envelope, (enum envelope_key)key);
    }
    write_map(out, pairs);
    for (unsigned i = 0; status == STATUS_OK && i < KEY_COUNT; i++) {
        enum envelope_key key = (enum envelope_key)i;
        struct slice text = {0};
        if (!in_body(envelope, key)) {
            continue;
        }
        write_text(out, envelope_key_name(key));
        if (key == KEY_data) {
            status = write_data(envelope->at[key], type, out, fault);
        } else if (key == KEY_docs) {
            status = canonical_write(envelope->at[key], PART_DEPTH_MAX, "docs", out, fault);
        } else if (key == KEY_ver) {
            write_uint(out, 1); /* also when it was not sent */
        } else {
            (void)value_text(envelope->at[key], &text); /* checked */
            write_str(out, text);
        }
    }
    return status;
}

static enum status take(struct slice wire, unsigned origin, struct writer *out, struct event *event,
                        struct fault *fault)
{
    struct envelope envelope = {0};
    struct envelope_facts facts = {0};
    size_t mark = out->len;
    enum status status = envelope_read(wire, origin, &envelope, fault);
    if (status == STATUS_OK) {
        status = envelope_check(&envelope, origin, &facts, fault);
    }
    if (status == STATUS_OK) {
        status = write_body(&envelope, facts.type, out, fault);
    }
    if (status != STATUS_OK) {
        return status;
    }
    size_t end = out->len;
    if (envelope.at[KEY_private].data) {
        status = write_part(envelope.at[KEY_private], KEY_private, PRIVATE_BYTES_MAX, out, fault);
        if (status != STATUS_OK) {
            return status;
        }
        event->private_data = slice_of(out->data + end, out->len - end);
    }
    if (out->full || end - mark > EVENT_BYTES_MAX) {
        return too_large(fault, NULL, end - mark, EVENT_BYTES_MAX);
    }
    event->expect = facts.expect;
    event->recorded_sent = facts.recorded;
    if (!event_read_body(slice_of(out->data + mark, end - mark), event)) {
        return fault_set(fault, STATUS_INTERNAL, NULL);
    }
    return STATUS_OK;
}

enum status event_from_wire(struct slice wire, unsigned origin, struct writer *out,
                            struct event *ret_event, struct fault *fault)
{
    struct event event = {0};
    size_t mark = out->len;
    enum status status = take(wire, origin, out, &event, fault);
    if (status == STATUS_OK) {
        *ret_event = event;
    } else {
        out->len = mark; /* W4 */
    }
    return status;
}

enum status event_seal(struct event *event, const uint8_t private_hash[HASH_BYTES],
                       struct writer *out)
{
    static const char key[] = "private_hash";
    struct cursor in = cursor_over(event->body);
    size_t mark = out->len;
    uint32_t pairs;
    bool placed = false;
    if (event->private_hash.len > 0 || !cursor_map(&in, &pairs)) {
        return STATUS_INTERNAL; /* sealed twice, or no body */
    }
    write_map(out, pairs + 1);
    for (uint32_t i = 0; i < pairs; i++) {
        struct slice name = {0}, value = {0};
        (void)cursor_str(&in, &name);
        (void)cursor_value(&in, &value);
        if (!placed && slice_compare(name, slice_text(key)) > 0) {
            write_text(out, key);
            write_bin(out, slice_of(private_hash, HASH_BYTES));
            placed = true; /* `type` and `ver` are always behind it */
        }
        write_str(out, name);
        write_raw(out, value);
    }
    if (out->full || out->len - mark > EVENT_BYTES_MAX) {
        out->len = mark;
        return STATUS_TOO_LARGE;
    }
    struct slice body = slice_of(out->data + mark, out->len - mark);
    return event_read_body(body, event) ? STATUS_OK : STATUS_INTERNAL;
}
