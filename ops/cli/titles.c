/* Headings of columns, what a column holds by its name, and Chinese for what stands in it.
 *
 *   H1  A name that stands here in no row is its own heading; so is a value. */

#include <string.h>

#include "ops/cli/table.h"

static const struct {
    const char *key;
    enum column_kind kind;
    const char *english, *chinese;
} columns[] = {
    {"key", COLUMN_TEXT, "key", "编号"},
    {"label", COLUMN_TEXT, "label", "名称"},
    {"currency", COLUMN_TEXT, "currency", "币种"},
    {"scheduled", COLUMN_MONEY, "scheduled", "应付总额"},
    {"contingent", COLUMN_MONEY, "contingent", "附条件"},
    {"not_due", COLUMN_MONEY, "not due", "未到期"},
    {"disputed", COLUMN_MONEY, "disputed", "争议"},
    {"outstanding", COLUMN_MONEY, "outstanding", "未结"},
    {"paid", COLUMN_MONEY, "paid", "已付"},
    {"waived", COLUMN_MONEY, "waived", "已免除"},
    {"written_off", COLUMN_MONEY, "written off", "已核销"},
    {"set_off", COLUMN_MONEY, "set off", "已抵销"},
    {"extinguished", COLUMN_MONEY, "extinguished", "已消灭"},
    {"insured", COLUMN_MONEY, "insured", "承保"},
    {"unapplied_credit", COLUMN_MONEY, "credit", "预收未核销"},
    {"overdue", COLUMN_MONEY, "overdue", "逾期"},
    {"committed", COLUMN_MONEY, "committed", "确定应收付"},
    {"minimums", COLUMN_MONEY, "minimums", "最低提成"},
    {"unscheduled", COLUMN_MONEY, "no date", "未定期"},
    {"accrued", COLUMN_MONEY, "accrued", "应计利息"},
    {"assessed", COLUMN_MONEY, "assessed", "已计收"},
    {"received", COLUMN_MONEY, "received", "到账"},
    {"applied", COLUMN_MONEY, "applied", "已核销款项"},
    {"unapplied", COLUMN_MONEY, "unapplied", "预收未核销"},
    {"refunded", COLUMN_MONEY, "refunded", "已退款"},
    {"returned", COLUMN_MONEY, "returned", "已退回"},
    {"unidentified", COLUMN_MONEY, "of unknown payers", "其中未识别来款"},
    {"agreed", COLUMN_MONEY, "agreed", "约定佣金"},
    {"earned", COLUMN_MONEY, "earned", "应得"},
    {"interest_due", COLUMN_MONEY, "interest due", "应付利息"},
    {"interest_paid", COLUMN_MONEY, "interest paid", "已付利息"},
    {"turnover", COLUMN_MONEY, "turnover", "成交额"},
    {"tech", COLUMN_MONEY, "technology", "技术交易额"},
    {"average", COLUMN_MONEY, "average", "平均"},
    {"amount", COLUMN_MONEY, "amount", "金额"},
    {"facilitated", COLUMN_MONEY, "facilitated", "促成金额"},
    {"framework_amount", COLUMN_MONEY, "framework", "意向金额"},
    {"total_fen", COLUMN_MONEY, "total", "合同总额"},
    {"count", COLUMN_NUMBER, "contracts", "项数"},
    {"introduced", COLUMN_NUMBER, "introduced", "引荐"},
    {"closed", COLUMN_NUMBER, "closed", "已结"},
    {"signed", COLUMN_NUMBER, "signed", "签约"},
    {"parties", COLUMN_NUMBER, "parties", "主体数"},
    {"technologies", COLUMN_NUMBER, "technologies", "成果数"},
    {"projects", COLUMN_NUMBER, "projects", "项目数"},
    {"converted_projects", COLUMN_NUMBER, "converted", "已转化项目"},
    {"ventures", COLUMN_NUMBER, "ventures", "企业数"},
    {"contracts", COLUMN_NUMBER, "contracts", "合同数"},
    {"sellers", COLUMN_NUMBER, "sellers", "卖方"},
    {"buyers", COLUMN_NUMBER, "buyers", "买方"},
    {"days_past_due", COLUMN_NUMBER, "days past due", "逾期天数"},
    {"no", COLUMN_NUMBER, "no", "期号"},
    {"seq", COLUMN_NUMBER, "seq", "序号"},
    {"year", COLUMN_TEXT, "year", "年度"},
    {"quarter", COLUMN_TEXT, "quarter", "季度"},
    {"month", COLUMN_TEXT, "month", "月份"},
    {"type", COLUMN_TEXT, "type", "类型"},
    {"state", COLUMN_TEXT, "state", "状态"},
    {"registration", COLUMN_TEXT, "registration", "登记"},
    {"contract", COLUMN_TEXT, "contract", "合同"},
    {"contract_no", COLUMN_TEXT, "contract no", "合同编号"},
    {"title", COLUMN_TEXT, "title", "合同名称"},
    {"debtor", COLUMN_TEXT, "debtor", "债务人"},
    {"creditor", COLUMN_TEXT, "creditor", "债权人"},
    {"due", COLUMN_TEXT, "due", "到期日"},
    {"limitation", COLUMN_TEXT, "limitation", "时效届满"},
    {"bucket", COLUMN_TEXT, "band", "账龄"},
    {"kind", COLUMN_TEXT, "kind", "类别"},
    {"effective", COLUMN_TEXT, "effective", "业务日期"},
    {"agg", COLUMN_TEXT, "aggregate", "对象"},
    {"what", COLUMN_TEXT, "what", "事由"},
    {"region_out", COLUMN_TEXT, "seller region", "输出地区"},
    {"region_in", COLUMN_TEXT, "buyer region", "吸纳地区"},
    {"kind_out", COLUMN_TEXT, "seller kind", "卖方类别"},
    {"kind_in", COLUMN_TEXT, "buyer kind", "买方类别"},
    {"open", COLUMN_NUMBER, "open", "进行中"},
    {"framework", COLUMN_NUMBER, "framework", "意向"},
    {"failed", COLUMN_NUMBER, "failed", "未成"},
    {"expired", COLUMN_NUMBER, "expired", "已到期"},
    {"trial_lapsed", COLUMN_NUMBER, "trial lapsed", "试用期满未决"},
    {"evaluation_overdue", COLUMN_NUMBER, "evaluation overdue", "评估逾期"},
    {"in_default", COLUMN_NUMBER, "in default", "违约"},
    {"subtype", COLUMN_TEXT, "subtype", "子类"},
    {"grant", COLUMN_TEXT, "grant", "许可方式"},
    {"pay_mode", COLUMN_TEXT, "payment", "支付方式"},
    {"origin", COLUMN_TEXT, "origin", "来源"},
    {"since", COLUMN_TEXT, "since", "状态起始"},
    {"sign_date", COLUMN_TEXT, "signed on", "签订日期"},
    {"term_start", COLUMN_TEXT, "term from", "期限自"},
    {"term_end", COLUMN_TEXT, "term to", "期限至"},
    {"trial_end", COLUMN_TEXT, "trial to", "试用期至"},
    {"department", COLUMN_TEXT, "department", "部门"},
    {"field", COLUMN_TEXT, "field", "技术领域"},
    {"ip_kind", COLUMN_TEXT, "IP kind", "知识产权"},
    {"program", COLUMN_TEXT, "programme", "计划"},
    {"agency", COLUMN_TEXT, "agency", "登记机构"},
    {"local", COLUMN_TEXT, "local", "本地"},
    {"size", COLUMN_TEXT, "size", "企业规模"},
    {"condition", COLUMN_TEXT, "condition", "条件"},
    {"waits_for", COLUMN_TEXT, "waits for", "待成就"},
    {"debtor_label", COLUMN_TEXT, "debtor name", "债务人名称"},
    {"creditor_label", COLUMN_TEXT, "creditor name", "债权人名称"},
    {"obligation", COLUMN_TEXT, "obligation", "款项"},
    {"reg_no", COLUMN_TEXT, "registration no", "登记编号"},
    {"reg_date", COLUMN_TEXT, "registered on", "登记日期"},
    {"tech_fen", COLUMN_MONEY, "technology", "技术交易额"},
    {"name", COLUMN_TEXT, "name", "名称"},
    {"uscc", COLUMN_TEXT, "credit code", "统一社会信用代码"},
    {"region", COLUMN_TEXT, "region", "地区"},
    {"legal_code", COLUMN_TEXT, "legal code", "主体代码"},
    {"head", COLUMN_NUMBER, "head", "最新序号"},
    {"recorded", COLUMN_TEXT, "recorded", "记录时间"},
    {"log_id", COLUMN_TEXT, "log", "日志"},
    {"release", COLUMN_TEXT, "release", "版本"},
    {"rules", COLUMN_NUMBER, "rules", "规则版本"},
    {"connections", COLUMN_NUMBER, "connections", "连接数"},
    {"tails", COLUMN_NUMBER, "tails", "订阅数"},
    {"events", COLUMN_NUMBER, "events since start", "启动后事件数"},
    {"groups", COLUMN_NUMBER, "commits since start", "启动后提交数"},
    {"queued", COLUMN_NUMBER, "queued", "排队"},
    {"started", COLUMN_TEXT, "started", "启动"},
    {"warning", COLUMN_TEXT, "warning", "警告"},
    {"log_used", COLUMN_TEXT, "log on disk", "日志占用"},
    {"snapshot", COLUMN_TEXT, "snapshot of the facts", "快照"},
    {"scrub", COLUMN_TEXT, "scrub of the log", "日志巡检"},
    {"projections", COLUMN_TEXT, "projections", "投影"},
    {"commit", COLUMN_TEXT, "commit p50/p99", "提交耗时 p50/p99"},
    {"p50_us", COLUMN_NUMBER, "p50 us", "p50 微秒"},
    {"p99_us", COLUMN_NUMBER, "p99 us", "p99 微秒"},
    {"max_us", COLUMN_NUMBER, "max us", "最大微秒"},
    {"requests", COLUMN_NUMBER, "requests", "请求数"},
    {"field_name", COLUMN_TEXT, "field", "字段"},
    {"holds", COLUMN_TEXT, "type", "字段类型"},
    {"stage", COLUMN_TEXT, "stage", "阶段"},
    {"id", COLUMN_TEXT, "id", "事件编号"},
    {"level", COLUMN_NUMBER, "level", "级别"},
    {"required", COLUMN_TEXT, "required", "必填"},
    {"meaning", COLUMN_TEXT, "meaning", "说明"},
    {"values", COLUMN_TEXT, "values", "取值"},
    {"count_growth_permille", COLUMN_PERMILLE, "growth (count)", "项数增长"},
    {"turnover_growth_permille", COLUMN_PERMILLE, "growth (turnover)", "成交额增长"},
    {"date", COLUMN_TEXT, "date", "日期"},
    {"days", COLUMN_NUMBER, "days", "天数"},
    {"text", COLUMN_TEXT, "meaning", "说明"},
    {"party", COLUMN_TEXT, "party", "主体"},
    {"flag", COLUMN_TEXT, "flag", "警示"},
    {"actor", COLUMN_TEXT, "actor", "经办人"},
    {"first_seq", COLUMN_NUMBER, "first seq", "首个序号"},
    {"last_seq", COLUMN_NUMBER, "last seq", "末个序号"},
    {"entries", COLUMN_NUMBER, "entries", "事项数"},
    {"overdue", COLUMN_NUMBER, "overdue", "已逾期"},
    {"figure", COLUMN_TEXT, "figure", "项目"},
    {"figure_before", COLUMN_MONEY, "before", "更正前"},
    {"figure_after", COLUMN_MONEY, "after", "更正后"},
    {"progress_permille", COLUMN_PERMILLE, "progress", "完成率"},
    {"elapsed_permille", COLUMN_PERMILLE, "elapsed", "时间进度"},
    {"actual_thousandths", COLUMN_THOUSANDTHS, "actual", "实际"},
    {"pace_thousandths", COLUMN_THOUSANDTHS, "pace", "应达"},
    {"comparator", COLUMN_TEXT, "comparator", "比较"},
    {"value", COLUMN_NUMBER, "value", "数值"},
    {"baseline", COLUMN_NUMBER, "baseline", "基期"},
    {"filter", COLUMN_TEXT, "filter", "口径"},
    {"unit", COLUMN_TEXT, "unit", "单位"},
    {"met", COLUMN_TEXT, "met", "达成"},
    {"not_met", COLUMN_NUMBER, "not met", "未达成"},
    {"on_track", COLUMN_TEXT, "on track", "按期"},
    {"decimals", COLUMN_NUMBER, "decimals", "小数位"},
    {"published", COLUMN_NUMBER, "published", "公布值"},
    {"derived", COLUMN_NUMBER, "derived", "推得值"},
    {"difference", COLUMN_NUMBER, "difference", "差异"},
    {"explained", COLUMN_TEXT, "explained", "解释"},
    {"source", COLUMN_TEXT, "source", "来源"},
    {"district", COLUMN_TEXT, "district", "区县"},
    {"zone", COLUMN_TEXT, "zone", "园区"},
    {"operator", COLUMN_TEXT, "operator", "运营机构"},
    {"converted", COLUMN_NUMBER, "converted", "转化"},
    {"declined", COLUMN_NUMBER, "declined", "放弃"},
    {"lapsed", COLUMN_NUMBER, "lapsed", "期满未决"},
    {"ended", COLUMN_NUMBER, "ended", "随合同终止"},
    {"conversion_permille", COLUMN_PERMILLE, "conversion", "转化率"},
    {"amount_converted", COLUMN_MONEY, "converted amount", "转化金额"},
    {"amount_decided", COLUMN_MONEY, "decided amount", "已决金额"},
    {"amount_conversion_permille", COLUMN_PERMILLE, "conversion (amount)", "金额转化率"},
    {"trial_start", COLUMN_TEXT, "trial from", "试用期自"},
    {"base_kind", COLUMN_TEXT, "base of", "计提依据"},
    {"base", COLUMN_MONEY, "base", "计提基数"},
    {"units", COLUMN_NUMBER, "units", "件数"},
    {"earned", COLUMN_MONEY, "earned", "应计提成"},
    {"capped", COLUMN_MONEY, "capped", "上限扣减"},
    {"royalty", COLUMN_MONEY, "royalty", "提成"},
    {"credited", COLUMN_MONEY, "credited", "抵减"},
    {"min_true_up", COLUMN_MONEY, "true-up", "最低提成补足"},
    {"unreported_periods", COLUMN_NUMBER, "unreported", "未报期数"},
    {"status", COLUMN_TEXT, "status", "办理状态"},
    {"applicant", COLUMN_TEXT, "applicant", "申请人"},
    {"applied_on", COLUMN_TEXT, "applied on", "申请日期"},
    {"working_days", COLUMN_NUMBER, "working days", "工作日"},
    {"decided_on", COLUMN_TEXT, "decided on", "办结日期"},
    {"overdue", COLUMN_TEXT, "overdue", "逾期"},
    {"late", COLUMN_TEXT, "late", "超期"},
    {"reason", COLUMN_TEXT, "reason", "原因"},
    {"filed", COLUMN_TEXT, "filed", "备案"},
    {"filing_no", COLUMN_TEXT, "filing no", "备案号"},
    {"filed_on", COLUMN_TEXT, "filed on", "备案日期"},
    {"rejected", COLUMN_NUMBER, "rejected", "不予登记"},
    {"registered", COLUMN_NUMBER, "registered", "已登记"},
    {"revoked", COLUMN_NUMBER, "revoked", "已注销"},
    {"pending", COLUMN_NUMBER, "pending", "待办"},
    {"contract_value", COLUMN_MONEY, "contract value", "合同额"},
    {"at_least_1m", COLUMN_NUMBER, "1 M yuan or more", "一百万元以上"},
    {"at_least_10m", COLUMN_NUMBER, "10 M yuan or more", "一千万元以上"},
    {"at_least_100m", COLUMN_NUMBER, "100 M yuan or more", "一亿元以上"},
    {"no_rate", COLUMN_NUMBER, "no rate", "缺汇率"},
    {"rewards", COLUMN_MONEY, "rewards", "奖酬金"},
    {"rewarded_persons", COLUMN_NUMBER, "rewarded", "受奖人次"},
    {"sign_rate_permille", COLUMN_PERMILLE, "sign rate", "签约率"},
    {"median_days_tenths", COLUMN_TENTHS, "median days", "签约天数中位"},
    {"policies", COLUMN_NUMBER, "policies", "保单数"},
    {"live_policies", COLUMN_NUMBER, "live", "有效保单"},
    {"exposure", COLUMN_MONEY, "exposure", "风险敞口"},
    {"written_premium", COLUMN_MONEY, "premium written", "签单保费"},
    {"recovered", COLUMN_MONEY, "recovered", "已追偿"},
    {"reserves", COLUMN_MONEY, "reserves", "未决准备金"},
    {"paid_ratio_permille", COLUMN_PERMILLE, "paid ratio", "赔付率"},
    {"product", COLUMN_TEXT, "product", "险种"},
    {"insurer", COLUMN_TEXT, "insurer", "保险人"},
    {"policy", COLUMN_TEXT, "policy", "保单"},
    {"sum", COLUMN_MONEY, "sum insured", "保险金额"},
    {"from", COLUMN_TEXT, "from", "自"},
    {"to", COLUMN_TEXT, "to", "至"},
    {"claims", COLUMN_NUMBER, "claims", "索赔数"},
    {"breached", COLUMN_NUMBER, "late", "超时"},
    {"loss", COLUMN_MONEY, "loss", "索赔损失"},
    {"approved", COLUMN_MONEY, "approved", "核定"},
    {"verdict", COLUMN_TEXT, "verdict", "认定结论"},
    {"event_date", COLUMN_TEXT, "event", "出险日"},
    {"adjust_by", COLUMN_TEXT, "adjust by", "核定期限"},
    {"pay_by", COLUMN_TEXT, "pay by", "赔付期限"},
    {"notice_by", COLUMN_TEXT, "notice by", "拒赔通知期限"},
    {"advance_by", COLUMN_TEXT, "advance by", "先予赔付期限"},
    {"sla_breach", COLUMN_TEXT, "late", "超时"},
    {"breaches", COLUMN_TEXT, "late with", "超时事项"},
    {"pledges", COLUMN_NUMBER, "pledges", "质押数"},
    {"flow", COLUMN_MONEY, "loans", "质押融资额"},
    {"stock", COLUMN_MONEY, "balance", "质押余额"},
    {"patents", COLUMN_NUMBER, "patents", "专利数"},
    {"flow_growth_permille", COLUMN_PERMILLE, "growth", "增长"},
    {"pledge_no", COLUMN_TEXT, "registration no", "质押登记号"},
    {"pledgor", COLUMN_TEXT, "pledgor", "出质人"},
    {"pledgee", COLUMN_TEXT, "pledgee", "质权人"},
    {"loan_date", COLUMN_TEXT, "loan date", "放款日"},
    {"members", COLUMN_NUMBER, "members", "成员数"},
    {"open_patents", COLUMN_NUMBER, "open", "开放许可"},
    {"open_share_permille", COLUMN_PERMILLE, "open share", "开放占比"},
    {"admin", COLUMN_TEXT, "administrator", "管理人"},
    {"basis", COLUMN_TEXT, "basis", "口径"},
    {"pool", COLUMN_TEXT, "pool", "专利池"},
    {"patent_days", COLUMN_NUMBER, "patent-days", "专利日"},
    {"gross", COLUMN_MONEY, "gross", "总收入"},
    {"admin_fee", COLUMN_MONEY, "fee", "管理费"},
    {"net", COLUMN_MONEY, "to share", "可分配"},
    {"distributed_gross", COLUMN_MONEY, "gross distributed", "已分配总额"},
    {"distributed_fee", COLUMN_MONEY, "fee taken", "已提管理费"},
    {"reserve", COLUMN_MONEY, "reserve", "留存"},
    {"distributed", COLUMN_MONEY, "distributed", "已分配"},
};
#define COLUMN_COUNT (sizeof(columns) / sizeof(columns[0]))

static size_t find(const char *key)
{
    size_t i = 0;
    while (i < COLUMN_COUNT && strcmp(key, columns[i].key) != 0) {
        i++;
    }
    return i;
}

/* d1_30, d31_60, d90_plus: the aging bands, whatever their ends. */
static bool is_band(const char *key)
{
    return key[0] == 'd' && key[1] >= '0' && key[1] <= '9';
}

enum column_kind column_kind_of(const char *key)
{
    size_t i = find(key);
    if (i < COLUMN_COUNT) {
        return columns[i].kind;
    }
    size_t len = strlen(key);
    bool fen = len > 4 && strcmp(key + len - 4, "_fen") == 0;
    return is_band(key) || fen ? COLUMN_MONEY : COLUMN_TEXT;
}

/* d31_60: "31-60 d"; d90_plus: "> 90 d". */
static void band_title(const char *key, bool chinese, char *out, size_t size)
{
    char text[32];
    size_t len = 0;
    bool plus = strstr(key, "_plus") != NULL;
    for (const char *at = key + 1; *at != '\0' && len < sizeof(text) - 1; at++) {
        if (plus && *at == '_') {
            break;
        }
        text[len++] = *at == '_' ? '-' : *at;
    }
    text[len] = '\0';
    (void)snprintf(out, size, "%s%s%s", plus ? "> " : "", text, chinese ? " 天" : " d");
}

void column_title(const char *key, bool chinese, char *out, size_t size)
{
    size_t i = find(key);
    if (i < COLUMN_COUNT) {
        (void)snprintf(out, size, "%s", chinese ? columns[i].chinese : columns[i].english);
    } else if (is_band(key)) {
        band_title(key, chinese, out, size);
    } else {
        text_plain(out, size, key);
    }
}

static const struct {
    const char *keys, *text, *chinese; /* `keys`: names of columns between spaces */
} values[] = {
    {" state ", "DRAFT", "洽谈草案"},
    {" state ", "SIGNED", "已签订"},
    {" state ", "TRIAL", "试用中"},
    {" state ", "ACTIVE", "生效履行"},
    {" state ", "SUSP", "中止"},
    {" state ", "DONE", "履行完毕"},
    {" state ", "TERM", "已解除"},
    {" state ", "VOID", "无效"},
    {" state ", "DECL", "试用后放弃"},
    {" state ", "CONTINGENT", "附条件"},
    {" state ", "OPEN", "未结"},
    {" state ", "SETTLED", "已结清"},
    {" state ", "EXTINGUISHED", "已消灭"},
    {" state ", "WAIVED", "已免除"},
    {" state ", "WRITTEN_OFF", "已核销"},
    {" state ", "ready", "正常"},
    {" state ", "loading", "装载中"},
    {" state ", "corrupt", "日志损坏"},
    {" registration ", "UNREG", "未登记"},
    {" registration ", "REG", "已登记"},
    {" registration ", "REJECTED", "不予登记"},
    {" registration ", "REVOKED", "已撤销"},
    {" kind ", "lump", "一次总付"},
    {" kind ", "instalment", "分期款"},
    {" kind ", "entry_fee", "入门费"},
    {" kind pay_mode ", "milestone", "里程碑款"},
    {" kind pay_mode ", "conditional", "附条件"},
    {" kind pay_mode ", "royalty", "提成"},
    {" kind ", "min_royalty", "最低提成"},
    {" kind ", "deposit", "保证金"},
    {" kind ", "expense", "费用"},
    {" kind ", "penalty", "违约金"},
    {" kind ", "interest", "利息"},
    {" kind ", "commission", "佣金"},
    {" kind ", "premium", "保费"},
    {" kind ", "distribution", "分配款"},
    {" kind ", "restitution", "返还款"},
    {" kind ", "purchase_price", "转让价款"},
    {" type ", "development", "技术开发"},
    {" type ", "transfer", "技术转让"},
    {" type ", "license", "技术许可"},
    {" type ", "consulting", "技术咨询"},
    {" type ", "service", "技术服务"},
    {" subtype ", "commissioned", "委托开发"},
    {" subtype ", "cooperative", "合作开发"},
    {" subtype ", "patent", "专利"},
    {" subtype ", "patent_application", "专利申请权"},
    {" subtype ", "know_how", "技术秘密"},
    {" subtype ", "other_ip", "其他知识产权"},
    {" subtype ", "general", "一般"},
    {" subtype ", "training", "培训"},
    {" subtype ", "intermediary", "中介"},
    {" origin ", "direct", "直接"},
    {" origin ", "match", "撮合"},
    {" origin ", "open", "开放许可"},
    {" origin ", "pool", "专利池"},
    {" origin ", "listing", "挂牌"},
    {" origin ", "auction", "拍卖"},
    {" grant ", "exclusive", "独占"},
    {" grant ", "sole", "排他"},
    {" grant ", "ordinary", "普通"},
    {" grant ", "cross", "交叉"},
    {" grant ", "open", "开放"},
    {" grant ", "pool", "专利池"},
    {" pay_mode ", "free", "免费"},
    {" pay_mode ", "lump", "一次总付"},
    {" pay_mode ", "instalment", "分期"},
    {" pay_mode ", "deferred", "延期"},
    {" pay_mode ", "entry_plus_royalty", "入门费加提成"},
    {" pay_mode ", "equity", "作价投资"},
    {" pay_mode ", "pending", "待定"},
    {" pay_mode ", "mixed", "组合"},
    {" bucket ", "not_due", "未到期"},
    {" condition ", "none", "无"},
    {" condition waits_for ", "effect", "达到预期效果"},
    {" condition waits_for ", "convert", "试用转正"},
    {" condition waits_for ", "first_sale", "首次销售"},
    {" what ", "counted", "计入"},
    {" what ", "scheduled", "立账"},
    {" what ", "opened", "成就"},
    {" what ", "paid", "付款"},
    {" what ", "unpaid", "撤销付款"},
    {" what ", "waived", "免除"},
    {" what ", "written_off", "核销"},
    {" what ", "set_off", "抵销"},
    {" what ", "disputed", "争议"},
    {" what ", "dispute_resolved", "争议解决"},
    {" what ", "due_changed", "改期"},
    {" what ", "extinguished", "消灭"},
    {" what ", "amended", "变更"},
    {" what ", "reversed", "冲正"},
    {" what ", "contract", "合同"},
    {" what ", "party", "主体"},
    {" what ", "technology", "成果"},
};

static const char *value_title(const char *key, const char *text)
{
    char wanted[64];
    (void)snprintf(wanted, sizeof(wanted), " %s ", key);
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        if (strcmp(values[i].text, text) == 0 && strstr(values[i].keys, wanted) != NULL) {
            return values[i].chinese;
        }
    }
    return text;
}

void value_shown(const char *key, const char *text, bool chinese, char *out, size_t size)
{
    if (strcmp(key, "bucket") == 0 && is_band(text)) {
        band_title(text, chinese, out, size);
    } else {
        text_plain(out, size, chinese ? value_title(key, text) : text);
    }
}
