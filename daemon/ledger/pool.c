/* Patent pools: formed, who joins and leaves, how money is shared.
 *
 *   P1  A party or a patent is in a pool once at a time (E_EXISTS), and leaves what it is in
 *       (E_ILLEGAL_STATE); days go forward for each of them (E_DATE_ORDER), as patent-days are
 *       counted between them.
 *   P2  A patent is brought in for an owner and taken out for the same one. That the owner is a
 *       member is not asked: pools admit and join in any order.
 *   P3  A member that leaves takes out no patent by itself.
 *   P4  What is not a member or a patent is an attribute of the pool: name, administrator, fee,
 *       rule, shares. */

#include "daemon/ledger/pool.h"

#include "daemon/ledger/attributes.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/reference.h"

/* ---- pool.formed ---- */

static enum status decide_formed(struct deciding *deciding)
{
    uint32_t admin;
    enum status status = decide_reference(deciding, KIND_party, FIELD_admin, &admin);
    if (status == STATUS_OK) {
        effect_state(deciding, MACHINE_POOL, POOL_FORMED, deciding->effective);
    }
    return status;
}

static void fold_body(struct folding *folding)
{
    attributes_fold(folding, &folding->event->type->data, folding->fields, NULL); /* P4 */
}

/* Nothing holds earlier than the pool. */
static void begin(struct deciding *deciding)
{
    int32_t since;
    (void)state_since(deciding->facts, MACHINE_POOL, deciding->aggregate, &deciding->now, &since);
    effect_valid(deciding, since);
}

/* ---- in and out ---- */

/* P1; `before` is what was said last: NULL, not in and never was. */
static enum status check_place(struct deciding *deciding, enum field_id field, bool enters,
                               bool inside, const struct fact *before)
{
    enum status code = STATUS_OK;
    if (enters && inside) {
        code = STATUS_E_EXISTS;
    } else if (!enters && !inside) {
        code = STATUS_E_ILLEGAL_STATE;
    }
    if (code != STATUS_OK) {
        (void)fault_set(deciding->fault, code, "data");
        fault_field_key(deciding->fault, slice_text(field_name(field)));
        fault_state(deciding->fault, field_name(field), inside ? "IN_POOL" : "NOT_IN_POOL");
        return code;
    }
    if (before != NULL && deciding->effective < before->valid) {
        char last[11];
        char given[11];
        date_format(before->valid, last);
        date_format(deciding->effective, given);
        (void)fault_set(deciding->fault, STATUS_E_DATE_ORDER, "data.on");
        fault_detail(deciding->fault, "last=%s given=%s", last, given);
        return STATUS_E_DATE_ORDER;
    }
    return STATUS_OK;
}

const struct pool_member_row *pool_member_at(const struct facts *facts, uint32_t pool,
                                             uint32_t party, const struct viewpoint *view)
{
    uint32_t at;
    const struct pool_member_row *row = facts_first(facts, FACT_POOL_MEMBER, pool, view, &at);
    while (row != NULL && row->party != party) {
        row = facts_next(facts, FACT_POOL_MEMBER, view, &at);
    }
    return row;
}

const struct pool_patent_row *pool_patent_at(const struct facts *facts, uint32_t pool,
                                             uint32_t technology, const struct viewpoint *view)
{
    uint32_t at;
    const struct pool_patent_row *row = facts_first(facts, FACT_POOL_PATENT, technology, view, &at);
    while (row != NULL && row->pool != pool) {
        row = facts_next(facts, FACT_POOL_PATENT, view, &at);
    }
    return row;
}

static enum status decide_member(struct deciding *deciding)
{
    uint32_t party;
    bool joins = deciding->event->type_id == TYPE_pool_member_admitted;
    enum status status = decide_reference(deciding, KIND_party, FIELD_party, &party);
    begin(deciding);
    if (status != STATUS_OK) {
        return status;
    }
    const struct pool_member_row *row =
        pool_member_at(deciding->facts, deciding->aggregate, party, &deciding->now);
    return check_place(deciding, FIELD_party, joins, row != NULL && row->joined,
                       row == NULL ? NULL : &row->fact);
}

static void fold_member(struct folding *folding)
{
    struct pool_member_row *row = facts_add(folding->facts, FACT_POOL_MEMBER, folding->seq,
                                            folding->valid, folding->aggregate);
    row->party = reference_fold(folding, KIND_party, FIELD_party);
    row->joined = folding->event->type_id == TYPE_pool_member_admitted;
}

static enum status decide_patent(struct deciding *deciding)
{
    uint32_t owner;
    uint32_t technology;
    bool enters = deciding->event->type_id == TYPE_pool_patent_admitted;
    enum status status = decide_reference(deciding, KIND_party, FIELD_owner, &owner);
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_technology, FIELD_technology, &technology);
    }
    begin(deciding);
    if (status != STATUS_OK) {
        return status;
    }
    const struct pool_patent_row *row =
        pool_patent_at(deciding->facts, deciding->aggregate, technology, &deciding->now);
    status = check_place(deciding, FIELD_technology, enters, row != NULL && row->admitted,
                         row == NULL ? NULL : &row->fact);
    if (status == STATUS_OK && !enters && row->owner != owner) { /* P2 */
        struct slice id = aggregate_id(deciding->facts, row->owner);
        (void)fault_set(deciding->fault, STATUS_E_BAD_FIELD, "data.owner");
        fault_detail(deciding->fault, "admitted_for=%.*s", (int)id.len, (const char *)id.data);
        return STATUS_E_BAD_FIELD;
    }
    return status;
}

static void fold_patent(struct folding *folding)
{
    uint32_t technology = reference_fold(folding, KIND_technology, FIELD_technology);
    struct pool_patent_row *row =
        facts_add(folding->facts, FACT_POOL_PATENT, folding->seq, folding->valid, technology);
    row->pool = folding->aggregate;
    row->owner = reference_fold(folding, KIND_party, FIELD_owner);
    row->weight_ppm = (int32_t)field_int(folding->fields, FIELD_weight_ppm, PPM_ONE);
    row->admitted = folding->event->type_id == TYPE_pool_patent_admitted;
}

/* ---- pool.rule_set ---- */

/* Fixed shares are shares of the whole. */
static enum status decide_rule(struct deciding *deciding)
{
    const struct fields *fields = deciding->fields;
    int basis = field_enum(fields, FIELD_basis, pool_basis_names, -1);
    bool shared = field_present(fields, FIELD_shares);
    begin(deciding);
    if (basis == POOL_BASIS_fixed_shares && !shared) {
        (void)fault_set(deciding->fault, STATUS_E_MISSING_FIELD, "data.shares");
        fault_detail(deciding->fault, "basis=fixed_shares");
        return STATUS_E_MISSING_FIELD;
    }
    enum status status = decide_share_parties(deciding, FIELD_shares);
    if (status == STATUS_OK && shared) {
        status = decide_share_sum(deciding, FIELD_shares);
    }
    return status;
}

const struct handler pool_handlers[] = {
    {TYPE_pool_formed, decide_formed, fold_body},
    {TYPE_pool_member_admitted, decide_member, fold_member},
    {TYPE_pool_member_left, decide_member, fold_member},
    {TYPE_pool_patent_admitted, decide_patent, fold_patent},
    {TYPE_pool_patent_removed, decide_patent, fold_patent},
    {TYPE_pool_rule_set, decide_rule, fold_body},
    {TYPE_NONE, NULL, NULL},
};
