/* Decimal numbers: see decimal.h. */

#include "ops/import/decimal.h"

#include <stddef.h>

#define POWER_MAX 400 /* beyond a double's */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool push_digit(struct decimal *number, int *count, char digit)
{
    if (number->digits == 0 && digit == '0') {
        return true; /* leading zeros count for nothing */
    }
    number->digits = number->digits * 10 + (unsigned)(digit - '0');
    return ++*count <= DECIMAL_DIGITS;
}

/* Digits with commas, or spaces, between groups of three. A comma elsewhere ends the number, and
 * what stands behind it is then found to be none. */
static bool read_whole(const char **text, struct decimal *number, int *count, size_t *ret_seen)
{
    const char *at = *text;
    size_t group = 0;
    char mark = '\0'; /* what parts the groups, once one was seen */
    for (;; at++) {
        if (is_digit(*at)) {
            if (!push_digit(number, count, *at)) {
                return false;
            }
            group++;
            ++*ret_seen;
        } else if (mark != '\0'
                       ? *at == mark && group == 3 && is_digit(at[1])
                       : (*at == ',' || *at == ' ') && group > 0 && group <= 3 && is_digit(at[1])) {
            mark = *at;
            group = 0;
        } else {
            *text = at;
            return mark == '\0' || group == 3;
        }
    }
}

static bool read_power(const char **text, int *power)
{
    const char *at = *text + 1;
    bool minus = *at == '-';
    int value = 0;
    at += *at == '-' || *at == '+';
    if (!is_digit(*at)) {
        return false;
    }
    for (; is_digit(*at); at++) {
        value = value > POWER_MAX ? value : value * 10 + (*at - '0');
    }
    *power += minus ? -value : value;
    *text = at;
    return true;
}

bool decimal_read(const char **text, bool exponents, struct decimal *ret)
{
    const char *at = *text;
    size_t seen = 0;
    int count = 0;
    *ret = (struct decimal){0, 0};
    if (!read_whole(&at, ret, &count, &seen)) {
        return false;
    }
    if (*at == '.') {
        for (at++; is_digit(*at); at++, seen++) {
            if (!push_digit(ret, &count, *at)) {
                return false;
            }
            ret->power--;
        }
    }
    if (seen == 0 || (exponents && (*at == 'e' || *at == 'E') && !read_power(&at, &ret->power))) {
        return false;
    }
    *text = at;
    return true;
}

void decimal_round_double(struct decimal *number)
{
    decimal_digits limit = 1;
    for (int i = 0; i < DOUBLE_DIGITS; i++) {
        limit *= 10;
    }
    unsigned last = 0; /* the highest digit that is cut off decides */
    while (number->digits >= limit) {
        last = (unsigned)(number->digits % 10);
        number->digits /= 10;
        number->power++;
    }
    number->digits += last >= 5;
}

enum decimal_fit decimal_scaled(struct decimal number, int power, int64_t max, int64_t *ret)
{
    int shift = number.power + power;
    for (; shift < 0 && number.digits > 0; shift++) {
        if (number.digits % 10 != 0) {
            return DECIMAL_HAS_FRACTION;
        }
        number.digits /= 10;
    }
    for (; shift > 0 && number.digits > 0; shift--) {
        if (number.digits > (decimal_digits)max) {
            return DECIMAL_TOO_LARGE;
        }
        number.digits *= 10;
    }
    if (number.digits > (decimal_digits)max) {
        return DECIMAL_TOO_LARGE;
    }
    *ret = (int64_t)number.digits;
    return DECIMAL_FITS;
}
