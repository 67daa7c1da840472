/* From a line to an encoded event: B1 and B2 of loadable.h. */

#include "ops/cli/loadable.h"

#include <string.h>
#include <time.h>

#include "ops/cli/append.h"
#include "ops/cli/lines.h"
#include "ops/cli/transcode.h"
#include "proto/cursor.h"
#include "proto/vocabulary.h"

static bool digits_at(const char *text, const char *shape)
{
    for (; *shape != '\0'; shape++, text++) {
        if (*shape == 'd' ? *text < '0' || *text > '9' : *text != *shape) {
            return false;
        }
    }
    return true;
}

static int two(const char *at)
{
    return (at[0] - '0') * 10 + (at[1] - '0');
}

/* RFC 3339 to microseconds: 2025-03-10T11:00:00.25+08:00. */
static bool read_time(struct slice given, int64_t *ret_us)
{
    char text[40];
    if (given.len < 20 || given.len >= sizeof(text)) {
        return false;
    }
    memcpy(text, given.data, given.len);
    text[given.len] = '\0';
    if (!digits_at(text, "dddd-dd-ddTdd:dd:dd")) {
        return false;
    }
    struct tm parts = {.tm_year = two(text) * 100 + two(text + 2) - 1900,
                       .tm_mon = two(text + 5) - 1,
                       .tm_mday = two(text + 8),
                       .tm_hour = two(text + 11),
                       .tm_min = two(text + 14),
                       .tm_sec = two(text + 17)};
    int64_t us = (int64_t)timegm(&parts) * 1000000;
    const char *at = text + 19;
    int64_t part = 100000;
    if (*at == '.') {
        for (at++; *at >= '0' && *at <= '9'; at++, part /= 10) {
            us += part * (*at - '0');
        }
    }
    if (strcmp(at, "Z") != 0) {
        if (strlen(at) != 6 || (*at != '+' && *at != '-') || !digits_at(at + 1, "dd:dd")) {
            return false;
        }
        int64_t offset = ((int64_t)two(at + 1) * 60 + two(at + 4)) * 60000000;
        us -= *at == '+' ? offset : -offset;
    }
    *ret_us = us;
    return true;
}

static const struct member *member_named(const struct transcoded *event, const char *name)
{
    for (uint32_t i = 0; i < event->count; i++) {
        if (slice_is(event->members[i].key, name)) {
            return &event->members[i];
        }
    }
    return NULL;
}

static bool is_added(struct slice key, const struct event_type *type)
{
    static const char *const added[] = {"agg_seq", "by",  "effects", "flags",       "hash",
                                        "rules",   "seq", "touches", "private_hash"};
    for (size_t i = 0; i < sizeof(added) / sizeof(added[0]); i++) {
        if (slice_is(key, added[i])) {
            return true;
        }
    }
    /* told, and never sent beside the type's own date */
    return slice_is(key, "effective") && type != NULL && type->business_date != FIELD_COUNT;
}

static bool is_system(struct slice type)
{
    return type.len > 7 && memcmp(type.data, "system.", 7) == 0;
}

/* The event once more, from the members that are sent. */
static void write_members(const struct transcoded *event, const struct event_type *type,
                          bool answered, const char *id, struct writer *out)
{
    size_t mark = write_map_begin(out);
    uint32_t pairs = 0;
    for (uint32_t i = 0; i < event->count; i++) {
        const struct member *member = &event->members[i];
        struct slice text;
        int64_t us;
        if (answered && is_added(member->key, type)) {
            continue;
        }
        write_str(out, member->key);
        if (slice_is(member->key, "recorded") && value_text(member->value, &text) &&
            read_time(text, &us)) {
            write_int(out, us); /* B1 */
        } else {
            write_raw(out, member->value);
        }
        pairs++;
    }
    if (id != NULL) {
        write_text(out, "id");
        write_text(out, id);
        pairs++;
    }
    write_map_end(out, mark, pairs);
}

static enum loadable write_event(const struct transcoded *event, struct writer *out)
{
    const struct member *named = member_named(event, "type");
    struct slice name = slice_of("", 0);
    char id[37];
    bool has_id = member_named(event, "id") != NULL;
    size_t start = out->len;
    if (named != NULL) {
        (void)value_text(named->value, &name);
    }
    if (is_system(name)) {
        return LOADABLE_PASS;
    }
    if (!has_id && accrue_event_id(id) != ACCRUE_OK) {
        return LOADABLE_FULL;
    }
    write_members(event, event_type_by_name(name), member_named(event, "seq") != NULL,
                  has_id ? NULL : id, out);
    if (out->full) {
        out->len = start;
        out->full = false;
        return LOADABLE_FULL;
    }
    return LOADABLE_EVENT;
}

/* What the quick way leaves: by way of a tree, which also says what is wrong. */
static enum loadable write_slowly(const char *text, size_t len, bool id_from_content,
                                  struct writer *room, struct transcoded *event, char *why,
                                  size_t why_size)
{
    json_t *object = NULL;
    if (line_parse(text, len, &object, why, why_size) != LINE_OBJECT) {
        return LOADABLE_BAD;
    }
    if (id_from_content) {
        event_give_id(object, true);
    }
    accrue_builder *builder = accrue_builder_new();
    accrue_value value = {NULL, 0};
    bool built = builder != NULL && json_build(builder, object) &&
                 accrue_build_done(builder, &value) == ACCRUE_OK;
    (void)snprintf(why, why_size, "a number that is no integer, or too large a line");
    room->len = 0;
    room->full = false;
    write_raw(room, slice_of(value.data, value.len));
    built = built && !room->full && transcoded_read(room, event);
    accrue_builder_free(builder);
    json_decref(object);
    return built ? LOADABLE_EVENT : LOADABLE_BAD;
}

enum loadable loadable_write(const char *text, size_t len, bool id_from_content, struct writer *out,
                             char *why, size_t why_size)
{
    static uint8_t bytes[FRAME_BYTES_MAX];
    struct writer room = writer_over(bytes, sizeof(bytes));
    struct transcoded event;
    bool quick = transcode(text, len, &room, &event) &&
                 (!id_from_content || member_named(&event, "id") != NULL);
    if (!quick &&
        write_slowly(text, len, id_from_content, &room, &event, why, why_size) != LOADABLE_EVENT) {
        return LOADABLE_BAD;
    }
    return write_event(&event, out);
}
