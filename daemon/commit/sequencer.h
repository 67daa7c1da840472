#ifndef ACCRUE_DAEMON_COMMIT_SEQUENCER_H
#define ACCRUE_DAEMON_COMMIT_SEQUENCER_H

/* The seam between what is asked and what is so: commands go in, and come out in one order.
 *
 *   X1  Commands are delivered at positions 1, 2, 3 …, one at a time, on the writer's thread.
 *   X2  A command carries everything that applying it may depend on besides the state: the
 *       proposer's time, the salts, who sent it. So whoever applies the same commands in the
 *       same order has the same bytes in the log (test model.commit_determinism).
 *   X3  Its bytes are the command; the decoded form is there only where the command was made,
 *       and says the same.
 *
 * Engine `local` delivers at once. Another one would order through a log that others share. */

#include "daemon/commit/request.h"

struct command {
    struct slice bytes;    /* empty while nobody needs them (engine local) */
    struct request *local; /* NULL: made elsewhere, decode the bytes */
    int64_t time;          /* the proposer's, microseconds UTC; 0 = none to be believed */
    enum status refuse;    /* not STATUS_OK: only what is stored already may be answered */
    const char *refuse_state;
};

/* Encode; STATUS_TOO_LARGE if `out` is full. */
enum status command_write(const struct command *command, struct writer *out);
/* Decode into a request from `pool`, which becomes `ret_command->local`. */
enum status command_read(struct slice bytes, struct request_pool *pool,
                         struct command *ret_command);

typedef void deliver_fn(void *arg, uint64_t position, const struct command *command);

struct sequencer;

struct sequencer_engine {
    const char *name;
    enum status (*propose)(struct sequencer *sequencer, const struct command *command);
    /* What was delivered up to `position` is on stable storage here. */
    void (*durable)(struct sequencer *sequencer, uint64_t position);
};

struct sequencer {
    const struct sequencer_engine *engine;
    deliver_fn *deliver;
    void *arg;
    uint64_t position; /* of the last delivery */
};

extern const struct sequencer_engine engine_local;

#endif
