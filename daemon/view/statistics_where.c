/* Filters of statistics: KEY=VALUE, several values of one key joined by `|`, several keys by
 * commas. Every key that can be grouped by can be filtered by, but for time.
 *
 *   W1  A contract of several parties passes with the parts whose parties pass (S1, E1).
 *   W2  `enterprise` stands for the kinds that domain 2.2 calls enterprises. */

#include "daemon/view/params.h"
#include "daemon/view/statistics.h"

static const uint8_t enterprises[] = {PARTY_KIND_ent_domestic, PARTY_KIND_ent_hmt,
                                      PARTY_KIND_ent_foreign, PARTY_KIND_overseas_org};

static bool add_value(struct where *where, int32_t value)
{
    if (where->count == WHERE_VALUES_MAX) {
        return false;
    }
    where->values[where->count++] = value;
    return true;
}

static bool number_of(struct slice text, size_t digits, int32_t *ret_number)
{
    *ret_number = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
        *ret_number = *ret_number * 10 + (text.data[i] - '0');
    }
    return text.len == digits;
}

static bool add_text(struct statistics *statistics, struct where *where, struct slice text)
{
    int32_t value;
    enum statistics_key key = (enum statistics_key)statistics->by[where->dimension];
    const char *const *names = key_names(key);
    if (names != NULL) {
        bool kind = key == KEY_kind_out || key == KEY_kind_in;
        if (kind && slice_is(text, "enterprise")) { /* W2 */
            bool good = true;
            for (size_t i = 0; i < sizeof(enterprises); i++) {
                good = good && add_value(where, enterprises[i]);
            }
            return good;
        }
        value = enum_index(names, text);
        return value >= 0 && add_value(where, value);
    }
    if (key == KEY_region_out || key == KEY_region_in || key == KEY_local) {
        return number_of(text, 2, &value) && add_value(where, value);
    }
    if (key == KEY_district) {
        return number_of(text, 6, &value) && add_value(where, value);
    }
    if (key == KEY_sme_tech || key == KEY_hi_tech) {
        return (slice_is(text, "true") || slice_is(text, "false")) &&
               add_value(where, slice_is(text, "true"));
    }
    return text.len > 0 && add_value(where, text_number(statistics, text));
}

static enum status refuse(struct slice key, struct fault *fault)
{
    param_fault(fault, STATUS_BAD_PARAMS, "where");
    int known = enum_index(statistics_key_names, key);
    const char *const *legal =
        known > (int)KEY_month ? key_names((enum statistics_key)known) : NULL;
    if (known <= (int)KEY_month) {
        legal = &statistics_key_names[KEY_type];
    }
    for (size_t i = 0; legal != NULL && legal[i] != NULL; i++) {
        fault_legal(fault, legal[i]);
    }
    return STATUS_BAD_PARAMS;
}

enum status where_add(struct statistics *statistics, struct slice key, struct slice values,
                      struct fault *fault)
{
    size_t start = 0;
    int known = enum_index(statistics_key_names, key);
    struct where *where = &statistics->where[statistics->where_count];
    if (known < 0 || statistics->where_count == WHERE_MAX ||
        !statistics_filter_by(statistics, (enum statistics_key)known, &where->dimension)) {
        return refuse(key, fault);
    }
    where->count = 0;
    for (size_t i = 0; i <= values.len; i++) {
        if (i < values.len && values.data[i] != '|') {
            continue;
        }
        if (!add_text(statistics, where, slice_of(values.data + start, i - start))) {
            return refuse(key, fault);
        }
        start = i + 1;
    }
    statistics->where_count++;
    return STATUS_OK;
}

enum status where_read(struct statistics *statistics, struct fault *fault)
{
    struct param_list list;
    enum status status = param_list(statistics->query, "where", &list, fault);
    for (uint32_t i = 0; status == STATUS_OK && i < list.count; i++) {
        struct slice text = list.text[i];
        const uint8_t *equals = text.len > 0 ? memchr(text.data, '=', text.len) : NULL;
        if (equals == NULL) {
            return refuse(text, fault);
        }
        size_t before = (size_t)(equals - text.data);
        status = where_add(statistics, slice_of(text.data, before),
                           slice_of(equals + 1, text.len - before - 1), fault);
    }
    return status;
}

bool where_holds(const struct statistics *statistics, const int32_t *values)
{
    for (uint32_t w = 0; w < statistics->where_count; w++) {
        const struct where *where = &statistics->where[w];
        bool found = false;
        for (uint32_t i = 0; i < where->count; i++) {
            found |= where->values[i] == values[where->dimension];
        }
        if (!found) {
            return false;
        }
    }
    return true;
}
