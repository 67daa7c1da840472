/* Matching (domain 5.11, 5.14): introductions by broker, or signed contracts by origin.
 *
 *   M1  By broker, amounts of different currencies are never added: a row for each (N2, N3 of
 *       introductions.h).
 *   M2  A framework agreement is pipeline: its amount stands apart and is in no turnover.
 *   M3  By origin, a signed contract counts on its signing date, drafts never; sellers and
 *       buyers are counted once each.
 *   M4  A party is its survivor at the viewpoint.
 *   M5  Explained, a count has as many lines of its name: introduced, signed, framework, failed.
 * The amounts of the signed ones are the facilitated value, those of frameworks stand apart. */

#include "daemon/ledger/merger.h"
#include "daemon/view/explain.h"
#include "daemon/view/introductions.h"
#include "daemon/view/label.h"
#include "daemon/view/page.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"
#include "daemon/view/standing.h"

enum by { BY_BROKER, BY_ORIGIN };
static const char *const by_names[] = {"broker", "origin", NULL};
const char *const match_parameters[] = {"by", "period", "broker", "origin", NULL};

#define ORIGINS 6

static const char *const broker_columns[] = {INTRODUCTION_NAMES, NULL};

struct matching {
    const struct query *query;
    struct scratch scratch;
    enum by by;
    bool has_period;
    int32_t from, to;
    int origin;
    uint32_t broker;
    int64_t contracts[ORIGINS + 1];
    int64_t sellers[ORIGINS + 1], buyers[ORIGINS + 1]; /* the last: of all origins */
};

static enum status matching_read(struct matching *matching, const struct query *query,
                                 struct fault *fault)
{
    int by = BY_BROKER;
    *matching = (struct matching){.query = query};
    enum status status = params_check(query, match_parameters, fault);
    if (status == STATUS_OK) {
        status = param_enum(query, "by", by_names, BY_BROKER, &by, fault);
    }
    if (status == STATUS_OK) {
        status = param_period(query, "period", &matching->from, &matching->to,
                              &matching->has_period, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "broker", KIND_party, &matching->broker, fault);
    }
    if (status == STATUS_OK) {
        status = param_enum(query, "origin", origin_names, -1, &matching->origin, fault);
    }
    matching->by = (enum by)by;
    return status;
}

static bool in_period(const struct matching *matching, int32_t day)
{
    return !matching->has_period || (day >= matching->from && day <= matching->to);
}

/* ---- by broker ---- */

static bool is_asked_for(const struct matching *matching, const struct introduction *introduction)
{
    const struct match_row *row = introduction->introduced;
    return in_period(matching, row->fact.valid) &&
           (matching->broker == AGGREGATE_NONE ||
            party_same(matching->query->facts, matching->broker, row->broker,
                       &matching->query->view));
}

static enum status by_broker(struct matching *matching, struct writer *out, uint32_t *pairs,
                             struct fault *fault)
{
    const struct query *query = matching->query;
    uint64_t rows = query->view.published.rows[FACT_MATCH];
    enum status status = STATUS_OK;
    struct tally tally;
    struct introduction_days days;
    introduction_days_init(&days, &matching->scratch, 0);
    tally_init(&tally, query, &matching->scratch, broker_columns);
    for (uint64_t i = 0; i < rows && status == STATUS_OK; i++) {
        struct introduction introduction;
        char text[KEY_BYTES_MAX];
        if (!introduction_read(query, i, &introduction) || !is_asked_for(matching, &introduction)) {
            continue;
        }
        uint32_t broker =
            party_survivor(query->facts, introduction.introduced->broker, &query->view); /* M4 */
        struct slice key = slice_of(text, key_id(query->facts, broker, text));
        struct tally_cell *cell = tally_cell(&tally, key, introduction.currency, broker); /* M1 */
        status = introduction_add(&days, &tally, cell, &introduction, fault);
    }
    if (status == STATUS_OK) {
        status = tally_write(&tally, introduction_rates, &days, out, pairs, fault);
    }
    tally_done(&tally);
    introduction_days_done(&days);
    return status;
}

/* ---- by origin ---- */

static void meet(const struct matching *matching, struct list_ref list, int origin, uint8_t *met,
                 int64_t *counts)
{
    for (uint32_t i = 0; i < list.count; i++) {
        uint32_t party = party_survivor(matching->query->facts,
                                        share_at(matching->query->facts, list, i)->aggregate,
                                        &matching->query->view);
        uint8_t bit = (uint8_t)(1u << (unsigned)origin);
        counts[ORIGINS] += met[party] == 0;
        counts[origin] += (met[party] & bit) == 0;
        met[party] |= bit;
    }
}

/* The contract of row `index` and its origin, if it is asked for (M3). */
static bool signed_contract(const struct matching *matching, uint64_t index,
                            struct standing *standing, int *ret_origin)
{
    if (!standing_read(matching->query, index, standing) || standing->row->drafted ||
        !in_period(matching, standing->row->sign_date)) {
        return false;
    }
    *ret_origin = standing->row->origin < ORIGINS ? standing->row->origin : ORIGIN_direct;
    return matching->origin < 0 || matching->origin == *ret_origin;
}

static void run_origins(struct matching *matching)
{
    const struct query *query = matching->query;
    uint64_t parties = query->view.published.aggregates;
    uint8_t *sellers = scratch_take(&matching->scratch, parties + 1);
    uint8_t *buyers = scratch_take(&matching->scratch, parties + 1);
    for (uint64_t i = 0; i < query->view.published.rows[FACT_CONTRACT]; i++) {
        struct standing standing;
        int origin;
        if (!signed_contract(matching, i, &standing, &origin)) {
            continue;
        }
        matching->contracts[origin]++;
        matching->contracts[ORIGINS]++;
        meet(matching, standing.row->sellers, origin, sellers, matching->sellers);
        meet(matching, standing.row->buyers, origin, buyers, matching->buyers);
    }
}

static uint32_t write_origin(const struct matching *matching, uint64_t origin, struct writer *out)
{
    write_text(out, "contracts");
    write_int(out, matching->contracts[origin]);
    write_text(out, "sellers");
    write_int(out, matching->sellers[origin]);
    write_text(out, "buyers");
    write_int(out, matching->buyers[origin]);
    return 3;
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    const struct matching *matching = arg;
    (void)fault;
    size_t mark = write_map_begin(out);
    write_text(out, "key");
    write_str(out, row->key);
    write_text(out, "label");
    write_str(out, row->key);
    write_map_end(out, mark, 2 + write_origin(matching, row->payload, out));
    return STATUS_OK;
}

static void write_total(const struct matching *matching, struct writer *out)
{
    bool any = matching->contracts[ORIGINS] > 0;
    write_text(out, "total");
    write_array(out, any ? 1 : 0);
    if (any) {
        size_t mark = write_map_begin(out);
        write_map_end(out, mark, write_origin(matching, ORIGINS, out));
    }
}

static enum status by_origin(struct matching *matching, struct writer *out, uint32_t *pairs,
                             struct fault *fault)
{
    struct page page;
    page_init(&page, &matching->scratch, matching->query);
    run_origins(matching);
    for (uint64_t o = 0; o < ORIGINS; o++) {
        if (matching->contracts[o] > 0) {
            page_offer(&page, slice_text(origin_names[o]), o);
        }
    }
    enum status status = page_write(&page, write_row, matching, out, pairs, fault);
    if (status == STATUS_OK) {
        write_total(matching, out);
        *pairs += 1;
    }
    return status;
}

enum status match_query(const struct query *query, struct writer *out, uint32_t *pairs,
                        struct fault *fault)
{
    struct matching matching;
    enum status status = matching_read(&matching, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&matching.scratch);
    status = matching.by == BY_BROKER ? by_broker(&matching, out, pairs, fault)
                                      : by_origin(&matching, out, pairs, fault);
    scratch_done(&matching.scratch);
    return status;
}

/* ---- explain (M5) ---- */

static void explain_introduction(struct explanation *explanation,
                                 const struct introduction *introduction)
{
    static const char *const outcomes[] = {[MATCH_OUTCOME_signed] = "signed",
                                           [MATCH_OUTCOME_framework] = "framework",
                                           [MATCH_OUTCOME_failed] = "failed"};
    const struct match_row *closed = introduction->closed;
    struct explanation_line line = {.seq = introduction->introduced->fact.seq,
                                    .amount = AMOUNT_UNKNOWN,
                                    .what = "introduced",
                                    .currency = introduction->currency};
    explanation_add(explanation, &line);
    if (introduction->contract != NULL) { /* whence its day and value */
        line.seq = introduction->contract->fact.seq;
        line.what = "contract";
        explanation_add(explanation, &line);
    }
    if (closed != NULL) {
        line.seq = closed->fact.seq;
        line.what = outcomes[closed->outcome];
        if (closed->outcome == MATCH_OUTCOME_signed) {
            line.amount = introduction->facilitated;
        } else if (closed->outcome == MATCH_OUTCOME_framework) {
            line.amount = closed->amount_fen;
        }
        explanation_add(explanation, &line);
    }
}

static void explain_broker(struct explanation *explanation, const struct matching *matching,
                           struct slice key)
{
    const struct query *query = matching->query;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_MATCH]; i++) {
        struct introduction introduction;
        char own[KEY_BYTES_MAX];
        if (!introduction_read(query, i, &introduction) || !is_asked_for(matching, &introduction)) {
            continue;
        }
        uint32_t broker =
            party_survivor(query->facts, introduction.introduced->broker, &query->view); /* M4 */
        if (slice_equal(slice_of(own, key_id(query->facts, broker, own)), key)) {
            explain_introduction(explanation, &introduction);
        }
    }
}

static void explain_origin(struct explanation *explanation, const struct matching *matching,
                           struct slice key)
{
    const struct query *query = matching->query;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_CONTRACT]; i++) {
        struct standing standing;
        int origin;
        if (signed_contract(matching, i, &standing, &origin) &&
            slice_is(key, origin_names[origin])) {
            const struct explanation_line line = {.seq = standing.row->fact.seq,
                                                  .amount = AMOUNT_UNKNOWN,
                                                  .what = "counted",
                                                  .currency = standing.row->currency};
            explanation_add(explanation, &line);
        }
    }
}

enum status match_explain(const struct query *query, struct slice key, struct writer *out,
                          uint32_t *pairs, struct fault *fault)
{
    struct matching matching;
    struct explanation explanation;
    enum status status = matching_read(&matching, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    explanation_init(&explanation, query);
    if (matching.by == BY_BROKER) {
        explain_broker(&explanation, &matching, key);
    } else {
        explain_origin(&explanation, &matching, key);
    }
    status = explanation_write(&explanation, out, pairs, fault);
    explanation_done(&explanation);
    return status;
}
