#ifndef ACCRUE_DAEMON_VIEW_EXPLAIN_ITEMS_H
#define ACCRUE_DAEMON_VIEW_EXPLAIN_ITEMS_H

/* Explaining a row that is made of obligations: what the projections of items share. */

#include "daemon/view/explain.h"
#include "daemon/view/items.h"

struct explaining {
    const struct query *query;
    struct slice key; /* of the row */
    void *arg;        /* the projection's own */
    struct explanation explanation;
};

/* Adds the lines of the item if it is of the row. */
typedef void explain_item_fn(struct explaining *explaining, const struct item *item);

struct item_explainer {
    const struct item_filter *filter;
    explain_item_fn *explain_item;
    void *arg;
};

/* Every obligation of the filter is offered; then the explanation is written. */
enum status explain_items(const struct query *query, struct slice key,
                          const struct item_explainer *explainer, struct writer *out,
                          uint32_t *pairs, struct fault *fault);

#endif
