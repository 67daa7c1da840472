#ifndef ACCRUE_DAEMON_VIEW_OVERLAY_H
#define ACCRUE_DAEMON_VIEW_OVERLAY_H

/* What lies over the amounts owed without changing them: live cover of performance policies, and
 * money received that no obligation has taken yet. */

#include "daemon/base/column.h"
#include "daemon/view/query.h"
#include "daemon/view/scratch.h"

struct overlay {
    uint32_t *slot; /* by obligation: index + 1 into `insured`; NULL: no live policy */
    uint64_t slots;
    struct column insured; /* int64_t */
};

/* Cover is given out by policy id, then contract, then number, CNY only (ruling 24): over all
 * obligations, whatever a question is about, so that a filter changes no row. */
void overlay_init(struct overlay *overlay, const struct query *query, struct scratch *scratch);
void overlay_done(struct overlay *overlay);
int64_t overlay_insured(const struct overlay *overlay, uint32_t obligation);

/* One payment with money left over at the viewpoint. */
struct credit {
    uint32_t payment;
    uint32_t payer, payee; /* AGGREGATE_NONE: nobody named yet */
    uint32_t owner;        /* of its first line; AGGREGATE_NONE without lines (ruling 41) */
    int64_t amount;        /* > 0 */
    uint8_t currency;
};

typedef enum status credit_visit_fn(void *arg, const struct credit *credit, struct fault *fault);
enum status credits_visit(const struct query *query, struct scratch *scratch,
                          credit_visit_fn *visit, void *arg, struct fault *fault);

#endif
