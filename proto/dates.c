/* Civil days as text: YYYY-MM-DD of the proleptic Gregorian calendar, and nothing else.
 *
 *   D1  date_format(date_parse(t)) = t for every day from DAY_MIN to DAY_MAX.
 *   D2  No time zone, no library: a day is a number, the same on every machine.
 *
 * Days are counted with years that begin on 1 March, so that the leap day comes last. */

#include "proto/vocabulary.h"

#define DAYS_PER_400_YEARS 146097
#define DAYS_TO_1970 719468 /* from 0000-03-01 to 1970-01-01 */

static int32_t day_of(int32_t year, int32_t month, int32_t day)
{
    int32_t y = month <= 2 ? year - 1 : year;
    int32_t era = y / 400;
    int32_t year_of_era = y - era * 400;
    int32_t month_from_march = month <= 2 ? month + 9 : month - 3;
    int32_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_400_YEARS + day_of_era - DAYS_TO_1970;
}

static bool is_leap(int32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int32_t month_days(int32_t year, int32_t month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

/* -1 if one of them is no digit. */
static int32_t digits(const uint8_t *at, size_t count)
{
    int32_t value = 0;
    for (size_t i = 0; i < count; i++) {
        if (at[i] < '0' || at[i] > '9') {
            return -1;
        }
        value = value * 10 + (at[i] - '0');
    }
    return value;
}

bool date_parse(struct slice text, int32_t *ret_day)
{
    if (text.len != 10 || text.data[4] != '-' || text.data[7] != '-') {
        return false;
    }
    int32_t year = digits(text.data, 4);
    int32_t month = digits(text.data + 5, 2);
    int32_t day = digits(text.data + 8, 2);
    if (year < 1900 || year > 2199 || month < 1 || month > 12) {
        return false;
    }
    if (day < 1 || day > month_days(year, month)) {
        return false;
    }
    *ret_day = day_of(year, month, day);
    return true;
}

static void put_digits(char *at, int32_t value, size_t count)
{
    for (size_t i = count; i > 0; i--) {
        at[i - 1] = (char)('0' + value % 10);
        value /= 10;
    }
}

void date_format(int32_t day, char out[11])
{
    /* Outside the bounds there are no four digits to write; nothing stored is. */
    int32_t bounded = day < DAY_MIN ? DAY_MIN : day > DAY_MAX ? DAY_MAX : day;
    int32_t days = bounded + DAYS_TO_1970;
    int32_t era = days / DAYS_PER_400_YEARS;
    int32_t day_of_era = days - era * DAYS_PER_400_YEARS;
    int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t month_from_march = (5 * day_of_year + 2) / 153;
    int32_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    int32_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);

    put_digits(out, year, 4);
    out[4] = '-';
    put_digits(out + 5, month, 2);
    out[7] = '-';
    put_digits(out + 8, day_of_year - (153 * month_from_march + 2) / 5 + 1, 2);
    out[10] = '\0';
}
