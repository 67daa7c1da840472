/* Chinese for what stands in columns: states, kinds, reasons.
 *
 *   H2  A value that stands here in no row is shown as it is. */

#include <string.h>

#include "ops/cli/table.h"

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
