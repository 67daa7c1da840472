/* Fact rows in canonical form: targets, published figures, closed periods, warnings. */

#include "daemon/view/digest_put.h"

void put_target(const struct facts *facts, const void *at, struct writer *out)
{
    const struct target_row *row = at;
    put_head(facts, FACT_TARGET, &row->fact, 7, out);
    put_text(facts, row->metric, out);
    put_text(facts, row->period, out);
    put_text(facts, row->unit, out);
    put_text(facts, row->filter, out);
    PUT_INTS(out, row->value, row->baseline, row->comparator);
}

void put_published(const struct facts *facts, const void *at, struct writer *out)
{
    const struct published_row *row = at;
    put_head(facts, FACT_PUBLISHED, &row->fact, 8, out);
    put_text(facts, row->metric, out);
    put_text(facts, row->period, out);
    put_text(facts, row->unit, out);
    put_text(facts, row->source, out);
    put_text(facts, row->filter, out);
    PUT_INTS(out, row->value, row->at, row->decimals);
}

void put_closing(const struct facts *facts, const void *at, struct writer *out)
{
    const struct closing_row *row = at;
    put_head(facts, FACT_CLOSING, &row->fact, 2, out);
    PUT_INTS(out, row->first, row->last);
}

void put_flagged(const struct facts *facts, const void *at, struct writer *out)
{
    const struct flagged_row *row = at;
    put_head(facts, FACT_FLAGGED, &row->fact, 2, out);
    put_text(facts, row->actor, out);
    write_uint(out, row->flags);
}
