#ifndef ACCRUE_OPS_CLI_TABLE_H
#define ACCRUE_OPS_CLI_TABLE_H

/* Rows of an answer as a table for people or as CSV for offices. */

#include "ops/cli/cli.h"

/* How a column is written. */
enum column_kind { COLUMN_TEXT, COLUMN_NUMBER, COLUMN_MONEY, COLUMN_PERMILLE, COLUMN_TENTHS };

enum column_kind column_kind_of(const char *key);
/* The heading in the language of the output. */
const char *column_title(const char *key, bool chinese);

/* `rows` is an array of objects. `keys` (ended by NULL) chooses and orders columns; NULL takes
 * those of the first row. A column in which every cell is zero or empty is left out of tables
 * when `sparse`; never of CSV. `total`, an array of objects or NULL, goes below. */
void table_print(const struct cli *cli, const json_t *rows, const char *const *keys, bool sparse,
                 const json_t *total);

/* "1,234.50" of fen in the unit asked for, rounded half up. */
void money_text(const struct cli *cli, int64_t fen, bool thousands, char out[40]);

#endif
