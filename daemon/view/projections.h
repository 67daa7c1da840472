#ifndef ACCRUE_DAEMON_VIEW_PROJECTIONS_H
#define ACCRUE_DAEMON_VIEW_PROJECTIONS_H

/* What each projection's file offers to the table in projections.c. */

#include "daemon/view/query.h"

projection_query_fn outstanding_query, open_items_query, contracts_query, statistics_query,
    match_query, targets_query, reconciliation_query, forecast_query, interest_query,
    receipts_query, commissions_query;
projection_explain_fn outstanding_explain, open_items_explain, contracts_explain,
    statistics_explain, forecast_explain, interest_explain, receipts_explain, commissions_explain;

#endif
