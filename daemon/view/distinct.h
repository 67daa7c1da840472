#ifndef ACCRUE_DAEMON_VIEW_DISTINCT_H
#define ACCRUE_DAEMON_VIEW_DISTINCT_H

/* What the files of the distinct counts share: how a count is taken (distinct.c), and what there is
 * to count (distinct_kinds.c). */

#include "daemon/view/page.h"

/* The parameter `by`: what a projection counts may be grouped by one or two texts of its own, by
 * the owners of the technology, the region of the party, or the year in which it came about. */
enum distinct_by { BY_OWN, BY_OTHER, BY_OWNER, BY_REGION, BY_YEAR, DISTINCT_BYS };

struct counting;
typedef void gather_fn(struct counting *counting, const struct fact *fact);

struct distinct_kind {
    const char *column; /* what is counted */
    enum fact_table table;
    gather_fn *gather; /* for every row of the table that counts: calls distinct_gather() */
    const char *by_names[DISTINCT_BYS + 1]; /* ended by NULL, the default first */
    enum distinct_by by[DISTINCT_BYS];
    bool own_is_party;    /* the keys of BY_OWN are parties */
    bool counts_projects; /* the total has the projects converted */
};

struct counting {
    const struct query *query;
    const struct distinct_kind *kind;
    struct scratch scratch;
    struct column pairs;
    struct page page;
    enum distinct_by by;
    int32_t from, to;
    bool has_period;
};

/* One object that counts, as `fact` says: a technology, or of party `party` another thing. `own`
 * and `other` are its groups. */
struct distinct_object {
    struct slice own, other;
    uint32_t object, party;
};
void distinct_gather(struct counting *counting, const struct fact *fact,
                     const struct distinct_object *object);
void distinct_push(struct counting *counting, struct slice group, uint32_t object, uint64_t seq);
bool distinct_in_period(const struct counting *counting, int32_t day);

extern const struct distinct_kind count_accreditations, count_entrusted, count_entitlement,
    count_commercialization, count_separately_managed, count_ventures;

/* The pairs sorted by group, then object, then seq. */
struct pair {
    struct slice group;
    uint64_t seq;
    uint32_t object;
};
const struct pair *distinct_by_group(struct counting *counting);

/* Pairs projects, converted_projects and conversion_permille (domain AC-004-4). */
void write_projects(struct counting *counting, struct writer *out);

#endif
