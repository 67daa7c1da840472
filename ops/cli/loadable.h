#ifndef ACCRUE_OPS_CLI_LOADABLE_H
#define ACCRUE_OPS_CLI_LOADABLE_H

/* Lines as `load` sends them.
 *
 *   B1  `recorded` goes as microseconds, whether it came so or as RFC 3339.
 *   B2  What `tail --json` adds to an event is taken off again; what the daemon writes itself
 *       (system.*) is passed over. */

#include "ops/cli/cli.h"
#include "proto/writer.h"

enum loadable {
    LOADABLE_EVENT,
    LOADABLE_PASS, /* B2 */
    LOADABLE_BAD,  /* not JSON, or not an object: `why` says more */
    LOADABLE_FULL, /* no more room in `out`, which is as it was */
};

/* Write the line's event behind what `out` holds. */
enum loadable loadable_write(const char *text, size_t len, bool id_from_content, struct writer *out,
                             char *why, size_t why_size);

#endif
