/* Matching (domain 5.11, 5.14): introductions by broker, or signed contracts by origin.
 *
 *   M1  Rates are of closed introductions, in permille; days from introduction to signature are
 *       a median in tenths (ruling 28). Null where there is nothing to take them of.
 *   M2  A framework agreement is pipeline: its amount stands apart and is in no turnover.
 *   M3  By origin, a signed contract counts on its signing date, drafts never; sellers and
 *       buyers are counted once each.
 *   M4  A party is its survivor at the viewpoint.
 *   M5  Explained, a count has as many lines of its name: introduced, signed, framework, failed.
 * The amounts of the signed ones are the facilitated value, those of frameworks stand apart. */

#include "daemon/ledger/merger.h"
#include "daemon/ledger/money.h"
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

struct broker_cell {
    uint32_t broker; /* AGGREGATE_NONE: introduced without one */
    int64_t introduced, outcomes[3], facilitated, framework_amount;
    int64_t *days; /* of the signed ones */
    uint64_t day_count;
};

struct matching {
    const struct query *query;
    struct scratch scratch;
    struct page page;
    enum by by;
    bool has_period;
    int32_t from, to;
    int origin;
    uint32_t broker;
    uint32_t *slot; /* by broker, the last for none: cell + 1 */
    struct column cells;
    struct broker_cell total;
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

static struct broker_cell *cell_of(struct matching *matching, uint32_t introduced_by)
{
    uint32_t broker =
        party_survivor(matching->query->facts, introduced_by, &matching->query->view); /* M4 */
    uint64_t brokers = matching->query->view.published.aggregates;
    uint64_t place = broker < brokers ? broker : brokers;
    if (matching->slot[place] == 0) {
        struct broker_cell *cell = column_push(&matching->cells);
        cell->broker = broker;
        matching->slot[place] = (uint32_t)matching->cells.count;
    }
    return column_at(&matching->cells, matching->slot[place] - 1);
}

static void count_introduction(struct broker_cell *cell, const struct introduction *introduction)
{
    const struct match_row *closed = introduction->closed;
    cell->introduced++;
    if (closed == NULL) {
        return;
    }
    cell->outcomes[closed->outcome]++;
    cell->facilitated += introduction->facilitated;
    if (closed->outcome == MATCH_OUTCOME_framework && closed->amount_fen != AMOUNT_UNKNOWN) {
        cell->framework_amount += closed->amount_fen; /* M2 */
    }
    if (introduction->days != DAY_NONE) {
        if (cell->days != NULL) {
            cell->days[cell->day_count] = introduction->days;
        }
        cell->day_count++;
    }
}

/* Twice over the introductions: to count, then to keep the days. */
static void run_brokers(struct matching *matching)
{
    const struct query *query = matching->query;
    uint64_t rows = query->view.published.rows[FACT_MATCH];
    for (int pass = 0; pass < 2; pass++) {
        for (uint64_t i = 0; i < rows; i++) {
            struct introduction introduction;
            if (introduction_read(query, i, &introduction) &&
                is_asked_for(matching, &introduction)) {
                count_introduction(cell_of(matching, introduction.introduced->broker),
                                   &introduction);
                count_introduction(&matching->total, &introduction);
            }
        }
        for (uint64_t i = 0; pass == 0 && i <= matching->cells.count; i++) {
            struct broker_cell *cell =
                i < matching->cells.count ? column_at(&matching->cells, i) : &matching->total;
            uint64_t days = cell->day_count;
            *cell = (struct broker_cell){.broker = cell->broker};
            cell->days = scratch_take(&matching->scratch, (days + 1) * sizeof(int64_t));
        }
    }
}

static void write_median(const struct broker_cell *cell, struct writer *out)
{
    uint64_t count = cell->day_count;
    write_text(out, "median_days_tenths");
    if (count == 0) {
        write_nil(out);
        return;
    }
    write_int(out, median_tenths(cell->days, count)); /* M1 */
}

static uint32_t write_broker_cell(const struct broker_cell *cell, struct writer *out)
{
    int64_t closed = cell->outcomes[0] + cell->outcomes[1] + cell->outcomes[2];
    const struct {
        const char *name;
        int64_t value;
    } columns[] = {
        {"introduced", cell->introduced},
        {"open", cell->introduced - closed},
        {"closed", closed},
        {"signed", cell->outcomes[MATCH_OUTCOME_signed]},
        {"framework", cell->outcomes[MATCH_OUTCOME_framework]},
        {"failed", cell->outcomes[MATCH_OUTCOME_failed]},
        {"facilitated", cell->facilitated},
        {"framework_amount", cell->framework_amount},
    };
    uint32_t count = sizeof(columns) / sizeof(columns[0]);
    for (uint32_t i = 0; i < count; i++) {
        write_text(out, columns[i].name);
        write_int(out, columns[i].value);
    }
    write_text(out, "sign_rate_permille");
    if (closed > 0) {
        int128 thousand = (int128)1000 * cell->outcomes[MATCH_OUTCOME_signed];
        write_int(out, divide_rounded(thousand, closed, ROUND_HALF_AWAY));
    } else {
        write_nil(out);
    }
    write_median(cell, out);
    return count + 2;
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

/* ---- both ---- */

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    struct matching *matching = arg;
    uint32_t pairs;
    (void)fault;
    size_t mark = write_map_begin(out);
    write_text(out, "key");
    write_str(out, row->key);
    write_text(out, "label");
    if (matching->by == BY_ORIGIN) {
        write_str(out, row->key);
        pairs = write_origin(matching, row->payload, out);
    } else {
        const struct broker_cell *cell = column_at(&matching->cells, row->payload);
        write_str(out, label_of(matching->query, cell->broker));
        pairs = write_broker_cell(cell, out);
    }
    write_map_end(out, mark, 2 + pairs);
    return STATUS_OK;
}

static void offer_rows(struct matching *matching)
{
    char key[KEY_BYTES_MAX];
    for (uint64_t o = 0; matching->by == BY_ORIGIN && o < ORIGINS; o++) {
        if (matching->contracts[o] > 0) {
            page_offer(&matching->page, slice_text(origin_names[o]), o);
        }
    }
    for (uint64_t i = 0; i < matching->cells.count; i++) {
        const struct broker_cell *cell = column_at(&matching->cells, i);
        size_t len = key_id(matching->query->facts, cell->broker, key);
        page_offer(&matching->page, slice_of(key, len), i);
    }
}

static void write_total(const struct matching *matching, struct writer *out)
{
    bool by_origin = matching->by == BY_ORIGIN;
    bool any = by_origin ? matching->contracts[ORIGINS] > 0 : matching->total.introduced > 0;
    write_text(out, "total");
    write_array(out, any ? 1 : 0);
    if (any) {
        size_t mark = write_map_begin(out);
        write_map_end(out, mark,
                      by_origin ? write_origin(matching, ORIGINS, out)
                                : write_broker_cell(&matching->total, out));
    }
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
    column_init(&matching.cells, sizeof(struct broker_cell));
    page_init(&matching.page, &matching.scratch, query);
    if (matching.by == BY_BROKER) {
        matching.slot = scratch_take(&matching.scratch,
                                     (query->view.published.aggregates + 1) * sizeof(uint32_t));
        run_brokers(&matching);
    } else {
        run_origins(&matching);
    }
    offer_rows(&matching);
    status = page_write(&matching.page, write_row, &matching, out, pairs, fault);
    if (status == STATUS_OK) {
        write_total(&matching, out);
        *pairs += 1;
    }
    column_done(&matching.cells);
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
