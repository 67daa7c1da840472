#ifndef ACCRUE_DAEMON_VIEW_PAGE_H
#define ACCRUE_DAEMON_VIEW_PAGE_H

/* One page of an answer's rows: of all the rows that are offered, the `limit` smallest keys
 * after `after`, in the order of their bytes. A row's sort key is "KEY CURRENCY" where it has
 * a currency: ids have no spaces, so this orders by key, then currency. */

#include "daemon/view/query.h"
#include "daemon/view/scratch.h"

struct page_row {
    struct slice key;
    uint64_t payload;
};

struct page {
    struct scratch *scratch;
    struct page_row *rows; /* a heap, greatest key first, until page_write() */
    size_t count, limit;
    struct slice after;
    bool more;
};

void page_init(struct page *page, struct scratch *scratch, const struct query *query);

/* The key is copied if the row is kept. Keys are distinct. */
void page_offer(struct page *page, struct slice key, uint64_t payload);

/* One value: the row's map. */
typedef enum status page_row_fn(void *arg, const struct page_row *row, struct writer *out,
                                struct fault *fault);

/* Write the pairs `rows` and `next` (nil if that was all). Ends the page early, with `next`,
 * where the frame would not hold more rows and the totals behind them. */
enum status page_write(struct page *page, page_row_fn *write_row, void *arg, struct writer *out,
                       uint32_t *pairs, struct fault *fault);

#endif
