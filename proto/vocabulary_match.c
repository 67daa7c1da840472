/* Types of event: needs, introductions and commissions.
 *
 * A commission belongs to a contract or to a match; it says a rate or a fixed amount. */

#include "proto/vocabulary_rules.h"

static const struct field_rule need_published_rules[] = {
    BOOL(bounty, MAY, "open call with a bounty", "揭榜挂帅"),
    FEN(budget_fen, MAY, "budget", "预算"),
    ENUM(field, technology_field, MAY, "field of technology", "技术领域"),
    ID(party, party, MUST, "the party", "主体"),
    TEXT(text, MUST, "text", "内容"),
};
EVENT_TYPE(need, published, "需求发布", ON_KIND(need), 1, DECIDED | CREATES, NO_DATE,
           "Somebody looks for a technology.", "发布技术需求。");

static const struct field_rule need_closed_rules[] = {
    TEXT(reason, MAY, "reason", "原因"),
};
EVENT_TYPE(need, closed, "需求关闭", ON_KIND(need), 2, DECIDED, NO_DATE, "The need is closed.",
           "关闭需求。");

static const struct field_rule match_introduced_rules[] = {
    ID(broker, party, MAY, "intermediary", "中介方"),
    ID(buyer, party, MUST, "buyer or licensee", "买方（受让方、被许可方）"),
    ID(need, need, MAY, "the need", "需求"),
    ID(seller, party, MUST, "seller or licensor", "卖方（让与方、许可方）"),
    ID(technology, technology, MAY, "the technology", "技术成果"),
};
EVENT_TYPE(match, introduced, "撮合引荐", ON_KIND(match), 1, DECIDED | CREATES, NO_DATE,
           "Two parties are introduced.", "引荐双方。");

static const struct field_rule match_closed_rules[] = {
    FEN(amount_fen, MAY, "amount", "金额"),
    ID(contract, contract, MAY, "the contract", "合同"),
    ENUM(outcome, match_outcome, MUST, "result", "结果"),
};
EVENT_TYPE(match, closed, "对接结果", ON_KIND(match), 1, DECIDED, NO_DATE,
           "The introduction has a result.", "对接有了结果。");

static const struct field_rule commission_agreed_rules[] = {
    FEN(amount_fen, ONE_OF, "amount", "金额"),
    ENUM(basis, commission_basis, MUST, "what the rate applies to, or a fixed amount", "计佣基础"),
    ID(broker, party, MUST, "intermediary", "中介方"),
    FEN(cap_fen, MAY, "upper limit", "上限"),
    ID(contract, contract, MAY, "the contract", "合同"),
    ID(match, match, MAY, "the match", "对接"),
    STRUCTS(payers, party_share, MAY, "who bears the commission; halves by default",
            "佣金承担方，默认各半"),
    PPM(rate_ppm, ONE_OF, "rate", "比率"),
};
EVENT_TYPE(commission, agreed, "佣金约定", ON_CONTRACT_OR_MATCH, 1, DECIDED, NO_DATE,
           "A broker is promised a commission; by default each side bears half.",
           "约定佣金，默认双方各半。");
