/* One page of rows.
 *
 *   G1  Memory and time are bounded by the page, not by the answer: a heap of `limit` rows,
 *       greatest key on top, and one comparison for a row that is not in the page.
 *   G2  The page depends on keys alone, never on the order in which rows are offered. */

#include "daemon/view/page.h"

#include <stdlib.h>

#define TOTALS_BYTES (160 * KIB) /* kept free behind the rows */
#define ROW_BYTES (8 * KIB)      /* no row is larger */

void page_init(struct page *page, struct scratch *scratch, const struct query *query)
{
    uint64_t limit = query->limit;
    if (limit == 0 || limit > QUERY_ROWS_MAX) {
        limit = QUERY_ROWS_MAX;
    }
    *page = (struct page){
        .scratch = scratch,
        .rows = scratch_take(scratch, (size_t)limit * sizeof(struct page_row)),
        .limit = (size_t)limit,
        .after = query->after,
    };
}

static void sift_up(struct page_row *rows, size_t at)
{
    while (at > 0) {
        size_t parent = (at - 1) / 2;
        if (slice_compare(rows[parent].key, rows[at].key) >= 0) {
            return;
        }
        struct page_row row = rows[parent];
        rows[parent] = rows[at];
        rows[at] = row;
        at = parent;
    }
}

static void sift_down(struct page_row *rows, size_t count, size_t at)
{
    for (;;) {
        size_t largest = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < count; child++) {
            if (slice_compare(rows[child].key, rows[largest].key) > 0) {
                largest = child;
            }
        }
        if (largest == at) {
            return;
        }
        struct page_row row = rows[largest];
        rows[largest] = rows[at];
        rows[at] = row;
        at = largest;
    }
}

void page_offer(struct page *page, struct slice key, uint64_t payload)
{
    if (page->after.len > 0 && slice_compare(key, page->after) <= 0) {
        return;
    }
    if (page->count < page->limit) {
        page->rows[page->count].key = scratch_copy(page->scratch, key);
        page->rows[page->count].payload = payload;
        sift_up(page->rows, page->count);
        page->count++;
        return;
    }
    page->more = true;
    if (slice_compare(key, page->rows[0].key) < 0) {
        page->rows[0].key = scratch_copy(page->scratch, key);
        page->rows[0].payload = payload;
        sift_down(page->rows, page->count, 0);
    }
}

static int compare_rows(const void *a, const void *b)
{
    const struct page_row *first = a;
    const struct page_row *second = b;
    return slice_compare(first->key, second->key);
}

enum status page_write(struct page *page, page_row_fn *write_row, void *arg, struct writer *out,
                       uint32_t *pairs, struct fault *fault)
{
    if (page->count > 0) {
        qsort(page->rows, page->count, sizeof(page->rows[0]), compare_rows);
    }
    write_text(out, "rows");
    size_t mark = write_array_begin(out);
    uint32_t written = 0;
    for (; written < page->count && !out->full; written++) {
        bool room = out->size - out->len >= TOTALS_BYTES + ROW_BYTES;
        if (!room && written > 0) {
            page->more = true;
            break;
        }
        enum status status = write_row(arg, &page->rows[written], out, fault);
        if (status != STATUS_OK) {
            return status;
        }
    }
    write_array_end(out, mark, written);
    write_text(out, "next");
    if (page->more && written > 0) {
        write_str(out, page->rows[written - 1].key);
    } else {
        write_nil(out);
    }
    *pairs += 2;
    return STATUS_OK;
}
