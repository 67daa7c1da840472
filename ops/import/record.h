#ifndef ACCRUE_OPS_IMPORT_RECORD_H
#define ACCRUE_OPS_IMPORT_RECORD_H

/* A row of the sheet as values by the names of the profile's columns.
 *
 *   R1  The headings are the row of the first twenty of which most cells are headings of the
 *       profile. A unit in brackets, 合同金额（万元）, is the unit of that column's plain numbers.
 *   R2  Every fault of a row is told, with its column, what it holds and what would be accepted.
 *   R3  The key of a row is made of its values, not of how they are written: the same sheet as
 *       CSV and as XLSX has the same keys. Truly equal rows are told apart by their order. */

#include <jansson.h>

#include "ops/import/content.h"
#include "ops/import/profile.h"
#include "ops/import/sheet.h"
#include "ops/import/tally.h"

struct import_fault {
    uint64_t row;
    const char *column; /* its heading; "" of the row as a whole */
    const char *holds, *wrong, *accepted;
};

typedef void fault_fn(void *arg, const struct import_fault *fault);

struct records {
    const struct profile *profile;
    bool chinese;
    const char *id_column; /* heading, or NULL: keys from the content */
    fault_fn *fault;
    void *arg;

    uint64_t heading_row;                /* 0: not found yet */
    size_t cell_of[PROFILE_COLUMNS_MAX]; /* SIZE_MAX: the sheet has no such column */
    enum scale scales[PROFILE_COLUMNS_MAX];
    size_t id_cell;
    char *headings[SHEET_COLUMNS_MAX]; /* of the sheet, NULL where there is none */
    bool used[SHEET_COLUMNS_MAX];
    struct tally keys, uniques; /* of this pass */
};

enum record_result { RECORD_GOOD, RECORD_SKIPPED, RECORD_FAULTY };

struct record {
    uint64_t row;
    const struct sheet_row *cells;
    json_t *held; /* NULL; of one that is kept what the profile's columns hold, and no `cells` */
    json_t *values;
    char key[CONTENT_HEX_BYTES];
};

/* `records` has profile, chinese, id_column, fault and arg set. Reads the headings. False: the
 * reason is told as a fault, or in `why` if the sheet cannot be read. */
bool records_begin(struct records *records, struct sheet *sheet, char why[SHEET_WHY_BYTES]);
/* Forget the keys: another pass begins. */
void records_again(struct records *records);
void records_end(struct records *records);
/* Is it behind the headings? */
bool records_is_row(const struct records *records, const struct sheet_row *row);
/* The caller owns ret->values, also of a faulty row. */
enum record_result record_read(struct records *records, const struct sheet_row *row,
                               struct record *ret);
/* The same for longer than its row: let go by record_drop(). */
struct record record_keep(const struct records *records, const struct record *record);
void record_drop(struct record *record);
/* The heading that fills a column, "" if none does; and what the row's cell holds. */
const char *record_heading(const struct records *records, size_t column);
const char *record_cell(const struct records *records, const struct record *record, size_t column);

/* ---- expression.c ---- */

/* What it says in this row, the caller's; NULL: nothing. */
json_t *expression_value(const struct expression *expression, const json_t *values);

#endif
