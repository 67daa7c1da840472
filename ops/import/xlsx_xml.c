/* XML parts: see xlsx_xml.h. */

#include "ops/import/xlsx_xml.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#define PART_READ_BYTES ((size_t)16 * KIB)

static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

const char *xml_attribute(const char **attributes, const char *name)
{
    for (; *attributes != NULL; attributes += 2) {
        if (strcmp(local_name(attributes[0]), name) == 0) {
            return attributes[1];
        }
    }
    return NULL;
}

void xml_stop(struct xml *xml)
{
    xml->ended = true;
    (void)XML_StopParser((XML_Parser)xml->parser, XML_FALSE);
}

static void on_begin(void *arg, const char *name, const char **attributes)
{
    struct xml *xml = arg;
    if (xml->ended) {
        return; /* expat still gives what it holds already */
    }
    if (++xml->depth > XLSX_DEPTH_MAX) {
        (void)sheet_fail(xml->sheet, "XML nested deeper than 32", "XML 嵌套超过 32 层");
        xml_stop(xml);
        return;
    }
    xml->begin(xml, local_name(name), attributes);
    if (xml->sheet->failed) {
        xml_stop(xml);
    }
}

static void on_end(void *arg, const char *name)
{
    struct xml *xml = arg;
    if (xml->ended) {
        return;
    }
    xml->depth--;
    xml->end(xml, local_name(name));
    if (xml->sheet->failed || xml->sheet->stopped) {
        xml_stop(xml);
    }
}

static void on_text(void *arg, const char *text, int len)
{
    struct xml *xml = arg;
    if (!xml->keep || xml->ended) {
        return;
    }
    if (xml->len + (size_t)len > SHEET_CELL_BYTES) {
        (void)sheet_fail(xml->sheet, "a cell of more than 32 KiB", "单元格超过 32 KiB");
        xml_stop(xml);
        return;
    }
    memcpy(xml->text + xml->len, text, (size_t)len);
    xml->len += (size_t)len;
}

static void on_doctype(void *arg, const char *name, const char *system, const char *public,
                       int internal)
{
    struct xml *xml = arg;
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    (void)sheet_fail(xml->sheet, "a document type declaration in a part of the package",
                     "文件部件含文档类型声明（DTD）");
    xml_stop(xml);
}

static bool broken(struct xml *xml, const char *part)
{
    char english[160];
    char chinese[160];
    (void)snprintf(english, sizeof(english), "%.80s of the package is broken or cut short", part);
    (void)snprintf(chinese, sizeof(chinese), "文件部件 %.80s 已损坏或不完整", part);
    return sheet_fail(xml->sheet, english, chinese);
}

/* X1: what was really unpacked counts. */
static bool is_bomb(uint64_t unpacked, uint64_t packed)
{
    return unpacked > XLSX_PART_BYTES || (unpacked > MIB && unpacked / XLSX_RATIO_MAX > packed);
}

static bool parse(struct xml *xml, zip_file_t *file, const zip_stat_t *stat, uint64_t *done)
{
    char bytes[PART_READ_BYTES / 2];
    uint64_t unpacked = 0;
    for (;;) {
        zip_int64_t got = zip_fread(file, bytes, sizeof(bytes));
        if (got < 0) {
            return broken(xml, stat->name);
        }
        unpacked += (uint64_t)got;
        *done = unpacked;
        if (is_bomb(unpacked, stat->comp_size)) {
            return sheet_fail(xml->sheet, "unpacks to far more than any sheet (1,000 times, 4 GiB)",
                              "解压后远超正常大小（1000 倍或 4 GiB）");
        }
        enum XML_Status status =
            XML_Parse((XML_Parser)xml->parser, bytes, (int)got, got == 0 ? 1 : 0);
        if (xml->ended || xml->sheet->failed) {
            return !xml->sheet->failed;
        }
        if (status != XML_STATUS_OK) {
            return broken(xml, stat->name);
        }
        if (got == 0) {
            return true;
        }
    }
}

bool xml_read(struct xml *xml, zip_t *archive, const char *part, bool needed, uint64_t *done)
{
    zip_stat_t stat;
    uint64_t unpacked;
    if (zip_stat(archive, part, 0, &stat) != 0) {
        return needed ? broken(xml, part) : true;
    }
    zip_file_t *file = zip_fopen_index(archive, stat.index, 0);
    if (file == NULL) {
        return broken(xml, part);
    }
    XML_Parser parser = XML_ParserCreate(NULL);
    xml->parser = parser;
    xml->text = malloc(SHEET_CELL_BYTES + 1);
    xml->len = 0;
    xml->depth = 0;
    xml->ended = false;
    bool good = parser != NULL && xml->text != NULL;
    if (good) {
        XML_SetUserData(parser, xml);
        XML_SetElementHandler(parser, on_begin, on_end);
        XML_SetCharacterDataHandler(parser, on_text);
        XML_SetStartDoctypeDeclHandler(parser, on_doctype);
        good = parse(xml, file, &stat, done == NULL ? &unpacked : done);
    } else {
        (void)sheet_fail(xml->sheet, "memory is short", "内存不足");
    }
    if (parser != NULL) {
        XML_ParserFree(parser);
    }
    free(xml->text);
    (void)zip_fclose(file);
    return good;
}
