/* Nested values: what stands in the fields of types as a map.
 *
 * Changes are maps of any field of their shape; there, nothing is required (VALUE_CHANGES). */

#include "proto/vocabulary_rules.h"

static const struct field_rule party_share_rules[] = {
    ID(party, party, MUST, "the party", "主体"),
    PPM(share_ppm, MUST, "share", "份额"),
};
SHAPE(party_share, "PartyShare");

static const struct field_rule doc_rules[] = {
    INT(bytes, 0, WIRE_INT_MAX, MAY, "size of the paper", "文件大小（字节）"),
    TEXT(kind, MAY, "kind of paper: contract, certificate, receipt, report", "文件类别"),
    TEXT(name, MAY, "name", "名称"),
    SHA256(sha256, MUST, "SHA-256 of the paper", "文件 SHA-256"),
};
SHAPE(doc, "Doc");

static const struct field_rule period_rules[] = {
    DATE(end, MUST, "last day, inclusive", "止日（含）"),
    DATE(start, MUST, "first day", "起日"),
};
SHAPE(period, "Period");

static const struct field_rule due_rules[] = {
    TEXT_AS(base, DUE_BASE, MUST,
            "day it counts from: date, sign, effective, term_end, delivery, acceptance, "
            "milestone:ID, evaluation, trial_end, convert, period_end, statement",
            "基准日"),
    DATE_WHEN(date, base, "date", "the day, with base date", "指定日期（base 为 date 时）"),
    INT(n, 0, 36500, MAY, "number of units after the base", "自基准起的数量"),
    ENUM(roll, due_roll, MAY, "what a day off does; following by default",
         "遇休息日顺延，默认顺延"),
    ENUM(unit, due_unit, MAY, "d, m or y; d by default", "单位：日、月、年，默认日"),
};
SHAPE(due, "Due");

static const struct field_rule obligation_term_rules[] = {
    DATE(accrual_from, MAY, "first day that the sum pays for, for prorate",
         "计费起日（按比例结算用）"),
    DATE(accrual_to, MAY, "last day that the sum pays for", "计费止日"),
    FEN(amount_fen, MUST | NULLABLE, "amount; null: not known yet", "金额；null 为未定"),
    TEXT_AS(condition, CONDITION, MAY,
            "what it waits for: none, effect, milestone:ID, convert, first_sale", "付款条件"),
    ID(creditor, party, MUST, "who is owed", "债权人"),
    ID(debtor, party, MUST, "who owes", "债务人"),
    STRUCT(due, due, MAY, "when it falls due; absent: no date", "到期规则；缺省为未定"),
    ENUM(kind, obligation_kind, MUST, "kind of sum", "款项类别"),
    INT(no, 1, OBLIGATION_NO_MAX, MUST, "number of the obligation with its owner", "款项编号"),
    ENUM(on_termination, on_termination, MAY, "what termination does to it; extinguish by default",
         "合同解除时的处理，默认消灭"),
};
SHAPE(obligation_term, "ObligationTerm");

static const struct field_rule tier_rules[] = {
    FEN(per_unit_fen, ONE_OF, "royalty a unit", "每件提成"),
    PPM(rate_ppm, ONE_OF, "rate", "比率"),
    FEN(upto_fen, NULLABLE, "upper end of the tier; null: no end", "分档上限；null 为不封顶"),
};
SHAPE(tier, "Tier");

static const struct field_rule royalty_term_rules[] = {
    ENUM(base, royalty_base, MUST, "what the rate applies to", "提成基数"),
    FEN(cap_life_fen, MAY, "upper limit of all royalties", "提成总额上限"),
    FEN(cap_year_fen, MAY, "upper limit of a contract year", "合同年度提成上限"),
    BOOL(entry_creditable, MAY, "the entry fee counts against royalties", "入门费可抵提成"),
    FEN(min_year_fen, MAY, "minimum royalty of a contract year", "合同年度最低提成"),
    INT(pay_days, 0, 3660, MAY, "days from statement to payment", "结算后付款天数"),
    ENUM(period, royalty_period, MUST, "period of a report", "报告周期"),
    INT(report_days, 0, 3660, MAY, "days from period end to report", "期末后报告天数"),
    ENUM(tier_scope, tier_scope, MAY, "over what tiers add up; contract_year by default",
         "分档累计范围，默认合同年度"),
    STRUCTS(tiers, tier, ONE_OF, "tiers, upwards", "分档"),
    PPMS(year_rates_ppm, ONE_OF, "rates by contract year, rising or falling", "逐年费率"),
};
SHAPE(royalty_term, "RoyaltyTerm");

static const struct field_rule open_royalty_rules[] = {
    ENUM(base, royalty_base, MUST, "what the rate applies to", "提成基数"),
    PPM(rate_ppm, MUST, "rate", "比率"),
};
SHAPE(open_royalty, "OpenRoyalty");

static const struct field_rule late_term_rules[] = {
    ENUM(alloc, late_alloc, MAY, "what a payment takes first; interest_first by default",
         "抵充顺序，默认先息后本"),
    PPM(annual_ppm, MAY, "late interest a year, simple", "逾期年利率（单利）"),
    PPM(cap_ppm_of_principal, MAY, "upper limit of late interest, share of the scheduled amount",
        "逾期利息上限（占应付款比例）"),
    PPM(daily_ppm, MAY, "late interest a day, simple", "逾期日利率（单利）"),
    ENUM(day_count, day_count, MAY, "days of a year for annual rates", "年计息天数"),
    PPM_WIDE(lpr_x_ppm, MAY,
             "late interest as a multiple of the one-year loan prime rate; 1,500,000 = 1.5 times",
             "一年期 LPR 的倍数（1,500,000 为 1.5 倍）"),
};
SHAPE(late_term, "LateTerm");

static const struct field_rule trial_rules[] = {
    DATE(end, MAY, "last day, inclusive", "止日（含）"),
    ENUM(on_silence, on_silence, MAY, "what silence at the end means; pending by default",
         "期满未表示的处理，默认待定"),
    DATE(start, MAY, "first day", "起日"),
};
SHAPE(trial, "Trial");

static const struct field_rule effect_rules[] = {
    DATE(by, MAY, "day by which it should be evaluated", "应评价截止日"),
    TEXT(criterion, MUST, "what must be reached", "评价标准"),
    TEXT(evaluator, MAY, "who evaluates", "评价方"),
};
SHAPE(effect, "Effect");

static const struct field_rule milestone_rules[] = {
    TEXT(criterion, MAY, "what must be reached", "评价标准"),
    DATE(due, MAY, "planned day", "计划日期"),
    TEXT_AS(id, LABEL, MUST, "id of the milestone", "里程碑编号"),
    TEXT(title, MAY, "title", "名称"),
};
SHAPE(milestone, "Milestone");

static const struct field_rule alloc_line_rules[] = {
    FEN(amount_fen, MUST, "amount", "金额"),
    INT(no, 1, OBLIGATION_NO_MAX, MUST, "number of the obligation with its owner", "款项编号"),
    ID(owner, NONE, MUST, "owner of the obligation, kind/id; plain means contract",
       "款项所属（类别/编号，缺省为合同）"),
};
SHAPE(alloc_line, "AllocLine");

static const struct field_rule obligation_ref_rules[] = {
    INT(no, 1, OBLIGATION_NO_MAX, MUST, "number of the obligation with its owner", "款项编号"),
    ID(owner, NONE, MUST, "owner of the obligation, kind/id; plain means contract",
       "款项所属（类别/编号，缺省为合同）"),
};
SHAPE(obligation_ref, "ObligationRef");

static const struct field_rule deduction_rules[] = {
    FEN(amount_fen, MUST, "amount", "金额"),
    TEXT(kind, MUST, "packing, freight, tax, advertising, trade discount or other", "扣减类别"),
};
SHAPE(deduction, "Deduction");

static const struct field_rule money_line_rules[] = {
    FEN(amount_fen, MUST, "amount", "金额"),
    ID(party, party, MUST, "the party", "主体"),
};
SHAPE(money_line, "MoneyLine");

static const struct field_rule obligation_changes_rules[] = {
    STRUCTS(add, obligation_term, MAY, "new obligations", "新增款项"),
    INTS(cancel, 1, OBLIGATION_NO_MAX, MAY, "numbers of obligations that are cancelled",
         "取消的款项编号"),
    STRUCTS(replace, obligation_term, MAY, "obligations with new terms, by number",
            "按编号替换的款项"),
};
SHAPE(obligation_changes, "ObligationChanges");

const struct value_shape *const value_shapes[] = {
    &shape_alloc_line,
    &shape_contract_changes,
    &shape_deduction,
    &shape_doc,
    &shape_due,
    &shape_effect,
    &shape_late_term,
    &shape_milestone,
    &shape_money_line,
    &shape_obligation_changes,
    &shape_obligation_ref,
    &shape_obligation_term,
    &shape_open_royalty,
    &shape_party_changes,
    &shape_party_share,
    &shape_period,
    &shape_policy_changes,
    &shape_royalty_term,
    &shape_technology_changes,
    &shape_tier,
    &shape_trial,
    NULL,
};
