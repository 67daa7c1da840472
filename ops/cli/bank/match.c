/* Lines and payments find each other: by reference; by amount, day and name; by amount and day
 * where somebody is unknown and there is only one way (B2). Nearer days go first. */

#include <stdlib.h>
#include <string.h>

#include "ops/cli/bank/bank.h"

struct matching {
    struct statement *statement;
    int32_t days;
    size_t *by_reference, *by_amount; /* indexes of payments, ordered */
    size_t *candidates;               /* of each payment: lines that could have it */
};

static const struct payment *ordered; /* qsort() has no argument; one thread */

static int compare_numbers(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_amounts(const struct payment *a, const struct payment *b)
{
    int order = strcmp(a->currency, b->currency);
    order = order != 0 ? order : compare_numbers(a->amount, b->amount);
    order = order != 0 ? order : compare_numbers(a->day, b->day);
    return order != 0 ? order : compare_numbers((int64_t)a->seq, (int64_t)b->seq);
}

static int amount_order(const void *left, const void *right)
{
    return compare_amounts(&ordered[*(const size_t *)left], &ordered[*(const size_t *)right]);
}

static int reference_order(const void *left, const void *right)
{
    const struct payment *a = &ordered[*(const size_t *)left];
    const struct payment *b = &ordered[*(const size_t *)right];
    int order = strcmp(a->reference_folded, b->reference_folded);
    return order != 0 ? order : compare_amounts(a, b);
}

static size_t *indexes(const struct statement *statement,
                       int (*order)(const void *left, const void *right))
{
    size_t count = statement->payment_count;
    size_t *index = calloc(count + 1, sizeof(*index));
    for (size_t i = 0; index != NULL && i < count; i++) {
        index[i] = i;
    }
    ordered = statement->payments;
    if (index != NULL && count > 1) {
        qsort(index, count, sizeof(*index), order);
    }
    return index;
}

/* ---- what may be one ---- */

static int32_t days_between(const struct line *line, const struct payment *payment)
{
    int32_t days = line->day - payment->day;
    return days < 0 ? -days : days;
}

static bool same_amount(const struct line *line, const struct payment *payment)
{
    return line->amount == payment->amount && strcmp(line->currency, payment->currency) == 0;
}

/* The line's counterparty is one of the payer's names. */
static bool same_name(const struct line *line, const struct payment *payment)
{
    size_t len = strlen(line->name);
    const char *at = len == 0 ? NULL : payment->names;
    while (at != NULL && (at = strstr(at, line->name)) != NULL) {
        if (at > payment->names && at[-1] == '\n' && at[len] == '\n') {
            return true;
        }
        at++;
    }
    return false;
}

/* Nobody is named on one side, and the references do not contradict each other. */
static bool may_be(const struct line *line, const struct payment *payment)
{
    bool unnamed = *line->name == '\0' || *payment->names == '\0';
    bool silent = *line->reference_folded == '\0' || *payment->reference_folded == '\0';
    return unnamed && silent;
}

static void join(struct matching *matching, size_t l, size_t p, enum line_class class,
                 enum match_by by)
{
    struct line *line = &matching->statement->lines[l];
    line->class = class;
    line->by = by;
    line->payment = p;
    if (class == LINE_MATCHED || class == LINE_DIFFERS) {
        matching->statement->payments[p].line = l;
    }
}

/* ---- walks over the ordered payments ---- */

/* The first position whose reference is not below the line's. */
static size_t first_of_reference(const struct matching *matching, const struct line *line)
{
    size_t low = 0;
    size_t high = matching->statement->payment_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct payment *at = &matching->statement->payments[matching->by_reference[middle]];
        if (strcmp(at->reference_folded, line->reference_folded) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The first position whose currency, amount and day are not below these. */
static size_t first_of_amount(const struct matching *matching, const struct line *line, int32_t day)
{
    struct payment wanted = {.amount = line->amount, .day = day};
    memcpy(wanted.currency, line->currency, sizeof(wanted.currency));
    size_t low = 0;
    size_t high = matching->statement->payment_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct payment *at = &matching->statement->payments[matching->by_amount[middle]];
        if (compare_amounts(at, &wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Payments of the line's reference, by position; NULL behind the last. */
static struct payment *of_reference(const struct matching *matching, const struct line *line,
                                    size_t position, size_t *ret_index)
{
    struct statement *statement = matching->statement;
    if (*line->reference_folded == '\0' || position >= statement->payment_count) {
        return NULL;
    }
    *ret_index = matching->by_reference[position];
    struct payment *payment = &statement->payments[*ret_index];
    return strcmp(payment->reference_folded, line->reference_folded) == 0 ? payment : NULL;
}

/* Payments of the line's amount within so many days. */
static struct payment *of_amount(const struct matching *matching, const struct line *line,
                                 int32_t days, size_t position, size_t *ret_index)
{
    struct statement *statement = matching->statement;
    if (position >= statement->payment_count) {
        return NULL;
    }
    *ret_index = matching->by_amount[position];
    struct payment *payment = &statement->payments[*ret_index];
    return same_amount(line, payment) && payment->day <= line->day + days ? payment : NULL;
}

/* ---- the phases ---- */

static void match_references(struct matching *matching, bool exact)
{
    struct statement *statement = matching->statement;
    for (size_t l = 0; l < statement->line_count; l++) {
        struct line *line = &statement->lines[l];
        const struct payment *payment;
        size_t p;
        size_t best = NONE;
        if (line->class != LINE_ONLY_IN_BANK) {
            continue;
        }
        for (size_t at = first_of_reference(matching, line);
             (payment = of_reference(matching, line, at, &p)) != NULL; at++) {
            bool fits = payment->line == NONE && days_between(line, payment) <= REFERENCE_DAYS &&
                        (!exact || same_amount(line, payment));
            if (fits && (best == NONE || days_between(line, payment) <
                                             days_between(line, &statement->payments[best]))) {
                best = p;
            }
        }
        if (best != NONE) {
            join(matching, l, best, exact ? LINE_MATCHED : LINE_DIFFERS, BY_REFERENCE);
        }
    }
}

/* Exactly so many days apart. */
static void match_names(struct matching *matching, int32_t apart)
{
    struct statement *statement = matching->statement;
    for (size_t l = 0; l < statement->line_count; l++) {
        struct line *line = &statement->lines[l];
        const struct payment *payment;
        size_t p;
        for (size_t at = first_of_amount(matching, line, line->day - apart);
             line->class == LINE_ONLY_IN_BANK &&
             (payment = of_amount(matching, line, apart, at, &p)) != NULL;
             at++) {
            if (payment->line == NONE && days_between(line, payment) == apart &&
                same_name(line, payment)) {
                join(matching, l, p, LINE_MATCHED, BY_NAME);
            }
        }
    }
}

/* How many payments the line may be; each is told if `count`. */
static size_t ways_of(struct matching *matching, const struct line *line, bool count,
                      size_t *ret_last)
{
    const struct payment *payment;
    size_t p;
    size_t ways = 0;
    for (size_t at = first_of_amount(matching, line, line->day - matching->days);
         line->class == LINE_ONLY_IN_BANK &&
         (payment = of_amount(matching, line, matching->days, at, &p)) != NULL;
         at++) {
        if (payment->line == NONE && may_be(line, payment)) {
            ways++;
            *ret_last = p;
            matching->candidates[p] += count;
        }
    }
    return ways;
}

static void match_amounts(struct matching *matching)
{
    struct statement *statement = matching->statement;
    size_t p = NONE;
    for (size_t l = 0; l < statement->line_count; l++) {
        (void)ways_of(matching, &statement->lines[l], true, &p);
    }
    for (size_t l = 0; l < statement->line_count; l++) {
        if (ways_of(matching, &statement->lines[l], false, &p) == 1 &&
            matching->candidates[p] == 1) {
            join(matching, l, p, LINE_MATCHED, BY_AMOUNT);
        }
    }
}

/* A line that is left, and would be what another line is already. */
static void find_duplicate_line(struct matching *matching, size_t l)
{
    struct line *line = &matching->statement->lines[l];
    const struct payment *payment;
    size_t p;
    for (size_t at = first_of_reference(matching, line);
         (payment = of_reference(matching, line, at, &p)) != NULL; at++) {
        if (payment->line != NONE && same_amount(line, payment) &&
            days_between(line, payment) <= REFERENCE_DAYS) {
            join(matching, l, p, LINE_DUPLICATE, BY_REFERENCE);
            return;
        }
    }
    for (size_t at = first_of_amount(matching, line, line->day - matching->days);
         (payment = of_amount(matching, line, matching->days, at, &p)) != NULL; at++) {
        if (payment->line != NONE && same_name(line, payment)) {
            join(matching, l, p, LINE_DUPLICATE, BY_NAME);
            return;
        }
    }
}

static bool is_near(const struct matching *matching, const struct payment *left,
                    const struct payment *other)
{
    int32_t days = left->day - other->day;
    return left->amount == other->amount && strcmp(left->currency, other->currency) == 0 &&
           (days < 0 ? -days : days) <= matching->days;
}

/* Payments that are left, and would be what the line of another payment is: posted twice? */
static void find_duplicate_payments(struct matching *matching)
{
    struct statement *statement = matching->statement;
    struct payment *payments = statement->payments;
    const size_t *order = matching->by_amount;
    for (size_t i = 0; i < statement->payment_count; i++) {
        struct payment *left = &payments[order[i]];
        size_t j = i;
        while (left->line == NONE && j > 0 && is_near(matching, left, &payments[order[j - 1]])) {
            j--;
        }
        for (; left->line == NONE && left->duplicate == NONE && j < statement->payment_count &&
               is_near(matching, left, &payments[order[j]]);
             j++) {
            const struct payment *other = &payments[order[j]];
            bool same = strcmp(other->names, left->names) == 0 ||
                        (*left->reference_folded != '\0' &&
                         strcmp(other->reference_folded, left->reference_folded) == 0);
            left->duplicate = other->line != NONE && same ? order[j] : NONE;
        }
    }
}

void statement_match(struct statement *statement, int32_t days)
{
    struct matching matching = {
        .statement = statement,
        .days = days,
        .by_reference = indexes(statement, reference_order),
        .by_amount = indexes(statement, amount_order),
        .candidates = calloc(statement->payment_count + 1, sizeof(size_t)),
    };
    if (matching.by_reference != NULL && matching.by_amount != NULL &&
        matching.candidates != NULL) {
        match_references(&matching, true);
        for (int32_t apart = 0; apart <= days; apart++) {
            match_names(&matching, apart);
        }
        match_amounts(&matching);
        for (size_t l = 0; l < statement->line_count; l++) {
            if (statement->lines[l].class == LINE_ONLY_IN_BANK) {
                find_duplicate_line(&matching, l);
            }
        }
        match_references(&matching, false);
        find_duplicate_payments(&matching);
    }
    free(matching.by_reference);
    free(matching.by_amount);
    free(matching.candidates);
}
