#ifndef ACCRUE_DAEMON_VIEW_ITEMS_H
#define ACCRUE_DAEMON_VIEW_ITEMS_H

/* One obligation as a line of amounts, and which obligations a question is about: shared by
 * the projections that add them up (outstanding) and that list them (open_items).
 *
 *   I1  In every line scheduled = contingent + extinguished + waived + written_off + set_off
 *       + paid + outstanding, and outstanding = not_due + buckets + disputed (domain 5.1).
 *       amounts_check() is run on every line, every row and every total. */

#include "daemon/ledger/obligation.h"
#include "daemon/view/overlay.h"
#include "daemon/view/query.h"

#define BUCKET_BOUNDS_MAX 8u

enum amount {
    AMOUNT_SCHEDULED,
    AMOUNT_CONTINGENT,
    AMOUNT_NOT_DUE,
    AMOUNT_BUCKET, /* and the BUCKET_BOUNDS_MAX after it */
    AMOUNT_DISPUTED = AMOUNT_BUCKET + (int)BUCKET_BOUNDS_MAX + 1,
    AMOUNT_OUTSTANDING,
    AMOUNT_PAID,
    AMOUNT_WAIVED,
    AMOUNT_WRITTEN_OFF,
    AMOUNT_SET_OFF,
    AMOUNT_EXTINGUISHED,
    AMOUNT_INSURED,
    AMOUNT_UNAPPLIED_CREDIT,
    AMOUNT_COUNT
};

struct amounts {
    int64_t of[AMOUNT_COUNT];
};

/* Days past due after which the next bucket begins: 30, 60, 90 by default. */
struct buckets {
    uint32_t count;
    int32_t bound[BUCKET_BOUNDS_MAX];
};

struct item_filter {
    struct buckets buckets;
    uint32_t debtor, creditor, owner; /* AGGREGATE_NONE: any */
    int kind;                         /* -1: any */
};

struct item {
    struct obligation_figures figures;
    struct amounts amounts;
    uint32_t obligation, owner, no;
    int bucket; /* -1: not due, or nothing is due; else index of the bucket */
};

/* debtor, creditor, contract, kind, buckets. */
enum status item_filter_read(const struct query *query, struct item_filter *ret_filter,
                             struct fault *fault);

/* Figures of one obligation; false if it is not there at this viewpoint or not asked for. */
bool item_read(const struct query *query, const struct item_filter *filter,
               const struct overlay *overlay, uint32_t obligation, struct item *ret_item);

/* Visits every obligation of the filter; stops with the visitor's status. */
typedef enum status item_visit_fn(void *arg, const struct item *item, struct fault *fault);
enum status items_visit(const struct query *query, const struct item_filter *filter,
                        const struct overlay *overlay, item_visit_fn *visit, void *arg,
                        struct fault *fault);

/* STATUS_E_RANGE when a sum leaves what the wire keeps exact. */
enum status amounts_add(struct amounts *sum, const struct amounts *part, struct fault *fault);
/* I1; STATUS_INTERNAL if not. */
enum status amounts_check(const struct amounts *amounts, struct fault *fault);
/* Writes all columns; gives how many pairs. */
uint32_t amounts_write(const struct amounts *amounts, const struct buckets *buckets,
                       struct writer *out);
/* `d31_60`, `d90_plus` */
void bucket_name(const struct buckets *buckets, uint32_t bucket, char out[32]);

#endif
