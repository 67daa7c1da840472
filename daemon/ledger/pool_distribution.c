/* Distributions: money of a period becomes what the administrator owes to each member.
 *
 *   D1  Lines, fee and reserve are the gross, to the fen (E_SUM_MISMATCH); what should be
 *       distributed is computed by the projection and not imposed: members may agree otherwise.
 *   D2  A day is distributed once (E_PERIOD_OVERLAP).
 *   D3  Each line is an obligation of the pool, kind distribution, from the administrator to the
 *       party, without a due date (ruling 9); it is paid like any other. */

#include <stdio.h>

#include "daemon/ledger/contract.h"
#include "daemon/ledger/due.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/money.h"
#include "daemon/ledger/obligation.h"
#include "daemon/ledger/pool.h"

struct line {
    struct slice party;
    int64_t amount_fen;
};

static struct cursor lines_of(const struct fields *fields, uint32_t *ret_left)
{
    struct cursor in = cursor_over(fields->at[FIELD_lines]);
    if (fields->at[FIELD_lines].len == 0 || !cursor_array(&in, ret_left)) {
        *ret_left = 0;
    }
    return in;
}

static bool line_next(struct cursor *in, uint32_t *left, struct line *ret)
{
    struct slice map;
    struct slice value;
    if (*left == 0 || !cursor_value(in, &map)) {
        return false;
    }
    (*left)--;
    *ret = (struct line){.amount_fen = 0};
    if (map_find(map, "party", &value)) {
        (void)value_text(value, &ret->party);
    }
    if (map_find(map, "amount_fen", &value)) {
        (void)value_int(value, &ret->amount_fen);
    }
    return true;
}

struct days {
    int32_t start, end;
};

static struct days period_of(const struct fields *fields)
{
    struct fields period;
    struct days days = {DAY_NONE, DAY_NONE};
    if (fields_parse(fields->at[FIELD_period], &period)) {
        days.start = field_date(&period, FIELD_start, DAY_NONE);
        days.end = field_date(&period, FIELD_end, DAY_NONE);
    }
    return days;
}

static enum status check_overlap(struct deciding *deciding)
{
    struct days own = period_of(deciding->fields);
    uint32_t at;
    for (const struct distribution_row *row = facts_first(deciding->facts, FACT_DISTRIBUTION,
                                                          deciding->aggregate, &deciding->now, &at);
         row != NULL; row = facts_next(deciding->facts, FACT_DISTRIBUTION, &deciding->now, &at)) {
        if (own.start <= row->period_end && row->period_start <= own.end) {
            char start[11];
            char end[11];
            date_format(row->period_start, start);
            date_format(row->period_end, end);
            (void)fault_set(deciding->fault, STATUS_E_PERIOD_OVERLAP, "data.period");
            fault_detail(deciding->fault, "distributed=%s..%s", start, end);
            return STATUS_E_PERIOD_OVERLAP;
        }
    }
    return STATUS_OK;
}

static enum status check_lines(struct deciding *deciding)
{
    uint32_t left;
    uint32_t party;
    struct line line;
    struct cursor in = lines_of(deciding->fields, &left);
    for (uint32_t i = 0; line_next(&in, &left, &line); i++) {
        char field[48];
        (void)snprintf(field, sizeof(field), "data.lines[%u].party", (unsigned)i);
        enum status status = decide_reference_id(deciding, KIND_party, line.party, field, &party);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

static enum status check_sum(struct deciding *deciding)
{
    const struct fields *fields = deciding->fields;
    uint32_t left;
    struct line line;
    struct cursor in = lines_of(fields, &left);
    int64_t gross = field_int(fields, FIELD_gross_fen, 0);
    int128 sum =
        (int128)field_int(fields, FIELD_admin_fee_fen, 0) + field_int(fields, FIELD_reserve_fen, 0);
    while (line_next(&in, &left, &line)) {
        sum += line.amount_fen;
    }
    if (sum == gross) {
        return STATUS_OK;
    }
    return sum_mismatch(deciding, "data.lines", sum > INT64_MAX ? INT64_MAX : (int64_t)sum, gross);
}

static uint32_t administrator(const struct deciding *deciding)
{
    int64_t admin = AGGREGATE_NONE;
    (void)attribute_at(deciding->facts, deciding->aggregate, FIELD_admin, &deciding->now, &admin);
    return (uint32_t)admin;
}

static void open_lines(struct deciding *deciding)
{
    uint32_t left;
    struct line line;
    struct cursor in = lines_of(deciding->fields, &left);
    uint32_t no = obligation_highest_no(deciding->facts, deciding->aggregate);
    while (line_next(&in, &left, &line)) {
        struct terms_row terms = {
            .amount_fen = line.amount_fen,
            .debtor = administrator(deciding),
            .creditor = aggregate_find(deciding->facts, KIND_party, line.party, UINT64_MAX),
            .due = {.base = DUE_NO_TERM, .date = DAY_NONE}, /* D3 */
            .accrual_from = DAY_NONE,
            .accrual_to = DAY_NONE,
            .kind = OBLIGATION_KIND_distribution,
            .condition = CONDITION_NONE,
            .on_termination = ON_TERMINATION_survive,
            .currency = (uint8_t)currency_index(slice_text("CNY")),
            .of = UINT32_MAX,
        };
        effect_obligation(deciding, deciding->aggregate, ++no, deciding->valid, &terms);
    }
}

static enum status decide_distributed(struct deciding *deciding)
{
    int32_t since;
    (void)state_since(deciding->facts, MACHINE_POOL, deciding->aggregate, &deciding->now, &since);
    effect_valid(deciding, since);
    enum status status = check_lines(deciding);
    if (status == STATUS_OK) {
        status = check_overlap(deciding);
    }
    if (status == STATUS_OK) {
        status = check_sum(deciding);
    }
    if (status == STATUS_OK) {
        open_lines(deciding);
    }
    return status;
}

static void fold_distributed(struct folding *folding)
{
    const struct fields *fields = folding->fields;
    struct days days = period_of(fields);
    struct distribution_row *row = facts_add(folding->facts, FACT_DISTRIBUTION, folding->seq,
                                             folding->valid, folding->aggregate);
    row->gross_fen = field_int(fields, FIELD_gross_fen, 0);
    row->admin_fee_fen = field_int(fields, FIELD_admin_fee_fen, 0);
    row->reserve_fen = field_int(fields, FIELD_reserve_fen, 0);
    row->period_start = days.start;
    row->period_end = days.end;
}

const struct handler distribution_handlers[] = {
    {TYPE_pool_distributed, decide_distributed, fold_distributed},
    {TYPE_NONE, NULL, NULL},
};
