/* Civil dates by counting, and working days by marks.
 *
 *   K1  A date is a day number in the proleptic Gregorian calendar; nothing here knows a time
 *       of day or a zone.
 *   K2  Results stay within DAY_MIN..DAY_MAX: what would lie outside is the nearest end.
 *   K3  Marks are read with known_at alone (ruling 16); of two of one day, the later recorded
 *       counts. Rates are in rates.c. */

#include "daemon/ledger/calendar.h"

#include "daemon/base/check.h"
#include "proto/limits.h"

#define DAYS_TO_1970 719468 /* from 0000-03-01, the start of a 400 year cycle */
#define DAYS_IN_CYCLE 146097
#define WEEKEND 5u /* Saturday */

struct civil civil_of(int32_t day)
{
    INVARIANT(day >= -DAYS_TO_1970);
    int32_t since = day + DAYS_TO_1970;
    int32_t cycle = since / DAYS_IN_CYCLE;
    int32_t in_cycle = since % DAYS_IN_CYCLE;
    int32_t year =
        (in_cycle - in_cycle / 1460 + in_cycle / 36524 - in_cycle / (DAYS_IN_CYCLE - 1)) / 365;
    int32_t in_year = in_cycle - (365 * year + year / 4 - year / 100); /* from 1 March */
    int32_t march_month = (5 * in_year + 2) / 153;
    int32_t month = march_month < 10 ? march_month + 3 : march_month - 9;
    return (struct civil){
        .year = cycle * 400 + year + (month <= 2 ? 1 : 0),
        .month = (uint8_t)month,
        .day = (uint8_t)(in_year - (153 * march_month + 2) / 5 + 1),
    };
}

int32_t day_of(int32_t year, unsigned month, unsigned day)
{
    INVARIANT(year > 0);
    INVARIANT(month >= 1);
    INVARIANT(month <= 12);
    int32_t from_march = month <= 2 ? year - 1 : year;
    int32_t cycle = from_march / 400;
    int32_t in_cycle = from_march % 400;
    int32_t march_month = month > 2 ? (int32_t)month - 3 : (int32_t)month + 9;
    int32_t in_year = (153 * march_month + 2) / 5 + (int32_t)day - 1;
    return cycle * DAYS_IN_CYCLE + 365 * in_cycle + in_cycle / 4 - in_cycle / 100 + in_year -
           DAYS_TO_1970;
}

static unsigned days_in_month(int32_t year, unsigned month)
{
    int32_t first = day_of(year, month, 1);
    int32_t next = month == 12 ? day_of(year + 1, 1, 1) : day_of(year, month + 1, 1);
    return (unsigned)(next - first);
}

int32_t add_months(int32_t day, int32_t months)
{
    struct civil civil = civil_of(day);
    int64_t count = (int64_t)civil.year * 12 + civil.month - 1 + months;
    int64_t year = count / 12;
    if (count < 0 || year < civil_of(DAY_MIN).year) {
        return DAY_MIN; /* K2 */
    }
    if (year > civil_of(DAY_MAX).year) {
        return DAY_MAX;
    }
    unsigned month = (unsigned)(count % 12) + 1;
    unsigned last = days_in_month((int32_t)year, month);
    return day_of((int32_t)year, month, civil.day < last ? civil.day : last);
}

unsigned weekday_of(int32_t day)
{
    return (unsigned)(((int64_t)day % 7 + 7 + 3) % 7); /* 1970-01-01 was a Thursday */
}

bool working_day(const struct facts *facts, int32_t day, const struct viewpoint *view)
{
    bool weekday = weekday_of(day) < WEEKEND;
    if (day < DAY_MIN || day > DAY_MAX) {
        return weekday;
    }
    struct viewpoint known = *view;
    known.as_of = INT32_MAX; /* K3 */
    uint32_t at;
    const struct day_row *mark =
        facts_first(facts, FACT_DAY, (uint32_t)(day - DAY_MIN), &known, &at);
    return mark == NULL ? weekday : mark->kind == DAY_KIND_workday;
}

int32_t roll_following(const struct facts *facts, int32_t day, const struct viewpoint *view)
{
    while (day < DAY_MAX && !working_day(facts, day, view)) {
        day++;
    }
    return day;
}
