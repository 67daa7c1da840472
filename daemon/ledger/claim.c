/* Claims: filed, determined, rejected, and which event may come in which state.
 *
 *     FILED ──determined──▶ DETERMINED ──adjusted──▶ ADJUSTED ──paid──▶ PAID ──recovered──▶ CLOSED
 *       │                        │                      ▲
 *       ├────────adjusted────────│──────────────────────┘  where no determination is needed
 *       └────────rejected────────┴──────▶ CLOSED
 *
 *   M1  The insurer pays for a failed conversion only what a third party determined
 *       (E_NO_DETERMINATION), but for the advance that it owes after sixty days (Insurance Law
 *       art 25; claim_money.c).
 *   M2  Found implementable, a claim can only be rejected (ruling 25).
 *   M3  A claim acts no earlier than the state it acts on.
 *   M4  A third party whom the insurer recognises holds a qualification as assessor on the day of
 *       its verdict, else W_ASSESSOR; the authority needs none. */

#include "daemon/ledger/claim.h"

#include "daemon/ledger/accreditation.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/merger.h"
#include "daemon/ledger/policy.h"
#include "daemon/ledger/reference.h"

#define NO CLAIM_NONE

/* By act and state; what leads on to PAID closes where nothing more can come (claim_money.c). */
static const uint8_t next_states[CLAIM_ACTS][CLAIM_CLOSED + 1] = {
    /*                    none FILED            DETERMINED      ADJUSTED        PAID       CLOSED */
    [CLAIM_DETERMINE] = {NO, CLAIM_DETERMINED, NO, CLAIM_ADJUSTED, CLAIM_PAID, NO},
    [CLAIM_ADJUST] = {NO, CLAIM_ADJUSTED, CLAIM_ADJUSTED, CLAIM_ADJUSTED, CLAIM_PAID, NO},
    [CLAIM_REJECT] = {NO, CLAIM_CLOSED, CLAIM_CLOSED, CLAIM_CLOSED, NO, NO},
    [CLAIM_PAY] = {NO, NO, NO, CLAIM_PAID, CLAIM_PAID, NO},
    [CLAIM_RECOVER] = {NO, NO, NO, NO, CLAIM_PAID, NO},
};

static const enum type_id act_types[CLAIM_ACTS] = {
    [CLAIM_DETERMINE] = TYPE_claim_determined, [CLAIM_ADJUST] = TYPE_claim_adjusted,
    [CLAIM_REJECT] = TYPE_claim_rejected,      [CLAIM_PAY] = TYPE_claim_paid,
    [CLAIM_RECOVER] = TYPE_claim_recovered,
};

/* The table, and what the verdict adds to it. */
static bool allowed(const struct claim_figures *figures, enum claim_act act)
{
    bool refuted = figures->verdict == CLAIM_VERDICT_implementable; /* M2 */
    if (next_states[act][figures->state] == NO) {
        return false;
    }
    switch (act) {
    case CLAIM_DETERMINE: /* after an advance, the verdict that it did without */
        return figures->verdict == UINT8_MAX;
    case CLAIM_ADJUST:
    case CLAIM_PAY:
        return !refuted;
    case CLAIM_REJECT: /* what was approved is owed, unless the verdict came later */
        return figures->state != CLAIM_ADJUSTED || refuted;
    case CLAIM_RECOVER:
    case CLAIM_ACTS:
        break;
    }
    return true;
}

/* Only an advance comes before its verdict. */
static bool is_late_verdict(const struct deciding *deciding, enum claim_act act,
                            const struct claim_figures *figures)
{
    bool adjusted = figures->state == CLAIM_ADJUSTED || figures->state == CLAIM_PAID;
    return act == CLAIM_DETERMINE && adjusted &&
           claim_product(deciding->facts, figures, &deciding->now) != POLICY_PRODUCT_impl_failure;
}

static enum status refuse(struct deciding *deciding, const struct claim_figures *figures)
{
    enum status code = figures->state == CLAIM_CLOSED ? STATUS_E_CLOSED : STATUS_E_ILLEGAL_STATE;
    (void)fault_set(deciding->fault, code, "agg");
    fault_state(deciding->fault, machine_name(MACHINE_CLAIM),
                state_name(MACHINE_CLAIM, figures->state));
    for (int act = 0; act < CLAIM_ACTS; act++) {
        if (allowed(figures, (enum claim_act)act) &&
            !is_late_verdict(deciding, (enum claim_act)act, figures)) {
            fault_legal(deciding->fault, event_type_by_id(act_types[act])->name);
        }
    }
    if (figures->verdict == CLAIM_VERDICT_implementable) {
        fault_detail(deciding->fault, "verdict=implementable");
    }
    fault_legal(deciding->fault, "note.added");
    return code;
}

enum status claim_act_check(struct deciding *deciding, enum claim_act act,
                            struct claim_figures *ret_figures, uint8_t *ret_next)
{
    int32_t since;
    claim_evaluate(deciding->facts, deciding->aggregate, &deciding->now, ret_figures);
    (void)state_since(deciding->facts, MACHINE_CLAIM, deciding->aggregate, &deciding->now, &since);
    effect_valid(deciding, since); /* M3 */
    if (!allowed(ret_figures, act) || is_late_verdict(deciding, act, ret_figures)) {
        return refuse(deciding, ret_figures);
    }
    decide_touch(deciding, ret_figures->filed->policy);
    *ret_next = next_states[act][ret_figures->state];
    return STATUS_OK;
}

struct claim_row *claim_step_add(struct folding *folding, enum claim_step step, int64_t amount)
{
    struct viewpoint now = viewpoint_now(folding->facts, DAY_MAX);
    struct claim_figures figures;
    claim_evaluate(folding->facts, folding->aggregate, &now, &figures);
    struct claim_row *row =
        facts_add(folding->facts, FACT_CLAIM, folding->seq, folding->valid, folding->aggregate);
    row->amount = amount;
    row->policy = figures.filed != NULL ? figures.filed->policy : AGGREGATE_NONE;
    row->party = AGGREGATE_NONE;
    row->day = DAY_NONE;
    row->step = (uint8_t)step;
    row->verdict = row->recognised_by = UINT8_MAX;
    return row;
}

/* ---- claim.filed ---- */

static enum status check_own_id(struct deciding *deciding)
{
    if (!field_present(deciding->fields, FIELD_claim_id) ||
        slice_equal(field_text(deciding->fields, FIELD_claim_id), deciding->event->agg)) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_BAD_FIELD, "data.claim_id");
    fault_detail(deciding->fault, "differs from agg");
    return STATUS_E_BAD_FIELD;
}

static enum status not_covered(struct deciding *deciding, uint32_t policy, int32_t on)
{
    const struct policy_row *row = policy_on(deciding->facts, policy, on, &deciding->now);
    char from[11];
    char to[11];
    char given[11];
    date_format(row->from, from);
    date_format(row->to, to);
    date_format(on, given);
    (void)fault_set(deciding->fault, STATUS_E_COVER_INACTIVE, "data.event_date");
    fault_state(deciding->fault, machine_name(MACHINE_POLICY),
                state_name(MACHINE_POLICY,
                           state_at(deciding->facts, MACHINE_POLICY, policy, &deciding->now)));
    fault_detail(deciding->fault, "from=%s to=%s given=%s", from, to, given);
    return STATUS_E_COVER_INACTIVE;
}

static enum status decide_filed(struct deciding *deciding)
{
    uint32_t policy;
    int32_t on = field_date(deciding->fields, FIELD_event_date, deciding->effective);
    enum status status = check_own_id(deciding);
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_policy, FIELD_policy, &policy);
    }
    if (status != STATUS_OK) {
        return status;
    }
    if (!policy_is_live(deciding->facts, policy, on, &deciding->now)) {
        return not_covered(deciding, policy, on);
    }
    effect_state(deciding, MACHINE_CLAIM, CLAIM_FILED, deciding->effective);
    return STATUS_OK;
}

static void fold_filed(struct folding *folding)
{
    struct claim_row *row =
        claim_step_add(folding, CLAIM_STEP_FILED, field_int(folding->fields, FIELD_loss_fen, 0));
    row->policy = reference_fold(folding, KIND_policy, FIELD_policy);
    row->day = field_date(folding->fields, FIELD_event_date, DAY_NONE);
}

/* ---- claim.determined ---- */

/* Whom the insurer recognises holds a qualification on that day; the authority, or whom it
 * appoints, needs none (docs/rulings.md, 96). */
static bool is_qualified(const struct deciding *deciding, uint32_t assessor)
{
    const struct facts *facts = deciding->facts;
    struct viewpoint then = viewpoint_now(facts, deciding->effective);
    struct slice kind = slice_text("assessor");
    uint32_t survivor = party_survivor(facts, assessor, &then);
    return field_enum(deciding->fields, FIELD_recognised_by, recognised_by_names, -1) ==
               RECOGNISED_BY_ip_authority ||
           accreditation_open(facts, assessor, kind, &then) != NULL ||
           accreditation_open(facts, survivor, kind, &then) != NULL;
}

static enum status decide_determined(struct deciding *deciding)
{
    uint8_t next;
    uint32_t assessor;
    struct claim_figures figures;
    enum status status = claim_act_check(deciding, CLAIM_DETERMINE, &figures, &next);
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_party, FIELD_by, &assessor);
    }
    if (status == STATUS_OK) {
        effect_state(deciding, MACHINE_CLAIM, next, deciding->valid);
        if (!is_qualified(deciding, assessor)) {
            decide_flag(deciding, WARNING_ASSESSOR);
        }
    }
    return status;
}

static void fold_determined(struct folding *folding)
{
    struct claim_row *row = claim_step_add(folding, CLAIM_STEP_DETERMINED, AMOUNT_UNKNOWN);
    row->party = reference_fold(folding, KIND_party, FIELD_by);
    row->verdict =
        (uint8_t)field_enum(folding->fields, FIELD_verdict, claim_verdict_names, UINT8_MAX);
    row->recognised_by =
        (uint8_t)field_enum(folding->fields, FIELD_recognised_by, recognised_by_names, UINT8_MAX);
}

/* ---- claim.rejected ---- */

static enum status decide_rejected(struct deciding *deciding)
{
    uint8_t next;
    struct claim_figures figures;
    enum status status = claim_act_check(deciding, CLAIM_REJECT, &figures, &next);
    if (status == STATUS_OK) {
        effect_state(deciding, MACHINE_CLAIM, next, deciding->valid);
    }
    return status;
}

static void fold_rejected(struct folding *folding)
{
    struct claim_row *row = claim_step_add(folding, CLAIM_STEP_REJECTED, AMOUNT_UNKNOWN);
    row->day = field_date(folding->fields, FIELD_notice_date, DAY_NONE);
}

const struct handler claim_handlers[] = {
    {TYPE_claim_filed, decide_filed, fold_filed},
    {TYPE_claim_determined, decide_determined, fold_determined},
    {TYPE_claim_rejected, decide_rejected, fold_rejected},
    {TYPE_NONE, NULL, NULL},
};
