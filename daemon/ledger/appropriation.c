/* Which debts absorb money that nobody designated (Civil Code arts 560-561, ruling 2).
 *
 *   A1  Only what is owed by the payer to the payee in that currency and due on the value date;
 *       what is not due yet never absorbs money without designation. Merged parties are one.
 *   A2  Order: less secured, then the heavier daily rate of interest, then the earlier due date;
 *       debts alike in all three share in proportion to what is owed on them, by largest
 *       remainder, the earlier made first among equals.
 *   A3  Each takes its interest and principal together; which of the two first is its clause's
 *       and is computed for every question (ruling 31). */

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/cover.h"
#include "daemon/ledger/interest.h"
#include "daemon/ledger/merger.h"
#include "daemon/ledger/owing.h"
#include "daemon/ledger/payment.h"

struct debt {
    uint32_t obligation;
    int64_t owed;
    int128 rate_num, rate_den; /* daily rate of interest as a fraction */
    int32_t due, day;
    bool secured;
};

static int compare_rate(const struct debt *a, const struct debt *b)
{
    int128 left = a->rate_num * b->rate_den;
    int128 right = b->rate_num * a->rate_den;
    return (left < right) - (left > right); /* the heavier first */
}

static int compare_rank(const struct debt *a, const struct debt *b)
{
    if (a->secured != b->secured) {
        return a->secured ? 1 : -1;
    }
    int rate = compare_rate(a, b);
    if (rate != 0) {
        return rate;
    }
    return (a->due > b->due) - (a->due < b->due);
}

static int by_rank(const void *left, const void *right)
{
    const struct debt *a = left;
    const struct debt *b = right;
    int rank = compare_rank(a, b);
    return rank != 0 ? rank : (a->obligation > b->obligation) - (a->obligation < b->obligation);
}

/* A1; sets the rest of `debt`. */
static bool absorbs(struct deciding *deciding, const struct owing_entry *entry, int32_t day,
                    struct debt *debt)
{
    struct obligation_figures figures;
    struct obligation_figures then;
    const struct facts *facts = deciding->facts;
    const struct obligation_row *row = facts_row(facts, FACT_OBLIGATION, entry->obligation);
    obligation_evaluate(facts, entry->obligation, &deciding->now, &figures);
    struct viewpoint on_day = viewpoint_now(facts, day);
    obligation_evaluate(facts, entry->obligation, &on_day, &then);
    struct late_clause clause = late_clause_on(facts, row->fact.key, day, &deciding->now);
    *debt = (struct debt){
        .obligation = entry->obligation,
        .owed = figures.outstanding + then.interest_due,
        .rate_den = 1,
        .due = figures.due,
        .day = obligation_valid_day(facts, entry->obligation, &figures, day),
        .secured = cover_is_secured(facts, row->fact.key, day, &deciding->now),
    };
    if (clause.terms.kind != LATE_NONE) {
        debt->rate_num = late_daily_weight(facts, &clause.terms, figures.due, &deciding->now);
        debt->rate_den = late_denominator(&clause.terms);
    }
    return debt->owed > 0;
}

/* Whom the money is to, in what, on which day; and the debts found so far. */
struct gathering {
    struct deciding *deciding;
    struct debt *debts;
    size_t count, room;
    uint32_t payee;
    int32_t day;
    uint8_t currency;
};

static void gather_of(struct gathering *gathering, uint32_t debtor)
{
    struct deciding *deciding = gathering->deciding;
    size_t open;
    const struct owing_entry *entries = owing_open(deciding->facts, debtor, &open);
    for (size_t i = 0; i < open; i++) {
        const struct owing_entry *entry = &entries[i];
        if (!entry->open || entry->currency != gathering->currency || entry->due == DAY_NONE ||
            entry->due > gathering->day ||
            !party_same(deciding->facts, entry->creditor, gathering->payee, &deciding->now)) {
            continue;
        }
        if (gathering->count == gathering->room) {
            gathering->room *= 2;
            struct debt *more =
                realloc(gathering->debts, gathering->room * sizeof(gathering->debts[0]));
            INVARIANT(more != NULL);
            gathering->debts = more;
        }
        if (absorbs(deciding, entry, gathering->day, &gathering->debts[gathering->count])) {
            gathering->count++;
        }
    }
}

/* The payer's own debts and those of every id that he goes by (merger.h). */
static struct debt *gather(struct deciding *deciding, uint32_t payer, uint32_t payee,
                           uint8_t currency, int32_t day, size_t *ret_count)
{
    const struct facts *facts = deciding->facts;
    struct gathering gathering = {
        .deciding = deciding, .room = 16, .payee = payee, .day = day, .currency = currency};
    gathering.debts = calloc(gathering.room, sizeof(gathering.debts[0]));
    INVARIANT(gathering.debts != NULL);
    uint32_t survivor = party_survivor(facts, payer, &deciding->now);
    gather_of(&gathering, survivor);
    for (uint64_t i = 0; i < facts_count(facts, FACT_MERGER); i++) {
        const struct merger_row *row = facts_row(facts, FACT_MERGER, i);
        if (fact_counts(&row->fact, &deciding->now) &&
            party_survivor(facts, row->fact.key, &deciding->now) == survivor) {
            gather_of(&gathering, row->fact.key);
        }
    }
    qsort(gathering.debts, gathering.count, sizeof(gathering.debts[0]), by_rank);
    *ret_count = gathering.count;
    return gathering.debts;
}

/* Debts alike: all in full, or what is left in proportion (A2). */
static void share_out(const struct debt *debts, size_t count, int64_t *left, struct lines *lines)
{
    int64_t *owed = calloc(count, sizeof(*owed));
    int64_t *parts = calloc(count, sizeof(*parts));
    INVARIANT(owed != NULL && parts != NULL);
    int128 sum = 0;
    for (size_t i = 0; i < count; i++) {
        owed[i] = debts[i].owed;
        sum += debts[i].owed;
    }
    if (sum <= *left) {
        memcpy(parts, owed, count * sizeof(*parts));
    } else {
        split_amount(*left, owed, count, parts);
    }
    for (size_t i = 0; i < count; i++) {
        if (parts[i] > 0) {
            lines->at[lines->count++] = (struct line){
                .obligation = debts[i].obligation, .amount = parts[i], .day = debts[i].day};
            lines->sum += parts[i];
            *left -= parts[i];
        }
    }
    free(owed);
    free(parts);
}

void lines_appropriate(struct deciding *deciding, uint32_t payer, uint32_t payee, uint8_t currency,
                       int64_t amount, int32_t day, struct lines *ret_lines)
{
    size_t count;
    struct debt *debts = gather(deciding, payer, payee, currency, day, &count);
    *ret_lines = (struct lines){.at = calloc(count + 1, sizeof(struct line))};
    INVARIANT(ret_lines->at != NULL);
    int64_t left = amount;
    for (size_t from = 0; from < count && left > 0;) {
        size_t to = from + 1;
        while (to < count && compare_rank(&debts[from], &debts[to]) == 0) {
            to++;
        }
        share_out(debts + from, to - from, &left, ret_lines);
        from = to;
    }
    free(debts);
}
