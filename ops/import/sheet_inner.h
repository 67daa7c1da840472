#ifndef ACCRUE_OPS_IMPORT_SHEET_INNER_H
#define ACCRUE_OPS_IMPORT_SHEET_INNER_H

/* What the readers of both formats share. */

#include <zip.h>

#include "ops/import/sheet.h"
#include "proto/bytes.h"

/* The cells of one row: texts one behind the other, addressed once the row is whole. */
struct row_room {
    struct cell cells[SHEET_COLUMNS_MAX];
    size_t offsets[SHEET_COLUMNS_MAX];
    size_t count; /* up to the last cell that holds something */
    char *text;
    size_t len;
    uint64_t rows; /* given so far */
};

struct xlsx;

struct sheet {
    FILE *file;        /* CSV */
    struct xlsx *book; /* XLSX */
    bool chinese;
    const char *format, *charset; /* charset: for iconv, NULL for UTF-8 */
    char separator;
    uint64_t total, done, skipped; /* skipped: a byte order mark */
    struct row_room room;

    sheet_row_fn *take;
    void *arg;
    bool stopped, failed;
    char *why;
};

/* Keep a cell of the row under way. False: a limit, said. */
bool room_cell(struct sheet *sheet, size_t column, enum cell_kind kind, const char *text,
               size_t len);
/* Give the row, if it holds anything. False: no more is wanted, or a limit. */
bool room_row(struct sheet *sheet, uint64_t number, bool since_1904);
/* The reason in words; the first one stays. Gives false. */
bool sheet_fail(struct sheet *sheet, const char *english, const char *chinese);

bool csv_open(struct sheet *sheet);
bool csv_read(struct sheet *sheet);

/* Takes the archive over in any case. */
bool xlsx_open(struct sheet *sheet, zip_t *archive, const char *name);
bool xlsx_read(struct sheet *sheet);
void xlsx_close(struct xlsx *book);

#endif
