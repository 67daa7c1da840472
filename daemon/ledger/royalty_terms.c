/* Royalty terms as rows: from a RoyaltyTerm map to a row and its tiers.
 *
 *   T1  The latest visible terms by (valid, seq) govern; an amendment writes new ones, so a
 *       statement computed again for an earlier day finds the terms of that day.
 *   T2  A tier without an upper end is the last; what lies above the last end bears its rate. */

#include "daemon/base/check.h"
#include "daemon/ledger/royalty.h"
#include "proto/cursor.h"

static enum status bad_tier(struct deciding *deciding, const char *path, uint32_t index,
                            const char *key, const char *why)
{
    (void)fault_set(deciding->fault, STATUS_E_BAD_FIELD, path);
    fault_field_key(deciding->fault, slice_text("tiers"));
    fault_field_index(deciding->fault, index);
    fault_field_key(deciding->fault, slice_text(key));
    fault_detail(deciding->fault, "%s", why);
    return STATUS_E_BAD_FIELD;
}

static enum status check_tiers(struct deciding *deciding, struct slice list, bool units,
                               const char *path)
{
    struct cursor in = cursor_over(list);
    uint32_t count = 0;
    int64_t below = 0;
    (void)cursor_array(&in, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct slice map = {0};
        WRITTEN_FIRST struct fields tier; /* by fields_parse() */
        if (!cursor_value(&in, &map) || !fields_parse(map, &tier)) {
            return bad_tier(deciding, path, i, "rate_ppm", "not a map");
        }
        if (units != field_present(&tier, FIELD_per_unit_fen)) {
            return bad_tier(deciding, path, i, units ? "per_unit_fen" : "rate_ppm",
                            units ? "base=units" : "base is an amount");
        }
        int64_t upto = field_int(&tier, FIELD_upto_fen, AMOUNT_FEN_MAX);
        bool last = i + 1 == count;
        if (upto <= below || (!last && !field_present(&tier, FIELD_upto_fen))) {
            return bad_tier(deciding, path, i, "upto_fen", "tiers go upwards");
        }
        below = upto;
    }
    return STATUS_OK;
}

enum status royalty_check(struct deciding *deciding, struct slice term, const char *path)
{
    WRITTEN_FIRST struct fields fields; /* by fields_parse() */
    if (term.len == 0 || !fields_parse(term, &fields)) {
        return STATUS_OK;
    }
    bool units = field_enum(&fields, FIELD_base, royalty_base_names, 0) == ROYALTY_BASE_units;
    if (field_present(&fields, FIELD_tiers)) {
        return check_tiers(deciding, fields.at[FIELD_tiers], units, path);
    }
    if (!units) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_BAD_FIELD, path);
    fault_field_key(deciding->fault, slice_text("year_rates_ppm"));
    fault_detail(deciding->fault, "base=units");
    fault_legal(deciding->fault, "tiers with per_unit_fen");
    return STATUS_E_BAD_FIELD;
}

static struct list_ref fold_tiers(struct facts *facts, struct slice list)
{
    struct list_ref tiers = tiers_begin(facts);
    struct cursor in = cursor_over(list);
    uint32_t count = 0;
    if (list.len > 0) {
        (void)cursor_array(&in, &count);
    }
    for (uint32_t i = 0; i < count; i++) {
        struct slice map = {0};
        WRITTEN_FIRST struct fields tier; /* by fields_parse() */
        bool parsed = cursor_value(&in, &map) && fields_parse(map, &tier);
        INVARIANT(parsed);
        enum field_id rate =
            field_present(&tier, FIELD_per_unit_fen) ? FIELD_per_unit_fen : FIELD_rate_ppm;
        tiers_add(facts, &tiers, field_int(&tier, FIELD_upto_fen, AMOUNT_UNKNOWN),
                  field_int(&tier, rate, 0));
    }
    return tiers;
}

static struct list_ref fold_year_rates(struct facts *facts, struct slice list)
{
    struct list_ref rates = tiers_begin(facts);
    struct cursor in = cursor_over(list);
    uint32_t count = 0;
    if (list.len > 0) {
        (void)cursor_array(&in, &count);
    }
    for (uint32_t i = 0; i < count; i++) {
        int64_t ppm = 0;
        bool read = cursor_int(&in, &ppm);
        INVARIANT(read);
        tiers_add(facts, &rates, AMOUNT_UNKNOWN, ppm);
    }
    return rates;
}

void royalty_fold(struct folding *folding, struct slice term)
{
    WRITTEN_FIRST struct fields fields; /* by fields_parse() */
    struct facts *facts = folding->facts;
    if (term.len == 0 || !fields_parse(term, &fields)) {
        return;
    }
    struct list_ref tiers = fold_tiers(facts, fields.at[FIELD_tiers]);
    struct list_ref rates = fold_year_rates(facts, fields.at[FIELD_year_rates_ppm]);
    struct royalty_row *row =
        facts_add(facts, FACT_ROYALTY, folding->seq, folding->valid, folding->aggregate);
    row->tiers = tiers;
    row->year_rates = rates;
    row->min_year_fen = field_int(&fields, FIELD_min_year_fen, AMOUNT_UNKNOWN);
    row->cap_year_fen = field_int(&fields, FIELD_cap_year_fen, AMOUNT_UNKNOWN);
    row->cap_life_fen = field_int(&fields, FIELD_cap_life_fen, AMOUNT_UNKNOWN);
    row->report_days = (int32_t)field_int(&fields, FIELD_report_days, -1);
    row->pay_days = (int32_t)field_int(&fields, FIELD_pay_days, -1);
    row->base = (uint8_t)field_enum(&fields, FIELD_base, royalty_base_names, 0);
    row->period = (uint8_t)field_enum(&fields, FIELD_period, royalty_period_names, 0);
    row->tier_scope =
        (uint8_t)field_enum(&fields, FIELD_tier_scope, tier_scope_names, TIER_SCOPE_contract_year);
    row->entry_creditable = field_bool(&fields, FIELD_entry_creditable);
}

const struct royalty_row *royalty_terms_at(const struct facts *facts, uint32_t contract,
                                           const struct viewpoint *view)
{
    const struct royalty_row *best = NULL;
    uint32_t at;
    const struct royalty_row *row = facts_first(facts, FACT_ROYALTY, contract, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_ROYALTY, view, &at)) {
        if (best == NULL || row->fact.valid > best->fact.valid) {
            best = row; /* newest first: of one day the later recorded */
        }
    }
    return best;
}
