/* Giving and taking rows; see facts_snapshot.h. What is derived again is facts_rebuild.c.
 *
 * A new table needs nothing here but, if its rows carry heads of chains, that these stand last in
 * the row and that table_form() keeps only what is before them. */

#include "daemon/ledger/facts_snapshot.h"

#include "daemon/base/check.h"
#include "daemon/ledger/facts_inner.h"
#include "daemon/ledger/facts_layout.h"

#include <stdlib.h>

#define NO_HOLE UINT32_MAX

_Static_assert(sizeof(FACTS_LAYOUT) == FACTS_LAYOUT_DIGITS + 1, "SHA-256 in hexadecimal");

/* Behind the tables, which have the numbers of their enumeration. */
enum {
    COLUMN_AGGREGATES = FACT_TABLES,
    COLUMN_EVENTS,
    COLUMN_TOUCHES,
    COLUMN_SHARES,
    COLUMN_TIERS,
    COLUMN_NAMES,
    COLUMN_REVERSALS,
    COLUMN_TEXTS, /* bytes; the first of the pool is no text's and left out */
    COLUMNS
};
_Static_assert(COLUMNS == FACTS_COLUMNS, "the header says how many");

/* How a row in a file is made of one in memory. */
struct form {
    const char *name;
    uint32_t kept; /* bytes from the row's beginning */
    uint32_t hole; /* where reversed_by is, in every row of facts and events */
};

static struct form table_form(enum fact_table table)
{
    struct form form = {.name = fact_table_name(table),
                        .kept = (uint32_t)table_rules[table].row_bytes,
                        .hole = offsetof(struct fact, reversed_by)};
    if (table == FACT_OBLIGATION) {
        form.kept = offsetof(struct obligation_row, head_terms);
    }
    return form;
}

static struct form form_of(uint32_t column)
{
    static const struct form others[COLUMNS - FACT_TABLES] = {
        {"aggregates", offsetof(struct aggregate_row, agg_seq), NO_HOLE},
        {"events", sizeof(struct event_row), offsetof(struct event_row, reversed_by)},
        {"touches", sizeof(struct touch_row), NO_HOLE},
        {"shares", sizeof(struct share_row), NO_HOLE},
        {"tiers", sizeof(struct tier_row), NO_HOLE},
        {"names", offsetof(struct name_row, head), NO_HOLE},
        {"reversals", sizeof(struct reversal_row), NO_HOLE},
        {"texts", 1, NO_HOLE},
    };
    INVARIANT(column < COLUMNS);
    return column < FACT_TABLES ? table_form((enum fact_table)column)
                                : others[column - FACT_TABLES];
}

static const struct column *rows_of(const struct facts *facts, uint32_t column)
{
    const struct column *const others[COLUMN_TEXTS - FACT_TABLES] = {
        &facts->aggregates, &facts->events, &facts->touches,   &facts->shares,
        &facts->tiers,      &facts->names,  &facts->reversals,
    };
    return column < FACT_TABLES ? &facts->tables[column] : others[column - FACT_TABLES];
}

struct facts_column facts_column(uint32_t column)
{
    struct form form = form_of(column);
    return (struct facts_column){.name = form.name, .row_bytes = form.kept};
}

const char *facts_layout(void)
{
    return FACTS_LAYOUT;
}

uint64_t facts_column_rows(uint32_t column, const struct published *published)
{
    const uint64_t others[COLUMNS - FACT_TABLES] = {
        published->aggregates, published->seq,   published->touches,   published->shares,
        published->tiers,      published->names, published->reversals, published->text_bytes - 1,
    };
    return column < FACT_TABLES ? published->rows[column] : others[column - FACT_TABLES];
}

/* The bytes of the pool from `at` on that lie side by side. */
static uint64_t text_run(uint64_t at, uint64_t count)
{
    uint64_t run = TEXT_SEGMENT_BYTES - at % TEXT_SEGMENT_BYTES;
    return run < count ? run : count;
}

static void give_texts(const struct facts *facts, uint64_t at, uint64_t count, uint8_t *out)
{
    while (count > 0) {
        uint64_t run = text_run(at, count);
        const uint8_t *segment = atomic_load_explicit(
            &facts->texts.segments[at / TEXT_SEGMENT_BYTES], memory_order_acquire);
        memcpy(out, segment + at % TEXT_SEGMENT_BYTES, run);
        at += run;
        out += run;
        count -= run;
    }
}

static bool take_texts(struct facts *facts, uint64_t count, const uint8_t *bytes)
{
    struct texts *texts = &facts->texts;
    while (count > 0) {
        uint64_t run = text_run(texts->bytes, count);
        uint64_t number = texts->bytes / TEXT_SEGMENT_BYTES;
        if (number >= TEXT_SEGMENTS) {
            return false;
        }
        memcpy(text_segment(texts, number) + texts->bytes % TEXT_SEGMENT_BYTES, bytes, run);
        texts->bytes += run;
        bytes += run;
        count -= run;
    }
    return true;
}

void facts_give(const struct facts *facts, uint32_t column, uint64_t from, uint64_t count,
                uint8_t *out)
{
    if (column == COLUMN_TEXTS) {
        give_texts(facts, from + 1, count, out);
        return;
    }
    const struct column *rows = rows_of(facts, column);
    struct form form = form_of(column);
    for (uint64_t i = from; i < from + count; i++, out += form.kept) {
        const uint8_t *row = column_at(rows, i);
        if (form.hole == NO_HOLE) {
            memcpy(out, row, form.kept);
            continue;
        }
        const uint32_t after = form.hole + (uint32_t)sizeof(uint64_t);
        memcpy(out, row, form.hole);
        memset(out + form.hole, 0xff, sizeof(uint64_t)); /* F10: never */
        memcpy(out + after, row + after, form.kept - after);
    }
}

bool facts_take(struct facts *facts, uint32_t column, uint64_t count, const uint8_t *rows)
{
    if (column == COLUMN_TEXTS) {
        return take_texts(facts, count, rows);
    }
    /* The same look-up serves giving and taking. */
    struct column *to = (struct column *)(uintptr_t)rows_of(facts, column);
    const size_t kept = form_of(column).kept;
    if (count >= UINT32_MAX - 1 - to->count) {
        return false;
    }
    while (count > 0) {
        uint64_t run;
        uint8_t *at = column_extend(to, count, &run);
        if (kept == to->element) {
            memcpy(at, rows, run * kept);
        } else {
            memset(at, 0, run * to->element);
            for (uint64_t i = 0; i < run; i++) {
                memcpy(at + i * to->element, rows + i * kept, kept);
            }
        }
        rows += run * kept;
        count -= run;
    }
    return true;
}
