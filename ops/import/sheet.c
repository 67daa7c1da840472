/* Files as sheets, whatever their format: see sheet.h. */

#include "ops/import/sheet.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ops/import/sheet_inner.h"

bool sheet_fail(struct sheet *sheet, const char *english, const char *chinese)
{
    if (!sheet->failed) {
        (void)snprintf(sheet->why, SHEET_WHY_BYTES, "%s", sheet->chinese ? chinese : english);
        sheet->failed = true;
    }
    return false;
}

bool room_cell(struct sheet *sheet, size_t column, enum cell_kind kind, const char *text,
               size_t len)
{
    struct row_room *room = &sheet->room;
    if (kind == CELL_EMPTY || (kind == CELL_TEXT && len == 0)) {
        return true;
    }
    if (column >= SHEET_COLUMNS_MAX) {
        return sheet_fail(sheet, "more than 1,024 columns", "超过 1024 列");
    }
    if (len > SHEET_CELL_BYTES) {
        return sheet_fail(sheet, "a cell of more than 32 KiB", "单元格超过 32 KiB");
    }
    if (room->len + len + 1 > SHEET_ROW_BYTES) {
        return sheet_fail(sheet, "a row of more than 256 KiB", "一行超过 256 KiB");
    }
    for (; room->count <= column; room->count++) {
        room->cells[room->count] = (struct cell){CELL_EMPTY, ""};
    }
    room->cells[column].kind = kind;
    room->offsets[column] = room->len;
    memcpy(room->text + room->len, text, len);
    room->text[room->len + len] = '\0';
    room->len += len + 1;
    return true;
}

bool room_row(struct sheet *sheet, uint64_t number, bool since_1904)
{
    struct row_room *room = &sheet->room;
    struct sheet_row row = {number, room->count, room->cells, since_1904};
    if (room->count > 0 && ++room->rows > SHEET_ROWS_MAX) {
        return sheet_fail(sheet, "more than 1,048,576 rows", "超过 1048576 行");
    }
    for (size_t i = 0; i < room->count; i++) {
        if (room->cells[i].kind != CELL_EMPTY) {
            room->cells[i].text = room->text + room->offsets[i];
        }
    }
    if (room->count > 0 && !sheet->take(sheet->arg, &row)) {
        sheet->stopped = true;
    }
    room->count = 0;
    room->len = 0;
    return !sheet->stopped;
}

/* A package of Office Open XML is a ZIP archive, and nothing else begins as one does. */
static bool open_archive(struct sheet *sheet, zip_source_t *source, zip_error_t *error,
                         const char *name)
{
    zip_t *archive = source == NULL ? NULL : zip_open_from_source(source, ZIP_RDONLY, error);
    if (archive == NULL) {
        zip_source_free(source);
        return sheet_fail(sheet, "the XLSX package is broken: it is no whole ZIP archive",
                          "XLSX 文件已损坏：不是完整的 ZIP 压缩包");
    }
    sheet->format = "XLSX";
    return xlsx_open(sheet, archive, name);
}

static bool open_format(struct sheet *sheet, const void *bytes, size_t len, const char *path,
                        const char *name)
{
    char head[8] = "";
    zip_error_t error;
    size_t got = fread(head, 1, sizeof(head), sheet->file);
    if (got == sizeof(head) && memcmp(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0) {
        return sheet_fail(sheet,
                          "the old XLS format (or a workbook with a password): save it as "
                          "XLSX or CSV",
                          "旧版 XLS 格式或加密的工作簿：请另存为 XLSX 或 CSV");
    }
    if (got < 4 || memcmp(head, "PK\x03\x04", 4) != 0) {
        return csv_open(sheet);
    }
    zip_error_init(&error);
    bool good = open_archive(sheet,
                             path != NULL ? zip_source_file_create(path, 0, 0, &error)
                                          : zip_source_buffer_create(bytes, len, 0, &error),
                             &error, name);
    zip_error_fini(&error);
    return good;
}

static struct sheet *opened(FILE *file, const void *bytes, size_t len, const char *path,
                            const char *name, bool chinese, char why[SHEET_WHY_BYTES])
{
    struct sheet *sheet = calloc(1, sizeof(*sheet));
    char *text = malloc(SHEET_ROW_BYTES);
    if (sheet == NULL || text == NULL || file == NULL) {
        (void)snprintf(why, SHEET_WHY_BYTES, "%s", strerror(errno));
        free(sheet);
        free(text);
        if (file != NULL) {
            (void)fclose(file);
        }
        return NULL;
    }
    sheet->file = file;
    sheet->chinese = chinese;
    sheet->why = why;
    sheet->room.text = text;
    if (!open_format(sheet, bytes, len, path, name)) {
        sheet_close(sheet);
        return NULL;
    }
    return sheet;
}

struct sheet *sheet_open(const char *path, const char *name, bool chinese,
                         char why[SHEET_WHY_BYTES])
{
    return opened(fopen(path, "rb"), NULL, 0, path, name, chinese, why);
}

struct sheet *sheet_open_bytes(const void *bytes, size_t len, const char *name, bool chinese,
                               char why[SHEET_WHY_BYTES])
{
    /* fmemopen() takes no constant: a stream that is only read changes nothing. */
    FILE *file = fmemopen((void *)(uintptr_t)bytes, len, "rb");
    return opened(file, bytes, len, NULL, name, chinese, why);
}

void sheet_close(struct sheet *sheet)
{
    if (sheet == NULL) {
        return;
    }
    xlsx_close(sheet->book);
    (void)fclose(sheet->file);
    free(sheet->room.text);
    free(sheet);
}

bool sheet_read(struct sheet *sheet, sheet_row_fn *take, void *arg, char why[SHEET_WHY_BYTES])
{
    sheet->take = take;
    sheet->arg = arg;
    sheet->why = why;
    sheet->stopped = false;
    sheet->failed = false;
    sheet->done = 0;
    sheet->room.rows = 0;
    sheet->room.count = 0;
    sheet->room.len = 0;
    bool good = sheet->book != NULL ? xlsx_read(sheet) : csv_read(sheet);
    return good || sheet->stopped;
}

uint64_t sheet_done(const struct sheet *sheet)
{
    return sheet->done;
}

uint64_t sheet_total(const struct sheet *sheet)
{
    return sheet->total;
}

const char *sheet_format(const struct sheet *sheet)
{
    return sheet->format;
}
