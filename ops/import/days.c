/* Days as offices write them: see day_parse() in values.h.
 *
 *   D1  Serial numbers of the 1900 system count 1900-02-29, which never was: from 61 on they are a
 *       day ahead, and 60 itself is refused. Those of the 1904 system begin with 0, 1904-01-01.
 *   D2  Eight digits are year, month, day; a serial number has at most six before its point. */

#include <stdio.h>
#include <string.h>

#include "ops/import/limits.h"
#include "ops/import/values.h"
#include "proto/vocabulary.h"

#define DAY_BYTES 64
#define FALSE_LEAP_DAY 60
#define EPOCH_1900 25569 /* the serial of 1970-01-01 */
#define EPOCH_1904 24107

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* One to `most` digits; false: none or more. */
static bool read_number(const char **text, size_t most, unsigned *ret)
{
    size_t count = 0;
    *ret = 0;
    for (; is_digit((*text)[count]) && count < most; count++) {
        *ret = *ret * 10 + (unsigned)((*text)[count] - '0');
    }
    *text += count;
    return count > 0 && !is_digit(**text);
}

static enum value_fault made_day(unsigned year, unsigned month, unsigned day, int32_t *ret_day)
{
    char text[40];
    (void)snprintf(text, sizeof(text), "%04u-%02u-%02u", year, month, day);
    return date_parse(slice_text(text), ret_day) ? VALUE_GOOD : VALUE_NO_SUCH_DAY;
}

static bool pass(const char **text, const char *mark)
{
    size_t len = strlen(mark);
    bool there = strncmp(*text, mark, len) == 0;
    *text += there ? len : 0;
    return there;
}

/* Behind a day: nothing, or a time. */
static bool is_time(const char *text)
{
    unsigned part;
    if (*text == '\0') {
        return true;
    }
    if (*text != ' ' && *text != 'T') {
        return false;
    }
    text++;
    if (!read_number(&text, 2, &part) || part > 23) {
        return false;
    }
    while (*text == ':') {
        text++;
        if (!read_number(&text, 2, &part) || part > 59) {
            return false;
        }
    }
    if (*text == '.') {
        text += 1 + strspn(text + 1, "0123456789");
    }
    return *text == '\0' || strcmp(text, "Z") == 0 || strcmp(text, "+08:00") == 0;
}

/* 2024-3-5, 2024/03/05, 2024.3.5, 2024年3月5日 */
static enum value_fault read_parts(const char *at, int32_t *ret_day)
{
    static const char *const marks[][3] = {
        {"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}, {"年", "月", "号"}};
    unsigned year;
    unsigned month;
    unsigned day;
    const char *behind = at;
    if (!read_number(&behind, 4, &year) || behind - at != 4) {
        return VALUE_NO_DATE; /* V3: no two-digit years */
    }
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        const char *text = behind;
        if (pass(&text, marks[i][0]) && read_number(&text, 2, &month) && pass(&text, marks[i][1]) &&
            read_number(&text, 2, &day) && pass(&text, marks[i][2]) && is_time(text)) {
            return made_day(year, month, day, ret_day);
        }
    }
    return VALUE_NO_DATE;
}

enum value_fault day_of_serial(const char *text, bool since_1904, int32_t *ret_day)
{
    const char *at = text;
    unsigned serial;
    if (!read_number(&at, 6, &serial)) {
        return VALUE_NO_DATE;
    }
    if (*at == '.') { /* the time of the day */
        at += 1 + strspn(at + 1, "0123456789");
        if (*at == 'E' || *at == 'e') {
            return VALUE_NO_DATE;
        }
    }
    if (*at != '\0') {
        return VALUE_NO_DATE;
    }
    if (!since_1904 && (serial == 0 || serial == FALSE_LEAP_DAY)) {
        return VALUE_NO_SUCH_DAY; /* D1 */
    }
    int32_t day = since_1904 ? (int32_t)serial - EPOCH_1904 : (int32_t)serial - EPOCH_1900;
    day += !since_1904 && serial < FALSE_LEAP_DAY ? 1 : 0;
    if (day < DAY_MIN || day > DAY_MAX) {
        return VALUE_NO_SUCH_DAY;
    }
    *ret_day = day;
    return VALUE_GOOD;
}

enum value_fault day_parse(const char *text, bool since_1904, int32_t *ret_day)
{
    char plain[DAY_BYTES];
    unsigned digits;
    if (!text_normal(text, plain, sizeof(plain))) {
        return VALUE_NO_DATE;
    }
    size_t count = strspn(plain, "0123456789");
    if (count == 8 && is_time(plain + 8)) {
        const char *at = plain;
        plain[8] = '\0';
        return read_number(&at, 8, &digits)
                   ? made_day(digits / 10000, digits / 100 % 100, digits % 100, ret_day)
                   : VALUE_NO_DATE;
    }
    bool serial = count >= 5 && (plain[count] == '\0' || plain[count] == '.');
    return serial ? day_of_serial(plain, since_1904, ret_day) : read_parts(plain, ret_day);
}
