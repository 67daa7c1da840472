/* Types of event: technologies, patents and open licences.
 *
 * What makes an open licence a contract (technology of one aggregate, contract of another) is the
 * ledger's business; here it is a technology's event. */

#include "proto/vocabulary_rules.h"

static const struct field_rule technology_published_rules[] = {
    FEN(ask_fen, MAY, "asking price", "挂牌价"),
    ENUM(ask_mode, pay_mode, MAY, "way of paying that is asked for", "意向支付方式"),
    ENUM(field, technology_field, MAY, "field of technology", "技术领域"),
    DATE(filed, MAY, "day of filing", "申请日"),
    DATE(granted, MAY, "day of the grant", "授权公告日"),
    TEXTS(inventors, PERSONAL, "inventors", "发明人"),
    ENUM(ip_kind, ip_kind, MUST, "kind of intellectual property", "知识产权类别"),
    STRUCTS(owners, party_share, MUST, "owners; shares sum to 1,000,000",
            "权利人及份额，合计 1,000,000"),
    TEXT(patent_no, MAY, "number of the patent or application", "专利号、申请号"),
    ENUM(program, program, MAY, "public programme it comes from", "计划来源"),
    TEXT(project, MAY, "project it comes from", "项目"),
    TEXT(title, MUST, "title", "名称"),
    INT(trl, 1, 9, MAY, "technology readiness level, 1 to 9", "技术就绪度（1–9）"),
};
EVENT_TYPE(technology, published, "成果发布", ON_KIND(technology), 1, DECIDED | CREATES, NO_DATE,
           "A technology or patent becomes known.", "登记一项成果或专利。");

static const struct field_rule technology_granted_rules[] = {
    DATE(expiry, MUST, "last day of the right", "权利届满日"),
    DATE(granted, MUST, "day of the grant", "授权公告日"),
    TEXT(patent_no, MUST, "number of the patent or application", "专利号、申请号"),
};
EVENT_TYPE(technology, granted, "授权公告", ON_KIND(technology), 2, DECIDED, NO_DATE,
           "A patent is granted.", "专利授权。");

static const struct field_rule technology_transferred_rules[] = {
    ID(contract, contract, MAY, "the contract", "合同"),
    ID(from, party, MUST, "party that gives the share", "转出方"),
    PPM(share_ppm, MUST, "share", "份额"),
    ID(to, party, MUST, "party that takes the share", "转入方"),
};
EVENT_TYPE(technology, transferred, "权属转移", ON_KIND(technology), 1, DECIDED, NO_DATE,
           "A share passes from one owner to another.", "份额由一权利人转给另一权利人。");

static const struct field_rule technology_lapsed_rules[] = {
    ENUM(reason, lapse_reason, MUST, "why it ended", "终止原因"),
};
EVENT_TYPE(technology, lapsed, "权利终止", ON_KIND(technology), 1, DECIDED, NO_DATE,
           "The right ends: fee CF01, expiry CX01, abandon AV01.",
           "权利终止：欠费 CF01、期满 CX01、放弃 AV01。");

EVENT_TYPE_BARE(technology, restored, "权利恢复", ON_KIND(technology), 2, DECIDED, NO_DATE,
                "A right that lapsed for a fee is restored.", "因欠费终止的权利恢复。");

static const struct field_rule technology_invalidated_rules[] = {
    DATE(decision_date, MUST, "day of the decision", "决定日"),
    BOOL(final, MAY, "no appeal is open", "已生效（不可再诉）"),
    ENUM(scope, invalidity_scope, MUST, "the whole right or part of it", "全部或部分"),
};
EVENT_TYPE(technology, invalidated, "宣告无效", ON_KIND(technology), 1, DECIDED,
           FIELD_decision_date,
           "The right is invalidated from its beginning; what was performed stands.",
           "权利自始无效，已履行的不受影响。");

static const struct field_rule technology_valued_rules[] = {
    FEN(amount_fen, MAY, "amount", "金额"),
    TEXT(appraiser, MAY, "who valued it", "评估机构"),
    ENUM(kind, valuation_kind, MAY, "valuation of a price or evaluation of merit", "估值或评价"),
    TEXT(method, MAY, "method of valuation", "评估方法"),
};
EVENT_TYPE(technology, valued, "价值评估", ON_KIND(technology), 2, DECIDED, NO_DATE,
           "A technology is valued or evaluated.", "对成果估值或评价。");

static const struct field_rule technology_rights_granted_rules[] = {
    TEXTS(persons, MUST | PERSONAL, "natural persons", "自然人"),
    PPM(revenue_share_ppm, MAY, "share of the revenue", "收益分成"),
    ENUM(right, right_kind, MUST, "right that is granted", "赋权类型"),
    PPM(share_ppm, MAY, "share", "份额"),
    INT(years, 1, 100, MAY, "years", "年数"),
};
EVENT_TYPE(technology, rights_granted, "赋权", ON_KIND(technology), 2, DECIDED, NO_DATE,
           "Persons are given ownership or long use.", "向科研人员赋予所有权或长期使用权。");

static const struct field_rule technology_separately_managed_rules[] = {
    TEXT(book, MUST, "book in which the asset is kept apart", "单列台账"),
};
EVENT_TYPE(technology, separately_managed, "单列管理", ON_KIND(technology), 2, DECIDED, NO_DATE,
           "The asset is kept in a book of its own.", "资产单列管理。");

static const struct field_rule technology_entrusted_rules[] = {
    ID(contract, contract, MAY, "the contract", "合同"),
    BOOL(exclusive, MAY, "nobody else may operate it", "独家"),
    DATE(from, MUST, "first day", "起始日"),
    ID(operator, party, MUST, "who operates it", "运营方"),
    PPM(revenue_share_ppm, MAY, "share of the revenue", "收益分成"),
    TEXT(scope, MAY, "scope", "范围"),
    DATE(to, MAY, "last day, inclusive", "截止日（含）"),
};
EVENT_TYPE(technology, entrusted, "受托运营", ON_KIND(technology), 2, DECIDED, NO_DATE,
           "An operator takes it under management.", "委托运营开始。");

static const struct field_rule technology_entrustment_ended_rules[] = {
    ID(operator, party, MUST, "who operates it", "运营方"),
    TEXT(scope, MAY, "scope", "范围"),
};
EVENT_TYPE(technology, entrustment_ended, "受托结束", ON_KIND(technology), 2, DECIDED, NO_DATE,
           "Management by an operator ends.", "委托运营结束。");

static const struct field_rule technology_commercialized_rules[] = {
    ID(contract, contract, MAY, "the contract", "合同"),
    ENUM(mode, conversion_mode, MUST, "way of conversion", "转化方式"),
    ENUM(status, conversion_status, MAY, "status", "状态"),
};
EVENT_TYPE(technology, commercialized, "实施转化", ON_KIND(technology), 2, DECIDED, NO_DATE,
           "It is put to use.", "成果实施转化。");

static const struct field_rule technology_updated_rules[] = {
    CHANGES(changed, technology_changes, MUST, "attributes that change, at least one",
            "变更的属性，至少一项"),
};
EVENT_TYPE(technology, updated, "成果变更", ON_KIND(technology), 1, DECIDED, NO_DATE,
           "Attributes of a technology change from the effective date on.",
           "成果属性自生效日起变更。");

static const struct field_rule technology_fee_paid_rules[] = {
    FEN(amount_fen, MUST, "amount", "金额"),
    DATE(on, MUST, "the day it happened", "发生日"),
    INT(year, 1, 2199, MUST, "year", "年度"),
};
EVENT_TYPE(technology, fee_paid, "年费缴纳", ON_KIND(technology), 1, DECIDED, FIELD_on,
           "An annual fee is paid.", "缴纳年费。");

static const struct field_rule open_license_declared_rules[] = {
    ENUM(fee_mode, fee_mode, MUST, "how the open licence is paid", "许可使用费方式"),
    FEN(fixed_fen, MAY, "fixed fee", "固定费用"),
    BOOL(pledgee_consent, MAY, "the pledgee has consented", "质权人已同意"),
    TEXT(report_no, MAY, "number of the evaluation report", "评价报告号"),
    STRUCT(royalty, open_royalty, MAY, "declared royalty", "声明的提成"),
    DATE(term_end, MUST, "last day of the term", "期限止日"),
};
EVENT_TYPE(open_license, declared, "开放许可声明", ON_KIND(technology), 1, DECIDED, NO_DATE,
           "An open licence is offered to everybody.", "声明开放许可。");

static const struct field_rule open_license_withdrawn_rules[] = {
    DATE(notice_date, MUST, "day of the notice", "通知日"),
};
EVENT_TYPE(open_license, withdrawn, "声明撤回", ON_KIND(technology), 1, DECIDED, NO_DATE,
           "The offer ends; those who accepted keep their licence.",
           "撤回声明，已有被许可方不受影响。");

static const struct field_rule open_license_accepted_rules[] = {
    ID(contract_id, contract, MUST, "id of the contract that this creates", "由此成立的合同编号"),
    ID(licensee, party, MUST, "licensee", "被许可方"),
    DATE(notice_date, MUST, "day of the notice", "通知日"),
};
EVENT_TYPE(open_license, accepted, "接受开放许可", ON_KIND(technology), 1, DECIDED, NO_DATE,
           "A licensee accepts; this makes a contract.", "被许可方接受声明，合同成立。");
