/* usage.reported and royalty.stated.
 *
 *   S1  Periods of one kind do not overlap; gaps are allowed (ruling 17).
 *   S2  A statement repeats what was reported within its period, says the capped royalty and what
 *       is due after credits; each is computed here and compared (ruling 29).
 *   S3  Credits are the entry fee, if the terms say so, and minimums of the same contract year
 *       (domain 4.5); nothing is credited twice.
 *   S4  Use after every patent of the contract has expired counts as nothing (Patent Law art 42):
 *       the report is kept and flagged, its row holds zero. */

#include "daemon/ledger/royalty.h"

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/ledger/due.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/obligation.h"
#include "proto/cursor.h"

static enum status overlaps(struct deciding *deciding, const char *field, int32_t start,
                            int32_t end)
{
    char from[11];
    char to[11];
    date_format(start, from);
    date_format(end, to);
    (void)fault_set(deciding->fault, STATUS_E_PERIOD_OVERLAP, field);
    fault_detail(deciding->fault, "taken=%s..%s", from, to);
    return STATUS_E_PERIOD_OVERLAP;
}

/* ---- usage.reported ---- */

static enum status check_reported_once(struct deciding *deciding, int32_t start, int32_t end)
{
    const struct facts *facts = deciding->facts;
    uint32_t at;
    const struct usage_row *row =
        facts_first(facts, FACT_USAGE, deciding->aggregate, &deciding->now, &at);
    for (; row != NULL; row = facts_next(facts, FACT_USAGE, &deciding->now, &at)) {
        if (row->period_start <= end && start <= row->period_end) {
            return overlaps(deciding, "data.period_start", row->period_start, row->period_end);
        }
    }
    return STATUS_OK;
}

static int64_t sum_of(struct slice list)
{
    struct cursor in = cursor_over(list);
    uint32_t count = 0;
    int64_t sum = 0;
    if (list.len > 0) {
        (void)cursor_array(&in, &count);
    }
    for (uint32_t i = 0; i < count; i++) {
        struct slice map;
        struct slice value;
        int64_t amount = 0;
        if (cursor_value(&in, &map) && map_find(map, "amount_fen", &value)) {
            (void)value_int(value, &amount);
        }
        sum += amount; /* at most 1,024 of at most 9e15 */
        sum = sum > AMOUNT_FEN_MAX ? AMOUNT_FEN_MAX + 1 : sum;
    }
    return sum;
}

static int64_t net_base(const struct fields *fields)
{
    return field_int(fields, FIELD_base_fen, 0) - sum_of(fields->at[FIELD_deductions]);
}

/* S4: every technology has an expiry, and the period begins after the last of them. */
static bool after_expiry(const struct deciding *deciding, int32_t start)
{
    const struct facts *facts = deciding->facts;
    const struct contract_row *row =
        contract_terms_at(facts, deciding->aggregate, &deciding->now);
    for (uint32_t i = 0; row != NULL && i < row->technologies.count; i++) {
        uint32_t technology = share_at(facts, row->technologies, i)->aggregate;
        int64_t expiry;
        if (!attribute_at(facts, technology, FIELD_expiry, &deciding->now, &expiry) ||
            expiry >= start) {
            return false;
        }
    }
    return row != NULL && row->technologies.count > 0;
}

/* The first sale opens what waits for it, on the last day of its period (ruling 19). */
static void note_first_sale(struct deciding *deciding, int32_t period_end)
{
    struct slice name = slice_text("first_sale");
    if (condition_at(deciding->facts, deciding->aggregate, name, &deciding->now) != NULL) {
        return; /* decided before */
    }
    effect_condition(deciding, name, OUTCOME_REACHED, period_end, 0);
    (void)obligations_on_condition(deciding, deciding->aggregate, CONDITION_FIRST_SALE, name,
                                   OUTCOME_REACHED, 0, period_end);
}

static enum status decide_usage(struct deciding *deciding)
{
    const struct fields *fields = deciding->fields;
    int32_t start = field_date(fields, FIELD_period_start, DAY_MIN);
    int32_t end = field_date(fields, FIELD_period_end, DAY_MAX);
    uint8_t next;
    enum status status =
        contract_state_check(deciding, deciding->aggregate, TYPE_usage_reported, &next);
    if (status == STATUS_OK) {
        status = check_reported_once(deciding, start, end);
    }
    if (status != STATUS_OK) {
        return status;
    }
    int64_t net = net_base(fields);
    if (net < 0) {
        (void)fault_set(deciding->fault, STATUS_E_AMOUNT_EXCEEDS, "data.deductions");
        fault_detail(deciding->fault, "base=%lld deductions=%lld",
                     (long long)field_int(fields, FIELD_base_fen, 0),
                     (long long)sum_of(fields->at[FIELD_deductions]));
        return STATUS_E_AMOUNT_EXCEEDS;
    }
    bool counts = net > 0 || field_int(fields, FIELD_units, 0) > 0;
    if (after_expiry(deciding, start)) {
        decide_flag(deciding, WARNING_AFTER_EXPIRY);
        counts = false;
    }
    if (counts && next != CONTRACT_TRIAL) { /* during a trial it is information only */
        note_first_sale(deciding, end);
    }
    return STATUS_OK;
}

static void fold_usage(struct folding *folding)
{
    const struct fields *fields = folding->fields;
    bool counts = (folding->event->flags & WARNING_BIT(WARNING_AFTER_EXPIRY)) == 0; /* S4 */
    struct usage_row *row =
        facts_add(folding->facts, FACT_USAGE, folding->seq, folding->valid, folding->aggregate);
    row->base_fen = counts ? net_base(fields) : 0;
    row->units = counts ? field_int(fields, FIELD_units, 0) : 0;
    row->period_start = field_date(fields, FIELD_period_start, DAY_MIN);
    row->period_end = field_date(fields, FIELD_period_end, DAY_MAX);
}

/* ---- royalty.stated ---- */

struct statement {
    struct royalty_span period;
    int64_t royalty, credits, due;
    int32_t due_day;
    bool agreed;
};

static struct statement statement_read(const struct fields *fields)
{
    struct fields period;
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
        if (row->period_start <= statement->period.end &&
            statement->period.start <= row->period_end) {
            return overlaps(deciding, "data.period", row->period_start, row->period_end);
        }
    }
    return STATUS_OK;
}

static enum status mismatch(struct deciding *deciding, const char *field, int64_t computed,
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

/* ---- credits (S3) ---- */

/* Sums of a kind that are paid or owed: entry fees, or minimums of a contract year. */
static int64_t creditable(const struct deciding *deciding, enum obligation_kind kind,
                          int32_t term_start, int32_t year)
{
    size_t count;
    int64_t sum = 0;
    uint32_t *list =
        obligation_list(deciding->facts, deciding->aggregate, &deciding->now, &count);
    for (size_t i = 0; i < count; i++) {
        struct obligation_figures figures;
        obligation_evaluate(deciding->facts, list[i], &deciding->now, &figures);
        if (figures.terms->kind != kind || figures.terms->by_daemon) {
            continue; /* a true-up is for a year that is over */
        }
        int32_t day = figures.terms->accrual_to != DAY_NONE ? figures.terms->accrual_to
                                                            : figures.due;
        bool of_year = kind == OBLIGATION_KIND_entry_fee || day == DAY_NONE ||
                       royalty_year(term_start, day) == year;
        sum += of_year ? figures.paid + figures.outstanding : 0;
    }
    free(list);
    return sum;
}

static int64_t credited_in(const struct deciding *deciding, int32_t term_start, int32_t year)
{
    int64_t sum = 0;
    uint32_t at;
    const struct statement_row *row =
        facts_first(deciding->facts, FACT_STATEMENT, deciding->aggregate, &deciding->now, &at);
    for (; row != NULL; row = facts_next(deciding->facts, FACT_STATEMENT, &deciding->now, &at)) {
        sum += royalty_year(term_start, row->period_end) == year ? row->credits_fen : 0;
    }
    return sum;
}

/* What other years took beyond their own minimums came from the entry fee. */
static int64_t entry_used(const struct deciding *deciding, int32_t term_start, int32_t year)
{
    int64_t used = 0;
    int32_t first = INT32_MAX;
    int32_t last = INT32_MIN;
    uint32_t at;
    const struct statement_row *row =
        facts_first(deciding->facts, FACT_STATEMENT, deciding->aggregate, &deciding->now, &at);
    for (; row != NULL; row = facts_next(deciding->facts, FACT_STATEMENT, &deciding->now, &at)) {
        int32_t of = royalty_year(term_start, row->period_end);
        first = of < first ? of : first;
        last = of > last ? of : last;
    }
    for (int32_t other = first; other <= last; other++) {
        if (other != year) {
            int64_t beyond =
                credited_in(deciding, term_start, other) -
                creditable(deciding, OBLIGATION_KIND_min_royalty, term_start, other);
            used += beyond > 0 ? beyond : 0;
        }
    }
    return used;
}

static int64_t credit_left(const struct deciding *deciding, const struct royalty_row *terms,
                           int32_t period_end)
{
    int32_t start = contract_term_start(deciding->facts, deciding->aggregate, &deciding->now);
    int32_t year = royalty_year(start, period_end);
    int64_t entry = 0;
    if (terms->entry_creditable) {
        entry = creditable(deciding, OBLIGATION_KIND_entry_fee, start, year) -
                entry_used(deciding, start, year);
    }
    int64_t left = (entry > 0 ? entry : 0) +
                   creditable(deciding, OBLIGATION_KIND_min_royalty, start, year) -
                   credited_in(deciding, start, year);
    return left > 0 ? left : 0;
}

static enum status check_credits(struct deciding *deciding, const struct statement *statement,
                                 const struct royalty_row *terms)
{
    if (statement->credits == 0) {
        return STATUS_OK;
    }
    int64_t most = statement->royalty;
    if (!statement->agreed) {
        int64_t left = credit_left(deciding, terms, statement->period.end);
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
            status = mismatch(deciding, "data.base", base, statement->period.base);
        }
        if (status == STATUS_OK) {
            status = mismatch(deciding, "data.royalty_fen", figures->royalty, statement->royalty);
        }
    }
    if (status == STATUS_OK) {
        status = check_credits(deciding, statement, figures->terms);
    }
    if (status == STATUS_OK) {
        status = mismatch(deciding, "data.due_fen", statement->royalty - statement->credits,
                          statement->due);
    }
    return status;
}

static void owe(struct deciding *deciding, const struct contract_row *contract,
                enum obligation_kind kind, int64_t amount, int32_t due_day, uint32_t no)
{
    struct terms_row terms = {
        .amount_fen = amount,
        .debtor = share_at(deciding->facts, contract->buyers, 0)->aggregate,
        .creditor = share_at(deciding->facts, contract->sellers, 0)->aggregate,
        .due = {.base = DUE_BASE_date,
                .unit = DUE_UNIT_d,
                .roll = DUE_ROLL_following,
                .date = due_day},
        .accrual_from = DAY_NONE,
        .accrual_to = DAY_NONE,
        .kind = (uint8_t)kind,
        .condition = CONDITION_NONE,
        .on_termination = ON_TERMINATION_survive, /* earned before the end (art 567) */
        .currency = contract->currency,
        .by_daemon = true,
        .of = OBLIGATION_NONE,
    };
    effect_obligation(deciding, deciding->aggregate, no, deciding->valid, &terms);
}

static void owe_statement(struct deciding *deciding, const struct contract_row *contract,
                          const struct statement *statement,
                          const struct royalty_figures *figures)
{
    uint32_t no = obligation_highest_no(deciding->facts, deciding->aggregate) + 1; /* ruling 9 */
    effect_valid(deciding, contract->fact.valid);
    if (statement->due > 0) {
        owe(deciding, contract, OBLIGATION_KIND_royalty, statement->due, statement->due_day, no);
        no++;
    }
    int64_t minimum = figures->terms->min_year_fen;
    if (minimum == AMOUNT_UNKNOWN) {
        return;
    }
    int64_t short_of = minimum - figures->year_royalty - statement->royalty;
    if (figures->ends_year && short_of > 0) {
        owe(deciding, contract, OBLIGATION_KIND_min_royalty, short_of, statement->due_day, no);
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
        const struct contract_row *contract =
            contract_terms_at(deciding->facts, deciding->aggregate, &deciding->now);
        owe_statement(deciding, contract, &statement, &figures);
    }
    return status;
}

static void fold_stated(struct folding *folding)
{
    struct statement statement = statement_read(folding->fields);
    struct statement_row *row = facts_add(folding->facts, FACT_STATEMENT, folding->seq,
                                          folding->valid, folding->aggregate);
    row->base_fen = statement.period.base;
    row->royalty_fen = statement.royalty;
    row->credits_fen = statement.credits;
    row->due_fen = statement.due;
    row->period_start = statement.period.start;
    row->period_end = statement.period.end;
    /* The first obligation that this event's effects will make, right after this. */
    row->obligation = statement.due > 0 ? (uint32_t)facts_count(folding->facts, FACT_OBLIGATION)
                                        : OBLIGATION_NONE;
}

const struct handler royalty_handlers[] = {
    {TYPE_usage_reported, decide_usage, fold_usage},
    {TYPE_royalty_stated, decide_stated, fold_stated},
    {TYPE_NONE, NULL, NULL},
};
