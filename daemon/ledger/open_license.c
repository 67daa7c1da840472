/* Declaring an open licence and withdrawing it: see open_license.h.
 *
 *   O3  Only what is in force is offered. E_OPEN_BLOCKED says what stands in the way (rules r. 86):
 *       an exclusive or sole licence in force during the offer, a right that lapsed for its fee, a
 *       pledge without the pledgee's consent.
 *   O4  A utility model or design needs the number of its evaluation report (Patent Law art 50).
 *   O5  A fixed fee above 20 million yuan, a rate above 20 % of sales or 40 % of profit, is above
 *       what the office announces as normal: W_ABOVE_GUIDE. */

#include "daemon/ledger/open_license.h"

#include "daemon/ledger/attributes.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/pledge.h"
#include "daemon/ledger/technology.h"

#define ABSENT 255
#define GUIDE_FIXED_FEN INT64_C(2000000000)
#define GUIDE_SALES_PPM 200000
#define GUIDE_PROFIT_PPM 400000

const struct open_license_row *open_license_declared(const struct facts *facts, uint32_t technology,
                                                     const struct viewpoint *view)
{
    uint32_t at;
    if (state_at(facts, MACHINE_OPEN_LICENSE, technology, view) != OPEN_LICENSE_DECLARED) {
        return NULL;
    }
    return facts_first(facts, FACT_OPEN_LICENSE, technology, view, &at);
}

const struct open_license_row *open_license_at(const struct facts *facts, uint32_t technology,
                                               const struct viewpoint *view)
{
    const struct open_license_row *row = open_license_declared(facts, technology, view);
    return row != NULL && row->term_end >= view->as_of ? row : NULL;
}

/* ---- declared: what the mode of the fee asks for ---- */

static enum status check_present(struct deciding *deciding, enum field_id field, bool needed)
{
    if (field_present(deciding->fields, field) == needed) {
        return STATUS_OK;
    }
    enum status code = needed ? STATUS_E_MISSING_FIELD : STATUS_E_BAD_FIELD;
    int mode = field_enum(deciding->fields, FIELD_fee_mode, fee_mode_names, 0);
    (void)fault_set(deciding->fault, code, "data");
    fault_field_key(deciding->fault, slice_text(field_name(field)));
    fault_detail(deciding->fault, "fee_mode=%s", fee_mode_names[mode]);
    return code;
}

static enum status check_fee(struct deciding *deciding, struct fields *royalty)
{
    const struct fields *fields = deciding->fields;
    int mode = field_enum(fields, FIELD_fee_mode, fee_mode_names, -1);
    bool fixed = mode == FEE_MODE_fixed || mode == FEE_MODE_entry_plus_royalty;
    bool rate = mode == FEE_MODE_royalty || mode == FEE_MODE_entry_plus_royalty;
    enum status status = check_present(deciding, FIELD_fixed_fen, fixed);
    if (status == STATUS_OK) {
        status = check_present(deciding, FIELD_royalty, rate);
    }
    if (status == STATUS_OK && fixed && field_int(fields, FIELD_fixed_fen, 0) == 0) {
        (void)fault_set(deciding->fault, STATUS_E_BAD_FIELD, "data.fixed_fen");
        fault_detail(deciding->fault, "fee_mode=%s", fee_mode_names[mode]);
        fault_legal(deciding->fault, "fee_mode free or royalty");
        return STATUS_E_BAD_FIELD;
    }
    if (status != STATUS_OK || !rate || !fields_parse(fields->at[FIELD_royalty], royalty)) {
        return status;
    }
    if (field_enum(royalty, FIELD_base, royalty_base_names, -1) == ROYALTY_BASE_units) {
        (void)fault_set(deciding->fault, STATUS_E_BAD_FIELD, "data.royalty.base");
        fault_detail(deciding->fault, "a rate applies to an amount");
        return STATUS_E_BAD_FIELD;
    }
    return STATUS_OK;
}

static enum status check_report(struct deciding *deciding)
{
    int64_t ip_kind = -1;
    (void)attribute_at(deciding->facts, deciding->aggregate, FIELD_ip_kind, &deciding->now,
                       &ip_kind);
    bool needed = ip_kind == IP_KIND_utility_model || ip_kind == IP_KIND_design;
    if (!needed || field_present(deciding->fields, FIELD_report_no)) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_MISSING_FIELD, "data.report_no"); /* O4 */
    fault_detail(deciding->fault, "ip_kind=%s", ip_kind_names[ip_kind]);
    return STATUS_E_MISSING_FIELD;
}

/* ---- declared: what stands in the way ---- */

static enum status block(struct deciding *deciding, const char *field, const char *machine,
                         const char *state)
{
    (void)fault_set(deciding->fault, STATUS_E_OPEN_BLOCKED, field);
    fault_state(deciding->fault, machine, state);
    return STATUS_E_OPEN_BLOCKED;
}

static bool is_expired(const struct deciding *deciding)
{
    int32_t expiry = technology_expiry(deciding->facts, deciding->aggregate, &deciding->now);
    return expiry != DAY_NONE && expiry < deciding->effective;
}

static enum status check_in_force(struct deciding *deciding)
{
    uint8_t state =
        state_at(deciding->facts, MACHINE_TECHNOLOGY, deciding->aggregate, &deciding->now);
    if (state == TECHNOLOGY_LAPSED && technology_lapsed_for_fee(deciding)) {
        (void)block(deciding, "agg", "technology", "LAPSED");
        fault_detail(deciding->fault, "reason=fee");
        fault_legal(deciding->fault, "technology.restored");
        return STATUS_E_OPEN_BLOCKED;
    }
    if (state != TECHNOLOGY_IN_FORCE) {
        return technology_refuse(deciding, state);
    }
    if (is_expired(deciding)) {
        char day[11];
        date_format(technology_expiry(deciding->facts, deciding->aggregate, &deciding->now), day);
        (void)technology_refuse(deciding, state);
        fault_detail(deciding->fault, "expired=%s", day);
        return STATUS_E_ILLEGAL_STATE;
    }
    return STATUS_OK;
}

static enum status check_blocks(struct deciding *deciding)
{
    const struct fields *fields = deciding->fields;
    uint32_t contract =
        technology_exclusive_licence(deciding, deciding->aggregate, deciding->effective,
                                     field_date(fields, FIELD_term_end, DAY_MAX));
    if (contract != AGGREGATE_NONE) {
        struct slice id = aggregate_id(deciding->facts, contract);
        uint8_t state = state_at(deciding->facts, MACHINE_CONTRACT, contract, &deciding->now);
        (void)block(deciding, "agg", "exclusive or sole licence",
                    state_name(MACHINE_CONTRACT, state));
        fault_detail(deciding->fault, "contract=%.*s", (int)id.len, (const char *)id.data);
        fault_legal(deciding->fault, "contract.terminated");
        return STATUS_E_OPEN_BLOCKED;
    }
    if (!field_bool(fields, FIELD_pledgee_consent) &&
        technology_pledged(deciding->facts, deciding->aggregate, &deciding->now)) {
        (void)block(deciding, "data.pledgee_consent", machine_name(MACHINE_PLEDGE),
                    state_name(MACHINE_PLEDGE, PLEDGE_REGISTERED));
        fault_legal(deciding->fault, "pledgee_consent: true");
        return STATUS_E_OPEN_BLOCKED;
    }
    return STATUS_OK;
}

/* O2, and the order of its two days. */
static enum status check_offer(struct deciding *deciding)
{
    const struct open_license_row *row =
        open_license_declared(deciding->facts, deciding->aggregate, &deciding->now);
    if (row != NULL && row->term_end >= deciding->effective) {
        (void)fault_set(deciding->fault, STATUS_E_EXISTS, "agg");
        fault_state(deciding->fault, machine_name(MACHINE_OPEN_LICENSE),
                    state_name(MACHINE_OPEN_LICENSE, OPEN_LICENSE_DECLARED));
        fault_legal(deciding->fault, "open_license.withdrawn");
        fault_legal(deciding->fault, "open_license.accepted");
        return STATUS_E_EXISTS;
    }
    return STATUS_OK;
}

static void flag_guide(struct deciding *deciding, const struct fields *royalty)
{
    int base = field_enum(royalty, FIELD_base, royalty_base_names, -1);
    int64_t guide = base == ROYALTY_BASE_profit ? GUIDE_PROFIT_PPM : GUIDE_SALES_PPM;
    int32_t expiry = technology_expiry(deciding->facts, deciding->aggregate, &deciding->now);
    if (field_int(deciding->fields, FIELD_fixed_fen, 0) > GUIDE_FIXED_FEN ||
        field_int(royalty, FIELD_rate_ppm, 0) > guide) {
        decide_flag(deciding, WARNING_ABOVE_GUIDE); /* O5 */
    }
    if (expiry != DAY_NONE && field_date(deciding->fields, FIELD_term_end, DAY_MIN) > expiry) {
        decide_flag(deciding, WARNING_BEYOND_TERM);
    }
}

static enum status decide_declared(struct deciding *deciding)
{
    struct fields royalty = {0};
    technology_hold(deciding);
    enum status status = check_fee(deciding, &royalty);
    if (status == STATUS_OK) {
        status = check_report(deciding);
    }
    if (status == STATUS_OK &&
        field_date(deciding->fields, FIELD_term_end, DAY_MAX) < deciding->effective) {
        status = fault_set(deciding->fault, STATUS_E_DATE_ORDER, "data.term_end");
    }
    if (status == STATUS_OK) {
        status = check_offer(deciding);
    }
    if (status == STATUS_OK) {
        status = check_in_force(deciding);
    }
    if (status == STATUS_OK) {
        status = check_blocks(deciding);
    }
    if (status == STATUS_OK) {
        int32_t since;
        (void)state_since(deciding->facts, MACHINE_OPEN_LICENSE, deciding->aggregate,
                          &deciding->now, &since);
        effect_valid(deciding, since);
        flag_guide(deciding, &royalty);
        effect_state(deciding, MACHINE_OPEN_LICENSE, OPEN_LICENSE_DECLARED, deciding->valid);
    }
    return status;
}

static void fold_declared(struct folding *folding)
{
    const struct fields *fields = folding->fields;
    struct fields royalty = {0};
    text_ref report_no = facts_text(folding->facts, field_text(fields, FIELD_report_no));
    struct open_license_row *row = facts_add(folding->facts, FACT_OPEN_LICENSE, folding->seq,
                                             folding->valid, folding->aggregate);
    row->fixed_fen = field_int(fields, FIELD_fixed_fen, AMOUNT_UNKNOWN);
    row->report_no = report_no;
    row->term_end = field_date(fields, FIELD_term_end, DAY_NONE);
    row->fee_mode = (uint8_t)field_enum(fields, FIELD_fee_mode, fee_mode_names, ABSENT);
    row->rate_ppm = -1;
    row->base = ABSENT;
    if (field_present(fields, FIELD_royalty) && fields_parse(fields->at[FIELD_royalty], &royalty)) {
        row->rate_ppm = (int32_t)field_int(&royalty, FIELD_rate_ppm, -1);
        row->base = (uint8_t)field_enum(&royalty, FIELD_base, royalty_base_names, ABSENT);
    }
}

/* ---- withdrawn ---- */

static enum status decide_withdrawn(struct deciding *deciding)
{
    int32_t since;
    uint8_t state = state_since(deciding->facts, MACHINE_OPEN_LICENSE, deciding->aggregate,
                                &deciding->now, &since);
    if (state != OPEN_LICENSE_DECLARED) {
        enum status code = state == OPEN_LICENSE_NONE ? STATUS_E_ILLEGAL_STATE : STATUS_E_CLOSED;
        (void)fault_set(deciding->fault, code, "agg");
        fault_state(deciding->fault, machine_name(MACHINE_OPEN_LICENSE),
                    state_name(MACHINE_OPEN_LICENSE, state));
        fault_legal(deciding->fault, "open_license.declared");
        return code;
    }
    effect_valid(deciding, since);
    effect_state(deciding, MACHINE_OPEN_LICENSE, OPEN_LICENSE_WITHDRAWN, deciding->valid);
    return STATUS_OK;
}

const struct handler open_license_handlers[] = {
    {TYPE_open_license_declared, decide_declared, fold_declared},
    {TYPE_open_license_withdrawn, decide_withdrawn, NULL},
    {TYPE_open_license_accepted, open_license_decide_accepted, open_license_fold_accepted},
    {TYPE_NONE, NULL, NULL},
};
