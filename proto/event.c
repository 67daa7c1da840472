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

#define KEY_LEN_MAX 12u
#define KEYS_OF_A_LEN 4u

/* Asked for every key of every event: the few keys of a length, ended by KEY_COUNT. */
static const uint8_t keys_by_len[KEY_LEN_MAX + 1][KEYS_OF_A_LEN + 1] = {
    [0] = {KEY_COUNT},
    [1] = {KEY_COUNT},
    [2] = {KEY_id, KEY_COUNT},
    [3] = {KEY_agg, KEY_ver, KEY_COUNT},
    [4] = {KEY_data, KEY_type, KEY_corr, KEY_docs, KEY_COUNT},
    [5] = {KEY_actor, KEY_cause, KEY_COUNT},
    [6] = {KEY_expect, KEY_COUNT},
    [7] = {KEY_private, KEY_COUNT},
    [8] = {KEY_corrects, KEY_recorded, KEY_COUNT},
    [9] = {KEY_effective, KEY_COUNT},
    [10] = {KEY_COUNT},
    [11] = {KEY_COUNT},
    [12] = {KEY_private_hash, KEY_COUNT},
};

enum envelope_key envelope_key_of(struct slice name)
{
    if (name.len > KEY_LEN_MAX) {
        return KEY_COUNT;
    }
    for (const uint8_t *key = keys_by_len[name.len]; *key != KEY_COUNT; key++) {
        if (bytes_equal(name.data, (const uint8_t *)key_names[*key], key_lens[*key])) {
            return (enum envelope_key) * key;
        }
    }
    return KEY_COUNT;
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

/* The keys of a body, in strict order, which is theirs in the list. Unlike the wire's, none may
 * be unknown or nil. */
static bool read_keys(struct cursor *in, struct envelope *ret)
{
    unsigned next = 0;
    uint32_t pairs;
    if (!cursor_map(in, &pairs)) {
        return false;
    }
    for (uint32_t i = 0; i < pairs; i++) {
        struct slice name;
        if (!cursor_str(in, &name)) {
            return false;
        }
        enum envelope_key key = envelope_key_of(name);
        if (key < next || key == KEY_COUNT || key == KEY_expect || key == KEY_private ||
            key == KEY_recorded || !cursor_value(in, &ret->at[key])) {
            return false;
        }
        next = (unsigned)key + 1;
    }
    return true;
}

bool event_take_body(struct cursor *in, struct event *event)
{
    struct envelope envelope = {0};
    const uint8_t *from = in->at;
    struct slice agg, effective;
    int64_t version;
    if (!read_keys(in, &envelope) || !read_texts(&envelope, event) || !read_type(event) ||
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
    event->body = slice_of(from, (size_t)(in->at - from));
    event->version = (uint16_t)version;
    event->docs = envelope.at[KEY_docs];
    event->data = envelope.at[KEY_data];
    struct cursor data = cursor_over(event->data);
    return cursor_peek(&data) == CURSOR_MAP;
}

bool event_read_body(struct slice body, struct event *event)
{
    struct cursor in = cursor_over(body);
    return event_take_body(&in, event) && in.at == in.end;
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
