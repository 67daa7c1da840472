/* open_license.accepted: an event of the technology that makes a contract (ruling 23).
 *
 *   A1  The contract says what was announced: its title and field are the technology's, its
 *       sellers the owners, its buyer the licensee, its fee and term the declaration's. All of it
 *       is read from facts again when the event is folded; the effect says where the contract
 *       stands.
 *   A2  With a fixed fee the contract is SIGNED and obligation 1 is that fee, without a due date,
 *       owed by the licensee to the first owner; settling it makes the contract ACTIVE. Without
 *       one it is ACTIVE at once.
 *   A3  Parts of a share that persons hold by name are given to the owners in proportion: sellers
 *       sum to the whole (ruling 5). */

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/contract.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/merger.h"
#include "daemon/ledger/money.h"
#include "daemon/ledger/obligation.h"
#include "daemon/ledger/open_license.h"
#include "daemon/ledger/technology.h"
#include "proto/cursor.h"

#define ABSENT 255
#define FEE_NO 1

static const struct open_license_row *declaration(const struct facts *facts, uint32_t technology)
{
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    return open_license_declared(facts, technology, &now);
}

static enum status refuse_offer(struct deciding *deciding, enum status code, const char *state)
{
    (void)fault_set(deciding->fault, code, "agg");
    fault_state(deciding->fault, machine_name(MACHINE_OPEN_LICENSE), state);
    fault_legal(deciding->fault, "open_license.declared");
    return code;
}

/* Open on the day of acceptance: declared, not withdrawn, its last day not past, the right in
 * force. */
static enum status check_offer(struct deciding *deciding)
{
    int32_t since;
    uint8_t state = state_since(deciding->facts, MACHINE_OPEN_LICENSE, deciding->aggregate,
                                &deciding->now, &since);
    const struct open_license_row *row = declaration(deciding->facts, deciding->aggregate);
    if (row == NULL) {
        return refuse_offer(deciding,
                            state == OPEN_LICENSE_NONE ? STATUS_E_ILLEGAL_STATE : STATUS_E_CLOSED,
                            state_name(MACHINE_OPEN_LICENSE, state));
    }
    effect_valid(deciding, since);
    if (row->term_end < deciding->effective) {
        char day[11];
        date_format(row->term_end, day);
        (void)refuse_offer(deciding, STATUS_E_CLOSED, state_name(MACHINE_OPEN_LICENSE, state));
        fault_detail(deciding->fault, "term_end=%s", day);
        return STATUS_E_CLOSED;
    }
    state = state_at(deciding->facts, MACHINE_TECHNOLOGY, deciding->aggregate, &deciding->now);
    return state == TECHNOLOGY_IN_FORCE ? STATUS_OK : technology_refuse(deciding, state);
}

static enum status check_contract(struct deciding *deciding)
{
    uint8_t next;
    struct slice id = field_text(deciding->fields, FIELD_contract_id);
    uint32_t contract = aggregate_find(deciding->facts, KIND_contract, id, UINT64_MAX);
    enum status status =
        contract_state_check(deciding, contract, TYPE_open_license_accepted, &next);
    if (status != STATUS_OK) {
        (void)contract_refuse(
            deciding, status, "data.contract_id",
            state_at(deciding->facts, MACHINE_CONTRACT, contract, &deciding->now));
        return status;
    }
    deciding->makes = id;
    decide_touch(deciding, contract);
    return STATUS_OK;
}

/* Nobody takes a licence from himself. */
static enum status check_licensee(struct deciding *deciding, uint32_t *ret_licensee)
{
    uint32_t count;
    enum status status = decide_reference(deciding, KIND_party, FIELD_licensee, ret_licensee);
    if (status != STATUS_OK) {
        return status;
    }
    struct technology_owner *owners =
        technology_owners(deciding->facts, deciding->aggregate, &deciding->now, &count);
    for (uint32_t i = 0; i < count && status == STATUS_OK; i++) {
        decide_touch(deciding, owners[i].party);
        if (party_same(deciding->facts, owners[i].party, *ret_licensee, &deciding->now)) {
            status = fault_set(deciding->fault, STATUS_E_SELF_DEAL, "data.licensee");
        }
    }
    free(owners);
    return status;
}

enum status open_license_decide_accepted(struct deciding *deciding)
{
    uint32_t licensee = AGGREGATE_NONE;
    technology_hold(deciding);
    enum status status = check_offer(deciding);
    if (status == STATUS_OK) {
        status = check_contract(deciding);
    }
    if (status == STATUS_OK) {
        status = check_licensee(deciding, &licensee);
    }
    if (status != STATUS_OK) {
        return status;
    }
    const struct open_license_row *row = declaration(deciding->facts, deciding->aggregate);
    bool waits = row->fixed_fen != AMOUNT_UNKNOWN;
    totals_expect(deciding, TOTAL_OWED, (uint8_t)currency_index(slice_text("CNY")), row->fixed_fen);
    effect_contract(deciding, deciding->makes, waits ? CONTRACT_SIGNED : CONTRACT_ACTIVE,
                    deciding->valid);
    return STATUS_OK;
}

/* ---- fold: the contract that was announced (A1) ---- */

static struct list_ref fold_sellers(struct folding *folding)
{
    struct viewpoint now = viewpoint_now(folding->facts, DAY_MAX);
    uint32_t count;
    struct technology_owner *owners =
        technology_owners(folding->facts, folding->aggregate, &now, &count);
    int64_t *weights = calloc(count + 1, sizeof(*weights));
    int64_t *parts = calloc(count + 1, sizeof(*parts));
    INVARIANT(weights != NULL && parts != NULL);
    struct list_ref list = shares_begin(folding->facts);
    for (uint32_t i = 0; i < count; i++) {
        weights[i] = owners[i].ppm;
    }
    split_amount(PPM_ONE, weights, count, parts); /* A3 */
    for (uint32_t i = 0; i < count; i++) {
        shares_add(folding->facts, &list, owners[i].party, (int32_t)parts[i]);
    }
    free(weights);
    free(parts);
    free(owners);
    return list;
}

static uint8_t pay_mode_of(uint8_t fee_mode)
{
    static const uint8_t modes[] = {
        [FEE_MODE_fixed] = PAY_MODE_lump,
        [FEE_MODE_royalty] = PAY_MODE_royalty,
        [FEE_MODE_entry_plus_royalty] = PAY_MODE_entry_plus_royalty,
        [FEE_MODE_free] = PAY_MODE_free,
    };
    return fee_mode < sizeof(modes) ? modes[fee_mode] : PAY_MODE_other;
}

static int64_t attribute_or(const struct folding *folding, enum field_id field, int64_t otherwise)
{
    struct viewpoint now = viewpoint_now(folding->facts, DAY_MAX);
    int64_t value;
    return attribute_at(folding->facts, folding->aggregate, field, &now, &value) ? value
                                                                                 : otherwise;
}

static void fill_terms(struct folding *folding, struct contract_row *row,
                       const struct open_license_row *offer)
{
    row->title = (text_ref)attribute_or(folding, FIELD_title, 0);
    row->ip_kind = (uint8_t)attribute_or(folding, FIELD_ip_kind, ABSENT);
    row->field = (uint8_t)attribute_or(folding, FIELD_field, ABSENT);
    row->program = (uint8_t)attribute_or(folding, FIELD_program, ABSENT);
    row->type = CONTRACT_TYPE_license;
    row->subtype = row->ip_kind == IP_KIND_patent_application ? ABSENT : CONTRACT_SUBTYPE_patent;
    row->grant = GRANT_KIND_open;
    row->pay_mode = pay_mode_of(offer->fee_mode);
    row->effective_rule =
        offer->fixed_fen == AMOUNT_UNKNOWN ? EFFECTIVE_RULE_immediate : EFFECTIVE_RULE_payment;
    row->origin = ORIGIN_open;
    row->origin_ref = folding->aggregate;
    bool known = offer->fee_mode == FEE_MODE_fixed || offer->fee_mode == FEE_MODE_free;
    row->total_basis = known ? TOTAL_BASIS_fixed : TOTAL_BASIS_undetermined;
    row->total_fen = offer->fee_mode == FEE_MODE_free ? 0 : offer->fixed_fen;
    row->total_fen = known ? row->total_fen : AMOUNT_UNKNOWN;
    row->currency = (uint8_t)currency_index(slice_text("CNY"));
    row->sign_date = field_date(folding->fields, FIELD_notice_date, folding->valid);
    row->term_start = row->sign_date;
    row->term_end = offer->term_end;
    row->has_royalty = offer->rate_ppm >= 0;
    row->operator_party = AGGREGATE_NONE;
    row->round = row->on_invalid = row->on_silence = ABSENT;
    row->late_day_count = row->late_alloc = ABSENT;
    row->trial_start = row->trial_end = DAY_NONE;
    row->late_daily_ppm = row->late_annual_ppm = row->late_cap_ppm = row->late_lpr_ppm = -1;
}

/* A2 */
static void fold_fee(struct folding *folding, uint32_t contract, uint32_t licensee,
                     const struct contract_row *row, const struct open_license_row *offer)
{
    struct terms_row terms = {
        .amount_fen = offer->fixed_fen,
        .debtor = licensee,
        .creditor = row->sellers.count > 0 ? share_at(folding->facts, row->sellers, 0)->aggregate
                                           : AGGREGATE_NONE,
        .due = {.base = ABSENT, .unit = ABSENT, .roll = ABSENT, .date = DAY_NONE},
        .accrual_from = DAY_NONE,
        .accrual_to = DAY_NONE,
        .kind =
            offer->fee_mode == FEE_MODE_fixed ? OBLIGATION_KIND_lump : OBLIGATION_KIND_entry_fee,
        .condition = CONDITION_NONE,
        .on_termination = ABSENT,
        .currency = row->currency,
        .of = OBLIGATION_NONE,
    };
    (void)obligation_add(folding->facts, folding->seq, folding->valid, contract, FEE_NO, &terms);
}

static void fold_rate(struct folding *folding, uint32_t contract,
                      const struct open_license_row *offer)
{
    struct facts *facts = folding->facts;
    struct list_ref tiers = tiers_begin(facts);
    tiers_add(facts, &tiers, AMOUNT_UNKNOWN, offer->rate_ppm);
    struct royalty_row *row =
        facts_add(facts, FACT_ROYALTY, folding->seq, folding->valid, contract);
    row->tiers = tiers;
    row->year_rates = tiers_begin(facts);
    row->min_year_fen = row->cap_year_fen = row->cap_life_fen = AMOUNT_UNKNOWN;
    row->report_days = row->pay_days = -1;
    row->base = offer->base;
    row->period = ROYALTY_PERIOD_year;
    row->tier_scope = TIER_SCOPE_contract_year;
}

void open_license_fold_accepted(struct folding *folding)
{
    struct facts *facts = folding->facts;
    const struct open_license_row *offer = declaration(facts, folding->aggregate);
    INVARIANT(offer != NULL);
    uint32_t licensee = reference_fold(folding, KIND_party, FIELD_licensee);
    uint32_t contract = aggregate_find(facts, KIND_contract,
                                       field_text(folding->fields, FIELD_contract_id), UINT64_MAX);
    INVARIANT(contract != AGGREGATE_NONE); /* accounts_fold() made it */
    struct list_ref sellers = fold_sellers(folding);
    struct list_ref buyers = shares_begin(facts);
    shares_add(facts, &buyers, licensee, PPM_ONE);
    struct list_ref technologies = shares_begin(facts);
    shares_add(facts, &technologies, folding->aggregate, 0);
    struct contract_row *row =
        facts_add(facts, FACT_CONTRACT, folding->seq, folding->valid, contract);
    row->sellers = sellers;
    row->buyers = buyers;
    row->technologies = technologies;
    fill_terms(folding, row, offer);
    if (offer->rate_ppm >= 0) {
        fold_rate(folding, contract, offer);
    }
    if (offer->fixed_fen != AMOUNT_UNKNOWN) {
        fold_fee(folding, contract, licensee, row, offer);
    }
}

/* ---- the announced fee is paid (A2) ---- */

static bool waits_for_fee(const struct facts *facts, uint32_t contract, const struct viewpoint *now)
{
    const struct contract_row *row = contract_row_at(facts, contract, now);
    return row != NULL && row->origin == ORIGIN_open &&
           row->effective_rule == EFFECTIVE_RULE_payment &&
           state_at(facts, MACHINE_CONTRACT, contract, now) == CONTRACT_SIGNED;
}

void open_license_note_move(struct deciding *deciding, enum move_kind kind, uint32_t obligation)
{
    const struct obligation_row *row = facts_row(deciding->facts, FACT_OBLIGATION, obligation);
    bool settles = kind == MOVE_PAY || kind == MOVE_SET_OFF;
    if (settles && row->no == FEE_NO && !deciding->may_open &&
        aggregate_at(deciding->facts, row->fact.key)->kind == KIND_contract) {
        deciding->may_open = waits_for_fee(deciding->facts, row->fact.key, &deciding->now);
    }
}

/* One ["move", pay or set_off, owner, 1, amount, day, aux] of a contract that waits. */
struct fee_move {
    uint32_t contract;
    int64_t amount;
    int32_t day;
};

static bool fee_move_read(const struct deciding *deciding, struct cursor *in,
                          struct fee_move *ret_move)
{
    struct slice effect = {0};
    struct slice name = {0};
    struct slice kind = {0};
    struct slice owner = {0};
    struct slice day = {0};
    uint32_t count;
    int64_t no = 0;
    if (!cursor_value(in, &effect)) {
        return false;
    }
    struct cursor at = cursor_over(effect);
    ret_move->contract = AGGREGATE_NONE;
    if (cursor_array(&at, &count) && cursor_str(&at, &name) && slice_is(name, "move") &&
        cursor_str(&at, &kind) && (slice_is(kind, "pay") || slice_is(kind, "set_off")) &&
        cursor_str(&at, &owner) && cursor_int(&at, &no) && no == FEE_NO &&
        cursor_int(&at, &ret_move->amount) && cursor_str(&at, &day) &&
        date_parse(day, &ret_move->day)) {
        uint32_t contract = aggregate_by_text(deciding->facts, owner);
        if (aggregate_at(deciding->facts, contract)->kind == KIND_contract &&
            waits_for_fee(deciding->facts, contract, &deciding->now)) {
            ret_move->contract = contract;
        }
    }
    return true;
}

/* Does everything that this event moves on the contract's fee settle it, and from which day? */
static bool settles_fee(const struct deciding *deciding, struct slice effects, uint32_t contract,
                        int32_t *ret_day)
{
    struct obligation_figures figures;
    struct fee_move move;
    struct cursor in = cursor_over(effects);
    int64_t sum = 0;
    uint32_t fee = obligation_find(deciding->facts, contract, FEE_NO, &deciding->now);
    *ret_day = DAY_NONE;
    while (fee_move_read(deciding, &in, &move)) {
        if (move.contract == contract) {
            sum += move.amount;
            *ret_day = move.day > *ret_day ? move.day : *ret_day;
        }
    }
    obligation_evaluate(deciding->facts, fee, &deciding->now, &figures);
    return figures.state == OBLIGATION_OPEN && sum >= figures.outstanding;
}

void open_license_take_effect(struct deciding *deciding)
{
    if (!deciding->may_open) {
        return;
    }
    struct fee_move move;
    struct slice effects = slice_of(deciding->effects->data + deciding->effects_from,
                                    deciding->effects->len - deciding->effects_from);
    struct cursor in = cursor_over(effects);
    struct cursor earlier = in;
    while (!deciding->effects->full && fee_move_read(deciding, &in, &move)) {
        int32_t day;
        struct fee_move before;
        bool met = move.contract == AGGREGATE_NONE;
        for (struct cursor look = earlier;
             !met && fee_move_read(deciding, &look, &before) && look.at < in.at;) {
            met = before.contract == move.contract; /* several lines on one fee */
        }
        if (!met && settles_fee(deciding, effects, move.contract, &day)) {
            effect_contract(deciding, aggregate_id(deciding->facts, move.contract), CONTRACT_ACTIVE,
                            day);
            decide_touch(deciding, move.contract);
        }
    }
}
