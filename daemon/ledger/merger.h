#ifndef ACCRUE_DAEMON_LEDGER_MERGER_H
#define ACCRUE_DAEMON_LEDGER_MERGER_H

/* Parties that were merged into others (party.merged; Civil Code art 67).
 *
 *   M1  An event keeps the id that it names, before the merger and after; nothing stored is
 *       rewritten. Whoever compares or groups parties asks for the survivor at his viewpoint, so
 *       a past as_of or known_at, and a reversed merger, show the ids as they stood.
 *   M2  Mergers make no circle at any viewpoint: the decider refuses one, and what any viewpoint
 *       sees is part of what the decider saw.
 *   M3  Where no party was ever merged, asking costs one comparison. */

#include "daemon/ledger/facts.h"

/* The party that goes on at the viewpoint, over any number of mergers; `party` itself if it was
 * not merged, AGGREGATE_NONE included. Any thread, with its own viewpoint. */
uint32_t party_survivor(const struct facts *facts, uint32_t party, const struct viewpoint *view);

/* Are the two one party at the viewpoint? */
bool party_same(const struct facts *facts, uint32_t a, uint32_t b, const struct viewpoint *view);

struct deciding;
/* W_MERGED_PARTY if the party was merged by the event's effective date. Other kinds and
 * AGGREGATE_NONE are let pass. */
void party_flag_merged(struct deciding *deciding, uint32_t party);

#endif
