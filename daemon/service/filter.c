/* Filters. A type pattern is turned into a table of type numbers once, so that looking at a row
 * is an index and four comparisons. */

#include "daemon/service/filter.h"

#define DAY_US INT64_C(86400000000)
#define SHANGHAI_US (INT64_C(8) * 3600 * 1000000)

bool glob_match(struct slice pattern, struct slice text)
{
    size_t p = 0, t = 0, star = SIZE_MAX, from = 0;
    while (t < text.len) {
        if (p < pattern.len && pattern.data[p] == '*') {
            star = p++;
            from = t;
        } else if (p < pattern.len && pattern.data[p] == text.data[t]) {
            p++;
            t++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            t = ++from;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.data[p] == '*') {
        p++;
    }
    return p == pattern.len;
}

static enum status read_agg(struct slice value, struct filter *filter, struct fault *fault)
{
    struct slice text;
    if (!value_text(value, &text) || text.len == 0 ||
        text.len > AGGREGATE_KIND_MAX + 1 + AGGREGATE_ID_MAX) {
        return param_wrong(fault, "agg", "id or kind/id");
    }
    const uint8_t *slash = memchr(text.data, '/', text.len);
    filter->kind = KIND_contract;
    filter->agg = text;
    if (slash != NULL) {
        size_t len = (size_t)(slash - text.data);
        filter->kind = kind_by_name(slice_of(text.data, len));
        filter->agg = slice_of(slash + 1, text.len - len - 1);
    }
    return filter->kind != KIND_NONE ? STATUS_OK : param_wrong(fault, "agg", "id or kind/id");
}

static void add_pattern(struct filter *filter, struct slice pattern)
{
    filter->patterns[filter->pattern_count++] = pattern;
    for (size_t i = 0; i < event_type_count(); i++) {
        const struct event_type *type = event_type_at(i);
        if ((unsigned)type->id < FILTER_TYPES && glob_match(pattern, slice_text(type->name))) {
            filter->types[type->id] = true;
        }
    }
}

static enum status read_types(struct slice value, struct filter *filter, struct fault *fault)
{
    struct cursor in = cursor_over(value);
    struct slice text;
    uint32_t count;
    filter->by_type = true;
    if (value_text(value, &text) && text.len <= TYPE_NAME_MAX) {
        add_pattern(filter, text);
        return STATUS_OK;
    }
    if (!cursor_array(&in, &count) || count < 1 || count > FILTER_PATTERNS_MAX) {
        return param_wrong(fault, "types", "array of 1..32 type patterns");
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!cursor_text(&in, &text) || text.len > TYPE_NAME_MAX) {
            return param_wrong(fault, "types", "array of 1..32 type patterns");
        }
        add_pattern(filter, text);
    }
    return STATUS_OK;
}

/* The two ends of {from?, to?}. */
static bool range_ends(struct slice value, struct slice *ret_from, struct slice *ret_to)
{
    struct cursor in = cursor_over(value);
    uint32_t pairs;
    if (!cursor_map(&in, &pairs)) {
        return false;
    }
    for (uint32_t i = 0; i < pairs; i++) {
        struct slice key, end;
        if (!cursor_text(&in, &key) || !cursor_value(&in, &end)) {
            return false;
        }
        if (slice_is(key, "from")) {
            *ret_from = end;
        } else if (slice_is(key, "to")) {
            *ret_to = end;
        } else {
            return false;
        }
    }
    return true;
}

static bool read_day(struct slice value, int32_t *ret_day)
{
    struct slice text;
    return value.data == NULL || (value_text(value, &text) && date_parse(text, ret_day));
}

/* A day from its beginning or to its end, +08:00; or microseconds. */
static bool read_time(struct slice value, bool end, int64_t *ret_us)
{
    int32_t day;
    if (value.data == NULL || value_int(value, ret_us)) {
        return true;
    }
    if (!read_day(value, &day)) {
        return false;
    }
    *ret_us = (day + (end ? 1 : 0)) * DAY_US - SHANGHAI_US - (end ? 1 : 0);
    return true;
}

static enum status read_ranges(struct slice effective, struct slice recorded, struct filter *filter,
                               struct fault *fault)
{
    struct slice from = {0}, to = {0};
    if (effective.data != NULL &&
        (!range_ends(effective, &from, &to) || !read_day(from, &filter->effective_from) ||
         !read_day(to, &filter->effective_to))) {
        return param_wrong(fault, "effective", "map of from, to: dates");
    }
    from = to = (struct slice){0};
    if (recorded.data != NULL &&
        (!range_ends(recorded, &from, &to) || !read_time(from, false, &filter->recorded_from) ||
         !read_time(to, true, &filter->recorded_to))) {
        return param_wrong(fault, "recorded", "map of from, to: dates or microseconds");
    }
    return STATUS_OK;
}

static enum status read_flags(struct slice value, struct filter *filter, struct fault *fault)
{
    struct cursor in = cursor_over(value);
    struct slice text;
    uint32_t count;
    if (!cursor_array(&in, &count) || count < 1 || count > 64) {
        return param_wrong(fault, "flags", "array of W_ names");
    }
    for (uint32_t i = 0; i < count; i++) {
        int bit =
            cursor_text(&in, &text) ? warning_from_name((const char *)text.data, text.len) : -1;
        if (bit < 0) {
            return param_wrong(fault, "flags", "array of W_ names");
        }
        filter->flags |= WARNING_BIT((unsigned)bit);
    }
    return STATUS_OK;
}

enum status filter_read(const struct params *params, unsigned first, const char *const *names,
                        struct filter *ret_filter, struct fault *fault)
{
    const struct slice *at = params->at + first;
    enum status status = STATUS_OK;
    *ret_filter = (struct filter){.effective_from = INT32_MIN,
                                  .effective_to = INT32_MAX,
                                  .recorded_from = INT64_MIN,
                                  .recorded_to = INT64_MAX};
    if (at[0].data != NULL) {
        status = read_agg(at[0], ret_filter, fault);
    }
    if (status == STATUS_OK && at[1].data != NULL) {
        status = read_types(at[1], ret_filter, fault);
    }
    if (status == STATUS_OK) {
        status = read_ranges(at[2], at[3], ret_filter, fault);
    }
    if (status == STATUS_OK && at[4].data != NULL) {
        status = read_flags(at[4], ret_filter, fault);
    }
    if (status == STATUS_OK) {
        status = param_str(params, first + 5, names, ACTOR_MAX, &ret_filter->actor, fault);
    }
    return status;
}

bool filter_row(const struct filter *filter, const struct event_row *row)
{
    if (filter->by_type && row->type != TYPE_USER &&
        (row->type >= FILTER_TYPES || !filter->types[row->type])) {
        return false;
    }
    return row->effective >= filter->effective_from && row->effective <= filter->effective_to &&
           row->recorded >= filter->recorded_from && row->recorded <= filter->recorded_to &&
           (filter->flags == 0 || (row->flags & filter->flags) != 0);
}

bool filter_event(const struct filter *filter, const struct event *event)
{
    if (filter->actor.data != NULL && !slice_equal(filter->actor, event->actor)) {
        return false;
    }
    if (!filter->by_type || event->type != NULL) {
        return true;
    }
    for (uint32_t i = 0; i < filter->pattern_count; i++) {
        if (glob_match(filter->patterns[i], event->type_name)) {
            return true;
        }
    }
    return false;
}
