/* Rows of claims, of what was paid under policies, and of pledges, in canonical form. */

#include "daemon/view/digest_put.h"

void put_claim(const struct facts *facts, const void *at, struct writer *out)
{
    const struct claim_row *row = at;
    put_head(facts, FACT_CLAIM, &row->fact, 8, out);
    PUT_INTS(out, row->step, row->amount, row->day, row->verdict, row->recognised_by,
             row->subrogates);
    put_aggregate(facts, row->policy, out);
    put_aggregate(facts, row->party, out);
}

void put_indemnity(const struct facts *facts, const void *at, struct writer *out)
{
    const struct indemnity_row *row = at;
    put_head(facts, FACT_INDEMNITY, &row->fact, 2, out);
    PUT_INTS(out, row->amount);
    put_aggregate(facts, row->claim, out);
}

void put_pledge(const struct facts *facts, const void *at, struct writer *out)
{
    const struct pledge_row *row = at;
    put_head(facts, FACT_PLEDGE, &row->fact, 9, out);
    PUT_INTS(out, row->step, row->amount, row->loan_date, row->due);
    put_text(facts, row->pledge_no, out);
    put_shares(facts, row->technologies, out);
    put_aggregate(facts, row->pledgor, out);
    put_aggregate(facts, row->pledgee, out);
    put_aggregate(facts, row->debtor, out);
}

void put_encumbrance(const struct facts *facts, const void *at, struct writer *out)
{
    const struct encumbrance_row *row = at;
    put_head(facts, FACT_ENCUMBRANCE, &row->fact, 1, out);
    put_aggregate(facts, row->pledge, out);
}
