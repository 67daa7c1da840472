/* CSV for offices.
 *
 *   T2  UTF-8 with a byte order mark, lines that end as RFC 4180 says. Numbers have no separators
 *       and stay numbers, negative ones too.
 *   T3  A text gets a `'` before it where a spreadsheet would run it as a formula (it begins with
 *       = + - @, a tab or a return) or would read it as a number and lose some of it (a leading
 *       zero, more than 15 digits, 12E5): what it holds is shown, never computed. */

#include <string.h>

#include "ops/cli/export/export.h"

#define DIGITS_KEPT 15 /* by a spreadsheet */

/* Digits that are a name, and would not come back as they went in. */
static bool number_loses(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    const char *behind = text + digits;
    if (digits == 0) {
        return false;
    }
    if (*behind == 'e' || *behind == 'E') {
        behind++;
        behind += *behind == '+' || *behind == '-';
        return *behind != '\0' && behind[strspn(behind, "0123456789")] == '\0';
    }
    return *behind == '\0' && ((text[0] == '0' && digits > 1) || digits > DIGITS_KEPT);
}

void csv_field(FILE *out, const char *text, bool is_text)
{
    bool formula = text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL;
    bool guarded = is_text && (formula || number_loses(text));
    if (!guarded && strpbrk(text, ",\"\n\r") == NULL) {
        (void)fputs(text, out);
        return;
    }
    (void)fputs(guarded ? "\"'" : "\"", out);
    for (; *text != '\0'; text++) {
        (void)fputs(*text == '"' ? "\"" : "", out);
        (void)fputc(*text, out);
    }
    (void)fputc('"', out);
}

/* `row` NULL: the headings. `name`: what stands in the first column where the row has nothing. */
static void put_row(FILE *out, const struct table *table, const json_t *row, const char *name)
{
    char text[CELL_MAX];
    for (int c = 0; c < table->count; c++) {
        const struct column *column = &table->columns[c];
        const json_t *cell = json_object_get(row, column->key);
        (void)fputs(c > 0 ? "," : "", out);
        if (row == NULL) {
            csv_field(out, column->title, true);
        } else if (c == 0 && cell == NULL) {
            csv_field(out, name, true);
        } else {
            cell_text(table->cli, row, column->key, text);
            csv_field(out, text, !json_is_integer(cell));
        }
    }
    (void)fputs(CSV_LINE_END, out);
}

bool csv_write(const struct cli *cli, const json_t *answer, const char *const *keys)
{
    const json_t *rows = json_object_get(answer, "rows");
    struct table table;
    struct output output;
    if (!output_begin(&output, cli->output, true)) {
        return false;
    }
    table_begin(&table, cli, rows, keys);
    (void)fputs(CSV_MARK, output.file);
    put_row(output.file, &table, NULL, "");
    for (size_t r = 0; r < json_array_size(rows); r++) {
        put_row(output.file, &table, json_array_get(rows, r), "");
    }
    if (given(cli, OPTION_TOTALS)) {
        json_t *total = totals_shown(rows, answer_total(answer));
        for (size_t r = 0; r < json_array_size(total); r++) {
            put_row(output.file, &table, json_array_get(total, r),
                    in_language(cli, "total", "合计"));
        }
        json_decref(total);
    }
    return output_end(&output, true);
}
