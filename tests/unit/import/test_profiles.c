/* P1-P3 of profile.h, R1-R3 of record.h, E1-E2 of rows.h, N1-N3 of directory.h. */

#include "tests/unit/import/support.h"

#include <stdlib.h>

#include "ops/import/rows.h"

static const char small[] = "[column no]\nheading = 编号\nkind = id\nrequired = yes\nunique = yes\n"
                            "[column name]\nheading = 名称 | 户名\n"
                            "[column amount]\nheading = 金额\nkind = amount\n"
                            "[column day]\nheading = 日期\nkind = date\n"
                            "[party payee]\nmissing = create\nname = $name\nkind = university\n"
                            "[event payment.received]\nagg = $no\npayee = $payee\n"
                            "amount_fen = $amount\ncurrency = CNY\nvalue_date = $day\n"
                            "for? = $nothing\n";

static void assert_refused(const char *text, const char *expected)
{
    char why[PROFILE_WHY_BYTES] = "";
    struct profile *profile = profile_read("t", text, why);
    assert_null(profile);
    if (strcmp(why, expected) != 0) {
        fail_msg("%s instead of %s", why, expected);
    }
}

static void the_profiles_that_ship_are_good(void **state)
{
    (void)state;
    for (size_t i = 0; profile_shipped_name(i) != NULL; i++) {
        char why[PROFILE_WHY_BYTES] = "";
        const char *name = profile_shipped_name(i);
        struct profile *profile = profile_read(name, profile_shipped(name), why);
        if (profile == NULL) {
            fail_msg("%s: %s", name, why);
        }
        profile_free(profile);
    }
    assert_null(profile_shipped("cn-other"));
}

#define EVENT "[column a]\nheading = x\n[event payment.received]\n"

static void profiles_that_are_refused(void **state)
{
    (void)state;
    assert_refused("", "no [column NAME] or no [event TYPE]: t");
    assert_refused("[column a]\nheadin = x\n", "line 2: a column has no such key: headin");
    assert_refused("[column a]\nkind = money\n", "line 2: kind: money");
    assert_refused("[colum a]\nheading = x\n", "line 2: no such section: colum");
    assert_refused("[column a]\nheading = x\n[column a]\nheading = y\n"
                   "[column b]\nheading = x\n[column a]\nheading = y\n",
                   "line 8: a column twice, or too many: a");
    assert_refused(EVENT "amount = $a\n", "payment.received: amount");
    assert_refused(EVENT "amount_fen = $b\n", "no column of this name: b");
    assert_refused(EVENT "agg = p-${b}\n", "no column of this name: b");
    assert_refused(EVENT "agg = $a unless $b\n", "no column of this name: b");
    assert_refused(EVENT "currency = JPY\n",
                   "currency: $currency of a [column currency], whose default may be: JPY");
    assert_refused(EVENT "currency = USD when $a\n",
                   "currency: $currency of a [column currency], whose default may be: USD");
    assert_refused(EVENT "currency = $a\n",
                   "currency: $currency of a [column currency], whose default may be: $a");
    assert_refused("[column currency]\nheading = y\n" EVENT "currency = CNY\n",
                   "currency: $currency of a [column currency], whose default may be: CNY");
    assert_refused("[column a]\nheading = x\n[event payment.got]\nagg = $a\n",
                   "no such event type: payment.got");
    assert_refused("[column a]\nheading = x\nkind = word\n[event note.added]\nagg = $a\n",
                   "a column of kind word without words: a");
    assert_refused("[column a]\nheading = x\nkind = word\nwords = w\n[words w]\n甲 = nothing\n"
                   "[event contract.filed]\nagg = x\naction = $a\n",
                   "the enumeration has no such code: nothing");
    assert_refused(
        "[column a]\nheading = "
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n",
        "a line of over 198 bytes or name of 49: heading = xxxxxxxxxx");
}

/* ---- rows ---- */

struct office {
    struct records records;
    struct directory directory;
    struct sheet *sheet;
    char told[4096]; /* "row column holds\n" of faults */
    char wrong[256]; /* of the last */
    char events[8192];
};

static void add_fault(void *arg, const struct import_fault *fault)
{
    struct office *office = arg;
    size_t len = strlen(office->told);
    (void)snprintf(office->told + len, sizeof(office->told) - len, "%llu %s %s\n",
                   (unsigned long long)fault->row, fault->column, fault->holds);
    (void)snprintf(office->wrong, sizeof(office->wrong), "%s", fault->wrong);
}

static bool no_contract(void *arg, const char *id)
{
    (void)arg;
    (void)id;
    return false;
}

static void add_text(struct office *office, json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS);
    size_t len = strlen(office->events);
    (void)snprintf(office->events + len, sizeof(office->events) - len, "%s\n", text);
    free(text);
}

static bool take(void *arg, const struct sheet_row *row)
{
    struct office *office = arg;
    struct record record;
    struct row_events events;
    if (!records_is_row(&office->records, row)) {
        return true;
    }
    if (record_read(&office->records, row, &record) == RECORD_GOOD) {
        if (row_make(&office->records, &office->directory, no_contract, NULL, &record, &events)) {
            add_text(office, events.needs);
            add_text(office, json_array_get(events.own, 0));
        }
        row_free(&events);
    }
    json_decref(record.values);
    return true;
}

/* The events of a sheet under a profile. */
static struct office *read_bytes(const char *profile_text, const void *bytes, size_t len,
                                 const char *id_column)
{
    static struct office office;
    char why[PROFILE_WHY_BYTES] = "";
    struct profile *profile = profile_read("small", profile_text, why);
    if (profile == NULL) {
        fail_msg("%s", why);
    }
    memset(&office, 0, sizeof(office));
    office.records = (struct records){
        .profile = profile, .id_column = id_column, .fault = add_fault, .arg = &office};
    directory_begin(&office.directory);
    json_t *known =
        json_pack("[{s:s,s:s,s:{s:s,s:s}},{s:s,s:s,s:{s:s}},{s:s,s:s,s:{s:s}}]", "type",
                  "party.registered", "agg", "ustb", "data", "name", "北京科技大学", "uscc", "91",
                  "type", "party.registered", "agg", "a1", "data", "name", "同名公司", "type",
                  "party.registered", "agg", "a2", "data", "name", "同名公司");
    for (size_t i = 0; i < json_array_size(known); i++) {
        directory_learn(&office.directory, json_array_get(known, i));
    }
    json_decref(known);
    office.sheet = sheet_open_bytes(bytes, len, NULL, false, why);
    assert_non_null(office.sheet);
    if (records_begin(&office.records, office.sheet, why)) {
        assert_true(sheet_read(office.sheet, take, &office, why));
    }
    sheet_close(office.sheet);
    directory_end(&office.directory);
    records_end(&office.records);
    profile_free(profile);
    return &office;
}

static struct office *read_office(const char *profile_text, const char *csv, const char *id_column)
{
    return read_bytes(profile_text, csv, strlen(csv), id_column);
}

static char *without_guard(void)
{
    static char text[sizeof(small)];
    memcpy(text, small, sizeof(small));
    *strstr(text, "for? ") = '\0';
    return text;
}

static void rows_become_events(void **state)
{
    const struct office *office =
        read_office(without_guard(),
                    "到账台账\n编号*,户名,金额（万元）,日期\nA/1,北京科技大学,1.5,20240305\n"
                    "A2,新公司,2元,2024/3/6\n合计,,1.5002,\n",
                    NULL);
    (void)state;
    assert_string_equal(office->told, "");
    assert_non_null(strstr(office->events, "[]\n{\"agg\":\"A-1\",\"data\":{\"amount_fen\":1500000,"
                                           "\"currency\":\"CNY\",\"payee\":\"ustb\",\"value_date\":"
                                           "\"2024-03-05\"},\"id\":\"imp-"));
    assert_non_null(strstr(office->events, "[\"party/p-"));
    assert_non_null(strstr(office->events, "\"amount_fen\":200,"));
}

/* R2 */
static void every_fault_is_told(void **state)
{
    const struct office *office =
        read_office(without_guard(),
                    "编号,名称,金额,日期\nA1,甲,面议,2024-02-30\n,乙,1,2024-03-01\n"
                    "A1,丙,1,2024-03-01\nA4,同名公司,1,2024-03-01\n",
                    NULL);
    (void)state;
    assert_string_equal(office->told, "2 金额 面议\n2 日期 2024-02-30\n3 编号 \n4 编号 A1\n"
                                      "5 名称 同名公司\n");
    assert_string_equal(office->events, "");
    office = read_office(without_guard(), "名称,金额,日期\n甲,1,2024-03-01\n", NULL);
    assert_string_equal(office->told, "1 编号 \n");
    office = read_office(without_guard(), "a,b\n1,2\n", NULL);
    assert_string_equal(office->told, "0  \n");
}

/* V3 reaches the cell: its line feeds are not taken for spaces on the way. */
static void two_lines_of_a_cell_are_no_amount(void **state)
{
    const struct office *office =
        read_office(without_guard(), "编号,名称,金额,日期\nA1,甲,\"50\n300\",2024-03-01\n", NULL);
    (void)state;
    assert_string_equal(office->told, "2 金额 50\n300\n");
    assert_string_equal(office->events, "");
}

static void a_sign_of_another_currency_names_that_of_the_row(void **state)
{
    static const char text[] =
        "[column no]\nheading = 编号\nkind = id\n[column currency]\nheading = 币种\nkind = word\n"
        "words = currency\ndefault = 人民币\n[column amount]\nheading = 金额\nkind = amount\n"
        "[event payment.received]\nagg = $no\namount_fen = $amount\ncurrency = $currency\n"
        "[words currency]\n人民币 = CNY\n美元 = USD\n日元 = JPY\n";
    const struct office *office = read_office(text, "编号,币种,金额\nA,,\"$12,000.00\"\n", NULL);
    (void)state;
    assert_string_equal(office->told, "2 金额 $12,000.00\n");
    assert_string_equal(office->wrong, "a sign of another currency: the row is in CNY");
    office = read_office(text, "编号,币种,金额\nA,美元,RMB 5000\n", NULL);
    assert_string_equal(office->told, "2 金额 RMB 5000\n");
    assert_string_equal(office->wrong, "a sign of another currency: the row is in USD");
    office = read_office(text, "编号,币种,金额\nA,美元,$5\nB,日元,¥5\nC,,¥5\n", NULL);
    assert_string_equal(office->told, "");
    assert_non_null(strstr(office->events, "{\"amount_fen\":500,\"currency\":\"USD\"}"));
    assert_non_null(strstr(office->events, "{\"amount_fen\":5,\"currency\":\"JPY\"}"));
    assert_non_null(strstr(office->events, "{\"amount_fen\":500,\"currency\":\"CNY\"}"));
}

/* The decimals are the currency's, wherever the profile has its column. */
static void a_currency_is_read_before_the_amounts(void **state)
{
    static const char text[] =
        "[column no]\nheading = 编号\nkind = id\n[column amount]\nheading = 金额\nkind = amount\n"
        "[column currency]\nheading = 币种\nkind = word\nwords = currency\n"
        "[event payment.received]\nagg = $no\namount_fen = $amount\ncurrency = $currency\n"
        "currency = CNY unless $currency\n[words currency]\n日元 = JPY\n美元 = USD\n";
    const struct office *office =
        read_office(text, "编号,金额,币种\nA,5000,日元\nB,$7,美元\nC,6,\n", NULL);
    (void)state;
    assert_string_equal(office->told, "");
    assert_non_null(strstr(office->events, "{\"amount_fen\":5000,\"currency\":\"JPY\"}"));
    assert_non_null(strstr(office->events, "{\"amount_fen\":700,\"currency\":\"USD\"}"));
    assert_non_null(strstr(office->events, "{\"amount_fen\":600,\"currency\":\"CNY\"}"));
    office = read_office(text, "编号,金额,币种\nA,0.5,日元\nB,$7,美金\n", NULL);
    assert_string_equal(office->told, "2 金额 0.5\n3 币种 美金\n");
}

static enum found find_named(const struct directory *directory, const char *name, const char *code)
{
    const json_t *id = NULL;
    json_t *fields = json_pack("{s:s,s:s}", "name", name, "uscc", code);
    enum found found = directory_find(directory, ENTITY_PARTY, fields, &id);
    json_decref(fields);
    return found;
}

static void make_named(struct directory *directory, const char *name, const char *code)
{
    json_t *fields = json_pack("{s:s,s:s}", "name", name, "uscc", code);
    assert_non_null(directory_make(directory, ENTITY_PARTY, fields));
    json_decref(fields);
}

/* N4: also of a name that several have by then, and that the log has. */
static void what_was_made_can_be_forgotten(void **state)
{
    static const char *const codes[] = {"91110000100001456F", "91310000132215222E",
                                        "911100001000014570"};
    struct directory directory;
    size_t marks[3];
    (void)state;
    directory_begin(&directory);
    json_t *known = json_pack("{s:s,s:s,s:{s:s,s:s}}", "type", "party.registered", "agg", "ustb",
                              "data", "name", "甲", "uscc", "91");
    directory_learn(&directory, known);
    json_decref(known);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(find_named(&directory, "甲", ""), i == 0 ? FOUND_ONE : FOUND_SEVERAL);
        marks[i] = directory_mark(&directory);
        make_named(&directory, "甲", codes[i]);
    }
    directory_forget(&directory, marks[2]);
    assert_int_equal(find_named(&directory, "甲", codes[2]), FOUND_NONE);
    assert_int_equal(find_named(&directory, "甲", codes[1]), FOUND_ONE);
    assert_int_equal(find_named(&directory, "甲", ""), FOUND_SEVERAL);
    make_named(&directory, "乙", "");
    directory_forget(&directory, 0);
    assert_int_equal(find_named(&directory, "甲", ""), FOUND_ONE);
    assert_int_equal(find_named(&directory, "甲", codes[1]), FOUND_NONE);
    assert_int_equal(find_named(&directory, "乙", ""), FOUND_NONE);
    assert_null(directory_fresh(&directory, "party/91110000100001456F"));
    directory_end(&directory);
}

static void copy_events(const struct office *office, char out[8192])
{
    memcpy(out, office->events, sizeof(office->events));
}

/* R3, E1: the writing is not the content, and truly equal rows are two. */
static void ids_come_from_the_content(void **state)
{
    char first[8192];
    static const char loose[] = "[column name]\nheading = 名称\n[column amount]\nheading = 金额\n"
                                "kind = amount\n[event note.added]\nagg = c-${row}\ntext = $name\n";
    (void)state;
    copy_events(read_office(loose, "名称,金额\n甲,12000\n乙,3\n", NULL), first);
    assert_string_equal(
        read_office(loose, "金额（万元）,其他,名称\n1.2,x, 甲\n0.0003,y,乙\n", NULL)->events,
        first);
    copy_events(read_office(loose, "名称,金额\n甲,12000\n甲,12000\n", NULL), first);
    char *second = strchr(strchr(first, '\n') + 1, '\n') + 1;
    assert_memory_not_equal(strstr(first, "imp-"), strstr(second, "imp-"), 30);
    copy_events(read_office(loose, "名称,金额\n甲,1\n", "名称"), first);
    assert_memory_equal(strstr(read_office(loose, "名称,金额\n甲,2\n", "名称")->events, "imp-"),
                        strstr(first, "imp-"), 30); /* the id is the column's alone */
    assert_string_equal(read_office(loose, "名称,金额\n甲,1\n甲,2\n", "名称")->told, "3 名称 甲\n");
}

static const char two_columns[] = "[column name]\nheading = 名称\n[column memo]\nheading = 备注\n"
                                  "[event note.added]\nagg = c-${row}\ntext = $name\n";

/* A reference number of a bank has 16 digits and more: what a spreadsheet has left of it is no
 * text and no id. */
static void numbers_that_lost_digits_are_refused(void **state)
{
    static const char loose[] = "[column name]\nheading = 名称\n[column no]\nheading = 流水号\n"
                                "[event note.added]\nagg = c-${row}\ntext = $name\nx_no = $no\n";
    static const char sheet[] =
        "<row r='1'><c r='A1' t='str'><v>名称</v></c><c r='B1' t='str'><v>流水号</v></c>"
        "<c r='C1' t='str'><v>备注</v></c></row>"
        "<row r='2'><c r='A2' t='str'><v>甲</v></c><c r='B2'><v>%s</v></c></row>";
    static const struct {
        const char *number, *text; /* NULL: refused */
    } cases[] = {
        {"2024017", "2024017"},
        {"1.5E3", "1500"},
        {"1.5", "1.5"},
        {"999999999999999", "999999999999999"},
        {"-999999999999999", "-999999999999999"},
        {"1000000000000000", NULL},
        {"6222020200112345", NULL},
        {"62220202001123456", NULL},
        {"6222020200112345678", NULL},
        {"6.2220202001123401E+18", NULL},
        {"-6222020200112345", NULL},
        {"-6.2220202001123401E+18", NULL},
        {"1E300", NULL},
        {"1000000000000000000000000000000000000000", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[1024];
        char told[128] = "";
        char said[128] = "\"x_no\":\"";
        void *bytes;
        (void)snprintf(text, sizeof(text), sheet, cases[i].number);
        size_t len = workbook_of(text, "", "<styleSheet/>", NULL, &bytes);
        if (cases[i].text == NULL) {
            (void)snprintf(told, sizeof(told), "2 流水号 %s\n", cases[i].number);
        } else {
            (void)snprintf(said, sizeof(said), "\"x_no\":\"%s\"", cases[i].text);
        }
        const struct office *office = read_bytes(loose, bytes, len, NULL);
        assert_string_equal(office->told, told);
        assert_int_equal(strstr(office->events, said) != NULL, cases[i].text != NULL);
        /* The same of an id column that the profile does not read. */
        assert_string_equal(read_bytes(two_columns, bytes, len, "流水号")->told, told);
        free(bytes);
    }
}

/* R3: a number of a workbook and the text of a CSV file are one id. */
static void an_id_column_is_the_same_in_both_formats(void **state)
{
    static const char sheet[] =
        "<row r='1'><c r='A1' t='str'><v>名称</v></c><c r='B1' t='str'><v>流水号</v></c>"
        "<c r='C1' t='str'><v>备注</v></c></row>"
        "<row r='2'><c r='A2' t='str'><v>甲</v></c><c r='B2'><v>2.0240170000000002E6</v></c></row>";
    char first[8192];
    void *bytes;
    (void)state;
    copy_events(read_office(two_columns, "名称,流水号,备注\n甲,2024017,\n", "流水号"), first);
    assert_non_null(strstr(first, "imp-"));
    size_t len = workbook_of(sheet, "", "<styleSheet/>", NULL, &bytes);
    assert_string_equal(read_bytes(two_columns, bytes, len, "流水号")->events, first);
    free(bytes);
}

/* P2, P3 and the holes of lists. */
static void guards_leave_things_out(void **state)
{
    static const char text[] =
        "[column no]\nheading = 编号\n[column one]\nheading = 一\nkind = amount\n"
        "[column two]\nheading = 二\nkind = amount\n[skip]\nall = $no when $one when $two\n"
        "[event contract.signed]\nagg = $no\ntitle = 无\ntitle = $no when $two\n"
        "obligations[0]? = $one\nobligations[0].amount_fen = $one\n"
        "obligations[1]? = $two\nobligations[1].amount_fen = $two\n";
    const struct office *office = read_office(text, "编号,一,二\nA,1,\nB,,2\nC,1,2\nD,,\n", NULL);
    (void)state;
    assert_non_null(strstr(office->events, "\"agg\":\"A\",\"data\":{\"obligations\":[{"
                                           "\"amount_fen\":100,\"no\":1}],\"title\":\"无\"}"));
    assert_non_null(strstr(office->events, "\"agg\":\"B\",\"data\":{\"obligations\":[{"
                                           "\"amount_fen\":200,\"no\":1}],\"title\":\"B\"}"));
    assert_null(strstr(office->events, "\"agg\":\"C\""));
    assert_non_null(strstr(office->events, "\"agg\":\"D\",\"data\":{\"title\":\"无\"}"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_profiles_that_ship_are_good),
        cmocka_unit_test(profiles_that_are_refused),
        cmocka_unit_test(rows_become_events),
        cmocka_unit_test(every_fault_is_told),
        cmocka_unit_test(two_lines_of_a_cell_are_no_amount),
        cmocka_unit_test(a_sign_of_another_currency_names_that_of_the_row),
        cmocka_unit_test(a_currency_is_read_before_the_amounts),
        cmocka_unit_test(what_was_made_can_be_forgotten),
        cmocka_unit_test(ids_come_from_the_content),
        cmocka_unit_test(numbers_that_lost_digits_are_refused),
        cmocka_unit_test(an_id_column_is_the_same_in_both_formats),
        cmocka_unit_test(guards_leave_things_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
