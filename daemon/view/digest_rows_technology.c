/* Rows of parties, technologies, ventures and rewards in canonical form: see digest_rows.c. */

#include "daemon/view/digest_put.h"

void put_merger(const struct facts *facts, const void *at, struct writer *out)
{
    const struct merger_row *row = at;
    put_head(facts, FACT_MERGER, &row->fact, 1, out);
    put_aggregate(facts, row->survivor, out);
}

void put_accreditation(const struct facts *facts, const void *at, struct writer *out)
{
    const struct accreditation_row *row = at;
    put_head(facts, FACT_ACCREDITATION, &row->fact, 3, out);
    put_text(facts, row->kind, out);
    put_text(facts, row->grade, out);
    PUT_INTS(out, row->ended);
}

void put_right(const struct facts *facts, const void *at, struct writer *out)
{
    const struct right_row *row = at;
    put_head(facts, FACT_RIGHT, &row->fact, 5, out);
    PUT_INTS(out, row->right, row->share_ppm, row->revenue_share_ppm, row->years, row->persons);
}

void put_entrustment(const struct facts *facts, const void *at, struct writer *out)
{
    const struct entrustment_row *row = at;
    put_head(facts, FACT_ENTRUSTMENT, &row->fact, 8, out);
    put_text(facts, row->scope, out);
    put_aggregate(facts, row->operator_party, out);
    put_aggregate(facts, row->contract, out);
    PUT_INTS(out, row->from, row->to, row->revenue_share_ppm, row->exclusive, row->ended);
}

void put_commercial(const struct facts *facts, const void *at, struct writer *out)
{
    const struct commercial_row *row = at;
    put_head(facts, FACT_COMMERCIAL, &row->fact, 3, out);
    put_aggregate(facts, row->contract, out);
    PUT_INTS(out, row->mode, row->status);
}

void put_valuation(const struct facts *facts, const void *at, struct writer *out)
{
    const struct valuation_row *row = at;
    put_head(facts, FACT_VALUATION, &row->fact, 4, out);
    PUT_INTS(out, row->amount_fen, row->kind);
    put_text(facts, row->method, out);
    put_text(facts, row->appraiser, out);
}

void put_fee(const struct facts *facts, const void *at, struct writer *out)
{
    const struct fee_row *row = at;
    put_head(facts, FACT_FEE, &row->fact, 2, out);
    PUT_INTS(out, row->amount_fen, row->year);
}

void put_open_license(const struct facts *facts, const void *at, struct writer *out)
{
    const struct open_license_row *row = at;
    put_head(facts, FACT_OPEN_LICENSE, &row->fact, 6, out);
    PUT_INTS(out, row->fixed_fen, row->rate_ppm, row->term_end, row->fee_mode, row->base);
    put_text(facts, row->report_no, out);
}

void put_venture(const struct facts *facts, const void *at, struct writer *out)
{
    const struct venture_row *row = at;
    put_head(facts, FACT_VENTURE, &row->fact, 3, out);
    put_shares(facts, row->technologies, out);
    put_aggregate(facts, row->company, out);
    PUT_INTS(out, row->founders);
}

void put_reward(const struct facts *facts, const void *at, struct writer *out)
{
    const struct reward_row *row = at;
    put_head(facts, FACT_REWARD, &row->fact, 4, out);
    PUT_INTS(out, row->net_income_fen, row->paid_fen, row->persons, row->form);
}

void put_equity(const struct facts *facts, const void *at, struct writer *out)
{
    const struct equity_row *row = at;
    put_head(facts, FACT_EQUITY, &row->fact, 4, out);
    PUT_INTS(out, row->valuation_fen);
    put_shares(facts, row->holders, out);
    put_aggregate(facts, row->company, out);
    put_text(facts, row->source, out);
}
