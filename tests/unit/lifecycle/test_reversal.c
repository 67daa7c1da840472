/* Corrections: what is negated, what stands in the way, what is free again. */

#include "tests/unit/lifecycle/office.h"

#include <stdio.h>
#include <stdlib.h>

#include "daemon/ledger/obligation.h"

#define ONE                                                                                        \
    "'total_basis':'fixed','total_fen':100,'obligations':[{'no':1,'kind':'lump','debtor':'firm',"  \
    "'creditor':'univ','amount_fen':100,'due':{'base':'date','date':'2026-02-02'}}]"
#define PAY                                                                                        \
    "{'type':'payment.received','agg':'%s','id':'%s','data':{'payer':'firm','payee':'univ',"       \
    "'amount_fen':%d,'currency':'CNY','value_date':'2026-02-10','alloc':"                          \
    "[{'owner':'%s','no':1,'amount_fen':%d}]}}"

/* Id of the last event: the fixture names an event eN by its seq if it has no id. */
static const char *last_id(const struct office *office, char out[24])
{
    (void)snprintf(out, 24, "e%llu", (unsigned long long)facts_seq(office->fixture.facts));
    return out;
}

static enum status reverse(struct office *office, const char *id)
{
    return post(office, REVERSE_EVENT, id);
}

static int64_t outstanding(const struct office *office, const char *contract)
{
    const struct facts *facts = office->fixture.facts;
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    struct obligation_figures figures;
    uint32_t obligation =
        obligation_find(facts, aggregate_of(office, KIND_contract, contract), 1, &now);
    assert_int_not_equal(obligation, OBLIGATION_NONE);
    obligation_evaluate(facts, obligation, &now, &figures);
    return figures.outstanding;
}

static void only_what_is_live_and_theirs_is_reversed(void **state)
{
    struct office *office = *state;
    char id[24];
    char reversal[24];
    assert_int_equal(reverse(office, "nothing"), STATUS_E_UNKNOWN_AGGREGATE);
    assert_string_equal(office->fault.field, "data.event_id");
    ACCEPT(office, "{'type':'need.published','agg':'N1','data':{'party':'firm','text':'x'}}");
    (void)last_id(office, id);
    assert_int_equal(reverse(office, id), STATUS_OK);
    (void)last_id(office, reversal);
    assert_int_equal(reverse(office, id), STATUS_E_ALREADY_REVERSED);
    assert_string_equal(office->fault.state, "event reversed");
    assert_int_equal(reverse(office, reversal), STATUS_E_NOT_REVERSIBLE);
    assert_string_equal(office->fault.detail, "type=event.reversed");
    ACCEPT(office, "{'type':'system.started','agg':'_log','data':{'release':'0.1','rules':1}}");
    assert_int_equal(reverse(office, last_id(office, id)), STATUS_E_NOT_REVERSIBLE);
}

/* Domain 5.15. */
static void known_at_keeps_what_was_answered(void **state)
{
    struct office *office = *state;
    struct facts *facts = office->fixture.facts;
    SIGN(office, "C1", ONE);
    SIGN(office, "C2", ONE);
    ACCEPT(office, PAY, "P1", "pay", 100, "C1", 100);
    uint64_t paid = facts_seq(facts);
    assert_int_equal(post_batch(office, "[%s,%s]",
                                "{'type':'event.reversed','agg':'payment/P1','data':"
                                "{'event_id':'pay','reason':'wrong contract'}}",
                                "{'type':'payment.received','agg':'P1','id':'again',"
                                "'corrects':'pay','data':{'payer':'firm','payee':'univ',"
                                "'amount_fen':100,'currency':'CNY','value_date':'2026-02-10',"
                                "'alloc':[{'owner':'C2','no':1,'amount_fen':100}]}}"),
                     STATUS_OK);
    assert_int_equal(outstanding(office, "C1"), 100);
    assert_int_equal(outstanding(office, "C2"), 0);
    struct viewpoint then = {
        .known_at = paid, .as_of = DAY_MAX, .writer = true, .published = office->fixture.published};
    struct obligation_figures figures;
    uint32_t obligation =
        obligation_find(facts, aggregate_of(office, KIND_contract, "C1"), 1, &then);
    obligation_evaluate(facts, obligation, &then, &figures);
    assert_int_equal(figures.outstanding, 0);
    assert_int_equal(event_row_at(facts, paid)->reversed_by, paid + 1);
}

static void a_reversal_touches_what_its_target_touched(void **state)
{
    struct office *office = *state;
    struct event event;
    SIGN(office, "C1", ONE);
    ACCEPT(office, PAY, "P1", "pay", 100, "C1", 100);
    ACCEPT(office, "{'type':'event.reversed','agg':'payment/P1','data':{'event_id':'pay',"
                   "'reason':'x'}}");
    struct ledger_fixture *fixture = &office->fixture;
    assert_int_equal(event_from_stored(fixture->log[fixture->log_count - 1], &event), STATUS_OK);
    json_t *touches = json_read(event.touches);
    char *text = json_dumps(touches, JSON_COMPACT);
    assert_string_equal(text,
                        "[[\"C1\",3],[\"party/firm\",4],[\"party/univ\",5],[\"payment/P1\",2]]");
    free(text);
    json_decref(touches);
}

static void a_freed_id_is_posted_again(void **state)
{
    struct office *office = *state;
    char id[24];
    SIGN(office, "C1", ONE);
    (void)last_id(office, id);
    assert_int_equal(reverse(office, id), STATUS_OK);
    assert_int_equal(contract_state_of(office, "C1"), CONTRACT_NONE);
    REFUSE(office, E_UNKNOWN_AGGREGATE, "agg",
           "{'type':'contract.completed','agg':'C1','data':{}}");
    SIGN(office, "C1",
         "'total_basis':'fixed','total_fen':70,'obligations':[{'no':1,"
         "'kind':'lump','debtor':'other','creditor':'univ','amount_fen':70}]");
    assert_int_equal(outstanding(office, "C1"), 70);
    const struct aggregate_row *row =
        aggregate_at(office->fixture.facts, aggregate_of(office, KIND_contract, "C1"));
    assert_int_equal(row->agg_seq, 2);
    REFUSE(office, E_UNKNOWN_AGGREGATE, "corrects",
           "{'type':'note.added','agg':'C1','corrects':'nothing','data':{'text':'x'}}");
}

/* The dependants of `id`, as the refusal lists them. */
static void depends(struct office *office, const char *id, const char *detail)
{
    assert_int_equal(reverse(office, id), STATUS_E_HAS_DEPENDENTS);
    assert_string_equal(office->fault.field, "data.event_id");
    assert_string_equal(office->fault.detail, detail);
}

/* (a) who refers to what it made. */
static void objects_in_use_stay(void **state)
{
    struct office *office = *state;
    char id[24];
    char detail[64];
    ACCEPT(office, "{'type':'party.registered','agg':'new','id':'born','data':{'name':'n',"
                   "'kind':'natural'}}");
    ACCEPT(office, "{'type':'need.published','agg':'N1','data':{'party':'new','text':'x'}}");
    (void)last_id(office, id);
    (void)snprintf(detail, sizeof(detail), "dependants=1 seq=%s", id + 1);
    depends(office, "born", detail);
    assert_int_equal(reverse(office, id), STATUS_OK);
    ACCEPT(office, REVERSE_EVENT, "born"); /* reversals are no referents */
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.party",
           "{'type':'need.published','agg':'N2','data':{'party':'new','text':'x'}}");
}

/* (b) who moved the state on, or needed it. */
static void states_that_were_needed_stay(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "'effective_rule':'approval'"); /* 9 */
    assert_int_equal(facts_seq(office->fixture.facts), 9);
    ACCEPT(office, "{'type':'contract.took_effect','agg':'C1','id':'effect',"
                   "'effective':'2026-01-20','data':{}}"); /* 10 */
    ACCEPT(office, "{'type':'note.added','agg':'C1','data':{'text':'x'}}");
    ACCEPT(office, "{'type':'contract.amended','agg':'C1','data':{'amend_no':'1',"
                   "'changes':{'title':'t'}}}");
    ACCEPT(office, "{'type':'contract.registered','agg':'C1','id':'reg','data':{'agency':'o',"
                   "'reg_no':'20261200000000','reg_date':'2026-02-20','type':'license',"
                   "'total_fen':2,'tech_fen':0}}"); /* 13 */
    ACCEPT(office, "{'type':'contract.registration_changed','agg':'C1','id':'change',"
                   "'data':{'total_fen':1}}");                                        /* 14 */
    ACCEPT(office, "{'type':'contract.completed','agg':'C1','id':'done','data':{}}"); /* 15 */
    depends(office, "effect", "dependants=3 seq=13,14,15");
    depends(office, "reg", "dependants=1 seq=14");
    depends(office, "e9", "dependants=6 seq=10,11,12,13,14,15");
    ACCEPT(office, REVERSE_EVENT, "done");
    ACCEPT(office, REVERSE_EVENT, "change");
    depends(office, "effect", "dependants=1 seq=13");
    ACCEPT(office, REVERSE_EVENT, "reg");
    ACCEPT(office, REVERSE_EVENT, "effect");
    assert_int_equal(contract_state_of(office, "C1"), CONTRACT_SIGNED);
}

static void a_draft_that_was_signed_stays(void **state)
{
    struct office *office = *state;
    ACCEPT(office, "{'type':'contract.drafted','agg':'C1','id':'draft','effective':'2026-01-01',"
                   "'data':{}}");
    SIGN(office, "C1", ONE); /* 10 */
    ACCEPT(office, "{'type':'policy.bound','agg':'P1','data':{'insurer':'insurer',"
                   "'holder':'firm','insured':['firm'],'product':'performance','sum_fen':1,"
                   "'cover_ppm':1,'premium_fen':1,'from':'2026-01-01','to':'2026-12-31',"
                   "'contracts':['C1']}}"); /* 11 */
    depends(office, "draft", "dependants=2 seq=10,11");
    depends(office, "e10", "dependants=1 seq=11");
    ACCEPT(office, REVERSE_EVENT, "e11");
    ACCEPT(office, REVERSE_EVENT, "e10");
    assert_int_equal(contract_state_of(office, "C1"), CONTRACT_DRAFT);
    SIGN(office, "C1", ONE);
}

/* (c) who used the amount. */
static void amounts_that_were_used_stay(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1",
         "'total_basis':'fixed','total_fen':100,'obligations':[{'no':1,'kind':'conditional',"
         "'debtor':'firm','creditor':'univ','amount_fen':100,'condition':'effect'}]"); /* 9 */
    ACCEPT(office, "{'type':'effect.evaluated','agg':'C1','id':'verdict','data':{"
                   "'verdict':'reached','evaluator':'lab','on':'2026-02-01'}}"); /* 10 */
    ACCEPT(office, PAY, "P1", "pay", 100, "C1", 60);                             /* 11 */
    depends(office, "verdict", "dependants=1 seq=11");
    ACCEPT(office, "{'type':'payment.applied','agg':'P1','id':'apply','effective':'2026-02-11',"
                   "'data':{'alloc':[{'owner':'C1','no':1,'amount_fen':40}]}}"); /* 12 */
    depends(office, "pay", "dependants=1 seq=12");
    depends(office, "verdict", "dependants=2 seq=11,12");
    ACCEPT(office, "{'type':'payment.returned','agg':'P1','id':'undo','data':{'reason':'x',"
                   "'value_date':'2026-02-12'}}"); /* 13 */
    depends(office, "apply", "dependants=1 seq=13");
    depends(office, "verdict", "dependants=3 seq=11,12,13");
    ACCEPT(office, REVERSE_EVENT, "undo");
    ACCEPT(office, REVERSE_EVENT, "apply");
    ACCEPT(office, REVERSE_EVENT, "pay");
    ACCEPT(office, REVERSE_EVENT, "verdict");
    assert_int_equal(outstanding(office, "C1"), 0);
}

static void shares_passed_on_stay(void **state)
{
    struct office *office = *state;
    ACCEPT(office, "{'type':'technology.transferred','agg':'patent','id':'t1','data':{"
                   "'from':'univ','to':'inst','share_ppm':500000}}");
    ACCEPT(office, "{'type':'technology.transferred','agg':'patent','id':'t2','data':{"
                   "'from':'inst','to':'firm','share_ppm':500000}}");
    depends(office, "t1", "dependants=1 seq=10");
    ACCEPT(office, REVERSE_EVENT, "t2");
    ACCEPT(office, REVERSE_EVENT, "t1");
}

static void days_and_rates_are_reversible(void **state)
{
    struct office *office = *state;
    ACCEPT(office, "{'type':'calendar.day_marked','agg':'cn','id':'d1','data':{"
                   "'day':'2026-10-01','kind':'holiday'}}");
    ACCEPT(office, "{'type':'calendar.day_marked','agg':'cn','id':'d2','data':{"
                   "'day':'2026-10-02','kind':'holiday'}}");
    ACCEPT(office, REVERSE_EVENT, "d1");
    assert_true(aggregate_exists(office->fixture.facts, aggregate_of(office, KIND_calendar, "cn")));
    ACCEPT(office, REVERSE_EVENT, "d2");
}

static void many_dependants_are_counted_and_too_many_refused(void **state)
{
    struct office *office = *state;
    ACCEPT(office, "{'type':'party.registered','agg':'new','id':'born','data':{'name':'n',"
                   "'kind':'natural'}}"); /* 9 */
    for (unsigned i = 0; i < 40; i++) {
        ACCEPT(office, "{'type':'note.added','agg':'party/new','data':{'text':'x'}}");
    }
    assert_int_equal(reverse(office, "born"), STATUS_E_HAS_DEPENDENTS);
    assert_memory_equal(office->fault.detail, "dependants=40 seq=10,11,12,", 27);
    assert_non_null(strstr(office->fault.detail, ",41"));
    assert_null(strstr(office->fault.detail, ",42")); /* 32 are listed */
    for (unsigned i = 40; i < REVERSAL_FACTS_MAX + 1; i++) {
        ACCEPT(office, "{'type':'note.added','agg':'party/new','data':{'text':'x'}}");
    }
    assert_int_equal(reverse(office, "born"), STATUS_E_HAS_DEPENDENTS);
    assert_string_equal(office->fault.detail, "dependants=unknown looked_at=4096");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_what_is_live_and_theirs_is_reversed, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(known_at_keeps_what_was_answered, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(a_reversal_touches_what_its_target_touched, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(a_freed_id_is_posted_again, office_open, office_close),
        cmocka_unit_test_setup_teardown(objects_in_use_stay, office_open, office_close),
        cmocka_unit_test_setup_teardown(states_that_were_needed_stay, office_open, office_close),
        cmocka_unit_test_setup_teardown(a_draft_that_was_signed_stays, office_open, office_close),
        cmocka_unit_test_setup_teardown(amounts_that_were_used_stay, office_open, office_close),
        cmocka_unit_test_setup_teardown(shares_passed_on_stay, office_open, office_close),
        cmocka_unit_test_setup_teardown(days_and_rates_are_reversible, office_open, office_close),
        cmocka_unit_test_setup_teardown(many_dependants_are_counted_and_too_many_refused,
                                        office_open, office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
