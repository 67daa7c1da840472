/* Headings of columns, and what a column holds by its name.
 *
 *   H1  A name that stands here in no row is its own heading. */

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
    {"contracts", COLUMN_NUMBER, "contracts", "合同数"},
    {"sellers", COLUMN_NUMBER, "sellers", "卖方数"},
    {"buyers", COLUMN_NUMBER, "buyers", "买方数"},
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
    {"bucket", COLUMN_TEXT, "band", "账龄"},
    {"kind", COLUMN_TEXT, "kind", "类别"},
    {"effective", COLUMN_TEXT, "effective", "业务日期"},
    {"agg", COLUMN_TEXT, "aggregate", "对象"},
    {"what", COLUMN_TEXT, "what", "事由"},
    {"region_out", COLUMN_TEXT, "seller region", "输出地区"},
    {"region_in", COLUMN_TEXT, "buyer region", "吸纳地区"},
    {"kind_out", COLUMN_TEXT, "seller kind", "卖方类别"},
    {"kind_in", COLUMN_TEXT, "buyer kind", "买方类别"},
    {"count_growth_permille", COLUMN_PERMILLE, "growth (count)", "项数增长"},
    {"turnover_growth_permille", COLUMN_PERMILLE, "growth (turnover)", "成交额增长"},
    {"sign_rate_permille", COLUMN_PERMILLE, "sign rate", "签约率"},
    {"median_days_tenths", COLUMN_TENTHS, "median days", "签约天数中位"},
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

const char *column_title(const char *key, bool chinese)
{
    static char band[32];
    size_t i = find(key);
    if (i < COLUMN_COUNT) {
        return chinese ? columns[i].chinese : columns[i].english;
    }
    if (!is_band(key)) {
        return key;
    }
    size_t len = 0; /* d31_60: "31-60 天", "31-60 d"; d90_plus: "> 90 d" */
    bool plus = strstr(key, "_plus") != NULL;
    if (plus) {
        memcpy(band, "> ", 2);
        len = 2;
    }
    for (const char *at = key + 1; *at != '\0' && len < 16; at++) {
        if (plus && *at == '_') {
            break;
        }
        band[len++] = *at == '_' ? '-' : *at;
    }
    const char *unit = chinese ? " 天" : " d";
    memcpy(band + len, unit, strlen(unit) + 1);
    return band;
}
