/* Distributions of pools (domain 5.10): what a period's money comes to for each member, beside what
 * was distributed. The computation is pool_shares.c. */

#include "daemon/view/contract_receipts.h"
#include "daemon/view/explain.h"
#include "daemon/view/label.h"
#include "daemon/view/page.h"
#include "daemon/view/params.h"
#include "daemon/view/pool_shares.h"
#include "daemon/view/projections.h"
#include "daemon/view/sum.h"

enum by { BY_MEMBER, BY_POOL };
static const char *const by_names[] = {"member", "pool", NULL};
const char *const pool_distribution_parameters[] = {"by", "period", "pool", NULL};

struct distributing {
    const struct query *query;
    struct scratch scratch;
    struct page page;
    struct pool_shares shares;
    enum by by;
    bool has_period;
    int32_t period[2];
    uint32_t pool; /* AGGREGATE_NONE: any */
};

static enum status distributing_read(struct distributing *distributing, const struct query *query,
                                     struct fault *fault)
{
    int by = BY_MEMBER;
    *distributing = (struct distributing){.query = query};
    enum status status = params_check(query, pool_distribution_parameters, fault);
    if (status == STATUS_OK) {
        status = param_enum(query, "by", by_names, BY_MEMBER, &by, fault);
    }
    if (status == STATUS_OK) {
        status = param_period(query, "period", &distributing->period[0], &distributing->period[1],
                              &distributing->has_period, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "pool", KIND_pool, &distributing->pool, fault);
    }
    distributing->by = (enum by)by;
    return status;
}

static enum status begin(struct distributing *distributing, struct fault *fault)
{
    scratch_init(&distributing->scratch);
    return pool_shares_init(&distributing->shares, distributing->query, &distributing->scratch,
                            distributing->pool,
                            distributing->has_period ? distributing->period : NULL, fault);
}

static void end(struct distributing *distributing)
{
    pool_shares_done(&distributing->shares);
    scratch_done(&distributing->scratch);
}

/* POOL, or POOL/PARTY */
static size_t line_key(const struct distributing *distributing, const struct pool_line *line,
                       char *out)
{
    size_t len = key_id(distributing->query->facts, line->pool, out);
    out[len++] = '/';
    return len + key_id(distributing->query->facts, line->party, out + len);
}

static void offer(struct distributing *distributing)
{
    char key[KEY_BYTES_MAX + AGGREGATE_ID_MAX];
    const struct pool_shares *shares = &distributing->shares;
    for (uint64_t i = 0; distributing->by == BY_POOL && i < shares->pools.count; i++) {
        size_t len = key_id(distributing->query->facts, pool_money_at(shares, i)->pool, key);
        page_offer(&distributing->page, slice_of(key, len), i);
    }
    for (uint64_t i = 0; distributing->by == BY_MEMBER && i < shares->lines.count; i++) {
        size_t len = line_key(distributing, pool_line_at(shares, i), key);
        page_offer(&distributing->page, slice_of(key, len), i);
    }
}

static uint32_t write_money(const struct pool_money *money, struct writer *out)
{
    const struct {
        const char *name;
        int64_t value;
    } columns[] = {
        {"gross", money->gross},
        {"admin_fee", money->admin_fee},
        {"net", money->net},
        {"patent_days", money->patent_days},
        {"amount", money->amount},
        {"distributed_gross", money->distributed_gross},
        {"distributed_fee", money->distributed_fee},
        {"reserve", money->reserve},
        {"distributed", money->distributed},
    };
    uint32_t count = sizeof(columns) / sizeof(columns[0]);
    for (uint32_t i = 0; i < count; i++) {
        write_text(out, columns[i].name);
        write_int(out, columns[i].value);
    }
    return count;
}

static struct slice pool_label(const struct query *query, uint32_t pool)
{
    int64_t name;
    return attribute_at(query->facts, pool, FIELD_name, &query->view, &name)
               ? text_of(query->facts, (text_ref)name)
               : aggregate_id(query->facts, pool);
}

static uint32_t write_pool(const struct query *query, const struct pool_money *money,
                           struct writer *out)
{
    write_text(out, "label");
    write_str(out, pool_label(query, money->pool));
    write_text(out, "from");
    write_day(out, money->from);
    write_text(out, "to");
    write_day(out, money->to);
    return 3 + write_money(money, out);
}

static uint32_t write_line(const struct query *query, const struct pool_line *line,
                           struct writer *out)
{
    const struct {
        const char *name;
        int64_t value;
    } columns[] = {
        {"patents", line->patents},
        {"patent_days", line->patent_days},
        {"amount", line->amount},
        {"distributed", line->distributed},
        {"difference", line->amount - line->distributed},
    };
    uint32_t count = sizeof(columns) / sizeof(columns[0]);
    write_text(out, "label");
    write_str(out, label_of(query, line->party));
    write_text(out, "pool");
    write_id(out, query->facts, line->pool);
    write_text(out, "party");
    write_id(out, query->facts, line->party);
    for (uint32_t i = 0; i < count; i++) {
        write_text(out, columns[i].name);
        write_int(out, columns[i].value);
    }
    return 3 + count;
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    const struct distributing *distributing = arg;
    const struct pool_shares *shares = &distributing->shares;
    (void)fault;
    size_t mark = write_map_begin(out);
    write_text(out, "key");
    write_str(out, row->key);
    uint32_t pairs = distributing->by == BY_POOL
                         ? write_pool(distributing->query, pool_money_at(shares, row->payload), out)
                         : write_line(distributing->query, pool_line_at(shares, row->payload), out);
    write_map_end(out, mark, 1 + pairs);
    return STATUS_OK;
}

static enum status write_total(const struct distributing *distributing, struct writer *out,
                               struct fault *fault)
{
    const struct pool_shares *shares = &distributing->shares;
    struct pool_money total = {0};
    enum status status = STATUS_OK;
    for (uint64_t i = 0; i < shares->pools.count; i++) {
        const struct pool_money *money = pool_money_at(shares, i);
        const struct {
            int64_t *sum, part;
        } sums[] = {
            {&total.gross, money->gross},
            {&total.admin_fee, money->admin_fee},
            {&total.net, money->net},
            {&total.patent_days, money->patent_days},
            {&total.amount, money->amount},
            {&total.distributed_gross, money->distributed_gross},
            {&total.distributed_fee, money->distributed_fee},
            {&total.reserve, money->reserve},
            {&total.distributed, money->distributed},
        };
        for (size_t s = 0; s < sizeof(sums) / sizeof(sums[0]) && status == STATUS_OK; s++) {
            status = sum_add(sums[s].sum, sums[s].part, fault);
        }
    }
    write_text(out, "total");
    write_array(out, shares->pools.count > 0 ? 1 : 0);
    if (shares->pools.count > 0) {
        size_t mark = write_map_begin(out);
        write_map_end(out, mark, write_money(&total, out));
    }
    return status;
}

enum status pool_distribution_query(const struct query *query, struct writer *out, uint32_t *pairs,
                                    struct fault *fault)
{
    struct distributing distributing;
    enum status status = distributing_read(&distributing, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    status = begin(&distributing, fault);
    page_init(&distributing.page, &distributing.scratch, query);
    if (status == STATUS_OK) {
        offer(&distributing);
        status = page_write(&distributing.page, write_row, &distributing, out, pairs, fault);
    }
    if (status == STATUS_OK) {
        status = write_total(&distributing, out, fault);
        *pairs += 1;
    }
    end(&distributing);
    return status;
}

/* ---- explain POOL: the receipts that make the gross ---- */

static void explain_contract(struct distributing *distributing, struct explanation *explanation,
                             const struct contract_row *row, const struct pool_money *money)
{
    struct column receipts;
    column_init(&receipts, sizeof(struct receipt));
    contract_receipts(distributing->query, row->fact.key, &receipts);
    for (uint64_t i = 0; i < receipts.count; i++) {
        const struct receipt *receipt = column_at(&receipts, i);
        struct explanation_line line = {.seq = receipt->seq,
                                        .owner = row->fact.key,
                                        .amount = receipt->amount,
                                        .currency = row->currency,
                                        .what = receipt->amount < 0 ? "returned" : "received"};
        if (receipt->value_date >= money->from && receipt->value_date <= money->to) {
            explanation_add(explanation, &line);
        }
    }
    column_done(&receipts);
}

enum status pool_distribution_explain(const struct query *query, struct slice key,
                                      struct writer *out, uint32_t *pairs, struct fault *fault)
{
    struct distributing distributing;
    struct explanation explanation;
    enum status status = distributing_read(&distributing, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    uint32_t pool = aggregate_named(query, KIND_pool, key);
    explanation_init(&explanation, query);
    status = begin(&distributing, fault);
    for (uint64_t i = 0; status == STATUS_OK && i < query->view.published.rows[FACT_CONTRACT];
         i++) {
        const struct contract_row *row = facts_row(query->facts, FACT_CONTRACT, i);
        const struct pool_money *money = pool_of_contract(&distributing.shares, row);
        if (money != NULL && money->pool == pool) {
            explain_contract(&distributing, &explanation, row, money);
        }
    }
    if (status == STATUS_OK) {
        status = explanation_write(&explanation, out, pairs, fault);
    }
    end(&distributing);
    explanation_done(&explanation);
    return status;
}
