/* Published rates: the one in force on a day, as known.
 *
 *   K3  Rates are read with known_at alone (ruling 16); of two of a kind from one day, the later
 *       recorded counts.
 *   K4  Row i has a jump to an older row, as in a skew-binary list, and says of the rows that the
 *       jump passes over which kinds they are of, and their first and last `from`. Links rest on
 *       older rows alone, so that they never change; a lookup begins at the newest row that its
 *       viewpoint may see and passes over whole stretches: logarithmic where rates are recorded
 *       in the order of their days, and right whatever the order. */

#include "daemon/ledger/calendar.h"

/* Bit of a kind; kinds that share one are only passed over less often. The same in every process:
 * links are kept in snapshots. */
static uint64_t kind_bit(struct slice kind)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < kind.len; i++) {
        hash = (hash ^ kind.data[i]) * 16777619u;
    }
    return UINT64_C(1) << (hash >> 26);
}

/* Row number `at`, from 1. */
static struct rate_row *rate_row_at(const struct facts *facts, uint32_t at)
{
    return facts_row(facts, FACT_RATE, at - 1);
}

static uint32_t jump_of(const struct facts *facts, uint32_t at)
{
    return at == NO_ROW ? NO_ROW : rate_row_at(facts, at)->jump;
}

static void pass_over(struct rate_row *row, const struct rate_row *passed)
{
    row->jump_kinds |= passed->jump_kinds;
    row->jump_first = passed->jump_first < row->jump_first ? passed->jump_first : row->jump_first;
    row->jump_last = passed->jump_last > row->jump_last ? passed->jump_last : row->jump_last;
}

void rate_link(struct facts *facts, struct rate_row *row)
{
    uint32_t before = (uint32_t)facts_count(facts, FACT_RATE) - 1; /* the row's number, less 1 */
    uint32_t jump = jump_of(facts, before);
    uint32_t beyond = jump_of(facts, jump);
    row->jump = before;
    row->jump_kinds = kind_bit(text_of(facts, row->kind));
    row->jump_first = row->from;
    row->jump_last = row->from;
    if (before != NO_ROW && before - jump == jump - beyond) {
        pass_over(row, rate_row_at(facts, before));
        if (jump != NO_ROW) {
            pass_over(row, rate_row_at(facts, jump));
        }
        row->jump = beyond;
    }
}

bool rate_at(const struct facts *facts, struct slice kind, int32_t day,
             const struct viewpoint *view, int64_t *ret_ppm)
{
    const struct rate_row *best = NULL;
    uint64_t bit = kind_bit(kind);
    uint32_t at =
        (uint32_t)(view->writer ? facts_count(facts, FACT_RATE) : view->published.rows[FACT_RATE]);
    while (at != NO_ROW) {
        const struct rate_row *row = rate_row_at(facts, at);
        uint32_t jump = row->jump;
        if ((row->jump_kinds & bit) == 0 || row->jump_first > day ||
            (best != NULL && row->jump_last <= best->from) ||
            (jump != NO_ROW && rate_row_at(facts, jump)->fact.seq > view->known_at)) {
            at = jump; /* nothing in between counts */
            continue;
        }
        if (row->from <= day && (best == NULL || row->from > best->from) &&
            fact_known(&row->fact, view) && slice_equal(text_of(facts, row->kind), kind)) {
            best = row;
        }
        at--;
    }
    if (best == NULL) {
        return false;
    }
    *ret_ppm = best->value_ppm;
    return true;
}
