/* Closing the books of a period.
 *
 *   C1  A closing fixes a position, it forbids nothing: what comes later is stored and flagged
 *       W_LATE_FACT, and shows in `restated`, not in `original` (domain 5.4).
 *   C2  A calendar day or a rate that a closed period used is not reversible (domain 2.3): a new
 *       mark or rate is posted instead, and known from then. */

#include "daemon/ledger/closing.h"

#include "daemon/base/check.h"
#include "daemon/ledger/calendar.h"
#include "daemon/ledger/decide.h"
#include "daemon/ledger/effects.h"

static int32_t digits(struct slice text, size_t from, size_t count)
{
    int32_t value = 0;
    for (size_t i = from; i < from + count; i++) {
        value = value * 10 + (text.data[i] - '0');
    }
    return value;
}

void closing_days(struct slice period, int32_t *ret_first, int32_t *ret_last)
{
    INVARIANT(period.len == 4 || period.len == 7);
    int32_t year = digits(period, 0, 4);
    unsigned month = 1;
    int32_t months = 12;
    if (period.len == 7 && period.data[5] == 'Q') {
        month = 3 * (unsigned)(period.data[6] - '1') + 1;
        months = 3;
    } else if (period.len == 7) {
        month = (unsigned)digits(period, 5, 2);
        months = 1;
    }
    *ret_first = day_of(year, month, 1);
    *ret_last = add_months(*ret_first, months) - 1;
}

static enum status decide_closed(struct deciding *deciding)
{
    if (!slice_equal(field_text(deciding->fields, FIELD_period), deciding->event->agg)) {
        return fault_set(deciding->fault, STATUS_E_BAD_FIELD, "data.period"); /* ruling 41 */
    }
    effect_state(deciding, MACHINE_RECORD, RECORD_MADE, deciding->effective);
    return STATUS_OK;
}

static void fold_closed(struct folding *folding)
{
    struct closing_row *row =
        facts_add(folding->facts, FACT_CLOSING, folding->seq, folding->valid, folding->aggregate);
    closing_days(field_text(folding->fields, FIELD_period), &row->first, &row->last);
}

static bool same_month(int32_t a, int32_t b)
{
    struct civil first = civil_of(a);
    struct civil second = civil_of(b);
    return first.year == second.year && first.month == second.month;
}

bool closing_makes_late(const struct facts *facts, int32_t day, int32_t recorded_day,
                        const struct viewpoint *view)
{
    uint64_t count = facts_count(facts, FACT_CLOSING);
    if (count == 0 || day >= recorded_day || same_month(day, recorded_day)) {
        return false;
    }
    for (uint64_t i = count; i-- > 0;) {
        const struct closing_row *row = facts_row(facts, FACT_CLOSING, i);
        if (day >= row->first && day <= row->last && recorded_day > row->last &&
            fact_counts(&row->fact, view)) {
            return true;
        }
    }
    return false;
}

bool closing_used(const struct facts *facts, uint64_t seq, int32_t first, int32_t last,
                  const struct viewpoint *view)
{
    for (uint64_t i = facts_count(facts, FACT_CLOSING); i-- > 0;) {
        const struct closing_row *row = facts_row(facts, FACT_CLOSING, i);
        if (row->fact.seq < seq) {
            return false;
        }
        if (first <= row->last && last >= row->first && fact_counts(&row->fact, view)) {
            return true;
        }
    }
    return false;
}

const struct handler closing_handlers[] = {
    {TYPE_period_closed, decide_closed, fold_closed},
    {TYPE_NONE, NULL, NULL},
};
