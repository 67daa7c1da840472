#ifndef ACCRUE_DAEMON_VIEW_METRIC_INNER_H
#define ACCRUE_DAEMON_VIEW_METRIC_INNER_H

/* What the files metric*.c share: one function a metric, false where it is not derivable. */

#include "daemon/view/metric.h"

#define FEN_IN_YUAN 100

struct asked {
    const struct query *query;
    struct slice filter; /* a map, or empty */
    const struct metric_period *period;
    struct explanation *explanation; /* N3; NULL: only the figure is asked for */
};

typedef bool metric_fn(const struct asked *asked, struct metric_figure *ret_figure);

metric_fn metric_accredited, metric_ventures, metric_loans; /* metric_counts.c */

#endif
