/* Statistics on the basis `received` (ruling 41): money that arrived on registered contracts.
 *
 *   V1  A line counts on the value date of its payment, interest included. What is returned or
 *       refunded counts against the day of the return; a line that was taken back to credit is
 *       as if it had never been.
 *   V2  A contract counts once in a row's period in which what it received is not zero, and once in
 *       the total, whatever time is grouped by: one that is paid in every quarter is one contract
 *       of the year. So counts of finer periods do not add up to the total; money does.
 *   V3  Rows are keyed by the contract as registered; there is no technology part of money.
 *   V4  Other currencies are converted receipt by receipt, so that money adds up over any periods.
 */

#include <stdlib.h>

#include "daemon/ledger/calendar.h"
#include "daemon/ledger/money.h"
#include "daemon/ledger/states.h"
#include "daemon/view/contract_receipts.h"
#include "daemon/view/statistics.h"

/* The value date of a payment as the viewpoint knows it. */
static int32_t value_date(const struct query *query, uint32_t payment, int32_t otherwise)
{
    uint32_t at;
    const struct credit_row *row =
        facts_first(query->facts, FACT_CREDIT, payment, &query->view, &at);
    for (; row != NULL; row = facts_next(query->facts, FACT_CREDIT, &query->view, &at)) {
        if (row->kind == CREDIT_RECEIVED) {
            return row->fact.valid;
        }
    }
    return otherwise;
}

static void note_moves(const struct query *query, uint32_t obligation, struct column *receipts)
{
    uint32_t at;
    const struct move_row *move =
        facts_first(query->facts, FACT_MOVE, obligation, &query->view, &at);
    for (; move != NULL; move = facts_next(query->facts, FACT_MOVE, &query->view, &at)) {
        if (move->kind != MOVE_PAY && move->kind != MOVE_UNPAY && move->kind != MOVE_REFUND) {
            continue;
        }
        uint16_t type = event_row_at(query->facts, move->fact.seq)->type;
        bool own_day = move->kind != MOVE_PAY && type != TYPE_payment_unapplied; /* V1 */
        struct receipt *receipt = column_push(receipts);
        receipt->seq = move->fact.seq;
        receipt->amount = move->kind == MOVE_PAY ? move->amount : -move->amount;
        receipt->value_date = value_date(query, move->aux, move->fact.valid);
        receipt->day = own_day ? move->fact.valid : receipt->value_date;
    }
}

void contract_receipts(const struct query *query, uint32_t contract, struct column *receipts)
{
    uint32_t at = facts_head(query->facts, FACT_OBLIGATION, contract, true);
    while (at != NO_ROW) {
        const struct fact *fact = facts_row(query->facts, FACT_OBLIGATION, at - 1);
        uint32_t obligation = at - 1;
        uint32_t terms_at;
        at = fact->prev;
        const struct terms_row *terms =
            facts_first(query->facts, FACT_TERMS, obligation, &query->view, &terms_at);
        if (fact_counts(fact, &query->view) && terms != NULL &&
            terms->kind != OBLIGATION_KIND_deposit && terms->kind != OBLIGATION_KIND_restitution) {
            note_moves(query, obligation, receipts);
        }
    }
}

static void add_amount(struct statistics *statistics, struct contribution *contribution,
                       int32_t day, int64_t amount)
{
    if (amount == 0) {
        return; /* V2 */
    }
    contribution->day = day;
    contribution->figures = (struct figures){.count = 1, .turnover = amount, .tech = 0};
    statistics_add(statistics, contribution);
}

static struct receipt *receipt_at(const struct column *receipts, uint64_t i)
{
    return column_at(receipts, i);
}

/* All that the filter lets through as one: the total, and without a time key the row, too. */
static void add_whole(struct statistics *statistics, struct contribution *contribution,
                      const struct column *receipts)
{
    int64_t sums[2] = {0, 0};
    int32_t days[2] = {0, 0};
    for (uint64_t i = 0; i < receipts->count; i++) {
        const struct receipt *receipt = receipt_at(receipts, i);
        if (statistics_in_filter(statistics, receipt->day)) {
            sums[0] += receipt->amount;
            days[0] = receipt->day;
        }
        if (statistics_in_filter(statistics, add_months(receipt->day, 12))) {
            sums[1] += receipt->amount;
            days[1] = receipt->day;
        }
    }
    contribution->total_only = statistics->granule != GRANULE_WHOLE;
    for (int side = 0; side < 2; side++) {
        contribution->own = side == 0;
        contribution->before = side == 1;
        add_amount(statistics, contribution, days[side], sums[side]);
    }
    contribution->total_only = false;
}

static void add_periods(struct statistics *statistics, struct contribution *contribution,
                        const struct column *receipts)
{
    enum granule granule = statistics->granule;
    contribution->own = contribution->before = contribution->rows_only = true;
    for (uint64_t i = 0; i < receipts->count; i++) {
        int32_t period = period_of(granule, receipt_at(receipts, i)->day);
        int64_t sum = 0;
        bool first = true;
        for (uint64_t k = 0; k < receipts->count; k++) {
            const struct receipt *receipt = receipt_at(receipts, k);
            if (period_of(granule, receipt->day) != period ||
                !statistics_in_filter(statistics, receipt->day)) {
                continue;
            }
            first = first && k >= i;
            sum += receipt->amount;
        }
        if (first) {
            add_amount(statistics, contribution, receipt_at(receipts, i)->day, sum);
        }
    }
}

static void explain_receipts(struct statistics *statistics, struct contribution *contribution,
                             const struct column *receipts)
{
    contribution->own = true;
    for (uint64_t i = 0; i < receipts->count; i++) {
        const struct receipt *receipt = receipt_at(receipts, i);
        statistics->matched = 0;
        add_amount(statistics, contribution, receipt->day, receipt->amount);
        struct explanation_line line = {
            .seq = receipt->seq, .amount = statistics->matched, .what = "received"};
        if (line.amount != 0) {
            explanation_add(statistics->explanation, &line);
        }
    }
}

void statistics_run_received(struct statistics *statistics)
{
    const struct query *query = statistics->query;
    struct column receipts;
    column_init(&receipts, sizeof(struct receipt));
    for (uint64_t i = 0; i < query->view.published.rows[FACT_REGISTRATION]; i++) {
        const struct registration_row *row = facts_row(query->facts, FACT_REGISTRATION, i);
        struct registered registered;
        int64_t rate;
        int exponent;
        if (row->action != REGISTRATION_REGISTERED || !fact_counts(&row->fact, &query->view) ||
            !registered_at(query->facts, row->fact.key, &query->view, &registered) ||
            registered.row != row) {
            continue;
        }
        column_truncate(&receipts, 0);
        contract_receipts(query, row->fact.key, &receipts);
        struct contribution contribution = {.registered = &registered, .view = &query->view};
        if (receipts.count == 0 ||
            !statistics_rate(statistics, &registered, &query->view, &rate, &exponent)) {
            continue;
        }
        for (uint64_t k = 0; k < receipts.count; k++) { /* V4 */
            struct receipt *receipt = receipt_at(&receipts, k);
            receipt->amount = statistics_fen(receipt->amount, rate, exponent);
        }
        if (statistics->explaining) {
            explain_receipts(statistics, &contribution, &receipts);
            continue;
        }
        add_whole(statistics, &contribution, &receipts);
        if (statistics->granule != GRANULE_WHOLE) {
            add_periods(statistics, &contribution, &receipts);
        }
    }
    column_done(&receipts);
}
