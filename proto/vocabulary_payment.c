/* Types of event: money that moved.
 *
 * Money is a fact before anybody knows what it is for: payer, purpose and allocation are optional.
 */

#include "proto/vocabulary_rules.h"

static const struct field_rule payment_received_rules[] = {
    STRUCTS(alloc, alloc_line, MAY,
            "which obligation gets how much; absent: the daemon appropriates, []: all is credit",
            "核销明细；缺省由系统抵充，空表全作预收"),
    FEN(amount_fen, MUST | POSITIVE, "amount received, more than zero", "到账金额，大于零"),
    TEXT(bank_ref, MAY, "reference of the bank; seen before is flagged", "银行流水号；重复则提示"),
    CURRENCY(currency, MUST, "currency, ISO 4217", "币种"),
    ID(for, contract, MAY, "contract that the payer named, a hint", "付款备注的合同（提示）"),
    ID(payee, party, MUST, "who received the money", "收款方"),
    ID(payer, party, MAY, "who paid", "付款方"),
    TEXT(payer_text, PERSONAL, "payer as the bank names it, not yet identified",
         "付款方户名（未识别）"),
    DATE(value_date, MUST, "day the money moved", "到账日"),
};
EVENT_TYPE(payment, received, "到账", ON_KIND(payment), 1, DECIDED | CREATES, FIELD_value_date,
           "Money arrived.", "款项到账。");

static const struct field_rule payment_applied_rules[] = {
    STRUCTS(alloc, alloc_line, MUST, "which obligation gets how much", "核销明细"),
    ID(payer, party, MAY, "who paid, where the receipt did not say", "付款方（到账时未识别的）"),
};
EVENT_TYPE(payment, applied, "预收核销", ON_KIND(payment), 1, DECIDED, NO_DATE,
           "Unapplied credit is applied.", "预收款核销应收。");

static const struct field_rule payment_unapplied_rules[] = {
    STRUCTS(alloc, alloc_line, MUST, "lines that are taken back", "撤回的核销明细"),
};
EVENT_TYPE(payment, unapplied, "撤销核销", ON_KIND(payment), 1, DECIDED, NO_DATE,
           "Lines of a payment go back to credit.", "撤销核销，退回预收。");

static const struct field_rule payment_returned_rules[] = {
    TEXT(reason, MUST, "reason", "原因"),
    DATE(value_date, MUST, "day the money went back", "退回日"),
};
EVENT_TYPE(payment, returned, "付款退回", ON_KIND(payment), 1, DECIDED, FIELD_value_date,
           "The whole payment went back.", "整笔退回。");

static const struct field_rule payment_refunded_rules[] = {
    FEN(amount_fen, MUST, "amount paid back", "退款金额"),
    ENUM(from, refund_source, MAY, "from credit, the default, or from what an obligation got",
         "自预收（默认）或自已核销款项退"),
    INT(no, 1, OBLIGATION_NO_MAX, MAY, "number of that obligation", "退款所涉款项编号"),
    ID(owner, NONE, MAY, "obligation that it is taken from, with no", "退款所涉款项的所属"),
    BOOL(reopen, MAY, "what was paid is owed again", "恢复为未付"),
};
EVENT_TYPE(payment, refunded, "退款", ON_KIND(payment), 1, DECIDED, NO_DATE,
           "Part of the money is paid back.", "退还部分款项。");
