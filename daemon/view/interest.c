/* Late interest that accrued to as_of and was neither paid nor assessed (domain 4.7, 5.7), by
 * contract, obligation, debtor or creditor.
 *
 *   N1  `accrued` is what open_items calls interest_due: of the whole, less what was paid and what
 *       was assessed as obligations of their own. `outstanding` is the principal that bears it.
 *   N2  A row is there where any of its columns but the principal is not zero.
 *   N3  Explained, each clause has a line with the days that it charged, then what was paid and
 *       assessed, below zero: together they are what is due. */

#include "daemon/ledger/interest.h"
#include "daemon/view/explain_items.h"
#include "daemon/view/label.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"
#include "daemon/view/tally.h"

enum by { BY_CONTRACT, BY_OBLIGATION, BY_DEBTOR, BY_CREDITOR };
static const char *const by_names[] = {"contract", "obligation", "debtor", "creditor", NULL};
static const char *const columns[] = {"outstanding", "accrued", "interest_paid", "assessed", NULL};
const char *const interest_parameters[] = {"by", "debtor", "creditor", "contract", "kind", NULL};

struct asking {
    const struct query *query;
    struct item_filter filter;
    struct tally tally;
    enum by by;
};

static struct slice row_key(const struct asking *asking, const struct item *item, char *out,
                            uint32_t *ret_labelled)
{
    const struct facts *facts = asking->query->facts;
    size_t len = 0;
    switch (asking->by) {
    case BY_CONTRACT:
        *ret_labelled = item->owner;
        len = key_owner(facts, item->owner, out);
        break;
    case BY_OBLIGATION:
        *ret_labelled = item->owner;
        len = key_obligation(facts, item->owner, item->no, out);
        break;
    case BY_DEBTOR:
        *ret_labelled = item->figures.terms->debtor;
        len = key_id(facts, *ret_labelled, out);
        break;
    case BY_CREDITOR:
        *ret_labelled = item->figures.terms->creditor;
        len = key_id(facts, *ret_labelled, out);
        break;
    }
    return slice_of(out, len);
}

static enum status add_item(void *arg, const struct item *item, struct fault *fault)
{
    struct asking *asking = arg;
    const struct query *query = asking->query;
    char text[KEY_BYTES_MAX];
    uint32_t labelled = AGGREGATE_NONE;
    struct slice key = row_key(asking, item, text, &labelled);
    int64_t assessed = interest_assessed(query->facts, item->owner, item->obligation,
                                         query->view.as_of, &query->view);
    const int64_t part[] = {item->figures.outstanding, item->figures.interest_due,
                            item->figures.interest_paid, assessed};
    if (part[1] == 0 && part[2] == 0 && part[3] == 0) { /* N2 */
        return STATUS_OK;
    }
    struct tally_cell *cell =
        tally_cell(&asking->tally, key, item->figures.terms->currency, labelled);
    return tally_add(&asking->tally, cell, part, fault);
}

static enum status asking_read(struct asking *asking, const struct query *query,
                               struct fault *fault)
{
    int by = BY_CONTRACT;
    *asking = (struct asking){.query = query};
    enum status status = params_check(query, interest_parameters, fault);
    if (status == STATUS_OK) {
        status = param_enum(query, "by", by_names, BY_CONTRACT, &by, fault);
    }
    if (status == STATUS_OK) {
        status = item_filter_read(query, &asking->filter, fault);
    }
    asking->by = (enum by)by;
    return status;
}

enum status interest_query(const struct query *query, struct writer *out, uint32_t *pairs,
                           struct fault *fault)
{
    static const struct overlay nothing = {.slot = NULL};
    struct asking asking;
    struct scratch scratch;
    enum status status = asking_read(&asking, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&scratch);
    tally_init(&asking.tally, query, &scratch, columns);
    status = items_visit(query, &asking.filter, &nothing, add_item, &asking, fault);
    if (status == STATUS_OK) {
        status = tally_write(&asking.tally, NULL, NULL, out, pairs, fault);
    }
    tally_done(&asking.tally);
    scratch_done(&scratch);
    return status;
}

/* ---- explain ---- */

struct parts {
    struct explanation *explanation;
    struct explanation_line like;
    int64_t sum;
};

static void add_line(struct parts *parts, uint64_t seq, int64_t amount, const char *what)
{
    struct explanation_line line = parts->like;
    line.seq = seq;
    line.amount = amount;
    line.what = what;
    parts->sum += amount;
    explanation_add(parts->explanation, &line);
}

static void add_part(void *arg, const struct interest_part *part)
{
    struct parts *parts = arg;
    parts->like.of_days = !part->paid;
    parts->like.from = part->from;
    parts->like.to = part->to;
    add_line(parts, part->seq, part->amount, part->paid ? "interest_paid" : "accrued");
    parts->like.of_days = false;
}

static void add_assessments(struct parts *parts, const struct item *item)
{
    const struct query *query = parts->explanation->query;
    uint32_t at = facts_head(query->facts, FACT_OBLIGATION, item->owner, true);
    while (at != NO_ROW) {
        const struct fact *row = facts_row(query->facts, FACT_OBLIGATION, at - 1);
        const struct terms_row *terms =
            fact_counts(row, &query->view)
                ? interest_assessment(query->facts, at - 1, item->obligation, query->view.as_of,
                                      &query->view)
                : NULL;
        if (terms != NULL) {
            add_line(parts, terms->fact.seq, -terms->amount_fen, "assessed");
        }
        at = row->prev;
    }
}

static void explain_item(struct explaining *explaining, const struct item *item)
{
    const struct query *query = explaining->query;
    char text[KEY_BYTES_MAX];
    uint32_t labelled;
    struct parts parts = {
        .explanation = &explaining->explanation,
        .like = {.owner = item->owner, .no = item->no, .currency = item->figures.terms->currency}};
    if (!slice_equal(row_key(explaining->arg, item, text, &labelled), explaining->key)) {
        return;
    }
    obligation_interest_parts(query->facts, item->obligation, &query->view, add_part, &parts);
    add_assessments(&parts, item);
    if (parts.sum != item->figures.interest_due) { /* paid or assessed beyond what accrued: X2 */
        add_line(&parts, query->view.known_at, item->figures.interest_due - parts.sum, "");
    }
}

enum status interest_explain(const struct query *query, struct slice key, struct writer *out,
                             uint32_t *pairs, struct fault *fault)
{
    struct asking asking;
    const struct item_explainer explainer = {&asking.filter, explain_item, &asking};
    enum status status = asking_read(&asking, query, fault);
    return status == STATUS_OK ? explain_items(query, key, &explainer, out, pairs, fault) : status;
}
