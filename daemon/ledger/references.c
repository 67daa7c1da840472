/* Looking up what an event names. Whatever is named is touched (D2): so an object's touches are
 * its referents, and a reversal finds its dependants there. */

#include "daemon/ledger/decide.h"
#include "daemon/ledger/merger.h"
#include "daemon/ledger/reference.h"

uint32_t reference_touch(struct deciding *deciding, enum aggregate_kind kind, struct slice id)
{
    uint32_t aggregate = aggregate_find(deciding->facts, kind, id, UINT64_MAX);
    if (!aggregate_exists(deciding->facts, aggregate)) {
        return AGGREGATE_NONE;
    }
    decide_touch(deciding, aggregate);
    party_flag_merged(deciding, aggregate);
    return aggregate;
}

static enum status unknown(struct deciding *deciding, enum aggregate_kind kind, struct slice id,
                           const char *field)
{
    (void)fault_set(deciding->fault, STATUS_E_UNKNOWN_AGGREGATE, field);
    fault_detail(deciding->fault, "%s=%.*s", kind_name(kind), (int)id.len, (const char *)id.data);
    return STATUS_E_UNKNOWN_AGGREGATE;
}

enum status decide_reference_id(struct deciding *deciding, enum aggregate_kind kind,
                                struct slice id, const char *field, uint32_t *ret_aggregate)
{
    *ret_aggregate = reference_touch(deciding, kind, id);
    return *ret_aggregate == AGGREGATE_NONE ? unknown(deciding, kind, id, field) : STATUS_OK;
}

enum status decide_reference(struct deciding *deciding, enum aggregate_kind kind,
                             enum field_id field, uint32_t *ret_aggregate)
{
    struct slice id = field_text(deciding->fields, field);
    *ret_aggregate = reference_touch(deciding, kind, id);
    if (*ret_aggregate != AGGREGATE_NONE) {
        return STATUS_OK;
    }
    (void)unknown(deciding, kind, id, "data");
    fault_field_key(deciding->fault, slice_text(field_name(field)));
    return STATUS_E_UNKNOWN_AGGREGATE;
}

enum status decide_reference_maybe(struct deciding *deciding, enum aggregate_kind kind,
                                   enum field_id field, uint32_t *ret_aggregate)
{
    *ret_aggregate = AGGREGATE_NONE;
    if (!field_present(deciding->fields, field)) {
        return STATUS_OK;
    }
    return decide_reference(deciding, kind, field, ret_aggregate);
}

enum status decide_owner(struct deciding *deciding, struct slice owner, const char *field,
                         uint32_t *ret_aggregate)
{
    *ret_aggregate = aggregate_by_text(deciding->facts, owner);
    if (aggregate_exists(deciding->facts, *ret_aggregate)) {
        decide_touch(deciding, *ret_aggregate);
        return STATUS_OK;
    }
    *ret_aggregate = AGGREGATE_NONE;
    (void)fault_set(deciding->fault, STATUS_E_UNKNOWN_AGGREGATE, field);
    fault_detail(deciding->fault, "owner=%.*s", (int)owner.len, (const char *)owner.data);
    return STATUS_E_UNKNOWN_AGGREGATE;
}

enum status decide_references(struct deciding *deciding, enum aggregate_kind kind,
                              struct slice list, const char *path)
{
    struct cursor in = cursor_over(list);
    uint32_t count = 0;
    if (list.len == 0 || !cursor_array(&in, &count)) {
        return STATUS_OK;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct slice id = {0};
        (void)cursor_text(&in, &id);
        if (reference_touch(deciding, kind, id) == AGGREGATE_NONE) {
            (void)unknown(deciding, kind, id, path);
            fault_field_index(deciding->fault, i);
            return STATUS_E_UNKNOWN_AGGREGATE;
        }
    }
    return STATUS_OK;
}

bool share_next(struct cursor *in, uint32_t *left, struct share *ret)
{
    uint32_t pairs;
    if (*left == 0 || !cursor_map(in, &pairs)) {
        return false;
    }
    (*left)--;
    ret->party = (struct slice){0};
    ret->ppm = 0;
    for (; pairs > 0; pairs--) {
        struct slice key;
        struct slice value;
        if (!cursor_str(in, &key) || !cursor_value(in, &value)) {
            return false;
        }
        if (slice_is(key, "party")) {
            (void)value_text(value, &ret->party);
        } else if (slice_is(key, "share_ppm")) {
            (void)value_int(value, &ret->ppm);
        }
    }
    return true;
}

struct cursor shares_of(const struct fields *fields, enum field_id field, uint32_t *ret_left)
{
    struct cursor in = cursor_over(fields->at[field]);
    if (fields->at[field].len == 0 || !cursor_array(&in, ret_left)) {
        *ret_left = 0;
    }
    return in;
}

enum status decide_share_parties(struct deciding *deciding, enum field_id field)
{
    uint32_t left;
    struct share share;
    struct cursor in = shares_of(deciding->fields, field, &left);
    for (uint32_t i = 0; share_next(&in, &left, &share); i++) {
        if (reference_touch(deciding, KIND_party, share.party) == AGGREGATE_NONE) {
            (void)unknown(deciding, KIND_party, share.party, "data");
            fault_field_key(deciding->fault, slice_text(field_name(field)));
            fault_field_index(deciding->fault, i);
            fault_field_key(deciding->fault, slice_text("party"));
            return STATUS_E_UNKNOWN_AGGREGATE;
        }
    }
    return STATUS_OK;
}

/* Ruling 5: shares sum to the whole. */
enum status decide_share_sum(struct deciding *deciding, enum field_id field)
{
    uint32_t left;
    struct share share;
    int64_t sum = 0;
    struct cursor in = shares_of(deciding->fields, field, &left);
    while (share_next(&in, &left, &share)) {
        sum += share.ppm;
    }
    if (sum == PPM_ONE) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_SUM_MISMATCH, "data");
    fault_field_key(deciding->fault, slice_text(field_name(field)));
    fault_detail(deciding->fault, "sum_ppm=%lld expected=%d", (long long)sum, PPM_ONE);
    return STATUS_E_SUM_MISMATCH;
}

struct list_ref shares_fold(struct folding *folding, enum field_id field)
{
    uint32_t left;
    struct share share;
    struct list_ref list = shares_begin(folding->facts);
    struct cursor in = shares_of(folding->fields, field, &left);
    while (share_next(&in, &left, &share)) {
        uint32_t party = aggregate_find(folding->facts, KIND_party, share.party, UINT64_MAX);
        shares_add(folding->facts, &list, party, (int32_t)share.ppm);
    }
    return list;
}

struct list_ref references_fold(struct folding *folding, enum aggregate_kind kind,
                                enum field_id field)
{
    struct list_ref list = shares_begin(folding->facts);
    uint32_t left;
    struct cursor in = shares_of(folding->fields, field, &left);
    for (; left > 0; left--) {
        struct slice id = {0};
        (void)cursor_text(&in, &id);
        shares_add(folding->facts, &list, aggregate_find(folding->facts, kind, id, UINT64_MAX), 0);
    }
    return list;
}

uint32_t reference_fold(struct folding *folding, enum aggregate_kind kind, enum field_id field)
{
    if (!field_present(folding->fields, field)) {
        return AGGREGATE_NONE;
    }
    return aggregate_find(folding->facts, kind, field_text(folding->fields, field), UINT64_MAX);
}
