/* Events as the log keeps them: E2 of event.h.
 *
 *   D1  Keys are written in the order of their bytes, so what is written is canonical if body,
 *       effects and touches are.
 *   D2  Reading asks for exactly these keys in exactly this order: what is stored was written
 *       here, and anything else is damage, however well-formed. */

#include "proto/cursor.h"
#include "proto/event.h"
#include "proto/event_body.h"
#include "proto/writer.h"

#define FLAG_BITS 64u

/* The names of the set bits, in the order of their bytes. Bits without a name are not ours. */
static unsigned sorted_flags(uint64_t flags, struct slice names[FLAG_BITS])
{
    unsigned count = 0;
    for (unsigned bit = 0; bit < FLAG_BITS && flags >> bit != 0; bit++) {
        const char *text = warning_name(bit);
        if ((flags >> bit & 1) == 0 || !text) {
            continue;
        }
        unsigned at = count++;
        struct slice name = slice_text(text);
        for (; at > 0 && slice_compare(names[at - 1], name) > 0; at--) {
            names[at] = names[at - 1];
        }
        names[at] = name;
    }
    return count;
}

void event_write_flags(struct writer *out, uint64_t flags)
{
    struct slice names[FLAG_BITS];
    unsigned count = flags == 0 ? 0 : sorted_flags(flags, names);
    write_array(out, count);
    for (unsigned i = 0; i < count; i++) {
        write_str(out, names[i]);
    }
}

static bool read_flags(struct cursor *in, uint64_t *ret)
{
    uint32_t count;
    uint64_t flags = 0;
    struct slice last = {0};
    if (!cursor_array(in, &count)) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct slice name;
        if (!cursor_str(in, &name) || slice_compare(last, name) >= 0) {
            return false;
        }
        int bit = warning_from_name((const char *)name.data, name.len);
        if (bit < 0) {
            return false;
        }
        flags |= UINT64_C(1) << bit;
        last = name;
    }
    *ret = flags;
    return true;
}

/* An array that may not have been made yet. */
static void write_list(struct writer *out, const char *key, struct slice list)
{
    write_text(out, key);
    if (list.len > 0) {
        write_raw(out, list);
    } else {
        write_array(out, 0);
    }
}

static void write_number(struct writer *out, const char *key, uint64_t value)
{
    write_text(out, key);
    write_uint(out, value);
}

enum status event_to_stored(const struct event *event, struct writer *out)
{
    size_t mark = out->len;
    write_map(out, 4);
    write_text(out, "body");
    write_raw(out, event->body);
    write_list(out, "effects", event->effects);
    write_text(out, "stamp");
    write_map(out, 6);
    write_number(out, "agg_seq", event->agg_seq);
    write_text(out, "by");
    write_str(out, event->by);
    write_text(out, "flags");
    event_write_flags(out, event->flags);
    write_text(out, "recorded");
    write_int(out, event->recorded);
    write_number(out, "rules", event->rules);
    write_number(out, "seq", event->seq);
    write_list(out, "touches", event->touches);
    if (out->full || out->len - mark > EVENT_BYTES_MAX) {
        out->len = mark;
        return STATUS_TOO_LARGE;
    }
    return STATUS_OK;
}

/* In line, so that a key's length is known when it is compiled. */
static inline __attribute__((always_inline)) bool expect_key(struct cursor *in, const char *key)
{
    struct slice name;
    return cursor_str(in, &name) && slice_is(name, key);
}

static inline __attribute__((always_inline)) bool read_number(struct cursor *in, const char *key,
                                                              int64_t max, int64_t *ret)
{
    return expect_key(in, key) && cursor_int(in, ret) && *ret >= 0 && *ret <= max;
}

static inline __attribute__((always_inline)) bool read_list(struct cursor *in, const char *key,
                                                            struct slice *ret)
{
    return expect_key(in, key) && cursor_peek(in) == CURSOR_ARRAY && cursor_value(in, ret);
}

static bool read_stamp(struct cursor *in, struct event *event)
{
    uint32_t pairs;
    int64_t agg_seq, rules, seq;
    if (!expect_key(in, "stamp") || !cursor_map(in, &pairs) || pairs != 6 ||
        !read_number(in, "agg_seq", WIRE_INT_MAX, &agg_seq) || !expect_key(in, "by") ||
        !cursor_str(in, &event->by) || !expect_key(in, "flags") || !read_flags(in, &event->flags) ||
        !read_number(in, "recorded", WIRE_INT_MAX, &event->recorded) ||
        !read_number(in, "rules", UINT32_MAX, &rules) ||
        !read_number(in, "seq", WIRE_INT_MAX, &seq)) {
        return false;
    }
    event->agg_seq = (uint64_t)agg_seq;
    event->rules = (uint32_t)rules;
    event->seq = (uint64_t)seq;
    return true;
}

enum status event_from_stored(struct slice stored, struct event *ret_event)
{
    struct event event = {.expect = -1, .recorded_sent = -1};
    struct cursor in = cursor_over(stored);
    uint32_t pairs;
    bool good = stored.len <= EVENT_BYTES_MAX && cursor_map(&in, &pairs) && pairs == 4 &&
                expect_key(&in, "body") && event_take_body(&in, &event) &&
                read_list(&in, "effects", &event.effects) && read_stamp(&in, &event) &&
                read_list(&in, "touches", &event.touches) && in.at == in.end;
    if (!good) {
        return STATUS_CORRUPT;
    }
    *ret_event = event;
    return STATUS_OK;
}
