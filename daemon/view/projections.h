#ifndef ACCRUE_DAEMON_VIEW_PROJECTIONS_H
#define ACCRUE_DAEMON_VIEW_PROJECTIONS_H

/* What each projection's file offers to the table in projections.c. */

#include "daemon/view/query.h"

projection_query_fn agenda_query;
projection_query_fn commissions_query;
projection_query_fn contracts_query;
projection_query_fn findings_query;
projection_query_fn forecast_query;
projection_query_fn interest_query;
projection_query_fn match_query;
projection_query_fn open_items_query;
projection_query_fn outstanding_query;
projection_query_fn receipts_query;
projection_query_fn reconciliation_query;
projection_query_fn statistics_query;
projection_query_fn targets_query;

projection_explain_fn commissions_explain;
projection_explain_fn contracts_explain;
projection_explain_fn forecast_explain;
projection_explain_fn interest_explain;
projection_explain_fn open_items_explain;
projection_explain_fn outstanding_explain;
projection_explain_fn receipts_explain;
projection_explain_fn statistics_explain;

projection_query_fn filings_query, registrations_query, royalties_query, trials_query;
projection_explain_fn filings_explain, registrations_explain, royalties_explain, trials_explain;

#endif
