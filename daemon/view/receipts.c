/* Money received and what became of it (domain part 10): received = applied + unapplied + refunded
 * + returned, by payee, payer, contract, kind, department, or the period of the value date.
 *
 *   R1  A payment is cut into pieces: what it has on each obligation, and the rest, which belongs
 *       where its first line does (ruling 15); without lines, to nobody. The identity holds for
 *       every piece and is checked.
 *   R2  Money of nobody is there under an empty payer, and `unidentified` says how much of what
 *       was received it is.
 *   R3  What value dates leave beyond a debt (ruling 32) stays applied here: it is on a line. */

#include <stdio.h>

#include "daemon/base/check.h"
#include "daemon/ledger/calendar.h"
#include "daemon/ledger/contract.h"
#include "daemon/ledger/merger.h"
#include "daemon/ledger/money.h"
#include "daemon/ledger/obligation.h"
#include "daemon/ledger/payment.h"
#include "daemon/view/explain.h"
#include "daemon/view/label.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"
#include "daemon/view/tally.h"

enum { RECEIVED, APPLIED, UNAPPLIED, REFUNDED, RETURNED, UNIDENTIFIED, RECEIPT_COLUMNS };
static const char *const columns[] = {"received", "applied",      "unapplied", "refunded",
                                      "returned", "unidentified", NULL};
enum by { BY_PAYEE, BY_PAYER, BY_CONTRACT, BY_KIND, BY_DEPARTMENT, BY_YEAR, BY_QUARTER, BY_MONTH };
static const char *const by_names[] = {"payee", "payer",   "contract", "kind", "department",
                                       "year",  "quarter", "month",    NULL};
const char *const receipts_parameters[] = {"by",   "payee",      "payer",  "contract",
                                           "kind", "department", "period", NULL};

struct asking {
    const struct query *query;
    struct tally tally;
    enum by by;
    uint32_t payee, payer, owner; /* AGGREGATE_NONE: any */
    int kind;                     /* -1: any */
    struct slice department;
    bool has_period;
    int32_t from, to;
};

/* A payment at a viewpoint, and one piece of it. */
struct piece {
    const struct payment *payment;
    uint32_t obligation; /* OBLIGATION_NONE: of no obligation */
    int64_t of[RECEIPT_COLUMNS];
};

typedef enum status piece_fn(void *arg, const struct piece *piece, struct fault *fault);

static uint32_t owner_of(const struct query *query, uint32_t obligation)
{
    const struct fact *row = facts_row(query->facts, FACT_OBLIGATION, obligation);
    return row->key;
}

/* The earliest recorded line's obligation. */
static uint32_t first_line(const struct query *query, const struct viewpoint *view,
                           uint32_t payment)
{
    uint32_t first = OBLIGATION_NONE;
    uint32_t at;
    const struct credit_row *row = facts_first(query->facts, FACT_CREDIT, payment, view, &at);
    for (; row != NULL; row = facts_next(query->facts, FACT_CREDIT, view, &at)) {
        first = row->obligation != OBLIGATION_NONE ? row->obligation : first;
    }
    return first;
}

static enum status give(piece_fn *visit, void *arg, struct piece *piece, struct fault *fault)
{
    int64_t *of = piece->of;
    int128 sum = (int128)of[APPLIED] + of[UNAPPLIED] + of[REFUNDED] + of[RETURNED];
    of[UNIDENTIFIED] = piece->payment->payer == AGGREGATE_NONE ? of[RECEIVED] : 0; /* R2 */
    INVARIANT(sum == of[RECEIVED]);                                                /* R1 */
    return of[RECEIVED] == 0 ? STATUS_OK : visit(arg, piece, fault);
}

/* Is there a newer line on the same obligation in the chain? */
static bool is_met(const struct facts *facts, uint32_t payment, const struct viewpoint *view,
                   const struct credit_row *row)
{
    uint32_t at;
    const struct credit_row *newer = facts_first(facts, FACT_CREDIT, payment, view, &at);
    while (newer != row && newer->obligation != row->obligation) {
        newer = facts_next(facts, FACT_CREDIT, view, &at);
    }
    return newer != row;
}

static enum status visit_pieces(const struct query *query, const struct viewpoint *view,
                                uint32_t key, piece_fn *visit, void *arg, struct fault *fault)
{
    const struct facts *facts = query->facts;
    struct payment payment;
    uint32_t at;
    if (!payment_now(facts, key, view, &payment)) {
        return STATUS_OK;
    }
    struct piece rest = {.payment = &payment, .obligation = first_line(query, view, key)};
    enum status status = STATUS_OK;
    const struct credit_row *row = facts_first(facts, FACT_CREDIT, key, view, &at);
    for (; row != NULL && status == STATUS_OK; row = facts_next(facts, FACT_CREDIT, view, &at)) {
        rest.of[REFUNDED] += row->kind == CREDIT_REFUNDED ? row->amount : 0;
        rest.of[RETURNED] += row->kind == CREDIT_RETURNED ? row->amount : 0;
        if (row->obligation == OBLIGATION_NONE || is_met(facts, key, view, row)) {
            continue;
        }
        struct piece line = {.payment = &payment, .obligation = row->obligation};
        line.of[APPLIED] = payment_on(facts, key, row->obligation, view);
        line.of[RECEIVED] = line.of[APPLIED];
        status = give(visit, arg, &line, fault);
    }
    rest.of[UNAPPLIED] = payment.credit;
    rest.of[RECEIVED] = rest.of[UNAPPLIED] + rest.of[REFUNDED] + rest.of[RETURNED];
    return status == STATUS_OK ? give(visit, arg, &rest, fault) : status;
}

/* ---- what a piece belongs to ---- */

static const struct terms_row *terms_of(const struct query *query, uint32_t obligation)
{
    uint32_t at;
    return obligation == OBLIGATION_NONE
               ? NULL
               : facts_first(query->facts, FACT_TERMS, obligation, &query->view, &at);
}

static struct slice department_of(const struct query *query, uint32_t obligation)
{
    int64_t changed;
    uint32_t owner = obligation == OBLIGATION_NONE ? AGGREGATE_NONE : owner_of(query, obligation);
    if (owner == AGGREGATE_NONE || aggregate_at(query->facts, owner)->kind != KIND_contract) {
        return slice_of("", 0);
    }
    const struct contract_row *row = contract_at(query->facts, owner, &query->view);
    if (attribute_at(query->facts, owner, FIELD_department, &query->view, &changed)) {
        return text_of(query->facts, (text_ref)changed);
    }
    return row == NULL ? slice_of("", 0) : text_of(query->facts, row->department);
}

static bool is_party(const struct query *query, uint32_t asked, uint32_t party)
{
    return asked == AGGREGATE_NONE || party_same(query->facts, asked, party, &query->view);
}

static bool is_asked_for(const struct asking *asking, const struct piece *piece)
{
    const struct query *query = asking->query;
    const struct payment *payment = piece->payment;
    uint32_t owner =
        piece->obligation == OBLIGATION_NONE ? AGGREGATE_NONE : owner_of(query, piece->obligation);
    if (!is_party(query, asking->payee, payment->payee) ||
        !is_party(query, asking->payer, payment->payer) ||
        (asking->owner != AGGREGATE_NONE && asking->owner != owner) ||
        (asking->has_period &&
         (payment->value_date < asking->from || payment->value_date > asking->to))) {
        return false;
    }
    const struct terms_row *terms = terms_of(query, piece->obligation);
    if (asking->kind >= 0 && (terms == NULL || terms->kind != asking->kind)) {
        return false;
    }
    return asking->department.len == 0 ||
           slice_equal(asking->department, department_of(query, piece->obligation));
}

static size_t period_text(enum by by, int32_t day, char *out, size_t size)
{
    struct civil civil = civil_of(day);
    int len = by == BY_YEAR ? snprintf(out, size, "%04d", (int)civil.year)
              : by == BY_QUARTER
                  ? snprintf(out, size, "%04d-Q%d", (int)civil.year, (civil.month + 2) / 3)
                  : snprintf(out, size, "%04d-%02d", (int)civil.year, (int)civil.month);
    return (size_t)len;
}

static struct slice row_key(const struct asking *asking, const struct piece *piece,
                            char out[KEY_BYTES_MAX], uint32_t *ret_labelled)
{
    const struct query *query = asking->query;
    const struct terms_row *terms;
    *ret_labelled = AGGREGATE_NONE;
    switch (asking->by) {
    case BY_PAYEE:
        *ret_labelled = party_survivor(query->facts, piece->payment->payee, &query->view);
        break;
    case BY_PAYER:
        *ret_labelled = party_survivor(query->facts, piece->payment->payer, &query->view);
        break;
    case BY_CONTRACT:
        *ret_labelled = piece->obligation == OBLIGATION_NONE ? AGGREGATE_NONE
                                                             : owner_of(query, piece->obligation);
        return slice_of(out, key_owner(query->facts, *ret_labelled, out));
    case BY_KIND:
        terms = terms_of(query, piece->obligation);
        return slice_text(terms == NULL ? "" : obligation_kind_names[terms->kind]);
    case BY_DEPARTMENT:
        return department_of(query, piece->obligation);
    case BY_YEAR:
    case BY_QUARTER:
    case BY_MONTH:
        return slice_of(out,
                        period_text(asking->by, piece->payment->value_date, out, KEY_BYTES_MAX));
    }
    return slice_of(out, key_id(query->facts, *ret_labelled, out));
}

static enum status add_piece(void *arg, const struct piece *piece, struct fault *fault)
{
    struct asking *asking = arg;
    char text[KEY_BYTES_MAX];
    uint32_t labelled;
    if (!is_asked_for(asking, piece)) {
        return STATUS_OK;
    }
    struct slice key = row_key(asking, piece, text, &labelled);
    struct tally_cell *cell = tally_cell(&asking->tally, key, piece->payment->currency, labelled);
    return tally_add(&asking->tally, cell, piece->of, fault);
}

static enum status asking_read(struct asking *asking, const struct query *query,
                               struct fault *fault)
{
    int by = BY_PAYEE;
    *asking = (struct asking){.query = query, .department = slice_of("", 0)};
    enum status status = params_check(query, receipts_parameters, fault);
    if (status == STATUS_OK) {
        status = param_enum(query, "by", by_names, BY_PAYEE, &by, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "payee", KIND_party, &asking->payee, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "payer", KIND_party, &asking->payer, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "contract", KIND_NONE, &asking->owner, fault);
    }
    if (status == STATUS_OK) {
        status = param_enum(query, "kind", obligation_kind_names, -1, &asking->kind, fault);
    }
    if (status == STATUS_OK) {
        status = param_text(query, "department", &asking->department, fault);
    }
    if (status == STATUS_OK) {
        status =
            param_period(query, "period", &asking->from, &asking->to, &asking->has_period, fault);
    }
    asking->by = (enum by)by;
    return status;
}

/* Every payment once: by the row that says it was received. */
static bool is_receipt(const struct query *query, uint64_t index, uint32_t *ret_payment)
{
    const struct credit_row *row = facts_row(query->facts, FACT_CREDIT, index);
    *ret_payment = row->fact.key;
    return row->kind == CREDIT_RECEIVED && fact_counts(&row->fact, &query->view);
}

enum status receipts_query(const struct query *query, struct writer *out, uint32_t *pairs,
                           struct fault *fault)
{
    struct asking asking;
    struct scratch scratch;
    enum status status = asking_read(&asking, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&scratch);
    tally_init(&asking.tally, query, &scratch, columns);
    uint64_t rows = query->view.published.rows[FACT_CREDIT];
    for (uint64_t i = 0; i < rows && status == STATUS_OK; i++) {
        uint32_t payment;
        if (is_receipt(query, i, &payment)) {
            status = visit_pieces(query, &query->view, payment, add_piece, &asking, fault);
        }
    }
    if (status == STATUS_OK) {
        status = tally_write(&asking.tally, NULL, NULL, out, pairs, fault);
    }
    tally_done(&asking.tally);
    scratch_done(&scratch);
    return status;
}

/* ---- explain ---- */

struct explaining {
    const struct asking *asking;
    struct slice key;
    uint32_t payment;
    int64_t received;
    uint8_t currency;
};

static enum status sum_piece(void *arg, const struct piece *piece, struct fault *fault)
{
    struct explaining *explaining = arg;
    char text[KEY_BYTES_MAX];
    uint32_t labelled;
    (void)fault;
    if (is_asked_for(explaining->asking, piece) &&
        slice_equal(row_key(explaining->asking, piece, text, &labelled), explaining->key)) {
        explaining->received += piece->of[RECEIVED];
        explaining->currency = piece->payment->currency;
    }
    return STATUS_OK;
}

static int64_t received_then(void *arg, const struct viewpoint *then)
{
    struct explaining *explaining = arg;
    struct fault fault;
    explaining->received = 0;
    (void)visit_pieces(explaining->asking->query, then, explaining->payment, sum_piece, explaining,
                       &fault);
    return explaining->received;
}

enum status receipts_explain(const struct query *query, struct slice key, struct writer *out,
                             uint32_t *pairs, struct fault *fault)
{
    struct asking asking;
    struct explanation explanation;
    struct explaining explaining = {.asking = &asking, .key = key};
    enum status status = asking_read(&asking, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    explanation_init(&explanation, query);
    uint64_t rows = query->view.published.rows[FACT_CREDIT];
    for (uint64_t i = 0; i < rows; i++) {
        if (!is_receipt(query, i, &explaining.payment) ||
            received_then(&explaining, &query->view) == 0) {
            continue;
        }
        struct explanation_line like = {.owner = AGGREGATE_NONE, .currency = explaining.currency};
        steps_begin(&explanation);
        steps_note_chain(&explanation, FACT_CREDIT, explaining.payment);
        steps_note_chain(&explanation, FACT_ATTRIBUTE, explaining.payment);
        explain_measured(&explanation, &like, received_then, &explaining);
    }
    status = explanation_write(&explanation, out, pairs, fault);
    explanation_done(&explanation);
    return status;
}
