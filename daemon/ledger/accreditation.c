/* Qualifications of parties: technology manager, broker, transfer body, assessor …
 *
 *     none ──accredited──▶ open ──accreditation_ended──▶ none      per party and kind
 *
 *   A1  A kind is text with a published list, not an enumeration: what counts as a qualification
 *       is for the offices to say. Kinds are alike if their bytes are.
 *   A2  One is open at a time per party and kind; a party qualified twice counts once.
 *   A3  The day of the end is the first day not counted, as for a removal from a pool
 *       (ruling 27). An end holds no earlier than its beginning. */

#include "daemon/ledger/accreditation.h"

#include "daemon/ledger/effects.h"
#include "daemon/ledger/reference.h"

const struct accreditation_row *accreditation_open(const struct facts *facts, uint32_t party,
                                                   struct slice kind, const struct viewpoint *view)
{
    uint32_t at;
    const struct accreditation_row *row = facts_first(facts, FACT_ACCREDITATION, party, view, &at);
    while (row != NULL && !slice_equal(text_of(facts, row->kind), kind)) {
        row = facts_next(facts, FACT_ACCREDITATION, view, &at);
    }
    return row == NULL || row->ended ? NULL : row;
}

static enum status refuse(struct deciding *deciding, enum status code, const char *state,
                          const char *legal)
{
    struct slice kind = field_text(deciding->fields, FIELD_kind);
    (void)fault_set(deciding->fault, code, "data.kind");
    fault_state(deciding->fault, "accreditation", state);
    fault_legal(deciding->fault, legal);
    fault_detail(deciding->fault, "kind=%.*s", (int)kind.len, (const char *)kind.data);
    return code;
}

/* Days of one kind go forward, so that its newest visible row is the latest from everywhere. */
static void hold_after(struct deciding *deciding)
{
    uint32_t at;
    int32_t since;
    struct slice kind = field_text(deciding->fields, FIELD_kind);
    (void)state_since(deciding->facts, MACHINE_PARTY, deciding->aggregate, &deciding->now, &since);
    effect_valid(deciding, since);
    for (const struct accreditation_row *row = facts_first(
             deciding->facts, FACT_ACCREDITATION, deciding->aggregate, &deciding->now, &at);
         row != NULL; row = facts_next(deciding->facts, FACT_ACCREDITATION, &deciding->now, &at)) {
        if (slice_equal(text_of(deciding->facts, row->kind), kind)) {
            effect_valid(deciding, row->fact.valid);
        }
    }
}

static enum status decide_accredited(struct deciding *deciding)
{
    if (accreditation_open(deciding->facts, deciding->aggregate,
                           field_text(deciding->fields, FIELD_kind), &deciding->now) != NULL) {
        return refuse(deciding, STATUS_E_EXISTS, "open", "party.accreditation_ended");
    }
    hold_after(deciding);
    return STATUS_OK;
}

static enum status decide_ended(struct deciding *deciding)
{
    if (accreditation_open(deciding->facts, deciding->aggregate,
                           field_text(deciding->fields, FIELD_kind), &deciding->now) == NULL) {
        return refuse(deciding, STATUS_E_ILLEGAL_STATE, "none open", "party.accredited");
    }
    hold_after(deciding);
    return STATUS_OK;
}

static void fold(struct folding *folding, bool ended)
{
    const struct fields *fields = folding->fields;
    text_ref kind = facts_text(folding->facts, field_text(fields, FIELD_kind));
    text_ref grade = facts_text(folding->facts, field_text(fields, FIELD_grade));
    struct accreditation_row *row = facts_add(folding->facts, FACT_ACCREDITATION, folding->seq,
                                              folding->valid, folding->aggregate);
    row->kind = kind;
    row->grade = grade;
    row->ended = ended;
}

static void fold_accredited(struct folding *folding)
{
    fold(folding, false);
}

static void fold_ended(struct folding *folding)
{
    fold(folding, true);
}

const struct handler accreditation_handlers[] = {
    {TYPE_party_accredited, decide_accredited, fold_accredited},
    {TYPE_party_accreditation_ended, decide_ended, fold_ended},
    {TYPE_NONE, NULL, NULL},
};
