/* XLSX: the rows of a sheet. Parts beside it: xlsx_parts.c.
 *
 *   W1  A cell is what it shows: a text, a number with the kind that its style gives it, a cached
 *       result of a formula. A formula that was never calculated is empty. */

#include "ops/import/xlsx.h"

#include <stdlib.h>
#include <string.h>

#include "ops/import/xlsx_xml.h"

struct cells {
    uint64_t row;
    size_t column; /* of the cell under way; the next one if it does not say */
    char type[12];
    enum shown_as shown;
    bool in_cell, phonetic;
};

/* "BC12": the column from 0. False: no such address. */
static bool column_of(const char *address, size_t *ret_column)
{
    size_t column = 0;
    const char *at = address;
    for (; *at >= 'A' && *at <= 'Z' && at - address < 4; at++) {
        column = column * 26 + (size_t)(*at - 'A') + 1;
    }
    *ret_column = column - 1;
    return at > address && *at >= '0' && *at <= '9';
}

static void begin_row(struct xml *xml, struct cells *cells, const char **attributes)
{
    const char *number = xml_attribute(attributes, "r");
    uint64_t row = number == NULL ? cells->row + 1 : strtoull(number, NULL, 10);
    if (row <= cells->row || row > SHEET_ROWS_MAX) {
        (void)sheet_fail(xml->sheet, "rows that are out of order, or more than 1,048,576",
                         "行号次序错误或超过 1048576 行");
    }
    cells->row = row;
    cells->column = 0;
}

static void begin_cell(struct xml *xml, struct cells *cells, const char **attributes)
{
    const struct xlsx *book = xml->sheet->book;
    const char *address = xml_attribute(attributes, "r");
    const char *type = xml_attribute(attributes, "t");
    const char *style = xml_attribute(attributes, "s");
    size_t number = style == NULL ? 0 : strtoul(style, NULL, 10);
    if (address != NULL && !column_of(address, &cells->column)) {
        (void)sheet_fail(xml->sheet, "a cell without a place", "单元格位置无效");
    }
    (void)snprintf(cells->type, sizeof(cells->type), "%s", type == NULL ? "n" : type);
    cells->shown = number < book->style_count ? (enum shown_as)book->styles[number] : SHOWN_NUMBER;
    cells->in_cell = true;
    xml->len = 0;
}

static void on_begin(struct xml *xml, const char *name, const char **attributes)
{
    struct cells *cells = xml->arg;
    if (strcmp(name, "row") == 0) {
        begin_row(xml, cells, attributes);
    } else if (strcmp(name, "c") == 0) {
        begin_cell(xml, cells, attributes);
    } else if (strcmp(name, "rPh") == 0) {
        cells->phonetic = true;
    }
    bool holds = strcmp(name, "v") == 0 || strcmp(name, "t") == 0;
    xml->keep = holds && cells->in_cell && !cells->phonetic;
}

static void shared_cell(struct xml *xml, const struct cells *cells)
{
    const struct xlsx *book = xml->sheet->book;
    size_t index = strtoul(xml->text, NULL, 10);
    if (xml->len == 0 || index >= book->string_count) {
        (void)sheet_fail(xml->sheet, "a cell names a shared text that is not there",
                         "单元格引用了不存在的共享文本");
        return;
    }
    size_t from = book->offsets[index];
    (void)room_cell(xml->sheet, cells->column, CELL_TEXT, book->strings + from,
                    book->offsets[index + 1] - from);
}

static void end_cell(struct xml *xml, struct cells *cells)
{
    xml->text[xml->len] = '\0';
    bool empty = xml->len == 0;
    enum cell_kind kind = cells->shown == SHOWN_DAY       ? CELL_DAY
                          : cells->shown == SHOWN_PERCENT ? CELL_PERCENT
                                                          : CELL_NUMBER;
    cells->in_cell = false;
    if (empty && strcmp(cells->type, "s") != 0) {
        kind = CELL_EMPTY;
    } else if (strcmp(cells->type, "s") == 0) {
        shared_cell(xml, cells);
        kind = CELL_EMPTY;
    } else if (strcmp(cells->type, "b") == 0) {
        kind = CELL_YES_NO;
    } else if (strcmp(cells->type, "e") == 0) {
        kind = CELL_ERROR;
    } else if (strcmp(cells->type, "n") != 0) {
        kind = CELL_TEXT; /* inlineStr, str, and d: a date as text */
    }
    (void)room_cell(xml->sheet, cells->column, kind, xml->text, xml->len);
    cells->column++;
}

static void on_end(struct xml *xml, const char *name)
{
    struct cells *cells = xml->arg;
    xml->keep = false;
    if (strcmp(name, "c") == 0 && cells->in_cell) {
        end_cell(xml, cells);
    } else if (strcmp(name, "row") == 0) {
        (void)room_row(xml->sheet, cells->row, xml->sheet->book->since_1904);
    } else if (strcmp(name, "rPh") == 0) {
        cells->phonetic = false;
    }
}

bool xlsx_read(struct sheet *sheet)
{
    struct cells cells = {.row = 0};
    struct xml xml = {.sheet = sheet, .arg = &cells, .begin = on_begin, .end = on_end};
    return xml_read(&xml, sheet->book->archive, sheet->book->sheet_path, true, &sheet->done);
}

bool xlsx_open(struct sheet *sheet, zip_t *archive, const char *name)
{
    zip_stat_t stat;
    struct xlsx *book = calloc(1, sizeof(*book));
    if (book == NULL) {
        zip_discard(archive);
        return sheet_fail(sheet, "memory is short", "内存不足");
    }
    book->archive = archive;
    sheet->book = book;
    if (zip_get_num_entries(archive, 0) > XLSX_ENTRIES_MAX) {
        return sheet_fail(sheet, "more than 4,096 parts in the package", "文件部件超过 4096 个");
    }
    if (!xlsx_find_sheet(sheet, name) || !xlsx_read_styles(sheet) || !xlsx_read_strings(sheet)) {
        return false;
    }
    if (zip_stat(archive, book->sheet_path, 0, &stat) == 0) {
        sheet->total = stat.size;
    }
    return true;
}

void xlsx_close(struct xlsx *book)
{
    if (book == NULL) {
        return;
    }
    zip_discard(book->archive);
    free(book->styles);
    free(book->strings);
    free(book->offsets);
    free(book);
}
