#ifndef ACCRUE_OPS_CLI_EVENTS_H
#define ACCRUE_OPS_CLI_EVENTS_H

/* Events as they are stored, for people and programs. */

#include "ops/cli/cli.h"

/* One line: seq, recorded (Asia/Shanghai), effective, type, aggregate, flags, data; or JSON. */
void event_print(const struct cli *cli, accrue_value value);
/* What a table says of it: {seq, recorded (Asia/Shanghai), effective, type, agg, actor}; the caller
 * owns it. */
json_t *event_row(const json_t *event);
void event_print_json(const struct cli *cli, const json_t *event);
/* Microseconds UTC as "2026-01-05 10:00:00" in Asia/Shanghai. */
void time_text(int64_t us, char out[32]);

#endif
