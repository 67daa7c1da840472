#ifndef ACCRUE_DAEMON_VIEW_EXPLAIN_H
#define ACCRUE_DAEMON_VIEW_EXPLAIN_H

/* The events behind a figure, with signed amounts.
 *
 *   X1  An event's amount is the figure known with it less the figure known just before it, both
 *       at the answer's as_of. So the amounts add up to the figure, whatever the events are,
 *       back-dated and reversed ones included.
 *   X3  An event of which all rows are valid after as_of has no part in the figure and no line. */

#include "daemon/base/column.h"
#include "daemon/ledger/obligation.h"
#include "daemon/view/query.h"
#include "daemon/view/scratch.h"

struct explanation {
    const struct query *query;
    struct scratch scratch;
    struct column lines; /* struct explanation_line */
    struct column steps; /* uint64_t: seqs of the object at hand */
};

struct explanation_line {
    uint64_t seq;
    uint32_t owner, no; /* no 0: not about an obligation */
    int64_t amount;     /* AMOUNT_UNKNOWN: none */
    const char *what;
    uint8_t currency;
    bool of_days;
    int32_t from, to; /* of_days: the amount is for these, both inclusive */
};

void explanation_init(struct explanation *explanation, const struct query *query);
void explanation_done(struct explanation *explanation);
void explanation_add(struct explanation *explanation, const struct explanation_line *line);

/* Begin the steps of an object; note rows' seqs and reversals (X3); then visit them in order. */
void steps_begin(struct explanation *explanation);
void steps_note(struct explanation *explanation, const struct fact *fact);
/* Sorts them and drops repetitions; gives their count. */
uint64_t steps_sort(struct explanation *explanation);
uint64_t step_at(const struct explanation *explanation, uint64_t i);

/* What made a figure of `aggregate`, in CNY: after steps_begin() and the notes. */
typedef int64_t explain_aggregate_fn(const struct query *query, uint32_t aggregate,
                                     const struct viewpoint *view);
void explain_aggregate(struct explanation *explanation, uint32_t aggregate,
                       explain_aggregate_fn *figure);

/* What made the outstanding amount of an obligation. */
void explain_obligation(struct explanation *explanation, uint32_t obligation);
/* What made another figure of it; `figures` may be invisible. */
typedef int64_t explain_figure_fn(void *arg, const struct obligation_figures *figures);
void explain_obligation_by(struct explanation *explanation, uint32_t obligation,
                           explain_figure_fn *figure, void *arg);

/* What made any figure: the steps noted since steps_begin() (all rows of chains by
 * steps_note_chain), each with the figure known with it less the figure known before (X1). */
typedef int64_t explain_measure_fn(void *arg, const struct viewpoint *then);
void explain_measured(struct explanation *explanation, const struct explanation_line *like,
                      explain_measure_fn *measure, void *arg);
/* A line of the amount of `like` for each step, named by its event: "signed". */
void explain_events(struct explanation *explanation, const struct explanation_line *like);
/* Note every row of a key's chain, visible or not. */
void steps_note_chain(struct explanation *explanation, enum fact_table table, uint32_t key);

/* rows {seq, type, agg, effective, obligation, currency, amount, what, from?, to?}, total
 * [{currency, amount}], next. */
enum status explanation_write(struct explanation *explanation, struct writer *out, uint32_t *pairs,
                              struct fault *fault);

#endif
