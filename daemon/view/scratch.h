#ifndef ACCRUE_DAEMON_VIEW_SCRATCH_H
#define ACCRUE_DAEMON_VIEW_SCRATCH_H

/* Memory of one question: taken piece by piece, given back all at once. One thread. */

#include <stddef.h>
#include <stdint.h>

#include "proto/bytes.h"

struct scratch_block;

struct scratch {
    struct scratch_block *blocks;
    size_t left; /* bytes left in the newest block */
};

void scratch_init(struct scratch *scratch);
void scratch_done(struct scratch *scratch);

/* Zeroed, aligned for anything. Large pieces come as untouched pages of the system. */
void *scratch_take(struct scratch *scratch, size_t bytes);
struct slice scratch_copy(struct scratch *scratch, struct slice bytes);

#endif
