/* The arithmetic of late interest; who asks for it walks the moves (obligation_evaluate.c).
 *
 *   I4  No product overflows: principal <= 9e15, days <= 1.1e5, rate <= 1e8 and multiple <= 1e8
 *       make at most 1e37, and 128 bits hold 1.7e38. */

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

/* A clause that was agreed later replaces the one that was signed, as a whole. */
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

struct late_terms late_terms_at(const struct facts *facts, uint32_t owner,
                                const struct viewpoint *view)
{
    struct late_terms late = {.kind = LATE_NONE, .year_days = 365, .cap_ppm = -1};
    const struct contract_row *row = contract_terms_at(facts, owner, view);
    if (row == NULL) {
        return late;
    }
    set_rate(&late, row->late_daily_ppm, row->late_annual_ppm, row->late_lpr_ppm);
    late.year_days = row->late_day_count == DAY_COUNT_act360 ? 360 : 365;
    late.cap_ppm = row->late_cap_ppm;
    late.principal_first = row->late_alloc == LATE_ALLOC_principal_first;
    int64_t amended;
    if (attribute_at(facts, owner, FIELD_late, view, &amended)) {
        set_amended(&late, text_of(facts, (text_ref)amended));
    }
    late.rounding = contract_rounding(facts, owner, view);
    return late;
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

int128 late_denominator(const struct late_terms *late)
{
    switch (late->kind) {
    case LATE_NONE:
    case LATE_DAILY:
        break;
    case LATE_ANNUAL:
        return (int128)PPM_ONE * late->year_days;
    case LATE_LPR:
        return (int128)PPM_ONE * PPM_ONE * late->year_days;
    }
    return PPM_ONE;
}

int64_t late_amount(const struct late_terms *late, int128 numerator, int64_t scheduled)
{
    int128 denominator = late_denominator(late);
    int64_t amount = AMOUNT_FEN_MAX;
    if (numerator / denominator < AMOUNT_FEN_MAX) {
        amount = divide_rounded(numerator, denominator, late->rounding);
    }
    if (late->cap_ppm >= 0) {
        int64_t cap = apply_ppm(scheduled, late->cap_ppm, late->rounding);
        amount = amount < cap ? amount : cap;
    }
    return amount;
}

/* Latest terms of an interest obligation, if its first ones say that it is of `obligation` and
 * runs to a day not after `day`: an amendment may change the amount, not what it is for. */
static const struct terms_row *assessment(const struct facts *facts, uint32_t candidate,
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
            const struct terms_row *terms = assessment(facts, at - 1, obligation, day, view);
            sum += terms != NULL ? terms->amount_fen : 0;
        }
        at = row->fact.prev;
    }
    return sum;
}
