/* Building values: errors latch and are told once, at the end. */

#include "tests/unit/client/peer.h"

#include <stdlib.h>
#include <string.h>

static int done(accrue_builder *builder)
{
    accrue_value value;
    int status = accrue_build_done(builder, &value);
    accrue_builder_free(builder);
    return status;
}

static void an_event_is_built(void **state)
{
    accrue_builder *builder = accrue_builder_new();
    accrue_value value;
    accrue_value inner;
    int64_t number = 0;
    (void)state;
    accrue_build_map(builder);
    accrue_build_key(builder, "id");
    accrue_build_text(builder, "a");
    accrue_build_key(builder, "list");
    accrue_build_array(builder);
    accrue_build_int(builder, -5);
    accrue_build_nil(builder);
    accrue_build_bool(builder, 1);
    accrue_build_bin(builder, "\x00\xff", 2);
    accrue_build_end(builder);
    accrue_build_key(builder, "empty");
    accrue_build_map(builder);
    accrue_build_end(builder);
    accrue_build_end(builder);
    assert_int_equal(accrue_build_done(builder, &value), ACCRUE_OK);
    assert_int_equal(accrue_value_count(value), 3);
    assert_true(accrue_value_find(value, "list", &inner));
    assert_int_equal(accrue_value_count(inner), 4);
    assert_true(accrue_value_find(value, "empty", &inner));
    assert_int_equal(accrue_value_kind(inner), ACCRUE_MAP);
    assert_int_equal(accrue_value_count(inner), 0);

    accrue_builder_reset(builder);
    accrue_build_int(builder, 7);
    assert_int_equal(accrue_build_done(builder, &value), ACCRUE_OK);
    assert_true(accrue_value_int(value, &number));
    assert_int_equal(number, 7);
    accrue_builder_free(builder);
    accrue_builder_free(NULL);
}

/* Keys in order and the shortest headers: the daemon takes it as it is. */
static void headers_are_the_shortest(void **state)
{
    static const char small[] = "\x82\xa1"
                                "a\x91\x01\xa1"
                                "b\x80";
    (void)state;
    accrue_builder *builder = accrue_builder_new();
    accrue_value value;
    accrue_build_map(builder);
    accrue_build_key(builder, "a");
    accrue_build_array(builder);
    accrue_build_int(builder, 1);
    accrue_build_end(builder);
    accrue_build_key(builder, "b");
    accrue_build_map(builder);
    accrue_build_end(builder);
    accrue_build_end(builder);
    assert_int_equal(accrue_build_done(builder, &value), ACCRUE_OK);
    assert_int_equal(value.len, sizeof(small) - 1);
    assert_memory_equal(value.data, small, value.len);

    static const struct {
        int count;
        size_t head;
    } arrays[] = {{15, 1}, {16, 3}, {65535, 3}, {65536, 5}};
    for (size_t i = 0; i < sizeof(arrays) / sizeof(arrays[0]); i++) {
        accrue_builder_reset(builder);
        accrue_build_array(builder);
        for (int item = 0; item < arrays[i].count; item++) {
            accrue_build_int(builder, 7);
        }
        accrue_build_end(builder);
        assert_int_equal(accrue_build_done(builder, &value), ACCRUE_OK);
        assert_int_equal(value.len, arrays[i].head + (size_t)arrays[i].count);
        assert_int_equal(accrue_value_count(value), arrays[i].count);
    }
    accrue_builder_free(builder);
}

static void what_is_not_one_whole_value_is_refused(void **state)
{
    (void)state;
    accrue_builder *nothing = accrue_builder_new();
    assert_int_equal(done(nothing), ACCRUE_BAD_PARAMS);

    accrue_builder *two = accrue_builder_new();
    accrue_build_int(two, 1);
    accrue_build_int(two, 2);
    assert_int_equal(done(two), ACCRUE_BAD_PARAMS);

    accrue_builder *open = accrue_builder_new();
    accrue_build_map(open);
    assert_int_equal(done(open), ACCRUE_BAD_PARAMS);

    accrue_builder *ended = accrue_builder_new();
    accrue_build_end(ended);
    assert_int_equal(done(ended), ACCRUE_BAD_PARAMS);
}

static void keys_stand_before_values(void **state)
{
    (void)state;
    accrue_builder *twice = accrue_builder_new();
    accrue_build_map(twice);
    accrue_build_key(twice, "a");
    accrue_build_key(twice, "b");
    accrue_build_int(twice, 1);
    accrue_build_end(twice);
    assert_int_equal(done(twice), ACCRUE_BAD_PARAMS);

    accrue_builder *bare = accrue_builder_new();
    accrue_build_map(bare);
    accrue_build_int(bare, 1);
    accrue_build_end(bare);
    assert_int_equal(done(bare), ACCRUE_BAD_PARAMS);

    accrue_builder *unused = accrue_builder_new();
    accrue_build_map(unused);
    accrue_build_key(unused, "a");
    accrue_build_end(unused);
    assert_int_equal(done(unused), ACCRUE_BAD_PARAMS);

    accrue_builder *listed = accrue_builder_new();
    accrue_build_array(listed);
    accrue_build_key(listed, "a");
    accrue_build_end(listed);
    assert_int_equal(done(listed), ACCRUE_BAD_PARAMS);
}

static void the_first_error_stays_until_reset(void **state)
{
    accrue_builder *builder = accrue_builder_new();
    accrue_value value;
    (void)state;
    accrue_build_end(builder);
    accrue_build_map(builder);
    accrue_build_end(builder);
    assert_int_equal(accrue_build_done(builder, &value), ACCRUE_BAD_PARAMS);
    assert_int_equal(accrue_build_done(builder, &value), ACCRUE_BAD_PARAMS);
    accrue_builder_reset(builder);
    accrue_build_nil(builder);
    assert_int_equal(accrue_build_done(builder, &value), ACCRUE_OK);
    accrue_builder_free(builder);
}

static int nested(int levels)
{
    accrue_builder *builder = accrue_builder_new();
    for (int i = 0; i < levels; i++) {
        accrue_build_array(builder);
    }
    for (int i = 0; i < levels; i++) {
        accrue_build_end(builder);
    }
    return done(builder);
}

static void depth_is_bounded(void **state)
{
    (void)state;
    assert_int_equal(nested(16), ACCRUE_OK);
    assert_int_equal(nested(17), ACCRUE_TOO_LARGE);
    assert_int_equal(nested(1000), ACCRUE_TOO_LARGE);
}

static void size_is_bounded(void **state)
{
    static const size_t most = (size_t)4 * 1024 * 1024;
    char *text = malloc(most);
    (void)state;
    assert_non_null(text);
    memset(text, 'x', most);

    accrue_builder *fits = accrue_builder_new();
    accrue_build_text_len(fits, text, most - 64);
    assert_int_equal(done(fits), ACCRUE_OK);

    accrue_builder *large = accrue_builder_new();
    accrue_build_bin(large, text, most);
    assert_int_equal(done(large), ACCRUE_TOO_LARGE);

    accrue_builder *many = accrue_builder_new();
    accrue_build_array(many);
    for (int i = 0; i < 5; i++) {
        accrue_build_text_len(many, text, (size_t)1024 * 1024);
    }
    accrue_build_end(many);
    assert_int_equal(done(many), ACCRUE_TOO_LARGE);
    free(text);
}

static void a_map_has_at_most_65535_pairs(void **state)
{
    accrue_builder *builder = accrue_builder_new();
    (void)state;
    accrue_build_map(builder);
    for (int i = 0; i < 65536; i++) {
        char key[6] = {(char)('a' + i % 16),
                       (char)('a' + i / 16 % 16),
                       (char)('a' + i / 256 % 16),
                       (char)('a' + i / 4096),
                       'x',
                       '\0'};
        accrue_build_key(builder, key);
        accrue_build_nil(builder);
    }
    accrue_build_end(builder);
    assert_int_equal(done(builder), ACCRUE_TOO_LARGE);
}

static void embedded_values_are_whole_and_counted(void **state)
{
    static const uint8_t deep[] = {0x91, 0x91, 0x01};
    static const uint8_t half[] = {0x92, 0x01};
    static const uint8_t more[] = {0x01, 0x02};
    (void)state;
    accrue_builder *empty = accrue_builder_new();
    accrue_build_value(empty, (accrue_value){NULL, 0});
    assert_int_equal(done(empty), ACCRUE_BAD_PARAMS);

    accrue_builder *cut = accrue_builder_new();
    accrue_build_value(cut, (accrue_value){half, sizeof(half)});
    assert_int_equal(done(cut), ACCRUE_BAD_PARAMS);

    accrue_builder *two = accrue_builder_new();
    accrue_build_value(two, (accrue_value){more, sizeof(more)});
    assert_int_equal(done(two), ACCRUE_BAD_PARAMS);

    accrue_builder *builder = accrue_builder_new();
    for (int i = 0; i < 15; i++) {
        accrue_build_array(builder);
    }
    accrue_build_value(builder, (accrue_value){deep, sizeof(deep)});
    assert_int_equal(done(builder), ACCRUE_TOO_LARGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_built),
        cmocka_unit_test(headers_are_the_shortest),
        cmocka_unit_test(what_is_not_one_whole_value_is_refused),
        cmocka_unit_test(keys_stand_before_values),
        cmocka_unit_test(the_first_error_stays_until_reset),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(size_is_bounded),
        cmocka_unit_test(a_map_has_at_most_65535_pairs),
        cmocka_unit_test(embedded_values_are_whole_and_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
