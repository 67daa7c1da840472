#ifndef ACCRUE_OPS_IMPORT_XLSX_H
#define ACCRUE_OPS_IMPORT_XLSX_H

/* What is kept of an open workbook. */

#include <zip.h>

#include "ops/import/sheet_inner.h"

#define XLSX_PATH_BYTES 256

/* How a style shows numbers. */
enum shown_as { SHOWN_NUMBER, SHOWN_DAY, SHOWN_PERCENT };

struct xlsx {
    zip_t *archive;
    char sheet_path[XLSX_PATH_BYTES];
    bool since_1904;
    uint8_t *styles; /* enum shown_as by number of style */
    size_t style_count, style_room;
    char *strings; /* shared ones, one behind the other */
    size_t strings_len, strings_room;
    size_t *offsets; /* of each, and of the end */
    size_t string_count, offset_room;
};

/* ---- xlsx_parts.c: each false with the reason said ---- */

/* The path of the sheet of that name, NULL: the first visible one; and the date system. */
bool xlsx_find_sheet(struct sheet *sheet, const char *name);
bool xlsx_read_styles(struct sheet *sheet);
bool xlsx_read_strings(struct sheet *sheet);

/* ---- xlsx_style.c ---- */

/* By the number of a built-in format. */
enum shown_as format_builtin(unsigned long id);
/* By its code: "yyyy\"年\"m\"月\"d\"日\";@", "0.00%". */
enum shown_as format_custom(const char *code);

#endif
