#ifndef ACCRUE_OPS_CLI_BANK_H
#define ACCRUE_OPS_CLI_BANK_H

/* `accrue reconcile bank`: a statement against the payments of the log.
 *
 *   B1  Every line of the statement lands in exactly one class, every payment of the statement's
 *       days and currencies in at most one. Rows are counted and amounts summed while the sheet is
 *       read, before anything is kept of them: lines, unread rows and rows of totals are all its
 *       rows, and the sums of the classes are these sums, or the command fails.
 *   B2  A payment is matched once, and so is a line. What could be matched in two ways is matched
 *       in neither.
 *   B3  Nothing is posted. */

#include "ops/cli/cli.h"

enum line_class {
    LINE_ONLY_IN_BANK,
    LINE_MATCHED,
    LINE_DIFFERS,   /* the same reference, another amount */
    LINE_DUPLICATE, /* would match a payment that another line has */
    LINE_PAID_OUT,  /* no receipt: not compared */
    LINE_CLASSES
};

enum match_by { BY_NOTHING, BY_REFERENCE, BY_NAME, BY_AMOUNT };

#define NONE SIZE_MAX

struct line {
    uint64_t row; /* of the sheet */
    int32_t day;
    int64_t amount; /* minor units, above zero */
    char currency[4];
    char *reference, *counterparty; /* as written, "" where there is none */
    char *reference_folded, *name;  /* folded */
    enum line_class class;
    enum match_by by;
    size_t payment; /* the one that it is about, or NONE */
};

struct payment {
    uint64_t seq;
    char *agg, *payer; /* payer: its id, or what was written, or "" */
    char *reference, *reference_folded;
    char *names; /* folded, each between line feeds; "" where nobody is known */
    int32_t day;
    int64_t amount;
    char currency[4];
    size_t line;      /* that it is matched with, or NONE */
    size_t duplicate; /* the payment that it may repeat, or NONE */
};

struct statement {
    struct line *lines;
    size_t line_count;
    size_t rows, unread,
        passed;   /* as read: all, with faults (told), of totals or without a value */
    json_t *sums; /* as read: currency: minor units of its lines */
    struct payment *payments;
    size_t payment_count;
    int32_t first, last; /* days of the lines */
};

/* ---- statement.c ---- */
/* The lines of a file, by the profile `bank` or the one that --profile names. EXIT_OK, or the exit
 * code with the reason printed. */
int statement_read(const struct cli *cli, const char *path, struct statement *statement);
void statement_free(struct statement *statement);

/* ---- payments.c ---- */
/* The log's payments near the statement's days, reversed ones left out. */
int payments_read(const struct cli *cli, struct statement *statement);

/* ---- match.c ---- */
/* Classify. `days`: how far the day of a line and that of a payment may lie apart. */
void statement_match(struct statement *statement, int32_t days);

#define REFERENCE_DAYS                                                                             \
    31 /* apart, at most, where the reference is the same: banks use some again */

#endif
