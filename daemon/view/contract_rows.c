/* See contract_rows.h. */

#include "daemon/view/contract_rows.h"

#include "daemon/ledger/money.h"
#include "daemon/view/label.h"
#include "daemon/view/params.h"

struct contract_lines {
    struct explanation explanation;
    const struct contract_row *contract;
    explain_row_fn *line_of;
};

static void add_line(struct contract_lines *lines, const struct fact *row)
{
    struct explanation *explanation = &lines->explanation;
    struct explanation_line line = {.seq = row->seq,
                                    .owner = row->key,
                                    .amount = AMOUNT_UNKNOWN,
                                    .what = "",
                                    .currency = lines->contract->currency};
    if (lines->line_of(explanation->query, row, &line)) {
        explanation_add(explanation, &line);
    }
}

static void add_lines(struct contract_lines *lines, enum fact_table table)
{
    const struct query *query = lines->explanation.query;
    uint32_t contract = lines->contract->fact.key;
    uint32_t at;
    if (facts_by_key(table)) {
        const struct fact *row = facts_first(query->facts, table, contract, &query->view, &at);
        for (; row != NULL; row = facts_next(query->facts, table, &query->view, &at)) {
            add_line(lines, row);
        }
        return;
    }
    for (uint64_t i = 0; i < query->view.published.rows[table]; i++) {
        const struct fact *row = facts_row(query->facts, table, i);
        if (row->key == contract && fact_counts(row, &query->view)) {
            add_line(lines, row);
        }
    }
}

enum status explain_contract_rows(const struct query *query, struct slice key,
                                  enum fact_table table, explain_row_fn *line_of,
                                  struct writer *out, uint32_t *pairs, struct fault *fault)
{
    struct contract_lines lines = {.line_of = line_of};
    uint32_t aggregate = aggregate_named(query, KIND_contract, key);
    if (aggregate != AGGREGATE_NONE) {
        lines.contract = contract_at(query->facts, aggregate, &query->view);
    }
    if (lines.contract == NULL) {
        return fault_set(fault, STATUS_NOT_FOUND, "key");
    }
    explanation_init(&lines.explanation, query);
    add_lines(&lines, table);
    enum status status = explanation_write(&lines.explanation, out, pairs, fault);
    explanation_done(&lines.explanation);
    return status;
}

void write_contract_head(const struct query *query, uint32_t contract, uint8_t currency,
                         struct writer *out)
{
    write_text(out, "key");
    write_str(out, aggregate_id(query->facts, contract));
    write_text(out, "label");
    write_str(out, label_of(query, contract));
    write_text(out, "currency");
    write_text(out, currency_code(currency));
}

uint32_t first_party(const struct facts *facts, struct list_ref list)
{
    return list.count == 0 ? AGGREGATE_NONE : share_at(facts, list, 0)->aggregate;
}

void write_permille(struct writer *out, int64_t numerator, int64_t denominator)
{
    if (denominator == 0) {
        write_nil(out);
    } else {
        write_int(out, divide_rounded((int128)1000 * numerator, denominator, ROUND_HALF_AWAY));
    }
}
