/* Calendar marks and published rates: data that rules use, kept like any other event.
 *
 *   R1  Both obey known_at and not as_of (ruling 16): what was known of a day or a rate when an
 *       answer was given can be asked for again.
 *   R2  A mark says of its day what an earlier one said or the contrary; the newest known counts.
 */

#include "daemon/ledger/calendar.h"
#include "daemon/ledger/decide.h"

static enum status decide_nothing(struct deciding *deciding)
{
    (void)deciding; /* the vocabulary has checked all there is to check */
    return STATUS_OK;
}

static void fold_day(struct folding *folding)
{
    int32_t day = field_date(folding->fields, FIELD_day, DAY_MIN);
    struct day_row *row = facts_add(folding->facts, FACT_DAY, folding->seq, folding->valid,
                                    (uint32_t)(day - DAY_MIN));
    row->kind = (uint8_t)field_enum(folding->fields, FIELD_kind, day_kind_names, 0);
}

static void fold_rate(struct folding *folding)
{
    struct rate_row *row =
        facts_add(folding->facts, FACT_RATE, folding->seq, folding->valid, folding->aggregate);
    row->kind = facts_text(folding->facts, field_text(folding->fields, FIELD_kind));
    row->value_ppm = field_int(folding->fields, FIELD_value_ppm, 0);
    row->from = field_date(folding->fields, FIELD_from, folding->valid);
    rate_link(folding->facts, row);
}

const struct handler reference_handlers[] = {
    {TYPE_calendar_day_marked, decide_nothing, fold_day},
    {TYPE_rate_published, decide_nothing, fold_rate},
    {TYPE_NONE, NULL, NULL},
};
