#ifndef ACCRUE_DAEMON_LEDGER_LEDGER_H
#define ACCRUE_DAEMON_LEDGER_LEDGER_H

/* What is legal, and what it means.
 *
 *   G1  ledger_decide() runs once, at append. It reads the facts and writes nothing but the
 *       event's effects, touches and flags. Pure: no clock, no I/O, no random.
 *   G2  ledger_fold() applies an event with its effects. It has no opinion and cannot fail; live
 *       append, restart, rebuild and audit all use it and nothing else.
 *   G3  Same log, same facts. Refused events leave none (the caller undoes with facts_undo).
 *   G4  Old rules stay: a log is decided by the rules number adopted in it (`system` events). */

#include "daemon/ledger/facts.h"
#include "proto/event.h"

#define LEDGER_RULES 1u /* newest rules this release decides by */

struct ledger;

struct ledger *ledger_new(void);
void ledger_free(struct ledger *ledger);
struct facts *ledger_facts(struct ledger *ledger);
uint32_t ledger_rules(const struct ledger *ledger);
bool ledger_loading(const struct ledger *ledger, bool born_loading);

/* Seq of the event with this id, 0 if there is none: what event.reversed names its target by.
 * The index of ids belongs to whoever sequences, and must know every event folded so far, those
 * of the same request too. Without a finder no id is known. */
typedef uint64_t ledger_find_event_fn(void *arg, struct slice id);
void ledger_set_finder(struct ledger *ledger, ledger_find_event_fn *find, void *arg);

/* Decide `event`: envelope and body as event_from_wire() left them, seq, recorded and by set by
 * the sequencer. On STATUS_OK sets agg_seq, flags, rules, effects and touches; the last two
 * point into `out`. Otherwise `fault` says the code, field or state, and what would be legal,
 * and nothing has changed.
 *
 * Checks `expect`, aggregate existence, state table, references, obligation states and amounts in
 * the order of ruling 3; shape and ranges were the vocabulary's. */
enum status ledger_decide(struct ledger *ledger, struct event *event, struct writer *out,
                          struct fault *fault);

/* Fold a decided or stored event; its seq is facts_seq() + 1. */
void ledger_fold(struct ledger *ledger, const struct event *event);

/* Dense number and previous seq of the event's aggregate, for the log's row: after the fold. */
uint32_t ledger_event_aggregate(const struct ledger *ledger, uint64_t seq);

#endif
