/* What is done with a technology besides licences: valued, granted to persons, kept in a book of
 * its own, put to use; and its annual fees.
 *
 *   R1  Ownership that is granted to persons passes from its owners, each giving in proportion to
 *       his share (Promotion of Transformation Law pilots); persons are known by name only, so
 *       theirs is the share of AGGREGATE_NONE. More than the owners hold is E_AMOUNT_EXCEEDS.
 *   R2  A right of long use of less than ten years is flagged W_SHORT_TERM.
 *   R3  A technology is put into a book of its own once.
 *   R4  Nothing here depends on the technology's state, nor holds before its publication. */

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/attributes.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/money.h"
#include "daemon/ledger/technology.h"

#define ABSENT 255
#define LONG_USE_YEARS 10 /* domain 2.3 */

static enum status decide_any(struct deciding *deciding)
{
    technology_hold(deciding);
    return STATUS_OK;
}

/* ---- valued ---- */

static void fold_valued(struct folding *folding)
{
    const struct fields *fields = folding->fields;
    text_ref method = facts_text(folding->facts, field_text(fields, FIELD_method));
    text_ref appraiser = facts_text(folding->facts, field_text(fields, FIELD_appraiser));
    struct valuation_row *row =
        facts_add(folding->facts, FACT_VALUATION, folding->seq, folding->valid, folding->aggregate);
    row->amount_fen = field_int(fields, FIELD_amount_fen, AMOUNT_UNKNOWN);
    row->method = method;
    row->appraiser = appraiser;
    row->kind = (uint8_t)field_enum(fields, FIELD_kind, valuation_kind_names, ABSENT);
}

/* ---- granted to persons ---- */

static bool gives_ownership(const struct fields *fields)
{
    return field_enum(fields, FIELD_right, right_kind_names, -1) == RIGHT_KIND_ownership &&
           field_int(fields, FIELD_share_ppm, 0) > 0;
}

static enum status decide_rights(struct deciding *deciding)
{
    const struct fields *fields = deciding->fields;
    int64_t share = field_int(fields, FIELD_share_ppm, 0);
    technology_hold(deciding);
    if (gives_ownership(fields)) {
        int64_t persons =
            technology_share(deciding->facts, deciding->aggregate, AGGREGATE_NONE, &deciding->now);
        if (share > PPM_ONE - persons) {
            (void)fault_set(deciding->fault, STATUS_E_AMOUNT_EXCEEDS, "data.share_ppm"); /* R1 */
            fault_detail(deciding->fault, "held_ppm=%lld given_ppm=%lld",
                         (long long)(PPM_ONE - persons), (long long)share);
            return STATUS_E_AMOUNT_EXCEEDS;
        }
    }
    if (field_enum(fields, FIELD_right, right_kind_names, -1) == RIGHT_KIND_long_use &&
        field_int(fields, FIELD_years, 0) < LONG_USE_YEARS) {
        decide_flag(deciding, WARNING_SHORT_TERM); /* R2 */
    }
    return STATUS_OK;
}

/* R1 */
static void pass_ownership(struct folding *folding, int64_t share)
{
    struct viewpoint now = viewpoint_now(folding->facts, DAY_MAX);
    uint32_t count;
    struct technology_owner *owners =
        technology_owners(folding->facts, folding->aggregate, &now, &count);
    int64_t *weights = calloc(count + 1, sizeof(*weights));
    int64_t *parts = calloc(count + 1, sizeof(*parts));
    INVARIANT(weights != NULL && parts != NULL);
    for (uint32_t i = 0; i < count; i++) {
        weights[i] = owners[i].ppm;
    }
    split_amount(share, weights, count, parts);
    for (uint32_t i = 0; i < count; i++) {
        technology_add_owner(folding, owners[i].party, (int32_t)-parts[i]);
    }
    technology_add_owner(folding, AGGREGATE_NONE, (int32_t)share);
    free(weights);
    free(parts);
    free(owners);
}

static void fold_rights(struct folding *folding)
{
    const struct fields *fields = folding->fields;
    uint32_t persons;
    (void)shares_of(fields, FIELD_persons, &persons);
    struct right_row *row =
        facts_add(folding->facts, FACT_RIGHT, folding->seq, folding->valid, folding->aggregate);
    row->right = (uint8_t)field_enum(fields, FIELD_right, right_kind_names, ABSENT);
    row->share_ppm = (int32_t)field_int(fields, FIELD_share_ppm, -1);
    row->revenue_share_ppm = (int32_t)field_int(fields, FIELD_revenue_share_ppm, -1);
    row->years = (int32_t)field_int(fields, FIELD_years, -1);
    row->persons = persons;
    if (gives_ownership(fields)) {
        pass_ownership(folding, field_int(fields, FIELD_share_ppm, 0));
    }
}

/* ---- kept apart ---- */

static enum status decide_separately(struct deciding *deciding)
{
    int64_t book;
    technology_hold(deciding);
    if (!attribute_at(deciding->facts, deciding->aggregate, FIELD_book, &deciding->now, &book)) {
        return STATUS_OK;
    }
    struct slice text = text_of(deciding->facts, (text_ref)book);
    (void)fault_set(deciding->fault, STATUS_E_EXISTS, "data.book"); /* R3 */
    fault_state(deciding->fault, machine_name(MACHINE_TECHNOLOGY), "separately managed");
    fault_detail(deciding->fault, "book=%.*s", (int)text.len, (const char *)text.data);
    fault_legal(deciding->fault, "event.reversed of the first");
    return STATUS_E_EXISTS;
}

static void fold_all(struct folding *folding)
{
    attributes_fold(folding, &folding->event->type->data, folding->fields, NULL);
}

/* ---- put to use, and kept in force ---- */

static enum status decide_commercialized(struct deciding *deciding)
{
    uint32_t contract;
    technology_hold(deciding);
    return decide_reference_maybe(deciding, KIND_contract, FIELD_contract, &contract);
}

static void fold_commercialized(struct folding *folding)
{
    const struct fields *fields = folding->fields;
    struct commercial_row *row = facts_add(folding->facts, FACT_COMMERCIAL, folding->seq,
                                           folding->valid, folding->aggregate);
    row->contract = reference_fold(folding, KIND_contract, FIELD_contract);
    row->mode = (uint8_t)field_enum(fields, FIELD_mode, conversion_mode_names, ABSENT);
    row->status = (uint8_t)field_enum(fields, FIELD_status, conversion_status_names, ABSENT);
}

static void fold_fee(struct folding *folding)
{
    struct fee_row *row =
        facts_add(folding->facts, FACT_FEE, folding->seq, folding->valid, folding->aggregate);
    row->amount_fen = field_int(folding->fields, FIELD_amount_fen, 0);
    row->year = (int32_t)field_int(folding->fields, FIELD_year, 0);
}

const struct handler technology_right_handlers[] = {
    {TYPE_technology_valued, decide_any, fold_valued},
    {TYPE_technology_rights_granted, decide_rights, fold_rights},
    {TYPE_technology_separately_managed, decide_separately, fold_all},
    {TYPE_technology_commercialized, decide_commercialized, fold_commercialized},
    {TYPE_technology_fee_paid, decide_any, fold_fee},
    {TYPE_NONE, NULL, NULL},
};
