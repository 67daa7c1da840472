#ifndef ACCRUE_DAEMON_VIEW_AGENDA_H
#define ACCRUE_DAEMON_VIEW_AGENDA_H

/* What falls due or ends, from whatever knows a date: one function a source, one table.
 *
 *   G1  An entry is there while something is still to be done or watched, and goes when it is done;
 *       one whose date has passed stays, with negative days, until then.
 *   G2  Dates are rolled where the rule behind them rolls. */

#include "daemon/view/explain.h"
#include "daemon/view/query.h"

#define AGENDA_LIST(X)                                                                             \
    X(instalment, "a sum falls due", "款项到期")                                                   \
    X(conditional, "a sum that waits for a condition would fall due", "附条件款项届期")            \
    X(verdict, "the verdict on the effect is missing", "缺效果评价结论")                           \
    X(trial_end, "a trial ends and is undecided", "试用期届满待决定")                              \
    X(use_end, "use ends, as the trial was declined", "试用未转化，停止使用")                      \
    X(term_end, "a contract's term ends", "合同期满")                                              \
    X(policy_end, "an insurance policy ends", "保单到期")                                          \
    X(registration, "the office has to decide about an application", "登记申请审批届满")           \
    X(filing, "a licence has to be filed with the patent office", "许可备案期限届满")              \
    X(royalty_report, "a report on use is due", "提成使用报告到期")                                \
    X(open_license_end, "an open licence ends", "开放许可期限届满")                                \
    X(entrustment_end, "management by an operator ends", "托管期限届满")                           \
    X(annual_fee, "the next annual fee is due", "专利年费到期")                                    \
    X(claim_adjust, "a claim has to be adjusted", "理赔核定期限届满")                              \
    X(claim_pay, "an adjusted claim has to be paid", "赔款支付期限届满")                           \
    X(loan, "a pledged loan falls due", "质押贷款到期")

enum agenda_what {
#define X(name, en, zh) AGENDA_##name,
    AGENDA_LIST(X)
#undef X
        AGENDA_WHATS
};

struct agenda_entry {
    int32_t day;
    enum agenda_what what;
    uint32_t aggregate;  /* contract, policy, owner of an obligation … */
    uint32_t no;         /* of an obligation; 0: none */
    uint32_t obligation; /* with `no`: its index */
    const struct fact
        *from;        /* the one row that it is from; NULL: agenda_explain.c has its tables */
    uint64_t apart;   /* tells entries of one aggregate, day and kind apart; 0: there is one */
    uint32_t party;   /* who has to act; AGGREGATE_NONE */
    int64_t amount;   /* AMOUNT_UNKNOWN: none */
    uint8_t currency; /* with an amount */
};

struct agenda;

/* For sources: an entry, kept if it lies within what is asked for. */
void agenda_add(struct agenda *agenda, const struct agenda_entry *entry);

/* Last day that is asked for. */
int32_t agenda_until(const struct agenda *agenda);

typedef enum status agenda_source_fn(struct agenda *agenda, const struct query *query,
                                     struct fault *fault);
extern agenda_source_fn *const agenda_sources[]; /* ended by NULL */

/* The events behind an entry: of the sum, where it has one, else of what it stands for. */
void agenda_explain_entry(struct explanation *explanation, const struct agenda_entry *entry);

/* agenda_sources.c: does the obligation wait for the verdict on the contract's effect? */
bool agenda_waits_for_verdict(const struct query *query, uint32_t obligation);

/* agenda_rights.c, agenda_claims.c */
agenda_source_fn agenda_contract_rights;
agenda_source_fn agenda_open_licenses;
agenda_source_fn agenda_entrustments;
agenda_source_fn agenda_annual_fees;
agenda_source_fn agenda_claims;
agenda_source_fn agenda_loans;

#endif
