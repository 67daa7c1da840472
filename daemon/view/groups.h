#ifndef ACCRUE_DAEMON_VIEW_GROUPS_H
#define ACCRUE_DAEMON_VIEW_GROUPS_H

/* Objects counted by a key that each of them has: the rows of listings that are grouped.
 *
 *   G1  Keys that are the ids of aggregates (owners, parties) may be many and are found by their
 *       place; any others are the few values of an enumeration and are looked through.
 *   G2  The total is counted by the caller, for an object may stand in several groups. */

#include "daemon/base/column.h"
#include "daemon/view/page.h"

#define GROUP_FIGURES_MAX 12u

struct group {
    struct slice key;
    uint32_t labelled; /* whose label the row has; AGGREGATE_NONE: the key is one */
    int64_t of[GROUP_FIGURES_MAX];
    int64_t most; /* -1: nothing yet */
};

struct groups {
    const struct query *query;
    const char *const *names; /* of the figures, ended by NULL */
    struct column rows;       /* struct group */
    uint32_t *slot;           /* by aggregate: row + 1 */
    struct group total;
};

void groups_init(struct groups *groups, const struct query *query, struct scratch *scratch,
                 const char *const *names);
void groups_done(struct groups *groups);

/* The group of a key, made if it is not there; valid until the next call. */
struct group *group_of(struct groups *groups, struct slice key, uint32_t labelled);
const struct group *group_at(const struct groups *groups, uint64_t row);
void groups_offer(const struct groups *groups, struct page *page);

/* More pairs of a group; gives how many it wrote. */
typedef uint32_t group_extra_fn(const struct group *group, struct writer *out);
/* The row's label, figures and extra pairs; gives how many pairs. */
uint32_t group_write(const struct groups *groups, uint64_t row, group_extra_fn *extra,
                     struct writer *out);
/* The pair `total`: one map, none if nothing was counted. */
void groups_write_total(const struct groups *groups, group_extra_fn *extra, struct writer *out);

#endif
