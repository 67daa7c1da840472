/* T1-T4 of sheet.h: CSV in every encoding, XLSX, and what is refused. */

#include "tests/unit/import/support.h"

#include <stdlib.h>

static const char *csv(const char *text)
{
    return rows_of(text, strlen(text), NULL);
}

static void csv_rows_are_counted_by_lines(void **state)
{
    (void)state;
    assert_string_equal(csv("a,b\r\n1,2\r\n"), "1:a|b\n2:1|2\n");
    assert_string_equal(csv("a,b\n\n\n\"x\ny\",2\n3,4"), "1:a|b\n4:x\ny|2\n6:3|4\n");
    assert_string_equal(csv("a,b\n,\n3,"), "1:a|b\n3:3\n");
    assert_string_equal(csv("\"a \"\"b\"\"\",c\n"), "1:a \"b\"|c\n");
    assert_string_equal(csv("a;b\n1,5;2\n"), "1:a|b\n2:1,5|2\n");
    assert_string_equal(csv("a\tb\n1\t2\n"), "1:a|b\n2:1|2\n");
    assert_string_equal(csv("title\na,b,c\n"), "1:title\n2:a|b|c\n");
}

static void csv_in_every_encoding(void **state)
{
    static const char gb[] = "\xba\xcf\xcd\xac,\x81\x30\x89\x37\n";
    static const char le[] = "\xff\xfe\x08\x54\x2c\x00\x31\x00\x0a\x00";
    static const char be[] = "\xfe\xff\x54\x08\x00\x2c\x00\x31\x00\x0a";
    (void)state;
    assert_string_equal(csv("合同,1\n"), "1:合同|1\n");
    assert_string_equal(csv("\xef\xbb\xbf合同,1\n"), "1:合同|1\n");
    assert_string_equal(rows_of(gb, sizeof(gb) - 1, NULL), "1:合同|Þ\n");
    assert_string_equal(rows_of(le, sizeof(le) - 1, NULL), "1:合|1\n");
    assert_string_equal(rows_of(be, sizeof(be) - 1, NULL), "1:合|1\n");
}

/* A character may lie on the border of what is read at once. */
static void characters_on_borders(void **state)
{
    size_t len = 40000;
    char *text = malloc(len * 4 + 64);
    assert_non_null(text);
    (void)state;
    for (size_t shift = 0; shift < 4; shift++) {
        size_t at = 0;
        for (size_t i = 0; i < shift; i++) {
            text[at++] = 'x';
        }
        for (size_t row = 0; row < len / 40; row++) {
            at += (size_t)snprintf(text + at, 64, "合同编号%zu,技术\n", row);
        }
        const char *told = rows_of(text, at, NULL);
        assert_null(strstr(told, "fault"));
        assert_non_null(strstr(told, "1000:合同编号999|技术\n"));
    }
    free(text);
}

static void csv_that_is_refused(void **state)
{
    char *text = malloc(SHEET_ROW_BYTES * 2);
    assert_non_null(text);
    (void)state;
    assert_string_equal(csv(""), "fault: the file is empty");
    assert_string_equal(csv("a,\"b\nc"), "fault: a quotation mark is not closed");
    assert_string_equal(csv("a,b\nc\"d,e\n"),
                        "1:a|b\nfault: line 2: a quotation mark that neither begins nor ends a "
                        "cell");
    assert_string_equal(csv("a,b\n\xff\xff,c\n"), "fault: line 1: neither UTF-8 nor GB18030");
    assert_string_equal(rows_of("a,b\n\0,c\n", 8, NULL),
                        "1:a|b\nfault: a zero byte: this is no text file");
    assert_string_equal(rows_of("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, NULL),
                        "fault: the old XLS format (or a workbook with a password): save it as "
                        "XLSX or CSV");
    (void)snprintf(text, 7, "a,b,c\n");
    memset(text + 6, ',', SHEET_COLUMNS_MAX);
    text[6 + SHEET_COLUMNS_MAX] = 'x';
    assert_string_equal(rows_of(text, 6 + SHEET_COLUMNS_MAX + 1, NULL),
                        "1:a|b|c\nfault: more than 1,024 columns");
    memset(text, 'x', SHEET_CELL_BYTES + 1);
    assert_string_equal(rows_of(text, SHEET_CELL_BYTES + 1, NULL),
                        "fault: a cell of more than 32 KiB");
    free(text);
}

/* ---- XLSX ---- */

static const char styles[] =
    "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='yyyy\"年\"m\"月\"d\"日\";@'/>"
    "<numFmt numFmtId='165' formatCode='[Red]\"days\" 0.0%'/>"
    "<numFmt numFmtId='166' formatCode='\"md\"0.00\\d'/></numFmts>"
    "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
    "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='165'/>"
    "<xf numFmtId='166'/><xf numFmtId='31'/><xf numFmtId='10'/></cellXfs></styleSheet>";
static const char strings[] =
    "<sst><si><t>合同</t></si><si><r><t>天</t></r><r><t xml:space='preserve'>津 </t></r>"
    "<rPh><t>tianjin</t></rPh></si></sst>";

static void cells_of_every_kind(void **state)
{
    (void)state;
    assert_string_equal(
        rows_of_workbook(
            "<row r='2'><c r='A2' t='s'><v>0</v></c><c r='C2' t='s'><v>1</v></c>"
            "<c t='inlineStr'><is><t>in</t></is></c><c t='str'><f>A1</f><v>made</v></c></row>"
            "<row r='5'><c r='A5'><v>1.2E4</v></c><c s='1'><v>45356</v></c>"
            "<c s='2'><v>45356.5</v></c><c s='3'><v>0.05</v></c><c s='4'><v>7</v></c>"
            "<c s='5'><v>45356</v></c><c s='6'><v>0.5</v></c><c t='b'><v>1</v></c>"
            "<c t='e'><v>#REF!</v></c><c s='1'/><c><f>1+1</f></c></row>"
            "<row><c><v>9</v></c></row>",
            "", styles, strings),
        "2:合同||天津 |in|made\n"
        "5:#1.2E4|@45356|@45356.5|%0.05|#7|@45356|%0.5|?1|!#REF!\n6:#9\n");
}

static void sheets_by_name_and_the_date_system(void **state)
{
    static const char relations[] = "<Relationships><Relationship Id='a' Target='/xl/one.xml'/>"
                                    "<Relationship Id='b' Target='two.xml'/></Relationships>";
    static const struct part parts[] = {
        {.name = "xl/workbook.xml",
         .text = "<x:workbook xmlns:x='m' xmlns:r='r'><x:workbookPr date1904='1'/><x:sheets>"
                 "<x:sheet name='隐' state='hidden' r:id='a'/><x:sheet name='台账' r:id='b'/>"
                 "</x:sheets></x:workbook>"},
        {.name = "xl/_rels/workbook.xml.rels", .text = relations},
        {.name = "xl/one.xml",
         .text = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"},
        {.name = "xl/two.xml",
         .text = "<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>"},
        {.name = NULL}};
    void *bytes;
    size_t len = package_of(parts, &bytes);
    (void)state;
    assert_string_equal(rows_of(bytes, len, NULL), "1:#2\n"); /* the first that is visible */
    assert_string_equal(rows_of(bytes, len, "隐"), "1:#1\n");
    assert_string_equal(rows_of(bytes, len, "无"), "fault: the workbook has no such sheet");
    free(bytes);
}

static void broken_packages(void **state)
{
    void *bytes;
    static const struct part none[] = {{.name = "x", .text = "y"}, {.name = NULL}};
    size_t len = package_of(none, &bytes);
    (void)state;
    assert_string_equal(rows_of(bytes, len, NULL),
                        "fault: xl/workbook.xml of the package is broken or cut short");
    assert_string_equal(rows_of(bytes, len - 8, NULL),
                        "fault: the XLSX package is broken: it is no whole ZIP archive");
    free(bytes);
    assert_non_null(strstr(rows_of_workbook("<row><c>", "", styles, NULL), "broken or cut short"));
    assert_non_null(
        strstr(rows_of_workbook("<row><c t='s'><v>9</v></c></row>", "", styles, strings),
               "a shared text that is not there"));
    assert_non_null(
        strstr(rows_of_workbook("<row r='3'/><row r='2'/>", "", styles, NULL), "out of order"));
    assert_non_null(
        strstr(rows_of_workbook("<row><c r='AMK1'><v>1</v></c></row>", "", styles, NULL),
               "more than 1,024 columns"));
    assert_non_null(strstr(rows_of_workbook("<row><c r='1'><v>1</v></c></row>", "", styles, NULL),
                           "without a place"));
}

/* X1 and X2 of xlsx_xml.h. */
static void hostile_packages(void **state)
{
    static const char relations[] =
        "<Relationships><Relationship Id='a' Target='s.xml'/></Relationships>";
    static const char workbook[] =
        "<workbook xmlns:r='r'><sheets><sheet name='s' r:id='a'/></sheets></workbook>";
    struct part parts[] = {{.name = "xl/workbook.xml", .text = workbook},
                           {.name = "xl/_rels/workbook.xml.rels", .text = relations},
                           {.name = "xl/s.xml", .text = " ", .repeat = 32u << 20},
                           {.name = NULL}};
    void *bytes;
    (void)state;
    parts[2].before = "<worksheet>";
    parts[2].after = "</worksheet>";
    size_t len = package_of(parts, &bytes);
    assert_non_null(strstr(rows_of(bytes, len, NULL), "unpacks to far more than any sheet"));
    free(bytes);
    parts[2] = (struct part){.name = "xl/s.xml", .text = "<a>", .repeat = 40};
    len = package_of(parts, &bytes);
    assert_non_null(strstr(rows_of(bytes, len, NULL), "nested deeper than 32"));
    free(bytes);
    parts[2] =
        (struct part){.name = "xl/s.xml", .text = "<!DOCTYPE w [<!ENTITY a 'aaaa'>]><worksheet/>"};
    len = package_of(parts, &bytes);
    assert_non_null(strstr(rows_of(bytes, len, NULL), "a document type declaration"));
    free(bytes);
}

static bool count_two(void *arg, const struct sheet_row *row)
{
    size_t *count = arg;
    (void)row;
    return ++*count < 2;
}

/* T1: as often as one likes, and an end before the end is no fault. */
static void a_sheet_is_read_again(void **state)
{
    static const char text[] = "a,b\n1,2\n3,4\n";
    char why[SHEET_WHY_BYTES] = "";
    struct sheet *sheet = sheet_open_bytes(text, sizeof(text) - 1, NULL, false, why);
    (void)state;
    assert_non_null(sheet);
    for (int i = 0; i < 3; i++) {
        size_t count = 0;
        assert_true(sheet_read(sheet, count_two, &count, why));
        assert_int_equal(count, 2);
    }
    sheet_close(sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_rows_are_counted_by_lines),
        cmocka_unit_test(csv_in_every_encoding),
        cmocka_unit_test(characters_on_borders),
        cmocka_unit_test(csv_that_is_refused),
        cmocka_unit_test(cells_of_every_kind),
        cmocka_unit_test(sheets_by_name_and_the_date_system),
        cmocka_unit_test(broken_packages),
        cmocka_unit_test(hostile_packages),
        cmocka_unit_test(a_sheet_is_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
