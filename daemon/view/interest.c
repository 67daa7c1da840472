/* Late interest that accrued to as_of and was neither paid nor assessed (domain 4.7, 5.7), by
 * contract, obligation, debtor or creditor.
 *
 *   N1  `accrued` is what open_items calls interest_due: of the whole, less what was paid and what
 *       was assessed as obligations of their own. `outstanding` is the principal that bears it.
 *   N2  A row is there where any of its columns but the principal is not zero. */

#include "daemon/ledger/interest.h"
#include "daemon/view/explain.h"
#include "daemon/view/items.h"
#include "daemon/view/label.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"
#include "daemon/view/tally.h"

enum by { BY_CONTRACT, BY_OBLIGATION, BY_DEBTOR, BY_CREDITOR };
static const char *const by_names[] = {"contract", "obligation", "debtor", "creditor", NULL};
static const char *const columns[] = {"outstanding", "accrued", "interest_paid", "assessed", NULL};
static const char *const parameters[] = {"by", "debtor", "creditor", "contract", "kind", NULL};

struct asking {
    const struct query *query;
    struct item_filter filter;
    struct tally tally;
    struct explanation *explanation; /* NULL: a query */
    struct slice key;
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

static int64_t accrued(void *arg, const struct obligation_figures *figures)
{
    (void)arg;
    return figures->interest_due;
}

static enum status add_item(void *arg, const struct item *item, struct fault *fault)
{
    struct asking *asking = arg;
    const struct query *query = asking->query;
    char text[KEY_BYTES_MAX];
    uint32_t labelled = AGGREGATE_NONE;
    struct slice key = row_key(asking, item, text, &labelled);
    if (asking->explanation != NULL) {
        if (slice_equal(key, asking->key)) {
            explain_obligation_by(asking->explanation, item->obligation, accrued, NULL);
        }
        return STATUS_OK;
    }
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
    enum status status = params_check(query, parameters, fault);
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

enum status interest_explain(const struct query *query, struct slice key, struct writer *out,
                             uint32_t *pairs, struct fault *fault)
{
    static const struct overlay nothing = {.slot = NULL};
    struct asking asking;
    struct explanation explanation;
    enum status status = asking_read(&asking, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    explanation_init(&explanation, query);
    asking.explanation = &explanation;
    asking.key = key;
    status = items_visit(query, &asking.filter, &nothing, add_item, &asking, fault);
    if (status == STATUS_OK) {
        status = explanation_write(&explanation, out, pairs, fault);
    }
    explanation_done(&explanation);
    return status;
}
