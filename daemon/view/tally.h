#ifndef ACCRUE_DAEMON_VIEW_TALLY_H
#define ACCRUE_DAEMON_VIEW_TALLY_H

/* Amounts added up by key and currency: what the projections of plain sums share.
 *
 *   T1  A cell for each key and currency that was asked for; currencies are never netted.
 *   T2  The total of a currency is the sum of its cells. A sum beyond what the wire keeps exact
 *       is STATUS_E_RANGE, not a wrong answer.
 *   T3  Cells are found by hash and offered to the page, which orders them by key bytes. */

#include "daemon/base/column.h"
#include "daemon/base/index_table.h"
#include "daemon/view/page.h"

#define TALLY_COLUMNS_MAX 16u

struct tally_cell {
    struct slice key;  /* "KEY CUR", the sort key */
    uint32_t labelled; /* the aggregate whose label it gets; AGGREGATE_NONE: the key */
    uint8_t currency;
    uint32_t tag; /* the projection's own */
    int64_t of[TALLY_COLUMNS_MAX];
};

struct tally {
    const struct query *query;
    struct scratch *scratch;
    struct index_table index;
    struct column cells, totals; /* struct tally_cell */
    const char *const *names;    /* of the columns, ended by NULL */
};

void tally_init(struct tally *tally, const struct query *query, struct scratch *scratch,
                const char *const *names);
void tally_done(struct tally *tally);

struct tally_cell *tally_cell(struct tally *tally, struct slice key, uint8_t currency,
                              uint32_t labelled);
/* Columns of `part` added to the cell and to its currency's total. */
enum status tally_add(struct tally *tally, struct tally_cell *cell, const int64_t *part,
                      struct fault *fault);

/* More pairs of a row or total, or NULL; gives how many it wrote. */
typedef uint32_t tally_extra_fn(void *arg, const struct tally_cell *cell, bool total,
                                struct writer *out);
/* `rows` {key, label, currency, columns …}, `next` and `total`. */
enum status tally_write(struct tally *tally, tally_extra_fn *extra, void *arg, struct writer *out,
                        uint32_t *pairs, struct fault *fault);

#endif
