/* Metrics that count what is not a registered contract.
 *
 *   C1  A party counts once, whatever it holds and under whatever merged id (AC-002-2): open on the
 *       last day of the period, or on as_of if that comes first.
 *   C2  What began within the period counts in it, whatever became of it: a loan that is repaid
 *       still was one (domain 5.9). */

#include "daemon/ledger/accreditation.h"
#include "daemon/ledger/merger.h"
#include "daemon/ledger/pledge.h"
#include "daemon/view/metric_inner.h"
#include "daemon/view/scratch.h"
#include "proto/cursor.h"

/* Only these keys in the filter; the text of `key`, empty if it is not there. */
static bool only_key(const struct asked *asked, const char *key, struct slice *ret_text)
{
    uint32_t pairs = 0;
    struct slice value;
    struct cursor in = cursor_over(asked->filter);
    *ret_text = slice_of("", 0);
    if (asked->filter.len == 0) {
        return true;
    }
    if (!cursor_map(&in, &pairs) || pairs > 1) {
        return false;
    }
    return pairs == 0 ||
           (key != NULL && map_find(asked->filter, key, &value) && value_text(value, ret_text));
}

/* Is `kind` one of the texts of a|b|c? No text: any. */
static bool among(struct slice texts, struct slice kind)
{
    size_t start = 0;
    for (size_t i = 0; i <= texts.len && texts.len > 0; i++) {
        if (i < texts.len && texts.data[i] != '|') {
            continue;
        }
        if (slice_equal(slice_of(texts.data + start, i - start), kind)) {
            return true;
        }
        start = i + 1;
    }
    return texts.len == 0;
}

static bool in_period(const struct asked *asked, int32_t day)
{
    return day >= asked->period->from && day <= asked->period->to;
}

/* N3 */
static void explain_row(const struct asked *asked, const struct fact *fact, const char *what,
                        int64_t amount)
{
    const struct explanation_line line = {.seq = fact->seq,
                                          .amount = amount,
                                          .what = what,
                                          .currency = (uint8_t)currency_index(slice_text("CNY"))};
    if (asked->explanation != NULL) {
        explanation_add(asked->explanation, &line);
    }
}

bool metric_accredited(const struct asked *asked, struct metric_figure *ret_figure)
{
    const struct query *query = asked->query;
    struct viewpoint view = query->view;
    struct slice kinds;
    struct scratch scratch;
    int64_t count = 0;
    if (!only_key(asked, "kind", &kinds)) {
        return false;
    }
    view.as_of = asked->period->to < view.as_of ? asked->period->to : view.as_of; /* C1 */
    scratch_init(&scratch);
    uint8_t *met = scratch_take(&scratch, view.published.aggregates + 1);
    for (uint64_t i = 0; i < view.published.rows[FACT_ACCREDITATION]; i++) {
        const struct accreditation_row *row = facts_row(query->facts, FACT_ACCREDITATION, i);
        struct slice kind = text_of(query->facts, row->kind);
        if (row->ended || !fact_counts(&row->fact, &view) || !among(kinds, kind) ||
            accreditation_open(query->facts, row->fact.key, kind, &view) == NULL) {
            continue;
        }
        uint32_t party = party_survivor(query->facts, row->fact.key, &view);
        if (met[party] == 0) {
            count++;
            explain_row(asked, &row->fact, "counted", AMOUNT_UNKNOWN);
        }
        met[party] = 1;
    }
    scratch_done(&scratch);
    *ret_figure = (struct metric_figure){.numerator = count, .denominator = 1};
    return true;
}

bool metric_ventures(const struct asked *asked, struct metric_figure *ret_figure)
{
    const struct query *query = asked->query;
    struct slice none;
    int64_t count = 0;
    if (!only_key(asked, NULL, &none)) {
        return false;
    }
    for (uint64_t i = 0; i < query->view.published.rows[FACT_VENTURE]; i++) {
        const struct venture_row *row = facts_row(query->facts, FACT_VENTURE, i);
        bool began = asked->period->point ? row->fact.valid <= asked->period->to
                                          : in_period(asked, row->fact.valid);
        if (began && fact_counts(&row->fact, &query->view)) {
            count++;
            explain_row(asked, &row->fact, "counted", AMOUNT_UNKNOWN);
        }
    }
    *ret_figure = (struct metric_figure){.numerator = count, .denominator = 1};
    return true;
}

/* Loans on pledged patents by the day of the loan, yuan. */
bool metric_loans(const struct asked *asked, struct metric_figure *ret_figure)
{
    const struct query *query = asked->query;
    struct slice none;
    int128 sum = 0;
    if (!only_key(asked, NULL, &none) || asked->period->point) {
        return false;
    }
    for (uint64_t i = 0; i < query->view.published.rows[FACT_PLEDGE]; i++) {
        const struct pledge_row *row = facts_row(query->facts, FACT_PLEDGE, i);
        /* Of a pledge whose terms changed, only the newest terms speak. */
        if (fact_counts(&row->fact, &query->view) && in_period(asked, row->loan_date) &&
            pledge_terms(query->facts, row->fact.key, &query->view) == row) {
            sum += row->amount;
            explain_row(asked, &row->fact, "loan", row->amount);
        }
    }
    *ret_figure = (struct metric_figure){.numerator = sum, .denominator = FEN_IN_YUAN};
    return true;
}
