#ifndef ACCRUE_DAEMON_LEDGER_FACTS_SNAPSHOT_H
#define ACCRUE_DAEMON_LEDGER_FACTS_SNAPSHOT_H

/* The facts as columns of plain rows, so that a start need not fold the whole log again.
 *
 *   F10 A row is given as it was when its event was published: `reversed_by` as never, heads of
 *       chains left out. Both follow from the other rows and are derived again. So what was
 *       given once never changes, and giving runs beside the writer without a lock.
 *   F11 Rows mean what the code that folded them meant. facts_layout() names that code: its own
 *       text, hashed. Rows of any other are not to be taken.
 *   F12 Rebuilding holds every chain against the rows' own `prev`: rows that do not belong
 *       together are refused, and so are numbers and texts that are not there.
 *
 * Memory only: where the rows are kept is the caller's business. */

#include "daemon/ledger/facts.h"

#define FACTS_COLUMNS ((uint32_t)FACT_TABLES + 8u)
#define FACTS_LAYOUT_DIGITS 64u

struct facts_column {
    const char *name;   /* lower-case letters and underscores; constant */
    uint32_t row_bytes; /* as given; 1 at least */
};

struct facts_column facts_column(uint32_t column); /* < FACTS_COLUMNS */

/* FACTS_LAYOUT_DIGITS hexadecimal digits. */
const char *facts_layout(void);

/* Rows of the column among what is published. */
uint64_t facts_column_rows(uint32_t column, const struct published *published);

/* Write rows `from` to `from` + `count` - 1, published ones, to `out`. Any thread. */
void facts_give(const struct facts *facts, uint32_t column, uint64_t from, uint64_t count,
                uint8_t *out);

/* Take the next rows of a column into facts that nothing was folded into. Different columns may
 * be taken by different threads. False: more than there can be; free the facts. */
bool facts_take(struct facts *facts, uint32_t column, uint64_t count, const uint8_t *rows);

/* After all columns were taken, both of these make the facts what folding up to `seq` would
 * have made them, published. They touch different things and may run on two threads. False
 * (F12): free the facts. */
bool facts_rebuild_indexes(struct facts *facts);
bool facts_rebuild_chains(struct facts *facts, uint64_t seq);

#endif
