#ifndef ACCRUE_OPS_CLI_EXPORT_H
#define ACCRUE_OPS_CLI_EXPORT_H

/* Answers as files for offices.
 *
 *   F1  A file holds the figures of the answer that it was made from, to the last minor unit, and
 *       says how they can be asked again.
 *   F2  A file appears whole or not at all. */

#include "ops/cli/table.h"

/* ---- output.c ---- */

/* What -o and --xlsx name, by its ending; EXIT_OK, or EXIT_USAGE with the message printed. */
int output_choose(struct cli *cli);

#define OUTPUT_PATH_MAX 4096

struct output {
    FILE *file;                 /* stdout where no file was named */
    const char *path;           /* NULL: stdout */
    char part[OUTPUT_PATH_MAX]; /* what is written, until it is whole */
};

/* Begin a file beside `path` (NULL: stdout). False with the reason printed. `open` false: only the
 * name is made, for a library that writes by itself. */
bool output_begin(struct output *output, const char *path, bool open);
/* Give it its name; or, if it is not `whole`, remove it. False with the reason printed. */
bool output_end(struct output *output, bool whole);

/* ---- answer.c ---- */

/* `rows` and `total` of an answer as a table, as CSV or as a workbook, whatever was asked for; not
 * JSON. `keys` as in table_begin(). EXIT_OK, or EXIT_FAILED with the reason printed. */
int answer_out(const struct cli *cli, const json_t *answer, const char *const *keys);
/* The same of a projection ("explain": of explain) that was asked with these parameters: files have
 * its columns also where it has no rows (F3). */
int answer_of(const struct cli *cli, const char *projection, const json_t *params,
              const json_t *answer, const char *const *keys);

/* ---- headings.c ---- */

struct headings {
    const char *keys[COLUMNS_MAX + 1]; /* ended by NULL; in `room` */
    size_t count, used;
    char room[2048];
};

/* Columns of a projection's rows, from its parameters. False: they are not known. */
bool headings_find(struct headings *headings, const char *projection, const json_t *params);

/* ---- about.c ---- */

/* [[name, value]]: what was asked, where the answer stands, how it is asked again. The caller owns
 * it; NULL with the error reported. */
#define ABOUT_MAX 2048 /* bytes of a value */
json_t *about_made(const struct cli *cli, const json_t *answer);

/* ---- csv.c, xlsx.c ---- */

/* T2, T3 of csv.c: what a file begins with, how its lines end, and one field, with no comma. */
#define CSV_MARK "\xef\xbb\xbf"
#define CSV_LINE_END "\r\n"
void csv_field(FILE *out, const char *text, bool is_text);
bool csv_write(const struct cli *cli, const json_t *answer, const char *const *keys);
bool xlsx_write(const struct cli *cli, const json_t *answer, const char *const *keys);

/* The array `total` of an answer; NULL where it has none. */
const json_t *answer_total(const json_t *answer);

#endif
