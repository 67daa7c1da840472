#ifndef ACCRUE_OPS_CLI_FINDER_H
#define ACCRUE_OPS_CLI_FINDER_H

/* Looking for a text in the names, numbers and ids of the log: what `find` shows, and what an
 * answer to `new` may be instead of an id.
 *
 *   N1  The daemon has no index of texts, and no dictionary of scripts: its answers are the same on
 *       every machine, whatever dictionary that has. So the events that name things are read and
 *       folded here (fold.h), one pass over them for all kinds.
 *   N2  What is found is what stood in the log at the viewpoint: reversed events name nothing, nor
 *       do those of later days. A former name finds, and the newest one is shown.
 *   N3  Who names a thing (`naming`) gives a name or a part of one, or a whole id or number: a part
 *       of a number is another thing's, and a project or a payer is not the thing itself. */

#include "ops/cli/find/fold.h"
#include "ops/cli/progress.h"

struct finder {
    const struct cli *cli;
    const char *kind; /* the only one that is wanted, or NULL */
    bool naming;      /* N3 */
    char text[FOLDED_MAX], patent[FOLDED_MAX];
    bool may_be_patent;
    json_t *view; /* an answer that stands where the search does */
    const char *as_of;
    uint64_t known_at;
    json_t *hits;     /* event's id: {what, key, label, field_name, found, whole} */
    json_t *reversed; /* events' ids, as keys */
    struct progress progress;
};

/* For `cli`, `kind` and `naming` as set; the rest is made. False: the text has no character that
 * counts. */
bool finder_open(struct finder *finder, const char *text);
/* The pass. EXIT_OK, or the exit code with the error reported. */
int finder_search(struct finder *finder);
/* One row a thing, those found whole first, then by kind, in the order of the log. The caller owns
 * them. */
json_t *finder_rows(const struct finder *finder);
/* The row's label: its newest name up to the viewpoint. EXIT_OK, or the exit code with the error
 * reported. */
int finder_label(const struct finder *finder, json_t *row);
void finder_close(struct finder *finder);

#endif
