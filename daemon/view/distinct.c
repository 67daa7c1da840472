/* How many there are of something, each counted once (domain 5.14): qualified parties, technologies
 * under management, kept in books of their own, with rights of persons or put to use, and ventures.
 *
 *   D1  A question gathers pairs (group, object) from facts; a row is a group and how many
 * different objects it has, the total how many there are in all. So what is said twice counts once,
 * and what stands in two groups counts once in the total.
 *   D4  `period` takes what came about in these days, of what still counts at as_of; a year is that
 * in which it came about. What came about again in another year stands in both rows. */

#include "daemon/view/distinct.h"

#include <stdlib.h>

#include "daemon/view/explain.h"
#include "daemon/view/label.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"
#include "daemon/view/statistics.h"
#include "daemon/view/technology_standing.h"

const char *const distinct_parameters[] = {"by", "period", NULL};

bool distinct_in_period(const struct counting *counting, int32_t day)
{
    return !counting->has_period || (day >= counting->from && day <= counting->to);
}

void distinct_push(struct counting *counting, struct slice group, uint32_t object, uint64_t seq)
{
    struct pair *pair = column_push(&counting->pairs);
    *pair = (struct pair){.group = group, .object = object, .seq = seq};
}

static struct slice year_of(struct counting *counting, int32_t day)
{
    char text[16];
    period_text(GRANULE_YEAR, period_of(GRANULE_YEAR, day), text);
    return scratch_copy(&counting->scratch, slice_text(text));
}

/* Two digits, as in statistics; "" if it has none. */
static struct slice region_of(const struct counting *counting, uint32_t party)
{
    int64_t region;
    const struct query *query = counting->query;
    if (!attribute_at(query->facts, party, FIELD_region, &query->view, &region)) {
        return slice_of("", 0);
    }
    struct slice text = text_of(query->facts, (text_ref)region);
    return slice_of(text.data, text.len < 2 ? text.len : 2);
}

/* With each of the technology's owners; "" where persons alone own it. */
static void push_owners(struct counting *counting, uint32_t technology, uint64_t seq)
{
    struct owner_share *owners;
    const struct query *query = counting->query;
    uint32_t count = technology_owner_shares(query, technology, &counting->scratch, &owners);
    for (uint32_t i = 0; i < count; i++) {
        distinct_push(counting, aggregate_id(query->facts, owners[i].party), technology, seq);
    }
    if (count == 0) {
        distinct_push(counting, slice_of("", 0), technology, seq);
    }
}

void distinct_gather(struct counting *counting, const struct fact *fact,
                     const struct distinct_object *object)
{
    struct slice group = object->own;
    switch (counting->by) {
    case BY_OWNER:
        push_owners(counting, object->object, fact->seq);
        return;
    case BY_OTHER:
        group = object->other;
        break;
    case BY_REGION:
        group = region_of(counting, object->party);
        break;
    case BY_YEAR:
        group = year_of(counting, fact->valid);
        break;
    case BY_OWN:
    case DISTINCT_BYS:
        break;
    }
    distinct_push(counting, group, object->object, fact->seq);
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

static const struct pair *sorted(struct counting *counting,
                                 int (*order)(const void *, const void *))
{
    uint64_t count = counting->pairs.count;
    struct pair *pairs = scratch_take(&counting->scratch, (size_t)(count + 1) * sizeof(*pairs));
    for (uint64_t i = 0; i < count; i++) {
        pairs[i] = *(const struct pair *)column_at(&counting->pairs, i);
    }
    qsort(pairs, count, sizeof(*pairs), order);
    return pairs;
}

const struct pair *distinct_by_group(struct counting *counting)
{
    return sorted(counting, by_group);
}

static enum status counting_read(struct counting *counting, const struct query *query,
                                 const struct distinct_kind *kind, struct fault *fault)
{
    int by = 0;
    *counting = (struct counting){.query = query, .kind = kind};
    enum status status = params_check(query, distinct_parameters, fault);
    if (status == STATUS_OK) {
        status = param_enum(query, "by", kind->by_names, 0, &by, fault);
    }
    if (status != STATUS_OK) {
        return status; /* `by` names nothing */
    }
    counting->by = kind->by[by];
    return param_period(query, "period", &counting->from, &counting->to, &counting->has_period,
                        fault);
}

static void run(struct counting *counting)
{
    const struct query *query = counting->query;
    enum fact_table table = counting->kind->table;
    scratch_init(&counting->scratch);
    column_init(&counting->pairs, sizeof(struct pair));
    for (uint64_t i = 0; i < query->view.published.rows[table]; i++) {
        const struct fact *fact = facts_row(query->facts, table, i);
        if (fact_counts(fact, &query->view) && distinct_in_period(counting, fact->valid)) {
            counting->kind->gather(counting, fact);
        }
    }
}

static void done(struct counting *counting)
{
    column_done(&counting->pairs);
    scratch_done(&counting->scratch);
}

/* ---- answers ---- */

static struct slice label(const struct counting *counting, struct slice key)
{
    const struct query *query = counting->query;
    uint32_t party = AGGREGATE_NONE;
    if (counting->by == BY_OWNER || (counting->by == BY_OWN && counting->kind->own_is_party)) {
        party = aggregate_find(query->facts, KIND_party, key, query->view.published.aggregates);
    }
    return party == AGGREGATE_NONE ? key : label_of(query, party);
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    struct counting *counting = arg;
    (void)fault;
    write_map(out, 3);
    write_text(out, "key");
    write_str(out, row->key);
    write_text(out, "label");
    write_str(out, label(counting, row->key));
    write_text(out, counting->kind->column);
    write_uint(out, row->payload);
    return STATUS_OK;
}

static void offer_groups(struct counting *counting)
{
    const struct pair *pairs = distinct_by_group(counting);
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

static void write_total(struct counting *counting, struct writer *out)
{
    const struct pair *pairs = sorted(counting, by_object);
    bool projects = counting->kind->counts_projects;
    uint64_t objects = 0;
    for (uint64_t i = 0; i < counting->pairs.count; i++) {
        objects += i == 0 || pairs[i].object != pairs[i - 1].object;
    }
    write_text(out, "total");
    write_array(out, objects > 0 ? 1 : 0);
    if (objects > 0) {
        write_map(out, projects ? 4 : 1);
        write_text(out, counting->kind->column);
        write_uint(out, objects);
        if (projects) {
            write_projects(counting, out);
        }
    }
}

static enum status answer(const struct query *query, const struct distinct_kind *kind,
                          struct writer *out, uint32_t *pairs, struct fault *fault)
{
    struct counting counting;
    enum status status = counting_read(&counting, query, kind, fault);
    if (status != STATUS_OK) {
        return status;
    }
    run(&counting);
    page_init(&counting.page, &counting.scratch, query);
    offer_groups(&counting);
    status = page_write(&counting.page, write_row, &counting, out, pairs, fault);
    if (status == STATUS_OK) {
        write_total(&counting, out);
        *pairs += 1;
    }
    done(&counting);
    return status;
}

/* The events that put an object into the group. */
static enum status explain(const struct query *query, const struct distinct_kind *kind,
                           struct slice key, struct writer *out, uint32_t *pairs,
                           struct fault *fault)
{
    struct counting counting;
    struct explanation explanation;
    enum status status = counting_read(&counting, query, kind, fault);
    if (status != STATUS_OK) {
        return status;
    }
    run(&counting);
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
    status = explanation_write(&explanation, out, pairs, fault);
    explanation_done(&explanation);
    done(&counting);
    return status;
}

#define PROJECTION(name)                                                                           \
    enum status name##_query(const struct query *query, struct writer *out, uint32_t *pairs,       \
                             struct fault *fault)                                                  \
    {                                                                                              \
        return answer(query, &count_##name, out, pairs, fault);                                    \
    }                                                                                              \
    enum status name##_explain(const struct query *query, struct slice key, struct writer *out,    \
                               uint32_t *pairs, struct fault *fault)                               \
    {                                                                                              \
        return explain(query, &count_##name, key, out, pairs, fault);                              \
    }

PROJECTION(accreditations)
PROJECTION(commercialization)
PROJECTION(entitlement)
PROJECTION(entrusted)
PROJECTION(separately_managed)
PROJECTION(ventures)
