/* The fact tables by name: in digests, which are compared between machines, and in the files of a
 * snapshot. A name is final with the table's first release. */

#include "daemon/ledger/facts.h"

#include "daemon/base/check.h"

static const char *const table_names[FACT_TABLES] = {
    [FACT_STATE] = "state",
    [FACT_ATTRIBUTE] = "attribute",
    [FACT_CONTRACT] = "contract",
    [FACT_OBLIGATION] = "obligation",
    [FACT_TERMS] = "terms",
    [FACT_MOVE] = "move",
    [FACT_CREDIT] = "credit",
    [FACT_REGISTRATION] = "registration",
    [FACT_TRIAL] = "trial",
    [FACT_CONDITION] = "condition",
    [FACT_USAGE] = "usage",
    [FACT_STATEMENT] = "statement",
    [FACT_ROYALTY] = "royalty",
    [FACT_MATCH] = "match",
    [FACT_COMMISSION] = "commission",
    [FACT_POLICY] = "policy",
    [FACT_DAY] = "day",
    [FACT_RATE] = "rate",
    [FACT_OWNER] = "owner",
    [FACT_TARGET] = "target",
    [FACT_PUBLISHED] = "published",
    [FACT_CLOSING] = "closing",
    [FACT_INVOICE] = "invoice",
    [FACT_FLAGGED] = "flagged",
    [FACT_CLAIM] = "claim",
    [FACT_INDEMNITY] = "indemnity",
    [FACT_PLEDGE] = "pledge",
    [FACT_ENCUMBRANCE] = "encumbrance",
    [FACT_POOL_MEMBER] = "pool_member",
    [FACT_POOL_PATENT] = "pool_patent",
    [FACT_DISTRIBUTION] = "distribution",
    [FACT_MERGER] = "merger",
    [FACT_ACCREDITATION] = "accreditation",
    [FACT_RIGHT] = "right",
    [FACT_ENTRUSTMENT] = "entrustment",
    [FACT_COMMERCIAL] = "commercial",
    [FACT_VALUATION] = "valuation",
    [FACT_FEE] = "fee",
    [FACT_OPEN_LICENSE] = "open_license",
    [FACT_VENTURE] = "venture",
    [FACT_REWARD] = "reward",
    [FACT_EQUITY] = "equity",
};

const char *fact_table_name(enum fact_table table)
{
    INVARIANT(table < FACT_TABLES && table_names[table] != NULL);
    return table_names[table];
}
