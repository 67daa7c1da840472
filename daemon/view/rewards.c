/* Rewards to those who made the technology (domain 5.13; Promotion of Transformation Law arts
 * 43-45), one row a contract.
 *
 *   V1  Net income is what the reward events say it is: received less tax, commission and
 *       maintenance. So what those came to is derived: costs = received - net income. They are
 *       below zero where a reward was paid ahead of the money.
 *   V2  The floor is half of the net income of all its events. `below_floor` looks at contracts of
 *       a public institution alone; the law leaves others to their own agreement.
 *   V3  Received is money by value date on all obligations but deposits and restitutions, as in
 *       the yearly report. With `period` only money and rewards of these days are seen. */

#include "daemon/ledger/reward.h"

#include "daemon/ledger/merger.h"
#include "daemon/view/contract_receipts.h"
#include "daemon/view/contract_rows.h"
#include "daemon/view/label.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"
#include "daemon/view/tally.h"

const char *const rewards_parameters[] = {"contract", "seller", "period", "below_floor", NULL};
static const char *const yes_no[] = {"false", "true", NULL};

enum figure { RECEIVED, COSTS, NET_INCOME, REWARD_FLOOR, PAID, PERSONS, PAYMENTS, COLUMNS };
static const char *const column_names[] = {
    "received", "costs", "net_income", "floor", "paid", "rewarded_persons", "payments", NULL};

#define TAG_PUBLIC 1u
#define TAG_BELOW 2u

struct rewarded {
    uint32_t contract;
    int64_t of[COLUMNS];
};

struct rewarding {
    const struct query *query;
    struct scratch scratch;
    struct tally tally;
    struct column receipts, contracts;
    uint32_t contract, seller; /* AGGREGATE_NONE: any */
    int below;                 /* -1: any */
    bool has_period;
    int32_t from, to;
};

static enum status rewarding_read(struct rewarding *rewarding, const struct query *query,
                                  struct fault *fault)
{
    *rewarding = (struct rewarding){.query = query};
    enum status status = params_check(query, rewards_parameters, fault);
    if (status == STATUS_OK) {
        status = param_aggregate(query, "contract", KIND_contract, &rewarding->contract, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "seller", KIND_party, &rewarding->seller, fault);
    }
    if (status == STATUS_OK) {
        status = param_period(query, "period", &rewarding->from, &rewarding->to,
                              &rewarding->has_period, fault);
    }
    return status == STATUS_OK
               ? param_enum(query, "below_floor", yes_no, -1, &rewarding->below, fault)
               : status;
}

static bool in_period(const struct rewarding *rewarding, int32_t day)
{
    return !rewarding->has_period || (day >= rewarding->from && day <= rewarding->to);
}

static bool sells(const struct rewarding *rewarding, const struct contract_row *row)
{
    bool found = rewarding->seller == AGGREGATE_NONE;
    for (uint32_t i = 0; i < row->sellers.count && !found; i++) {
        found = party_same(rewarding->query->facts,
                           share_at(rewarding->query->facts, row->sellers, i)->aggregate,
                           rewarding->seller, &rewarding->query->view);
    }
    return found;
}

static int64_t received_on(struct rewarding *rewarding, uint32_t contract)
{
    int64_t sum = 0;
    column_truncate(&rewarding->receipts, 0);
    contract_receipts(rewarding->query, contract, &rewarding->receipts);
    for (uint64_t i = 0; i < rewarding->receipts.count; i++) {
        const struct receipt *receipt = column_at(&rewarding->receipts, i);
        sum += in_period(rewarding, receipt->day) ? receipt->amount : 0;
    }
    return sum;
}

/* The rewards of each contract, in the order in which contracts first had one. */
static void collect(struct rewarding *rewarding)
{
    const struct query *query = rewarding->query;
    uint32_t *slot = scratch_take(&rewarding->scratch,
                                  (query->view.published.aggregates + 1) * sizeof(uint32_t));
    for (uint64_t i = 0; i < query->view.published.rows[FACT_REWARD]; i++) {
        const struct reward_row *row = facts_row(query->facts, FACT_REWARD, i);
        uint32_t contract = row->fact.key;
        if (!fact_counts(&row->fact, &query->view) || !in_period(rewarding, row->fact.valid) ||
            (rewarding->contract != AGGREGATE_NONE && rewarding->contract != contract)) {
            continue;
        }
        if (slot[contract] == 0) {
            struct rewarded *added = column_push(&rewarding->contracts);
            *added = (struct rewarded){.contract = contract};
            slot[contract] = (uint32_t)rewarding->contracts.count;
        }
        struct rewarded *rewarded = column_at(&rewarding->contracts, slot[contract] - 1);
        rewarded->of[NET_INCOME] += row->net_income_fen;
        rewarded->of[PAID] += row->paid_fen;
        rewarded->of[PERSONS] += row->persons;
        rewarded->of[PAYMENTS]++;
    }
}

static enum status add_contract(struct rewarding *rewarding, struct rewarded *rewarded,
                                struct fault *fault)
{
    const struct query *query = rewarding->query;
    uint32_t contract = rewarded->contract;
    const struct contract_row *row = contract_at(query->facts, contract, &query->view);
    if (row == NULL || !sells(rewarding, row)) {
        return STATUS_OK;
    }
    int64_t *of = rewarded->of;
    of[RECEIVED] = received_on(rewarding, contract);
    of[COSTS] = of[RECEIVED] - of[NET_INCOME]; /* V1 */
    of[REWARD_FLOOR] = reward_floor(of[NET_INCOME]);
    bool is_public = reward_is_due(query->facts, contract, &query->view);
    bool below = is_public && of[PAID] < of[REWARD_FLOOR]; /* V2 */
    if (rewarding->below >= 0 && (rewarding->below == 1) != below) {
        return STATUS_OK;
    }
    struct tally_cell *cell = tally_cell(&rewarding->tally, aggregate_id(query->facts, contract),
                                         row->currency, contract);
    cell->tag = (is_public ? TAG_PUBLIC : 0) | (below ? TAG_BELOW : 0);
    return tally_add(&rewarding->tally, cell, of, fault);
}

static uint32_t write_extra(void *arg, const struct tally_cell *cell, bool total,
                            struct writer *out)
{
    (void)arg;
    if (total) {
        return 0;
    }
    write_text(out, "floor_applies");
    write_bool(out, (cell->tag & TAG_PUBLIC) != 0);
    write_text(out, "below_floor");
    write_bool(out, (cell->tag & TAG_BELOW) != 0);
    return 2;
}

enum status rewards_query(const struct query *query, struct writer *out, uint32_t *pairs,
                          struct fault *fault)
{
    struct rewarding rewarding;
    enum status status = rewarding_read(&rewarding, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&rewarding.scratch);
    column_init(&rewarding.receipts, sizeof(struct receipt));
    column_init(&rewarding.contracts, sizeof(struct rewarded));
    tally_init(&rewarding.tally, query, &rewarding.scratch, column_names);
    collect(&rewarding);
    for (uint64_t i = 0; status == STATUS_OK && i < rewarding.contracts.count; i++) {
        status = add_contract(&rewarding, column_at(&rewarding.contracts, i), fault);
    }
    if (status == STATUS_OK) {
        status = tally_write(&rewarding.tally, write_extra, NULL, out, pairs, fault);
    }
    tally_done(&rewarding.tally);
    column_done(&rewarding.receipts);
    column_done(&rewarding.contracts);
    scratch_done(&rewarding.scratch);
    return status;
}

/* ---- explain: what the persons got ---- */

static bool line_of(const struct query *query, const struct fact *fact,
                    struct explanation_line *line)
{
    const struct reward_row *row = (const struct reward_row *)(const void *)fact;
    (void)query;
    line->what = "rewarded";
    line->amount = row->paid_fen;
    return true;
}

enum status rewards_explain(const struct query *query, struct slice key, struct writer *out,
                            uint32_t *pairs, struct fault *fault)
{
    return explain_contract_rows(query, key, FACT_REWARD, line_of, out, pairs, fault);
}
