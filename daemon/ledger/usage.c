/* usage.reported.
 *
 *   U1  Reports do not overlap; gaps are allowed (ruling 17).
 *   U2  Use after every patent of the contract has expired counts as nothing (Patent Law art 42):
 *       the report is kept and flagged, its row holds zero.
 *   U3  The first report with something left after deductions is the first sale, on the last day
 *       of its period (ruling 19); during a trial, suspended or not, a report is information only.
 */

#include "daemon/ledger/contract.h"
#include "daemon/ledger/due.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/obligation.h"
#include "daemon/ledger/royalty.h"
#include "proto/cursor.h"

enum status period_overlaps(struct deciding *deciding, const char *field, int32_t start,
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

static enum status check_reported_once(struct deciding *deciding, int32_t start, int32_t end)
{
    const struct facts *facts = deciding->facts;
    uint32_t at;
    const struct usage_row *row =
        facts_first(facts, FACT_USAGE, deciding->aggregate, &deciding->now, &at);
    for (; row != NULL; row = facts_next(facts, FACT_USAGE, &deciding->now, &at)) {
        if (row->period_start <= end && start <= row->period_end) {
            return period_overlaps(deciding, "data.period_start", row->period_start,
                                   row->period_end);
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

/* U2: every technology has an expiry, and the period begins after the last of them. */
static bool after_expiry(const struct deciding *deciding, int32_t start)
{
    const struct facts *facts = deciding->facts;
    const struct contract_row *row = contract_terms_at(facts, deciding->aggregate, &deciding->now);
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

enum status usage_decide(struct deciding *deciding)
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
    if (counts &&
        !contract_on_trial(deciding->facts, deciding->aggregate, &deciding->now)) { /* U3 */
        note_first_sale(deciding, end);
    }
    return STATUS_OK;
}

void usage_fold(struct folding *folding)
{
    const struct fields *fields = folding->fields;
    bool counts = (folding->event->flags & WARNING_BIT(WARNING_AFTER_EXPIRY)) == 0; /* U2 */
    struct usage_row *row =
        facts_add(folding->facts, FACT_USAGE, folding->seq, folding->valid, folding->aggregate);
    row->base_fen = counts ? net_base(fields) : 0;
    row->units = counts ? field_int(fields, FIELD_units, 0) : 0;
    row->period_start = field_date(fields, FIELD_period_start, DAY_MIN);
    row->period_end = field_date(fields, FIELD_period_end, DAY_MAX);
}
