#ifndef ACCRUE_DAEMON_VIEW_AGENDA_H
#define ACCRUE_DAEMON_VIEW_AGENDA_H

/* What falls due or ends, from whatever knows a date: one function a source, one table.
 *
 *   G1  An entry is there while something is still to be done or watched, and goes when it is done;
 *       one whose date has passed stays, with negative days, until then.
 *   G2  Dates are rolled where the rule behind them rolls. */

#include "daemon/view/query.h"

#define AGENDA_LIST(X)                                                                             \
    X(instalment, "a sum falls due", "款项到期")                                                   \
    X(conditional, "a sum that waits for a condition would fall due", "附条件款项届期")            \
    X(verdict, "the verdict on the effect is missing", "缺效果评价结论")                           \
    X(trial_end, "a trial ends and is undecided", "试用期届满待决定")                              \
    X(term_end, "a contract's term ends", "合同期满")                                              \
    X(policy_end, "an insurance policy ends", "保单到期")

enum agenda_what {
#define X(name, en, zh) AGENDA_##name,
    AGENDA_LIST(X)
#undef X
        AGENDA_WHATS
};

struct agenda_entry {
    int32_t day;
    enum agenda_what what;
    uint32_t aggregate; /* contract, policy, owner of an obligation … */
    uint32_t no;        /* of an obligation; 0: none */
    uint32_t party;     /* who has to act; AGGREGATE_NONE */
    int64_t amount;     /* AMOUNT_UNKNOWN: none */
    uint8_t currency;   /* with an amount */
};

struct agenda;

/* For sources: an entry, kept if it lies within what is asked for. */
void agenda_add(struct agenda *agenda, const struct agenda_entry *entry);

typedef enum status agenda_source_fn(struct agenda *agenda, const struct query *query,
                                     struct fault *fault);
extern agenda_source_fn *const agenda_sources[]; /* ended by NULL */

#endif
