#ifndef ACCRUE_OPS_CLI_LINES_H
#define ACCRUE_OPS_CLI_LINES_H

/* Lines of JSON objects from a file or stdin: NDJSON. Empty lines count and are passed over. */

#include "ops/cli/cli.h"

struct lines {
    FILE *file;
    char *text;
    size_t size;
    uint64_t number;                  /* of the line just read, from 1 */
    uint64_t bytes_read, bytes_total; /* total 0: not known */
};

enum line_kind { LINE_OBJECT, LINE_BAD, LINE_END };

/* The command's operand, "-" or none: stdin. False with the message printed. */
bool lines_open(struct lines *lines, const struct cli *cli);
void lines_close(struct lines *lines);
/* The next line that is not empty, as it stands; false at the end. Borrowed until the next. */
bool lines_read(struct lines *lines, const char **ret_text, size_t *ret_len);
/* The line just read as an object. LINE_OBJECT: *ret_object is the caller's. LINE_BAD: `why` says
 * what is wrong. */
enum line_kind line_parse(const char *text, size_t len, json_t **ret_object, char *why,
                          size_t why_size);
/* Both. */
enum line_kind lines_next(struct lines *lines, json_t **ret_object, char *why, size_t why_size);

#endif
