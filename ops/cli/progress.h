#ifndef ACCRUE_OPS_CLI_PROGRESS_H
#define ACCRUE_OPS_CLI_PROGRESS_H

/* A bar on stderr with rate and time left, redrawn four times a second at most; nothing where
 * stderr is no terminal (C1). */

#include "ops/cli/cli.h"

struct progress {
    const struct cli *cli;
    uint64_t started_ms, shown_ms;
    bool shown;
};

void progress_begin(struct progress *progress, const struct cli *cli);
/* `done` of `total` (0: unknown), and how many events that were. */
void progress_show(struct progress *progress, uint64_t done, uint64_t total, uint64_t events);
/* Leaves the line empty for what comes next. */
void progress_end(struct progress *progress);
/* Events a second since the beginning. */
uint64_t progress_rate(const struct progress *progress, uint64_t events);

#endif
