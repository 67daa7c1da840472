/* Trials and what became of them (domain 5.5).
 *
 *   T1  A trial is decided by its conversion or decline, or it lapsed: still in state TRIAL after
 *       its last day, dated on that day (ruling 20). The rate is converted / decided; what is
 *       open, and what ended with its contract undecided, stands apart.
 *   T2  With a period, started counts the trials that began in it, the others those that were
 *       decided in it; open is how it stands at as_of.
 *   T3  Weighted by amount: the fee agreed at conversion, else the contract's total, else what
 *       waits for the conversion; no amount that is not known. Currencies are never added. */

#include "daemon/ledger/calendar.h"
#include "daemon/ledger/contract.h"
#include "daemon/ledger/obligation.h"
#include "daemon/view/contract_rows.h"
#include "daemon/view/label.h"
#include "daemon/view/page.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"

#include <stdlib.h>

enum by { BY_CONTRACT, BY_BUYER, BY_SELLER, BY_YEAR };
static const char *const by_names[] = {"contract", "buyer", "seller", "year", NULL};
const char *const trials_parameters[] = {"by", "period", "party", "outcome", NULL};

enum outcome { TRIAL_OPEN, TRIAL_IS_CONVERTED, TRIAL_IS_DECLINED, TRIAL_LAPSED, TRIAL_ENDED };
static const char *const outcome_names_of[] = {"open",   "converted", "declined",
                                               "lapsed", "ended",     NULL};
#define OUTCOMES 5
#define FIRST_YEAR 1900

struct trial {
    const struct contract_row *row;
    uint32_t contract;
    int32_t start, end, decided; /* decided: DAY_NONE while open */
    enum outcome outcome;
    int64_t fee; /* AMOUNT_UNKNOWN */
};

struct cell {
    uint32_t place, next; /* next cell of the place, + 1: another currency */
    uint8_t currency;
    int64_t started, counts[OUTCOMES];
    int64_t amount_converted, amount_decided;
};

struct trials {
    const struct query *query;
    struct scratch scratch;
    struct page page;
    enum by by;
    bool has_period;
    int32_t from, to;
    int outcome;
    uint32_t party;
    uint32_t *slot; /* by place: cell + 1 */
    uint64_t places;
    struct column cells;
};

static enum status trials_read(struct trials *trials, const struct query *query,
                               struct fault *fault)
{
    int by = BY_CONTRACT;
    *trials = (struct trials){.query = query};
    enum status status = params_check(query, trials_parameters, fault);
    if (status == STATUS_OK) {
        status = param_enum(query, "by", by_names, BY_CONTRACT, &by, fault);
    }
    if (status == STATUS_OK) {
        status =
            param_period(query, "period", &trials->from, &trials->to, &trials->has_period, fault);
    }
    if (status == STATUS_OK) {
        status = param_enum(query, "outcome", outcome_names_of, -1, &trials->outcome, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "party", KIND_party, &trials->party, fault);
    }
    trials->by = (enum by)by;
    return status;
}

static bool in_period(const struct trials *trials, int32_t day)
{
    return !trials->has_period || (day >= trials->from && day <= trials->to);
}

/* ---- one trial ---- */

static int64_t waiting(const struct query *query, uint32_t contract)
{
    size_t count;
    int64_t sum = 0;
    bool any = false;
    uint32_t *list = obligation_list(query->facts, contract, &query->view, &count);
    for (size_t i = 0; i < count; i++) {
        struct obligation_figures figures;
        obligation_evaluate(query->facts, list[i], &query->view, &figures);
        if (figures.terms->condition == CONDITION_CONVERT &&
            figures.terms->amount_fen != AMOUNT_UNKNOWN) {
            sum += figures.scheduled;
            any = true;
        }
    }
    free(list);
    return any ? sum : AMOUNT_UNKNOWN;
}

/* T1 from the trial's steps, newest first; gives the fee that the conversion names. */
static int64_t read_steps(const struct query *query, struct trial *trial)
{
    int64_t fee = AMOUNT_UNKNOWN;
    uint32_t at;
    const struct trial_row *row =
        facts_first(query->facts, FACT_TRIAL, trial->contract, &query->view, &at);
    for (; row != NULL; row = facts_next(query->facts, FACT_TRIAL, &query->view, &at)) {
        bool sets_end = row->action == TRIAL_STARTED || row->action == TRIAL_EXTENDED;
        if (row->action == TRIAL_STARTED) {
            trial->start = row->start;
        }
        if (sets_end && trial->end == DAY_NONE) {
            trial->end = row->end;
        }
        if (!sets_end) {
            trial->outcome =
                row->action == TRIAL_CONVERTED ? TRIAL_IS_CONVERTED : TRIAL_IS_DECLINED;
            trial->decided = row->end;
            fee = row->total_fen;
        }
    }
    return fee;
}

static bool trial_read(const struct trials *trials, uint64_t index, struct trial *ret_trial)
{
    const struct query *query = trials->query;
    const struct trial_row *row = facts_row(query->facts, FACT_TRIAL, index);
    if (row->action != TRIAL_STARTED || !fact_counts(&row->fact, &query->view)) {
        return false;
    }
    *ret_trial = (struct trial){.contract = row->fact.key, .end = DAY_NONE, .decided = DAY_NONE};
    ret_trial->row = contract_at(query->facts, ret_trial->contract, &query->view);
    if (ret_trial->row == NULL) {
        return false;
    }
    ret_trial->fee = read_steps(query, ret_trial);
    uint32_t contract = ret_trial->contract;
    uint8_t state = state_at(query->facts, MACHINE_CONTRACT, contract, &query->view);
    if (ret_trial->outcome == TRIAL_OPEN && state == CONTRACT_TRIAL &&
        ret_trial->end < query->view.as_of) {
        ret_trial->outcome = TRIAL_LAPSED;
        ret_trial->decided = ret_trial->end;
    } else if (ret_trial->outcome == TRIAL_OPEN &&
               (state == CONTRACT_TERM || state == CONTRACT_VOID)) {
        ret_trial->outcome = TRIAL_ENDED;
        (void)state_since(query->facts, MACHINE_CONTRACT, contract, &query->view,
                          &ret_trial->decided);
    }
    if (ret_trial->fee == AMOUNT_UNKNOWN) {
        ret_trial->fee = contract_total(query->facts, contract, &query->view);
    }
    if (ret_trial->fee == AMOUNT_UNKNOWN) {
        ret_trial->fee = waiting(query, contract);
    }
    return (trials->outcome < 0 || (enum outcome)trials->outcome == ret_trial->outcome) &&
           (trials->party == AGGREGATE_NONE ||
            contract_has_party(query->facts, contract, trials->party, &query->view));
}

/* ---- cells ---- */

static uint64_t place_of(const struct trials *trials, const struct trial *trial)
{
    const struct facts *facts = trials->query->facts;
    uint32_t party = trial->contract;
    switch (trials->by) {
    case BY_CONTRACT:
        break;
    case BY_BUYER:
        party = first_party(facts, trial->row->buyers);
        break;
    case BY_SELLER:
        party = first_party(facts, trial->row->sellers);
        break;
    case BY_YEAR:
        return (
            uint64_t)(civil_of(trial->decided != DAY_NONE ? trial->decided : trial->start).year -
                      FIRST_YEAR);
    }
    return party;
}

static struct cell *cell_of(struct trials *trials, uint64_t place, uint8_t currency)
{
    uint32_t *link = &trials->slot[place];
    while (*link != 0) {
        struct cell *cell = column_at(&trials->cells, *link - 1);
        if (cell->currency == currency) {
            return cell;
        }
        link = &cell->next;
    }
    struct cell *cell = column_push(&trials->cells);
    cell->place = (uint32_t)place;
    cell->currency = currency;
    *link = (uint32_t)trials->cells.count;
    return cell;
}

static void count_trial(const struct trials *trials, struct cell *cell, const struct trial *trial)
{
    bool decided = trial->outcome != TRIAL_OPEN && in_period(trials, trial->decided); /* T2 */
    int64_t fee = trial->fee == AMOUNT_UNKNOWN ? 0 : trial->fee;
    cell->started += in_period(trials, trial->start);
    cell->counts[trial->outcome] += decided || trial->outcome == TRIAL_OPEN;
    if (decided && trial->outcome != TRIAL_ENDED) {
        cell->amount_decided += fee;
        cell->amount_converted += trial->outcome == TRIAL_IS_CONVERTED ? fee : 0;
    }
}

static bool counts(const struct trials *trials, const struct trial *trial)
{
    return trial->outcome == TRIAL_OPEN || in_period(trials, trial->start) ||
           in_period(trials, trial->decided);
}

/* The last place is the total's. */
static void scan(struct trials *trials)
{
    const struct query *query = trials->query;
    trials->places = query->view.published.aggregates;
    trials->places = trials->places > 400 ? trials->places : 400;
    trials->slot = scratch_take(&trials->scratch, (trials->places + 1) * sizeof(uint32_t));
    for (uint64_t i = 0; i < query->view.published.rows[FACT_TRIAL]; i++) {
        struct trial trial;
        if (trial_read(trials, i, &trial) && counts(trials, &trial)) {
            uint8_t currency = trial.row->currency;
            count_trial(trials, cell_of(trials, place_of(trials, &trial), currency), &trial);
            count_trial(trials, cell_of(trials, trials->places, currency), &trial);
        }
    }
}

static size_t key_of(const struct trials *trials, const struct cell *cell, char *out)
{
    if (trials->by != BY_YEAR) {
        return key_id(trials->query->facts, cell->place, out);
    }
    unsigned year = cell->place + FIRST_YEAR;
    for (int digit = 3; digit >= 0; digit--, year /= 10) {
        out[digit] = (char)('0' + year % 10);
    }
    return 4;
}

/* ---- writing ---- */

static uint32_t write_figures(const struct cell *cell, struct writer *out)
{
    int64_t converted = cell->counts[TRIAL_IS_CONVERTED];
    int64_t decided = converted + cell->counts[TRIAL_IS_DECLINED] + cell->counts[TRIAL_LAPSED];
    write_text(out, "started");
    write_int(out, cell->started);
    for (int o = 0; o < OUTCOMES; o++) {
        write_text(out, outcome_names_of[o]);
        write_int(out, cell->counts[o]);
    }
    write_text(out, "conversion_permille");
    write_permille(out, converted, decided);
    write_text(out, "amount_converted");
    write_int(out, cell->amount_converted);
    write_text(out, "amount_decided");
    write_int(out, cell->amount_decided);
    write_text(out, "amount_conversion_permille");
    write_permille(out, cell->amount_converted, cell->amount_decided);
    return 5 + OUTCOMES;
}

static uint32_t write_days(const struct trials *trials, uint32_t contract, struct writer *out)
{
    const struct query *query = trials->query;
    struct trial trial = {.contract = contract, .end = DAY_NONE, .decided = DAY_NONE};
    (void)read_steps(query, &trial);
    write_text(out, "trial_start");
    write_day(out, trial.start);
    write_text(out, "trial_end");
    write_day(out, trial.end);
    return 2;
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    struct trials *trials = arg;
    const struct cell *cell = column_at(&trials->cells, row->payload);
    char key[KEY_BYTES_MAX];
    size_t len = key_of(trials, cell, key);
    (void)fault;
    size_t mark = write_map_begin(out);
    write_text(out, "key");
    write_str(out, slice_of(key, len));
    write_text(out, "label");
    write_str(out,
              trials->by == BY_YEAR ? slice_of(key, len) : label_of(trials->query, cell->place));
    write_text(out, "currency");
    write_text(out, currency_code(cell->currency));
    uint32_t pairs = write_figures(cell, out);
    pairs += trials->by == BY_CONTRACT ? write_days(trials, cell->place, out) : 0;
    write_map_end(out, mark, 3 + pairs);
    return STATUS_OK;
}

static void write_totals(const struct trials *trials, struct writer *out)
{
    uint32_t count = 0;
    write_text(out, "total");
    size_t mark = write_array_begin(out);
    for (unsigned currency = 0; currency < UINT8_MAX; currency++) {
        for (uint32_t at = trials->slot[trials->places]; at != 0;) {
            const struct cell *cell = column_at(&trials->cells, at - 1);
            at = cell->next;
            if (cell->currency == currency) {
                size_t map = write_map_begin(out);
                write_text(out, "currency");
                write_text(out, currency_code(cell->currency));
                write_map_end(out, map, 1 + write_figures(cell, out));
                count++;
            }
        }
    }
    write_array_end(out, mark, count);
}

enum status trials_query(const struct query *query, struct writer *out, uint32_t *pairs,
                         struct fault *fault)
{
    struct trials trials;
    enum status status = trials_read(&trials, query, fault);
    if (status != STATUS_OK) {
        return status;
    }
    scratch_init(&trials.scratch);
    column_init(&trials.cells, sizeof(struct cell));
    page_init(&trials.page, &trials.scratch, query);
    scan(&trials);
    for (uint64_t i = 0; i < trials.cells.count; i++) {
        const struct cell *cell = column_at(&trials.cells, i);
        if (cell->place != trials.places) {
            char key[KEY_BYTES_MAX];
            size_t len = key_currency(key, key_of(&trials, cell, key), cell->currency);
            page_offer(&trials.page, slice_of(key, len), i);
        }
    }
    status = page_write(&trials.page, write_row, &trials, out, pairs, fault);
    if (status == STATUS_OK) {
        write_totals(&trials, out);
        *pairs += 1;
    }
    column_done(&trials.cells);
    scratch_done(&trials.scratch);
    return status;
}

/* ---- explain: the steps of one contract's trial ---- */

static bool line_of(const struct query *query, const struct fact *fact,
                    struct explanation_line *line)
{
    static const char *const whats[] = {[TRIAL_STARTED] = "started",
                                        [TRIAL_EXTENDED] = "extended",
                                        [TRIAL_CONVERTED] = "converted",
                                        [TRIAL_DECLINED] = "declined"};
    const struct trial_row *row = (const struct trial_row *)(const void *)fact;
    (void)query;
    line->what = whats[row->action];
    line->amount = row->action == TRIAL_CONVERTED ? row->total_fen : AMOUNT_UNKNOWN;
    return true;
}

enum status trials_explain(const struct query *query, struct slice key, struct writer *out,
                           uint32_t *pairs, struct fault *fault)
{
    return explain_contract_rows(query, key, FACT_TRIAL, line_of, out, pairs, fault);
}
