/* How a debt ends, shrinks or passes on without money: set-off, assignment, write-off; and what
 * the debtor says of it.
 *
 *   S1  A set-off takes the same principal from both sides on one day: from the debt that the
 *       event numbers, and from `other`, the asserting party's own claim against its creditor,
 *       which must be due (Civil Code art 568, ruling 14).
 *   S2  An assigned part becomes an obligation of its own, as the old one stands: same debtor,
 *       condition and due date. What is owed, contingent and disputed in all is as before; what
 *       no longer fits into the rest of a dispute goes with the part (arts 547-548).
 *   S3  A write-off takes what is overdue off the creditor's books, not away from the debtor: money
 *       that still comes is a recovery and moves it to paid.
 *   S4  An acknowledgement changes no amount; it restarts limitation (art 195). It is compared
 *       with the principal on its day, whatever was paid later (ruling 38). */

#include "daemon/base/check.h"
#include "daemon/ledger/due.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/merger.h"
#include "daemon/ledger/obligation_states.h"

static int64_t given(const struct deciding *deciding)
{
    return field_int(deciding->fields, FIELD_amount_fen, 0);
}

/* ---- obligation.acknowledged ---- */

static enum status decide_acknowledged(struct deciding *deciding)
{
    uint32_t obligation;
    uint32_t by;
    struct obligation_figures figures;
    enum status status =
        obligation_named(deciding, FIELD_no, "data.no", ACT_ACKNOWLEDGE, &obligation, &figures);
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_party, FIELD_by, &by);
    }
    if (status == STATUS_OK) {
        int32_t on = field_date(deciding->fields, FIELD_on, deciding->effective);
        const struct obligation_row *row = facts_row(deciding->facts, FACT_OBLIGATION, obligation);
        int32_t day = row->fact.valid > on ? row->fact.valid : on;
        struct obligation_figures then;
        struct viewpoint on_day = viewpoint_now(deciding->facts, day);
        obligation_evaluate(deciding->facts, obligation, &on_day, &then);
        if (given(deciding) != then.contingent + then.outstanding + then.written_off) { /* S4 */
            decide_flag(deciding, WARNING_ACK_DIFFERS);
        }
        effect_move(deciding, MOVE_ACKNOWLEDGE, obligation, given(deciding), day, 0);
    }
    return status;
}

/* ---- obligation.written_off ---- */

static enum status not_due(struct deciding *deciding, const struct obligation_figures *figures,
                           const char *field)
{
    char due[11] = "";
    (void)fault_set(deciding->fault, STATUS_E_NOT_DUE, field);
    fault_state(deciding->fault, "obligation", obligation_state_name(figures->state));
    if (figures->due != DAY_NONE) {
        date_format(figures->due, due);
    }
    fault_detail(deciding->fault, "due=%s", due);
    fault_legal(deciding->fault, "obligation.waived");
    if (figures->due == DAY_NONE) {
        fault_legal(deciding->fault, "obligation.demanded");
    }
    return STATUS_E_NOT_DUE;
}

static enum status decide_written_off(struct deciding *deciding)
{
    uint32_t obligation;
    struct obligation_figures figures;
    int64_t amount = given(deciding);
    enum status status =
        obligation_named(deciding, FIELD_no, "data.no", ACT_WRITE_OFF, &obligation, &figures);
    if (status != STATUS_OK) {
        return status;
    }
    int32_t day = obligation_valid_day(deciding->facts, obligation, &figures, deciding->effective);
    if (figures.due == DAY_NONE || figures.due >= day) { /* due today is not overdue */
        return not_due(deciding, &figures, "data.no");
    }
    if (amount > figures.outstanding) {
        return obligation_exceeds(deciding, "data.amount_fen", figures.outstanding, amount);
    }
    if (amount > 0) {
        effect_move(deciding, MOVE_WRITE_OFF, obligation, amount, day, 0);
    }
    return STATUS_OK;
}

/* ---- obligation.set_off ---- */

struct side {
    uint32_t obligation;
    struct obligation_figures figures;
};

/* `other`: its owner's state, the obligation, its own state. */
static enum status read_other(struct deciding *deciding, struct side *other)
{
    struct fields ref;
    uint32_t owner;
    uint8_t next;
    bool parsed = fields_parse(deciding->fields->at[FIELD_other], &ref);
    INVARIANT(parsed);
    enum status status =
        decide_owner(deciding, field_text(&ref, FIELD_owner), "data.other.owner", &owner);
    if (status == STATUS_OK && aggregate_at(deciding->facts, owner)->kind == KIND_contract) {
        status = contract_state_check(deciding, owner, deciding->event->type_id, &next);
    }
    if (status == STATUS_OK) {
        status = obligation_of(deciding, owner, (uint32_t)field_int(&ref, FIELD_no, 0),
                               "data.other.no", &other->obligation, &other->figures);
    }
    if (status == STATUS_OK) {
        status = obligation_state_check(deciding, ACT_SET_OFF, &other->figures, "data.other.no");
    }
    return status;
}

/* Do the two stand against each other? The debtor of one is the creditor of the other. */
static enum status check_sides(struct deciding *deciding, const struct side *debt,
                               const struct side *other)
{
    const struct terms_row *ours = debt->figures.terms;
    const struct terms_row *theirs = other->figures.terms;
    struct fault *fault = deciding->fault;
    if (!party_same(deciding->facts, ours->debtor, theirs->creditor, &deciding->now) ||
        !party_same(deciding->facts, ours->creditor, theirs->debtor, &deciding->now)) {
        struct slice creditor = aggregate_id(deciding->facts, theirs->creditor);
        struct slice debtor = aggregate_id(deciding->facts, theirs->debtor);
        (void)fault_set(fault, STATUS_E_BAD_FIELD, "data.other");
        fault_detail(fault, "not a claim against the creditor: creditor=%.*s debtor=%.*s",
                     (int)creditor.len, (const char *)creditor.data, (int)debtor.len,
                     (const char *)debtor.data);
        return STATUS_E_BAD_FIELD;
    }
    if (ours->currency != theirs->currency) {
        (void)fault_set(fault, STATUS_E_CURRENCY_MISMATCH, "data.other");
        fault_detail(fault, "obligation=%s other=%s", currency_code(ours->currency),
                     currency_code(theirs->currency));
        return STATUS_E_CURRENCY_MISMATCH;
    }
    return STATUS_OK;
}

static enum status decide_set_off(struct deciding *deciding)
{
    struct side debt;
    struct side other;
    int64_t amount = given(deciding);
    enum status status = obligation_named(deciding, FIELD_no, "data.no", ACT_SET_OFF,
                                          &debt.obligation, &debt.figures);
    if (status == STATUS_OK) {
        status = read_other(deciding, &other);
    }
    if (status == STATUS_OK) {
        status = check_sides(deciding, &debt, &other);
    }
    if (status != STATUS_OK) {
        return status;
    }
    int32_t day =
        obligation_valid_day(deciding->facts, debt.obligation, &debt.figures, deciding->effective);
    day = obligation_valid_day(deciding->facts, other.obligation, &other.figures, day);
    if (other.figures.due == DAY_NONE || other.figures.due > day) {
        return not_due(deciding, &other.figures, "data.other.no");
    }
    int64_t most = debt.figures.outstanding < other.figures.outstanding ? debt.figures.outstanding
                                                                        : other.figures.outstanding;
    if (amount > most) {
        return obligation_exceeds(deciding, "data.amount_fen", most, amount);
    }
    if (amount > 0) { /* S1 */
        effect_move(deciding, MOVE_SET_OFF, debt.obligation, amount, day, 0);
        effect_move(deciding, MOVE_SET_OFF, other.obligation, amount, day, 0);
    }
    return STATUS_OK;
}

/* ---- obligation.assigned ---- */

/* Newest rescheduling or demand by (valid, seq) that set a due date; NULL if none did. */
static const struct move_row *last_due(const struct deciding *deciding, uint32_t obligation)
{
    const struct move_row *last = NULL;
    uint32_t at;
    const struct move_row *row =
        facts_first(deciding->facts, FACT_MOVE, obligation, &deciding->now, &at);
    for (; row != NULL; row = facts_next(deciding->facts, FACT_MOVE, &deciding->now, &at)) {
        if (row->kind == MOVE_DUE && (last == NULL || row->fact.valid > last->fact.valid)) {
            last = row; /* of one day the one recorded last comes first */
        }
    }
    return last;
}

/* The part is due when the whole was: by the same term where that alone says when, else by the
 * day that it came to. A met condition is behind it. */
static void assigned_due(const struct deciding *deciding, uint32_t obligation,
                         const struct obligation_figures *figures, struct terms_row *terms)
{
    const struct obligation_row *row = facts_row(deciding->facts, FACT_OBLIGATION, obligation);
    const struct move_row *moved = last_due(deciding, obligation);
    bool opened = terms->condition != CONDITION_NONE && figures->opened != DAY_NONE;
    bool stated = terms->due.base == DUE_BASE_statement || terms->due.base == DUE_BASE_period_end;
    int32_t day = moved != NULL ? (int32_t)moved->amount
                                : due_day(deciding->facts, row->fact.key, obligation, &terms->due,
                                          &deciding->now);
    if (opened) {
        terms->condition = CONDITION_NONE;
        terms->milestone = 0;
        day = day != DAY_NONE && figures->opened > day ? figures->opened : day;
    }
    if (day != DAY_NONE && (moved != NULL || opened || stated)) {
        uint8_t roll = terms->due.base == DUE_NO_TERM ? DUE_ROLL_following : terms->due.roll;
        terms->due = (struct due_terms){
            .base = DUE_BASE_date, .unit = DUE_UNIT_d, .roll = roll, .date = day};
    }
}

static enum status check_creditor(struct deciding *deciding, uint32_t creditor,
                                  const struct terms_row *terms)
{
    const struct facts *facts = deciding->facts;
    bool self = party_same(facts, creditor, terms->debtor, &deciding->now);
    bool already = party_same(facts, creditor, terms->creditor, &deciding->now);
    enum status code = self ? STATUS_E_SELF_DEAL : already ? STATUS_E_BAD_FIELD : STATUS_OK;
    if (code != STATUS_OK) {
        (void)fault_set(deciding->fault, code, "data.new_creditor");
        fault_detail(deciding->fault, self ? "is the debtor" : "is the creditor already");
    }
    return code;
}

static void assign(struct deciding *deciding, uint32_t obligation,
                   const struct obligation_figures *figures, uint32_t creditor)
{
    const struct obligation_row *row = facts_row(deciding->facts, FACT_OBLIGATION, obligation);
    uint32_t owner = row->fact.key;
    uint32_t no = obligation_highest_no(deciding->facts, owner) + 1; /* ruling 9 */
    int64_t amount = given(deciding);
    int64_t rest = figures->outstanding + figures->contingent - amount;
    int64_t disputed = figures->disputed > rest ? figures->disputed - rest : 0; /* S2 */
    int32_t day = obligation_valid_day(deciding->facts, obligation, figures, deciding->effective);
    struct terms_row terms = *figures->terms;
    terms.amount_fen = amount;
    terms.creditor = creditor;
    terms.of = UINT32_MAX; /* what was assessed is counted once, on the first */
    assigned_due(deciding, obligation, figures, &terms);
    effect_obligation(deciding, owner, no, day, &terms);
    effect_move(deciding, MOVE_ASSIGN, obligation, amount, day, no);
    if (disputed > 0) {
        effect_move(deciding, MOVE_UNDISPUTE, obligation, disputed, day, 0);
        effect_move_made(deciding, MOVE_DISPUTE, owner, no, disputed, day);
    }
}

static enum status decide_assigned(struct deciding *deciding)
{
    uint32_t obligation;
    uint32_t creditor;
    struct obligation_figures figures;
    enum status status =
        obligation_named(deciding, FIELD_no, "data.no", ACT_ASSIGN, &obligation, &figures);
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_party, FIELD_new_creditor, &creditor);
    }
    if (status == STATUS_OK) {
        status = check_creditor(deciding, creditor, figures.terms);
    }
    if (status != STATUS_OK) {
        return status;
    }
    int64_t open = figures.outstanding + figures.contingent;
    if (given(deciding) > open) {
        return obligation_exceeds(deciding, "data.amount_fen", open, given(deciding));
    }
    if (given(deciding) > 0) {
        assign(deciding, obligation, &figures, creditor);
    }
    return STATUS_OK;
}

const struct handler settlement_handlers[] = {
    {TYPE_obligation_acknowledged, decide_acknowledged, NULL},
    {TYPE_obligation_set_off, decide_set_off, NULL},
    {TYPE_obligation_assigned, decide_assigned, NULL},
    {TYPE_obligation_written_off, decide_written_off, NULL},
    {TYPE_NONE, NULL, NULL},
};
