#ifndef TESTS_UNIT_IMPORT_SUPPORT_H
#define TESTS_UNIT_IMPORT_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h> /* needs those above */

#include <stdio.h>
#include <string.h>

#include "ops/import/sheet.h"

/* The rows of a sheet as one text: "1:a|b\n3:c\n"; kinds of cells in front of their text where
 * they are no texts: `#` number, `%` percentage, `@` day, `?` yes or no, `!` error. A fault is
 * appended as "fault: …". */
const char *rows_of(const void *bytes, size_t len, const char *sheet_name);

struct part {
    const char *name;
    const char *text;
    size_t repeat; /* `text` so many times between `before` and `after` */
    const char *before, *after;
};

/* A package of these parts. Ended by a name of NULL. The caller frees *ret. */
size_t package_of(const struct part *parts, void **ret);
/* A workbook of one sheet with this sheetData, and these further parts of the package. The caller
 * frees *ret. */
size_t workbook_of(const char *sheet_data, const char *workbook_extra, const char *styles,
                   const char *strings, void **ret);
/* Its rows. */
const char *rows_of_workbook(const char *sheet_data, const char *workbook_extra, const char *styles,
                             const char *strings);

#endif
