#ifndef ACCRUE_DAEMON_VIEW_SUM_H
#define ACCRUE_DAEMON_VIEW_SUM_H

/* Sums of an answer: each single amount is bounded by the vocabulary, their sum by this. */

#include "proto/fault.h"
#include "proto/limits.h"

/* STATUS_E_RANGE, and the sum as it was, when it would leave the range of exact money. */
static inline enum status sum_add(int64_t *sum, int64_t part, struct fault *fault)
{
    int64_t next;
    if (__builtin_add_overflow(*sum, part, &next) || next > AMOUNT_FEN_MAX ||
        next < -AMOUNT_FEN_MAX) {
        return fault_set(fault, STATUS_E_RANGE, NULL);
    }
    *sum = next;
    return STATUS_OK;
}

#endif
