#ifndef ACCRUE_DAEMON_NET_SESSION_STATE_H
#define ACCRUE_DAEMON_NET_SESSION_STATE_H

/* The life of a connection.
 *
 *     READING ◀──may read again── PAUSED
 *        │  └────no more, yet──────▲ │
 *        │                           │
 *        ├──peer said EOF──▶ DRAINING◀┘   what is in flight is still answered
 *        │                      │
 *        ├──service or we──▶ FLUSHING ◀── what is queued is still sent
 *        │   end it             │
 *        └──error, limit──▶ CLOSING ◀──── uv_close() called
 *                               │
 *                             GONE        the handle is closed; freed when the service has let go
 *
 * Who makes each move:
 *   READING  -> PAUSED    session_pause       a limit of service_may_read, or its turn is used up
 *   PAUSED   -> READING   session_resume
 *   READING, PAUSED -> DRAINING        on_read at the end of the stream
 *   READING, PAUSED, DRAINING -> FLUSHING   session_finish
 *   *        -> CLOSING   session_close       from net_turn() only, never inside a call of ours
 *                                             to the service
 *   CLOSING  -> GONE      on_closed */

#include "daemon/base/sm.h"

enum session_state {
    SESSION_READING,
    SESSION_PAUSED,
    SESSION_DRAINING,
    SESSION_FLUSHING,
    SESSION_CLOSING,
    SESSION_GONE,
};

#define TO(state) SM_BIT(SESSION_##state)

static const struct sm_state session_states[] = {
    [SESSION_READING] = {"reading", TO(PAUSED) | TO(DRAINING) | TO(FLUSHING) | TO(CLOSING)},
    [SESSION_PAUSED] = {"paused", TO(READING) | TO(DRAINING) | TO(FLUSHING) | TO(CLOSING)},
    [SESSION_DRAINING] = {"draining", TO(FLUSHING) | TO(CLOSING)},
    [SESSION_FLUSHING] = {"flushing", TO(CLOSING)},
    [SESSION_CLOSING] = {"closing", TO(GONE)},
    [SESSION_GONE] = {"gone", 0},
};

#undef TO

#endif
