/* The values of a fact row in canonical form: names instead of this process's numbers. */

#include "daemon/view/digest_put.h"

#include "daemon/base/check.h"

void put_aggregate(const struct facts *facts, uint32_t aggregate, struct writer *out)
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

void put_obligation(const struct facts *facts, uint32_t obligation, struct writer *out)
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

void put_text(const struct facts *facts, text_ref text, struct writer *out)
{
    write_str(out, text_of(facts, text));
}

void put_shares(const struct facts *facts, struct list_ref list, struct writer *out)
{
    write_array(out, list.count);
    for (uint32_t i = 0; i < list.count; i++) {
        const struct share_row *share = share_at(facts, list, i);
        write_array(out, 2);
        put_aggregate(facts, share->aggregate, out);
        write_int(out, share->ppm);
    }
}

void put_tiers(const struct facts *facts, struct list_ref list, struct writer *out)
{
    write_array(out, list.count);
    for (uint32_t i = 0; i < list.count; i++) {
        const struct tier_row *tier = tier_at(facts, list, i);
        write_array(out, 2);
        PUT_INTS(out, tier->upto_fen, tier->rate);
    }
}

void put_ints(const int64_t *values, size_t count, struct writer *out)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i] == INT64_MIN || values[i] == DAY_NONE) {
            write_nil(out); /* AMOUNT_UNKNOWN, DAY_NONE */
        } else {
            write_int(out, values[i]);
        }
    }
}

void put_head(const struct facts *facts, enum fact_table table, const struct fact *fact,
              uint32_t fields, struct writer *out)
{
    write_array(out, 4 + fields);
    write_text(out, fact_table_name(table));
    PUT_INTS(out, (int64_t)fact->seq, fact->valid);
    if (table == FACT_TERMS || table == FACT_MOVE) {
        put_obligation(facts, fact->key, out);
    } else if (table == FACT_DAY) {
        write_int(out, (int64_t)fact->key + DAY_MIN);
    } else {
        put_aggregate(facts, fact->key, out);
    }
}
