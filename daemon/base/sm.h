#ifndef ACCRUE_DAEMON_BASE_SM_H
#define ACCRUE_DAEMON_BASE_SM_H

/* A state machine whose legal moves are a table. A move that is not in the table is a bug in us
 * and stops the daemon; it is never a way to refuse input. */

#include <stdint.h>

#include "daemon/base/check.h"

struct sm_state {
    const char *name;
    uint32_t next; /* bit set of the states that one move reaches */
};

struct sm {
    const struct sm_state *states;
    unsigned at;
};

#define SM_BIT(state) (1u << (unsigned)(state))

static inline void sm_move(struct sm *sm, unsigned to)
{
    INVARIANT(to < 32);
    INVARIANT((sm->states[sm->at].next & SM_BIT(to)) != 0);
    sm->at = to;
}

#endif
