#ifndef ACCRUE_DAEMON_SERVICE_METRICS_H
#define ACCRUE_DAEMON_SERVICE_METRICS_H

/* What has happened since the start, for whoever draws graphs. Numbers only: no id, no party and
 * no contract is in here, and nothing that grows with the log. Loop thread. */

#include "daemon/service/latency.h"
#include "proto/status.h"

#define METRICS_METHODS 32u
#define METRICS_TYPES 256u  /* of events */
#define METRICS_ERRORS 128u /* pairs of method and code that are told apart */

enum append_outcome { OUTCOME_STORED, OUTCOME_DUP, OUTCOME_DRY, OUTCOME_REFUSED, OUTCOME_FAILED };
#define OUTCOMES 5u

struct metrics {
    struct latency took[METRICS_METHODS]; /* from a request's arrival to its answer */
    struct {
        unsigned method;
        enum status code;
        uint64_t count;
    } errors[METRICS_ERRORS];
    unsigned error_pairs;
    uint64_t errors_more; /* of pairs that found no room */
    uint64_t outcomes[OUTCOMES];
    uint64_t events[METRICS_TYPES]; /* stored, by the type's number; 0: the users' own */
    struct latency group_sync;      /* a group's way to the disk */
    struct latency group_events;    /* no time: how many were in one */
    /* of the group that is being answered */
    int64_t group_durable, group_applied;
    uint64_t group_count;
};

#endif
