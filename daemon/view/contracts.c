/* Contracts by stored state with what follows from dates (domain 5.3), or one by one.
 *
 *   C1  The flags are worked out for each question from as_of; expiry, lapse and default happen
 *       without an event.
 *   C2  A draft is a contract of the pipeline: counted in its own state and nowhere else. */

#include "daemon/view/explain.h"
#include "daemon/view/label.h"
#include "daemon/view/page.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"
#include "daemon/view/standing.h"

enum by { BY_STATE, BY_CONTRACT };
static const char *const by_names[] = {"state", "contract", NULL};
const char *const contracts_parameters[] = {"by", "state", "party", "type", "flag", NULL};

struct counts {
    int64_t count;
    int64_t flags[STANDING_FLAGS];
};

struct listing {
    const struct query *query;
    struct scratch scratch;
    struct page page;
    enum by by;
    int state, type, flag; /* -1: any */
    uint32_t party;        /* AGGREGATE_NONE: any */
    struct counts states[CONTRACT_STATES];
    struct counts total;
};

static enum status listing_read(struct listing *listing, const struct query *query,
                                struct fault *fault)
{
    int by = BY_STATE;
    *listing = (struct listing){.query = query};
    enum status status = params_check(query, contracts_parameters, fault);
    if (status == STATUS_OK) {
        status = param_enum(query, "by", by_names, BY_STATE, &by, fault);
    }
    if (status == STATUS_OK) {
        status = param_state(query, MACHINE_CONTRACT, &listing->state, fault);
    }
    if (status == STATUS_OK) {
        status = param_enum(query, "type", contract_type_names, -1, &listing->type, fault);
    }
    if (status == STATUS_OK) {
        status = param_enum(query, "flag", standing_flag_names, -1, &listing->flag, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "party", KIND_party, &listing->party, fault);
    }
    listing->by = (enum by)by;
    return status;
}

static bool wanted(const struct listing *listing, uint64_t index, struct standing *standing)
{
    return standing_read(listing->query, index, standing) &&
           (listing->state < 0 || standing->state == listing->state) &&
           (listing->type < 0 || standing->row->type == listing->type) &&
           (listing->flag < 0 || standing->flags[listing->flag]) &&
           (listing->party == AGGREGATE_NONE ||
            standing_has_party(listing->query, standing, listing->party));
}

static void count_standing(struct counts *counts, const struct standing *standing)
{
    counts->count++;
    for (int f = 0; f < STANDING_FLAGS; f++) {
        counts->flags[f] += standing->flags[f];
    }
}

static void scan(struct listing *listing)
{
    const struct query *query = listing->query;
    uint64_t rows = query->view.published.rows[FACT_CONTRACT];
    for (uint64_t i = 0; i < rows; i++) {
        struct standing standing;
        if (!wanted(listing, i, &standing)) {
            continue;
        }
        count_standing(&listing->states[standing.state], &standing);
        count_standing(&listing->total, &standing);
        if (listing->by == BY_CONTRACT) {
            page_offer(&listing->page, aggregate_id(query->facts, standing.contract), i);
        }
    }
    for (uint8_t s = 0; listing->by == BY_STATE && s < CONTRACT_STATES; s++) {
        if (listing->states[s].count > 0) {
            page_offer(&listing->page, slice_text(state_name(MACHINE_CONTRACT, s)), s);
        }
    }
}

static uint32_t write_counts(const struct counts *counts, struct writer *out)
{
    write_text(out, "count");
    write_int(out, counts->count);
    for (int f = 0; f < STANDING_FLAGS; f++) {
        write_text(out, standing_flag_names[f]);
        write_int(out, counts->flags[f]);
    }
    return 1 + STANDING_FLAGS;
}

static const char *state_label(uint8_t state, enum language language)
{
    static const char *const chinese[CONTRACT_STATES] = {
        "",     "洽谈草案", "已签订", "试用中", "生效履行",
        "中止", "履行完毕", "已解除", "无效",   "试用后放弃"};
    return language == LANGUAGE_ZH ? chinese[state] : state_name(MACHINE_CONTRACT, state);
}

static void write_shares(const struct query *query, const char *name, struct list_ref list,
                         struct writer *out)
{
    write_text(out, name);
    write_array(out, list.count);
    for (uint32_t i = 0; i < list.count; i++) {
        write_id(out, query->facts, share_at(query->facts, list, i)->aggregate);
    }
}

static uint32_t write_terms(const struct query *query, const struct standing *standing,
                            struct writer *out)
{
    const struct contract_row *row = standing->row;
    const struct {
        const char *name;
        const char *const *names;
        uint8_t value;
    } enums[] = {
        {"type", contract_type_names, row->type}, {"subtype", contract_subtype_names, row->subtype},
        {"grant", grant_kind_names, row->grant},  {"pay_mode", pay_mode_names, row->pay_mode},
        {"origin", origin_names, row->origin},
    };
    const struct {
        const char *name;
        int32_t day;
    } days[] = {
        {"since", standing->since},           {"sign_date", row->sign_date},
        {"term_start", standing->term_start}, {"term_end", standing->term_end},
        {"trial_end", standing->trial_end},
    };
    uint32_t pairs = 0;
    for (size_t i = 0; i < sizeof(enums) / sizeof(enums[0]); i++, pairs++) {
        write_text(out, enums[i].name);
        write_name(out, enums[i].names, enums[i].value);
    }
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++, pairs++) {
        write_text(out, days[i].name);
        write_day(out, days[i].day);
    }
    write_text(out, "contract_no");
    write_str(out, text_of(query->facts, row->contract_no));
    write_text(out, "department");
    write_str(out, text_of(query->facts, row->department));
    write_text(out, "currency");
    write_text(out, currency_code(row->currency));
    write_text(out, "total_fen");
    write_amount(out, standing->total_fen);
    return pairs + 4;
}

static void write_contract(const struct listing *listing, uint64_t index, struct writer *out)
{
    const struct query *query = listing->query;
    struct standing standing;
    if (!standing_read(query, index, &standing)) {
        write_nil(out);
        return;
    }
    uint8_t registration =
        state_at(query->facts, MACHINE_REGISTRATION, standing.contract, &query->view);
    size_t mark = write_map_begin(out);
    write_text(out, "key");
    write_str(out, aggregate_id(query->facts, standing.contract));
    write_text(out, "label");
    write_str(out, label_of(query, standing.contract));
    write_text(out, "state");
    write_text(out, state_name(MACHINE_CONTRACT, standing.state));
    write_text(out, "registration");
    write_text(out, state_name(MACHINE_REGISTRATION, registration));
    for (int f = 0; f < STANDING_FLAGS; f++) {
        write_text(out, standing_flag_names[f]);
        write_bool(out, standing.flags[f]);
    }
    write_shares(query, "sellers", standing.row->sellers, out);
    write_shares(query, "buyers", standing.row->buyers, out);
    write_map_end(out, mark, 4 + STANDING_FLAGS + 2 + write_terms(query, &standing, out));
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    const struct listing *listing = arg;
    (void)fault;
    if (listing->by == BY_CONTRACT) {
        write_contract(listing, row->payload, out);
        return STATUS_OK;
    }
    size_t mark = write_map_begin(out);
    write_text(out, "key");
    write_str(out, row->key);
    write_text(out, "label");
    write_text(out, state_label((uint8_t)row->payload, listing->query->language));
    write_map_end(out, mark, 2 + write_counts(&listing->states[row->payload], out));
    return STATUS_OK;
}

enum status contracts_query(const struct query *query, struct writer *out, uint32_t *pairs,
                            struct fault *fault)
{
    struct listing listing;
    enum status status = listing_read(&listing, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&listing.scratch);
    page_init(&listing.page, &listing.scratch, query);
    scan(&listing);
    status = page_write(&listing.page, write_row, &listing, out, pairs, fault);
    if (status == STATUS_OK) {
        write_text(out, "total");
        write_array(out, listing.total.count > 0 ? 1 : 0);
        if (listing.total.count > 0) {
            size_t mark = write_map_begin(out);
            write_map_end(out, mark, write_counts(&listing.total, out));
        }
        *pairs += 1;
    }
    scratch_done(&listing.scratch);
    return status;
}

/* ---- explain: how each contract of the row came to where it stands ---- */

static void explain_states(struct explanation *explanation, const struct standing *standing)
{
    const struct query *query = explanation->query;
    uint32_t at;
    const struct state_row *row =
        facts_first(query->facts, FACT_STATE, standing->contract, &query->view, &at);
    for (; row != NULL; row = facts_next(query->facts, FACT_STATE, &query->view, &at)) {
        struct explanation_line line = {.seq = row->fact.seq,
                                        .owner = standing->contract,
                                        .amount = AMOUNT_UNKNOWN,
                                        .currency = standing->row->currency};
        line.what = state_name((enum machine)row->machine, row->state);
        if (row->machine == MACHINE_CONTRACT || row->machine == MACHINE_REGISTRATION) {
            explanation_add(explanation, &line);
        }
    }
}

enum status contracts_explain(const struct query *query, struct slice key, struct writer *out,
                              uint32_t *pairs, struct fault *fault)
{
    struct listing listing;
    struct explanation explanation;
    enum status status = listing_read(&listing, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    explanation_init(&explanation, query);
    for (uint64_t i = 0; i < query->view.published.rows[FACT_CONTRACT]; i++) {
        struct standing standing;
        if (!wanted(&listing, i, &standing)) {
            continue;
        }
        struct slice own = listing.by == BY_CONTRACT
                               ? aggregate_id(query->facts, standing.contract)
                               : slice_text(state_name(MACHINE_CONTRACT, standing.state));
        if (slice_equal(own, key)) {
            explain_states(&explanation, &standing);
        }
    }
    status = explanation_write(&explanation, out, pairs, fault);
    explanation_done(&explanation);
    return status;
}
