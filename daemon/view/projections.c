/* The projections there are. A projection's `tables` are all the facts that its answers rest
 * on, and so what its digest covers (P8). */

#include "daemon/view/projections.h"

#define TABLE(name) (1u << (unsigned)FACT_##name)
#define OWED_TABLES                                                                                \
    (TABLE(STATE) | TABLE(ATTRIBUTE) | TABLE(CONTRACT) | TABLE(OBLIGATION) | TABLE(TERMS) |        \
     TABLE(MOVE) | TABLE(CREDIT) | TABLE(TRIAL) | TABLE(CONDITION) | TABLE(STATEMENT) |            \
     TABLE(POLICY) | TABLE(DAY) | TABLE(RATE))

const struct projection projections[] = {
    {
        .name = "open_items",
        .help_en = "one row an obligation: amounts, due date, days past due, what it waits for",
        .help_zh = "逐笔应收应付:金额、到期日、逾期天数、所待条件",
        .tables = OWED_TABLES,
        .query = open_items_query,
        .explain = open_items_explain,
    },
    {
        .name = "outstanding",
        .help_en = "what is owed, by age, with insured amounts and unapplied credit",
        .help_zh = "未结款项账龄,附承保金额与未核销预收款",
        .tables = OWED_TABLES,
        .query = outstanding_query,
        .explain = outstanding_explain,
    },
    {.name = NULL},
};

const struct projection *projection_by_name(struct slice name)
{
    for (const struct projection *p = projections; p->name != NULL; p++) {
        if (slice_is(name, p->name)) {
            return p;
        }
    }
    return NULL;
}
