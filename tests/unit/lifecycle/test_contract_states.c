/* The states of a contract: the table of the specification, written here a second time in its own
 * words, against the ledger's; then every decided event against a contract in every state. */

#include "tests/unit/lifecycle/office.h"

#include <stdio.h>

#include "daemon/ledger/contract.h"

/* Columns: none DRAFT SIGNED TRIAL ACTIVE SUSP DONE TERM VOID DECL. A state is where it leads,
 * `ok` stays, and the codes are those of the list. */
static const struct {
    const char *type;
    const char *cells;
} written[] = {
    {"contract.drafted", "DRAFT X1 X1 X1 X1 X1 X1 X1 X1 X1"},
    {"contract.signed", "SIGNED SIGNED X1 X1 X1 X1 X1 X1 X1 X1"},
    {"open_license.accepted", "SIGNED X1 X1 X1 X1 X1 X1 X1 X1 X1"},
    {"contract.took_effect", "X2 X3 ACTIVE X5 X5 X5 XC XC XC XC"},
    {"trial.started", "X2 X3 X4 X7 TRIAL X8 XC XC XC XC"},
    {"trial.extended", "X2 X3 X4 TRIAL X6 X8 XC XC XC XC"},
    {"trial.converted", "X2 X3 X4 ACTIVE X6 X8 XC XC XC XC"},
    {"trial.declined", "X2 X3 X4 DECL X6 X8 XC XC XC XC"},
    {"contract.amended", "X2 X3 SIGNED TRIAL ACTIVE SUSP XC XC XC XC"},
    {"contract.novated", "X2 X3 SIGNED TRIAL ACTIVE SUSP XC XC XC XC"},
    {"contract.suspended", "X2 X3 X4 SUSP SUSP X8 XC XC XC XC"},
    {"contract.resumed", "X2 X3 X9 X9 X9 prior XC XC XC XC"},
    {"contract.completed", "X2 X3 X4 X7 DONE X8 XC XC XC XC"},
    {"contract.terminated", "X2 TERM TERM TERM TERM TERM XC XC XC XC"},
    {"contract.voided", "X2 X3 VOID VOID VOID VOID VOID VOID XC VOID"},
    {"contract.registered", "X2 X3 X4 ok ok ok ok XC XC XC"},
    {"contract.registration_applied", "X2 X3 X4 ok ok ok ok XC XC XC"},
    {"contract.registration_rejected", "X2 X3 X4 ok ok ok ok XC XC XC"},
    {"reward.paid", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"equity.issued", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"invoice.issued", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"invoice.cancelled", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"contract.registration_changed", "X2 X3 X4 ok ok ok ok ok ok ok"},
    {"contract.registration_revoked", "X2 X3 X4 ok ok ok ok ok ok ok"},
    {"contract.filed", "X2 X3 X4 ok ok ok ok ok XC XC"},
    {"milestone.reached", "X2 X3 X4 ok ok ok ok ok XC XC"},
    {"milestone.missed", "X2 X3 X4 ok ok ok ok ok XC XC"},
    {"effect.evaluated", "X2 X3 X4 ok ok ok ok ok XC XC"},
    {"usage.reported", "X2 X3 X4 ok ok ok ok ok XC XC"},
    {"royalty.stated", "X2 X3 X4 ok ok ok ok ok XC XC"},
    {"royalty.audited", "X2 X3 X4 ok ok ok ok ok XC XC"},
    {"obligation.scheduled", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"obligation.rescheduled", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"obligation.disputed", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"obligation.dispute_resolved", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"obligation.waived", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"obligation.demanded", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"obligation.acknowledged", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"obligation.set_off", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"obligation.assigned", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"obligation.written_off", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"interest.assessed", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"payment.received", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"payment.applied", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"payment.unapplied", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"payment.returned", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"payment.refunded", "X2 X3 ok ok ok ok ok ok ok ok"},
    {"commission.agreed", "X2 ok ok ok ok ok XC XC XC XC"},
    {"policy.bound", "X2 X3 ok ok ok ok XC XC XC XC"},
};
#define WRITTEN (sizeof(written) / sizeof(written[0]))

static enum status code_of(const char *cell)
{
    static const struct {
        const char *name;
        enum status status;
    } codes[] = {
        {"X1", STATUS_E_EXISTS},
        {"X2", STATUS_E_UNKNOWN_AGGREGATE},
        {"X3", STATUS_E_NOT_SIGNED},
        {"X4", STATUS_E_NOT_EFFECTIVE},
        {"X5", STATUS_E_ALREADY_EFFECTIVE},
        {"X6", STATUS_E_NO_TRIAL},
        {"X7", STATUS_E_TRIAL_RUNNING},
        {"X8", STATUS_E_SUSPENDED},
        {"X9", STATUS_E_NOT_SUSPENDED},
        {"XC", STATUS_E_CLOSED},
    };
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        if (strcmp(codes[i].name, cell) == 0) {
            return codes[i].status;
        }
    }
    return STATUS_OK;
}

static void cell_of(size_t row, unsigned column, char out[16])
{
    const char *at = written[row].cells;
    for (unsigned c = 0; c < column; c++) {
        at = strchr(at, ' ') + 1;
    }
    size_t len = strcspn(at, " ");
    assert_in_range(len, 1, 15);
    memcpy(out, at, len);
    out[len] = '\0';
}

static void the_table_says_what_was_written(void **state)
{
    (void)state;
    for (size_t row = 0; row < WRITTEN; row++) {
        const struct event_type *type = event_type_by_name(slice_text(written[row].type));
        assert_non_null(type);
        for (unsigned column = 0; column < CONTRACT_STATES; column++) {
            char cell[16];
            cell_of(row, column, cell);
            enum status allowed = contract_state_allows(type->id, (uint8_t)column);
            if (allowed != code_of(cell)) {
                print_error("%s in %s\n", written[row].type,
                            state_name(MACHINE_CONTRACT, (uint8_t)column));
            }
            assert_int_equal(allowed, code_of(cell));
        }
    }
}

/* ---- the walk ---- */

/* A body that is good in every state that takes the event; dates lie before the day on which a
 * contract of bring() ends. %s is the contract. */
static const struct {
    const char *type;
    const char *event;
} bodies[] = {
    {"contract.drafted", "{'type':'contract.drafted','agg':'%s','effective':'2026-01-20',"
                         "'data':{'title':'draft','parties':['univ']}}"},
    {"contract.took_effect",
     "{'type':'contract.took_effect','agg':'%s','effective':'2026-01-20','data':{}}"},
    {"trial.started",
     "{'type':'trial.started','agg':'%s','data':{'start':'2026-02-01','end':'2026-06-30'}}"},
    {"trial.converted",
     "{'type':'trial.converted','agg':'%s','data':{'on':'2026-02-20','pay_mode':'free'}}"},
    {"trial.declined",
     "{'type':'trial.declined','agg':'%s','data':{'on':'2026-02-20','reason':'no use'}}"},
    {"contract.amended", "{'type':'contract.amended','agg':'%s','effective':'2026-02-20','data':"
                         "{'amend_no':'1','changes':{'title':'amended'}}}"},
    {"contract.completed",
     "{'type':'contract.completed','agg':'%s','data':{'accepted_on':'2026-02-20'}}"},
    {"contract.terminated", "{'type':'contract.terminated','agg':'%s','data':{'basis':'agreed',"
                            "'eff_date':'2026-02-20'}}"},
    {"contract.registered", "{'type':'contract.registered','agg':'%s','data':{'agency':'office',"
                            "'reg_no':'20261200000000','reg_date':'2026-02-20','type':'license',"
                            "'total_fen':0,'tech_fen':0}}"},
    {"contract.registration_applied",
     "{'type':'contract.registration_applied','agg':'%s','data':{'applicant':'univ',"
     "'agency':'office','on':'2026-02-20'}}"},
    {"contract.registration_rejected",
     "{'type':'contract.registration_rejected','agg':'%s','effective':'2026-02-20',"
     "'data':{'reason':'no technology'}}"},
    {"contract.filed", "{'type':'contract.filed','agg':'%s','effective':'2026-02-20','data':"
                       "{'action':'effective','filing_no':'X2026'}}"},
    {"contract.novated", "{'type':'contract.novated','agg':'%s','effective':'2026-02-20','data':"
                         "{'role':'buyer','from':'firm','to':'other'}}"},
    {"contract.suspended",
     "{'type':'contract.suspended','agg':'%s','effective':'2026-02-20','data':{}}"},
    {"contract.resumed",
     "{'type':'contract.resumed','agg':'%s','effective':'2026-02-20','data':{}}"},
    {"contract.voided", "{'type':'contract.voided','agg':'%s','data':{'ruling':'court 1',"
                        "'date':'2026-02-20'}}"},
    {"trial.extended", "{'type':'trial.extended','agg':'%s','effective':'2026-02-20','data':"
                       "{'new_end':'2026-09-30'}}"},
    {"invoice.issued", "{'type':'invoice.issued','agg':'%s','effective':'2026-02-20','data':{"
                       "'invoice_no':'1','issuer':'univ','kind':'special','amount_fen':5}}"},
    {"usage.reported", "{'type':'usage.reported','agg':'%s','data':{'period_start':'2026-02-01',"
                       "'period_end':'2026-02-10','base_fen':900}}"},
    {"milestone.reached", "{'type':'milestone.reached','agg':'%s','data':{'milestone':'m1',"
                          "'on':'2026-02-20'}}"},
    {"milestone.missed", "{'type':'milestone.missed','agg':'%s','data':{'milestone':'m1',"
                         "'on':'2026-02-20'}}"},
    {"effect.evaluated", "{'type':'effect.evaluated','agg':'%s','data':{'verdict':'reached',"
                         "'evaluator':'lab','on':'2026-02-20'}}"},
    {"reward.paid", "{'type':'reward.paid','agg':'%s','effective':'2026-02-20','data':{"
                    "'net_income_fen':2,'lines':[{'party':'broker','amount_fen':1}]}}"},
    {"equity.issued", "{'type':'equity.issued','agg':'%s','effective':'2026-02-20','data':{"
                      "'company':'firm','valuation_fen':1}}"},
    {"commission.agreed", "{'type':'commission.agreed','agg':'%s','effective':'2026-02-20','data':"
                          "{'broker':'broker','basis':'total','rate_ppm':30000}}"},
};

static const char *body_of(const char *type)
{
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        if (strcmp(bodies[i].type, type) == 0) {
            return bodies[i].event;
        }
    }
    return NULL;
}

#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static enum status post_type(struct office *office, const char *type, const char *contract)
{
    if (strcmp(type, "contract.signed") == 0) {
        return sign(office, contract, "'effective_rule':'approval'");
    }
    return post(office, body_of(type), contract);
}

/* True if it was accepted. */
static bool check_cell(struct office *office, size_t row, unsigned column)
{
    char contract[16];
    char cell[16];
    cell_of(row, column, cell);
    (void)snprintf(contract, sizeof(contract), "W%zu-%u", row, column);
    bring(office, contract, (enum contract_state)column);

    enum status status = post_type(office, written[row].type, contract);
    if (status != code_of(cell)) {
        print_error("%s in %s: %s %s\n", written[row].type,
                    state_name(MACHINE_CONTRACT, (uint8_t)column), status_name(status),
                    office->fault.field);
    }
    assert_int_equal(status, code_of(cell));
    if (status != STATUS_OK) {
        char expected[32];
        (void)snprintf(expected, sizeof(expected), "contract %s",
                       state_name(MACHINE_CONTRACT, (uint8_t)column));
        assert_string_equal(office->fault.state, expected);
        assert_string_equal(office->fault.field, "agg");
        assert_string_not_equal(office->fault.legal, "");
        assert_null(strstr(office->fault.legal, written[row].type));
        assert_int_equal(contract_state_of(office, contract), column);
        return false;
    }
    int next = state_by_name(MACHINE_CONTRACT, slice_text(cell));
    next = next < 0 ? (int)column : next;
    next = strcmp(cell, "prior") == 0 ? CONTRACT_ACTIVE : next; /* as bring() left it */
    assert_int_equal(contract_state_of(office, contract), next);
    bool performs = strstr(written[row].type, "milestone.") != NULL ||
                    strstr(written[row].type, "usage.") != NULL ||
                    strcmp(written[row].type, "contract.filed") == 0 ||
                    strcmp(written[row].type, "effect.evaluated") == 0;
    assert_true(flagged(office, WARNING_SUSPENDED) == (column == CONTRACT_SUSP && performs));
    return true;
}

/* One number a registration or an invoice: see the bodies above. */
static void free_number(struct office *office, size_t row)
{
    if (strcmp(written[row].type, "contract.registered") != 0 &&
        strcmp(written[row].type, "invoice.issued") != 0) {
        return;
    }
    char id[32];
    (void)snprintf(id, sizeof(id), "e%llu", (unsigned long long)facts_seq(office->fixture.facts));
    ACCEPT(office,
           "{'type':'event.reversed','agg':'anything','data':{'event_id':'%s',"
           "'reason':'walk'}}",
           id);
}

static void every_decided_event_meets_every_state(void **state)
{
    struct office *office = *state;
    size_t walked = 0;
    for (size_t row = 0; row < WRITTEN; row++) {
        bool is_signed = strcmp(written[row].type, "contract.signed") == 0;
        for (unsigned column = 0; column < CONTRACT_STATES; column++) {
            if (body_of(written[row].type) != NULL || is_signed) {
                walked++;
                if (check_cell(office, row, column)) {
                    free_number(office, row);
                }
            }
        }
    }
    assert_int_equal(walked, (sizeof(bodies) / sizeof(bodies[0]) + 1) * CONTRACT_STATES);
}

/* What needs more than a state: a statement, an invoice, a registration. In states that refuse them
 * the table comes first; where they are legal, something else of theirs is missing. */
static void steps_on_what_is_not_there(void **state)
{
    static const struct {
        const char *type, *event;
        enum status missing;
    } steps[] = {
        {"royalty.stated",
         "{'type':'royalty.stated','agg':'%s','effective':'2026-02-20','data':{'period':{"
         "'start':'2026-01-10','end':'2026-01-31'},'base':900,'royalty_fen':0,'due_fen':0,"
         "'due':'2026-03-02'}}",
         STATUS_E_ILLEGAL_STATE},
        {"royalty.audited",
         "{'type':'royalty.audited','agg':'%s','effective':'2026-02-20','data':{'period':{"
         "'start':'2026-01-10','end':'2026-01-31'},'corrected_base':1}}",
         STATUS_E_ILLEGAL_STATE},
        {"invoice.cancelled",
         "{'type':'invoice.cancelled','agg':'%s','effective':'2026-02-20','data':{"
         "'invoice_no':'none','issuer':'univ','reason':'x'}}",
         STATUS_E_UNKNOWN_AGGREGATE},
        {"contract.registration_changed",
         "{'type':'contract.registration_changed','agg':'%s','data':{'total_fen':1}}",
         STATUS_E_NOT_REGISTERED},
        {"contract.registration_revoked",
         "{'type':'contract.registration_revoked','agg':'%s','data':{'reason':'x'}}",
         STATUS_E_NOT_REGISTERED},
    };
    struct office *office = *state;
    for (size_t s = 0; s < sizeof(steps) / sizeof(steps[0]); s++) {
        for (unsigned column = 0; column < CONTRACT_STATES; column++) {
            char contract[16];
            char cell[16];
            size_t row = 0;
            while (strcmp(written[row].type, steps[s].type) != 0) {
                row++;
            }
            cell_of(row, column, cell);
            (void)snprintf(contract, sizeof(contract), "S%zu-%u", s, column);
            bring(office, contract, (enum contract_state)column);
            enum status legal = code_of(cell) == STATUS_OK ? steps[s].missing : code_of(cell);
            assert_int_equal(post(office, steps[s].event, contract), legal);
        }
    }
}

/* Every type of the contract that is decided here has a body above. */
static void no_decided_type_is_left_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < event_type_count(); i++) {
        const struct event_type *type = event_type_at(i);
        bool elsewhere =
            type->id == TYPE_contract_signed || type->id == TYPE_contract_registration_changed ||
            type->id == TYPE_contract_registration_revoked || type->id == TYPE_royalty_stated ||
            type->id == TYPE_royalty_audited || type->id == TYPE_invoice_cancelled;
        if (type->kind == KIND_contract && type->decided && !elsewhere) {
            assert_non_null(body_of(type->name));
        }
    }
}

static void immediate_contracts_are_active_when_signed(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "");
    SIGN(office, "C2", "'effective_rule':'payment'");
    assert_int_equal(contract_state_of(office, "C1"), CONTRACT_ACTIVE);
    assert_int_equal(contract_state_of(office, "C2"), CONTRACT_SIGNED);
}

static void a_trial_needs_terms_and_comes_once(void **state)
{
    struct office *office = *state;
    static const char start[] = "{'type':'trial.started','agg':'%s','data':{'start':'2026-02-01',"
                                "'end':'2026-06-30'}}";
    SIGN(office, "C1", "'trial':null");
    assert_int_equal(post(office, start, "C1"), STATUS_E_NO_TRIAL);
    bring(office, "C2", CONTRACT_TRIAL);
    ACCEPT(office,
           "{'type':'trial.converted','agg':'C2','data':{'on':'2026-03-01','pay_mode':'free'}}");
    assert_int_equal(post(office, start, "C2"), STATUS_E_NO_TRIAL);
    assert_string_equal(office->fault.state, "contract ACTIVE");
}

static void after_the_end_only_what_lies_before_it_is_taken(void **state)
{
    struct office *office = *state;
    bring(office, "C1", CONTRACT_TERM);
    static const char verdict[] =
        "{'type':'effect.evaluated','agg':'C1','data':{'verdict':'reached',"
        "'evaluator':'lab','on':'%s'}}";
    assert_int_equal(post(office, verdict, "2026-03-02"), STATUS_E_PERIOD_AFTER_END);
    assert_string_equal(office->fault.field, "data.on");
    assert_string_equal(office->fault.detail, "end=2026-03-01 given=2026-03-02");
    assert_string_equal(office->fault.state, "contract TERM");
    assert_int_equal(post(office, verdict, "2026-03-01"), STATUS_OK);
    bring(office, "C2", CONTRACT_DONE);
    ACCEPT(office, "{'type':'milestone.reached','agg':'C2','data':{'milestone':'m1',"
                   "'on':'2026-11-01'}}");
}

static void a_refusal_lists_what_is_legal(void **state)
{
    struct office *office = *state;
    bring(office, "C1", CONTRACT_DRAFT);
    REFUSE(office, E_NOT_SIGNED, "agg", "{'type':'contract.completed','agg':'C1','data':{}}");
    assert_string_equal(office->fault.legal,
                        "contract.signed, contract.terminated, commission.agreed");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "agg",
           "{'type':'contract.completed','agg':'C9','data':{}}");
    assert_string_equal(office->fault.legal,
                        "contract.drafted, contract.signed, open_license.accepted");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_says_what_was_written),
        cmocka_unit_test(no_decided_type_is_left_out),
        cmocka_unit_test_setup_teardown(every_decided_event_meets_every_state, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(steps_on_what_is_not_there, office_open, office_close),
        cmocka_unit_test_setup_teardown(immediate_contracts_are_active_when_signed, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(a_trial_needs_terms_and_comes_once, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(after_the_end_only_what_lies_before_it_is_taken,
                                        office_open, office_close),
        cmocka_unit_test_setup_teardown(a_refusal_lists_what_is_legal, office_open, office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
