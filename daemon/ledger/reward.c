/* Rewards to those who made the technology (Promotion of Transformation Law arts 43-45).
 *
 *   W1  At least half of the net income of a licence or transfer, and half of the shares, go to
 *       the persons who made it; of a public institution less is flagged W_BELOW_FLOOR. The law
 *       leaves others to their own agreement (art 44).
 *   W2  The floor is on what the event says was the net income, rounded as money is; how the event
 *       compares with what was received is the projection `rewards`. */

#include "daemon/ledger/reward.h"

#include "daemon/ledger/contract.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/money.h"

int64_t reward_floor(int64_t net_income_fen)
{
    return net_income_fen > 0 ? divide_rounded(net_income_fen, 2, ROUND_HALF_AWAY) : 0;
}

static bool is_public(uint8_t kind)
{
    return kind == PARTY_KIND_gov || kind == PARTY_KIND_institute ||
           kind == PARTY_KIND_university || kind == PARTY_KIND_medical ||
           kind == PARTY_KIND_inst_other;
}

bool reward_is_due(const struct facts *facts, uint32_t contract, const struct viewpoint *view)
{
    const struct contract_row *row = contract_row_at(facts, contract, view);
    for (uint32_t i = 0; row != NULL && i < row->sellers.count; i++) {
        int64_t kind;
        if (attribute_at(facts, share_at(facts, row->sellers, i)->aggregate, FIELD_kind, view,
                         &kind) &&
            is_public((uint8_t)kind)) {
            return true;
        }
    }
    return false;
}

/* {party, amount_fen} of the lines, one after the other. */
static bool line_next(struct cursor *in, uint32_t *left, struct slice *ret_party, int64_t *ret_fen)
{
    struct slice map;
    struct slice value;
    *ret_party = (struct slice){0};
    *ret_fen = 0;
    if (*left == 0 || !cursor_value(in, &map)) {
        return false;
    }
    (*left)--;
    if (map_find(map, "party", &value)) {
        (void)value_text(value, ret_party);
    }
    if (map_find(map, "amount_fen", &value)) {
        (void)value_int(value, ret_fen);
    }
    return true;
}

static int64_t paid_of(const struct fields *fields)
{
    uint32_t left;
    struct slice party;
    int64_t fen;
    int64_t sum = 0; /* 1,024 amounts of 9e15 at most: within int64 */
    struct cursor in = shares_of(fields, FIELD_lines, &left);
    while (line_next(&in, &left, &party, &fen)) {
        sum += fen;
    }
    return sum;
}

static enum status check_lines(struct deciding *deciding)
{
    uint32_t left;
    struct slice party;
    int64_t fen;
    uint32_t found;
    struct cursor in = shares_of(deciding->fields, FIELD_lines, &left);
    for (uint32_t i = 0; line_next(&in, &left, &party, &fen); i++) {
        enum status status = decide_reference_id(deciding, KIND_party, party, "data.lines", &found);
        if (status != STATUS_OK) {
            fault_field_index(deciding->fault, i);
            fault_field_key(deciding->fault, slice_text("party"));
            return status;
        }
    }
    if (paid_of(deciding->fields) <= AMOUNT_FEN_MAX) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_RANGE, "data.lines");
    fault_detail(deciding->fault, "sum=%lld", (long long)paid_of(deciding->fields));
    return STATUS_E_RANGE;
}

static enum status decide_paid(struct deciding *deciding)
{
    uint8_t next;
    enum status status =
        contract_state_check(deciding, deciding->aggregate, TYPE_reward_paid, &next);
    if (status == STATUS_OK) {
        status = contract_repeated(deciding);
    }
    if (status == STATUS_OK) {
        status = check_lines(deciding);
    }
    if (status != STATUS_OK) {
        return status;
    }
    struct viewpoint then = viewpoint_now(deciding->facts, deciding->effective);
    int64_t floor = reward_floor(field_int(deciding->fields, FIELD_net_income_fen, 0));
    if (paid_of(deciding->fields) < floor &&
        reward_is_due(deciding->facts, deciding->aggregate, &then)) {
        decide_flag(deciding, WARNING_BELOW_FLOOR); /* W1 */
    }
    effect_valid(deciding,
                 contract_valid_from(deciding->facts, deciding->aggregate, &deciding->now));
    return STATUS_OK;
}

static void fold_paid(struct folding *folding)
{
    const struct fields *fields = folding->fields;
    uint32_t persons;
    (void)shares_of(fields, FIELD_lines, &persons);
    struct reward_row *row =
        facts_add(folding->facts, FACT_REWARD, folding->seq, folding->valid, folding->aggregate);
    row->net_income_fen = field_int(fields, FIELD_net_income_fen, 0);
    row->paid_fen = paid_of(fields);
    row->persons = persons;
    row->form = (uint8_t)field_enum(fields, FIELD_form, reward_form_names, UINT8_MAX);
}

const struct handler reward_handlers[] = {
    {TYPE_reward_paid, decide_paid, fold_paid},
    {TYPE_NONE, NULL, NULL},
};
