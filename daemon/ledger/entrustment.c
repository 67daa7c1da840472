/* Technologies under an operator's management (托管).
 *
 *     none ──entrusted──▶ open ──entrustment_ended──▶ none     per technology, operator and scope
 *
 *   E1  One entrustment is open at a time per operator and scope. An end without a scope ends all
 *       of that operator's.
 *   E2  What is under management at a day follows from rows and dates alone: begun by that day,
 *       its last day not past, not ended, and the right neither lapsed, void nor expired. An end's
 *       own day is the first not counted.
 *   E3  Two operators at the same time are a matter of fact, also where one was to be alone:
 *       W_EXCLUSIVE_CONFLICT. An entrustment without a scope is of any. */

#include "daemon/ledger/entrustment.h"

#include "daemon/ledger/effects.h"
#include "daemon/ledger/merger.h"
#include "daemon/ledger/technology.h"

static bool same_scope(const struct facts *facts, const struct entrustment_row *row,
                       uint32_t operator_party, struct slice scope)
{
    bool scoped = row->ended && row->scope == 0; /* ends them all */
    return row->operator_party == operator_party &&
           (scoped || slice_equal(text_of(facts, row->scope), scope));
}

bool entrustment_is_open(const struct facts *facts, const struct entrustment_row *began,
                         const struct viewpoint *view)
{
    uint32_t at;
    struct slice scope = text_of(facts, began->scope);
    const struct entrustment_row *row =
        facts_first(facts, FACT_ENTRUSTMENT, began->fact.key, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_ENTRUSTMENT, view, &at)) {
        if (row->fact.seq > began->fact.seq && row->ended &&
            same_scope(facts, row, began->operator_party, scope)) {
            return false;
        }
    }
    return !began->ended;
}

/* The open one of this operator; with `any`, whatever its scope. */
static const struct entrustment_row *
find_open(const struct deciding *deciding, uint32_t operator_party, struct slice scope, bool any)
{
    const struct facts *facts = deciding->facts;
    uint32_t at;
    const struct entrustment_row *row =
        facts_first(facts, FACT_ENTRUSTMENT, deciding->aggregate, &deciding->now, &at);
    for (; row != NULL; row = facts_next(facts, FACT_ENTRUSTMENT, &deciding->now, &at)) {
        if (!row->ended && row->operator_party == operator_party &&
            (any || slice_equal(text_of(facts, row->scope), scope)) &&
            entrustment_is_open(facts, row, &deciding->now)) {
            return row;
        }
    }
    return NULL;
}

/* E3 */
static bool conflicts(const struct deciding *deciding, const struct entrustment_row *row,
                      uint32_t operator_party)
{
    const struct facts *facts = deciding->facts;
    const struct fields *fields = deciding->fields;
    struct slice scope = field_text(fields, FIELD_scope);
    int32_t from = field_date(fields, FIELD_from, DAY_NONE);
    int32_t to = field_date(fields, FIELD_to, DAY_NONE);
    return !row->ended && (row->exclusive || field_bool(fields, FIELD_exclusive)) &&
           !party_same(facts, row->operator_party, operator_party, &deciding->now) &&
           (row->to == DAY_NONE || row->to >= from) && (to == DAY_NONE || row->from <= to) &&
           (scope.len == 0 || row->scope == 0 || slice_equal(text_of(facts, row->scope), scope)) &&
           entrustment_is_open(facts, row, &deciding->now);
}

static void flag_conflict(struct deciding *deciding, uint32_t operator_party)
{
    uint32_t at;
    const struct entrustment_row *row =
        facts_first(deciding->facts, FACT_ENTRUSTMENT, deciding->aggregate, &deciding->now, &at);
    while (row != NULL && !conflicts(deciding, row, operator_party)) {
        row = facts_next(deciding->facts, FACT_ENTRUSTMENT, &deciding->now, &at);
    }
    if (row != NULL) {
        decide_flag(deciding, WARNING_EXCLUSIVE_CONFLICT);
    }
}

static enum status refuse(struct deciding *deciding, enum status code, const char *state,
                          const char *legal)
{
    (void)fault_set(deciding->fault, code, "data.operator");
    fault_state(deciding->fault, "entrustment", state);
    fault_legal(deciding->fault, legal);
    return code;
}

static enum status decide_entrusted(struct deciding *deciding)
{
    uint32_t contract;
    uint32_t operator_party = AGGREGATE_NONE;
    technology_hold(deciding);
    enum status status = decide_reference_maybe(deciding, KIND_contract, FIELD_contract, &contract);
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_party, FIELD_operator, &operator_party);
    }
    if (status == STATUS_OK &&
        find_open(deciding, operator_party, field_text(deciding->fields, FIELD_scope), false) !=
            NULL) {
        return refuse(deciding, STATUS_E_EXISTS, "open", "technology.entrustment_ended");
    }
    if (status == STATUS_OK) {
        flag_conflict(deciding, operator_party);
    }
    return status;
}

static enum status decide_ended(struct deciding *deciding)
{
    uint32_t operator_party = AGGREGATE_NONE;
    const struct entrustment_row *row = NULL;
    struct slice scope = field_text(deciding->fields, FIELD_scope);
    technology_hold(deciding);
    enum status status = decide_reference(deciding, KIND_party, FIELD_operator, &operator_party);
    if (status == STATUS_OK) {
        row = find_open(deciding, operator_party, scope,
                        !field_present(deciding->fields, FIELD_scope));
        if (row == NULL) {
            return refuse(deciding, STATUS_E_ILLEGAL_STATE, "none open", "technology.entrusted");
        }
        effect_valid(deciding, row->fact.valid);
    }
    return status;
}

static struct entrustment_row *fold(struct folding *folding)
{
    const struct fields *fields = folding->fields;
    text_ref scope = facts_text(folding->facts, field_text(fields, FIELD_scope));
    struct entrustment_row *row = facts_add(folding->facts, FACT_ENTRUSTMENT, folding->seq,
                                            folding->valid, folding->aggregate);
    row->scope = scope;
    row->operator_party = reference_fold(folding, KIND_party, FIELD_operator);
    row->contract = reference_fold(folding, KIND_contract, FIELD_contract);
    row->from = field_date(fields, FIELD_from, DAY_NONE);
    row->to = field_date(fields, FIELD_to, DAY_NONE);
    row->revenue_share_ppm = (int32_t)field_int(fields, FIELD_revenue_share_ppm, -1);
    row->exclusive = field_bool(fields, FIELD_exclusive);
    return row;
}

static void fold_entrusted(struct folding *folding)
{
    (void)fold(folding);
}

static void fold_ended(struct folding *folding)
{
    fold(folding)->ended = true;
}

const struct handler entrustment_handlers[] = {
    {TYPE_technology_entrusted, decide_entrusted, fold_entrusted},
    {TYPE_technology_entrustment_ended, decide_ended, fold_ended},
    {TYPE_NONE, NULL, NULL},
};
