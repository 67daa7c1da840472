/* See pool_shares.h. */

#include "daemon/view/pool_shares.h"

#include "daemon/base/check.h"
#include "daemon/ledger/calendar.h"
#include "daemon/ledger/money.h"
#include "daemon/ledger/obligation.h"
#include "daemon/ledger/pool.h"
#include "daemon/view/contract_receipts.h"
#include "daemon/view/label.h"
#include "daemon/view/sum.h"
#include "proto/cursor.h"

struct pool_money *pool_money_at(const struct pool_shares *shares, uint64_t i)
{
    return column_at(&shares->pools, i);
}

struct pool_line *pool_line_at(const struct pool_shares *shares, uint64_t i)
{
    return column_at(&shares->lines, i);
}

static struct pool_money *money_of(const struct pool_shares *shares, uint32_t pool)
{
    uint32_t slot = shares->slot[pool];
    return slot == 0 ? NULL : pool_money_at(shares, slot - 1);
}

/* The line of a party in a pool; a new one if it has none yet. */
static struct pool_line *line_of(struct pool_shares *shares, uint32_t pool, uint32_t party)
{
    for (uint64_t i = 0; i < shares->lines.count; i++) {
        struct pool_line *line = pool_line_at(shares, i);
        if (line->pool == pool && line->party == party) {
            return line;
        }
    }
    struct pool_line *line = column_push(&shares->lines);
    line->pool = pool;
    line->party = party;
    return line;
}

static int64_t attribute_on(const struct pool_shares *shares, uint32_t pool, enum field_id field,
                            int32_t day, int64_t otherwise)
{
    int64_t value;
    struct viewpoint then = shares->query->view;
    then.as_of = day < then.as_of ? day : then.as_of;
    return attribute_at(shares->query->facts, pool, field, &then, &value) ? value : otherwise;
}

/* The calendar period in which a day lies. */
static void default_period(const struct pool_shares *shares, struct pool_money *money)
{
    static const int32_t months_of[] = {[ROYALTY_PERIOD_month] = 1,
                                        [ROYALTY_PERIOD_quarter] = 3,
                                        [ROYALTY_PERIOD_half] = 6,
                                        [ROYALTY_PERIOD_year] = 12};
    int32_t as_of = shares->query->view.as_of;
    struct civil civil = civil_of(as_of);
    int64_t kind = attribute_on(shares, money->pool, FIELD_period, as_of, ROYALTY_PERIOD_quarter);
    int32_t months = months_of[kind];
    int32_t first = (civil.month - 1) / months * months;
    money->from = day_of(civil.year, (unsigned)first + 1, 1);
    money->to = add_months(money->from, months) - 1;
}

/* ---- gross ---- */

struct pool_money *pool_of_contract(const struct pool_shares *shares,
                                    const struct contract_row *row)
{
    bool named = fact_counts(&row->fact, &shares->query->view) && !row->drafted &&
                 row->origin == ORIGIN_pool && row->origin_ref != AGGREGATE_NONE &&
                 contract_at(shares->query->facts, row->fact.key, &shares->query->view) == row &&
                 strcmp(currency_code(row->currency), "CNY") == 0;
    return named ? money_of(shares, row->origin_ref) : NULL;
}

static enum status add_gross(struct pool_shares *shares, struct fault *fault)
{
    const struct query *query = shares->query;
    enum status status = STATUS_OK;
    struct column receipts;
    column_init(&receipts, sizeof(struct receipt));
    for (uint64_t i = 0; i < query->view.published.rows[FACT_CONTRACT] && status == STATUS_OK;
         i++) {
        const struct contract_row *row = facts_row(query->facts, FACT_CONTRACT, i);
        struct pool_money *money = pool_of_contract(shares, row);
        if (money == NULL) {
            continue;
        }
        column_truncate(&receipts, 0);
        contract_receipts(query, row->fact.key, &receipts);
        for (uint64_t r = 0; r < receipts.count && status == STATUS_OK; r++) {
            const struct receipt *receipt = column_at(&receipts, r);
            if (receipt->value_date >= money->from && receipt->value_date <= money->to) { /* S4 */
                status = sum_add(&money->gross, receipt->amount, fault);
            }
        }
    }
    column_done(&receipts);
    return status;
}

/* ---- patent-days ---- */

/* S3: of the days first..last those on which the right stood. */
static int64_t days_in_force(const struct query *query, uint32_t technology, int32_t first,
                             int32_t last)
{
    int64_t expiry;
    int64_t days = 0;
    uint32_t at;
    if (attribute_at(query->facts, technology, FIELD_expiry, &query->view, &expiry) &&
        expiry < last) {
        last = (int32_t)expiry;
    }
    const struct state_row *row =
        facts_first(query->facts, FACT_STATE, technology, &query->view, &at);
    for (; row != NULL && first <= last;
         row = facts_next(query->facts, FACT_STATE, &query->view, &at)) {
        if (row->machine != MACHINE_TECHNOLOGY || row->fact.valid > last) {
            continue;
        }
        int32_t from = row->fact.valid > first ? row->fact.valid : first;
        bool stands = row->state != TECHNOLOGY_LAPSED && row->state != TECHNOLOGY_INVALID;
        days += stands ? last - from + 1 : 0;
        last = from - 1;
    }
    return first <= last ? days + last - first + 1 : days; /* admitted before it was entered */
}

/* The day on which an admitted patent left again, or DAY_MAX. */
static int32_t left_on(const struct query *query, const struct pool_patent_row *admitted)
{
    int32_t left = DAY_MAX;
    uint32_t at;
    const struct pool_patent_row *row =
        facts_first(query->facts, FACT_POOL_PATENT, admitted->fact.key, &query->view, &at);
    for (; row != NULL && row != admitted;
         row = facts_next(query->facts, FACT_POOL_PATENT, &query->view, &at)) {
        if (row->pool == admitted->pool) {
            left = row->fact.valid; /* at last that of the row next to it */
        }
    }
    return left;
}

static void add_patents(struct pool_shares *shares)
{
    const struct query *query = shares->query;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_POOL_PATENT]; i++) {
        const struct pool_patent_row *row = facts_row(query->facts, FACT_POOL_PATENT, i);
        struct pool_money *money = money_of(shares, row->pool);
        if (money == NULL || !row->admitted || !fact_counts(&row->fact, &query->view)) {
            continue;
        }
        int32_t left = left_on(query, row);
        int32_t first = row->fact.valid > money->from ? row->fact.valid : money->from;
        int32_t last = money->to < query->view.as_of ? money->to : query->view.as_of;
        last = left <= last ? left - 1 : last;
        int64_t days = days_in_force(query, row->fact.key, first, last);
        struct pool_line *line = line_of(shares, row->pool, row->owner);
        line->patents += days > 0;
        line->patent_days += days;
        line->weight += days * row->weight_ppm;
        money->patent_days += days;
    }
}

/* ---- shares ---- */

/* S2: a rule of fixed shares takes the place of the patents' weights. */
static void fix_shares(struct pool_shares *shares, const struct pool_money *money)
{
    const struct facts *facts = shares->query->facts;
    int64_t basis =
        attribute_on(shares, money->pool, FIELD_basis, money->to, POOL_BASIS_patent_days);
    struct slice list =
        text_of(facts, (text_ref)attribute_on(shares, money->pool, FIELD_shares, money->to, 0));
    struct cursor in = cursor_over(list);
    uint32_t count = 0;
    if (basis != POOL_BASIS_fixed_shares || list.len == 0 || !cursor_array(&in, &count)) {
        return;
    }
    for (uint64_t i = 0; i < shares->lines.count; i++) {
        struct pool_line *line = pool_line_at(shares, i);
        line->weight = line->pool == money->pool ? 0 : line->weight;
    }
    for (; count > 0; count--) {
        struct slice map = {0};
        struct slice value = {0};
        struct slice id = {0};
        int64_t ppm = 0;
        bool good = cursor_value(&in, &map) && map_find(map, "party", &value) &&
                    value_text(value, &id) && map_find(map, "share_ppm", &value) &&
                    value_int(value, &ppm);
        INVARIANT(good); /* stored in this form */
        uint32_t party =
            aggregate_find(facts, KIND_party, id, shares->query->view.published.aggregates);
        line_of(shares, money->pool, party)->weight += ppm;
    }
}

static void split_net(struct pool_shares *shares, struct pool_money *money)
{
    uint64_t count = 0;
    int64_t any = 0;
    int64_t *weights = scratch_take(shares->scratch, (shares->lines.count + 1) * sizeof(int64_t));
    int64_t *parts = scratch_take(shares->scratch, (shares->lines.count + 1) * sizeof(int64_t));
    for (uint64_t i = 0; i < shares->lines.count; i++) {
        if (pool_line_at(shares, i)->pool == money->pool) {
            weights[count] = pool_line_at(shares, i)->weight;
            any |= weights[count++];
        }
    }
    if (any == 0) {
        return;
    }
    split_amount(money->net, weights, count, parts);
    money->amount = money->net;
    count = 0;
    for (uint64_t i = 0; i < shares->lines.count; i++) {
        if (pool_line_at(shares, i)->pool == money->pool) {
            pool_line_at(shares, i)->amount = parts[count++];
        }
    }
}

/* ---- what was distributed ---- */

static enum status add_paid_lines(struct pool_shares *shares, const struct distribution_row *row,
                                  struct pool_money *money, struct fault *fault)
{
    const struct query *query = shares->query;
    enum status status = STATUS_OK;
    uint32_t at = facts_head(query->facts, FACT_OBLIGATION, money->pool, true);
    while (at != NO_ROW && status == STATUS_OK) {
        const struct obligation_row *obligation = facts_row(query->facts, FACT_OBLIGATION, at - 1);
        uint32_t terms_at;
        const struct terms_row *terms =
            facts_first(query->facts, FACT_TERMS, at - 1, &query->view, &terms_at);
        if (obligation->fact.seq == row->fact.seq && terms != NULL) {
            struct pool_line *line = line_of(shares, money->pool, terms->creditor);
            status = sum_add(&line->distributed, terms->amount_fen, fault);
            money->distributed += terms->amount_fen; /* within the gross */
        }
        at = obligation->fact.prev;
    }
    return status;
}

/* S4: what members gave back, or owe back, of the period. */
static enum status add_restitutions(struct pool_shares *shares, struct pool_money *money,
                                    struct fault *fault)
{
    const struct query *query = shares->query;
    enum status status = STATUS_OK;
    uint32_t at = facts_head(query->facts, FACT_OBLIGATION, money->pool, true);
    while (at != NO_ROW && status == STATUS_OK) {
        struct obligation_figures figures;
        const struct fact *row = facts_row(query->facts, FACT_OBLIGATION, at - 1);
        obligation_evaluate(query->facts, at - 1, &query->view, &figures);
        if (figures.visible && figures.terms->kind == OBLIGATION_KIND_restitution &&
            figures.terms->accrual_from >= money->from && figures.terms->accrual_to != DAY_NONE &&
            figures.terms->accrual_to <= money->to) { /* both, in this order (ruling 5) */
            int64_t amount = figures.outstanding + figures.paid + figures.set_off;
            struct pool_line *line = line_of(shares, money->pool, figures.terms->debtor);
            status = sum_add(&line->distributed, -amount, fault);
            money->distributed -= amount;
        }
        at = row->prev;
    }
    return status;
}

static enum status add_distributed(struct pool_shares *shares, struct fault *fault)
{
    const struct query *query = shares->query;
    enum status status = STATUS_OK;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_DISTRIBUTION] && status == STATUS_OK;
         i++) {
        const struct distribution_row *row = facts_row(query->facts, FACT_DISTRIBUTION, i);
        struct pool_money *money = money_of(shares, row->fact.key);
        if (money == NULL || !fact_counts(&row->fact, &query->view) ||
            row->period_start < money->from || row->period_end > money->to) {
            continue;
        }
        status = sum_add(&money->distributed_gross, row->gross_fen, fault);
        money->distributed_fee += row->admin_fee_fen; /* both within the gross */
        money->reserve += row->reserve_fen;
        if (status == STATUS_OK) {
            status = add_paid_lines(shares, row, money, fault);
        }
    }
    for (uint64_t i = 0; i < shares->pools.count && status == STATUS_OK; i++) {
        status = add_restitutions(shares, pool_money_at(shares, i), fault);
    }
    return status;
}

/* ---- all of it ---- */

static void find_pools(struct pool_shares *shares, uint32_t pool, const int32_t *period)
{
    const struct query *query = shares->query;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_STATE]; i++) {
        const struct state_row *row = facts_row(query->facts, FACT_STATE, i);
        if (row->machine != MACHINE_POOL || !fact_counts(&row->fact, &query->view) ||
            (pool != AGGREGATE_NONE && pool != row->fact.key)) {
            continue;
        }
        struct pool_money *money = column_push(&shares->pools);
        shares->slot[row->fact.key] = (uint32_t)shares->pools.count;
        money->pool = row->fact.key;
        if (period != NULL) {
            money->from = period[0];
            money->to = period[1];
        } else {
            default_period(shares, money);
        }
    }
}

enum status pool_shares_init(struct pool_shares *shares, const struct query *query,
                             struct scratch *scratch, uint32_t pool, const int32_t *period,
                             struct fault *fault)
{
    *shares = (struct pool_shares){.query = query, .scratch = scratch};
    column_init(&shares->pools, sizeof(struct pool_money));
    column_init(&shares->lines, sizeof(struct pool_line));
    shares->slot = scratch_take(scratch, (query->view.published.aggregates + 1) * sizeof(uint32_t));
    find_pools(shares, pool, period);
    enum status status = add_gross(shares, fault);
    if (status != STATUS_OK) {
        return status;
    }
    add_patents(shares);
    for (uint64_t i = 0; i < shares->pools.count; i++) {
        struct pool_money *money = pool_money_at(shares, i);
        int64_t fee_ppm = attribute_on(shares, money->pool, FIELD_admin_fee_ppm, money->to, 0);
        money->admin_fee = apply_ppm(money->gross, fee_ppm, ROUND_HALF_AWAY);
        money->net = money->gross - money->admin_fee;
        fix_shares(shares, money);
        split_net(shares, money);
    }
    return add_distributed(shares, fault);
}

void pool_shares_done(struct pool_shares *shares)
{
    column_done(&shares->pools);
    column_done(&shares->lines);
}
