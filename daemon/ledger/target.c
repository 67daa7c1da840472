/* Targets and published figures. Neither changes what anybody owes; both stay as they were set,
 * and what comes of them is computed when somebody asks.
 *
 *   T1  A metric and a filter are the user's words: what this release cannot derive from the log is
 *       answered as not derivable, it is not refused.
 *   T2  A revision says a new value; metric, filter, period and comparator stay as set. */

#include "daemon/ledger/target.h"

#include "daemon/ledger/decide.h"
#include "daemon/ledger/effects.h"

/* A target repeated in `data` is the one in `agg` (ruling 6). */
static enum status check_same_id(struct deciding *deciding)
{
    struct slice id = field_text(deciding->fields, FIELD_target_id);
    if (id.len == 0 || slice_equal(id, deciding->event->agg)) {
        return STATUS_OK;
    }
    return fault_set(deciding->fault, STATUS_E_BAD_FIELD, "data.target_id");
}

static enum status decide_set(struct deciding *deciding)
{
    enum status status = check_same_id(deciding);
    if (status == STATUS_OK) {
        effect_state(deciding, MACHINE_RECORD, RECORD_MADE, deciding->effective);
    }
    return status;
}

/* Holds no earlier than the target itself (an effect is valid from the later day). */
static enum status decide_revised(struct deciding *deciding)
{
    struct target target;
    if (target_at(deciding->facts, deciding->aggregate, &deciding->now, &target)) {
        effect_valid(deciding, target.set->fact.valid);
    }
    return check_same_id(deciding);
}

static enum status decide_published(struct deciding *deciding)
{
    effect_state(deciding, MACHINE_RECORD, RECORD_MADE, deciding->effective);
    return STATUS_OK;
}

static text_ref text_fold(struct folding *folding, enum field_id field)
{
    return facts_text(folding->facts, field_text(folding->fields, field));
}

static text_ref filter_fold(struct folding *folding)
{
    return facts_text(folding->facts, folding->fields->at[FIELD_filter]);
}

static void fold_set(struct folding *folding)
{
    const struct fields *fields = folding->fields;
    text_ref metric = text_fold(folding, FIELD_metric);
    text_ref period = text_fold(folding, FIELD_period);
    text_ref unit = text_fold(folding, FIELD_unit);
    text_ref filter = filter_fold(folding);
    struct target_row *row =
        facts_add(folding->facts, FACT_TARGET, folding->seq, folding->valid, folding->aggregate);
    row->metric = metric;
    row->period = period;
    row->unit = unit;
    row->filter = filter;
    row->value = field_int(fields, FIELD_value, 0);
    row->baseline = field_int(fields, FIELD_baseline, AMOUNT_UNKNOWN);
    row->comparator = (uint8_t)field_enum(fields, FIELD_comparator, comparator_names, 0);
}

static void fold_revised(struct folding *folding)
{
    struct target_row *row =
        facts_add(folding->facts, FACT_TARGET, folding->seq, folding->valid, folding->aggregate);
    row->value = field_int(folding->fields, FIELD_value, 0);
    row->baseline = AMOUNT_UNKNOWN;
    row->comparator = UINT8_MAX;
}

static void fold_published(struct folding *folding)
{
    const struct fields *fields = folding->fields;
    text_ref metric = text_fold(folding, FIELD_metric);
    text_ref period = text_fold(folding, FIELD_period);
    text_ref unit = text_fold(folding, FIELD_unit);
    text_ref source = text_fold(folding, FIELD_source);
    text_ref filter = filter_fold(folding);
    struct published_row *row =
        facts_add(folding->facts, FACT_PUBLISHED, folding->seq, folding->valid, folding->aggregate);
    row->metric = metric;
    row->period = period;
    row->unit = unit;
    row->source = source;
    row->filter = filter;
    row->value = field_int(fields, FIELD_value, 0);
    row->at = field_date(fields, FIELD_at, DAY_NONE);
    row->decimals = (uint8_t)field_int(fields, FIELD_decimals, 0);
}

bool target_at(const struct facts *facts, uint32_t target, const struct viewpoint *view,
               struct target *ret_target)
{
    uint32_t at;
    const struct target_row *latest = NULL;
    *ret_target = (struct target){.set = NULL, .value = 0};
    const struct target_row *row = facts_first(facts, FACT_TARGET, target, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_TARGET, view, &at)) {
        if (latest == NULL || row->fact.valid > latest->fact.valid) {
            latest = row;
        }
        if (row->comparator != UINT8_MAX && ret_target->set == NULL) {
            ret_target->set = row;
        }
    }
    if (ret_target->set == NULL) {
        return false;
    }
    ret_target->value = latest->value;
    return true;
}

const struct published_row *published_at(const struct facts *facts, uint32_t statistic,
                                         const struct viewpoint *view)
{
    uint32_t at;
    return facts_first(facts, FACT_PUBLISHED, statistic, view, &at);
}

const struct handler target_handlers[] = {
    {TYPE_target_set, decide_set, fold_set},
    {TYPE_target_revised, decide_revised, fold_revised},
    {TYPE_statistic_published, decide_published, fold_published},
    {TYPE_NONE, NULL, NULL},
};
