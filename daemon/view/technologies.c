/* Technologies: state, owners, expiry, and what lies on them (domain 2.3, 5.14); one row each, or
 * counted by state, kind of right, field, open licence or owner.
 *
 *   T1  `state` is the stored one; what follows from dates stands in `expired`, `open_license`
 *       and `in_force` (technology_standing.h).
 *   T2  The open share is of all technologies of the row: 53 of 170 are 312 permille.
 *   T3  What persons hold by a grant of rights is `persons_ppm`, they are no owner. By owner a
 *       technology counts with each of them and once in the total.
 *   T4  `trl`, `ask` (CNY) and `ask_mode` are as published or last changed, null where never said;
 *       prices asked for are offers and no turnover, so there is no sum of them. */

#include "daemon/ledger/technology.h"
#include "daemon/view/contract_rows.h"
#include "daemon/view/explain.h"
#include "daemon/view/groups.h"
#include "daemon/view/label.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"
#include "daemon/view/technology_standing.h"

enum by { BY_TECHNOLOGY, BY_STATE, BY_IP_KIND, BY_FIELD, BY_OPEN, BY_OWNER };
static const char *const by_names[] = {"technology",   "state", "ip_kind", "field",
                                       "open_license", "owner", NULL};
const char *const technologies_parameters[] = {
    "by", "state", "ip_kind", "field", "owner", "pool", "open_license", "pledged", "expired", NULL};
static const char *const yes_no[] = {"false", "true", NULL};
enum figure { TECHNOLOGIES, IN_FORCE, EXPIRED, OPEN, PLEDGED, POOLED, FIGURES };
static const char *const figure_names[FIGURES + 1] = {"technologies", "in_force", "expired", "open",
                                                      "pledged",      "pooled",   NULL};

struct listing {
    const struct query *query;
    struct scratch scratch;
    struct page page;
    enum by by;
    int state, ip_kind, field, open, pledged, expired; /* -1: any */
    uint32_t owner, pool;                              /* AGGREGATE_NONE: any */
    struct groups groups;
};

static enum status listing_read(struct listing *listing, const struct query *query,
                                struct fault *fault)
{
    int by = BY_TECHNOLOGY;
    *listing = (struct listing){.query = query};
    const struct {
        const char *name;
        const char *const *names;
        int *index;
    } choices[] = {{"ip_kind", ip_kind_names, &listing->ip_kind},
                   {"field", technology_field_names, &listing->field},
                   {"open_license", open_offer_names, &listing->open},
                   {"pledged", yes_no, &listing->pledged},
                   {"expired", yes_no, &listing->expired}};
    enum status status = params_check(query, technologies_parameters, fault);
    if (status == STATUS_OK) {
        status = param_enum(query, "by", by_names, BY_TECHNOLOGY, &by, fault);
    }
    if (status == STATUS_OK) {
        status = param_state(query, MACHINE_TECHNOLOGY, &listing->state, fault);
    }
    for (size_t i = 0; status == STATUS_OK && i < sizeof(choices) / sizeof(choices[0]); i++) {
        status = param_enum(query, choices[i].name, choices[i].names, -1, choices[i].index, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "owner", KIND_party, &listing->owner, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "pool", KIND_pool, &listing->pool, fault);
    }
    listing->by = (enum by)by;
    return status;
}

/* ---- one technology ---- */

static bool is_asked_for(const struct listing *listing,
                         const struct technology_standing *technology)
{
    return (listing->state < 0 || listing->state == technology->state) &&
           (listing->ip_kind < 0 || listing->ip_kind == technology->ip_kind) &&
           (listing->field < 0 || listing->field == technology->field) &&
           (listing->open < 0 || listing->open == (int)technology->open) &&
           (listing->pledged < 0 || (listing->pledged == 1) == technology->pledged) &&
           (listing->expired < 0 || (listing->expired == 1) == technology->expired) &&
           (listing->pool == AGGREGATE_NONE || listing->pool == technology->pool) &&
           (listing->owner == AGGREGATE_NONE ||
            technology_share(listing->query->facts, technology->technology, listing->owner,
                             &listing->query->view) > 0);
}

static bool technology_read(const struct listing *listing, uint64_t aggregate,
                            struct technology_standing *ret)
{
    return technology_standing_read(listing->query, (uint32_t)aggregate, listing->pool, ret) &&
           is_asked_for(listing, ret);
}

/* ---- groups ---- */

static void count_in(struct group *cell, const struct technology_standing *technology)
{
    cell->of[TECHNOLOGIES]++;
    cell->of[IN_FORCE] += technology->in_force;
    cell->of[EXPIRED] += technology->expired;
    cell->of[OPEN] += technology->open == OFFER_OPEN;
    cell->of[PLEDGED] += technology->pledged;
    cell->of[POOLED] += technology->pool != AGGREGATE_NONE;
}

/* The row of everything but owners. */
static struct slice key_of(const struct listing *listing,
                           const struct technology_standing *technology)
{
    switch (listing->by) {
    case BY_STATE:
        return slice_text(state_name(MACHINE_TECHNOLOGY, technology->state));
    case BY_IP_KIND:
        return technology->ip_kind < 0 ? slice_of("", 0)
                                       : slice_text(ip_kind_names[technology->ip_kind]);
    case BY_FIELD:
        return technology->field < 0 ? slice_of("", 0)
                                     : slice_text(technology_field_names[technology->field]);
    case BY_OPEN:
        return slice_text(open_offer_names[technology->open]);
    case BY_OWNER:
    case BY_TECHNOLOGY:
        break;
    }
    return aggregate_id(listing->query->facts, technology->technology);
}

static void count_owners(struct listing *listing, const struct technology_standing *technology)
{
    struct owner_share *owners;
    uint32_t count =
        technology_owner_shares(listing->query, technology->technology, &listing->scratch, &owners);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t party = owners[i].party;
        struct slice id = aggregate_id(listing->query->facts, party);
        count_in(group_of(&listing->groups, id, party), technology);
    }
}

static void run(struct listing *listing)
{
    for (uint64_t i = 0; i < listing->query->view.published.aggregates; i++) {
        struct technology_standing technology;
        if (!technology_read(listing, i, &technology)) {
            continue;
        }
        count_in(&listing->groups.total, &technology);
        if (listing->by == BY_TECHNOLOGY) {
            page_offer(&listing->page, key_of(listing, &technology), i);
        } else if (listing->by == BY_OWNER) {
            count_owners(listing, &technology);
        } else {
            struct slice key = key_of(listing, &technology);
            count_in(group_of(&listing->groups, key, AGGREGATE_NONE), &technology);
        }
    }
    groups_offer(&listing->groups, &listing->page);
}

/* ---- answers ---- */

/* T2 */
static uint32_t write_open_share(const struct group *group, struct writer *out)
{
    write_text(out, "open_share_permille");
    write_permille(out, group->of[OPEN], group->of[TECHNOLOGIES]);
    return 1;
}

static uint32_t write_technology(struct listing *listing,
                                 const struct technology_standing *technology, struct writer *out)
{
    const struct query *query = listing->query;
    struct owner_share *owners;
    uint32_t count =
        technology_owner_shares(listing->query, technology->technology, &listing->scratch, &owners);
    write_text(out, "state");
    write_text(out, state_name(MACHINE_TECHNOLOGY, technology->state));
    write_text(out, "expired");
    write_bool(out, technology->expired);
    write_text(out, "ip_kind");
    write_name(out, ip_kind_names, (unsigned)technology->ip_kind);
    write_text(out, "field");
    write_name(out, technology_field_names, (unsigned)technology->field);
    write_text(out, "trl");
    write_amount(out, technology->trl);
    write_text(out, "ask");
    write_amount(out, technology->ask);
    write_text(out, "ask_mode");
    write_name(out, pay_mode_names, (unsigned)technology->ask_mode);
    write_text(out, "filed");
    write_day(out, technology->filed);
    write_text(out, "expiry");
    write_day(out, technology->expiry);
    write_text(out, "owner");
    write_id(out, query->facts, count > 0 ? owners[0].party : AGGREGATE_NONE);
    write_text(out, "owners");
    write_uint(out, count);
    write_text(out, "persons_ppm");
    write_int(out, technology_persons_ppm(query, technology->technology));
    write_text(out, "open_license");
    write_text(out, open_offer_names[technology->open]);
    write_text(out, "open_until");
    write_day(out, technology->open_until);
    write_text(out, "pledged");
    write_bool(out, technology->pledged);
    write_text(out, "pool");
    write_id(out, query->facts, technology->pool);
    return 16;
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    struct listing *listing = arg;
    const struct query *query = listing->query;
    uint32_t written = 0;
    (void)fault;
    size_t mark = write_map_begin(out);
    write_text(out, "key");
    write_str(out, row->key);
    if (listing->by == BY_TECHNOLOGY) {
        struct technology_standing technology;
        write_text(out, "label");
        write_str(out, label_of(query, (uint32_t)row->payload));
        written = 1;
        if (technology_read(listing, row->payload, &technology)) {
            written += write_technology(listing, &technology, out);
        }
    } else {
        written = group_write(&listing->groups, row->payload, write_open_share, out);
    }
    write_map_end(out, mark, 1 + written);
    return STATUS_OK;
}

enum status technologies_query(const struct query *query, struct writer *out, uint32_t *pairs,
                               struct fault *fault)
{
    struct listing listing;
    enum status status = listing_read(&listing, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&listing.scratch);
    groups_init(&listing.groups, query, &listing.scratch, figure_names);
    page_init(&listing.page, &listing.scratch, query);
    run(&listing);
    status = page_write(&listing.page, write_row, &listing, out, pairs, fault);
    if (status == STATUS_OK) {
        groups_write_total(&listing.groups, write_open_share, out);
        *pairs += 1;
    }
    groups_done(&listing.groups);
    scratch_done(&listing.scratch);
    return status;
}

/* ---- explain: what one technology's row rests on, or the publications behind a count ---- */

static void note(struct explanation *explanation, const struct fact *fact, const char *what)
{
    struct explanation_line line = {
        .seq = fact->seq, .owner = fact->key, .amount = AMOUNT_UNKNOWN, .what = what};
    explanation_add(explanation, &line);
}

static const char *what_of(enum fact_table table, const struct fact *fact)
{
    const void *row = fact;
    if (table == FACT_STATE) {
        const struct state_row *state = row;
        return state->machine == MACHINE_TECHNOLOGY
                   ? state_name(MACHINE_TECHNOLOGY, state->state)
                   : open_offer_names[state->state == OPEN_LICENSE_DECLARED ? OFFER_OPEN
                                                                            : OFFER_WITHDRAWN];
    }
    if (table == FACT_POOL_PATENT) {
        const struct pool_patent_row *patent = row;
        return patent->admitted ? "patent_admitted" : "patent_removed";
    }
    return table == FACT_OWNER ? "owner" : "pledged";
}

static void explain_technology(struct explanation *explanation, uint32_t technology)
{
    static const enum fact_table tables[] = {FACT_STATE, FACT_OWNER, FACT_ENCUMBRANCE,
                                             FACT_POOL_PATENT};
    const struct query *query = explanation->query;
    for (size_t t = 0; t < sizeof(tables) / sizeof(tables[0]); t++) {
        uint32_t at;
        const struct fact *row =
            facts_first(query->facts, tables[t], technology, &query->view, &at);
        for (; row != NULL; row = facts_next(query->facts, tables[t], &query->view, &at)) {
            note(explanation, row, what_of(tables[t], row));
        }
    }
}

static void explain_publication(struct explanation *explanation, uint32_t technology)
{
    const struct query *query = explanation->query;
    const struct fact *oldest = NULL;
    uint32_t at;
    for (const struct fact *row =
             facts_first(query->facts, FACT_STATE, technology, &query->view, &at);
         row != NULL; row = facts_next(query->facts, FACT_STATE, &query->view, &at)) {
        oldest = row; /* newest first */
    }
    if (oldest != NULL) {
        note(explanation, oldest, "counted");
    }
}

enum status technologies_explain(const struct query *query, struct slice key, struct writer *out,
                                 uint32_t *pairs, struct fault *fault)
{
    struct listing listing;
    struct explanation explanation;
    enum status status = listing_read(&listing, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&listing.scratch);
    explanation_init(&explanation, query);
    for (uint64_t i = 0; i < query->view.published.aggregates; i++) {
        struct technology_standing technology;
        struct owner_share *owners;
        if (!technology_read(&listing, i, &technology)) {
            continue;
        }
        bool in = listing.by != BY_OWNER && slice_equal(key_of(&listing, &technology), key);
        uint32_t count =
            listing.by == BY_OWNER
                ? technology_owner_shares(query, technology.technology, &listing.scratch, &owners)
                : 0;
        for (uint32_t k = 0; k < count && !in; k++) {
            in = slice_equal(aggregate_id(query->facts, owners[k].party), key);
        }
        if (in && listing.by == BY_TECHNOLOGY) {
            explain_technology(&explanation, technology.technology);
        } else if (in) {
            explain_publication(&explanation, technology.technology);
        }
    }
    status = explanation_write(&explanation, out, pairs, fault);
    explanation_done(&explanation);
    scratch_done(&listing.scratch);
    return status;
}
