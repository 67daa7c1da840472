/* Parties and their attributes.
 *
 *   P1  Attributes are versioned by valid date: an answer about a year uses those of that year
 *       (ruling 26).
 *   P2  `kind` follows from the legal code of the registration form where there is one; the rest
 *       of the ledger asks for the kind alone.
 *   P3  A party holds from its registration's effective day, and so do later attributes.
 *   P4  An event on a merged party changes that party's own record and is flagged; what it was
 *       merged into is asked of merger.h. */

#include "daemon/ledger/party.h"
#include "daemon/ledger/attributes.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/reference.h"

static const enum field_id not_attributes[] = {FIELD_party_id, FIELD_kind, FIELD_COUNT};

/* Repeated in the data, it must be the event's own aggregate (ruling 6). */
static enum status check_own_id(struct deciding *deciding)
{
    struct slice id = field_text(deciding->fields, FIELD_party_id);
    if (field_present(deciding->fields, FIELD_party_id) && !slice_equal(id, deciding->event->agg)) {
        (void)fault_set(deciding->fault, STATUS_E_BAD_FIELD, "data.party_id");
        fault_detail(deciding->fault, "differs from agg");
        return STATUS_E_BAD_FIELD;
    }
    return STATUS_OK;
}

static void fold_kind(struct folding *folding, const struct fields *fields)
{
    int kind = field_enum(fields, FIELD_kind, party_kind_names, -1);
    if (field_present(fields, FIELD_legal_code)) {
        kind = party_kind_of_code(field_text(fields, FIELD_legal_code)); /* P2 */
    }
    if (kind >= 0) {
        attribute_fold(folding, FIELD_kind, kind);
    }
}

static enum status decide_registered(struct deciding *deciding)
{
    uint32_t parent;
    enum status status = check_own_id(deciding);
    if (status == STATUS_OK) {
        status = decide_reference_maybe(deciding, KIND_party, FIELD_parent, &parent);
    }
    if (status == STATUS_OK) {
        effect_state(deciding, MACHINE_PARTY, PARTY_ACTIVE, deciding->effective);
    }
    return status;
}

static void fold_registered(struct folding *folding)
{
    attributes_fold(folding, &folding->event->type->data, folding->fields, not_attributes);
    fold_kind(folding, folding->fields);
}

static const struct value_shape *changes_shape(const struct event *event)
{
    return shape_rule(&event->type->data, FIELD_changed)->shape;
}

static enum status decide_updated(struct deciding *deciding)
{
    struct slice parent;
    int32_t since;
    enum status status = check_own_id(deciding);
    if (status == STATUS_OK && map_find(deciding->fields->at[FIELD_changed], "parent", &parent)) {
        struct slice id = {0};
        uint32_t found;
        if (value_text(parent, &id)) {
            status = decide_reference_id(deciding, KIND_party, id, "data.changed.parent", &found);
        }
    }
    if (status == STATUS_OK) {
        since = aggregate_since(deciding->facts, deciding->aggregate, &deciding->now);
        effect_valid(deciding, since); /* P3 */
    }
    return status;
}

static void fold_updated(struct folding *folding)
{
    WRITTEN_FIRST struct fields changed; /* by fields_parse() */
    if (fields_parse(folding->fields->at[FIELD_changed], &changed)) {
        attributes_fold(folding, changes_shape(folding->event), &changed, not_attributes);
        fold_kind(folding, &changed);
    }
}

const struct handler party_handlers[] = {
    {TYPE_party_registered, decide_registered, fold_registered},
    {TYPE_party_updated, decide_updated, fold_updated},
    {TYPE_party_merged, party_decide_merged, party_fold_merged},
    {TYPE_NONE, NULL, NULL},
};
