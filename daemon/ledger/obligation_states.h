#ifndef ACCRUE_DAEMON_LEDGER_OBLIGATION_STATES_H
#define ACCRUE_DAEMON_LEDGER_OBLIGATION_STATES_H

/* What may happen to an obligation, by its state (domain 3.2). */

#include "daemon/ledger/obligation.h"

enum obligation_act {
    ACT_ALLOCATE,
    ACT_DEMAND,
    ACT_DISPUTE,
    ACT_RESOLVE,
    ACT_WAIVE,
    ACT_RESCHEDULE,
    ACT_INTEREST,
    ACT_ACKNOWLEDGE,
    ACT_SET_OFF,
    ACT_ASSIGN,
    ACT_WRITE_OFF,
    OBLIGATION_ACTS
};

/* STATUS_OK, or the code of the table with state and what is legal in `fault`. `field` is the
 * path of the number that named it. */
enum status obligation_state_check(struct deciding *deciding, enum obligation_act act,
                                   const struct obligation_figures *figures, const char *field);

/* The obligation `no` of `owner` and its figures now. STATUS_E_UNKNOWN_AGGREGATE (ruling 4). */
enum status obligation_of(struct deciding *deciding, uint32_t owner, uint32_t no, const char *field,
                          uint32_t *ret_obligation, struct obligation_figures *ret_figures);

/* Both for the obligation of the event's own aggregate that `field` (at `path`) numbers, after the
 * state table of the owner. */
enum status obligation_named(struct deciding *deciding, enum field_id field, const char *path,
                             enum obligation_act act, uint32_t *ret_obligation,
                             struct obligation_figures *ret_figures);
/* STATUS_E_AMOUNT_EXCEEDS: `given` is more than `open`. */
enum status obligation_exceeds(struct deciding *deciding, const char *field, int64_t open,
                               int64_t given);

/* From when something done on `day` to it holds: not before the obligation itself does, nor, if
 * it is conditional, before it became owed (design: an effect holds from the later day). */
int32_t obligation_valid_day(const struct facts *facts, uint32_t obligation,
                             const struct obligation_figures *figures, int32_t day);

#endif
