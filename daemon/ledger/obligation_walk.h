#ifndef ACCRUE_DAEMON_LEDGER_OBLIGATION_WALK_H
#define ACCRUE_DAEMON_LEDGER_OBLIGATION_WALK_H

/* What the files of the evaluator share and nobody else sees: the steps of one obligation in
 * their order (obligation_steps.c), the due date and the interest that accrues between them
 * (obligation_late.c), what each step does (obligation_walk.c). */

#include "daemon/ledger/interest.h"
#include "daemon/ledger/obligation.h"

#define STEPS_INLINE 48u
#define STEP_TERMS 0 /* beside enum move_kind */
#define MOVES (MOVE_REFUND + 1)

/* A visible terms row or move. */
struct step {
    uint64_t seq;
    int64_t amount;
    int32_t valid;
    uint32_t index; /* of the row in its table */
    uint32_t aux;   /* of STEP_TERMS: 1 where a party was replaced, nothing else */
    uint8_t kind;   /* STEP_TERMS or enum move_kind */
};

struct steps {
    struct step *at;
    size_t count, room;
    struct step fixed[STEPS_INLINE];
};

/* All visible steps in (valid, seq) order, lines taken back netted (O5). */
void steps_gather(struct steps *steps, const struct facts *facts, uint32_t obligation,
                  const struct viewpoint *view);
void steps_done(struct steps *steps);
/* The terms that count, NULL if none do. */
const struct terms_row *steps_terms(const struct steps *steps, const struct facts *facts);
/* The day on which the condition was met; DAY_NONE if it was not. */
int32_t steps_opened(const struct steps *steps);

struct walk {
    const struct facts *facts;
    const struct viewpoint *view;
    struct obligation_figures *figures;
    uint32_t obligation, owner;
    bool conditional, opened;
    int64_t waiting[MOVES]; /* O6, by enum move_kind */
    int64_t recovered;      /* paid out of what was written off */
    int64_t assigned;       /* no longer scheduled here, but interest on it was earned here */
    int64_t raw_disputed;
    enum obligation_state closed; /* how it was last closed */
    /* interest */
    bool bears_interest;
    struct late_clause clause;      /* in force on the day that the walk is at */
    struct late_sum sum, sum_start; /* accrued; accrued before the clause came into force */
    int128 weight;
    int32_t span_start;  /* days after it bear interest; DAY_NONE: none do */
    int32_t cursor;      /* interest is accrued up to here */
    int32_t piece_start; /* first day that bore interest under the clause; DAY_NONE */
    int64_t told;        /* interest of the clauses before */
    interest_part_fn *part;
    void *part_arg;
};

/* Set the due dates and begin the first span of interest (O7). Gives the index from which
 * reschedulings are still to be walked. */
size_t late_begin(struct walk *walk, const struct steps *steps);
/* A rescheduling that keeps interest: the span ends on `day`, the next begins at `new_due`. */
void late_reschedule(struct walk *walk, int32_t new_due, int32_t day);
void late_accrue(struct walk *walk, int32_t upto);
/* Interest due on `day`, up to which it is accrued: of the whole, less paid and assessed. */
int64_t late_interest(struct walk *walk, int32_t day);
/* Interest was paid, or paid back where it is below zero. */
void late_paid(struct walk *walk, int64_t amount, uint64_t seq, int32_t day);
/* The walk is over: tell what accrued under the last clause. */
void late_end(struct walk *walk);

/* One step; `due_counts`: a rescheduling is not yet in the first span. */
void walk_step(struct walk *walk, const struct step *step, bool due_counts);

#endif
