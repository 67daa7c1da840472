#ifndef ACCRUE_DAEMON_VIEW_METRIC_H
#define ACCRUE_DAEMON_VIEW_METRIC_H

/* Figures by name: what targets are measured by and published figures are compared with
 * (domain 5.12, 5.16).
 *
 *   N1  A figure is a fraction of integers, in units of one: contracts, yuan, per cent. It is
 *       rounded once, where it is shown.
 *   N2  A metric, filter, period or unit that is not known here is not derivable; it is no error,
 *       since they are the words of whoever set the target or published the figure.
 *   N3  Explained, money has lines that add up to it in fen, a number as many lines without amount.
 * A share has the lines of the part, an average those of the turnover; a growth those of both
 *       years, of the year before below zero and named "base".
 *
 * Any thread. */

#include "daemon/ledger/money.h"
#include "daemon/view/explain.h"
#include "daemon/view/query.h"

struct metric_period {
    int32_t from, to; /* both inclusive; a point has from = to */
    bool point;
};

struct metric_figure {
    int128 numerator, denominator; /* denominator > 0 */
};

/* annual:Y, cumulative:FROM..TO, point:DAY; false if it is empty. */
bool metric_period_read(struct slice text, struct metric_period *ret_period);

/* The figure of `metric` in a period, of what the filter (a map, or empty) lets pass; false if
 * it is not derivable. */
bool metric_value(const struct query *query, struct slice metric, struct slice filter,
                  const struct metric_period *period, struct metric_figure *ret_figure);

/* Its events into the explanation, by the same way; none where it is not derivable. */
void metric_explain(struct explanation *explanation, struct slice metric, struct slice filter,
                    const struct metric_period *period);

/* First day of the year that a growth is against: `since` of the filter, else the year before;
 * DAY_NONE if `since` is no year. */
int32_t metric_base_from(struct slice filter, const struct metric_period *period);

/* What one of `unit` is in units of one, as a fraction: 万元 10^4, fen 1/100; false if unknown. */
bool metric_unit(struct slice unit, struct metric_figure *ret_scale);

/* Names of all metrics, ended by NULL. */
extern const char *const metric_names[];

#endif
