/* The yearly report of an institution on its conversions (Law on Promoting the Transformation of
 * Scientific and Technological Achievements, art 21): by mode, in CNY.
 *
 *   P1  A contract counts in the year of its signing, by its total as known at as_of; what was
 *       voided counts nowhere, drafts neither. An unknown total is a contract and no value,
 *       but for the shares that were issued for the technology: their part, as far as the event
 *       names the holders, of the value of the company.
 *   P2  Received is money by value date in the year on any contract of the mode, whenever it was
 *       signed: all kinds but deposit and restitution, interest included (ruling 41).
 *   P3  Other currencies come in at the rate in force on the day of signing; without one the
 *       contract counts in `no_rate` and in no amount.
 *   P4  The mode is that of art 16 as far as a contract says it: equity by its way of paying, else
 *       its type.
 *   P5  Rewards count in the year in which they were paid, by the mode of their contract; persons
 *       are those of each payment. `rewards_equity` is the part given in shares.
 *   P6  A venture is one way of contributing technology for shares: it counts in the row `equity`,
 *       in the year of its founding; for a seller, where he owned one of its technologies on the
 *       day before, whoever holds it since; what nobody owned then was of its first owners. It
 *       belongs to no department. */

#include "daemon/ledger/calendar.h"
#include "daemon/ledger/merger.h"
#include "daemon/ledger/money.h"
#include "daemon/view/contract_receipts.h"
#include "daemon/view/contract_rows.h"
#include "daemon/view/label.h"
#include "daemon/view/page.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"
#include "daemon/view/standing.h"
#include "daemon/view/statistics.h"
#include "daemon/view/sum.h"

enum mode {
    MODE_CONSULTING,
    MODE_DEVELOPMENT,
    MODE_EQUITY,
    MODE_LICENSE,
    MODE_SERVICE,
    MODE_TRANSFER,
    MODES
};
static const char *const mode_names[] = {"consulting", "development", "equity", "license",
                                         "service",    "transfer",    NULL};
static const char *const mode_chinese[] = {"咨询", "开发", "作价投资", "许可", "服务", "转让"};
const char *const annual_report_parameters[] = {"year", "seller", "department", NULL};

#define CLASSES 3
static const struct {
    const char *name;
    int64_t from_fen;
} classes[CLASSES] = {
    {"at_least_1m", INT64_C(100000000)},
    {"at_least_10m", INT64_C(1000000000)},
    {"at_least_100m", INT64_C(10000000000)},
};

struct yearly {
    int64_t count, value, received, no_rate, rewards, in_shares, rewarded, ventures,
        of_class[CLASSES];
};

struct report {
    const struct query *query;
    struct fault *fault;
    enum status status; /* E_RANGE once a sum left the range of money */
    struct scratch scratch;
    struct page page;
    struct column receipts;
    int64_t *issued; /* for shares, by contract; NULL: nothing */
    int32_t from, to;
    uint32_t seller;
    struct slice department;
    struct yearly modes[MODES + 1]; /* the last: all */
};

static void sum_into(struct report *report, int64_t *sum, int64_t part)
{
    if (report->status == STATUS_OK) {
        report->status = sum_add(sum, part, report->fault);
    }
}

static enum mode mode_of(int64_t type, int64_t pay_mode)
{
    if (pay_mode == PAY_MODE_equity) {
        return MODE_EQUITY; /* P4 */
    }
    switch ((enum contract_type)type) {
    case CONTRACT_TYPE_development:
        return MODE_DEVELOPMENT;
    case CONTRACT_TYPE_transfer:
        return MODE_TRANSFER;
    case CONTRACT_TYPE_license:
        return MODE_LICENSE;
    case CONTRACT_TYPE_consulting:
        return MODE_CONSULTING;
    case CONTRACT_TYPE_service:
        break;
    }
    return MODE_SERVICE;
}

static enum status report_read(struct report *report, const struct query *query,
                               struct fault *fault)
{
    struct param_list year;
    *report = (struct report){.query = query, .fault = fault, .status = STATUS_OK};
    enum status status = params_check(query, annual_report_parameters, fault);
    if (status == STATUS_OK) {
        status = param_list(query, "year", &year, fault);
    }
    if (status == STATUS_OK && year.given &&
        (year.count != 1 || year.number[0] < 1900 || year.number[0] > 2199)) {
        status = param_fault(fault, STATUS_BAD_PARAMS, "year");
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "seller", KIND_party, &report->seller, fault);
    }
    if (status == STATUS_OK) {
        status = param_text(query, "department", &report->department, fault);
    }
    if (status == STATUS_OK) {
        int32_t of = year.given ? (int32_t)year.number[0] : civil_of(query->view.as_of).year;
        report->from = day_of(of, 1, 1);
        report->to = day_of(of, 12, 31);
    }
    return status;
}

static bool sells(const struct report *report, const struct contract_row *row)
{
    bool found = report->seller == AGGREGATE_NONE;
    for (uint32_t i = 0; i < row->sellers.count && !found; i++) {
        found = party_same(report->query->facts,
                           share_at(report->query->facts, row->sellers, i)->aggregate,
                           report->seller, &report->query->view);
    }
    return found &&
           (report->department.len == 0 ||
            slice_equal(text_of(report->query->facts, row->department), report->department));
}

/* P3 */
static bool rate_of(const struct query *query, const struct contract_row *row, int64_t *ret_rate,
                    int *ret_exponent)
{
    const char *code = currency_code(row->currency);
    char kind[8] = "fx:";
    memcpy(kind + 3, code, 4);
    *ret_rate = PPM_ONE;
    *ret_exponent = currency_exponent(slice_text(code));
    return strcmp(code, "CNY") == 0 ||
           rate_at(query->facts, slice_text(kind), row->sign_date, &query->view, ret_rate);
}

static int64_t received_in(struct report *report, uint32_t contract)
{
    int64_t sum = 0;
    column_truncate(&report->receipts, 0);
    contract_receipts(report->query, contract, &report->receipts);
    for (uint64_t i = 0; i < report->receipts.count; i++) {
        const struct receipt *receipt = column_at(&report->receipts, i);
        if (receipt->day >= report->from && receipt->day <= report->to) {
            sum_into(report, &sum, receipt->amount);
        }
    }
    return sum;
}

static enum mode mode_at(const struct query *query, const struct contract_row *row)
{
    int64_t type = row->type;
    int64_t pay_mode = row->pay_mode;
    (void)attribute_at(query->facts, row->fact.key, FIELD_type, &query->view, &type);
    (void)attribute_at(query->facts, row->fact.key, FIELD_pay_mode, &query->view, &pay_mode);
    return mode_of(type, pay_mode);
}

/* P1: of one issue. */
static int64_t value_issued(const struct query *query, const struct equity_row *row)
{
    int64_t issued = 0;
    for (uint32_t i = 0; i < row->holders.count; i++) {
        issued += share_at(query->facts, row->holders, i)->ppm;
    }
    return apply_ppm(row->valuation_fen, issued, ROUND_HALF_AWAY);
}

/* By contract. Beyond the range of money a sum stays beyond: it is refused where it counts. */
static void sum_issued(struct report *report)
{
    const struct query *query = report->query;
    uint64_t rows = query->view.published.rows[FACT_EQUITY];
    if (rows == 0) {
        return;
    }
    report->issued = scratch_take(&report->scratch,
                                  ((size_t)query->view.published.aggregates + 1) * sizeof(int64_t));
    for (uint64_t i = 0; i < rows; i++) {
        const struct equity_row *row = facts_row(query->facts, FACT_EQUITY, i);
        if (fact_counts(&row->fact, &query->view)) {
            int64_t *sum = &report->issued[row->fact.key];
            int64_t value = value_issued(query, row);
            *sum = *sum > AMOUNT_FEN_MAX - value ? AMOUNT_FEN_MAX + 1 : *sum + value;
        }
    }
}

/* P1 */
static int64_t value_of(const struct report *report, const struct standing *standing)
{
    if (standing->total_fen != AMOUNT_UNKNOWN) {
        return standing->total_fen;
    }
    return report->issued == NULL ? 0 : report->issued[standing->contract];
}

/* The contract of row `index`, its mode and what it adds; false if it adds nothing. */
static bool report_contract(struct report *report, uint64_t index, enum mode *ret_mode,
                            struct yearly *ret_figures)
{
    const struct query *query = report->query;
    struct standing standing;
    int64_t rate;
    int exponent;
    if (!standing_read(query, index, &standing) || standing.row->drafted ||
        standing.state == CONTRACT_VOID || !sells(report, standing.row)) {
        return false;
    }
    const struct contract_row *row = standing.row;
    *ret_mode = mode_at(query, row);
    *ret_figures = (struct yearly){0};
    bool in_year = row->sign_date >= report->from && row->sign_date <= report->to;
    int64_t received = received_in(report, standing.contract);
    if (!rate_of(query, row, &rate, &exponent)) {
        ret_figures->count = ret_figures->no_rate = in_year;
        return in_year;
    }
    ret_figures->received = statistics_fen(received, rate, exponent);
    if (in_year) {
        ret_figures->count = 1;
        int64_t value = 0;
        sum_into(report, &value, value_of(report, &standing));
        ret_figures->value = statistics_fen(value, rate, exponent);
        for (int c = 0; c < CLASSES; c++) {
            ret_figures->of_class[c] = ret_figures->value >= classes[c].from_fen;
        }
    }
    return in_year || received != 0;
}

/* The reward of row `index`, P5. */
static bool report_reward(struct report *report, uint64_t index, enum mode *ret_mode,
                          struct yearly *ret_figures)
{
    const struct query *query = report->query;
    const struct reward_row *reward = facts_row(query->facts, FACT_REWARD, index);
    int64_t rate;
    int exponent;
    if (!fact_counts(&reward->fact, &query->view) || reward->fact.valid < report->from ||
        reward->fact.valid > report->to) {
        return false;
    }
    const struct contract_row *row = contract_at(query->facts, reward->fact.key, &query->view);
    if (row == NULL || row->drafted || !sells(report, row) ||
        !rate_of(query, row, &rate, &exponent)) {
        return false;
    }
    *ret_mode = mode_at(query, row);
    int64_t paid = statistics_fen(reward->paid_fen, rate, exponent);
    *ret_figures = (struct yearly){.rewards = paid,
                                   .in_shares = reward->form == REWARD_FORM_equity ? paid : 0,
                                   .rewarded = reward->persons};
    return true;
}

/* P6: who the seller is is seen from the question, what he held from the founding. */
static bool owned_before(const struct query *query, uint32_t technology, uint32_t seller,
                         int32_t founded)
{
    struct viewpoint before = query->view;
    uint32_t at;
    before.as_of = founded - 1;
    bool was_there = facts_first(query->facts, FACT_OWNER, technology, &before, &at) != NULL;
    const struct viewpoint *view = was_there ? &before : &query->view;
    uint64_t event = 0;
    int64_t share = 0;
    const struct owner_row *row = facts_first(query->facts, FACT_OWNER, technology, view, &at);
    for (; row != NULL; row = facts_next(query->facts, FACT_OWNER, view, &at)) {
        if (!was_there && row->fact.seq != event) { /* the last of the chain is the first event */
            event = row->fact.seq;
            share = 0;
        }
        share += party_same(query->facts, row->party, seller, &query->view) ? row->delta_ppm : 0;
    }
    return share > 0;
}

/* The venture of row `index`, P6. */
static bool report_venture(struct report *report, uint64_t index, enum mode *ret_mode,
                           struct yearly *ret_figures)
{
    const struct query *query = report->query;
    const struct venture_row *row = facts_row(query->facts, FACT_VENTURE, index);
    bool found = report->seller == AGGREGATE_NONE;
    if (!fact_counts(&row->fact, &query->view) || row->fact.valid < report->from ||
        row->fact.valid > report->to || report->department.len > 0) {
        return false;
    }
    for (uint32_t i = 0; i < row->technologies.count && !found; i++) {
        uint32_t technology = share_at(query->facts, row->technologies, i)->aggregate;
        found = owned_before(query, technology, report->seller, row->fact.valid);
    }
    *ret_mode = MODE_EQUITY;
    *ret_figures = (struct yearly){.ventures = 1};
    return found;
}

static void add(struct report *report, struct yearly *to, const struct yearly *figures)
{
    to->count += figures->count;
    sum_into(report, &to->value, figures->value);
    sum_into(report, &to->received, figures->received);
    to->no_rate += figures->no_rate;
    sum_into(report, &to->rewards, figures->rewards);
    sum_into(report, &to->in_shares, figures->in_shares);
    to->rewarded += figures->rewarded;
    to->ventures += figures->ventures;
    for (int c = 0; c < CLASSES; c++) {
        to->of_class[c] += figures->of_class[c];
    }
}

/* What row `index` adds, and to which mode; false if nothing. */
typedef bool report_fn(struct report *report, uint64_t index, enum mode *ret_mode,
                       struct yearly *ret_figures);

static void add_table(struct report *report, enum fact_table table, report_fn *of_row)
{
    for (uint64_t i = 0; i < report->query->view.published.rows[table]; i++) {
        enum mode mode;
        struct yearly figures;
        if (of_row(report, i, &mode, &figures)) {
            add(report, &report->modes[mode], &figures);
            add(report, &report->modes[MODES], &figures);
        }
    }
}

static bool is_empty(const struct yearly *figures)
{
    return figures->count == 0 && figures->received == 0 && figures->rewarded == 0 &&
           figures->ventures == 0;
}

static uint32_t write_figures(const struct yearly *figures, struct writer *out)
{
    write_text(out, "currency");
    write_text(out, "CNY");
    write_text(out, "count");
    write_int(out, figures->count);
    write_text(out, "contract_value");
    write_int(out, figures->value);
    write_text(out, "received");
    write_int(out, figures->received);
    for (int c = 0; c < CLASSES; c++) {
        write_text(out, classes[c].name);
        write_int(out, figures->of_class[c]);
    }
    write_text(out, "rewards");
    write_int(out, figures->rewards);
    write_text(out, "rewards_equity");
    write_int(out, figures->in_shares);
    write_text(out, "rewarded_persons");
    write_int(out, figures->rewarded);
    write_text(out, "ventures");
    write_int(out, figures->ventures);
    write_text(out, "no_rate");
    write_int(out, figures->no_rate);
    return 9 + CLASSES;
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    struct report *report = arg;
    bool chinese = report->query->language == LANGUAGE_ZH;
    (void)fault;
    size_t mark = write_map_begin(out);
    write_text(out, "key");
    write_str(out, row->key);
    write_text(out, "label");
    write_text(out, chinese ? mode_chinese[row->payload] : mode_names[row->payload]);
    write_map_end(out, mark, 2 + write_figures(&report->modes[row->payload], out));
    return STATUS_OK;
}

static enum status write_report(struct report *report, struct writer *out, uint32_t *pairs,
                                struct fault *fault)
{
    const struct yearly *all = &report->modes[MODES];
    for (uint64_t mode = 0; mode < MODES; mode++) {
        if (!is_empty(&report->modes[mode])) {
            page_offer(&report->page, slice_text(mode_names[mode]), mode);
        }
    }
    enum status status = page_write(&report->page, write_row, report, out, pairs, fault);
    if (status == STATUS_OK) {
        write_text(out, "total");
        write_array(out, is_empty(all) ? 0 : 1);
        if (!is_empty(all)) {
            size_t mark = write_map_begin(out);
            write_map_end(out, mark, write_figures(all, out));
        }
        *pairs += 1;
    }
    return status;
}

enum status annual_report_query(const struct query *query, struct writer *out, uint32_t *pairs,
                                struct fault *fault)
{
    struct report report;
    enum status status = report_read(&report, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&report.scratch);
    column_init(&report.receipts, sizeof(struct receipt));
    page_init(&report.page, &report.scratch, query);
    sum_issued(&report);
    add_table(&report, FACT_CONTRACT, report_contract);
    add_table(&report, FACT_REWARD, report_reward);
    add_table(&report, FACT_VENTURE, report_venture);
    status = report.status;
    if (status == STATUS_OK) {
        status = write_report(&report, out, pairs, fault);
    }
    column_done(&report.receipts);
    scratch_done(&report.scratch);
    return status;
}

/* ---- explain: the contracts signed in the year behind a mode's value ---- */

enum status annual_report_explain(const struct query *query, struct slice key, struct writer *out,
                                  uint32_t *pairs, struct fault *fault)
{
    struct report report;
    struct explanation explanation;
    enum status status = report_read(&report, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&report.scratch);
    column_init(&report.receipts, sizeof(struct receipt));
    sum_issued(&report);
    explanation_init(&explanation, query);
    for (uint64_t i = 0; i < query->view.published.rows[FACT_CONTRACT]; i++) {
        enum mode mode;
        struct yearly figures;
        if (report_contract(&report, i, &mode, &figures) && figures.count > 0 &&
            slice_is(key, mode_names[mode])) {
            const struct contract_row *row = facts_row(query->facts, FACT_CONTRACT, i);
            struct explanation_line line = {.seq = row->fact.seq,
                                            .owner = row->fact.key,
                                            .amount = figures.value,
                                            .what = "signed",
                                            .currency = (uint8_t)currency_index(slice_text("CNY"))};
            explanation_add(&explanation, &line);
        }
    }
    status = report.status;
    if (status == STATUS_OK) {
        status = explanation_write(&explanation, out, pairs, fault);
    }
    explanation_done(&explanation);
    column_done(&report.receipts);
    scratch_done(&report.scratch);
    return status;
}
