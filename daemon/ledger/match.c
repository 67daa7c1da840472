/* Needs, introductions and commissions.
 *
 *     OPEN ──closed──▶ CLOSED      need and match alike; closed twice E_CLOSED
 *
 *   N1  An intermediary is paid if the contract comes about, half by each side unless agreed
 *       otherwise (Civil Code arts 961-964).
 *   N2  A commission is a promise, not a debt: what is payable is scheduled as an obligation
 *       (ruling 28). A broker who is a party of the contract is flagged W_SELF_BROKER. */

#include "daemon/ledger/attributes.h"
#include "daemon/ledger/contract.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/merger.h"
#include "daemon/ledger/money.h"

#define ABSENT 255

static enum status decide_need(struct deciding *deciding)
{
    uint32_t party;
    enum status status = decide_reference(deciding, KIND_party, FIELD_party, &party);
    if (status == STATUS_OK) {
        effect_state(deciding, MACHINE_NEED, OPEN_OPEN, deciding->effective);
    }
    return status;
}

/* What is looked for, as attributes: an answer groups open needs by them. */
static void fold_need(struct folding *folding)
{
    attributes_fold(folding, &folding->event->type->data, folding->fields, NULL);
}

/* Still open? The effect holds no earlier than the opening. */
static enum status check_open(struct deciding *deciding, enum machine machine)
{
    int32_t since;
    uint8_t state =
        state_since(deciding->facts, machine, deciding->aggregate, &deciding->now, &since);
    effect_valid(deciding, since);
    if (state == OPEN_OPEN) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_CLOSED, "agg");
    fault_state(deciding->fault, machine_name(machine), state_name(machine, state));
    fault_legal(deciding->fault, "note.added");
    if (machine == MACHINE_MATCH) {
        fault_legal(deciding->fault, "commission.agreed");
    }
    return STATUS_E_CLOSED;
}

static enum status decide_need_closed(struct deciding *deciding)
{
    enum status status = check_open(deciding, MACHINE_NEED);
    if (status == STATUS_OK) {
        effect_state(deciding, MACHINE_NEED, OPEN_CLOSED, deciding->valid);
    }
    return status;
}

static enum status decide_introduced(struct deciding *deciding)
{
    uint32_t broker;
    uint32_t buyer = AGGREGATE_NONE;
    uint32_t need;
    uint32_t seller = AGGREGATE_NONE;
    uint32_t technology;
    enum status status = decide_reference_maybe(deciding, KIND_party, FIELD_broker, &broker);
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_party, FIELD_buyer, &buyer);
    }
    if (status == STATUS_OK) {
        status = decide_reference_maybe(deciding, KIND_need, FIELD_need, &need);
    }
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_party, FIELD_seller, &seller);
    }
    if (status == STATUS_OK) {
        status = decide_reference_maybe(deciding, KIND_technology, FIELD_technology, &technology);
    }
    if (status == STATUS_OK && party_same(deciding->facts, seller, buyer, &deciding->now)) {
        status = fault_set(deciding->fault, STATUS_E_SELF_DEAL, "data.seller");
    }
    if (status == STATUS_OK) {
        effect_state(deciding, MACHINE_MATCH, OPEN_OPEN, deciding->effective);
    }
    return status;
}

static enum status decide_closed(struct deciding *deciding)
{
    uint32_t contract;
    enum status status = check_open(deciding, MACHINE_MATCH);
    if (status == STATUS_OK) {
        status = decide_reference_maybe(deciding, KIND_contract, FIELD_contract, &contract);
    }
    if (status == STATUS_OK) {
        effect_state(deciding, MACHINE_MATCH, OPEN_CLOSED, deciding->valid);
    }
    return status;
}

static void fold_match(struct folding *folding)
{
    const struct fields *fields = folding->fields;
    struct match_row *row =
        facts_add(folding->facts, FACT_MATCH, folding->seq, folding->valid, folding->aggregate);
    row->amount_fen = field_int(fields, FIELD_amount_fen, AMOUNT_UNKNOWN);
    row->need = reference_fold(folding, KIND_need, FIELD_need);
    row->technology = reference_fold(folding, KIND_technology, FIELD_technology);
    row->seller = reference_fold(folding, KIND_party, FIELD_seller);
    row->buyer = reference_fold(folding, KIND_party, FIELD_buyer);
    row->broker = reference_fold(folding, KIND_party, FIELD_broker);
    row->contract = reference_fold(folding, KIND_contract, FIELD_contract);
    row->outcome = (uint8_t)field_enum(fields, FIELD_outcome, match_outcome_names, ABSENT);
}

/* ---- commission ---- */

static bool is_match(const struct deciding *deciding)
{
    return deciding->event->kind == KIND_match;
}

/* Repeated in the data, it must be the event's own aggregate (ruling 6). */
static enum status check_repeated(struct deciding *deciding, enum field_id field,
                                  enum aggregate_kind kind)
{
    uint32_t found;
    enum status status = decide_reference_maybe(deciding, kind, field, &found);
    if (status == STATUS_OK && deciding->event->kind == kind && found != AGGREGATE_NONE &&
        found != deciding->aggregate) {
        (void)fault_set(deciding->fault, STATUS_E_BAD_FIELD, "data");
        fault_field_key(deciding->fault, slice_text(field_name(field)));
        fault_detail(deciding->fault, "differs from agg");
        return STATUS_E_BAD_FIELD;
    }
    return status;
}

static const struct match_row *introduction(const struct facts *facts, uint32_t match,
                                            const struct viewpoint *now)
{
    uint32_t at;
    const struct match_row *row = facts_first(facts, FACT_MATCH, match, now, &at);
    while (row != NULL && row->outcome != ABSENT) {
        row = facts_next(facts, FACT_MATCH, now, &at);
    }
    return row;
}

static bool is_self_broker(const struct deciding *deciding, uint32_t broker)
{
    if (is_match(deciding)) {
        const struct match_row *row =
            introduction(deciding->facts, deciding->aggregate, &deciding->now);
        return row != NULL && (party_same(deciding->facts, row->seller, broker, &deciding->now) ||
                               party_same(deciding->facts, row->buyer, broker, &deciding->now));
    }
    return contract_has_party(deciding->facts, deciding->aggregate, broker, &deciding->now);
}

/* A rate, or an amount: which, the basis says. */
static enum status check_basis(struct deciding *deciding)
{
    int basis = field_enum(deciding->fields, FIELD_basis, commission_basis_names, -1);
    enum field_id needed = basis == COMMISSION_BASIS_fixed ? FIELD_amount_fen : FIELD_rate_ppm;
    if (field_present(deciding->fields, needed)) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_MISSING_FIELD, "data");
    fault_field_key(deciding->fault, slice_text(field_name(needed)));
    fault_detail(deciding->fault, "basis=%s", commission_basis_names[basis]);
    return STATUS_E_MISSING_FIELD;
}

/* Day from which the contract or match is there: no commission on it holds earlier. */
static int32_t first_day(const struct deciding *deciding)
{
    int32_t first = DAY_NONE;
    uint32_t at;
    for (const struct state_row *row =
             facts_first(deciding->facts, FACT_STATE, deciding->aggregate, &deciding->now, &at);
         row != NULL; row = facts_next(deciding->facts, FACT_STATE, &deciding->now, &at)) {
        first = row->fact.valid; /* the oldest is the last */
    }
    return first;
}

static enum status decide_commission(struct deciding *deciding)
{
    uint8_t next;
    uint32_t broker = AGGREGATE_NONE;
    enum status status = check_basis(deciding);
    effect_valid(deciding, first_day(deciding));
    if (status == STATUS_OK && !is_match(deciding)) {
        status = contract_state_check(deciding, deciding->aggregate, TYPE_commission_agreed, &next);
    }
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_party, FIELD_broker, &broker);
    }
    if (status == STATUS_OK) {
        status = check_repeated(deciding, FIELD_contract, KIND_contract);
    }
    if (status == STATUS_OK) {
        status = check_repeated(deciding, FIELD_match, KIND_match);
    }
    if (status == STATUS_OK) {
        status = decide_share_parties(deciding, FIELD_payers);
    }
    if (status == STATUS_OK && field_present(deciding->fields, FIELD_payers)) {
        status = decide_share_sum(deciding, FIELD_payers);
    }
    if (status == STATUS_OK && is_self_broker(deciding, broker)) {
        decide_flag(deciding, WARNING_SELF_BROKER);
    }
    return status;
}

/* One side's half, among its parties by their shares (N1). */
static void add_half(struct facts *facts, struct list_ref *payers, struct list_ref side)
{
    int64_t weights[LIST_ITEMS_MAX / 2];
    int64_t parts[LIST_ITEMS_MAX / 2];
    uint32_t count = side.count < LIST_ITEMS_MAX / 2 ? side.count : LIST_ITEMS_MAX / 2;
    for (uint32_t i = 0; i < count; i++) {
        weights[i] = share_at(facts, side, i)->ppm;
    }
    if (count == 0) {
        return;
    }
    split_amount(PPM_ONE / 2, weights, count, parts);
    for (uint32_t i = 0; i < count; i++) {
        shares_add(facts, payers, share_at(facts, side, i)->aggregate, (int32_t)parts[i]);
    }
}

static struct list_ref default_payers(struct folding *folding)
{
    struct facts *facts = folding->facts;
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    struct list_ref payers = shares_begin(facts);
    if (folding->event->kind == KIND_match) {
        const struct match_row *row = introduction(facts, folding->aggregate, &now);
        if (row != NULL) {
            shares_add(facts, &payers, row->seller, PPM_ONE / 2);
            shares_add(facts, &payers, row->buyer, PPM_ONE / 2);
        }
        return payers;
    }
    const struct contract_row *row = contract_row_at(facts, folding->aggregate, &now);
    if (row != NULL) {
        add_half(facts, &payers, row->sellers);
        add_half(facts, &payers, row->buyers);
    }
    return payers;
}

static void fold_commission(struct folding *folding)
{
    const struct fields *fields = folding->fields;
    struct list_ref payers = field_present(fields, FIELD_payers)
                                 ? shares_fold(folding, FIELD_payers)
                                 : default_payers(folding);
    struct commission_row *row = facts_add(folding->facts, FACT_COMMISSION, folding->seq,
                                           folding->valid, folding->aggregate);
    row->amount_fen = field_int(fields, FIELD_amount_fen, AMOUNT_UNKNOWN);
    row->cap_fen = field_int(fields, FIELD_cap_fen, AMOUNT_UNKNOWN);
    row->payers = payers;
    row->broker = reference_fold(folding, KIND_party, FIELD_broker);
    row->rate_ppm = (int32_t)field_int(fields, FIELD_rate_ppm, -1);
    row->basis = (uint8_t)field_enum(fields, FIELD_basis, commission_basis_names, ABSENT);
}

const struct handler match_handlers[] = {
    {TYPE_need_published, decide_need, fold_need},
    {TYPE_need_closed, decide_need_closed, NULL},
    {TYPE_match_introduced, decide_introduced, fold_match},
    {TYPE_match_closed, decide_closed, fold_match},
    {TYPE_commission_agreed, decide_commission, fold_commission},
    {TYPE_NONE, NULL, NULL},
};
