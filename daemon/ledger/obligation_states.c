/* The states of an obligation, and who moves it.
 *
 *                 condition met                    money, set-off
 *   CONTINGENT ───────────────────▶ OPEN ◀──────────────────────────▶ SETTLED
 *     │    │                         │ │ │        line taken back
 *     │    └──▶ WAIVED ◀─────────────┘ │ └──▶ WRITTEN_OFF ──▶ SETTLED (recovery), WAIVED
 *     └───────▶ EXTINGUISHED ◀─────────┘      by verdict, end, dispute, amendment
 *
 * The state is never stored: obligation_evaluate() derives it from terms and moves. The table
 * says which act is refused in which state, and as what; everything else is allowed. */

#include "daemon/ledger/obligation_states.h"

#include "daemon/base/check.h"

#define STATES 6

/* CONTINGENT, OPEN, SETTLED, EXTINGUISHED, WAIVED, WRITTEN_OFF */
static const enum status table[OBLIGATION_ACTS][STATES] = {
    [ACT_ALLOCATE] = {STATUS_E_OBL_CONTINGENT, STATUS_OK, STATUS_E_OVER_ALLOCATION,
                      STATUS_E_OBL_CLOSED, STATUS_E_OBL_CLOSED, STATUS_OK},
    [ACT_DEMAND] = {STATUS_E_OBL_CONTINGENT, STATUS_OK, STATUS_E_OBL_CLOSED, STATUS_E_OBL_CLOSED,
                    STATUS_E_OBL_CLOSED, STATUS_OK},
    [ACT_DISPUTE] = {STATUS_E_OBL_CONTINGENT, STATUS_OK, STATUS_E_OBL_CLOSED, STATUS_E_OBL_CLOSED,
                     STATUS_E_OBL_CLOSED, STATUS_E_OBL_CLOSED},
    [ACT_RESOLVE] = {STATUS_E_NOT_DISPUTED, STATUS_OK, STATUS_E_NOT_DISPUTED, STATUS_E_NOT_DISPUTED,
                     STATUS_E_NOT_DISPUTED, STATUS_E_NOT_DISPUTED},
    [ACT_WAIVE] = {STATUS_OK, STATUS_OK, STATUS_E_OBL_CLOSED, STATUS_E_OBL_CLOSED,
                   STATUS_E_OBL_CLOSED, STATUS_OK},
    [ACT_RESCHEDULE] = {STATUS_OK, STATUS_OK, STATUS_E_OBL_CLOSED, STATUS_E_OBL_CLOSED,
                        STATUS_E_OBL_CLOSED, STATUS_E_OBL_CLOSED},
    [ACT_INTEREST] = {STATUS_E_OBL_CONTINGENT, STATUS_OK, STATUS_OK, STATUS_E_OBL_CLOSED,
                      STATUS_E_OBL_CLOSED, STATUS_E_OBL_CLOSED},
    [ACT_ACKNOWLEDGE] = {STATUS_OK, STATUS_OK, STATUS_E_OBL_CLOSED, STATUS_E_OBL_CLOSED,
                         STATUS_E_OBL_CLOSED, STATUS_OK},
    [ACT_SET_OFF] = {STATUS_E_OBL_CONTINGENT, STATUS_OK, STATUS_E_OBL_CLOSED, STATUS_E_OBL_CLOSED,
                     STATUS_E_OBL_CLOSED, STATUS_E_OBL_CLOSED},
    [ACT_ASSIGN] = {STATUS_OK, STATUS_OK, STATUS_E_OBL_CLOSED, STATUS_E_OBL_CLOSED,
                    STATUS_E_OBL_CLOSED, STATUS_E_OBL_CLOSED},
    [ACT_WRITE_OFF] = {STATUS_E_OBL_CONTINGENT, STATUS_OK, STATUS_E_OBL_CLOSED, STATUS_E_OBL_CLOSED,
                       STATUS_E_OBL_CLOSED, STATUS_E_OBL_CLOSED},
};

static const char *const act_types[OBLIGATION_ACTS] = {
    [ACT_ALLOCATE] = "payment.received",        [ACT_DEMAND] = "obligation.demanded",
    [ACT_DISPUTE] = "obligation.disputed",      [ACT_RESOLVE] = "obligation.dispute_resolved",
    [ACT_WAIVE] = "obligation.waived",          [ACT_RESCHEDULE] = "obligation.rescheduled",
    [ACT_INTEREST] = "interest.assessed",       [ACT_ACKNOWLEDGE] = "obligation.acknowledged",
    [ACT_SET_OFF] = "obligation.set_off",       [ACT_ASSIGN] = "obligation.assigned",
    [ACT_WRITE_OFF] = "obligation.written_off",
};

enum status obligation_state_check(struct deciding *deciding, enum obligation_act act,
                                   const struct obligation_figures *figures, const char *field)
{
    enum obligation_state state = figures->state;
    enum status code = table[act][state];
    if (act == ACT_ALLOCATE && state == OBLIGATION_SETTLED && figures->interest_due > 0) {
        return STATUS_OK; /* interest is still owed (ruling 7) */
    }
    if (code == STATUS_OK) {
        return STATUS_OK;
    }
    struct fault *fault = deciding->fault;
    (void)fault_set(fault, code, field);
    fault_state(fault, "obligation", obligation_state_name(state));
    fault_detail(fault, "outstanding=%lld contingent=%lld", (long long)figures->outstanding,
                 (long long)figures->contingent);
    for (unsigned other = 0; other < OBLIGATION_ACTS; other++) {
        bool disputed = other != ACT_RESOLVE || figures->disputed > 0;
        if (table[other][state] == STATUS_OK && disputed) {
            fault_legal(fault, act_types[other]);
        }
    }
    return code;
}

enum status obligation_of(struct deciding *deciding, uint32_t owner, uint32_t no, const char *field,
                          uint32_t *ret_obligation, struct obligation_figures *ret_figures)
{
    *ret_obligation = obligation_find(deciding->facts, owner, no, &deciding->now);
    if (*ret_obligation == OBLIGATION_NONE) {
        (void)fault_set(deciding->fault, STATUS_E_UNKNOWN_AGGREGATE, field);
        fault_detail(deciding->fault, "no=%u", (unsigned)no);
        return STATUS_E_UNKNOWN_AGGREGATE;
    }
    obligation_evaluate(deciding->facts, *ret_obligation, &deciding->now, ret_figures);
    INVARIANT(ret_figures->visible);
    return STATUS_OK;
}

enum status obligation_named(struct deciding *deciding, enum field_id field, const char *path,
                             enum obligation_act act, uint32_t *ret_obligation,
                             struct obligation_figures *ret_figures)
{
    uint8_t next;
    enum status status = STATUS_OK;
    if (deciding->event->kind == KIND_contract) {
        status =
            contract_state_check(deciding, deciding->aggregate, deciding->event->type_id, &next);
    }
    if (status == STATUS_OK) {
        uint32_t no = (uint32_t)field_int(deciding->fields, field, 0);
        status =
            obligation_of(deciding, deciding->aggregate, no, path, ret_obligation, ret_figures);
    }
    if (status == STATUS_OK) {
        status = obligation_state_check(deciding, act, ret_figures, path);
    }
    return status;
}

enum status obligation_exceeds(struct deciding *deciding, const char *field, int64_t open,
                               int64_t given)
{
    (void)fault_set(deciding->fault, STATUS_E_AMOUNT_EXCEEDS, field);
    fault_detail(deciding->fault, "outstanding=%lld given=%lld", (long long)open, (long long)given);
    return STATUS_E_AMOUNT_EXCEEDS;
}

int32_t obligation_valid_day(const struct facts *facts, uint32_t obligation,
                             const struct obligation_figures *figures, int32_t day)
{
    const struct obligation_row *row = facts_row(facts, FACT_OBLIGATION, obligation);
    day = row->fact.valid > day ? row->fact.valid : day;
    return figures->opened != DAY_NONE && figures->opened > day ? figures->opened : day;
}
