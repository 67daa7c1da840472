/* Fact rows in canonical form, one function a table.
 *
 *   D1  [table's name, seq, valid, key, fields …]. Aggregates are kind/id, texts are texts,
 *       obligations [owner, no], what is absent is nil: nothing depends on the numbers of this
 *       process.
 *   D2  reversed_by is not written: a row that is reversed at the position is not there.
 *   D3  A change of this file changes every digest: it is a change of format. */

#include "daemon/view/digest_put.h"

#include "daemon/base/check.h"

static void put_attribute(const struct facts *facts, const struct digest_forms *forms,
                          const struct attribute_row *row, struct writer *out)
{
    enum aggregate_kind kind = aggregate_at(facts, row->fact.key)->kind;
    put_head(facts, FACT_ATTRIBUTE, &row->fact, 2, out);
    write_text(out, field_name((enum field_id)row->field));
    switch ((enum attribute_form)forms->of[kind][row->field]) {
    case FORM_TEXT:
        put_text(facts, (text_ref)row->value, out);
        break;
    case FORM_AGGREGATE:
        put_aggregate(facts, (uint32_t)row->value, out);
        break;
    case FORM_UNKNOWN:
    case FORM_NUMBER:
        PUT_INTS(out, row->value);
        break;
    }
}

static void put_contract(const struct facts *facts, const void *at, struct writer *out)
{
    const struct contract_row *row = at;
    put_head(facts, FACT_CONTRACT, &row->fact, 35, out);
    put_text(facts, row->title, out);
    put_text(facts, row->contract_no, out);
    put_text(facts, row->department, out);
    write_int(out, row->total_fen);
    put_shares(facts, row->sellers, out);
    put_shares(facts, row->buyers, out);
    put_shares(facts, row->technologies, out);
    put_aggregate(facts, row->operator_party, out);
    put_aggregate(facts, row->origin_ref, out);
    PUT_INTS(out, row->sign_date, row->term_start, row->term_end, row->trial_start, row->trial_end,
             row->late_daily_ppm, row->late_annual_ppm, row->late_cap_ppm, row->late_lpr_ppm);
    PUT_INTS(out, row->type, row->subtype, row->grant, row->pay_mode, row->ip_kind, row->field,
             row->program, row->effective_rule, row->total_basis, row->origin, row->round,
             row->on_invalid, row->on_silence);
    PUT_INTS(out, row->late_day_count, row->late_alloc, row->currency,
             row->drafted + 2 * row->has_trial + 4 * row->has_royalty + 8 * row->has_effect);
}

static void put_terms(const struct facts *facts, const void *at, struct writer *out)
{
    const struct terms_row *row = at;
    put_head(facts, FACT_TERMS, &row->fact, 18, out);
    write_int(out, row->amount_fen);
    put_aggregate(facts, row->debtor, out);
    put_aggregate(facts, row->creditor, out);
    PUT_INTS(out, row->due.base, row->due.unit, row->due.roll, row->due.n, row->due.date);
    put_text(facts, row->due.milestone, out);
    put_text(facts, row->milestone, out);
    PUT_INTS(out, row->accrual_from, row->accrual_to, row->kind, row->condition,
             row->on_termination, row->currency, row->by_daemon + 2 * row->substituted);
    put_obligation(facts, row->of, out);
}

static void put_move(const struct facts *facts, const void *at, struct writer *out)
{
    const struct move_row *row = at;
    put_head(facts, FACT_MOVE, &row->fact, 3, out);
    write_int(out, row->kind);
    write_int(out, row->amount);
    if (row->kind == MOVE_PAY || row->kind == MOVE_UNPAY || row->kind == MOVE_REFUND) {
        put_aggregate(facts, row->aux, out);
    } else if (row->kind == MOVE_ASSIGN) {
        put_obligation(facts, row->aux, out);
    } else {
        write_uint(out, row->aux);
    }
}

static void put_credit(const struct facts *facts, const void *at, struct writer *out)
{
    const struct credit_row *row = at;
    put_head(facts, FACT_CREDIT, &row->fact, 7, out);
    PUT_INTS(out, row->kind, row->amount, row->currency);
    put_aggregate(facts, row->payer, out);
    put_aggregate(facts, row->payee, out);
    put_obligation(facts, row->obligation, out);
    put_text(facts, row->bank_ref, out);
}

static void put_registration(const struct facts *facts, const void *at, struct writer *out)
{
    const struct registration_row *row = at;
    bool applied = row->action == REGISTRATION_APPLIED;
    put_head(facts, FACT_REGISTRATION, &row->fact, applied ? 10 : 9, out);
    PUT_INTS(out, row->action, row->total_fen, row->tech_fen, row->equipment_fen, row->reg_date,
             row->type, row->pay_form);
    put_text(facts, row->agency, out);
    if (row->number == UINT32_MAX) {
        write_nil(out);
    } else {
        put_text(facts, name_at(facts, row->number)->text, out);
    }
    if (applied) {
        put_aggregate(facts, row->applicant, out);
    }
}

static void put_match(const struct facts *facts, const void *at, struct writer *out)
{
    const struct match_row *row = at;
    put_head(facts, FACT_MATCH, &row->fact, 8, out);
    PUT_INTS(out, row->outcome, row->amount_fen);
    put_aggregate(facts, row->need, out);
    put_aggregate(facts, row->technology, out);
    put_aggregate(facts, row->seller, out);
    put_aggregate(facts, row->buyer, out);
    put_aggregate(facts, row->broker, out);
    put_aggregate(facts, row->contract, out);
}

static void put_commission(const struct facts *facts, const void *at, struct writer *out)
{
    const struct commission_row *row = at;
    put_head(facts, FACT_COMMISSION, &row->fact, 6, out);
    PUT_INTS(out, row->amount_fen, row->cap_fen, row->rate_ppm, row->basis);
    put_shares(facts, row->payers, out);
    put_aggregate(facts, row->broker, out);
}

static void put_policy(const struct facts *facts, const void *at, struct writer *out)
{
    const struct policy_row *row = at;
    put_head(facts, FACT_POLICY, &row->fact, 13, out);
    PUT_INTS(out, row->sum_fen, row->deductible_fen, row->premium_fen, row->refund_fen, row->from,
             row->to, row->cover_ppm, row->product);
    put_shares(facts, row->contracts, out);
    put_shares(facts, row->technologies, out);
    put_shares(facts, row->insured, out);
    put_aggregate(facts, row->insurer, out);
    put_aggregate(facts, row->holder, out);
}

static void put_state(const struct facts *facts, const void *at, struct writer *out)
{
    const struct state_row *row = at;
    put_head(facts, FACT_STATE, &row->fact, 2, out);
    PUT_INTS(out, row->machine, row->state);
}

static void put_obligation_row(const struct facts *facts, const void *at, struct writer *out)
{
    const struct obligation_row *row = at;
    put_head(facts, FACT_OBLIGATION, &row->fact, 1, out);
    write_uint(out, row->no);
}

static void put_trial(const struct facts *facts, const void *at, struct writer *out)
{
    const struct trial_row *row = at;
    put_head(facts, FACT_TRIAL, &row->fact, 5, out);
    PUT_INTS(out, row->action, row->start, row->end, row->pay_mode, row->total_fen);
}

static void put_condition(const struct facts *facts, const void *at, struct writer *out)
{
    const struct condition_row *row = at;
    put_head(facts, FACT_CONDITION, &row->fact, 4, out);
    put_text(facts, row->name, out);
    PUT_INTS(out, row->on, row->share_ppm, row->outcome);
}

static void put_usage(const struct facts *facts, const void *at, struct writer *out)
{
    const struct usage_row *row = at;
    put_head(facts, FACT_USAGE, &row->fact, 4, out);
    PUT_INTS(out, row->base_fen, row->units, row->period_start, row->period_end);
}

static void put_rate(const struct facts *facts, const void *at, struct writer *out)
{
    const struct rate_row *row = at;
    put_head(facts, FACT_RATE, &row->fact, 3, out);
    put_text(facts, row->kind, out);
    PUT_INTS(out, row->value_ppm, row->from);
}

static void put_day(const struct facts *facts, const void *at, struct writer *out)
{
    const struct day_row *row = at;
    put_head(facts, FACT_DAY, &row->fact, 1, out);
    PUT_INTS(out, row->kind);
}

static void put_royalty(const struct facts *facts, const void *at, struct writer *out)
{
    const struct royalty_row *row = at;
    put_head(facts, FACT_ROYALTY, &row->fact, 11, out);
    PUT_INTS(out, row->min_year_fen, row->cap_year_fen, row->cap_life_fen, row->report_days,
             row->pay_days, row->base, row->tier_scope, row->period, row->entry_creditable);
    put_tiers(facts, row->tiers, out);
    put_tiers(facts, row->year_rates, out);
}

static void put_owner(const struct facts *facts, const void *at, struct writer *out)
{
    const struct owner_row *row = at;
    put_head(facts, FACT_OWNER, &row->fact, 2, out);
    put_aggregate(facts, row->party, out);
    write_int(out, row->delta_ppm);
}

static void put_statement(const struct facts *facts, const void *at, struct writer *out)
{
    const struct statement_row *row = at;
    put_head(facts, FACT_STATEMENT, &row->fact, row->audited ? 8 : 7, out);
    PUT_INTS(out, row->base_fen, row->royalty_fen, row->credits_fen, row->due_fen,
             row->period_start, row->period_end);
    put_obligation(facts, row->obligation, out);
    if (row->audited) {
        write_text(out, "audited");
    }
}

size_t digest_row_bytes(enum fact_table table, const void *row)
{
    size_t shares = 0;
    if (table == FACT_CONTRACT) {
        const struct contract_row *contract = row;
        shares = contract->sellers.count + contract->buyers.count + contract->technologies.count;
    } else if (table == FACT_COMMISSION) {
        shares = ((const struct commission_row *)row)->payers.count;
    } else if (table == FACT_POLICY) {
        const struct policy_row *policy = row;
        shares = policy->contracts.count + policy->technologies.count + policy->insured.count;
    } else if (table == FACT_PLEDGE) {
        shares = ((const struct pledge_row *)row)->technologies.count;
    } else if (table == FACT_ROYALTY) {
        const struct royalty_row *royalty = row;
        shares = royalty->tiers.count + royalty->year_rates.count;
    } else if (table == FACT_INVOICE) {
        shares = ((const struct invoice_row *)row)->obligations.count;
    } else if (table == FACT_VENTURE) {
        shares = ((const struct venture_row *)row)->technologies.count;
    } else if (table == FACT_EQUITY) {
        shares = ((const struct equity_row *)row)->holders.count;
    } else if (table == FACT_ATTRIBUTE) {
        return DIGEST_ROW_BYTES + UINT16_MAX; /* a text may be as long as its length says */
    }
    return DIGEST_ROW_BYTES + shares * DIGEST_SHARE_BYTES;
}

/* FACT_ATTRIBUTE is not here: its row says what it is only with the vocabulary's forms. */
static digest_put_fn *const writers[FACT_TABLES] = {
    [FACT_STATE] = put_state,
    [FACT_CONTRACT] = put_contract,
    [FACT_OBLIGATION] = put_obligation_row,
    [FACT_TERMS] = put_terms,
    [FACT_MOVE] = put_move,
    [FACT_CREDIT] = put_credit,
    [FACT_REGISTRATION] = put_registration,
    [FACT_TRIAL] = put_trial,
    [FACT_CONDITION] = put_condition,
    [FACT_USAGE] = put_usage,
    [FACT_STATEMENT] = put_statement,
    [FACT_ROYALTY] = put_royalty,
    [FACT_MATCH] = put_match,
    [FACT_COMMISSION] = put_commission,
    [FACT_POLICY] = put_policy,
    [FACT_DAY] = put_day,
    [FACT_RATE] = put_rate,
    [FACT_OWNER] = put_owner,
    [FACT_TARGET] = put_target,
    [FACT_PUBLISHED] = put_published,
    [FACT_CLOSING] = put_closing,
    [FACT_INVOICE] = put_invoice,
    [FACT_FLAGGED] = put_flagged,
    [FACT_CLAIM] = put_claim,
    [FACT_INDEMNITY] = put_indemnity,
    [FACT_PLEDGE] = put_pledge,
    [FACT_ENCUMBRANCE] = put_encumbrance,
    [FACT_POOL_MEMBER] = put_pool_member,
    [FACT_POOL_PATENT] = put_pool_patent,
    [FACT_DISTRIBUTION] = put_distribution,
    [FACT_MERGER] = put_merger,
    [FACT_ACCREDITATION] = put_accreditation,
    [FACT_RIGHT] = put_right,
    [FACT_ENTRUSTMENT] = put_entrustment,
    [FACT_COMMERCIAL] = put_commercial,
    [FACT_VALUATION] = put_valuation,
    [FACT_FEE] = put_fee,
    [FACT_OPEN_LICENSE] = put_open_license,
    [FACT_VENTURE] = put_venture,
    [FACT_REWARD] = put_reward,
    [FACT_EQUITY] = put_equity,
};

void digest_row_write(const struct facts *facts, const struct digest_forms *forms,
                      enum fact_table table, const void *row, struct writer *out)
{
    if (table == FACT_ATTRIBUTE) {
        put_attribute(facts, forms, row, out);
        return;
    }
    INVARIANT(writers[table] != NULL);
    writers[table](facts, row, out);
}
