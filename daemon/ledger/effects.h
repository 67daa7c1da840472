#ifndef ACCRUE_DAEMON_LEDGER_EFFECTS_H
#define ACCRUE_DAEMON_LEDGER_EFFECTS_H

/* The effects of an event: what the ledger decided and the body does not say. Stored, hashed,
 * final. An array of arrays:
 *
 *   ["valid", day]                        first of all: the body's facts hold from this later day
 *   ["state", machine, state, day]        the event's own aggregate moves
 *   ["contract", id, state, day]          a contract other than the event's own aggregate moves, or
 *                                         is made
 *   ["move", kind, owner, no, amount, day, aux]
 *                                         an obligation moves; kind is a name of move_names;
 *                                         aux: pay, unpay, refund the payment's id, due 1 = keep
 *                                         interest, assign the new number, else 0; due and demand
 * have a day for their amount
 *   ["obligation", owner, no, day, terms] made by the daemon (ruling 9); terms is a canonical
 *                                         ObligationTerm map, plus `currency`, and `of` for
 *                                         interest
 *   ["credit", kind, amount, day, owner, no]
 *                                         money of the event's own payment; owner "" and no 0
 *                                         where no obligation is concerned
 *   ["payer", party, day]                 an unidentified payment gets its payer
 *   ["audit", base, royalty, credits]     what an audit changes of the body's period, each may be
 *                                         below zero
 *   ["party", owner, no, role, party, day]
 *                                         an obligation's debtor or creditor (role) is replaced
 *   ["condition", name, outcome, day, share_ppm]
 *                                         a condition of the contract is met or failed
 *   ["reverse", seq]                      the facts of that event no longer count
 *
 * Days are text YYYY-MM-DD, owners kind/id or a plain contract id, amounts fen. */

#include "daemon/ledger/decide.h"

/* By their enum, from index 1 on; ended by NULL. */
extern const char *const move_names[];    /* enum move_kind */
extern const char *const credit_names[];  /* enum credit_kind */
extern const char *const outcome_names[]; /* enum condition_outcome */

/* The body's own facts hold from `day`, if that is later than the effective date. */
void effect_valid(struct deciding *deciding, int32_t day);
void effect_state(struct deciding *deciding, enum machine machine, uint8_t state, int32_t day);
/* A contract by its id, which may not be there yet: whoever calls touches it, or sets
 * deciding->makes. */
void effect_contract(struct deciding *deciding, struct slice id, uint8_t state, int32_t day);
/* Touches owner, debtor and creditor. `aux` is text for pay and unpay, else an integer. */
void effect_move(struct deciding *deciding, enum move_kind kind, uint32_t obligation,
                 int64_t amount, int32_t day, int64_t aux);
void effect_move_payment(struct deciding *deciding, enum move_kind kind, uint32_t obligation,
                         int64_t amount, int32_t day, struct slice payment);
/* A move with aux 0 of an obligation that an effect before it made: of `owner`, numbered `no`. */
void effect_move_made(struct deciding *deciding, enum move_kind kind, uint32_t owner, uint32_t no,
                      int64_t amount, int32_t day);
void effect_obligation(struct deciding *deciding, uint32_t owner, uint32_t no, int32_t day,
                       const struct terms_row *terms);
void effect_credit(struct deciding *deciding, enum credit_kind kind, int64_t amount, int32_t day,
                   uint32_t obligation);
void effect_payer(struct deciding *deciding, uint32_t party, int32_t day);
void effect_audit(struct deciding *deciding, int64_t base, int64_t royalty, int64_t credits);
/* No earlier than the obligation's latest terms. Touches owner, debtor, creditor and `party`. */
void effect_party(struct deciding *deciding, uint32_t obligation, bool debtor, uint32_t party,
                  int32_t day);
void effect_condition(struct deciding *deciding, struct slice name, enum condition_outcome outcome,
                      int32_t day, int32_t share_ppm);
void effect_reverse(struct deciding *deciding, uint64_t seq);

/* Set folding->valid from a ["valid", day]. */
void effects_valid(struct folding *folding);
/* Apply all effects of folding->event to the facts. */
void effects_fold(struct folding *folding);

#endif
