#ifndef ACCRUE_DAEMON_LEDGER_CONTRACT_H
#define ACCRUE_DAEMON_LEDGER_CONTRACT_H

/* What the files of a contract share, and what others may ask about one.
 *
 *   K1  What was signed stands in the contract's row and never changes; what an amendment or a
 *       conversion changed, and terms without a column of their own, are attributes. The functions
 *       below look at both. A novation adds a row that differs in the parties alone.
 *   K2  A contract holds from the day it was signed; what acts on it holds no earlier. */

#include "daemon/ledger/reference.h"

/* The newest visible row; NULL if there is none. A draft's row says `drafted`. */
const struct contract_row *contract_row_at(const struct facts *facts, uint32_t contract,
                                           const struct viewpoint *view);
/* Total as signed, amended or agreed at conversion; AMOUNT_UNKNOWN if not known. */
int64_t contract_total(const struct facts *facts, uint32_t contract, const struct viewpoint *view);
/* A number of the contract by its field as amended, else `signed_value` from the row. */
int64_t contract_term(const struct facts *facts, uint32_t contract, enum field_id field,
                      const struct viewpoint *view, int64_t signed_value);
/* Canonical bytes of a term that is a text, a map or a list (territory, royalty, milestones,
 * effect, late after an amendment …); empty if there is none. */
struct slice contract_term_bytes(const struct facts *facts, uint32_t contract, enum field_id field,
                                 const struct viewpoint *view);

/* Day from which the contract holds, and the first day on which it was in effect; DAY_NONE. */
int32_t contract_valid_from(const struct facts *facts, uint32_t contract,
                            const struct viewpoint *view);
int32_t contract_effect_day(const struct facts *facts, uint32_t contract,
                            const struct viewpoint *view);
bool contract_has_party(const struct facts *facts, uint32_t contract, uint32_t party,
                        const struct viewpoint *view);

/* The state before a suspension, else the state itself; CONTRACT_NONE. Suspended or not: is the
 * contract on trial? */
uint8_t contract_prior_state(const struct facts *facts, uint32_t contract,
                             const struct viewpoint *view);
bool contract_on_trial(const struct facts *facts, uint32_t contract, const struct viewpoint *view);

/* What made the contract void; NULL if it is not. */
const struct fact *contract_voiding(const struct facts *facts, uint32_t contract,
                                    const struct viewpoint *view);

/* The table for the event's own contract, and the day of the state that it leaves: no effect holds
 * earlier. */
enum status contract_state_leave(struct deciding *deciding, uint8_t *ret_next);

/* `data.contract`, if it is given, must be the event's own aggregate (ruling 6). */
enum status contract_repeated(struct deciding *deciding);

/* May an event of this type come in this state? STATUS_OK also for types of which the table says
 * nothing. */
enum status contract_state_allows(enum type_id type, uint8_t state);
/* Set the fault with the state and what is legal in it; gives `code`. */
enum status contract_refuse(struct deciding *deciding, enum status code, const char *field,
                            uint8_t state);

/* ---- obligations that a body lists ---- */

/* Check a list of ObligationTerm under `path`: references, numbers not yet used (E_EXISTS); add up
 * the amounts. `known` is false if one of them is null. */
struct term_list {
    int64_t sum;
    uint32_t count;
    bool known;
};
enum status term_list_check(struct deciding *deciding, struct slice list, const char *path,
                            uint8_t currency, struct term_list *ret);
void term_list_fold(struct folding *folding, struct slice list, uint8_t currency);
enum status sum_mismatch(struct deciding *deciding, const char *field, int64_t sum,
                         int64_t expected);

/* ---- parts of contract.signed ---- */

/* Is there a milestone of this id among the first `before` of a list? */
bool milestone_listed(struct slice list, struct slice id, uint32_t before);
/* What origin_ref names, if it is an aggregate of ours; AGGREGATE_NONE. */
uint32_t contract_origin(const struct facts *facts, const struct fields *fields);

enum status contract_body_check(struct deciding *deciding);
void contract_flags(struct deciding *deciding);
void contract_fold_signed(struct folding *folding);
void contract_fold_drafted(struct folding *folding);
/* All of `from` but its fact. */
void contract_row_copy(struct contract_row *row, const struct contract_row *from);
enum status contract_decide_amended(struct deciding *deciding);
void contract_fold_amended(struct folding *folding);

#endif
