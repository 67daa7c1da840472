/* Pledges: registered, changed, repaid, and how they end.
 *
 *     REGISTERED ──released──▶ RELEASED
 *        │  ▲ │
 *        │  └─┘ changed, loan_repaid        after the end: E_CLOSED
 *        └──enforced──▶ ENFORCED
 *
 *   P3  The loan is never below what was paid back of it (E_AMOUNT_EXCEEDS).
 *   P4  A release says nothing of the balance: that the creditor let the pledge go is a fact
 *       whatever is still owed. */

#include "daemon/ledger/pledge.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/reference.h"

static enum status check_open(struct deciding *deciding)
{
    int32_t since;
    uint8_t state =
        state_since(deciding->facts, MACHINE_PLEDGE, deciding->aggregate, &deciding->now, &since);
    effect_valid(deciding, since);
    if (state == PLEDGE_REGISTERED) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_CLOSED, "agg");
    fault_state(deciding->fault, machine_name(MACHINE_PLEDGE), state_name(MACHINE_PLEDGE, state));
    fault_legal(deciding->fault, "note.added");
    return STATUS_E_CLOSED;
}

static enum status exceeds(struct deciding *deciding, const char *field, const char *what,
                           int64_t most, int64_t given)
{
    (void)fault_set(deciding->fault, STATUS_E_AMOUNT_EXCEEDS, field);
    fault_detail(deciding->fault, "%s=%lld given=%lld", what, (long long)most, (long long)given);
    return STATUS_E_AMOUNT_EXCEEDS;
}

static enum status check_parties(struct deciding *deciding)
{
    uint32_t found;
    enum status status = decide_reference_maybe(deciding, KIND_party, FIELD_debtor, &found);
    if (status == STATUS_OK) {
        status = decide_reference_maybe(deciding, KIND_party, FIELD_pledgee, &found);
    }
    if (status == STATUS_OK) {
        status = decide_reference_maybe(deciding, KIND_party, FIELD_pledgor, &found);
    }
    if (status == STATUS_OK) {
        status = decide_references(deciding, KIND_technology,
                                   deciding->fields->at[FIELD_technologies], "data.technologies");
    }
    return status;
}

/* A loan falls due no earlier than it was made. */
static enum status check_loan_dates(struct deciding *deciding, int32_t loan_date, int32_t due)
{
    if (loan_date <= due) {
        return STATUS_OK;
    }
    char first[11];
    char last[11];
    date_format(loan_date, first);
    date_format(due, last);
    (void)fault_set(deciding->fault, STATUS_E_DATE_ORDER,
                    field_present(deciding->fields, FIELD_due) ? "data.due" : "data.loan_date");
    fault_detail(deciding->fault, "loan_date=%s due=%s", first, last);
    return STATUS_E_DATE_ORDER;
}

/* ---- pledge.registered, pledge.changed ---- */

static enum status decide_registered(struct deciding *deciding)
{
    const struct fields *fields = deciding->fields;
    enum status status = check_loan_dates(deciding, field_date(fields, FIELD_loan_date, DAY_NONE),
                                          field_date(fields, FIELD_due, DAY_NONE));
    if (status == STATUS_OK) {
        status = check_parties(deciding);
    }
    if (status == STATUS_OK) {
        effect_state(deciding, MACHINE_PLEDGE, PLEDGE_REGISTERED, deciding->effective);
    }
    return status;
}

static bool changes_something(const struct fields *fields)
{
    static const enum field_id changeable[] = {FIELD_debtor,      FIELD_due,     FIELD_loan_date,
                                               FIELD_loan_fen,    FIELD_pledgee, FIELD_pledgor,
                                               FIELD_technologies};
    for (size_t i = 0; i < sizeof(changeable) / sizeof(changeable[0]); i++) {
        if (field_present(fields, changeable[i])) {
            return true;
        }
    }
    return false;
}

static enum status decide_changed(struct deciding *deciding)
{
    const struct fields *fields = deciding->fields;
    if (!changes_something(fields)) {
        (void)fault_set(deciding->fault, STATUS_E_BAD_FIELD, "data");
        fault_detail(deciding->fault, "changes nothing");
        return STATUS_E_BAD_FIELD;
    }
    enum status status = check_open(deciding);
    const struct pledge_row *old =
        pledge_terms(deciding->facts, deciding->aggregate, &deciding->now);
    effect_valid(deciding, old->fact.valid); /* P2 */
    if (status == STATUS_OK) {
        status = check_loan_dates(deciding, field_date(fields, FIELD_loan_date, old->loan_date),
                                  field_date(fields, FIELD_due, old->due));
    }
    if (status == STATUS_OK) {
        status = check_parties(deciding);
    }
    int64_t repaid = pledge_repaid(deciding->facts, deciding->aggregate, &deciding->now);
    int64_t loan = field_int(fields, FIELD_loan_fen, old->amount);
    if (status == STATUS_OK && loan < repaid) { /* P3 */
        status = exceeds(deciding, "data.loan_fen", "repaid", repaid, loan);
    }
    return status;
}

static uint32_t party_or(struct folding *folding, enum field_id field, uint32_t otherwise)
{
    uint32_t party = reference_fold(folding, KIND_party, field);
    return party == AGGREGATE_NONE ? otherwise : party;
}

/* Terms of the body over those of `old`, which is NULL at the registration. */
static void fold_terms(struct folding *folding, enum pledge_step step, const struct pledge_row *old)
{
    const struct fields *fields = folding->fields;
    bool listed = old == NULL || field_present(fields, FIELD_technologies);
    struct list_ref list = old != NULL ? old->technologies : (struct list_ref){0, 0};
    if (listed) {
        list = references_fold(folding, KIND_technology, FIELD_technologies);
    }
    struct pledge_row *row =
        facts_add(folding->facts, FACT_PLEDGE, folding->seq, folding->valid, folding->aggregate);
    row->amount = field_int(fields, FIELD_loan_fen, old == NULL ? 0 : old->amount);
    row->technologies = list;
    row->pledge_no = old == NULL ? facts_text(folding->facts, field_text(fields, FIELD_pledge_no))
                                 : old->pledge_no;
    row->pledgor = party_or(folding, FIELD_pledgor, old == NULL ? AGGREGATE_NONE : old->pledgor);
    row->pledgee = party_or(folding, FIELD_pledgee, old == NULL ? AGGREGATE_NONE : old->pledgee);
    row->debtor = party_or(folding, FIELD_debtor, old == NULL ? AGGREGATE_NONE : old->debtor);
    row->loan_date = field_date(fields, FIELD_loan_date, old == NULL ? DAY_NONE : old->loan_date);
    row->due = field_date(fields, FIELD_due, old == NULL ? DAY_NONE : old->due);
    row->step = (uint8_t)step;
    for (uint32_t i = 0; listed && i < list.count; i++) {
        struct encumbrance_row *on =
            facts_add(folding->facts, FACT_ENCUMBRANCE, folding->seq, folding->valid,
                      share_at(folding->facts, list, i)->aggregate);
        on->pledge = folding->aggregate;
    }
}

static void fold_registered(struct folding *folding)
{
    fold_terms(folding, PLEDGE_STEP_REGISTERED, NULL);
}

static void fold_changed(struct folding *folding)
{
    struct viewpoint now = viewpoint_now(folding->facts, DAY_MAX);
    fold_terms(folding, PLEDGE_STEP_CHANGED,
               pledge_terms(folding->facts, folding->aggregate, &now));
}

/* ---- money, and the end ---- */

static enum status decide_repaid(struct deciding *deciding)
{
    int64_t amount = field_int(deciding->fields, FIELD_amount_fen, 0);
    enum status status = check_open(deciding);
    if (status != STATUS_OK) {
        return status;
    }
    int64_t balance = pledge_balance(deciding->facts, deciding->aggregate, &deciding->now);
    return amount > balance ? exceeds(deciding, "data.amount_fen", "balance", balance, amount)
                            : STATUS_OK;
}

static void add_money(struct folding *folding, enum pledge_step step, enum field_id field)
{
    struct pledge_row *row =
        facts_add(folding->facts, FACT_PLEDGE, folding->seq, folding->valid, folding->aggregate);
    row->amount = field_int(folding->fields, field, 0);
    row->pledgor = row->pledgee = row->debtor = AGGREGATE_NONE;
    row->loan_date = row->due = DAY_NONE;
    row->step = (uint8_t)step;
}

static void fold_repaid(struct folding *folding)
{
    add_money(folding, PLEDGE_STEP_REPAID, FIELD_amount_fen);
}

static enum status decide_enforced(struct deciding *deciding)
{
    enum status status = check_open(deciding);
    if (status == STATUS_OK) {
        effect_state(deciding, MACHINE_PLEDGE, PLEDGE_ENFORCED, deciding->valid);
    }
    return status;
}

static void fold_enforced(struct folding *folding)
{
    add_money(folding, PLEDGE_STEP_ENFORCED, FIELD_proceeds_fen);
}

static enum status decide_released(struct deciding *deciding)
{
    enum status status = check_open(deciding);
    if (status == STATUS_OK) {
        effect_state(deciding, MACHINE_PLEDGE, PLEDGE_RELEASED, deciding->valid);
    }
    return status;
}

const struct handler pledge_handlers[] = {
    {TYPE_pledge_registered, decide_registered, fold_registered},
    {TYPE_pledge_changed, decide_changed, fold_changed},
    {TYPE_pledge_loan_repaid, decide_repaid, fold_repaid},
    {TYPE_pledge_enforced, decide_enforced, fold_enforced},
    {TYPE_pledge_released, decide_released, NULL},
    {TYPE_NONE, NULL, NULL},
};
