/* Needs: what is looked for, how long it has been open, and whether anybody was introduced (domain
 * 2.3, 5.14); by state, field, party or bounty, or one row a need.
 *
 *   D1  Age is in days: of an open need since its publication to as_of, of a closed one to its
 *       closing. The age columns of a group are of what is open.
 *   D2  A party is its survivor at the viewpoint. Budgets are CNY; one that is not said adds
 *       nothing, and counts in `without_budget`. */

#include "daemon/ledger/merger.h"
#include "daemon/ledger/states.h"
#include "daemon/view/explain.h"
#include "daemon/view/groups.h"
#include "daemon/view/label.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"
#include "daemon/view/sum.h"

enum by { BY_STATE, BY_FIELD, BY_PARTY, BY_BOUNTY, BY_NEED };
static const char *const by_names[] = {"state", "field", "party", "bounty", "need", NULL};
const char *const needs_parameters[] = {"by", "state", "field", "party", "bounty", "period", NULL};
static const char *const state_params[] = {"OPEN", "CLOSED", NULL};
static const char *const yes_no[] = {"false", "true", NULL};

enum figure {
    NEEDS,
    OPEN,
    CLOSED,
    BOUNTIES,
    INTRODUCED,
    WITHOUT_BUDGET,
    BUDGET,
    AGE_30,
    AGE_90,
    AGE_180,
    AGE_MORE,
    FIGURES
};
static const char *const figure_names[FIGURES + 1] = {
    "needs",  "open",   "closed", "bounties", "introduced", "without_budget",
    "budget", "age_30", "age_90", "age_180",  "age_more",   NULL};

struct need {
    uint32_t need, party;
    int32_t published, closed; /* closed: DAY_NONE while open */
    int32_t age;
    int field; /* -1: not said */
    bool bounty;
    int64_t budget; /* AMOUNT_UNKNOWN: not said */
    uint32_t introduced;
};

struct needing {
    const struct query *query;
    struct scratch scratch;
    struct page page;
    enum by by;
    int state, field, bounty; /* -1: any */
    uint32_t party;
    bool has_period;
    int32_t from, to;
    uint32_t *introduced; /* by need */
    struct column needs;
    struct groups groups; /* `most`: days of the oldest that is open */
};

static enum status needing_read(struct needing *needing, const struct query *query,
                                struct fault *fault)
{
    int by = BY_STATE;
    *needing = (struct needing){.query = query};
    enum status status = params_check(query, needs_parameters, fault);
    if (status == STATUS_OK) {
        status = param_enum(query, "by", by_names, BY_STATE, &by, fault);
    }
    if (status == STATUS_OK) {
        status = param_enum(query, "state", state_params, -1, &needing->state, fault);
    }
    if (status == STATUS_OK) {
        status = param_enum(query, "field", technology_field_names, -1, &needing->field, fault);
    }
    if (status == STATUS_OK) {
        status = param_enum(query, "bounty", yes_no, -1, &needing->bounty, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "party", KIND_party, &needing->party, fault);
    }
    if (status == STATUS_OK) {
        status = param_period(query, "period", &needing->from, &needing->to, &needing->has_period,
                              fault);
    }
    needing->by = (enum by)by;
    return status;
}

/* ---- the needs in question ---- */

static int64_t attribute_or(const struct query *query, uint32_t need, enum field_id field,
                            int64_t otherwise)
{
    int64_t value;
    return attribute_at(query->facts, need, field, &query->view, &value) ? value : otherwise;
}

static bool need_read(const struct needing *needing, uint32_t aggregate, struct need *ret)
{
    const struct query *query = needing->query;
    int32_t since;
    uint8_t state = state_since(query->facts, MACHINE_NEED, aggregate, &query->view, &since);
    if (state == OPEN_NONE) {
        return false;
    }
    *ret = (struct need){.need = aggregate,
                         .party = party_survivor(
                             query->facts,
                             (uint32_t)attribute_or(query, aggregate, FIELD_party, AGGREGATE_NONE),
                             &query->view),
                         .published = aggregate_since(query->facts, aggregate, &query->view),
                         .closed = state == OPEN_CLOSED ? since : DAY_NONE,
                         .field = (int)attribute_or(query, aggregate, FIELD_field, -1),
                         .bounty = attribute_or(query, aggregate, FIELD_bounty, 0) != 0,
                         .budget = attribute_or(query, aggregate, FIELD_budget_fen, AMOUNT_UNKNOWN),
                         .introduced = needing->introduced[aggregate]};
    ret->age = (state == OPEN_CLOSED ? since : query->view.as_of) - ret->published;
    return (needing->state < 0 || (needing->state == 1) == (state == OPEN_CLOSED)) &&
           (needing->field < 0 || needing->field == ret->field) &&
           (needing->bounty < 0 || (needing->bounty == 1) == ret->bounty) &&
           (needing->party == AGGREGATE_NONE ||
            party_survivor(query->facts, needing->party, &query->view) == ret->party) &&
           (!needing->has_period ||
            (ret->published >= needing->from && ret->published <= needing->to));
}

static void count_introductions(struct needing *needing)
{
    const struct query *query = needing->query;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_MATCH]; i++) {
        const struct match_row *row = facts_row(query->facts, FACT_MATCH, i);
        if (row->need != AGGREGATE_NONE && row->outcome == UINT8_MAX &&
            fact_counts(&row->fact, &query->view)) {
            needing->introduced[row->need]++;
        }
    }
}

static void needing_init(struct needing *needing)
{
    const struct query *query = needing->query;
    scratch_init(&needing->scratch);
    column_init(&needing->needs, sizeof(struct need));
    groups_init(&needing->groups, query, &needing->scratch, figure_names);
    needing->introduced =
        scratch_take(&needing->scratch, (query->view.published.aggregates + 1) * sizeof(uint32_t));
    count_introductions(needing);
    for (uint64_t i = 0; i < query->view.published.aggregates; i++) {
        struct need need;
        if (aggregate_at(query->facts, (uint32_t)i)->kind == KIND_need &&
            need_read(needing, (uint32_t)i, &need)) {
            struct need *kept = column_push(&needing->needs);
            *kept = need;
        }
    }
}

static void needing_done(struct needing *needing)
{
    column_done(&needing->needs);
    groups_done(&needing->groups);
    scratch_done(&needing->scratch);
}

/* ---- groups ---- */

/* Which row the need belongs to; *ret_labelled: whose label the row has, AGGREGATE_NONE the key. */
static struct slice key_of(const struct needing *needing, const struct need *need,
                           uint32_t *ret_labelled)
{
    *ret_labelled = AGGREGATE_NONE;
    switch (needing->by) {
    case BY_STATE:
        return slice_text(state_params[need->closed != DAY_NONE]);
    case BY_FIELD:
        return need->field < 0 ? slice_of("", 0) : slice_text(technology_field_names[need->field]);
    case BY_PARTY:
        *ret_labelled = need->party;
        return aggregate_id(needing->query->facts, need->party);
    case BY_BOUNTY:
        return slice_text(yes_no[need->bounty]);
    case BY_NEED:
        break;
    }
    *ret_labelled = need->need;
    return aggregate_id(needing->query->facts, need->need);
}

static enum status add_need(struct group *cell, const struct need *need, struct fault *fault)
{
    bool open = need->closed == DAY_NONE;
    enum figure age = need->age <= 30    ? AGE_30
                      : need->age <= 90  ? AGE_90
                      : need->age <= 180 ? AGE_180
                                         : AGE_MORE;
    cell->of[NEEDS]++;
    cell->of[open ? OPEN : CLOSED]++;
    cell->of[BOUNTIES] += need->bounty;
    cell->of[INTRODUCED] += need->introduced;
    cell->of[WITHOUT_BUDGET] += need->budget == AMOUNT_UNKNOWN;
    if (open) { /* D1 */
        cell->of[age]++;
        cell->most = need->age > cell->most ? need->age : cell->most;
    }
    return need->budget == AMOUNT_UNKNOWN ? STATUS_OK
                                          : sum_add(&cell->of[BUDGET], need->budget, fault);
}

static enum status run(struct needing *needing, struct fault *fault)
{
    enum status status = STATUS_OK;
    for (uint64_t i = 0; status == STATUS_OK && i < needing->needs.count; i++) {
        const struct need *need = column_at(&needing->needs, i);
        uint32_t labelled;
        struct slice key = key_of(needing, need, &labelled);
        status = add_need(&needing->groups.total, need, fault);
        if (status == STATUS_OK && needing->by == BY_NEED) {
            page_offer(&needing->page, key, i);
        } else if (status == STATUS_OK) {
            status = add_need(group_of(&needing->groups, key, labelled), need, fault);
        }
    }
    groups_offer(&needing->groups, &needing->page);
    return status;
}

/* ---- answers ---- */

static uint32_t write_oldest(const struct group *group, struct writer *out)
{
    write_text(out, "oldest_days");
    if (group->most < 0) {
        write_nil(out);
    } else {
        write_int(out, group->most);
    }
    return 1;
}

static uint32_t write_need(const struct query *query, const struct need *need, struct writer *out)
{
    write_text(out, "state");
    write_text(out, state_params[need->closed != DAY_NONE]);
    write_text(out, "party");
    write_id(out, query->facts, need->party);
    write_text(out, "field");
    write_name(out, technology_field_names, (unsigned)need->field);
    write_text(out, "bounty");
    write_bool(out, need->bounty);
    write_text(out, "budget");
    write_amount(out, need->budget);
    write_text(out, "published_on");
    write_day(out, need->published);
    write_text(out, "closed_on");
    write_day(out, need->closed);
    write_text(out, "age_days");
    write_int(out, need->age);
    write_text(out, "introduced");
    write_uint(out, need->introduced);
    return 9;
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    struct needing *needing = arg;
    const struct query *query = needing->query;
    uint32_t written;
    (void)fault;
    size_t mark = write_map_begin(out);
    write_text(out, "key");
    write_str(out, row->key);
    if (needing->by == BY_NEED) {
        const struct need *need = column_at(&needing->needs, row->payload);
        write_text(out, "label");
        write_str(out,
                  text_of(query->facts, (text_ref)attribute_or(query, need->need, FIELD_text, 0)));
        written = 1 + write_need(query, need, out);
    } else {
        written = group_write(&needing->groups, row->payload, write_oldest, out);
    }
    write_map_end(out, mark, 1 + written);
    return STATUS_OK;
}

enum status needs_query(const struct query *query, struct writer *out, uint32_t *pairs,
                        struct fault *fault)
{
    struct needing needing;
    enum status status = needing_read(&needing, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    needing_init(&needing);
    page_init(&needing.page, &needing.scratch, query);
    status = run(&needing, fault);
    if (status == STATUS_OK) {
        status = page_write(&needing.page, write_row, &needing, out, pairs, fault);
    }
    if (status == STATUS_OK) {
        groups_write_total(&needing.groups, write_oldest, out);
        *pairs += 1;
    }
    needing_done(&needing);
    return status;
}

/* ---- explain: publications and closings of the needs of a row ---- */

static void explain_need(struct explanation *explanation, const struct need *need)
{
    const struct query *query = explanation->query;
    uint32_t at;
    for (const struct state_row *row =
             facts_first(query->facts, FACT_STATE, need->need, &query->view, &at);
         row != NULL; row = facts_next(query->facts, FACT_STATE, &query->view, &at)) {
        bool opened = row->state == OPEN_OPEN;
        struct explanation_line line = {.seq = row->fact.seq,
                                        .owner = need->need,
                                        .amount = opened ? need->budget : AMOUNT_UNKNOWN,
                                        .what = opened ? "published" : "closed",
                                        .currency = (uint8_t)currency_index(slice_text("CNY"))};
        explanation_add(explanation, &line);
    }
}

enum status needs_explain(const struct query *query, struct slice key, struct writer *out,
                          uint32_t *pairs, struct fault *fault)
{
    struct needing needing;
    struct explanation explanation;
    enum status status = needing_read(&needing, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    needing_init(&needing);
    explanation_init(&explanation, query);
    for (uint64_t i = 0; i < needing.needs.count; i++) {
        const struct need *need = column_at(&needing.needs, i);
        uint32_t labelled;
        if (slice_equal(key_of(&needing, need, &labelled), key)) {
            explain_need(&explanation, need);
        }
    }
    status = explanation_write(&explanation, out, pairs, fault);
    explanation_done(&explanation);
    needing_done(&needing);
    return status;
}
