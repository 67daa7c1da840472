/* Which event may come in which state of a contract: domain 3.1 as one table.
 *
 *            contract.drafted                      contract.suspended
 *      NONE ─────────────────▶ DRAFT      ┌──────────────────────────────▶ SUSP
 *       │   contract.signed      │        │ ◀──────────────────────────────┘
 *       └──────────┬─────────────┘        │        contract.resumed
 *                  ▼                      │
 *     SIGNED ────────────▶ ACTIVE ────────┘
 *        (at once if immediate, else      │ ▲
 *         contract.took_effect)           │ │ trial.converted
 *                            trial.started▼ │
 *                                        TRIAL ──trial.declined──▶ DECL
 *
 *     ACTIVE ──contract.completed──▶ DONE          any but closed ──contract.terminated──▶ TERM
 *     any signed state ──contract.voided──▶ VOID
 *
 * Who makes each move: contract.c, contract_suspended.c, contract_voided.c, trial.c. What follows
 * from dates alone (expired, trial lapsed, in default) is no state.
 *
 *   M1  A cell is a state that the event leads to, or the code that refuses it; nothing else in
 *       this daemon says what a contract's state allows.
 *   M2  What a refusal calls legal is read from the same table, of the types decided here. */

#include <stdio.h>

#include "daemon/base/check.h"
#include "daemon/ledger/contract.h"

#define SAME CONTRACT_STATES        /* the state stays */
#define PRIOR (CONTRACT_STATES + 1) /* the state before the suspension */

enum note {
    NOTE_SUSPENDED = 1, /* footnote 5: accepted, flagged W_SUSPENDED */
    NOTE_UNTIL_END = 2, /* footnote 6: only for dates up to the contract's end (art 567) */
};

struct cell {
    uint8_t next;
    uint8_t note;
    int16_t code; /* 0: legal */
};

#define ROW_TYPES 14

struct row {
    const char *legal; /* what a list of legal events calls it, or NULL: the types' names */
    enum type_id types[ROW_TYPES];
    struct cell cells[CONTRACT_STATES];
};

/* clang-format off */
#define DR {CONTRACT_DRAFT, 0, 0}
#define SI {CONTRACT_SIGNED, 0, 0}
#define TR {CONTRACT_TRIAL, 0, 0}
#define AC {CONTRACT_ACTIVE, 0, 0}
#define SU {CONTRACT_SUSP, 0, 0}
#define DO {CONTRACT_DONE, 0, 0}
#define TE {CONTRACT_TERM, 0, 0}
#define VO {CONTRACT_VOID, 0, 0}
#define DE {CONTRACT_DECL, 0, 0}
#define OK {SAME, 0, 0}
#define O5 {SAME, NOTE_SUSPENDED, 0}
#define O6 {SAME, NOTE_UNTIL_END, 0}
#define PR {PRIOR, 0, 0}
#define NO(code) {SAME, 0, STATUS_E_##code}
#define X1 NO(EXISTS)
#define X2 NO(UNKNOWN_AGGREGATE)
#define X3 NO(NOT_SIGNED)
#define X4 NO(NOT_EFFECTIVE)
#define X5 NO(ALREADY_EFFECTIVE)
#define X6 NO(NO_TRIAL)
#define X7 NO(TRIAL_RUNNING)
#define X8 NO(SUSPENDED)
#define X9 NO(NOT_SUSPENDED)
#define XC NO(CLOSED)

static const struct row rows[] = {
/* none DRAFT SIGNED TRIAL ACTIVE SUSP DONE TERM VOID DECL */
    {NULL, {TYPE_contract_drafted},
     {DR, X1, X1, X1, X1, X1, X1, X1, X1, X1}},
    {NULL, {TYPE_contract_signed},
     {SI, SI, X1, X1, X1, X1, X1, X1, X1, X1}},
    {NULL, {TYPE_open_license_accepted},
     {SI, X1, X1, X1, X1, X1, X1, X1, X1, X1}},
    {NULL, {TYPE_contract_took_effect},
     {X2, X3, AC, X5, X5, X5, XC, XC, XC, XC}},
    {NULL, {TYPE_trial_started},
     {X2, X3, X4, X7, TR, X8, XC, XC, XC, XC}},
    {NULL, {TYPE_trial_extended},
     {X2, X3, X4, TR, X6, X8, XC, XC, XC, XC}},
    {NULL, {TYPE_trial_converted},
     {X2, X3, X4, AC, X6, X8, XC, XC, XC, XC}},
    {NULL, {TYPE_trial_declined},
     {X2, X3, X4, DE, X6, X8, XC, XC, XC, XC}},
    {NULL, {TYPE_contract_amended, TYPE_contract_novated},
     {X2, X3, OK, OK, OK, OK, XC, XC, XC, XC}},
    {NULL, {TYPE_contract_suspended},
     {X2, X3, X4, SU, SU, X8, XC, XC, XC, XC}},
    {NULL, {TYPE_contract_resumed},
     {X2, X3, X9, X9, X9, PR, XC, XC, XC, XC}},
    {NULL, {TYPE_contract_completed},
     {X2, X3, X4, X7, DO, X8, XC, XC, XC, XC}},
    {NULL, {TYPE_contract_terminated},
     {X2, TE, TE, TE, TE, TE, XC, XC, XC, XC}},
    {NULL, {TYPE_contract_voided},
     {X2, X3, VO, VO, VO, VO, VO, VO, XC, VO}},
    {NULL,
     {TYPE_contract_registered, TYPE_contract_registration_applied,
      TYPE_contract_registration_rejected},
     {X2, X3, X4, OK, OK, OK, OK, XC, XC, XC}},
    {NULL, {TYPE_contract_registration_changed, TYPE_contract_registration_revoked},
     {X2, X3, X4, OK, OK, OK, OK, OK, OK, OK}},
    {NULL,
     {TYPE_contract_filed, TYPE_milestone_reached, TYPE_milestone_missed,
      TYPE_effect_evaluated},
     {X2, X3, X4, OK, OK, O5, OK, O6, XC, XC}},
    {NULL, {TYPE_usage_reported, TYPE_royalty_stated, TYPE_royalty_audited},
     {X2, X3, X4, OK, OK, O5, O6, O6, XC, XC}},
    {NULL, {TYPE_reward_paid, TYPE_equity_issued},
     {X2, X3, OK, OK, OK, OK, OK, OK, OK, OK}},
    {NULL, {TYPE_invoice_issued, TYPE_invoice_cancelled},
     {X2, X3, OK, OK, OK, OK, OK, OK, OK, OK}},
    {"obligation.*, interest.assessed",
     {TYPE_obligation_scheduled, TYPE_obligation_rescheduled, TYPE_obligation_disputed,
      TYPE_obligation_dispute_resolved, TYPE_obligation_waived,
      TYPE_obligation_demanded, TYPE_obligation_acknowledged, TYPE_obligation_set_off,
      TYPE_obligation_assigned, TYPE_obligation_written_off, TYPE_interest_assessed},
     {X2, X3, OK, OK, OK, OK, OK, OK, OK, OK}},
    {"payment.*",
     {TYPE_payment_received, TYPE_payment_applied, TYPE_payment_unapplied,
      TYPE_payment_returned, TYPE_payment_refunded},
     {X2, X3, OK, OK, OK, OK, OK, OK, OK, OK}},
    {NULL, {TYPE_commission_agreed},
     {X2, OK, OK, OK, OK, OK, XC, XC, XC, XC}},
    {NULL, {TYPE_policy_bound},
     {X2, X3, OK, OK, OK, OK, XC, XC, XC, XC}},
};
/* clang-format on */

#define ROWS (sizeof(rows) / sizeof(rows[0]))

static const struct row *row_of(enum type_id type)
{
    for (size_t r = 0; r < ROWS; r++) {
        for (size_t t = 0; t < ROW_TYPES && rows[r].types[t] != TYPE_NONE; t++) {
            if (rows[r].types[t] == type) {
                return &rows[r];
            }
        }
    }
    return NULL;
}

enum status contract_state_allows(enum type_id type, uint8_t state)
{
    const struct row *row = row_of(type);
    return row == NULL ? STATUS_OK : (enum status)row->cells[state].code;
}

static void list_types(struct fault *fault, const struct row *row)
{
    for (size_t t = 0; t < ROW_TYPES && row->types[t] != TYPE_NONE; t++) {
        const struct event_type *type = event_type_by_id(row->types[t]);
        if (type == NULL || !type->decided) {
            continue;
        }
        if (row->legal != NULL) {
            fault_legal(fault, row->legal);
            return;
        }
        fault_legal(fault, type->name);
    }
}

static void list_legal(struct fault *fault, uint8_t state)
{
    for (size_t r = 0; r < ROWS; r++) {
        if (rows[r].cells[state].code == STATUS_OK) {
            list_types(fault, &rows[r]);
        }
    }
}

enum status contract_refuse(struct deciding *deciding, enum status code, const char *field,
                            uint8_t state)
{
    (void)fault_set(deciding->fault, code, field);
    fault_state(deciding->fault, machine_name(MACHINE_CONTRACT),
                state_name(MACHINE_CONTRACT, state));
    list_legal(deciding->fault, state);
    return code;
}

/* The last day that the event speaks of, and the field that says so. */
static int32_t last_day(const struct deciding *deciding, const char **ret_field)
{
    const struct fields *fields = deciding->fields;
    if (field_present(fields, FIELD_period_end)) {
        *ret_field = "data.period_end";
        return field_date(fields, FIELD_period_end, deciding->effective);
    }
    struct slice end;
    struct slice text;
    int32_t day;
    if (field_present(fields, FIELD_period) && map_find(fields->at[FIELD_period], "end", &end) &&
        value_text(end, &text) && date_parse(text, &day)) {
        *ret_field = "data.period.end";
        return day;
    }
    *ret_field = field_present(fields, FIELD_on) ? "data.on" : "effective";
    return deciding->effective;
}

static enum status check_until_end(struct deciding *deciding, uint8_t state, int32_t end)
{
    const char *field;
    int32_t day = last_day(deciding, &field);
    if (day <= end) {
        return STATUS_OK;
    }
    char ended[11];
    char given[11];
    date_format(end, ended);
    date_format(day, given);
    (void)contract_refuse(deciding, STATUS_E_PERIOD_AFTER_END, field, state);
    fault_detail(deciding->fault, "end=%s given=%s", ended, given);
    return STATUS_E_PERIOD_AFTER_END;
}

enum status contract_state_check(struct deciding *deciding, uint32_t contract, enum type_id type,
                                 uint8_t *ret_next)
{
    int32_t since = DAY_NONE;
    uint8_t state = contract == AGGREGATE_NONE ? CONTRACT_NONE
                                               : state_since(deciding->facts, MACHINE_CONTRACT,
                                                             contract, &deciding->now, &since);
    const struct row *row = row_of(type);
    if (row == NULL) {
        *ret_next = state;
        return STATUS_OK;
    }
    const struct cell *cell = &row->cells[state];
    if (cell->code != STATUS_OK) {
        const char *field = contract == deciding->aggregate ? "agg" : NULL;
        return contract_refuse(deciding, (enum status)cell->code, field, state);
    }
    if ((cell->note & NOTE_SUSPENDED) != 0) {
        decide_flag(deciding, WARNING_SUSPENDED);
    }
    *ret_next = cell->next == SAME ? state : cell->next;
    if (cell->next == PRIOR) {
        *ret_next = contract_prior_state(deciding->facts, contract, &deciding->now);
    }
    return (cell->note & NOTE_UNTIL_END) != 0 ? check_until_end(deciding, state, since) : STATUS_OK;
}
