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

enum line_kind lines_next(struct lines *lines, json_t **ret_object, char *why, size_t why_size)
{
    ssize_t len;
    json_error_t error;
    do {
        errno = 0;
        len = getline(&lines->text, &lines->size, lines->file);
        if (len < 0) {
            return LINE_END;
        }
        lines->number++;
        lines->bytes_read += (uint64_t)len;
    } while (strspn(lines->text, " \t\r\n") == (size_t)len);
    const char *text = lines->text;
    if (lines->number == 1 && strncmp(text, "\xef\xbb\xbf", 3) == 0) { /* a byte order mark */
        text += 3;
        len -= 3;
    }
    json_t *object = json_parse(text, (size_t)len, &error);
    if (json_is_object(object)) {
        *ret_object = object;
        return LINE_OBJECT;
    }
    (void)snprintf(why, why_size, "%s", object == NULL ? error.text : "not a JSON object");
    json_decref(object);
    return LINE_BAD;
}
