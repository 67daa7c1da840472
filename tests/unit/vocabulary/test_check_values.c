/* One value after the other: type, form, range, and what must not be stored in clear. */

#include "tests/unit/vocabulary/support.h"

#include <stdlib.h>

/* A type with one field to try, and its other fields. */
struct trial_field {
    const char *type, *field, *rest;
};

static const struct trial_field text = {"note.added", "text", ""};
static const struct trial_field id = {"need.published", "party", ",'text':'a'"};
static const struct trial_field any_id = {"payment.applied", "alloc[0].owner", ""};
static const struct trial_field date = {"calendar.day_marked", "day", ",'kind':'workday'"};
static const struct trial_field fen = {"payment.received", "amount_fen",
                                       ",'payee':'U1','currency':'CNY','value_date':'2026-01-01'"};
static const struct trial_field waived = {"obligation.waived", "amount_fen", ",'no':1"};
static const struct trial_field shortfall = {
    "royalty.audited", "shortfall_fen",
    ",'corrected_base':1,'period':{'start':'2026-01-01','end':'2026-01-31'}"};
static const struct trial_field share = {"technology.transferred", "share_ppm",
                                         ",'from':'A','to':'B'"};
static const struct trial_field rate = {"rate.published", "value_ppm",
                                        ",'kind':'lpr_1y','from':'2026-01-01'"};
static const struct trial_field no = {"obligation.rescheduled", "no", ",'new_due':'2026-01-01'"};
static const struct trial_field trl = {"technology.updated", "changed.trl", ""};
static const struct trial_field flag = {"obligation.waived", "refused", ",'no':1,'amount_fen':1"};
static const struct trial_field verdict = {"effect.evaluated", "verdict",
                                           ",'evaluator':'a','on':'2026-01-01'"};
static const struct trial_field currency = {
    "payment.received", "currency", ",'payee':'U1','amount_fen':1,'value_date':'2026-01-01'"};
static const struct trial_field region = {"party.registered", "region", ",'name':'a','kind':'gov'"};
static const struct trial_field country = {"party.registered", "country",
                                           ",'name':'a','kind':'gov'"};
static const struct trial_field legal_code = {"party.registered", "legal_code", ",'name':'a'"};
static const struct trial_field uscc = {"party.registered", "uscc", ",'name':'a','kind':'gov'"};
static const struct trial_field event_id = {"event.reversed", "event_id", ",'reason':'a'"};
static const struct trial_field reg_no = {
    "contract.registered", "reg_no",
    ",'agency':'a','reg_date':'2026-01-01','type':'service','total_fen':1,'tech_fen':1"};
static const struct trial_field milestone = {"milestone.reached", "milestone",
                                             ",'on':'2026-01-01'"};
static const struct trial_field condition = {
    "obligation.scheduled", "condition",
    ",'no':1,'kind':'lump','debtor':'A','creditor':'B','amount_fen':1"};
static const struct trial_field due_base = {
    "obligation.scheduled", "due.base",
    ",'no':1,'kind':'lump','debtor':'A','creditor':'B','amount_fen':1"};
static const struct trial_field target_period = {
    "target.set", "period", ",'metric':'turnover','comparator':'gt','value':1"};
static const struct trial_field closed = {"period.closed", "period", ""};
static const struct trial_field rate_kind = {"rate.published", "kind",
                                             ",'value_ppm':1,'from':'2026-01-01'"};
static const struct trial_field sha = {"note.added", "docs[0].sha256", ",'text':'a'"};
static const struct trial_field filter = {
    "target.set", "filter",
    ",'metric':'turnover','comparator':'gt','value':1,'period':'annual:2027'"};

/* The data with `json` as the value of the field; a path a.b or a[0].b is nested. */
static void put_value(const struct trial_field *field, const char *json, char *out, size_t size)
{
    char head[64];
    const char *dot = strchr(field->field, '.');
    const char *bracket = strchr(field->field, '[');
    if (!dot) {
        (void)snprintf(out, size, "{'%s':%s%s}", field->field, json, field->rest);
        return;
    }
    size_t len = (size_t)((bracket ? bracket : dot) - field->field);
    assert_true(len < sizeof(head));
    memcpy(head, field->field, len);
    head[len] = '\0';
    const char *more = strcmp(head, "alloc") == 0 ? ",'no':1,'amount_fen':1" : "";
    (void)snprintf(out, size, bracket ? "{'%s':[{'%s':%s%s}]%s}" : "{'%s':{'%s':%s%s}%s}", head,
                   dot + 1, json, more, field->rest);
}

static void fits(const struct trial_field *field, const char *json)
{
    static char data[8192];
    put_value(field, json, data, sizeof(data));
    assert_fits(field->type, data);
}

static void refused(const struct trial_field *field, const char *json, enum status code)
{
    static char data[8192];
    char path[128];
    (void)snprintf(path, sizeof(path), "data.%s", field->field);
    put_value(field, json, data, sizeof(data));
    assert_refused(field->type, data, code, path);
}

static void bad(const struct trial_field *field, const char *json)
{
    refused(field, json, STATUS_E_BAD_FIELD);
}

static void out_of_range(const struct trial_field *field, const char *json)
{
    refused(field, json, STATUS_E_RANGE);
}

/* A JSON text of `count` bytes. */
static const char *long_text(size_t count)
{
    static char json[2048];
    memset(json, 'a', sizeof(json));
    json[0] = '\'';
    json[count + 1] = '\'';
    json[count + 2] = '\0';
    return json;
}

static void texts(void **state)
{
    (void)state;
    fits(&text, "'甲 乙，丙。 a/b ~'");
    fits(&text, long_text(TEXT_MAX));
    bad(&text, long_text(TEXT_MAX + 1));
    bad(&text, "''");
    bad(&text, "'a\\nb'");
    bad(&text, "'a\\tb'");
    bad(&text, "'a\\u007fb'");
    bad(&text, "'a\\u0085b'");
    bad(&text, "7");
    bad(&text, "['a']");
    bad(&text, "true");
}

static void ids(void **state)
{
    (void)state;
    fits(&id, "'北科转〔2024〕017号'");
    fits(&id, long_text(AGGREGATE_ID_MAX));
    bad(&id, long_text(AGGREGATE_ID_MAX + 1));
    bad(&id, "''");
    bad(&id, "'a b'");
    bad(&id, "'a\\u3000b'");
    bad(&id, "'party/a'");
    bad(&id, "'_log'");
    bad(&id, "7");
    fits(&any_id, "'K1'");
    fits(&any_id, "'policy/P1'");
    fits(&any_id, "'contract/北科转〔2024〕017号'");
    bad(&any_id, "'polic/P1'");
    bad(&any_id, "'/P1'");
    bad(&any_id, "'policy/'");
    bad(&any_id, "'policy/a/b'");
    bad(&any_id, "'policy/_a'");
    fits(&event_id, long_text(EVENT_ID_MAX));
    bad(&event_id, long_text(EVENT_ID_MAX + 1));
    bad(&event_id, "''");
}

static void numbers(void **state)
{
    (void)state;
    fits(&fen, "1");
    fits(&fen, "9000000000000000");
    out_of_range(&fen, "0");
    out_of_range(&fen, "-1");
    out_of_range(&fen, "9000000000000001");
    bad(&fen, "'1'");
    bad(&fen, "true");
    fits(&waived, "0");
    out_of_range(&waived, "-1");
    fits(&shortfall, "-9000000000000000");
    out_of_range(&shortfall, "-9000000000000001");
    fits(&share, "0");
    fits(&share, "1000000");
    out_of_range(&share, "1000001");
    out_of_range(&share, "-1");
    fits(&rate, "100000000");
    out_of_range(&rate, "100000001");
    fits(&no, "1");
    out_of_range(&no, "0");
    fits(&trl, "9");
    out_of_range(&trl, "0");
    out_of_range(&trl, "10");
    fits(&flag, "true");
    bad(&flag, "1");
    bad(&flag, "'true'");
}

static void a_number_above_64_bits_signed_is_out_of_range(void **state)
{
    static const uint8_t data[] = {0x82, 0xaa, 'a', 'm',  'o', 'u', 'n', 't', '_',
                                   'f',  'e',  'n', 0xcf, 255, 255, 255, 255, 255,
                                   255,  255,  255, 0xa2, 'n', 'o', 1};
    struct fault fault;
    (void)state;
    assert_int_equal(fields_check(&event_type_by_id(TYPE_obligation_waived)->data,
                                  slice_of(data, sizeof(data)), "data", &fault),
                     STATUS_E_RANGE);
    assert_string_equal(fault.detail, "min=0 max=9000000000000000");
}

static void a_range_fault_says_value_and_bounds(void **state)
{
    struct fault fault;
    (void)state;
    assert_int_equal(check_data("technology.updated", "{'changed':{'trl':12}}", &fault),
                     STATUS_E_RANGE);
    assert_string_equal(fault.detail, "value=12 min=1 max=9");
}

static void enumerations(void **state)
{
    struct fault fault;
    (void)state;
    fits(&verdict, "'reached'");
    bad(&verdict, "'REACHED'");
    bad(&verdict, "'reached '");
    bad(&verdict, "''");
    bad(&verdict, "1");
    assert_int_equal(check_data("effect.evaluated",
                                "{'verdict':'maybe','evaluator':'a','on':'2026-01-01'}", &fault),
                     STATUS_E_BAD_FIELD);
    assert_non_null(strstr(fault.legal, "reached"));
    assert_non_null(strstr(fault.legal, "not_reached"));
    assert_non_null(strstr(fault.legal, "partial"));
}

static void codes(void **state)
{
    (void)state;
    fits(&date, "'2024-02-29'");
    bad(&date, "'2023-02-29'");
    bad(&date, "'2024-2-29'");
    bad(&date, "20240229");
    fits(&currency, "'CNY'");
    bad(&currency, "'RMB'");
    bad(&currency, "'cny'");
    fits(&region, "'120000'");
    fits(&region, "'000000'");
    bad(&region, "'12000'");
    bad(&region, "'12000a'");
    fits(&country, "'840'");
    bad(&country, "'84'");
    bad(&country, "'USA'");
    fits(&legal_code, "'022'");
    bad(&legal_code, "'600'");
    bad(&legal_code, "'22'");
    fits(&uscc, "'91350100M000100Y43'");
    bad(&uscc, "'91350100M000100Y44'");
    fits(&sha, "'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852B855'");
    bad(&sha, "'e3b0c442'");
    bad(&sha, "'g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'");
}

static void texts_with_a_form(void **state)
{
    (void)state;
    fits(&reg_no, "'20261200000001'");
    fits(&reg_no, "'2026120000000001'");
    bad(&reg_no, "'202612000000001'");
    bad(&reg_no, "'2026120000000a01'");
    fits(&milestone, "'样机'");
    bad(&milestone, "'a b'");
    fits(&condition, "'effect'");
    fits(&condition, "'first_sale'");
    fits(&condition, "'milestone:样机'");
    bad(&condition, "'milestone'");
    bad(&condition, "'milestone:'");
    bad(&condition, "'milestone:a b'");
    bad(&condition, "'mood'");
    fits(&due_base, "'term_end'");
    fits(&due_base, "'milestone:m1'");
    bad(&due_base, "'milestone'");
    bad(&due_base, "'first_sale'");
    fits(&target_period, "'annual:2027'");
    fits(&target_period, "'cumulative:2024-01-01..2027-12-31'");
    fits(&target_period, "'point:2027-12-31'");
    bad(&target_period, "'2027'");
    bad(&target_period, "'annual:27'");
    bad(&target_period, "'cumulative:2027-12-31..2024-01-01'");
    bad(&target_period, "'cumulative:2024-01-01'");
    bad(&target_period, "'point:2027-02-29'");
    fits(&closed, "'2024'");
    fits(&closed, "'2024-Q4'");
    fits(&closed, "'2024-12'");
    bad(&closed, "'2024-Q5'");
    bad(&closed, "'2024-13'");
    bad(&closed, "'2024-00'");
    bad(&closed, "'2024-1'");
    bad(&closed, "'202'");
    bad(&closed, "'1899'");
    fits(&rate_kind, "'lpr_1y'");
    fits(&rate_kind, "'fx:USD'");
    bad(&rate_kind, "'fx:CNY'");
    bad(&rate_kind, "'fx:QQQ'");
    bad(&rate_kind, "'lpr_5y'");
}

static void maps_of_ones_own(void **state)
{
    (void)state;
    fits(&filter, "{}");
    fits(&filter, "{'region':'31','kind':'university','n':-3,'ok':false}");
    bad(&filter, "[]");
    refused(&(struct trial_field){"target.set", "filter.region", filter.rest}, "['31']",
            STATUS_E_BAD_FIELD);
    refused(&(struct trial_field){"target.set", "filter.region", filter.rest}, "null",
            STATUS_E_BAD_FIELD);
    bad(&filter, "{'':1}");
}

static void a_resident_number_is_refused_in_every_text(void **state)
{
    static const char sample[] = "'身份证 11010519491231002X'";
    struct fault fault;
    (void)state;
    refused(&text, sample, STATUS_E_PERSONAL_ID);
    refused(&id, "'11010519491231002X'", STATUS_E_PERSONAL_ID);
    refused(&any_id, "'party/11010519491231002X'", STATUS_E_PERSONAL_ID);
    refused(&event_id, "'11010519491231002X'", STATUS_E_PERSONAL_ID);
    refused(&(struct trial_field){"target.set", "filter.who", filter.rest}, sample,
            STATUS_E_PERSONAL_ID);
    refused(&(struct trial_field){"note.added", "x_who", ",'text':'a'"}, sample,
            STATUS_E_PERSONAL_ID);
    refused(&(struct trial_field){"note.added", "x_who", ",'text':'a'"},
            "[1,{'a':[null,'11010519491231002X']}]", STATUS_E_PERSONAL_ID);
    fits(&(struct trial_field){"note.added", "x_who", ",'text':'a'"},
         "[1,{'a':[null,'11010519491231002X1']}]");
    assert_int_equal(check_data("note.added", "{'text':'11010519491231002X'}", &fault),
                     STATUS_E_PERSONAL_ID);
    assert_string_equal(fault.detail, ""); /* it is not repeated */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts),
        cmocka_unit_test(ids),
        cmocka_unit_test(numbers),
        cmocka_unit_test(a_number_above_64_bits_signed_is_out_of_range),
        cmocka_unit_test(a_range_fault_says_value_and_bounds),
        cmocka_unit_test(enumerations),
        cmocka_unit_test(codes),
        cmocka_unit_test(texts_with_a_form),
        cmocka_unit_test(maps_of_ones_own),
        cmocka_unit_test(a_resident_number_is_refused_in_every_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
