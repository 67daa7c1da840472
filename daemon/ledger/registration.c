/* Registration of a technology contract (认定登记): what the national statistics count.
 *
 *      UNREG ──registered──▶ REG ──changed──▶ REG ──revoked──▶ REVOKED ──registered──▶ REG
 *      UNREG ──rejected──▶ REJECTED ──registered──▶ REG
 *
 * Who makes each move: decide_registered(), decide_revoked(), and decide_rejected() in
 * registration_applied.c, where applications and their clock are, too.
 *
 *   R1  A number is used once, also by a registration that was revoked; a reversed one gives it
 *       back.
 *   R2  A party of a registered contract has a legal code and a region (ruling 35): the form asks
 *       for both, before registration they may be missing.
 *   R3  The figures are those of the form; what a change leaves out stays. */

#include "daemon/ledger/registration.h"
#include "daemon/ledger/calendar.h"
#include "daemon/ledger/contract.h"
#include "daemon/ledger/effects.h"

#define ABSENT 255

uint8_t registration_state(const struct deciding *deciding, int32_t *ret_since)
{
    return state_since(deciding->facts, MACHINE_REGISTRATION, deciding->aggregate, &deciding->now,
                       ret_since);
}

enum status registration_refuse(struct deciding *deciding, enum status code, uint8_t state)
{
    bool registered = state == REGISTRATION_REG;
    (void)fault_set(deciding->fault, code, "agg");
    fault_state(deciding->fault, machine_name(MACHINE_REGISTRATION),
                state_name(MACHINE_REGISTRATION, state));
    fault_legal(deciding->fault,
                registered ? "contract.registration_changed" : "contract.registered");
    if (registered) {
        fault_legal(deciding->fault, "contract.registration_revoked");
    }
    return code;
}

/* R2 */
static enum status check_party(struct deciding *deciding, uint32_t party)
{
    static const enum field_id needed[] = {FIELD_legal_code, FIELD_region};
    for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
        int64_t value;
        if (!attribute_at(deciding->facts, party, needed[i], &deciding->now, &value)) {
            char account[AGGREGATE_KIND_MAX + 1 + AGGREGATE_ID_MAX];
            size_t len = aggregate_text(deciding->facts, party, account, sizeof(account));
            (void)fault_set(deciding->fault, STATUS_E_MISSING_FIELD, NULL);
            fault_field_key(deciding->fault, slice_of(account, len));
            fault_field_key(deciding->fault, slice_text(field_name(needed[i])));
            fault_legal(deciding->fault, "party.updated");
            return STATUS_E_MISSING_FIELD;
        }
    }
    decide_touch(deciding, party);
    return STATUS_OK;
}

static enum status check_parties(struct deciding *deciding, struct list_ref list)
{
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < list.count; i++) {
        status = check_party(deciding, share_at(deciding->facts, list, i)->aggregate);
    }
    return status;
}

/* R1 */
static enum status check_number(struct deciding *deciding)
{
    const struct facts *facts = deciding->facts;
    uint32_t name = name_find(facts, NAME_REGISTRATION, field_text(deciding->fields, FIELD_reg_no));
    uint32_t at = name == UINT32_MAX ? NO_ROW : name_at(facts, name)->head;
    while (at != NO_ROW) {
        const struct registration_row *row = facts_row(facts, FACT_REGISTRATION, at - 1);
        if (fact_counts(&row->fact, &deciding->now)) {
            struct slice by = aggregate_id(facts, row->fact.key);
            (void)fault_set(deciding->fault, STATUS_E_REGNO_TAKEN, "data.reg_no");
            fault_detail(deciding->fault, "contract=%.*s", (int)by.len, (const char *)by.data);
            return STATUS_E_REGNO_TAKEN;
        }
        at = row->prev_number;
    }
    return STATUS_OK;
}

static enum status check_amounts(struct deciding *deciding, int64_t tech, int64_t total)
{
    if (tech == AMOUNT_UNKNOWN || total == AMOUNT_UNKNOWN || tech <= total) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_TECH_GT_TOTAL, "data.tech_fen");
    fault_detail(deciding->fault, "tech=%lld total=%lld", (long long)tech, (long long)total);
    return STATUS_E_TECH_GT_TOTAL;
}

/* ---- likeness: the same seller, buyer, title, amount and date under another number ---- */

static uint64_t mix(uint64_t hash, const void *bytes, size_t len)
{
    const uint8_t *at = bytes;
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ at[i]) * UINT64_C(0x100000001b3); /* FNV-1a */
    }
    return hash;
}

static uint64_t mix_number(uint64_t hash, int64_t value)
{
    uint8_t bytes[8];
    store_u64(bytes, (uint64_t)value);
    return mix(hash, bytes, sizeof(bytes));
}

static uint32_t first_of(const struct facts *facts, struct list_ref list)
{
    return list.count == 0 ? AGGREGATE_NONE : share_at(facts, list, 0)->aggregate;
}

uint64_t registration_likeness(const struct facts *facts, const struct contract_row *contract,
                               int64_t total_fen)
{
    struct slice title = text_of(facts, contract->title);
    uint64_t hash = mix(UINT64_C(0xcbf29ce484222325), title.data, title.len);
    hash = mix_number(hash, first_of(facts, contract->sellers));
    hash = mix_number(hash, first_of(facts, contract->buyers));
    hash = mix_number(hash, contract->sign_date);
    hash = mix_number(hash, total_fen);
    hash = (hash ^ hash >> 32) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 29;
}

static bool same_contract(const struct facts *facts, const struct contract_row *a,
                          const struct contract_row *b)
{
    return slice_equal(text_of(facts, a->title), text_of(facts, b->title)) &&
           first_of(facts, a->sellers) == first_of(facts, b->sellers) &&
           first_of(facts, a->buyers) == first_of(facts, b->buyers) && a->sign_date == b->sign_date;
}

static bool looks_registered(const struct deciding *deciding, const struct contract_row *mine,
                             int64_t total_fen)
{
    const struct facts *facts = deciding->facts;
    uint64_t likeness = registration_likeness(facts, mine, total_fen);
    uint32_t at = registrations_like(facts, likeness);
    while (at != NO_ROW) {
        const struct registration_row *row = facts_row(facts, FACT_REGISTRATION, at - 1);
        at = row->prev_alike;
        const struct contract_row *other = contract_row_at(facts, row->fact.key, &deciding->now);
        bool live = fact_counts(&row->fact, &deciding->now) && row->fact.key != mine->fact.key &&
                    state_at(facts, MACHINE_REGISTRATION, row->fact.key, &deciding->now) ==
                        REGISTRATION_REG;
        if (live && other != NULL && row->total_fen == total_fen &&
            same_contract(facts, mine, other)) {
            return true;
        }
    }
    return false;
}

/* Statistics are in CNY: another currency needs the rate in force on the day (domain 4.2). */
static void flag_rate(struct deciding *deciding, const struct contract_row *contract)
{
    const char *code = currency_code(contract->currency);
    char kind[8] = "fx:";
    int64_t ppm;
    if (strcmp(code, "CNY") == 0) {
        return;
    }
    memcpy(kind + 3, code, 4);
    if (!rate_at(deciding->facts, slice_text(kind), deciding->effective, &deciding->now, &ppm)) {
        decide_flag(deciding, WARNING_NO_RATE);
    }
}

/* ---- registered ---- */

static enum status check_state(struct deciding *deciding, bool must_be_registered)
{
    uint8_t next;
    int32_t since = DAY_NONE;
    enum status status =
        contract_state_check(deciding, deciding->aggregate, deciding->event->type_id, &next);
    if (status != STATUS_OK) {
        return status;
    }
    uint8_t state = registration_state(deciding, &since);
    bool registered = state == REGISTRATION_REG;
    if (must_be_registered != registered) {
        return registration_refuse(
            deciding, registered ? STATUS_E_ALREADY_REGISTERED : STATUS_E_NOT_REGISTERED, state);
    }
    effect_valid(deciding, since);
    effect_valid(deciding,
                 contract_effect_day(deciding->facts, deciding->aggregate, &deciding->now));
    return STATUS_OK;
}

static void expect_total(struct deciding *deciding)
{
    const struct contract_row *contract =
        contract_row_at(deciding->facts, deciding->aggregate, &deciding->now);
    totals_expect(deciding, TOTAL_REGISTERED, contract->currency,
                  field_int(deciding->fields, FIELD_total_fen, AMOUNT_UNKNOWN));
}

static enum status decide_registered(struct deciding *deciding)
{
    const struct fields *fields = deciding->fields;
    enum status status = check_state(deciding, false);
    if (status != STATUS_OK) {
        return status;
    }
    const struct contract_row *contract =
        contract_row_at(deciding->facts, deciding->aggregate, &deciding->now);
    int64_t total = field_int(fields, FIELD_total_fen, 0);
    status = check_parties(deciding, contract->sellers);
    if (status == STATUS_OK) {
        status = check_parties(deciding, contract->buyers);
    }
    if (status == STATUS_OK) {
        status = check_number(deciding);
    }
    if (status == STATUS_OK) {
        status = check_amounts(deciding, field_int(fields, FIELD_tech_fen, 0), total);
    }
    if (status != STATUS_OK) {
        return status;
    }
    flag_rate(deciding, contract);
    if (looks_registered(deciding, contract, total)) {
        decide_flag(deciding, WARNING_POSSIBLE_DUPLICATE);
    }
    effect_state(deciding, MACHINE_REGISTRATION, REGISTRATION_REG, deciding->valid);
    expect_total(deciding);
    return STATUS_OK;
}

struct registration_row *registration_row_fold(struct folding *folding,
                                               enum registration_action action)
{
    const struct fields *fields = folding->fields;
    struct registration_row *row = facts_add(folding->facts, FACT_REGISTRATION, folding->seq,
                                             folding->valid, folding->aggregate);
    row->action = (uint8_t)action;
    row->number = UINT32_MAX;
    row->applicant = AGGREGATE_NONE;
    row->reg_date = field_date(fields, FIELD_reg_date, DAY_NONE);
    row->total_fen = field_int(fields, FIELD_total_fen, AMOUNT_UNKNOWN);
    row->tech_fen = field_int(fields, FIELD_tech_fen, AMOUNT_UNKNOWN);
    row->equipment_fen = field_int(fields, FIELD_equipment_fen, AMOUNT_UNKNOWN);
    row->type = (uint8_t)field_enum(fields, FIELD_type, contract_type_names, ABSENT);
    row->pay_form = (uint8_t)field_enum(fields, FIELD_pay_form, pay_form_names, ABSENT);
    totals_add(folding->facts, FACT_REGISTRATION, &row->fact);
    return row;
}

static void fold_registered(struct folding *folding)
{
    struct facts *facts = folding->facts;
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    uint64_t index = facts_count(facts, FACT_REGISTRATION);
    struct registration_row *row = registration_row_fold(folding, REGISTRATION_REGISTERED);
    uint32_t name = name_make(facts, NAME_REGISTRATION, field_text(folding->fields, FIELD_reg_no));
    row->number = name;
    row->prev_number = name_at(facts, name)->head;
    name_at(facts, name)->head = (uint32_t)(index + 1);
    row->agency = facts_text(facts, field_text(folding->fields, FIELD_agency));
    row->likeness = registration_likeness(facts, contract_row_at(facts, folding->aggregate, &now),
                                          row->total_fen);
    registration_enter(facts, index);
}

/* ---- changed, revoked ---- */

struct registered_figures registration_figures(const struct facts *facts, uint32_t contract,
                                               const struct viewpoint *view)
{
    struct registered_figures figures = {AMOUNT_UNKNOWN, AMOUNT_UNKNOWN, ABSENT};
    uint32_t at;
    for (const struct registration_row *row =
             facts_first(facts, FACT_REGISTRATION, contract, view, &at);
         row != NULL; row = facts_next(facts, FACT_REGISTRATION, view, &at)) {
        if (figures.total_fen == AMOUNT_UNKNOWN) {
            figures.total_fen = row->total_fen;
        }
        if (figures.tech_fen == AMOUNT_UNKNOWN) {
            figures.tech_fen = row->tech_fen;
        }
        if (figures.type == ABSENT) {
            figures.type = row->type;
        }
        if (row->action == REGISTRATION_REGISTERED) {
            break; /* what an earlier registration said is over */
        }
    }
    return figures;
}

static enum status decide_changed(struct deciding *deciding)
{
    static const enum field_id changing[] = {FIELD_equipment_fen, FIELD_tech_fen, FIELD_total_fen,
                                             FIELD_type};
    const struct fields *fields = deciding->fields;
    bool any = false;
    enum status status = check_state(deciding, true);
    if (status != STATUS_OK) {
        return status;
    }
    for (size_t i = 0; i < sizeof(changing) / sizeof(changing[0]); i++) {
        any = any || field_present(fields, changing[i]);
    }
    if (!any) {
        (void)fault_set(deciding->fault, STATUS_E_BAD_FIELD, "data");
        fault_detail(deciding->fault, "nothing changes");
        return STATUS_E_BAD_FIELD;
    }
    struct registered_figures figures =
        registration_figures(deciding->facts, deciding->aggregate, &deciding->now);
    expect_total(deciding);
    return check_amounts(deciding, field_int(fields, FIELD_tech_fen, figures.tech_fen),
                         field_int(fields, FIELD_total_fen, figures.total_fen));
}

static void fold_changed(struct folding *folding)
{
    (void)registration_row_fold(folding, REGISTRATION_CHANGED);
}

static enum status decide_revoked(struct deciding *deciding)
{
    enum status status = check_state(deciding, true);
    if (status == STATUS_OK) {
        effect_state(deciding, MACHINE_REGISTRATION, REGISTRATION_REVOKED_STATE, deciding->valid);
    }
    return status;
}

static void fold_revoked(struct folding *folding)
{
    (void)registration_row_fold(folding, REGISTRATION_REVOKED);
}

const struct handler registration_handlers[] = {
    {TYPE_contract_registered, decide_registered, fold_registered},
    {TYPE_contract_registration_changed, decide_changed, fold_changed},
    {TYPE_contract_registration_revoked, decide_revoked, fold_revoked},
    {TYPE_NONE, NULL, NULL},
};
