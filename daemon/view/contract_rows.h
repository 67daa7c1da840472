#ifndef ACCRUE_DAEMON_VIEW_CONTRACT_ROWS_H
#define ACCRUE_DAEMON_VIEW_CONTRACT_ROWS_H

/* What the projections with one row a contract share. */

#include "daemon/view/explain.h"

/* The line for a visible row of the contract; false: it belongs to no line. Owner, seq and currency
 * are set already, `what` is "" and the amount unknown. */
typedef bool explain_row_fn(const struct query *query, const struct fact *fact,
                            struct explanation_line *line);

/* The rows of `table` of the contract that `key` names, and of no other. STATUS_NOT_FOUND if there
 * is none. */
enum status explain_contract_rows(const struct query *query, struct slice key,
                                  enum fact_table table, explain_row_fn *line_of,
                                  struct writer *out, uint32_t *pairs, struct fault *fault);

/* key, label and currency: the first three pairs of a row. */
void write_contract_head(const struct query *query, uint32_t contract, uint8_t currency,
                         struct writer *out);

/* The first seller or buyer; AGGREGATE_NONE. */
uint32_t first_party(const struct facts *facts, struct list_ref list);

/* numerator / denominator in permille, half away from zero; nil over zero. */
void write_permille(struct writer *out, int64_t numerator, int64_t denominator);

#endif
