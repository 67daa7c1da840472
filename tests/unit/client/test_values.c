/* Reading values, codes and ids. */

#include "tests/unit/client/peer.h"

#include <string.h>
#include <time.h>

static void every_kind_is_told_apart(void **state)
{
    static const struct {
        uint8_t bytes[12];
        size_t len;
        enum accrue_kind kind;
    } cases[] = {
        {{0xc0}, 1, ACCRUE_NIL},
        {{0xc2}, 1, ACCRUE_BOOL},
        {{0xc3}, 1, ACCRUE_BOOL},
        {{0x07}, 1, ACCRUE_INT},
        {{0xff}, 1, ACCRUE_INT},
        {{0xd3, 0x80}, 9, ACCRUE_INT},
        {{0xa1, 'a'}, 2, ACCRUE_TEXT},
        {{0xc4, 0x01, 0x00}, 3, ACCRUE_BIN},
        {{0x91, 0x01}, 2, ACCRUE_ARRAY},
        {{0x81, 0xa1, 'a', 0x01}, 4, ACCRUE_MAP},
        {{0}, 0, ACCRUE_NONE},
        {{0xc1}, 1, ACCRUE_NONE},
        {{0xd4, 0x01, 0x02}, 3, ACCRUE_NONE}, /* an ext */
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        accrue_value value = {cases[i].bytes, cases[i].len};
        int64_t number = 99;
        int truth = 99;
        const char *text = NULL;
        const uint8_t *bytes = NULL;
        size_t len = 99;
        enum accrue_kind kind = cases[i].kind;
        assert_int_equal(accrue_value_kind(value), kind);
        assert_int_equal(accrue_value_int(value, &number), kind == ACCRUE_INT);
        assert_int_equal(accrue_value_bool(value, &truth), kind == ACCRUE_BOOL);
        assert_int_equal(accrue_value_text(value, &text, &len), kind == ACCRUE_TEXT);
        assert_int_equal(accrue_value_bin(value, &bytes, &len), kind == ACCRUE_BIN);
        assert_true(kind == ACCRUE_INT || number == 99);
        assert_true(kind == ACCRUE_BOOL || truth == 99);
        assert_int_equal(accrue_value_count(value), kind == ACCRUE_ARRAY || kind == ACCRUE_MAP);
    }
}

static void containers_are_walked(void **state)
{
    static const uint8_t bytes[] = {0x82, 0xa1, 'a', 0x01, 0xa1, 'b', 0x93, 0x02, 0xc0, 0x80};
    accrue_value map = {bytes, sizeof(bytes)};
    accrue_value key;
    accrue_value value;
    accrue_value list;
    size_t at = 0;
    const char *text;
    size_t len;
    int64_t number;
    (void)state;
    assert_true(accrue_value_next(map, &at, &key, &value));
    assert_true(accrue_value_text(key, &text, &len) && len == 1 && *text == 'a');
    assert_true(accrue_value_int(value, &number) && number == 1);
    assert_true(accrue_value_next(map, &at, &key, &list));
    assert_false(accrue_value_next(map, &at, &key, &value));
    assert_int_equal(accrue_value_count(list), 3);
    at = 0;
    assert_true(accrue_value_next(list, &at, &key, &value));
    assert_int_equal(key.len, 0);
    assert_true(accrue_value_next(list, &at, &key, &value));
    assert_true(accrue_value_next(list, &at, &key, &value));
    assert_int_equal(accrue_value_kind(value), ACCRUE_MAP);
    assert_false(accrue_value_next(list, &at, &key, &value));
    at = 0;
    assert_false(accrue_value_next(value, &at, &key, &value));
}

static void keys_are_found(void **state)
{
    static const uint8_t bytes[] = {0x82, 0xa2, 'a', 'b', 0x01, 0xa1, 'a', 0xc0};
    accrue_value map = {bytes, sizeof(bytes)};
    accrue_value value = {NULL, 0};
    (void)state;
    assert_true(accrue_value_find(map, "a", &value));
    assert_int_equal(accrue_value_kind(value), ACCRUE_NIL);
    assert_true(accrue_value_find(map, "ab", &value));
    assert_false(accrue_value_find(map, "", &value));
    assert_false(accrue_value_find(map, "abc", &value));
    assert_false(accrue_value_find((accrue_value){NULL, 0}, "a", &value));
    assert_false(accrue_value_find((accrue_value){bytes + 4, 1}, "a", &value));
}

static void cut_values_are_not_read_past(void **state)
{
    static const uint8_t bytes[] = {0x82, 0xa1, 'a',  0x93, 0x01, 0xa3, 'x', 'y',
                                    'z',  0xc0, 0xa1, 'b',  0xcd, 0x01, 0x00};
    (void)state;
    for (size_t len = 0; len < sizeof(bytes); len++) {
        uint8_t exact[sizeof(bytes)]; /* at its end, so that a sanitizer sees a read past it */
        uint8_t *begin = exact + sizeof(bytes) - len;
        accrue_value key;
        accrue_value value;
        size_t at = 0;
        int members = 0;
        memcpy(begin, bytes, len);
        while (accrue_value_next((accrue_value){begin, len}, &at, &key, &value)) {
            members++;
        }
        assert_true(members < 2);
    }
}

static void ids_are_version_7_and_sort_by_time(void **state)
{
    char ids[3][37];
    struct timespec pause = {.tv_nsec = 3000000};
    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(accrue_event_id(ids[i]), ACCRUE_OK);
        assert_int_equal(strlen(ids[i]), 36);
        assert_int_equal(ids[i][14], '7');
        assert_non_null(strchr("89ab", ids[i][19]));
        for (int at = 0; at < 36; at++) {
            bool dash = at == 8 || at == 13 || at == 18 || at == 23;
            assert_true(dash ? ids[i][at] == '-' : strchr("0123456789abcdef", ids[i][at]) != NULL);
        }
        assert_true(i == 0 || strcmp(ids[i - 1], ids[i]) < 0);
        (void)nanosleep(&pause, NULL);
    }
}

static void codes_have_names_texts_and_classes(void **state)
{
    static const struct {
        int code;
        enum accrue_class outcome;
    } cases[] = {
        {ACCRUE_OK, ACCRUE_CLASS_OK},
        {ACCRUE_E_SELF_DEAL, ACCRUE_CLASS_REJECTED},
        {ACCRUE_UNAVAILABLE, ACCRUE_CLASS_UNAVAILABLE},
        {ACCRUE_OVERLOADED, ACCRUE_CLASS_UNAVAILABLE},
        {ACCRUE_DEADLINE_EXCEEDED, ACCRUE_CLASS_UNAVAILABLE},
        {ACCRUE_UNKNOWN_OUTCOME, ACCRUE_CLASS_UNKNOWN},
        {-9999, ACCRUE_CLASS_REJECTED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(accrue_class_of(cases[i].code), cases[i].outcome);
        assert_non_null(accrue_code_name(cases[i].code));
        assert_non_null(accrue_code_text(cases[i].code, NULL));
        assert_non_null(accrue_code_advice(cases[i].code));
    }
    assert_string_equal(accrue_code_name(ACCRUE_E_SELF_DEAL), "E_SELF_DEAL");
    assert_string_not_equal(accrue_code_text(ACCRUE_E_SELF_DEAL, "zh"),
                            accrue_code_text(ACCRUE_E_SELF_DEAL, "en"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_is_told_apart),
        cmocka_unit_test(containers_are_walked),
        cmocka_unit_test(keys_are_found),
        cmocka_unit_test(cut_values_are_not_read_past),
        cmocka_unit_test(ids_are_version_7_and_sort_by_time),
        cmocka_unit_test(codes_have_names_texts_and_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
