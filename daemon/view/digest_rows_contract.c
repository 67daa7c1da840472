/* Fact rows of a contract's papers in canonical form; see digest_rows.c. */

#include "daemon/view/digest_put.h"

void put_invoice(const struct facts *facts, const void *at, struct writer *out)
{
    const struct invoice_row *row = at;
    put_head(facts, FACT_INVOICE, &row->fact, 6, out);
    put_aggregate(facts, row->contract, out);
    put_text(facts, name_at(facts, row->number)->text, out);
    PUT_INTS(out, row->amount_fen, row->tax_fen, row->kind);
    put_shares(facts, row->obligations, out);
}
