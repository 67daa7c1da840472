/* The business of brokers (domain 5.11): introductions and what came of them, and commissions
 * agreed, earned, scheduled, paid and outstanding, by broker, payer or contract.
 *
 *   C1  Earned is computed, never stored: nothing unless the contract came about (Civil Code arts
 *       963-964; that it is void later forfeits nothing); on basis `received` the rate of all
 *       principal paid so far on its obligations but commission, interest, deposit and
 *       restitution, rounded once, so that it falls again when money goes back (ruling 28).
 *   C2  Agreed is what would be earned in all; 0 where the total is not known. Both stop at the
 *       cap, and are split over the payers by largest remainder.
 *   C3  Scheduled, paid and outstanding are those of the obligations of kind commission, by their
 *       creditor, debtor and owner. */

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/contract.h"
#include "daemon/ledger/due.h"
#include "daemon/ledger/money.h"
#include "daemon/ledger/obligation.h"
#include "daemon/view/explain.h"
#include "daemon/view/introductions.h"
#include "daemon/view/label.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"
#include "daemon/view/tally.h"

enum { AGREED, EARNED, SCHEDULED, PAID, OUTSTANDING, MONEY_COLUMNS };
static const char *const broker_columns[] = {"agreed",      "earned",           "scheduled", "paid",
                                             "outstanding", INTRODUCTION_NAMES, NULL};
static const char *const money_columns[] = {"agreed", "earned",      "scheduled",
                                            "paid",   "outstanding", NULL};

enum by { BY_BROKER, BY_PAYER, BY_CONTRACT };
static const char *const by_names[] = {"broker", "payer", "contract", NULL};
const char *const commissions_parameters[] = {"by", "broker", "payer", "contract", NULL};

struct asking {
    const struct query *query;
    struct scratch scratch;
    struct tally tally;
    struct introduction_days days;
    enum by by;
    uint32_t broker, payer, owner; /* AGGREGATE_NONE: any */
};

/* ---- one agreement ---- */

struct earning {
    uint32_t contract; /* AGGREGATE_NONE: there is none */
    uint8_t currency;
    int64_t agreed, earned;
};

static int64_t paid_on(const struct facts *facts, uint32_t contract, const struct viewpoint *view)
{
    int64_t sum = 0;
    uint32_t at = facts_head(facts, FACT_OBLIGATION, contract, true);
    while (at != NO_ROW) {
        const struct obligation_row *row = facts_row(facts, FACT_OBLIGATION, at - 1);
        struct obligation_figures figures;
        obligation_evaluate(facts, at - 1, view, &figures);
        bool counts = figures.visible && figures.terms->kind != OBLIGATION_KIND_commission &&
                      figures.terms->kind != OBLIGATION_KIND_interest &&
                      figures.terms->kind != OBLIGATION_KIND_deposit &&
                      figures.terms->kind != OBLIGATION_KIND_restitution;
        sum += counts ? figures.paid : 0; /* C1 */
        at = row->fact.prev;
    }
    return sum;
}

static int64_t capped(const struct commission_row *row, int64_t amount)
{
    return row->cap_fen != AMOUNT_UNKNOWN && amount > row->cap_fen ? row->cap_fen : amount;
}

static int64_t rated(const struct commission_row *row, int64_t amount, enum rounding_rule rounding)
{
    return amount == AMOUNT_UNKNOWN || row->rate_ppm < 0
               ? 0
               : apply_ppm(amount, row->rate_ppm, rounding);
}

/* The contract that the agreement is about, its total, and whether it came about. */
static bool formed(const struct facts *facts, const struct commission_row *row,
                   const struct viewpoint *view, struct earning *earning, int64_t *ret_total)
{
    const struct contract_row *contract = NULL;
    bool is = false;
    earning->contract = row->fact.key;
    *ret_total = AMOUNT_UNKNOWN;
    if (aggregate_at(facts, row->fact.key)->kind == KIND_match) {
        const struct match_row *closed = match_closed(facts, row->fact.key, view);
        is = closed != NULL && closed->outcome == MATCH_OUTCOME_signed;
        earning->contract = is ? closed->contract : AGGREGATE_NONE;
        *ret_total = is ? closed->amount_fen : AMOUNT_UNKNOWN;
    }
    if (earning->contract != AGGREGATE_NONE) {
        contract = contract_at(facts, earning->contract, view);
    }
    if (contract != NULL) {
        is = !contract->drafted;
        earning->currency = contract->currency;
        int64_t total = contract_total(facts, earning->contract, view);
        *ret_total = total != AMOUNT_UNKNOWN ? total : *ret_total;
    }
    return is;
}

static struct earning earning_at(const struct facts *facts, const struct commission_row *row,
                                 const struct viewpoint *view)
{
    struct earning earning = {.currency = (uint8_t)currency_index(slice_text("CNY"))};
    int64_t total;
    if (!fact_counts(&row->fact, view)) {
        return earning;
    }
    bool is = formed(facts, row, view, &earning, &total);
    enum rounding_rule rounding = earning.contract == AGGREGATE_NONE
                                      ? ROUND_HALF_AWAY
                                      : contract_rounding(facts, earning.contract, view);
    earning.agreed = row->basis == COMMISSION_BASIS_fixed
                         ? (row->amount_fen == AMOUNT_UNKNOWN ? 0 : row->amount_fen)
                         : rated(row, total, rounding);
    earning.agreed = capped(row, earning.agreed);
    if (is && row->basis != COMMISSION_BASIS_received) {
        earning.earned = earning.agreed;
    } else if (is && earning.contract != AGGREGATE_NONE) {
        int64_t paid = paid_on(facts, earning.contract, view);
        earning.earned = capped(row, rated(row, paid, rounding));
    }
    return earning;
}

/* C2: the payer's part of an amount; the whole without a payer in question. */
static int64_t part_of(const struct facts *facts, const struct commission_row *row, int64_t amount,
                       uint32_t payer)
{
    int64_t sum = 0;
    uint32_t count = row->payers.count;
    if (payer == AGGREGATE_NONE || count == 0) {
        return payer == AGGREGATE_NONE ? amount : 0;
    }
    int64_t *weights = calloc((size_t)count * 2, sizeof(*weights));
    INVARIANT(weights != NULL);
    int64_t *parts = weights + count;
    for (uint32_t i = 0; i < count; i++) {
        weights[i] = share_at(facts, row->payers, i)->ppm;
    }
    split_amount(amount, weights, count, parts);
    for (uint32_t i = 0; i < count; i++) {
        sum += share_at(facts, row->payers, i)->aggregate == payer ? parts[i] : 0;
    }
    free(weights);
    return sum;
}

/* ---- rows ---- */

static struct slice row_key(const struct asking *asking, uint32_t broker, uint32_t payer,
                            uint32_t owner, char out[KEY_BYTES_MAX], uint32_t *ret_labelled)
{
    const struct facts *facts = asking->query->facts;
    *ret_labelled = asking->by == BY_BROKER ? broker : asking->by == BY_PAYER ? payer : owner;
    size_t len = asking->by == BY_CONTRACT ? key_owner(facts, owner, out)
                                           : key_id(facts, *ret_labelled, out);
    return slice_of(out, len);
}

static bool is_asked_for(const struct asking *asking, uint32_t broker, uint32_t owner)
{
    return (asking->broker == AGGREGATE_NONE || asking->broker == broker) &&
           (asking->owner == AGGREGATE_NONE || asking->owner == owner);
}

static enum status add_part(struct asking *asking, const struct commission_row *row,
                            const struct earning *earning, uint32_t payer, struct fault *fault)
{
    const struct facts *facts = asking->query->facts;
    char text[KEY_BYTES_MAX];
    uint32_t labelled;
    const int64_t part[TALLY_COLUMNS_MAX] = {
        [AGREED] = part_of(facts, row, earning->agreed, payer),
        [EARNED] = part_of(facts, row, earning->earned, payer),
    };
    struct slice key = row_key(asking, row->broker, payer, row->fact.key, text, &labelled);
    struct tally_cell *cell = tally_cell(&asking->tally, key, earning->currency, labelled);
    return tally_add(&asking->tally, cell, part, fault);
}

/* By payer, or for one: part by part. */
static enum status add_agreement(struct asking *asking, const struct commission_row *row,
                                 struct fault *fault)
{
    const struct facts *facts = asking->query->facts;
    if (!fact_counts(&row->fact, &asking->query->view) ||
        !is_asked_for(asking, row->broker, row->fact.key)) {
        return STATUS_OK;
    }
    struct earning earning = earning_at(facts, row, &asking->query->view);
    if (asking->by != BY_PAYER && asking->payer == AGGREGATE_NONE) {
        return add_part(asking, row, &earning, AGGREGATE_NONE, fault);
    }
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < row->payers.count && status == STATUS_OK; i++) {
        uint32_t payer = share_at(facts, row->payers, i)->aggregate;
        bool again = false;
        for (uint32_t k = 0; k < i; k++) {
            again = again || share_at(facts, row->payers, k)->aggregate == payer;
        }
        if (!again && (asking->payer == AGGREGATE_NONE || asking->payer == payer)) {
            status = add_part(asking, row, &earning, payer, fault);
        }
    }
    return status;
}

/* C3 */
static enum status add_obligation(struct asking *asking, uint32_t obligation, struct fault *fault)
{
    const struct query *query = asking->query;
    const struct obligation_row *row = facts_row(query->facts, FACT_OBLIGATION, obligation);
    struct obligation_figures figures;
    char text[KEY_BYTES_MAX];
    uint32_t labelled;
    uint32_t at;
    const struct terms_row *terms =
        facts_first(query->facts, FACT_TERMS, obligation, &query->view, &at);
    if (terms == NULL || terms->kind != OBLIGATION_KIND_commission) {
        return STATUS_OK;
    }
    obligation_evaluate(query->facts, obligation, &query->view, &figures);
    if (!figures.visible || figures.terms->kind != OBLIGATION_KIND_commission ||
        !is_asked_for(asking, figures.terms->creditor, row->fact.key) ||
        (asking->payer != AGGREGATE_NONE && asking->payer != figures.terms->debtor)) {
        return STATUS_OK;
    }
    const int64_t part[TALLY_COLUMNS_MAX] = {[SCHEDULED] = figures.scheduled,
                                             [PAID] = figures.paid,
                                             [OUTSTANDING] = figures.outstanding};
    struct slice key = row_key(asking, figures.terms->creditor, figures.terms->debtor,
                               row->fact.key, text, &labelled);
    struct tally_cell *cell = tally_cell(&asking->tally, key, figures.terms->currency, labelled);
    return tally_add(&asking->tally, cell, part, fault);
}

static enum status add_introduction(struct asking *asking, uint64_t index, struct fault *fault)
{
    struct introduction introduction;
    char text[KEY_BYTES_MAX];
    uint32_t labelled;
    if (!introduction_read(asking->query, index, &introduction) ||
        !is_asked_for(asking, introduction.introduced->broker, introduction.introduced->fact.key)) {
        return STATUS_OK;
    }
    struct slice key = row_key(asking, introduction.introduced->broker, AGGREGATE_NONE,
                               AGGREGATE_NONE, text, &labelled);
    struct tally_cell *cell = tally_cell(&asking->tally, key, introduction.currency, labelled);
    return introduction_add(&asking->days, &asking->tally, cell, &introduction, fault);
}

/* ---- question and answer ---- */

static enum status asking_read(struct asking *asking, const struct query *query,
                               struct fault *fault)
{
    int by = BY_BROKER;
    *asking = (struct asking){.query = query};
    enum status status = params_check(query, commissions_parameters, fault);
    if (status == STATUS_OK) {
        status = param_enum(query, "by", by_names, BY_BROKER, &by, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "broker", KIND_party, &asking->broker, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "payer", KIND_party, &asking->payer, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "contract", KIND_NONE, &asking->owner, fault);
    }
    asking->by = (enum by)by;
    return status;
}

static enum status gather(struct asking *asking, struct fault *fault)
{
    const struct query *query = asking->query;
    const uint64_t *rows = query->view.published.rows;
    enum status status = STATUS_OK;
    for (uint64_t i = 0; i < rows[FACT_COMMISSION] && status == STATUS_OK; i++) {
        status = add_agreement(asking, facts_row(query->facts, FACT_COMMISSION, i), fault);
    }
    for (uint64_t i = 0; i < rows[FACT_OBLIGATION] && status == STATUS_OK; i++) {
        status = add_obligation(asking, (uint32_t)i, fault);
    }
    bool introductions = asking->by == BY_BROKER && asking->payer == AGGREGATE_NONE;
    for (uint64_t i = 0; introductions && i < rows[FACT_MATCH] && status == STATUS_OK; i++) {
        status = add_introduction(asking, i, fault);
    }
    return status;
}

enum status commissions_query(const struct query *query, struct writer *out, uint32_t *pairs,
                              struct fault *fault)
{
    struct asking asking;
    enum status status = asking_read(&asking, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    bool broker = asking.by == BY_BROKER;
    scratch_init(&asking.scratch);
    introduction_days_init(&asking.days, &asking.scratch, MONEY_COLUMNS);
    tally_init(&asking.tally, query, &asking.scratch, broker ? broker_columns : money_columns);
    status = gather(&asking, fault);
    if (status == STATUS_OK) {
        status = tally_write(&asking.tally, broker ? introduction_rates : NULL, &asking.days, out,
                             pairs, fault);
    }
    tally_done(&asking.tally);
    introduction_days_done(&asking.days);
    scratch_done(&asking.scratch);
    return status;
}

/* ---- explain: what was earned ---- */

struct explaining {
    const struct facts *facts;
    const struct commission_row *row;
    uint32_t payer;
};

static int64_t earned_then(void *arg, const struct viewpoint *then)
{
    const struct explaining *explaining = arg;
    struct earning earning = earning_at(explaining->facts, explaining->row, then);
    return part_of(explaining->facts, explaining->row, earning.earned, explaining->payer);
}

static void note_contract(struct explanation *explanation, uint32_t contract)
{
    const struct facts *facts = explanation->query->facts;
    steps_note_chain(explanation, FACT_CONTRACT, contract);
    steps_note_chain(explanation, FACT_ATTRIBUTE, contract);
    uint32_t at = facts_head(facts, FACT_OBLIGATION, contract, true);
    while (at != NO_ROW) {
        const struct obligation_row *row = facts_row(facts, FACT_OBLIGATION, at - 1);
        steps_note(explanation, &row->fact);
        steps_note_chain(explanation, FACT_TERMS, at - 1);
        steps_note_chain(explanation, FACT_MOVE, at - 1);
        at = row->fact.prev;
    }
}

static void explain_agreement(struct explanation *explanation, struct explaining *explaining,
                              uint32_t contract, uint8_t currency)
{
    struct explanation_line like = {.owner = AGGREGATE_NONE, .currency = currency};
    const struct fact *fact = &explaining->row->fact;
    steps_begin(explanation);
    steps_note(explanation, fact);
    if (aggregate_at(explaining->facts, fact->key)->kind == KIND_match) {
        steps_note_chain(explanation, FACT_MATCH, fact->key);
    }
    if (contract != AGGREGATE_NONE) {
        note_contract(explanation, contract);
    }
    explain_measured(explanation, &like, earned_then, explaining);
}

enum status commissions_explain(const struct query *query, struct slice key, struct writer *out,
                                uint32_t *pairs, struct fault *fault)
{
    struct asking asking;
    struct explanation explanation;
    enum status status = asking_read(&asking, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    explanation_init(&explanation, query);
    for (uint64_t i = 0; i < query->view.published.rows[FACT_COMMISSION]; i++) {
        const struct commission_row *row = facts_row(query->facts, FACT_COMMISSION, i);
        struct explaining explaining = {query->facts, row, asking.payer};
        char text[KEY_BYTES_MAX];
        uint32_t labelled;
        if (!fact_counts(&row->fact, &query->view) ||
            !is_asked_for(&asking, row->broker, row->fact.key)) {
            continue;
        }
        if (asking.by == BY_PAYER) {
            explaining.payer = aggregate_named(query, KIND_party, key);
        }
        struct earning earning = earning_at(query->facts, row, &query->view);
        struct slice own =
            row_key(&asking, row->broker, explaining.payer, row->fact.key, text, &labelled);
        if (slice_equal(own, key) && earned_then(&explaining, &query->view) != 0) {
            explain_agreement(&explanation, &explaining, earning.contract, earning.currency);
        }
    }
    status = explanation_write(&explanation, out, pairs, fault);
    explanation_done(&explanation);
    return status;
}
