#ifndef ACCRUE_DAEMON_SERVICE_SCAN_H
#define ACCRUE_DAEMON_SERVICE_SCAN_H

/* Walks the published log and writes the events that pass a filter. Any thread. */

#include "daemon/service/filter.h"
#include "daemon/store/log.h"
#include "proto/writer.h"

struct scan {
    /* ---- in ---- */
    struct log *log;
    const struct facts *facts;
    const struct published *published;
    const struct filter *filter;
    uint64_t from, to; /* inclusive, whatever the direction; from <= to */
    bool reverse;
    uint32_t limit;      /* events written at most */
    size_t bytes;        /* stop behind the event that reaches this */
    uint64_t looked_max; /* events looked at */
    struct writer *out;

    /* ---- out ---- */
    uint32_t count;
    uint64_t next; /* where to go on: the next to look at; from - 1 or to + 1 if that was all */

    /* ---- inner ---- */
    size_t began;
    uint64_t looked;
    bool stopped, failed;
};

/* STATUS_CORRUPT as log_read(). */
enum status scan_run(struct scan *scan, struct fault *fault);

#endif
