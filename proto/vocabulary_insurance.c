/* Types of event: policies and claims.
 *
 * A claim's determination, adjustment and payment are separate facts by separate parties. */

#include "proto/vocabulary_rules.h"

static const struct field_rule policy_bound_rules[] = {
    ID(beneficiary, party, MAY, "who is paid by the insurer", "受益人"),
    IDS(contracts, contract, MAY, "contracts covered", "所涉合同"),
    PPM(cover_ppm, MUST, "share of the loss that is paid", "赔付比例"),
    FEN(deductible_fen, MAY, "loss that the insured bears", "免赔额"),
    DATE(from, MUST, "first day", "起始日"),
    ID(holder, party, MUST, "policy holder", "投保人"),
    IDS(insured, party, MUST, "insured parties", "被保险人"),
    ID(insurer, party, MUST, "insurer", "保险人"),
    FEN(premium_fen, MUST, "premium", "保费"),
    ENUM(product, policy_product, MUST, "insurance product", "险种"),
    FEN(subsidy_fen, MAY, "premium borne by a public body", "保费补贴"),
    FEN(sum_fen, MUST, "sum insured", "保险金额"),
    IDS(technologies, technology, MAY, "technologies", "技术成果"),
    DATE(to, MUST, "last day, inclusive", "截止日（含）"),
};
EVENT_TYPE(policy, bound, "承保", ON_KIND(policy), 1, DECIDED | CREATES | FUTURE, NO_DATE,
           "An insurance policy is bound.", "承保。");

static const struct field_rule policy_endorsed_rules[] = {
    CHANGES(changes, policy_changes, MUST, "terms that change, at least one",
            "变更的条款，至少一项"),
};
EVENT_TYPE(policy, endorsed, "批改", ON_KIND(policy), 2, DECIDED | FUTURE, NO_DATE,
           "Terms of a policy change.", "批改保单。");

static const struct field_rule policy_cancelled_rules[] = {
    DATE(on, MUST, "the day it happened", "发生日"),
    FEN(refund_fen, MAY, "premium refunded", "退还保费"),
};
EVENT_TYPE(policy, cancelled, "退保", ON_KIND(policy), 2, DECIDED | FUTURE, FIELD_on,
           "A policy is cancelled.", "退保。");

static const struct field_rule claim_filed_rules[] = {
    ID(claim_id, claim, MAY, "the claim; may be left out, agg holds it", "索赔编号，可省略"),
    DATE(event_date, MUST, "day of the insured event", "出险日"),
    FEN(loss_fen, MUST, "loss claimed", "索赔损失金额"),
    ID(policy, policy, MUST, "the policy", "保单"),
};
EVENT_TYPE(claim, filed, "索赔", ON_KIND(claim), 1, DECIDED | CREATES, NO_DATE,
           "A loss is claimed.", "提出索赔。");

static const struct field_rule claim_determined_rules[] = {
    ID(by, party, MUST, "assessor", "认定方"),
    DATE(on, MUST, "the day it happened", "发生日"),
    ENUM(recognised_by, recognised_by, MUST, "who recognises the assessor", "认定方认可主体"),
    ENUM(verdict, claim_verdict, MUST, "what was found", "认定结论"),
};
EVENT_TYPE(claim, determined, "第三方认定", ON_KIND(claim), 1, DECIDED, FIELD_on,
           "A third party determines what happened.", "第三方认定。");

static const struct field_rule claim_adjusted_rules[] = {
    FEN(approved_fen, MUST, "amount that the insurer approves", "核定赔付金额"),
};
EVENT_TYPE(claim, adjusted, "核定", ON_KIND(claim), 1, DECIDED, NO_DATE,
           "The insurer approves an amount.", "核定赔付金额。");

static const struct field_rule claim_rejected_rules[] = {
    DATE(notice_date, MUST, "day of the notice", "通知日"),
    TEXT(reason, MUST, "reason", "原因"),
};
EVENT_TYPE(claim, rejected, "拒赔", ON_KIND(claim), 2, DECIDED, NO_DATE,
           "The insurer rejects the claim.", "拒赔。");

static const struct field_rule claim_paid_rules[] = {
    FEN(amount_fen, MUST, "amount", "金额"),
    DATE(on, MUST, "the day it happened", "发生日"),
    ID(payee, party, MUST, "who received the money", "收款方"),
    BOOL(subrogates, MAY, "the insurer takes over the claim", "取得代位求偿权"),
};
EVENT_TYPE(claim, paid, "赔付", ON_KIND(claim), 1, DECIDED, FIELD_on, "The insurer pays.",
           "赔付。");

static const struct field_rule claim_recovered_rules[] = {
    FEN(amount_fen, MUST, "amount", "金额"),
    ID(from, party, MUST, "party that paid it back", "被追偿方"),
};
EVENT_TYPE(claim, recovered, "追偿", ON_KIND(claim), 2, DECIDED, NO_DATE,
           "The insurer recovers money.", "追偿收回。");
