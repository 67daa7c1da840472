/* From a base to a royalty: tiers, prices a unit, rates by year; contract years.
 *
 *   A sum is rounded once, when all tiers are added up (domain 4.3, 4.5). */

#include "daemon/ledger/calendar.h"
#include "daemon/ledger/royalty.h"

int32_t royalty_year(int32_t term_start, int32_t day)
{
    int32_t year = civil_of(day).year - civil_of(term_start).year;
    return add_months(term_start, year * 12) > day ? year - 1 : year;
}

int32_t royalty_year_end(int32_t term_start, int32_t year)
{
    return add_months(term_start, (year + 1) * 12) - 1;
}

static int64_t rounded(const struct royalty_row *terms, int128 numerator,
                       enum rounding_rule rounding)
{
    int128 denominator = terms->base == ROYALTY_BASE_units ? 1 : PPM_ONE;
    if (numerator / denominator >= AMOUNT_FEN_MAX) {
        return AMOUNT_FEN_MAX; /* refused as a mismatch, never owed */
    }
    return divide_rounded(numerator, denominator, rounding);
}

int64_t royalty_on(const struct royalty_row *terms, const struct facts *facts, int64_t base,
                   int32_t year, enum rounding_rule rounding)
{
    int128 numerator = 0;
    if (terms->year_rates.count > 0) {
        uint32_t last = terms->year_rates.count - 1;
        uint32_t at = year < 0 ? 0 : (uint32_t)year > last ? last : (uint32_t)year;
        return rounded(terms, (int128)base * tier_at(facts, terms->year_rates, at)->rate, rounding);
    }
    int64_t below = 0;
    for (uint32_t i = 0; i < terms->tiers.count && below < base; i++) {
        const struct tier_row *tier = tier_at(facts, terms->tiers, i);
        bool open = tier->upto_fen == AMOUNT_UNKNOWN || i + 1 == terms->tiers.count;
        int64_t upto = open || tier->upto_fen > base ? base : tier->upto_fen;
        numerator += (int128)(upto - below) * tier->rate;
        below = upto;
    }
    return rounded(terms, numerator, rounding);
}
