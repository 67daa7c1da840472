/* What must hold of every line of the tables, whoever adds one. */

#include "tests/unit/vocabulary/support.h"

#include "proto/vocabulary_rules.h"

#include <time.h>

static void assert_one_line(const char *text)
{
    assert_non_null(text);
    assert_true(strlen(text) > 0);
    assert_null(strchr(text, '\n'));
}

static bool has_field(const struct value_shape *shape, enum field_id id)
{
    for (size_t i = 0; i < shape->count; i++) {
        if (shape->fields[i].id == id) {
            return true;
        }
    }
    return false;
}

static void assert_number_rule(const struct field_rule *rule, enum value_type held)
{
    bool number = held == VALUE_INT || held == VALUE_FEN || held == VALUE_FEN_SIGNED ||
                  held == VALUE_PPM || held == VALUE_PPM_WIDE;
    assert_int_equal(number, rule->max != 0);
    assert_true(rule->min <= rule->max);
    if (held == VALUE_FEN || held == VALUE_FEN_SIGNED) {
        assert_int_equal(rule->max, AMOUNT_FEN_MAX);
    }
}

/* The unit that the name promises. */
static void assert_suffix(const struct field_rule *rule)
{
    const char *name = field_name(rule->id);
    size_t len = strlen(name);
    enum value_type held = rule->type == VALUE_LIST ? rule->element : rule->type;
    if (len > 4 && strcmp(name + len - 4, "_fen") == 0) {
        bool is_signed = strncmp(name, "delta_", 6) == 0 || strncmp(name, "shortfall_", 10) == 0;
        assert_int_equal(held, is_signed ? VALUE_FEN_SIGNED : VALUE_FEN);
    }
    if (len > 4 && strcmp(name + len - 4, "_ppm") == 0) {
        bool wide = rule->id == FIELD_weight_ppm || rule->id == FIELD_value_ppm ||
                    rule->id == FIELD_lpr_x_ppm;
        assert_int_equal(held, wide ? VALUE_PPM_WIDE : VALUE_PPM);
    }
    if (len > 5 && (strcmp(name + len - 5, "_date") == 0 || strcmp(name + len - 4, "_end") == 0)) {
        assert_int_equal(held, VALUE_DATE);
    }
}

static void assert_rule(const struct value_shape *shape, const struct field_rule *rule)
{
    enum value_type held = rule->type == VALUE_LIST ? rule->element : rule->type;
    bool map = held == VALUE_STRUCT || held == VALUE_CHANGES;

    assert_true(rule->id < FIELD_COUNT);
    assert_one_line(rule->help_en);
    assert_one_line(rule->help_zh);
    assert_int_equal(held == VALUE_ENUM, rule->names != NULL);
    assert_int_equal(map, rule->shape != NULL);
    assert_true(rule->format == TEXT_FORMAT_FREE || held == VALUE_TEXT);
    assert_true(held != VALUE_LIST);
    assert_number_rule(rule, held);
    assert_suffix(rule);
    if (rule->when_is) {
        assert_true(has_field(shape, rule->when));
    }
}

static void assert_shape(const struct value_shape *shape)
{
    for (size_t i = 0; i < shape->count; i++) {
        assert_rule(shape, &shape->fields[i]);
        if (i > 0) { /* V2 */
            assert_true(slice_compare(slice_text(field_name(shape->fields[i - 1].id)),
                                      slice_text(field_name(shape->fields[i].id))) < 0);
        }
    }
}

static void every_field_is_found_by_its_name(void **state)
{
    (void)state;
    for (unsigned i = 0; i < FIELD_COUNT; i++) {
        const char *name = field_name((enum field_id)i);
        assert_int_equal(field_by_name(slice_text(name)), i);
        if (i > 0) {
            assert_true(strcmp(field_name((enum field_id)(i - 1)), name) < 0);
        }
    }
    assert_string_equal(field_name(FIELD_COUNT), "");
}

static void a_name_that_is_no_field_is_not_found(void **state)
{
    static const char *const wrong[] = {
        "",       "amount", "amount_fen ", "amount_fe", "Amount_fen", "zzz", "_",
        "x_mine", "{",      "~",           "0",         "amount_feN", "qty"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        assert_int_equal(field_by_name(slice_text(wrong[i])), FIELD_COUNT);
    }
    assert_int_equal(field_by_name(slice_of("no\0", 3)), FIELD_COUNT);
    assert_int_equal(field_by_name(slice_of("\xff", 1)), FIELD_COUNT);
}

static void every_type_is_whole(void **state)
{
    bool numbers[1024] = {false};
    (void)state;
    for (size_t i = 0; i < event_type_count(); i++) {
        const struct event_type *type = event_type_at(i);
        assert_non_null(type);
        assert_ptr_equal(event_type_by_name(slice_text(type->name)), type);
        assert_ptr_equal(event_type_by_id(type->id), type);
        assert_string_equal(type->name, type->data.name);
        assert_one_line(type->name_zh);
        assert_one_line(type->help_en);
        assert_one_line(type->help_zh);
        assert_true(type->level == 1 || type->level == 2);
        assert_true(strlen(type->name) <= TYPE_NAME_MAX);
        assert_true(type->id > 0 && (size_t)type->id < COUNT_OF(numbers) && !numbers[type->id]);
        numbers[type->id] = true;
        assert_true(type->kind == KIND_NONE || type->kinds == 0);
        assert_shape(&type->data);
        if (type->business_date != FIELD_COUNT) {
            assert_true(has_field(&type->data, type->business_date));
        }
    }
    assert_null(event_type_at(event_type_count()));
    assert_null(event_type_by_id(TYPE_NONE));
    assert_null(event_type_by_id((enum type_id)(event_type_count() + 1)));
    assert_null(event_type_by_id(TYPE_USER));
}

static void every_nested_value_is_whole(void **state)
{
    (void)state;
    for (size_t i = 0; value_shapes[i]; i++) {
        assert_one_line(value_shapes[i]->name);
        assert_true(value_shapes[i]->count > 0);
        assert_shape(value_shapes[i]);
    }
}

static void daily_types_come_first_then_names(void **state)
{
    (void)state;
    for (size_t i = 1; i < event_type_count(); i++) {
        const struct event_type *before = event_type_at(i - 1);
        const struct event_type *type = event_type_at(i);
        assert_true(before->level <= type->level);
        assert_true(before->level < type->level || strcmp(before->name, type->name) < 0);
    }
}

/* A field with one of these names is the day of the event, wherever it stands. */
static void a_business_date_is_taken_where_there_is_one(void **state)
{
    static const enum field_id always[] = {FIELD_value_date, FIELD_sign_date, FIELD_reg_date,
                                           FIELD_on, FIELD_decision_date};
    static const struct {
        enum type_id type;
        enum field_id date;
    } some[] = {{TYPE_contract_terminated, FIELD_eff_date},   {TYPE_contract_voided, FIELD_date},
                {TYPE_contract_completed, FIELD_accepted_on}, {TYPE_trial_started, FIELD_start},
                {TYPE_party_accredited, FIELD_from},          {TYPE_rate_published, FIELD_from}};
    (void)state;
    for (size_t i = 0; i < event_type_count(); i++) {
        const struct event_type *type = event_type_at(i);
        enum field_id expected = FIELD_COUNT;
        for (size_t j = 0; j < COUNT_OF(always); j++) {
            expected = has_field(&type->data, always[j]) ? always[j] : expected;
        }
        for (size_t j = 0; j < COUNT_OF(some); j++) {
            expected = some[j].type == type->id ? some[j].date : expected;
        }
        assert_int_equal(type->business_date, expected);
    }
}

static void only_what_is_announced_may_lie_in_the_future(void **state)
{
    (void)state;
    for (size_t i = 0; i < event_type_count(); i++) {
        const struct event_type *type = event_type_at(i);
        bool expected = type->id == TYPE_contract_terminated || type->id == TYPE_contract_amended ||
                        type->id == TYPE_calendar_day_marked || type->id == TYPE_rate_published ||
                        strncmp(type->name, "obligation.", 11) == 0 ||
                        strncmp(type->name, "policy.", 7) == 0 ||
                        strncmp(type->name, "target.", 7) == 0;
        assert_int_equal(type->future, expected);
    }
}

static void an_unknown_type_is_not_found(void **state)
{
    static const char *const wrong[] = {
        "",       "contract", "contract.", "contract.signe", "contract.signed ", "Contract.signed",
        "x.acme", "zz.top"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        assert_null(event_type_by_name(slice_text(wrong[i])));
    }
    assert_null(event_type_by_name(slice_of("note.added\0", 11)));
}

static void a_users_type_has_parts_of_words(void **state)
{
    static const char *const right[] = {"x.acme", "x.acme.site_visit", "x.a.b.c", "x.1"};
    static const char *const wrong[] = {"x",  "x.",    "x..a",   "x.a.",  "x.A", "y.a",
                                        "xa", "x.a b", "x.a..b", "x.a-b", "",    "x.\xe5"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(right); i++) {
        assert_true(type_is_user(slice_text(right[i])));
    }
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        assert_false(type_is_user(slice_text(wrong[i])));
    }
}

static void a_legal_code_says_the_kind_of_party(void **state)
{
    static const struct {
        const char *code;
        int kind;
    } codes[] = {{"010", PARTY_KIND_gov},
                 {"014", PARTY_KIND_gov},
                 {"015", -1},
                 {"009", -1},
                 {"021", PARTY_KIND_institute},
                 {"022", PARTY_KIND_university},
                 {"023", PARTY_KIND_medical},
                 {"024", PARTY_KIND_inst_other},
                 {"025", -1},
                 {"030", PARTY_KIND_assoc},
                 {"099", -1},
                 {"100", PARTY_KIND_ent_domestic},
                 {"175", PARTY_KIND_ent_domestic},
                 {"240", PARTY_KIND_ent_hmt},
                 {"340", PARTY_KIND_ent_foreign},
                 {"410", PARTY_KIND_ind_business},
                 {"500", PARTY_KIND_natural},
                 {"501", -1},
                 {"900", PARTY_KIND_overseas_org},
                 {"901", -1},
                 {"22", -1},
                 {"0022", -1},
                 {"", -1},
                 {"a22", -1}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(codes); i++) {
        assert_int_equal(party_kind_of_code(slice_text(codes[i].code)), codes[i].kind);
    }
}

/* A generous bound, for a loaded machine and a build without optimization: what matters is
 * that nobody makes it a linear search. */
static void looking_up_a_field_is_cheap(void **state)
{
    enum { ROUNDS = 2000 };
    struct timespec start;
    struct timespec end;
    unsigned found = 0;
    (void)state;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    for (unsigned round = 0; round < ROUNDS; round++) {
        for (unsigned i = 0; i < FIELD_COUNT; i++) {
            const char *name = field_name((enum field_id)i);
            found += field_by_name(slice_text(name)) == (enum field_id)i;
        }
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    int64_t ns = (end.tv_sec - start.tv_sec) * INT64_C(1000000000) + end.tv_nsec - start.tv_nsec;
    int64_t each_tenths = ns * 10 / ROUNDS / FIELD_COUNT;
    print_message("field_by_name: %d.%d ns\n", (int)(each_tenths / 10), (int)(each_tenths % 10));
    assert_int_equal(found, ROUNDS * FIELD_COUNT);
    assert_true(each_tenths < 5000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_found_by_its_name),
        cmocka_unit_test(a_name_that_is_no_field_is_not_found),
        cmocka_unit_test(every_type_is_whole),
        cmocka_unit_test(every_nested_value_is_whole),
        cmocka_unit_test(daily_types_come_first_then_names),
        cmocka_unit_test(a_business_date_is_taken_where_there_is_one),
        cmocka_unit_test(only_what_is_announced_may_lie_in_the_future),
        cmocka_unit_test(an_unknown_type_is_not_found),
        cmocka_unit_test(a_users_type_has_parts_of_words),
        cmocka_unit_test(a_legal_code_says_the_kind_of_party),
        cmocka_unit_test(looking_up_a_field_is_cheap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
