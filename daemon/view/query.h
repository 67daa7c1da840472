#ifndef ACCRUE_DAEMON_VIEW_QUERY_H
#define ACCRUE_DAEMON_VIEW_QUERY_H

/* Questions and their answers. A question takes a viewpoint and parameters; the answer is
 * computed from published facts and nothing else.
 *
 *   Q1  Same log, same question, same bytes (P7): rows are sorted by key bytes, then currency;
 *       nothing depends on hash order, thread or time.
 *   Q2  `at` is the published seq that the answer reflects, known_at the one it was asked for.
 *   Q3  Runs on any thread; takes no lock; touches no row past viewpoint.published.
 *
 * A projection is one row of a table (projections.c) and one file. */

#include "daemon/ledger/ledger.h"

struct query {
    const struct facts *facts;
    struct viewpoint view;
    struct slice params; /* canonical-enough map of the projection's own parameters, or empty */
    uint64_t limit;      /* rows; QUERY_ROWS_MAX at most, and that if 0 */
    struct slice after;  /* the `next` of the answer before, or empty */
    bool known_at_open;  /* known_at lies past the head: the answer says open: true */
    enum language language;
};

/* Writes the answer's keys into a map that the caller has begun: rows, next, total …;
 * *pairs counts them. STATUS_BAD_PARAMS names the parameter. */
typedef enum status projection_query_fn(const struct query *query, struct writer *out,
                                        uint32_t *pairs, struct fault *fault);
/* The events behind one figure: rows {seq, type, agg, effective, amount, what}. */
typedef enum status projection_explain_fn(const struct query *query, struct slice key,
                                          struct writer *out, uint32_t *pairs, struct fault *fault);

struct projection {
    const char *name;
    const char *help_en, *help_zh;
    const char *const *parameters; /* their names, ended by NULL */
    uint64_t tables;               /* bit set of the fact tables it reads: what its digest covers */
    projection_query_fn *query;
    projection_explain_fn *explain;
};

extern const struct projection projections[]; /* ended by name NULL */
const struct projection *projection_by_name(struct slice name);

/* {at, as_of, known_at, open?, unit: "fen", …} of a whole answer. */
enum status query_answer(const struct projection *projection, const struct query *query,
                         struct writer *out, struct fault *fault);
enum status explain_answer(const struct projection *projection, const struct query *query,
                           struct slice key, struct writer *out, struct fault *fault);

/* `as_of` (date text, default: `today`), `known_at` (seq, RFC 3339 time, or date = the end of that
 * day +08:00; default: the head) to query->view over `published` and query->known_at_open;
 * query->facts is set. Both are values as encoded in the request; empty or nil: the default. A
 * seq may also be a text of digits. STATUS_BAD_PARAMS names the one that is wrong. */
enum status viewpoint_read(struct query *query, const struct published *published,
                           struct slice as_of, struct slice known_at, int32_t today,
                           struct fault *fault);

/* P8: SHA-256 over the projection's fact rows visible at known_at `seq`, all valid dates, in
 * canonical order: table by table, row by row, each as a canonical array without process-local
 * numbers. */
void projection_digest(const struct projection *projection, const struct facts *facts,
                       const struct published *published, uint64_t seq, uint8_t ret_digest[32]);

#endif
