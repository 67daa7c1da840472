/* The arithmetic of late interest; who asks for it walks the moves (obligation_evaluate.c).
 *
 *   I4  No product overflows: principal <= 9e15, days <= 1.1e5, rate <= 1e8 and multiple <= 1e8
 *       make at most 1e37, and 128 bits hold 1.7e38. Brought to one denominator are remainders
 *       alone, each less than 1. */

#include "daemon/ledger/interest.h"

#include "daemon/base/check.h"
#include "daemon/ledger/calendar.h"
#include "daemon/ledger/due.h"
#include "daemon/ledger/states.h"
#include "proto/limits.h"

static void set_rate(struct late_terms *late, int64_t daily, int64_t annual, int64_t lpr)
{
    late->kind = LATE_NONE;
    if (daily >= 0) {
        late->kind = LATE_DAILY;
        late->rate_ppm = daily;
    } else if (annual >= 0) {
        late->kind = LATE_ANNUAL;
        late->rate_ppm = annual;
    } else if (lpr >= 0) {
        late->kind = LATE_LPR;
        late->rate_ppm = lpr;
    }
}

/* A clause that was agreed later replaces the one before, as a whole. */
static void set_amended(struct late_terms *late, struct slice map)
{
    WRITTEN_FIRST struct fields fields; /* by fields_parse() */
    if (!fields_parse(map, &fields)) {
        return;
    }
    set_rate(late, field_int(&fields, FIELD_daily_ppm, -1),
             field_int(&fields, FIELD_annual_ppm, -1), field_int(&fields, FIELD_lpr_x_ppm, -1));
    int day_count = field_enum(&fields, FIELD_day_count, day_count_names, DAY_COUNT_act365);
    int alloc = field_enum(&fields, FIELD_alloc, late_alloc_names, LATE_ALLOC_interest_first);
    late->year_days = day_count == DAY_COUNT_act360 ? 360 : 365;
    late->cap_ppm = (int32_t)field_int(&fields, FIELD_cap_ppm_of_principal, -1);
    late->principal_first = alloc == LATE_ALLOC_principal_first;
}

static void set_signed(struct late_terms *late, const struct contract_row *row)
{
    set_rate(late, row->late_daily_ppm, row->late_annual_ppm, row->late_lpr_ppm);
    late->year_days = row->late_day_count == DAY_COUNT_act360 ? 360 : 365;
    late->cap_ppm = row->late_cap_ppm;
    late->principal_first = row->late_alloc == LATE_ALLOC_principal_first;
}

struct late_clause late_clause_on(const struct facts *facts, uint32_t owner, int32_t day,
                                  const struct viewpoint *view)
{
    struct late_clause clause = {
        .terms = {.kind = LATE_NONE, .year_days = 365, .cap_ppm = -1}, .seq = 0, .last = DAY_MAX};
    const struct contract_row *row = contract_terms_at(facts, owner, view);
    if (row == NULL) {
        return clause;
    }
    const struct attribute_row *amended = NULL;
    uint32_t at;
    for (const struct attribute_row *term = facts_first(facts, FACT_ATTRIBUTE, owner, view, &at);
         term != NULL; term = facts_next(facts, FACT_ATTRIBUTE, view, &at)) {
        if (term->field != FIELD_late) {
            continue;
        }
        if (term->fact.valid > day) {
            clause.last = term->fact.valid <= clause.last ? term->fact.valid - 1 : clause.last;
        } else if (amended == NULL || term->fact.valid > amended->fact.valid) {
            amended = term; /* of one day the one recorded last: rows come newest first */
        }
    }
    clause.seq = amended == NULL ? row->fact.seq : amended->fact.seq;
    if (amended == NULL) {
        set_signed(&clause.terms, row);
    } else {
        set_amended(&clause.terms, text_of(facts, (text_ref)amended->value));
    }
    clause.terms.rounding = contract_rounding(facts, owner, view);
    return clause;
}

int128 late_daily_weight(const struct facts *facts, const struct late_terms *late, int32_t due,
                         const struct viewpoint *view)
{
    int64_t lpr_ppm;
    switch (late->kind) {
    case LATE_NONE:
        return 0;
    case LATE_DAILY:
    case LATE_ANNUAL:
        return late->rate_ppm;
    case LATE_LPR:
        break;
    }
    if (!rate_at(facts, slice_text("lpr_1y"), due + 1, view, &lpr_ppm)) {
        return 0;
    }
    return (int128)late->rate_ppm * lpr_ppm;
}

/* ---- sums ---- */

/* By kind of clause and days of its year; each divides the common one, 73 x 360 = 72 x 365. */
static const int128 denominators[LATE_DENOMINATORS] = {
    PPM_ONE,
    (int128)PPM_ONE * 365,
    (int128)PPM_ONE * 360,
    (int128)PPM_ONE *PPM_ONE * 365,
    (int128)PPM_ONE *PPM_ONE * 360,
};
static const int128 common = (int128)PPM_ONE * PPM_ONE * 360 * 73;

static size_t denominator_of(const struct late_terms *late)
{
    switch (late->kind) {
    case LATE_NONE:
    case LATE_DAILY:
        break;
    case LATE_ANNUAL:
        return late->year_days == 365 ? 1 : 2;
    case LATE_LPR:
        return late->year_days == 365 ? 3 : 4;
    }
    return 0;
}

int128 late_denominator(const struct late_terms *late)
{
    return denominators[denominator_of(late)];
}

void late_sum_add(struct late_sum *sum, const struct late_terms *late, int128 numerator)
{
    sum->numerator[denominator_of(late)] += numerator;
}

/* Whole fen of the sum, and what is left in parts of the common denominator. */
static int128 whole_of(const struct late_sum *sum, int128 *ret_rest)
{
    int128 whole = sum->whole;
    int128 rest = 0;
    for (size_t i = 0; i < LATE_DENOMINATORS; i++) {
        if (sum->numerator[i] != 0) {
            whole += sum->numerator[i] / denominators[i];
            rest += sum->numerator[i] % denominators[i] * (common / denominators[i]);
        }
    }
    *ret_rest = rest % common;
    return whole + rest / common;
}

static bool exceeds(const struct late_sum *sum, int64_t amount)
{
    int128 rest;
    int128 whole = whole_of(sum, &rest);
    return whole > amount || (whole == amount && rest > 0);
}

struct late_sum late_capped(const struct late_terms *late, const struct late_sum *start,
                            const struct late_sum *sum, int64_t scheduled)
{
    if (late->cap_ppm < 0) {
        return *sum;
    }
    int64_t cap = apply_ppm(scheduled, late->cap_ppm, late->rounding);
    if (exceeds(start, cap)) {
        return *start;
    }
    const struct late_sum capped = {.whole = cap};
    return exceeds(sum, cap) ? capped : *sum;
}

int64_t late_amount(const struct late_terms *late, const struct late_sum *sum)
{
    int128 rest;
    int128 whole = whole_of(sum, &rest);
    return whole < AMOUNT_FEN_MAX ? divide_rounded(whole * common + rest, common, late->rounding)
                                  : AMOUNT_FEN_MAX;
}

const struct terms_row *interest_assessment(const struct facts *facts, uint32_t candidate,
                                            uint32_t obligation, int32_t day,
                                            const struct viewpoint *view)
{
    uint32_t at;
    const struct terms_row *latest = facts_first(facts, FACT_TERMS, candidate, view, &at);
    const struct terms_row *first = latest;
    for (const struct terms_row *row = latest; row != NULL;
         row = facts_next(facts, FACT_TERMS, view, &at)) {
        first = row;
    }
    bool is = first != NULL && first->of == obligation && first->due.date <= day;
    return is ? latest : NULL;
}

int64_t interest_assessed(const struct facts *facts, uint32_t owner, uint32_t obligation,
                          int32_t day, const struct viewpoint *view)
{
    int64_t sum = 0;
    uint32_t at = facts_head(facts, FACT_OBLIGATION, owner, !view->writer);
    while (at != NO_ROW) {
        const struct obligation_row *row = facts_row(facts, FACT_OBLIGATION, at - 1);
        if (fact_counts(&row->fact, view)) {
            const struct terms_row *terms =
                interest_assessment(facts, at - 1, obligation, day, view);
            sum += terms != NULL ? terms->amount_fen : 0;
        }
        at = row->fact.prev;
    }
    return sum;
}
