/* See office.h. */

#include "tests/unit/lifecycle/office.h"

#include <stdio.h>
#include <stdlib.h>

static void print_fault(const struct office *office)
{
    char text[ERROR_TEXT_MAX];
    (void)fault_render(&office->fault, LANGUAGE_EN, text, sizeof(text));
    print_error("%s\n", text);
}

void accepted(const struct office *office, enum status status, const char *file, int line)
{
    if (status != STATUS_OK) {
        print_fault(office);
        _fail(file, line);
    }
}

void refused(const struct office *office, enum status status, enum status expected,
             const char *field, const char *file, int line)
{
    bool same = status == expected && office->fault.code == expected &&
                strcmp(office->fault.field, field) == 0;
    if (!same) {
        print_error("expected %s field=%s, not %s\n", status_name(expected), field,
                    status_name(status));
        if (status != STATUS_OK) {
            print_fault(office);
        }
        _fail(file, line);
    }
}

void refusal_says(const struct office *office, const char *state)
{
    char text[ERROR_TEXT_MAX];
    for (int language = 0; language < 2; language++) {
        (void)fault_render(&office->fault, language == 0 ? LANGUAGE_EN : LANGUAGE_ZH, text,
                           sizeof(text));
        assert_non_null(strstr(text, office->fault.field));
        assert_non_null(strstr(text, state));
        assert_non_null(strstr(text, status_name(office->fault.code)));
    }
}

bool flagged(const struct office *office, enum warning warning)
{
    return (office->flags & WARNING_BIT(warning)) != 0;
}

bool unflagged(const struct office *office)
{
    return office->flags == 0;
}

int office_open(void **state)
{
    static const char *const parties[][3] = {
        {"univ", "022", "120000"},  {"inst", "021", "310000"},   {"firm", "110", "120000"},
        {"other", "110", "110000"}, {"broker", "110", "120000"}, {"insurer", "110", "110000"},
    };
    struct office *office = calloc(1, sizeof(*office));
    assert_non_null(office);
    ledger_fixture_init(&office->fixture);
    ACCEPT(office, "{'type':'party.registered','agg':'town','recorded':'2026-12-01',"
                   "'effective':'2020-01-01','data':{'name':'town','kind':'gov'}}");
    for (size_t i = 0; i < sizeof(parties) / sizeof(parties[0]); i++) {
        ACCEPT(office,
               "{'type':'party.registered','agg':'%s','effective':'2020-01-01',"
               "'data':{'name':'%s','legal_code':'%s','region':'%s'}}",
               parties[i][0], parties[i][0], parties[i][1], parties[i][2]);
    }
    ACCEPT(office, "{'type':'technology.published','agg':'patent','effective':'2020-01-01','data':"
                   "{'title':'tracking','ip_kind':'invention','patent_no':'ZL1',"
                   "'filed':'2015-03-31','granted':'2018-01-01',"
                   "'owners':[{'party':'univ','share_ppm':1000000}]}}");
    *state = office;
    return 0;
}

int office_close(void **state)
{
    struct office *office = *state;
    ledger_fixture_done(&office->fixture);
    free(office);
    return 0;
}

static const char signed_data[] =
    "{'title':'licence','type':'license','subtype':'patent','sellers':[{'party':'univ',"
    "'share_ppm':1000000}],'buyers':[{'party':'firm','share_ppm':1000000}],"
    "'technologies':['patent'],'ip_kind':'invention','field':'electronics',"
    "'sign_date':'2026-01-10','effective_rule':'immediate','term_start':'2026-01-10',"
    "'term_end':'2027-01-09','currency':'CNY','total_fen':null,'total_basis':'undetermined',"
    "'pay_mode':'pending','trial':{'start':'2026-02-01','end':'2026-06-30'},"
    "'milestones':[{'id':'m1'}],'effect':{'criterion':'it works'}}";

enum status sign(struct office *office, const char *contract, const char *more)
{
    const char *key;
    json_t *value;
    json_t *data = json_of("%s", signed_data);
    json_t *change = json_of("{%s}", more);
    json_object_foreach(change, key, value)
    {
        if (json_is_null(value) && strcmp(key, "total_fen") != 0) {
            json_object_del(data, key);
        } else {
            json_object_set(data, key, value);
        }
    }
    json_decref(change);
    json_t *event = json_of("{'type':'contract.signed','agg':'%s'}", contract);
    json_object_set_new(event, "data", data);
    return post_json(office, event);
}

void bring(struct office *office, const char *contract, enum contract_state state)
{
    if (state == CONTRACT_NONE) {
        return;
    }
    if (state == CONTRACT_DRAFT) {
        ACCEPT(office, "{'type':'contract.drafted','agg':'%s','effective':'2026-01-05','data':{}}",
               contract);
        return;
    }
    if (state == CONTRACT_SIGNED) {
        SIGN(office, contract, "'effective_rule':'approval'");
        return;
    }
    SIGN(office, contract, "");
    if (state == CONTRACT_TRIAL || state == CONTRACT_DECL) {
        ACCEPT(office,
               "{'type':'trial.started','agg':'%s','data':{'start':'2026-02-01',"
               "'end':'2026-06-30'}}",
               contract);
    }
    if (state == CONTRACT_DECL) {
        ACCEPT(office,
               "{'type':'trial.declined','agg':'%s','data':{'on':'2026-03-01',"
               "'reason':'no use'}}",
               contract);
    } else if (state == CONTRACT_DONE) {
        ACCEPT(office,
               "{'type':'contract.completed','agg':'%s','data':{'accepted_on':'2026-03-01'}}",
               contract);
    } else if (state == CONTRACT_TERM) {
        ACCEPT(office,
               "{'type':'contract.terminated','agg':'%s','data':{'basis':'agreed',"
               "'eff_date':'2026-03-01'}}",
               contract);
    } else if (state == CONTRACT_SUSP) {
        ACCEPT(office,
               "{'type':'contract.suspended','agg':'%s','effective':'2026-03-01','data':{}}",
               contract);
    } else if (state == CONTRACT_VOID) {
        ACCEPT(office,
               "{'type':'contract.voided','agg':'%s','data':{'ruling':'court 1',"
               "'date':'2026-03-01'}}",
               contract);
    }
}

int32_t day(const char *text)
{
    int32_t number = DAY_NONE;
    assert_true(date_parse(slice_text(text), &number));
    return number;
}

uint32_t aggregate_of(const struct office *office, enum aggregate_kind kind, const char *id)
{
    return aggregate_find(office->fixture.facts, kind, slice_text(id), UINT64_MAX);
}

uint8_t state_of(const struct office *office, enum machine machine, enum aggregate_kind kind,
                 const char *id, const char *as_of)
{
    uint32_t aggregate = aggregate_of(office, kind, id);
    struct viewpoint view = viewpoint_now(office->fixture.facts, day(as_of));
    return aggregate == AGGREGATE_NONE ? STATE_NONE
                                       : state_at(office->fixture.facts, machine, aggregate, &view);
}

uint8_t contract_state_of(const struct office *office, const char *contract)
{
    return state_of(office, MACHINE_CONTRACT, KIND_contract, contract, "2199-12-31");
}

uint8_t registration_of(const struct office *office, const char *contract)
{
    return state_of(office, MACHINE_REGISTRATION, KIND_contract, contract, "2199-12-31");
}
