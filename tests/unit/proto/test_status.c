/* The tables of status.h are whole, and what goes out in a fault is fit to print. */

#include "tests/unit/proto/support.h"

#include "proto/cursor.h"
#include "proto/fault.h"
#include "proto/limits.h"
#include "proto/status.h"

#include <stdlib.h>

static const enum status all[] = {
#define X(name, number, english, chinese, advice) STATUS_##name,
    STATUS_LIST(X)
#undef X
};

#define ALL (sizeof(all) / sizeof(all[0]))

static void every_status_is_found_by_its_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < ALL; i++) {
        const char *name = status_name(all[i]);
        assert_int_equal(status_from_name(name, strlen(name)), all[i]);
        assert_true(utf8_valid(slice_text(status_text_zh(all[i]))));
        assert_true(strlen(status_text_en(all[i])) > 0);
        assert_true(strlen(status_advice(all[i])) > 0);
        for (size_t j = 0; j < i; j++) {
            assert_int_not_equal(all[i], all[j]);
        }
    }
    assert_int_equal(status_from_name("E_NOTHING", 9), STATUS_OK);
    assert_int_equal(status_from_name("E_RANGE_", 8), STATUS_OK);
    assert_string_equal(status_name(STATUS_OK), "OK");
}

static void numbers_that_are_public_do_not_move(void **state)
{
    (void)state;
    assert_int_equal(STATUS_BAD_REQUEST, -2);
    assert_int_equal(STATUS_UNKNOWN_OUTCOME, -14);
    assert_int_equal(STATUS_E_UNKNOWN_TYPE, -100);
    assert_int_equal(STATUS_E_PERSONAL_ID, -145);
    assert_int_equal(WARNING_MERGED_PARTY, 23);
}

static void only_what_was_not_stored_and_may_pass_is_retried(void **state)
{
    (void)state;
    for (size_t i = 0; i < ALL; i++) {
        bool expected = all[i] == STATUS_OVERLOADED || all[i] == STATUS_RATE_LIMITED ||
                        all[i] == STATUS_UNAVAILABLE || all[i] == STATUS_DEADLINE_EXCEEDED;
        assert_int_equal(status_retry(all[i]), expected);
    }
}

static void every_warning_is_found_by_its_name(void **state)
{
    (void)state;
    unsigned named = 0;
    for (unsigned bit = 0; bit < 70; bit++) {
        const char *name = warning_name(bit);
        if (!name) {
            assert_null(warning_text_en(bit));
            continue;
        }
        named++;
        assert_int_equal(strncmp(name, "W_", 2), 0);
        assert_int_equal(warning_from_name(name, strlen(name)), bit);
        assert_true(utf8_valid(slice_text(warning_text_zh(bit))));
    }
    assert_true(named >= 24);
    assert_int_equal(warning_from_name("W_", 2), -1);
}

static void a_fault_says_everything_in_one_line(void **state)
{
    (void)state;
    struct fault fault;
    char text[ERROR_TEXT_MAX];
    assert_int_equal(fault_set(&fault, STATUS_E_RANGE, "data.amount_fen"), STATUS_E_RANGE);
    size_t len = fault_render(&fault, LANGUAGE_EN, text, sizeof(text));
    assert_int_equal(len, strlen(text));
    assert_string_equal(text, "E_RANGE field=data.amount_fen: an amount or rate is out of range");

    (void)fault_set(&fault, STATUS_E_ILLEGAL_STATE, NULL);
    fault.index = 3;
    fault_detail(&fault, "outstanding=%d", 200);
    fault_detail(&fault, "given=%d", 250);
    fault_state(&fault, "contract", "TRIAL");
    fault_legal(&fault, "trial.converted");
    fault_legal(&fault, "trial.declined");
    (void)fault_render(&fault, LANGUAGE_EN, text, sizeof(text));
    assert_string_equal(text, "E_ILLEGAL_STATE index=3: the state forbids this event "
                              "(outstanding=200 given=250; state contract TRIAL; "
                              "legal: trial.converted, trial.declined)");
    (void)fault_render(&fault, LANGUAGE_ZH, text, sizeof(text));
    assert_non_null(strstr(text, "当前状态不允许此事件"));
    (void)fault_message(&fault, LANGUAGE_EN, text, sizeof(text));
    assert_string_equal(text, "the state forbids this event (outstanding=200 given=250)");
}

static void what_a_client_put_into_a_key_is_cleaned(void **state)
{
    (void)state;
    struct fault fault;
    (void)fault_set(&fault, STATUS_E_BAD_FIELD, "data");
    fault_field_key(&fault, slice_of("a\n\xff\xe5\x8c", 5));
    fault_field_index(&fault, 7);
    fault_field_key(&fault, slice_text("北\xc2\x85"));
    assert_string_equal(fault.field, "data.a????[7].北?");
    fault_detail(&fault, "text=%.*s", 2, "\xe5\x8c\x97");
    assert_string_equal(fault.detail, "text=??");
}

static void a_long_text_is_cut_between_characters(void **state)
{
    (void)state;
    struct fault fault;
    (void)fault_set(&fault, STATUS_E_BAD_FIELD, NULL);
    for (int i = 0; i < 400; i++) {
        fault_field_key(&fault, slice_text("北京"));
        fault_detail(&fault, "北");
        fault_legal(&fault, "许可.生效");
    }
    assert_true(utf8_valid(slice_text(fault.field)));
    assert_true(utf8_valid(slice_text(fault.detail)));
    assert_true(strlen(fault.field) > sizeof(fault.field) - 5);
    size_t legal = strlen(fault.legal);
    assert_memory_equal(fault.legal + legal - strlen("许可.生效"), "许可.生效",
                        strlen("许可.生效"));
    for (size_t size = 1; size < 200; size++) {
        char *text = malloc(size);
        size_t len = fault_render(&fault, LANGUAGE_ZH, text, size);
        assert_int_equal(len, strlen(text));
        assert_true(strlen(text) < size);
        assert_true(utf8_valid(slice_text(text)));
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_is_found_by_its_name),
        cmocka_unit_test(numbers_that_are_public_do_not_move),
        cmocka_unit_test(only_what_was_not_stored_and_may_pass_is_retried),
        cmocka_unit_test(every_warning_is_found_by_its_name),
        cmocka_unit_test(a_fault_says_everything_in_one_line),
        cmocka_unit_test(what_a_client_put_into_a_key_is_cleaned),
        cmocka_unit_test(a_long_text_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
