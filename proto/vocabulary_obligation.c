/* Types of event: what is owed.
 *
 * All of them name the obligation by `no`, its number with the owner that is the aggregate;
 * what is announced ahead of its day (a due date, a waiver) may lie in the future. */

#include "proto/vocabulary_rules.h"

static const struct field_rule obligation_scheduled_rules[] = {
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
EVENT_TYPE(obligation, scheduled, "款项登记", ON_ANY_KIND, 1, DECIDED | FUTURE, NO_DATE,
           "A sum is owed, or will be when its condition is met.", "登记一笔应付款或附条件款。");

static const struct field_rule obligation_rescheduled_rules[] = {
    BOOL(keep_interest, MAY, "late interest from the old due date stands", "保留原到期日起的利息"),
    DATE(new_due, MUST, "new due date", "新到期日"),
    INT(no, 1, OBLIGATION_NO_MAX, MUST, "number of the obligation with its owner", "款项编号"),
};
EVENT_TYPE(obligation, rescheduled, "展期", ON_ANY_KIND, 2, DECIDED | FUTURE, NO_DATE,
           "It gets a new due date.", "变更到期日。");

static const struct field_rule obligation_disputed_rules[] = {
    FEN(amount_fen, MUST, "disputed amount", "争议金额"),
    INT(no, 1, OBLIGATION_NO_MAX, MUST, "number of the obligation with its owner", "款项编号"),
};
EVENT_TYPE(obligation, disputed, "争议", ON_ANY_KIND, 1, DECIDED | FUTURE, NO_DATE,
           "Part of it is disputed.", "部分金额有争议。");

static const struct field_rule obligation_dispute_resolved_rules[] = {
    INT(no, 1, OBLIGATION_NO_MAX, MUST, "number of the obligation with its owner", "款项编号"),
    ENUM(outcome, dispute_outcome, MUST, "upheld: the debt stands", "维持、核减或取消"),
    FEN_WHEN(reduce_fen, outcome, "reduced", "amount by which it is reduced", "核减金额"),
};
EVENT_TYPE(obligation, dispute_resolved, "争议解决", ON_ANY_KIND, 1, DECIDED | FUTURE, NO_DATE,
           "The dispute is over.", "争议解决。");

static const struct field_rule obligation_waived_rules[] = {
    FEN(amount_fen, MUST, "amount waived", "免除金额"),
    INT(no, 1, OBLIGATION_NO_MAX, MUST, "number of the obligation with its owner", "款项编号"),
    BOOL(refused, MAY, "the debtor refused the waiver", "债务人拒绝免除"),
};
EVENT_TYPE(obligation, waived, "免除", ON_ANY_KIND, 1, DECIDED | FUTURE, NO_DATE,
           "The creditor waives an amount.", "债权人免除。");

static const struct field_rule obligation_demanded_rules[] = {
    ID(by, party, MUST, "party that demands", "催告方"),
    INT(no, 1, OBLIGATION_NO_MAX, MUST, "number of the obligation with its owner", "款项编号"),
    DATE(on, MUST, "the day it happened", "发生日"),
};
EVENT_TYPE(obligation, demanded, "催告", ON_ANY_KIND, 1, DECIDED | FUTURE, FIELD_on,
           "The creditor demands payment.", "债权人催告。");

static const struct field_rule obligation_acknowledged_rules[] = {
    FEN(amount_fen, MUST, "amount acknowledged", "确认金额"),
    ID(by, party, MUST, "party that acknowledges", "确认方"),
    INT(no, 1, OBLIGATION_NO_MAX, MUST, "number of the obligation with its owner", "款项编号"),
    DATE(on, MUST, "the day it happened", "发生日"),
};
EVENT_TYPE(obligation, acknowledged, "对账确认", ON_ANY_KIND, 1, DECIDED | FUTURE, FIELD_on,
           "The debtor acknowledges an amount.", "债务人确认欠款。");

static const struct field_rule obligation_set_off_rules[] = {
    FEN(amount_fen, MUST, "amount", "金额"),
    INT(no, 1, OBLIGATION_NO_MAX, MUST, "number of the obligation with its owner", "款项编号"),
    TEXT(notice, MUST, "how the other side was told", "通知方式"),
    STRUCT(other, obligation_ref, MUST, "own claim that is set off", "用于抵销的债权"),
};
EVENT_TYPE(obligation, set_off, "抵销", ON_ANY_KIND, 2, DECIDED | FUTURE, NO_DATE,
           "Set off against a claim of the other side.", "与对方债权抵销。");

static const struct field_rule obligation_assigned_rules[] = {
    FEN(amount_fen, MUST, "amount", "金额"),
    ID(new_creditor, party, MUST, "who is owed from now on", "新债权人"),
    INT(no, 1, OBLIGATION_NO_MAX, MUST, "number of the obligation with its owner", "款项编号"),
    TEXT(notice, MUST, "how the other side was told", "通知方式"),
};
EVENT_TYPE(obligation, assigned, "债权转让", ON_ANY_KIND, 2, DECIDED | FUTURE, NO_DATE,
           "An amount is owed to somebody else from now on.", "债权转让或代位。");

static const struct field_rule obligation_written_off_rules[] = {
    FEN(amount_fen, MUST, "amount", "金额"),
    INT(no, 1, OBLIGATION_NO_MAX, MUST, "number of the obligation with its owner", "款项编号"),
    TEXT(reason, MUST, "reason", "原因"),
};
EVENT_TYPE(obligation, written_off, "坏账核销", ON_ANY_KIND, 2, DECIDED | FUTURE, NO_DATE,
           "The creditor writes it off; the debt stands in law.", "坏账核销，债权仍在。");

static const struct field_rule interest_assessed_rules[] = {
    BOOL(agreed, MAY, "the parties agreed on this figure though it differs from the computed one",
         "双方确认该金额（与计算值不同）"),
    FEN(amount_fen, MUST, "amount", "金额"),
    INT(of, 1, OBLIGATION_NO_MAX, MUST, "number of the obligation that is late", "逾期款项编号"),
    DATE(upto, MUST, "last day that bears interest", "计息止日"),
};
EVENT_TYPE(interest, assessed, "逾期利息", ON_ANY_KIND, 1, DECIDED, NO_DATE,
           "Late interest is assessed as an obligation of its own.",
           "计收逾期利息，另立一笔款项。");
