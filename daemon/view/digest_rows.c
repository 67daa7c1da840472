/* Fact rows in canonical form, one function a table.
 *
 *   D1  [table's name, seq, valid, key, fields …]. Aggregates are kind/id, texts are texts,
 *       obligations [owner, no], what is absent is nil: nothing depends on the numbers of this
 *       process.
 *   D2  reversed_by is not written: a row that is reversed at the position is not there.
 *   D3  A change of this file changes every digest: it is a change of format. */

#include "daemon/view/digest.h"

#include "daemon/base/check.h"

static void put_aggregate(const struct facts *facts, uint32_t aggregate, struct writer *out)
{
    char text[AGGREGATE_KIND_MAX + 1 + AGGREGATE_ID_MAX];
    if (aggregate == AGGREGATE_NONE) {
        write_nil(out);
        return;
    }
    struct slice kind = slice_text(kind_name(aggregate_at(facts, aggregate)->kind));
    struct slice id = aggregate_id(facts, aggregate);
    INVARIANT(kind.len + 1 + id.len <= sizeof(text));
    memcpy(text, kind.data, kind.len);
    text[kind.len] = '/';
    memcpy(text + kind.len + 1, id.data, id.len);
    write_str(out, slice_of(text, kind.len + 1 + id.len));
}

static void put_obligation(const struct facts *facts, uint32_t obligation, struct writer *out)
{
    if (obligation == UINT32_MAX) {
        write_nil(out);
        return;
    }
    const struct obligation_row *row = facts_row(facts, FACT_OBLIGATION, obligation);
    write_array(out, 2);
    put_aggregate(facts, row->fact.key, out);
    write_uint(out, row->no);
}

static void put_text(const struct facts *facts, text_ref text, struct writer *out)
{
    write_str(out, text_of(facts, text));
}

static void put_shares(const struct facts *facts, struct list_ref list, struct writer *out)
{
    write_array(out, list.count);
    for (uint32_t i = 0; i < list.count; i++) {
        const struct share_row *share = share_at(facts, list, i);
        write_array(out, 2);
        put_aggregate(facts, share->aggregate, out);
        write_int(out, share->ppm);
    }
}

static void put_ints(const int64_t *values, size_t count, struct writer *out)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i] == INT64_MIN || values[i] == DAY_NONE) {
            write_nil(out); /* AMOUNT_UNKNOWN, DAY_NONE */
        } else {
            write_int(out, values[i]);
        }
    }
}

#define PUT_INTS(out, ...)                                                                         \
    put_ints((const int64_t[]){__VA_ARGS__},                                                       \
             sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t), out)

static const char *const table_names[FACT_TABLES] = {
    [FACT_STATE] = "state",
    [FACT_ATTRIBUTE] = "attribute",
    [FACT_CONTRACT] = "contract",
    [FACT_OBLIGATION] = "obligation",
    [FACT_TERMS] = "terms",
    [FACT_MOVE] = "move",
    [FACT_CREDIT] = "credit",
    [FACT_REGISTRATION] = "registration",
    [FACT_TRIAL] = "trial",
    [FACT_CONDITION] = "condition",
    [FACT_USAGE] = "usage",
    [FACT_STATEMENT] = "statement",
    [FACT_ROYALTY] = "royalty",
    [FACT_MATCH] = "match",
    [FACT_COMMISSION] = "commission",
    [FACT_POLICY] = "policy",
    [FACT_DAY] = "day",
    [FACT_RATE] = "rate",
    [FACT_OWNER] = "owner",
};

/* Table, seq, valid and key; `fields` follow. */
static void put_head(const struct facts *facts, enum fact_table table, const struct fact *fact,
                     uint32_t fields, struct writer *out)
{
    write_array(out, 4 + fields);
    write_text(out, table_names[table]);
    PUT_INTS(out, (int64_t)fact->seq, fact->valid);
    if (table == FACT_TERMS || table == FACT_MOVE) {
        put_obligation(facts, fact->key, out);
    } else if (table == FACT_DAY) {
        write_int(out, (int64_t)fact->key + DAY_MIN);
    } else {
        put_aggregate(facts, fact->key, out);
    }
}

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

static void put_contract(const struct facts *facts, const struct contract_row *row,
                         struct writer *out)
{
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

static void put_terms(const struct facts *facts, const struct terms_row *row, struct writer *out)
{
    put_head(facts, FACT_TERMS, &row->fact, 18, out);
    write_int(out, row->amount_fen);
    put_aggregate(facts, row->debtor, out);
    put_aggregate(facts, row->creditor, out);
    PUT_INTS(out, row->due.base, row->due.unit, row->due.roll, row->due.n, row->due.date);
    put_text(facts, row->due.milestone, out);
    put_text(facts, row->milestone, out);
    PUT_INTS(out, row->accrual_from, row->accrual_to, row->kind, row->condition,
             row->on_termination, row->currency, row->by_daemon);
    put_obligation(facts, row->of, out);
}

static void put_move(const struct facts *facts, const struct move_row *row, struct writer *out)
{
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

static void put_credit(const struct facts *facts, const struct credit_row *row, struct writer *out)
{
    put_head(facts, FACT_CREDIT, &row->fact, 7, out);
    PUT_INTS(out, row->kind, row->amount, row->currency);
    put_aggregate(facts, row->payer, out);
    put_aggregate(facts, row->payee, out);
    put_obligation(facts, row->obligation, out);
    put_text(facts, row->bank_ref, out);
}

static void put_registration(const struct facts *facts, const struct registration_row *row,
                             struct writer *out)
{
    put_head(facts, FACT_REGISTRATION, &row->fact, 9, out);
    PUT_INTS(out, row->action, row->total_fen, row->tech_fen, row->equipment_fen, row->reg_date,
             row->type, row->pay_form);
    put_text(facts, row->agency, out);
    if (row->number == UINT32_MAX) {
        write_nil(out);
    } else {
        put_text(facts, name_at(facts, row->number)->text, out);
    }
}

static void put_match(const struct facts *facts, const struct match_row *row, struct writer *out)
{
    put_head(facts, FACT_MATCH, &row->fact, 8, out);
    PUT_INTS(out, row->outcome, row->amount_fen);
    put_aggregate(facts, row->need, out);
    put_aggregate(facts, row->technology, out);
    put_aggregate(facts, row->seller, out);
    put_aggregate(facts, row->buyer, out);
    put_aggregate(facts, row->broker, out);
    put_aggregate(facts, row->contract, out);
}

static void put_commission(const struct facts *facts, const struct commission_row *row,
                           struct writer *out)
{
    put_head(facts, FACT_COMMISSION, &row->fact, 6, out);
    PUT_INTS(out, row->amount_fen, row->cap_fen, row->rate_ppm, row->basis);
    put_shares(facts, row->payers, out);
    put_aggregate(facts, row->broker, out);
}

static void put_policy(const struct facts *facts, const struct policy_row *row, struct writer *out)
{
    put_head(facts, FACT_POLICY, &row->fact, 12, out);
    PUT_INTS(out, row->sum_fen, row->deductible_fen, row->premium_fen, row->from, row->to,
             row->cover_ppm, row->product);
    put_shares(facts, row->contracts, out);
    put_shares(facts, row->technologies, out);
    put_shares(facts, row->insured, out);
    put_aggregate(facts, row->insurer, out);
    put_aggregate(facts, row->holder, out);
}

/* The tables whose rows have a few numbers and at most one text. */
static void put_small(const struct facts *facts, enum fact_table table, const void *at,
                      struct writer *out)
{
    const struct state_row *state = at;
    const struct trial_row *trial = at;
    const struct condition_row *condition = at;
    const struct usage_row *usage = at;
    const struct rate_row *rate = at;
    const struct day_row *day = at;
    if (table == FACT_STATE) {
        put_head(facts, table, &state->fact, 2, out);
        PUT_INTS(out, state->machine, state->state);
    } else if (table == FACT_TRIAL) {
        put_head(facts, table, &trial->fact, 5, out);
        PUT_INTS(out, trial->action, trial->start, trial->end, trial->pay_mode, trial->total_fen);
    } else if (table == FACT_CONDITION) {
        put_head(facts, table, &condition->fact, 4, out);
        put_text(facts, condition->name, out);
        PUT_INTS(out, condition->on, condition->share_ppm, condition->outcome);
    } else if (table == FACT_USAGE) {
        put_head(facts, table, &usage->fact, 4, out);
        PUT_INTS(out, usage->base_fen, usage->units, usage->period_start, usage->period_end);
    } else if (table == FACT_RATE) {
        put_head(facts, table, &rate->fact, 3, out);
        put_text(facts, rate->kind, out);
        PUT_INTS(out, rate->value_ppm, rate->from);
    } else {
        put_head(facts, table, &day->fact, 1, out);
        PUT_INTS(out, day->kind);
    }
}

static void put_tiers(const struct facts *facts, struct list_ref list, struct writer *out)
{
    write_array(out, list.count);
    for (uint32_t i = 0; i < list.count; i++) {
        const struct tier_row *tier = tier_at(facts, list, i);
        write_array(out, 2);
        PUT_INTS(out, tier->upto_fen, tier->rate);
    }
}

static void put_royalty(const struct facts *facts, const struct royalty_row *row,
                        struct writer *out)
{
    put_head(facts, FACT_ROYALTY, &row->fact, 11, out);
    PUT_INTS(out, row->min_year_fen, row->cap_year_fen, row->cap_life_fen, row->report_days,
             row->pay_days, row->base, row->tier_scope, row->period, row->entry_creditable);
    put_tiers(facts, row->tiers, out);
    put_tiers(facts, row->year_rates, out);
}

static void put_owner(const struct facts *facts, const struct owner_row *row, struct writer *out)
{
    put_head(facts, FACT_OWNER, &row->fact, 2, out);
    put_aggregate(facts, row->party, out);
    write_int(out, row->delta_ppm);
}

static void put_statement(const struct facts *facts, const struct statement_row *row,
                          struct writer *out)
{
    put_head(facts, FACT_STATEMENT, &row->fact, 7, out);
    PUT_INTS(out, row->base_fen, row->royalty_fen, row->credits_fen, row->due_fen,
             row->period_start, row->period_end);
    put_obligation(facts, row->obligation, out);
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
    } else if (table == FACT_ROYALTY) {
        const struct royalty_row *royalty = row;
        shares = royalty->tiers.count + royalty->year_rates.count;
    } else if (table == FACT_ATTRIBUTE) {
        return DIGEST_ROW_BYTES + UINT16_MAX; /* a text may be as long as its length says */
    }
    return DIGEST_ROW_BYTES + shares * DIGEST_SHARE_BYTES;
}

void digest_row_write(const struct facts *facts, const struct digest_forms *forms,
                      enum fact_table table, const void *row, struct writer *out)
{
    const struct obligation_row *obligation = row;
    switch (table) {
    case FACT_ATTRIBUTE:
        put_attribute(facts, forms, row, out);
        break;
    case FACT_CONTRACT:
        put_contract(facts, row, out);
        break;
    case FACT_OBLIGATION:
        put_head(facts, table, &obligation->fact, 1, out);
        write_uint(out, obligation->no);
        break;
    case FACT_TERMS:
        put_terms(facts, row, out);
        break;
    case FACT_MOVE:
        put_move(facts, row, out);
        break;
    case FACT_CREDIT:
        put_credit(facts, row, out);
        break;
    case FACT_REGISTRATION:
        put_registration(facts, row, out);
        break;
    case FACT_STATEMENT:
        put_statement(facts, row, out);
        break;
    case FACT_ROYALTY:
        put_royalty(facts, row, out);
        break;
    case FACT_OWNER:
        put_owner(facts, row, out);
        break;
    case FACT_MATCH:
        put_match(facts, row, out);
        break;
    case FACT_COMMISSION:
        put_commission(facts, row, out);
        break;
    case FACT_POLICY:
        put_policy(facts, row, out);
        break;
    case FACT_STATE:
    case FACT_TRIAL:
    case FACT_CONDITION:
    case FACT_USAGE:
    case FACT_RATE:
    case FACT_DAY:
        put_small(facts, table, row, out);
        break;
    case FACT_TABLES:
        INVARIANT(table != FACT_TABLES);
        break;
    }
}
