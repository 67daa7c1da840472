/* Rows of patent pools in canonical form. */

#include "daemon/view/digest_put.h"

void put_pool_member(const struct facts *facts, const void *at, struct writer *out)
{
    const struct pool_member_row *row = at;
    put_head(facts, FACT_POOL_MEMBER, &row->fact, 2, out);
    PUT_INTS(out, row->joined);
    put_aggregate(facts, row->party, out);
}

void put_pool_patent(const struct facts *facts, const void *at, struct writer *out)
{
    const struct pool_patent_row *row = at;
    put_head(facts, FACT_POOL_PATENT, &row->fact, 4, out);
    PUT_INTS(out, row->admitted, row->weight_ppm);
    put_aggregate(facts, row->pool, out);
    put_aggregate(facts, row->owner, out);
}

void put_distribution(const struct facts *facts, const void *at, struct writer *out)
{
    const struct distribution_row *row = at;
    put_head(facts, FACT_DISTRIBUTION, &row->fact, 5, out);
    PUT_INTS(out, row->gross_fen, row->admin_fee_fen, row->reserve_fen, row->period_start,
             row->period_end);
}
