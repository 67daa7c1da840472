/* royalty.stated.
 *
 *   S1  Statements do not overlap; gaps are allowed (ruling 17).
 *   S2  A statement repeats what was reported within its period, says the capped royalty and what
 *       is due after credits; each is computed here and compared (ruling 29).
 *   S3  Nothing is credited twice, see royalty_credits.c.
 *   S4  What is due becomes an obligation; the statement that ends a contract year adds what is
 *       missing to the minimum. */

#include "daemon/ledger/royalty_inner.h"

#include "daemon/base/check.h"
#include "daemon/ledger/contract.h"
#include "daemon/ledger/due.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/obligation.h"

struct statement {
    struct royalty_span period;
    int64_t royalty, credits, due;
    int32_t due_day;
    bool agreed;
};

static struct statement statement_read(const struct fields *fields)
{
    WRITTEN_FIRST struct fields period; /* by fields_parse() */
    bool parsed = fields_parse(fields->at[FIELD_period], &period);
    INVARIANT(parsed);
    return (struct statement){
        .period = {field_date(&period, FIELD_start, DAY_MIN),
                   field_date(&period, FIELD_end, DAY_MAX), field_int(fields, FIELD_base, 0)},
        .royalty = field_int(fields, FIELD_royalty_fen, 0),
        .credits = field_int(fields, FIELD_credits_fen, 0),
        .due = field_int(fields, FIELD_due_fen, 0),
        .due_day = field_date(fields, FIELD_due, DAY_NONE),
        .agreed = field_bool(fields, FIELD_agreed),
    };
}

static enum status check_stated_once(struct deciding *deciding, const struct statement *statement)
{
    const struct facts *facts = deciding->facts;
    uint32_t at;
    const struct statement_row *row =
        facts_first(facts, FACT_STATEMENT, deciding->aggregate, &deciding->now, &at);
    for (; row != NULL; row = facts_next(facts, FACT_STATEMENT, &deciding->now, &at)) {
        if (!row->audited && row->period_start <= statement->period.end &&
            statement->period.start <= row->period_end) {
            return period_overlaps(deciding, "data.period", row->period_start, row->period_end);
        }
    }
    return STATUS_OK;
}

enum status royalty_mismatch(struct deciding *deciding, const char *field, int64_t computed,
                             int64_t given)
{
    if (computed == given) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_AMOUNT_MISMATCH, field);
    fault_detail(deciding->fault, "computed=%lld given=%lld", (long long)computed,
                 (long long)given);
    return STATUS_E_AMOUNT_MISMATCH;
}

static enum status check_credits(struct deciding *deciding, const struct statement *statement,
                                 const struct royalty_row *terms)
{
    if (statement->credits == 0) {
        return STATUS_OK;
    }
    int64_t most = statement->royalty;
    if (!statement->agreed) {
        int64_t left = royalty_credit_left(deciding, terms, statement->period.end);
        most = left < most ? left : most;
    }
    if (statement->credits <= most) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_AMOUNT_EXCEEDS, "data.credits_fen");
    fault_detail(deciding->fault, "creditable=%lld given=%lld", (long long)most,
                 (long long)statement->credits);
    return STATUS_E_AMOUNT_EXCEEDS;
}

/* S2. */
static enum status check_amounts(struct deciding *deciding, const struct statement *statement,
                                 const struct royalty_figures *figures)
{
    int64_t base;
    enum status status = STATUS_OK;
    if (!statement->agreed) {
        if (usage_within(deciding->facts, deciding->aggregate, statement->period.start,
                         statement->period.end, &deciding->now, &base)) {
            status = royalty_mismatch(deciding, "data.base", base, statement->period.base);
        }
        if (status == STATUS_OK) {
            status = royalty_mismatch(deciding, "data.royalty_fen", figures->royalty,
                                      statement->royalty);
        }
    }
    if (status == STATUS_OK) {
        status = check_credits(deciding, statement, figures->terms);
    }
    if (status == STATUS_OK) {
        status = royalty_mismatch(deciding, "data.due_fen", statement->royalty - statement->credits,
                                  statement->due);
    }
    return status;
}

void royalty_owe(struct deciding *deciding, const struct royalty_debt *debt, uint32_t no)
{
    const struct contract_row *contract =
        contract_terms_at(deciding->facts, deciding->aggregate, &deciding->now);
    uint32_t buyer = share_at(deciding->facts, contract->buyers, 0)->aggregate;
    uint32_t seller = share_at(deciding->facts, contract->sellers, 0)->aggregate;
    struct terms_row terms = {
        .amount_fen = debt->amount,
        .debtor = debt->back ? seller : buyer,
        .creditor = debt->back ? buyer : seller,
        .due = {.base = debt->due == DAY_NONE ? DUE_NO_TERM : DUE_BASE_date,
                .unit = DUE_UNIT_d,
                .roll = DUE_ROLL_following,
                .date = debt->due},
        .accrual_from = DAY_NONE,
        .accrual_to = debt->accrual_to,
        .kind = (uint8_t)debt->kind,
        .condition = CONDITION_NONE,
        .on_termination = ON_TERMINATION_survive, /* earned before the end (art 567) */
        .currency = contract->currency,
        .by_daemon = true,
        .of = OBLIGATION_NONE,
    };
    effect_obligation(deciding, deciding->aggregate, no, deciding->valid, &terms);
}

static void owe_statement(struct deciding *deciding, const struct statement *statement,
                          const struct royalty_figures *figures)
{
    uint32_t no = obligation_highest_no(deciding->facts, deciding->aggregate) + 1; /* ruling 9 */
    struct royalty_debt debt = {OBLIGATION_KIND_royalty, statement->due, statement->due_day,
                                DAY_NONE, false};
    effect_valid(deciding,
                 contract_valid_from(deciding->facts, deciding->aggregate, &deciding->now));
    if (debt.amount > 0) {
        royalty_owe(deciding, &debt, no++);
    }
    debt.kind = OBLIGATION_KIND_min_royalty;
    debt.accrual_to = statement->period.end;
    debt.amount = royalty_true_up_after(deciding, figures, statement->period.end,
                                        statement->royalty, statement->credits);
    if (debt.amount > 0) {
        royalty_owe(deciding, &debt, no);
    }
}

static enum status decide_stated(struct deciding *deciding)
{
    struct statement statement = statement_read(deciding->fields);
    struct royalty_figures figures;
    uint8_t next;
    enum status status =
        contract_state_check(deciding, deciding->aggregate, TYPE_royalty_stated, &next);
    if (status == STATUS_OK) {
        status = check_stated_once(deciding, &statement);
    }
    if (status != STATUS_OK) {
        return status;
    }
    royalty_compute(deciding->facts, deciding->aggregate, &statement.period, &deciding->now,
                    &figures);
    if (figures.terms == NULL) {
        (void)fault_set(deciding->fault, STATUS_E_ILLEGAL_STATE, "agg");
        fault_state(deciding->fault, "contract", "no royalty terms");
        fault_legal(deciding->fault, "contract.amended with changes.royalty");
        return STATUS_E_ILLEGAL_STATE;
    }
    status = check_amounts(deciding, &statement, &figures);
    if (status == STATUS_OK) {
        owe_statement(deciding, &statement, &figures);
    }
    return status;
}

static void fold_stated(struct folding *folding)
{
    struct statement statement = statement_read(folding->fields);
    struct statement_row *row =
        facts_add(folding->facts, FACT_STATEMENT, folding->seq, folding->valid, folding->aggregate);
    row->base_fen = statement.period.base;
    row->royalty_fen = statement.royalty;
    row->credits_fen = statement.credits;
    row->due_fen = statement.due;
    row->period_start = statement.period.start;
    row->period_end = statement.period.end;
    row->agreed = statement.agreed;
    /* The first obligation that this event's effects will make, right after this. */
    row->obligation = statement.due > 0 ? (uint32_t)facts_count(folding->facts, FACT_OBLIGATION)
                                        : OBLIGATION_NONE;
}

const struct handler royalty_handlers[] = {
    {TYPE_usage_reported, usage_decide, usage_fold},
    {TYPE_royalty_stated, decide_stated, fold_stated},
    {TYPE_NONE, NULL, NULL},
};
