#ifndef ACCRUE_DAEMON_LEDGER_CLAIM_H
#define ACCRUE_DAEMON_LEDGER_CLAIM_H

/* A claim as it stands at a viewpoint. Amounts are fen. */

#include "daemon/ledger/decide.h"

struct claim_figures {
    const struct claim_row *filed; /* NULL: there is no such claim there; all else is empty */
    uint8_t state;                 /* enum claim_state */
    uint8_t verdict;               /* of the determination; 255: none */
    int64_t approved;              /* AMOUNT_UNKNOWN: nothing adjusted */
    int64_t paid, recovered;
    int32_t determined_on, adjusted_on, first_adjusted_on, paid_on, rejected_on, notice_on;
};

void claim_evaluate(const struct facts *facts, uint32_t claim, const struct viewpoint *view,
                    struct claim_figures *ret_figures);

/* Approved and not paid yet; 0 for what is closed. */
int64_t claim_reserve(const struct claim_figures *figures);

/* The most that the policy pays for this claim (domain 5.8):
 * min(sum - paid on other claims, max(0, loss - deductible) x cover), by the terms in force on the
 * day of the event. */
int64_t claim_limit(const struct facts *facts, const struct claim_figures *figures,
                    const struct viewpoint *view);

/* Product of the claim's policy, enum policy_product. */
uint8_t claim_product(const struct facts *facts, const struct claim_figures *figures,
                      const struct viewpoint *view);

/* ---- for the handlers ---- */

enum claim_act {
    CLAIM_DETERMINE,
    CLAIM_ADJUST,
    CLAIM_REJECT,
    CLAIM_PAY,
    CLAIM_RECOVER,
    CLAIM_ACTS
};

/* May it come in the claim's state? *ret_next is the state that it leads to; E_CLOSED or
 * E_ILLEGAL_STATE say the state and what is legal in it. The claim's policy is touched. */
enum status claim_act_check(struct deciding *deciding, enum claim_act act,
                            struct claim_figures *ret_figures, uint8_t *ret_next);
struct claim_row *claim_step_add(struct folding *folding, enum claim_step step, int64_t amount);

#endif
