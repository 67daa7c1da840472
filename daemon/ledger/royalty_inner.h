#ifndef ACCRUE_DAEMON_LEDGER_ROYALTY_INNER_H
#define ACCRUE_DAEMON_LEDGER_ROYALTY_INNER_H

/* What the files royalty*.c share and nobody else sees. */

#include "daemon/ledger/royalty.h"

#define ROYALTY_NOT_STATED INT64_MIN

/* A period: stated, or reported and not stated. */
struct royalty_item {
    int32_t start, end;
    int64_t base;
    int64_t stated; /* royalty of a statement and its audits, ROYALTY_NOT_STATED of a report */
    int64_t credits;
    bool agreed;
    bool asked; /* the period that is to be computed */
};

/* What is to be computed beside what there is: a period that is to be stated, or a change of the
 * base of what is stated within `period`. All NULL: nothing. */
struct royalty_asked {
    const struct royalty_span *period;
    const struct royalty_span *audit; /* base: the change */
};

/* Y3: periods in the order of their ends, audits applied. The caller frees. */
struct royalty_item *royalty_gather(const struct facts *facts, uint32_t contract,
                                    struct royalty_asked asked, const struct viewpoint *view,
                                    size_t *ret_count);

/* Sums stop at the end of their type: what is so large is refused where it would be owed. */
static inline int64_t royalty_plus(int64_t a, int64_t b)
{
    int64_t sum;
    return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

/* `amount` of `kind` from the first buyer to the first seller (ruling 29), due on `due`; DAY_NONE:
 * no due date. `back`: the other way round. Ruling 9 gives the number. */
struct royalty_debt {
    enum obligation_kind kind;
    int64_t amount;
    int32_t due, accrual_to;
    bool back;
};
void royalty_owe(struct deciding *deciding, const struct royalty_debt *debt, uint32_t no);

/* STATUS_E_AMOUNT_MISMATCH unless they are equal. */
enum status royalty_mismatch(struct deciding *deciding, const char *field, int64_t computed,
                             int64_t given);

#endif
