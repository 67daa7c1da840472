#ifndef ACCRUE_DAEMON_LEDGER_REPLAY_H
#define ACCRUE_DAEMON_LEDGER_REPLAY_H

/* Folding a log, one stored event after the other.
 *
 *   Y1  What is folded, and in which order, is what ledger_fold() would have done by itself.
 *   Y2  An event is folded REPLAY_AHEAD events after it was taken. In between, the memory that its
 *       accounts lie in is asked for, a step at a time (slot of the index, row, id), so that no
 *       fold waits for it: with 10^6 aggregates each step is a miss in every cache.
 *   Y3  The stored bytes are copied when they are taken: whoever gives them may have them back.
 *
 * One thread, which does nothing else with the ledger from the first event to replay_end(). */

#include "daemon/ledger/ledger.h"

#define REPLAY_AHEAD 8u

struct replay;

/* Goes on behind what is folded already. NULL: no memory. */
struct replay *replay_new(struct ledger *ledger);
/* Accepts NULL. What was taken and not folded stays so. */
void replay_free(struct replay *replay);

/* The next event; *ret_event is valid until the next call. STATUS_CORRUPT: it does not read, or is
 * not the next one. */
enum status replay_take(struct replay *replay, struct slice stored, const struct event **ret_event);

/* Fold what was taken and is not yet. */
void replay_end(struct replay *replay);

#endif
