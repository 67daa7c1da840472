#ifndef ACCRUE_OPS_CLI_APPEND_H
#define ACCRUE_OPS_CLI_APPEND_H

/* What append and load share. */

#include "ops/cli/feed.h"

/* Give the event an id if it has none. */
void event_give_id(json_t *event, bool from_content);
/* The result of a line as `append` prints it. */
void tell_result(struct feed *feed, const struct slot *slot);

#endif
