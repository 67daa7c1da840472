/* Events on the way to the log and back: the published vectors, round trips, damage, answers. */

#include "tests/unit/proto/support.h"

#include "proto/canonical.h"
#include "proto/cursor.h"
#include "proto/event.h"

#include <openssl/evp.h>
#include <stdlib.h>

static void sha256(struct slice first, struct slice second, uint8_t out[HASH_BYTES])
{
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    unsigned len = 0;
    assert_non_null(digest);
    assert_int_equal(EVP_DigestInit_ex(digest, EVP_sha256(), NULL), 1);
    assert_int_equal(EVP_DigestUpdate(digest, first.data, first.len), 1);
    assert_int_equal(EVP_DigestUpdate(digest, second.data, second.len), 1);
    assert_int_equal(EVP_DigestFinal_ex(digest, out, &len), 1);
    assert_int_equal(len, HASH_BYTES);
    EVP_MD_CTX_free(digest);
}

static void expect_hex(struct slice found, const char *hex)
{
    struct bytes expected = bytes_hex(hex);
    assert_bytes_equal(found, bytes_slice(expected));
    bytes_free(expected);
}

static void stamp_of(const json_t *stamp, struct event *event)
{
    const json_t *flags = json_object_get(stamp, "flags");
    event->seq = (uint64_t)json_integer_value(json_object_get(stamp, "seq"));
    event->agg_seq = (uint64_t)json_integer_value(json_object_get(stamp, "agg_seq"));
    event->recorded = json_integer_value(json_object_get(stamp, "recorded"));
    event->rules = (uint32_t)json_integer_value(json_object_get(stamp, "rules"));
    event->by = slice_text(json_text(stamp, "by"));
    event->flags = 0;
    for (size_t i = 0; i < json_array_size(flags); i++) {
        const char *name = json_string_value(json_array_get(flags, i));
        int bit = warning_from_name(name, strlen(name));
        assert_true(bit >= 0);
        event->flags |= UINT64_C(1) << bit;
    }
}

/* Everything that the log gives back. */
static void assert_same_event(const struct event *a, const struct event *b)
{
    assert_bytes_equal(a->body, b->body);
    assert_bytes_equal(a->id, b->id);
    assert_bytes_equal(a->type_name, b->type_name);
    assert_bytes_equal(a->agg, b->agg);
    assert_bytes_equal(a->data, b->data);
    assert_bytes_equal(a->docs, b->docs);
    assert_bytes_equal(a->actor, b->actor);
    assert_bytes_equal(a->corr, b->corr);
    assert_bytes_equal(a->cause, b->cause);
    assert_bytes_equal(a->corrects, b->corrects);
    assert_bytes_equal(a->private_hash, b->private_hash);
    assert_bytes_equal(a->by, b->by);
    assert_bytes_equal(a->effects, b->effects);
    assert_bytes_equal(a->touches, b->touches);
    assert_ptr_equal(a->type, b->type);
    assert_int_equal(a->type_id, b->type_id);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->version, b->version);
    assert_int_equal(a->has_effective, b->has_effective);
    assert_true(!a->has_effective || a->effective_sent == b->effective_sent);
    assert_int_equal(a->seq, b->seq);
    assert_int_equal(a->agg_seq, b->agg_seq);
    assert_int_equal(a->recorded, b->recorded);
    assert_int_equal(a->flags, b->flags);
    assert_int_equal(a->rules, b->rules);
}

static void from_the_wire(const json_t *row, struct writer *out, struct event *event)
{
    struct bytes wire = bytes_hex(json_text(row, "wire"));
    struct fault fault;
    enum status status = event_from_wire(bytes_slice(wire), 0, out, event, &fault);
    if (status != STATUS_OK) {
        fail_msg("%s: %s %s %s", json_text(row, "name"), status_name(status), fault.field,
                 fault.detail);
    }
    bytes_free(wire);
    if (json_object_get(row, "private")) {
        uint8_t hash[HASH_BYTES];
        struct bytes salt = bytes_hex(json_text(row, "salt"));
        expect_hex(event->private_data, json_text(row, "private"));
        sha256(bytes_slice(salt), event->private_data, hash);
        expect_hex(slice_of(hash, HASH_BYTES), json_text(row, "private_hash"));
        assert_int_equal(event_seal(event, hash, out), STATUS_OK);
        assert_int_equal(event_seal(event, hash, out), STATUS_INTERNAL); /* once */
        bytes_free(salt);
    }
    expect_hex(event->body, json_text(row, "body"));
}

static void the_published_vectors_hold(void **state)
{
    (void)state;
    json_t *file = json_of_tree("tests/vectors/stored.json");
    json_t *rows = json_object_get(file, "vectors");
    assert_true(json_array_size(rows) >= 3);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *row = json_array_get(rows, i);
        uint8_t *buffer = malloc(BUFFER_BYTES);
        struct writer out = writer_over(buffer, BUFFER_BYTES);
        struct event event, back;
        uint8_t leaf[HASH_BYTES], zero = 0;
        struct bytes effects = bytes_hex(json_text(row, "effects"));
        struct bytes touches = bytes_hex(json_text(row, "touches"));

        from_the_wire(row, &out, &event);
        stamp_of(json_object_get(row, "stamp"), &event);
        event.effects = bytes_slice(effects);
        event.touches = bytes_slice(touches);
        size_t mark = out.len;
        assert_int_equal(event_to_stored(&event, &out), STATUS_OK);
        struct slice stored = slice_of(buffer + mark, out.len - mark);
        expect_hex(stored, json_text(row, "stored"));
        assert_true(canonical_is(stored, EVENT_DEPTH_MAX + 1));
        sha256(slice_of(&zero, 1), stored, leaf);
        expect_hex(slice_of(leaf, HASH_BYTES), json_text(row, "leaf"));

        assert_int_equal(event_from_stored(stored, &back), STATUS_OK);
        assert_same_event(&event, &back);
        bytes_free(effects);
        bytes_free(touches);
        free(buffer);
    }
    json_decref(file);
}

static struct event example(struct writer *out)
{
    struct bytes wire = bytes_json("{\"id\": \"i1\", \"agg\": \"c1\", \"type\": \"note.added\","
                                   " \"data\": {\"text\": \"t\"}, \"actor\": \"me\"}");
    struct event event;
    struct fault fault;
    assert_int_equal(event_from_wire(bytes_slice(wire), 0, out, &event, &fault), STATUS_OK);
    bytes_free(wire);
    event.seq = 7;
    event.agg_seq = 2;
    event.recorded = INT64_C(1764000000000000);
    event.by = slice_text("uid:0");
    event.flags = WARNING_BIT(WARNING_NO_RATE) | WARNING_BIT(WARNING_PLEDGED) |
                  WARNING_BIT(WARNING_ABOVE_GUIDE) | UINT64_C(1) << 63; /* has no name */
    event.rules = 1;
    return event;
}

static void lists_that_were_not_made_are_empty(void **state)
{
    (void)state;
    uint8_t buffer[1024];
    struct writer out = writer_over(buffer, sizeof(buffer));
    struct event event = example(&out);
    struct event back;
    size_t mark = out.len;
    assert_int_equal(event_to_stored(&event, &out), STATUS_OK);
    assert_int_equal(event_from_stored(slice_of(buffer + mark, out.len - mark), &back), STATUS_OK);
    expect_hex(back.effects, "90");
    expect_hex(back.touches, "90");
    assert_int_equal(back.flags, event.flags & ~(UINT64_C(1) << 63));
    assert_int_equal(back.expect, -1);
}

static void anything_else_than_a_stored_form_is_corrupt(void **state)
{
    (void)state;
    uint8_t buffer[1024];
    struct writer out = writer_over(buffer, sizeof(buffer));
    struct event event = example(&out);
    struct event back;
    size_t mark = out.len;
    assert_int_equal(event_to_stored(&event, &out), STATUS_OK);
    size_t len = out.len - mark;

    for (size_t cut = 0; cut < len; cut++) {
        struct bytes part = bytes_copy(buffer + mark, cut);
        assert_int_equal(event_from_stored(bytes_slice(part), &back), STATUS_CORRUPT);
        bytes_free(part);
    }
    struct bytes more = bytes_copy(buffer + mark, len + 1);
    assert_int_equal(event_from_stored(bytes_slice(more), &back), STATUS_CORRUPT);
    bytes_free(more);
    assert_int_equal(event_from_stored(event.body, &back), STATUS_CORRUPT);

    /* Any change of one byte is refused or read as an event; never read out of bounds. */
    for (size_t at = 0; at < len; at++) {
        for (unsigned flip = 1; flip < 256; flip++) {
            struct bytes changed = bytes_copy(buffer + mark, len);
            changed.data[at] ^= (uint8_t)flip;
            enum status status = event_from_stored(bytes_slice(changed), &back);
            assert_true(status == STATUS_OK || status == STATUS_CORRUPT);
            bytes_free(changed);
        }
    }
}

static void a_stored_form_has_a_largest_size(void **state)
{
    (void)state;
    uint8_t *buffer = malloc(BUFFER_BYTES);
    uint8_t *list = calloc(1, EVENT_BYTES_MAX + 16);
    struct writer out = writer_over(buffer, BUFFER_BYTES);
    struct event event = example(&out);
    size_t mark = out.len;
    assert_int_equal(event_to_stored(&event, &out), STATUS_OK);
    size_t room = EVENT_BYTES_MAX - (out.len - mark) + 1; /* in place of an empty list */
    list[0] = 0xdc;
    list[1] = (uint8_t)((room - 3) >> 8);
    list[2] = (uint8_t)((room - 3) & 0xff);
    for (size_t extra = 0; extra < 2; extra++) {
        out.len = mark;
        event.touches = slice_of(list, room + extra);
        assert_int_equal(event_to_stored(&event, &out), extra ? STATUS_TOO_LARGE : STATUS_OK);
        assert_int_equal(out.len - mark, extra ? 0 : EVENT_BYTES_MAX);
    }
    free(list);
    free(buffer);
}

static void an_answer_holds_body_stamp_and_hash_in_order(void **state)
{
    (void)state;
    uint8_t buffer[2048];
    struct writer out = writer_over(buffer, sizeof(buffer));
    struct event event = example(&out);
    uint8_t hash[HASH_BYTES] = {0xaa};
    size_t mark = out.len;
    event_write_answer(&event, hash, &out);
    assert_false(out.full);
    struct slice answer = slice_of(buffer + mark, out.len - mark);
    assert_true(canonical_is(answer, EVENT_DEPTH_MAX));

    struct slice value;
    assert_true(map_find(answer, "hash", &value));
    assert_int_equal(value.len, 2 + HASH_BYTES);
    struct bytes before =
        bytes_json("{\"actor\": \"me\", \"agg\": \"c1\", \"agg_seq\": 2, \"by\": \"uid:0\","
                   " \"data\": {\"text\": \"t\"}, \"effective\": \"2025-11-25\", \"effects\": [],"
                   " \"flags\": [\"W_ABOVE_GUIDE\", \"W_NO_RATE\", \"W_PLEDGED\"], \"hash\": 0}");
    struct bytes after = bytes_json("{\"id\": \"i1\", \"recorded\": 1764000000000000,"
                                    " \"rules\": 1, \"seq\": 7, \"touches\": [],"
                                    " \"type\": \"note.added\", \"ver\": 1}");
    size_t head = before.len - 1;
    assert_int_equal(answer.data[0], 0xde); /* sixteen pairs */
    assert_int_equal(answer.data[2], 16);
    assert_memory_equal(answer.data + 3, before.data + 1, head - 1);
    assert_bytes_equal(
        slice_of(answer.data + 2 + head + value.len, answer.len - 2 - head - value.len),
        slice_of(after.data + 1, after.len - 1));
    bytes_free(before);
    bytes_free(after);
}

static void an_answer_says_from_when_the_event_holds(void **state)
{
    (void)state;
    static const struct {
        const char *json, *effective;
    } rows[] = {
        {"{\"id\": \"1\", \"agg\": \"a\", \"type\": \"note.added\", \"data\": {\"text\": \"t\"},"
         " \"effective\": \"2020-02-29\"}",
         "2020-02-29"},
        {"{\"id\": \"1\", \"agg\": \"a\", \"type\": \"note.added\", \"data\": {\"text\": \"t\"}}",
         "2025-11-25"},
        {"{\"id\": \"1\", \"agg\": \"a\", \"type\": \"trial.declined\","
         " \"data\": {\"on\": \"2025-01-31\", \"reason\": \"r\"}}",
         "2025-01-31"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t buffer[2048];
        struct writer out = writer_over(buffer, sizeof(buffer));
        struct bytes wire = bytes_json(rows[i].json);
        struct event event;
        struct fault fault;
        struct fields fields;
        static const uint8_t hash[HASH_BYTES];
        struct slice value;
        char day[11];
        assert_int_equal(event_from_wire(bytes_slice(wire), 0, &out, &event, &fault), STATUS_OK);
        event.recorded = INT64_C(1764000000000000); /* 2025-11-25 00:00 in Shanghai */
        size_t mark = out.len;
        event_write_answer(&event, hash, &out);
        struct slice answer = slice_of(buffer + mark, out.len - mark);
        assert_true(map_find(answer, "effective", &value));
        assert_true(value_text(value, &value));
        assert_true(slice_is(value, rows[i].effective));
        assert_true(fields_parse(event.data, &fields));
        date_format(event_effective(&event, &fields), day);
        assert_string_equal(day, rows[i].effective);
        bytes_free(wire);
    }
}

static void a_day_begins_at_midnight_in_shanghai(void **state)
{
    (void)state;
    static const int64_t hour = INT64_C(3600000000);
    assert_int_equal(shanghai_day(0), 0); /* eight in the morning */
    assert_int_equal(shanghai_day(16 * hour - 1), 0);
    assert_int_equal(shanghai_day(16 * hour), 1);
    assert_int_equal(shanghai_day(-8 * hour), 0);
    assert_int_equal(shanghai_day(-8 * hour - 1), -1);
    assert_int_equal(shanghai_day(-32 * hour), -1);
    assert_int_equal(shanghai_day(-32 * hour - 1), -2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_vectors_hold),
        cmocka_unit_test(lists_that_were_not_made_are_empty),
        cmocka_unit_test(anything_else_than_a_stored_form_is_corrupt),
        cmocka_unit_test(a_stored_form_has_a_largest_size),
        cmocka_unit_test(an_answer_holds_body_stamp_and_hash_in_order),
        cmocka_unit_test(an_answer_says_from_when_the_event_holds),
        cmocka_unit_test(a_day_begins_at_midnight_in_shanghai),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
