/* The grouping keys of statistics: values from facts, texts from values.
 *
 *   K1  A party's attributes are those valid on the registration date, as known at the viewpoint
 *       (ruling 26). A party entered later than that date has those of its first entry.
 *   K2  Before 2021 there were four types of contract: a licence is a transfer then.
 *   K3  Regions are the first two digits of GB/T 2260, "00" abroad, districts all six. `local` is
 * the region in which seller and buyer both are, null if they are not in one. */

#include <stdio.h>

#include "daemon/base/check.h"
#include "daemon/ledger/calendar.h"
#include "daemon/ledger/states.h"
#include "daemon/view/label.h"
#include "daemon/view/statistics.h"
#include "daemon/view/statistics_names.h"

#define LICENSE_TYPE_FROM 18628 /* 2021-01-01 */

const char *const statistics_key_names[] = {
#define X(name, whose) #name,
    STATISTICS_KEY_LIST(X)
#undef X
        NULL};

int32_t period_of(enum granule granule, int32_t day)
{
    struct civil civil = civil_of(day);
    switch (granule) {
    case GRANULE_YEAR:
        return civil.year;
    case GRANULE_QUARTER:
        return civil.year * 4 + (civil.month - 1) / 3;
    case GRANULE_MONTH:
        return civil.year * 12 + civil.month - 1;
    case GRANULE_WHOLE:
        break;
    }
    return 0;
}

int32_t period_start(enum granule granule, int32_t period)
{
    switch (granule) {
    case GRANULE_YEAR:
        return day_of(period, 1, 1);
    case GRANULE_QUARTER:
        return day_of(period / 4, (unsigned)(period % 4) * 3 + 1, 1);
    case GRANULE_MONTH:
        return day_of(period / 12, (unsigned)(period % 12) + 1, 1);
    case GRANULE_WHOLE:
        break;
    }
    return DAY_NONE;
}

void period_text(enum granule granule, int32_t period, char out[16])
{
    switch (granule) {
    case GRANULE_YEAR:
        snprintf(out, 16, "%d", period);
        break;
    case GRANULE_QUARTER:
        snprintf(out, 16, "%d-Q%d", period / 4, period % 4 + 1);
        break;
    case GRANULE_MONTH:
        snprintf(out, 16, "%d-%02d", period / 12, period % 12 + 1);
        break;
    case GRANULE_WHOLE:
        out[0] = 0;
        break;
    }
}

static int32_t absent(uint8_t value)
{
    return value == UINT8_MAX ? VALUE_NONE : value;
}

static int32_t pay_mode_of(const struct statistics *statistics,
                           const struct contribution *contribution)
{
    uint32_t at;
    const struct facts *facts = statistics->query->facts;
    const struct trial_row *row = facts_first(
        facts, FACT_TRIAL, contribution->registered->aggregate, contribution->view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_TRIAL, contribution->view, &at)) {
        if (row->action == TRIAL_CONVERTED && row->pay_mode != UINT8_MAX) {
            return row->pay_mode;
        }
    }
    return absent(contribution->registered->contract->pay_mode);
}

static int32_t type_of(const struct registered *registered)
{
    if (registered->type == CONTRACT_TYPE_license &&
        registered->row->reg_date < LICENSE_TYPE_FROM) { /* K2 */
        return CONTRACT_TYPE_transfer;
    }
    return absent(registered->type);
}

static int32_t party_number(struct statistics *statistics, uint32_t party)
{
    return party == AGGREGATE_NONE
               ? VALUE_NONE
               : text_number(statistics, aggregate_id(statistics->query->facts, party));
}

void keys_of_contract(struct statistics *statistics, const struct contribution *contribution,
                      int32_t *values)
{
    const struct facts *facts = statistics->query->facts;
    const struct contract_row *row = contribution->registered->contract;
    for (uint32_t i = 0; i < statistics->dimension_count; i++) {
        switch (statistics->by[i]) {
        case KEY_type:
            values[i] = type_of(contribution->registered);
            break;
        case KEY_subtype:
            values[i] = absent(row->subtype);
            break;
        case KEY_pay_mode:
            values[i] = pay_mode_of(statistics, contribution);
            break;
        case KEY_field:
            values[i] = absent(row->field);
            break;
        case KEY_ip_kind:
            values[i] = absent(row->ip_kind);
            break;
        case KEY_program:
            values[i] = absent(row->program);
            break;
        case KEY_grant:
            values[i] = absent(row->grant);
            break;
        case KEY_agency:
            values[i] = text_number(statistics, text_of(facts, contribution->registered->agency));
            break;
        case KEY_department:
            values[i] = text_number(statistics, text_of(facts, row->department));
            break;
        case KEY_operator:
            values[i] = party_number(statistics, row->operator_party);
            break;
        default:
            break;
        }
    }
}

/* K1 */
static bool party_attribute(const struct facts *facts, uint32_t party, enum field_id field,
                            const struct viewpoint *then, int64_t *ret_value)
{
    if (party == AGGREGATE_NONE) {
        return false;
    }
    if (attribute_at(facts, party, field, then, ret_value)) {
        return true;
    }
    uint32_t at;
    struct viewpoint ever = *then;
    ever.as_of = DAY_MAX;
    const struct attribute_row *first = NULL;
    const struct attribute_row *row = facts_first(facts, FACT_ATTRIBUTE, party, &ever, &at);
    for (; row != NULL; row = facts_next(facts, FACT_ATTRIBUTE, &ever, &at)) {
        if (row->field == field && (first == NULL || row->fact.valid <= first->fact.valid)) {
            first = row;
        }
    }
    if (first != NULL) {
        *ret_value = first->value;
    }
    return first != NULL;
}

/* The first `digits` of the six of GB/T 2260: 2 are a province, 6 a district. */
static int32_t region_of(const struct facts *facts, uint32_t party, unsigned digits,
                         const struct viewpoint *then)
{
    int64_t value;
    int32_t region = 0;
    if (!party_attribute(facts, party, FIELD_region, then, &value)) {
        return VALUE_NONE;
    }
    struct slice text = text_of(facts, (text_ref)value);
    if (text.len != 6) {
        return VALUE_NONE;
    }
    for (unsigned i = 0; i < digits; i++) {
        region = region * 10 + (text.data[i] - '0');
    }
    return region;
}

static int32_t zone_of(struct statistics *statistics, uint32_t party, const struct viewpoint *then)
{
    int64_t value;
    const struct facts *facts = statistics->query->facts;
    if (!party_attribute(facts, party, FIELD_zone, then, &value)) {
        return VALUE_NONE;
    }
    return text_number(statistics, text_of(facts, (text_ref)value));
}

static int32_t number_of(const struct facts *facts, uint32_t party, enum field_id field,
                         const struct viewpoint *then)
{
    int64_t value;
    return party_attribute(facts, party, field, then, &value) ? (int32_t)value : VALUE_NONE;
}

void keys_of_parties(struct statistics *statistics, const struct contribution *contribution,
                     uint32_t seller, uint32_t buyer, int32_t *values)
{
    const struct facts *facts = statistics->query->facts;
    struct viewpoint then = *contribution->view;
    then.as_of = contribution->registered->row->reg_date;
    for (uint32_t i = 0; i < statistics->dimension_count; i++) {
        switch (statistics->by[i]) {
        case KEY_region_out:
            values[i] = region_of(facts, seller, 2, &then);
            break;
        case KEY_region_in:
            values[i] = region_of(facts, buyer, 2, &then);
            break;
        case KEY_local:
            values[i] = region_of(facts, seller, 2, &then);
            if (values[i] == 0 || values[i] != region_of(facts, buyer, 2, &then)) {
                values[i] = VALUE_NONE; /* K3 */
            }
            break;
        case KEY_kind_out:
            values[i] = number_of(facts, seller, FIELD_kind, &then);
            break;
        case KEY_kind_in:
            values[i] = number_of(facts, buyer, FIELD_kind, &then);
            break;
        case KEY_district:
            values[i] = region_of(facts, seller, 6, &then);
            break;
        case KEY_zone:
            values[i] = zone_of(statistics, seller, &then);
            break;
        case KEY_size:
            values[i] = number_of(facts, seller, FIELD_size, &then);
            break;
        case KEY_sme_tech:
            values[i] = number_of(facts, seller, FIELD_sme_tech, &then);
            break;
        case KEY_hi_tech:
            values[i] = number_of(facts, seller, FIELD_hi_tech, &then);
            break;
        default:
            break;
        }
    }
}

void keys_of_day(const struct statistics *statistics, int32_t day, int32_t *values)
{
    for (uint32_t i = 0; i < statistics->by_count; i++) {
        if (statistics->by[i] <= KEY_month) {
            enum granule granule = (enum granule)(GRANULE_YEAR + statistics->by[i]);
            values[i] = period_of(granule, day);
        }
    }
}

/* ---- texts ---- */

const char *const *key_names(enum statistics_key key)
{
    static const char *const *const names[STATISTICS_KEYS] = {
        [KEY_type] = contract_type_names,  [KEY_subtype] = contract_subtype_names,
        [KEY_kind_out] = party_kind_names, [KEY_kind_in] = party_kind_names,
        [KEY_pay_mode] = pay_mode_names,   [KEY_field] = technology_field_names,
        [KEY_ip_kind] = ip_kind_names,     [KEY_program] = program_names,
        [KEY_grant] = grant_kind_names,    [KEY_size] = party_size_names,
    };
    return names[key];
}

/* The value as a text; empty: none. `out` holds what is made here. */
static struct slice value_text_of(const struct statistics *statistics, enum statistics_key key,
                                  int32_t value, char out[16])
{
    if (value == VALUE_NONE) {
        return slice_of("", 0);
    }
    switch (key) {
    case KEY_year:
    case KEY_quarter:
    case KEY_month:
        period_text((enum granule)(GRANULE_YEAR + (int)key), value, out);
        break;
    case KEY_region_out:
    case KEY_region_in:
    case KEY_local:
        snprintf(out, 16, "%02d", value);
        break;
    case KEY_district:
        snprintf(out, 16, "%06d", value);
        break;
    case KEY_agency:
    case KEY_department:
    case KEY_operator:
    case KEY_zone:
        return numbered_text(statistics, value);
    case KEY_sme_tech:
    case KEY_hi_tech:
        return slice_text(value != 0 ? "true" : "false");
    case KEY_type:
    case KEY_subtype:
    case KEY_kind_out:
    case KEY_kind_in:
    case KEY_pay_mode:
    case KEY_field:
    case KEY_ip_kind:
    case KEY_program:
    case KEY_grant:
    case KEY_size:
        return slice_text(key_names(key)[value]);
    case STATISTICS_KEYS:
        break;
    }
    return slice_text(out);
}

struct slice key_text(struct statistics *statistics, const int32_t *values)
{
    char made[16];
    size_t len = 0;
    uint8_t *text = statistics->text_room;
    for (uint32_t i = 0; i < statistics->by_count; i++) {
        struct slice value =
            value_text_of(statistics, (enum statistics_key)statistics->by[i], values[i], made);
        if (i > 0) {
            text[len++] = '|';
        }
        INVARIANT(value.len <= TEXT_MAX);
        for (size_t c = 0; c < value.len; c++) {
            if (value.data[c] == '|' || value.data[c] == '\\') {
                text[len++] = '\\';
            }
            text[len++] = value.data[c];
        }
    }
    return slice_of(text, len);
}

struct slice key_label(struct statistics *statistics, const int32_t *values)
{
    char made[16];
    size_t len = 0;
    char *text = (char *)statistics->text_room;
    for (uint32_t i = 0; i < statistics->by_count; i++) {
        enum statistics_key key = (enum statistics_key)statistics->by[i];
        const char *name = statistics_name(key, values[i], statistics->query->language);
        struct slice value =
            name != NULL ? slice_text(name) : value_text_of(statistics, key, values[i], made);
        if (i > 0) {
            len = text_put(text, len, slice_text(" / "));
        }
        len = text_put(text, len, value);
    }
    return slice_of(text, len);
}

void key_write(struct statistics *statistics, uint32_t at, int32_t value, struct writer *out)
{
    char made[16];
    enum statistics_key key = (enum statistics_key)statistics->by[at];
    write_text(out, statistics_key_names[key]);
    if (value == VALUE_NONE) {
        write_nil(out);
    } else if (key == KEY_year) {
        write_int(out, value);
    } else if (key == KEY_sme_tech || key == KEY_hi_tech) {
        write_bool(out, value != 0);
    } else {
        write_str(out, value_text_of(statistics, key, value, made));
    }
}
