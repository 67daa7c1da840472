/* Which number formats show a day, and which a percentage: a spreadsheet says it nowhere else. */

#include <string.h>

#include "ops/import/xlsx.h"

enum shown_as format_builtin(unsigned long id)
{
    static const struct {
        unsigned char first, last;
    } days[] = {{14, 22}, {27, 36}, {45, 47}, {50, 58}}; /* 27 and 50 on: the Chinese ones */
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
        if (id >= days[i].first && id <= days[i].last) {
            return SHOWN_DAY;
        }
    }
    return id == 9 || id == 10 ? SHOWN_PERCENT : SHOWN_NUMBER;
}

/* The end of what `open` begins, or the end of the text. */
static const char *behind(const char *at, char close)
{
    const char *end = strchr(at + 1, close);
    return end == NULL ? at + strlen(at) : end + 1;
}

enum shown_as format_custom(const char *code)
{
    const char *at = code;
    while (*at != '\0' && *at != ';') { /* the first section is that of positive numbers */
        switch (*at) {
        case '"':
            at = behind(at, '"');
            continue;
        case '[': /* a colour, a locale, hours beyond a day */
            at = behind(at, ']');
            continue;
        case '\\':
        case '_':
        case '*':
            at += at[1] == '\0' ? 1 : 2;
            continue;
        case '%':
            return SHOWN_PERCENT;
        case 'y':
        case 'Y':
        case 'm':
        case 'M':
        case 'd':
        case 'D':
        case 'h':
        case 'H':
            return SHOWN_DAY;
        default:
            at++;
        }
    }
    return SHOWN_NUMBER;
}
