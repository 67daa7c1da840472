/* The vocabulary told, and its examples. */

#include "tests/unit/vocabulary/support.h"

#include "proto/canonical.h"
#include "proto/cursor.h"
#include "proto/schema.h"
#include "proto/shape.h"

#include <stdlib.h>

#define ANSWER_BYTES (512 * KIB)

static uint8_t *buffer;

static int set_up(void **state)
{
    (void)state;
    buffer = malloc(ANSWER_BYTES);
    return buffer ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    free(buffer);
    return 0;
}

static void assert_keys_sorted(struct cursor *cursor)
{
    uint32_t count;
    struct slice before = slice_of(NULL, 0);
    switch ((int)cursor_peek(cursor)) {
    case CURSOR_MAP:
        assert_true(cursor_map(cursor, &count));
        for (uint32_t i = 0; i < count; i++) {
            struct slice key;
            assert_true(cursor_str(cursor, &key));
            assert_true(slice_compare(before, key) < 0);
            before = key;
            assert_keys_sorted(cursor);
        }
        break;
    case CURSOR_ARRAY:
        assert_true(cursor_array(cursor, &count));
        for (uint32_t i = 0; i < count; i++) {
            assert_keys_sorted(cursor);
        }
        break;
    default:
        assert_true(cursor_skip(cursor));
    }
}

static void every_example_passes_the_check(void **state)
{
    (void)state;
    for (size_t i = 0; i < event_type_count(); i++) {
        const struct event_type *type = event_type_at(i);
        struct writer out = writer_over(buffer, ANSWER_BYTES);
        struct fault fault = {.code = STATUS_OK};
        struct slice data;
        schema_example(type, &out);
        assert_false(out.full);
        assert_true(canonical_is(writer_slice(&out), EVENT_DEPTH_MAX));
        assert_true(map_find(writer_slice(&out), "data", &data));
        enum status status = fields_check(&type->data, data, "data", &fault);
        if (status != STATUS_OK) {
            fail_msg("%s: %s at %s", type->name, status_name(status), fault.field);
        }
    }
}

static void a_type_is_told_in_both_languages(void **state)
{
    const struct event_type *type = event_type_by_id(TYPE_payment_received);
    struct slice text = slice_of(NULL, 0);
    struct slice value;
    int64_t number = 0;
    (void)state;

    struct writer out = writer_over(buffer, ANSWER_BYTES);
    schema_write_type(type, LANGUAGE_EN, &out);
    struct slice answer = writer_slice(&out);
    assert_int_equal(shape_check(answer, FRAME_DEPTH_MAX), STATUS_OK);
    assert_true(map_find(answer, "name", &value) && value_text(value, &text));
    assert_true(slice_is(text, "payment.received"));
    assert_true(map_find(answer, "business_date", &value) && value_text(value, &text));
    assert_true(slice_is(text, "value_date"));
    assert_true(map_find(answer, "level", &value) && value_int(value, &number));
    assert_int_equal(number, 1);
    assert_true(map_find(answer, "help", &value) && value_text(value, &text));
    assert_true(slice_is(text, type->help_en));

    out = writer_over(buffer, ANSWER_BYTES);
    schema_write_type(type, LANGUAGE_ZH, &out);
    assert_true(map_find(writer_slice(&out), "help", &value) && value_text(value, &text));
    assert_true(slice_is(text, type->help_zh));
}

static void the_whole_vocabulary_fits_in_an_answer(void **state)
{
    struct writer out = writer_over(buffer, ANSWER_BYTES);
    struct slice value;
    uint32_t count;
    (void)state;
    schema_write_all(LANGUAGE_ZH, &out);
    assert_false(out.full);
    print_message("schema: %zu bytes\n", out.len);
    assert_int_equal(shape_check(writer_slice(&out), FRAME_DEPTH_MAX), STATUS_OK);

    struct cursor whole = cursor_over(writer_slice(&out));
    assert_true(cursor_skip(&whole) && whole.at == whole.end);
    assert_true(map_find(writer_slice(&out), "types", &value));
    struct cursor types = cursor_over(value);
    assert_true(cursor_array(&types, &count));
    assert_int_equal(count, event_type_count());
    for (uint32_t i = 0; i < count; i++) {
        assert_keys_sorted(&types);
    }
    assert_true(map_find(writer_slice(&out), "shapes", &value));
    struct cursor shapes = cursor_over(value);
    assert_keys_sorted(&shapes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_passes_the_check),
        cmocka_unit_test(a_type_is_told_in_both_languages),
        cmocka_unit_test(the_whole_vocabulary_fits_in_an_answer),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
