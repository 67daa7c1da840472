/* How many there are of something, each counted once (domain 5.14): qualified parties, technologies
 * under management, technologies with rights of persons, technologies put to use, ventures.
 *
 *   D1  A question gathers pairs (group, object) from facts; a row is a group and how many
 * different objects it has, the total how many there are in all. So what is said twice counts once,
 * and what stands in two groups counts once in the total. D2  A party is its survivor at the
 * viewpoint (merger.h). D3  Under management is what was begun by the day, not ended, its last day
 * not past, and whose right has neither lapsed nor been invalidated nor expired. */

#include <stdlib.h>

#include "daemon/ledger/accreditation.h"
#include "daemon/ledger/entrustment.h"
#include "daemon/ledger/merger.h"
#include "daemon/ledger/money.h"
#include "daemon/ledger/technology.h"
#include "daemon/view/explain.h"
#include "daemon/view/label.h"
#include "daemon/view/page.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"

struct pair {
    struct slice group;
    uint64_t seq;
    uint32_t object;
};

struct counting {
    const struct query *query;
    struct scratch scratch;
    struct column pairs;
    struct page page;
    const char *column; /* what is counted */
};

static void gather(struct counting *counting, struct slice group, uint32_t object, uint64_t seq)
{
    struct pair *pair = column_push(&counting->pairs);
    *pair = (struct pair){.group = group, .object = object, .seq = seq};
}

/* ---- what is gathered ---- */

typedef void gather_fn(struct counting *counting, const struct fact *fact);

static void of_accreditation(struct counting *counting, const struct fact *fact)
{
    const struct query *query = counting->query;
    const struct accreditation_row *row = (const struct accreditation_row *)fact;
    struct slice kind = text_of(query->facts, row->kind);
    if (accreditation_open(query->facts, fact->key, kind, &query->view) == row) {
        gather(counting, kind, party_survivor(query->facts, fact->key, &query->view), fact->seq);
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
        gather(counting, aggregate_id(query->facts, party), fact->key, fact->seq);
    }
}

static void of_right(struct counting *counting, const struct fact *fact)
{
    const struct right_row *row = (const struct right_row *)fact;
    gather(counting, slice_text(right_kind_names[row->right]), fact->key, fact->seq);
}

static void of_commercial(struct counting *counting, const struct fact *fact)
{
    const struct commercial_row *row = (const struct commercial_row *)fact;
    gather(counting, slice_text(conversion_mode_names[row->mode]), fact->key, fact->seq);
}

static void of_venture(struct counting *counting, const struct fact *fact)
{
    const struct query *query = counting->query;
    const struct venture_row *row = (const struct venture_row *)fact;
    uint32_t company = party_survivor(query->facts, row->company, &query->view);
    gather(counting, aggregate_id(query->facts, company), fact->key, fact->seq);
}

static int by_group(const void *left, const void *right)
{
    const struct pair *a = left;
    const struct pair *b = right;
    int order = slice_compare(a->group, b->group);
    if (order == 0) {
        order = (a->object > b->object) - (a->object < b->object);
    }
    return order != 0 ? order : (a->seq > b->seq) - (a->seq < b->seq);
}

static int by_object(const void *left, const void *right)
{
    const struct pair *a = left;
    const struct pair *b = right;
    return (a->object > b->object) - (a->object < b->object);
}

static struct pair *sorted(struct counting *counting, int (*order)(const void *, const void *))
{
    uint64_t count = counting->pairs.count;
    struct pair *pairs = scratch_take(&counting->scratch, (size_t)(count + 1) * sizeof(*pairs));
    for (uint64_t i = 0; i < count; i++) {
        pairs[i] = *(const struct pair *)column_at(&counting->pairs, i);
    }
    qsort(pairs, count, sizeof(*pairs), order);
    return pairs;
}

static void run(struct counting *counting, const struct query *query, enum fact_table table,
                gather_fn *gather_row)
{
    counting->query = query;
    scratch_init(&counting->scratch);
    column_init(&counting->pairs, sizeof(struct pair));
    for (uint64_t i = 0; i < query->view.published.rows[table]; i++) {
        const struct fact *fact = facts_row(query->facts, table, i);
        if (fact_counts(fact, &query->view)) {
            gather_row(counting, fact);
        }
    }
}

static void done(struct counting *counting)
{
    column_done(&counting->pairs);
    scratch_done(&counting->scratch);
}

/* ---- projects: how many came to use (domain AC-004-4) ---- */

/* Pairs (project, 1 if this technology of it was put to use). */
static void gather_projects(struct counting *counting)
{
    const struct query *query = counting->query;
    for (uint64_t i = 0; i < query->view.published.aggregates; i++) {
        uint32_t technology = (uint32_t)i;
        int64_t project;
        uint32_t at;
        if (aggregate_at(query->facts, technology)->kind == KIND_technology &&
            attribute_at(query->facts, technology, FIELD_project, &query->view, &project)) {
            bool used =
                facts_first(query->facts, FACT_COMMERCIAL, technology, &query->view, &at) != NULL;
            gather(counting, text_of(query->facts, (text_ref)project), used, 0);
        }
    }
}

/* {projects, converted_projects, conversion_permille}: half away from zero, null without any. */
static void write_projects(struct counting *counting, struct writer *out)
{
    int64_t projects = 0;
    int64_t converted = 0;
    column_truncate(&counting->pairs, 0);
    gather_projects(counting);
    const struct pair *pairs = sorted(counting, by_group);
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
    if (projects > 0) {
        write_int(out, divide_rounded((int128)1000 * converted, projects, ROUND_HALF_AWAY));
    } else {
        write_nil(out);
    }
}

/* ---- answers ---- */

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    struct counting *counting = arg;
    const struct query *query = counting->query;
    uint32_t party =
        aggregate_find(query->facts, KIND_party, row->key, query->view.published.aggregates);
    (void)fault;
    write_map(out, 3);
    write_text(out, "key");
    write_str(out, row->key);
    write_text(out, "label");
    write_str(out, party == AGGREGATE_NONE ? row->key : label_of(query, party));
    write_text(out, counting->column);
    write_uint(out, row->payload);
    return STATUS_OK;
}

static void offer_groups(struct counting *counting)
{
    const struct pair *pairs = sorted(counting, by_group);
    uint64_t count = counting->pairs.count;
    for (uint64_t from = 0; from < count;) {
        uint64_t objects = 0;
        uint64_t to = from;
        for (; to < count && slice_equal(pairs[to].group, pairs[from].group); to++) {
            objects += to == from || pairs[to].object != pairs[to - 1].object;
        }
        page_offer(&counting->page, pairs[from].group, objects);
        from = to;
    }
}

static void write_total(struct counting *counting, bool projects, struct writer *out)
{
    const struct pair *pairs = sorted(counting, by_object);
    uint64_t objects = 0;
    for (uint64_t i = 0; i < counting->pairs.count; i++) {
        objects += i == 0 || pairs[i].object != pairs[i - 1].object;
    }
    write_text(out, "total");
    write_array(out, objects > 0 ? 1 : 0);
    if (objects > 0) {
        write_map(out, projects ? 4 : 1);
        write_text(out, counting->column);
        write_uint(out, objects);
        if (projects) {
            write_projects(counting, out);
        }
    }
}

static enum status answer(const struct query *query, enum fact_table table, gather_fn *gather_row,
                          const char *column, struct writer *out, uint32_t *pairs,
                          struct fault *fault)
{
    static const char *const parameters[] = {NULL};
    struct counting counting = {.column = column};
    enum status status = params_check(query, parameters, fault);
    if (status != STATUS_OK) {
        return status;
    }
    run(&counting, query, table, gather_row);
    page_init(&counting.page, &counting.scratch, query);
    offer_groups(&counting);
    status = page_write(&counting.page, write_row, &counting, out, pairs, fault);
    if (status == STATUS_OK) {
        write_total(&counting, table == FACT_COMMERCIAL, out);
        *pairs += 1;
    }
    done(&counting);
    return status;
}

/* The events that put an object into the group. */
static enum status explain(const struct query *query, enum fact_table table, gather_fn *gather_row,
                           struct slice key, struct writer *out, uint32_t *pairs,
                           struct fault *fault)
{
    struct counting counting = {.column = ""};
    struct explanation explanation;
    run(&counting, query, table, gather_row);
    explanation_init(&explanation, query);
    for (uint64_t i = 0; i < counting.pairs.count; i++) {
        const struct pair *pair = column_at(&counting.pairs, i);
        if (slice_equal(pair->group, key)) {
            struct explanation_line line = {.seq = pair->seq,
                                            .owner = pair->object,
                                            .amount = AMOUNT_UNKNOWN,
                                            .what = "counted"};
            explanation_add(&explanation, &line);
        }
    }
    enum status status = explanation_write(&explanation, out, pairs, fault);
    explanation_done(&explanation);
    done(&counting);
    return status;
}

#define PROJECTION(name, table, gather_row, column)                                                \
    enum status name##_query(const struct query *query, struct writer *out, uint32_t *pairs,       \
                             struct fault *fault)                                                  \
    {                                                                                              \
        return answer(query, table, gather_row, column, out, pairs, fault);                        \
    }                                                                                              \
    enum status name##_explain(const struct query *query, struct slice key, struct writer *out,    \
                               uint32_t *pairs, struct fault *fault)                               \
    {                                                                                              \
        return explain(query, table, gather_row, key, out, pairs, fault);                          \
    }

PROJECTION(accreditations, FACT_ACCREDITATION, of_accreditation, "parties")
PROJECTION(entrusted, FACT_ENTRUSTMENT, of_entrustment, "technologies")
PROJECTION(entitlement, FACT_RIGHT, of_right, "technologies")
PROJECTION(commercialization, FACT_COMMERCIAL, of_commercial, "technologies")
PROJECTION(ventures, FACT_VENTURE, of_venture, "ventures")
