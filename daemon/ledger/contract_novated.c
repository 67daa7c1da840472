/* contract.novated: one side is taken over by another party, claims and debts together (Civil Code
 * arts 555-556).
 *
 *   N1  The contract gets a new row, the old one with the party replaced: whoever asks for the
 *       parties finds those of its day, and everything later names the new one. These rows go
 *       forward in valid time, as states do, so each is made of the one before.
 *   N2  Obligations of the contract that are not closed (contingent, open, written off) pass with
 *       their numbers, dates and interest; so does what was paid on them. Closed ones keep the
 *       party that settled them.
 *   N3  The broker's commission is a contract of its own and stays where it is. */

#include <stdlib.h>

#include "daemon/ledger/contract.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/obligation.h"

struct novation {
    const struct contract_row *row;
    uint32_t from, to;
    bool seller;
};

static bool listed(const struct facts *facts, struct list_ref list, uint32_t party)
{
    for (uint32_t i = 0; i < list.count; i++) {
        if (share_at(facts, list, i)->aggregate == party) {
            return true;
        }
    }
    return false;
}

static enum status refuse_party(struct deciding *deciding, enum status code, const char *field,
                                const char *why)
{
    (void)fault_set(deciding->fault, code, field);
    fault_detail(deciding->fault, "%s", why);
    return code;
}

/* Who leaves is on that side; who comes is not, and not on the other. */
static enum status check_parties(struct deciding *deciding, const struct novation *novation)
{
    const struct facts *facts = deciding->facts;
    struct list_ref side = novation->seller ? novation->row->sellers : novation->row->buyers;
    struct list_ref other = novation->seller ? novation->row->buyers : novation->row->sellers;
    if (!listed(facts, side, novation->from)) {
        return refuse_party(deciding, STATUS_E_BAD_FIELD, "data.from",
                            novation->seller ? "no seller" : "no buyer");
    }
    if (novation->to == novation->from) {
        return refuse_party(deciding, STATUS_E_BAD_FIELD, "data.to", "the party that leaves");
    }
    if (listed(facts, other, novation->to)) {
        return refuse_party(deciding, STATUS_E_SELF_DEAL, "data.to",
                            novation->seller ? "a buyer" : "a seller");
    }
    return STATUS_OK;
}

static bool passes(const struct obligation_figures *figures)
{
    return figures->terms->kind != OBLIGATION_KIND_commission &&
           (figures->state == OBLIGATION_CONTINGENT || figures->state == OBLIGATION_OPEN ||
            figures->state == OBLIGATION_WRITTEN_OFF);
}

/* N2. A debt to oneself would be none. */
static enum status pass_on(struct deciding *deciding, const struct novation *novation,
                           uint32_t obligation)
{
    struct obligation_figures figures;
    obligation_evaluate(deciding->facts, obligation, &deciding->now, &figures);
    bool owes = figures.terms->debtor == novation->from;
    bool is_owed = figures.terms->creditor == novation->from;
    if (!passes(&figures) || (!owes && !is_owed)) {
        return STATUS_OK;
    }
    if ((owes ? figures.terms->creditor : figures.terms->debtor) == novation->to) {
        const struct obligation_row *row = facts_row(deciding->facts, FACT_OBLIGATION, obligation);
        (void)fault_set(deciding->fault, STATUS_E_SELF_DEAL, "data.to");
        fault_detail(deciding->fault, "obligation=%u", (unsigned)row->no);
        return STATUS_E_SELF_DEAL;
    }
    effect_party(deciding, obligation, owes, novation->to, deciding->valid);
    return STATUS_OK;
}

static enum status decide_novated(struct deciding *deciding)
{
    uint8_t next;
    struct novation novation;
    int role = field_enum(deciding->fields, FIELD_role, novation_role_names, -1);
    enum status status = contract_state_leave(deciding, &next);
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_party, FIELD_from, &novation.from);
    }
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_party, FIELD_to, &novation.to);
    }
    if (status != STATUS_OK) {
        return status;
    }
    novation.seller = role == NOVATION_ROLE_seller;
    novation.row = contract_row_at(deciding->facts, deciding->aggregate, &deciding->now);
    effect_valid(deciding, novation.row->fact.valid); /* N1 */
    status = check_parties(deciding, &novation);
    size_t count;
    uint32_t *list = obligation_list(deciding->facts, deciding->aggregate, &deciding->now, &count);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        status = pass_on(deciding, &novation, list[i]);
    }
    free(list);
    return status;
}

/* The list with `from` replaced; who is in it already gets both shares. */
static struct list_ref with_party(struct facts *facts, struct list_ref old, uint32_t from,
                                  uint32_t to)
{
    struct list_ref list = shares_begin(facts);
    int32_t taken = 0;
    bool joins = listed(facts, old, to);
    for (uint32_t i = 0; i < old.count; i++) {
        const struct share_row *share = share_at(facts, old, i);
        taken += share->aggregate == from ? share->ppm : 0;
    }
    for (uint32_t i = 0; i < old.count; i++) {
        struct share_row share = *share_at(facts, old, i);
        if (share.aggregate == from && joins) {
            continue;
        }
        bool gains = share.aggregate == to;
        shares_add(facts, &list, share.aggregate == from ? to : share.aggregate,
                   gains ? share.ppm + taken : share.ppm);
    }
    return list;
}

static void fold_novated(struct folding *folding)
{
    struct facts *facts = folding->facts;
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    const struct contract_row *old = contract_row_at(facts, folding->aggregate, &now);
    int role = field_enum(folding->fields, FIELD_role, novation_role_names, -1);
    uint32_t from = reference_fold(folding, KIND_party, FIELD_from);
    uint32_t to = reference_fold(folding, KIND_party, FIELD_to);
    bool seller = role == NOVATION_ROLE_seller;
    struct list_ref side = with_party(facts, seller ? old->sellers : old->buyers, from, to);
    struct contract_row *row =
        facts_add(facts, FACT_CONTRACT, folding->seq, folding->valid, folding->aggregate);
    contract_row_copy(row, old);
    *(seller ? &row->sellers : &row->buyers) = side;
}

const struct handler novation_handlers[] = {
    {TYPE_contract_novated, decide_novated, fold_novated},
    {TYPE_NONE, NULL, NULL},
};
