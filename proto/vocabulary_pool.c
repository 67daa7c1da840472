/* Types of event: patent pools and pledges.
 *
 * Dates of joining and leaving are what patent days are counted from, so they are required. */

#include "proto/vocabulary_rules.h"

static const struct field_rule pool_formed_rules[] = {
    ID(admin, party, MUST, "administrator of the pool", "专利池管理人"),
    PPM(admin_fee_ppm, MAY, "fee of the administrator, share of the gross", "管理费比例"),
    TEXT(name, MUST, "name", "名称"),
    ENUM(period, royalty_period, MAY, "period of a distribution", "分配周期"),
};
EVENT_TYPE(pool, formed, "专利池成立", ON_KIND(pool), 2, DECIDED | CREATES, NO_DATE,
           "A patent pool is formed.", "成立专利池。");

static const struct field_rule pool_member_admitted_rules[] = {
    DATE(on, MUST, "the day it happened", "发生日"),
    ID(party, party, MUST, "the party", "主体"),
};
EVENT_TYPE(pool, member_admitted, "成员加入", ON_KIND(pool), 2, DECIDED, FIELD_on,
           "A member joins.", "成员加入。");

static const struct field_rule pool_member_left_rules[] = {
    DATE(on, MUST, "the day it happened", "发生日"),
    ID(party, party, MUST, "the party", "主体"),
};
EVENT_TYPE(pool, member_left, "成员退出", ON_KIND(pool), 2, DECIDED, FIELD_on, "A member leaves.",
           "成员退出。");

static const struct field_rule pool_patent_admitted_rules[] = {
    DATE(on, MUST, "the day it happened", "发生日"),
    ID(owner, party, MUST, "member that brings it in", "所属成员"),
    ID(technology, technology, MUST, "the technology", "技术成果"),
    PPM_WIDE(weight_ppm, MAY, "weight, 1,000,000 by default", "权重，默认 1,000,000"),
};
EVENT_TYPE(pool, patent_admitted, "专利入池", ON_KIND(pool), 1, DECIDED, FIELD_on,
           "A patent joins the pool.", "专利入池。");

static const struct field_rule pool_patent_removed_rules[] = {
    DATE(on, MUST, "the day it happened", "发生日"),
    ID(owner, party, MUST, "member that it belongs to", "所属成员"),
    ID(technology, technology, MUST, "the technology", "技术成果"),
    PPM_WIDE(weight_ppm, MAY, "weight, 1,000,000 by default", "权重，默认 1,000,000"),
};
EVENT_TYPE(pool, patent_removed, "专利出池", ON_KIND(pool), 1, DECIDED, FIELD_on,
           "A patent leaves the pool; the first day not counted.", "专利出池，当日起不计。");

static const struct field_rule pool_rule_set_rules[] = {
    ENUM(basis, pool_basis, MAY, "by patent days or fixed shares", "按专利日或固定份额"),
    TEXT(fee_schedule, MAY, "licence fees of the pool", "专利池收费标准"),
    STRUCTS(shares, party_share, MAY, "shares", "份额"),
    TEXT(terms, MAY, "terms", "条款"),
};
EVENT_TYPE(pool, rule_set, "分配规则", ON_KIND(pool), 2, DECIDED, NO_DATE, "How money is shared.",
           "确定分配规则。");

static const struct field_rule pool_distributed_rules[] = {
    FEN(admin_fee_fen, MUST, "fee of the administrator", "管理费"),
    FEN(gross_fen, MUST, "money received for the period", "本期总收入"),
    STRUCTS(lines, money_line, MUST, "who gets how much", "分配明细"),
    STRUCT(period, period, MUST, "the period, both days inclusive", "期间（首尾均含）"),
    FEN(reserve_fen, MAY, "kept back", "留存"),
};
EVENT_TYPE(pool, distributed, "收益分配", ON_KIND(pool), 1, DECIDED, NO_DATE,
           "Money of a period is distributed.", "分配期间收益。");

static const struct field_rule pledge_registered_rules[] = {
    ID(debtor, party, MAY, "who owes", "债务人"),
    DATE(due, MUST, "day the loan falls due", "贷款到期日"),
    DATE(loan_date, MUST, "day of the loan", "放款日"),
    FEN(loan_fen, MUST, "loan secured", "担保贷款金额"),
    TEXT(pledge_no, MUST, "number of the registration", "质押登记号"),
    ID(pledgee, party, MUST, "creditor of the pledge", "质权人"),
    ID(pledgor, party, MUST, "who pledges", "出质人"),
    IDS(technologies, technology, MUST, "technologies", "技术成果"),
};
EVENT_TYPE(pledge, registered, "质押登记", ON_KIND(pledge), 1, DECIDED | CREATES, NO_DATE,
           "A pledge is registered; the right begins here.", "质押登记，质权设立。");

static const struct field_rule pledge_changed_rules[] = {
    ID(debtor, party, MAY, "who owes", "债务人"),
    DATE(due, MAY, "day the loan falls due", "贷款到期日"),
    DATE(loan_date, MAY, "day of the loan", "放款日"),
    FEN(loan_fen, MAY, "loan secured", "担保贷款金额"),
    ID(pledgee, party, MAY, "creditor of the pledge", "质权人"),
    ID(pledgor, party, MAY, "who pledges", "出质人"),
    IDS(technologies, technology, MAY, "technologies", "技术成果"),
};
EVENT_TYPE(pledge, changed, "质押变更", ON_KIND(pledge), 2, DECIDED, NO_DATE, "A pledge changes.",
           "质押变更。");

static const struct field_rule pledge_loan_repaid_rules[] = {
    FEN(amount_fen, MUST, "amount", "金额"),
    DATE(on, MUST, "the day it happened", "发生日"),
};
EVENT_TYPE(pledge, loan_repaid, "还款", ON_KIND(pledge), 1, DECIDED, FIELD_on,
           "Part of the loan is repaid.", "归还贷款。");

static const struct field_rule pledge_enforced_rules[] = {
    FEN(proceeds_fen, MUST, "proceeds", "变现所得"),
};
EVENT_TYPE(pledge, enforced, "质权实现", ON_KIND(pledge), 2, DECIDED, NO_DATE,
           "The pledge is enforced.", "实现质权。");

static const struct field_rule pledge_released_rules[] = {
    DATE(on, MUST, "the day it happened", "发生日"),
};
EVENT_TYPE(pledge, released, "质押解除", ON_KIND(pledge), 1, DECIDED, FIELD_on,
           "The pledge is released.", "解除质押。");
