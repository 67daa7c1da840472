/* Technologies: results, patents and who owns them.
 *
 *     LISTED                          what is no right of its own: know-how, software, others
 *     APPLIED ──granted──┐            a patent application
 *                        ▼
 *     IN_FORCE ◀──restored── LAPSED   only if it lapsed for a fee (Patent Law rules r. 6)
 *         │ └────lapsed───────▶│      fee CF01, expiry CX01, abandonment AV01
 *         └──────┬─────────────┘
 *           invalidated, whole
 *                ▼
 *             INVALID                 void from the beginning (Patent Law art 47)
 *
 *   T1  A patent is in force unless only a filing is known of it; expiry = filed + 20, 10 or 15
 *       years for invention, utility model, design (Patent Law art 42).
 *   T2  Shares are rows that add up; who gives a share must hold it (ruling 35).
 *   T3  A later event holds no earlier than the technology's publication. */

#include "daemon/ledger/technology.h"

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/attributes.h"
#include "daemon/ledger/calendar.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/merger.h"

static bool is_patent(int ip_kind)
{
    return ip_kind == IP_KIND_invention || ip_kind == IP_KIND_utility_model ||
           ip_kind == IP_KIND_design;
}

/* T1 */
static uint8_t first_state(const struct fields *fields)
{
    int ip_kind = field_enum(fields, FIELD_ip_kind, ip_kind_names, -1);
    bool granted = field_present(fields, FIELD_granted);
    if (ip_kind == IP_KIND_patent_application) {
        return TECHNOLOGY_APPLIED;
    }
    if (!is_patent(ip_kind)) {
        return granted ? TECHNOLOGY_IN_FORCE : TECHNOLOGY_LISTED;
    }
    bool only_filed =
        field_present(fields, FIELD_filed) && !granted && !field_present(fields, FIELD_patent_no);
    return only_filed ? TECHNOLOGY_APPLIED : TECHNOLOGY_IN_FORCE;
}

static int32_t years_of(int ip_kind)
{
    switch (ip_kind) {
    case IP_KIND_invention:
        return 20;
    case IP_KIND_utility_model:
        return 10;
    case IP_KIND_design:
        return 15;
    default:
        return 0;
    }
}

static enum status decide_published(struct deciding *deciding)
{
    enum status status = decide_share_parties(deciding, FIELD_owners);
    if (status == STATUS_OK) {
        status = decide_share_sum(deciding, FIELD_owners);
    }
    if (status == STATUS_OK) {
        effect_state(deciding, MACHINE_TECHNOLOGY, first_state(deciding->fields),
                     deciding->effective);
    }
    return status;
}

void technology_add_owner(struct folding *folding, uint32_t party, int32_t delta_ppm)
{
    struct owner_row *row =
        facts_add(folding->facts, FACT_OWNER, folding->seq, folding->valid, folding->aggregate);
    row->party = party;
    row->delta_ppm = delta_ppm;
}

static void fold_published(struct folding *folding)
{
    static const enum field_id owners[] = {FIELD_owners, FIELD_COUNT};
    const struct fields *fields = folding->fields;
    uint32_t left;
    struct share share;
    attributes_fold(folding, &folding->event->type->data, fields, owners);
    int32_t years = years_of(field_enum(fields, FIELD_ip_kind, ip_kind_names, -1));
    if (field_present(fields, FIELD_filed) && years > 0) {
        attribute_fold(folding, FIELD_expiry,
                       add_months(field_date(fields, FIELD_filed, DAY_NONE), 12 * years));
    }
    struct cursor in = shares_of(fields, FIELD_owners, &left);
    while (share_next(&in, &left, &share)) {
        uint32_t party = aggregate_find(folding->facts, KIND_party, share.party, UINT64_MAX);
        technology_add_owner(folding, party, (int32_t)share.ppm);
    }
}

int64_t technology_share(const struct facts *facts, uint32_t technology, uint32_t party,
                         const struct viewpoint *view)
{
    int64_t share = 0;
    uint32_t at;
    for (const struct owner_row *row = facts_first(facts, FACT_OWNER, technology, view, &at);
         row != NULL; row = facts_next(facts, FACT_OWNER, view, &at)) {
        share += party_same(facts, row->party, party, view) ? row->delta_ppm : 0;
    }
    return share;
}

struct technology_owner *technology_owners(const struct facts *facts, uint32_t technology,
                                           const struct viewpoint *view, uint32_t *ret_count)
{
    uint32_t at;
    uint32_t rows = 0;
    const struct owner_row *row = facts_first(facts, FACT_OWNER, technology, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_OWNER, view, &at)) {
        rows++;
    }
    struct technology_owner *owners = calloc(rows + 1, sizeof(*owners));
    INVARIANT(owners != NULL);
    uint32_t first = rows; /* the chain is newest first: filled from the end */
    for (row = facts_first(facts, FACT_OWNER, technology, view, &at); row != NULL;
         row = facts_next(facts, FACT_OWNER, view, &at)) {
        uint32_t i = first;
        while (i < rows && owners[i].party != row->party) {
            i++;
        }
        int32_t ppm = i < rows ? owners[i].ppm : 0;
        for (; i < rows && i > first; i--) { /* the older row says when he came to it */
            owners[i] = owners[i - 1];
        }
        first -= i < rows ? 0 : 1;
        owners[first] = (struct technology_owner){.party = row->party, .ppm = ppm + row->delta_ppm};
    }
    uint32_t count = 0;
    for (uint32_t i = first; i < rows; i++) {
        if (owners[i].party != AGGREGATE_NONE && owners[i].ppm > 0) {
            owners[count++] = owners[i];
        }
    }
    *ret_count = count;
    return owners;
}

int32_t technology_expiry(const struct facts *facts, uint32_t technology,
                          const struct viewpoint *view)
{
    int64_t expiry;
    return attribute_at(facts, technology, FIELD_expiry, view, &expiry) ? (int32_t)expiry
                                                                        : DAY_NONE;
}

void technology_hold(struct deciding *deciding)
{
    effect_valid(deciding,
                 aggregate_since(deciding->facts, deciding->aggregate, &deciding->now)); /* T3 */
}

/* The state; what moves it holds no earlier than it does. */
static uint8_t state_now(struct deciding *deciding)
{
    int32_t since;
    uint8_t state = state_since(deciding->facts, MACHINE_TECHNOLOGY, deciding->aggregate,
                                &deciding->now, &since);
    effect_valid(deciding, since);
    return state;
}

static enum status decide_transferred(struct deciding *deciding)
{
    const struct fields *fields = deciding->fields;
    uint32_t contract;
    uint32_t from;
    uint32_t to;
    technology_hold(deciding);
    enum status status = decide_reference_maybe(deciding, KIND_contract, FIELD_contract, &contract);
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_party, FIELD_from, &from);
    }
    if (status == STATUS_OK) {
        status = decide_reference(deciding, KIND_party, FIELD_to, &to);
    }
    if (status != STATUS_OK) {
        return status;
    }
    if (party_same(deciding->facts, from, to, &deciding->now)) {
        return fault_set(deciding->fault, STATUS_E_SELF_DEAL, "data.to");
    }
    int64_t held = technology_share(deciding->facts, deciding->aggregate, from, &deciding->now);
    int64_t share = field_int(fields, FIELD_share_ppm, 0);
    if (share > held) {
        (void)fault_set(deciding->fault, STATUS_E_AMOUNT_EXCEEDS, "data.share_ppm"); /* T2 */
        fault_detail(deciding->fault, "held_ppm=%lld given_ppm=%lld", (long long)held,
                     (long long)share);
        return STATUS_E_AMOUNT_EXCEEDS;
    }
    return STATUS_OK;
}

static void fold_transferred(struct folding *folding)
{
    int32_t share = (int32_t)field_int(folding->fields, FIELD_share_ppm, 0);
    technology_add_owner(folding, reference_fold(folding, KIND_party, FIELD_from), -share);
    technology_add_owner(folding, reference_fold(folding, KIND_party, FIELD_to), share);
}

bool technology_lapsed_for_fee(const struct deciding *deciding)
{
    int64_t reason;
    return attribute_at(deciding->facts, deciding->aggregate, FIELD_reason, &deciding->now,
                        &reason) &&
           reason == LAPSE_REASON_fee;
}

enum status technology_refuse(struct deciding *deciding, uint8_t state)
{
    (void)fault_set(deciding->fault, STATUS_E_ILLEGAL_STATE, "agg");
    fault_state(deciding->fault, machine_name(MACHINE_TECHNOLOGY),
                state_name(MACHINE_TECHNOLOGY, state));
    if (state == TECHNOLOGY_APPLIED) {
        fault_legal(deciding->fault, "technology.granted");
    }
    if (state == TECHNOLOGY_LAPSED && technology_lapsed_for_fee(deciding)) {
        fault_legal(deciding->fault, "technology.restored");
    }
    if (state == TECHNOLOGY_LAPSED || state == TECHNOLOGY_IN_FORCE) {
        fault_legal(deciding->fault, "technology.invalidated");
    }
    fault_legal(deciding->fault, "technology.updated");
    fault_legal(deciding->fault, "technology.transferred");
    return STATUS_E_ILLEGAL_STATE;
}

static enum status decide_granted(struct deciding *deciding)
{
    uint8_t state = state_now(deciding);
    if (state != TECHNOLOGY_APPLIED) {
        return technology_refuse(deciding, state);
    }
    if (field_date(deciding->fields, FIELD_expiry, DAY_MAX) <
        field_date(deciding->fields, FIELD_granted, DAY_MIN)) {
        return fault_set(deciding->fault, STATUS_E_DATE_ORDER, "data.expiry");
    }
    effect_state(deciding, MACHINE_TECHNOLOGY, TECHNOLOGY_IN_FORCE, deciding->valid);
    return STATUS_OK;
}

static void fold_granted(struct folding *folding)
{
    attributes_fold(folding, &folding->event->type->data, folding->fields, NULL);
}

static enum status decide_lapsed(struct deciding *deciding)
{
    uint8_t state = state_now(deciding);
    if (state != TECHNOLOGY_IN_FORCE) {
        return technology_refuse(deciding, state);
    }
    effect_state(deciding, MACHINE_TECHNOLOGY, TECHNOLOGY_LAPSED, deciding->valid);
    return STATUS_OK;
}

/* Why it lapsed decides whether it can come back. */
static void fold_lapsed(struct folding *folding)
{
    attributes_fold(folding, &folding->event->type->data, folding->fields, NULL);
}

static enum status decide_restored(struct deciding *deciding)
{
    uint8_t state = state_now(deciding);
    if (state != TECHNOLOGY_LAPSED || !technology_lapsed_for_fee(deciding)) {
        return technology_refuse(deciding, state);
    }
    effect_state(deciding, MACHINE_TECHNOLOGY, TECHNOLOGY_IN_FORCE, deciding->valid);
    return STATUS_OK;
}

/* Only a right can be invalidated, also one that has lapsed; part of it leaves the rest in force
 * (ruling 21). */
static enum status decide_invalidated(struct deciding *deciding)
{
    uint8_t state = state_now(deciding);
    if (state != TECHNOLOGY_IN_FORCE && state != TECHNOLOGY_LAPSED) {
        return technology_refuse(deciding, state);
    }
    int scope = field_enum(deciding->fields, FIELD_scope, invalidity_scope_names, -1);
    if (scope != INVALIDITY_SCOPE_whole) {
        return STATUS_OK;
    }
    effect_state(deciding, MACHINE_TECHNOLOGY, TECHNOLOGY_INVALID, deciding->valid);
    technology_stop_contracts(deciding, deciding->effective);
    return STATUS_OK;
}

static enum status decide_updated(struct deciding *deciding)
{
    technology_hold(deciding);
    return STATUS_OK;
}

/* T1: a corrected day of filing moves the expiry that follows from it; one that was granted stays
 * as it was granted. */
static void fold_expiry_again(struct folding *folding, const struct fields *changed)
{
    int64_t ip_kind;
    int64_t granted_until;
    struct viewpoint now = viewpoint_now(folding->facts, DAY_MAX);
    if (!field_present(changed, FIELD_filed) ||
        !attribute_at(folding->facts, folding->aggregate, FIELD_ip_kind, &now, &ip_kind) ||
        years_of((int)ip_kind) == 0) {
        return;
    }
    int64_t filed;
    bool follows =
        !attribute_at(folding->facts, folding->aggregate, FIELD_expiry, &now, &granted_until) ||
        (attribute_at(folding->facts, folding->aggregate, FIELD_filed, &now, &filed) &&
         granted_until == add_months((int32_t)filed, 12 * years_of((int)ip_kind)));
    if (follows) {
        attribute_fold(
            folding, FIELD_expiry,
            add_months(field_date(changed, FIELD_filed, DAY_NONE), 12 * years_of((int)ip_kind)));
    }
}

static void fold_updated(struct folding *folding)
{
    WRITTEN_FIRST struct fields changed; /* by fields_parse() */
    if (fields_parse(folding->fields->at[FIELD_changed], &changed)) {
        fold_expiry_again(folding, &changed);
        attributes_fold(folding, shape_rule(&folding->event->type->data, FIELD_changed)->shape,
                        &changed, NULL);
    }
}

const struct handler technology_handlers[] = {
    {TYPE_technology_published, decide_published, fold_published},
    {TYPE_technology_granted, decide_granted, fold_granted},
    {TYPE_technology_transferred, decide_transferred, fold_transferred},
    {TYPE_technology_lapsed, decide_lapsed, fold_lapsed},
    {TYPE_technology_restored, decide_restored, NULL},
    {TYPE_technology_invalidated, decide_invalidated, NULL},
    {TYPE_technology_updated, decide_updated, fold_updated},
    {TYPE_NONE, NULL, NULL},
};
