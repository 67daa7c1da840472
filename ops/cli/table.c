/* Tables and CSV.
 *
 *   T1  Widths are those of the characters on a terminal: a Chinese one takes two.
 *   T2  Amounts are whole fen until here and are divided with integers, half up.
 *   T3  CSV is UTF-8 with a byte order mark, numbers without separators, text quoted. */

#define _XOPEN_SOURCE 700 /* wcwidth */

#include "ops/cli/table.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define COLUMNS_MAX 64
#define CELL_MAX 512

struct column {
    const char *key;
    char title[64];
    enum column_kind kind;
    int width;
    bool used;
};

struct table {
    const struct cli *cli;
    struct column columns[COLUMNS_MAX];
    int count;
};

static int width_of(const char *text)
{
    mbstate_t state = {0};
    int width = 0;
    size_t left = strlen(text);
    while (left > 0) {
        wchar_t character;
        size_t used = mbrtowc(&character, text, left, &state);
        if (used == 0 || used > left) {
            return width + (int)left;
        }
        int cells = wcwidth(character);
        width += cells > 0 ? cells : 0;
        text += used;
        left -= used;
    }
    return width;
}

static size_t group_digits(uint64_t whole, bool thousands, char *out)
{
    char digits[24];
    size_t len = 0;
    size_t written = 0;
    do {
        digits[len++] = (char)('0' + whole % 10);
        whole /= 10;
    } while (whole > 0);
    while (len > 0) {
        out[written++] = digits[--len];
        if (thousands && len > 0 && len % 3 == 0) {
            out[written++] = ',';
        }
    }
    return written;
}

void money_text(const struct cli *cli, int64_t fen, bool thousands, char out[40])
{
    uint64_t amount = fen < 0 ? (uint64_t)0 - (uint64_t)fen : (uint64_t)fen;
    uint64_t unit = (uint64_t)cli->unit_fen;
    size_t at = 0;
    if (fen < 0) {
        out[at++] = '-';
    }
    if (cli->decimals == 0) {
        at += group_digits(amount, thousands, out + at);
        out[at] = '\0';
        return;
    }
    uint64_t step = unit / 100;                       /* two decimals */
    uint64_t hundredths = (amount + step / 2) / step; /* T2 */
    at += group_digits(hundredths / 100, thousands, out + at);
    (void)snprintf(out + at, 40 - at, ".%02u", (unsigned)(hundredths % 100));
}

static void tenths_text(int64_t tenths, const char *sign, char out[40])
{
    int64_t amount = tenths < 0 ? -tenths : tenths;
    (void)snprintf(out, 40, "%s%" PRId64 ".%" PRId64 "%s", tenths < 0 ? "-" : "", amount / 10,
                   amount % 10, sign);
}

static void cell_text(const struct table *table, const struct column *column, const json_t *cell,
                      char out[CELL_MAX])
{
    char text[40];
    out[0] = '\0';
    if (json_is_string(cell)) {
        (void)snprintf(out, CELL_MAX, "%s", json_string_value(cell));
    } else if (json_is_boolean(cell)) {
        (void)snprintf(out, CELL_MAX, "%s", json_is_true(cell) ? "yes" : "no");
    } else if (json_is_integer(cell)) {
        int64_t value = json_integer_value(cell);
        if (column->kind == COLUMN_MONEY) {
            money_text(table->cli, value, !table->cli->csv, text);
        } else if (column->kind == COLUMN_PERMILLE) {
            tenths_text(value, "%", text);
        } else if (column->kind == COLUMN_TENTHS) {
            tenths_text(value, "", text);
        } else {
            (void)snprintf(text, sizeof(text), "%" PRId64, value);
        }
        (void)snprintf(out, CELL_MAX, "%s", text);
    } else if (json_is_array(cell) || json_is_object(cell)) {
        char *dumped = json_dumps(cell, JSON_COMPACT);
        (void)snprintf(out, CELL_MAX, "%s", dumped == NULL ? "" : dumped);
        free(dumped);
    }
}

static bool says_something(const json_t *cell)
{
    return (json_is_integer(cell) && json_integer_value(cell) != 0) || json_is_true(cell) ||
           (json_is_string(cell) && json_string_length(cell) > 0) ||
           (json_is_array(cell) && json_array_size(cell) > 0) || json_object_size(cell) > 0;
}

static void measure(struct table *table, const json_t *rows)
{
    char text[CELL_MAX];
    for (int c = 0; c < table->count; c++) {
        struct column *column = &table->columns[c];
        for (size_t r = 0; r < json_array_size(rows); r++) {
            const json_t *cell = json_object_get(json_array_get(rows, r), column->key);
            cell_text(table, column, cell, text);
            int width = width_of(text);
            column->width = width > column->width ? width : column->width;
            column->used = column->used || says_something(cell);
        }
    }
}

static void add_column(struct table *table, const char *key)
{
    if (table->count < COLUMNS_MAX) {
        struct column *column = &table->columns[table->count++];
        *column = (struct column){.key = key, .kind = column_kind_of(key)};
        (void)snprintf(column->title, sizeof(column->title), "%s",
                       column_title(key, table->cli->chinese));
        column->width = width_of(column->title);
    }
}

static void choose_columns(struct table *table, const json_t *rows, const char *const *keys)
{
    if (keys != NULL) {
        for (; *keys != NULL; keys++) {
            add_column(table, *keys);
        }
        return;
    }
    const char *key;
    json_t *cell;
    json_object_foreach(json_array_get(rows, 0), key, cell)
    {
        (void)cell;
        add_column(table, key);
    }
}

static void print_padded(const struct column *column, const char *text, bool last)
{
    int pad = column->width - width_of(text);
    bool right = column->kind != COLUMN_TEXT;
    (void)printf("%*s%s%*s", right ? pad : 0, "", text, right || last ? 0 : pad, "");
    (void)fputs(last ? "\n" : "  ", stdout);
}

static void print_row(const struct table *table, const json_t *row)
{
    char text[CELL_MAX];
    int last = table->count - 1;
    while (last > 0 && !table->columns[last].used) {
        last--;
    }
    for (int c = 0; c <= last; c++) {
        const struct column *column = &table->columns[c];
        if (!column->used) {
            continue;
        }
        if (row == NULL) {
            (void)snprintf(text, sizeof(text), "%s", column->title);
        } else {
            cell_text(table, column, json_object_get(row, column->key), text);
        }
        print_padded(column, text, c == last);
    }
}

static void csv_field(const char *text)
{
    bool quote = strpbrk(text, ",\"\n\r") != NULL;
    if (!quote) {
        (void)fputs(text, stdout);
        return;
    }
    (void)fputc('"', stdout);
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            (void)fputc('"', stdout);
        }
        (void)fputc(*text, stdout);
    }
    (void)fputc('"', stdout);
}

static void csv_row(const struct table *table, const json_t *row)
{
    char text[CELL_MAX];
    for (int c = 0; c < table->count; c++) {
        if (row == NULL) {
            (void)snprintf(text, sizeof(text), "%s", table->columns[c].title);
        } else {
            cell_text(table, &table->columns[c], json_object_get(row, table->columns[c].key), text);
        }
        (void)fputs(c > 0 ? "," : "", stdout);
        csv_field(text);
    }
    (void)fputs("\r\n", stdout);
}

void table_print(const struct cli *cli, const json_t *rows, const char *const *keys, bool sparse,
                 const json_t *total)
{
    struct table table = {.cli = cli};
    choose_columns(&table, rows, keys);
    measure(&table, rows);
    measure(&table, total);
    if (cli->csv) {
        (void)fputs("\xef\xbb\xbf", stdout); /* T3 */
        csv_row(&table, NULL);
        for (size_t r = 0; r < json_array_size(rows); r++) {
            csv_row(&table, json_array_get(rows, r));
        }
        return;
    }
    if (json_array_size(rows) == 0) {
        (void)puts(in_language(cli, "(nothing)", "（无）"));
        return;
    }
    for (int c = 0; !sparse && c < table.count; c++) {
        table.columns[c].used = true;
    }
    print_row(&table, NULL);
    for (size_t r = 0; r < json_array_size(rows); r++) {
        print_row(&table, json_array_get(rows, r));
    }
    if (json_array_size(total) > 0 && json_array_size(rows) > 1) {
        for (size_t r = 0; r < json_array_size(total); r++) {
            json_t *row = json_copy(json_array_get(total, r));
            const char *first = table.columns[0].key;
            if (json_object_get(row, first) == NULL) {
                (void)json_object_set_new(row, first,
                                          json_string(in_language(cli, "total", "合计")));
            }
            print_row(&table, row);
            json_decref(row);
        }
    }
}
