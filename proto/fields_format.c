/* Texts with a form: enum text_format.
 *
 *   M1  A form is checked, never repaired: what is stored is what was sent. */

#include "proto/fields_check.h"
#include "proto/text.h"

static bool digits_are(struct slice text, size_t from, size_t count)
{
    if (text.len < from + count) {
        return false;
    }
    for (size_t i = from; i < from + count; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
    }
    return true;
}

/* What follows `prefix`; false if the text does not begin with it. */
static bool strip(struct slice text, const char *prefix, struct slice *ret_rest)
{
    size_t len = strlen(prefix);
    if (text.len < len || memcmp(text.data, prefix, len) != 0) {
        return false;
    }
    *ret_rest = slice_of(text.data + len, text.len - len);
    return true;
}

/* A year that dates can have. */
static bool is_year(struct slice text)
{
    return text.len == 4 && digits_are(text, 0, 4) && memcmp(text.data, "1900", 4) >= 0 &&
           memcmp(text.data, "2199", 4) <= 0;
}

/* annual:2027, point:2027-12-31, cumulative:2024-01-01..2027-12-31 */
static bool is_target_period(struct slice text)
{
    struct slice rest;
    int32_t start;
    int32_t end;
    if (strip(text, "annual:", &rest)) {
        return is_year(rest);
    }
    if (strip(text, "point:", &rest)) {
        return date_parse(rest, &end);
    }
    return strip(text, "cumulative:", &rest) && rest.len == 22 &&
           memcmp(rest.data + 10, "..", 2) == 0 && date_parse(slice_of(rest.data, 10), &start) &&
           date_parse(slice_of(rest.data + 12, 10), &end) && end >= start;
}

/* 2024, 2024-Q1, 2024-03 */
static bool is_closed_period(struct slice text)
{
    if (text.len < 4 || !is_year(slice_of(text.data, 4))) {
        return false;
    }
    if (text.len == 4) {
        return true;
    }
    if (text.len != 7 || text.data[4] != '-') {
        return false;
    }
    if (text.data[5] == 'Q') {
        return text.data[6] >= '1' && text.data[6] <= '4';
    }
    bool month = digits_are(text, 5, 2);
    return month && memcmp(text.data + 5, "01", 2) >= 0 && memcmp(text.data + 5, "12", 2) <= 0;
}

static bool is_rate_kind(struct slice text)
{
    struct slice currency;
    if (slice_is(text, "lpr_1y")) {
        return true;
    }
    return strip(text, "fx:", &currency) &&
           currency_index(currency) > currency_index(slice_text("CNY"));
}

bool text_format_fits(enum text_format format, struct slice text)
{
    struct slice milestone;
    switch (format) {
    case TEXT_FORMAT_FREE:
        return true;
    case TEXT_FORMAT_DIGITS3:
        return text.len == 3 && digits_are(text, 0, 3);
    case TEXT_FORMAT_LEGAL_CODE:
        return party_kind_of_code(text) >= 0;
    case TEXT_FORMAT_REG_NO:
        return (text.len == 14 || text.len == 16) && digits_are(text, 0, text.len);
    case TEXT_FORMAT_LABEL:
        return text_is_aggregate_id(text);
    case TEXT_FORMAT_DUE_BASE:
        return due_base_parse(text, &milestone) >= 0;
    case TEXT_FORMAT_CONDITION:
        return condition_parse(text, &milestone) >= 0;
    case TEXT_FORMAT_TARGET_PERIOD:
        return is_target_period(text);
    case TEXT_FORMAT_CLOSED_PERIOD:
        return is_closed_period(text);
    case TEXT_FORMAT_RATE_KIND:
        return is_rate_kind(text);
    }
    return false;
}
