/* NDJSON: see lines.h. */

#include "ops/cli/lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool lines_open(struct lines *lines, const struct cli *cli)
{
    const char *path = cli->args.operand_count > 0 ? cli->args.operands[0] : "-";
    *lines = (struct lines){.file = stdin};
    if (strcmp(path, "-") == 0) {
        return true;
    }
    lines->file = fopen(path, "r");
    if (lines->file == NULL) {
        message("%s: %s", path, strerror(errno));
        return false;
    }
    if (fseeko(lines->file, 0, SEEK_END) == 0) {
        off_t size = ftello(lines->file);
        lines->bytes_total = size > 0 ? (uint64_t)size : 0;
        rewind(lines->file);
    }
    return true;
}

void lines_close(struct lines *lines)
{
    free(lines->text);
    if (lines->file != stdin) {
        (void)fclose(lines->file);
    }
}

bool lines_read(struct lines *lines, const char **ret_text, size_t *ret_len)
{
    ssize_t len;
    do {
        len = getline(&lines->text, &lines->size, lines->file);
        if (len < 0) {
            return false;
        }
        lines->number++;
        lines->bytes_read += (uint64_t)len;
    } while (strspn(lines->text, " \t\r\n") == (size_t)len);
    bool marked = lines->number == 1 && strncmp(lines->text, "\xef\xbb\xbf", 3) == 0;
    *ret_text = lines->text + (marked ? 3 : 0); /* behind a byte order mark */
    *ret_len = (size_t)len - (marked ? 3 : 0);
    return true;
}

enum line_kind line_parse(const char *text, size_t len, json_t **ret_object, char *why,
                          size_t why_size)
{
    json_error_t error;
    json_t *object = json_parse(text, len, &error);
    if (json_is_object(object)) {
        *ret_object = object;
        return LINE_OBJECT;
    }
    (void)snprintf(why, why_size, "%s", object == NULL ? error.text : "not a JSON object");
    json_decref(object);
    return LINE_BAD;
}

enum line_kind lines_next(struct lines *lines, json_t **ret_object, char *why, size_t why_size)
{
    const char *text;
    size_t len;
    return lines_read(lines, &text, &len) ? line_parse(text, len, ret_object, why, why_size)
                                          : LINE_END;
}
