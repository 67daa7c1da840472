/* Filings of licences with the patent office, one row a contract.
 *
 *   F1  A licence of patents that is or was in effect should be filed: it has a row even without
 *       a filing. Others have one once something is filed.
 *   F2  Overdue: nothing filed, and the three months are over at as_of (filing.h). Late: first
 *       filed after them. */

#include "daemon/view/filings.h"

#include "daemon/ledger/filing.h"
#include "daemon/view/contract_rows.h"
#include "daemon/view/label.h"
#include "daemon/view/page.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"

enum filed { NOT_FILED, FILED, CHANGED, CANCELLED };
static const char *const filed_names[] = {"none", "effective", "changed", "cancelled", NULL};
#define FILED_STATES 4
const char *const filings_parameters[] = {"filed", "party", "overdue", NULL};
static const char *const yes_no[] = {"false", "true", NULL};

struct filing {
    struct standing standing;
    enum filed filed;
    text_ref number;
    int32_t due, first_on, filed_on; /* DAY_NONE: none */
    bool overdue, late;
};

struct filings {
    const struct query *query;
    struct scratch scratch;
    struct page page;
    int filed, overdue; /* -1: any */
    uint32_t party;
    int64_t count, counts[FILED_STATES], overdues, lates;
};

/* A filing is two attributes of one event: what was filed, and its number. */
static void read_rows(const struct query *query, uint32_t contract, struct filing *filing)
{
    uint64_t latest = 0;
    uint32_t at;
    const struct attribute_row *row =
        facts_first(query->facts, FACT_ATTRIBUTE, contract, &query->view, &at);
    for (; row != NULL; row = facts_next(query->facts, FACT_ATTRIBUTE, &query->view, &at)) {
        if (row->field != FIELD_filing_no && row->field != FIELD_action) {
            continue;
        }
        filing->first_on = row->fact.valid;
        if (latest == 0 || row->fact.valid > filing->filed_on) {
            latest = row->fact.seq;
            filing->filed_on = row->fact.valid;
        }
        if (row->fact.seq == latest && row->field == FIELD_filing_no) {
            filing->number = (text_ref)row->value;
        } else if (row->fact.seq == latest) {
            filing->filed = (enum filed)(FILED + (int)row->value);
        }
    }
}

static bool must_file(const struct standing *standing)
{
    const struct contract_row *row = standing->row;
    bool patent = row->ip_kind == IP_KIND_invention || row->ip_kind == IP_KIND_utility_model ||
                  row->ip_kind == IP_KIND_design;
    return row->type == CONTRACT_TYPE_license && patent && !row->drafted &&
           standing->state != CONTRACT_VOID;
}

int32_t filing_missing(const struct query *query, const struct standing *standing)
{
    struct filing filing = {.first_on = DAY_NONE, .filed_on = DAY_NONE};
    read_rows(query, standing->contract, &filing);
    return filing.filed == NOT_FILED && must_file(standing)
               ? filing_due(query->facts, standing->contract, &query->view)
               : DAY_NONE;
}

static bool filing_read(const struct filings *filings, uint64_t index, struct filing *ret)
{
    const struct query *query = filings->query;
    *ret = (struct filing){.due = DAY_NONE, .first_on = DAY_NONE, .filed_on = DAY_NONE};
    if (!standing_read(query, index, &ret->standing)) {
        return false;
    }
    read_rows(query, ret->standing.contract, ret);
    ret->due = filing_due(query->facts, ret->standing.contract, &query->view);
    if (ret->filed == NOT_FILED && (!must_file(&ret->standing) || ret->due == DAY_NONE)) {
        return false; /* F1 */
    }
    ret->overdue = ret->filed == NOT_FILED && ret->due < query->view.as_of;
    ret->late = ret->filed != NOT_FILED && ret->due != DAY_NONE && ret->first_on > ret->due;
    return (filings->filed < 0 || (enum filed)filings->filed == ret->filed) &&
           (filings->overdue < 0 || (filings->overdue == 1) == ret->overdue) &&
           (filings->party == AGGREGATE_NONE ||
            standing_has_party(query, &ret->standing, filings->party));
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    struct filings *filings = arg;
    struct filing filing;
    (void)fault;
    if (!filing_read(filings, row->payload, &filing)) {
        write_nil(out);
        return STATUS_OK;
    }
    size_t mark = write_map_begin(out);
    write_contract_head(filings->query, filing.standing.contract, filing.standing.row->currency,
                        out);
    write_text(out, "filed");
    write_text(out, filed_names[filing.filed]);
    write_text(out, "filing_no");
    write_str(out, text_of(filings->query->facts, filing.number));
    write_text(out, "filed_on");
    write_day(out, filing.filed_on);
    write_text(out, "due");
    write_day(out, filing.due);
    write_text(out, "overdue");
    write_bool(out, filing.overdue);
    write_text(out, "late");
    write_bool(out, filing.late);
    write_map_end(out, mark, 9);
    return STATUS_OK;
}

static void write_total(const struct filings *filings, struct writer *out)
{
    write_text(out, "total");
    write_array(out, filings->count > 0 ? 1 : 0);
    if (filings->count == 0) {
        return;
    }
    write_map(out, 3 + FILED_STATES);
    write_text(out, "count");
    write_int(out, filings->count);
    for (int f = 0; f < FILED_STATES; f++) {
        write_text(out, filed_names[f]);
        write_int(out, filings->counts[f]);
    }
    write_text(out, "overdue");
    write_int(out, filings->overdues);
    write_text(out, "late");
    write_int(out, filings->lates);
}

enum status filings_query(const struct query *query, struct writer *out, uint32_t *pairs,
                          struct fault *fault)
{
    struct filings filings = {.query = query};
    enum status status = params_check(query, filings_parameters, fault);
    if (status == STATUS_OK) {
        status = param_enum(query, "filed", filed_names, -1, &filings.filed, fault);
    }
    if (status == STATUS_OK) {
        status = param_enum(query, "overdue", yes_no, -1, &filings.overdue, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "party", KIND_party, &filings.party, fault);
    }
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&filings.scratch);
    page_init(&filings.page, &filings.scratch, query);
    for (uint64_t i = 0; i < query->view.published.rows[FACT_CONTRACT]; i++) {
        struct filing filing;
        if (filing_read(&filings, i, &filing)) {
            filings.count++;
            filings.counts[filing.filed]++;
            filings.overdues += filing.overdue;
            filings.lates += filing.late;
            page_offer(&filings.page, aggregate_id(query->facts, filing.standing.contract), i);
        }
    }
    status = page_write(&filings.page, write_row, &filings, out, pairs, fault);
    if (status == STATUS_OK) {
        write_total(&filings, out);
        *pairs += 1;
    }
    scratch_done(&filings.scratch);
    return status;
}

/* ---- explain: the filings of one contract ---- */

static bool line_of(const struct query *query, const struct fact *fact,
                    struct explanation_line *line)
{
    const struct attribute_row *row = (const struct attribute_row *)(const void *)fact;
    (void)query;
    line->what = row->field == FIELD_action ? filed_names[FILED + (int)row->value] : "";
    return row->field == FIELD_action;
}

enum status filings_explain(const struct query *query, struct slice key, struct writer *out,
                            uint32_t *pairs, struct fault *fault)
{
    return explain_contract_rows(query, key, FACT_ATTRIBUTE, line_of, out, pairs, fault);
}
