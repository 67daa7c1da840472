/* Types of event: the life of a contract.
 *
 * The fields of contract.signed are those of the written contract; whatever an amendment may
 * change of them is ContractChanges in vocabulary_shapes.c. */

#include "proto/vocabulary_rules.h"

static const struct field_rule contract_drafted_rules[] = {
    TEXT(contract_no, MAY, "number printed on the contract", "合同文本编号"),
    TEXT(department, MAY, "department that handles it", "经办部门"),
    FEN(est_fen, MAY, "estimated amount", "预计金额"),
    IDS(guarantors, party, MAY, "guarantors", "担保方"),
    ID(operator, party, MAY, "who operates it", "运营方"),
    IDS(parties, party, MAY, "parties that negotiate", "洽谈各方"),
    BOOL(pledgee_consent, MAY, "the pledgee has consented", "质权人已同意"),
    TEXTS(refs, MAY, "other numbers under which it is known", "其他编号"),
    MAP_FREE(tags, MAY, "own labels: name = value", "自定义标签"),
    TEXT(territory, MAY, "territory", "地域范围"),
    TEXT(title, MAY, "title", "名称"),
    ENUM(type, contract_type, MAY, "type of contract", "合同类别"),
};
EVENT_TYPE(contract, drafted, "洽谈", ON_KIND(contract), 2, DECIDED | CREATES, NO_DATE,
           "A contract is being negotiated; nothing is owed.", "合同洽谈中，尚无权利义务。");

static const struct field_rule contract_signed_rules[] = {
    STRUCTS(buyers, party_share, MUST, "buyers or licensees; shares sum to 1,000,000",
            "买方及份额，合计 1,000,000"),
    TEXT(contract_no, MAY, "number printed on the contract", "合同文本编号"),
    CURRENCY(currency, MUST, "currency, ISO 4217", "币种"),
    TEXT(department, MAY, "department that handles it", "经办部门"),
    STRUCT(effect, effect, MAY, "expected effect on which a fee depends", "约定的预期效果"),
    ENUM(effective_rule, effective_rule, MUST, "when the contract takes effect", "生效方式"),
    ENUM(field, technology_field, MUST, "field of technology", "技术领域"),
    ENUM(grant, grant_kind, MAY, "kind of licence; ordinary when silent", "许可方式，未约定为普通"),
    IDS(guarantors, party, MAY, "guarantors", "担保方"),
    ENUM(ip_kind, ip_kind, MUST, "kind of intellectual property", "知识产权类别"),
    STRUCT(late, late_term, MAY, "late interest; absent: none", "逾期利息约定；缺省为无"),
    STRUCTS(milestones, milestone, MAY, "milestones of the contract", "里程碑"),
    STRUCTS(obligations, obligation_term, MAY, "sums that are owed", "款项"),
    ENUM(on_invalid, on_invalid, MAY, "what happens to later dues when the right is invalidated",
         "权利无效后的处理"),
    ID(operator, party, MAY, "who operates it", "运营方"),
    ENUM(origin, origin, MAY, "how the contract came about", "合同来源"),
    TEXT(origin_ref, MAY, "the match, pool or listing it comes from", "来源编号"),
    ID(parent, contract, MAY, "framework contract", "所属框架合同"),
    ENUM(pay_mode, pay_mode, MUST, "way of paying", "支付方式"),
    BOOL(pledgee_consent, MAY, "the pledgee has consented", "质权人已同意"),
    ENUM(program, program, MAY, "public programme it comes from", "计划来源"),
    TEXTS(refs, MAY, "other numbers under which it is known", "其他编号"),
    ENUM(round, rounding, MAY, "rounding; half_up by default", "舍入方式，默认四舍五入"),
    STRUCT(royalty, royalty_term, MAY, "royalty terms", "提成条款"),
    STRUCTS(sellers, party_share, MUST, "sellers or licensors; shares sum to 1,000,000",
            "卖方及份额，合计 1,000,000"),
    DATE(sign_date, MUST, "day of signing", "签订日"),
    ENUM(subtype, contract_subtype, MAY, "subtype of the contract", "合同子类"),
    MAP_FREE(tags, MAY, "own labels: name = value", "自定义标签"),
    IDS(technologies, technology, MAY, "technologies", "技术成果"),
    DATE(term_end, MAY, "last day of the term", "期限止日"),
    DATE(term_start, MUST, "first day of the term", "期限起日"),
    TEXT(territory, MAY, "territory", "地域范围"),
    TEXT(title, MUST, "title", "名称"),
    ENUM(total_basis, total_basis, MUST, "how firm the total is", "总额性质"),
    FEN(total_fen, NULLABLE, "total; null or absent: not known yet", "总额；null 或缺省为未定"),
    STRUCT(trial, trial, MAY, "free trial", "试用条款"),
    ENUM(type, contract_type, MUST, "type of contract", "合同类别"),
};
EVENT_TYPE(contract, signed, "签订", ON_KIND(contract), 1, DECIDED | CREATES, FIELD_sign_date,
           "A contract is signed.", "签订合同。");

static const struct field_rule contract_took_effect_rules[] = {
    TEXT(reason, MAY, "reason", "原因"),
};
EVENT_TYPE(contract, took_effect, "生效", ON_KIND(contract), 2, DECIDED, NO_DATE,
           "A signed contract takes effect.", "合同生效。");

static const struct field_rule contract_amended_rules[] = {
    TEXT(amend_no, MUST, "number of the amendment", "变更协议编号"),
    CHANGES(changes, contract_changes, MUST, "terms that change, at least one",
            "变更的条款，至少一项"),
    FEN_SIGNED(delta_total_fen, MAY, "change of the contract's total", "合同总额增减"),
    STRUCT(obligations, obligation_changes, MAY, "obligations that are added, cancelled, replaced",
           "新增、取消、替换的款项"),
};
EVENT_TYPE(contract, amended, "变更", ON_KIND(contract), 1, DECIDED | FUTURE, NO_DATE,
           "Terms change by agreement.", "协议变更条款。");

static const struct field_rule contract_novated_rules[] = {
    ID(from, party, MUST, "party that leaves", "退出方"),
    ENUM(role, novation_role, MUST, "side that changes", "变更方"),
    ID(to, party, MUST, "party that takes its place", "承继方"),
};
EVENT_TYPE(contract, novated, "概括转让", ON_KIND(contract), 2, DECIDED, NO_DATE,
           "One side is taken over by another party, open obligations with it.",
           "合同一方概括转让，未清款项随之转移。");

static const struct field_rule contract_suspended_rules[] = {
    TEXT(reason, MAY, "reason", "原因"),
};
EVENT_TYPE(contract, suspended, "中止", ON_KIND(contract), 2, DECIDED, NO_DATE,
           "Performance is suspended.", "中止履行。");

static const struct field_rule contract_resumed_rules[] = {
    TEXT(reason, MAY, "reason", "原因"),
};
EVENT_TYPE(contract, resumed, "恢复", ON_KIND(contract), 2, DECIDED, NO_DATE,
           "Performance goes on.", "恢复履行。");

static const struct field_rule contract_completed_rules[] = {
    DATE(accepted_on, MAY, "day of acceptance", "验收日期"),
};
EVENT_TYPE(contract, completed, "履行完毕", ON_KIND(contract), 1, DECIDED, FIELD_accepted_on,
           "The contract is performed; what is owed stays owed.", "履行完毕，未清款项仍应支付。");

static const struct field_rule contract_terminated_rules[] = {
    ENUM(basis, termination_basis, MUST, "ground", "解除事由"),
    ID(by, party, MAY, "party that ends it", "解除方"),
    DATE(eff_date, MUST, "day on which the contract ends", "解除生效日"),
    DATE(notice_date, MAY, "day of the notice", "通知日"),
};
EVENT_TYPE(contract, terminated, "解除", ON_KIND(contract), 1, DECIDED | FUTURE, FIELD_eff_date,
           "The contract is ended before its time.", "提前解除合同。");

static const struct field_rule contract_voided_rules[] = {
    DATE(date, MUST, "day of the ruling", "裁判日"),
    TEXT(ruling, MUST, "ruling or decision", "裁判文书"),
};
EVENT_TYPE(contract, voided, "无效", ON_KIND(contract), 2, DECIDED, FIELD_date,
           "A court or body finds it void.", "合同被认定无效或撤销。");
