/* The envelope of an event as a client sends it, checked before anything of it is used.
 *
 *   W1  Ruling 3's order: unknown keys, missing ones, the type, then the values in the order of
 *       their keys. The data comes after the whole envelope (event_wire.c).
 *   W2  Nothing is written here and nothing remembered but where the values stand. */

#include "proto/cursor.h"
#include "proto/event_body.h"
#include "proto/text.h"

static enum status bad(struct fault *fault, enum envelope_key key, const char *why)
{
    (void)fault_set(fault, STATUS_E_BAD_FIELD, envelope_key_name(key));
    fault_detail(fault, "%s", why);
    return STATUS_E_BAD_FIELD;
}

enum status envelope_read(struct slice wire, unsigned origin, struct envelope *ret,
                          struct fault *fault)
{
    struct cursor in = cursor_over(wire);
    uint32_t pairs;
    bool seen[KEY_COUNT] = {false};
    if (!cursor_map(&in, &pairs)) {
        (void)fault_set(fault, STATUS_BAD_PARAMS, NULL);
        fault_detail(fault, "event=not_a_map");
        return STATUS_BAD_PARAMS;
    }
    for (uint32_t i = 0; i < pairs; i++) {
        struct slice name = {0}, value;
        enum envelope_key key = cursor_text(&in, &name) ? envelope_key_of(name) : KEY_COUNT;
        bool known = key != KEY_COUNT && key != KEY_private_hash &&
                     (key != KEY_recorded || (origin & EVENT_LOAD) != 0);
        if (!known || !cursor_value(&in, &value)) {
            (void)fault_set(fault, STATUS_BAD_PARAMS, NULL);
            fault_field_key(fault, name);
            fault_detail(fault, known ? "cut=short" : "key=unknown");
            return STATUS_BAD_PARAMS;
        }
        if (seen[key]) {
            return bad(fault, key, "key=duplicate");
        }
        seen[key] = true;
        if (value.data[0] != 0xc0) {
            ret->at[key] = value;
        }
    }
    return STATUS_OK;
}

static enum status check_missing(const struct envelope *envelope, struct fault *fault)
{
    static const enum envelope_key required[] = {KEY_id, KEY_type, KEY_agg, KEY_data};
    for (size_t i = 0; i < sizeof(required) / sizeof(required[0]); i++) {
        if (!envelope->at[required[i]].data) {
            return fault_set(fault, STATUS_E_MISSING_FIELD, envelope_key_name(required[i]));
        }
    }
    return STATUS_OK;
}

/* *ret_type stays NULL for x.*. */
static enum status check_type(const struct envelope *envelope, unsigned origin,
                              const struct event_type **ret_type, struct fault *fault)
{
    struct slice name;
    if (!value_text(envelope->at[KEY_type], &name)) {
        return bad(fault, KEY_type, "expected=text");
    }
    const struct event_type *type = event_type_by_name(name);
    bool reserved = type && type->kind == KIND_system && (origin & EVENT_SYSTEM) == 0;
    if (type && type->decided && !reserved) {
        *ret_type = type;
        return STATUS_OK;
    }
    if (!type && name.len <= TYPE_NAME_MAX && type_is_user(name)) {
        *ret_type = NULL;
        return STATUS_OK;
    }
    (void)fault_set(fault, STATUS_E_UNKNOWN_TYPE, "type");
    if (reserved) {
        fault_detail(fault, "reserved to the daemon");
    } else if (type) {
        fault_detail(fault, "declared, not decided in this release");
    }
    return STATUS_E_UNKNOWN_TYPE;
}

static bool is_reserved(struct slice id)
{
    return id.len > 0 && id.data[0] == '_';
}

static enum status check_agg(const struct envelope *envelope, const struct event_type *type,
                             unsigned origin, struct fault *fault)
{
    struct slice text, id;
    enum aggregate_kind kind;
    bool daemon = (origin & EVENT_SYSTEM) != 0;
    bool one_kind = type && type->kind != KIND_NONE;
    if (!value_text(envelope->at[KEY_agg], &text)) {
        return bad(fault, KEY_agg, "expected=text");
    }
    if (one_kind && !daemon && text.len > 0 && memchr(text.data, '/', text.len)) {
        return bad(fault, KEY_agg, "the type has one kind: no `/`");
    }
    if (!event_split_agg(type, text, &kind, &id)) {
        return bad(fault, KEY_agg, "kind=unknown");
    }
    if (!text_is_aggregate_id(id)) {
        return bad(fault, KEY_agg, "1 to 96 bytes, no control characters, spaces or `/`");
    }
    if (!daemon && (kind == KIND_system || is_reserved(id))) {
        return bad(fault, KEY_agg, "reserved to the daemon");
    }
    if (type && !one_kind && type->kinds != 0 && (type->kinds & 1U << (unsigned)kind) == 0) {
        return bad(fault, KEY_agg, "the type does not serve this kind");
    }
    return STATUS_OK;
}

static enum status check_id(const struct envelope *envelope, enum envelope_key key, unsigned origin,
                            struct fault *fault)
{
    struct slice id;
    if (!envelope->at[key].data) {
        return STATUS_OK;
    }
    if (!value_text(envelope->at[key], &id) || !text_is_event_id(id)) {
        return bad(fault, key, "text of 1 to 64 bytes, no control characters");
    }
    if (is_reserved(id) && (origin & EVENT_SYSTEM) == 0) {
        return bad(fault, key, "reserved to the daemon");
    }
    return STATUS_OK;
}

static enum status check_note(const struct envelope *envelope, enum envelope_key key,
                              struct fault *fault)
{
    struct slice text;
    if (!envelope->at[key].data) {
        return STATUS_OK;
    }
    if (!value_text(envelope->at[key], &text) || text.len == 0 || !text_is_plain(text, ACTOR_MAX)) {
        return bad(fault, key, "text of 1 to 128 bytes, no control characters");
    }
    return STATUS_OK;
}

static enum status check_effective(const struct envelope *envelope, const struct event_type *type,
                                   struct fault *fault)
{
    struct slice text;
    int32_t day;
    if (!envelope->at[KEY_effective].data) {
        return STATUS_OK;
    }
    if (type && type->business_date != FIELD_COUNT) {
        (void)bad(fault, KEY_effective, "the type has a date of its own:");
        fault_detail(fault, "%s", field_name(type->business_date));
        return STATUS_E_BAD_FIELD;
    }
    if (!value_text(envelope->at[KEY_effective], &text) || !date_parse(text, &day)) {
        return bad(fault, KEY_effective, "expected=YYYY-MM-DD");
    }
    return STATUS_OK;
}

/* A number from 0 to 2^53-1. */
static enum status check_number(const struct envelope *envelope, enum envelope_key key,
                                int64_t *ret, struct fault *fault)
{
    if (!envelope->at[key].data) {
        return STATUS_OK;
    }
    if (!value_int(envelope->at[key], ret) || *ret < 0 || *ret > WIRE_INT_MAX) {
        return bad(fault, key, "expected=0..9007199254740991");
    }
    return STATUS_OK;
}

static bool is_sha256(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.data[i];
        bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (!digit) {
            return false;
        }
    }
    return text.len == 2 * (size_t)HASH_BYTES;
}

/* One paper; *ret_key is the key that is wrong or missing. */
static bool paper_good(struct cursor *in, struct slice *ret_key)
{
    uint32_t pairs;
    bool has_hash = false;
    if (cursor_peek(in) != CURSOR_MAP || !cursor_map(in, &pairs)) {
        return false;
    }
    for (uint32_t i = 0; i < pairs; i++) {
        struct slice value, text = {0};
        int64_t bytes;
        if (!cursor_text(in, ret_key) || !cursor_value(in, &value)) {
            return false;
        }
        bool is_text = value_text(value, &text);
        bool good = false;
        if (slice_is(*ret_key, "sha256")) {
            has_hash = good = is_text && is_sha256(text);
        } else if (slice_is(*ret_key, "name") || slice_is(*ret_key, "kind")) {
            good = is_text && text_is_plain(text, TEXT_MAX);
        } else if (slice_is(*ret_key, "bytes")) {
            good = value_int(value, &bytes) && bytes >= 0 && bytes <= WIRE_INT_MAX;
        }
        if (!good) {
            return false;
        }
    }
    *ret_key = slice_text("sha256");
    return has_hash;
}

static enum status check_docs(const struct envelope *envelope, struct fault *fault)
{
    struct cursor in = cursor_over(envelope->at[KEY_docs]);
    uint32_t count;
    if (!envelope->at[KEY_docs].data) {
        return STATUS_OK;
    }
    if (!cursor_array(&in, &count) || count > DOCS_MAX) {
        return bad(fault, KEY_docs, "a list of at most 64");
    }
    for (uint32_t i = 0; i < count; i++) {
        struct slice key = {0};
        if (!paper_good(&in, &key)) {
            (void)fault_set(fault, STATUS_E_BAD_FIELD, "docs");
            fault_field_index(fault, i);
            if (key.len > 0) {
                fault_field_key(fault, key);
            }
            fault_detail(fault, "sha256 (64 hexadecimal digits), name, kind, bytes");
            return STATUS_E_BAD_FIELD;
        }
    }
    return STATUS_OK;
}

static enum status check_version(const struct envelope *envelope, struct fault *fault)
{
    int64_t version = 1;
    if (envelope->at[KEY_ver].data &&
        (!value_int(envelope->at[KEY_ver], &version) || version != 1)) {
        return bad(fault, KEY_ver, "expected=1");
    }
    return STATUS_OK;
}

static enum status check_key(const struct envelope *envelope, enum envelope_key key,
                             unsigned origin, struct envelope_facts *facts, struct fault *fault)
{
    switch (key) {
    case KEY_agg:
        return check_agg(envelope, facts->type, origin, fault);
    case KEY_actor:
    case KEY_cause:
    case KEY_corr:
        return check_note(envelope, key, fault);
    case KEY_corrects:
    case KEY_id:
        return check_id(envelope, key, origin, fault);
    case KEY_docs:
        return check_docs(envelope, fault);
    case KEY_effective:
        return check_effective(envelope, facts->type, fault);
    case KEY_expect:
        return check_number(envelope, key, &facts->expect, fault);
    case KEY_recorded:
        return check_number(envelope, key, &facts->recorded, fault);
    case KEY_ver:
        return check_version(envelope, fault);
    case KEY_type:         /* before all others */
    case KEY_data:         /* the vocabulary's */
    case KEY_private:      /* event_wire.c */
    case KEY_private_hash: /* not a client's */
    case KEY_COUNT:
        return STATUS_OK;
    }
    return STATUS_INTERNAL;
}

enum status envelope_check(const struct envelope *envelope, unsigned origin,
                           struct envelope_facts *ret, struct fault *fault)
{
    struct envelope_facts facts = {.type = NULL, .expect = -1, .recorded = -1};
    enum status status = check_missing(envelope, fault);
    if (status == STATUS_OK) {
        status = check_type(envelope, origin, &facts.type, fault);
    }
    for (unsigned key = 0; status == STATUS_OK && key < KEY_COUNT; key++) {
        status = check_key(envelope, (enum envelope_key)key, origin, &facts, fault);
    }
    if (status == STATUS_OK) {
        *ret = facts;
    }
    return status;
}
