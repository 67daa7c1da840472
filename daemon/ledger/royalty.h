#ifndef ACCRUE_DAEMON_LEDGER_ROYALTY_H
#define ACCRUE_DAEMON_LEDGER_ROYALTY_H

/* Royalties of a contract: terms, and what a period earns (domain 4.5, 5.6; Civil Code
 * arts 846, 866).
 *
 *   Y1  Tiers add up over their scope: a period earns the difference of two cumulative royalties,
 *       each rounded once.
 *   Y2  Caps of a contract year and of the contract's life cut what a period earns. A minimum
 *       becomes a true-up with the statement that ends a contract year, and counts within it.
 *   Y3  What counts before a period are its statements, and reports that no statement covers.
 *       Use while a trial was running earns nothing (domain 3.1, note 7). */

#include "daemon/ledger/decide.h"
#include "daemon/ledger/money.h"

/* Check a RoyaltyTerm under `path` (empty: none): tiers upwards, a price a unit iff the base is
 * units. STATUS_E_BAD_FIELD. For whoever takes terms: signed, amended, converted. */
enum status royalty_check(struct deciding *deciding, struct slice term, const char *path);

/* Fold: the terms of a canonical RoyaltyTerm, valid from folding->valid; nothing if `term` is
 * empty. Called for contract.signed, contract.amended and trial.converted. */
void royalty_fold(struct folding *folding, struct slice term);

/* The terms that govern at the viewpoint, NULL if there are none. */
const struct royalty_row *royalty_terms_at(const struct facts *facts, uint32_t contract,
                                           const struct viewpoint *view);

/* Contract year of a day, 0 the first, counted from term_start (ruling 17), and its last day. */
int32_t royalty_year(int32_t term_start, int32_t day);
int32_t royalty_year_end(int32_t term_start, int32_t year);

/* The royalty on `base` (fen or units) from nothing, by terms, in contract year `year`. */
int64_t royalty_on(const struct royalty_row *terms, const struct facts *facts, int64_t base,
                   int32_t year, enum rounding_rule rounding);

/* First day whose use counts: after a trial it is the day after the conversion; while the trial
 * is undecided or was declined there is none. */
int32_t royalty_counts_after(const struct facts *facts, uint32_t contract,
                             const struct viewpoint *view);

struct royalty_span {
    int32_t start, end;
    int64_t base;
};

struct royalty_figures {
    const struct royalty_row *terms; /* NULL: none, and all else zero */
    int64_t earned;                  /* by the period, before caps */
    int64_t royalty;                 /* by the period, after caps */
    int64_t year_royalty;            /* of its contract year so far, without it */
    int64_t life_royalty;            /* of the contract so far, without it */
    bool ends_year;                  /* the period ends a contract year */
};

void royalty_compute(const struct facts *facts, uint32_t contract,
                     const struct royalty_span *period, const struct viewpoint *view,
                     struct royalty_figures *ret_figures);

/* What changes if the base of what is stated within `audit` changes by audit->base: earned and
 * royalty, either of them below zero where it becomes less; and the terms. */
void royalty_audit(const struct facts *facts, uint32_t contract, const struct royalty_span *audit,
                   const struct viewpoint *view, struct royalty_figures *ret_figures);

/* 5.6: everything that counts at the viewpoint. */
struct royalty_totals {
    const struct royalty_row *terms;
    int64_t base, earned, capped, royalty, credited; /* capped: what caps took of earned */
};
void royalty_total(const struct facts *facts, uint32_t contract, const struct viewpoint *view,
                   struct royalty_totals *ret_totals);

/* Reported within a period, and whether anything was. */
bool usage_within(const struct facts *facts, uint32_t contract, int32_t start, int32_t end,
                  const struct viewpoint *view, int64_t *ret_base);

/* What is left to credit in the contract year of `period_end`. */
int64_t royalty_credit_left(const struct deciding *deciding, const struct royalty_row *terms,
                            int32_t period_end);

/* What a contract year's minimum (AMOUNT_UNKNOWN: none) asks for beyond the year's royalties and
 * the minimums that were owed ahead and not credited. */
int64_t royalty_true_up(int64_t minimum_fen, int64_t year_royalty, int64_t ahead);
/* The same with a statement of `royalty` less `credits`: zero but for the one that ends a year. */
int64_t royalty_true_up_after(const struct deciding *deciding,
                              const struct royalty_figures *figures, int32_t period_end,
                              int64_t royalty, int64_t credits);

/* What of an audit's change is taken from the year's minimums: credited if more is owed, kept (a
 * number below zero) if less is, once the year is closed by its last statement. */
int64_t royalty_audit_credits(const struct deciding *deciding, const struct royalty_row *terms,
                              int32_t period_end, int64_t change);

/* STATUS_E_PERIOD_OVERLAP with the period that is taken. */
enum status period_overlaps(struct deciding *deciding, const char *field, int32_t start,
                            int32_t end);

/* usage.reported */
enum status usage_decide(struct deciding *deciding);
void usage_fold(struct folding *folding);

#endif
