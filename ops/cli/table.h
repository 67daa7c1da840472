#ifndef ACCRUE_OPS_CLI_TABLE_H
#define ACCRUE_OPS_CLI_TABLE_H

/* Rows of an answer as a table for people; files for offices are made in export/. */

#include "ops/cli/cli.h"

/* How a column is written. */
enum column_kind {
    COLUMN_TEXT,
    COLUMN_DATE, /* or a moment */
    COLUMN_NUMBER,
    COLUMN_MONEY,
    COLUMN_PERMILLE,
    COLUMN_TENTHS,
    COLUMN_THOUSANDTHS
};

#define CELL_MAX 768
#define COLUMNS_MAX 64
#define TITLE_MAX 64

struct column {
    const char *key;
    char title[TITLE_MAX];
    enum column_kind kind;
    bool right, used;
    int width;
};

struct table {
    const struct cli *cli;
    struct column columns[COLUMNS_MAX];
    int count;
};

/* An amount in the unit asked for: digits / power, with so many decimals. */
struct amount {
    bool negative;
    uint64_t digits, power;
    unsigned decimals;
};

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
/* Minor units of `currency` (NULL: CNY), rounded half away from zero to the last decimal shown. */
struct amount amount_shown(const struct cli *cli, int64_t minor, const char *currency);
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
/* Choose the columns: `keys` (ended by NULL), or those of the first row where it is NULL. */
void table_begin(struct table *table, const struct cli *cli, const json_t *rows,
                 const char *const *keys);
/* The widths of cells, and which columns say anything. */
void table_measure(struct table *table, const json_t *rows);
/* The totals to show: under a column of yes and no a total counts, whatever its name holds in other
 * answers. The caller owns them. */
json_t *totals_shown(const json_t *rows, const json_t *total);
/* Any of it in a column that is shown? */
bool totals_say(const struct table *table, const json_t *total);
/* For people: `rows` is an array of objects. Columns in which every cell is zero or empty are left
 * out. `total`, an array of objects or NULL, goes below. */
void table_print(const struct cli *cli, const json_t *rows, const char *const *keys,
                 const json_t *total);
/* One object, a line a pair; what is empty is left out. */
void pairs_print(const struct cli *cli, const json_t *row);

#endif
