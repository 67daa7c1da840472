/* Patent pools: who is in them, and how much of them is open to anybody.
 *
 *   P1  A patent counts from the day it is admitted to the day before it is removed; what became of
 *       the right itself matters to distributions only.
 *   P2  The open share is the patents with a declared open licence, in permille of all. */

#include "daemon/ledger/money.h"
#include "daemon/ledger/pool.h"
#include "daemon/view/explain.h"
#include "daemon/view/label.h"
#include "daemon/view/page.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"

const char *const pools_parameters[] = {"pool", NULL};

struct cell {
    uint32_t pool;
    int64_t members, patents, open;
};

struct pooling {
    const struct query *query;
    struct scratch scratch;
    struct page page;
    uint32_t pool;  /* AGGREGATE_NONE: any */
    uint32_t *slot; /* by pool: cell + 1 */
    struct column cells;
    struct cell total;
};

static enum status pooling_read(struct pooling *pooling, const struct query *query,
                                struct fault *fault)
{
    *pooling = (struct pooling){.query = query};
    enum status status = params_check(query, pools_parameters, fault);
    return status == STATUS_OK ? param_aggregate(query, "pool", KIND_pool, &pooling->pool, fault)
                               : status;
}

/* The pool that a state row formed, at the viewpoint and asked for. */
static bool is_formed(const struct pooling *pooling, const struct state_row *row)
{
    return row->machine == MACHINE_POOL && fact_counts(&row->fact, &pooling->query->view) &&
           (pooling->pool == AGGREGATE_NONE || pooling->pool == row->fact.key);
}

static struct cell *cell_of(struct pooling *pooling, uint32_t pool)
{
    uint32_t slot = pooling->slot[pool];
    return slot == 0 ? NULL : column_at(&pooling->cells, slot - 1);
}

static void count_members(struct pooling *pooling)
{
    const struct query *query = pooling->query;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_POOL_MEMBER]; i++) {
        const struct pool_member_row *row = facts_row(query->facts, FACT_POOL_MEMBER, i);
        struct cell *cell = cell_of(pooling, row->fact.key);
        if (cell != NULL && row->joined && fact_counts(&row->fact, &query->view) &&
            pool_member_at(query->facts, row->fact.key, row->party, &query->view) == row) {
            cell->members++;
            pooling->total.members++;
        }
    }
}

static void count_patents(struct pooling *pooling)
{
    const struct query *query = pooling->query;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_POOL_PATENT]; i++) {
        const struct pool_patent_row *row = facts_row(query->facts, FACT_POOL_PATENT, i);
        struct cell *cell = cell_of(pooling, row->pool);
        if (cell == NULL || !row->admitted || !fact_counts(&row->fact, &query->view) ||
            pool_patent_at(query->facts, row->pool, row->fact.key, &query->view) != row) {
            continue;
        }
        bool open = state_at(query->facts, MACHINE_OPEN_LICENSE, row->fact.key, &query->view) ==
                    OPEN_LICENSE_DECLARED;
        cell->patents++;
        cell->open += open;
        pooling->total.patents++;
        pooling->total.open += open;
    }
}

static void run(struct pooling *pooling)
{
    const struct query *query = pooling->query;
    for (uint64_t i = 0; i < query->view.published.rows[FACT_STATE]; i++) {
        const struct state_row *row = facts_row(query->facts, FACT_STATE, i);
        if (is_formed(pooling, row)) {
            struct cell *cell = column_push(&pooling->cells);
            cell->pool = row->fact.key;
            pooling->slot[row->fact.key] = (uint32_t)pooling->cells.count;
            page_offer(&pooling->page, aggregate_id(query->facts, row->fact.key),
                       pooling->cells.count - 1);
        }
    }
    count_members(pooling);
    count_patents(pooling);
}

static uint32_t write_cell(const struct cell *cell, struct writer *out)
{
    write_text(out, "members");
    write_int(out, cell->members);
    write_text(out, "patents");
    write_int(out, cell->patents);
    write_text(out, "open_patents");
    write_int(out, cell->open);
    write_text(out, "open_share_permille");
    if (cell->patents > 0) { /* P2 */
        write_int(out, divide_rounded((int128)1000 * cell->open, cell->patents, ROUND_HALF_AWAY));
    } else {
        write_nil(out);
    }
    return 4;
}

static int64_t attribute_or(const struct query *query, uint32_t pool, enum field_id field,
                            int64_t otherwise)
{
    int64_t value;
    return attribute_at(query->facts, pool, field, &query->view, &value) ? value : otherwise;
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    const struct pooling *pooling = arg;
    const struct query *query = pooling->query;
    const struct cell *cell = column_at(&pooling->cells, row->payload);
    (void)fault;
    size_t mark = write_map_begin(out);
    write_text(out, "key");
    write_str(out, row->key);
    write_text(out, "label");
    write_str(out, text_of(query->facts, (text_ref)attribute_or(query, cell->pool, FIELD_name, 0)));
    write_text(out, "admin");
    write_id(out, query->facts,
             (uint32_t)attribute_or(query, cell->pool, FIELD_admin, AGGREGATE_NONE));
    write_text(out, "admin_fee_ppm");
    write_int(out, attribute_or(query, cell->pool, FIELD_admin_fee_ppm, 0));
    write_text(out, "basis");
    write_name(out, pool_basis_names,
               (unsigned)attribute_or(query, cell->pool, FIELD_basis, POOL_BASIS_patent_days));
    write_map_end(out, mark, 5 + write_cell(cell, out));
    return STATUS_OK;
}

enum status pools_query(const struct query *query, struct writer *out, uint32_t *pairs,
                        struct fault *fault)
{
    struct pooling pooling;
    enum status status = pooling_read(&pooling, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&pooling.scratch);
    column_init(&pooling.cells, sizeof(struct cell));
    page_init(&pooling.page, &pooling.scratch, query);
    pooling.slot =
        scratch_take(&pooling.scratch, (query->view.published.aggregates + 1) * sizeof(uint32_t));
    run(&pooling);
    status = page_write(&pooling.page, write_row, &pooling, out, pairs, fault);
    if (status == STATUS_OK) {
        bool any = pooling.cells.count > 0;
        write_text(out, "total");
        write_array(out, any ? 1 : 0);
        if (any) {
            size_t mark = write_map_begin(out);
            write_map_end(out, mark, write_cell(&pooling.total, out));
        }
        *pairs += 1;
    }
    column_done(&pooling.cells);
    scratch_done(&pooling.scratch);
    return status;
}

/* ---- explain: who came and went; no amounts ---- */

static void explain_row(struct explanation *explanation, const struct fact *fact, uint32_t pool,
                        const char *what)
{
    struct explanation_line line = {.seq = fact->seq,
                                    .owner = pool,
                                    .amount = AMOUNT_UNKNOWN,
                                    .currency = (uint8_t)currency_index(slice_text("CNY")),
                                    .what = what};
    if (fact_counts(fact, &explanation->query->view)) {
        explanation_add(explanation, &line);
    }
}

enum status pools_explain(const struct query *query, struct slice key, struct writer *out,
                          uint32_t *pairs, struct fault *fault)
{
    struct pooling pooling;
    struct explanation explanation;
    enum status status = pooling_read(&pooling, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    uint32_t pool = aggregate_named(query, KIND_pool, key);
    explanation_init(&explanation, query);
    for (uint64_t i = 0; i < query->view.published.rows[FACT_STATE]; i++) {
        const struct state_row *row = facts_row(query->facts, FACT_STATE, i);
        if (row->fact.key == pool && is_formed(&pooling, row)) {
            explain_row(&explanation, &row->fact, pool, "formed");
        }
    }
    for (uint64_t i = 0; i < query->view.published.rows[FACT_POOL_MEMBER]; i++) {
        const struct pool_member_row *row = facts_row(query->facts, FACT_POOL_MEMBER, i);
        if (row->fact.key == pool) {
            explain_row(&explanation, &row->fact, pool,
                        row->joined ? "member_admitted" : "member_left");
        }
    }
    for (uint64_t i = 0; i < query->view.published.rows[FACT_POOL_PATENT]; i++) {
        const struct pool_patent_row *row = facts_row(query->facts, FACT_POOL_PATENT, i);
        if (row->pool == pool) {
            explain_row(&explanation, &row->fact, pool,
                        row->admitted ? "patent_admitted" : "patent_removed");
        }
    }
    status = explanation_write(&explanation, out, pairs, fault);
    explanation_done(&explanation);
    return status;
}
