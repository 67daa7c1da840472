#ifndef ACCRUE_DAEMON_VIEW_PROJECTIONS_H
#define ACCRUE_DAEMON_VIEW_PROJECTIONS_H

/* What each projection's file offers to the table in projections.c. */

#include "daemon/view/query.h"

/* The parameters that each takes, ended by NULL. */
extern const char *const agenda_parameters[];
extern const char *const annual_report_parameters[];
extern const char *const claims_parameters[];
extern const char *const commissions_parameters[];
extern const char *const contracts_parameters[];
extern const char *const distinct_parameters[];
extern const char *const filings_parameters[];
extern const char *const findings_parameters[];
extern const char *const forecast_parameters[];
extern const char *const insurance_parameters[];
extern const char *const interest_parameters[];
extern const char *const match_parameters[];
extern const char *const needs_parameters[];
extern const char *const open_items_parameters[];
extern const char *const outstanding_parameters[];
extern const char *const pledges_parameters[];
extern const char *const pool_distribution_parameters[];
extern const char *const pools_parameters[];
extern const char *const receipts_parameters[];
extern const char *const reconciliation_parameters[];
extern const char *const registrations_parameters[];
extern const char *const rewards_parameters[];
extern const char *const royalties_parameters[];
extern const char *const statistics_parameters[];
extern const char *const targets_parameters[];
extern const char *const technologies_parameters[];
extern const char *const trials_parameters[];

projection_query_fn agenda_query;
projection_query_fn annual_report_query;
projection_query_fn claims_query;
projection_query_fn commissions_query;
projection_query_fn contracts_query;
projection_query_fn filings_query;
projection_query_fn findings_query;
projection_query_fn forecast_query;
projection_query_fn insurance_query;
projection_query_fn interest_query;
projection_query_fn match_query;
projection_query_fn needs_query;
projection_query_fn open_items_query;
projection_query_fn outstanding_query;
projection_query_fn pledges_query;
projection_query_fn pool_distribution_query;
projection_query_fn pools_query;
projection_query_fn receipts_query;
projection_query_fn reconciliation_query;
projection_query_fn registrations_query;
projection_query_fn rewards_query;
projection_query_fn royalties_query;
projection_query_fn statistics_query;
projection_query_fn targets_query;
projection_query_fn technologies_query;
projection_query_fn trials_query;

projection_explain_fn agenda_explain;
projection_explain_fn annual_report_explain;
projection_explain_fn claims_explain;
projection_explain_fn commissions_explain;
projection_explain_fn contracts_explain;
projection_explain_fn filings_explain;
projection_explain_fn findings_explain;
projection_explain_fn forecast_explain;
projection_explain_fn insurance_explain;
projection_explain_fn interest_explain;
projection_explain_fn match_explain;
projection_explain_fn needs_explain;
projection_explain_fn open_items_explain;
projection_explain_fn outstanding_explain;
projection_explain_fn pledges_explain;
projection_explain_fn pool_distribution_explain;
projection_explain_fn pools_explain;
projection_explain_fn receipts_explain;
projection_explain_fn reconciliation_explain;
projection_explain_fn registrations_explain;
projection_explain_fn rewards_explain;
projection_explain_fn royalties_explain;
projection_explain_fn statistics_explain;
projection_explain_fn targets_explain;
projection_explain_fn technologies_explain;
projection_explain_fn trials_explain;

/* distinct.c */
projection_query_fn accreditations_query;
projection_query_fn commercialization_query;
projection_query_fn entitlement_query;
projection_query_fn entrusted_query;
projection_query_fn separately_managed_query;
projection_query_fn ventures_query;
projection_explain_fn accreditations_explain;
projection_explain_fn commercialization_explain;
projection_explain_fn entitlement_explain;
projection_explain_fn entrusted_explain;
projection_explain_fn separately_managed_explain;
projection_explain_fn ventures_explain;

#endif
