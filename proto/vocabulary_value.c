/* Types of event: rewards, ventures, targets, published figures, rates and calendar.
 *
 * Rates and calendars are data like any other, so that an answer can be had as known then. */

#include "proto/vocabulary_rules.h"

static const struct field_rule reward_paid_rules[] = {
    ID(contract, contract, MAY, "the contract", "合同"),
    ENUM(form, reward_form, MAY, "form of the reward", "奖励形式"),
    STRUCTS(lines, money_line, MUST, "who gets how much", "分配明细"),
    FEN(net_income_fen, MUST, "net income of the conversion", "转化净收入"),
};
EVENT_TYPE(reward, paid, "奖酬金", ON_KIND(contract), 2, DECIDED, NO_DATE,
           "Inventors share in the income.", "发放奖酬金。");

static const struct field_rule equity_issued_rules[] = {
    ID(company, party, MUST, "the company", "企业"),
    ID(contract, contract, MAY, "the contract", "合同"),
    STRUCTS(holders, party_share, MAY, "shareholders and shares", "股东及份额"),
    TEXT(source, MAY, "source", "来源"),
    FEN(valuation_fen, MUST, "value of the company", "企业估值"),
};
EVENT_TYPE(equity, issued, "股权登记", ON_KIND(contract), 2, DECIDED, NO_DATE,
           "Technology is contributed for shares.", "作价入股。");

static const struct field_rule venture_founded_rules[] = {
    ID(company, party, MUST, "the company", "企业"),
    TEXTS(founders, PERSONAL, "natural persons who found it", "创办人"),
    IDS(technologies, technology, MAY, "technologies", "技术成果"),
};
EVENT_TYPE(venture, founded, "企业设立", ON_KIND(venture), 2, DECIDED | CREATES, NO_DATE,
           "A venture is founded on a technology.", "以成果设立企业。");

static const struct field_rule target_set_rules[] = {
    INT(baseline, -WIRE_INT_MAX, WIRE_INT_MAX, MAY, "figure at the start of the period",
        "基期数值"),
    ENUM(comparator, comparator, MUST, "when the target is met", "达标比较方式"),
    MAP_FREE(filter, MAY, "what is counted: dimension = value", "统计口径（维度 = 取值）"),
    TEXT(metric, MUST, "what is measured", "指标"),
    TEXT_AS(period, TARGET_PERIOD, MUST,
            "annual:2027, cumulative:2024-01-01..2027-12-31 or point:2027-12-31", "期间"),
    ID(target_id, target, MAY, "the target; may be left out, agg holds it", "目标编号，可省略"),
    TEXT(unit, MAY, "unit", "单位"),
    INT(value, -WIRE_INT_MAX, WIRE_INT_MAX, MUST, "value", "数值"),
};
EVENT_TYPE(target, set, "设定目标", ON_KIND(target), 1, DECIDED | CREATES | FUTURE, NO_DATE,
           "A target is set.", "设定目标。");

static const struct field_rule target_revised_rules[] = {
    ID(target_id, target, MAY, "the target; may be left out, agg holds it", "目标编号，可省略"),
    INT(value, -WIRE_INT_MAX, WIRE_INT_MAX, MUST, "value", "数值"),
};
EVENT_TYPE(target, revised, "调整目标", ON_KIND(target), 2, DECIDED | FUTURE, NO_DATE,
           "A target is revised.", "调整目标。");

static const struct field_rule statistic_published_rules[] = {
    DATE(at, MAY, "day of publication", "公布日"),
    INT(decimals, 0, 9, MUST, "decimals of the published value", "公布数值的小数位数"),
    MAP_FREE(filter, MAY, "what is counted: dimension = value", "统计口径（维度 = 取值）"),
    TEXT(metric, MUST, "what is measured", "指标"),
    TEXT_AS(period, TARGET_PERIOD, MAY,
            "annual:2027, cumulative:2024-01-01..2027-12-31 or point:2027-12-31", "期间"),
    TEXT(source, MUST, "source", "来源"),
    TEXT(unit, MAY, "unit", "单位"),
    INT(value, -WIRE_INT_MAX, WIRE_INT_MAX, MUST, "value without its decimal point",
        "数值（去掉小数点）"),
};
EVENT_TYPE(statistic, published, "公布数据", ON_KIND(statistic), 2, DECIDED | CREATES, NO_DATE,
           "A figure that somebody published.", "外部公布的数据。");

static const struct field_rule rate_published_rules[] = {
    DATE(from, MUST, "first day", "起始日"),
    TEXT_AS(kind, RATE_KIND, MUST, "lpr_1y, or fx: and a currency", "lpr_1y 或 fx:币种"),
    PPM_WIDE(value_ppm, MUST, "rate in ppm; exchange rates: CNY a main unit",
             "百万分率；汇率为每主币单位人民币"),
};
EVENT_TYPE(rate, published, "利率汇率", ON_KIND(rates), 2, DECIDED | CREATES | FUTURE, FIELD_from,
           "A rate holds from a day on.", "利率或汇率自某日起适用。");

static const struct field_rule calendar_day_marked_rules[] = {
    DATE(day, MUST, "the day", "日期"),
    ENUM(kind, day_kind, MUST, "holiday or workday", "休息日或工作日"),
};
EVENT_TYPE(calendar, day_marked, "日历标记", ON_KIND(calendar), 2, DECIDED | CREATES | FUTURE,
           NO_DATE, "A day is a holiday, or a working day in spite of the weekend.",
           "标记节假日或调休工作日。");

static const struct field_rule period_closed_rules[] = {
    TEXT(basis_note, MAY, "what the closing rests on", "关账依据说明"),
    TEXT_AS(period, CLOSED_PERIOD, MUST, "2024, 2024-Q1 or 2024-03", "期间"),
};
EVENT_TYPE(period, closed, "期间关账", ON_KIND(period), 1, DECIDED | CREATES, NO_DATE,
           "The books of a period are closed.", "期间关账。");
