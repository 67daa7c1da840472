#ifndef ACCRUE_DAEMON_VIEW_ROYALTY_REPORTS_H
#define ACCRUE_DAEMON_VIEW_ROYALTY_REPORTS_H

/* Reports on use that a contract with royalties owes.
 *
 *   P1  Periods begin at the contract's term_start, as contract years do; the report is due as many
 *       days after the period's last day as agreed, 30 if nothing is.
 *   P2  Missing: no report or statement covers the last day. None is before a trial was converted,
 *       after the term, or after the contract ended. */

#include "daemon/ledger/royalty.h"
#include "daemon/view/standing.h"

typedef void royalty_report_fn(void *arg, int32_t period_end, int32_t due);

/* Visits every missing report that is due on `until` or before, in the order of periods. */
void royalty_reports_missing(const struct query *query, const struct standing *standing,
                             const struct royalty_row *terms, int32_t until,
                             royalty_report_fn *visit, void *arg);

#endif
