#ifndef ACCRUE_OPS_CLI_CORRECTION_H
#define ACCRUE_OPS_CLI_CORRECTION_H

/* The batch that corrects an event: reversals and posts. */

#include "ops/cli/cli.h"

struct correction {
    json_t *originals; /* the event and what stands on it, as read, oldest first */
    json_t *batch;     /* events to append */
};

/* Reads the event named by the command's operand, asks what stands on it, applies --set and
 * --unset, and tries the batch: *ret_preview is the answer of the dry run, the caller's. Otherwise
 * the exit code, with the message printed. */
int correction_make(const struct cli *cli, struct correction *correction, json_t **ret_preview);
void correction_done(struct correction *correction);

/* ---- correct.c ---- */

/* The figures that a dry run's answer would change, as a table. */
void figures_show(const struct cli *cli, const json_t *answer);

/* ---- json_path.c ---- */

/* Set or (value NULL) remove what `path` names: key, key.key, key[2].key. Takes `value` over.
 * False: there is no such place. */
bool json_path_set(json_t *root, const char *path, json_t *value);

#endif
