/* See royalty_reports.h. */

#include "daemon/view/royalty_reports.h"

#include "daemon/ledger/calendar.h"

#define REPORT_DAYS 30

static bool covered(const struct query *query, uint32_t contract, int32_t day)
{
    uint32_t at;
    const struct usage_row *usage =
        facts_first(query->facts, FACT_USAGE, contract, &query->view, &at);
    for (; usage != NULL; usage = facts_next(query->facts, FACT_USAGE, &query->view, &at)) {
        if (usage->period_start <= day && day <= usage->period_end) {
            return true;
        }
    }
    const struct statement_row *row =
        facts_first(query->facts, FACT_STATEMENT, contract, &query->view, &at);
    for (; row != NULL; row = facts_next(query->facts, FACT_STATEMENT, &query->view, &at)) {
        if (row->period_start <= day && day <= row->period_end) {
            return true;
        }
    }
    return false;
}

/* The last day on which a period may end that is still reported. */
static int32_t last_day(const struct standing *standing, int32_t until)
{
    int32_t last = standing->term_end == DAY_NONE ? DAY_MAX : standing->term_end;
    bool over = standing->state == CONTRACT_DONE || standing->state == CONTRACT_TERM;
    last = over && standing->since < last ? standing->since : last;
    return last < until ? last : until;
}

void royalty_reports_missing(const struct query *query, const struct standing *standing,
                             const struct royalty_row *terms, int32_t until,
                             royalty_report_fn *visit, void *arg)
{
    static const int32_t months[] = {[ROYALTY_PERIOD_month] = 1,
                                     [ROYALTY_PERIOD_quarter] = 3,
                                     [ROYALTY_PERIOD_half] = 6,
                                     [ROYALTY_PERIOD_year] = 12};
    int32_t days = terms->report_days < 0 ? REPORT_DAYS : terms->report_days;
    int32_t after = royalty_counts_after(query->facts, standing->contract, &query->view);
    int32_t last = last_day(standing, until);
    bool runs = standing->state >= CONTRACT_TRIAL && standing->state != CONTRACT_VOID &&
                standing->state != CONTRACT_DECL && standing->term_start != DAY_NONE;
    for (int32_t k = 1; runs; k++) {
        int32_t end = add_months(standing->term_start, k * months[terms->period]) - 1;
        if (end > last || end + days > until) {
            break;
        }
        if (end > after && !covered(query, standing->contract, end)) {
            visit(arg, end, end + days);
        }
    }
}
