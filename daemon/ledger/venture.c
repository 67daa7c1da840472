/* Ventures, and technology contributed for shares.
 *
 *   V1  A venture is there from its founding; the company that it is named by is a party.
 *   V2  equity.issued belongs to a contract and changes nothing about it: the shares are nobody's
 *       debt. Shares of the holders that are given add up to the whole at most; who else holds
 *       shares is the company's register to say. */

#include "daemon/ledger/contract.h"
#include "daemon/ledger/effects.h"

static enum status decide_founded(struct deciding *deciding)
{
    uint32_t company;
    enum status status = decide_reference(deciding, KIND_party, FIELD_company, &company);
    if (status == STATUS_OK) {
        status = decide_references(deciding, KIND_technology,
                                   deciding->fields->at[FIELD_technologies], "data.technologies");
    }
    if (status == STATUS_OK) {
        effect_state(deciding, MACHINE_RECORD, RECORD_MADE, deciding->effective);
    }
    return status;
}

static void fold_founded(struct folding *folding)
{
    const struct fields *fields = folding->fields;
    struct list_ref technologies = references_fold(folding, KIND_technology, FIELD_technologies);
    uint32_t founders;
    (void)shares_of(fields, FIELD_founders, &founders);
    struct venture_row *row =
        facts_add(folding->facts, FACT_VENTURE, folding->seq, folding->valid, folding->aggregate);
    row->technologies = technologies;
    row->company = reference_fold(folding, KIND_party, FIELD_company);
    row->founders = founders;
}

/* V2 */
static enum status check_holders(struct deciding *deciding)
{
    uint32_t left;
    struct share share;
    int64_t sum = 0;
    struct cursor in = shares_of(deciding->fields, FIELD_holders, &left);
    while (share_next(&in, &left, &share)) {
        sum += share.ppm;
    }
    if (sum <= PPM_ONE) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_SUM_MISMATCH, "data.holders");
    fault_detail(deciding->fault, "sum_ppm=%lld at_most=%d", (long long)sum, PPM_ONE);
    return STATUS_E_SUM_MISMATCH;
}

static enum status decide_issued(struct deciding *deciding)
{
    uint8_t next;
    uint32_t company;
    enum status status =
        contract_state_check(deciding, deciding->aggregate, TYPE_equity_issued, &next);
    if (status == STATUS_OK) {
        status = contract_repeated(deciding);
    }
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_party, FIELD_company, &company);
    }
    if (status == STATUS_OK) {
        status = decide_share_parties(deciding, FIELD_holders);
    }
    if (status == STATUS_OK) {
        status = check_holders(deciding);
    }
    if (status == STATUS_OK) {
        effect_valid(deciding,
                     contract_valid_from(deciding->facts, deciding->aggregate, &deciding->now));
    }
    return status;
}

static void fold_issued(struct folding *folding)
{
    const struct fields *fields = folding->fields;
    struct list_ref holders = shares_fold(folding, FIELD_holders);
    text_ref source = facts_text(folding->facts, field_text(fields, FIELD_source));
    struct equity_row *row =
        facts_add(folding->facts, FACT_EQUITY, folding->seq, folding->valid, folding->aggregate);
    row->valuation_fen = field_int(fields, FIELD_valuation_fen, 0);
    row->holders = holders;
    row->company = reference_fold(folding, KIND_party, FIELD_company);
    row->source = source;
}

const struct handler venture_handlers[] = {
    {TYPE_venture_founded, decide_founded, fold_founded},
    {TYPE_equity_issued, decide_issued, fold_issued},
    {TYPE_NONE, NULL, NULL},
};
