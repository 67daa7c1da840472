/* An application for registration and its refusal: the clock of the registration office.
 *
 *   A1  A domestic seller applies; a buyer does where all sellers are abroad. Anybody else is
 *       taken, too, and flagged W_APPLICANT (ruling 39).
 *   A2  Applying moves no state: there may be a second application while the first is pending,
 *       after a refusal, or after a revocation.
 *   A3  What is registered, revoked or rejected already is not rejected (ruling 35). */

#include "daemon/ledger/registration.h"

#include <stdlib.h>

#include "daemon/ledger/calendar.h"
#include "daemon/ledger/contract.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/money.h"
#include "daemon/ledger/obligation.h"

#define SHORT_CLOCK 15
#define LONG_CLOCK 30
#define LONG_CLOCK_FEN INT64_C(500000000) /* 5 million yuan */

bool party_is_abroad(const struct facts *facts, uint32_t party, const struct viewpoint *view)
{
    int64_t value;
    if (attribute_at(facts, party, FIELD_region, view, &value)) {
        return slice_is(text_of(facts, (text_ref)value), "000000");
    }
    return attribute_at(facts, party, FIELD_kind, view, &value) && value == PARTY_KIND_overseas_org;
}

/* ---- the clock ---- */

static bool any_disputed(const struct facts *facts, uint32_t contract, const struct viewpoint *view)
{
    size_t count;
    bool disputed = false;
    uint32_t *list = obligation_list(facts, contract, view, &count);
    for (size_t i = 0; i < count && !disputed; i++) {
        struct obligation_figures figures;
        obligation_evaluate(facts, list[i], view, &figures);
        disputed = figures.disputed > 0;
    }
    free(list);
    return disputed;
}

/* In CNY by the rate of the day; what has no rate is not known to be large. */
static bool is_large(const struct facts *facts, uint32_t contract, int32_t on,
                     const struct viewpoint *view)
{
    const struct contract_row *row = contract_row_at(facts, contract, view);
    int64_t amount = registration_figures(facts, contract, view).tech_fen;
    char kind[8] = "fx:";
    int64_t rate = PPM_ONE;
    if (amount == AMOUNT_UNKNOWN) {
        amount = contract_total(facts, contract, view);
    }
    if (row == NULL || amount == AMOUNT_UNKNOWN) {
        return false;
    }
    const char *code = currency_code(row->currency);
    memcpy(kind + 3, code, 4);
    if (strcmp(code, "CNY") != 0 && !rate_at(facts, slice_text(kind), on, view, &rate)) {
        return false;
    }
    int128 fen = (int128)amount * rate / PPM_ONE;
    for (int exponent = currency_exponent(slice_text(code)); exponent < 2; exponent++) {
        fen *= 10;
    }
    return fen >= LONG_CLOCK_FEN;
}

int32_t registration_due(const struct facts *facts, uint32_t contract, int32_t on,
                         const struct viewpoint *view, int32_t *ret_days)
{
    bool longer = is_large(facts, contract, on, view) || any_disputed(facts, contract, view);
    int32_t day = on;
    *ret_days = longer ? LONG_CLOCK : SHORT_CLOCK;
    for (int32_t left = *ret_days; left > 0 && day < DAY_MAX; left--) {
        do {
            day++; /* the first day is not counted (Civil Code art 201) */
        } while (day < DAY_MAX && !working_day(facts, day, view));
    }
    return day;
}

/* ---- contract.registration_applied ---- */

static bool is_of(const struct facts *facts, struct list_ref list, uint32_t party)
{
    for (uint32_t i = 0; i < list.count; i++) {
        if (share_at(facts, list, i)->aggregate == party) {
            return true;
        }
    }
    return false;
}

/* A1 */
static bool may_apply(const struct deciding *deciding, uint32_t applicant)
{
    const struct facts *facts = deciding->facts;
    const struct contract_row *row = contract_row_at(facts, deciding->aggregate, &deciding->now);
    bool all_abroad = true;
    for (uint32_t i = 0; i < row->sellers.count; i++) {
        uint32_t seller = share_at(facts, row->sellers, i)->aggregate;
        all_abroad = all_abroad && party_is_abroad(facts, seller, &deciding->now);
    }
    if (all_abroad) {
        return is_of(facts, row->buyers, applicant);
    }
    return is_of(facts, row->sellers, applicant) &&
           !party_is_abroad(facts, applicant, &deciding->now);
}

/* The contract's table, and the day before which nothing of its registration holds. */
static enum status check_contract(struct deciding *deciding, uint8_t *ret_state)
{
    uint8_t next;
    int32_t since = DAY_NONE;
    enum status status =
        contract_state_check(deciding, deciding->aggregate, deciding->event->type_id, &next);
    if (status != STATUS_OK) {
        return status;
    }
    *ret_state = registration_state(deciding, &since);
    effect_valid(deciding, since);
    effect_valid(deciding,
                 contract_effect_day(deciding->facts, deciding->aggregate, &deciding->now));
    return STATUS_OK;
}

static enum status decide_applied(struct deciding *deciding)
{
    uint8_t state;
    uint32_t applicant;
    enum status status = check_contract(deciding, &state);
    if (status == STATUS_OK && state == REGISTRATION_REG) {
        return registration_refuse(deciding, STATUS_E_ALREADY_REGISTERED, state);
    }
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_party, FIELD_applicant, &applicant);
    }
    if (status == STATUS_OK && !may_apply(deciding, applicant)) {
        decide_flag(deciding, WARNING_APPLICANT);
    }
    return status;
}

static void fold_applied(struct folding *folding)
{
    text_ref agency = facts_text(folding->facts, field_text(folding->fields, FIELD_agency));
    uint32_t applicant = aggregate_find(folding->facts, KIND_party,
                                        field_text(folding->fields, FIELD_applicant), UINT64_MAX);
    struct registration_row *row = registration_row_fold(folding, REGISTRATION_APPLIED);
    row->agency = agency;
    row->applicant = applicant;
    row->reg_date = field_date(folding->fields, FIELD_on, DAY_NONE);
}

/* ---- contract.registration_rejected ---- */

static enum status decide_rejected(struct deciding *deciding)
{
    uint8_t state;
    enum status status = check_contract(deciding, &state);
    if (status == STATUS_OK && state != REGISTRATION_UNREG) {
        return registration_refuse(deciding, STATUS_E_ILLEGAL_STATE, state); /* A3 */
    }
    if (status == STATUS_OK) {
        effect_state(deciding, MACHINE_REGISTRATION, REGISTRATION_REJECTED, deciding->valid);
    }
    return status;
}

static void fold_rejected(struct folding *folding)
{
    text_ref reason = facts_text(folding->facts, field_text(folding->fields, FIELD_reason));
    registration_row_fold(folding, REGISTRATION_REFUSED)->agency = reason;
}

const struct handler application_handlers[] = {
    {TYPE_contract_registration_applied, decide_applied, fold_applied},
    {TYPE_contract_registration_rejected, decide_rejected, fold_rejected},
    {TYPE_NONE, NULL, NULL},
};
