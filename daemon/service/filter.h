#ifndef ACCRUE_DAEMON_SERVICE_FILTER_H
#define ACCRUE_DAEMON_SERVICE_FILTER_H

/* Which events: what `read` and `tail` take. Most of it is answered by an event's row in memory;
 * only the actor and the users' own types need the event itself. */

#include "daemon/ledger/facts.h"
#include "daemon/service/params.h"
#include "proto/event.h"

#define FILTER_TYPES 256u
#define FILTER_PATTERNS_MAX 32u

struct filter {
    enum aggregate_kind kind; /* KIND_NONE: any aggregate */
    struct slice agg;
    bool by_type;
    bool types[FILTER_TYPES];
    struct slice patterns[FILTER_PATTERNS_MAX];
    uint32_t pattern_count;
    int32_t effective_from, effective_to;
    int64_t recorded_from, recorded_to;
    uint64_t flags; /* any of them; 0 = all events */
    struct slice actor;
};

/* agg, types, effective, recorded, flags, actor, in this order from `first` on. Slices point
 * into the parameters. */
#define FILTER_PARAMS 6u
#define FILTER_NAMES "agg", "types", "effective", "recorded", "flags", "actor"
enum status filter_read(const struct params *params, unsigned first, const char *const *names,
                        struct filter *ret_filter, struct fault *fault);

bool filter_row(const struct filter *filter, const struct event_row *row);
bool filter_event(const struct filter *filter, const struct event *event);

/* `*` stands for any run of bytes. */
bool glob_match(struct slice pattern, struct slice text);

#endif
