/* A map by field, and the accessors. */

#include "tests/unit/vocabulary/support.h"

static struct fields fields;

static void parse(const char *json)
{
    assert_true(fields_parse(canonical_json(json), &fields));
}

static void values_are_found_by_field(void **state)
{
    (void)state;
    parse("{'amount_fen':2000000,'currency':'CNY','value_date':'2026-05-08','agreed':true,"
          "'kind':'lump','x_a':1,'payer':null}");
    assert_int_equal(field_int(&fields, FIELD_amount_fen, -1), 2000000);
    assert_true(slice_is(field_text(&fields, FIELD_currency), "CNY"));
    assert_int_equal(field_date(&fields, FIELD_value_date, -1), 20581);
    assert_true(field_bool(&fields, FIELD_agreed));
    assert_int_equal(field_enum(&fields, FIELD_kind, obligation_kind_names, -1),
                     OBLIGATION_KIND_lump);
    assert_true(field_present(&fields, FIELD_kind));
}

static void what_is_absent_gives_the_default(void **state)
{
    (void)state;
    parse("{'payer':null}");
    assert_false(field_present(&fields, FIELD_payer));
    assert_non_null(fields.at[FIELD_payer].data);
    assert_null(fields.at[FIELD_payee].data);
    assert_false(field_present(&fields, FIELD_payee));
    assert_int_equal(field_int(&fields, FIELD_amount_fen, -7), -7);
    assert_int_equal(field_int(&fields, FIELD_payer, -7), -7);
    assert_int_equal(field_text(&fields, FIELD_payer).len, 0);
    assert_int_equal(field_date(&fields, FIELD_value_date, 5), 5);
    assert_false(field_bool(&fields, FIELD_agreed));
    assert_int_equal(field_enum(&fields, FIELD_roll, due_roll_names, DUE_ROLL_following),
                     DUE_ROLL_following);
}

static void a_value_of_another_type_gives_the_default(void **state)
{
    (void)state;
    parse("{'amount_fen':'many','currency':7,'value_date':'soon','agreed':1,'kind':'gift'}");
    assert_int_equal(field_int(&fields, FIELD_amount_fen, -7), -7);
    assert_int_equal(field_text(&fields, FIELD_currency).len, 0);
    assert_int_equal(field_date(&fields, FIELD_value_date, 5), 5);
    assert_false(field_bool(&fields, FIELD_agreed));
    assert_int_equal(field_enum(&fields, FIELD_kind, obligation_kind_names, -1), -1);
}

static void what_is_no_map_is_not_parsed(void **state)
{
    (void)state;
    assert_false(fields_parse(canonical_json("['a']"), &fields));
    assert_false(fields_parse(slice_of(NULL, 0), &fields));
    assert_false(fields_parse(slice_of("\x81", 1), &fields));
    assert_false(fields_parse(slice_of("\x81\xa2no", 4), &fields));
    assert_false(fields_parse(slice_of("\x81\x01\x01", 3), &fields));
}

static void the_base_of_a_due_date_has_a_number(void **state)
{
    struct slice milestone;
    (void)state;
    assert_int_equal(due_base_parse(slice_text("term_end"), &milestone), DUE_BASE_term_end);
    assert_int_equal(milestone.len, 0);
    assert_int_equal(due_base_parse(slice_text("milestone:样机"), &milestone), DUE_BASE_milestone);
    assert_true(slice_is(milestone, "样机"));
    assert_int_equal(due_base_parse(slice_text("milestone"), &milestone), -1);
    assert_int_equal(milestone.len, 0);
    assert_int_equal(due_base_parse(slice_text("first_sale"), &milestone), -1);
    assert_int_equal(condition_parse(slice_text("first_sale"), &milestone), CONDITION_first_sale);
    assert_int_equal(condition_parse(slice_text("milestone:a/b"), &milestone), -1);
    assert_int_equal(condition_parse(slice_text(""), &milestone), -1);
}

static void a_kind_is_found_by_its_name(void **state)
{
    (void)state;
    assert_int_equal(kind_by_name(slice_text("contract")), KIND_contract);
    assert_int_equal(kind_by_name(slice_text("x")), KIND_x);
    assert_int_equal(kind_by_name(slice_text("")), KIND_NONE);
    assert_int_equal(kind_by_name(slice_text("contracts")), KIND_NONE);
    assert_string_equal(kind_name(KIND_NONE), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_found_by_field),
        cmocka_unit_test(what_is_absent_gives_the_default),
        cmocka_unit_test(a_value_of_another_type_gives_the_default),
        cmocka_unit_test(what_is_no_map_is_not_parsed),
        cmocka_unit_test(the_base_of_a_due_date_has_a_number),
        cmocka_unit_test(a_kind_is_found_by_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
