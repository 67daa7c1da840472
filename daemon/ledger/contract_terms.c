/* Asking about a contract: what was signed, as it was changed since (K1 of contract.h). */

#include "daemon/ledger/contract.h"
#include "daemon/ledger/due.h"
#include "daemon/ledger/merger.h"

const struct contract_row *contract_row_at(const struct facts *facts, uint32_t contract,
                                           const struct viewpoint *view)
{
    return contract_terms_at(facts, contract, view);
}

int64_t contract_term(const struct facts *facts, uint32_t contract, enum field_id field,
                      const struct viewpoint *view, int64_t signed_value)
{
    int64_t value;
    return attribute_at(facts, contract, field, view, &value) ? value : signed_value;
}

int64_t contract_total(const struct facts *facts, uint32_t contract, const struct viewpoint *view)
{
    const struct contract_row *row = contract_row_at(facts, contract, view);
    int64_t total = row == NULL ? AMOUNT_UNKNOWN : row->total_fen;
    return contract_term(facts, contract, FIELD_total_fen, view, total);
}

struct slice contract_term_bytes(const struct facts *facts, uint32_t contract, enum field_id field,
                                 const struct viewpoint *view)
{
    int64_t value;
    return attribute_at(facts, contract, field, view, &value) ? text_of(facts, (text_ref)value)
                                                              : slice_of(NULL, 0);
}

int32_t contract_valid_from(const struct facts *facts, uint32_t contract,
                            const struct viewpoint *view)
{
    const struct contract_row *latest = contract_row_at(facts, contract, view);
    int32_t day = latest == NULL ? DAY_NONE : latest->fact.valid;
    uint32_t at;
    const struct contract_row *row = facts_first(facts, FACT_CONTRACT, contract, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_CONTRACT, view, &at)) {
        bool before = row->drafted == latest->drafted && row->fact.valid < day;
        day = before ? row->fact.valid : day; /* of the signing, not of a later novation */
    }
    return day;
}

int32_t contract_effect_day(const struct facts *facts, uint32_t contract,
                            const struct viewpoint *view)
{
    int32_t day = DAY_NONE;
    uint32_t at;
    for (const struct state_row *row = facts_first(facts, FACT_STATE, contract, view, &at);
         row != NULL; row = facts_next(facts, FACT_STATE, view, &at)) {
        bool active = row->machine == MACHINE_CONTRACT && row->state == CONTRACT_ACTIVE;
        if (active && (day == DAY_NONE || row->fact.valid < day)) {
            day = row->fact.valid;
        }
    }
    return day;
}

static bool listed(const struct facts *facts, struct list_ref list, uint32_t party,
                   const struct viewpoint *view)
{
    for (uint32_t i = 0; i < list.count; i++) {
        if (party_same(facts, share_at(facts, list, i)->aggregate, party, view)) {
            return true;
        }
    }
    return false;
}

bool contract_has_party(const struct facts *facts, uint32_t contract, uint32_t party,
                        const struct viewpoint *view)
{
    const struct contract_row *row = contract_row_at(facts, contract, view);
    return row != NULL &&
           (listed(facts, row->sellers, party, view) || listed(facts, row->buyers, party, view));
}
