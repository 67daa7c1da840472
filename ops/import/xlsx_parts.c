/* The parts of a workbook beside its sheets: which sheets there are, styles, shared strings. */

#include <stdlib.h>
#include <string.h>

#include "ops/import/xlsx.h"
#include "ops/import/xlsx_xml.h"

static void ignore_end(struct xml *xml, const char *name)
{
    (void)xml;
    (void)name;
}

/* Room for one more item of an array that doubles; false: memory or `most` is short. */
static bool room_for(void **array, size_t count, size_t *room, size_t item, size_t most)
{
    if (count < *room) {
        return true;
    }
    size_t wanted = *room == 0 ? 64 : 2 * *room;
    void *moved = count >= most ? NULL : realloc(*array, wanted * item);
    if (moved == NULL) {
        return false;
    }
    *array = moved;
    *room = wanted;
    return true;
}

/* ---- the workbook ---- */

struct finding {
    const char *wanted; /* a name, or NULL */
    char relation[XLSX_PATH_BYTES];
    bool found, since_1904;
    char *path;
};

static void on_workbook(struct xml *xml, const char *name, const char **attributes)
{
    struct finding *finding = xml->arg;
    if (strcmp(name, "workbookPr") == 0) {
        const char *system = xml_attribute(attributes, "date1904");
        finding->since_1904 =
            system != NULL && (strcmp(system, "1") == 0 || strcmp(system, "true") == 0);
    } else if (strcmp(name, "sheet") == 0 && !finding->found) {
        const char *title = xml_attribute(attributes, "name");
        const char *state = xml_attribute(attributes, "state");
        const char *id = NULL;
        for (const char **at = attributes; *at != NULL; at += 2) {
            const char *colon = strchr(at[0], ':'); /* r:id; `sheetId` is another */
            id = colon != NULL && strcmp(colon, ":id") == 0 ? at[1] : id;
        }
        bool visible = state == NULL || strcmp(state, "visible") == 0;
        finding->found = finding->wanted == NULL
                             ? visible
                             : title != NULL && strcmp(title, finding->wanted) == 0;
        if (finding->found) {
            (void)snprintf(finding->relation, sizeof(finding->relation), "%s",
                           id == NULL ? "" : id);
        }
    }
}

static void on_relation(struct xml *xml, const char *name, const char **attributes)
{
    struct finding *finding = xml->arg;
    const char *id = xml_attribute(attributes, "Id");
    const char *target = xml_attribute(attributes, "Target");
    if (strcmp(name, "Relationship") == 0 && id != NULL && target != NULL &&
        strcmp(id, finding->relation) == 0) {
        (void)snprintf(finding->path, XLSX_PATH_BYTES, "%s%s", *target == '/' ? "" : "xl/",
                       *target == '/' ? target + 1 : target);
    }
}

bool xlsx_find_sheet(struct sheet *sheet, const char *name)
{
    struct xlsx *book = sheet->book;
    struct finding finding = {.wanted = name, .path = book->sheet_path};
    struct xml workbook = {
        .sheet = sheet, .arg = &finding, .begin = on_workbook, .end = ignore_end};
    struct xml relations = {
        .sheet = sheet, .arg = &finding, .begin = on_relation, .end = ignore_end};
    if (!xml_read(&workbook, book->archive, "xl/workbook.xml", true, NULL)) {
        return false;
    }
    book->since_1904 = finding.since_1904;
    if (!finding.found) {
        return sheet_fail(sheet, "the workbook has no such sheet", "工作簿中无此工作表");
    }
    if (!xml_read(&relations, book->archive, "xl/_rels/workbook.xml.rels", true, NULL)) {
        return false;
    }
    return book->sheet_path[0] != '\0' ||
           sheet_fail(sheet, "the workbook does not say where its sheet is",
                      "工作簿未指明工作表的位置");
}

/* ---- styles ---- */

struct styling {
    struct xlsx *book;
    struct {
        unsigned long id;
        enum shown_as shown;
    } formats[XLSX_FORMATS_MAX];
    size_t format_count;
    bool in_cells;
};

static enum shown_as shown_of(const struct styling *styling, unsigned long id)
{
    for (size_t i = 0; i < styling->format_count; i++) {
        if (styling->formats[i].id == id) {
            return styling->formats[i].shown;
        }
    }
    return format_builtin(id);
}

static void on_style(struct xml *xml, const char *name, const char **attributes)
{
    struct styling *styling = xml->arg;
    struct xlsx *book = styling->book;
    const char *id = xml_attribute(attributes, "numFmtId");
    const char *code = xml_attribute(attributes, "formatCode");
    if (strcmp(name, "cellXfs") == 0) {
        styling->in_cells = true;
    } else if (strcmp(name, "numFmt") == 0 && id != NULL && code != NULL) {
        if (styling->format_count == XLSX_FORMATS_MAX) {
            (void)sheet_fail(xml->sheet, "more than 4,096 number formats", "数字格式超过 4096 个");
            return;
        }
        styling->formats[styling->format_count].id = strtoul(id, NULL, 10);
        styling->formats[styling->format_count++].shown = format_custom(code);
    } else if (strcmp(name, "xf") == 0 && styling->in_cells) {
        if (!room_for((void **)&book->styles, book->style_count, &book->style_room, 1,
                      XLSX_STYLES_MAX)) {
            (void)sheet_fail(xml->sheet, "more than 65,536 styles", "单元格样式超过 65536 个");
            return;
        }
        book->styles[book->style_count++] =
            (uint8_t)shown_of(styling, id == NULL ? 0 : strtoul(id, NULL, 10));
    }
}

static void on_style_end(struct xml *xml, const char *name)
{
    struct styling *styling = xml->arg;
    if (strcmp(name, "cellXfs") == 0) {
        styling->in_cells = false;
    }
}

bool xlsx_read_styles(struct sheet *sheet)
{
    struct styling *styling = calloc(1, sizeof(*styling));
    if (styling == NULL) {
        return sheet_fail(sheet, "memory is short", "内存不足");
    }
    styling->book = sheet->book;
    struct xml xml = {.sheet = sheet, .arg = styling, .begin = on_style, .end = on_style_end};
    bool good = xml_read(&xml, sheet->book->archive, "xl/styles.xml", false, NULL);
    free(styling);
    return good;
}

/* ---- shared strings ---- */

static void on_string(struct xml *xml, const char *name, const char **attributes)
{
    (void)attributes;
    if (strcmp(name, "si") == 0) {
        xml->len = 0;
    }
    bool *phonetic = xml->arg; /* within rPh: how to say it, not what it is */
    *phonetic = *phonetic || strcmp(name, "rPh") == 0;
    xml->keep = strcmp(name, "t") == 0 && !*phonetic;
}

static void on_string_end(struct xml *xml, const char *name)
{
    struct xlsx *book = xml->sheet->book;
    xml->keep = false;
    if (strcmp(name, "rPh") == 0) {
        *(bool *)xml->arg = false;
    }
    if (strcmp(name, "si") != 0) {
        return;
    }
    bool room = room_for((void **)&book->offsets, book->string_count + 1, &book->offset_room,
                         sizeof(*book->offsets), XLSX_STRINGS_MAX);
    while (room && book->strings_len + xml->len > book->strings_room) {
        size_t wanted = book->strings_room == 0 ? 64 * KIB : 2 * book->strings_room;
        char *moved = wanted > XLSX_STRINGS_BYTES ? NULL : realloc(book->strings, wanted);
        room = moved != NULL;
        book->strings = room ? moved : book->strings;
        book->strings_room = room ? wanted : book->strings_room;
    }
    if (!room) {
        (void)sheet_fail(xml->sheet, "more than 128 MiB of text: save it as CSV",
                         "文本超过 128 MiB：请另存为 CSV");
        return;
    }
    if (xml->len > 0) {
        memcpy(book->strings + book->strings_len, xml->text, xml->len);
    }
    book->offsets[book->string_count++] = book->strings_len;
    book->strings_len += xml->len;
    book->offsets[book->string_count] = book->strings_len;
}

bool xlsx_read_strings(struct sheet *sheet)
{
    bool phonetic = false;
    struct xml xml = {.sheet = sheet, .arg = &phonetic, .begin = on_string, .end = on_string_end};
    return xml_read(&xml, sheet->book->archive, "xl/sharedStrings.xml", false, NULL);
}
