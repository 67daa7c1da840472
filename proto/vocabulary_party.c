/* Types of event: parties and what they are qualified for.
 *
 * An attribute that a pilot office does not have yet is no reason to refuse a party: legal code and
 * region are required only when it takes part in a registration, which the ledger checks. */

#include "proto/vocabulary_rules.h"

static const struct field_rule party_registered_rules[] = {
    TEXTS(aliases, PERSONAL, "other names, former names", "别名、曾用名"),
    TEXT_AS(country, DIGITS3, MAY, "country code, three digits; 156 is China",
            "国别代码（三位数字）"),
    BOOL(hi_tech, MAY, "recognised high-tech enterprise", "高新技术企业"),
    ENUM(kind, party_kind, ONE_OF, "kind of party, where the legal code is not known",
         "主体类别（法人代码未知时）"),
    TEXT_AS(legal_code, LEGAL_CODE, ONE_OF, "legal code of the registration form, three digits",
            "登记表法人代码（三位）"),
    TEXT(name, MUST | PERSONAL, "name; of a natural person: personal",
         "名称；自然人姓名属个人信息"),
    ID(parent, party, MAY, "party that it belongs to", "上级主体"),
    ID(party_id, party, MAY, "the party; may be left out, agg holds it", "主体编号，可省略"),
    REGION(region, MAY, "six digits of GB/T 2260; 000000 abroad",
           "行政区划代码（六位），境外 000000"),
    ENUM(size, party_size, MAY, "size of the enterprise", "企业规模"),
    BOOL(sme_tech, MAY, "technology-based small or medium enterprise", "科技型中小企业"),
    TEXT(staff_no, PERSONAL, "staff number", "工号"),
    USCC(uscc, MAY, "unified social credit code, 18 characters", "统一社会信用代码（18 位）"),
    TEXT(zone, MAY, "development zone", "园区"),
};
EVENT_TYPE(party, registered, "主体登记", ON_KIND(party), 1, DECIDED | CREATES, NO_DATE,
           "A party becomes known.", "登记一个主体。");

static const struct field_rule party_updated_rules[] = {
    CHANGES(changed, party_changes, MUST, "attributes that change, at least one",
            "变更的属性，至少一项"),
    ID(party_id, party, MAY, "the party; may be left out, agg holds it", "主体编号，可省略"),
};
EVENT_TYPE(party, updated, "主体变更", ON_KIND(party), 1, DECIDED, NO_DATE,
           "Attributes of a party change from the effective date on.", "主体属性自生效日起变更。");

static const struct field_rule party_merged_rules[] = {
    ID(survivor, party, MUST, "party that goes on", "存续主体"),
};
EVENT_TYPE(party, merged, "主体合并", ON_KIND(party), 2, DECIDED, NO_DATE,
           "The party goes on as another; its id becomes an alias.",
           "主体并入另一主体，原编号成为别名。");

static const struct field_rule party_accredited_rules[] = {
    DATE(from, MUST, "first day", "起始日"),
    TEXT(grade, MAY, "grade", "等级"),
    TEXT(kind, MUST,
         "tech_manager, transfer_body, broker, expert, patent_agency, poc_center, "
         "open_innovation_center, assessor, registry or another",
         "资质类别"),
};
EVENT_TYPE(party, accredited, "资质认定", ON_KIND(party), 2, DECIDED, FIELD_from,
           "A qualification begins.", "资质开始。");

static const struct field_rule party_accreditation_ended_rules[] = {
    TEXT(kind, MUST, "kind of qualification that ends", "终止的资质类别"),
    TEXT(reason, MAY, "reason", "原因"),
};
EVENT_TYPE(party, accreditation_ended, "资质终止", ON_KIND(party), 2, DECIDED, NO_DATE,
           "A qualification ends.", "资质终止。");
