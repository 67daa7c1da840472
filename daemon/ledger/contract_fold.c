/* contract.signed and contract.drafted as facts.
 *
 *   F1  The row has a column for what questions are grouped and filtered by; the rest that is
 *       asked for later is an attribute, written only if it was said.
 *   F2  What was not said is not made up here: a default is whoever reads it. */

#include "daemon/ledger/attributes.h"
#include "daemon/ledger/contract.h"
#include "daemon/ledger/royalty.h"

#define ABSENT 255

static const enum field_id term_attributes[] = {
    FIELD_effect,          FIELD_guarantors, FIELD_milestones, FIELD_parent,  FIELD_refs,
    FIELD_pledgee_consent, FIELD_tags,       FIELD_territory,  FIELD_parties, FIELD_COUNT,
};

static uint8_t enum_of(const struct fields *fields, enum field_id field, const char *const *names)
{
    return (uint8_t)field_enum(fields, field, names, ABSENT);
}

static void fold_kinds(struct contract_row *row, const struct fields *fields)
{
    row->type = enum_of(fields, FIELD_type, contract_type_names);
    row->subtype = enum_of(fields, FIELD_subtype, contract_subtype_names);
    row->grant = enum_of(fields, FIELD_grant, grant_kind_names);
    row->pay_mode = enum_of(fields, FIELD_pay_mode, pay_mode_names);
    row->ip_kind = enum_of(fields, FIELD_ip_kind, ip_kind_names);
    row->field = enum_of(fields, FIELD_field, technology_field_names);
    row->program = enum_of(fields, FIELD_program, program_names);
    row->effective_rule = enum_of(fields, FIELD_effective_rule, effective_rule_names);
    row->total_basis = enum_of(fields, FIELD_total_basis, total_basis_names);
    row->origin = enum_of(fields, FIELD_origin, origin_names);
    row->round = enum_of(fields, FIELD_round, rounding_names);
    row->on_invalid = enum_of(fields, FIELD_on_invalid, on_invalid_names);
    int currency = currency_index(field_text(fields, FIELD_currency));
    row->currency = currency < 0 ? ABSENT : (uint8_t)currency;
}

static void fold_dates(struct contract_row *row, const struct fields *fields)
{
    row->sign_date = field_date(fields, FIELD_sign_date, DAY_NONE);
    row->term_start = field_date(fields, FIELD_term_start, DAY_NONE);
    row->term_end = field_date(fields, FIELD_term_end, DAY_NONE);
}

static void fold_trial(struct contract_row *row, const struct fields *fields)
{
    WRITTEN_FIRST struct fields trial; /* by fields_parse() */
    row->trial_start = DAY_NONE;
    row->trial_end = DAY_NONE;
    row->on_silence = ABSENT;
    row->has_trial = field_present(fields, FIELD_trial);
    if (row->has_trial && fields_parse(fields->at[FIELD_trial], &trial)) {
        row->trial_start = field_date(&trial, FIELD_start, DAY_NONE);
        row->trial_end = field_date(&trial, FIELD_end, DAY_NONE);
        row->on_silence = enum_of(&trial, FIELD_on_silence, on_silence_names);
    }
}

static void fold_late(struct contract_row *row, const struct fields *fields)
{
    WRITTEN_FIRST struct fields late; /* by fields_parse() */
    row->late_daily_ppm = row->late_annual_ppm = row->late_cap_ppm = row->late_lpr_ppm = -1;
    row->late_day_count = ABSENT;
    row->late_alloc = ABSENT;
    if (field_present(fields, FIELD_late) && fields_parse(fields->at[FIELD_late], &late)) {
        row->late_daily_ppm = (int32_t)field_int(&late, FIELD_daily_ppm, -1);
        row->late_annual_ppm = (int32_t)field_int(&late, FIELD_annual_ppm, -1);
        row->late_cap_ppm = (int32_t)field_int(&late, FIELD_cap_ppm_of_principal, -1);
        row->late_lpr_ppm = (int32_t)field_int(&late, FIELD_lpr_x_ppm, -1);
        row->late_day_count = enum_of(&late, FIELD_day_count, day_count_names);
        row->late_alloc = enum_of(&late, FIELD_alloc, late_alloc_names);
    }
}

static struct contract_row *fold_row(struct folding *folding, struct list_ref sellers,
                                     struct list_ref buyers, struct list_ref technologies)
{
    const struct fields *fields = folding->fields;
    struct facts *facts = folding->facts;
    struct contract_row *row =
        facts_add(facts, FACT_CONTRACT, folding->seq, folding->valid, folding->aggregate);
    row->title = facts_text(facts, field_text(fields, FIELD_title));
    row->contract_no = facts_text(facts, field_text(fields, FIELD_contract_no));
    row->department = facts_text(facts, field_text(fields, FIELD_department));
    row->sellers = sellers;
    row->buyers = buyers;
    row->technologies = technologies;
    row->operator_party = reference_fold(folding, KIND_party, FIELD_operator);
    row->origin_ref = contract_origin(facts, fields);
    fold_kinds(row, fields);
    fold_dates(row, fields);
    fold_trial(row, fields);
    fold_late(row, fields);
    row->has_royalty = field_present(fields, FIELD_royalty);
    row->has_effect = field_present(fields, FIELD_effect);
    return row;
}

void contract_row_copy(struct contract_row *row, const struct contract_row *from)
{
    const size_t head = sizeof(row->fact);
    memcpy((char *)row + head, (const char *)from + head, sizeof(*row) - head);
}

void contract_fold_signed(struct folding *folding)
{
    const struct fields *fields = folding->fields;
    struct list_ref sellers = shares_fold(folding, FIELD_sellers);
    struct list_ref buyers = shares_fold(folding, FIELD_buyers);
    struct list_ref technologies = references_fold(folding, KIND_technology, FIELD_technologies);
    struct contract_row *row = fold_row(folding, sellers, buyers, technologies);
    row->total_fen = field_int(fields, FIELD_total_fen, AMOUNT_UNKNOWN);
    attributes_fold_only(folding, &folding->event->type->data, fields, term_attributes);
    royalty_fold(folding, fields->at[FIELD_royalty]);
    term_list_fold(folding, fields->at[FIELD_obligations], row->currency);
}

void contract_fold_drafted(struct folding *folding)
{
    const struct fields *fields = folding->fields;
    struct list_ref none = {0};
    struct contract_row *row = fold_row(folding, none, none, none);
    row->drafted = true;
    row->total_fen = field_int(fields, FIELD_est_fen, AMOUNT_UNKNOWN);
    attributes_fold_only(folding, &folding->event->type->data, fields, term_attributes);
}
