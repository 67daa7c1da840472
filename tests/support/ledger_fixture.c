/* JSON events into a ledger: see ledger_fixture.h. Nothing here decides anything. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>

#include "proto/cursor.h"
#include "proto/writer.h"
#include "tests/support/ledger_fixture.h"

#define ROOM (256 * KIB)
#define RECORDED_FIRST INT64_C(1514736000000000) /* 2018-01-01 00:00 +08:00 */

/* By reading: tests have few events. */
static uint64_t find_event(void *arg, struct slice id)
{
    const struct ledger_fixture *fixture = arg;
    for (size_t i = 0; i < fixture->log_count; i++) {
        struct event event;
        assert_int_equal(event_from_stored(fixture->log[i], &event), STATUS_OK);
        if (slice_equal(event.id, id)) {
            return i + 1;
        }
    }
    return 0;
}

void ledger_fixture_init(struct ledger_fixture *fixture)
{
    *fixture = (struct ledger_fixture){.ledger = ledger_new(), .recorded = RECORDED_FIRST};
    fixture->facts = ledger_facts(fixture->ledger);
    ledger_set_finder(fixture->ledger, find_event, fixture);
    fixture->published = facts_publish(fixture->facts);
    fixture->wire = malloc(ROOM);
    fixture->body = malloc(ROOM);
    fixture->effects = malloc(ROOM);
    fixture->stored = malloc(ROOM);
    assert_true(fixture->wire && fixture->body && fixture->effects && fixture->stored);
}

void ledger_fixture_done(struct ledger_fixture *fixture)
{
    for (size_t i = 0; i < fixture->log_count; i++) {
        free((void *)(uintptr_t)fixture->log[i].data);
    }
    free(fixture->log);
    free(fixture->wire);
    free(fixture->body);
    free(fixture->effects);
    free(fixture->stored);
    ledger_free(fixture->ledger);
}

void json_write(const json_t *value, struct writer *out)
{
    const char *key;
    json_t *item;
    size_t i;
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        write_map(out, (uint32_t)json_object_size(value));
        json_object_foreach((json_t *)(uintptr_t)value, key, item)
        {
            write_text(out, key);
            json_write(item, out);
        }
        break;
    case JSON_ARRAY:
        write_array(out, (uint32_t)json_array_size(value));
        json_array_foreach(value, i, item)
        {
            json_write(item, out);
        }
        break;
    case JSON_STRING:
        write_str(out, slice_of(json_string_value(value), json_string_length(value)));
        break;
    case JSON_INTEGER:
        write_int(out, json_integer_value(value));
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        write_bool(out, json_is_true(value));
        break;
    case JSON_NULL:
        write_nil(out);
        break;
    case JSON_REAL:
        fail_msg("a number with a fraction");
    }
}

static json_t *read_one(struct cursor *cursor)
{
    uint32_t count = 0;
    int64_t number = 0;
    bool truth = false;
    struct slice text;
    json_t *value = NULL;
    switch (cursor_peek(cursor)) {
    case CURSOR_MAP:
        assert_true(cursor_map(cursor, &count));
        value = json_object();
        for (uint32_t i = 0; i < count; i++) {
            char key[256];
            assert_true(cursor_text(cursor, &text) && text.len < sizeof(key));
            memcpy(key, text.data, text.len);
            key[text.len] = 0;
            assert_null(json_object_get(value, key)); /* no key twice */
            json_object_set_new(value, key, read_one(cursor));
        }
        return value;
    case CURSOR_ARRAY:
        assert_true(cursor_array(cursor, &count));
        value = json_array();
        for (uint32_t i = 0; i < count; i++) {
            json_array_append_new(value, read_one(cursor));
        }
        return value;
    case CURSOR_NIL:
        assert_true(cursor_nil(cursor));
        return json_null();
    case CURSOR_BOOL:
        assert_true(cursor_bool(cursor, &truth));
        return json_boolean(truth);
    case CURSOR_INT:
        assert_true(cursor_int(cursor, &number));
        return json_integer(number);
    case CURSOR_STR:
        assert_true(cursor_str(cursor, &text));
        value = json_stringn((const char *)text.data, text.len);
        assert_non_null(value);
        return value;
    case CURSOR_NONE:
    case CURSOR_FLOAT:
    case CURSOR_BIN:
    case CURSOR_EXT:
        break;
    }
    fail_msg("not a value that JSON can hold");
    return NULL;
}

json_t *json_read(struct slice value)
{
    struct cursor cursor = cursor_over(value);
    json_t *read = read_one(&cursor);
    assert_ptr_equal(cursor.at, cursor.end);
    return read;
}

/* Two digits. */
static int64_t pair(const char *at)
{
    assert_true(at[0] >= '0' && at[0] <= '9' && at[1] >= '0' && at[1] <= '9');
    return (at[0] - '0') * 10 + (at[1] - '0');
}

int64_t fixture_time(const char *text)
{
    int32_t day = 0;
    int64_t seconds = 3600; /* 09:00 in Asia/Shanghai */
    size_t len = strlen(text);
    if (len < 10 || !date_parse(slice_of(text, 10), &day)) {
        fail_msg("not a time: %s", text);
    }
    if (len > 10) {
        assert_true(len == 20 && text[10] == 'T' && text[19] == 'Z');
        seconds = (pair(text + 11) * 60 + pair(text + 14)) * 60 + pair(text + 17);
    }
    return (day * INT64_C(86400) + seconds) * INT64_C(1000000);
}

static void keep(struct ledger_fixture *fixture, struct slice stored)
{
    if (fixture->log_count == fixture->log_room) {
        fixture->log_room = fixture->log_room * 2 + 64;
        fixture->log = realloc(fixture->log, fixture->log_room * sizeof(fixture->log[0]));
        assert_non_null(fixture->log);
    }
    uint8_t *copy = malloc(stored.len);
    assert_non_null(copy);
    memcpy(copy, stored.data, stored.len);
    fixture->log[fixture->log_count++] = slice_of(copy, stored.len);
}

/* The event as sent, with an id of its own if it has none. */
static struct slice wire_of(struct ledger_fixture *fixture, const json_t *event)
{
    char id[32];
    struct writer out = writer_over(fixture->wire, ROOM);
    json_t *sent = json_copy((json_t *)(uintptr_t)event);
    json_object_del(sent, "recorded");
    snprintf(id, sizeof(id), "e%zu", fixture->log_count + 1);
    if (json_object_get(sent, "id") == NULL) {
        json_object_set_new(sent, "id", json_string(id));
    }
    json_write(sent, &out);
    json_decref(sent);
    assert_false(out.full);
    return writer_slice(&out);
}

/* Decide and fold, not yet published. */
static enum status take_wire(struct ledger_fixture *fixture, struct slice wire, int64_t recorded,
                             struct fault *fault)
{
    struct event decided;
    struct writer body = writer_over(fixture->body, ROOM);
    struct writer effects = writer_over(fixture->effects, ROOM);
    struct writer stored = writer_over(fixture->stored, ROOM);
    enum status status = event_from_wire(wire, EVENT_SYSTEM, &body, &decided, fault);
    if (status != STATUS_OK) {
        return status;
    }
    decided.seq = facts_seq(fixture->facts) + 1;
    decided.recorded = recorded > fixture->recorded ? recorded : fixture->recorded + 1;
    decided.by = slice_text("test");
    status = ledger_decide(fixture->ledger, &decided, &effects, fault);
    if (status != STATUS_OK) {
        return status;
    }
    assert_int_equal(event_to_stored(&decided, &stored), STATUS_OK);
    keep(fixture, writer_slice(&stored));
    ledger_fold(fixture->ledger, &decided);
    fixture->recorded = decided.recorded;
    return STATUS_OK;
}

static enum status take(struct ledger_fixture *fixture, const json_t *event, struct fault *fault)
{
    const json_t *recorded = json_object_get(event, "recorded");
    int64_t at =
        recorded != NULL ? fixture_time(json_string_value(recorded)) : fixture->recorded + 1000000;
    return take_wire(fixture, wire_of(fixture, event), at, fault);
}

enum status ledger_fixture_append_wire(struct ledger_fixture *fixture, struct slice wire,
                                       struct fault *fault)
{
    enum status status = take_wire(fixture, wire, fixture->recorded + 1000000, fault);
    if (status == STATUS_OK) {
        fixture->published = facts_publish(fixture->facts);
    }
    return status;
}

enum status ledger_fixture_append(struct ledger_fixture *fixture, const json_t *event,
                                  struct fault *fault)
{
    enum status status = take(fixture, event, fault);
    if (status == STATUS_OK) {
        fixture->published = facts_publish(fixture->facts);
    }
    return status;
}

enum status ledger_fixture_batch(struct ledger_fixture *fixture, const json_t *events,
                                 struct fault *fault)
{
    struct facts_mark mark = facts_mark(fixture->facts);
    size_t count = fixture->log_count;
    int64_t recorded = fixture->recorded;
    for (size_t i = 0; i < json_array_size(events); i++) {
        enum status status = take(fixture, json_array_get(events, i), fault);
        if (status != STATUS_OK) {
            facts_undo(fixture->facts, &mark);
            while (fixture->log_count > count) {
                free((void *)(uintptr_t)fixture->log[--fixture->log_count].data);
            }
            fixture->recorded = recorded;
            return status;
        }
    }
    fixture->published = facts_publish(fixture->facts);
    return STATUS_OK;
}
