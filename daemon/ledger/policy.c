/* Insurance policies over contracts and technologies.
 *
 *   I1  A policy may cover a contract while it is signed and not closed (domain 3.1).
 *   I2  Cover above the insured value is void (Insurance Law art 55) and flagged W_OVER_INSURED.
 *       A value is known for performance cover, the total of its contracts; failure cover pays
 *       costs that no contract states. */

#include <stdio.h>

#include "daemon/ledger/contract.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/policy.h"

enum status policy_check_contracts(struct deciding *deciding, struct slice list, const char *path)
{
    enum status status = decide_references(deciding, KIND_contract, list, path);
    struct cursor in = cursor_over(list);
    uint32_t count = 0;
    if (status != STATUS_OK || list.len == 0 || !cursor_array(&in, &count)) {
        return status;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct slice id = {0};
        uint8_t next;
        (void)cursor_text(&in, &id);
        uint32_t contract = aggregate_find(deciding->facts, KIND_contract, id, UINT64_MAX);
        status = contract_state_check(deciding, contract, TYPE_policy_bound, &next);
        if (status != STATUS_OK) {
            (void)snprintf(deciding->fault->field, sizeof(deciding->fault->field), "%s[%u]", path,
                           (unsigned)i);
            return status;
        }
    }
    return STATUS_OK;
}

static bool is_cny(const struct contract_row *row)
{
    return row != NULL && strcmp(currency_code(row->currency), "CNY") == 0;
}

/* I2: the sum of the contracts' totals, or AMOUNT_UNKNOWN. */
static int64_t insured_value(const struct deciding *deciding, struct slice list)
{
    const struct facts *facts = deciding->facts;
    struct cursor in = cursor_over(list);
    uint32_t count = 0;
    int64_t value = 0;
    if (list.len == 0 || !cursor_array(&in, &count) || count == 0) {
        return AMOUNT_UNKNOWN;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct slice id = {0};
        (void)cursor_text(&in, &id);
        uint32_t contract = aggregate_find(facts, KIND_contract, id, UINT64_MAX);
        int64_t total = contract_total(facts, contract, &deciding->now);
        if (total == AMOUNT_UNKNOWN || !is_cny(contract_row_at(facts, contract, &deciding->now))) {
            return AMOUNT_UNKNOWN;
        }
        value += total;
    }
    return value;
}

void policy_flag_value(struct deciding *deciding, int product, int64_t sum_fen, struct slice list)
{
    int64_t value = insured_value(deciding, list);
    if (product == POLICY_PRODUCT_performance && value != AMOUNT_UNKNOWN && sum_fen > value) {
        decide_flag(deciding, WARNING_OVER_INSURED);
    }
}

static enum status check_names(struct deciding *deciding)
{
    const struct fields *fields = deciding->fields;
    uint32_t found;
    enum status status = decide_reference_maybe(deciding, KIND_party, FIELD_beneficiary, &found);
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_party, FIELD_holder, &found);
    }
    if (status == STATUS_OK) {
        status = decide_references(deciding, KIND_party, fields->at[FIELD_insured], "data.insured");
    }
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_party, FIELD_insurer, &found);
    }
    if (status == STATUS_OK) {
        status = decide_references(deciding, KIND_technology, fields->at[FIELD_technologies],
                                   "data.technologies");
    }
    return status;
}

static enum status decide_bound(struct deciding *deciding)
{
    const struct fields *fields = deciding->fields;
    struct slice contracts = fields->at[FIELD_contracts];
    enum status status = policy_check_contracts(deciding, contracts, "data.contracts");
    if (status == STATUS_OK) {
        status = check_names(deciding);
    }
    if (status != STATUS_OK) {
        return status;
    }
    policy_flag_value(deciding, field_enum(fields, FIELD_product, policy_product_names, -1),
                      field_int(fields, FIELD_sum_fen, 0), contracts);
    effect_state(deciding, MACHINE_POLICY, POLICY_BOUND, deciding->effective);
    return STATUS_OK;
}

static void fold_bound(struct folding *folding)
{
    const struct fields *fields = folding->fields;
    struct list_ref contracts = references_fold(folding, KIND_contract, FIELD_contracts);
    struct list_ref technologies = references_fold(folding, KIND_technology, FIELD_technologies);
    struct list_ref insured = references_fold(folding, KIND_party, FIELD_insured);
    struct policy_row *row =
        facts_add(folding->facts, FACT_POLICY, folding->seq, folding->valid, folding->aggregate);
    row->sum_fen = field_int(fields, FIELD_sum_fen, 0);
    row->deductible_fen = field_int(fields, FIELD_deductible_fen, 0);
    row->premium_fen = field_int(fields, FIELD_premium_fen, 0);
    row->contracts = contracts;
    row->technologies = technologies;
    row->insured = insured;
    row->insurer = reference_fold(folding, KIND_party, FIELD_insurer);
    row->holder = reference_fold(folding, KIND_party, FIELD_holder);
    row->from = field_date(fields, FIELD_from, DAY_NONE);
    row->to = field_date(fields, FIELD_to, DAY_NONE);
    row->cover_ppm = (int32_t)field_int(fields, FIELD_cover_ppm, 0);
    row->product = (uint8_t)field_enum(fields, FIELD_product, policy_product_names, UINT8_MAX);
}

const struct handler policy_handlers[] = {
    {TYPE_policy_bound, decide_bound, fold_bound},
    {TYPE_NONE, NULL, NULL},
};
