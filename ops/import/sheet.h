#ifndef ACCRUE_OPS_IMPORT_SHEET_H
#define ACCRUE_OPS_IMPORT_SHEET_H

/* A sheet as rows of cells: CSV in any of the encodings that offices use, and XLSX.
 *
 *   T1  A sheet is streamed: memory does not grow with its rows (an XLSX file's shared strings are
 *       kept, up to a limit). It can be read as often as one likes and gives the same each time.
 *   T2  CSV is UTF-8 if every byte of it is, else GB18030; with a byte order mark also UTF-16. The
 *       separator is the one of `,` `;` and tab that makes the most cells of the first rows.
 *   T3  A row is given if a cell of it holds something. Rows count as people count them: an XLSX
 *       row by its own number, a CSV row by the line that it begins on.
 *   T4  A file is refused, with the reason in words, if it is none of this, is broken, or passes a
 *       limit (limits.h). Rows before the fault have been given by then. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "ops/import/limits.h"

enum cell_kind {
    CELL_EMPTY,
    CELL_TEXT,
    CELL_NUMBER,  /* a double of a spreadsheet, as it was printed */
    CELL_PERCENT, /* the same, shown as a percentage: 0.05 is 5 % */
    CELL_DAY,     /* a number shown as a date: the serial number */
    CELL_YES_NO,  /* "1" or "0" */
    CELL_ERROR,   /* #DIV/0! and the like */
};

struct cell {
    enum cell_kind kind;
    const char *text; /* UTF-8 */
};

struct sheet_row {
    uint64_t number; /* from 1 */
    size_t count;
    const struct cell *cells;
    bool since_1904; /* of serial numbers */
};

/* False ends the reading, which is then no fault. The row is borrowed. */
typedef bool sheet_row_fn(void *arg, const struct sheet_row *row);

struct sheet;

#define SHEET_WHY_BYTES 256

/* A file, or NULL with the reason in `why`. `name`: the sheet of a workbook, NULL takes the first
 * that is visible. */
struct sheet *sheet_open(const char *path, const char *name, bool chinese,
                         char why[SHEET_WHY_BYTES]);
/* The same from memory, which must outlive it. */
struct sheet *sheet_open_bytes(const void *bytes, size_t len, const char *name, bool chinese,
                               char why[SHEET_WHY_BYTES]);
void sheet_close(struct sheet *sheet);
/* Every row from the first. False: the reason is in `why`. */
bool sheet_read(struct sheet *sheet, sheet_row_fn *take, void *arg, char why[SHEET_WHY_BYTES]);
/* Bytes read so far in this pass, and of all: for a bar. */
uint64_t sheet_done(const struct sheet *sheet);
uint64_t sheet_total(const struct sheet *sheet);
/* "UTF-8", "GB18030", "UTF-16LE", "XLSX". */
const char *sheet_format(const struct sheet *sheet);

#endif
