/* What an amendment or an update may change: maps of any field of these shapes.
 *
 * What identifies a contract (its sides, currency, day) and its obligations are not among them:
 * sides move by novation, obligations by their own events. */

#include "proto/vocabulary_rules.h"

static const struct field_rule party_changes_rules[] = {
    TEXTS(aliases, PERSONAL, "other names, former names", "别名、曾用名"),
    TEXT_AS(country, DIGITS3, MAY, "country code, three digits; 156 is China",
            "国别代码（三位数字）"),
    BOOL(hi_tech, MAY, "recognised high-tech enterprise", "高新技术企业"),
    ENUM(kind, party_kind, MAY, "kind of party, where the legal code is not known",
         "主体类别（法人代码未知时）"),
    TEXT_AS(legal_code, LEGAL_CODE, MAY, "legal code of the registration form, three digits",
            "登记表法人代码（三位）"),
    TEXT(name, PERSONAL, "name", "名称"),
    ID(parent, party, MAY, "party that it belongs to", "上级主体"),
    REGION(region, MAY, "six digits of GB/T 2260; 000000 abroad",
           "行政区划代码（六位），境外 000000"),
    ENUM(size, party_size, MAY, "size of the enterprise", "企业规模"),
    BOOL(sme_tech, MAY, "technology-based small or medium enterprise", "科技型中小企业"),
    TEXT(staff_no, PERSONAL, "staff number", "工号"),
    USCC(uscc, MAY, "unified social credit code, 18 characters", "统一社会信用代码（18 位）"),
    TEXT(zone, MAY, "development zone", "园区"),
};
SHAPE(party_changes, "PartyChanges");

static const struct field_rule technology_changes_rules[] = {
    FEN(ask_fen, MAY, "asking price", "挂牌价"),
    ENUM(ask_mode, pay_mode, MAY, "way of paying that is asked for", "意向支付方式"),
    ENUM(field, technology_field, MAY, "field of technology", "技术领域"),
    DATE(filed, MAY, "day of filing", "申请日"),
    DATE(granted, MAY, "day of the grant", "授权公告日"),
    TEXTS(inventors, PERSONAL, "inventors", "发明人"),
    TEXT(patent_no, MAY, "number of the patent or application", "专利号、申请号"),
    ENUM(program, program, MAY, "public programme it comes from", "计划来源"),
    TEXT(project, MAY, "project it comes from", "项目"),
    TEXT(title, MAY, "title", "名称"),
    INT(trl, 1, 9, MAY, "technology readiness level, 1 to 9", "技术就绪度（1–9）"),
};
SHAPE(technology_changes, "TechnologyChanges");

static const struct field_rule contract_changes_rules[] = {
    TEXT(contract_no, MAY, "number printed on the contract", "合同文本编号"),
    TEXT(department, MAY, "department that handles it", "经办部门"),
    STRUCT(effect, effect, MAY, "expected effect on which a fee depends", "约定的预期效果"),
    ENUM(field, technology_field, MAY, "field of technology", "技术领域"),
    ENUM(grant, grant_kind, MAY, "kind of licence; ordinary when silent", "许可方式，未约定为普通"),
    IDS(guarantors, party, MAY, "guarantors", "担保方"),
    ENUM(ip_kind, ip_kind, MAY, "kind of intellectual property", "知识产权类别"),
    STRUCT(late, late_term, MAY, "late interest; absent: none", "逾期利息约定；缺省为无"),
    STRUCTS(milestones, milestone, MAY, "milestones of the contract", "里程碑"),
    ENUM(on_invalid, on_invalid, MAY, "what happens to later dues when the right is invalidated",
         "权利无效后的处理"),
    ID(operator, party, MAY, "who operates it", "运营方"),
    ID(parent, contract, MAY, "framework contract", "所属框架合同"),
    ENUM(pay_mode, pay_mode, MAY, "way of paying", "支付方式"),
    BOOL(pledgee_consent, MAY, "the pledgee has consented", "质权人已同意"),
    ENUM(program, program, MAY, "public programme it comes from", "计划来源"),
    TEXTS(refs, MAY, "other numbers under which it is known", "其他编号"),
    ENUM(round, rounding, MAY, "rounding; half_up by default", "舍入方式，默认四舍五入"),
    STRUCT(royalty, royalty_term, MAY, "royalty terms", "提成条款"),
    ENUM(subtype, contract_subtype, MAY, "subtype of the contract", "合同子类"),
    MAP_FREE(tags, MAY, "own labels: name = value", "自定义标签"),
    IDS(technologies, technology, MAY, "technologies", "技术成果"),
    DATE(term_end, MAY, "last day of the term", "期限止日"),
    DATE(term_start, MAY, "first day of the term", "期限起日"),
    TEXT(territory, MAY, "territory", "地域范围"),
    TEXT(title, MAY, "title", "名称"),
    ENUM(total_basis, total_basis, MAY, "how firm the total is", "总额性质"),
    FEN(total_fen, MAY, "total", "总额"),
    STRUCT(trial, trial, MAY, "free trial", "试用条款"),
    ENUM(type, contract_type, MAY, "type of contract", "合同类别"),
};
SHAPE(contract_changes, "ContractChanges");

static const struct field_rule policy_changes_rules[] = {
    ID(beneficiary, party, MAY, "who is paid by the insurer", "受益人"),
    IDS(contracts, contract, MAY, "contracts covered", "所涉合同"),
    PPM(cover_ppm, MAY, "share of the loss that is paid", "赔付比例"),
    FEN(deductible_fen, MAY, "loss that the insured bears", "免赔额"),
    DATE(from, MAY, "first day", "起始日"),
    IDS(insured, party, MAY, "insured parties", "被保险人"),
    FEN(premium_fen, MAY, "premium", "保费"),
    FEN(subsidy_fen, MAY, "premium borne by a public body", "保费补贴"),
    FEN(sum_fen, MAY, "sum insured", "保险金额"),
    IDS(technologies, technology, MAY, "technologies", "技术成果"),
    DATE(to, MAY, "last day, inclusive", "截止日（含）"),
};
SHAPE(policy_changes, "PolicyChanges");
