/* What is accepted of contract.signed and flagged, since it breaks a policy and not the law of the
 * log (domain 2.1). All of them look at the technologies, as they were on the day of signing:
 *
 *   W_NO_TECHNOLOGY        a licence or transfer names none
 *   W_PATENT_NOT_IN_FORCE  lapsed, invalid or past its expiry; pending applications are fine
 *                          (technology contract interpretation art 29)
 *   W_BEYOND_TERM          the term runs past the expiry (Civil Code art 865)
 *   W_EXCLUSIVE_CONFLICT   an exclusive or sole licence, this or another live one, in the same
 *                          territory at the same time, and another licensee (art 866)
 *   W_PLEDGED              a licence or transfer of what is pledged, and the pledgee has not
 *                          consented (Civil Code art 444) */

#include "daemon/ledger/contract.h"
#include "daemon/ledger/pledge.h"
#include "daemon/ledger/technology.h"

/* ---- conflicts ---- */

/* One licence as far as conflicts go. */
struct licence {
    struct slice territory; /* empty: everywhere */
    int32_t from, to;       /* DAY_MAX: open */
    uint8_t grant;
    struct slice buyer; /* the only one, else empty */
};

static bool is_live(uint8_t state)
{
    return state == CONTRACT_SIGNED || state == CONTRACT_TRIAL || state == CONTRACT_ACTIVE ||
           state == CONTRACT_SUSP;
}

/* Ordinary when silent (interpretation art 25). */
static bool keeps_others_out(uint8_t grant)
{
    return grant == GRANT_KIND_exclusive || grant == GRANT_KIND_sole;
}

static bool conflict(const struct licence *a, const struct licence *b)
{
    bool apart =
        a->territory.len > 0 && b->territory.len > 0 && !slice_equal(a->territory, b->territory);
    bool meanwhile = a->from <= b->to && b->from <= a->to;
    bool same = a->buyer.len > 0 && slice_equal(a->buyer, b->buyer);
    return !apart && meanwhile && !same &&
           (keeps_others_out(a->grant) || keeps_others_out(b->grant));
}

static struct licence licence_signed_now(const struct deciding *deciding)
{
    const struct fields *fields = deciding->fields;
    uint32_t buyers;
    struct share buyer = {0};
    struct cursor in = shares_of(fields, FIELD_buyers, &buyers);
    bool only = buyers == 1;
    (void)share_next(&in, &buyers, &buyer);
    return (struct licence){
        .territory = field_text(fields, FIELD_territory),
        .from = field_date(fields, FIELD_term_start, deciding->effective),
        .to = field_date(fields, FIELD_term_end, DAY_MAX),
        .grant = (uint8_t)field_enum(fields, FIELD_grant, grant_kind_names, GRANT_KIND_ordinary),
        .buyer = only ? buyer.party : slice_of(NULL, 0),
    };
}

/* False if the contract is no live licence. */
static bool licence_of(const struct deciding *deciding, uint32_t contract, struct licence *ret)
{
    const struct facts *facts = deciding->facts;
    const struct viewpoint *now = &deciding->now;
    const struct contract_row *row = contract_row_at(facts, contract, now);
    if (row == NULL || row->drafted || !is_live(state_at(facts, MACHINE_CONTRACT, contract, now)) ||
        contract_term(facts, contract, FIELD_type, now, row->type) != CONTRACT_TYPE_license) {
        return false;
    }
    ret->territory = contract_term_bytes(facts, contract, FIELD_territory, now);
    ret->from = (int32_t)contract_term(facts, contract, FIELD_term_start, now, row->term_start);
    ret->to = (int32_t)contract_term(facts, contract, FIELD_term_end, now, row->term_end);
    ret->to = ret->to == DAY_NONE ? DAY_MAX : ret->to;
    ret->grant = (uint8_t)contract_term(facts, contract, FIELD_grant, now, row->grant);
    ret->buyer = row->buyers.count == 1
                     ? aggregate_id(facts, share_at(facts, row->buyers, 0)->aggregate)
                     : slice_of(NULL, 0);
    return true;
}

/* Contracts that name the technology are found by its touches; only so many are looked at, as a
 * flag is no reason to make an append slow. */
#define CONFLICT_TOUCHES_MAX REVERSAL_FACTS_MAX

static bool has_conflict(const struct deciding *deciding, uint32_t technology,
                         const struct licence *mine)
{
    const struct facts *facts = deciding->facts;
    uint32_t at = aggregate_at(facts, technology)->touch_head;
    for (uint32_t n = 0; at != NO_ROW && n < CONFLICT_TOUCHES_MAX; n++) {
        const struct touch_row *touch = touch_at(facts, at - 1);
        const struct event_row *event = event_row_at(facts, touch->seq);
        struct licence other;
        if (event->type == TYPE_contract_signed && event->aggregate != deciding->aggregate &&
            licence_of(deciding, event->aggregate, &other) && conflict(mine, &other)) {
            return true;
        }
        at = touch->prev;
    }
    return false;
}

uint32_t technology_exclusive_licence(const struct deciding *deciding, uint32_t technology,
                                      int32_t from, int32_t to)
{
    const struct facts *facts = deciding->facts;
    uint32_t at = aggregate_at(facts, technology)->touch_head;
    while (at != NO_ROW) {
        const struct touch_row *touch = touch_at(facts, at - 1);
        const struct event_row *event = event_row_at(facts, touch->seq);
        bool names = event->type == TYPE_contract_signed || event->type == TYPE_contract_amended;
        struct licence other;
        if (names && licence_of(deciding, event->aggregate, &other) &&
            keeps_others_out(other.grant) && other.from <= to && from <= other.to &&
            technology_named_by(facts, technology, event->aggregate, &deciding->now)) {
            return event->aggregate;
        }
        at = touch->prev;
    }
    return AGGREGATE_NONE;
}

/* ---- each technology ---- */

static void flag_right(struct deciding *deciding, uint32_t technology)
{
    const struct facts *facts = deciding->facts;
    int32_t sign_date = deciding->effective;
    int32_t term_end = field_date(deciding->fields, FIELD_term_end, DAY_NONE);
    struct viewpoint then = viewpoint_now(facts, sign_date);
    uint8_t state = state_at(facts, MACHINE_TECHNOLOGY, technology, &then);
    int64_t expiry = DAY_MAX;
    (void)attribute_at(facts, technology, FIELD_expiry, &deciding->now, &expiry);
    if (state == TECHNOLOGY_LAPSED || state == TECHNOLOGY_INVALID || expiry < sign_date) {
        decide_flag(deciding, WARNING_PATENT_NOT_IN_FORCE);
    }
    if (term_end != DAY_NONE && expiry < term_end) {
        decide_flag(deciding, WARNING_BEYOND_TERM);
    }
}

static bool is_pledged(const struct deciding *deciding, uint32_t technology)
{
    struct viewpoint then = viewpoint_now(deciding->facts, deciding->effective);
    return technology_pledged(deciding->facts, technology, &then);
}

void contract_flags(struct deciding *deciding)
{
    uint32_t left = 0;
    struct licence mine = licence_signed_now(deciding);
    struct cursor in = shares_of(deciding->fields, FIELD_technologies, &left);
    int type = field_enum(deciding->fields, FIELD_type, contract_type_names, -1);
    bool licence = type == CONTRACT_TYPE_license;
    bool disposes = licence || type == CONTRACT_TYPE_transfer;
    bool consented = field_bool(deciding->fields, FIELD_pledgee_consent);
    if (left == 0 && disposes) {
        decide_flag(deciding, WARNING_NO_TECHNOLOGY);
    }
    for (; left > 0; left--) {
        struct slice id = {0};
        (void)cursor_text(&in, &id);
        uint32_t technology = aggregate_find(deciding->facts, KIND_technology, id, UINT64_MAX);
        flag_right(deciding, technology);
        if (licence && has_conflict(deciding, technology, &mine)) {
            decide_flag(deciding, WARNING_EXCLUSIVE_CONFLICT);
        }
        if (disposes && !consented && is_pledged(deciding, technology)) {
            decide_flag(deciding, WARNING_PLEDGED);
        }
    }
}
