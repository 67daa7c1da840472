/* What is wrong with a sheet: a list by row and column. */

#include <stdlib.h>

#include "ops/cli/import/import.h"
#include "ops/cli/table.h"

static const char *const keys[] = {"sheet_row", "sheet_column", "held", "wrong", "accepted", NULL};

/* The row's number, a number, then texts; `first_text` 0: the headings. */
static void write_cells(FILE *file, const char *const cells[5], size_t first_text)
{
    for (size_t i = 0; i < 5; i++) {
        (void)fputs(i > 0 ? "," : "", file);
        csv_field(file, cells[i], i >= first_text);
    }
    (void)fputs(CSV_LINE_END, file);
}

static bool open_file(struct importing *importing, const char *path)
{
    char titles[5][TITLE_MAX];
    const char *cells[5];
    struct output *output = &importing->faults.output;
    if (!output_begin(output, path, true)) {
        *output = (struct output){.path = NULL}; /* nothing is to be ended */
        return false;
    }
    (void)fputs(CSV_MARK, output->file);
    for (size_t i = 0; keys[i] != NULL; i++) {
        column_title(keys[i], importing->cli->chinese, titles[i], sizeof(titles[i]));
        cells[i] = titles[i];
    }
    write_cells(output->file, cells, 0);
    return true;
}

bool faults_begin(struct importing *importing)
{
    struct faults *faults = &importing->faults;
    const char *path = importing->cli->args.value[OPTION_FAULTS];
    faults->rows = json_array();
    faults->bits = calloc(1, SHEET_ROWS_MAX / 8 + 1);
    return faults->bits != NULL && (path == NULL || open_file(importing, path));
}

bool faults_end(struct faults *faults)
{
    json_decref(faults->rows);
    free(faults->bits);
    return faults->output.path == NULL || output_end(&faults->output, true);
}

bool row_is_barred(const struct faults *faults, uint64_t row)
{
    return row < SHEET_ROWS_MAX && (faults->bits[row / 8] >> (row % 8) & 1) != 0;
}

void row_bar(struct faults *faults, uint64_t row)
{
    if (row < SHEET_ROWS_MAX) {
        faults->bits[row / 8] = (uint8_t)(faults->bits[row / 8] | 1u << (row % 8));
    }
}

void fault_add(void *arg, const struct import_fault *fault)
{
    struct importing *importing = arg;
    struct faults *faults = &importing->faults;
    char row[24];
    if (faults->silent) {
        return;
    }
    size_t waiting = importing->waiting_count;
    if (waiting > 0 && fault->row > importing->waiting[waiting - 1].record.row) {
        (void)check_waiting(importing); /* faults come by row: first those of the rows before */
    }
    faults->faulty_rows += !row_is_barred(faults, fault->row);
    row_bar(faults, fault->row);
    faults->count++;
    (void)snprintf(row, sizeof(row), "%llu", (unsigned long long)fault->row);
    if (faults->output.path != NULL) {
        const char *cells[5] = {row, fault->column, fault->holds, fault->wrong, fault->accepted};
        write_cells(faults->output.file, cells, 1);
    }
    if (json_array_size(faults->rows) < FAULTS_KEPT_MAX) {
        (void)json_array_append_new(
            faults->rows, json_pack("{s:I,s:s,s:s,s:s,s:s}", "sheet_row", (json_int_t)fault->row,
                                    "sheet_column", fault->column, "held", fault->holds, "wrong",
                                    fault->wrong, "accepted", fault->accepted));
    }
}

void faults_print(const struct importing *importing)
{
    const struct faults *faults = &importing->faults;
    if (faults->count == 0) {
        return;
    }
    table_print(importing->cli, faults->rows, keys, NULL);
    if (faults->count > json_array_size(faults->rows)) {
        message("%s", in_language(importing->cli, "more faults than are shown: --faults FILE.csv",
                                  "问题未全部列出：--faults 文件.csv"));
    }
}
