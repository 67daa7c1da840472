#ifndef ACCRUE_DAEMON_LEDGER_TECHNOLOGY_H
#define ACCRUE_DAEMON_LEDGER_TECHNOLOGY_H

/* What the files of a technology share. */

#include "daemon/ledger/reference.h"

/* Share that the party holds at the viewpoint, ppm. */
int64_t technology_share(const struct facts *facts, uint32_t technology, uint32_t party,
                         const struct viewpoint *view);

/* Fold: the party's share grows by `delta_ppm`. AGGREGATE_NONE: persons known by name only. */
void technology_add_owner(struct folding *folding, uint32_t party, int32_t delta_ppm);

/* Parties that hold a share, in the order in which they came to one; the caller frees the list.
 * Persons known by name only are not among them. */
struct technology_owner {
    uint32_t party;
    int32_t ppm;
};
struct technology_owner *technology_owners(const struct facts *facts, uint32_t technology,
                                           const struct viewpoint *view, uint32_t *ret_count);

/* Last day of the right, inclusive: as granted, or by the day of filing; DAY_NONE if unknown. Being
 * past it follows from the date of the question, no event says so. */
int32_t technology_expiry(const struct facts *facts, uint32_t technology,
                          const struct viewpoint *view);

/* Nothing about the event's own technology holds earlier than its publication. */
void technology_hold(struct deciding *deciding);
/* STATUS_E_ILLEGAL_STATE with the state and what is legal in it. */
enum status technology_refuse(struct deciding *deciding, uint8_t state);

/* The event's own technology: did it last lapse because its annual fee was not paid? */
bool technology_lapsed_for_fee(const struct deciding *deciding);

/* Does the contract name the technology, as signed or as amended since? */
bool technology_named_by(const struct facts *facts, uint32_t technology, uint32_t contract,
                         const struct viewpoint *view);

/* A live exclusive or sole licence of it that holds on some day from `from` to `to`; the contract,
 * AGGREGATE_NONE if there is none. */
uint32_t technology_exclusive_licence(const struct deciding *deciding, uint32_t technology,
                                      int32_t from, int32_t to);

/* The right is void: stop what falls due later, on every contract that names it and does not
 * agree otherwise (domain 3.2, ruling 21). */
void technology_stop_contracts(struct deciding *deciding, int32_t decision_day);

#endif
