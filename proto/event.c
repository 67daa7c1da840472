/* Events: what the way in and the way back have in common.
 *
 *   B1  A body is read by event_read_body() alone, also the one just written from the wire, so
 *       that a live event and one out of the log cannot differ in what they mean.
 *   B2  Nothing here depends on a clock: the recorded time is in the event. */

#include "proto/event.h"

#include "proto/cursor.h"
#include "proto/event_body.h"

#define DAY_MICROSECONDS (INT64_C(86400) * 1000000)
#define SHANGHAI_MICROSECONDS (INT64_C(8) * 3600 * 1000000)

static const char *const key_names[KEY_COUNT] = {
#define X(name) #name,
    ENVELOPE_LIST(X)
#undef X
};

const char *envelope_key_name(enum envelope_key key)
{
    return key_names[key];
}

static const uint8_t key_lens[KEY_COUNT] = {
#define X(name) sizeof(#name) - 1,
    ENVELOPE_LIST(X)
#undef X
};

enum envelope_key envelope_key_from(unsigned first, struct slice name)
{
    for (unsigned key = first; key < KEY_COUNT; key++) {
        if (name.len == key_lens[key] &&
            bytes_equal(name.data, (const uint8_t *)key_names[key], name.len)) {
            return (enum envelope_key)key;
        }
    }
    return KEY_COUNT;
}

enum envelope_key envelope_key_of(struct slice name)
{
    return envelope_key_from(0, name);
}

bool event_split_agg(const struct event_type *type, struct slice text,
                     enum aggregate_kind *ret_kind, struct slice *ret_id)
{
    bool several = !type || type->kind == KIND_NONE;
    enum aggregate_kind kind = several ? KIND_contract : type->kind;
    const uint8_t *slash = text.len > 0 ? memchr(text.data, '/', text.len) : NULL;
    if (slash) {
        size_t before = (size_t)(slash - text.data);
        enum aggregate_kind named = kind_by_name(slice_of(text.data, before));
        if (named == KIND_NONE || (!several && named != kind)) {
            return false;
        }
        kind = named;
        text = slice_of(slash + 1, text.len - before - 1);
    }
    *ret_kind = kind;
    *ret_id = text;
    return true;
}

/* Text of a key that may be missing. */
static bool optional_text(const struct envelope *envelope, enum envelope_key key, struct slice *ret)
{
    *ret = (struct slice){0};
    return !envelope->at[key].data || value_text(envelope->at[key], ret);
}

static bool read_texts(const struct envelope *envelope, struct event *event)
{
    struct cursor hash = cursor_over(envelope->at[KEY_private_hash]);
    event->private_hash = (struct slice){0};
    if (envelope->at[KEY_private_hash].data &&
        (!cursor_bin(&hash, &event->private_hash) || event->private_hash.len != HASH_BYTES)) {
        return false;
    }
    return value_text(envelope->at[KEY_id], &event->id) &&
           value_text(envelope->at[KEY_type], &event->type_name) &&
           optional_text(envelope, KEY_actor, &event->actor) &&
           optional_text(envelope, KEY_corr, &event->corr) &&
           optional_text(envelope, KEY_cause, &event->cause) &&
           optional_text(envelope, KEY_corrects, &event->corrects);
}

static bool read_type(struct event *event)
{
    event->type = event_type_by_name(event->type_name);
    if (event->type) {
        event->type_id = event->type->id;
        return true;
    }
    event->type_id = TYPE_USER;
    return type_is_user(event->type_name);
}

/* The keys of a body, in strict order: each is looked for behind the one before. Unlike the
 * wire's, none may be unknown or nil. */
static bool read_keys(struct slice body, struct envelope *ret)
{
    struct cursor in = cursor_over(body);
    unsigned next = 0;
    uint32_t pairs;
    if (!cursor_map(&in, &pairs)) {
        return false;
    }
    for (uint32_t i = 0; i < pairs; i++) {
        struct slice name;
        if (!cursor_str(&in, &name)) {
            return false;
        }
        enum envelope_key key = envelope_key_from(next, name);
        if (key == KEY_COUNT || key == KEY_expect || key == KEY_private || key == KEY_recorded ||
            !cursor_value(&in, &ret->at[key])) {
            return false;
        }
        next = (unsigned)key + 1;
    }
    return in.at == in.end;
}

bool event_read_body(struct slice body, struct event *event)
{
    struct envelope envelope = {0};
    struct slice agg, effective;
    int64_t version;
    if (!read_keys(body, &envelope) || !read_texts(&envelope, event) || !read_type(event) ||
        !value_text(envelope.at[KEY_agg], &agg) ||
        !event_split_agg(event->type, agg, &event->kind, &event->agg) ||
        !value_int(envelope.at[KEY_ver], &version) || version < 1 || version > UINT16_MAX) {
        return false;
    }
    event->has_effective = envelope.at[KEY_effective].data != NULL;
    if (event->has_effective && (!value_text(envelope.at[KEY_effective], &effective) ||
                                 !date_parse(effective, &event->effective_sent))) {
        return false;
    }
    event->body = body;
    event->version = (uint16_t)version;
    event->docs = envelope.at[KEY_docs];
    event->data = envelope.at[KEY_data];
    struct cursor data = cursor_over(event->data);
    return cursor_peek(&data) == CURSOR_MAP;
}

int32_t shanghai_day(int64_t microseconds)
{
    int64_t local = microseconds + SHANGHAI_MICROSECONDS;
    int64_t day = local / DAY_MICROSECONDS;
    if (local % DAY_MICROSECONDS < 0) {
        day--; /* division rounds towards zero, days do not */
    }
    return (int32_t)day;
}

int32_t event_effective(const struct event *event, const struct fields *fields)
{
    int32_t day = event->has_effective ? event->effective_sent : shanghai_day(event->recorded);
    if (event->type && event->type->business_date != FIELD_COUNT) {
        return field_date(fields, event->type->business_date, day);
    }
    return day;
}
