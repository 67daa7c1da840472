/* Periods: see period.h. Whether a day exists is asked of the one parser of dates. */

#include "ops/cli/period.h"

#include <stdio.h>
#include <string.h>

#include "proto/vocabulary.h"

static bool month_ends(const char *year, int first, int last, int32_t *ret_first, int32_t *ret_last)
{
    char text[40]; /* room for any two numbers: the compiler does not know that they are small */
    (void)snprintf(text, sizeof(text), "%.4s-%02d-01", year, first);
    if (!date_parse(slice_text(text), ret_first)) {
        return false;
    }
    for (int day = 31; day >= 28; day--) {
        (void)snprintf(text, sizeof(text), "%.4s-%02d-%02d", year, last, day);
        if (date_parse(slice_text(text), ret_last)) {
            return true;
        }
    }
    return false;
}

const char *period_named(const char *text, int32_t *ret_first, int32_t *ret_last)
{
    static const char digits[] = "0123456789";
    size_t len = strlen(text);
    if (strspn(text, digits) != 4 || (len != 4 && (len != 7 || text[4] != '-'))) {
        return NULL;
    }
    if (len == 4) {
        return month_ends(text, 1, 12, ret_first, ret_last) ? "year" : NULL;
    }
    if (text[5] == 'Q') {
        int last = 3 * (text[6] - '0');
        bool good = text[6] >= '1' && text[6] <= '4' &&
                    month_ends(text, last - 2, last, ret_first, ret_last);
        return good ? "quarter" : NULL;
    }
    if (strspn(text + 5, digits) != 2) {
        return NULL;
    }
    int month = 10 * (text[5] - '0') + (text[6] - '0');
    return month_ends(text, month, month, ret_first, ret_last) ? "month" : NULL;
}

bool period_days(const char *text, int32_t *ret_first, int32_t *ret_last)
{
    const char *dots = strstr(text, "..");
    if (dots == NULL) {
        return period_named(text, ret_first, ret_last) != NULL;
    }
    struct slice from = slice_of(text, (size_t)(dots - text));
    return date_parse(from, ret_first) && date_parse(slice_text(dots + 2), ret_last) &&
           *ret_first <= *ret_last;
}
