/* contract.filed: a licence is filed with the patent office, EE01, changed, EM01, or taken back,
 * EC01 (implementing rules of the Patent Law, 2023, rule 15).
 *
 *   F1  A licence is filed within three months after it took effect; the last day rolls. Later is
 *       accepted and flagged W_LATE_FILING; changes and cancellations have no such clock.
 *   F2  Filings are attributes of the contract: the latest says how it stands with the office. */

#include "daemon/ledger/filing.h"
#include "daemon/ledger/attributes.h"
#include "daemon/ledger/calendar.h"
#include "daemon/ledger/contract.h"
#include "daemon/ledger/effects.h"

#define FILING_MONTHS 3

int32_t filing_due(const struct facts *facts, uint32_t contract, const struct viewpoint *view)
{
    int32_t effect = contract_effect_day(facts, contract, view);
    return effect == DAY_NONE ? DAY_NONE
                              : roll_following(facts, add_months(effect, FILING_MONTHS), view);
}

static enum status decide_filed(struct deciding *deciding)
{
    uint8_t next;
    enum status status =
        contract_state_check(deciding, deciding->aggregate, TYPE_contract_filed, &next);
    if (status != STATUS_OK) {
        return status;
    }
    effect_valid(deciding,
                 contract_effect_day(deciding->facts, deciding->aggregate, &deciding->now));
    int action = field_enum(deciding->fields, FIELD_action, filing_action_names, -1);
    int32_t due = filing_due(deciding->facts, deciding->aggregate, &deciding->now);
    if (action == FILING_ACTION_effective && due != DAY_NONE && deciding->effective > due) {
        decide_flag(deciding, WARNING_LATE_FILING); /* F1 */
    }
    return STATUS_OK;
}

static void fold_filed(struct folding *folding)
{
    attributes_fold(folding, &folding->event->type->data, folding->fields, NULL);
}

const struct handler filing_handlers[] = {
    {TYPE_contract_filed, decide_filed, fold_filed},
    {TYPE_NONE, NULL, NULL},
};
