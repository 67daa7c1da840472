/* See ledger_dump.h. Rows are copied as they are: they are zeroed before they are filled in, and
 * no hidden bytes are copied into them. The heads of readers are left out. */

#include "tests/support/ledger_dump.h"

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/facts_inner.h"

static void put(struct ledger_dump *dump, const void *bytes, size_t len)
{
    if (dump->len + len > dump->room) {
        dump->room = (dump->len + len) * 2;
        dump->data = realloc(dump->data, dump->room);
        INVARIANT(dump->data != NULL);
    }
    memcpy(dump->data + dump->len, bytes, len);
    dump->len += len;
}

static void put_column(struct ledger_dump *dump, const struct column *column)
{
    put(dump, &column->count, sizeof(column->count));
    for (uint64_t i = 0; i < column->count; i++) {
        put(dump, column_at(column, i), column->element);
    }
}

/* An obligation's and an aggregate's own heads, without those of readers. */
static void put_obligations(struct ledger_dump *dump, const struct facts *facts)
{
    for (uint64_t i = 0; i < facts_count(facts, FACT_OBLIGATION); i++) {
        struct obligation_row row;
        memcpy(&row, facts_row(facts, FACT_OBLIGATION, i), sizeof(row));
        memset((uint8_t *)&row + offsetof(struct obligation_row, seen_terms), 0,
               sizeof(row) - offsetof(struct obligation_row, seen_terms));
        put(dump, &row, sizeof(row));
    }
}

static void put_aggregates(struct ledger_dump *dump, const struct facts *facts)
{
    for (uint64_t i = 0; i < facts->aggregates.count; i++) {
        const struct aggregate_row *row = aggregate_at(facts, (uint32_t)i);
        put(dump, row, offsetof(struct aggregate_row, seen));
        uint32_t found = aggregate_find(facts, row->kind, text_of(facts, row->id), UINT64_MAX);
        put(dump, &found, sizeof(found)); /* the index knows it */
    }
}

static void put_texts(struct ledger_dump *dump, const struct facts *facts)
{
    put(dump, &facts->texts.bytes, sizeof(facts->texts.bytes));
    uint64_t left = facts->texts.bytes;
    for (unsigned s = 0; left > 0; s++) {
        uint64_t here = left < TEXT_SEGMENT_BYTES ? left : TEXT_SEGMENT_BYTES;
        const uint8_t *segment = facts->texts.segments[s];
        if (segment != NULL && here > 1) {
            size_t skip = s == 0 ? 1 : 0; /* byte 0 is never written */
            put(dump, segment + skip, here - skip);
        }
        left -= here;
    }
}

struct ledger_dump ledger_dump_of(const struct facts *facts)
{
    struct ledger_dump dump = {0};
    for (int t = 0; t < FACT_TABLES; t++) {
        if (t == FACT_OBLIGATION) {
            put_obligations(&dump, facts);
        } else {
            put_column(&dump, &facts->tables[t]);
        }
    }
    put_aggregates(&dump, facts);
    put_column(&dump, &facts->events);
    put_column(&dump, &facts->touches);
    put_column(&dump, &facts->shares);
    put_column(&dump, &facts->tiers);
    put_column(&dump, &facts->names);
    put_column(&dump, &facts->reversals);
    put_column(&dump, &facts->alikes);
    put(&dump, &facts->totals, sizeof(facts->totals));
    put_texts(&dump, facts);
    put(&dump, facts->day_head, sizeof(facts->day_head));
    put(&dump, &facts->aggregate_index.count, sizeof(facts->aggregate_index.count));
    put(&dump, &facts->name_index.count, sizeof(facts->name_index.count));
    put(&dump, &facts->likeness_index.count, sizeof(facts->likeness_index.count));
    return dump;
}

void ledger_dump_done(struct ledger_dump *dump)
{
    free(dump->data);
    *dump = (struct ledger_dump){0};
}

bool ledger_dump_equal(const struct ledger_dump *a, const struct ledger_dump *b)
{
    return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}
