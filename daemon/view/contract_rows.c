/* See contract_rows.h. */

#include "daemon/view/contract_rows.h"

#include "daemon/ledger/money.h"
#include "daemon/view/label.h"
#include "daemon/view/params.h"

enum status explain_contract_rows(const struct query *query, struct slice key,
                                  enum fact_table table, explain_row_fn *line_of,
                                  struct writer *out, uint32_t *pairs, struct fault *fault)
{
    struct explanation explanation;
    const struct contract_row *contract = NULL;
    uint32_t aggregate = aggregate_named(query, KIND_contract, key);
    if (aggregate != AGGREGATE_NONE) {
        contract = contract_at(query->facts, aggregate, &query->view);
    }
    if (contract == NULL) {
        return fault_set(fault, STATUS_NOT_FOUND, "key");
    }
    explanation_init(&explanation, query);
    uint32_t at;
    const struct fact *row = facts_first(query->facts, table, aggregate, &query->view, &at);
    for (; row != NULL; row = facts_next(query->facts, table, &query->view, &at)) {
        struct explanation_line line = {.seq = row->seq,
                                        .owner = aggregate,
                                        .amount = AMOUNT_UNKNOWN,
                                        .what = "",
                                        .currency = contract->currency};
        if (line_of(query, row, &line)) {
            explanation_add(&explanation, &line);
        }
    }
    enum status status = explanation_write(&explanation, out, pairs, fault);
    explanation_done(&explanation);
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
