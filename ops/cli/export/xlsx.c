/* Workbooks: a sheet of the answer, and one that says what it is.
 *
 *   X1  The one place where an amount becomes floating point, because the format has nothing else.
 *       A number goes in as one only if it has at most 15 significant digits: so many every double
 *       holds and every spreadsheet shows. What has more goes in as text, with a note on the cell
 *       and a count on the other sheet. It is divided once, from the integer that would be shown,
 *       so what the cell shows is the amount.
 *   X2  Names are text, however much they look like numbers; dates are dates; nothing is a formula:
 *       the totals are the answer's own, not sums of what is shown.
 *   X3  A text that looks like the format's escape of a character (_x0041_ is A) is escaped itself,
 *       as the format has it; the library does not.
 *   X4  The same answer gives the same bytes: the file's own date is the answer's as_of. */

#include <string.h>
#include <xlsxwriter.h>

#include "ops/cli/export/export.h"
#include "proto/vocabulary.h"

#define EXACT_BELOW UINT64_C(1000000000000000) /* 15 digits (X1) */
#define ROWS_MAX 1048576                       /* of a sheet */
#define FIRST_DAY (-25508)                     /* 1900-03-01: before it the calendars differ */
#define DAY_SECONDS 86400
#define HEX_DIGITS "0123456789abcdefABCDEF"
#define ESCAPED_MAX (2 * ABOUT_MAX) /* an escape of 7 takes 6 more */
#define WIDTH_MIN 8
#define WIDTH_MAX 60

enum style {
    STYLE_TEXT,
    STYLE_DATE,
    STYLE_MOMENT,
    STYLE_WHOLE,
    STYLE_PERCENT,
    STYLE_TENTHS,
    STYLE_THOUSANDTHS,
    STYLE_MONEY, /* without decimals; up to 4 follow */
    STYLE_MONEY_LAST = STYLE_MONEY + 4,
    STYLES
};

static const char *const formats[STYLES] = {
    [STYLE_TEXT] = "@",
    [STYLE_DATE] = "yyyy-mm-dd",
    [STYLE_MOMENT] = "yyyy-mm-dd hh:mm:ss",
    [STYLE_WHOLE] = "0",
    [STYLE_PERCENT] = "0.0%",
    [STYLE_TENTHS] = "0.0",
    [STYLE_THOUSANDTHS] = "0.000",
    [STYLE_MONEY] = "#,##0",
    [STYLE_MONEY + 1] = "#,##0.0",
    [STYLE_MONEY + 2] = "#,##0.00",
    [STYLE_MONEY + 3] = "#,##0.000",
    [STYLE_MONEY_LAST] = "#,##0.0000",
};

struct sheet {
    const struct cli *cli;
    struct table table;
    lxw_workbook *book;
    lxw_worksheet *page;
    lxw_format *head, *style[2][STYLES]; /* [1]: of totals */
    lxw_row_t row;
    bool total;       /* the row is one of totals */
    unsigned as_text; /* amounts (X1) */
    lxw_error error;  /* the first */
};

static void note(struct sheet *sheet, lxw_error error)
{
    sheet->error = sheet->error == LXW_NO_ERROR ? error : sheet->error;
}

/* ---- cells ---- */

/* X3 */
static void escape(const char *text, char out[ESCAPED_MAX])
{
    size_t at = 0;
    for (; *text != '\0'; text++) {
        if (text[0] == '_' && text[1] == 'x' && strspn(text + 2, HEX_DIGITS) >= 4 &&
            text[6] == '_') {
            memcpy(out + at, "_x005F", 6);
            at += 6;
        }
        out[at++] = *text;
    }
    out[at] = '\0';
}

static void put_text(struct sheet *sheet, int column, const char *plain)
{
    char text[ESCAPED_MAX];
    escape(plain, text);
    if (*text != '\0' || sheet->total) {
        note(sheet, worksheet_write_string(sheet->page, sheet->row, (lxw_col_t)column, text,
                                           sheet->style[sheet->total][STYLE_TEXT]));
    }
}

/* digits / power; as `text` where a number would lose some of it (X1). */
static void put_number(struct sheet *sheet, int column, bool negative, uint64_t digits,
                       uint64_t power, enum style style, const char *text)
{
    uint64_t significant = digits;
    while (significant >= EXACT_BELOW && significant % 10 == 0) {
        significant /= 10;
    }
    if (significant >= EXACT_BELOW) {
        sheet->as_text++;
        put_text(sheet, column, text);
        note(sheet, worksheet_write_comment(
                        sheet->page, sheet->row, (lxw_col_t)column,
                        in_language(sheet->cli, "more digits than a spreadsheet holds: text",
                                    "位数超过电子表格精度，按文本保存")));
        return;
    }
    double value = (double)digits / (double)power;
    note(sheet,
         worksheet_write_number(sheet->page, sheet->row, (lxw_col_t)column,
                                negative ? -value : value, sheet->style[sheet->total][style]));
}

static void put_integer(struct sheet *sheet, int c, const json_t *row, int64_t value)
{
    char text[CELL_MAX];
    const struct column *column = &sheet->table.columns[c];
    bool negative = value < 0;
    uint64_t digits = negative ? (uint64_t)0 - (uint64_t)value : (uint64_t)value;
    cell_text(sheet->cli, row, column->key, text);
    switch (column->kind) {
    case COLUMN_MONEY: {
        struct amount amount =
            amount_shown(sheet->cli, value, json_string_value(json_object_get(row, "currency")));
        put_number(sheet, c, amount.negative, amount.digits, amount.power,
                   (enum style)(STYLE_MONEY + amount.decimals), text);
        return;
    }
    case COLUMN_PERMILLE:
        put_number(sheet, c, negative, digits, 1000, STYLE_PERCENT, text);
        return;
    case COLUMN_TENTHS:
        put_number(sheet, c, negative, digits, 10, STYLE_TENTHS, text);
        return;
    case COLUMN_THOUSANDTHS:
        put_number(sheet, c, negative, digits, 1000, STYLE_THOUSANDTHS, text);
        return;
    case COLUMN_TEXT:
    case COLUMN_DATE:
    case COLUMN_NUMBER:
        break;
    }
    put_number(sheet, c, negative, digits, 1, STYLE_WHOLE, text);
}

/* "hh:mm:ss" as seconds. */
static bool clock_parse(const char *text, int64_t *ret_seconds)
{
    static const char shape[] = "00:00:00";
    int64_t part[3] = {0};
    for (int i = 0; i < 8; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == '0' ? !digit : text[i] != shape[i]) {
            return false;
        }
        if (digit) {
            part[i / 3] = part[i / 3] * 10 + (text[i] - '0');
        }
    }
    *ret_seconds = part[0] * 3600 + part[1] * 60 + part[2];
    return text[8] == '\0';
}

/* "2026-01-05" or "2026-01-05 10:00:00". False: it is neither. */
static bool put_date(struct sheet *sheet, int column, const char *text)
{
    int32_t day;
    int64_t seconds = 0;
    size_t len = strlen(text);
    bool moment = len == 19 && text[10] == ' ' && clock_parse(text + 11, &seconds);
    if ((len != 10 && !moment) || !date_parse(slice_of(text, 10), &day) || day < FIRST_DAY) {
        return false;
    }
    note(sheet,
         worksheet_write_unixtime(sheet->page, sheet->row, (lxw_col_t)column,
                                  (int64_t)day * DAY_SECONDS + seconds,
                                  sheet->style[sheet->total][moment ? STYLE_MOMENT : STYLE_DATE]));
    return true;
}

static void put_cell(struct sheet *sheet, int c, const json_t *row)
{
    char text[CELL_MAX];
    const struct column *column = &sheet->table.columns[c];
    const json_t *cell = json_object_get(row, column->key);
    if (json_is_integer(cell)) {
        put_integer(sheet, c, row, json_integer_value(cell));
    } else if (column->kind != COLUMN_DATE || !json_is_string(cell) ||
               !put_date(sheet, c, json_string_value(cell))) {
        cell_text(sheet->cli, row, column->key, text);
        put_text(sheet, c, text);
    }
}

/* ---- the sheets ---- */

static void make_styles(struct sheet *sheet)
{
    sheet->head = workbook_add_format(sheet->book);
    format_set_bold(sheet->head);
    format_set_text_wrap(sheet->head);
    format_set_bottom(sheet->head, LXW_BORDER_THIN);
    format_set_bg_color(sheet->head, 0xE8EEF4);
    format_set_align(sheet->head, LXW_ALIGN_VERTICAL_CENTER);
    for (int total = 0; total < 2; total++) {
        for (int i = 0; i < STYLES; i++) {
            lxw_format *style = workbook_add_format(sheet->book);
            format_set_num_format(style, formats[i]);
            if (total == 1) {
                format_set_bold(style);
                format_set_top(style, LXW_BORDER_THIN);
            }
            sheet->style[total][i] = style;
        }
    }
}

static void put_totals(struct sheet *sheet, const json_t *rows, const json_t *total)
{
    const json_t *first = json_array_get(rows, 0);
    sheet->total = true;
    for (size_t r = 0; r < json_array_size(total); r++, sheet->row++) {
        const json_t *row = json_array_get(total, r);
        for (int c = 0; c < sheet->table.count; c++) {
            const char *key = sheet->table.columns[c].key;
            const json_t *cell = json_object_get(row, key);
            if (c == 0 && cell == NULL) {
                put_text(sheet, c, in_language(sheet->cli, "total", "合计"));
            } else if (json_is_integer(cell) && json_is_boolean(json_object_get(first, key))) {
                put_number(sheet, c, false, (uint64_t)json_integer_value(cell), 1, STYLE_WHOLE,
                           ""); /* how many say yes */
            } else {
                put_cell(sheet, c, row);
            }
        }
    }
    sheet->total = false;
}

/* As it looks on a screen and on paper. Before the rows: what was written of them is out of the
 * library's hands, so that a large sheet costs no memory. */
static void lay_out(struct sheet *sheet, lxw_row_t last)
{
    for (int c = 0; c < sheet->table.count; c++) {
        int width = sheet->table.columns[c].width + 2;
        width = width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
        note(sheet,
             worksheet_set_column(sheet->page, (lxw_col_t)c, (lxw_col_t)c, (double)width, NULL));
    }
    worksheet_freeze_panes(sheet->page, 1, 0);
    if (last > 0) {
        note(sheet,
             worksheet_autofilter(sheet->page, 0, 0, last, (lxw_col_t)(sheet->table.count - 1)));
    }
    note(sheet, worksheet_repeat_rows(sheet->page, 0, 0));
    worksheet_set_landscape(sheet->page);
    worksheet_set_paper(sheet->page, 9); /* A4 */
    worksheet_fit_to_pages(sheet->page, 1, 0);
    note(sheet, worksheet_set_footer(sheet->page, "&L&A&R&P / &N"));
}

static void put_answer(struct sheet *sheet, const json_t *answer)
{
    const json_t *rows = json_object_get(answer, "rows");
    table_measure(&sheet->table, rows);
    table_measure(&sheet->table, answer_total(answer));
    if (sheet->table.count > 0) {
        lay_out(sheet, (lxw_row_t)json_array_size(rows));
    }
    for (int c = 0; c < sheet->table.count; c++) {
        note(sheet, worksheet_write_string(sheet->page, 0, (lxw_col_t)c,
                                           sheet->table.columns[c].title, sheet->head));
    }
    if (sheet->table.count == 0) {
        put_text(sheet, 0, in_language(sheet->cli, "(nothing)", "（无）"));
        return;
    }
    for (size_t r = 0; r < json_array_size(rows); r++) {
        sheet->row = (lxw_row_t)(r + 1);
        for (int c = 0; c < sheet->table.count; c++) {
            put_cell(sheet, c, json_array_get(rows, r));
        }
    }
    sheet->row = (lxw_row_t)json_array_size(rows) + 1;
    put_totals(sheet, rows, answer_total(answer));
}

static void put_about(struct sheet *sheet, const json_t *about)
{
    sheet->page = workbook_add_worksheet(sheet->book, in_language(sheet->cli, "about", "说明"));
    sheet->row = 0;
    for (size_t i = 0; i < json_array_size(about); i++, sheet->row++) {
        const json_t *pair = json_array_get(about, i);
        note(sheet,
             worksheet_write_string(sheet->page, sheet->row, 0,
                                    json_string_value(json_array_get(pair, 0)), sheet->head));
        put_text(sheet, 1, json_string_value(json_array_get(pair, 1)));
    }
    if (sheet->as_text > 0) {
        char count[24];
        (void)snprintf(count, sizeof(count), "%u", sheet->as_text);
        note(sheet,
             worksheet_write_string(
                 sheet->page, sheet->row, 0,
                 in_language(sheet->cli, "amounts kept as text", "按文本保存的金额"), sheet->head));
        put_text(sheet, 1, count);
    }
    note(sheet, worksheet_set_column(sheet->page, 0, 0, 26, NULL));
    note(sheet, worksheet_set_column(sheet->page, 1, 1, 90, NULL));
}

/* The command's name, or that of the projection, which the daemon knows. */
static const char *sheet_name(const struct cli *cli)
{
    const struct command *command = cli->command;
    bool named = strcmp(command->name, "query") == 0 || strcmp(command->name, "explain") == 0;
    return named ? cli->args.operands[0] : command->name;
}

static lxw_error write_book(struct sheet *sheet, const char *path, const json_t *answer,
                            const json_t *about)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_doc_properties properties = {0};
    int32_t day;
    const char *as_of = json_text(answer, "as_of");
    sheet->book = workbook_new_opt(path, &options);
    if (sheet->book == NULL) {
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    }
    if (date_parse(slice_text(as_of), &day)) {
        properties.created = (time_t)day * DAY_SECONDS; /* X4 */
    }
    note(sheet, workbook_set_properties(sheet->book, &properties));
    make_styles(sheet);
    sheet->page = workbook_add_worksheet(sheet->book, sheet_name(sheet->cli));
    put_answer(sheet, answer);
    put_about(sheet, about);
    note(sheet, workbook_close(sheet->book));
    return sheet->error;
}

bool xlsx_write(const struct cli *cli, const json_t *answer, const char *const *keys)
{
    struct output output;
    struct sheet sheet = {.cli = cli};
    const json_t *rows = json_object_get(answer, "rows");
    size_t count = json_array_size(rows) + json_array_size(answer_total(answer)) + 1;
    if (count > ROWS_MAX) {
        message("%zu %s", count,
                in_language(cli, "rows do not fit into a sheet of 1048576; use --csv",
                            "行超过工作表上限 1048576，请用 --csv"));
        return false;
    }
    if (!output_begin(&output, cli->xlsx, false)) {
        return false;
    }
    json_t *about = about_made(cli, answer);
    if (about == NULL) {
        return false;
    }
    table_begin(&sheet.table, cli, rows, keys);
    lxw_error error = write_book(&sheet, output.part, answer, about);
    json_decref(about);
    if (error != LXW_NO_ERROR) {
        message("%s: %s", cli->xlsx, lxw_strerror(error));
    }
    return output_end(&output, error == LXW_NO_ERROR);
}
