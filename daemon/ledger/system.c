/* The daemon's own events, on system/_log, and notes.
 *
 *   Y1  Rules are adopted by an event, so that a log is always decided by the rules it had (G4);
 *       a log begins with rules 1.
 *   Y2  What these events say is kept as attributes, so that undo and reversal need to know
 *       nothing of them: `rules` of the newest adoption, `release` of the newest start, and
 *       `final` once loading has ended. */

#include "daemon/ledger/attributes.h"
#include "daemon/ledger/ledger_inner.h"

#define FIRST_RULES 1u

static uint32_t system_log(const struct ledger *ledger)
{
    return aggregate_find(ledger->facts, KIND_system, slice_text("_log"), UINT64_MAX);
}

static bool system_value(const struct ledger *ledger, enum field_id field, int64_t *ret_value)
{
    uint32_t log = system_log(ledger);
    struct viewpoint now = viewpoint_now(ledger->facts, DAY_MAX);
    return log != AGGREGATE_NONE && attribute_at(ledger->facts, log, field, &now, ret_value);
}

uint32_t ledger_rules(const struct ledger *ledger)
{
    int64_t rules;
    return system_value(ledger, FIELD_rules, &rules) ? (uint32_t)rules : FIRST_RULES;
}

bool ledger_loading(const struct ledger *ledger, bool born_loading)
{
    int64_t ended;
    return born_loading && !system_value(ledger, FIELD_final, &ended);
}

static enum status decide_nothing(struct deciding *deciding)
{
    (void)deciding;
    return STATUS_OK;
}

/* Rules that this release does not know cannot be decided by. */
static enum status decide_adopted(struct deciding *deciding)
{
    int64_t rules = field_int(deciding->fields, FIELD_rules, 0);
    if (rules >= ledger_rules(deciding->ledger) && rules <= LEDGER_RULES) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_RANGE, "data.rules");
    fault_detail(deciding->fault, "newest=%u given=%lld", LEDGER_RULES, (long long)rules);
    return STATUS_E_RANGE;
}

static void fold_started(struct folding *folding)
{
    static const enum field_id release[] = {FIELD_release, FIELD_COUNT};
    attributes_fold_only(folding, &folding->event->type->data, folding->fields, release);
}

static void fold_adopted(struct folding *folding)
{
    attribute_fold(folding, FIELD_rules, field_int(folding->fields, FIELD_rules, FIRST_RULES));
}

static void fold_load_ended(struct folding *folding)
{
    attribute_fold(folding, FIELD_final, 1);
}

const struct handler system_handlers[] = {
    {TYPE_system_started, decide_nothing, fold_started},
    {TYPE_system_rules_adopted, decide_adopted, fold_adopted},
    {TYPE_system_load_ended, decide_nothing, fold_load_ended},
    {TYPE_NONE, NULL, NULL},
};

const struct handler note_handlers[] = {
    {TYPE_note_added, decide_nothing, NULL},
    {TYPE_NONE, NULL, NULL},
};
