/* One node: the order is that of proposing, and a command is delivered before propose() returns
 * (X1). It needs no bytes, and nobody else waits for durability. */

#include "daemon/commit/sequencer.h"

static enum status local_propose(struct sequencer *sequencer, const struct command *command)
{
    sequencer->position++;
    sequencer->deliver(sequencer->arg, sequencer->position, command);
    return STATUS_OK;
}

static void local_durable(struct sequencer *sequencer, uint64_t position)
{
    (void)sequencer;
    (void)position;
}

const struct sequencer_engine engine_local = {
    .name = "local", .propose = local_propose, .durable = local_durable};
