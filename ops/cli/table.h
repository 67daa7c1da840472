#ifndef ACCRUE_OPS_CLI_TABLE_H
#define ACCRUE_OPS_CLI_TABLE_H

/* Rows of an answer as a table for people or as CSV for offices. */

#include "ops/cli/cli.h"

/* How a column is written. */
enum column_kind {
    COLUMN_TEXT,
    COLUMN_NUMBER,
    COLUMN_MONEY,
    COLUMN_PERMILLE,
    COLUMN_TENTHS,
    COLUMN_THOUSANDTHS
};

#define CELL_MAX 768

/* ---- titles.c ---- */
enum column_kind column_kind_of(const char *key);
/* The heading in the language of the output. */
void column_title(const char *key, bool chinese, char *out, size_t size);
/* d1_30, d31_60, d90_plus: the aging bands, whatever their ends; and their headings. */
bool is_band(const char *key);
void band_title(const char *key, bool chinese, char *out, size_t size);

/* ---- values.c ---- */
/* A text as it is shown: states, kinds … in Chinese, aging bands as their headings. */
void value_shown(const char *key, const char *text, bool chinese, char *out, size_t size);

/* ---- cell.c ---- */
/* "1,234.50": minor units of `currency` (NULL: CNY) in the unit asked for, rounded half away
 * from zero. */
void money_text(const struct cli *cli, int64_t minor, const char *currency, char out[48]);
/* A cell of the row as it is shown. */
void cell_text(const struct cli *cli, const json_t *row, const char *key, char out[CELL_MAX]);
/* A cell that is neither zero nor empty? */
bool cell_says(const json_t *cell);
/* "amounts in yuan", with how they are rounded. */
const char *unit_text(const struct cli *cli);

/* ---- table.c ---- */
/* `rows` is an array of objects. `keys` (ended by NULL) chooses and orders columns; NULL takes
 * those of the first row. Columns in which every cell is zero or empty are left out of tables,
 * never of CSV. `total`, an array of objects or NULL, goes below. */
void table_print(const struct cli *cli, const json_t *rows, const char *const *keys,
                 const json_t *total);
/* One object, a line a pair; what is empty is left out. */
void pairs_print(const struct cli *cli, const json_t *row);

#endif
