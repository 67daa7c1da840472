/* Sheets as text, and packages made in memory. */

#include "tests/unit/import/support.h"

#include <stdlib.h>
#include <zip.h>

#define ROWS_BYTES ((size_t)1 << 20)

static char rows[ROWS_BYTES];

static bool add_row(void *arg, const struct sheet_row *row)
{
    static const char *const kinds[] = {"", "", "#", "%", "@", "?", "!"};
    FILE *told = arg;
    (void)fprintf(told, "%llu:", (unsigned long long)row->number);
    for (size_t i = 0; i < row->count; i++) {
        (void)fprintf(told, "%s%s%s", i > 0 ? "|" : "", kinds[row->cells[i].kind],
                      row->cells[i].text);
    }
    (void)fputc('\n', told);
    return true;
}

const char *rows_of(const void *bytes, size_t len, const char *sheet_name)
{
    char why[SHEET_WHY_BYTES] = "";
    rows[0] = '\0';
    FILE *told = fmemopen(rows, ROWS_BYTES, "w");
    assert_non_null(told);
    struct sheet *sheet = sheet_open_bytes(bytes, len, sheet_name, false, why);
    if (sheet == NULL || !sheet_read(sheet, add_row, told, why)) {
        (void)fprintf(told, "fault: %s", why);
    }
    sheet_close(sheet);
    assert_int_equal(fclose(told), 0);
    return rows;
}

static void add_part(zip_t *archive, const struct part *part)
{
    size_t len = part->text == NULL ? 0 : strlen(part->text);
    size_t times = part->repeat == 0 ? 1 : part->repeat;
    size_t before = part->before == NULL ? 0 : strlen(part->before);
    size_t after = part->after == NULL ? 0 : strlen(part->after);
    char *bytes = malloc(before + len * times + after + 1);
    assert_non_null(bytes);
    memcpy(bytes, part->before == NULL ? "" : part->before, before);
    for (size_t i = 0; i < times; i++) {
        memcpy(bytes + before + i * len, part->text, len);
    }
    memcpy(bytes + before + len * times, part->after == NULL ? "" : part->after, after);
    zip_source_t *source = zip_source_buffer(archive, bytes, before + len * times + after, 1);
    assert_non_null(source);
    assert_true(zip_file_add(archive, part->name, source, ZIP_FL_ENC_UTF_8) >= 0);
}

size_t package_of(const struct part *parts, void **ret)
{
    zip_error_t error;
    zip_stat_t stat;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    assert_non_null(source);
    zip_source_keep(source);
    zip_t *archive = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &error);
    assert_non_null(archive);
    for (; parts->name != NULL; parts++) {
        add_part(archive, parts);
    }
    assert_int_equal(zip_close(archive), 0);
    assert_int_equal(zip_source_open(source), 0);
    assert_int_equal(zip_source_stat(source, &stat), 0);
    *ret = malloc(stat.size);
    assert_non_null(*ret);
    assert_int_equal(zip_source_read(source, *ret, stat.size), stat.size);
    (void)zip_source_close(source);
    zip_source_free(source);
    zip_error_fini(&error);
    return stat.size;
}

size_t workbook_of(const char *sheet_data, const char *workbook_extra, const char *styles,
                   const char *strings, void **ret)
{
    static char workbook[4096];
    static char sheet[65536];
    (void)snprintf(workbook, sizeof(workbook),
                   "<workbook xmlns:r='x'>%s<sheets><sheet name='一' sheetId='1' r:id='rId1'/>"
                   "</sheets></workbook>",
                   workbook_extra);
    (void)snprintf(sheet, sizeof(sheet), "<worksheet><sheetData>%s</sheetData></worksheet>",
                   sheet_data);
    struct part parts[] = {
        {.name = "xl/workbook.xml", .text = workbook},
        {.name = "xl/_rels/workbook.xml.rels",
         .text = "<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.xml'/>"
                 "</Relationships>"},
        {.name = "xl/worksheets/sheet1.xml", .text = sheet},
        {.name = "xl/styles.xml", .text = styles},
        {.name = "xl/sharedStrings.xml", .text = strings},
        {.name = NULL}};
    if (strings == NULL) {
        parts[4].name = NULL;
    }
    return package_of(parts, ret);
}

const char *rows_of_workbook(const char *sheet_data, const char *workbook_extra, const char *styles,
                             const char *strings)
{
    void *bytes;
    size_t len = workbook_of(sheet_data, workbook_extra, styles, strings, &bytes);
    const char *told = rows_of(bytes, len, NULL);
    free(bytes);
    return told;
}
