/* Types of event: trial, milestones, effect and royalties of a contract.
 *
 * A report says its base in fen or in units, as the royalty terms do. */

#include "proto/vocabulary_rules.h"

static const struct field_rule trial_started_rules[] = {
    DATE(end, MUST, "last day, inclusive", "止日（含）"),
    DATE(start, MUST, "first day", "起日"),
};
EVENT_TYPE(trial, started, "试用开始", ON_KIND(contract), 1, DECIDED, FIELD_start,
           "The free trial starts.", "免费试用开始。");

static const struct field_rule trial_extended_rules[] = {
    DATE(new_end, MUST, "new last day, inclusive", "新的截止日（含）"),
};
EVENT_TYPE(trial, extended, "试用延长", ON_KIND(contract), 2, DECIDED, NO_DATE,
           "The free trial is extended.", "延长试用。");

static const struct field_rule trial_converted_rules[] = {
    ENUM(into, trial_into, MAY, "what the trial becomes", "转为许可或转让"),
    STRUCTS(obligations, obligation_term, MAY, "sums that are owed", "款项"),
    DATE(on, MUST, "the day it happened", "发生日"),
    ENUM(pay_mode, pay_mode, MUST, "way of paying", "支付方式"),
    STRUCT(royalty, royalty_term, MAY, "royalty terms", "提成条款"),
    FEN(total_fen, MAY, "total", "总额"),
};
EVENT_TYPE(trial, converted, "试用转正", ON_KIND(contract), 1, DECIDED, FIELD_on,
           "The licensee decides to pay and go on.", "试用方决定付费继续。");

static const struct field_rule trial_declined_rules[] = {
    DATE(on, MUST, "the day it happened", "发生日"),
    TEXT(reason, MUST, "reason", "原因"),
    DATE(stop_use_by, MAY, "last day of use", "停止使用日"),
};
EVENT_TYPE(trial, declined, "试用放弃", ON_KIND(contract), 1, DECIDED, FIELD_on,
           "The licensee decides against it.", "试用方放弃。");

static const struct field_rule milestone_reached_rules[] = {
    TEXT(evidence, MAY, "what proves it", "证明材料"),
    TEXT_AS(milestone, LABEL, MUST,
            "id of the milestone; delivery, acceptance and first_sale are always known",
            "里程碑编号；delivery、acceptance、first_sale 恒可用"),
    DATE(on, MUST, "the day it happened", "发生日"),
};
EVENT_TYPE(milestone, reached, "里程碑达成", ON_KIND(contract), 1, DECIDED, FIELD_on,
           "A milestone is reached; what waits for it falls due.",
           "里程碑达成，相应款项转为应付。");

static const struct field_rule milestone_missed_rules[] = {
    TEXT(evidence, MAY, "what proves it", "证明材料"),
    TEXT_AS(milestone, LABEL, MUST,
            "id of the milestone; delivery, acceptance and first_sale are always known",
            "里程碑编号；delivery、acceptance、first_sale 恒可用"),
    DATE(on, MUST, "the day it happened", "发生日"),
};
EVENT_TYPE(milestone, missed, "里程碑未达成", ON_KIND(contract), 2, DECIDED, FIELD_on,
           "A milestone is missed; what waits for it is extinguished.",
           "里程碑未达成，相应款项消灭。");

static const struct field_rule effect_evaluated_rules[] = {
    ENUM(basis, evaluation_basis, MAY, "how the verdict came about", "评价依据"),
    TEXT(evaluator, MUST, "who evaluates", "评价方"),
    DATE(on, MUST, "the day it happened", "发生日"),
    PPM_WHEN(share_ppm, verdict, "partial", "share that counts as reached", "视为达到的比例"),
    ENUM(verdict, verdict, MUST, "verdict", "评价结论"),
};
EVENT_TYPE(effect, evaluated, "效果评价", ON_KIND(contract), 1, DECIDED, FIELD_on,
           "The agreed effect is judged.", "评价约定的效果。");

static const struct field_rule usage_reported_rules[] = {
    FEN(base_fen, ONE_OF, "base of the period before deductions", "本期基数（扣减前）"),
    STRUCTS(deductions, deduction, MAY, "deductions that the contract allows", "合同约定的扣减项"),
    DATE(period_end, MUST, "last day of the period", "期末"),
    DATE(period_start, MUST, "first day of the period", "期初"),
    INT(units, 0, AMOUNT_FEN_MAX, ONE_OF, "number of units", "数量"),
};
EVENT_TYPE(usage, reported, "使用报告", ON_KIND(contract), 1, DECIDED, NO_DATE,
           "Use or sales of a period are reported.", "报告期间的使用或销售。");

static const struct field_rule royalty_stated_rules[] = {
    BOOL(agreed, MAY, "the parties agreed on this figure though it differs from the computed one",
         "双方确认该金额（与计算值不同）"),
    INT(base, 0, AMOUNT_FEN_MAX, MUST, "base of the period, after deductions: fen or units",
        "本期基数（扣减后，分或件）"),
    FEN(credits_fen, MAY, "credits against the royalty: entry fee, minimums paid",
        "抵减额（入门费、已付最低提成）"),
    DATE(due, MUST, "day it falls due", "到期日"),
    FEN(due_fen, MUST, "royalty less credits", "本期应付（提成减抵减）"),
    STRUCT(period, period, MUST, "the period, both days inclusive", "期间（首尾均含）"),
    FEN(royalty_fen, MUST, "royalty of the period, after caps", "本期提成（计上限后）"),
};
EVENT_TYPE(royalty, stated, "提成结算单", ON_KIND(contract), 1, DECIDED, NO_DATE,
           "The royalty of a period is stated.", "出具期间提成结算单。");

static const struct field_rule royalty_audited_rules[] = {
    INT(corrected_base, 0, AMOUNT_FEN_MAX, MUST, "base after the audit", "审计更正后的基数"),
    STRUCT(period, period, MUST, "the period, both days inclusive", "期间（首尾均含）"),
    FEN_SIGNED(shortfall_fen, MAY,
               "owed in addition, or below zero to be credited; absent: computed",
               "少付（多付为负）金额，缺省由系统计算"),
};
EVENT_TYPE(royalty, audited, "查账", ON_KIND(contract), 2, DECIDED, NO_DATE,
           "The books were inspected.", "查账结果。");
