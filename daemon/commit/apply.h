#ifndef ACCRUE_DAEMON_COMMIT_APPLY_H
#define ACCRUE_DAEMON_COMMIT_APPLY_H

/* Applies commands in their order: between the sequencer and the log.
 *
 *   A1  A deterministic function of (state, command): no clock, no random, no address.
 *   A2  A request is applied whole or not at all (P4): what a refused one did is undone to its
 *       mark, its ids stay free.
 *   A3  Same id, same content: answered with the first position, neither decided nor compared
 *       with `expect` again; same id, other content: E_ID_REUSED with its index (P3). Content
 *       is the body, and the private part compared directly.
 *   A4  There is room for the group's worst case before its first event is folded; without room
 *       nothing is folded, and only what is stored already is answered.
 *   A5  Nothing of a group is published unless all of it is durable.
 *
 * The writer's, but for what ids.h lets others do. */

#include "daemon/audit/tree.h"
#include "daemon/base/sha256.h"
#include "daemon/commit/ids.h"
#include "daemon/commit/sequencer.h"
#include "daemon/ledger/ledger.h"
#include "daemon/store/log.h"

#define GROUP_STORED_BYTES_MAX (8 * MIB) /* stored forms and private parts of a group */

struct apply {
    struct ledger *ledger;
    struct facts *facts;
    struct log *log;
    struct ids ids;
    uint64_t durable;      /* last durable seq */
    uint64_t snapshot_seq; /* what recovery began with, 0 = nothing; and when it was written */
    int64_t snapshot_time;

    /* the group being applied */
    struct log_event *rows; /* GROUP_EVENTS_MAX */
    size_t count;
    struct writer stored;
    enum status room;
    struct writer scratch; /* of one event */
};

enum status apply_init(struct apply *apply, struct log *log, uint64_t seed);
void apply_done(struct apply *apply);

struct recovery {
    bool snapshots; /* fold only what comes after the newest one */
    void (*progress)(void *arg, uint64_t done, uint64_t total); /* every so often; NULL = never */
    void *arg;
};

/* Fold the whole log, or the rest of it. STATUS_CORRUPT as log_read(), or an event that is none. */
enum status apply_recover(struct apply *apply, const struct recovery *recovery,
                          struct fault *fault);

/* At most `events` events will come. */
void apply_group_begin(struct apply *apply, size_t events);
/* Sets status, fault and results of command->local. */
void apply_request(struct apply *apply, const struct command *command);
/* STATUS_OK also for a group without an event. Otherwise the log is poisoned. */
enum status apply_group_commit(struct apply *apply);

bool apply_loading(const struct apply *apply);
int64_t apply_last_recorded(const struct apply *apply);

/* ---- between the files apply*.c ---- */

/* Facts and ids as they were before anything was folded. */
void apply_forget(struct apply *apply);

/* Answer event `i` from the log, or decide and fold it. */
enum status apply_event(struct apply *apply, const struct command *command, uint32_t i,
                        struct fault *fault);

#endif
