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

/* The value of a digit; more than 9 if it is none. */
static uint32_t digit(uint8_t c)
{
    return (uint32_t)c - '0';
}

bool date_parse(struct slice text, int32_t *ret_day)
{
    if (text.len != 10 || text.data[4] != '-' || text.data[7] != '-') {
        return false;
    }
    const uint8_t *at = text.data;
    uint32_t y3 = digit(at[0]), y2 = digit(at[1]), y1 = digit(at[2]), y0 = digit(at[3]);
    uint32_t m1 = digit(at[5]), m0 = digit(at[6]), d1 = digit(at[8]), d0 = digit(at[9]);
    if (y3 > 9 || y2 > 9 || y1 > 9 || y0 > 9 || m1 > 9 || m0 > 9 || d1 > 9 || d0 > 9) {
        return false;
    }
    int32_t year = (int32_t)(y3 * 1000 + y2 * 100 + y1 * 10 + y0);
    int32_t month = (int32_t)(m1 * 10 + m0);
    int32_t day = (int32_t)(d1 * 10 + d0);
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
