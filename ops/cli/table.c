/* Tables for people.
 *
 *   T1  A row is printed whole on one line, columns aligned by cells of the terminal (X1). */

#include <string.h>

#include "ops/cli/table.h"

static void add_column(struct table *table, const char *key)
{
    if (table->count == COLUMNS_MAX) {
        return;
    }
    struct column *column = &table->columns[table->count++];
    enum column_kind kind = column_kind_of(key);
    *column = (struct column){
        .key = key, .kind = kind, .right = kind != COLUMN_TEXT && kind != COLUMN_DATE};
    column_title(key, table->cli->chinese, column->title, TITLE_MAX);
    column->width = text_width(column->title);
}

void table_begin(struct table *table, const struct cli *cli, const json_t *rows,
                 const char *const *keys)
{
    const char *key;
    json_t *cell;
    *table = (struct table){.cli = cli};
    if (keys != NULL) {
        for (; *keys != NULL; keys++) {
            add_column(table, *keys);
        }
        return;
    }
    json_object_foreach(json_array_get(rows, 0), key, cell)
    {
        (void)cell;
        add_column(table, key);
    }
}

void table_measure(struct table *table, const json_t *rows)
{
    char text[CELL_MAX];
    for (int c = 0; c < table->count; c++) {
        struct column *column = &table->columns[c];
        for (size_t r = 0; r < json_array_size(rows); r++) {
            const json_t *row = json_array_get(rows, r);
            cell_text(table->cli, row, column->key, text);
            int width = text_width(text);
            column->width = width > column->width ? width : column->width;
            column->used = column->used || cell_says(json_object_get(row, column->key));
        }
    }
}

/* `row` NULL: the headings. */
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
            cell_text(table->cli, row, column->key, text);
        }
        print_padded(text, c == last && !column->right ? 0 : column->width, column->right);
        (void)fputs(c == last ? "\n" : "  ", stdout);
    }
}

static void print_rule(const struct table *table)
{
    int width = -2;
    for (int c = 0; c < table->count; c++) {
        width += table->columns[c].used ? table->columns[c].width + 2 : 0;
    }
    while (width-- > 0) {
        (void)fputs("─", stdout);
    }
    (void)fputc('\n', stdout);
}

static void print_totals(const struct table *table, const json_t *total)
{
    print_rule(table);
    for (size_t r = 0; r < json_array_size(total); r++) {
        json_t *row = json_copy(json_array_get(total, r));
        int first = 0;
        while (first < table->count - 1 && !table->columns[first].used) {
            first++;
        }
        const char *key = table->columns[first].key;
        if (json_object_get(row, key) == NULL) {
            json_set_text(row, key, in_language(table->cli, "total", "合计"));
        }
        print_row(table, row);
        json_decref(row);
    }
}

/* `overdue` is yes or no of a filing, and money in a forecast. */
json_t *totals_shown(const json_t *rows, const json_t *total)
{
    json_t *shown = json_deep_copy(total);
    const char *key;
    json_t *cell;
    json_object_foreach(json_array_get(rows, 0), key, cell)
    {
        for (size_t r = 0; json_is_boolean(cell) && r < json_array_size(shown); r++) {
            json_t *row = json_array_get(shown, r);
            const json_t *count = json_object_get(row, key);
            char text[24];
            if (json_integer_value(count) != 0) { /* zeros show nothing */
                (void)snprintf(text, sizeof(text), "%lld", (long long)json_integer_value(count));
                json_set_text(row, key, text);
            }
        }
    }
    return shown;
}

bool totals_say(const struct table *table, const json_t *total)
{
    for (int c = 0; c < table->count; c++) {
        for (size_t r = 0; r < json_array_size(total) && table->columns[c].used; r++) {
            if (json_object_get(json_array_get(total, r), table->columns[c].key) != NULL) {
                return true;
            }
        }
    }
    return false;
}

static void print_table(struct table *table, const json_t *rows, const json_t *total)
{
    table_measure(table, rows);
    if (json_array_size(rows) > 1) {
        table_measure(table, total);
    }
    print_row(table, NULL);
    for (size_t r = 0; r < json_array_size(rows); r++) {
        print_row(table, json_array_get(rows, r));
    }
    if (json_array_size(rows) > 1 && totals_say(table, total)) {
        print_totals(table, total);
    }
}

void table_print(const struct cli *cli, const json_t *rows, const char *const *keys,
                 const json_t *total)
{
    struct table table;
    table_begin(&table, cli, rows, keys);
    if (json_array_size(rows) == 0) {
        (void)puts(in_language(cli, "(nothing)", "（无）"));
        return;
    }
    json_t *shown = totals_shown(rows, total);
    print_table(&table, rows, shown);
    json_decref(shown);
}

void pairs_print(const struct cli *cli, const json_t *row)
{
    char text[CELL_MAX];
    char title[TITLE_MAX];
    const char *key;
    json_t *cell;
    int width = 0;
    json_object_foreach((json_t *)(uintptr_t)row, key, cell)
    {
        column_title(key, cli->chinese, title, sizeof(title));
        int own = cell_says(cell) ? text_width(title) : 0;
        width = own > width ? own : width;
    }
    json_object_foreach((json_t *)(uintptr_t)row, key, cell)
    {
        if (cell_says(cell)) {
            column_title(key, cli->chinese, title, sizeof(title));
            cell_text(cli, row, key, text);
            print_padded(title, width, false);
            (void)printf("  %s\n", text);
        }
    }
}
