/* Milestones and the verdict on the expected effect: what conditional sums wait for.
 *
 *   P1  A milestone is one that the contract names, in its list or in a condition or due date of an
 *       obligation; delivery, acceptance and first_sale may be reached in any contract
 *       (ruling 19). `effect` is the verdict's own name.
 *   P2  What is decided once stays, until the decision is reversed: E_ALREADY_DECIDED. A verdict
 *       for which nothing waits is accepted (rulings 19, 38).
 *   P3  Reached opens what waits, missed or not reached extinguishes it, partial does both in
 *       proportion (domain 3.2; Civil Code art 158); a condition prevented in bad faith counts as
 *       met (art 159): basis deemed_159 says so, the verdict is the same. */

#include "daemon/ledger/contract.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/obligation.h"

static bool is_reserved(struct slice id)
{
    return slice_is(id, "delivery") || slice_is(id, "acceptance") || slice_is(id, "first_sale");
}

/* Does any obligation of the contract wait for this milestone or count from it? */
static bool obligations_name(const struct deciding *deciding, struct slice id)
{
    const struct facts *facts = deciding->facts;
    uint32_t at = facts_head(facts, FACT_OBLIGATION, deciding->aggregate, false);
    while (at != NO_ROW) {
        const struct obligation_row *row = facts_row(facts, FACT_OBLIGATION, at - 1);
        uint32_t terms_at;
        const struct terms_row *terms =
            facts_first(facts, FACT_TERMS, at - 1, &deciding->now, &terms_at);
        if (terms != NULL && (slice_equal(text_of(facts, terms->milestone), id) ||
                              slice_equal(text_of(facts, terms->due.milestone), id))) {
            return true;
        }
        at = row->fact.prev;
    }
    return false;
}

static enum status check_known(struct deciding *deciding, struct slice id, bool reached)
{
    struct slice list =
        contract_term_bytes(deciding->facts, deciding->aggregate, FIELD_milestones, &deciding->now);
    if ((reached && is_reserved(id)) || milestone_listed(list, id, UINT32_MAX) ||
        (!slice_is(id, "effect") && obligations_name(deciding, id))) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_BAD_FIELD, "data.milestone");
    fault_detail(deciding->fault, "milestone=%.*s unknown", (int)id.len, (const char *)id.data);
    if (reached) {
        fault_legal(deciding->fault, "delivery");
        fault_legal(deciding->fault, "acceptance");
        fault_legal(deciding->fault, "first_sale");
    }
    return STATUS_E_BAD_FIELD;
}

/* P2 */
static enum status check_undecided(struct deciding *deciding, struct slice name, const char *field)
{
    const struct facts *facts = deciding->facts;
    uint32_t at;
    for (const struct condition_row *row =
             facts_first(facts, FACT_CONDITION, deciding->aggregate, &deciding->now, &at);
         row != NULL; row = facts_next(facts, FACT_CONDITION, &deciding->now, &at)) {
        if (slice_equal(text_of(facts, row->name), name)) {
            (void)fault_set(deciding->fault, STATUS_E_ALREADY_DECIDED, field);
            fault_state(deciding->fault, "condition", outcome_names[row->outcome]);
            fault_detail(deciding->fault, "seq=%llu", (unsigned long long)row->fact.seq);
            fault_legal(deciding->fault, "event.reversed");
            return STATUS_E_ALREADY_DECIDED;
        }
    }
    return STATUS_OK;
}

static enum status check_state(struct deciding *deciding)
{
    uint8_t next;
    enum status status =
        contract_state_check(deciding, deciding->aggregate, deciding->event->type_id, &next);
    if (status == STATUS_OK) {
        effect_valid(deciding,
                     contract_valid_from(deciding->facts, deciding->aggregate, &deciding->now));
    }
    return status;
}

static enum status decide_milestone(struct deciding *deciding, enum condition_outcome outcome)
{
    struct slice id = field_text(deciding->fields, FIELD_milestone);
    enum status status = check_state(deciding);
    if (status == STATUS_OK) {
        status = check_known(deciding, id, outcome == OUTCOME_REACHED);
    }
    if (status == STATUS_OK) {
        status = check_undecided(deciding, id, "data.milestone");
    }
    if (status != STATUS_OK) {
        return status;
    }
    effect_condition(deciding, id, outcome, deciding->effective, 0);
    enum condition_kind kind =
        slice_is(id, "first_sale") ? CONDITION_FIRST_SALE : CONDITION_MILESTONE;
    (void)obligations_on_condition(deciding, deciding->aggregate, kind, id, outcome, 0,
                                   deciding->effective);
    return STATUS_OK;
}

static enum status decide_reached(struct deciding *deciding)
{
    return decide_milestone(deciding, OUTCOME_REACHED);
}

static enum status decide_missed(struct deciding *deciding)
{
    return decide_milestone(deciding, OUTCOME_MISSED);
}

static enum status decide_evaluated(struct deciding *deciding)
{
    static const enum condition_outcome outcomes[] = {
        [VERDICT_reached] = OUTCOME_REACHED,
        [VERDICT_not_reached] = OUTCOME_NOT_REACHED,
        [VERDICT_partial] = OUTCOME_PARTIAL,
    };
    struct slice name = slice_text("effect");
    enum status status = check_state(deciding);
    if (status == STATUS_OK) {
        status = check_undecided(deciding, name, "data.verdict");
    }
    if (status != STATUS_OK) {
        return status;
    }
    int verdict = field_enum(deciding->fields, FIELD_verdict, verdict_names, VERDICT_reached);
    int32_t share = outcomes[verdict] == OUTCOME_PARTIAL
                        ? (int32_t)field_int(deciding->fields, FIELD_share_ppm, 0)
                        : 0;
    effect_condition(deciding, name, outcomes[verdict], deciding->effective, share);
    (void)obligations_on_condition(deciding, deciding->aggregate, CONDITION_EFFECT,
                                   slice_of(NULL, 0), outcomes[verdict], share,
                                   deciding->effective);
    return STATUS_OK;
}

const struct handler performance_handlers[] = {
    {TYPE_milestone_reached, decide_reached, NULL},
    {TYPE_milestone_missed, decide_missed, NULL},
    {TYPE_effect_evaluated, decide_evaluated, NULL},
    {TYPE_NONE, NULL, NULL},
};
