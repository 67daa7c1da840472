#ifndef ACCRUE_DAEMON_LEDGER_LEDGER_INNER_H
#define ACCRUE_DAEMON_LEDGER_LEDGER_INNER_H

/* What ledger.c, accounts.c and reversal.c share and nobody else sees. */

#include "daemon/ledger/decide.h"

#define TYPE_SLOTS 256u
#define ACCOUNT_TEXT_MAX (AGGREGATE_KIND_MAX + 1 + AGGREGATE_ID_MAX)

/* An account that the event being decided touches, as its text and its next count. */
struct account {
    uint8_t len;
    char text[ACCOUNT_TEXT_MAX];
    uint32_t n;
};

struct ledger {
    struct facts *facts;
    const struct handler *handlers[TYPE_SLOTS]; /* by type number */
    ledger_find_event_fn *find;
    void *find_arg;
    /* Room to work in while one event is decided; nothing in it outlives the call. */
    struct account accounts[TOUCHES_MAX];
    uint16_t order[TOUCHES_MAX];
    uint64_t dependants[REVERSAL_FACTS_MAX];
    struct deciding deciding;
    /* The fields of the event last decided or folded. Deciding leaves them for the fold of the
     * same event, which is told by where its data lies and by its seq. */
    struct fields fields;
    const uint8_t *decided_data; /* NULL: the fold reads for itself */
    uint64_t decided_seq;
};

/* Seq of the event with this id, 0 if none. */
uint64_t ledger_event_by_id(const struct ledger *ledger, struct slice id);

/* Write the touches of what is being decided to `out`. STATUS_TOO_LARGE if they do not fit. */
enum status accounts_write(struct deciding *deciding, struct writer *out, struct slice *ret);
/* Count the touches of a stored event. */
void accounts_fold(struct folding *folding);

#endif
