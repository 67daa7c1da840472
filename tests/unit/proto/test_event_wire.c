/* Events on the way in: what is refused, in which order and why; what the body then says. */

#include "tests/unit/proto/support.h"

#include "proto/canonical.h"
#include "proto/cursor.h"
#include "proto/event.h"

#include <stdio.h>
#include <stdlib.h>

/* An event taken in, with the bytes that it points to. */
struct taken {
    enum status status;
    struct event event;
    struct fault fault;
    struct writer out;
};

static struct taken take(struct slice wire, unsigned origin)
{
    struct taken taken;
    taken.out = writer_over(malloc(BUFFER_BYTES), BUFFER_BYTES);
    assert_non_null(taken.out.data);
    memset(&taken.event, 0xee, sizeof(taken.event));
    (void)fault_set(&taken.fault, STATUS_OK, NULL);
    taken.status = event_from_wire(wire, origin, &taken.out, &taken.event, &taken.fault);
    assert_true(taken.status == STATUS_OK || taken.out.len == 0);
    assert_int_equal(taken.fault.code, taken.status);
    return taken;
}

static struct taken take_json(const char *json, unsigned origin)
{
    struct bytes wire = bytes_json(json);
    struct taken taken = take(bytes_slice(wire), origin);
    bytes_free(wire); /* E3: nothing may point there */
    return taken;
}

static void drop(struct taken taken)
{
    free(taken.out.data);
}

static void expect_refusal(const char *json, unsigned origin, enum status status, const char *field)
{
    struct taken taken = take_json(json, origin);
    if (taken.status != status || strcmp(taken.fault.field, field) != 0) {
        fail_msg("%s: %s field=%s (%s), not %s field=%s", json, status_name(taken.status),
                 taken.fault.field, taken.fault.detail, status_name(status), field);
    }
    drop(taken);
}

static void expect_accepted(const char *json, unsigned origin)
{
    struct taken taken = take_json(json, origin);
    if (taken.status != STATUS_OK) {
        fail_msg("%s: %s field=%s (%s)", json, status_name(taken.status), taken.fault.field,
                 taken.fault.detail);
    }
    assert_true(canonical_is(taken.event.body, EVENT_DEPTH_MAX));
    drop(taken);
}

#define NOTE "\"type\": \"note.added\", \"data\": {\"text\": \"t\"}"
#define USER "\"type\": \"x.acme.visit\", \"data\": {}"

static void the_envelope_is_checked(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        enum status status;
        const char *field;
    } rows[] = {
        /* not an event */
        {"[]", STATUS_BAD_PARAMS, ""},
        {"\"event\"", STATUS_BAD_PARAMS, ""},
        {"{\"id\": \"1\", \"typ\": \"note.added\"}", STATUS_BAD_PARAMS, "typ"},
        {"{\"id\": \"1\", \"x_note\": 1}", STATUS_BAD_PARAMS, "x_note"},
        {"{\"seq\": 1}", STATUS_BAD_PARAMS, "seq"},
        {"{\"private_hash\": \"x\"}", STATUS_BAD_PARAMS, "private_hash"},
        {"{\"recorded\": 1}", STATUS_BAD_PARAMS, "recorded"},
        /* missing, before anything is looked at */
        {"{}", STATUS_E_MISSING_FIELD, "id"},
        {"{\"id\": 5}", STATUS_E_MISSING_FIELD, "type"},
        {"{\"id\": 5, \"type\": 6}", STATUS_E_MISSING_FIELD, "agg"},
        {"{\"id\": 5, \"type\": 6, \"agg\": 7}", STATUS_E_MISSING_FIELD, "data"},
        {"{\"id\": null, \"type\": 6, \"agg\": 7, \"data\": {}}", STATUS_E_MISSING_FIELD, "id"},
        /* the type, before the other values */
        {"{\"id\": 5, \"type\": 6, \"agg\": 7, \"data\": 8}", STATUS_E_BAD_FIELD, "type"},
        {"{\"id\": 5, \"type\": \"a.b\", \"agg\": 7, \"data\": 8}", STATUS_E_UNKNOWN_TYPE, "type"},
        {"{\"id\": 5, \"type\": \"x.\", \"agg\": 7, \"data\": 8}", STATUS_E_UNKNOWN_TYPE, "type"},
        {"{\"id\": 5, \"type\": \"\", \"agg\": 7, \"data\": 8}", STATUS_E_UNKNOWN_TYPE, "type"},
        /* values in the order of their keys */
        {"{\"id\": 5, \"agg\": 7, \"actor\": 1, " NOTE "}", STATUS_E_BAD_FIELD, "actor"},
        {"{\"id\": 5, \"agg\": 7, " NOTE "}", STATUS_E_BAD_FIELD, "agg"},
        {"{\"id\": 5, \"agg\": \"a\", " NOTE "}", STATUS_E_BAD_FIELD, "id"},
        {"{\"id\": \"\", \"agg\": \"a\", " NOTE "}", STATUS_E_BAD_FIELD, "id"},
        {"{\"id\": \"a\\n\", \"agg\": \"a\", " NOTE "}", STATUS_E_BAD_FIELD, "id"},
        {"{\"id\": \"_1\", \"agg\": \"a\", " NOTE "}", STATUS_E_BAD_FIELD, "id"},
        {"{\"id\": \"0123456789012345678901234567890123456789012345678901234567890123X\","
         " \"agg\": \"a\", " NOTE "}",
         STATUS_E_BAD_FIELD, "id"},
        {"{\"id\": \"1\", \"agg\": \"a\", \"actor\": \"\", " NOTE "}", STATUS_E_BAD_FIELD, "actor"},
        {"{\"id\": \"1\", \"agg\": \"a\", \"corr\": \"\\u0001\", " NOTE "}", STATUS_E_BAD_FIELD,
         "corr"},
        {"{\"id\": \"1\", \"agg\": \"a\", \"cause\": [], " NOTE "}", STATUS_E_BAD_FIELD, "cause"},
        {"{\"id\": \"1\", \"agg\": \"a\", \"corrects\": \"_2\", " NOTE "}", STATUS_E_BAD_FIELD,
         "corrects"},
        {"{\"id\": \"1\", \"agg\": \"a\", \"ver\": 2, " NOTE "}", STATUS_E_BAD_FIELD, "ver"},
        {"{\"id\": \"1\", \"agg\": \"a\", \"ver\": \"1\", " NOTE "}", STATUS_E_BAD_FIELD, "ver"},
        {"{\"id\": \"1\", \"agg\": \"a\", \"expect\": -1, " NOTE "}", STATUS_E_BAD_FIELD, "expect"},
        {"{\"id\": \"1\", \"agg\": \"a\", \"expect\": 9007199254740992, " NOTE "}",
         STATUS_E_BAD_FIELD, "expect"},
        {"{\"id\": \"1\", \"agg\": \"a\", \"effective\": \"2024-02-30\", " NOTE "}",
         STATUS_E_BAD_FIELD, "effective"},
        {"{\"id\": \"1\", \"agg\": \"a\", \"effective\": 20240228, " NOTE "}", STATUS_E_BAD_FIELD,
         "effective"},
        {"{\"id\": \"1\", \"agg\": \"a\", \"private\": \"p\", " NOTE "}", STATUS_E_BAD_FIELD,
         "private"},
        /* then the data */
        {"{\"id\": \"1\", \"agg\": \"a\", \"type\": \"note.added\", \"data\": []}",
         STATUS_E_BAD_FIELD, "data"},
        {"{\"id\": \"1\", \"agg\": \"a\", \"type\": \"note.added\", \"data\": {}}",
         STATUS_E_MISSING_FIELD, "data.text"},
        {"{\"id\": \"1\", \"agg\": \"a\", \"type\": \"note.added\","
         " \"data\": {\"text\": \"t\", \"txt\": 1}}",
         STATUS_E_BAD_FIELD, "data.txt"},
        {"{\"id\": \"1\", \"agg\": \"a\", \"type\": \"x.a\", \"data\": \"d\"}", STATUS_E_BAD_FIELD,
         "data"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_refusal(rows[i].json, 0, rows[i].status, rows[i].field);
    }
}

static void aggregates_are_named_by_kind_where_the_type_serves_several(void **state)
{
    (void)state;
    static const struct {
        const char *agg;
        bool good;
        enum aggregate_kind kind;
        const char *id;
    } rows[] = {
        {"北科转〔2024〕017号", true, KIND_contract, "北科转〔2024〕017号"},
        {"party/ustb", true, KIND_party, "ustb"},
        {"contract/c1", true, KIND_contract, "c1"},
        {"x/visits", true, KIND_x, "visits"},
        {"partys/ustb", false, KIND_NONE, NULL},
        {"/ustb", false, KIND_NONE, NULL},
        {"party/", false, KIND_NONE, NULL},
        {"party/a/b", false, KIND_NONE, NULL},
        {"", false, KIND_NONE, NULL},
        {"a b", false, KIND_NONE, NULL},
        {"a　b", false, KIND_NONE, NULL}, /* ideographic space */
        {"_log", false, KIND_NONE, NULL},
        {"party/_a", false, KIND_NONE, NULL},
        {"system/log", false, KIND_NONE, NULL},
    };
    static const char *const types[] = {NOTE, USER};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (size_t t = 0; t < 2; t++) {
            char json[512];
            (void)snprintf(json, sizeof(json), "{\"id\": \"1\", \"agg\": \"%s\", %s}", rows[i].agg,
                           types[t]);
            if (!rows[i].good) {
                expect_refusal(json, 0, STATUS_E_BAD_FIELD, "agg");
                continue;
            }
            struct taken taken = take_json(json, 0);
            struct slice agg;
            assert_int_equal(taken.status, STATUS_OK);
            assert_int_equal(taken.event.kind, rows[i].kind);
            assert_true(slice_is(taken.event.agg, rows[i].id));
            assert_true(map_find(taken.event.body, "agg", &agg)); /* as the client wrote it */
            assert_true(value_text(agg, &agg));
            assert_true(slice_is(agg, rows[i].agg));
            drop(taken);
        }
    }
}

static void a_type_of_one_kind_takes_no_prefix_and_no_other_kind(void **state)
{
    (void)state;
    expect_accepted("{\"id\": \"1\", \"agg\": \"n1\", \"type\": \"party.registered\","
                    " \"data\": {\"name\": \"n\", \"kind\": \"university\"}}",
                    0);
    expect_refusal("{\"id\": \"1\", \"agg\": \"party/n1\", \"type\": \"party.registered\","
                   " \"data\": {\"name\": \"n\", \"kind\": \"university\"}}",
                   0, STATUS_E_BAD_FIELD, "agg");
    expect_refusal("{\"id\": \"1\", \"agg\": \"party/n1\", \"type\": \"commission.agreed\","
                   " \"data\": {}}",
                   0, STATUS_E_BAD_FIELD, "agg");
}

static void what_is_the_daemons_is_refused_from_clients(void **state)
{
    (void)state;
    static const char ended[] =
        "{\"id\": \"_1\", \"agg\": \"_log\", \"type\": \"system.load_ended\", \"data\": {}}";
    expect_refusal(ended, 0, STATUS_E_UNKNOWN_TYPE, "type");
    expect_refusal(ended, EVENT_LOAD, STATUS_E_UNKNOWN_TYPE, "type");
    expect_accepted(ended, EVENT_SYSTEM);
    expect_accepted("{\"id\": \"_1\", \"agg\": \"system/_log\", \"type\": \"system.load_ended\","
                    " \"data\": {}}",
                    EVENT_SYSTEM);
    expect_refusal("{\"id\": \"_1\", \"agg\": \"party/_log\", \"type\": \"system.load_ended\","
                   " \"data\": {}}",
                   EVENT_SYSTEM, STATUS_E_BAD_FIELD, "agg");
}

static void a_type_that_is_not_decided_says_so(void **state)
{
    (void)state;
    const struct event_type *undecided = NULL;
    for (size_t i = 0; i < event_type_count() && !undecided; i++) {
        undecided = event_type_at(i)->decided ? NULL : event_type_at(i);
    }
    if (!undecided) {
        return; /* this release decides everything */
    }
    char json[256];
    (void)snprintf(json, sizeof(json),
                   "{\"id\": \"1\", \"agg\": \"a\", \"type\": \"%s\", \"data\": {}}",
                   undecided->name);
    struct taken taken = take_json(json, 0);
    assert_int_equal(taken.status, STATUS_E_UNKNOWN_TYPE);
    assert_string_equal(taken.fault.detail, "declared, not decided in this release");
    drop(taken);
}

static void a_type_with_a_date_of_its_own_takes_no_other(void **state)
{
    (void)state;
    static const char sent[] = "{\"id\": \"1\", \"agg\": \"c1\", \"type\": \"trial.declined\", %s"
                               " \"data\": {\"on\": \"2025-11-21\", \"reason\": \"r\"}}";
    char json[256];
    struct fields fields;
    (void)snprintf(json, sizeof(json), sent, "\"effective\": \"2025-11-22\",");
    expect_refusal(json, 0, STATUS_E_BAD_FIELD, "effective");
    (void)snprintf(json, sizeof(json), sent, "");
    struct taken taken = take_json(json, 0);
    char day[11];
    assert_int_equal(taken.status, STATUS_OK);
    assert_true(fields_parse(taken.event.data, &fields));
    date_format(event_effective(&taken.event, &fields), day);
    assert_string_equal(day, "2025-11-21");
    drop(taken);
}

static void papers_are_named_by_their_hash(void **state)
{
    (void)state;
#define HASH64 "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef"
    static const struct {
        const char *docs, *field; /* NULL: accepted */
    } rows[] = {
        {"[]", NULL},
        {"[{\"sha256\": \"" HASH64 "\"}]", NULL},
        {"[{\"sha256\": \"" HASH64 "\", \"name\": \"合同.pdf\", \"kind\": \"k\", \"bytes\": 0}]",
         NULL},
        {"{}", "docs"},
        {"[5]", "docs[0]"},
        {"[{}]", "docs[0].sha256"},
        {"[{\"sha256\": \"" HASH64 "0\"}]", "docs[0].sha256"},
        {"[{\"sha256\": \"" HASH64 "\"}, {\"sha256\": \"g\"}]", "docs[1].sha256"},
        {"[{\"sha256\": \"" HASH64 "\", \"bytes\": -1}]", "docs[0].bytes"},
        {"[{\"sha256\": \"" HASH64 "\", \"name\": 1}]", "docs[0].name"},
        {"[{\"sha256\": \"" HASH64 "\", \"kind\": \"a\\n\"}]", "docs[0].kind"},
        {"[{\"sha256\": \"" HASH64 "\", \"url\": \"u\"}]", "docs[0].url"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char json[1024];
        (void)snprintf(json, sizeof(json),
                       "{\"id\": \"1\", \"agg\": \"a\", \"docs\": %s, " NOTE "}", rows[i].docs);
        if (rows[i].field) {
            expect_refusal(json, 0, STATUS_E_BAD_FIELD, rows[i].field);
        } else {
            expect_accepted(json, 0);
        }
    }
    char many[DOCS_MAX * 100 + 400];
    for (unsigned count = DOCS_MAX; count <= DOCS_MAX + 1; count++) {
        int at =
            snprintf(many, sizeof(many), "{\"id\": \"1\", \"agg\": \"a\", " NOTE ", \"docs\": [");
        for (unsigned i = 0; i < count; i++) {
            at += snprintf(many + at, sizeof(many) - (size_t)at, "%s{\"sha256\": \"" HASH64 "\"}",
                           i == 0 ? "" : ", ");
        }
        (void)snprintf(many + at, sizeof(many) - (size_t)at, "]}");
        if (count <= DOCS_MAX) {
            expect_accepted(many, 0);
        } else {
            expect_refusal(many, 0, STATUS_E_BAD_FIELD, "docs");
        }
    }
}

static void the_body_holds_what_was_sent_and_the_rest_stands_beside(void **state)
{
    (void)state;
    struct taken taken =
        take_json("{\"private\": {\"b\": 1, \"a\": \"某\"}, \"ver\": null, \"recorded\": 77,"
                  " \"expect\": 3, \"data\": {\"b\": 1, \"a\": [true]}, \"type\": \"x.v\","
                  " \"agg\": \"x/a\", \"id\": \"i\", \"effective\": \"2024-02-29\","
                  " \"corr\": \"c\"}",
                  EVENT_LOAD);
    struct bytes body =
        bytes_json("{\"agg\": \"x/a\", \"corr\": \"c\", \"data\": {\"a\": [true], \"b\": 1},"
                   " \"effective\": \"2024-02-29\", \"id\": \"i\", \"type\": \"x.v\", \"ver\": 1}");
    struct bytes private = bytes_json("{\"a\": \"某\", \"b\": 1}");
    assert_int_equal(taken.status, STATUS_OK);
    assert_bytes_equal(taken.event.body, bytes_slice(body));
    assert_bytes_equal(taken.event.private_data, bytes_slice(private));
    assert_int_equal(taken.out.len, body.len + private.len);
    assert_int_equal(taken.event.expect, 3);
    assert_int_equal(taken.event.recorded_sent, 77);
    assert_int_equal(taken.event.type_id, TYPE_USER);
    assert_null(taken.event.type);
    assert_int_equal(taken.event.kind, KIND_x);
    assert_int_equal(taken.event.version, 1);
    assert_true(taken.event.has_effective);
    assert_true(slice_is(taken.event.corr, "c"));
    assert_int_equal(taken.event.actor.len, 0);
    assert_int_equal(taken.event.private_hash.len, 0);
    bytes_free(body);
    bytes_free(private);
    drop(taken);

    taken = take_json("{\"id\": \"1\", \"agg\": \"a\", " NOTE "}", 0);
    assert_int_equal(taken.event.expect, -1);
    assert_int_equal(taken.event.recorded_sent, -1);
    assert_int_equal(taken.event.private_data.len, 0);
    drop(taken);
}

static void a_key_sent_twice_is_refused(void **state)
{
    (void)state;
    struct bytes wire = bytes_hex("82 a26964 a131 a26964 a132");
    struct taken taken = take(bytes_slice(wire), 0);
    assert_int_equal(taken.status, STATUS_E_BAD_FIELD);
    assert_string_equal(taken.fault.field, "id");
    drop(taken);
    bytes_free(wire);
}

/* Text from old clients that know only one kind of raw bytes. */
static void bytes_where_text_is_due_become_text(void **state)
{
    (void)state;
    struct bytes as_text = bytes_json("{\"id\": \"1\", \"agg\": \"a\", \"type\": \"x.v\","
                                      " \"data\": {}}");
    struct bytes as_bytes = bytes_hex("84 c4026964 c40131 c403616767 c40161"
                                      " c40474797065 c403782e76 c40464617461 80");
    struct taken first = take(bytes_slice(as_text), 0);
    struct taken second = take(bytes_slice(as_bytes), 0);
    assert_int_equal(second.status, STATUS_OK);
    assert_bytes_equal(first.event.body, second.event.body);
    drop(first);
    drop(second);
    bytes_free(as_text);
    bytes_free(as_bytes);
}

/* A map {"data": {"k": bytes of `len`}} around which an event is built. */
static struct bytes event_with(const char *type, const char *key, size_t len)
{
    uint8_t *buffer = calloc(2, BUFFER_BYTES);
    struct writer out = writer_over(buffer, BUFFER_BYTES);
    bool is_private = strcmp(key, "private") == 0;
    write_map(&out, is_private ? 5 : 4);
    write_text(&out, "id");
    write_text(&out, "1");
    write_text(&out, "type");
    write_text(&out, type);
    write_text(&out, "agg");
    write_text(&out, "a");
    write_text(&out, key);
    write_map(&out, 1);
    write_text(&out, "x_k");
    write_bin(&out, slice_of(buffer + BUFFER_BYTES, len)); /* zeros */
    if (is_private) {
        write_text(&out, "data");
        write_map(&out, 0);
    }
    assert_false(out.full);
    struct bytes bytes = bytes_copy(buffer, out.len);
    free(buffer);
    return bytes;
}

static void parts_have_a_largest_size(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        size_t bytes_max;
    } rows[] = {{"data", USER_DATA_BYTES_MAX}, {"private", PRIVATE_BYTES_MAX}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        size_t fits = rows[i].bytes_max - 1 - 4 - 3; /* heads of map, key and bytes */
        for (size_t extra = 0; extra < 2; extra++) {
            struct bytes wire = event_with("x.v", rows[i].key, fits + extra);
            struct taken taken = take(bytes_slice(wire), 0);
            assert_int_equal(taken.status, extra ? STATUS_TOO_LARGE : STATUS_OK);
            assert_string_equal(taken.fault.field, extra ? rows[i].key : "");
            drop(taken);
            bytes_free(wire);
        }
    }
    /* Any writer that is too small gives the same refusal. */
    struct bytes wire = event_with("x.v", "private", 100);
    struct fault fault;
    struct event event;
    struct taken whole = take(bytes_slice(wire), 0);
    size_t needed = whole.out.len;
    drop(whole);
    for (size_t size = 0; size <= needed; size++) {
        uint8_t *buffer = malloc(size > 0 ? size : 1);
        struct writer out = writer_over(buffer, size);
        assert_int_equal(event_from_wire(bytes_slice(wire), 0, &out, &event, &fault),
                         size < needed ? STATUS_TOO_LARGE : STATUS_OK);
        free(buffer);
    }
    bytes_free(wire);
}

/* The stored form is one level deeper than the body, and is read again. */
static void expect_stored_depth(const char *json, uint32_t depth)
{
    struct taken taken = take_json(json, 0);
    uint8_t bytes[1024];
    struct writer out = writer_over(bytes, sizeof(bytes));
    struct event back;
    taken.event.seq = taken.event.agg_seq = taken.event.rules = 1;
    taken.event.by = slice_text("test");
    assert_int_equal(event_to_stored(&taken.event, &out), STATUS_OK);
    assert_true(canonical_is(writer_slice(&out), depth));
    assert_false(canonical_is(writer_slice(&out), depth - 1));
    assert_int_equal(event_from_stored(writer_slice(&out), &back), STATUS_OK);
    assert_true(slice_equal(back.body, taken.event.body));
    drop(taken);
}

static void depth_counts_from_the_body(void **state)
{
    (void)state;
    char json[256];
    for (unsigned arrays = EVENT_DEPTH_MAX - 2; arrays <= EVENT_DEPTH_MAX - 1; arrays++) {
        (void)snprintf(json, sizeof(json),
                       "{\"id\": \"1\", \"agg\": \"a\", \"type\": \"x.v\", \"data\": {\"k\": "
                       "%.*s%.*s}}",
                       (int)arrays, "[[[[[[[[[[", (int)arrays, "]]]]]]]]]]");
        if (arrays == EVENT_DEPTH_MAX - 2) {
            expect_accepted(json, 0);
            expect_stored_depth(json, EVENT_DEPTH_MAX + 1);
        } else {
            expect_refusal(json, 0, STATUS_TOO_LARGE, "data.k[0][0][0][0][0][0]");
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_envelope_is_checked),
        cmocka_unit_test(aggregates_are_named_by_kind_where_the_type_serves_several),
        cmocka_unit_test(a_type_of_one_kind_takes_no_prefix_and_no_other_kind),
        cmocka_unit_test(what_is_the_daemons_is_refused_from_clients),
        cmocka_unit_test(a_type_that_is_not_decided_says_so),
        cmocka_unit_test(a_type_with_a_date_of_its_own_takes_no_other),
        cmocka_unit_test(papers_are_named_by_their_hash),
        cmocka_unit_test(the_body_holds_what_was_sent_and_the_rest_stands_beside),
        cmocka_unit_test(a_key_sent_twice_is_refused),
        cmocka_unit_test(bytes_where_text_is_due_become_text),
        cmocka_unit_test(parts_have_a_largest_size),
        cmocka_unit_test(depth_counts_from_the_body),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
