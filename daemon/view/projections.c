/* The projections there are. A projection's `tables` are all the facts that its answers rest
 * on, and so what its digest covers (P8). */

#include "daemon/view/projections.h"

#define TABLE(name) (UINT64_C(1) << (unsigned)FACT_##name)
#define OWED_TABLES                                                                                \
    (TABLE(STATE) | TABLE(ATTRIBUTE) | TABLE(CONTRACT) | TABLE(OBLIGATION) | TABLE(TERMS) |        \
     TABLE(MOVE) | TABLE(CREDIT) | TABLE(TRIAL) | TABLE(CONDITION) | TABLE(STATEMENT) |            \
     TABLE(POLICY) | TABLE(INDEMNITY) | TABLE(DAY) | TABLE(RATE) | TABLE(MERGER))
#define STATISTICS_TABLES                                                                          \
    (TABLE(STATE) | TABLE(ATTRIBUTE) | TABLE(CONTRACT) | TABLE(REGISTRATION) | TABLE(TRIAL) |      \
     TABLE(OBLIGATION) | TABLE(TERMS) | TABLE(MOVE) | TABLE(CREDIT) | TABLE(RATE) |                \
     TABLE(CLOSING))
#define COUNTED_TABLES (TABLE(STATE) | TABLE(ATTRIBUTE) | TABLE(MERGER) | TABLE(OWNER))
#define METRIC_TABLES (STATISTICS_TABLES | TABLE(ACCREDITATION) | TABLE(VENTURE) | TABLE(PLEDGE))

const struct projection projections[] = {
    {
        .name = "accreditations",
        .help_en = "parties that hold a qualification, by its kind",
        .help_zh = "持有资质的主体数,按类别",
        .tables = COUNTED_TABLES | TABLE(ACCREDITATION),
        .parameters = distinct_parameters,
        .query = accreditations_query,
        .explain = accreditations_explain,
    },
    {
        .name = "agenda",
        .help_en = "what falls due or ends within so many days (within=30), and what is overdue",
        .help_zh = "日程:若干天内到期或届满(within=30)及已逾期事项",
        .tables = OWED_TABLES | TABLE(REGISTRATION) | TABLE(USAGE) | TABLE(ROYALTY) |
                  TABLE(OPEN_LICENSE) | TABLE(ENTRUSTMENT) | TABLE(FEE) | TABLE(OWNER) |
                  TABLE(CLAIM) | TABLE(PLEDGE),
        .parameters = agenda_parameters,
        .query = agenda_query,
        .explain = agenda_explain,
    },
    {
        .name = "annual_report",
        .help_en =
            "the yearly report on conversions: count, value, received, rewards, size, ventures",
        .help_zh = "科技成果转化年度报告:按方式的项数、合同额、到账额、大额合同数、企业数",
        .tables = OWED_TABLES | TABLE(REWARD) | TABLE(EQUITY) | TABLE(VENTURE) | TABLE(OWNER),
        .parameters = annual_report_parameters,
        .query = annual_report_query,
        .explain = annual_report_explain,
    },
    {
        .name = "claims",
        .help_en = "claims: state, amounts, and the clocks that the insurer overran",
        .help_zh = "索赔:状态、金额及保险人逾期的时限",
        .tables = TABLE(STATE) | TABLE(ATTRIBUTE) | TABLE(POLICY) | TABLE(CLAIM) | TABLE(DAY),
        .parameters = claims_parameters,
        .query = claims_query,
        .explain = claims_explain,
    },
    {
        .name = "commercialization",
        .help_en = "technologies that were put to use, by way of conversion",
        .help_zh = "已实施转化的成果数,按方式",
        .tables = COUNTED_TABLES | TABLE(COMMERCIAL),
        .parameters = distinct_parameters,
        .query = commercialization_query,
        .explain = commercialization_explain,
    },
    {
        .name = "commissions",
        .help_en = "brokers' introductions, and commissions agreed, earned, scheduled, paid",
        .help_zh = "中介业务:引荐、签约率,佣金约定、应得、已付",
        .tables = OWED_TABLES | TABLE(MATCH) | TABLE(COMMISSION),
        .parameters = commissions_parameters,
        .query = commissions_query,
        .explain = commissions_explain,
    },
    {
        .name = "contracts",
        .help_en = "contracts by state, with what follows from dates; or one row a contract",
        .help_zh = "合同状态分布及由日期推得的标记;或逐份合同",
        .tables = OWED_TABLES | TABLE(REGISTRATION),
        .parameters = contracts_parameters,
        .query = contracts_query,
        .explain = contracts_explain,
    },
    {
        .name = "entitlement",
        .help_en = "technologies with rights granted to persons, by right",
        .help_zh = "赋权成果数,按权利类型",
        .tables = COUNTED_TABLES | TABLE(RIGHT),
        .parameters = distinct_parameters,
        .query = entitlement_query,
        .explain = entitlement_explain,
    },
    {
        .name = "entrusted",
        .help_en = "technologies under management, by operator",
        .help_zh = "在管成果数,按运营方",
        .tables = COUNTED_TABLES | TABLE(ENTRUSTMENT),
        .parameters = distinct_parameters,
        .query = entrusted_query,
        .explain = entrusted_explain,
    },
    {
        .name = "filings",
        .help_en = "licences on file with the patent office, and those that are not",
        .help_zh = "许可备案情况:已备案、变更、注销、应备未备",
        .tables = OWED_TABLES,
        .parameters = filings_parameters,
        .query = filings_query,
        .explain = filings_explain,
    },
    {
        .name = "findings",
        .help_en = "what a reviewer should look at: warnings of accepted events, by actor too",
        .help_zh = "待复核事项:已受理事件的警示,可按经办人汇总",
        .tables = TABLE(FLAGGED),
        .parameters = findings_parameters,
        .query = findings_query,
        .explain = findings_explain,
    },
    {
        .name = "forecast",
        .help_en = "what is expected by month of its due date; overdue and disputed apart",
        .help_zh = "按到期月份的收付款预测,逾期与争议另列",
        .tables = OWED_TABLES,
        .parameters = forecast_parameters,
        .query = forecast_query,
        .explain = forecast_explain,
    },
    {
        .name = "insurance",
        .help_en = "exposure, premium written and earned, claims paid and reserved",
        .help_zh = "保险:风险敞口、签单与已赚保费、赔付及准备金",
        .tables = TABLE(STATE) | TABLE(ATTRIBUTE) | TABLE(POLICY) | TABLE(CLAIM) | TABLE(INDEMNITY),
        .parameters = insurance_parameters,
        .query = insurance_query,
        .explain = insurance_explain,
    },
    {
        .name = "interest",
        .help_en = "late interest accrued, neither paid nor assessed, to as_of",
        .help_zh = "截至查询日应计未付、未计收的逾期利息",
        .tables = OWED_TABLES,
        .parameters = interest_parameters,
        .query = interest_query,
        .explain = interest_explain,
    },
    {
        .name = "match",
        .help_en = "introductions, what became of them, and contracts by origin",
        .help_zh = "撮合引荐及其结果,按来源的签约合同",
        .tables = TABLE(STATE) | TABLE(ATTRIBUTE) | TABLE(CONTRACT) | TABLE(MATCH) | TABLE(MERGER),
        .parameters = match_parameters,
        .query = match_query,
        .explain = match_explain,
    },
    {
        .name = "needs",
        .help_en = "what is looked for: needs by state, age, field, party, bounty; or one by one",
        .help_zh = "需求:按状态、时长、领域、主体、是否揭榜;或逐项",
        .tables = TABLE(STATE) | TABLE(ATTRIBUTE) | TABLE(MERGER) | TABLE(MATCH),
        .parameters = needs_parameters,
        .query = needs_query,
        .explain = needs_explain,
    },
    {
        .name = "open_items",
        .help_en = "one row an obligation: amounts, due date, days past due, what it waits for",
        .help_zh = "逐笔应收应付:金额、到期日、逾期天数、所待条件",
        .tables = OWED_TABLES,
        .parameters = open_items_parameters,
        .query = open_items_query,
        .explain = open_items_explain,
    },
    {
        .name = "outstanding",
        .help_en = "what is owed, by age, with insured amounts and unapplied credit",
        .help_zh = "未结款项账龄,附承保金额与未核销预收款",
        .tables = OWED_TABLES,
        .parameters = outstanding_parameters,
        .query = outstanding_query,
        .explain = outstanding_explain,
    },
    {
        .name = "pledges",
        .help_en = "loans against technologies by period: flow, growth, stock, patents",
        .help_zh = "专利质押:分期放款额、增长率、余额、专利数",
        .tables = TABLE(STATE) | TABLE(ATTRIBUTE) | TABLE(PLEDGE),
        .parameters = pledges_parameters,
        .query = pledges_query,
        .explain = pledges_explain,
    },
    {
        .name = "pool_distribution",
        .help_en = "a pool's money of a period by member, due and distributed",
        .help_zh = "专利池收益分配:按成员应分与已分",
        .tables = TABLE(STATE) | TABLE(ATTRIBUTE) | TABLE(CONTRACT) | TABLE(OBLIGATION) |
                  TABLE(TERMS) | TABLE(MOVE) | TABLE(CREDIT) | TABLE(POOL_PATENT) |
                  TABLE(DISTRIBUTION),
        .parameters = pool_distribution_parameters,
        .query = pool_distribution_query,
        .explain = pool_distribution_explain,
    },
    {
        .name = "pools",
        .help_en = "patent pools: members, patents, share under open licences",
        .help_zh = "专利池:成员、专利及开放许可占比",
        .tables = TABLE(STATE) | TABLE(ATTRIBUTE) | TABLE(POOL_MEMBER) | TABLE(POOL_PATENT),
        .parameters = pools_parameters,
        .query = pools_query,
        .explain = pools_explain,
    },
    {
        .name = "receipts",
        .help_en = "money received: applied, unapplied, refunded, returned; who paid is unknown",
        .help_zh = "到账及去向:已核销、预收、退款、退回,未识别来款另列",
        .tables = OWED_TABLES,
        .parameters = receipts_parameters,
        .query = receipts_query,
        .explain = receipts_explain,
    },
    {
        .name = "reconciliation",
        .help_en = "published figures against derived ones: match, differs, not derivable",
        .help_zh = "公布数据与推得数据核对:一致、不一致、无法推得",
        .tables = METRIC_TABLES | TABLE(PUBLISHED),
        .parameters = reconciliation_parameters,
        .query = reconciliation_query,
        .explain = reconciliation_explain,
    },
    {
        .name = "registrations",
        .help_en = "applications for registration: clock, overdue, late, refused",
        .help_zh = "认定登记申请:期限、逾期、不予登记",
        .tables = OWED_TABLES | TABLE(REGISTRATION),
        .parameters = registrations_parameters,
        .query = registrations_query,
        .explain = registrations_explain,
    },
    {
        .name = "rewards",
        .help_en = "rewards by contract: received, costs, net income, floor, paid",
        .help_zh = "按合同的奖酬金:到账、成本、净收入、法定下限、已付",
        .tables = OWED_TABLES | TABLE(REWARD),
        .parameters = rewards_parameters,
        .query = rewards_query,
        .explain = rewards_explain,
    },
    {
        .name = "royalties",
        .help_en =
            "royalties by contract: base, earned, capped, credited, paid, unreported periods",
        .help_zh = "按合同的提成:基数、应计、上限扣减、抵减、已付、未报期间",
        .tables = OWED_TABLES | TABLE(ROYALTY) | TABLE(USAGE),
        .parameters = royalties_parameters,
        .query = royalties_query,
        .explain = royalties_explain,
    },
    {
        .name = "separately_managed",
        .help_en = "technologies kept in a book of their own, by book",
        .help_zh = "资产单列管理的成果数,按台账",
        .tables = COUNTED_TABLES,
        .parameters = distinct_parameters,
        .query = separately_managed_query,
        .explain = separately_managed_explain,
    },
    {
        .name = "statistics",
        .help_en = "registered contracts: count, turnover, technology part, average, growth",
        .help_zh = "认定登记统计:项数、成交额、技术交易额、均值、增长率",
        .tables = STATISTICS_TABLES,
        .parameters = statistics_parameters,
        .query = statistics_query,
        .explain = statistics_explain,
    },
    {
        .name = "targets",
        .help_en = "targets against what has come of them: progress, met, on track",
        .help_zh = "目标与实际:进度、是否达成、是否按期",
        .tables = METRIC_TABLES | TABLE(TARGET),
        .parameters = targets_parameters,
        .query = targets_query,
        .explain = targets_explain,
    },
    {
        .name = "technologies",
        .help_en = "technologies: state, owners, expiry, open licence, pledge, pool; or counts",
        .help_zh = "成果:状态、权利人、期限、开放许可、质押、入池;或计数",
        .tables = TABLE(STATE) | TABLE(ATTRIBUTE) | TABLE(MERGER) | TABLE(OWNER) |
                  TABLE(OPEN_LICENSE) | TABLE(PLEDGE) | TABLE(ENCUMBRANCE) | TABLE(POOL_PATENT),
        .parameters = technologies_parameters,
        .query = technologies_query,
        .explain = technologies_explain,
    },
    {
        .name = "trials",
        .help_en = "trials and what became of them: conversion rate, by count and by amount",
        .help_zh = "试用及转化:按件数与金额的转化率",
        .tables = OWED_TABLES,
        .parameters = trials_parameters,
        .query = trials_query,
        .explain = trials_explain,
    },
    {
        .name = "ventures",
        .help_en = "ventures founded, by company",
        .help_zh = "已设立企业数,按企业",
        .tables = COUNTED_TABLES | TABLE(VENTURE),
        .parameters = distinct_parameters,
        .query = ventures_query,
        .explain = ventures_explain,
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
