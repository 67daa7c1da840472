/* CSV: T2 of sheet.h. The parser is libcsv; what is here is the encoding and the line numbers.
 *
 *   C1  The text goes to the parser line by line, so that a row is known to begin on the line that
 *       followed the end of the one before, however many lines a quoted cell has. */

#include <csv.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "ops/import/sheet_inner.h"
#include "proto/cursor.h"

#define READ_BYTES ((size_t)16 * KIB)
#define TEXT_BYTES (4 * READ_BYTES)

/* ---- which encoding ---- */

static size_t sequence_of(unsigned char c)
{
    return c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc2 ? 2 : 1;
}

/* Every byte of the file, from where it stands. */
static bool file_is_utf8(FILE *file)
{
    char bytes[READ_BYTES / 4];
    size_t kept = 0;
    for (;;) {
        size_t got = fread(bytes + kept, 1, sizeof(bytes) - kept, file);
        size_t len = kept + got;
        size_t whole = len;
        /* A character may go on in the next part: go back to its beginning. */
        for (size_t back = 1; back <= 4 && back <= len && got > 0; back++) {
            unsigned char c = (unsigned char)bytes[len - back];
            if ((c & 0xc0) != 0x80) {
                whole = sequence_of(c) > back ? len - back : len;
                break;
            }
        }
        if (!utf8_valid((struct slice){(const uint8_t *)bytes, whole})) {
            return false;
        }
        if (got == 0) {
            return whole == len;
        }
        kept = len - whole;
        memmove(bytes, bytes + whole, kept);
    }
}

static bool begin(struct sheet *sheet)
{
    return fseeko(sheet->file, (off_t)sheet->skipped, SEEK_SET) == 0;
}

static void choose_encoding(struct sheet *sheet)
{
    unsigned char head[3] = {0};
    rewind(sheet->file);
    size_t got = fread(head, 1, sizeof(head), sheet->file);
    if (got >= 2 && head[0] == 0xff && head[1] == 0xfe) {
        sheet->format = sheet->charset = "UTF-16LE";
        sheet->skipped = 2;
    } else if (got >= 2 && head[0] == 0xfe && head[1] == 0xff) {
        sheet->format = sheet->charset = "UTF-16BE";
        sheet->skipped = 2;
    } else {
        sheet->skipped = got == 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
        bool utf8 = begin(sheet) && file_is_utf8(sheet->file);
        sheet->format = utf8 || sheet->skipped > 0 ? "UTF-8" : "GB18030";
        sheet->charset = utf8 ? NULL : sheet->format;
    }
}

/* ---- text in UTF-8, part by part ---- */

struct decoder {
    struct sheet *sheet;
    iconv_t converter; /* (iconv_t)-1: UTF-8 already */
    char bytes[READ_BYTES];
    size_t kept;
    char text[TEXT_BYTES];
};

/* The next part in decoder->text; 0 at the end, -1 for a byte that is in no such text. */
static ssize_t decode(struct decoder *decoder)
{
    struct sheet *sheet = decoder->sheet;
    size_t got = fread(decoder->bytes + decoder->kept, 1, READ_BYTES - decoder->kept, sheet->file);
    size_t len = decoder->kept + got;
    sheet->done += got;
    if (decoder->converter == (iconv_t)-1) {
        memcpy(decoder->text, decoder->bytes, len);
        return (ssize_t)len;
    }
    char *in = decoder->bytes;
    char *out = decoder->text;
    size_t room = TEXT_BYTES;
    size_t result = iconv(decoder->converter, &in, &len, &out, &room);
    /* A character cut by the end of the part is kept; one cut by the end of the file is wrong. */
    if (result == (size_t)-1 && (errno != EINVAL || got == 0)) {
        return -1;
    }
    memmove(decoder->bytes, in, len);
    decoder->kept = len;
    return out - decoder->text;
}

/* ---- rows ---- */

struct reading {
    struct sheet *sheet;
    size_t column;
    uint64_t line, began; /* of the row under way; 0: none is */
};

static void on_cell(void *text, size_t len, void *arg)
{
    struct reading *reading = arg;
    struct sheet *sheet = reading->sheet;
    const char *cell = text == NULL ? "" : text;
    if (reading->began == 0) {
        reading->began = reading->line;
    }
    if (!sheet->failed && !sheet->stopped) {
        if (memchr(cell, '\0', len) != NULL) {
            (void)sheet_fail(sheet, "a zero byte: this is no text file", "含零字节，不是文本文件");
            return;
        }
        (void)room_cell(sheet, reading->column++, CELL_TEXT, cell, len);
    }
}

static void on_row(int end, void *arg)
{
    struct reading *reading = arg;
    (void)end;
    if (!reading->sheet->failed && !reading->sheet->stopped) {
        (void)room_row(reading->sheet, reading->began == 0 ? reading->line : reading->began, false);
    }
    reading->column = 0;
    reading->began = 0;
}

static bool fail_at(struct sheet *sheet, uint64_t line, const char *english, const char *chinese)
{
    char told_english[128];
    char told_chinese[128];
    (void)snprintf(told_english, sizeof(told_english), "line %llu: %.80s", (unsigned long long)line,
                   english);
    (void)snprintf(told_chinese, sizeof(told_chinese), "第 %llu 行：%.80s",
                   (unsigned long long)line, chinese);
    return sheet_fail(sheet, told_english, told_chinese);
}

/* Between rows; within a quoted cell a row is under way already. */
static bool is_blank(const char *text, size_t len)
{
    size_t at = 0;
    while (at < len && (text[at] == ' ' || text[at] == '\r' || text[at] == '\n')) {
        at++;
    }
    return at == len;
}

/* C1 */
static bool parse_part(struct csv_parser *parser, struct reading *reading, const char *text,
                       size_t len)
{
    struct sheet *sheet = reading->sheet;
    while (len > 0 && !sheet->failed && !sheet->stopped) {
        const char *end = memchr(text, '\n', len);
        size_t part = end == NULL ? len : (size_t)(end - text) + 1;
        if (reading->began == 0 && !is_blank(text, part)) {
            reading->began = reading->line; /* a quoted cell ends lines below */
        }
        if (csv_parse(parser, text, part, on_cell, on_row, reading) != part) {
            return csv_error(parser) == CSV_EPARSE
                       ? fail_at(sheet, reading->line,
                                 "a quotation mark that neither begins nor ends a cell",
                                 "引号既非单元格开头亦非结尾")
                       : sheet_fail(sheet, "memory is short", "内存不足");
        }
        if (csv_get_buffer_size(parser) > SHEET_ROW_BYTES) {
            return sheet_fail(sheet, "a cell of more than 32 KiB: is a quotation mark not closed?",
                              "单元格超过 32 KiB：引号是否未闭合？");
        }
        reading->line += end != NULL;
        text += part;
        len -= part;
    }
    return !sheet->failed && !sheet->stopped;
}

static bool parse_all(struct sheet *sheet, struct decoder *decoder, struct csv_parser *parser)
{
    struct reading reading = {.sheet = sheet, .line = 1};
    ssize_t len;
    while ((len = decode(decoder)) > 0) {
        if (!parse_part(parser, &reading, decoder->text, (size_t)len)) {
            return false;
        }
    }
    if (len < 0) {
        return strcmp(sheet->format, "GB18030") == 0
                   ? fail_at(sheet, reading.line, "neither UTF-8 nor GB18030",
                             "既非 UTF-8 亦非 GB18030")
                   : fail_at(sheet, reading.line, "not the encoding of the byte order mark",
                             "与字节顺序标记所示编码不符");
    }
    if (csv_fini(parser, on_cell, on_row, &reading) != 0) {
        return sheet_fail(sheet, "a quotation mark is not closed", "引号未闭合");
    }
    return !sheet->failed;
}

bool csv_read(struct sheet *sheet)
{
    struct csv_parser parser;
    struct decoder *decoder = malloc(sizeof(*decoder));
    if (decoder == NULL || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        free(decoder);
        return sheet_fail(sheet, "memory is short", "内存不足");
    }
    csv_set_delim(&parser, (unsigned char)sheet->separator);
    csv_set_blk_size(&parser, 4096);
    decoder->sheet = sheet;
    decoder->kept = 0;
    decoder->converter = sheet->charset == NULL ? (iconv_t)-1 : iconv_open("UTF-8", sheet->charset);
    bool good = begin(sheet) && parse_all(sheet, decoder, &parser);
    if (decoder->converter != (iconv_t)-1) {
        (void)iconv_close(decoder->converter);
    }
    csv_free(&parser);
    free(decoder);
    return good;
}

/* ---- which separator ---- */

struct counting {
    size_t cells, rows;
};

static bool count_in_row(void *arg, const struct sheet_row *row)
{
    struct counting *counting = arg;
    counting->cells += row->count;
    return ++counting->rows < SHEET_HEADER_ROWS;
}

bool csv_open(struct sheet *sheet)
{
    static const char separators[] = {',', ';', '\t'};
    size_t most = 0;
    choose_encoding(sheet);
    if (fseeko(sheet->file, 0, SEEK_END) != 0 || ftello(sheet->file) <= 0) {
        return sheet_fail(sheet, "the file is empty", "文件为空");
    }
    sheet->total = (uint64_t)ftello(sheet->file);
    sheet->separator = ',';
    for (size_t i = 0; i < sizeof(separators); i++) {
        char kept = sheet->separator;
        char why[SHEET_WHY_BYTES];
        char *own = sheet->why;
        struct counting counting = {0, 0};
        sheet->separator = separators[i];
        (void)sheet_read(sheet, count_in_row, &counting, why);
        sheet->why = own;
        sheet->failed = false;
        if (counting.cells > most) {
            most = counting.cells;
        } else {
            sheet->separator = kept;
        }
    }
    return true;
}
