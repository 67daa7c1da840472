/* Checking what contract.signed says, beyond what the vocabulary could.
 *
 *   B1  Order of ruling 3: references first, in the order of the fields, then who deals with
 *       whom, then sums.
 *   B2  Σ obligations = total only where the total is fixed and obligations are given (ruling 5).
 *       An amount that is null makes the sum unknown, and then there is nothing to compare. */

#include <stdio.h>

#include "daemon/ledger/contract.h"
#include "daemon/ledger/merger.h"
#include "daemon/ledger/obligation.h"
#include "daemon/ledger/royalty.h"

enum status sum_mismatch(struct deciding *deciding, const char *field, int64_t sum,
                         int64_t expected)
{
    (void)fault_set(deciding->fault, STATUS_E_SUM_MISMATCH, field);
    fault_detail(deciding->fault, "sum=%lld expected=%lld", (long long)sum, (long long)expected);
    return STATUS_E_SUM_MISMATCH;
}

/* An obligation's number is used once with its owner, for life; `earlier` are those before it in
 * the list. */
static enum status check_number(struct deciding *deciding, const uint32_t *earlier, uint32_t count,
                                uint32_t no, const char *path)
{
    bool twice = false;
    for (uint32_t i = 0; i < count && !twice; i++) {
        twice = earlier[i] == no;
    }
    bool used = deciding->aggregate != AGGREGATE_NONE &&
                obligation_find(deciding->facts, deciding->aggregate, no, &deciding->now) !=
                    OBLIGATION_NONE;
    if (!twice && !used) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_EXISTS, path);
    fault_field_key(deciding->fault, slice_text("no"));
    fault_detail(deciding->fault, "no=%u%s", (unsigned)no, twice ? " twice" : "");
    return STATUS_E_EXISTS;
}

/* No amount, nor what amounts add up to, is beyond what every client keeps exact. */
static enum status check_sum_range(struct deciding *deciding, int64_t sum, const char *path)
{
    if (sum <= AMOUNT_FEN_MAX) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_RANGE, path);
    fault_detail(deciding->fault, "sum=%lld", (long long)sum);
    return STATUS_E_RANGE;
}

enum status term_list_check(struct deciding *deciding, struct slice list, const char *path,
                            uint8_t currency, struct term_list *ret)
{
    struct cursor in = cursor_over(list);
    uint32_t numbers[LIST_ITEMS_MAX];
    *ret = (struct term_list){.known = true};
    if (list.len == 0 || !cursor_array(&in, &ret->count)) {
        ret->count = 0;
        return STATUS_OK;
    }
    for (uint32_t i = 0; i < ret->count && i < LIST_ITEMS_MAX; i++) {
        struct slice term = {0};
        struct terms_row terms;
        uint32_t no;
        char at[96];
        (void)cursor_value(&in, &term);
        (void)snprintf(at, sizeof(at), "%s[%u]", path, (unsigned)i);
        enum status status =
            obligation_terms_read(deciding, deciding->facts, term, at, currency, &terms, &no);
        if (status == STATUS_OK) {
            status = check_number(deciding, numbers, i, no, at);
        }
        if (status == STATUS_OK) {
            status = obligation_condition_check(deciding, term, at);
        }
        if (status != STATUS_OK) {
            return status;
        }
        numbers[i] = no;
        if (terms.amount_fen == AMOUNT_UNKNOWN) {
            ret->known = false;
        } else {
            ret->sum += terms.amount_fen; /* 1,024 amounts of 9e15 at most: within int64 */
        }
    }
    return check_sum_range(deciding, ret->sum, path);
}

void term_list_fold(struct folding *folding, struct slice list, uint8_t currency)
{
    struct cursor in = cursor_over(list);
    uint32_t count = 0;
    if (list.len == 0 || !cursor_array(&in, &count)) {
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct slice term = {0};
        struct terms_row terms;
        uint32_t no;
        if (cursor_value(&in, &term) && obligation_terms_read(NULL, folding->facts, term, "",
                                                              currency, &terms, &no) == STATUS_OK) {
            (void)obligation_add(folding->facts, folding->seq, folding->valid, folding->aggregate,
                                 no, &terms);
        }
    }
}

/* Names of milestones: each once, and not `effect`, which names the verdict. */
static enum status check_milestones(struct deciding *deciding)
{
    uint32_t left = 0;
    struct cursor in = shares_of(deciding->fields, FIELD_milestones, &left);
    for (uint32_t i = 0; i < left; i++) {
        struct slice map;
        struct slice value;
        struct slice id = {0};
        if (cursor_value(&in, &map) && map_find(map, "id", &value)) {
            (void)value_text(value, &id);
        }
        if (slice_is(id, "effect") ||
            milestone_listed(deciding->fields->at[FIELD_milestones], id, i)) {
            (void)fault_set(deciding->fault, STATUS_E_BAD_FIELD, "data.milestones");
            fault_field_index(deciding->fault, i);
            fault_field_key(deciding->fault, slice_text("id"));
            fault_detail(deciding->fault, "%s", slice_is(id, "effect") ? "reserved" : "twice");
            return STATUS_E_BAD_FIELD;
        }
    }
    return STATUS_OK;
}

bool milestone_listed(struct slice list, struct slice id, uint32_t before)
{
    struct cursor in = cursor_over(list);
    uint32_t count = 0;
    if (list.len == 0 || !cursor_array(&in, &count)) {
        return false;
    }
    for (uint32_t i = 0; i < count && i < before; i++) {
        struct slice map;
        struct slice value;
        struct slice name;
        if (cursor_value(&in, &map) && map_find(map, "id", &value) && value_text(value, &name) &&
            slice_equal(name, id)) {
            return true;
        }
    }
    return false;
}

static enum status check_references(struct deciding *deciding, struct term_list *ret_terms)
{
    const struct fields *fields = deciding->fields;
    uint32_t found;
    uint8_t currency = (uint8_t)currency_index(field_text(fields, FIELD_currency));
    enum status status = decide_share_parties(deciding, FIELD_buyers);
    if (status == STATUS_OK) {
        status = decide_references(deciding, KIND_party, fields->at[FIELD_guarantors],
                                   "data.guarantors");
    }
    if (status == STATUS_OK) {
        status = term_list_check(deciding, fields->at[FIELD_obligations], "data.obligations",
                                 currency, ret_terms);
    }
    if (status == STATUS_OK) {
        status = decide_reference_maybe(deciding, KIND_party, FIELD_operator, &found);
    }
    if (status == STATUS_OK) {
        status = decide_reference_maybe(deciding, KIND_contract, FIELD_parent, &found);
    }
    if (status == STATUS_OK) {
        status = decide_share_parties(deciding, FIELD_sellers);
    }
    if (status == STATUS_OK) {
        status = decide_references(deciding, KIND_technology, fields->at[FIELD_technologies],
                                   "data.technologies");
    }
    decide_touch(deciding, contract_origin(deciding->facts, fields));
    return status;
}

/* The match, pool or technology that a contract comes from, if it is one of ours: the field is
 * text, since listings and auctions are kept elsewhere. */
uint32_t contract_origin(const struct facts *facts, const struct fields *fields)
{
    enum aggregate_kind kind = KIND_NONE;
    switch (field_enum(fields, FIELD_origin, origin_names, -1)) {
    case ORIGIN_match:
        kind = KIND_match;
        break;
    case ORIGIN_open:
        kind = KIND_technology;
        break;
    case ORIGIN_pool:
        kind = KIND_pool;
        break;
    default:
        return AGGREGATE_NONE;
    }
    uint32_t origin = aggregate_find(facts, kind, field_text(fields, FIELD_origin_ref), UINT64_MAX);
    return aggregate_exists(facts, origin) ? origin : AGGREGATE_NONE;
}

static bool same_party(const struct deciding *deciding, struct slice a, struct slice b)
{
    const struct facts *facts = deciding->facts;
    return slice_equal(a, b) ||
           party_same(facts, aggregate_find(facts, KIND_party, a, UINT64_MAX),
                      aggregate_find(facts, KIND_party, b, UINT64_MAX), &deciding->now);
}

/* Nobody contracts with himself, under another name neither. */
static enum status check_self_deal(struct deciding *deciding)
{
    uint32_t sellers;
    struct share seller;
    struct cursor from = shares_of(deciding->fields, FIELD_sellers, &sellers);
    while (share_next(&from, &sellers, &seller)) {
        uint32_t buyers;
        struct share buyer;
        struct cursor to = shares_of(deciding->fields, FIELD_buyers, &buyers);
        for (uint32_t i = 0; share_next(&to, &buyers, &buyer); i++) {
            if (same_party(deciding, seller.party, buyer.party)) {
                (void)fault_set(deciding->fault, STATUS_E_SELF_DEAL, "data.buyers");
                fault_field_index(deciding->fault, i);
                fault_field_key(deciding->fault, slice_text("party"));
                fault_detail(deciding->fault, "party=%.*s", (int)buyer.party.len,
                             (const char *)buyer.party.data);
                return STATUS_E_SELF_DEAL;
            }
        }
    }
    return STATUS_OK;
}

static enum status check_total(struct deciding *deciding, const struct term_list *terms)
{
    const struct fields *fields = deciding->fields;
    bool fixed = field_enum(fields, FIELD_total_basis, total_basis_names, -1) == TOTAL_BASIS_fixed;
    if (!fixed || terms->count == 0 || !terms->known || !field_present(fields, FIELD_total_fen)) {
        return STATUS_OK; /* B2 */
    }
    int64_t total = field_int(fields, FIELD_total_fen, 0);
    return terms->sum == total ? STATUS_OK
                               : sum_mismatch(deciding, "data.obligations", terms->sum, total);
}

enum status contract_body_check(struct deciding *deciding)
{
    struct term_list terms;
    enum status status = check_milestones(deciding);
    if (status == STATUS_OK) {
        status = royalty_check(deciding, deciding->fields->at[FIELD_royalty], "data.royalty");
    }
    if (status == STATUS_OK) {
        status = check_references(deciding, &terms);
    }
    if (status == STATUS_OK) {
        status = check_self_deal(deciding);
    }
    if (status == STATUS_OK) {
        status = decide_share_sum(deciding, FIELD_buyers);
    }
    if (status == STATUS_OK) {
        status = decide_share_sum(deciding, FIELD_sellers);
    }
    return status == STATUS_OK ? check_total(deciding, &terms) : status;
}
