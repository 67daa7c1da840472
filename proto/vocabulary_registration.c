/* Types of event: registration and filing of a contract.
 *
 * Totals that are unknown when a contract is registered come with registration_changed. */

#include "proto/vocabulary_rules.h"

static const struct field_rule contract_registration_applied_rules[] = {
    TEXT(agency, MUST, "registration office", "登记机构"),
    ID(applicant, party, MUST,
       "who applies: a domestic seller, or a buyer when all sellers are abroad",
       "申请人：境内卖方；卖方均在境外时为买方"),
    DATE(on, MUST, "the day it happened", "发生日"),
};
EVENT_TYPE(contract, registration_applied, "申请登记", ON_KIND(contract), 1, DECIDED, FIELD_on,
           "Registration is applied for; the clock of 15 or 30 working days starts.",
           "申请认定登记，15 或 30 个工作日起算。");

static const struct field_rule contract_registered_rules[] = {
    TEXT(agency, MUST, "registration office", "登记机构"),
    FEN(equipment_fen, MAY, "equipment, instruments, parts, raw material in the total",
        "设备、仪器、零部件、原材料金额"),
    ENUM(pay_form, pay_form, MAY, "way of paying on the registration form", "登记表支付方式"),
    DATE(reg_date, MUST, "day of registration", "登记日"),
    TEXT_AS(reg_no, REG_NO, MUST, "registration number, 14 or 16 digits",
            "登记编号（14 或 16 位）"),
    FEN(tech_fen, MUST, "part of the total paid for technology", "技术交易额"),
    FEN(total_fen, MUST, "total", "总额"),
    ENUM(type, contract_type, MUST, "type of contract", "合同类别"),
};
EVENT_TYPE(contract, registered, "认定登记", ON_KIND(contract), 1, DECIDED, FIELD_reg_date,
           "The contract is registered and counts in the statistics.", "认定登记，进入统计。");

static const struct field_rule contract_registration_rejected_rules[] = {
    TEXT(reason, MUST, "reason", "原因"),
};
EVENT_TYPE(contract, registration_rejected, "不予登记", ON_KIND(contract), 2, DECIDED, NO_DATE,
           "Registration is refused.", "不予登记。");

static const struct field_rule contract_registration_changed_rules[] = {
    FEN(equipment_fen, MAY, "equipment, instruments, parts, raw material in the total",
        "设备、仪器、零部件、原材料金额"),
    FEN(tech_fen, MAY, "part of the total paid for technology", "技术交易额"),
    FEN(total_fen, MAY, "total", "总额"),
    ENUM(type, contract_type, MAY, "type of contract", "合同类别"),
};
EVENT_TYPE(contract, registration_changed, "变更登记", ON_KIND(contract), 1, DECIDED, NO_DATE,
           "Registered figures change.", "变更登记内容。");

static const struct field_rule contract_registration_revoked_rules[] = {
    TEXT(reason, MUST, "reason", "原因"),
};
EVENT_TYPE(contract, registration_revoked, "注销登记", ON_KIND(contract), 1, DECIDED, NO_DATE,
           "The registration is cancelled.", "注销或撤销登记。");

static const struct field_rule contract_filed_rules[] = {
    ENUM(action, filing_action, MUST, "what is filed", "备案事项"),
    TEXT(filing_no, MUST, "number of the filing", "备案号"),
};
EVENT_TYPE(contract, filed, "许可备案", ON_KIND(contract), 2, DECIDED, NO_DATE,
           "A licence is filed: effective EE01, changed EM01, cancelled EC01.",
           "许可备案：生效 EE01、变更 EM01、注销 EC01。");
