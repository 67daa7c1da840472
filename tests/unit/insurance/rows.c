/* See rows.h. */

#include "tests/unit/insurance/rows.h"

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/view/digest.h"
#include "proto/cursor.h"

static void put(struct rows *rows, struct slice bytes)
{
    rows->data = realloc(rows->data, rows->len + bytes.len);
    INVARIANT(rows->data != NULL);
    memcpy(rows->data + rows->len, bytes.data, bytes.len);
    rows->len += bytes.len;
}

/* A row is [table, seq, …]: all but the seq. */
static void put_row(struct rows *rows, const struct facts *facts, const struct digest_forms *forms,
                    enum fact_table table, const void *row)
{
    size_t size = digest_row_bytes(table, row);
    uint8_t *room = malloc(size);
    INVARIANT(room != NULL);
    struct writer out = writer_over(room, size);
    digest_row_write(facts, forms, table, row, &out);
    INVARIANT(!out.full);
    struct cursor in = cursor_over(slice_of(room, out.len));
    struct slice value = {0};
    uint32_t count = 0;
    bool good = cursor_array(&in, &count);
    for (uint32_t i = 0; good && i < count; i++) {
        good = cursor_value(&in, &value);
        if (good && i != 1) {
            put(rows, value);
        }
    }
    INVARIANT(good);
    free(room);
}

struct rows rows_now(const struct facts *facts)
{
    struct digest_forms *forms = malloc(sizeof(*forms));
    INVARIANT(forms != NULL);
    digest_forms_init(forms);
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    struct rows rows = {0};
    for (int t = 0; t < FACT_TABLES; t++) {
        enum fact_table table = (enum fact_table)t;
        for (uint64_t i = 0; i < facts_count(facts, table); i++) {
            const struct fact *fact = facts_row(facts, table, i);
            if (fact_counts(fact, &now)) {
                put_row(&rows, facts, forms, table, fact);
            }
        }
    }
    free(forms);
    return rows;
}

void rows_done(struct rows *rows)
{
    free(rows->data);
    *rows = (struct rows){0};
}

bool rows_equal(const struct rows *a, const struct rows *b)
{
    return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}
