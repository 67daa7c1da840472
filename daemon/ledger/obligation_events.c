/* obligation.* and interest.assessed: what people say of a debt.
 *
 *   V1  The order of ruling 3: the owner's state, references, the obligation's state, amounts.
 *   V2  What is said holds from the later of its day and the obligation's own (design 4).
 *   V3  A waiver that the debtor refused is stored and does nothing (Civil Code art 575). */

#include "daemon/base/check.h"
#include "daemon/ledger/calendar.h"
#include "daemon/ledger/contract.h"
#include "daemon/ledger/cover.h"
#include "daemon/ledger/due.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/obligation_states.h"

/* ---- obligation.scheduled ---- */

static uint8_t owner_currency(const struct facts *facts, uint32_t owner,
                              const struct viewpoint *view)
{
    const struct contract_row *contract = aggregate_at(facts, owner)->kind == KIND_contract
                                              ? contract_row_at(facts, owner, view)
                                              : NULL;
    return contract != NULL ? contract->currency : (uint8_t)currency_index(slice_text("CNY"));
}

static enum status decide_scheduled(struct deciding *deciding)
{
    struct terms_row terms;
    uint32_t no;
    uint8_t next;
    enum status status = STATUS_OK;
    if (deciding->event->kind == KIND_contract) {
        status =
            contract_state_check(deciding, deciding->aggregate, deciding->event->type_id, &next);
    }
    if (status == STATUS_OK) {
        uint8_t currency = owner_currency(deciding->facts, deciding->aggregate, &deciding->now);
        status = obligation_terms_read(deciding, deciding->facts, deciding->event->data, "data",
                                       currency, &terms, &no);
    }
    if (status != STATUS_OK) {
        return status;
    }
    if (obligation_find(deciding->facts, deciding->aggregate, no, &deciding->now) !=
        OBLIGATION_NONE) {
        (void)fault_set(deciding->fault, STATUS_E_EXISTS, "data.no");
        fault_detail(deciding->fault, "no=%u next=%u", (unsigned)no,
                     (unsigned)obligation_highest_no(deciding->facts, deciding->aggregate) + 1);
        return STATUS_E_EXISTS;
    }
    status = obligation_condition_check(deciding, deciding->event->data, "data");
    if (status != STATUS_OK) {
        return status;
    }
    effect_valid(deciding,
                 deciding->event->kind == KIND_contract
                     ? contract_valid_from(deciding->facts, deciding->aggregate, &deciding->now)
                     : DAY_NONE);
    return STATUS_OK;
}

static void fold_scheduled(struct folding *folding)
{
    struct terms_row terms;
    uint32_t no;
    struct viewpoint now = viewpoint_now(folding->facts, DAY_MAX);
    uint8_t currency = owner_currency(folding->facts, folding->aggregate, &now);
    enum status status = obligation_terms_read(NULL, folding->facts, folding->event->data, "",
                                               currency, &terms, &no);
    INVARIANT(status == STATUS_OK);
    (void)obligation_add(folding->facts, folding->seq, folding->valid, folding->aggregate, no,
                         &terms);
}

/* ---- due dates ---- */

static enum status decide_rescheduled(struct deciding *deciding)
{
    uint32_t obligation;
    struct obligation_figures figures;
    enum status status =
        obligation_named(deciding, FIELD_no, "data.no", ACT_RESCHEDULE, &obligation, &figures);
    if (status == STATUS_OK) {
        const struct obligation_row *row = facts_row(deciding->facts, FACT_OBLIGATION, obligation);
        int32_t day = row->fact.valid > deciding->effective ? row->fact.valid : deciding->effective;
        effect_move(deciding, MOVE_DUE, obligation, field_date(deciding->fields, FIELD_new_due, 0),
                    day, field_bool(deciding->fields, FIELD_keep_interest));
    }
    return status;
}

/* A demand restarts limitation (art 195); what is payable on demand falls due by it (art 511). */
static enum status decide_demanded(struct deciding *deciding)
{
    uint32_t obligation;
    uint32_t by;
    struct obligation_figures figures;
    enum status status =
        obligation_named(deciding, FIELD_no, "data.no", ACT_DEMAND, &obligation, &figures);
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_party, FIELD_by, &by);
    }
    if (status == STATUS_OK) {
        int32_t on = field_date(deciding->fields, FIELD_on, deciding->effective);
        int32_t day = obligation_valid_day(deciding->facts, obligation, &figures, on);
        effect_move(deciding, MOVE_DEMAND, obligation, on, day, 0);
        if (figures.terms->due.base == DUE_NO_TERM && figures.due == DAY_NONE) {
            effect_move(deciding, MOVE_DUE, obligation, on, day, 0);
        }
    }
    return status;
}

/* ---- disputes ---- */

/* What is disputed as recorded, also beyond what is outstanding now (ruling 11). */
static int64_t disputed_raw(const struct deciding *deciding, uint32_t obligation)
{
    int64_t sum = 0;
    uint32_t at;
    const struct move_row *move =
        facts_first(deciding->facts, FACT_MOVE, obligation, &deciding->now, &at);
    for (; move != NULL; move = facts_next(deciding->facts, FACT_MOVE, &deciding->now, &at)) {
        sum += move->kind == MOVE_DISPUTE ? move->amount : 0;
        sum -= move->kind == MOVE_UNDISPUTE ? move->amount : 0;
    }
    return sum;
}

static enum status decide_disputed(struct deciding *deciding)
{
    uint32_t obligation;
    struct obligation_figures figures;
    int64_t amount = field_int(deciding->fields, FIELD_amount_fen, 0);
    enum status status =
        obligation_named(deciding, FIELD_no, "data.no", ACT_DISPUTE, &obligation, &figures);
    if (status == STATUS_OK && amount > figures.outstanding) {
        status = obligation_exceeds(deciding, "data.amount_fen", figures.outstanding, amount);
    }
    if (status == STATUS_OK) {
        int32_t day =
            obligation_valid_day(deciding->facts, obligation, &figures, deciding->effective);
        effect_move(deciding, MOVE_DISPUTE, obligation, amount, day, 0);
    }
    return status;
}

static enum status decide_resolved(struct deciding *deciding)
{
    uint32_t obligation;
    struct obligation_figures figures;
    enum status status =
        obligation_named(deciding, FIELD_no, "data.no", ACT_RESOLVE, &obligation, &figures);
    if (status != STATUS_OK) {
        return status;
    }
    int64_t raw = disputed_raw(deciding, obligation);
    if (raw == 0) {
        (void)fault_set(deciding->fault, STATUS_E_NOT_DISPUTED, "data.no");
        fault_state(deciding->fault, "obligation", obligation_state_name(figures.state));
        fault_legal(deciding->fault, "obligation.disputed");
        return STATUS_E_NOT_DISPUTED;
    }
    int outcome = field_enum(deciding->fields, FIELD_outcome, dispute_outcome_names, 0);
    int64_t less = outcome == DISPUTE_OUTCOME_cancelled
                       ? figures.disputed
                       : field_int(deciding->fields, FIELD_reduce_fen, 0);
    if (less > figures.disputed) {
        return obligation_exceeds(deciding, "data.reduce_fen", figures.disputed, less);
    }
    int32_t day = obligation_valid_day(deciding->facts, obligation, &figures, deciding->effective);
    effect_move(deciding, MOVE_UNDISPUTE, obligation, raw, day, 0);
    if (less > 0) {
        effect_move(deciding, MOVE_EXTINGUISH, obligation, less, day, 0);
    }
    return STATUS_OK;
}

/* ---- waivers ---- */

static enum status decide_waived(struct deciding *deciding)
{
    uint32_t obligation;
    struct obligation_figures figures;
    int64_t amount = field_int(deciding->fields, FIELD_amount_fen, 0);
    enum status status =
        obligation_named(deciding, FIELD_no, "data.no", ACT_WAIVE, &obligation, &figures);
    if (status != STATUS_OK) {
        return status;
    }
    int64_t open = figures.contingent + figures.outstanding + figures.written_off;
    if (amount > open) {
        return obligation_exceeds(deciding, "data.amount_fen", open, amount);
    }
    if (field_bool(deciding->fields, FIELD_refused)) {
        return STATUS_OK; /* V3 */
    }
    if (cover_is_secured(deciding->facts, deciding->aggregate, deciding->effective,
                         &deciding->now)) {
        decide_flag(deciding, WARNING_COVER_PREJUDICED); /* Insurance Law art 61 */
    }
    if (amount > 0) {
        int32_t day =
            obligation_valid_day(deciding->facts, obligation, &figures, deciding->effective);
        effect_move(deciding, MOVE_WAIVE, obligation, amount, day, 0);
    }
    return STATUS_OK;
}

/* ---- interest.assessed ---- */

/* Interest as computed to `upto`, paid and assessed taken off (ruling 8). */
static int64_t interest_to(const struct deciding *deciding, uint32_t obligation, int32_t upto)
{
    struct obligation_figures figures;
    struct viewpoint then = viewpoint_now(deciding->facts, upto);
    obligation_evaluate(deciding->facts, obligation, &then, &figures);
    return figures.interest_due;
}

static enum status decide_interest(struct deciding *deciding)
{
    uint32_t obligation;
    struct obligation_figures figures;
    int64_t amount = field_int(deciding->fields, FIELD_amount_fen, 0);
    int32_t upto = field_date(deciding->fields, FIELD_upto, deciding->effective);
    enum status status =
        obligation_named(deciding, FIELD_of, "data.of", ACT_INTEREST, &obligation, &figures);
    if (status != STATUS_OK) {
        return status;
    }
    int64_t computed = interest_to(deciding, obligation, upto);
    if (amount != computed && !field_bool(deciding->fields, FIELD_agreed)) {
        (void)fault_set(deciding->fault, STATUS_E_AMOUNT_MISMATCH, "data.amount_fen");
        fault_detail(deciding->fault, "computed=%lld given=%lld", (long long)computed,
                     (long long)amount);
        return STATUS_E_AMOUNT_MISMATCH;
    }
    struct terms_row terms = {
        .amount_fen = amount,
        .debtor = figures.terms->debtor,
        .creditor = figures.terms->creditor,
        .due = {.base = DUE_BASE_date,
                .unit = DUE_UNIT_d,
                .roll = DUE_ROLL_following,
                .date = upto},
        .accrual_from = DAY_NONE,
        .accrual_to = DAY_NONE,
        .kind = OBLIGATION_KIND_interest,
        .condition = CONDITION_NONE,
        .on_termination = ON_TERMINATION_survive,
        .currency = figures.terms->currency,
        .of = obligation,
    };
    uint32_t no = obligation_highest_no(deciding->facts, deciding->aggregate) + 1; /* ruling 9 */
    int32_t day = obligation_valid_day(deciding->facts, obligation, &figures, deciding->effective);
    effect_obligation(deciding, deciding->aggregate, no, day, &terms);
    return STATUS_OK;
}

const struct handler obligation_handlers[] = {
    {TYPE_obligation_scheduled, decide_scheduled, fold_scheduled},
    {TYPE_obligation_rescheduled, decide_rescheduled, NULL},
    {TYPE_obligation_demanded, decide_demanded, NULL},
    {TYPE_obligation_disputed, decide_disputed, NULL},
    {TYPE_obligation_dispute_resolved, decide_resolved, NULL},
    {TYPE_obligation_waived, decide_waived, NULL},
    {TYPE_interest_assessed, decide_interest, NULL},
    {TYPE_NONE, NULL, NULL},
};
