/* What a whole event may hold: every kind of refusal with its path. */

#include "tests/unit/vocabulary/support.h"

#define PARTY "{'party':'U1','share_ppm':1000000}"
/* clang-format off */
#define SIGNED_HEAD \
    "'title':'多运动目标跟踪方法','type':'license','subtype':'patent','grant':'ordinary'," \
    "'technologies':['T1'],'ip_kind':'invention','field':'electronics'," \
    "'sign_date':'2025-03-10','effective_rule':'immediate','term_start':'2025-03-10'," \
    "'currency':'CNY','total_basis':'fixed','pay_mode':'conditional'"
/* clang-format on */
#define SIGNED SIGNED_HEAD ",'sellers':[" PARTY "],'buyers':[" PARTY "]"
#define TERM_HEAD "'no':1,'kind':'conditional','debtor':'C1','creditor':'U1'"
#define RECEIVED                                                                                   \
    "'payer':'C1','payee':'U1','amount_fen':100,'currency':'CNY','value_date':'2026-05-08'"

static void a_contract_with_everything_fits(void **state)
{
    (void)state;
    assert_fits("contract.signed", "{" SIGNED "}");
    assert_fits("contract.signed", "{" SIGNED ",'total_fen':null}");
    assert_fits("contract.signed",
                "{" SIGNED ",'total_fen':2000000,'term_end':'2026-03-09','program':'none',"
                "'contract_no':'北科转〔2024〕017号','refs':['A-1','B-2'],'department':'科技处',"
                "'operator':'O1','guarantors':['G1'],'territory':'全国','pledgee_consent':true,"
                "'tags':{'池':'甲','n':3,'ok':true},'origin':'match','origin_ref':'M1',"
                "'parent':'K0','round':'half_even','on_invalid':'stop',"
                "'milestones':[{'id':'m1','title':'样机','due':'2025-09-01'}],"
                "'effect':{'criterion':'精度提高 10%','evaluator':'检测中心','by':'2026-03-09'},"
                "'trial':{'start':'2025-03-10','end':'2026-03-09','on_silence':'pending'},"
                "'late':{'daily_ppm':500,'cap_ppm_of_principal':300000,'alloc':'interest_first'},"
                "'royalty':{'base':'net_sales','tiers':[{'upto_fen':500000000,'rate_ppm':30000},"
                "{'upto_fen':null,'rate_ppm':20000}],'tier_scope':'contract_year',"
                "'period':'quarter','report_days':30,'pay_days':30,'min_year_fen':30000000,"
                "'cap_year_fen':25000000,'entry_creditable':false},"
                "'obligations':[{" TERM_HEAD ",'amount_fen':2000000,'condition':'effect',"
                "'due':{'base':'term_end','n':30,'unit':'d'}},"
                "{" TERM_HEAD ",'amount_fen':null,'condition':'milestone:m1',"
                "'due':{'base':'milestone:m1','n':1,'unit':'m','roll':'none'},"
                "'on_termination':'prorate','accrual_from':'2025-03-10',"
                "'accrual_to':'2026-03-09'}]}");
}

static void other_types_fit(void **state)
{
    (void)state;
    assert_fits("party.registered", "{'name':'天津市天安博瑞科技有限公司','kind':'ent_domestic'}");
    assert_fits("party.registered", "{'name':'北京科技大学','legal_code':'022',"
                                    "'region':'110000','uscc':'91350100M000100Y43'}");
    assert_fits("payment.received", "{" RECEIVED ",'alloc':[]}");
    assert_fits("payment.received", "{'payee':'U1','payer_text':'某公司','amount_fen':1,"
                                    "'currency':'JPY','value_date':'2026-05-08','bank_ref':'1',"
                                    "'for':'K1','alloc':[{'owner':'policy/P1','no':2,"
                                    "'amount_fen':1},{'owner':'K1','no':1,'amount_fen':0}]}");
    assert_fits("event.reversed", "{'event_id':'e-1','reason':'录入错误'}");
    assert_fits("system.load_ended", "{}");
    assert_fits("calendar.day_marked", "{'day':'2018-01-01','kind':'holiday','x_name':'元旦'}");
    assert_fits("rate.published", "{'kind':'fx:USD','value_ppm':7100000,'from':'2026-01-01'}");
    assert_fits("period.closed", "{'period':'2024-Q1'}");
    assert_fits("contract.amended",
                "{'amend_no':'1','changes':{'term_end':'2027-01-01'},"
                "'delta_total_fen':-5,'obligations':{'cancel':[2],'add':[{" TERM_HEAD
                ",'amount_fen':5}]}}");
    assert_fits("usage.reported", "{'period_start':'2025-01-01','period_end':'2025-01-01',"
                                  "'units':7,'deductions':[{'kind':'freight','amount_fen':1}]}");
}

static void a_missing_field_is_named(void **state)
{
    (void)state;
    assert_refused("party.registered", "{'kind':'gov'}", STATUS_E_MISSING_FIELD, "data.name");
    assert_refused("note.added", "{}", STATUS_E_MISSING_FIELD, "data.text");
    assert_refused("note.added", "{'text':null}", STATUS_E_MISSING_FIELD, "data.text");
    assert_refused("contract.signed", "{" SIGNED_HEAD ",'sellers':[" PARTY "]}",
                   STATUS_E_MISSING_FIELD, "data.buyers");
    assert_refused("contract.signed",
                   "{" SIGNED_HEAD ",'buyers':[" PARTY "],'sellers':[" PARTY ",{'party':'U2'}]}",
                   STATUS_E_MISSING_FIELD, "data.sellers[1].share_ppm");
    assert_refused("obligation.scheduled", "{" TERM_HEAD "}", STATUS_E_MISSING_FIELD,
                   "data.amount_fen");
    assert_refused("obligation.scheduled", "{" TERM_HEAD ",'amount_fen':1,'due':{'n':3}}",
                   STATUS_E_MISSING_FIELD, "data.due.base");
}

static void one_of_several_fields_is_enough(void **state)
{
    struct fault fault;
    (void)state;
    assert_int_equal(check_data("party.registered", "{'name':'甲'}", &fault),
                     STATUS_E_MISSING_FIELD);
    assert_string_equal(fault.field, "data.kind");
    assert_non_null(strstr(fault.legal, "kind"));
    assert_non_null(strstr(fault.legal, "legal_code"));
    assert_refused("usage.reported", "{'period_start':'2025-01-01','period_end':'2025-01-31'}",
                   STATUS_E_MISSING_FIELD, "data.base_fen");
    assert_fits("usage.reported",
                "{'period_start':'2025-01-01','period_end':'2025-01-31','base_fen':0}");
    assert_refused("commission.agreed", "{'broker':'B','basis':'total'}", STATUS_E_MISSING_FIELD,
                   "data.amount_fen");
    assert_fits("commission.agreed", "{'broker':'B','basis':'total','rate_ppm':30000}");
}

static void a_value_can_make_another_field_required(void **state)
{
    (void)state;
    assert_refused("obligation.scheduled", "{" TERM_HEAD ",'amount_fen':1,'due':{'base':'date'}}",
                   STATUS_E_MISSING_FIELD, "data.due.date");
    assert_fits("obligation.scheduled",
                "{" TERM_HEAD ",'amount_fen':1,'due':{'base':'date','date':'2026-01-01'}}");
    assert_refused("effect.evaluated", "{'verdict':'partial','evaluator':'甲','on':'2026-03-20'}",
                   STATUS_E_MISSING_FIELD, "data.share_ppm");
    assert_fits("effect.evaluated", "{'verdict':'reached','evaluator':'甲','on':'2026-03-20'}");
    assert_refused("obligation.dispute_resolved", "{'no':1,'outcome':'reduced'}",
                   STATUS_E_MISSING_FIELD, "data.reduce_fen");
}

static void an_unknown_key_is_refused_unless_it_is_the_senders_own(void **state)
{
    struct fault fault;
    (void)state;
    assert_int_equal(check_data("payment.received", "{" RECEIVED ",'amout_fen':5}", &fault),
                     STATUS_E_BAD_FIELD);
    assert_string_equal(fault.field, "data.amout_fen");
    assert_non_null(strstr(fault.legal, "amount_fen"));
    assert_refused("system.load_ended", "{'a':1}", STATUS_E_BAD_FIELD, "data.a");
    assert_fits("payment.received", "{" RECEIVED ",'x_acme':{'a':[1,null,'甲']},'x_b':1}");
}

static void only_x_with_a_name_is_the_senders_own(void **state)
{
    (void)state;
    assert_refused("note.added", "{'text':'a','x':1}", STATUS_E_BAD_FIELD, "data.x");
    assert_refused("note.added", "{'text':'a','xx_':1}", STATUS_E_BAD_FIELD, "data.xx_");
    assert_refused("note.added", "{'text':'a','X_a':1}", STATUS_E_BAD_FIELD, "data.X_a");
}

/* Ruling: unknown keys of nested values are refused, x_ or not. */
static void a_nested_unknown_key_is_refused(void **state)
{
    (void)state;
    assert_refused("payment.received",
                   "{" RECEIVED ",'alloc':[{'owner':'K1','no':1,'amount_fen':1,'fee_fen':2}]}",
                   STATUS_E_BAD_FIELD, "data.alloc[0].fee_fen");
    assert_refused("payment.received",
                   "{" RECEIVED ",'alloc':[{'owner':'K1','no':1,'amount_fen':1,'x_a':2}]}",
                   STATUS_E_BAD_FIELD, "data.alloc[0].x_a");
    assert_refused("party.updated", "{'changed':{'nickname':'a'}}", STATUS_E_BAD_FIELD,
                   "data.changed.nickname");
}

static void changes_are_some_of_the_fields_and_at_least_one(void **state)
{
    (void)state;
    assert_fits("party.updated", "{'changed':{'region':'310000'}}");
    assert_fits("party.updated", "{'party_id':'P1','changed':{'kind':'natural','name':'甲'}}");
    assert_refused("party.updated", "{'changed':{}}", STATUS_E_BAD_FIELD, "data.changed");
    assert_refused("party.updated", "{'changed':{'region':null}}", STATUS_E_BAD_FIELD,
                   "data.changed.region");
    assert_refused("party.updated", "{}", STATUS_E_MISSING_FIELD, "data.changed");
    assert_refused("contract.amended", "{'amend_no':'1','changes':{}}", STATUS_E_BAD_FIELD,
                   "data.changes");
    assert_refused("contract.amended", "{'amend_no':'1','changes':{'sellers':[" PARTY "]}}",
                   STATUS_E_BAD_FIELD, "data.changes.sellers");
    assert_refused("contract.amended", "{'amend_no':'1','changes':{'grant':'some'}}",
                   STATUS_E_BAD_FIELD, "data.changes.grant");
    assert_refused("technology.updated", "{'changed':{'trl':10}}", STATUS_E_RANGE,
                   "data.changed.trl");
}

static void a_required_list_is_not_empty(void **state)
{
    (void)state;
    assert_refused("contract.signed", "{" SIGNED_HEAD ",'buyers':[" PARTY "],'sellers':[]}",
                   STATUS_E_BAD_FIELD, "data.sellers");
    assert_refused("payment.applied", "{'alloc':[]}", STATUS_E_BAD_FIELD, "data.alloc");
    assert_refused("payment.applied", "{'alloc':{}}", STATUS_E_BAD_FIELD, "data.alloc");
}

static void a_list_has_a_bound(void **state)
{
    static char json[32 * 1024];
    size_t used = (size_t)snprintf(json, sizeof(json), "{'kind':'gov','name':'甲','aliases':['a'");
    (void)state;
    for (size_t i = 1; i < LIST_ITEMS_MAX; i++) {
        used += (size_t)snprintf(json + used, sizeof(json) - used, ",'a'");
    }
    (void)snprintf(json + used, sizeof(json) - used, "]}");
    assert_fits("party.registered", json);
    (void)snprintf(json + used, sizeof(json) - used, ",'a']}");
    assert_refused("party.registered", json, STATUS_E_BAD_FIELD, "data.aliases");
}

static void data_that_is_no_map_is_refused(void **state)
{
    struct fault fault;
    const struct event_type *type = event_type_by_id(TYPE_note_added);
    (void)state;
    assert_refused("note.added", "['text']", STATUS_E_BAD_FIELD, "data");
    assert_int_equal(fields_check(&type->data, slice_of(NULL, 0), "data", &fault),
                     STATUS_E_BAD_FIELD);
    assert_int_equal(fields_check(&type->data, slice_of("\x81\xa4text", 6), "data", &fault),
                     STATUS_E_BAD_FIELD);
}

static void nil_is_absent_where_it_is_no_value(void **state)
{
    (void)state;
    assert_fits("payment.received", "{" RECEIVED ",'alloc':null,'bank_ref':null}");
    assert_fits("obligation.scheduled", "{" TERM_HEAD ",'amount_fen':null,'due':null}");
    assert_refused("payment.received", "{" RECEIVED ",'alloc':[null]}", STATUS_E_BAD_FIELD,
                   "data.alloc[0]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_contract_with_everything_fits),
        cmocka_unit_test(other_types_fit),
        cmocka_unit_test(a_missing_field_is_named),
        cmocka_unit_test(one_of_several_fields_is_enough),
        cmocka_unit_test(a_value_can_make_another_field_required),
        cmocka_unit_test(an_unknown_key_is_refused_unless_it_is_the_senders_own),
        cmocka_unit_test(only_x_with_a_name_is_the_senders_own),
        cmocka_unit_test(a_nested_unknown_key_is_refused),
        cmocka_unit_test(changes_are_some_of_the_fields_and_at_least_one),
        cmocka_unit_test(a_required_list_is_not_empty),
        cmocka_unit_test(a_list_has_a_bound),
        cmocka_unit_test(data_that_is_no_map_is_refused),
        cmocka_unit_test(nil_is_absent_where_it_is_no_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
