#ifndef ACCRUE_DAEMON_LEDGER_OBLIGATION_H
#define ACCRUE_DAEMON_LEDGER_OBLIGATION_H

/* What one obligation amounts to, seen from any viewpoint. The same function serves the decider
 * (viewpoint_now) and every projection, so that what was decided and what is answered agree.
 *
 *   O1  scheduled = contingent + extinguished + waived + written_off + set_off + paid
 *       + outstanding, at every viewpoint, and no column is negative (domain 5.1, ruling 32).
 *   O2  `paid` is principal only; the split of a payment between interest and principal is
 *       computed here from value dates (rulings 7, 8, 31). */

#include "daemon/ledger/decide.h"

#define OBLIGATION_NONE UINT32_MAX

struct obligation_figures {
    bool visible; /* false: not there at this viewpoint; all else zero */
    enum obligation_state state;
    const struct terms_row *terms;
    int64_t scheduled, contingent, extinguished, waived, written_off, set_off, paid;
    int64_t outstanding;
    int64_t disputed;     /* min(disputed, outstanding) */
    int64_t excess;       /* paid beyond the debt at this viewpoint: shows as credit */
    int64_t interest_due; /* round(exact) - paid - assessed, to as_of */
    int64_t interest_paid;
    int32_t due;           /* rolled; DAY_NONE: unscheduled */
    int32_t due_scheduled; /* computable due of a contingent one; DAY_NONE if not */
    int32_t opened;        /* the day it became owed; DAY_NONE while contingent */
    int64_t days_past_due; /* as_of - due; 0 without a due date */
};

void obligation_evaluate(const struct facts *facts, uint32_t obligation,
                         const struct viewpoint *view, struct obligation_figures *ret_figures);

/* What its interest is made of, told in the order of days: what accrued under each clause, rounded
 * as a whole so that the parts sum to it, and what was paid of it. */
struct interest_part {
    uint64_t seq;     /* of the event that brought the clause, or of the payment */
    int64_t amount;   /* paid: below zero */
    int32_t from, to; /* days charged, both inclusive; paid: the day */
    bool paid;
};
typedef void interest_part_fn(void *arg, const struct interest_part *part);
void obligation_interest_parts(const struct facts *facts, uint32_t obligation,
                               const struct viewpoint *view, interest_part_fn *part, void *arg);

/* Numbered obligation of an owner that is live at the viewpoint; OBLIGATION_NONE if none. */
uint32_t obligation_find(const struct facts *facts, uint32_t owner, uint32_t no,
                         const struct viewpoint *view);
/* Highest number the owner ever used (also reversed ones), for ruling 9. */
uint32_t obligation_highest_no(const struct facts *facts, uint32_t owner);

/* Its terms by (valid, seq); NULL if none are visible. */
const struct terms_row *obligation_terms_at(const struct facts *facts, uint32_t obligation,
                                            const struct viewpoint *view);

/* The owner's live obligations in the order of their making; the caller frees the list. */
uint32_t *obligation_list(const struct facts *facts, uint32_t owner, const struct viewpoint *view,
                          size_t *ret_count);

/* Read an ObligationTerm map (checked by the vocabulary) into terms; references resolved with
 * decide_reference_id under `path`. Used by contract, trial, obligation handlers, both to check
 * and to fold (deciding NULL: fold, references are known to exist). */
enum status obligation_terms_read(struct deciding *deciding, const struct facts *facts,
                                  struct slice term, const char *path, uint8_t currency,
                                  struct terms_row *ret_terms, uint32_t *ret_no);
/* A new term of the event's own contract may not wait for what is decided already: it would wait
 * for ever. STATUS_E_ALREADY_DECIDED names `path`.condition. */
enum status obligation_condition_check(struct deciding *deciding, struct slice term,
                                       const char *path);
/* Fold: a new obligation of `owner` with its first terms. */
uint32_t obligation_add(struct facts *facts, uint64_t seq, int32_t valid, uint32_t owner,
                        uint32_t no, const struct terms_row *terms);
/* Fold: later terms of an obligation (contract.amended replaces). */
void obligation_terms_add(struct facts *facts, uint64_t seq, int32_t valid, uint32_t obligation,
                          const struct terms_row *terms);

/* Fold: the terms as they are, with another debtor or creditor. */
void obligation_party_replace(struct facts *facts, uint64_t seq, int32_t valid, uint32_t obligation,
                              bool debtor, uint32_t party);

/* Open or extinguish every contingent obligation of `contract` that waits for this condition
 * (milestone name for CONDITION_MILESTONE). outcome REACHED opens, PARTIAL opens share and
 * extinguishes the rest, others extinguish. Gives how many there were. */
uint32_t obligations_on_condition(struct deciding *deciding, uint32_t contract,
                                  enum condition_kind condition, struct slice milestone,
                                  enum condition_outcome outcome, int32_t share_ppm, int32_t on);

/* The end of a contract: by on_termination, due date and state (domain 3.2, rulings 18, 36). */
enum contract_end { END_TERMINATED, END_DECLINED, END_VOIDED };
enum status obligations_on_end(struct deciding *deciding, uint32_t contract, enum contract_end how,
                               int32_t day);

#endif
