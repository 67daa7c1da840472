/* What there is to count, and what counts:
 *
 *   D2  A party is its survivor at the viewpoint (merger.h).
 *   D3  Under management is what was begun by the day, not ended, its last day not past, and whose
 * right has neither lapsed nor been invalidated nor expired. */

#include "daemon/ledger/accreditation.h"
#include "daemon/ledger/entrustment.h"
#include "daemon/ledger/merger.h"
#include "daemon/ledger/money.h"
#include "daemon/ledger/technology.h"
#include "daemon/view/contract_rows.h"
#include "daemon/view/distinct.h"

#define NO_TEXT ((struct slice){.data = NULL, .len = 0})

static void of_accreditation(struct counting *counting, const struct fact *fact)
{
    const struct query *query = counting->query;
    const struct accreditation_row *row = (const struct accreditation_row *)fact;
    struct slice kind = text_of(query->facts, row->kind);
    if (accreditation_open(query->facts, fact->key, kind, &query->view) == row) {
        uint32_t party = party_survivor(query->facts, fact->key, &query->view);
        const struct distinct_object object = {kind, text_of(query->facts, row->grade), party,
                                               party};
        distinct_gather(counting, fact, &object);
    }
}

static bool is_managed(const struct query *query, const struct entrustment_row *row)
{
    uint8_t state = state_at(query->facts, MACHINE_TECHNOLOGY, row->fact.key, &query->view);
    int32_t expiry = technology_expiry(query->facts, row->fact.key, &query->view);
    int32_t as_of = query->view.as_of;
    return entrustment_is_open(query->facts, row, &query->view) && row->from <= as_of &&
           (row->to == DAY_NONE || row->to >= as_of) && state != TECHNOLOGY_LAPSED &&
           state != TECHNOLOGY_INVALID && (expiry == DAY_NONE || expiry >= as_of); /* D3 */
}

static void of_entrustment(struct counting *counting, const struct fact *fact)
{
    const struct query *query = counting->query;
    const struct entrustment_row *row = (const struct entrustment_row *)fact;
    if (is_managed(query, row)) {
        uint32_t party = party_survivor(query->facts, row->operator_party, &query->view);
        const struct distinct_object object = {aggregate_id(query->facts, party),
                                               text_of(query->facts, row->scope), fact->key, party};
        distinct_gather(counting, fact, &object);
    }
}

static void of_right(struct counting *counting, const struct fact *fact)
{
    const struct right_row *row = (const struct right_row *)fact;
    const struct distinct_object object = {slice_text(right_kind_names[row->right]), NO_TEXT,
                                           fact->key, AGGREGATE_NONE};
    distinct_gather(counting, fact, &object);
}

static void of_commercial(struct counting *counting, const struct fact *fact)
{
    const struct commercial_row *row = (const struct commercial_row *)fact;
    struct slice status =
        row->status == UINT8_MAX ? NO_TEXT : slice_text(conversion_status_names[row->status]);
    const struct distinct_object object = {slice_text(conversion_mode_names[row->mode]), status,
                                           fact->key, AGGREGATE_NONE};
    distinct_gather(counting, fact, &object);
}

/* A book is an attribute, and its own row among those of all technologies. */
static void of_book(struct counting *counting, const struct fact *fact)
{
    const struct attribute_row *row = (const struct attribute_row *)fact;
    if (row->field == FIELD_book) {
        struct slice book = text_of(counting->query->facts, (text_ref)row->value);
        const struct distinct_object object = {book, NO_TEXT, fact->key, AGGREGATE_NONE};
        distinct_gather(counting, fact, &object);
    }
}

static void of_venture(struct counting *counting, const struct fact *fact)
{
    const struct query *query = counting->query;
    const struct venture_row *row = (const struct venture_row *)fact;
    uint32_t company = party_survivor(query->facts, row->company, &query->view);
    const struct distinct_object object = {aggregate_id(query->facts, company), NO_TEXT, fact->key,
                                           company};
    distinct_gather(counting, fact, &object);
}

const struct distinct_kind count_accreditations = {
    .column = "parties",
    .table = FACT_ACCREDITATION,
    .gather = of_accreditation,
    .by_names = {"kind", "grade", "region", "year"},
    .by = {BY_OWN, BY_OTHER, BY_REGION, BY_YEAR},
};

const struct distinct_kind count_entrusted = {
    .column = "technologies",
    .table = FACT_ENTRUSTMENT,
    .gather = of_entrustment,
    .by_names = {"operator", "scope", "owner", "region", "year"},
    .by = {BY_OWN, BY_OTHER, BY_OWNER, BY_REGION, BY_YEAR},
    .own_is_party = true,
};

const struct distinct_kind count_entitlement = {
    .column = "technologies",
    .table = FACT_RIGHT,
    .gather = of_right,
    .by_names = {"right", "owner", "year"},
    .by = {BY_OWN, BY_OWNER, BY_YEAR},
};

const struct distinct_kind count_commercialization = {
    .column = "technologies",
    .table = FACT_COMMERCIAL,
    .gather = of_commercial,
    .by_names = {"mode", "status", "owner", "year"},
    .by = {BY_OWN, BY_OTHER, BY_OWNER, BY_YEAR},
    .counts_projects = true,
};

const struct distinct_kind count_separately_managed = {
    .column = "technologies",
    .table = FACT_ATTRIBUTE,
    .gather = of_book,
    .by_names = {"book", "owner", "year"},
    .by = {BY_OWN, BY_OWNER, BY_YEAR},
};

const struct distinct_kind count_ventures = {
    .column = "ventures",
    .table = FACT_VENTURE,
    .gather = of_venture,
    .by_names = {"company", "region", "year"},
    .by = {BY_OWN, BY_REGION, BY_YEAR},
    .own_is_party = true,
};

/* ---- projects: how many came to use ---- */

static bool is_used(const struct counting *counting, uint32_t technology)
{
    uint32_t at;
    const struct query *query = counting->query;
    const struct fact *row =
        facts_first(query->facts, FACT_COMMERCIAL, technology, &query->view, &at);
    while (row != NULL && !distinct_in_period(counting, row->valid)) {
        row = facts_next(query->facts, FACT_COMMERCIAL, &query->view, &at);
    }
    return row != NULL;
}

/* Pairs (project, 1 if this technology of it was put to use). */
static void gather_projects(struct counting *counting)
{
    const struct query *query = counting->query;
    for (uint64_t i = 0; i < query->view.published.aggregates; i++) {
        uint32_t technology = (uint32_t)i;
        int64_t project;
        if (aggregate_at(query->facts, technology)->kind == KIND_technology &&
            attribute_at(query->facts, technology, FIELD_project, &query->view, &project)) {
            distinct_push(counting, text_of(query->facts, (text_ref)project),
                          is_used(counting, technology), 0);
        }
    }
}

/* Half away from zero, null without any. */
void write_projects(struct counting *counting, struct writer *out)
{
    int64_t projects = 0;
    int64_t converted = 0;
    column_truncate(&counting->pairs, 0);
    gather_projects(counting);
    const struct pair *pairs = distinct_by_group(counting);
    uint64_t count = counting->pairs.count;
    for (uint64_t i = 0; i < count; i++) { /* used ones stand last in their group */
        bool last = i + 1 == count || !slice_equal(pairs[i].group, pairs[i + 1].group);
        projects += last;
        converted += last && pairs[i].object == 1;
    }
    write_text(out, "projects");
    write_int(out, projects);
    write_text(out, "converted_projects");
    write_int(out, converted);
    write_text(out, "conversion_permille");
    write_permille(out, converted, projects);
}
